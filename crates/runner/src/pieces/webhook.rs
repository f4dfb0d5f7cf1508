//! Answers to who called a flow's own address.

use async_trait::async_trait;
use flow::piece::{PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{action, all, categories, named, number, one_of, piece, prop, text, trigger};
use crate::piece::Ask;
use crate::{Call, Choices, Delivery, Failure, Map, Piece, Reply, Response, Wait, value};

pub(super) struct WebhookPiece;

#[async_trait]
impl Piece for WebhookPiece {
    fn describe(&self) -> PieceMetadata {
        let kinds = [("json", "JSON"), ("raw", "Raw"), ("redirect", "Redirect")];
        let ends = [("stop", "Stop"), ("respond", "Respond and Continue")];
        let answer = action(
            "return_response",
            "Return Response",
            "Answers who called.",
            vec![
                one_of("responseType", "Response Type", &kinds).usually(json!("json")),
                prop("fields", PropertyKind::Dynamic, "Response").required().refreshed_by(&["responseType"]),
                one_of("respond", "Flow Execution", &ends).usually(json!("stop")),
            ],
        );
        let answer_and_wait = action(
            "return_response_and_wait_for_next_webhook",
            "Respond and Wait for Next Webhook",
            "Answers who called, and goes on when the run's own address is called.",
            vec![
                one_of("responseType", "Response Type", &kinds).usually(json!("json")),
                prop("fields", PropertyKind::Dynamic, "Response").required().refreshed_by(&["responseType"]),
            ],
        );
        let ways = [("none", "None"), ("basic", "Basic Auth"), ("header", "Header Auth")];
        let sample = json!({ "method": "POST", "headers": {}, "queryParams": {}, "body": {}, "rawBody": "{}" });
        let caught = trigger(
            "catch_webhook",
            "Catch Webhook",
            "Starts when the flow's own address is called.",
            "WEBHOOK",
            sample,
            vec![
                one_of("authType", "Authentication", &ways).required().usually(json!("none")),
                prop("authFields", PropertyKind::Dynamic, "Authentication Fields").refreshed_by(&["authType"]),
            ],
        );
        PieceMetadata {
            actions: named(vec![answer, answer_and_wait]),
            triggers: named(vec![caught]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-webhook", "0.1.34", "Webhook", "Takes calls and answers them")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let field = |name: &str| call.within("fields", name).cloned();
        let status = field("status").as_ref().and_then(value::amount).unwrap_or(200.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a status")]
        let status = Some(status as u16)
            .filter(|status| (100..600).contains(status))
            .ok_or_else(|| Failure::new("The status is none of HTTP. Open the step and give one from 100 to 599."))?;
        let mut headers = field("headers").and_then(|headers| headers.as_object().cloned()).unwrap_or_default();
        let body = field("body").unwrap_or_default();
        let (status, body) = match call.text("responseType").as_str() {
            "redirect" => {
                headers.insert("Location".to_owned(), body);
                (if (300..400).contains(&status) { status } else { 301 }, Value::Null)
            }
            "raw" => (status, value::render(&body).into()),
            _ => (status, body.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(body)),
        };
        let output = json!({ "status": status, "headers": headers, "body": body });
        let response = Response { status, headers, body };
        if call.action == "return_response_and_wait_for_next_webhook" {
            return Ok(Reply::RespondAndWait(json!({}), response, Wait::Webhook));
        }
        Ok(match call.text("respond").as_str() {
            "respond" => Reply::Respond(output, response),
            _ => Reply::Stop(output, response),
        })
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        let chosen = |name: &str| ask.input.get(name).and_then(Value::as_str).unwrap_or_default();
        let status = || number("status", "Status").usually(json!(200));
        let headers = || prop("headers", PropertyKind::Object, "Headers");
        Ok(Choices::Dynamic(all(match (ask.property, chosen("authType"), chosen("responseType")) {
            ("authFields", "basic", _) => {
                vec![text("username", "Username").required(), text("password", "Password").required()]
            }
            ("authFields", "header", _) => {
                vec![text("headerName", "Header Name").required(), text("headerValue", "Header Value").required()]
            }
            ("authFields", ..) => Vec::new(),
            (_, _, "raw") => vec![status(), headers(), prop("body", PropertyKind::LongText, "Raw Body").required()],
            (_, _, "redirect") => vec![headers(), text("body", "Redirect URL").required()],
            _ => vec![status(), headers(), prop("body", PropertyKind::Json, "JSON Body").required()],
        })))
    }
}
