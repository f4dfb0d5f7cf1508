//! Calls of any address.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flow::piece::{Ordered, PieceMetadata, PropertyKind};
use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::describe::{action, all, categories, flag, named, number, one_of, piece, prop, text};
use super::web::{Answer, Request, Web, shown};
use crate::piece::Ask;
use crate::{Call, Choices, Delivery, Failure, Map, Piece, Reply, value};

/// What calls over HTTP may take.
#[derive(Clone, Copy, Debug)]
pub struct HttpLimits {
    /// How long one may take when the step does not say.
    pub time: Duration,
    /// How many bytes of an answer are read.
    pub body: usize,
}

impl Default for HttpLimits {
    /// Our own choice: a minute, and 10 MiB.
    fn default() -> Self {
        Self { time: Duration::from_secs(60), body: 10 << 20 }
    }
}

/// How often a step that says so is tried within one attempt.
const TRIES: u32 = 3;

pub(super) struct Http {
    pub(super) web: Web,
}

#[async_trait]
impl Piece for Http {
    fn describe(&self) -> PieceMetadata {
        let methods = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD"].map(|method| (method, method));
        let auth = [("NONE", "None"), ("BASIC", "Basic Auth"), ("BEARER_TOKEN", "Bearer Token")];
        let bodies = [("none", "None"), ("form_data", "Form Data"), ("json", "JSON"), ("raw", "Raw")];
        let failures = [
            ("retry_all", "Retry on all errors (4xx, 5xx)"),
            ("retry_5xx", "Retry on internal errors (5xx)"),
            ("retry_none", "Do not retry"),
            ("continue_all", "Continue flow on all errors"),
            ("continue_4xx", "Continue flow on 4xx errors"),
            ("continue_none", "Do not continue (stop the flow)"),
        ];
        let send = action(
            "send_request",
            "Send HTTP request",
            "Calls an address.",
            vec![
                one_of("method", "Method", &methods).required(),
                text("url", "URL").required(),
                prop("headers", PropertyKind::Object, "Headers").required().usually(json!({})),
                prop("queryParams", PropertyKind::Object, "Query params").required().usually(json!({})),
                one_of("authType", "Authentication", &auth).required().usually(json!("NONE")),
                prop("authFields", PropertyKind::Dynamic, "Authentication Fields").refreshed_by(&["authType"]),
                one_of("body_type", "Body Type", &bodies).usually(json!("none")),
                prop("body", PropertyKind::Dynamic, "Body").refreshed_by(&["body_type"]),
                flag("response_is_binary", "Response is Binary")
                    .says("Gives the body in base64: for pictures, PDFs and the like."),
                number("timeout", "Timeout(in seconds)"),
                flag("followRedirects", "Follow redirects"),
                one_of("failureMode", "On Failure", &failures).usually(json!("continue_none")),
            ],
        );
        PieceMetadata {
            actions: named(vec![send]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-http", "0.11.9", "HTTP", "Calls any address")
        }
    }

    fn delivery(&self, _: &str, input: &Map) -> Delivery {
        match input.get("method").and_then(Value::as_str) {
            Some("GET" | "HEAD") | None => Delivery::Pure,
            // By the standard of HTTP, doing these twice is doing them once (RFC 9110, 9.2.2).
            Some("PUT" | "DELETE" | "OPTIONS" | "TRACE") => Delivery::Keyed,
            // The key is in the header `Idempotency-Key`, but nobody can tell whether a server reads it.
            Some(_) => Delivery::Once,
        }
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let mode = call.text("failureMode");
        let mut tries = 0;
        loop {
            tries += 1;
            let request = self.request(call)?;
            let (method, url) = (request.method.clone(), request.url.clone());
            let answer = self.web.call(request).await?;
            let is_client = (400..500).contains(&answer.status);
            let is_failed = answer.status >= 400;
            let may_retry = (mode == "retry_all" && is_failed) || (mode == "retry_5xx" && is_failed && !is_client);
            if may_retry && tries < TRIES {
                continue;
            }
            let may_continue = mode == "continue_all" || (mode == "continue_4xx" && is_client);
            if is_failed && !may_continue {
                return Err(refused(&method, &url, &answer));
            }
            let body = match call.flag("response_is_binary") {
                true => Value::from(STANDARD.encode(&answer.body)),
                false => answer.value(),
            };
            return Ok(Reply::Done(json!({ "status": answer.status, "headers": answer.headers, "body": body })));
        }
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        let chosen = |name: &str| ask.input.get(name).and_then(Value::as_str).unwrap_or_default();
        let fields = match (ask.property, chosen("authType"), chosen("body_type")) {
            ("authFields", "BASIC", _) => {
                vec![text("username", "Username").required(), text("password", "Password").required()]
            }
            ("authFields", "BEARER_TOKEN", _) => {
                vec![text("token", "Token").required().says("The Bearer token to use for authentication.")]
            }
            ("body", _, "json") => vec![prop("data", PropertyKind::Json, "JSON Body").required()],
            ("body", _, "raw") => vec![prop("data", PropertyKind::LongText, "Raw Body").required()],
            ("body", _, "form_data") => vec![prop("data", PropertyKind::Object, "Form Data").required()],
            _ => Vec::new(),
        };
        Ok(Choices::Dynamic(if fields.is_empty() { Ordered::default() } else { all(fields) }))
    }
}

impl Http {
    fn request(&self, call: &Call<'_>) -> Result<Request, Failure> {
        let method = Method::from_bytes(call.text("method").as_bytes());
        let method = method.map_err(|_| Failure::new("The method is not known. Open the step and choose one."))?;
        let mut url = Url::parse(call.text("url").trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url
            .as_mut()
            .ok_or_else(|| Failure::new("The URL is none that can be called. It begins with https:// or http://."))?;
        for (name, value) in call.object("queryParams")? {
            url.query_pairs_mut().append_pair(&name, &value::render(&value));
        }
        let mut headers: Vec<(String, String)> =
            call.object("headers")?.iter().map(|(name, value)| (name.clone(), value::render(value))).collect();
        let field = |name: &str| call.within("authFields", name).map(value::render).unwrap_or_default();
        let authorization = match call.text("authType").as_str() {
            "BASIC" => {
                Some(format!("Basic {}", STANDARD.encode(format!("{}:{}", field("username"), field("password")))))
            }
            "BEARER_TOKEN" => Some(format!("Bearer {}", field("token"))),
            _ => None,
        };
        if let Some(authorization) = authorization {
            call.hide(authorization.split_once(' ').map_or("", |(_, secret)| secret));
            headers.push(("authorization".to_owned(), authorization));
        }
        let has_key = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("idempotency-key"));
        if !has_key && method != Method::GET && method != Method::HEAD {
            headers.push(("idempotency-key".to_owned(), call.key.uuid()));
        }
        let time = call.number("timeout")?.filter(|seconds| *seconds > 0.0);
        let time = time.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let time = time.map_or(self.web.limits.time, |time| time.min(Duration::from_secs(600)));
        let follows = call.flag("followRedirects");
        Ok(Request { method, url: url.clone(), headers, body: body(call)?, time, follows })
    }
}

/// The body with its type.
fn body(call: &Call<'_>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let data = call.within("body", "data").or_else(|| call.given("body"));
    let Some(data) = data else { return Ok(None) };
    Ok(match call.text("body_type").as_str() {
        "json" => {
            // A text that is no JSON is sent as it is, and the server says so.
            let text = data.as_str().map_or_else(|| data.to_string(), str::to_owned);
            Some(("application/json".to_owned(), text.into_bytes()))
        }
        "raw" => Some(("text/plain; charset=utf-8".to_owned(), value::render(data).into_bytes())),
        "form_data" => {
            let members = data.as_object().ok_or_else(|| Failure::new("Form Data has to be names and values."))?;
            let edge = format!("pmos{}", call.key);
            let mut text = String::new();
            for (name, value) in members {
                let name = name.replace(['"', '\r', '\n'], "_");
                text += &format!(
                    "--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{}\r\n",
                    value::render(value)
                );
            }
            text += &format!("--{edge}--\r\n");
            Some((format!("multipart/form-data; boundary={edge}"), text.into_bytes()))
        }
        _ => None,
    })
}

fn refused(method: &Method, url: &Url, answer: &Answer) -> Failure {
    let next = match answer.status {
        401 | 403 => "Look at the authentication of the step.",
        404 | 410 => "Look at the address.",
        429 => "Wait, or call less often.",
        400..500 => "Look at what the step sends.",
        _ => "The server has a problem of its own: try again later.",
    };
    Failure {
        status: Some(answer.status),
        response_body: Some(Box::new(answer.value())),
        request_url: Some(shown(url)),
        ..Failure::new(format!("{method} {} answered {}. {next}", url.host_str().unwrap_or_default(), answer.status))
    }
}
