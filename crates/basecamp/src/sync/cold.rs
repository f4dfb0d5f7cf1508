//! The first fetch of everything. A mark per finished stage lets it go on after a crash where it was.

use contract::Kind;

use super::records::{LISTED, Scope};
use super::run::Run;
use super::{Mirror, Pass, Progress, Report, Stage, Stopped, activity};

const COMPLETE: &str = "cold";
const DONE: &str = "done";

/// True when a first fetch has been through. Until then [`cold`] is due, and afterwards [`super::warm`].
#[must_use]
pub fn is_complete(marks: &std::collections::BTreeMap<String, String>) -> bool {
    marks.get(COMPLETE).is_some_and(|mark| mark == DONE)
}

/// Fetches everything that the account shows. Pages are kept as they arrive. A pass that stopped goes on with the stage
/// that it was in; one that is through does nothing.
///
/// # Errors
/// [`Stopped`] when Basecamp or the mirror failed, or the handle was cancelled. What was put stays put.
pub async fn cold<M: Mirror, P: Progress>(pass: Pass<'_, M, P>) -> Result<Report, Stopped<M::Error>> {
    let run = Run::new(&pass);
    let marks = run.mirror.marks().await.map_err(Stopped::Mirror)?;
    if is_complete(&marks) {
        return Ok(run.report());
    }
    let done = |stage: Stage| marks.get(&stage.mark()).is_some_and(|mark| mark == DONE);
    if !done(Stage::Feed) {
        run.enter_feed().await?;
        run.mark(&Stage::Feed.mark(), Some(DONE)).await?;
    }
    // Few requests, and the later stages need the docks: read each time.
    let projects = run.projects().await?;
    run.people().await?;
    let scopes = Scope::with(&projects.put_away());
    // A few requests more, for an honest word on how long the rest takes.
    let ahead: Vec<Kind> = LISTED.into_iter().filter(|kind| !done(Stage::Records(*kind))).collect();
    for kind in ahead {
        run.survey(kind).await?;
    }
    for kind in LISTED {
        let stage = Stage::Records(kind);
        if done(stage) {
            continue;
        }
        run.started(stage);
        run.sweep(kind, &scopes, stage).await?;
        run.finished(stage);
        run.mark(&stage.mark(), Some(DONE)).await?;
    }
    for (stage, kinds) in
        [(Stage::Tools, &[Kind::CardTable, Kind::Questionnaire][..]), (Stage::Chat, &[Kind::Campfire][..])]
    {
        if !done(stage) {
            run.started(stage);
            run.open(projects.tools(kinds, None), stage).await?;
            run.finished(stage);
            run.mark(&stage.mark(), Some(DONE)).await?;
        }
    }
    if !done(Stage::Time) {
        run.time(false).await?;
        run.mark(&Stage::Time.mark(), Some(DONE)).await?;
    }
    if !done(Stage::Activity) {
        run.activity(marks.get(activity::mark())).await?;
    }
    run.mark(COMPLETE, Some(DONE)).await?;
    for stage in stages() {
        if stage != Stage::Projects && stage != Stage::People {
            run.mark(&stage.mark(), None).await?;
        }
    }
    Ok(run.report())
}

/// The stages of a first fetch, in order.
fn stages() -> Vec<Stage> {
    let mut stages = vec![Stage::Feed, Stage::Projects, Stage::People];
    stages.extend(LISTED.map(Stage::Records));
    stages.extend([Stage::Tools, Stage::Chat, Stage::Time, Stage::Activity]);
    stages
}
