//! Inputs about the app itself: workspaces, sign-ins, secrets, settings.

use serde::{Deserialize, Serialize};

use crate::{
    Contrast, Density, Hours, Language, ModelId, NewsKind, Notify, QuietHours, SecretText, Setup, SignInId, TextSize,
    Theme, WorkspaceId,
};

macro_rules! input {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_attr:meta])* $field:ident : $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_attr])* pub $field: $type),* }
    )*};
}
pub(super) use input;

input! {
    /// No input.
    ShowStatus {}
    /// What to change.
    #[derive(Default)]
    ChangeSettings {
        /// Which language the page speaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// Light, dark or as the system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        theme: Option<Theme>,
        /// IANA name of a zone; empty means the system's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        time_zone: Option<String>,
        /// 1 is Monday, 7 is Sunday.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        week_start: Option<u8>,
        /// Show images that come from elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remote_images: Option<bool>,
        /// When work begins and ends; `from` before `to`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        working_hours: Option<Hours>,
        /// How soon news is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notify: Option<Notify>,
        /// After so many days, runs of automations are cleared away; 0 keeps them for ever. At most 3650.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run_days: Option<u16>,
        /// Names of fields whose values are not shown in runs, at most 50.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hidden_fields: Option<Vec<String>>,
        /// How far ink stands out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contrast: Option<Contrast>,
        /// How much room a row takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        density: Option<Density>,
        /// How large words are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text_size: Option<TextSize>,
        /// When nothing is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quiet_hours: Option<QuietHours>,
        /// Kinds of news that are never told by themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        muted: Option<Vec<NewsKind>>,
        /// Models elsewhere whose destination was shown, at most 200.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown_models: Option<Vec<ModelId>>,
        /// Show the settings that few people need.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        advanced: Option<bool>,
        /// How far the set-up has come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        setup: Option<Setup>,
    }
    /// No input.
    ListWorkspaces {}
    /// No input.
    OpenSample {}
    /// Which account of which sign-in.
    ConnectWorkspace {
        /// The sign-in.
        sign_in: SignInId,
        /// Basecamp's account number.
        account: String,
        /// What to call it; the account's name when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    }
    /// Which workspace.
    OpenWorkspace {
        /// The workspace.
        id: WorkspaceId,
    }
    /// The new name.
    RenameWorkspace {
        /// The workspace.
        id: WorkspaceId,
        /// Not blank, at most 80 characters.
        name: String,
    }
    /// Which workspace.
    RemoveWorkspace {
        /// The workspace.
        id: WorkspaceId,
    }
    /// No input.
    ListSignIns {}
    /// A token made in Basecamp.
    SignInWithToken {
        /// The token.
        token: SecretText,
        /// Basecamp's account number; only needed when the token does not tell which accounts it reaches.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
        /// The API's base URL; Basecamp's own when left out. Plain http is allowed on this machine only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        api: Option<String>,
        /// The sign-in server's base URL; Basecamp's own when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        launchpad: Option<String>,
    }
    /// The person's own integration, as registered with Basecamp.
    BeginOauth {
        /// Client id.
        client_id: String,
        /// Client secret.
        client_secret: SecretText,
        /// `loopback` (a fixed port on this machine) or `link` (`pmos://oauth/callback`).
        #[serde(default)]
        redirect: Redirect,
        /// The API's base URL; Basecamp's own when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        api: Option<String>,
        /// The sign-in server's base URL; Basecamp's own when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        launchpad: Option<String>,
        /// The sign-in to renew, when it is one that was revoked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renews: Option<SignInId>,
    }
    /// No input.
    ShowOauth {}
    /// Where the browser was sent.
    AnswerOauth {
        /// The whole address. It carries a code that works once.
        url: SecretText,
    }
    /// Which sign-in.
    RemoveSignIn {
        /// The sign-in.
        id: SignInId,
    }
    /// No input.
    ShowVault {}
    /// The passphrase to seal the file with.
    UseVaultFile {
        /// At least 8 characters.
        passphrase: SecretText,
    }
    /// The file's passphrase.
    UnlockVault {
        /// The passphrase.
        passphrase: SecretText,
    }
    /// No input.
    LockVault {}
    /// No input.
    UseKeyring {}
}

/// Where Basecamp sends its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Redirect {
    /// A fixed port on this machine.
    #[default]
    Loopback,
    /// The app's own link.
    Link,
}
