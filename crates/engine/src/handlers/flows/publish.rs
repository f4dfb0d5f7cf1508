//! From draft to what runs: checked, tried, published with what it may do, switched, begun by hand.

use std::collections::BTreeSet;

use contract::commands::{
    CheckFlow, PauseAutomations, PublishFlow, RehearseFlow, RunFlow, ShowAutomations, SwitchFlow, TestFlow, TestStep,
};
use contract::{
    AutomationsStand, Code, Fault, FlowCheck, FlowNeed, FlowPlace, FlowState, FlowSummary, FlowView, RunSummary,
    StepTrial, Tag,
};
use flow::expr::{Finding, Severity};
use flow::{Flow, TriggerKind};
use runner::trigger::Starter;
use runner::{Outcome, RunId};
use serde_json::Value;
use store::StoredFlow;

use super::drafts::{moved_on, read_document};
use crate::automation::{Beginning, Order, RunKind, server, shown_failure};
use crate::fault::IntoFault;
use crate::handlers::read::zone;
use crate::router::{Ask, Handle};

/// Larger payloads are refused, in bytes.
const PAYLOAD: usize = 10 << 20;

impl Handle<CheckFlow> for Ask<'_> {
    async fn handle(&self, CheckFlow { id, pending }: CheckFlow) -> Result<FlowCheck, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        let proposed = stored.pending.as_ref().filter(|_| pending).map(|pending| pending.document.as_str());
        let flow = read_document(proposed.unwrap_or(&stored.document))?;
        let findings = self.findings_at(stored.flow.place, &flow).await?;
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        Ok(FlowCheck {
            findings: serde_json::to_string(&findings)
                .map_err(|why| Fault::new(Code::Internal, format!("The findings could not be written: {why}.")))?,
            errors: u32::try_from(errors).unwrap_or(u32::MAX),
            needs: desk.automations.needs(&flow, &granted(&stored)).await?,
        })
    }
}

/// What is published of a flow may do.
fn granted(stored: &StoredFlow) -> BTreeSet<String> {
    let granted = stored.published.as_ref().map(|version| version.granted.as_str());
    granted.and_then(|granted| serde_json::from_str(granted).ok()).unwrap_or_default()
}

impl Handle<PublishFlow> for Ask<'_> {
    async fn handle(&self, input: PublishFlow) -> Result<FlowView, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(input.id).await.into_fault()?;
        if stored.revision != input.revision {
            return Err(moved_on());
        }
        let flow = read_document(&stored.document)?;
        if let Some(why) = flow.read_only() {
            return Err(Fault::new(Code::Forbidden, why));
        }
        if let Some(first) = first_error(&self.findings_at(stored.flow.place, &flow).await?) {
            return Err(Fault::invalid("id", format!("It cannot be published yet: {first}")));
        }
        let needs = desk.automations.needs(&flow, &BTreeSet::new()).await?;
        allowed(&needs, &input.allow)?;
        if stored.flow.place == FlowPlace::Server {
            let published = server::publish(&desk, &stored).await?;
            return self.view(published, None).await;
        }
        Starter::read(&flow.trigger).map_err(|why| Fault::invalid("id", why))?;
        let granted: BTreeSet<String> = needs.into_iter().map(|need| need.key).collect();
        let granted = serde_json::to_string(&granted).unwrap_or_default();
        let published = desk.store.publish_flow(input.id, input.revision, &granted).await.into_fault()?;
        let published = published.ok_or_else(moved_on)?;
        desk.automations.follows(&self.zone().await?, &published).await?;
        self.view(published, None).await
    }
}

/// What keeps it from running first, if anything does.
fn first_error(findings: &[Finding]) -> Option<String> {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let first = errors.next()?;
    Some(match errors.count() {
        0 => first.message.clone(),
        1 => format!("{} And one more thing.", first.message),
        more => format!("{} And {more} more things.", first.message),
    })
}

/// Whoever publishes knows what it will do.
fn allowed(needs: &[FlowNeed], allow: &[String]) -> Result<(), Fault> {
    let unsaid: Vec<&str> =
        needs.iter().filter(|need| !allow.contains(&need.key)).map(|need| need.words.as_str()).collect();
    if unsaid.is_empty() {
        return Ok(());
    }
    let message = format!("It needs more than you allowed: {}. Allow it, or take the steps out.", unsaid.join("; "));
    Err(Fault::invalid("allow", message))
}

