//! What a sign-in is made with: the person's integration, the server's two addresses, and where the answer comes back to.

use url::{Host, Url};

use crate::Secret;

/// Where Launchpad says what a token reaches.
pub const LAUNCHPAD_AUTHORIZATION: &str = "https://launchpad.37signals.com/authorization.json";
const LAUNCHPAD_AUTHORIZE: &str = "https://launchpad.37signals.com/authorization/new";
const LAUNCHPAD_TOKEN: &str = "https://launchpad.37signals.com/authorization/token";

/// Why a setup cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// An address is neither https nor http on this machine, or carries a user name.
    #[error(
        "The sign-in address must begin with https:// and hold no user name. Correct it in the connection's settings."
    )]
    Endpoint,
    /// A redirect address is not one that PM OS can receive.
    #[error(
        "The redirect address must be http://127.0.0.1 or http://localhost with a port and a path, or pmos://oauth/callback. \
         Correct it here and in the integration."
    )]
    Redirect,
    /// The client id or the client secret is missing.
    #[error("The integration needs both its client id and its client secret. Copy them from its page.")]
    Client,
    /// The system could not set up TLS.
    #[error("PM OS could not set up secure connections. `pm-os doctor` looks why; then restart PM OS.")]
    Connection,
}

/// The authorization server's two addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    pub(super) authorize: Url,
    pub(super) token: Url,
}

impl Endpoints {
    /// Both addresses, https or http on this machine.
    ///
    /// # Errors
    /// `Endpoint`.
    pub fn new(authorize: &str, token: &str) -> Result<Self, SetupError> {
        Ok(Self { authorize: trusted(authorize)?, token: trusted(token)? })
    }

    /// Basecamp's Launchpad.
    ///
    /// # Errors
    /// Never, in practice: the addresses are constants.
    pub fn launchpad() -> Result<Self, SetupError> {
        Self::new(LAUNCHPAD_AUTHORIZE, LAUNCHPAD_TOKEN)
    }
}

/// The one address that the integration sends the person back to. The server compares it letter for letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect(Url);

impl Redirect {
    /// The port that PM OS proposes for the loopback redirect.
    pub const PORT: u16 = 8977;

    /// `http://127.0.0.1:{port}/callback`.
    ///
    /// # Errors
    /// `Redirect` for port 0, and for port 80, which an address does not show.
    pub fn loopback(port: u16) -> Result<Self, SetupError> {
        Self::parse(&format!("http://127.0.0.1:{port}/callback"))
    }

    /// `pmos://oauth/callback`.
    ///
    /// # Errors
    /// Never, in practice: the address is a constant.
    pub fn deep_link() -> Result<Self, SetupError> {
        Self::parse("pmos://oauth/callback")
    }

    /// An address as it was registered.
    ///
    /// # Errors
    /// `Redirect` unless it is http on this machine with a port and a path and nothing else, or the deep link.
    pub fn parse(text: &str) -> Result<Self, SetupError> {
        let url = Url::parse(text.trim()).map_err(|_| SetupError::Redirect)?;
        let plain =
            url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
        let ours = is_deep_link(&url)
            || (url.scheme() == "http"
                && matches!(url.host_str(), Some("127.0.0.1" | "localhost"))
                && url.port().is_some_and(|port| port != 0)
                && url.path().len() > 1);
        if plain && ours { Ok(Self(url)) } else { Err(SetupError::Redirect) }
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The loopback port to listen on; `None` for the deep link.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.0.port()
    }

    /// Whether an answer at `url` came back to this address. The deep link is always ours: only this app is handed it.
    pub(super) fn received(&self, url: &Url) -> bool {
        let same = url.scheme() == self.0.scheme()
            && url.host_str() == self.0.host_str()
            && url.port() == self.0.port()
            && url.path() == self.0.path();
        (same || is_deep_link(url)) && url.username().is_empty() && url.password().is_none()
    }
}

fn is_deep_link(url: &Url) -> bool {
    url.scheme() == "pmos" && url.host_str() == Some("oauth") && url.path() == "/callback" && url.port().is_none()
}

/// A person's own integration at one server. It has no `Debug`: it holds the client secret.
#[derive(Clone)]
pub struct Client {
    pub(super) id: String,
    pub(super) secret: Secret,
    pub(super) endpoints: Endpoints,
    pub(super) redirect: Redirect,
    pub(super) pkce: bool,
}

impl Client {
    /// An integration with its id and secret as copied from its page; white space around them is dropped.
    ///
    /// # Errors
    /// `Client` when one of them is blank.
    pub fn new(id: &str, secret: &Secret, endpoints: Endpoints, redirect: Redirect) -> Result<Self, SetupError> {
        if id.trim().is_empty() || secret.is_blank() {
            return Err(SetupError::Client);
        }
        let secret = Secret::new(secret.expose().trim());
        Ok(Self { id: id.trim().to_owned(), secret, endpoints, redirect, pkce: false })
    }

    /// Also proves possession with PKCE (S256), for a server that is known to support it. Launchpad does not.
    #[must_use]
    pub fn with_pkce(mut self) -> Self {
        self.pkce = true;
        self
    }

    /// Where answers come back to.
    #[must_use]
    pub fn redirect(&self) -> &Redirect {
        &self.redirect
    }
}

/// Parses an address that a secret may be sent to.
pub(super) fn trusted(text: &str) -> Result<Url, SetupError> {
    let url = Url::parse(text.trim()).map_err(|_| SetupError::Endpoint)?;
    let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if safe && plain && url.has_host() { Ok(url) } else { Err(SetupError::Endpoint) }
}

/// Whether the address is on this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}
