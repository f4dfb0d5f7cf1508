//! One value against what a piece asks for.

use serde::Deserialize;
use serde_json::Value;

use super::{Report, kept_schema};
use crate::piece::{Ordered, Property, PropertyKind};
use crate::{FieldPath, Map};

pub(super) struct Properties<'a> {
    /// What an editor kept of properties that depend on others.
    pub(super) dynamic: &'a Map,
}

impl Properties<'_> {
    /// Each property against its value.
    pub(super) fn check(&self, report: &mut Report<'_>, props: &Ordered<Property>, input: &Map, at: &FieldPath) {
        for (name, property) in props.iter() {
            if matches!(property.kind, PropertyKind::Markdown) || name == "auth" {
                continue;
            }
            let field = at.join(name.as_str());
            let label = if property.display_name.is_empty() { name } else { &property.display_name };
            let value = input.get(name).filter(|value| !is_blank(value));
            let Some(value) = value else {
                // A server fills in a default, so its absence is none.
                if property.required && property.default_value.is_none() && !allows_empty(property, input.get(name)) {
                    report.error(field, label, "it is required. Fill it in");
                }
                continue;
            };
            for refresher in &property.refreshers {
                let is_missing = input.get(refresher).is_none_or(is_blank);
                let asks = props.get(refresher).filter(|other| other.required && other.default_value.is_none());
                if let (true, Some(other)) = (is_missing, asks) {
                    let what = format!("it depends on {}, which is empty. Choose that first", other.display_name);
                    report.warn(field.clone(), label, &what);
                }
            }
            if let Some(what) = self.fault(report, name, property, value, &field) {
                report.error(field, label, &what);
            }
        }
    }

    /// Why the value does not fit. A text with an expression fits everything: what it will be is known when it runs.
    fn fault(
        &self,
        report: &mut Report<'_>,
        name: &str,
        property: &Property,
        value: &Value,
        field: &FieldPath,
    ) -> Option<String> {
        if value.as_str().is_some_and(|text| text.contains("{{")) {
            return None;
        }
        match property.kind {
            PropertyKind::Number => {
                let is_number = match value.as_str() {
                    Some(text) => text.trim().parse::<f64>().is_ok_and(f64::is_finite),
                    None => value.is_number(),
                };
                (!is_number)
                    .then(|| "this is no number. Type digits, or choose a value from an earlier step".to_owned())
            }
            PropertyKind::Checkbox => {
                let is_flag = value.is_boolean() || matches!(value.as_str(), Some("true" | "false"));
                (!is_flag).then(|| "it is neither yes nor no. Tick it or not".to_owned())
            }
            PropertyKind::Json => {
                let is_json = value.as_str().is_none_or(|text| serde_json::from_str::<Value>(text).is_ok());
                (!is_json).then(|| "this is no JSON. Check its commas, quotes and brackets".to_owned())
            }
            PropertyKind::Object => {
                (!value.is_object()).then(|| "names and values are asked for. Add them one by one".to_owned())
            }
            PropertyKind::Array => {
                let Some(items) = value.as_array() else {
                    return Some(
                        "a list is asked for. Add its items, or choose a list from an earlier step".to_owned(),
                    );
                };
                self.check_items(report, property, items, field);
                None
            }
            PropertyKind::StaticDropdown => chosen(property, value),
            PropertyKind::StaticMultiSelectDropdown => match value.as_array() {
                Some(values) => values.iter().find_map(|value| chosen(property, value)),
                None => Some("a list of choices is asked for. Choose some".to_owned()),
            },
            PropertyKind::MultiSelectDropdown => {
                (!value.is_array()).then(|| "a list of choices is asked for. Choose some".to_owned())
            }
            PropertyKind::DateTime => {
                let is_date = value.as_str().is_some_and(|text| begins_with_date(text.trim()));
                (!is_date).then(|| "this is no date. Write it as 2026-11-21T09:00:00Z".to_owned())
            }
            PropertyKind::Color => {
                let is_color = value.as_str().is_some_and(|text| text.starts_with('#'));
                (!is_color).then(|| "this is no colour. Write it as #2266cc".to_owned())
            }
            PropertyKind::Dynamic => {
                let Value::Object(inner) = value else {
                    return Some("names and values are asked for. Fill in the fields below it".to_owned());
                };
                if let Some(schema) = kept_schema(self.dynamic, name) {
                    let props = schema
                        .iter()
                        .filter_map(|(name, property)| Some((name.clone(), Property::deserialize(property).ok()?)));
                    self.check(report, &props.collect(), inner, field);
                }
                None
            }
            PropertyKind::ShortText | PropertyKind::LongText | PropertyKind::SecretText => {
                let is_text = !value.is_object() && !value.is_array();
                (!is_text).then(|| "a text is asked for. Type one".to_owned())
            }
            PropertyKind::File
            | PropertyKind::Dropdown
            | PropertyKind::Custom
            | PropertyKind::Markdown
            | PropertyKind::OAuth2
            | PropertyKind::BasicAuth
            | PropertyKind::CustomAuth
            | PropertyKind::Unknown => None,
        }
    }

    fn check_items(&self, report: &mut Report<'_>, property: &Property, items: &[Value], field: &FieldPath) {
        if property.properties.is_empty() {
            return;
        }
        for (number, item) in items.iter().enumerate() {
            if let Value::Object(item) = item {
                self.check(report, &property.properties, item, &field.join(number));
            }
        }
    }
}

/// Whether there is nothing in it. An empty list or object says something; an empty text does not.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

/// Objects and lists may be required and yet empty: a request without headers.
fn allows_empty(property: &Property, value: Option<&Value>) -> bool {
    let holds_others = matches!(property.kind, PropertyKind::Object | PropertyKind::Array | PropertyKind::Dynamic);
    holds_others && value.is_some_and(|value| !value.is_null())
}

fn chosen(property: &Property, value: &Value) -> Option<String> {
    let options = &property.options.as_ref()?.options;
    if options.is_empty() || options.iter().any(|choice| choice.value == *value) {
        return None;
    }
    let labels: Vec<&str> = options.iter().take(5).map(|choice| choice.label.as_str()).collect();
    let more = if options.len() > labels.len() { " …" } else { "" };
    Some(format!("{value} is none of the choices. Choose one of {}{more}", labels.join(", ")))
}

/// Four digits, two, two: what any way of writing a moment for machines begins with.
fn begins_with_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut digits = |count: usize| {
        parts.next().is_some_and(|part| {
            let lead = part.bytes().take_while(u8::is_ascii_digit).count();
            lead == count
        })
    };
    digits(4) && digits(2) && digits(2)
}
