//! The app itself: workspaces, sign-ins, secrets, settings.

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::{Contrast, Density, Language, ModelId, NewsKind, QuietHours, Setup, SignInId, TextSize, WorkspaceId};

/// Where a workspace's data comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The sample company, served by this app on this machine.
    Sample,
    /// A Basecamp account.
    Basecamp,
}

/// A workspace: one Basecamp account's data in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Where its data comes from.
    pub source: Source,
    /// The sign-in it uses; `None` for the sample.
    pub sign_in: Option<SignInId>,
    /// Basecamp's account number; empty for the sample until it is known.
    pub account: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last opened.
    pub opened_at: Option<Timestamp>,
}

/// What the page needs first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AppStatus {
    /// The version of the app.
    pub version: String,
    /// The data folder.
    pub data_dir: String,
    /// `linux`, `macos` or `windows`.
    pub platform: String,
    /// The workspaces, last opened first.
    pub workspaces: Vec<Workspace>,
    /// The place of secrets.
    pub vault: VaultStatus,
    /// The settings.
    pub settings: Settings,
    /// What launch found and mended or could not open, in words.
    pub notices: Vec<String>,
    /// The feed's last number before this was read: who attaches after it misses nothing, and need not read anew.
    pub heard: u64,
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VaultPlace {
    /// The system's keyring.
    Keyring,
    /// A file, sealed with a passphrase.
    File,
    /// Not chosen yet.
    Undecided,
    /// Not known yet: the place is being opened, and the system may be asking for the keyring's password.
    Opening,
}

/// How the place of secrets stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VaultStatus {
    /// Where.
    pub place: VaultPlace,
    /// Secrets can be read and written.
    pub ready: bool,
    /// The file waits for its passphrase.
    pub locked: bool,
    /// Why it is not ready, and what to do; empty when it is.
    pub why: String,
}

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignIn {
    /// Its id.
    pub id: SignInId,
    /// Who, as the server tells: a name, or an address.
    pub label: String,
    /// `token` or `oauth`.
    pub method: String,
    /// The API's base URL.
    pub api: String,
    /// Basecamp no longer accepts it; it must be renewed.
    pub revoked: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// The accounts it reaches.
    pub accounts: Vec<AccountChoice>,
}

/// An account that a sign-in reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountChoice {
    /// Basecamp's account number.
    pub account: String,
    /// Its name.
    pub name: String,
}

/// An OAuth sign-in that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OauthStarted {
    /// Where the person agrees; the app opens it in the browser.
    pub authorize_url: String,
    /// Where Basecamp sends the answer; must be entered at the integration exactly so.
    pub redirect_uri: String,
    /// When the attempt ends.
    pub expires_at: Timestamp,
}

/// How an OAuth sign-in stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "stage")]
pub enum OauthStage {
    /// None has begun.
    None,
    /// The browser is open; the answer has not come.
    Waiting,
    /// The answer is being exchanged.
    Exchanging,
    /// It worked.
    Done {
        /// The sign-in.
        sign_in: Box<SignIn>,
    },
    /// It did not.
    Failed {
        /// What happened, and what to do.
        message: String,
    },
}

/// Light, dark, or as the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The hours of a working day, in the person's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// When work begins.
    pub from: Time,
    /// When it ends, later on the same day.
    pub to: Time,
}

impl Default for Hours {
    fn default() -> Self {
        Self { from: Time::constant(9, 0, 0, 0), to: Time::constant(17, 0, 0, 0) }
    }
}

/// How soon news is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// As it comes.
    #[default]
    Immediate,
    /// A few at a time.
    Batched,
    /// Once a day, together.
    Digest,
}

/// What the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Settings {
    /// Which language the page speaks.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// IANA name of the zone that days are counted in; empty means the system's.
    pub time_zone: String,
    /// First day of the week: 1 is Monday, 7 is Sunday.
    pub week_start: u8,
    /// Show images that come from elsewhere in rich text.
    pub remote_images: bool,
    /// When the person works.
    pub working_hours: Hours,
    /// How soon news is told.
    pub notify: Notify,
    /// After so many days, runs of automations are cleared away; 0 keeps them for ever.
    pub run_days: u16,
    /// Names of fields whose values are not shown in runs, capitals aside.
    pub hidden_fields: Vec<String>,
    /// How far ink stands out.
    pub contrast: Contrast,
    /// How much room a row takes.
    pub density: Density,
    /// How large words are.
    pub text_size: TextSize,
    /// When nothing is told.
    pub quiet_hours: QuietHours,
    /// Kinds of news that are never told by themselves.
    pub muted: Vec<NewsKind>,
    /// Models elsewhere whose destination the person was shown before anything was sent there.
    pub shown_models: Vec<ModelId>,
    /// Settings that few people need are shown.
    pub advanced: bool,
    /// How far the set-up has come.
    pub setup: Setup,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::System,
            time_zone: String::new(),
            week_start: 1,
            remote_images: false,
            working_hours: Hours::default(),
            notify: Notify::default(),
            run_days: 30,
            hidden_fields: ["password", "secret", "token", "api_key", "authorization"].map(String::from).into(),
            contrast: Contrast::default(),
            density: Density::default(),
            text_size: TextSize::default(),
            quiet_hours: QuietHours::default(),
            muted: Vec::new(),
            shown_models: Vec::new(),
            advanced: false,
            setup: Setup::default(),
        }
    }
}
