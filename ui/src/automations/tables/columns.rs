//! A column to be added to a table.

use contract::commands::{AddColumn, NewColumn};
use contract::{ColumnKind, TableId};
use leptos::prelude::*;

use crate::parts::{Button, Field, Glyph, Select, Show};
use crate::state::use_command;
use crate::welcome::sign_in::{FormFault, wrong};

/// What can be chosen, with its words.
const KINDS: [(&str, &str); 4] =
    [("text", "Text"), ("number", "Number"), ("date", "Day or time"), ("one-of", "One of some choices")];

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
    let options: Vec<(String, String)> = KINDS.iter().map(|(key, words)| ((*key).into(), (*words).into())).collect();
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
            <Field label="New column" value=name placeholder="Total" wrong=wrong(add, "columns")/>
            <Select label="It holds" options=Signal::stored(options) value=word on_change=move |chosen| word.set(chosen)/>
            <Show when=move || word.with(|word| word == "one-of")>
                <Field label="Choices, with commas" value=choices placeholder="new, done"/>
            </Show>
            <Button glyph=Glyph::Plus submit=true busy=add.busy on_click=|_| ()>"Add it"</Button>
        </form>
        <FormFault act=add fields=&["columns"]/>
    }
}
