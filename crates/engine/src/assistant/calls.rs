//! A call of the assistant, before it runs and while: what it would do, whether it may, and carrying it out.

use agent::approval::{Intent, Standing, requirement};
use agent::driver::Ran;
use agent::turn::Requirement;
use contract::commands::{PublishFlow, Redo, TestFlow, TestStep, Undo};
use contract::{Call, Caller, ChangeSetId, Code, Command as _, ConversationId, Effect, Fault, GrantId, Preview, Rule};
use serde_json::Value;

use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::gate::Approval;
use crate::handlers::plan;
use crate::router::{self, Inspected};

use super::live::Planned;

/// The fields that name what a call is used on, the most telling first.
const TARGETS: [&str; 8] = ["id", "item", "parent", "column", "table", "set", "project", "call"];

/// What the input names as the thing it is used on.
pub(crate) fn target(input: &str) -> Option<String> {
    let input: Value = serde_json::from_str(input).ok()?;
    let found = TARGETS.iter().find_map(|field| input.get(field))?;
    found.as_str().map(str::to_owned).or_else(|| found.as_i64().map(|id| id.to_string()))
}

/// True of a call that takes back, or does again, whatever was done last: which that is differs from one moment to the next.
pub(crate) fn is_blind(tool: &str, input: &str) -> bool {
    (tool == Undo::NAME || tool == Redo::NAME) && target(input).is_none()
}

/// True of a call whose target does not tell what it does: what was approved of one says nothing of the next, so nothing is
/// remembered of it. A draft, and what publishing allows, differ from one moment to the next.
pub(crate) fn is_asked_each_time(tool: &str, input: &str) -> bool {
    is_blind(tool, input) || is_of_draft(tool)
}

/// True of what lets a draft act.
fn is_of_draft(tool: &str) -> bool {
    [PublishFlow::NAME, TestFlow::NAME, TestStep::NAME].contains(&tool)
}

/// What a call is, in the time between the model's making it and its running.
pub(super) struct Judge<'a> {
    pub(super) engine: &'a Engine,
    pub(super) desk: &'a Desk,
    /// The assistant, in this run.
    pub(super) caller: &'a Caller,
    pub(super) conversation: ConversationId,
    pub(super) tainted: bool,
}

