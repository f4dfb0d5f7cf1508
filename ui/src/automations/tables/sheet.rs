//! A table that is open: its rows, changed cell by cell.

use contract::commands::{ExportTable, PutRow, RemoveRows, ShowTable};
use contract::{ColumnId, ColumnKind, RowId, TableColumn, TableId, TableView};
use leptos::html;
use leptos::prelude::*;

use super::cells::{Typed, filled, kind_word, placeholder, retyped, row, shown as shown_cell};
use super::columns::AddAColumn;
use crate::automations::save;
use crate::parts::{Button, ButtonKind, Each, Glyph, IconButton, Loaded, Show, focus_first};
use crate::say::{self, Grouped};
use crate::state::{Query, Toasts, memo, use_command, use_query};

/// So many more rows are shown at a time.
const PAGE: u32 = 200;

#[component]
pub(super) fn Sheet(id: TableId, shown: RwSignal<Option<TableId>>) -> impl IntoView {
    let toasts = Toasts::expect();
    let limit = RwSignal::new(PAGE);
    let table = use_query(move || Some(ShowTable { id, limit: Some(limit.get()) }));
    let (put, export) = (use_command::<PutRow>(), use_command::<ExportTable>());
    let remove = use_command::<RemoveRows>();
    // The cells of the row that was taken out last, until something else is done.
    let gone = RwSignal::new(None::<Vec<(ColumnId, String)>>);
    // What was typed into cells: a row may be taken out before what is kept of it has come back.
    let typed = StoredValue::new(Vec::<Typed>::new());
    let body = NodeRef::<html::Tbody>::new();
    let read = move |read: fn(&TableView) -> String| {
        memo(move || table.value.with(|table| table.as_ref().map(read).unwrap_or_default()))
    };
    let (name, rows) =
        (read(|view| view.table.name.clone()), read(|view| say::automations::rows(Grouped(view.table.rows.into()))));
    let columns =
        memo(move || table.value.with(|view| view.as_ref().map(|view| view.columns.clone())).unwrap_or_default());
    let ids = memo(move || {
        let ids = |view: &TableView| view.rows.iter().map(|row| row.id).collect::<Vec<RowId>>();
        table.value.with(|view| view.as_ref().map(ids)).unwrap_or_default()
    });
    let more = move || {
        table.value.with(|view| {
            view.as_ref()
                .is_some_and(|view| u32::try_from(ids.with(Vec::len)).is_ok_and(|shown| shown < view.table.rows))
        })
    };
    let add = move |cells: Vec<(ColumnId, String)>| {
        gone.set(None);
        put.run_then(PutRow { table: id, row: None, cells }, move |_| {
            // Its first cell, once it is drawn.
            let enter = move || {
                let last = body.try_get_untracked().flatten().and_then(|body| body.last_element_child());
                if let Some(row) = last {
                    focus_first(&row);
                }
            };
            set_timeout(enter, std::time::Duration::from_millis(120));
        });
    };
    let take_out = Callback::new(move |at: RowId| {
        let kept = table.value.with_untracked(|view| {
            let view = view.as_ref()?;
            row(view, at).map(|row| typed.with_value(|typed| retyped(filled(view, row), at, typed)))
        });
        remove.run_then(RemoveRows { table: id, rows: vec![at] }, move |()| {
            gone.try_set(kept);
        });
    });
    view! {
        <header class="table-head">
            <IconButton glyph=Glyph::ArrowLeft label=say::automations::back_to_tables() on_click=move |_| shown.set(None)/>
            <h3 class="cut">{move || name.get()}</h3>
            <small class="num">{move || rows.get()}</small>
            <span class="grow"></span>
            <Button glyph=Glyph::FileText busy=export.busy
                on_click=move |_| export.run_then(ExportTable { id }, move |file| save(&file, toasts))>{say::automations::save_csv()}</Button>
            <Button glyph=Glyph::Plus busy=put.busy on_click=move |_| add(Vec::new())>{say::automations::add_row()}</Button>
        </header>
        <Show when=move || gone.with(Option::is_some)>
            <p class="table-gone" role="status">
                {say::automations::row_out()}
                <Button kind=ButtonKind::Bare glyph=Glyph::Undo2 on_click=move |_| add(gone.get_untracked().unwrap_or_default())>{say::automations::put_back()}</Button>
            </p>
        </Show>
        <Loaded query=table>
            <div class="table-scroll">
                <table>
                    <thead><tr>
                        <Each each=move || columns.get() key=|column| (column.id, column.name.clone()) let(column)>
                            <th scope="col">{column.name.clone()}<small>{kind_word(&column.kind)}</small></th>
                        </Each>
                        <th><span class="aside-label">{say::automations::take_out()}</span></th>
                    </tr></thead>
                    <tbody node_ref=body>
                        <Each each=move || ids.get() key=|id| *id let(at)>
                            <tr>
                                <Each each=move || columns.get().into_iter().enumerate() key=|(_, column)| column.id let((place, column))>
                                    <td><Cell table of=id at place column typed gone/></td>
                                </Each>
                                <td><IconButton glyph=Glyph::X label=say::automations::take_row_out() on_click=move |_| take_out.run(at)/></td>
                            </tr>
                        </Each>
                    </tbody>
                </table>
                <Show when=move || ids.with(Vec::is_empty)><p class="table-none">{say::automations::no_rows()}</p></Show>
                <Show when=more><Button kind=ButtonKind::Bare on_click=move |_| limit.update(|limit| *limit += PAGE)>{say::automations::more_rows()}</Button></Show>
            </div>
        </Loaded>
        <AddAColumn id/>
    }
}

/// A cell. It is kept when it is left; what does not fit its column is refused, and the cell shows what is kept.
#[component]
fn Cell(
    table: Query<TableView>,
    of: TableId,
    at: RowId,
    place: usize,
    column: TableColumn,
    typed: StoredValue<Vec<Typed>>,
    gone: RwSignal<Option<Vec<(ColumnId, String)>>>,
) -> impl IntoView {
    let TableColumn { id, name, kind } = column;
    let kept = {
        let kind = kind.clone();
        memo(move || {
            let text = table.value.with(|view| view.as_ref().and_then(|view| row(view, at)?.cells.get(place).cloned()));
            shown_cell(&kind, &text.unwrap_or_default())
        })
    };
    // Its own: cells that are left one after the other are all kept.
    let put = use_command::<PutRow>();
    let keep = move |text: String| {
        if text == kept.get_untracked() {
            return;
        }
        gone.set(None);
        typed.update_value(|typed| typed.push((at, id, text.clone())));
        put.run(PutRow { table: of, row: Some(at), cells: vec![(id, text)] });
    };
    let value = move || {
        // When it was refused, the field goes back to what is kept.
        put.fault.track();
        kept.get()
    };
    match kind {
        ColumnKind::OneOf(words) => {
            let option = move |word: String| {
                let (mine, said) = (word.clone(), word.clone());
                view! { <option value=said selected=move || value() == mine>{word}</option> }
            };
            let options = words.into_iter().map(option).collect_view();
            view! {
                <select aria-label=name prop:value=value on:change=move |event| keep(event_target_value(&event))>
                    <option value="">"–"</option>
                    {options}
                </select>
            }
            .into_any()
        }
        ColumnKind::Text | ColumnKind::Number | ColumnKind::Date => view! {
            <input type="text" aria-label=name placeholder=placeholder(&kind) autocomplete="off" spellcheck="false"
                prop:value=value on:change=move |event| keep(event_target_value(&event))/>
        }
        .into_any(),
    }
}
