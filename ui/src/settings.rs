//! What the person chose, and what the app keeps where.

mod access;
mod assistant;
mod hours;
mod sections;
mod workspaces;
mod zones;

use contract::commands::ChangeSettings;
use contract::{Notify, Settings, Theme};
use leptos::prelude::*;

use self::hours::HoursField;
use self::sections::{Section, SectionList, section_in_view};
use crate::parts::{Segments, Select};
use crate::state::{Route, Router, Session, ThemeState, memo, use_command};
use crate::welcome::CopyLine;

/// What the person chose, and what the app keeps where.
#[component]
pub fn SettingsScreen() -> impl IntoView {
    let session = Session::expect();
    let version =
        move || session.status.with(|status| status.as_ref().map(|status| status.version.clone()).unwrap_or_default());
    let folder = Signal::derive(move || {
        session.status.with(|status| status.as_ref().map(|status| status.data_dir.clone()).unwrap_or_default())
    });
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
                <header class="screen-head"><h1 id="settings-title">"Settings"</h1></header>
                <div class="settings-body">
                    <SectionList current/>
                    <div class="settings-parts">
                        <Choices/>
                        <assistant::ModelsPart/>
                        <assistant::PermissionsPart/>
                        <assistant::MemoriesPart/>
                        <workspaces::Workspaces/>
                        <access::SignIns/>
                        <access::Secrets/>
                        <Part section=Section::Installation>
                            <Line words="Data folder" hint="A file per workspace, and one for the app. Nothing is kept anywhere else, except secrets.">
                                <CopyLine text=folder/>
                            </Line>
                            <Line words="Version"><span class="num">{version}</span></Line>
                        </Part>
                    </div>
                </div>
            </div>
        </section>
    }
}

/// Goes to the models among the settings.
pub fn go_to_models(router: Router) {
    router.go(Route::Settings);
    request_animation_frame(|| Section::Models.go());
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

/// A change of nothing, to be filled in.
fn unchanged() -> ChangeSettings {
    ChangeSettings {
        theme: None,
        time_zone: None,
        week_start: None,
        remote_images: None,
        working_hours: None,
        notify: None,
    }
}

#[component]
fn Choices() -> impl IntoView {
    let (session, theme) = (Session::expect(), ThemeState::expect());
    let change = use_command::<ChangeSettings>();
    let settings = memo(move || {
        session.status.with(|status| status.as_ref().map_or_else(Settings::default, |status| status.settings.clone()))
    });
    let apply = move |command: ChangeSettings| {
        change.run_then(command, move |settings| {
            theme.choice.set(settings.theme);
            session.status.update(|status| {
                if let Some(status) = status {
                    status.settings = settings;
                }
            });
        });
    };
    let news_hint = "Told of conversations that you are not looking at: a decision that waits, an answer. Once a day is when work begins.";
    let week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let days: Vec<(String, String)> =
        (1..).zip(week).map(|(number, day): (u8, _)| (number.to_string(), day.to_owned())).collect();
    view! {
        <Part section=Section::Appearance>
            <Line words="Theme">
                <Segments label="Theme" options=vec![(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")]
                    value=theme.choice on_change=move |chosen| apply(ChangeSettings { theme: Some(chosen), ..unchanged() })/>
            </Line>
            <Line words="Week starts on">
                <Select label="Week starts on" bare=true options=Signal::stored(days)
                    value=Signal::derive(move || settings.with(|one| one.week_start.to_string()))
                    on_change=move |day: String| apply(ChangeSettings { week_start: day.parse().ok(), ..unchanged() })/>
            </Line>
            <Line words="Time zone" hint="Late and due are counted in it.">
                <Select label="Time zone" bare=true options=Signal::stored(zones::options())
                    value=Signal::derive(move || settings.with(|one| one.time_zone.clone()))
                    on_change=move |zone: String| apply(ChangeSettings { time_zone: Some(zone), ..unchanged() })/>
            </Line>
            <Line words="Working hours" hint="“By the end of the day” and your day's plan go by them.">
                <HoursField hours=Signal::derive(move || settings.with(|one| one.working_hours)) busy=change.busy
                    on_change=move |hours| apply(ChangeSettings { working_hours: Some(hours), ..unchanged() })/>
            </Line>
            <Line words="News of the assistant" hint=news_hint>
                <Segments label="News of the assistant"
                    options=vec![(Notify::Immediate, "At once"), (Notify::Batched, "Each quarter hour"), (Notify::Digest, "Once a day")]
                    value=Signal::derive(move || settings.with(|one| one.notify))
                    on_change=move |notify| apply(ChangeSettings { notify: Some(notify), ..unchanged() })/>
            </Line>
            <Line words="Images from elsewhere"
                hint="Whoever put such an image into a text learns when you look at it. Off unless you turn it on.">
                <label class="tick">
                    <input type="checkbox" prop:checked=move || settings.with(|one| one.remote_images) disabled=move || change.busy.get()
                        on:change=move |event| apply(ChangeSettings { remote_images: Some(event_target_checked(&event)), ..unchanged() })/>
                    <span>"Show them"</span>
                </label>
            </Line>
        </Part>
    }
}
