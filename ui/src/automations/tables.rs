//! Tables that automations write into: looked at, filled in by hand, saved as a file, deleted.

mod cells;
mod columns;
mod sheet;

use contract::commands::{CreateTable, DeleteTable, ListTables, NewColumn};
use contract::{ColumnKind, TableId, TableSummary};
use leptos::html;
use leptos::prelude::*;

use self::sheet::Sheet;
use crate::parts::{
    Button, ButtonKind, Confirm, Dialog, Each, Empty, Field, Glyph, Icon, IconButton, Loaded, Show, focus_first,
};
use crate::say::{self, Grouped};
use crate::state::{Toasts, effect, use_command, use_query};
use crate::welcome::sign_in::{FormFault, wrong};

/// The dialog.
#[component]
pub(super) fn TablesDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=say::automations::tables() on_close=move |()| open.set(false)>
            <Tables/>
            <div class="dialog-foot"><Button kind=ButtonKind::Primary on_click=move |_| open.set(false)>{say::automations::done()}</Button></div>
        </Dialog>
    }
}

#[component]
fn Tables() -> impl IntoView {
    let shown = RwSignal::new(None::<TableId>);
    let root = NodeRef::<html::Div>::new();
    // What had the keyboard goes with the list, or with the table.
    effect(move || {
        shown.track();
        if let Some(root) = root.get() {
            request_animation_frame(move || focus_first(&root));
        }
    });
    view! {
        <div class="tables" node_ref=root>
            {move || match shown.get() {
                None => view! { <List shown/> }.into_any(),
                Some(id) => view! { <Sheet id shown/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn List(shown: RwSignal<Option<TableId>>) -> impl IntoView {
    let list = use_query(|| Some(ListTables {}));
    let none = move || list.value.with(|list| list.as_ref().is_none_or(Vec::is_empty));
    let key = |table: &TableSummary| (table.id, table.name.clone(), table.rows);
    view! {
        <Loaded query=list>
            <Show when=move || !none() fallback=|| view! {
                <Empty glyph=Glyph::Columns3 title=say::automations::no_tables()
                    text=say::automations::no_tables_text()/>
            }>
                <ul class="table-list">
                    <Each each=move || list.value.get().unwrap_or_default() key=key let(table)><Line table shown/></Each>
                </ul>
            </Show>
        </Loaded>
        <Make shown/>
    }
}

#[component]
fn Line(table: TableSummary, shown: RwSignal<Option<TableId>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let delete = use_command::<DeleteTable>();
    let asking = RwSignal::new(false);
    let TableSummary { id, name, rows } = table;
    let title = say::automations::delete_table_title(&name);
    let said = say::automations::deleted(&name);
    let text = say::automations::delete_table_text(Grouped(rows.into()));
    let label = say::automations::delete_table(&name);
    view! {
        <li class="table-line">
            <button type="button" class="table-open" on:click=move |_| shown.set(Some(id))>
                <Icon glyph=Glyph::Columns3/>
                <b class="cut">{name}</b>
                <small class="num">{say::automations::rows(Grouped(rows.into()))}</small>
            </button>
            <IconButton glyph=Glyph::Trash2 label disabled=delete.busy on_click=move |_| asking.set(true)/>
            <Confirm open=asking title text action=say::automations::delete() on_confirm=move |()| {
                let said = said.clone();
                delete.run_then(DeleteTable { id }, move |()| toasts.note(said));
            }/>
        </li>
    }
}

/// A table with its first column; the others are added where it is open.
#[component]
fn Make(shown: RwSignal<Option<TableId>>) -> impl IntoView {
    let create = use_command::<CreateTable>().quiet();
    let (name, column) = (RwSignal::new(String::new()), RwSignal::new(say::automations::name().to_owned()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let columns = vec![NewColumn { name: column.get_untracked(), kind: ColumnKind::Text }];
        create.run_then(CreateTable { name: name.get_untracked(), columns }, move |view| {
            shown.try_set(Some(view.table.id));
        });
    };
    view! {
        <form class="table-form" on:submit=submit>
            <Field label=say::automations::new_table() value=name placeholder=say::automations::table_example() wrong=wrong(create, "name")/>
            <Field label=say::automations::first_column() value=column wrong=wrong(create, "columns")/>
            <Button glyph=Glyph::Plus submit=true busy=create.busy on_click=|_| ()>{say::automations::make_it()}</Button>
        </form>
        <FormFault act=create fields=&["name", "columns"]/>
    }
}

#[cfg(test)]
mod tests;
