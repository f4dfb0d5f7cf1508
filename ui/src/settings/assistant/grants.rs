//! Approvals that are remembered, each with the way to take it back.

use contract::commands::RevokeGrant;
use contract::{Grant, Permissions, Scope, ToolRule};
use leptos::html;
use leptos::prelude::*;

use super::super::Section;
use super::hand_on;
use super::tools::lead_of;
use crate::parts::{Button, ButtonKind, Chip, Each, Moment, Show};
use crate::say;
use crate::state::{Query, Route, Router, Toasts, memo, use_command};

/// How long an approval is remembered, in words.
fn scope_words(scope: Scope) -> &'static str {
    match scope {
        Scope::Conversation => say::settings::in_conversation(),
        Scope::Always => say::settings::always(),
    }
}

/// What is remembered.
#[component]
pub(super) fn Grants(query: Query<Permissions>) -> impl IntoView {
    let grants = memo(move || query.value.with(|all| all.as_ref().map(|all| all.grants.clone()).unwrap_or_default()));
    let tools = memo(move || query.value.with(|all| all.as_ref().map(|all| all.tools.clone()).unwrap_or_default()));
    view! {
        <h3 class="settings-head">{say::settings::remembered_approvals()}</h3>
        <Show when=move || grants.with(Vec::is_empty)>
            <p class="calm">{say::settings::no_grants()}</p>
        </Show>
        <div class="grants">
            <Each each=move || grants.get() key=|grant| (grant.id, grant.used_at) let(grant)>
                <One grant tools/>
            </Each>
        </div>
    }
}

#[component]
fn One(grant: Grant, tools: Memo<Vec<ToolRule>>) -> impl IntoView {
    let (router, toasts) = (Router::expect(), Toasts::expect());
    let root = NodeRef::<html::Div>::new();
    let revoke = use_command::<RevokeGrant>();
    let (id, tool) = (grant.id, grant.tool);
    let does = tools.with_untracked(|tools| lead_of(&tool, tools));
    let take_back = move |_| {
        revoke.run_then(RevokeGrant { id }, move |_| {
            toasts.note(say::settings::taken_back());
            hand_on(root, Section::Permissions);
        });
    };
    let on = (!grant.target_title.is_empty()).then(|| view! { <b class="cut">{grant.target_title}</b> });
    let conversation = grant.conversation.map(|conversation| view! {
        <button type="button" class="settings-ref" on:click=move |_| router.go(Route::Chat(Some(conversation)))>{say::settings::conversation()}</button>
    });
    let (before, after) = say::around(say::settings::last_used);
    let given = say::around(say::settings::given);
    let used = match grant.used_at {
        Some(at) => view! { <span>{before}<Moment at/>{after}</span> }.into_any(),
        None => view! { <span>{say::settings::not_used()}</span> }.into_any(),
    };
    view! {
        <div class="settings-line" node_ref=root>
            <div class="settings-words grant-words">
                <span class="grant-what"><span>{does}</span>{on}</span>
                <span class="hint settings-facts">
                    <Chip>{scope_words(grant.scope)}</Chip>
                    <span>{given.0}<Moment at=grant.made_at/>{given.1}</span>
                    {used}
                    {conversation}
                </span>
            </div>
            <div class="settings-control">
                <Button kind=ButtonKind::Bare busy=revoke.busy on_click=take_back>{say::settings::revoke()}</Button>
            </div>
        </div>
    }
}
