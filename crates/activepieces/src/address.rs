//! Where the server is: what a person types, made into the one form that requests are built from.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::Fault;

/// Pages of the web app: a person copies the address of one from the browser.
const PAGES: [&str; 14] = [
    "api",
    "sign-in",
    "sign-up",
    "projects",
    "flows",
    "runs",
    "automations",
    "connections",
    "platform",
    "tables",
    "dashboard",
    "builder",
    "settings",
    "templates",
];

/// The address of a server, without the path of its API.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads what a person typed or copied. `http` is for servers on this machine only: anywhere else the password and the
    /// company's data would travel in the clear.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about `address`, with what would be right.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let address = Self::parse_plain(text)?;
        if address.0.scheme() == "http" && !address.is_here() {
            return Err(wrong(
                "Only a server on this machine may be reached by http://. Use https://, or allow http:// for this server if \
                 you trust the whole network between.",
            ));
        }
        Ok(address)
    }

    /// The same for a person who allowed `http` to this server.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn parse_plain(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let mut url = Url::parse(text)
            .map_err(|_| wrong("This is not an address. Give one such as https://flows.example.com."))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("The address must begin with https://."));
        }
        if url.host().is_none() {
            return Err(wrong("The address names no server. Give one such as https://flows.example.com."));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("The address holds a name or a password. Leave them out, and sign in by themselves."));
        }
        url.set_query(None);
        url.set_fragment(None);
        let kept: Vec<String> = url
            .path()
            .split('/')
            .filter(|part| !part.is_empty())
            .take_while(|part| !PAGES.contains(part))
            .map(str::to_owned)
            .collect();
        url.set_path(&kept.iter().map(|part| format!("/{part}")).collect::<String>());
        Ok(Self(url))
    }

    /// Whether it is this machine.
    #[must_use]
    pub fn is_here(&self) -> bool {
        is_loopback(&self.0)
    }

    /// What to show of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The address of a route of the API; each part is one segment, whatever it holds.
    pub(crate) fn api(&self, parts: &[&str]) -> Result<Url, Fault> {
        let mut url = self.0.clone();
        {
            let mut path = url.path_segments_mut().map_err(|()| wrong("The address must begin with https://."))?;
            path.pop_if_empty().push("api").extend(parts);
        }
        Ok(url)
    }

    /// Whether something is at the same server.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.as_str())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        None => false,
    }
}

fn wrong(message: &str) -> Fault {
    Fault::Invalid { field: Some("address".to_owned()), message: message.to_owned() }
}
