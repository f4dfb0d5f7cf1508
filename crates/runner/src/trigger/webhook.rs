//! A call of a flow's own address. Who listens there is not known here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flow::PieceCall;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

use super::given_text;
use crate::{Map, value};

/// What was called with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Such as `POST`.
    pub method: String,
    /// By names in small letters.
    pub headers: Map,
    /// What stood behind the question mark.
    pub query: Map,
    /// The body as it came.
    pub body: String,
}

/// Who may call.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    asks: Asks,
}

#[derive(Clone, PartialEq, Eq)]
enum Asks {
    Nothing,
    /// A header with this value.
    Header(String, String),
}

impl Webhook {
    pub(super) fn read(call: &PieceCall) -> Result<Self, String> {
        let field = |name: &str| call.input.get("authFields").and_then(|fields| fields.get(name)).map(value::render);
        let asks = match given_text(call, "authType").as_deref() {
            None | Some("none") => Asks::Nothing,
            Some("basic") => {
                let pair = field("username").zip(field("password"));
                let (name, password) =
                    pair.ok_or("The webhook asks for a name and password and has none. Fill them in.")?;
                Asks::Header(
                    "authorization".to_owned(),
                    format!("Basic {}", STANDARD.encode(format!("{name}:{password}"))),
                )
            }
            Some("header") => {
                let pair = field("headerName").zip(field("headerValue"));
                let (name, value) = pair.ok_or("The webhook asks for a header and names none. Fill it in.")?;
                Asks::Header(name.to_lowercase(), value)
            }
            Some(_) => {
                return Err(
                    "This app cannot check signatures of webhooks. Choose another way to authenticate.".to_owned()
                );
            }
        };
        Ok(Self { asks })
    }

    /// Whether this call may start the flow. The comparison takes as long for a wrong value as for a right one.
    #[must_use]
    pub fn admits(&self, request: &Request) -> bool {
        match &self.asks {
            Asks::Nothing => true,
            Asks::Header(name, wanted) => {
                let came = request.headers.get(name).map(value::render).unwrap_or_default();
                came.as_bytes().ct_eq(wanted.as_bytes()).into()
            }
        }
    }
}

impl Request {
    /// What a flow is started with, or goes on with, as on a server.
    #[must_use]
    pub fn payload(&self) -> Value {
        let is_json =
            self.headers.get("content-type").and_then(Value::as_str).is_some_and(|kind| kind.contains("json"));
        let is_form = self.headers.get("content-type").and_then(Value::as_str);
        let is_form = is_form.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let body = if is_json {
            serde_json::from_str(&self.body).unwrap_or_else(|_| Value::from(self.body.clone()))
        } else if is_form {
            url::form_urlencoded::parse(self.body.as_bytes())
                .map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())))
                .collect::<Map>()
                .into()
        } else {
            Value::from(self.body.clone())
        };
        let mut payload = json!({
            "method": self.method,
            "headers": self.headers,
            "queryParams": self.query,
            "rawBody": self.body,
        });
        if !self.body.is_empty()
            && let Some(members) = payload.as_object_mut()
        {
            members.insert("body".to_owned(), body);
        }
        payload
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.asks {
            Asks::Nothing => f.write_str("Webhook(open)"),
            Asks::Header(name, _) => write!(f, "Webhook(asks for {name})"),
        }
    }
}
