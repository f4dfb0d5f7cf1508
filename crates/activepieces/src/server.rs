//! What a server is and can do: health, flags, version, projects, the platform and its people.

use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault};

/// A version of the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Before the first dot.
    pub major: u32,
    /// Between the dots.
    pub minor: u32,
    /// Behind the second dot.
    pub patch: u32,
}

impl Version {
    /// The first that this client was made for.
    pub const OLDEST: Self = Self { major: 0, minor: 83, patch: 0 };

    /// Reads `0.85.2`, with or without something behind it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut numbers =
            text.trim().trim_start_matches('v').split(['.', '-', '+']).map(|part| part.parse::<u32>().ok());
        Some(Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            patch: numbers.next().flatten().unwrap_or_default(),
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// What a server can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Its version, if it tells.
    pub version: Option<Version>,
    /// Branches behind the success and the failure of a step: since 0.84.
    pub failure_branches: bool,
    /// Variables of a project: after 0.83.
    pub variables: bool,
    /// Keys for programs: not in the Community edition.
    pub api_keys: bool,
    /// Why nothing should be changed on it from here, if so.
    pub too_old: Option<String>,
}

/// What a server says about itself to everybody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flags {
    /// `ce`, `ee` or `cloud`.
    pub edition: String,
    /// Its version as it writes it.
    pub current_version: String,
    /// What addresses of webhooks begin with.
    pub webhook_prefix: Option<String>,
    /// Where its pages are.
    pub public_url: Option<String>,
    /// How long a webhook is answered at most, in seconds.
    pub webhook_timeout_seconds: u64,
    /// How long data of runs is kept, in days.
    pub retention_days: u64,
    /// Whether a person can sign in with a password.
    pub email_auth: bool,
    /// Everything that it said.
    pub all: serde_json::Map<String, Value>,
}

impl Flags {
    fn of(all: serde_json::Map<String, Value>) -> Self {
        let text = |key: &str| all.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = |key: &str, other: u64| all.get(key).and_then(Value::as_u64).unwrap_or(other);
        Self {
            edition: text("EDITION").unwrap_or_default(),
            current_version: text("CURRENT_VERSION").unwrap_or_default(),
            webhook_prefix: text("WEBHOOK_URL_PREFIX"),
            public_url: text("PUBLIC_URL"),
            webhook_timeout_seconds: number("WEBHOOK_TIMEOUT_SECONDS", 30),
            retention_days: number("EXECUTION_DATA_RETENTION_DAYS", 30),
            email_auth: all.get("EMAIL_AUTH_ENABLED").and_then(Value::as_bool).unwrap_or(true),
            all,
        }
    }

    /// What follows from the version and the edition.
    #[must_use]
    pub fn features(&self) -> Features {
        let version = Version::read(&self.current_version);
        let since = |minor: u32| version.is_some_and(|version| version >= Version { major: 0, minor, patch: 0 });
        let too_old = version.filter(|version| *version < Version::OLDEST).map(|version| {
            format!(
                "The server runs Activepieces {version}, and this app knows {} and later. Update the server.",
                Version::OLDEST
            )
        });
        Features {
            version,
            failure_branches: since(84),
            variables: since(84),
            api_keys: matches!(self.edition.as_str(), "ee" | "cloud"),
            too_old,
        }
    }
}

/// A project.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub display_name: String,
    /// `PERSONAL` or `TEAM`.
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub kind: String,
    /// The platform.
    #[serde(deserialize_with = "lenient")]
    pub platform_id: String,
    /// Whose it is.
    #[serde(deserialize_with = "lenient")]
    pub owner_id: String,
    /// Another program's name for it.
    #[serde(deserialize_with = "lenient")]
    pub external_id: Option<String>,
}

/// The platform, and what its plan allows.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Platform {
    /// Its id.
    pub id: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// What the plan allows, by name.
    #[serde(deserialize_with = "lenient")]
    pub plan: serde_json::Map<String, Value>,
}

