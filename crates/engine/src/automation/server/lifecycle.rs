//! What a flow is made to do on the server: published, switched, deleted, tried, run.

use std::sync::{Arc, PoisonError};

use activepieces::{Fault as There, Hook, RunFilter, Watch};
use contract::{Code, Fault, RunError, RunSummary, StepTrial};
use flow::{Flow, Op, SampleSide, Status};
use serde_json::Value;
use store::StoredFlow;

use super::link::Link;
use super::mirror::{Since, keep};
use super::remote::{Remote, is_webhook, load};
use super::runs::{self, mirror};
use super::send::send;
use super::{ear, run_view, wanted};
use crate::desk::Desk;
use crate::fault::IntoFault;

/// How often a run that was just set off is looked for.
const LOOKS: u32 = 12;

/// Sends what waits and publishes it.
///
/// # Errors
/// `Conflict` when somebody has to decide first, and what the server says.
pub(crate) async fn publish(desk: &Arc<Desk>, stored: &StoredFlow) -> Result<StoredFlow, Fault> {
    let link = desk.server.link(desk).await?;
    let _one = desk.server.turn.lock().await;
    let mut remote = sent(desk, &link, stored).await?;
    let flow = link.client.publish(&remote.flow, Some(Status::Enabled)).await.into_fault()?;
    answered(desk, &link, stored, &mut remote, flow).await
}

/// Switches what is published on or off.
///
/// # Errors
/// `Conflict` when nothing of it is published, and what the server says.
pub(crate) async fn switch(desk: &Arc<Desk>, stored: &StoredFlow, on: bool) -> Result<StoredFlow, Fault> {
    let link = desk.server.link(desk).await?;
    let _one = desk.server.turn.lock().await;
    let (_, mut remote) = load(desk, stored.flow.id).await?;
    let status = if on { Status::Enabled } else { Status::Disabled };
    let flow = link.client.set_status(&remote.flow, status).await.into_fault()?;
    answered(desk, &link, stored, &mut remote, flow).await
}

/// Deletes it on the server; whoever calls deletes it here. One that is gone there already is fine, and so is one of a server
/// that is no longer connected: it stays there.
///
/// # Errors
/// What the server says.
pub(crate) async fn delete(desk: &Arc<Desk>, stored: &StoredFlow) -> Result<(), Fault> {
    wanted::keep(desk, stored.flow.id, None).await?;
    let Some(remote) = Remote::of(stored).filter(|remote| !remote.is_gone) else { return Ok(()) };
    let link = match desk.server.link(desk).await {
        Ok(link) => link,
        Err(fault) if fault.code == Code::NotFound => return Ok(()),
        Err(fault) => return Err(fault),
    };
    if link.name != remote.server {
        return Ok(());
    }
    let _one = desk.server.turn.lock().await;
    match link.client.delete_flow(&remote.flow).await {
        Ok(()) | Err(There::NotFound(_)) => Ok(()),
        Err(fault) => Err(fault.into_fault()),
    }
}

/// Files it in a folder of the server, which is made if it is not there; an empty name is none.
///
/// # Errors
/// What the server says.
pub(crate) async fn file(desk: &Arc<Desk>, stored: &StoredFlow, folder: &str) -> Result<StoredFlow, Fault> {
    let link = desk.server.link(desk).await?;
    let _one = desk.server.turn.lock().await;
    let mut remote = sent(desk, &link, stored).await?;
    let folders = link.client.folders(&link.project).await.into_fault()?.items;
    let found = folders.into_iter().find(|known| known.display_name == folder);
    let found = match found {
        _ if folder.is_empty() => None,
        Some(found) => Some(found),
        None => Some(link.client.create_folder(&link.project, folder).await.into_fault()?),
    };
    if let Some(found) = &found {
        let mut folders = link.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.insert(found.id.clone(), found.display_name.clone());
    }
    let op = Op::ChangeFolder { folder_id: found.map(|found| found.id) };
    let flow = link.client.operate(&remote.flow, &op).await.into_fault()?;
    let flow = flow.ok_or_else(|| Fault::new(Code::Upstream, "The server did not answer. Try again."))?;
    answered(desk, &link, stored, &mut remote, flow).await
}

