//! The tokens that sign-in gives: of the form of a JWT, good for seven days, void when the version of the person moves on.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// How long a token is good: 7 days.
const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who holds a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) id: String,
    /// `USER`, or `ONBOARDING` until there is a platform.
    pub(crate) kind: String,
    pub(crate) platform: Option<String>,
    pub(crate) version: String,
}

/// Why a token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bad {
    /// It was never given here.
    Forged,
    /// Its seven days are over.
    Expired,
}

/// Writes a token.
pub(crate) fn issue(secret: &str, claims: &Claims, now: Timestamp) -> String {
    let head = json!({ "alg": "HS256", "typ": "JWT" });
    let issued = now.as_second();
    let payload = json!({
        "id": claims.id, "type": claims.kind, "platform": claims.platform.as_ref().map(|id| json!({ "id": id })),
        "tokenVersion": claims.version, "iat": issued, "exp": issued + LIFE.as_secs(), "iss": "activepieces",
    });
    let signed = format!("{}.{}", encode(head.to_string().as_bytes()), encode(payload.to_string().as_bytes()));
    let seal = seal(secret, &signed);
    format!("{signed}.{seal}")
}

/// Reads a token that was given here.
pub(crate) fn read(secret: &str, token: &str, now: Timestamp) -> Result<Claims, Bad> {
    let (signed, sealed) = token.rsplit_once('.').ok_or(Bad::Forged)?;
    if seal(secret, signed) != sealed {
        return Err(Bad::Forged);
    }
    let (_, payload) = signed.split_once('.').ok_or(Bad::Forged)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| Bad::Forged)?;
    let payload: Value = serde_json::from_slice(&payload).map_err(|_| Bad::Forged)?;
    if payload.get("exp").and_then(Value::as_i64).is_none_or(|end| end <= now.as_second()) {
        return Err(Bad::Expired);
    }
    let text = |key: &str| payload.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let platform = payload.pointer("/platform/id").and_then(Value::as_str).map(str::to_owned);
    Ok(Claims { id: text("id"), kind: text("type"), platform, version: text("tokenVersion") })
}

/// The token in the link of a file: whoever has the link may read it.
pub(crate) fn link(secret: &str, file: &str) -> String {
    let signed = format!("{}.{}", encode(b"{\"alg\":\"HS256\"}"), encode(file.as_bytes()));
    let seal = seal(secret, &signed);
    format!("{signed}.{seal}")
}

// A hash over secret and text is no HMAC. Here it only has to tell tokens of ours from others.
fn seal(secret: &str, text: &str) -> String {
    encode(&Sha256::digest(format!("{secret}.{text}")))
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
