//! A text whose sentences were checked against their sources: each with the way to what it says, and what was left out, and why.

use std::fmt::Write as _;

use contract::commands::{PostMessage, ReadOutput};
use contract::{CallId, CallState, Draft, Proven, RecordingId, Row};
use leptos::prelude::*;

use super::copy;
use super::markdown::shown;
use crate::parts::{Button, ButtonKind, Dialog, Field, Glyph, Icon, Select, kind_glyph};
use crate::say;
use crate::state::chat::Part;
use crate::state::{ChatState, Drawer, Names, Toasts, effect, memo, use_command};
use crate::welcome::sign_in::{FormFault, wrong};

/// The tool whose results are shown so.
pub(super) const TOOL: &str = "draft.write";

/// The text that a call brought; nothing until it has, and nothing when it did not.
#[component]
pub(super) fn DraftOf(id: CallId) -> impl IntoView {
    let chat = ChatState::expect();
    let read = use_command::<ReadOutput>();
    let text = RwSignal::new(String::new());
    let told = memo(move || {
        let call = chat.read(Part::Calls, |view| view.calls.iter().find(|call| call.call.id == id).cloned()).flatten();
        call.filter(|call| call.state == CallState::Returned).map(|call| (call.output, call.output_length))
    });
    effect(move || {
        if let Some((output, _)) = told.get() {
            text.set(output);
        }
    });
    // A long one comes in parts.
    effect(move || {
        let length = told.with(|told| told.as_ref().map_or(0, |(_, length)| *length));
        let have = text.with(|text| text.chars().count() as u64);
        if have == 0 || have >= length {
            return;
        }
        let asked = ReadOutput { conversation: chat.open.get_untracked(), call: id, from: have };
        read.run_then(asked, move |part| {
            if !part.text.is_empty() && part.from == have {
                text.try_update(|text| text.push_str(&part.text));
            }
        });
    });
    let draft = memo(move || text.with(|text| serde_json::from_str::<Draft>(text).ok()));
    move || draft.get().map(|draft| view! { <Article draft/> })
}

/// The sources of a text, each once, in the order in which they are first named.
fn sources(draft: &Draft) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    for row in draft.sentences.iter().flat_map(|sentence| &sentence.sources) {
        if all.iter().all(|known| known.id != row.id) {
            all.push(row.clone());
        }
    }
    all
}

/// The numbers of a sentence's sources in that order, from 1.
fn numbers(sentence: &Proven, sources: &[Row]) -> Vec<usize> {
    let place = |row: &Row| sources.iter().position(|known| known.id == row.id).map(|place| place + 1);
    sentence.sources.iter().filter_map(place).collect()
}

/// The text with numbers for its sources, and the sources below it.
fn plain(draft: &Draft) -> String {
    let sources = sources(draft);
    let mut text = String::new();
    for sentence in &draft.sentences {
        let marks: String = numbers(sentence, &sources).iter().map(|number| format!("[{number}]")).collect();
        let _ = writeln!(text, "{} {marks}", sentence.text);
    }
    text.push('\n');
    for (place, row) in sources.iter().enumerate() {
        let _ = writeln!(text, "[{}] {}", place + 1, row.title);
    }
    text
}

#[component]
fn Article(draft: Draft) -> impl IntoView {
    let (drawer, toasts) = (Drawer::expect(), Toasts::expect());
    let posting = RwSignal::new(false);
    let rows = sources(&draft);
    let title = shown(&draft.title).into_owned();
    let sentences = draft
        .sentences
        .iter()
        .map(|sentence| {
            let marks = numbers(sentence, &rows).into_iter().filter_map(|number| {
                let row = rows.get(number - 1)?;
                Some(mark(number, row.id, shown(&row.title).into_owned(), drawer))
            });
            view! { <p class="draft-sentence">{shown(&sentence.text).into_owned()} " " {marks.collect_view()}</p> }
        })
        .collect_view();
    let list = rows
        .iter()
        .map(|row| {
            let id = row.id;
            let name = if row.title.is_empty() { shown(&row.excerpt) } else { shown(&row.title) }.into_owned();
            view! {
                <li>
                    <button type="button" class="diff-item" on:click=move |_| drawer.open(id)>
                        <Icon glyph=kind_glyph(row.kind)/><span class="cut">{name}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    let left_out = (!draft.dropped.is_empty()).then(|| {
        let count = say::chat::left_out(draft.dropped.len());
        let dropped = draft.dropped.iter().map(|one| {
            view! { <li><s>{shown(&one.text).into_owned()}</s> <small>{shown(&one.why).into_owned()}</small></li> }
        });
        view! { <details class="draft-dropped"><summary>{count}</summary><ul>{dropped.collect_view()}</ul></details> }
    });
    let empty = draft.sentences.is_empty().then(|| view! { <p class="ask-note">{say::chat::none_stood()}</p> });
    let can_post = !draft.sentences.is_empty();
    let project = rows.first().map(|row| row.project.to_string()).unwrap_or_default();
    let words = StoredValue::new(plain(&draft));
    let take = move |_| copy(&words.get_value(), toasts, say::chat::draft_copied());
    view! {
        <article class="draft" aria-label=say::chat::draft_named(&title)>
            <h4>{title.clone()}</h4>
            {sentences}
            {empty}
            <ol class="draft-sources">{list}</ol>
            {left_out}
            {can_post.then(|| view! {
                <div class="draft-foot">
                    <Button glyph=Glyph::Copy on_click=take>{say::chat::copy()}</Button>
                    <Button glyph=Glyph::Send on_click=move |_| posting.set(true)>{say::chat::post_open()}</Button>
                </div>
            })}
        </article>
        <PostDialog open=posting title=draft.title text=words project/>
    }
}

fn mark(number: usize, id: RecordingId, title: String, drawer: Drawer) -> impl IntoView {
    let label = say::chat::Source { number, title }.text();
    view! {
        <button type="button" class="draft-mark num" title=label.clone() aria-label=label on:click=move |_| drawer.open(id)>{number}</button>
    }
}

/// Posts the text to a project's message board, as the person's own message.
#[component]
fn PostDialog(open: RwSignal<bool>, title: String, text: StoredValue<String>, project: String) -> impl IntoView {
    let names = Names::expect();
    let post = use_command::<PostMessage>().quiet();
    let (title, project) = (RwSignal::new(title), RwSignal::new(project));
    let options = Signal::derive(move || {
        let directory = names.directory.value.get();
        let projects = directory.into_iter().flat_map(|directory| directory.projects);
        projects.map(|row| (row.project.id.to_string(), row.project.name)).collect::<Vec<_>>()
    });
    let send = move || {
        let Ok(project) = project.get_untracked().parse() else { return };
        let message = PostMessage { project, title: title.get_untracked(), body: text.get_value(), notify: Vec::new() };
        post.run_then(message, move |_| {
            open.try_set(false);
        });
    };
    view! {
        <Dialog open title=say::chat::post_title() on_close=move |()| open.set(false)>
            <form on:submit=move |event| { event.prevent_default(); send() }>
                <Field label=say::chat::subject() value=title wrong=wrong(post, "title") autofocus=true/>
                <div class="field"><Select label=say::chat::project() options value=project on_change=move |id| project.set(id)/></div>
                <p class="hint">{say::chat::nobody_notified()}</p>
                <FormFault act=post fields=&["title"]/>
                <div class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{say::parts::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=post.busy on_click=|_| ()>{say::chat::post()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
