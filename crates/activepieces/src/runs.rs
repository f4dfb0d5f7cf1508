//! Runs of flows: listing, looking into one, trying again, stopping.
//!
//! Runs of tests are in no list, only to be had by their ids; a list tells nothing of steps.

mod read;
mod trouble;

use flow::RunStatus;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault};

pub(crate) use read::read_step;
pub use read::{FailedStep, Link, Output, Run, StepRun, Steps, in_order};
pub use trouble::Trouble;

/// How a run stands, as the server tells it: one that is later than this client may use words of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ToldStatus {
    /// This.
    Known(RunStatus),
    /// A word that this version does not know.
    Other(String),
    /// Nothing was said.
    #[default]
    Unsaid,
}

impl ToldStatus {
    /// What the wire calls it; empty if nothing was said.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Known(status) => status.word(),
            Self::Other(word) => word,
            Self::Unsaid => "",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        match RunStatus::from_word(word) {
            Some(status) => Self::Known(status),
            None if word.is_empty() => Self::Unsaid,
            None => Self::Other(word.to_owned()),
        }
    }

    /// Whether nothing more will come of it. Who waits for a run does not wait for a word to become known.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        match self {
            Self::Known(status) => status.is_ended(),
            Self::Other(_) => true,
            Self::Unsaid => false,
        }
    }
}

/// Which runs to list, or to act on.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    /// Of these flows.
    pub flows: Vec<String>,
    /// In these states.
    pub statuses: Vec<ToldStatus>,
    /// With these tags.
    pub tags: Vec<String>,
    /// Begun after this moment.
    pub created_after: Option<String>,
    /// Begun before this moment.
    pub created_before: Option<String>,
    /// That failed at this step.
    pub failed_step: Option<String>,
    /// That failed with this in the message.
    pub failed_message: Option<String>,
    /// Those that were put away too.
    pub include_archived: bool,
}

/// How many runs are in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCount {
    /// The state.
    pub status: ToldStatus,
    /// How many.
    pub count: u64,
}

/// How a run is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// From the beginning, with what is published: a run of its own.
    OnLatestVersion,
    /// From the step that failed: the same run goes on.
    FromFailedStep,
}

impl Retry {
    fn word(self) -> &'static str {
        match self {
            Self::OnLatestVersion => "ON_LATEST_VERSION",
            Self::FromFailedStep => "FROM_FAILED_STEP",
        }
    }
}

impl Client {
    /// A page of the runs of a project, the latest first, without their steps.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn runs(
        &self,
        project: &str,
        filter: &RunFilter,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Page<Run>, Fault> {
        let ask = Ask::get(&["v1", "flow-runs"])
            .with("projectId", project)
            .with_some("cursor", cursor)
            .with_some("limit", limit)
            .with_each("flowId", &filter.flows)
            .with_each("status", filter.statuses.iter().map(ToldStatus::word))
            .with_each("tags", &filter.tags)
            .with_some("createdAfter", filter.created_after.as_deref())
            .with_some("createdBefore", filter.created_before.as_deref())
            .with_some("failedStepName", filter.failed_step.as_deref())
            .with_some("failedStepMessage", filter.failed_message.as_deref())
            .with_some("includeArchived", filter.include_archived.then_some(true));
        wire::page(&self.text(ask).await?, |raw| Run::read(raw.get()).ok())
    }

    /// How many runs of a project are in which state.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn count_runs(
        &self,
        project: &str,
        after: Option<&str>,
        before: Option<&str>,
    ) -> Result<Vec<StatusCount>, Fault> {
        #[derive(Deserialize)]
        struct Counted {
            #[serde(deserialize_with = "lenient")]
            status: String,
            #[serde(deserialize_with = "lenient")]
            count: u64,
        }
        let ask = Ask::get(&["v1", "flow-runs", "count-by-status"])
            .with("projectId", project)
            .with_some("createdAfter", after)
            .with_some("createdBefore", before);
        let page: Page<Counted> = wire::plain_page(&self.text(ask).await?)?;
        let count =
            |counted: Counted| StatusCount { status: ToldStatus::from_word(&counted.status), count: counted.count };
        Ok(page.items.into_iter().map(count).collect())
    }

    /// A run with its steps and the version that it ran: of a test too.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn run(&self, id: &str) -> Result<Run, Fault> {
        Run::read(&self.text(Ask::get(&["v1", "flow-runs", id])).await?)
    }

    /// Tries a run again.
    ///
    /// # Errors
    /// [`Fault::Gone`] when its data is no longer kept.
    pub async fn retry_run(&self, project: &str, id: &str, how: Retry) -> Result<Run, Fault> {
        let body = json!({ "strategy": how.word(), "projectId": project });
        Run::read(&self.text(Ask::post(&["v1", "flow-runs", id, "retry"], &body)).await?)
    }

    /// Tries several runs again.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn retry_runs(&self, project: &str, ids: &[String], how: Retry) -> Result<Page<Run>, Fault> {
        let mut body = of_runs(project, ids);
        body.insert("strategy".to_owned(), json!(how.word()));
        let text = self.text(Ask::post(&["v1", "flow-runs", "retry"], &body)).await?;
        wire::page(if text.trim().is_empty() { "[]" } else { &text }, |raw| Run::read(raw.get()).ok())
    }

    /// Stops runs that wait; one that is being done cannot be stopped.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn cancel_runs(&self, project: &str, ids: &[String]) -> Result<(), Fault> {
        self.done(Ask::post(&["v1", "flow-runs", "cancel"], &of_runs(project, ids))).await
    }

    /// Puts runs away.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn archive_runs(&self, project: &str, ids: &[String]) -> Result<(), Fault> {
        self.done(Ask::post(&["v1", "flow-runs", "archive"], &of_runs(project, ids))).await
    }

    /// Fetches an output that is too large to be told with its run: at most `largest` bytes.
    ///
    /// # Errors
    /// [`Fault::Unreadable`] when it is larger, or when the link leads anywhere but to the server or a secure place.
    pub async fn large_output(&self, link: &Link, largest: usize) -> Result<Value, Fault> {
        if link.size > largest as u64 {
            return Err(Fault::Unreadable(format!(
                "This output has {} MB, so it was not fetched. Look at it in Activepieces.",
                (link.size >> 20).max(1)
            )));
        }
        let text = self.guarded(self.http().fetch(link.url.expose(), largest)).await?;
        // What is no JSON is shown as the text that it is.
        Ok(serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }
}

fn of_runs(project: &str, ids: &[String]) -> Map<String, Value> {
    Map::from_iter([("projectId".to_owned(), json!(project)), ("flowRunIds".to_owned(), json!(ids))])
}
