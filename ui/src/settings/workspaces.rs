//! The workspaces of this installation: rename, remove, open.

use contract::commands::{RemoveWorkspace, RenameWorkspace};
use contract::{Source, Workspace};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::{Line, Part, Section};
use crate::parts::{Button, ButtonKind, Chip, Confirm, Dialog, Each, Field, Glyph, Icon, Menu, MenuItem, Show, Tone};
use crate::say;
use crate::state::{Route, Router, Session, memo, use_command};

#[component]
pub(super) fn Workspaces() -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    let all = memo(move || {
        session.status.with(|status| status.as_ref().map(|status| status.workspaces.clone()).unwrap_or_default())
    });
    view! {
        <Part section=Section::Workspaces>
            <Each each=move || all.get() key=|one| (one.id, one.name.clone()) let(workspace)>
                <One workspace/>
            </Each>
            <div class="settings-foot">
                <Button glyph=Glyph::Plus on_click=move |_| router.go(Route::Welcome)>{say::settings::add_workspace()}</Button>
            </div>
        </Part>
    }
}

#[component]
fn One(workspace: Workspace) -> impl IntoView {
    let session = Session::expect();
    let (renaming, removing) = (RwSignal::new(false), RwSignal::new(false));
    let rename = use_command::<RenameWorkspace>().quiet();
    let remove = use_command::<RemoveWorkspace>();
    let id = workspace.id;
    let name = RwSignal::new(workspace.name.clone());
    let open = memo(move || session.workspace.get() == Some(id));
    let from = match workspace.source {
        Source::Sample => say::settings::from_sample().to_owned(),
        Source::Basecamp => say::settings::from_account(&workspace.account),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        rename.run_then(RenameWorkspace { id, name: name.get_untracked().trim().to_owned() }, move |_| {
            renaming.try_set(false);
        });
    };
    let gone = move |()| {
        remove.run_then(RemoveWorkspace { id }, move |()| {
            // The status, read again, opens another one.
            if session.workspace.get_untracked() == Some(id) {
                session.workspace.set(None);
            }
        });
    };
    let blank = Signal::derive(move || name.with(|name| name.trim().is_empty()));
    let wrong = Signal::derive(move || {
        rename.fault.with(|fault| fault.as_ref().map(|fault| fault.message.clone()).unwrap_or_default())
    });
    let (more, question) = (say::settings::more_for(&workspace.name), say::settings::remove_named(&workspace.name));
    let trigger = || view! { <Icon glyph=Glyph::Ellipsis/> };
    view! {
        <Line words=workspace.name hint=from>
            <Show when=move || open.get() fallback=move || view! {
                <Button kind=ButtonKind::Bare on_click=move |_| session.workspace.set(Some(id))>{say::settings::open()}</Button>
            }>
                <Chip tone=Tone::Accent>{say::settings::is_open()}</Chip>
            </Show>
            <div class="end">
                <Menu label=more.clone() trigger=trigger.into()>
                    <MenuItem glyph=Glyph::Pencil on_choose=move |()| renaming.set(true)>{say::settings::rename()}</MenuItem>
                    <MenuItem glyph=Glyph::Trash2 danger=true on_choose=move |()| removing.set(true)>{say::settings::remove_here()}</MenuItem>
                </Menu>
            </div>
        </Line>
        <Dialog open=renaming title=say::settings::rename_title() on_close=move |()| renaming.set(false)>
            <form class="form" on:submit=submit>
                <Field label=say::settings::name() value=name wrong autofocus=true/>
                <div class="dialog-foot">
                    <Button on_click=move |_| renaming.set(false)>{say::settings::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=rename.busy disabled=blank on_click=|_| ()>{say::settings::rename()}</Button>
                </div>
            </form>
        </Dialog>
        <Confirm open=removing title=question
            text=say::settings::remove_text()
            action=say::settings::remove() on_confirm=gone/>
    }
}
