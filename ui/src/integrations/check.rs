//! A live check of one connection: it is tried, and what was found stands there in words, with the one thing that helps.

use contract::commands::TestIntegration;
use contract::{IntegrationKind, IntegrationTrial, NextAct};
use leptos::prelude::*;

use super::act::Help;
use crate::parts::{Glyph, Icon, Spinner};
use crate::say;
use crate::state::{effect, use_command};

/// The check. It begins by itself, and anew with each turn of `again`.
#[component]
pub(crate) fn Check(
    /// What the connection is named by.
    #[prop(into)]
    key: Signal<String>,
    /// What it is with.
    kind: IntegrationKind,
    /// What is tried, in a word or two.
    #[prop(into)]
    label: Signal<String>,
    /// Rises when it is to be tried again.
    again: RwSignal<u32>,
    /// Told how it went.
    #[prop(optional, into)]
    on_trial: Option<Callback<bool>>,
) -> impl IntoView {
    let test = use_command::<TestIntegration>().quiet();
    let trial = RwSignal::new(None::<IntegrationTrial>);
    let run = move || {
        trial.set(None);
        test.run_then(TestIntegration { key: key.get_untracked() }, move |told| {
            if let Some(on_trial) = on_trial {
                on_trial.run(told.works);
            }
            trial.try_set(Some(told));
        });
    };
    effect(move || {
        let _ = (key.get(), again.get());
        untrack(run);
    });
    let told = move || {
        let fault = test.fault.with(|fault| fault.as_ref().map(|fault| (false, fault.message.clone())));
        fault.or_else(|| trial.with(|trial| trial.as_ref().map(|trial| (trial.works, trial.words.clone()))))
    };
    let next = Signal::derive(move || match test.fault.with(Option::is_some) {
        true => NextAct::Retry,
        false => trial.with(|trial| trial.as_ref().map_or(NextAct::None, |trial| trial.next)),
    });
    let named = key.get_untracked();
    view! {
        <div class="setup-check" role="status" class:good=move || told().is_some_and(|(works, _)| works) class:bad=move || told().is_some_and(|(works, _)| !works)>
            {move || match told() {
                None => view! { <Spinner/> }.into_any(),
                Some((true, _)) => view! { <Icon glyph=Glyph::CircleCheck/> }.into_any(),
                Some((false, _)) => view! { <Icon glyph=Glyph::CircleAlert/> }.into_any(),
            }}
            <span class="setup-check-words">
                <b>{move || label.get()}</b>
                <span>{move || told().map_or_else(|| say::integrations::checking().to_owned(), |(_, words)| words)}</span>
            </span>
            <Help key=named kind next on_retry=move |()| run()/>
        </div>
    }
}
