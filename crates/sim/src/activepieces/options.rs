//! What can be chosen for a property, and which further properties there are: answered as the pieces would.

use flow::Map;
use flow::piece::{Operation, Property, PropertyKind};
use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::connections::Connection;
use super::installation::Installation;
use super::piece;
use super::reply::Reply;

/// People, as Slack and Basecamp name them.
const PEOPLE: [(&str, &str, i64); 5] = [
    ("Ada Sample", "U01ADA", 1),
    ("Mina Okafor", "U02MINA", 2),
    ("Noor Haddad", "U03NOOR", 3),
    ("Jonas Weber", "U04JONAS", 4),
    ("Leila Costa", "U05LEILA", 5),
];
const CHANNELS: [(&str, &str); 4] =
    [("general", "C01GENERAL"), ("delivery", "C02DELIVERY"), ("triage", "C03TRIAGE"), ("weekly", "C04WEEKLY")];
/// Projects with their to-do lists and the columns of their card tables.
const PROJECTS: [(&str, i64, [&str; 2], [&str; 3]); 3] = [
    ("Harbour website", 11, ["Launch", "Content"], ["Triage", "In progress", "Done"]),
    ("Mobile app", 12, ["Sprint", "Bugs"], ["Triage", "Doing", "Released"]),
    ("Office move", 13, ["Before", "After"], ["Ideas", "Booked", "Done"]),
];

/// `POST /v1/pieces/options`
pub(super) fn options(all: &Installation, ask: &Ask<'_>) -> Result<Reply, Reply> {
    let body = ask.body()?;
    let project = &all.known_project(ask::text(&body, "projectId")?)?.id;
    let name = ask::text(&body, "pieceName")?;
    let version = ask::text(&body, "pieceVersion")?;
    let (operation, property) = (ask::text(&body, "actionOrTriggerName")?, ask::text(&body, "propertyName")?);
    let flow = ask::id(ask::text(&body, "flowId")?)?;
    all.row(flow).ok_or_else(|| Reply::not_found("flow", flow))?;
    let missing = || Reply::domain(404, "ENTITY_NOT_FOUND", json!({ "message": piece::missing(name) }));
    let piece = piece::find(name, Some(version)).ok_or_else(missing)?;
    let found: Option<&Operation> = piece.meta.actions.get(operation).or_else(|| piece.meta.triggers.get(operation));
    let found: Option<&Property> = found.and_then(|operation| operation.props.get(property));
    let failed = || {
        let message = format!("{{\"message\":\"{operation} has no property {property} that could be asked\"}}");
        Reply::domain(400, "ENGINE_OPERATION_FAILURE", json!({ "message": message }))
    };
    let found = found.ok_or_else(failed)?;
    let asked = Asked {
        all,
        project,
        piece: name,
        property,
        input: body.get("input").and_then(Value::as_object).cloned().unwrap_or_default(),
        search: ask::some_text(&body, "searchValue").unwrap_or_default().to_lowercase(),
    };
    match found.kind {
        PropertyKind::Dropdown | PropertyKind::MultiSelectDropdown => {
            let kind = if found.kind == PropertyKind::Dropdown { "DROPDOWN" } else { "MULTI_SELECT_DROPDOWN" };
            let options = asked.dropdown(!piece.meta.auth.is_empty());
            Ok(Reply::ok(json!({ "type": kind, "options": options })))
        }
        PropertyKind::Dynamic => Ok(Reply::ok(json!({ "type": "DYNAMIC", "options": asked.dynamic() }))),
        PropertyKind::ShortText
        | PropertyKind::LongText
        | PropertyKind::Markdown
        | PropertyKind::Number
        | PropertyKind::Checkbox
        | PropertyKind::DateTime
        | PropertyKind::File
        | PropertyKind::Color
        | PropertyKind::Json
        | PropertyKind::Object
        | PropertyKind::Array
        | PropertyKind::StaticDropdown
        | PropertyKind::StaticMultiSelectDropdown
        | PropertyKind::Custom
        | PropertyKind::OAuth2
        | PropertyKind::SecretText
        | PropertyKind::BasicAuth
        | PropertyKind::CustomAuth
        | PropertyKind::Unknown => Err(failed()),
    }
}

struct Asked<'a> {
    all: &'a Installation,
    project: &'a str,
    piece: &'a str,
    property: &'a str,
    input: Map,
    search: String,
}