impl Handle<SwitchFlow> for Ask<'_> {
    async fn handle(&self, SwitchFlow { id, on }: SwitchFlow) -> Result<FlowSummary, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        if stored.flow.place == FlowPlace::Server {
            return Ok(server::switch(&desk, &stored, on).await?.flow);
        }
        let switched = desk.store.switch_flow(id, on).await.into_fault()?;
        let switched = switched.ok_or_else(|| unpublished("switched on"))?;
        if on {
            desk.automations.follows(&self.zone().await?, &switched).await?;
        } else {
            desk.automations.starters_changed();
        }
        Ok(switched.flow)
    }
}

impl Handle<ShowAutomations> for Ask<'_> {
    async fn handle(&self, _: ShowAutomations) -> Result<AutomationsStand, Fault> {
        Ok(AutomationsStand { paused: self.desk().await?.automations.is_paused().await })
    }
}

impl Handle<PauseAutomations> for Ask<'_> {
    async fn handle(&self, PauseAutomations { paused }: PauseAutomations) -> Result<AutomationsStand, Fault> {
        self.desk().await?.automations.pause(paused).await?;
        self.engine.touched(&[Tag::Flows]);
        Ok(AutomationsStand { paused })
    }
}

fn unpublished(what: &str) -> Fault {
    Fault::invalid("id", format!("Nothing of it is published, so it cannot be {what}. Publish it first."))
}

impl Handle<RunFlow> for Ask<'_> {
    async fn handle(&self, RunFlow { id, payload }: RunFlow) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        if stored.flow.place == FlowPlace::Server {
            let flow = read_document(&stored.document)?;
            let payload = self.payload(&flow, id, payload.as_deref()).await?;
            return server::run(&desk, &stored, &payload).await;
        }
        let Some(version) = &stored.published else { return Err(unpublished("run")) };
        if stored.flow.state != FlowState::On {
            return Err(Fault::invalid("id", "It is switched off. Switch it on first."));
        }
        let flow = read_document(&version.document)?;
        let payload = self.payload(&flow, id, payload.as_deref()).await?;
        let (key, cause) = (fresh_key("hand", id)?, self.cause("By hand"));
        let beginning = Beginning { payload, ..Beginning::default() };
        let begun = desk.automations.begin_published(stored, key, cause, beginning).await?;
        begun.ok_or_else(|| unpublished("run"))
    }
}

impl Handle<TestFlow> for Ask<'_> {
    async fn handle(&self, TestFlow { id, payload }: TestFlow) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        if stored.flow.place == FlowPlace::Server {
            let flow = read_document(&stored.document)?;
            let payload = match payload {
                Some(text) => Some(read_payload(&flow, &text)?),
                None => None,
            };
            return server::test(&desk, &stored, payload.as_ref()).await;
        }
        let document = stored.document.clone();
        self.try_flow(&stored, &document, RunKind::Test, payload.as_deref()).await
    }
}

impl Handle<RehearseFlow> for Ask<'_> {
    async fn handle(&self, input: RehearseFlow) -> Result<RunSummary, Fault> {
        let stored = self.desk().await?.store.flow(input.id).await.into_fault()?;
        let document = match stored.pending.as_ref().filter(|_| input.pending) {
            None => stored.document.clone(),
            Some(pending) => pending.document.clone(),
        };
        self.try_flow(&stored, &document, RunKind::Rehearsal, input.payload.as_deref()).await
    }
}

