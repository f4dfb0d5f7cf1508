//! Questions about automations: which can be built, which there are, what the open one does and lacks. They only read.

use contract::commands::{FlowOutline, Flows, ListFlows, OutlineFlow};
use contract::{FlowState, FlowSummary};

use super::list::PROMISED;
use super::{current_flow, tell};
use crate::builtin::asked::Asked;
use crate::builtin::capabilities::Capability;
use crate::builtin::compose::{count, grouped, list, list_of};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer, look_up};

pub(in crate::builtin) const LIST: Capability = Capability {
    name: "tell which automations I can build",
    examples: &["Which automations can you build?"],
    writes: false,
    read: promised,
};
pub(in crate::builtin) const FLOWS: Capability = Capability {
    name: "list the automations",
    examples: &["What automations do I have?", "Which automations failed this week?"],
    writes: false,
    read: flows,
};
pub(in crate::builtin) const ABOUT: Capability = Capability {
    name: "tell what an automation does and lacks",
    examples: &["What does this automation do?"],
    writes: false,
    read: about,
};

fn promised<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what|which [kind|kinds] [of] automations|flows|workflows can|could you|i|we build|make|create|do|set|automate [up]",
        "what can you automate",
        "what can be automated",
        "show|list|give [me] [some] [examples|example] [of] automations|automation [you] [can] [build|examples|ideas]",
        "what can i automate",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    let lines: Vec<String> = PROMISED.iter().map(|one| format!("“{}”", one.says[0])).collect();
    Some(answer(format!(
        "I can build **{}** and whatever their parts make together, with the names of your people, projects, lists and channels:\n\n{}",
        count(lines.len(), "automation", "automations"),
        list_of(&lines, lines.len())
    )))
}

fn flows<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let failing = !fits(
        asked.core(),
        &[
            "what|which automations|flows|runs failed|fail|broke|break [this|today|lately|recently] [week]",
            "did any automation|automations|flow|run fail [this|today|lately|recently] [week]",
            "is any automation|flow failing|broken",
        ],
    )
    .is_empty();
    let all = &[
        "what|which automations|flows do|have i|we have|got",
        "what|which automations|flows are there|on|running|published",
        "show|list [me] [my|our|the|all] automations|flows",
        "how many automations|flows do|are i|we|there [have]",
        "my automations",
        "automations",
    ];
    if !failing && fits(asked.core(), all).is_empty() {
        return None;
    }
    Some(look_up("I’ll look at the automations.", ListFlows {}, move |_, flows: Flows| {
        if flows.is_empty() {
            return "There is no automation yet. Say “When a to-do is overdue, tell its assignee in Slack”, for one."
                .to_owned();
        }
        let shown: Vec<String> = flows.iter().filter(|flow| !failing || flow.failed > 0).map(line).collect();
        match (failing, shown.len()) {
            (true, 0) => "No automation failed in the last seven days.".to_owned(),
            (true, many) => {
                format!(
                    "In the last seven days runs failed of **{}**:\n\n{}",
                    count(many, "automation", "automations"),
                    list(&shown)
                )
            }
            (false, many) => format!("You have **{}**:\n\n{}", count(many, "automation", "automations"), list(&shown)),
        }
    }))
}

fn line(flow: &FlowSummary) -> String {
    let state = match flow.state {
        FlowState::Draft => "draft",
        FlowState::On => "on",
        FlowState::Off => "off",
    };
    let runs = usize::try_from(flow.runs).unwrap_or(usize::MAX);
    let failed = usize::try_from(flow.failed).unwrap_or(usize::MAX);
    let failures = if failed > 0 { format!(", {} failed", grouped(failed)) } else { String::new() };
    format!("{} – {state} · {} in seven days{failures}", tell::link(flow.id, &flow.name), count(runs, "run", "runs"))
}

fn about<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let id = current_flow(asked)?;
    let does = &[
        "what does|will it|this|that [automation|flow] do",
        "what does|will the automation|flow do",
        "describe|explain|summarise|summarize it|this [automation|flow]",
        "describe|explain|summarise|summarize the automation|flow",
        "what are its|the steps",
        "how does it|this work",
        "show [me] [the|its] steps",
    ];
    let lacks = &[
        "what is|are [still] missing|wrong|left [here|with] [it|this]",
        "is it|this|everything ready|complete|okay|finished [to] [be] [publish|published|run]",
        "what does it|this [still] need|lack",
        "can it|this be published|run",
        "check it|this|the automation|flow",
    ];
    let is_lack = !fits(asked.core(), lacks).is_empty();
    if !is_lack && fits(asked.core(), does).is_empty() {
        return None;
    }
    Some(look_up("I’ll look at it.", OutlineFlow { id }, move |_, outline: FlowOutline| {
        let link = tell::link(id, &outline.name);
        let waits = if outline.waiting { "\n\nSome of it waits for your yes on the canvas." } else { "" };
        let problems = tell::problems(&outline, "To be mended");
        match (is_lack, problems) {
            (true, None) => format!("Nothing is missing in {link}: it can be published.{waits}"),
            (true, Some(problems)) => format!("{link} is not ready.\n\n{problems}{waits}"),
            (false, problems) => {
                let problems = problems.map(|problems| format!("\n\n{problems}")).unwrap_or_default();
                format!("{link}:\n\n{}{problems}{waits}", tell::steps(&outline))
            }
        }
    }))
}
