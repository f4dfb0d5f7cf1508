//! The text of one websocket message: Engine.IO 4 around Socket.IO 5. It knows no event by its name.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// What a message says.
#[derive(Clone, Debug)]
pub(super) enum Packet {
    /// The first of all: how long silence may last.
    Open { silence: Duration },
    /// The server hangs up.
    Close,
    /// To be answered by a pong.
    Ping,
    /// The door is open.
    Connected,
    /// The door stays shut, for this reason.
    Refused(String),
    /// The server shows us the door.
    Disconnected,
    /// Something happened.
    Event { name: String, data: Option<Box<RawValue>> },
    /// The answer to what was asked under this number.
    Ack { id: u64, data: Option<Box<RawValue>> },
    /// Nothing that concerns us.
    Other,
}

impl Packet {
    /// Reads a message; whatever is no packet concerns nobody.
    pub(super) fn read(text: &str) -> Self {
        let mut letters = text.chars();
        let kind = letters.next();
        let rest = letters.as_str();
        match kind {
            Some('0') => Self::Open { silence: silence(rest) },
            Some('1') => Self::Close,
            Some('2') => Self::Ping,
            Some('4') => Self::message(rest),
            _ => Self::Other,
        }
    }

    fn message(text: &str) -> Self {
        let mut letters = text.chars();
        let kind = letters.next();
        let mut rest = letters.as_str();
        if matches!(kind, Some('5' | '6')) {
            // How many binary parts follow: we take none.
            rest = rest.split_once('-').map_or(rest, |(_, rest)| rest);
        }
        if rest.starts_with('/') {
            rest = rest.split_once(',').map_or("", |(_, rest)| rest);
        }
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let (number, data) = rest.split_at(digits);
        let parts = || serde_json::from_str::<Vec<Box<RawValue>>>(data).unwrap_or_default().into_iter();
        match kind {
            Some('0') => Self::Connected,
            Some('1') => Self::Disconnected,
            Some('2' | '5') => {
                let mut parts = parts();
                let name = parts.next().and_then(|name| serde_json::from_str::<String>(name.get()).ok());
                name.map_or(Self::Other, |name| Self::Event { name, data: parts.next() })
            }
            Some('3' | '6') => number.parse().map_or(Self::Other, |id| Self::Ack { id, data: parts().next() }),
            Some('4') => {
                let body: Value = serde_json::from_str(data).unwrap_or_default();
                let message = body.get("message").and_then(Value::as_str).or_else(|| body.as_str());
                Self::Refused(message.unwrap_or_default().to_owned())
            }
            _ => Self::Other,
        }
    }
}

fn silence(text: &str) -> Duration {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    struct Shape {
        ping_interval: u64,
        ping_timeout: u64,
    }
    impl Default for Shape {
        fn default() -> Self {
            Self { ping_interval: 25_000, ping_timeout: 20_000 }
        }
    }
    let shape: Shape = serde_json::from_str(text).unwrap_or_default();
    Duration::from_millis(shape.ping_interval.saturating_add(shape.ping_timeout).clamp(1, 600_000))
}

pub(super) const PONG: &str = "3";
pub(super) const LEAVE: &str = "41";

/// Asks for the door to be opened.
pub(super) fn connect(auth: &Value) -> String {
    format!("40{auth}")
}

/// Tells of something, and asks for an answer under a number if there is one.
pub(super) fn event(name: &str, data: &Value, id: Option<u64>) -> String {
    let id = id.map(|id| id.to_string()).unwrap_or_default();
    format!("42{id}{}", Value::from(vec![Value::from(name), data.clone()]))
}

#[cfg(test)]
mod tests;
