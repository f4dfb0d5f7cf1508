//! Where a link leads. Only places of the app, web pages and mail addresses are places; everything else is plain text.

use contract::{FlowId, PersonId, ProjectId, RecordingId, RunId};

use crate::state::Route;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An item: the drawer.
    Item(RecordingId),
    /// A project.
    Project(ProjectId),
    /// A person.
    Person(PersonId),
    /// A screen.
    Screen(Route),
    /// A page on the web, or a mail address.
    Outside {
        /// The whole address.
        address: String,
        /// Its host, or whom the mail goes to.
        host: String,
    },
}

/// The place that an address names; `None` when it is none that the page goes to.
#[must_use]
pub fn target_of(address: &str) -> Option<Target> {
    let (scheme, rest) = address.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "item" => digits(rest).map(|id| Target::Item(RecordingId(id))),
        "project" => digits(rest).map(|id| Target::Project(ProjectId(id))),
        "person" => digits(rest).map(|id| Target::Person(PersonId(id))),
        "flow" => digits(rest).map(|id| Target::Screen(Route::Automation(FlowId(id)))),
        "run" => digits(rest).map(|id| Target::Screen(Route::Run(RunId(id)))),
        "screen" => screen(rest).map(Target::Screen),
        "http" | "https" => {
            let host = host(rest)?;
            Some(Target::Outside { address: address.to_owned(), host })
        }
        "mailto" => {
            let to = rest.split('?').next().filter(|to| to.contains('@') && plain(to))?;
            plain(address).then(|| Target::Outside { address: address.to_owned(), host: to.to_owned() })
        }
        _ => None,
    }
}

/// An id: digits, with a minus before a local one.
fn digits(text: &str) -> Option<i64> {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The screen of a name.
#[must_use]
pub fn screen(name: &str) -> Option<Route> {
    match name {
        "today" => Some(Route::Today),
        "projects" => Some(Route::Projects),
        "automations" => Some(Route::Automations),
        "runs" => Some(Route::Runs),
        "history" => Some(Route::History),
        "sync" => Some(Route::Sync),
        "integrations" => Some(Route::Integrations),
        "settings" => Some(Route::Settings),
        "assistant" | "chat" => Some(Route::Chat(None)),
        _ => None,
    }
}

/// Nothing that cannot be seen, and no backslash: browsers read it as a slash, and people do not.
fn plain(text: &str) -> bool {
    text.chars().all(|letter| !letter.is_whitespace() && !letter.is_control() && letter != '\\')
        && super::clean::shown(text) == text
}

/// The host behind `//`, as a browser would read it.
fn host(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix("//").filter(|rest| plain(rest))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.to_lowercase();
    let named = host.chars().any(char::is_alphanumeric);
    named.then_some(host)
}

/// True when the words of a link already say where it leads.
#[must_use]
pub fn says_host(words: &str, host: &str) -> bool {
    let words = words.trim().to_lowercase();
    if words == host {
        return true;
    }
    matches!(target_of(&words), Some(Target::Outside { host: said, .. }) if said == host)
}
