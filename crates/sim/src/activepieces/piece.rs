//! The pieces that are installed: metadata in the server's own form, one file each.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use flow::piece::{Ordered, PieceMetadata};
use serde_json::Value;
use serde_json::value::RawValue;

use super::ask::Ask;
use super::installation::Installation;
use super::options;
use super::reply::Reply;

/// An installed piece.
pub(crate) struct Installed {
    /// The whole, as it is told.
    text: &'static str,
    pub(crate) meta: PieceMetadata,
    /// Its members one level deep.
    members: BTreeMap<String, Box<RawValue>>,
}

const FILES: &[&str] = &[
    include_str!("pieces/webhook.json"),
    include_str!("pieces/schedule.json"),
    include_str!("pieces/forms.json"),
    include_str!("pieces/http.json"),
    include_str!("pieces/slack.json"),
    include_str!("pieces/basecamp.json"),
    include_str!("pieces/data-mapper.json"),
    include_str!("pieces/tables.json"),
    include_str!("pieces/approval.json"),
    include_str!("pieces/delay.json"),
    include_str!("pieces/openai.json"),
    include_str!("pieces/smtp.json"),
];

/// All of them. A file that cannot be read is left out; a test reads each.
pub(crate) fn all() -> &'static [Installed] {
    static PIECES: OnceLock<Vec<Installed>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let read = |text: &&'static str| {
            let (meta, members) = (serde_json::from_str(text).ok()?, serde_json::from_str(text).ok()?);
            Some(Installed { text, meta, members })
        };
        FILES.iter().filter_map(read).collect()
    })
}

#[cfg(test)]
pub(crate) const COUNT: usize = FILES.len();

/// The piece of this name, in a version that fits: exact, `~` the same but for the last number, `^` but for the last two.
pub(crate) fn find(name: &str, version: Option<&str>) -> Option<&'static Installed> {
    let fits = |installed: &str| match version {
        None | Some("") => true,
        Some(version) => match (version.strip_prefix('~'), version.strip_prefix('^')) {
            (Some(version), _) => head(version, 2) == head(installed, 2),
            (_, Some(version)) => {
                let kept = if version.starts_with("0.") { 2 } else { 1 };
                head(version, kept) == head(installed, kept)
            }
            (None, None) => version == installed,
        },
    };
    all().iter().find(|piece| piece.meta.name == name && fits(&piece.meta.version))
}

fn head(version: &str, numbers: usize) -> Vec<&str> {
    version.split('.').take(numbers).collect()
}

/// What the server says of a piece that is not there.
pub(crate) fn missing(name: &str) -> String {
    format!("piece_metadata_not_found pieceName={name}")
}

impl Installed {
    fn auth(&self) -> Vec<Value> {
        let auth = self.members.get("auth").and_then(|raw| serde_json::from_str(raw.get()).ok());
        match auth {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(many)) => many,
            Some(one) => vec![one],
        }
    }

    /// How the piece signs in by OAuth2, if it does.
    pub(crate) fn oauth2(&self) -> Option<Value> {
        self.auth().into_iter().find(|auth| auth.get("type").and_then(Value::as_str) == Some("OAUTH2"))
    }

    pub(crate) fn token_url(&self) -> Option<String> {
        self.oauth2()?.get("tokenUrl")?.as_str().map(str::to_owned)
    }

    fn raw(&self, key: &str) -> &str {
        self.members.get(key).map_or("null", |raw| raw.get())
    }

    /// One row of the list: actions and triggers are counted, and told in full only when they are to be suggested.
    fn row(&self, suggest: Suggest, search: Option<&str>, with_tags: bool) -> String {
        let mut members: Vec<(&str, String)> =
            self.members.iter().map(|(key, raw)| (key.as_str(), raw.get().to_owned())).collect();
        for (key, value) in &mut members {
            match *key {
                "actions" => *value = self.meta.actions.len().to_string(),
                "triggers" => *value = self.meta.triggers.len().to_string(),
                _ => {}
            }
        }
        if suggest.actions {
            members.push(("suggestedActions", suggested(self.raw("actions"), search)));
        }
        if suggest.triggers {
            members.push(("suggestedTriggers", suggested(self.raw("triggers"), search)));
        }
        if with_tags {
            members.push(("tags", "[]".to_owned()));
        }
        let members: Vec<String> = members.into_iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", members.join(","))
    }

    fn matches(&self, search: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(search);
        let operations = self.meta.actions.iter().chain(self.meta.triggers.iter());
        has(&self.meta.display_name)
            || has(&self.meta.description)
            || has(&self.meta.name)
            || operations.into_iter().any(|(_, operation)| has(&operation.display_name))
    }
}