impl Judge<'_> {
    /// Finds out whether the call may run, and what it would do. What cannot be carried out as it stands is told to the
    /// model, and never shown to a person.
    pub(super) async fn plan(&self, tool: &str, input: &str) -> Planned {
        let planned = |effect, title: String, preview, requirement| Planned {
            tool: tool.into(),
            input: input.into(),
            effect,
            title,
            preview,
            requirement,
        };
        if contract::find(tool).is_none_or(|command| !command.tool) {
            let why = format!("There is no tool “{tool}”. Use one of those that you were given.");
            return planned(Effect::Destructive, tool.into(), None, Requirement::Invalid(why));
        }
        let inspected = match router::inspect(tool, input) {
            Ok(inspected) => inspected,
            Err(fault) => {
                return planned(Effect::Read, tool.into(), None, Requirement::Invalid(fault.message));
            }
        };
        let (effect, title) = (inspected.effect, titled(&inspected, input));
        let requirement = match self.requirement(&inspected, input).await {
            Ok(requirement) => requirement,
            Err(fault) => Requirement::Forbid(fault.message),
        };
        if effect == Effect::Read || matches!(requirement, Requirement::Forbid(_) | Requirement::Invalid(_)) {
            return planned(effect, title, None, requirement);
        }
        match router::try_out(self.engine, self.caller, tool, input).await {
            Ok(preview) => match &preview.refusal {
                Some(why) => planned(effect, title, None, Requirement::Invalid(why.clone())),
                None => planned(effect, preview.summary.clone(), Some(preview), requirement),
            },
            Err(fault) => planned(effect, title, None, Requirement::Invalid(fault.message)),
        }
    }

    /// Whether it may run: what applies at this very moment.
    async fn requirement(&self, inspected: &Inspected, input: &str) -> Result<Requirement, Fault> {
        let (tool, store) = (inspected.command.name, &self.desk.store);
        let target = target(input);
        let mut grants = store.grants_for(tool, self.conversation).await.into_fault()?;
        if is_asked_each_time(tool, input) {
            grants.clear();
        }
        let rules = store.tool_rules().await.into_fault()?;
        let of = |wanted: &str| rules.iter().find(|(name, _)| name == wanted).map(|(_, rule)| *rule);
        let behind = plan::behind(store, tool, input).await?;
        let rule = strictest(of(tool), behind.iter().filter_map(|step| of(step)));
        let intent = Intent {
            tool,
            target: target.as_deref(),
            effect: inspected.effect,
            reaches_others: inspected.tells,
            tainted: self.tainted,
        };
        Ok(requirement(&intent, &Standing { role: self.caller.role, rule, grants: &grants }))
    }

    /// Carries a call out. What a person did not allow by hand must still need no person: a grant may have been taken back.
    /// `shown` is what it was found to do before anybody decided.
    pub(super) async fn run(&self, call: &Call, allowed: bool, shown: Option<&Preview>) -> (Ran, Vec<ChangeSetId>) {
        let ended = |outcome| (Ran::Ended(outcome), Vec::new());
        let inspected = match router::inspect(&call.tool, &call.input) {
            Ok(inspected) => inspected,
            Err(fault) => return ended(contract::Outcome::Failed(fault.message)),
        };
        if !allowed {
            match self.requirement(&inspected, &call.input).await {
                Ok(Requirement::Run) => self.note_use(&inspected, &call.input).await,
                Ok(Requirement::Ask | Requirement::Forbid(_) | Requirement::Invalid(_)) => {
                    let why = "It may no longer run without being asked for. Nothing was done.";
                    return ended(contract::Outcome::Denied(why.into()));
                }
                Err(fault) => return (Ran::Stop(fault.message), Vec::new()),
            }
        }
        if is_asked_each_time(&call.tool, &call.input) && !self.would_still(call, shown).await {
            let why = match is_of_draft(&call.tool) {
                true => "The automation was changed since, and nobody was shown what it does now. Look at it again.",
                false => {
                    "Something else was done since, which nobody was shown. Name the change set; `history.list` has it."
                }
            };
            return ended(contract::Outcome::Denied(why.into()));
        }
        let approval = Approval::of(&call.tool, &call.input);
        match router::call_approved(self.engine, self.caller, &approval, &call.tool, &call.input).await {
            Ok(reply) => {
                let sets = sets(&reply);
                (Ran::Ended(contract::Outcome::Returned(reply)), sets)
            }
            Err(fault) if is_ours(fault.code) => (Ran::Stop(fault.message), Vec::new()),
            Err(fault) => ended(contract::Outcome::Failed(fault.message)),
        }
    }

    /// It would do what was shown, item by item.
    async fn would_still(&self, call: &Call, shown: Option<&Preview>) -> bool {
        let tried = router::try_out(self.engine, self.caller, &call.tool, &call.input).await;
        tried.is_ok_and(|tried| {
            shown.is_some_and(|shown| {
                shown.summary == tried.summary && shown.steps == tried.steps && shown.changes == tried.changes
            })
        })
    }

    /// Notes that a grant was used.
    async fn note_use(&self, inspected: &Inspected, input: &str) {
        if inspected.effect == Effect::Read {
            return;
        }
        let grants = self.desk.store.grants_for(inspected.command.name, self.conversation).await.unwrap_or_default();
        let used: Option<GrantId> = grants.iter().find(|grant| grant.target == target(input)).map(|grant| grant.id);
        if let Some(id) = used
            && let Err(error) = self.desk.store.grant_used(id).await
        {
            tracing::warn!(%error, "the use of a grant could not be noted");
        }
    }
}

/// The rule of a call that stands for others: what is forbidden or asked for by itself is so as a step too.
fn strictest(own: Option<Rule>, behind: impl Iterator<Item = Rule>) -> Option<Rule> {
    behind.fold(own, |rule, step| match (rule, step) {
        (Some(Rule::Forbid), _) | (_, Rule::Forbid) => Some(Rule::Forbid),
        (_, Rule::Ask) => Some(Rule::Ask),
        (rule, Rule::Allow) => rule,
    })
}

/// A fault of the app or of the machine, which no other arguments would mend.
fn is_ours(code: Code) -> bool {
    match code {
        Code::Internal | Code::Storage | Code::Busy | Code::VaultLocked => true,
        Code::Invalid
        | Code::NotFound
        | Code::Forbidden
        | Code::NeedsApproval
        | Code::SignInNeeded
        | Code::Offline
        | Code::Conflict
        | Code::Upstream
        | Code::Cancelled => false,
    }
}

/// The change sets that a reply names.
pub(super) fn sets(reply: &str) -> Vec<ChangeSetId> {
    serde_json::from_str(reply).map(|reply| plan::sets(&reply)).unwrap_or_default()
}

/// A read in a few words: what the tool does, and what it was asked.
fn titled(inspected: &Inspected, input: &str) -> String {
    let summary = inspected.command.summary.split([',', ';', ':', '.']).next().unwrap_or_default();
    let input: Value = serde_json::from_str(input).unwrap_or_default();
    let words = ["query", "text", "title", "name", "words"].iter().find_map(|field| input.get(field)?.as_str());
    match words {
        Some(words) => format!("{summary}: “{}”", words.chars().take(60).collect::<String>()),
        None => summary.to_owned(),
    }
}
