//! Where somebody else's edits clash with ours, or with what is proposed: a banner that says so, with the ways on.

use contract::FlowKeep;
use contract::commands::ResolveFlow;
use leptos::prelude::*;

use super::draft::{Draft, read};
use crate::parts::{Button, ButtonKind, Glyph, Icon, Show};
use crate::say;
use crate::state::{memo, use_command};

/// The banner, while there is something to decide.
#[component]
pub(super) fn Diverged(draft: Draft) -> impl IntoView {
    let resolve = use_command::<ResolveFlow>();
    let is_open = memo(move || draft.view.with(|view| view.diverged.is_some()));
    let keep = move |keep| {
        resolve.run_then(ResolveFlow { id: draft.id, keep }, move |_| draft.read());
    };
    let show = move |_| {
        let theirs = draft.view.with_untracked(|view| view.diverged.as_deref().and_then(|text| read(text).ok()));
        if let Some(theirs) = theirs {
            draft.propose(say::studio::on_server().to_owned(), say::studio::take_all(), theirs.document());
        }
    };
    view! {
        <Show when=move || is_open.get()>
            <div class="studio-banner" role="alert">
                <Icon glyph=Glyph::GitCompareArrows/>
                <span class="grow">{say::studio::also_edited()}</span>
                <Button kind=ButtonKind::Bare on_click=show>{say::studio::show_difference()}</Button>
                <Button busy=resolve.busy on_click=move |_| keep(FlowKeep::Both)>{say::studio::keep_both()}</Button>
                <Button disabled=resolve.busy on_click=move |_| keep(FlowKeep::Ours)>{say::studio::keep_mine()}</Button>
                <Button disabled=resolve.busy on_click=move |_| keep(FlowKeep::Theirs)>{say::studio::keep_theirs()}</Button>
            </div>
        </Show>
    }
}

/// What of the proposal gave way to an edit of the draft, while it waits.
#[component]
pub(super) fn GaveWay(draft: Draft) -> impl IntoView {
    let note = memo(move || draft.view.with(|view| view.pending.as_ref().map(|pending| pending.note.clone())));
    let is_open = memo(move || note.with(|note| note.as_ref().is_some_and(|note| !note.is_empty())));
    view! {
        <Show when=move || is_open.get()>
            <div class="studio-banner" role="status">
                <Icon glyph=Glyph::GitCompareArrows/>
                <span class="grow">{move || note.get()}</span>
            </div>
        </Show>
    }
}
