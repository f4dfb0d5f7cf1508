//! How long runs of automations are kept, and what is not shown of them.

use contract::Settings;
use contract::commands::ChangeSettings;
use leptos::prelude::*;

use super::sections::Section;
use super::{Line, Part};
use crate::parts::Select;
use crate::say;
use crate::state::{Session, memo, use_command};

/// Days that can be chosen; 0 keeps runs for ever.
const DAYS: [u16; 6] = [7, 14, 30, 90, 365, 0];

/// The choices, with what is set among them though it was set elsewhere.
fn days(set: u16) -> Vec<(String, String)> {
    let strange = Some(set).filter(|set| !DAYS.contains(set));
    let words = |days: u16| match days {
        0 => say::settings::for_ever().to_owned(),
        365 => say::settings::a_year().to_owned(),
        days => say::settings::days(days),
    };
    DAYS.into_iter().chain(strange).map(|days| (days.to_string(), words(days))).collect()
}

/// Names of fields as they were typed: with commas or line breaks between them.
fn fields(typed: &str) -> Vec<String> {
    let names = typed.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

#[component]
pub(super) fn RunsPart() -> impl IntoView {
    let session = Session::expect();
    let change = use_command::<ChangeSettings>();
    let settings = memo(move || {
        session.status.with(|status| status.as_ref().map_or_else(Settings::default, |status| status.settings.clone()))
    });
    let apply = move |command: ChangeSettings| {
        change.run_then(command, move |settings| {
            session.status.update(|status| {
                if let Some(status) = status {
                    status.settings = settings;
                }
            });
        });
    };
    let hidden = Signal::derive(move || settings.with(|one| one.hidden_fields.join(", ")));
    view! {
        <Part section=Section::Runs>
            <Line words=say::settings::keep_runs() hint=say::settings::keep_runs_hint()>
                <Select label=say::settings::keep_runs() bare=true options=Signal::derive(move || days(settings.with(|one| one.run_days)))
                    value=Signal::derive(move || settings.with(|one| one.run_days.to_string()))
                    on_change=move |days: String| {
                        apply(ChangeSettings { run_days: days.parse().ok(), ..ChangeSettings::default() });
                    }/>
            </Line>
            <Line words=say::settings::hidden()
                hint=say::settings::hidden_hint()>
                <input class="input" type="text" aria-label=say::settings::hidden() prop:value=hidden
                    disabled=move || change.busy.get()
                    on:change=move |event| apply(ChangeSettings {
                        hidden_fields: Some(fields(&event_target_value(&event))), ..ChangeSettings::default()
                    })/>
            </Line>
        </Part>
    }
}

#[cfg(test)]
mod tests;
