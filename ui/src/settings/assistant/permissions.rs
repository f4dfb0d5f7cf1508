//! What the assistant may do: a choice for each tool, what is remembered, and how often it asked.

use contract::commands::{SetToolRule, ShowPermissions};
use contract::{Permissions, ToolRule};
use leptos::prelude::*;

use super::super::{Part, Section};
use super::approvals::Days;
use super::grants::Grants;
use super::tools::{Choice, Group, count_words, grouped, lead};
use crate::parts::{Chip, Each, Loaded, Segments, Tone};
use crate::say;
use crate::state::{Query, Session, memo, use_command, use_query};

/// What the assistant may do.
#[component]
pub(in crate::settings) fn PermissionsPart() -> impl IntoView {
    let session = Session::expect();
    let query = use_query(move || session.workspace.get().map(|_| ShowPermissions {}));
    view! {
        <Part section=Section::Permissions>
            <p class="settings-lead">
                {say::settings::permissions_lead()}
            </p>
            <Loaded query>
                <Tools query/>
                <Grants query/>
                <Days query/>
            </Loaded>
        </Part>
    }
}

#[component]
fn Tools(query: Query<Permissions>) -> impl IntoView {
    let tools = memo(move || query.value.with(|all| all.as_ref().map(|all| all.tools.clone()).unwrap_or_default()));
    // Without what was chosen: choosing redraws a control, and no list.
    let groups = memo(move || {
        tools.with(|tools| {
            let bare: Vec<ToolRule> = tools.iter().cloned().map(|tool| ToolRule { rule: None, ..tool }).collect();
            grouped(&bare)
        })
    });
    view! {
        <Each each=move || groups.get() key=|(group, inside)| (*group, inside.len()) let((group, inside))>
            <details class="tool-group" open=group == Group::Basecamp>
                <summary>
                    <span class="tool-group-title">{group.title()}</span>
                    <small class="num">{move || tools.with(|tools| count_words(group, tools))}</small>
                </summary>
                <p class="settings-sub">{group.usual()}</p>
                {inside.into_iter().map(|tool| view! { <ToolLine tool group tools/> }).collect_view()}
            </details>
        </Each>
    }
}

#[component]
fn ToolLine(tool: ToolRule, group: Group, tools: Memo<Vec<ToolRule>>) -> impl IntoView {
    let set = use_command::<SetToolRule>();
    let name = StoredValue::new(tool.tool.clone());
    let chosen = memo(move || {
        let rule = tools.with(|tools| {
            name.with_value(|name| tools.iter().find(|tool| tool.tool == *name).and_then(|tool| tool.rule))
        });
        group.choice(rule)
    });
    let does = lead(&tool.summary).to_owned();
    let choose = move |choice: Choice| {
        if choice != chosen.get_untracked() {
            set.run(SetToolRule { tool: name.get_value(), rule: choice.rule() });
        }
    };
    let choices = group.choices();
    let control = (!choices.is_empty()).then(|| {
        view! {
            <Segments label=say::settings::may_assistant(&does) options=choices value=chosen on_change=choose/>
        }
    });
    view! {
        <div class="tool-line">
            <div class="tool-words" title=tool.summary>
                <span>{does}</span>
                <span class="tool-marks">
                    <code class="hint">{tool.tool}</code>
                    {tool.tells.then(|| view! { <Chip tone=Tone::Warn>{say::settings::others_told()}</Chip> })}
                </span>
            </div>
            {control}
        </div>
    }
}
