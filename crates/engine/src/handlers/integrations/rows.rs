//! A row for each connection. Pure: what is known goes in, words come out. No secret is among what is known.

use contract::{
    AutomationServer, Connection, FlowPlace, Integration, IntegrationKind, ModelEntry, ModelId, NextAct, Owner, SignIn,
    Standing, VaultPlace, VaultStatus, Vendor,
};
use jiff::Timestamp;

use super::Key;

/// The place of secrets as far as rows need it: how it stands, and what is in it or why that cannot be told.
pub(super) struct Secrets {
    pub(super) status: VaultStatus,
    pub(super) names: Result<Vec<String>, String>,
}

impl Secrets {
    /// Whether something is in it; `None` when that cannot be told.
    pub(super) fn has(&self, is_in: impl FnOnce(&[String]) -> bool) -> Option<bool> {
        self.names.as_ref().ok().map(|names| is_in(names))
    }

    /// Why nothing can be read from it, and what helps.
    fn shut(&self) -> (Standing, String, NextAct) {
        let why = self.names.as_ref().err().cloned().unwrap_or_default();
        if self.status.locked {
            let words = "It is sealed with your other secrets. Open them with your passphrase.";
            return (Standing::Locked, words.into(), NextAct::Unlock);
        }
        match self.status.place {
            VaultPlace::Opening => (Standing::Locked, why, NextAct::Retry),
            VaultPlace::Undecided | VaultPlace::Keyring | VaultPlace::File => {
                (Standing::Locked, why, NextAct::ChoosePlace)
            }
        }
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A row of the app itself: always there, and nothing to be done about it.
fn built_in(key: Key, kind: IntegrationKind, label: &str, detail: &str, words: &str) -> Integration {
    Integration {
        key: key.to_string(),
        kind,
        label: label.into(),
        detail: detail.into(),
        owner: Owner::App,
        standing: Standing::Works,
        words: words.into(),
        next: NextAct::None,
        last_use: None,
        may: Vec::new(),
        can_test: true,
        can_remove: false,
    }
}

pub(super) fn sample(fresh: Option<Timestamp>) -> Integration {
    Integration {
        last_use: fresh,
        may: texts(&["Read and write the made-up company, on this machine only"]),
        ..built_in(Key::Sample, IntegrationKind::Basecamp, "Sample company", "On this machine only", "It works")
    }
}

pub(super) fn runner() -> Integration {
    Integration {
        may: texts(&["Run your published automations while PM OS is open"]),
        ..built_in(Key::Runner, IntegrationKind::Automations, "Built-in runner", "On this machine", "It works")
    }
}

/// What there is none of, and how it is set up.
pub(super) fn absent(kind: IntegrationKind) -> Integration {
    let (key, label, words) = match kind {
        IntegrationKind::Basecamp => {
            ("basecamp", "Basecamp", "Not connected. Sign in with a token or with your own integration.")
        }
        IntegrationKind::Slack => (
            "slack",
            "Slack",
            "None of yours, and none of the workspace's. A Slack step of an automation asks for one.",
        ),
        IntegrationKind::Mail => {
            ("mail", "E-mail", "None of yours, and none of the workspace's. A mail step of an automation asks for one.")
        }
        IntegrationKind::Automations => ("server", "Activepieces server", "Not connected. Automations run in the app."),
        IntegrationKind::Model => ("model", "Model", "None is connected. The built-in assistant answers."),
        IntegrationKind::Account => ("account", "Account", "None is connected. A step that needs one asks for it."),
        IntegrationKind::Secrets => ("secrets", "Place of secrets", "Not decided yet."),
    };
    Integration {
        key: key.into(),
        kind,
        label: label.into(),
        detail: String::new(),
        owner: Owner::Person,
        standing: Standing::Absent,
        words: words.into(),
        next: NextAct::Connect,
        last_use: None,
        may: Vec::new(),
        can_test: false,
        can_remove: false,
    }
}

/// `is_kept`: what it signs in with is among the secrets; `None` when nobody can tell.
pub(super) fn sign_in(
    one: &SignIn,
    is_kept: Option<bool>,
    last_use: Option<Timestamp>,
    secrets: &Secrets,
) -> Integration {
    let (standing, words, next) = match (is_kept, one.revoked) {
        (_, true) => (
            Standing::Failing,
            "Basecamp no longer accepts it. Everything stays readable; sign in again to go on.".into(),
            NextAct::Reconnect,
        ),
        (None, false) => secrets.shut(),
        (Some(false), false) => (
            Standing::Failing,
            "What it signs in with is gone from the place of secrets. Sign in again.".into(),
            NextAct::Reconnect,
        ),
        (Some(true), false) => (Standing::Works, "It works".into(), NextAct::None),
    };
    let accounts = one.accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>().join(", ");
    let way = if one.method == "oauth" { "your integration" } else { "a token" };
    Integration {
        key: Key::SignIn(one.id).to_string(),
        kind: IntegrationKind::Basecamp,
        label: one.label.clone(),
        detail: if accounts.is_empty() { format!("Signed in by {way}") } else { format!("{accounts}, by {way}") },
        owner: Owner::Person,
        standing,
        words,
        next,
        last_use,
        may: texts(&["Read all that you see in Basecamp", "Write what you do here, in your name"]),
        can_test: true,
        can_remove: true,
    }
}

pub(super) fn server(one: &AutomationServer, secrets: &Secrets) -> Integration {
    if one.address.is_empty() {
        return absent(IntegrationKind::Automations);
    }
    let (standing, words, next) = match (&one.fault, secrets.names.is_ok() || one.offer.is_some()) {
        (_, false) => secrets.shut(),
        (Some(why), true) => (Standing::Failing, why.clone(), NextAct::Reconnect),
        (None, true) if one.waiting > 0 => {
            (Standing::Works, format!("It works; {} of your edits wait to be sent", one.waiting), NextAct::None)
        }
        (None, true) => (Standing::Works, "It works".into(), NextAct::None),
    };
    let facts = [one.address.as_str(), one.account.as_str(), one.project.as_str(), one.version.as_str()];
    let detail = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(", ");
    Integration {
        key: Key::Server.to_string(),
        kind: IntegrationKind::Automations,
        label: "Activepieces server".into(),
        detail,
        owner: Owner::Workspace,
        standing,
        words,
        next,
        last_use: None,
        may: texts(&["Read and change the flows of this project", "Run what you publish there"]),
        can_test: true,
        can_remove: true,
    }
}

/// Whether a vendor's own server answers to nobody without a key.
fn wants_key(one: &ModelEntry) -> bool {
    one.base.is_empty()
        && match one.vendor {
            Some(Vendor::Anthropic | Vendor::Openai | Vendor::Gemini | Vendor::Openrouter) => true,
            Some(Vendor::Ollama | Vendor::Compatible) | None => false,
        }
}

/// What people call a vendor.
fn vendor(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Anthropic => "Anthropic",
        Vendor::Openai => "OpenAI",
        Vendor::Gemini => "Gemini",
        Vendor::Ollama => "Ollama",
        Vendor::Openrouter => "OpenRouter",
        Vendor::Compatible => "A server of your own",
    }
}

pub(super) fn model(one: &ModelEntry, is_usual: bool, last_use: Option<Timestamp>, secrets: &Secrets) -> Integration {
    let usual = if is_usual { ". Answers new conversations" } else { "" };
    let Some(company) = one.vendor.filter(|_| one.id != ModelId::BUILT_IN) else {
        let detail = format!("Sends nothing{usual}");
        return Integration {
            last_use,
            may: texts(&["Read this workspace and plan changes, which you approve"]),
            ..built_in(Key::Model(one.id), IntegrationKind::Model, &one.label, &detail, "It works")
        };
    };
    let (standing, words, next) = if !wants_key(one) || one.has_key {
        (Standing::Untried, "Set up. Test tells whether it answers".into(), NextAct::None)
    } else if secrets.names.is_err() {
        secrets.shut()
    } else {
        (Standing::Failing, "There is no key for it. Paste one.".into(), NextAct::Reconnect)
    };
    let place = if one.base.is_empty() { vendor(company).to_owned() } else { one.base.clone() };
    Integration {
        key: Key::Model(one.id).to_string(),
        kind: IntegrationKind::Model,
        label: one.label.clone(),
        detail: format!("{} at {place}{usual}", one.model),
        owner: Owner::Person,
        standing,
        words,
        next,
        last_use,
        may: texts(&[
            "Is sent what you say, what is on your screen and what tools tell",
            "Plans changes, which you approve",
        ]),
        can_test: true,
        can_remove: true,
    }
}

/// What an account is for, by the name of its piece.
fn kind_of(piece: &str) -> IntegrationKind {
    let piece = piece.rsplit('/').next().unwrap_or_default().trim_start_matches("piece-");
    match piece {
        "slack" => IntegrationKind::Slack,
        "smtp" | "gmail" | "imap" | "sendgrid" | "mailgun" | "microsoft-outlook" => IntegrationKind::Mail,
        _ => IntegrationKind::Account,
    }
}

pub(super) fn connection(one: &Connection, last_use: Option<Timestamp>, secrets: &Secrets) -> Integration {
    let is_sample = one.key == crate::automation::SAMPLE_SLACK;
    let (owner, place) = match one.place {
        _ if is_sample => (Owner::App, "the sample's own"),
        FlowPlace::Here => (Owner::Person, "on this machine"),
        FlowPlace::Server => (Owner::Workspace, "on the Activepieces server"),
    };
    let is_shut = secrets.names.is_err() && one.place == FlowPlace::Here && !is_sample;
    let (standing, words, next) = match &one.fault {
        _ if is_shut => secrets.shut(),
        Some(why) => (Standing::Failing, why.clone(), NextAct::Reconnect),
        None => (Standing::Works, "It works".into(), NextAct::None),
    };
    let used = match one.flows {
        0 => "used by no automation".to_owned(),
        1 => "used by one automation".to_owned(),
        flows => format!("used by {flows} automations"),
    };
    let piece = one.piece.rsplit('/').next().unwrap_or_default().trim_start_matches("piece-").replace('-', " ");
    Integration {
        key: Key::Connection(one.id).to_string(),
        kind: kind_of(&one.piece),
        label: one.label.clone(),
        detail: format!("{place}, {used}"),
        owner,
        standing,
        words,
        next,
        last_use,
        may: vec![format!("Act with this {piece} account, in steps that name it")],
        can_test: true,
        can_remove: !is_sample,
    }
}

pub(super) fn secrets(secrets: &Secrets) -> Integration {
    let status = &secrets.status;
    let detail = match status.place {
        VaultPlace::Keyring => "The system's keyring",
        VaultPlace::File => "A file that is sealed with your passphrase",
        VaultPlace::Undecided => "Not decided yet",
        VaultPlace::Opening => "Being opened",
    };
    let (standing, words, next) = match (&secrets.names, status.locked) {
        (Ok(names), _) => {
            let words = match names.len() {
                0 => "It is open; nothing is kept in it yet".to_owned(),
                1 => "It is open, with one secret".to_owned(),
                count => format!("It is open, with {count} secrets"),
            };
            (Standing::Works, words, NextAct::None)
        }
        (Err(why), true) => (Standing::Locked, why.clone(), NextAct::Unlock),
        (Err(why), false) => match status.place {
            VaultPlace::Opening => (Standing::Locked, why.clone(), NextAct::Retry),
            VaultPlace::Undecided => (Standing::Absent, why.clone(), NextAct::ChoosePlace),
            VaultPlace::Keyring | VaultPlace::File => (Standing::Failing, why.clone(), NextAct::ChoosePlace),
        },
    };
    Integration {
        key: Key::Secrets.to_string(),
        kind: IntegrationKind::Secrets,
        label: "Place of secrets".into(),
        detail: detail.into(),
        owner: Owner::Person,
        standing,
        words,
        next,
        last_use: None,
        may: texts(&["Keep tokens, passwords and keys, and nothing else"]),
        can_test: true,
        can_remove: false,
    }
}