impl Handle<TestStep> for Ask<'_> {
    async fn handle(&self, TestStep { id, step }: TestStep) -> Result<StepTrial, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        if stored.flow.place == FlowPlace::Server {
            return server::test_step(&desk, &stored, &step).await;
        }
        let flow = read_document(&stored.document)?;
        let needs = desk.automations.needs(&flow, &BTreeSet::new()).await?;
        // A trial of one step may do what that step does, and no more.
        let granted = needs.into_iter().filter(|need| need.steps.contains(&step)).map(|need| need.key).collect();
        let trial = RunId(fresh_key("step", id)?);
        let tried = desk.automations.try_step(id, trial, &stored.document, &step, granted).await?;
        let (output, error) = match &tried.outcome {
            Outcome::Done { output: runner::Kept::Whole(value), .. } => (value.to_string(), None),
            Outcome::Done { output: runner::Kept::Cut { .. }, .. } => (String::new(), None),
            Outcome::Failed(failure) => (String::new(), Some(shown_failure(failure))),
        };
        if error.is_none() {
            desk.store.keep_sample(id, &step, "", &output).await.into_fault()?;
        }
        let waits = tried.wait.map(|_| "In a run, it waits here; what it brings then may be different.".to_owned());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        Ok(StepTrial {
            input: tried.trace.input.to_string(),
            output,
            took_ms: tried.trace.duration_ms.clamp(0.0, 1e15) as u64,
            console: tried.trace.console,
            warnings: tried.trace.warnings.into_iter().chain(waits).collect(),
            error,
        })
    }
}

impl Ask<'_> {
    /// Begins a run of a draft.
    async fn try_flow(
        &self,
        stored: &StoredFlow,
        document: &str,
        kind: RunKind,
        payload: Option<&str>,
    ) -> Result<RunSummary, Fault> {
        let desk = self.desk().await?;
        let flow = read_document(document)?;
        if let Some(why) = flow.read_only() {
            return Err(Fault::new(Code::Forbidden, why));
        }
        let id = stored.flow.id;
        let (payload, needs) =
            (self.payload(&flow, id, payload).await?, desk.automations.needs(&flow, &BTreeSet::new()).await?);
        let words = if kind == RunKind::Rehearsal { "Rehearsed on samples" } else { "Tested" };
        let order = Order {
            flow: id,
            key: fresh_key("test", id)?,
            document,
            kind,
            cause: self.cause(words),
            granted: needs.into_iter().map(|need| need.key).collect(),
            beginning: Beginning { payload, ..Beginning::default() },
        };
        desk.automations.begin(order).await
    }

    /// What a run that is begun by hand begins with: what was given, else the chosen sample of the trigger, else what its
    /// piece says it may bring.
    async fn payload(&self, flow: &Flow, id: contract::FlowId, given: Option<&str>) -> Result<Value, Fault> {
        let desk = self.desk().await?;
        if let Some(text) = given {
            return read_payload(flow, text);
        }
        if let Some(sample) = desk.automations.sample(id, &flow.trigger.name).await {
            return Ok(sample);
        }
        let TriggerKind::Piece(call) = &flow.trigger.kind else { return Ok(Value::Null) };
        let described = desk.automations.catalog().metadata(&call.piece);
        let sample = described.and_then(|piece| piece.triggers.get(&call.operation)?.sample_data.clone());
        Ok(sample.unwrap_or_default())
    }

    async fn zone(&self) -> Result<jiff::tz::TimeZone, Fault> {
        Ok(zone(&self.engine.0.app.settings().await.into_fault()?))
    }

    fn cause(&self, words: &str) -> String {
        match self.by() {
            by if by.is_empty() => words.to_owned(),
            by => format!("{words}, {by}"),
        }
    }
}

fn read_payload(flow: &Flow, text: &str) -> Result<Value, Fault> {
    if text.len() > PAYLOAD {
        return Err(Fault::invalid("payload", "It is larger than 10 MB. Send less, or a link to it."));
    }
    let value: Value = serde_json::from_str(text).map_err(|why| {
        let message = format!("This is no JSON (line {}, column {}). Correct it there.", why.line(), why.column());
        Fault::invalid("payload", message)
    })?;
    match (Starter::read(&flow.trigger), &value) {
        (Ok(Starter::Form(form)), Value::Object(filled)) => {
            form.payload(filled).map_err(|why| Fault::invalid("payload", why))
        }
        (Ok(Starter::Form(_)), _) => {
            Err(Fault::invalid("payload", "A form is filled in field by field: send an object."))
        }
        (Ok(_) | Err(_), _) => Ok(value),
    }
}

/// A key that no other run has.
pub(crate) fn fresh_key(what: &str, id: contract::FlowId) -> Result<String, Fault> {
    let mut random = [0_u8; 12];
    getrandom::fill(&mut random)
        .map_err(|why| Fault::new(Code::Internal, format!("The machine gave no random numbers: {why}. Try again.")))?;
    Ok(format!("{what}:{id}:{}", random.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}
