//! Who is let in: the right host, the right origin, the token of this start.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use contract::{Code, Fault};
use subtle::ConstantTimeEq;

const TICKETS: usize = 64;

/// Keeps the token and the tickets that were given for it.
pub(crate) struct Door {
    token: String,
    hosts: [String; 2],
    tickets: Mutex<VecDeque<String>>,
}

impl Door {
    pub(crate) fn new(port: u16) -> Result<Self, getrandom::Error> {
        Ok(Self {
            token: random()?,
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            tickets: Mutex::default(),
        })
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// A name that resolves to this machine is not enough: a page of another site may have been pointed here.
    pub(crate) fn check_host(&self, headers: &HeaderMap) -> Result<(), Fault> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(HOST).is_some_and(|host| self.hosts.iter().any(|ours| ours == host));
        let origin = match text(ORIGIN) {
            None => !headers.contains_key(ORIGIN),
            Some(origin) => self.hosts.iter().any(|ours| origin.strip_prefix("http://") == Some(ours)),
        };
        if host && origin {
            return Ok(());
        }
        Err(Fault::new(Code::Forbidden, "This address answers only the page that PM OS itself opened on this machine."))
    }

    pub(crate) fn check_token(&self, headers: &HeaderMap) -> Result<(), Fault> {
        let given = headers.get("x-pmos-token").map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
        if given.ct_eq(self.token.as_bytes()).into() {
            return Ok(());
        }
        Err(Fault::new(
            Code::Forbidden,
            "The token of this start is missing or wrong. Open the address that `pm-os serve` printed.",
        ))
    }

    /// A ticket opens the feed once: a browser's event source cannot send a header, and the token has no place in an address.
    pub(crate) fn ticket(&self) -> Result<String, Fault> {
        let ticket = random()
            .map_err(|_| Fault::new(Code::Internal, "The system gave no random numbers; try again.").retryable())?;
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        if tickets.len() == TICKETS {
            tickets.pop_front();
        }
        tickets.push_back(ticket.clone());
        Ok(ticket)
    }

    pub(crate) fn redeem(&self, given: &str) -> Result<(), Fault> {
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        let at = tickets.iter().position(|ticket| bool::from(ticket.as_bytes().ct_eq(given.as_bytes())));
        match at.and_then(|at| tickets.remove(at)) {
            Some(_) => Ok(()),
            None => Err(Fault::new(Code::Forbidden, "The feed needs a fresh ticket; ask /api/ticket for one.")),
        }
    }
}

fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
