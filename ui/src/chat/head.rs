//! The head of a conversation: its title, its model, and what can be done with it.

use contract::commands::ListModels;
use contract::{ExportFormat, ModelEntry, ModelId};
use leptos::prelude::*;

use super::deeds::Deeds;
use crate::parts::{Each, Glyph, Icon, IconButton, Menu, MenuItem, Show};
use crate::say;
use crate::settings::go_to_models;
use crate::state::chat::Part;
use crate::state::{ChatState, Query, Route, Router, memo, use_query};

/// The models, asked for once and shared below.
#[derive(Clone, Copy)]
pub(super) struct ModelList(pub(super) Query<contract::Models>);

impl ModelList {
    /// Makes it known to everything below.
    pub(super) fn provide() {
        provide_context(Self(use_query(|| Some(ListModels {}))));
    }
    /// Takes it from the context.
    #[track_caller]
    pub(super) fn expect() -> Self {
        expect_context()
    }
    /// The model of the open conversation. Tracks.
    pub(super) fn chosen(self, chat: ChatState) -> Option<ModelEntry> {
        let own = chat.read(Part::Head, |view| view.conversation.model).unwrap_or_else(|| chat.next_model.get());
        self.0.value.with(|models| {
            let models = models.as_ref()?;
            let given = own.and_then(|own| models.models.iter().find(|model| model.id == own));
            given.or_else(|| models.models.iter().find(|model| model.id == models.usual)).cloned()
        })
    }
}

/// The head.
#[component]
pub(super) fn Head(on_close: Option<Callback<()>>) -> impl IntoView {
    let chat = ChatState::expect();
    let deeds = Deeds::expect();
    let title = memo(move || deeds.title());
    view! {
        <header class="chat-head">
            <Icon glyph=Glyph::Sparkles/>
            <h2 class="grow cut" title=move || title.get()>{move || title.get()}</h2>
            <ModelMenu/>
            <IconButton glyph=Glyph::SquarePen label=say::chat::begin() on_click=move |_| Deeds::begin(chat)/>
            <More full=on_close.is_none()/>
            {on_close.map(|close| view! {
                <IconButton glyph=Glyph::PanelRightClose label=say::chat::hide() on_click=move |_| close.run(())/>
            })}
        </header>
    }
}

/// The menu of everything else.
#[component]
fn More(full: bool) -> impl IntoView {
    let (chat, router) = (ChatState::expect(), Router::expect());
    let deeds = Deeds::expect();
    let here = memo(move || chat.read(Part::Head, |_| ()).is_some());
    let archived = move || chat.read(Part::Head, |view| view.conversation.archived).unwrap_or(false);
    let with = move |act: fn(Deeds, &contract::Conversation)| {
        move |()| {
            if let Some(conversation) = deeds.open() {
                act(deeds, &conversation);
            }
        }
    };
    let trigger = || view! { <Icon glyph=Glyph::Ellipsis/> };
    view! {
        <Menu label=say::chat::with_this() trigger=trigger.into()>
            <MenuItem glyph=Glyph::SquarePen on_choose=move |()| Deeds::begin(chat)>{say::chat::begin()}</MenuItem>
            {(!full).then(|| view! {
                <MenuItem glyph=Glyph::MessagesSquare on_choose=move |()| router.go(Route::Chat(chat.open.get_untracked()))>{say::chat::whole_screen()}</MenuItem>
            })}
            <Show when=move || here.get()>
                <hr/>
                <MenuItem glyph=Glyph::Pencil on_choose=with(|deeds, one| deeds.ask_title(one))>{say::chat::rename()}</MenuItem>
                <MenuItem glyph=Glyph::GitBranch on_choose=move |()| deeds.branch_here()>{say::chat::branch_here()}</MenuItem>
                <MenuItem glyph=Glyph::FileText on_choose=with(|deeds, one| deeds.export(one.id, ExportFormat::Markdown))>{say::chat::export_markdown()}</MenuItem>
                <MenuItem glyph=Glyph::File on_choose=with(|deeds, one| deeds.export(one.id, ExportFormat::Json))>{say::chat::export_json()}</MenuItem>
                <hr/>
                <MenuItem glyph=Glyph::Archive on_choose=with(|deeds, one| deeds.archive(one.id, !one.archived))>
                    {move || if archived() { say::chat::back_into_use() } else { say::chat::archive() }}
                </MenuItem>
                <MenuItem glyph=Glyph::Trash2 danger=true on_choose=with(|deeds, one| deeds.ask_delete(one))>{say::chat::delete()}</MenuItem>
            </Show>
        </Menu>
    }
}

/// Which model answers, and the others.
#[component]
fn ModelMenu() -> impl IntoView {
    let (chat, router) = (ChatState::expect(), Router::expect());
    let deeds = Deeds::expect();
    let models = ModelList::expect();
    let chosen = memo(move || models.chosen(chat));
    let label = move || chosen.get().map_or_else(|| say::chat::model().to_owned(), |model| label_of(&model));
    let list =
        move || models.0.value.with(|models| models.as_ref().map(|models| models.models.clone()).unwrap_or_default());
    let trigger = move || view! { <span class="cut">{label}</span><Icon glyph=Glyph::ChevronDown/> };
    let choose = move |model: ModelId, label: String| {
        deeds.choose_model(model, label);
    };
    view! {
        <Menu label=say::chat::which_model() worded=true class="model" trigger=trigger.into()>
            <Each each=list key=|model| (model.id, model.label.clone()) let(model)>
                {
                    let (id, label) = (model.id, label_of(&model));
                    let said = label.clone();
                    view! {
                        <MenuItem checked=Signal::derive(move || chosen.with(|chosen| chosen.as_ref().is_some_and(|model| model.id == id)))
                            on_choose=move |()| choose(id, said.clone())>{label}</MenuItem>
                    }
                }
            </Each>
            <hr/>
            <MenuItem glyph=Glyph::Settings on_choose=move |()| go_to_models(router)>{say::chat::connect_model()}</MenuItem>
        </Menu>
    }
}

/// What a model is called.
pub(super) fn label_of(model: &ModelEntry) -> String {
    match (model.id == ModelId::BUILT_IN, model.label.trim()) {
        (true, _) => say::chat::built_in().into(),
        (false, "") => model.model.clone(),
        (false, label) => label.to_owned(),
    }
}
