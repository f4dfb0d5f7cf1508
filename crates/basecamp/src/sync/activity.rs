//! What was done by whom, from the account's progress report: newest first, back to what is here or to a limit.

use basecamp_sdk::routes;

use super::pages::Pages;
use super::run::Run;
use super::{Mirror, Progress, Stage, Stopped};
use crate::Trouble;
use crate::wire;

/// Pages of history that a first fetch reads at most: about ten thousand entries.
const PAGES: u64 = 100;
const MARK: &str = "activity.newest";

impl<M: Mirror, P: Progress> Run<'_, M, P> {
    /// Reads back to the newest entry that is here, or as far as a first fetch goes.
    pub(super) async fn activity(&self, known: Option<&String>) -> Result<(), Stopped<M::Error>> {
        self.started(Stage::Activity);
        let known: Option<i64> = known.and_then(|mark| mark.parse().ok());
        let mut newest = known;
        let report = self.api.route(&routes::GET_PROGRESS_REPORT, &[]);
        let mut pages = match known {
            None => Pages::new(self.api, report).at_most(PAGES),
            Some(_) => Pages::in_order(self.api, report),
        };
        for turn in 0..PAGES {
            let page = match self.page(&mut pages).await {
                Err(Trouble::Missing | Trouble::Forbidden(_)) => break,
                page => page?,
            };
            let Some(page) = page else { break };
            if turn == 0 && known.is_none() {
                self.more_to_come(Stage::Activity, page.total().unwrap_or(0));
            }
            let mut batch = wire::activities(page.rows());
            let here = |id: i64| known.is_some_and(|known| id <= known);
            let reached = batch.records.iter().any(|one| here(one.value.id.0));
            batch.records.retain(|one| !here(one.value.id.0));
            newest = batch.records.iter().map(|one| Some(one.value.id.0)).fold(newest, Option::max);
            self.advanced(Stage::Activity, batch.records.len());
            self.skipped(batch.skipped);
            if !batch.records.is_empty() {
                let applied = self.mirror.put_activity(batch.records).await.map_err(Stopped::Mirror)?;
                self.counted(applied);
            }
            if reached {
                break;
            }
        }
        // Only after everything was kept: a pass that stopped half-way reads the same again.
        if newest != known
            && let Some(newest) = newest
        {
            self.mark(MARK, Some(&newest.to_string())).await?;
        }
        self.finished(Stage::Activity);
        Ok(())
    }
}

/// The mark of the newest entry that is here.
pub(super) fn mark() -> &'static str {
    MARK
}
