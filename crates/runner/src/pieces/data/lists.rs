//! Lists.

use std::cmp::Ordering;
use std::collections::HashSet;

use flow::Operator;
use serde_json::{Value, json};

use super::{at_way, whole};
use crate::condition::Weighed;
use crate::{Call, Failure, Map, value};

pub(super) fn run(call: &Call<'_>) -> Result<Value, Failure> {
    let (mut items, field) = (call.list("list"), call.text("field"));
    let of = |item: &Value| if field.is_empty() { Some(item.clone()) } else { at_way(item, &field) };
    Ok(match call.action {
        "list_filter" => {
            let mut kept = Vec::new();
            for item in items {
                let is_kept = is_like(&of(&item).unwrap_or_default(), &call.text("comparison"), call.given("value"))?;
                kept.extend(is_kept.then_some(item));
            }
            kept.into()
        }
        "list_sort" => {
            // A stable order, so that what is alike stays as it was.
            items.sort_by(|a, b| compare(&of(a).unwrap_or_default(), &of(b).unwrap_or_default()));
            if call.flag("backwards") {
                items.reverse();
            }
            items.into()
        }
        "list_unique" => {
            let mut seen = HashSet::new();
            items.retain(|item| seen.insert(of(item).unwrap_or_default().to_string()));
            items.into()
        }
        "list_pick" => items.iter().map(|item| of(item).unwrap_or_default()).collect(),
        "list_item" => {
            let number = whole(call, "number")?;
            let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let at = if number > 0 { number - 1 } else { length + number };
            usize::try_from(at).ok().and_then(|at| items.get(at).cloned()).unwrap_or_default()
        }
        "list_sum" => {
            let numbers: Vec<f64> = items.iter().filter_map(|item| value::amount(&of(item)?)).collect();
            let sum: f64 = numbers.iter().sum();
            #[expect(clippy::cast_precision_loss, reason = "no list is that long")]
            let mean = if numbers.is_empty() { Value::Null } else { value::from_number(sum / numbers.len() as f64) };
            json!({ "sum": value::from_number(sum), "count": numbers.len(), "mean": mean })
        }
        "list_join" => {
            let texts: Vec<String> =
                items.iter().map(|item| value::render(&of(item).unwrap_or_else(|| "".into()))).collect();
            let between = call.input.get("separator").map_or_else(|| ", ".to_owned(), value::render);
            texts.join(&between).into()
        }
        _ => {
            let mut groups = Map::new();
            for item in items {
                let name = value::render(&of(&item).unwrap_or_else(|| "".into()));
                let group = groups.entry(name).or_insert_with(|| json!([]));
                if let Some(group) = group.as_array_mut() {
                    group.push(item);
                }
            }
            groups.into()
        }
    })
}

fn is_like(found: &Value, comparison: &str, wanted: Option<&Value>) -> Result<bool, Failure> {
    let operator = match comparison {
        "is_not" => Operator::TextDoesNotExactlyMatch,
        "contains" => Operator::TextContains,
        "above" => Operator::NumberIsGreaterThan,
        "below" => Operator::NumberIsLessThan,
        "before" => Operator::DateIsBefore,
        "after" => Operator::DateIsAfter,
        "exists" => Operator::Exists,
        _ => Operator::TextExactlyMatches,
    };
    let second = wanted.cloned().unwrap_or_else(|| Value::from(""));
    let weighed = Weighed { operator: Some(operator), first: found.clone(), second, case_sensitive: false };
    weighed.holds().map_err(Failure::new)
}

/// Numbers by their size, then texts by their letters, then the rest; nothing comes last.
fn compare(a: &Value, b: &Value) -> Ordering {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => match (a.is_null(), b.is_null()) {
            (false, false) => value::render(a).to_lowercase().cmp(&value::render(b).to_lowercase()),
            (a, b) => a.cmp(&b),
        },
    }
}
