//! Sticky notes: the only things on the canvas that are put somewhere by hand.

use flow::diff::Fate;
use flow::layout::Rect;
use flow::{Flow, Note};
use leptos::html;
use leptos::prelude::*;

use super::edits::{COLOURS, colour_words, update_note};
use super::keys::{Action, Arrow, Press};
use super::pointer::sizes;
use super::state::{About, Overlay, Studio};
use crate::chat::markdown::{BlockView, Markdown};
use crate::parts::{Each, Show};
use crate::say;
use crate::state::{effect, memo};

/// How far an arrow moves a note, in units of the flow.
const STRIDE: f64 = 20.0;
const LEAST: (f64, f64) = (120.0, 64.0);

/// Where a note is.
#[must_use]
pub(super) fn rect(note: &Note) -> Rect {
    // One that says no size is drawn all the same.
    let (width, height) = (note.size.width.max(LEAST.0), note.size.height.max(LEAST.1));
    Rect { x: note.position.x, y: note.position.y, width, height }
}

/// An id that no note of the flow has.
#[must_use]
pub(super) fn free_id(flow: &Flow) -> String {
    let mut number = flow.notes.len();
    loop {
        number += 1;
        let id = ["note-", &number.to_string()].concat();
        if flow.notes.iter().all(|note| note.id != id) {
            return id;
        }
    }
}

fn find(studio: Studio, id: &str) -> Option<Note> {
    studio.with_shown(|flow| flow.notes.iter().find(|note| note.id == id).cloned())
}

/// Puts a note where it was dragged to.
pub(super) fn place(studio: Studio, id: &str, to: Rect) {
    let Some(mut note) = find(studio, id) else { return };
    if rect(&note) == to {
        return;
    }
    (note.position.x, note.position.y) = (to.x.round(), to.y.round());
    (note.size.width, note.size.height) = (to.width.round(), to.height.round());
    studio.edit(Ok(update_note(note)));
}

/// Gives a note another colour.
pub(super) fn colour(studio: Studio, id: &str, colour: &str) {
    if let Some(mut note) = find(studio, id)
        && note.color != colour
    {
        colour.clone_into(&mut note.color);
        studio.edit(Ok(update_note(note)));
        studio.say(colour_words(colour));
    }
}

/// What a key does to the note that the keyboard is on: arrows move it, Alt and arrows size it, C colours it, Enter writes in
/// it. False if it means nothing to a note.
pub(super) fn key(studio: Studio, press: Press<'_>, action: Option<Action>) -> bool {
    let Some(note) = studio.note.get_untracked().and_then(|id| find(studio, &id)) else { return false };
    let at = rect(&note);
    let Some(action) = action else { return false };
    if matches!(action, Action::Open | Action::Rename) {
        studio.overlay.set(Some(Overlay::Rename(About::Note(note.id))));
        return true;
    }
    if action == Action::Fold && press.key.eq_ignore_ascii_case("c") {
        let now = COLOURS.iter().position(|name| *name == note.color).map_or(0, |at| at + 1);
        let next = COLOURS.get(now % COLOURS.len()).copied().unwrap_or("yellow");
        colour(studio, &note.id, next);
        return true;
    }
    let (Action::Walk(arrow) | Action::Nudge(arrow)) = action else { return false };
    let is_size = matches!(action, Action::Nudge(_));
    let (across, down) = match arrow {
        Arrow::Up => (0.0, -STRIDE),
        Arrow::Down => (0.0, STRIDE),
        Arrow::Left => (-STRIDE, 0.0),
        Arrow::Right => (STRIDE, 0.0),
    };
    let to = if is_size {
        Rect { width: (at.width + across).max(LEAST.0), height: (at.height + down).max(LEAST.1), ..at }
    } else {
        Rect { x: at.x + across, y: at.y + down, ..at }
    };
    place(studio, &note.id, to);
    studio.reveal_rect(to);
    true
}

