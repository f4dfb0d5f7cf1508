//! What a call about automations would do, told without doing any of it: a run cannot be tried in a transaction, and what
//! it sends cannot be taken back.

use contract::commands::{
    CheckFlow, KeepSample, ProposeFlow, PublishFlow, RehearseFlow, RetryRun, RunFlow, ShowRun, SwitchFlow, TestFlow,
    TestStep,
};
use contract::{Command, CommandInfo, Fault, FlowCheck, FlowId, FlowNeed, FlowState, Preview, Reversible, Tag};
use flow::expr::{Finding, Severity};
use serde::de::DeserializeOwned;
use store::StoredFlow;

use super::super::words::plain;
use super::drafts::{moved_on, read_document};
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Longer names are cut, in characters.
const NAME: usize = 120;
/// So many problems are told.
const PROBLEMS: usize = 3;

/// True of a command about automations: none of them can be a step of something else, and none writes to Basecamp by itself.
pub(crate) fn is_about_flows(command: &CommandInfo) -> bool {
    command.invalidates.iter().any(|tag| matches!(tag, Tag::Flows | Tag::Runs))
}

/// What the call of `ask` would do; `None` when it is to be found out by trying.
///
/// # Errors
/// As the call itself would fail.
pub(crate) async fn foretell(ask: &Ask<'_>) -> Option<Result<Preview, Fault>> {
    Some(match ask.command {
        <PublishFlow as Command>::NAME => ask.publishing().await,
        <SwitchFlow as Command>::NAME => ask.switching().await,
        <RunFlow as Command>::NAME => ask.running().await,
        <TestFlow as Command>::NAME => ask.testing().await,
        <RehearseFlow as Command>::NAME => ask.rehearsing().await,
        <TestStep as Command>::NAME => ask.trying().await,
        <RetryRun as Command>::NAME => ask.retrying().await,
        <KeepSample as Command>::NAME => ask.keeping().await,
        <ProposeFlow as Command>::NAME => return None,
        // To try it would be to do it.
        name if contract::find(name).is_some_and(is_about_flows) => {
            Err(Fault::invalid("tool", format!("{name} cannot be tried out.")))
        }
        _ => return None,
    })
}

