//! The edits that Basecamp does not have yet, and what can be done about each.

use contract::commands::{DiscardOutbox, ResolveConflict, RetryOutbox};
use contract::{Choice, OutboxEntry, OutboxState};
use leptos::prelude::*;

use crate::history::versions::{EDIT, Versions};
use crate::parts::{
    Button, ButtonKind, Chip, Confirm, Each, Glyph, Icon, Loaded, Moment, Show, Spinner, Tone, kind_glyph,
};
use crate::say;
use crate::state::{Drawer, Query, memo, use_command};

/// The queue.
#[component]
pub(super) fn Queue(outbox: Query<Vec<OutboxEntry>>) -> impl IntoView {
    let entries = memo(move || {
        let mut entries = outbox.value.get().unwrap_or_default();
        // What needs a person comes first.
        entries.sort_by_key(|entry| (!needs_person(entry.state), entry.at, entry.change));
        entries
    });
    let note = move || {
        let (all, stuck) =
            entries.with(|entries| (entries.len(), entries.iter().filter(|entry| needs_person(entry.state)).count()));
        match (all, stuck) {
            (0, _) => String::new(),
            (all, 0) => say::syncpanel::edits(all),
            (all, stuck) => say::syncpanel::EditsStuck { all, stuck }.text(),
        }
    };
    view! {
        <section class="sync-part">
            <h2>{say::syncpanel::to_be_sent()} <small class="num">{note}</small></h2>
            <Loaded query=outbox>
                <Show when=move || entries.with(|entries| !entries.is_empty()) fallback=|| view! {
                    <p class="queue-none"><Icon glyph=Glyph::CircleCheck/>{say::syncpanel::none_waits()}</p>
                }>
                    <ul class="queue">
                        <Each each=move || entries.get() key=|entry| (entry.change, entry.state as u8, entry.attempts, entry.problem.clone()) let(entry)>
                            <Entry entry/>
                        </Each>
                    </ul>
                </Show>
            </Loaded>
        </section>
    }
}

fn needs_person(state: OutboxState) -> bool {
    match state {
        OutboxState::Failed | OutboxState::Conflict => true,
        OutboxState::Queued | OutboxState::Sending => false,
    }
}

#[component]
fn Entry(entry: OutboxEntry) -> impl IntoView {
    let drawer = Drawer::expect();
    let id = entry.item;
    let (tone, words) = match entry.state {
        OutboxState::Queued => (Tone::Plain, say::syncpanel::queued()),
        OutboxState::Sending => (Tone::Accent, say::syncpanel::sending()),
        OutboxState::Failed => (Tone::Bad, say::syncpanel::refused()),
        OutboxState::Conflict => (Tone::Warn, say::syncpanel::conflict()),
    };
    let tries = (entry.attempts > 0).then(|| say::syncpanel::tries(entry.attempts));
    view! {
        <li class="queue-entry">
            <div class="queue-line">
                {if entry.state == OutboxState::Sending { view! { <Spinner/> }.into_any() } else { view! { <Icon glyph=kind_glyph(entry.kind)/> }.into_any() }}
                <button type="button" class="queue-summary cut" on:click=move |_| drawer.open(id)>{entry.summary.clone()}</button>
                <Chip tone=tone>{words}</Chip>
                <small class="num">{tries}</small>
                <Moment at=entry.at/>
            </div>
            {entry.problem.clone().map(|why| view! { <p class="queue-why">{why}</p> })}
            <EntryActions entry/>
        </li>
    }
}

/// What can be done about a queued edit: try again, give it up, or decide between versions.
#[component]
pub(crate) fn EntryActions(entry: OutboxEntry) -> impl IntoView {
    let (retry, discard, resolve) =
        (use_command::<RetryOutbox>(), use_command::<DiscardOutbox>(), use_command::<ResolveConflict>());
    let asking = RwSignal::new(false);
    let change = entry.change;
    let summary = entry.summary.clone();
    let decide = move |choice| resolve.run(ResolveConflict { change, choice });
    let is_conflict = entry.state == OutboxState::Conflict;
    let failed = entry.state == OutboxState::Failed;
    let sending = entry.state == OutboxState::Sending;
    view! {
        {entry.conflict.clone().map(|conflict| view! { <Versions conflict heads=&EDIT/> })}
        <Show when=move || !sending>
            <div class="queue-actions">
                <Show when=move || is_conflict>
                    <Button busy=resolve.busy on_click=move |_| decide(Choice::KeepTheirs)>{say::syncpanel::keep_theirs()}</Button>
                    <Button kind=ButtonKind::Primary busy=resolve.busy on_click=move |_| decide(Choice::TakeMine)>{say::syncpanel::use_mine()}</Button>
                </Show>
                <Show when=move || failed>
                    <Button glyph=Glyph::RefreshCw busy=retry.busy on_click=move |_| retry.run(RetryOutbox { change })>{say::syncpanel::again()}</Button>
                </Show>
                <Show when=move || !is_conflict>
                    <Button kind=ButtonKind::Bare busy=discard.busy on_click=move |_| asking.set(true)>{say::syncpanel::discard()}</Button>
                </Show>
            </div>
        </Show>
        <Confirm open=asking title=say::syncpanel::discard_title() action=say::syncpanel::discard_edit()
            text=say::syncpanel::discard_text(summary)
            on_confirm=move |()| discard.run(DiscardOutbox { change })/>
    }
}
