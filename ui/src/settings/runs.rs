//! How long runs of automations are kept, and what is not shown of them.

use contract::Settings;
use contract::commands::ChangeSettings;
use leptos::prelude::*;

use super::sections::Section;
use super::{Line, Part};
use crate::parts::Select;
use crate::state::{Session, memo, use_command};

/// Days that can be chosen, with their words; 0 keeps runs for ever.
const DAYS: [(u16, &str); 6] =
    [(7, "7 days"), (14, "14 days"), (30, "30 days"), (90, "90 days"), (365, "A year"), (0, "For ever")];

/// The choices, with what is set among them though it was set elsewhere.
fn days(set: u16) -> Vec<(String, String)> {
    let mut days: Vec<(String, String)> =
        DAYS.iter().map(|(days, words)| (days.to_string(), (*words).to_owned())).collect();
    if !DAYS.iter().any(|(known, _)| *known == set) {
        days.push((set.to_string(), [&*set.to_string(), " days"].concat()));
    }
    days
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
            <Line words="Keep runs" hint="Older ones are cleared away, with what went in and came out.">
                <Select label="Keep runs" bare=true options=Signal::derive(move || days(settings.with(|one| one.run_days)))
                    value=Signal::derive(move || settings.with(|one| one.run_days.to_string()))
                    on_change=move |days: String| {
                        apply(ChangeSettings { run_days: days.parse().ok(), ..ChangeSettings::default() });
                    }/>
            </Line>
            <Line words="Fields that are not shown"
                hint="Their values are blacked out when a run is shown; the app keeps them as they were, so that a run can be tried again. Names, with commas between them. Secrets of connections never show.">
                <input class="input" type="text" aria-label="Fields that are not shown" prop:value=hidden
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
