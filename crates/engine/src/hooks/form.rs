//! The page of a form: what a person sees who opens the address of an automation that a form starts, and what is sent from it.
//!
//! It runs no script, and all that it shows of the automation is text.

use contract::Fault;
use runner::trigger::{Field, FieldKind, Form};
use serde_json::Value;
use store::StoredFlow;

use super::{HookCall, HookReply, Site};
use crate::handlers::flows::publish::fresh_key;

/// A field that every page has another value in: sent twice, it is sent once.
const DELIVERY: &str = "pmos-delivery";

/// What a browser sends from a page.
const ENCODED: &str = "application/x-www-form-urlencoded";

/// Whether a browser asks for the page, or sends it filled in.
pub(super) fn is_of_a_browser(call: &HookCall) -> bool {
    let kind = call.headers.iter().find(|(name, _)| name == "content-type").map_or("", |(_, kind)| kind.as_str());
    matches!(call.method.as_str(), "GET" | "HEAD") || kind.starts_with(ENCODED)
}

/// The page; or, when it was filled in, what came of it.
pub(super) async fn answer(site: &Site, stored: StoredFlow, form: &Form, call: &HookCall) -> Result<HookReply, Fault> {
    let name = stored.flow.name.clone();
    if call.method != "POST" {
        return Ok(page(200, &name, &fields(form, &runner::Map::new(), &fresh_key("form", stored.flow.id)?)));
    }
    let mut filled: runner::Map = url::form_urlencoded::parse(call.body.as_bytes())
        .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
        .collect();
    let delivery = filled.remove(DELIVERY).and_then(|delivery| delivery.as_str().map(str::to_owned));
    let payload = match form.payload(&filled) {
        Ok(payload) => payload,
        Err(why) => {
            let fields = fields(form, &filled, &fresh_key("form", stored.flow.id)?);
            return Ok(page(422, &name, &format!("<p role=\"alert\">{}</p>{fields}", text(&why))));
        }
    };
    let delivery = delivery.filter(|delivery| !delivery.is_empty());
    let reply = site.begin(stored, delivery.as_deref(), payload, form.waits || call.waits).await?;
    Ok(page(reply.status, &name, &format!("<p role=\"status\">{}</p>", text(&told(&reply)))))
}

/// What the automation answered, in words.
fn told(reply: &HookReply) -> String {
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_else(|_| Value::from(reply.body.clone()));
    let said = ["value", "message"].into_iter().find_map(|member| body.get(member)).unwrap_or(&body);
    match said.as_str() {
        Some(said) if !said.is_empty() && reply.status >= 400 => format!("It was sent and did not work. {said}"),
        Some(said) if !said.is_empty() => said.to_owned(),
        Some(_) | None => "Thank you. It was sent.".to_owned(),
    }
}

fn fields(form: &Form, filled: &runner::Map, delivery: &str) -> String {
    let mut html =
        format!("<form method=\"post\"><input type=\"hidden\" name=\"{DELIVERY}\" value=\"{}\">", text(delivery));
    for (number, asked) in form.fields.iter().enumerate() {
        html.push_str(&field(number, asked, filled.get(&asked.key).and_then(Value::as_str).unwrap_or_default()));
    }
    html.push_str("<button>Send</button></form>");
    html
}

fn field(number: usize, field: &Field, given: &str) -> String {
    let (key, label, given) = (text(&field.key), text(&field.label), text(given));
    let hint = match (field.kind, field.description.as_str()) {
        (FieldKind::File, "") => "The address of a file".to_owned(),
        (FieldKind::File | FieldKind::Text | FieldKind::LongText | FieldKind::Toggle, hint) => text(hint),
    };
    let required = if field.is_required && field.kind != FieldKind::Toggle { " required" } else { "" };
    let names = format!("id=\"field-{number}\" name=\"{key}\" aria-describedby=\"hint-{number}\"{required}");
    let control = match field.kind {
        FieldKind::Text | FieldKind::File => format!("<input {names} value=\"{given}\">"),
        FieldKind::LongText => format!("<textarea {names} rows=\"5\">{given}</textarea>"),
        FieldKind::Toggle => {
            let checked = if given == "true" { " checked" } else { "" };
            format!("<input type=\"checkbox\" {names} value=\"true\"{checked}>")
        }
    };
    format!(
        "<div><label for=\"field-{number}\">{label}</label>{control}<small id=\"hint-{number}\">{hint}</small></div>"
    )
}

fn page(status: u16, name: &str, content: &str) -> HookReply {
    let name = text(name);
    let body = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{name}</title><link rel=\"stylesheet\" \
         href=\"/hooks/form.css\"></head><body><main><h1>{name}</h1>{content}</main></body></html>"
    );
    let headers = [
        ("content-type", "text/html; charset=utf-8"),
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        // The address is a secret.
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ];
    HookReply { status, headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), body }
}

/// Text as it stands in HTML, also within quotation marks.
fn text(text: &str) -> String {
    ammonia::clean_text(text)
}
