//! When the person works: two times of day, the first before the second.

use contract::Hours;
use jiff::civil::Time;
use leptos::prelude::*;

use crate::parts::Show;
use crate::say;

/// Two times of day. What would end before it begins is not taken, and why is said.
#[component]
pub(super) fn HoursField(
    /// The hours in force.
    hours: Signal<Hours>,
    /// A change is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with other ones.
    #[prop(into)]
    on_change: Callback<Hours>,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let choose = move |hours: Option<Hours>| {
        let Some(hours) = hours else { return };
        wrong.set(hours.from >= hours.to);
        if hours.from < hours.to {
            on_change.run(hours);
        }
    };
    let text = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let field = move |label: &'static str, value: Signal<String>, change: Callback<Time>| {
        view! {
            <input class="field-time num" type="time" aria-label=label aria-invalid=move || wrong.get().then_some("true")
                prop:value=value disabled=move || busy.get()
                on:change=move |event| if let Ok(time) = event_target_value(&event).parse() { change.run(time) }/>
        }
    };
    let (from, to) = (move || hours.get().from, move || hours.get().to);
    view! {
        <div class="hours">
            {field(say::settings::work_begins(), Signal::derive(move || text(from())),
                Callback::new(move |time| choose(Some(Hours { from: time, ..hours.get_untracked() }))))}
            <span aria-hidden="true">{say::settings::to()}</span>
            {field(say::settings::work_ends(), Signal::derive(move || text(to())),
                Callback::new(move |time| choose(Some(Hours { to: time, ..hours.get_untracked() }))))}
            <Show when=move || wrong.get()><p class="field-wrong" role="alert">{say::settings::ends_after()}</p></Show>
        </div>
    }
}
