//! Where a model is asked: one address, one key, one way to speak.
//!
//! The key is a header of the HTTP client that is made for this address, so whoever writes the requests never holds it,
//! and no redirect is followed, so it goes nowhere else. Environment variables are not read for keys.

use std::net::{Ipv4Addr, Ipv6Addr};

use contract::Vendor;
use genai::adapter::AdapterKind;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use url::{Host, Url};
use zeroize::Zeroizing;

use super::{Patience, RemoteOptions, key::Key};

/// A form of requests and replies. Several vendors may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Anthropic's Messages.
    Messages,
    /// OpenAI's chat completions.
    Chat,
    /// OpenAI's Responses.
    Responses,
    /// Gemini's `generateContent`.
    Gemini,
    /// Ollama's own chat.
    Ollama,
}

impl Form {
    /// What the record calls it.
    fn word(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Chat => "chat",
            Self::Responses => "responses",
            Self::Gemini => "gemini",
            Self::Ollama => "ollama",
        }
    }

    /// What the library calls it.
    pub(super) fn kind(self) -> AdapterKind {
        match self {
            Self::Messages => AdapterKind::Anthropic,
            Self::Chat => AdapterKind::OpenAI,
            Self::Responses => AdapterKind::OpenAIResp,
            Self::Gemini => AdapterKind::Gemini,
            Self::Ollama => AdapterKind::Ollama,
        }
    }
}

/// Where a model is asked.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    /// How it speaks.
    pub(super) form: Form,
    /// Where a streamed reply is asked for.
    pub(super) url: Url,
    /// What a person calls the server.
    pub(super) server: String,
    /// It runs on this machine.
    pub(super) is_here: bool,
    /// It is the vendor's own server, and wants a key.
    pub(super) wants_key: bool,
    /// The very model, for what it seals: how its server speaks, where that is, and what the model is called there.
    pub(super) maker: String,
}

/// Reads the base address of a server. Plain `http` is for servers on this machine only: anywhere else the key and the
/// company's data would travel in the clear.
///
/// # Errors
/// A sentence that says what is wrong and what would be right.
pub fn check_base(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim())
        .map_err(|_| "This is not an address. Give one such as https://models.example.com/v1.".to_owned())?;
    if url.host().is_none() {
        return Err("The address names no server. Give one such as https://models.example.com/v1.".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("The address holds a name or a password. Leave them out, and give the key by itself.".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("The address goes on after its path. Leave out everything from the ? or the # on.".to_owned());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err("Only a server on this machine may be reached by http://. Use https:// for this one.".to_owned()),
        _ => Err("The address must begin with https://.".to_owned()),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => Ipv6Addr::is_loopback(&address),
        None => false,
    }
}

/// The vendor's own address, and the path that is taken where a person gave a bare host.
fn own_base(vendor: Vendor) -> (&'static str, &'static str) {
    match vendor {
        Vendor::Anthropic => ("https://api.anthropic.com/v1", "v1"),
        Vendor::Openai => ("https://api.openai.com/v1", "v1"),
        Vendor::Gemini => ("https://generativelanguage.googleapis.com/v1beta", "v1beta"),
        Vendor::Ollama => ("http://localhost:11434", ""),
        Vendor::Openrouter => ("https://openrouter.ai/api/v1", "api/v1"),
        Vendor::Compatible => ("", "v1"),
    }
}

/// OpenAI's models from GPT-5 on, and its `pro` and `codex` ones, are asked by its Responses API, which lets them think
/// between calls; older ones, and every other server of this family, by chat completions.
fn form(vendor: Vendor, model: &str) -> Form {
    match vendor {
        Vendor::Anthropic => Form::Messages,
        Vendor::Openai if matches!(AdapterKind::from_model(model), Ok(AdapterKind::OpenAIResp)) => Form::Responses,
        Vendor::Openai | Vendor::Openrouter | Vendor::Compatible => Form::Chat,
        Vendor::Gemini => Form::Gemini,
        Vendor::Ollama => Form::Ollama,
    }
}

pub(super) fn vendor_name(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Anthropic => "Anthropic",
        Vendor::Openai => "OpenAI",
        Vendor::Gemini => "Gemini",
        Vendor::Ollama => "Ollama",
        Vendor::Openrouter => "OpenRouter",
        Vendor::Compatible => "The model’s server",
    }
}

