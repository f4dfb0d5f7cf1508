//! Entries of the history that are ticked, to be kept as a recipe.

use std::collections::BTreeSet;

use contract::{ChangeSetId, SetState};
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Checkbox, Glyph, Show};
use crate::say;
use crate::state::memo;

/// The ticked entries; `None` while nobody chooses.
#[derive(Clone, Copy)]
pub(super) struct Choosing(pub(super) RwSignal<Option<BTreeSet<ChangeSetId>>>);

impl Choosing {
    /// Makes it known to the entries below.
    pub(super) fn provide() -> Self {
        let choosing = Self(RwSignal::new(None));
        provide_context(choosing);
        choosing
    }

    /// The ticked ones. Tracks.
    pub(super) fn sets(self) -> Vec<ChangeSetId> {
        self.0.with(|chosen| chosen.iter().flatten().copied().collect())
    }
}

/// The box before an entry, while one chooses. What was undone, and what undid something, cannot be done again.
#[component]
pub(super) fn Tick(set: ChangeSetId, state: SetState, summary: String) -> impl IntoView {
    let choosing = use_context::<Choosing>();
    let chosen = move || choosing.and_then(|choosing| choosing.0.get());
    let shown = Signal::derive(move || chosen().is_some());
    let checked = Signal::derive(move || chosen().is_some_and(|chosen| chosen.contains(&set)));
    let toggle = move |on: bool| {
        if let Some(choosing) = choosing {
            choosing.0.update(|chosen| {
                if let Some(chosen) = chosen {
                    let _ = if on { chosen.insert(set) } else { chosen.remove(&set) };
                }
            });
        }
    };
    let label = say::history::choose_named(summary);
    view! {
        <Show when=move || shown.get()>
            <Checkbox checked label=label.clone() disabled=Signal::stored(state != SetState::Done) on_change=toggle/>
        </Show>
    }
}

/// What is done with the ticked entries.
#[component]
pub(super) fn ChoosingBar(
    /// Goes on with them.
    #[prop(into)]
    on_keep: Callback<Vec<ChangeSetId>>,
) -> impl IntoView {
    let choosing = expect_context::<Choosing>();
    let count = memo(move || choosing.sets().len());
    view! {
        <Show when=move || choosing.0.with(Option::is_some)>
            <div class="choosing" role="region" aria-label=say::history::chosen_entries()>
                <span class="grow">{move || match count.get() {
                    0 => say::history::choose_what().to_owned(),
                    count => say::history::chosen(count),
                }}</span>
                <Button kind=ButtonKind::Bare on_click=move |_| choosing.0.set(None)>{say::history::cancel()}</Button>
                <Button kind=ButtonKind::Primary glyph=Glyph::ListChecks disabled=Signal::derive(move || count.get() == 0)
                    on_click=move |_| on_keep.run(choosing.sets())>{say::history::keep_open()}</Button>
            </div>
        </Show>
    }
}
