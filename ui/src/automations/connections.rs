//! Whose accounts automations act with: what is wrong with each, renamed and forgotten here.

use contract::commands::{ForgetConnection, ListConnections, RenameConnection};
use contract::{Connection, FlowPlace};
use leptos::prelude::*;

use crate::parts::{
    Button, ButtonKind, Confirm, Dialog, Dot, Each, Empty, Field, Glyph, IconButton, Loaded, Show, Tone,
};
use crate::say::{self, Grouped};
use crate::state::{Toasts, use_command, use_query};
use crate::welcome::sign_in::wrong;

/// The dialog.
#[component]
pub(super) fn ConnectionsDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=say::automations::connections() on_close=move |()| open.set(false)>
            <List/>
            <div class="dialog-foot"><Button kind=ButtonKind::Primary on_click=move |_| open.set(false)>{say::automations::done()}</Button></div>
        </Dialog>
    }
}

#[component]
fn List() -> impl IntoView {
    let list = use_query(|| Some(ListConnections {}));
    view! {
        <Loaded query=list>
            <Show when=move || list.value.with(|list| list.as_ref().is_some_and(|list| !list.is_empty())) fallback=|| view! {
                <Empty glyph=Glyph::Plug title=say::automations::no_connections() text=say::automations::no_connections_text()/>
            }>
                <ul class="connections">
                    <Each each=move || sorted(list.value.get().unwrap_or_default()) key=key let(connection)>
                        <Line connection/>
                    </Each>
                </ul>
            </Show>
        </Loaded>
    }
}

/// Those that do not work first, then by name. Pure.
pub(super) fn sorted(mut list: Vec<Connection>) -> Vec<Connection> {
    list.sort_by_key(|one| (one.fault.is_none(), one.label.to_lowercase(), one.id));
    list
}

fn key(one: &Connection) -> impl std::hash::Hash + use<> {
    (one.id, one.label.clone(), one.fault.clone(), one.flows, one.place)
}

/// “Slack” of `@activepieces/piece-slack`. Pure.
pub(super) fn piece_word(piece: &str) -> String {
    let word = piece.rsplit_once("piece-").map_or(piece, |(_, word)| word).replace('-', " ");
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[component]
fn Line(connection: Connection) -> impl IntoView {
    let toasts = Toasts::expect();
    let (rename, forget) = (use_command::<RenameConnection>().quiet(), use_command::<ForgetConnection>());
    let id = connection.id;
    let (renaming, asking) = (RwSignal::new(false), RwSignal::new(false));
    let name = RwSignal::new(connection.label.clone());
    let place = match connection.place {
        FlowPlace::Here => say::automations::place_app(),
        FlowPlace::Server => say::automations::place_server(),
    };
    let used = match connection.flows {
        0 => say::automations::used_by_none().to_owned(),
        flows => say::automations::used_by(Grouped(flows.into())),
    };
    let facts = format!("{}, {place}, {used}", piece_word(&connection.piece));
    let (tone, words) = match &connection.fault {
        Some(why) => (Tone::Bad, why.clone()),
        None => (Tone::Good, say::automations::it_works().to_owned()),
    };
    let text = match connection.flows {
        0 => say::automations::forget_unused().to_owned(),
        flows => say::automations::forget_used(Grouped(flows.into())),
    };
    let title = say::automations::forget_title(&connection.label);
    let said = say::automations::forgotten(&connection.label);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let label = name.get_untracked().trim().to_owned();
        rename.run_then(RenameConnection { id, label }, move |_| {
            renaming.try_set(false);
        });
    };
    let label = connection.label.clone();
    view! {
        <li class="connection">
            <Dot tone=Signal::stored(tone) label=words/>
            <Show when=move || renaming.get() fallback={
                let (label, facts, fault) = (label.clone(), facts.clone(), connection.fault.clone());
                move || view! {
                    <span class="connection-words">
                        <b class="cut">{label.clone()}</b>
                        <small>{facts.clone()}</small>
                        {fault.clone().map(|why| view! { <span class="field-wrong">{why}</span> })}
                    </span>
                    <IconButton glyph=Glyph::Pencil label=say::automations::rename_named(&label) on_click=move |_| renaming.set(true)/>
                    <IconButton glyph=Glyph::Trash2 label=say::automations::forget_named(&label) disabled=forget.busy on_click=move |_| asking.set(true)/>
                }
            }>
                <form class="connection-form" on:submit=submit on:keydown=move |event| if event.key() == "Escape" {
                    event.stop_propagation();
                    renaming.set(false);
                }>
                    <Field label=say::automations::name() value=name wrong=wrong(rename, "label") autofocus=true/>
                    <Button on_click=move |_| renaming.set(false)>{say::automations::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=rename.busy on_click=|_| ()>{say::automations::rename()}</Button>
                </form>
            </Show>
            <Confirm open=asking title text action=say::automations::forget_it() on_confirm=move |()| {
                let said = said.clone();
                forget.run_then(ForgetConnection { id }, move |()| toasts.note(said));
            }/>
        </li>
    }
}
