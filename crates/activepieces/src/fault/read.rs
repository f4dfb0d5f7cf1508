//! Makes a fault of an answer that is not a success: the server has three shapes for those.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::Fault;
use crate::text::shown;

/// How long to wait when a server does not say.
const WAIT: Duration = Duration::from_secs(5);

/// All three shapes at once: `{code, params}`, `{statusCode, code?, error, message}`, `{error, message}`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    code: Value,
    params: Value,
    error: Value,
    message: Value,
}

impl Body {
    fn read(text: &str) -> Option<Self> {
        serde_json::from_str::<Value>(text)
            .ok()
            .filter(Value::is_object)
            .and_then(|value| Self::deserialize(value).ok())
    }

    fn code(&self) -> &str {
        self.code.as_str().unwrap_or_default()
    }

    /// What the server says in words.
    fn words(&self) -> Option<String> {
        let inner = |key: &str| self.params.get(key).and_then(Value::as_str);
        let words = self.message.as_str().or_else(|| inner("message")).or_else(|| inner("error"));
        words.or_else(|| self.error.as_str()).and_then(shown)
    }

    /// What an entity is called that is not there.
    fn entity(&self) -> Option<&str> {
        self.params.get("entityType").and_then(Value::as_str)
    }
}

/// The fault that an answer tells of. `wait` is its `retry-after`, in seconds.
pub(crate) fn refusal(status: u16, wait: Option<u64>, text: &str) -> Fault {
    let found = Body::read(text);
    let is_ours = found.is_some();
    let body = found.unwrap_or_default();
    let code = body.code();
    let said = body.words();
    let with = |lead: &str, next: &str| match &said {
        Some(said) => format!("{lead}: {said}. {next}").replace(".. ", ". "),
        None => format!("{lead}. {next}"),
    };
    match (status, code) {
        (401, "INVALID_CREDENTIALS") => {
            Fault::SignIn("The e-mail address or the password is wrong. Check both, and sign in again.".to_owned())
        }
        (401, "INVALID_API_KEY") => {
            Fault::SignIn("The server does not know this API key. Make a fresh one, and paste it.".to_owned())
        }
        (401, _) => Fault::SignIn("The server does not accept the sign-in any more. Sign in again.".to_owned()),
        (402, _) => Fault::Forbidden(with(
            "The plan of this server does not include that",
            "Ask whoever runs the server, or do it another way.",
        )),
        (403, "SESSION_EXPIRED") => Fault::SignIn("The session has ended. Sign in again.".to_owned()),
        (403, "EMAIL_IS_NOT_VERIFIED") => Fault::SignIn(
            "The e-mail address of this account is not verified. Open the link that the server sent, then sign in."
                .to_owned(),
        ),
        (403, "USER_IS_INACTIVE") => {
            Fault::SignIn("This account is switched off. Ask whoever runs the server.".to_owned())
        }
        (403, "EMAIL_AUTH_DISABLED" | "DOMAIN_NOT_ALLOWED" | "INVITATION_ONLY_SIGN_UP" | "SIGN_UP_DISABLED") => {
            Fault::Forbidden(with("The server does not let this account in", "Ask whoever runs it."))
        }
        (403, _) => Fault::Forbidden(with("This account may not do that", "Ask whoever runs the server to allow it.")),
        // Publishing without a trigger, and switching on what was never published, both end here.
        (404, "ENTITY_NOT_FOUND") if body.entity() == Some("piece_trigger") => Fault::Invalid {
            field: Some("trigger".to_owned()),
            message:
                "The flow has no trigger that the server knows, or was never published. Choose a trigger, then publish."
                    .to_owned(),
        },
        (404, "ENTITY_NOT_FOUND") => Fault::NotFound(match body.entity() {
            Some(entity) => {
                format!(
                    "There is no such {} on the server. It was deleted, or this account cannot see it.",
                    spoken(entity)
                )
            }
            None => with("The server does not have that", "It was deleted, or another version of it is meant."),
        }),
        (404, _) if is_ours => {
            Fault::NotFound(with("This server has no such function", "It may be another edition or version."))
        }
        (404, _) => Fault::unreadable("there is no Activepieces at this address"),
        (409, "VALIDATION") => {
            Fault::Conflict(with("The server does not allow this as things stand", "Check what it is about."))
        }
        // Nothing of it was done, and it will be taken in a moment.
        (409, "FLOW_OPERATION_IN_PROGRESS") => Fault::Unavailable {
            message: "The server is still busy with this flow. It is tried again by itself; wait a moment.".to_owned(),
            sent: false,
        },
        (409, _) => Fault::Conflict(with("That is there already, or in use", "Look at it again.")),
        (410, "FLOW_RUN_RETRY_OUTSIDE_RETENTION") => Fault::Gone(
            "The data of this run is no longer kept, so it cannot be tried again. Start the flow anew.".to_owned(),
        ),
        (410, _) => Fault::Gone(with("That is no longer kept", "Start anew.")),
        (429, _) => Fault::Limited { retry_after: wait.map_or(WAIT, Duration::from_secs) },
        (500, _) => Fault::Failed(with(
            "The server failed over this",
            "Nothing here was lost; look at what it has before you try again.",
        )),
        (501..=599, _) => Fault::Unavailable {
            message: format!(
                "The server is not answering properly ({status}). It is tried again by itself; check whether it is running."
            ),
            sent: true,
        },
        (300..=399, _) => Fault::unreadable("it sent us elsewhere; give the address that it ends at"),
        (400 | 413 | 415 | 422, _) if is_ours => invalid(code, &body, said),
        _ => Fault::unreadable(format!("it answered {status}, not as Activepieces does")),
    }
}

