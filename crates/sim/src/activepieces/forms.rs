//! The form or chat that starts a flow in the browser.

use serde_json::{Value, json};

use super::ask::Ask;
use super::installation::Installation;
use super::reply::Reply;

/// `GET /v1/human-input/form/:flow` and `/chat/:flow`
pub(super) fn human_input(all: &Installation, ask: &Ask<'_>, kind: &str, flow: &str) -> Result<Reply, Reply> {
    let row = all.known_flow(flow)?;
    let draft = ask.param("useDraft") == Some("true");
    let version = if draft { row.latest() } else { row.published().filter(|_| row.is_enabled()) };
    let operation = if kind == "form" { "form_submission" } else { "chat_submission" };
    let found = version.and_then(|version| {
        let call = version.trigger.call()?;
        (call.piece == "@activepieces/piece-forms" && call.operation == operation).then_some((version, call))
    });
    let Some((version, call)) = found else {
        let message = format!("The flow has no {kind} trigger, or is not published");
        let params = json!({ "entityId": flow, "entityType": "flow", "message": message });
        return Err(Reply::domain(404, "ENTITY_NOT_FOUND", params));
    };
    let props = match kind {
        "form" => json!({
            "inputs": call.input.get("inputs").cloned().unwrap_or_else(|| json!([])),
            "waitForResponse": call.input.get("waitForResponse").and_then(Value::as_bool).unwrap_or(false),
        }),
        _ => json!({ "botName": call.input.get("botName").cloned().unwrap_or_else(|| json!("Assistant")) }),
    };
    Ok(Reply::ok(json!({
        "id": row.id, "title": version.display_name, "props": props, "projectId": row.project, "version": call.version,
        "platformLogoUrl": "https://cdn.example.com/logo.svg", "platformName": all.platform.as_ref().map(|one| &one.name),
    })))
}
