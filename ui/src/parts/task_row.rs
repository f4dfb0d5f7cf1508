//! A task in a list: what it is, where, when, whose, and the box that ticks it off.

use std::hash::{DefaultHasher, Hash, Hasher};

use contract::commands::{CompleteStep, CompleteTodo, UncompleteTodo};
use contract::{Kind, Pending, RecordingId, Row};
use leptos::prelude::*;

use super::{Checkbox, DayLabel, Faces, Glyph, Icon, PendingMark, kind_glyph};
use crate::say;
use crate::state::{Drawer, Names, Route, Router, Tab, use_command};

/// Another one whenever the row would look different: the key under which a list draws it.
#[must_use]
pub fn row_key(row: &Row) -> (RecordingId, u64) {
    let mut hash = DefaultHasher::new();
    row.title.hash(&mut hash);
    (row.completed, row.due_on, row.comments, row.steps, row.blocked).hash(&mut hash);
    (row.project, row.status, &row.assignees).hash(&mut hash);
    let pending = match row.pending {
        Pending::None => 0_u8,
        Pending::Queued => 1,
        Pending::Failed => 2,
        Pending::Conflict => 3,
    };
    pending.hash(&mut hash);
    (row.id, hash.finish())
}

/// A task. A to-do and a step have a box; a card is moved on its board, and opens.
#[component]
pub fn TaskRow(
    /// The task.
    row: Row,
    /// With the name of its project.
    #[prop(default = true)]
    in_project: bool,
) -> impl IntoView {
    let (drawer, names, router) = (Drawer::expect(), Names::expect(), Router::expect());
    let (id, project) = (row.id, row.project);
    let current = move || drawer.item.get() == Some(id);
    let tab = if row.kind == Kind::Todo { Tab::Todos } else { Tab::Board };
    let place = in_project.then(|| {
        view! {
            <a class="item-in cut" tabindex="-1" href=format!("#{}", Route::Project(project, tab).path()) on:click=move |event| {
                event.prevent_default();
                event.stop_propagation();
                router.go(Route::Project(project, tab));
            }>{move || names.project_name(project)}</a>
        }
    });
    // Two faces, or one and a number.
    let most = if row.assignees.len() > 2 { 1 } else { 2 };
    let (completed, due, people, pending) = (row.completed, row.due_on, row.assignees.clone(), row.pending);
    view! {
        <div class="item" data-row="" class:current=current class:done=completed on:click=move |_| drawer.open(id)>
            <TickBox row=row.clone()/>
            <button class="item-title cut" type="button" data-row-focus="" title=row.title.clone()>{row.title.clone()}</button>
            {row.blocked.then(|| view! { <span class="item-flag warn" title=say::parts::blocked()><Icon glyph=Glyph::Hand/></span> })}
            {(row.steps.1 > 0).then(|| view! { <span class="item-count num" title=say::parts::steps_done()>{format!("{}/{}", row.steps.0, row.steps.1)}</span> })}
            {(row.comments > 0).then(|| view! {
                <span class="item-count num" title=say::parts::comments()><Icon glyph=Glyph::MessageCircle/>{row.comments}</span>
            })}
            <span class="grow"></span>
            <PendingMark pending/>
            {place}
            <span class="item-due"><DayLabel due done=completed/></span>
            <span class="item-faces"><Faces people most/></span>
        </div>
    }
}

/// The box of a task.
#[component]
pub fn TickBox(
    /// The task.
    row: Row,
) -> impl IntoView {
    let (id, completed) = (row.id, row.completed);
    let label = say::parts::complete(&row.title);
    let title = row.title;
    let (complete, reopen, step) =
        (use_command::<CompleteTodo>(), use_command::<UncompleteTodo>(), use_command::<CompleteStep>());
    let busy = Signal::derive(move || complete.busy.get() || reopen.busy.get() || step.busy.get());
    // What was asked is shown at once; the store answers in milliseconds.
    let checked = Signal::derive(move || completed != busy.get());
    let said = move |done: bool| if done { say::parts::completed(&title) } else { say::parts::reopened(&title) };
    if row.kind == Kind::Todo {
        let change = move |done| {
            if done {
                complete.run_saying(CompleteTodo { id }, said(true));
            } else {
                reopen.run_saying(UncompleteTodo { id }, said(false));
            }
        };
        view! { <Checkbox checked label disabled=busy on_change=change/> }.into_any()
    } else if row.kind == Kind::Step {
        let change = move |done| step.run_saying(CompleteStep { id, completed: done }, said(done));
        view! { <Checkbox checked label disabled=busy on_change=change/> }.into_any()
    } else {
        view! { <span class="item-kind"><Icon glyph=kind_glyph(row.kind)/></span> }.into_any()
    }
}
