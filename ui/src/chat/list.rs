//! The conversations: found by words, put away ones apart, each with what can be done to it.

use std::time::Duration;

use contract::commands::{Conversations, ListConversations};
use contract::{Conversation, TurnStage};
use leptos::html;
use leptos::prelude::*;

use super::deeds::{Deeds, Dialogs};
use super::markdown::shown;
use crate::parts::{
    Button, Each, Empty, Glyph, Icon, Loaded, Menu, MenuItem, Moment, Segments, Show, Spinner, use_row_keys,
};
use crate::say;
use crate::state::{ChatState, Query, memo, use_query};

/// How long typing must rest before it is searched.
const REST: Duration = Duration::from_millis(150);

/// The list.
#[component]
pub(super) fn ConversationList() -> impl IntoView {
    let chat = ChatState::expect();
    let deeds = Deeds::provide();
    let (typed, words) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let archived = RwSignal::new(false);
    let list = use_query(move || {
        let query = Some(words.get()).filter(|words| !words.trim().is_empty());
        Some(ListConversations { query, archived: archived.get(), limit: None })
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let search = move |text: String| {
        typed.set(text);
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
        let ask = move || {
            if let Some(text) = typed.try_get_untracked() {
                words.try_set(text);
            }
        };
        timer.set_value(set_timeout_with_handle(ask, REST).ok());
    };
    on_cleanup(move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    });
    let root = NodeRef::<html::Div>::new();
    use_row_keys(root);
    view! {
        <div class="convos" node_ref=root>
            <header class="convos-head">
                <h1 class="grow">{say::chat::assistant()}</h1>
                <Button glyph=Glyph::Plus on_click=move |_| Deeds::begin(chat)>{say::chat::begin_new()}</Button>
            </header>
            <div class="convos-find">
                <label class="sieve">
                    <Icon glyph=Glyph::Search/>
                    <input type="search" placeholder=say::chat::search() aria-label=say::chat::search() autocomplete="off" spellcheck="false"
                        prop:value=move || typed.get() on:input=move |event| search(event_target_value(&event))/>
                </label>
                <Segments label=say::chat::which() options=vec![(false, say::chat::those_used()), (true, say::chat::those_archived())] value=archived on_change=move |chosen| archived.set(chosen)/>
            </div>
            <div class="convos-list">
                <Loaded query=list><Rows list words archived/></Loaded>
            </div>
            <Dialogs deeds/>
        </div>
    }
}

#[component]
fn Rows(list: Query<Conversations>, words: RwSignal<String>, archived: RwSignal<bool>) -> impl IntoView {
    let chat = ChatState::expect();
    let all = move || list.value.with(|list| list.clone().unwrap_or_default());
    let none = memo(move || list.value.with(|list| list.as_ref().is_none_or(Vec::is_empty)));
    let nothing = move || match (words.with(|words| !words.trim().is_empty()), archived.get()) {
        (true, _) => view! {
            <Empty glyph=Glyph::Search title=say::chat::nothing_fits() text=say::chat::nothing_fits_text()/>
        }
        .into_any(),
        (false, true) => view! {
            <Empty glyph=Glyph::Archive title=say::chat::nothing_away() text=say::chat::nothing_away_text()/>
        }
        .into_any(),
        (false, false) => view! {
            <Empty glyph=Glyph::Sparkles title=say::chat::none_yet() text=say::chat::none_yet_text()
                action=say::chat::ask_assistant() on_action=move |()| Deeds::begin(chat)/>
        }
        .into_any(),
    };
    view! {
        <Show when=move || !none.get() fallback=nothing>
            <ul>
                <Each each=all key=|one| (one.id, one.title.clone(), one.stage as u8, one.archived, one.updated_at) let(one)><Row one/></Each>
            </ul>
        </Show>
    }
}

#[component]
fn Row(one: Conversation) -> impl IntoView {
    let chat = ChatState::expect();
    let deeds = Deeds::expect();
    let id = one.id;
    let on = memo(move || chat.open.get() == Some(id));
    let title = shown(if one.title.trim().is_empty() { say::chat::untitled() } else { &one.title }).into_owned();
    let mark = match one.stage {
        TurnStage::Idle => one.branched_from.map(|_| {
            view! { <span class="convo-mark" title=say::chat::is_branch()><Icon glyph=Glyph::GitBranch/></span> }
                .into_any()
        }),
        TurnStage::Thinking | TurnStage::Working => Some(view! { <Spinner/> }.into_any()),
        TurnStage::Waiting => Some(
            view! { <span class="convo-mark waits" title=say::chat::waits()><Icon glyph=Glyph::Hand/></span> }
                .into_any(),
        ),
    };
    let draft = !one.draft.trim().is_empty();
    let archived = one.archived;
    let kept = StoredValue::new(one.clone());
    let trigger = || view! { <Icon glyph=Glyph::Ellipsis/> };
    view! {
        <li class="convo" class:on=move || on.get() data-row="">
            <button type="button" class="convo-open" data-row-focus="" aria-current=move || on.get().then_some("true")
                on:click=move |_| { chat.show(Some(id)); chat.field.focus(); }>
                {mark}
                <span class="grow cut">{title}</span>
                {draft.then(|| view! { <small>{say::chat::is_draft()}</small> })}
                <Moment at=one.updated_at/>
            </button>
            <Menu label=say::chat::with_it() trigger=trigger.into()>
                <MenuItem glyph=Glyph::Pencil on_choose=move |()| kept.with_value(|one| deeds.ask_title(one))>{say::chat::rename()}</MenuItem>
                <MenuItem glyph=Glyph::Archive on_choose=move |()| deeds.archive(id, !archived)>{if archived { say::chat::back_into_use() } else { say::chat::archive() }}</MenuItem>
                <MenuItem glyph=Glyph::FileText on_choose=move |()| deeds.export(id, contract::ExportFormat::Markdown)>{say::chat::export_markdown()}</MenuItem>
                <hr/>
                <MenuItem glyph=Glyph::Trash2 danger=true on_choose=move |()| kept.with_value(|one| deeds.ask_delete(one))>{say::chat::delete()}</MenuItem>
            </Menu>
        </li>
    }
}
