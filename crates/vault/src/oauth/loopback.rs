//! The listener that a browser brings the answer to: on this machine only, for one answer, for a bounded time.
//!
//! Anything on the machine may connect to it. So it takes nothing for an answer but a GET of the callback's path, with the
//! right host, that [`SignIn::accept`] accepts; everybody else gets a short page and the wait goes on. A connection that
//! says nothing (browsers open such ones) does not hold up the one that does.

mod request;

use std::net::Ipv4Addr;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::Timestamp;
use request::{Heard, hear, show};
use tokio::net::{TcpListener, TcpStream};

use super::page::Page;
use super::sign_in::{Code, Refused, SignIn};

/// At most this many connections are heard at once; more must be an accident or an attack.
const MOST_OPEN: usize = 32;

/// Why the listener could not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoopbackError {
    /// Another program listens there.
    #[error("Port {port} is in use by another program. Close it, or paste the address from the browser instead.")]
    PortInUse {
        /// The port.
        port: u16,
    },
    /// The system does not allow it.
    #[error("PM OS could not listen on port {port}. Paste the address from the browser instead.")]
    NotAllowed {
        /// The port.
        port: u16,
    },
}

/// Why the wait ended without a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ending {
    /// The answer came and settles the attempt, but not with a code.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No answer came in time.
    #[error("No answer came from the browser. Start the sign-in again, or paste the address that the browser shows.")]
    TimedOut,
    /// The listener stopped working.
    #[error("PM OS stopped hearing the browser. Start the sign-in again.")]
    Broken,
}

/// How the exchange went, for the page that is waiting in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The account is connected.
    SignedIn,
    /// It is not.
    Failed,
}

/// A listener on 127.0.0.1. Dropping it, or the future that waits on it, frees the port.
pub struct Loopback {
    listener: TcpListener,
    port: u16,
}

impl Loopback {
    /// Listens on `port` of 127.0.0.1; 0 lets the system choose.
    ///
    /// # Errors
    /// `PortInUse`, `NotAllowed`.
    pub async fn bind(port: u16) -> Result<Self, LoopbackError> {
        let failed = |error: std::io::Error| {
            if error.kind() == std::io::ErrorKind::AddrInUse {
                LoopbackError::PortInUse { port }
            } else {
                LoopbackError::NotAllowed { port }
            }
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, port })
    }

    /// The port in use.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the answer to `attempt`, at most `limit`. Drop the future to cancel.
    ///
    /// # Errors
    /// Why there is no code.
    pub async fn wait(
        self,
        attempt: &SignIn,
        clock: impl Fn() -> Timestamp,
        limit: Duration,
    ) -> Result<Arrival, Ending> {
        let hearing = self.listen(attempt, clock);
        tokio::time::timeout(limit, hearing).await.unwrap_or(Err(Ending::TimedOut))
    }

    async fn listen(self, attempt: &SignIn, clock: impl Fn() -> Timestamp) -> Result<Arrival, Ending> {
        let mut open = FuturesUnordered::new();
        loop {
            tokio::select! {
                arrived = self.listener.accept(), if open.len() < MOST_OPEN => {
                    let (stream, _) = arrived.map_err(|_| Ending::Broken)?;
                    open.push(hear(stream, attempt.client().redirect(), self.port));
                }
                Some(heard) = open.next() => {
                    let Some(Heard { mut stream, answer }) = heard else { continue };
                    match attempt.accept(&answer, clock()) {
                        Ok(code) => return Ok(Arrival { code, page: HeldPage { stream: Some(stream) } }),
                        Err(refused @ (Refused::UnknownState | Refused::WrongRedirect | Refused::MissingCode)) => {
                            tracing::debug!(%refused, "a stranger at the sign-in listener");
                            show(&mut stream, Page::NotOurs).await;
                        }
                        Err(
                            refused @ (Refused::AlreadyUsed | Refused::Expired | Refused::Denied | Refused::Rejected),
                        ) => {
                            show(&mut stream, Page::Failed).await;
                            return Err(refused.into());
                        }
                    }
                }
            }
        }
    }
}

/// An accepted answer, whose browser still waits for its page.
pub struct Arrival {
    /// What to exchange.
    pub code: Code,
    /// What to finish afterwards.
    pub page: HeldPage,
}

/// A browser that waits to hear how the exchange went.
pub struct HeldPage {
    stream: Option<TcpStream>,
}

impl HeldPage {
    /// Shows the result. A browser that has gone away is no failure.
    pub async fn finish(mut self, outcome: Outcome) {
        if let Some(mut stream) = self.stream.take() {
            let page = match outcome {
                Outcome::SignedIn => Page::SignedIn,
                Outcome::Failed => Page::Failed,
            };
            show(&mut stream, page).await;
        }
    }
}

impl Drop for HeldPage {
    /// Whoever gives up half-way still leaves the person a page and not a broken connection.
    fn drop(&mut self) {
        if let Some(stream) = &self.stream {
            drop(stream.try_write(Page::Failed.response().as_bytes()));
        }
    }
}