impl Platform {
    /// Whether the plan says that something is allowed.
    #[must_use]
    pub fn allows(&self, what: &str) -> bool {
        self.plan.get(what).and_then(Value::as_bool).unwrap_or_default()
    }
}

/// A person on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    /// Their id.
    pub id: String,
    /// Their e-mail address.
    #[serde(deserialize_with = "lenient")]
    pub email: String,
    /// What they are called by first.
    #[serde(deserialize_with = "lenient")]
    pub first_name: String,
    /// And after that.
    #[serde(deserialize_with = "lenient")]
    pub last_name: String,
    /// `ACTIVE` or `INACTIVE`.
    #[serde(deserialize_with = "lenient")]
    pub status: String,
    /// `ADMIN`, `MEMBER` or `OPERATOR`.
    #[serde(deserialize_with = "lenient")]
    pub platform_role: String,
}

impl Client {
    /// Whether the server is up. Nobody needs to be signed in for it.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it is not, [`Fault::Unreadable`] when something else answers.
    pub async fn health(&self) -> Result<(), Fault> {
        let text = self.open_text(Ask::get(&["v1", "health"])).await?;
        let status: Value = wire::read(&text)?;
        match status.get("status").and_then(Value::as_str) {
            Some(word) if word.eq_ignore_ascii_case("healthy") => Ok(()),
            Some(_) => Err(Fault::Unavailable {
                message: "The server says that it is not well. Wait, or look at its logs.".to_owned(),
                sent: false,
            }),
            None => Err(Fault::unreadable("it does not tell its health")),
        }
    }

    /// What the server says about itself. Nobody needs to be signed in for it.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn flags(&self) -> Result<Flags, Fault> {
        wire::read(&self.open_text(Ask::get(&["v1", "flags"])).await?).map(Flags::of)
    }

    /// A page of the projects that the account may see; 50 on each unless `limit` says otherwise.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn projects(&self, cursor: Option<&str>, limit: Option<u32>) -> Result<Page<Project>, Fault> {
        let ask = Ask::get(&["v1", "projects"]).with_some("cursor", cursor).with_some("limit", limit);
        wire::plain_page(&self.text(ask).await?)
    }

    /// A project.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn project(&self, id: &str) -> Result<Project, Fault> {
        self.json(Ask::get(&["v1", "projects", id])).await
    }

    /// Makes a project.
    ///
    /// # Errors
    /// [`Fault::Forbidden`] when the plan has no more.
    pub async fn create_project(&self, display_name: &str) -> Result<Project, Fault> {
        self.json(Ask::post(&["v1", "projects"], &json!({ "displayName": display_name }))).await
    }

    /// Renames a project.
    ///
    /// # Errors
    /// [`Fault::Conflict`] for a personal one: the server says yes to that and leaves the name.
    pub async fn rename_project(&self, id: &str, display_name: &str) -> Result<Project, Fault> {
        let body = json!({ "displayName": display_name });
        let project: Project = self.json(Ask::post(&["v1", "projects", id], &body)).await?;
        if project.display_name == display_name {
            return Ok(project);
        }
        Err(Fault::Conflict("A personal project keeps its name. Make a team project to choose one.".to_owned()))
    }

    /// The platform.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn platform(&self, id: &str) -> Result<Platform, Fault> {
        self.json(Ask::get(&["v1", "platforms", id])).await
    }

    /// A person.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when they are not there.
    pub async fn user(&self, id: &str) -> Result<User, Fault> {
        self.json(Ask::get(&["v1", "users", id])).await
    }

    /// A page of the people, for those who administer the platform.
    ///
    /// # Errors
    /// [`Fault::Forbidden`] for everybody else.
    pub async fn users(&self, cursor: Option<&str>) -> Result<Page<User>, Fault> {
        wire::plain_page(&self.text(Ask::get(&["v1", "users"]).with_some("cursor", cursor)).await?)
    }
}