impl Endpoint {
    /// Finds the address. Fails with a sentence when the base is no good.
    pub(super) fn of(options: &RemoteOptions) -> Result<Self, String> {
        let (own, path) = own_base(options.vendor);
        let given = options.base.as_deref().map(str::trim).filter(|base| !base.is_empty());
        let mut base = match given {
            Some(given) => check_base(given)?,
            None if own.is_empty() => return Err("Give the address of the server.".to_owned()),
            None => check_base(own)?,
        };
        if base.path().trim_matches('/').is_empty() {
            base.set_path(path);
        }
        let form = form(options.vendor, &options.model);
        let is_here = is_loopback(&base);
        let server = match (options.vendor, base.host_str()) {
            (Vendor::Compatible, Some(host)) => host.to_owned(),
            (vendor, _) => vendor_name(vendor).to_owned(),
        };
        let wants_key = given.is_none()
            && match options.vendor {
                Vendor::Anthropic | Vendor::Openai | Vendor::Gemini | Vendor::Openrouter => true,
                Vendor::Ollama | Vendor::Compatible => false,
            };
        let maker = format!("{} {} {}", form.word(), base.authority(), options.model);
        let url = ask_url(base, form, &options.model)?;
        Ok(Self { form, url, server, is_here, wants_key, maker })
    }

    /// The client that speaks with this address and no other.
    pub(super) fn client(&self, key: Option<&Key>, patience: Patience) -> Result<reqwest::Client, String> {
        let mut headers = HeaderMap::new();
        if self.form == Form::Messages {
            headers.insert("anthropic-version", HeaderValue::from_static("2023-06-01"));
        }
        if let Some(key) = key {
            let (name, value) = key_header(self.form, key)?;
            headers.insert(name, value);
        }
        let mut builder = reqwest::Client::builder()
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(patience.connect)
            // A packed stream is held back until a block is full.
            .gzip(false)
            .tcp_nodelay(true)
            .http2_keep_alive_interval(std::time::Duration::from_secs(20))
            .http2_keep_alive_timeout(std::time::Duration::from_secs(10));
        if self.is_here {
            // A proxy would be handed the key in the clear, and could not reach this machine anyway.
            builder = builder.no_proxy();
        }
        builder
            .build()
            .map_err(|_| "Secure connections cannot be made on this machine. `pm-os doctor` looks why.".to_owned())
    }
}

fn key_header(form: Form, key: &Key) -> Result<(HeaderName, HeaderValue), String> {
    let (name, before) = match form {
        Form::Messages => (HeaderName::from_static("x-api-key"), ""),
        Form::Gemini => (HeaderName::from_static("x-goog-api-key"), ""),
        Form::Chat | Form::Responses | Form::Ollama => (AUTHORIZATION, "Bearer "),
    };
    let value = Zeroizing::new(format!("{before}{}", key.expose()));
    let mut value = HeaderValue::from_str(&value)
        .map_err(|_| "The key holds characters that no key has. Copy it once more.".to_owned())?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn ask_url(mut base: Url, form: Form, model: &str) -> Result<Url, String> {
    let segments: &[&str] = match form {
        Form::Messages => &["messages"],
        Form::Responses => &["responses"],
        Form::Gemini => &["models"],
        Form::Ollama => &["api", "chat"],
        Form::Chat => &["chat", "completions"],
    };
    {
        let mut path = base.path_segments_mut().map_err(|()| "The address must begin with https://.".to_owned())?;
        path.pop_if_empty().extend(segments);
        if form == Form::Gemini {
            path.push(&format!("{}:streamGenerateContent", model.strip_prefix("models/").unwrap_or(model)));
        }
    }
    if form == Form::Gemini {
        base.set_query(Some("alt=sse"));
    }
    Ok(base)
}
