//! The models: which there are, which one is usual, and connecting more.

use contract::commands::{ListModels, SetUsualModel};
use contract::{ModelEntry, ModelId};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::{Part, Section};
use super::model_form::{Draft, ModelForm};
use super::model_row::ModelRow;
use super::model_words::name;
use crate::parts::{Button, Dialog, Each, Glyph, Loaded};
use crate::say;
use crate::state::{Session, memo, use_command, use_query};

/// The models, as a part of the settings.
#[component]
pub(in crate::settings) fn ModelsPart() -> impl IntoView {
    view! { <Part section=Section::Models><ModelsList/></Part> }
}

/// The models, wherever one is chosen.
#[component]
pub(crate) fn ModelsList() -> impl IntoView {
    let session = Session::expect();
    let query = use_query(move || session.workspace.get().map(|_| ListModels {}));
    let draft = Draft::new();
    let title = Signal::derive(move || {
        draft.before.with(|before| {
            before
                .as_ref()
                .map_or_else(|| say::settings::connect_model().into(), |one| say::settings::change_model(name(one)))
        })
    });
    let all =
        memo(move || query.value.with(|models| models.as_ref().map(|all| all.models.clone()).unwrap_or_default()));
    view! {
        <p class="settings-lead">
            {say::settings::models_lead()}
        </p>
        <Loaded query>
            <List query draft all/>
        </Loaded>
        <div class="settings-foot">
            <Button glyph=Glyph::Plus on_click=move |_| draft.begin()>{say::settings::connect_model()}</Button>
        </div>
        <Dialog open=draft.open title on_close=move |()| draft.open.set(false)>
            <ModelForm draft models=all/>
        </Dialog>
    }
}

/// Where a key leads among so many choices; `None` for a key that leads nowhere.
fn step(key: &str, now: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" | "ArrowRight" => Some(if now >= last { 0 } else { now + 1 }),
        "ArrowUp" | "ArrowLeft" => Some(now.checked_sub(1).unwrap_or(last).min(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[component]
fn List(query: crate::state::Query<contract::Models>, draft: Draft, all: Memo<Vec<ModelEntry>>) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let choose = use_command::<SetUsualModel>();
    let usual = memo(move || query.value.with(|models| models.as_ref().map_or(ModelId::BUILT_IN, |all| all.usual)));
    let keys = move |event: KeyboardEvent| {
        let radios = root.get_untracked().map(|root| radios(&root)).unwrap_or_default();
        let active = document().active_element();
        let Some(now) = radios.iter().position(|radio| active.as_ref() == Some(radio.as_ref())) else { return };
        if let Some(radio) = step(&event.key(), now, radios.len()).and_then(|to| radios.get(to)) {
            event.prevent_default();
            let _ = radio.focus();
            radio.click();
        }
    };
    view! {
        <p class="settings-sub" id="usual-model">{say::settings::marked_used()}</p>
        <div class="models" role="radiogroup" aria-labelledby="usual-model" node_ref=root on:keydown=keys>
            <Each each=move || all.get() key=|model| model.id let(model)>
                <ModelRow id=model.id query all usual draft on_choose=move |id| if usual.get_untracked() != id { choose.run(SetUsualModel { id }) }/>
            </Each>
        </div>
    }
}

fn radios(root: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(all) = root.query_selector_all("[role=radio]") else { return Vec::new() };
    (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use super::step;

    #[test]
    fn keys_go_round_the_choices_and_never_out_of_them() {
        assert_eq!(step("ArrowDown", 0, 3), Some(1));
        assert_eq!(step("ArrowDown", 2, 3), Some(0));
        assert_eq!(step("ArrowUp", 0, 3), Some(2));
        assert_eq!(step("End", 0, 3), Some(2));
        assert_eq!(step("x", 1, 3), None);
        for key in ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"] {
            assert_eq!(step(key, 0, 0), None, "{key} among none");
            for now in 0..6 {
                assert!(step(key, now, 4).unwrap() < 4, "{key} from {now}");
            }
        }
    }
}
