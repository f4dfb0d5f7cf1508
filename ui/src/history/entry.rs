//! One entry of the history.

use contract::commands::{Redo, Undo};
use contract::{ChangeView, FieldChange, HistoryEntry, Reversible, SetState, Undone};
use leptos::prelude::*;

use super::choosing::Tick;
use super::fields::{Fields, Length};
use super::moved::{Asked, Way};
use super::wording::{Doer, door_text, who_text};
use crate::parts::{Button, Chip, Glyph, Icon, PendingMark, Show, Tone, kind_glyph};
use crate::say;
use crate::state::{Drawer, Route, Router, Session, Tab, Toasts, memo, use_command, use_query};

/// An entry.
#[component]
pub(super) fn EntryView(entry: HistoryEntry, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let (session, drawer, router) = (Session::expect(), Drawer::expect(), Router::expect());
    let open = RwSignal::new(false);
    let at = entry.at;
    let clock = move || {
        let there = at.to_zoned(session.zone());
        format!("{:02}:{:02}", there.hour(), there.minute())
    };
    let door = Some(door_text(&entry.door)).filter(|door| !door.is_empty()).map(|door| format!(", {door}"));
    let glyph = match Doer::of(&entry.who) {
        Doer::Person => Glyph::User,
        Doer::Agent => Glyph::Sparkles,
        Doer::Automation => Glyph::Layers,
        Doer::Client => Glyph::Plug,
        Doer::Other => Glyph::Cloud,
    };
    let count = entry.changes.len();
    let changes = StoredValue::new(entry.changes.clone());
    let projects = StoredValue::new(entry.projects.clone());
    view! {
        <article class="entry" class:undone=entry.state == SetState::Undone>
            <div class="entry-line">
                <Tick set=entry.set state=entry.state summary=entry.summary.clone()/>
                <Icon glyph/>
                <button type="button" class="entry-summary" aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|open| *open = !*open)>
                    <span class="cut">{entry.summary.clone()}</span>
                    <span class="line-fold" class:folded=move || !open.get()><Icon glyph=Glyph::ChevronDown/></span>
                </button>
                <QueueMark changes/>
                <StateChip state=entry.state reversible=entry.reversible/>
                <small class="entry-who cut">{who_text(&entry.who)} {door}</small>
                <small class="num entry-when">{clock}</small>
                <Back entry=entry.clone() asked/>
            </div>
            <Show when=move || open.get() || count == 1 && changes.with_value(|changes| changes.iter().all(|change| change.fields.len() <= 2))>
                <div class="entry-changes">
                    {changes.get_value().into_iter().map(|change| view! {
                        <Change glyph=kind_glyph(change.kind) name=change.title created=change.created fields=change.fields
                            on_open=move |()| drawer.open(change.item)/>
                    }).collect_view()}
                    {projects.get_value().into_iter().map(|change| view! {
                        <Change glyph=Glyph::FolderKanban name=change.name created=change.created fields=change.fields
                            on_open=move |()| router.go(Route::Project(change.project, Tab::default()))/>
                    }).collect_view()}
                </div>
            </Show>
        </article>
    }
}

/// That some of it still waits to be sent.
#[component]
fn QueueMark(changes: StoredValue<Vec<ChangeView>>) -> impl IntoView {
    let outbox = use_context::<Waiting>();
    let pending = Signal::derive(move || {
        let ids = outbox.map(|waiting| waiting.0.get()).unwrap_or_default();
        changes.with_value(|changes| {
            changes
                .iter()
                .filter_map(|change| ids.iter().find(|(id, _)| *id == change.id))
                .map(|(_, pending)| *pending)
                .next()
                .unwrap_or_default()
        })
    });
    view! { <PendingMark pending/> }
}

/// The changes that Basecamp does not have yet.
#[derive(Clone, Copy)]
pub(super) struct Waiting(Memo<Vec<(contract::ChangeId, contract::Pending)>>);

impl Waiting {
    /// Makes it known to the entries below.
    pub(super) fn provide() {
        let outbox = use_query(|| Some(contract::commands::ListOutbox {}));
        provide_context(Self(memo(move || {
            outbox.value.with(|list| {
                list.iter()
                    .flatten()
                    .map(|entry| {
                        let pending = match entry.state {
                            contract::OutboxState::Queued | contract::OutboxState::Sending => contract::Pending::Queued,
                            contract::OutboxState::Failed => contract::Pending::Failed,
                            contract::OutboxState::Conflict => contract::Pending::Conflict,
                        };
                        (entry.change, pending)
                    })
                    .collect()
            })
        })));
    }
}

#[component]
fn StateChip(state: SetState, reversible: Reversible) -> impl IntoView {
    match (state, reversible) {
        (SetState::Undone, _) => view! { <Chip>{say::history::undone()}</Chip> }.into_any(),
        (SetState::Reversal, _) => view! { <Chip tone=Tone::Accent>{say::history::took_back()}</Chip> }.into_any(),
        (SetState::Done, Reversible::Undoable) => ().into_any(),
        (SetState::Done, Reversible::Compensable) => {
            view! { <span title=say::history::were_told_hint()><Chip tone=Tone::Warn>{say::history::were_told()}</Chip></span> }.into_any()
        }
        (SetState::Done, Reversible::Irreversible) => view! { <Chip tone=Tone::Bad>{say::history::for_good()}</Chip> }.into_any(),
    }
}

/// Undo, Redo, or why neither.
#[component]
fn Back(entry: HistoryEntry, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let (undo, redo) = (use_command::<Undo>(), use_command::<Redo>());
    let toasts = Toasts::expect();
    let (set, summary) = (entry.set, StoredValue::new(entry.summary));
    let heard = move |way: Way, answer: Undone| match answer {
        Undone::Done { summary, .. } => toasts.note(summary),
        Undone::Moved { conflicts } => asked.set(Some(Asked { set, way, summary: summary.get_value(), conflicts })),
    };
    match (entry.state, entry.reversible) {
        (SetState::Done, Reversible::Undoable | Reversible::Compensable) => view! {
            <Button glyph=Glyph::Undo2 busy=undo.busy
                on_click=move |_| undo.run_then(Undo { set: Some(set), choice: None }, move |answer| heard(Way::Undo, answer))>{say::history::undo()}</Button>
        }
        .into_any(),
        (SetState::Undone, Reversible::Undoable | Reversible::Compensable) => view! {
            <Button glyph=Glyph::Redo2 busy=redo.busy
                on_click=move |_| redo.run_then(Redo { set: Some(set), choice: None }, move |answer| heard(Way::Redo, answer))>{say::history::redo()}</Button>
        }
        .into_any(),
        (SetState::Reversal, _) | (SetState::Done | SetState::Undone, Reversible::Irreversible) => {
            view! { <span class="entry-none"></span> }.into_any()
        }
    }
}

/// A change of an item or of a project.
#[component]
fn Change(
    glyph: Glyph,
    name: String,
    created: bool,
    fields: Vec<FieldChange>,
    #[prop(into)] on_open: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="change">
            <button type="button" class="change-item cut" on:click=move |_| on_open.run(())>
                <Icon glyph/><span class="cut">{name}</span>
            </button>
            {created.then(|| view! { <Chip tone=Tone::Good>{say::history::added()}</Chip> })}
            <Fields fields created length=Length::Usual/>
        </div>
    }
}
