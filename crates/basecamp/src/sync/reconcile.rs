//! The comparison of everything here with everything there, for what no feed tells: the trash emptied, parents archived,
//! places changed, permission lost or given back.

use contract::Kind;

use super::records::{LISTED, Scope};
use super::run::Run;
use super::{Mirror, Pass, Progress, Report, Stage, Stopped};

/// Reads every listing whole, keeps what came, and finds what is here and not there. That is gone only when a second
/// listing and a look by id agree. A pass that stops before its end removes nothing that was not proven.
///
/// # Errors
/// [`Stopped`] when Basecamp or the mirror failed, or the handle was cancelled.
pub async fn reconcile<M: Mirror, P: Progress>(pass: Pass<'_, M, P>) -> Result<Report, Stopped<M::Error>> {
    let run = Run::new(&pass);
    let before = run.known_projects().await?;
    let mut projects = run.projects().await?;
    let lost = run.lost_projects(&mut projects).await?;
    run.people().await?;
    let scopes = Scope::with(&projects.put_away());
    for kind in LISTED {
        let stage = Stage::Records(kind);
        run.started(stage);
        run.sweep(kind, &scopes, stage).await?;
        run.finished(stage);
    }
    for (stage, kinds) in
        [(Stage::Tools, &[Kind::CardTable, Kind::Questionnaire][..]), (Stage::Chat, &[Kind::Campfire][..])]
    {
        run.started(stage);
        run.open(projects.tools(kinds, None), stage).await?;
        run.finished(stage);
    }
    run.time(false).await?;
    run.recover(&projects.back(&before)).await?;
    run.lost_recordings(&projects, &lost).await?;
    Ok(run.report())
}