impl Asked<'_> {
    fn text(&self, key: &str) -> &str {
        self.input.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The connection that the input names.
    fn connection(&self) -> Option<&Connection> {
        let auth = self.text("auth");
        let name = auth.split_once("connections['").and_then(|(_, rest)| rest.split_once("']"));
        let name = name
            .map_or_else(|| auth.trim_matches(['{', '}', ' ']).trim_start_matches("connections."), |(name, _)| name);
        self.all.connections.iter().find(|one| one.project == self.project && one.external_id == name)
    }

    fn dropdown(&self, needs_auth: bool) -> Value {
        if needs_auth {
            match self.connection() {
                None => return closed("Please connect your account first"),
                Some(connection) if connection.status != "ACTIVE" => {
                    return closed("Throws an error, reconnect or refresh the page");
                }
                Some(_) => {}
            }
        }
        let place = self.input.get("project").and_then(Value::as_i64);
        let place = PROJECTS.iter().find(|(_, id, _, _)| Some(*id) == place);
        let choices: Vec<(String, Value)> = match (self.piece, self.property) {
            ("@activepieces/piece-slack", "channel" | "channels") => {
                CHANNELS.iter().map(|(name, id)| ((*name).to_owned(), json!(id))).collect()
            }
            ("@activepieces/piece-slack", "userId") => {
                PEOPLE.iter().map(|(name, id, _)| ((*name).to_owned(), json!(id))).collect()
            }
            ("@activepieces/piece-basecamp", "project") => {
                PROJECTS.iter().map(|(name, id, _, _)| ((*name).to_owned(), json!(id))).collect()
            }
            ("@activepieces/piece-basecamp", "list") => match place {
                None => return closed("Please select a project first"),
                Some((_, id, lists, _)) => numbered(id * 100, lists),
            },
            ("@activepieces/piece-basecamp", "column") => match place {
                None => return closed("Please select a project first"),
                Some((_, id, _, columns)) => numbered(id * 100 + 50, columns),
            },
            ("@activepieces/piece-basecamp", "assignees") => match place {
                None => return closed("Please select a project first"),
                Some(_) => PEOPLE.iter().map(|(name, _, id)| ((*name).to_owned(), json!(id))).collect(),
            },
            ("@activepieces/piece-openai", "model") => {
                ["gpt-4o", "gpt-4o-mini", "o4-mini"].iter().map(|id| ((*id).to_owned(), json!(id))).collect()
            }
            ("@activepieces/piece-tables", "table_id") => {
                let tables = self.all.tables.iter().filter(|table| table.project == self.project);
                let tables: Vec<_> = tables.map(|one| (one.name.clone(), json!(one.external_id))).collect();
                if tables.is_empty() {
                    return closed("No tables found. Please create a table first.");
                }
                tables
            }
            _ => Vec::new(),
        };
        let fits = |label: &str| self.search.is_empty() || label.to_lowercase().contains(&self.search);
        let options: Vec<Value> = choices
            .into_iter()
            .filter(|(label, _)| fits(label))
            .map(|(label, value)| json!({ "label": label, "value": value }))
            .collect();
        json!({ "options": options })
    }

    fn dynamic(&self) -> Value {
        match (self.piece, self.property) {
            ("@activepieces/piece-http", "body") => match self.text("body_type") {
                "json" => json!({ "data": field("JSON", "JSON Body", true) }),
                "raw" => json!({ "data": field("LONG_TEXT", "Raw Body", true) }),
                "form_data" => json!({ "data": field("OBJECT", "Form Data", true) }),
                _ => json!({}),
            },
            ("@activepieces/piece-http", "authFields") => match self.text("authType") {
                "BASIC" => json!({
                    "username": field("SHORT_TEXT", "Username", true), "password": field("SHORT_TEXT", "Password", true),
                }),
                "BEARER_TOKEN" => {
                    let mut token = field("SHORT_TEXT", "Token", true);
                    if let Value::Object(token) = &mut token {
                        token.insert("description".to_owned(), json!("Sent in the authorization header."));
                    }
                    json!({ "token": token })
                }
                _ => json!({}),
            },
            ("@activepieces/piece-http", "proxy_settings") => match self.input.get("use_proxy") {
                Some(Value::Bool(true)) => json!({
                    "proxy_host": field("SHORT_TEXT", "Host", true), "proxy_port": field("NUMBER", "Port", true),
                }),
                _ => json!({}),
            },
            ("@activepieces/piece-webhook", "authFields") => match self.text("authType") {
                "basic" => json!({
                    "username": field("SHORT_TEXT", "Username", true), "password": field("SHORT_TEXT", "Password", true),
                }),
                "header" => json!({
                    "headerName": field("SHORT_TEXT", "Header", true), "headerValue": field("SHORT_TEXT", "Value", true),
                }),
                "hmac" => json!({ "hmacSecret": field("SHORT_TEXT", "Secret", true) }),
                _ => json!({}),
            },
            ("@activepieces/piece-webhook", "fields") => {
                let mut status = field("NUMBER", "Status", false);
                if let Value::Object(status) = &mut status {
                    status.insert("defaultValue".to_owned(), json!(200));
                }
                let headers = field("OBJECT", "Headers", false);
                match self.text("responseType") {
                    "raw" => {
                        json!({ "status": status, "headers": headers, "body": field("LONG_TEXT", "Raw Body", true) })
                    }
                    "redirect" => {
                        json!({ "headers": headers, "body": field("LONG_TEXT", "Redirect URL", true) })
                    }
                    _ => json!({ "status": status, "headers": headers, "body": field("JSON", "JSON Body", true) }),
                }
            }
            ("@activepieces/piece-basecamp", "fields") => json!({
                "category": field("SHORT_TEXT", "Category", false), "pin": field("CHECKBOX", "Pin it", false),
            }),
            ("@activepieces/piece-tables", "values" | "filters") => {
                let table = self.text("table_id");
                let found = self.all.tables.iter().find(|one| one.project == self.project && one.external_id == table);
                found.map_or_else(|| json!({}), super::tables::Table::properties)
            }
            _ => json!({}),
        }
    }
}

fn field(kind: &str, name: &str, required: bool) -> Value {
    json!({ "displayName": name, "required": required, "type": kind })
}

fn closed(placeholder: &str) -> Value {
    json!({ "disabled": true, "options": [], "placeholder": placeholder })
}

fn numbered(first: i64, names: &[&str]) -> Vec<(String, Value)> {
    names.iter().zip(first..).map(|(name, id)| ((*name).to_owned(), json!(id))).collect()
}
