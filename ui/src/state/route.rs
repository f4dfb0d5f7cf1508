//! Where the person is. Mirrored to the address, so that Back and Forward work as anywhere.

use contract::{ConversationId, FlowId, ProjectId, RunId};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::say;

macro_rules! tabs {
    ($($(#[$doc:meta])* $name:ident $word:literal $label:path;)*) => {
        /// A part of a project's page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Tab { $($(#[$doc])* $name),* }
        impl Tab {
            /// Every part, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$name),*];
            /// Its word in addresses.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
            /// What it is called.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label()),* }
            }
            fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|tab| tab.word() == word)
            }
        }
    };
}

tabs! {
    /// To-dos in lists and groups.
    #[default]
    Todos "todos" say::state::todos;
    /// Card tables.
    Board "board" say::state::board;
    /// Messages.
    Messages "messages" say::state::messages;
    /// Documents and files.
    Documents "documents" say::state::documents;
    /// Entries of the schedule.
    Schedule "schedule" say::state::schedule;
    /// Questions and answers.
    Checkins "checkins" say::state::checkins;
    /// The chat.
    Chat "chat" say::state::chat;
    /// Time spent.
    Time "time" say::state::time;
    /// Who works here.
    People "people" say::state::people;
    /// What happened.
    Activity "activity" say::state::activity;
}

/// A place in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Route {
    /// What is late, due, mine, waiting.
    #[default]
    Today,
    /// Every project.
    Projects,
    /// A project's page.
    Project(ProjectId, Tab),
    /// Every automation.
    Automations,
    /// An automation on the canvas.
    Automation(FlowId),
    /// What automations did.
    Runs,
    /// One run, step by step.
    Run(RunId),
    /// The assistant on the whole screen: a conversation, or the one that is open.
    Chat(Option<ConversationId>),
    /// What was done here.
    History,
    /// How fresh the data is, and what waits.
    Sync,
    /// What the app is connected with.
    Integrations,
    /// What the person chose.
    Settings,
    /// The first run, and connecting another account.
    Welcome,
}

impl Route {
    /// Its address within the page: `/project/12/board`.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Today => "/today".into(),
            Self::Projects => "/projects".into(),
            Self::Project(id, tab) => format!("/project/{id}/{}", tab.word()),
            Self::Automations => "/automations".into(),
            Self::Automation(id) => format!("/automations/{id}"),
            Self::Runs => "/runs".into(),
            Self::Run(id) => format!("/runs/{id}"),
            Self::Chat(None) => "/assistant".into(),
            Self::Chat(Some(id)) => format!("/assistant/{id}"),
            Self::History => "/history".into(),
            Self::Sync => "/sync".into(),
            Self::Integrations => "/integrations".into(),
            Self::Settings => "/settings".into(),
            Self::Welcome => "/welcome".into(),
        }
    }
    /// The place at an address, or `None` for an address that is none.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let mut parts = path.trim_start_matches('#').split('/').filter(|part| !part.is_empty());
        let route = match (parts.next()?, parts.next(), parts.next()) {
            ("today", None, None) => Self::Today,
            ("projects", None, None) => Self::Projects,
            ("project", Some(id), tab) => Self::Project(id.parse().ok()?, tab.map_or(Some(Tab::default()), Tab::of)?),
            ("automations", None, None) => Self::Automations,
            ("automations", Some(id), None) => Self::Automation(id.parse().ok()?),
            ("runs", None, None) => Self::Runs,
            ("runs", Some(id), None) => Self::Run(id.parse().ok()?),
            ("assistant", None, None) => Self::Chat(None),
            ("assistant", Some(id), None) => Self::Chat(Some(id.parse().ok()?)),
            ("history", None, None) => Self::History,
            ("sync", None, None) => Self::Sync,
            ("integrations", None, None) => Self::Integrations,
            ("settings", None, None) => Self::Settings,
            ("welcome", None, None) => Self::Welcome,
            _ => return None,
        };
        parts.next().is_none().then_some(route)
    }
}

/// Goes places.
#[derive(Clone, Copy)]
pub struct Router {
    /// Where the person is.
    pub route: RwSignal<Route>,
}

impl Router {
    /// Reads the address, makes the router known to everything below and follows Back and Forward.
    pub fn provide() -> Self {
        let router = Self { route: RwSignal::new(address().unwrap_or_default()) };
        provide_context(router);
        let follow = window_event_listener(leptos::ev::popstate, move |_| {
            if let Some(route) = address() {
                router.route.set(route);
            }
        });
        on_cleanup(move || follow.remove());
        router
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// Goes there. Going where one is does nothing.
    pub fn go(self, route: Route) {
        if self.route.get_untracked() != route {
            write_address(route, false);
            self.route.set(route);
        }
    }
    /// Goes there, and Back does not come here again.
    pub fn replace(self, route: Route) {
        write_address(route, true);
        if self.route.get_untracked() != route {
            self.route.set(route);
        }
    }
    /// One step back in the history.
    pub fn back(self) {
        if let Ok(history) = window().history() {
            let _ = history.back();
        }
    }
    /// One step forward in the history.
    pub fn forward(self) {
        if let Ok(history) = window().history() {
            let _ = history.forward();
        }
    }
}

fn address() -> Option<Route> {
    Route::parse(&web_sys::window()?.location().hash().ok()?)
}

fn write_address(route: Route, replace: bool) {
    let address = format!("#{}", route.path());
    if let Ok(history) = window().history() {
        let _ = if replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        };
    }
}