fn invalid(code: &str, body: &Body, said: Option<String>) -> Fault {
    let said_or = |other: &str| said.clone().unwrap_or_else(|| other.to_owned());
    match code {
        "INVALID_APP_CONNECTION" => Fault::invalid(
            "value",
            format!("The app did not accept this connection: {}. Check what you entered.", said_or("no reason was given").trim_end_matches('.')),
        ),
        "INVALID_CLAIM" => Fault::invalid(
            "code",
            "The app did not accept the permission that came back. Start connecting again; check the client id, the secret and \
             the redirect address.",
        ),
        "TRIGGER_UPDATE_STATUS" => Fault::invalid(
            "trigger",
            "The app behind the trigger did not accept the subscription. Check the trigger's connection and its settings.",
        ),
        "FLOW_OPERATION_INVALID" => Fault::Invalid {
            field: None,
            message: format!("The server does not take this change: {}. Look at the flow again.", said_or("it says no more")),
        },
        "ENGINE_OPERATION_FAILURE" => Fault::Invalid {
            field: None,
            message: "The part of the server that runs pieces failed over this. Check the settings and the connection, then try again."
                .to_owned(),
        },
        _ => {
            let message = body.message.as_str().unwrap_or_default();
            let field = message.split(' ').next().and_then(|first| {
                let path = first.strip_prefix("body/").or_else(|| first.strip_prefix("params/"));
                path.or_else(|| first.strip_prefix("querystring/")).filter(|path| !path.is_empty())
            });
            Fault::Invalid {
                field: field.map(|field| field.replace('/', ".")),
                message: format!("The server does not take this: {}. Correct it, then try again.", said_or("it says no more").trim_end_matches('.')),
            }
        }
    }
}

fn spoken(entity: &str) -> String {
    match entity {
        "flow_run" => "run".to_owned(),
        "app_connection" => "connection".to_owned(),
        other => other.replace('_', " ").to_lowercase(),
    }
}

/// No answer at all. `sent` tells whether the request had left.
pub(crate) fn lost(what: &str, sent: bool) -> Fault {
    Fault::Unavailable {
        message: format!(
            "The server could not be reached: {what}. Check the connection; what you did is kept and sent later."
        ),
        sent,
    }
}
