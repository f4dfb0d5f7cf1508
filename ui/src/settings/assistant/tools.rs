//! The assistant's tools by what they touch, and what can be chosen for each. Pure; it decides nothing: the app does.

use contract::{Effect, Rule, ToolRule};

use crate::say;

/// Tools that are treated alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Group {
    /// They change Basecamp.
    Basecamp,
    /// They write on this machine only.
    Here,
    /// They read.
    Reads,
    /// Only a person does them.
    ByHand,
}

impl Group {
    /// Every group, those with most to choose first.
    pub(super) const ALL: [Self; 4] = [Self::Basecamp, Self::Here, Self::Reads, Self::ByHand];

    /// The group of what a tool touches.
    pub(super) fn of(effect: Effect) -> Self {
        match effect {
            Effect::Read => Self::Reads,
            Effect::Local => Self::Here,
            Effect::Remote => Self::Basecamp,
            Effect::Manage | Effect::Destructive => Self::ByHand,
        }
    }

    /// Its title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Basecamp => say::settings::changes_basecamp(),
            Self::Here => say::settings::writes_here(),
            Self::Reads => say::settings::reads(),
            Self::ByHand => say::settings::by_hand(),
        }
    }

    /// What holds where nothing was chosen.
    pub(super) fn usual(self) -> &'static str {
        match self {
            Self::Basecamp => say::settings::changes_basecamp_usual(),
            Self::Here => say::settings::writes_here_usual(),
            Self::Reads => say::settings::reads_usual(),
            Self::ByHand => say::settings::by_hand_usual(),
        }
    }

    /// What can be chosen. A read never asks, so there is only whether it may be used.
    pub(super) fn choices(self) -> Vec<(Choice, &'static str)> {
        let all = [
            (Choice::Usual, say::settings::by_default()),
            (Choice::Ask, say::settings::ask()),
            (Choice::Unasked, say::settings::need_not_ask()),
            (Choice::Never, say::settings::never()),
        ];
        match self {
            Self::Basecamp | Self::Here => all.to_vec(),
            Self::Reads => {
                all.into_iter().filter(|(choice, _)| matches!(choice, Choice::Usual | Choice::Never)).collect()
            }
            Self::ByHand => Vec::new(),
        }
    }

    /// The choice that is in force.
    pub(super) fn choice(self, rule: Option<Rule>) -> Choice {
        match (self, rule) {
            (_, Some(Rule::Forbid)) => Choice::Never,
            (Self::Reads | Self::ByHand, Some(Rule::Ask | Rule::Allow)) | (_, None) => Choice::Usual,
            (Self::Basecamp | Self::Here, Some(Rule::Ask)) => Choice::Ask,
            (Self::Basecamp | Self::Here, Some(Rule::Allow)) => Choice::Unasked,
        }
    }
}

/// What a person chooses for a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nothing: what holds for its group.
    Usual,
    /// Ask each time.
    Ask,
    /// Need not ask.
    Unasked,
    /// May not be used.
    Never,
}

impl Choice {
    /// What is kept of it.
    pub(super) fn rule(self) -> Option<Rule> {
        match self {
            Self::Usual => None,
            Self::Ask => Some(Rule::Ask),
            Self::Unasked => Some(Rule::Allow),
            Self::Never => Some(Rule::Forbid),
        }
    }
}

/// The tools of each group that has any, in the order that they came in.
pub(super) fn grouped(tools: &[ToolRule]) -> Vec<(Group, Vec<ToolRule>)> {
    let of =
        |group: Group| tools.iter().filter(move |tool| Group::of(tool.effect) == group).cloned().collect::<Vec<_>>();
    Group::ALL.into_iter().map(|group| (group, of(group))).filter(|(_, tools)| !tools.is_empty()).collect()
}

/// How many tools a group has, and for how many something was chosen.
pub(super) fn count_words(group: Group, tools: &[ToolRule]) -> String {
    let mine = || tools.iter().filter(|tool| Group::of(tool.effect) == group);
    let chosen = mine().filter(|tool| group.choice(tool.rule) != Choice::Usual).count();
    let all = mine().count();
    let tools = say::settings::tools(all);
    if chosen == 0 { tools } else { say::settings::SetByYou { tools, chosen }.text() }
}

/// What a tool does in a few words: the first clause of its sentence.
pub(super) fn lead(summary: &str) -> &str {
    let end = summary.find(['.', ';', ':']).unwrap_or(summary.len());
    summary.get(..end).unwrap_or(summary).trim()
}

/// What a tool does in a few words; its name where the tool is not known.
pub(super) fn lead_of(tool: &str, tools: &[ToolRule]) -> String {
    let known = tools.iter().find(|known| known.tool == tool).map(|known| lead(&known.summary));
    known.filter(|lead| !lead.is_empty()).unwrap_or(tool).to_owned()
}

#[cfg(test)]
mod tests;
