//! What the person chose, and what the app keeps where.

mod access;
mod appearance;
mod assistant;
mod data;
mod desktop;
mod hours;
mod log;
mod news;
mod runs;
mod search;
pub(crate) mod sections;
mod workspaces;
mod zones;

pub(crate) use assistant::ModelsList;

use contract::Settings;
use contract::commands::ChangeSettings;
use leptos::prelude::*;

use self::sections::{Section, SectionList, section_in_view};
use crate::parts::{Button, Glyph, Show};
use crate::say;
use crate::state::{Act, Route, Router, Session, SetupState, ThemeState, memo, use_command};

/// What the person chose, and what the app keeps where.
#[component]
pub fn SettingsScreen() -> impl IntoView {
    let current = RwSignal::new(Section::default());
    let scrolled = move |_| {
        if let Some(section) = section_in_view()
            && current.get_untracked() != section
        {
            current.set(section);
        }
    };
    view! {
        <section class="screen" aria-labelledby="settings-title" on:scroll=scrolled>
            <div class="page settings">
                <header class="screen-head"><h1 id="settings-title">{say::settings::title()}</h1></header>
                <div class="settings-body">
                    <div class="settings-side"><search::SettingsSearch/><SectionList current/></div>
                    <div class="settings-parts">
                        <appearance::AppearancePart/>
                        <news::NewsPart/>
                        <assistant::ModelsPart/>
                        <assistant::SentPart/>
                        <assistant::PermissionsPart/>
                        <assistant::MemoriesPart/>
                        <runs::RunsPart/>
                        <workspaces::Workspaces/>
                        <access::SignIns/>
                        <access::Secrets/>
                        <desktop::DesktopPart/>
                        <data::DataPart/>
                        <Installation/>
                    </div>
                </div>
            </div>
        </section>
    }
}

/// Goes to the models among the settings.
pub fn go_to_models(router: Router) {
    go_to(router, Section::Models);
}

/// Goes to a part of the settings, once they are drawn: they are loaded when they are first wanted.
pub(crate) fn go_to(router: Router, section: Section) {
    router.go(Route::Settings);
    settle(section, FRAMES);
}

/// So many frames are waited for a part to be drawn.
const FRAMES: u32 = 120;

fn settle(section: Section, left: u32) {
    request_animation_frame(move || {
        if section.is_drawn() || left == 0 {
            section.go();
        } else {
            settle(section, left - 1);
        }
    });
}

/// A part of the settings.
#[component]
fn Part(section: Section, children: Children) -> impl IntoView {
    view! {
        <section class="settings-part" id=section.id() aria-labelledby=section.heading()>
            <h2 id=section.heading() tabindex="-1">{section.title()}</h2>
            {children()}
        </section>
    }
}

/// A setting: words on the left, its control on the right.
#[component]
pub(super) fn Line(
    #[prop(into)] words: String,
    #[prop(optional, into)] hint: String,
    children: Children,
) -> impl IntoView {
    let hint = (!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> });
    view! {
        <div class="settings-line">
            <div class="settings-words"><span>{words}</span>{hint}</div>
            <div class="settings-control">{children()}</div>
        </div>
    }
}

/// What the person chose, as parts read and change it.
#[derive(Clone, Copy)]
struct Wishes {
    session: Session,
    theme: ThemeState,
    settings: Memo<Settings>,
    change: Act<ChangeSettings>,
}

impl Wishes {
    fn here() -> Self {
        let session = Session::expect();
        let settings = memo(move || {
            session
                .status
                .with(|status| status.as_ref().map_or_else(Settings::default, |status| status.settings.clone()))
        });
        Self { session, theme: ThemeState::expect(), settings, change: use_command() }
    }
    /// One of them.
    fn read<T: Send + Sync + 'static>(self, what: impl Fn(&Settings) -> T + Send + Sync + 'static) -> Signal<T> {
        Signal::derive(move || self.settings.with(&what))
    }
    /// A change is on its way.
    fn busy(self) -> Signal<bool> {
        self.change.busy.into()
    }
    fn apply(self, command: ChangeSettings) {
        let (session, theme) = (self.session, self.theme);
        self.change.run_then(command, move |settings| {
            theme.choose(settings.theme);
            session.status.update(|status| {
                if let Some(status) = status {
                    status.settings = settings;
                }
            });
        });
    }
}

/// What few people need: shown when they ask for it.
#[component]
fn Advanced(children: ChildrenFn) -> impl IntoView {
    let shown = Wishes::here().read(|one| one.advanced);
    view! { <Show when=move || shown.get()>{children()}</Show> }
}

#[component]
fn Installation() -> impl IntoView {
    let (session, wishes) = (Session::expect(), Wishes::here());
    let (setup, router) = (SetupState::expect(), Router::expect());
    let version =
        move || session.status.with(|status| status.as_ref().map(|status| status.version.clone()).unwrap_or_default());
    view! {
        <Part section=Section::Installation>
            <Line words=say::settings::setup() hint=say::settings::setup_hint()>
                <Button glyph=Glyph::ListChecks on_click=move |_| setup.begin(router)>{say::settings::go_through()}</Button>
            </Line>
            <Line words=say::settings::tour() hint=say::settings::tour_hint()>
                <Button on_click=move |_| setup.tour(router)>{say::settings::show_again()}</Button>
            </Line>
            <Line words=say::settings::few_need()>
                <label class="tick">
                    <input type="checkbox" prop:checked=wishes.read(|one| one.advanced) disabled=wishes.busy()
                        on:change=move |event| wishes.apply(ChangeSettings { advanced: Some(event_target_checked(&event)), ..ChangeSettings::default() })/>
                    <span>{say::settings::show_them()}</span>
                </label>
            </Line>
            <Line words=say::settings::version()><span class="num">{version}</span></Line>
        </Part>
    }
}
