//! The same commands over loopback HTTP, the feed as server-sent events, and the page for a browser.
//!
//! It knows no command by name and decides nothing: who may do what is the engine's gate. It listens on 127.0.0.1 only,
//! and answers nobody who does not hold the token of this start.

mod door;
mod hooks;
mod page;
mod routes;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use engine::Engine;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use hooks::serve_hooks;
pub use page::Page;

use door::Door;

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or may not be used.
    #[error("Port {port} on this machine cannot be opened: {why}. Choose another with --port, or leave it out.")]
    Port {
        /// The port that was asked for; 0 means any.
        port: u16,
        /// What the system said.
        why: std::io::Error,
    },
    /// The system gave no randomness for the token.
    #[error("The system gave no random numbers, so no safe token can be made.")]
    Random,
}

/// A running server. It ends with the token that it was given, and then answers no more.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    token: String,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Opens the port (0: any free one) and serves until `until` is cancelled.
    ///
    /// # Errors
    /// When the port cannot be opened, or the system gives no randomness.
    pub async fn start(engine: Engine, page: Page, port: u16, until: CancellationToken) -> Result<Self, StartError> {
        let refused = |why| StartError::Port { port, why };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let door = Arc::new(Door::new(address.port()).map_err(|_| StartError::Random)?);
        let token = door.token().to_owned();
        let router = routes::router(engine, page, door, until.clone());
        let task = tokio::spawn(async move {
            let served = axum::serve(listener, router).with_graceful_shutdown(until.cancelled_owned()).await;
            if let Err(why) = served {
                tracing::error!(%why, "the loopback server ended");
            }
        });
        Ok(Self { address, token, task })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page's address with the token behind `#`, where neither a server log nor a referrer sees it.
    #[must_use]
    pub fn page_url(&self) -> String {
        format!("http://{}/#token={}", self.address, self.token)
    }

    /// The token of this start, for programs.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Waits until it has ended.
    pub async fn ended(self) {
        let _ = self.task.await;
    }
}

#[cfg(test)]
mod tests;
