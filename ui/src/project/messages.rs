//! A project's messages, and the form that posts one.

use contract::commands::{ListItems, PostMessage};
use contract::{Kind, PersonId, ProjectId};
use leptos::prelude::*;

use super::shown::{ItemLine, PartBar};
use super::todos::offer::{PeoplePicker, toggle};
use crate::parts::{
    Button, ButtonKind, Dialog, Each, Empty, Faces, Field, FieldKind, Glyph, Loaded, Point, Show, point_of,
};
use crate::say;
use crate::state::{Names, memo, use_command, use_query};

/// The messages of a project.
#[component]
pub(super) fn MessagesTab(project: ProjectId) -> impl IntoView {
    let messages = use_query(move || Some(list(project, &[Kind::Message], 2000)));
    let writing = RwSignal::new(false);
    let rows = memo(move || {
        let mut rows = messages.value.get().unwrap_or_default();
        rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
        rows
    });
    let ids = Signal::derive(move || rows.with(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>()));
    let note = Signal::derive(move || say::project::count_messages(rows.with(Vec::len)));
    view! {
        <PartBar note>
            <Button glyph=Glyph::Pencil on_click=move |_| writing.set(true)>{say::project::post_message()}</Button>
        </PartBar>
        <Loaded query=messages>
            <div class="part-scroll">
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=move || view! {
                    <Empty glyph=Glyph::MessageSquare title=say::project::no_messages() text=say::project::no_messages_text()
                        action=say::project::post_message() on_action=move |()| writing.set(true)/>
                }>
                    <div class="item-lines">
                        <Each each=move || rows.get() key=|row| (row.id, row.updated_at, row.pending as u8, row.comments) let(row)>
                            <ItemLine row among=ids/>
                        </Each>
                    </div>
                </Show>
            </div>
        </Loaded>
        <Dialog open=writing title=say::project::post_message() on_close=move |()| writing.set(false)>
            <PostForm project on_done=move |()| writing.set(false)/>
        </Dialog>
    }
}

/// The items of some kinds in a project.
pub(super) fn list(project: ProjectId, kinds: &[Kind], limit: u32) -> ListItems {
    ListItems {
        project: Some(project),
        parent: None,
        kinds: kinds.to_vec(),
        status: None,
        since: None,
        limit: Some(limit),
    }
}

#[component]
fn PostForm(project: ProjectId, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let post = use_command::<PostMessage>().quiet();
    let (title, body) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let notify = RwSignal::new(Vec::<PersonId>::new());
    let toasts = crate::state::Toasts::expect();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let message = PostMessage {
            project,
            title: title.get_untracked().trim().to_owned(),
            body: body.get_untracked(),
            notify: notify.get_untracked(),
        };
        post.run_then(message, move |written| {
            toasts.done(say::project::posted(&written.item.title), written.set);
            on_done.run(());
        });
    };
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            post.fault.with(|fault| {
                fault
                    .as_ref()
                    .filter(|fault| fault.field.as_deref().unwrap_or("title") == field)
                    .map(|fault| fault.message.clone())
                    .unwrap_or_default()
            })
        })
    };
    view! {
        <form class="form" on:submit=send>
            <Field label=say::project::subject() value=title autofocus=true wrong=wrong("title")/>
            <Field label=say::project::text() value=body kind=FieldKind::Lines wrong=wrong("body")/>
            <PeopleField label=say::project::notify() chosen=notify none=say::project::nobody_notified()/>
            <div class="dialog-foot">
                <Button on_click=move |_| on_done.run(())>{say::project::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=post.busy on_click=|_| {}
                    disabled=Signal::derive(move || title.with(|title| title.trim().is_empty()))>{say::project::post()}</Button>
            </div>
        </form>
    }
}

/// A field whose value is people.
#[component]
pub(crate) fn PeopleField(
    #[prop(into)] label: String,
    chosen: RwSignal<Vec<PersonId>>,
    none: &'static str,
) -> impl IntoView {
    let names = Names::expect();
    let at = RwSignal::new(None::<Point>);
    let words = move || {
        let people = chosen.get();
        if people.is_empty() {
            none.to_owned()
        } else {
            people.iter().map(|id| names.person_name(*id)).collect::<Vec<_>>().join(", ")
        }
    };
    let ask = label.clone();
    view! {
        <div class="field">
            <span class="field-label">{label.clone()}</span>
            <button type="button" class="people-field" aria-haspopup="listbox" aria-label=move || format!("{label}: {}", words())
                on:click=move |event: leptos::ev::MouseEvent| at.set(Some(point_of(&event)))>
                <Faces people=chosen most=6/>
                <span class="grow cut">{words}</span>
            </button>
            {move || at.get().map(|at_point| view! {
                <PeoplePicker label=format!("{ask}…") at=at_point chosen
                    on_choose=move |person| chosen.update(|chosen| toggle(chosen, person)) on_close=move |()| at.set(None)/>
            })}
        </div>
    }
}
