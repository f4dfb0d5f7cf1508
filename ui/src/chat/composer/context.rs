//! What the assistant sees of the screen: what is on show and what was named, each removable.

use contract::Seen;
use leptos::prelude::*;

use crate::chat::markdown::shown;
use crate::parts::{Each, Glyph, Icon, Show, kind_glyph};
use crate::say;
use crate::state::{ChatState, Drawer, Names, Route, Router, effect, memo};

/// What is on show.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    chat: ChatState,
    drawer: Drawer,
    on_show: Memo<Vec<Seen>>,
    /// What the person took away, as long as it is on show.
    removed: RwSignal<Vec<Seen>>,
}

impl Context {
    /// Makes it known to everything below.
    pub(crate) fn provide() -> Self {
        let (router, names, drawer) = (Router::expect(), Names::expect(), Drawer::expect());
        let on_show = memo(move || {
            let mut seen = Vec::new();
            let route = router.route.get();
            if let Route::Project(id, _) = route {
                let name = names.project_name(id);
                if !name.is_empty() {
                    seen.push(Seen::Project { id, name });
                }
            }
            if let Route::Automation(id) = route {
                let named = names.flow.get().filter(|(known, _)| *known == id).map(|(_, name)| name);
                seen.push(Seen::Flow { id, name: named.unwrap_or_else(|| say::chat::this_automation().to_owned()) });
            }
            seen.extend(screen_name(route).map(|name| Seen::Screen { name: name.into() }));
            let open = drawer.item.get();
            let title = drawer.title.get().filter(|(id, _)| open == Some(*id));
            seen.extend(title.map(|(id, title)| Seen::Item { id, title }));
            seen
        });
        let context = Self { chat: ChatState::expect(), drawer, on_show, removed: RwSignal::new(Vec::new()) };
        // What is taken away comes back with the next screen.
        effect(move || {
            let now = on_show.get();
            context.removed.update(|removed| removed.retain(|one| now.contains(one)));
        });
        provide_context(context);
        context
    }

    /// Takes it from the context.
    #[track_caller]
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// What is sent with a message. Does not track.
    pub(crate) fn seeing(self) -> Vec<Seen> {
        untrack(|| self.shown())
    }

    fn shown(self) -> Vec<Seen> {
        let removed = self.removed.get();
        let mut seen: Vec<Seen> = self.on_show.get().into_iter().filter(|one| !removed.contains(one)).collect();
        for named in self.chat.field.named.get() {
            if !seen.contains(&named) {
                seen.push(named);
            }
        }
        seen
    }

    fn remove(self, seen: &Seen) {
        self.chat.field.named.update(|named| named.retain(|one| one != seen));
        if self.on_show.with_untracked(|now| now.contains(seen)) {
            self.removed.update(|removed| removed.push(seen.clone()));
        }
    }

    /// The title of the item that is open. Tracks.
    pub(crate) fn item(self) -> Option<String> {
        let open = self.drawer.item.get()?;
        self.drawer.title.get().filter(|(id, _)| *id == open).map(|(_, title)| title)
    }
}

fn screen_name(route: Route) -> Option<&'static str> {
    match route {
        Route::Today => Some("today"),
        Route::Projects => Some("projects"),
        Route::Automations => Some("automations"),
        Route::Runs => Some("runs"),
        Route::History => Some("history"),
        Route::Sync => Some("sync"),
        Route::Integrations => Some("integrations"),
        Route::Settings => Some("settings"),
        Route::Project(..) | Route::Automation(_) | Route::Run(_) | Route::Chat(_) | Route::Welcome => None,
    }
}

/// What a person calls the screen that the assistant knows by this name.
fn screen_words(name: &str) -> &str {
    match name {
        "today" => say::frame::today(),
        "projects" => say::frame::projects(),
        "automations" => say::frame::automations(),
        "runs" => say::frame::runs(),
        "history" => say::frame::history(),
        "sync" => say::frame::sync(),
        "integrations" => say::frame::integrations(),
        "settings" => say::frame::settings(),
        other => other,
    }
}

/// The chips above the field.
#[component]
pub(super) fn Chips() -> impl IntoView {
    let context = Context::expect();
    let chat = ChatState::expect();
    view! {
        <Show when=move || !context.shown().is_empty()>
            <ul class="chat-chips" aria-label=say::chat::what_it_sees()>
                <Each each=move || context.shown() key=|seen| serde_json::to_string(seen).unwrap_or_default() let(seen)>
                    {
                        let (glyph, words) = words_of(&seen);
                        let label = say::chat::hide_from(&words);
                        view! {
                            <li class="chat-chip" title=say::chat::sees_this()>
                                <Icon glyph/>
                                <span class="cut">{words}</span>
                                <button type="button" aria-label=label title=say::chat::leave_it_out()
                                    on:click=move |_| { context.remove(&seen); chat.field.focus(); }><Icon glyph=Glyph::X/></button>
                            </li>
                        }
                    }
                </Each>
            </ul>
        </Show>
    }
}

fn words_of(seen: &Seen) -> (Glyph, String) {
    match seen {
        Seen::Screen { name } => (Glyph::Eye, screen_words(name).to_owned()),
        Seen::Project { name, .. } => (Glyph::FolderKanban, shown(name).into_owned()),
        Seen::Item { title, .. } => (kind_glyph(contract::Kind::Todo), shown(title).into_owned()),
        Seen::Person { name, .. } => (Glyph::User, shown(name).into_owned()),
        Seen::Flow { name, .. } => (Glyph::Zap, shown(name).into_owned()),
    }
}
