//! What `projects/recordings` does not list, fetched through the docks: card tables with their columns, check-in questions,
//! lines of chat; and time entries through the account's report.
//!
//! The report tells of time on what is active. Time on what was put away while it could not be listed (before the first
//! fetch, or while its project was hidden) is not known here until that is active again: asking each recording that was
//! put away would cost a request apiece.

use std::collections::BTreeSet;

use basecamp_sdk::{Operation, routes};
use contract::{Kind, ProjectId, RecordingId};
use futures::{StreamExt, TryStreamExt};
use jiff::ToSpan;

use super::pages::Pages;
use super::run::{Projects, Run};
use super::{Mirror, Progress, Stage, Stopped};
use crate::Trouble;
use crate::wire::{self, Batch};

const AT_ONCE: usize = 6;
/// Time entries are read this far back in a warm pass; they are seldom written later.
const RECENT_DAYS: i64 = 45;
/// Older than any Basecamp account, and later than anything planned in one.
const ALL_TIME: (&str, &str) = ("2003-01-01", "2100-01-01");

/// A tool of some project's dock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tool {
    kind: Kind,
    id: RecordingId,
    project: ProjectId,
}

impl Tool {
    pub(super) fn id(self) -> RecordingId {
        self.id
    }
}

impl Projects {
    /// The tools of these kinds, in all projects or in some.
    pub(super) fn tools(&self, kinds: &[Kind], within: Option<&BTreeSet<ProjectId>>) -> Vec<Tool> {
        let projects = self.0.iter().map(|project| &project.value);
        projects
            .filter(|project| within.is_none_or(|within| within.contains(&project.id)))
            .flat_map(|project| {
                project.dock.iter().filter_map(|tool| {
                    let kind = wire::tool_kind(&tool.name)?;
                    kinds.contains(&kind).then_some(Tool { kind, id: tool.id, project: project.id })
                })
            })
            .collect()
    }
}

impl<M: Mirror, P: Progress> Run<'_, M, P> {
    /// Opens these tools and keeps what is in them.
    pub(super) async fn open(&self, tools: Vec<Tool>, stage: Stage) -> Result<(), Stopped<M::Error>> {
        self.more_to_come(stage, tools.len() as u64);
        futures::stream::iter(tools)
            .map(|tool| async move {
                self.breathe().await?;
                match self.open_one(tool).await {
                    // Switched off, or in a project that was put away: nothing to see is no proof that it is gone.
                    Err(Stopped::Basecamp(trouble)) if trouble.hides() => {}
                    done => done?,
                }
                self.advanced(stage, 1);
                Ok(())
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }

    async fn open_one(&self, tool: Tool) -> Result<(), Stopped<M::Error>> {
        if tool.kind == Kind::CardTable {
            let table = self.api.card_table(tool.id).await?;
            self.keep(table).await?;
            return Ok(());
        }
        if tool.kind == Kind::Questionnaire {
            let questions = self.api.route(&routes::LIST_QUESTIONS, &[&tool.id]);
            return self.children(questions, Kind::Question, tool).await;
        }
        let mut lines = self.api.route(&routes::LIST_CAMPFIRE_LINES, &[&tool.id]);
        lines.query("sort", "created_at").query("direction", "desc");
        self.children(lines, Kind::ChatLine, tool).await
    }

    async fn children(&self, operation: Operation, kind: Kind, of: Tool) -> Result<(), Stopped<M::Error>> {
        for _ in 0..super::records::WALKS {
            let mut pages = Pages::new(self.api, operation.clone());
            while let Some(page) = self.page(&mut pages).await? {
                self.keep(belonging(page.rows(), kind, of)).await?;
            }
            if !pages.shrank {
                break;
            }
        }
        Ok(())
    }

    /// The newest lines of these chats, back to one that is here.
    pub(super) async fn new_lines(&self, chats: Vec<Tool>) -> Result<(), Stopped<M::Error>> {
        if chats.is_empty() {
            return Ok(());
        }
        let known: BTreeSet<_> = self
            .mirror
            .known(&[Kind::ChatLine])
            .await
            .map_err(Stopped::Mirror)?
            .into_iter()
            .map(|line| line.id)
            .collect();
        for chat in chats {
            let mut operation = self.api.route(&routes::LIST_CAMPFIRE_LINES, &[&chat.id]);
            operation.query("sort", "created_at").query("direction", "desc");
            let mut pages = Pages::in_order(self.api, operation);
            loop {
                let page = match self.page(&mut pages).await {
                    Err(Trouble::Missing | Trouble::Forbidden(_)) => break,
                    page => page?,
                };
                let Some(page) = page else { break };
                let batch = belonging(page.rows(), Kind::ChatLine, chat);
                let reached = batch.records.iter().any(|line| known.contains(&line.value.id));
                self.keep(batch).await?;
                if reached {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Time entries of the whole account: all of them, or the recent ones.
    pub(super) async fn time(&self, recent: bool) -> Result<(), Stopped<M::Error>> {
        self.started(Stage::Time);
        self.breathe().await?;
        let mut operation = self.api.route(&routes::GET_TIMESHEET_REPORT, &[]);
        let today = self.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let from = today.saturating_sub(RECENT_DAYS.days()).to_string();
        operation.query("from", if recent { from.as_str() } else { ALL_TIME.0 });
        operation.query("to", ALL_TIME.1);
        match self.api.page(operation).await {
            Ok(page) => {
                self.more_to_come(Stage::Time, page.rows().len() as u64);
                self.advanced(Stage::Time, page.rows().len());
                self.keep(wire::recordings(page.rows(), Some(Kind::TimeEntry), None)).await?;
            }
            // Not every account keeps time, and not everybody may see it.
            Err(Trouble::Missing | Trouble::Forbidden(_) | Trouble::Refused { .. }) => {}
            Err(trouble) => return Err(trouble.into()),
        }
        self.finished(Stage::Time);
        Ok(())
    }
}

fn belonging(rows: &[Box<serde_json::value::RawValue>], kind: Kind, of: Tool) -> Batch<contract::Recording> {
    let mut batch = wire::recordings(rows, Some(kind), Some(of.project));
    for record in &mut batch.records {
        record.value.parent.get_or_insert(of.id);
    }
    batch
}