/// Tries the whole draft. With a payload, that is what its trigger is taken to have brought. The run goes on by itself.
///
/// # Errors
/// As [`publish`].
pub(crate) async fn test(desk: &Arc<Desk>, stored: &StoredFlow, payload: Option<&Value>) -> Result<RunSummary, Fault> {
    let link = desk.server.link(desk).await?;
    let watch = {
        let _one = desk.server.turn.lock().await;
        let mut remote = sent(desk, &link, stored).await?;
        let trigger = remote.draft.flow().trigger.name.clone();
        let flow = match payload {
            Some(payload) => keep_sample(&link, &remote.flow, &trigger, payload).await?,
            None => link.client.flow(&remote.flow, None).await.into_fault()?,
        };
        let version = flow.version_id().unwrap_or_default().to_owned();
        answered(desk, &link, stored, &mut remote, flow).await?;
        let socket = ear::socket(desk, &link).await.into_fault()?;
        socket.test_flow(&version).await.into_fault()?
    };
    let begun = mirror(desk, stored, watch.run()).await?;
    let (present, run) = (desk.clone(), watch.run().id.clone());
    desk.life().spawn(async move {
        let until = present.life().token();
        if let Some(Err(fault)) = until.run_until_cancelled(follow(&present, &link, watch, &run)).await {
            tracing::info!(code = ?fault.code, "a test on the server could not be followed");
        }
    });
    Ok(begun)
}

/// Follows a test to its end, and keeps what its steps brought as their samples.
async fn follow(desk: &Arc<Desk>, link: &Link, mut watch: Watch, run: &str) -> Result<(), Fault> {
    while let Some(progress) = watch.next().await.into_fault()? {
        if progress.run.status.is_ended() {
            break;
        }
        runs::progressed(desk);
    }
    let run = link.client.finished_run(run).await.into_fault()?;
    let flow = runs::flow_of(desk, link, &run.flow_id).await?;
    mirror(desk, &flow, &run).await?;
    for (name, step) in &run.steps {
        if let Some(value) = run_view::value_of(&step.output) {
            desk.store.keep_sample(flow.flow.id, name, "", &value.to_string()).await.into_fault()?;
        }
    }
    Ok(())
}

/// Tries one step of the draft.
///
/// # Errors
/// As [`publish`]. A step that fails is no error.
pub(crate) async fn test_step(desk: &Arc<Desk>, stored: &StoredFlow, step: &str) -> Result<StepTrial, Fault> {
    let link = desk.server.link(desk).await?;
    let began = desk.now();
    let test = {
        let _one = desk.server.turn.lock().await;
        let mut remote = sent(desk, &link, stored).await?;
        give_samples(desk, &link, stored, &remote).await?;
        let flow = link.client.flow(&remote.flow, None).await.into_fault()?;
        let version = flow.version_id().unwrap_or_default().to_owned();
        answered(desk, &link, stored, &mut remote, flow).await?;
        link.client.test_step(&link.project, &remote.flow, &version, step).await.into_fault()?
    };
    let output = test.output.to_string();
    if test.success {
        desk.store.keep_sample(stored.flow.id, step, "", &output).await.into_fault()?;
    }
    let took = desk.now().duration_since(began).as_millis();
    let failed =
        || RunError { message: "The step failed, and the server did not say why.".into(), detail: String::new() };
    Ok(StepTrial {
        input: test.input.to_string(),
        output: if test.success { output } else { String::new() },
        took_ms: u64::try_from(took).unwrap_or_default(),
        console: test.standard_output.lines().map(str::to_owned).collect(),
        warnings: Vec::new(),
        error: (!test.success).then(|| test.trouble.as_ref().map_or_else(failed, run_view::error)),
    })
}

