//! A project in the list.

use contract::commands::PinProject;
use contract::{ProjectRow, Status};
use leptos::prelude::*;

use crate::frame::lateness;
use crate::parts::moment::ago;
use crate::parts::{Dot, Faces, Glyph, IconButton, Sparkline, Tone};
use crate::say;
use crate::state::use_command;

/// The height of a line, in pixels.
pub(super) const HEIGHT: usize = 40;

#[component]
pub(super) fn Heading(words: &'static str, count: usize) -> impl IntoView {
    view! { <h2 class="project-group">{words}<small class="num">{count}</small></h2> }
}

#[component]
pub(super) fn ProjectLine(project: ProjectRow) -> impl IntoView {
    let id = project.project.id;
    let active = project.project.status == Status::Active;
    let (tone, words) = if active { lateness(&project) } else { (Tone::Plain, say::projects::not_active().to_owned()) };
    let pin = use_command::<PinProject>();
    let pinned = project.pinned;
    let label =
        if pinned { say::projects::unpin(&project.project.name) } else { say::projects::pin(&project.project.name) };
    let weeks = project.done_by_week.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let when = project.last_activity.map(|at| ago(at, crate::clock::now()));
    let number = |value: u32, class: &'static str| view! { <span class=class class:zero=value == 0>{value}</span> };
    view! {
        <div class="project-line" class:away=!active>
            <span class="project-name">
                <Dot tone label=words/>
                <span class="cut" title=project.project.name.clone()>{project.project.name.clone()}</span>
            </span>
            {number(project.open, "project-number num")}
            {number(project.overdue, "project-number num late")}
            {number(project.unassigned, "project-number num")}
            <span class="project-people"><Faces people=project.people most=4/></span>
            <span class="project-spark"><Sparkline values=project.done_by_week label=say::projects::done_per_week(weeks)/></span>
            <span class="project-when">{when}</span>
            <span class="project-pin" class:on=pinned>
                <IconButton glyph=Glyph::Pin label pressed=Signal::stored(pinned) disabled=pin.busy on_click=move |event: leptos::ev::MouseEvent| {
                    event.stop_propagation();
                    pin.run(PinProject { id, pinned: !pinned });
                }/>
            </span>
        </div>
    }
}
