//! Particulars of a kind that have no column, read from the server's JSON.

use contract::Kind;
use serde_json::Value;

/// Label and text of what is worth showing. What is not there, or not of the form one expects, is left out.
pub(super) fn facts(kind: Kind, raw: Option<&str>) -> Vec<(String, String)> {
    let Some(raw) = raw.and_then(|raw| serde_json::from_str::<Value>(raw).ok()) else { return Vec::new() };
    let text =
        |path: &str| raw.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let found: Vec<(&str, Option<String>)> = match kind {
        Kind::Upload => vec![
            ("File", text("/filename")),
            ("Type", text("/content_type")),
            ("Size", raw.pointer("/byte_size").and_then(Value::as_u64).map(size)),
        ],
        Kind::Message => vec![("Category", text("/category/name"))],
        Kind::TimeEntry => {
            vec![(
                "Hours",
                text("/hours").or_else(|| raw.pointer("/hours").and_then(Value::as_f64).map(|hours| hours.to_string())),
            )]
        }
        Kind::Question => vec![("Asked", text("/schedule/frequency").map(|word| word.replace('_', " ")))],
        Kind::Answer => vec![("For", text("/group_on"))],
        Kind::TodoSet
        | Kind::TodoList
        | Kind::TodoGroup
        | Kind::Todo
        | Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::Card
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Comment
        | Kind::Vault
        | Kind::Document
        | Kind::Schedule
        | Kind::ScheduleEntry
        | Kind::Questionnaire
        | Kind::Campfire
        | Kind::ChatLine => Vec::new(),
    };
    found.into_iter().filter_map(|(label, text)| Some((label.to_owned(), text?))).collect()
}

/// A size as people say it, in decimal units.
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}