/// Runs what is published. Only a webhook can be called from here: other triggers are the server's own.
///
/// # Errors
/// `Conflict` when something else starts it, and what the server says.
pub(crate) async fn run(desk: &Arc<Desk>, stored: &StoredFlow, payload: &Value) -> Result<RunSummary, Fault> {
    let link = desk.server.link(desk).await?;
    let (_, remote) = load(desk, stored.flow.id).await?;
    if !is_webhook(remote.draft.known()) {
        let message = "Its trigger is the server's: it starts when that fires. Test it to see what it does.";
        return Err(Fault::new(Code::Conflict, message));
    }
    let filter = RunFilter { flows: vec![remote.flow.clone()], ..RunFilter::default() };
    let newest = || link.client.runs(&link.project, &filter, None, Some(20));
    let before: Vec<String> = newest().await.into_fault()?.items.into_iter().map(|run| run.id).collect();
    link.client.call_webhook(&remote.flow, Hook::Live, payload).await.into_fault()?;
    let mut pause = link.client.patience().pause / 4;
    for _ in 0..LOOKS {
        let found = newest().await.into_fault()?.items.into_iter().find(|run| !before.contains(&run.id));
        if let Some(run) = found {
            return mirror(desk, stored, &run).await;
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    let message = "The server took the call and has not begun a run yet. Look at the list of runs in a moment.";
    Err(Fault::new(Code::Busy, message).retryable())
}

/// Sends what waits, and tells what is known then.
async fn sent(desk: &Arc<Desk>, link: &Arc<Link>, stored: &StoredFlow) -> Result<Remote, Fault> {
    let (_, remote) = send(desk, link, stored.flow.id).await?;
    if remote.is_gone {
        return Err(Fault::new(Code::NotFound, "The automation was deleted on the server."));
    }
    if remote.draft.divergence().is_some() {
        let message = "Somebody changed this automation on the server meanwhile. Decide whose edits count, then go on.";
        return Err(Fault::new(Code::Conflict, message));
    }
    if let Some(why) = remote.draft.stuck() {
        return Err(Fault::new(Code::Upstream, format!("The server does not take the edits: {why}")));
    }
    if remote.draft.queue().len() > 0 {
        let who = desk.server.state().locks.get(&remote.flow).cloned();
        let who = who.unwrap_or_else(|| "Somebody else".to_owned());
        let message = format!("{who} has it open on the server. Take it over, or wait until they are done.");
        return Err(Fault::new(Code::Conflict, message));
    }
    Ok(remote)
}

/// Keeps what the server answered.
async fn answered(
    desk: &Arc<Desk>,
    link: &Arc<Link>,
    stored: &StoredFlow,
    remote: &mut Remote,
    flow: Flow,
) -> Result<StoredFlow, Fault> {
    if remote.draft.queue().len() > 0 || remote.must_be_decided() {
        // The draft waits for something: what the server has comes with the next look.
        desk.server.bell.look();
        return desk.store.flow(stored.flow.id).await.into_fault();
    }
    let features = link.features().await.into_fault()?;
    *remote = Remote { published: remote.published.take(), ..Remote::new(link, flow, &features) };
    keep(desk, link, stored.flow.id, remote, None, Since::OnTop).await
}

async fn keep_sample(link: &Link, flow: &str, step: &str, payload: &Value) -> Result<Flow, Fault> {
    let op = Op::SaveSampleData { step: step.to_owned(), payload: payload.clone(), side: SampleSide::Output };
    let answer = link.client.operate(flow, &op).await.into_fault()?;
    answer.ok_or_else(|| Fault::new(Code::Upstream, "The server did not answer to the sample. Try again."))
}

/// The server knows no sample of a step until it is told: those that were chosen here, where it has none.
async fn give_samples(desk: &Arc<Desk>, link: &Link, stored: &StoredFlow, remote: &Remote) -> Result<(), Fault> {
    let samples = desk.store.samples(stored.flow.id).await.into_fault()?;
    for sample in samples.into_iter().filter(|sample| sample.chosen) {
        let flow = remote.draft.known();
        let data = match flow.trigger.name == sample.step {
            true => flow.trigger.sample_data(),
            false => flow.step(&sample.step).and_then(flow::Step::sample_data),
        };
        let is_there = data.is_some_and(|data| data.get("sampleDataFileId").is_some());
        let is_step = flow.trigger.name == sample.step || flow.step(&sample.step).is_some();
        if let (false, true, Ok(value)) = (is_there, is_step, serde_json::from_str(&sample.value)) {
            keep_sample(link, &remote.flow, &sample.step, &value).await?;
        }
    }
    Ok(())
}
