//! Whether a call of the assistant may run, must be asked for, or may not run at all.
//!
//! A pure function: it reads no clock, no store and no text of the call, remembers nothing, and no model can reach it. Text
//! that came from outside may make it stricter, and never laxer.

#[cfg(test)]
mod tests;

use contract::{Effect, Grant, Role, Rule};

use crate::turn::Requirement;

/// What is known of a call before it runs.
#[derive(Debug, Clone, Copy)]
pub struct Intent<'a> {
    /// The tool.
    pub tool: &'a str,
    /// What it is used on: the item, the list or the project that the input names.
    pub target: Option<&'a str>,
    /// What it does to the world.
    pub effect: Effect,
    /// Others are told, or can read what it writes: it posts, comments or assigns.
    pub reaches_others: bool,
    /// The turn has read text that somebody else wrote.
    pub tainted: bool,
}

/// What applies to a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// What the person may do here; the assistant never more.
    pub role: Role,
    /// What was chosen for the tool; `None` when nothing was.
    pub rule: Option<Rule>,
    /// What is remembered.
    pub grants: &'a [Grant],
}

/// Decides. From the strictest to the laxest: the role, what only a person may do, the rule that forbids, reading, outside
/// text, what concerns this machine only, the rule that allows, what is remembered, and else asking.
#[must_use]
pub fn requirement(intent: &Intent<'_>, standing: &Standing<'_>) -> Requirement {
    if standing.role < intent.effect.role() {
        return Requirement::Forbid("The role in this workspace does not allow it.".into());
    }
    match intent.effect {
        Effect::Manage | Effect::Destructive => {
            return Requirement::Forbid("Only a person may do this, by hand.".into());
        }
        Effect::Read | Effect::Local | Effect::Remote => {}
    }
    if standing.rule == Some(Rule::Forbid) {
        return Requirement::Forbid("The person's settings forbid this tool.".into());
    }
    if intent.effect == Effect::Read {
        return Requirement::Run;
    }
    if intent.tainted && intent.reaches_others {
        return Requirement::Ask;
    }
    // What stays on this machine and can be taken back needs no question, unless the person wants one.
    if intent.effect == Effect::Local && standing.rule.is_none() {
        return Requirement::Run;
    }
    let remembered = standing.grants.iter().any(|grant| covers(grant, intent));
    if standing.rule == Some(Rule::Allow) || remembered { Requirement::Run } else { Requirement::Ask }
}

/// True for this very tool and target; what was granted for one item says nothing of another.
fn covers(grant: &Grant, intent: &Intent<'_>) -> bool {
    grant.tool == intent.tool && grant.target.as_deref() == intent.target
}