impl Ask<'_> {
    fn read<C: DeserializeOwned>(&self) -> Result<C, Fault> {
        serde_json::from_str(self.input)
            .map_err(|why| Fault::invalid("input", format!("The input cannot be read: {why}.")))
    }

    async fn stored(&self, id: FlowId) -> Result<(StoredFlow, String), Fault> {
        let stored = self.desk().await?.store.flow(id).await.into_fault()?;
        let called = plain(&stored.flow.name, NAME);
        Ok((stored, called))
    }

    async fn checked(&self, id: FlowId) -> Result<FlowCheck, Fault> {
        Handle::<CheckFlow>::handle(self, CheckFlow { id, pending: false }).await
    }

    async fn publishing(&self) -> Result<Preview, Fault> {
        let input: PublishFlow = self.read()?;
        let (stored, called) = self.stored(input.id).await?;
        if stored.revision != input.revision {
            return Err(moved_on());
        }
        let check = self.checked(input.id).await?;
        if check.errors > 0 {
            return Ok(refused(format!("It cannot be published yet: {}", problems(&check.findings))));
        }
        let unsaid: Vec<&FlowNeed> = check.needs.iter().filter(|need| !input.allow.contains(&need.key)).collect();
        if !unsaid.is_empty() {
            let keys: Vec<&str> = unsaid.iter().map(|need| need.key.as_str()).collect();
            return Ok(refused(format!("`allow` has to name all that it needs. Missing: {}.", keys.join(", "))));
        }
        let mut steps: Vec<String> = check.needs.iter().map(|need| may(&need.words, need.granted)).collect();
        if steps.is_empty() {
            steps.push("It changes nothing outside this app.".to_owned());
        }
        if stored.pending.is_some() {
            steps.push("The proposed changes that nobody accepted yet are not part of it.".to_owned());
        }
        let summary = format!("Publish “{called}”: from now on it runs by itself");
        Ok(Preview { steps, ..card(summary, Some(Reversible::Irreversible)) })
    }

    async fn switching(&self) -> Result<Preview, Fault> {
        let SwitchFlow { id, on } = self.read()?;
        let (stored, called) = self.stored(id).await?;
        if stored.published.is_none() {
            return Ok(refused(format!(
                "Nothing of “{called}” is published, so it cannot be switched. Publish it first."
            )));
        }
        Ok(match on {
            true => card(format!("Switch “{called}” on: it runs by itself again"), Some(Reversible::Undoable)),
            false => card(format!("Switch “{called}” off"), Some(Reversible::Undoable)),
        })
    }

    async fn running(&self) -> Result<Preview, Fault> {
        let RunFlow { id, .. } = self.read()?;
        let (stored, called) = self.stored(id).await?;
        if stored.flow.state != FlowState::On {
            return Ok(refused(format!("“{called}” is not published and switched on, so it cannot be run.")));
        }
        Ok(card(format!("Run “{called}” once, for real, as it is published"), Some(Reversible::Irreversible)))
    }

    async fn testing(&self) -> Result<Preview, Fault> {
        let TestFlow { id, .. } = self.read()?;
        let (_, called) = self.stored(id).await?;
        let check = self.checked(id).await?;
        if check.errors > 0 {
            return Ok(refused(format!("It cannot be tested yet: {}", problems(&check.findings))));
        }
        let steps: Vec<String> =
            check.needs.iter().map(|need| format!("For real: {}", plain(&need.words, NAME))).collect();
        let summary = match steps.is_empty() {
            true => format!("Test the draft of “{called}” once: it changes nothing outside"),
            false => format!("Test the draft of “{called}” once, for real: what it sends is sent"),
        };
        Ok(Preview { steps, ..card(summary, Some(Reversible::Irreversible)) })
    }

    async fn rehearsing(&self) -> Result<Preview, Fault> {
        let RehearseFlow { id, .. } = self.read()?;
        let (_, called) = self.stored(id).await?;
        Ok(card(format!("Rehearse “{called}” on samples: nothing is sent"), None))
    }

    async fn trying(&self) -> Result<Preview, Fault> {
        let TestStep { id, step } = self.read()?;
        let (stored, called) = self.stored(id).await?;
        let flow = read_document(&stored.document)?;
        let Some(found) = flow.step(&step) else {
            let why = format!(
                "The draft of “{called}” has no step {}. What waits for a yes is not in it.",
                plain(&step, NAME)
            );
            return Ok(refused(why));
        };
        let label = plain(&found.display_name, NAME);
        let needs = self.checked(id).await?.needs;
        let mine = needs.iter().filter(|need| need.steps.contains(&step));
        let steps: Vec<String> = mine.map(|need| format!("For real: {}", plain(&need.words, NAME))).collect();
        let summary =
            format!("Try the step “{label}” of “{called}”{}", if steps.is_empty() { "" } else { ", for real" });
        Ok(Preview { steps, ..card(summary, Some(Reversible::Irreversible)) })
    }

    async fn retrying(&self) -> Result<Preview, Fault> {
        let RetryRun { id, latest } = self.read()?;
        let view = Handle::<ShowRun>::handle(self, ShowRun { id }).await?;
        let called = plain(&view.run.name, NAME);
        let summary = match (latest, &view.run.failed_step) {
            (true, _) => format!("Run “{called}” again from the start, as it is published now"),
            (false, Some(step)) => format!("Have the run of “{called}” go on from “{}”", plain(step, NAME)),
            (false, None) => {
                return Ok(refused("This run did not fail, so there is nothing to go on from.".to_owned()));
            }
        };
        Ok(card(summary, Some(Reversible::Irreversible)))
    }

    async fn keeping(&self) -> Result<Preview, Fault> {
        let KeepSample { id, step, .. } = self.read()?;
        let (_, called) = self.stored(id).await?;
        let summary = format!("Keep a sample of what {} of “{called}” brings", plain(&step, NAME));
        Ok(card(summary, Some(Reversible::Undoable)))
    }
}

fn card(summary: String, reversible: Option<Reversible>) -> Preview {
    Preview { summary, reversible, ..Preview::default() }
}

fn refused(why: String) -> Preview {
    Preview { refusal: Some(why), ..Preview::default() }
}

fn may(words: &str, granted: bool) -> String {
    let so_far = if granted { " (as before)" } else { "" };
    format!("It may: {}{so_far}", plain(words, NAME))
}

/// The first few things that must be mended.
fn problems(findings: &str) -> String {
    let findings: Vec<Finding> = serde_json::from_str(findings).unwrap_or_default();
    let errors: Vec<String> = findings
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| plain(&finding.message, NAME * 2))
        .collect();
    let more = errors.len().saturating_sub(PROBLEMS);
    let told = errors.into_iter().take(PROBLEMS).collect::<Vec<_>>().join(" ");
    if more > 0 { format!("{told} And {more} more.") } else { told }
}

#[cfg(test)]
mod tests;