#[derive(Clone, Copy)]
struct Suggest {
    actions: bool,
    triggers: bool,
}

/// The operations as a list; with a search, those that fit it, or all if none does.
fn suggested(operations: &str, search: Option<&str>) -> String {
    let all: Ordered<Box<RawValue>> = serde_json::from_str(operations).unwrap_or_default();
    let fits = |raw: &str| search.is_none_or(|search| raw.to_lowercase().contains(search));
    let fitting: Vec<&str> = all.iter().map(|(_, raw)| raw.get()).filter(|raw| fits(raw)).collect();
    let shown = if fitting.is_empty() { all.iter().map(|(_, raw)| raw.get()).collect() } else { fitting };
    format!("[{}]", shown.join(","))
}

/// `/v1/pieces…`
pub(super) fn pieces(all_rows: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => list(ask),
        ("GET", ["categories"]) => Ok(Reply::text(200, categories())),
        ("GET", ["registry"]) => {
            let rows = all()
                .iter()
                .map(|piece| serde_json::json!({ "name": piece.meta.name, "version": piece.meta.version }).to_string());
            Ok(Reply::text(200, format!("[{}]", rows.collect::<Vec<_>>().join(","))))
        }
        ("POST", ["sync"]) => Ok(Reply::empty(200)),
        ("POST", ["options"]) => options::options(all_rows, ask),
        // Nothing can be fetched from here.
        ("POST", []) => Err(Reply::domain(400, "ENGINE_OPERATION_FAILURE", serde_json::json!({ "message": "{}" }))),
        ("GET", parts) => {
            let name = parts.join("/");
            match find(&name, ask.param("version")) {
                Some(piece) => Ok(Reply::text(200, piece.text.to_owned())),
                None => {
                    let params = serde_json::json!({ "message": missing(&name) });
                    Err(Reply::domain(404, "ENTITY_NOT_FOUND", params))
                }
            }
        }
        _ => Err(Reply::no_route()),
    }
}

fn list(ask: &Ask<'_>) -> Result<Reply, Reply> {
    if ask.param("release").is_some() {
        return Err(Reply::validation("querystring/ Unrecognized key: \"release\""));
    }
    let search = ask.param("searchQuery").map(str::to_lowercase);
    let suggest = match ask.param("suggestionType") {
        None => Suggest { actions: false, triggers: false },
        Some("ACTION") => Suggest { actions: true, triggers: false },
        Some("TRIGGER") => Suggest { actions: false, triggers: true },
        Some("ACTION_AND_TRIGGER") => Suggest { actions: true, triggers: true },
        Some(_) => return Err(Reply::validation("querystring/suggestionType Invalid option")),
    };
    let wanted = ask.params("categories");
    let mut rows: Vec<&Installed> = all()
        .iter()
        .filter(|piece| search.as_deref().is_none_or(|search| piece.matches(search)))
        .filter(|piece| wanted.is_empty() || piece.meta.categories.iter().any(|one| wanted.contains(&one.as_str())))
        .collect();
    rows.sort_by(|one, other| one.meta.display_name.cmp(&other.meta.display_name));
    if ask.param("orderBy") == Some("DESC") {
        rows.reverse();
    }
    let tags = ask.param("includeTags") == Some("true");
    let rows: Vec<String> = rows.into_iter().map(|piece| piece.row(suggest, search.as_deref(), tags)).collect();
    Ok(Reply::text(200, format!("[{}]", rows.join(","))))
}

fn categories() -> String {
    serde_json::json!([
        "ARTIFICIAL_INTELLIGENCE",
        "COMMUNICATION",
        "COMMERCE",
        "CORE",
        "UNIVERSAL_AI",
        "FLOW_CONTROL",
        "BUSINESS_INTELLIGENCE",
        "ACCOUNTING",
        "PRODUCTIVITY",
        "CONTENT_AND_FILES",
        "DEVELOPER_TOOLS",
        "CUSTOMER_SUPPORT",
        "FORMS_AND_SURVEYS",
        "HUMAN_RESOURCES",
        "PAYMENT_PROCESSING",
        "MARKETING",
        "SALES_AND_CRM",
    ])
    .to_string()
}
