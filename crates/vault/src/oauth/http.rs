//! One bounded request to an authorization server. Redirects are never followed: a secret goes where it was sent.

use std::time::Duration;

use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::header::CONTENT_TYPE;

use super::client::SetupError;
use crate::keep::Boxed;

/// No answer of an authorization server comes near this many bytes.
const MOST_BODY: usize = 1024 * 1024;

/// The connection to authorization servers. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
}

/// Why there is no answer to read.
#[derive(Debug, thiserror::Error)]
pub enum HttpFault {
    /// Nothing usable came back: no connection, no answer in time, or the server is busy or broken.
    #[error("the server could not be reached")]
    Unreachable,
    /// Something came back that no authorization server sends.
    #[error("the answer could not be read")]
    Unreadable,
}

impl Http {
    /// A client that names itself `user_agent` and gives up on a request after 30 seconds.
    ///
    /// # Errors
    /// `Connection` when the system refuses to set up TLS, or the name holds control characters.
    pub fn new(user_agent: &str) -> Result<Self, SetupError> {
        let client = reqwest::Client::builder()
            .user_agent(user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .build()
            .map_err(|_| SetupError::Connection)?;
        Ok(Self { client })
    }

    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Sends a request and reads a bounded answer. 429 and 5xx count as unreachable: later may be better.
    pub(super) async fn send(&self, request: reqwest::Request) -> Result<HttpResponse, HttpFault> {
        let mut response = self.client.execute(request).await.map_err(|_| HttpFault::Unreachable)?;
        let status = response.status();
        if status.is_server_error() || status.as_u16() == 429 {
            return Err(HttpFault::Unreachable);
        }
        if status.is_redirection() {
            return Err(HttpFault::Unreadable);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| HttpFault::Unreachable)? {
            if body.len() + chunk.len() > MOST_BODY {
                return Err(HttpFault::Unreadable);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = oauth2::http::Response::builder().status(status);
        if let Some(kind) = response.headers().get(CONTENT_TYPE) {
            answer = answer.header(CONTENT_TYPE, kind);
        }
        answer.body(body).map_err(|_| HttpFault::Unreadable)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFault;
    type Future = Boxed<'c, Result<HttpResponse, HttpFault>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(|_| HttpFault::Unreadable)?;
            self.send(request).await
        })
    }
}