/// The notes of the flow, beneath its steps.
#[component]
pub(super) fn Notes() -> impl IntoView {
    let studio = Studio::expect();
    let ids = memo(move || {
        studio.drawn.track();
        studio.with_shown(|flow| flow.notes.iter().map(|note| note.id.clone()).collect::<Vec<_>>())
    });
    view! { <Each each=move || ids.get() key=|id| id.clone() let(id)><NoteView id/></Each> }
}

#[component]
fn NoteView(id: String) -> impl IntoView {
    let studio = Studio::expect();
    let id = StoredValue::new(id);
    let note = memo(move || {
        studio.drawn.track();
        id.with_value(|id| find(studio, id))
    });
    let text = Markdown::here();
    effect(move || {
        note.with(|note| text.take(note.as_ref().map_or("", |note| &note.content)));
    });
    let is_on = memo(move || studio.note.with(|on| id.with_value(|id| on.as_ref() == Some(id))));
    let is_written = memo(move || {
        studio
            .overlay
            .with(|over| matches!(over, Some(Overlay::Rename(About::Note(on))) if id.with_value(|id| on == id)))
    });
    let element = NodeRef::<html::Div>::new();
    effect(move || {
        let held = studio
            .note_drag
            .with(|held| held.as_ref().filter(|(on, _)| id.with_value(|id| on == id)).map(|(_, rect)| *rect));
        let at = held.or_else(|| note.with(|note| note.as_ref().map(rect)));
        if let (Some(element), Some(at)) = (element.get(), at) {
            let style = web_sys::HtmlElement::style(&element);
            let (shift, width, height) = sizes(at);
            let _ = style.set_property("transform", &shift);
            let _ = style.set_property("width", &width);
            let _ = style.set_property("height", &height);
        }
    });
    let waits = move || {
        let fate = studio.pending.with(|pending| {
            let changes = pending.as_ref().map(|pending| pending.diff.notes.as_slice()).unwrap_or_default();
            changes.iter().find(|change| id.with_value(|id| change.id == *id)).map(|change| change.fate)
        });
        match fate {
            Some(Fate::Added) => " added",
            Some(Fate::Kept) => " changed",
            Some(Fate::Removed) | None => "",
        }
    };
    let class = move || {
        let colour = note.with(|note| note.as_ref().map(|note| note.color.clone()).unwrap_or_default());
        let colour = COLOURS.iter().find(|name| **name == colour).copied().unwrap_or("yellow");
        ["note ", colour, if is_on.get() { " on" } else { "" }, waits()].concat()
    };
    let label = move || note.with(|note| say::studio::note_label(note.as_ref().map_or("", |note| &note.content)));
    view! {
        <div class=class node_ref=element data-note=id.get_value() role="group" tabindex="0" aria-label=label
            on:focus=move |_| studio.note.set(Some(id.get_value()))>
            <Show when=move || is_written.get() fallback=move || view! { <div class="note-text"><BlockView text/></div> }>
                <NoteField id/>
            </Show>
            <span class="note-corner" data-corner=id.get_value()></span>
        </div>
    }
}

#[component]
fn NoteField(id: StoredValue<String>) -> impl IntoView {
    let studio = Studio::expect();
    let field = NodeRef::<html::Textarea>::new();
    let before = find(studio, &id.get_value()).map(|note| note.content).unwrap_or_default();
    effect(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let keep = move || {
        let Some(text) = field.try_get_untracked().flatten().map(|field| field.value()) else { return };
        if let Some(mut note) = find(studio, &id.get_value())
            && note.content != text
        {
            note.content = text;
            studio.edit(Ok(update_note(note)));
        }
    };
    let close = move || {
        studio.overlay.update(|over| {
            if matches!(over, Some(Overlay::Rename(About::Note(_)))) {
                *over = None;
            }
        });
    };
    view! {
        <textarea class="note-field" data-over="" aria-label=say::studio::note_field() node_ref=field prop:value=before
            on:blur=move |_| { keep(); close(); }
            on:keydown=move |event| {
                event.stop_propagation();
                if event.key() == "Escape" {
                    event.prevent_default();
                    keep();
                    close();
                }
            }></textarea>
    }
}
