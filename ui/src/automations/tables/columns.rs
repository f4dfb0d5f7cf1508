//! A column to be added to a table.

use contract::commands::{AddColumn, NewColumn};
use contract::{ColumnKind, TableId};
use leptos::prelude::*;

use crate::parts::{Button, Field, Glyph, Select, Show};
use crate::say;
use crate::state::use_command;
use crate::welcome::sign_in::{FormFault, wrong};

/// What can be chosen, with its words.
fn kinds() -> Vec<(String, String)> {
    let kinds = [
        ("text", say::automations::text()),
        ("number", say::automations::number()),
        ("date", say::automations::day_or_time()),
        ("one-of", say::automations::one_of()),
    ];
    kinds.into_iter().map(|(key, words)| (key.to_owned(), words.to_owned())).collect()
}

/// What is chosen, with the choices as they were typed.
pub(super) fn kind(word: &str, choices: &str) -> ColumnKind {
    match word {
        "number" => ColumnKind::Number,
        "date" => ColumnKind::Date,
        "one-of" => {
            let words = choices.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty());
            ColumnKind::OneOf(words.map(str::to_owned).collect())
        }
        _ => ColumnKind::Text,
    }
}

/// The form.
#[component]
pub(super) fn AddAColumn(id: TableId) -> impl IntoView {
    let add = use_command::<AddColumn>().quiet();
    let (name, choices) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let word = RwSignal::new("text".to_owned());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let kind = word.with_untracked(|word| choices.with_untracked(|choices| kind(word, choices)));
        let column = NewColumn { name: name.get_untracked(), kind };
        add.run_then(AddColumn { id, column }, move |_| {
            name.try_set(String::new());
            choices.try_set(String::new());
        });
    };
    view! {
        <form class="table-form" on:submit=submit>
            <Field label=say::automations::new_column() value=name placeholder=say::automations::column_example() wrong=wrong(add, "columns")/>
            <Select label=say::automations::it_holds() options=Signal::stored(kinds()) value=word on_change=move |chosen| word.set(chosen)/>
            <Show when=move || word.with(|word| word == "one-of")>
                <Field label=say::automations::choices() value=choices placeholder=say::automations::choices_example()/>
            </Show>
            <Button glyph=Glyph::Plus submit=true busy=add.busy on_click=|_| ()>{say::automations::add_it()}</Button>
        </form>
        <FormFault act=add fields=&["columns"]/>
    }
}
