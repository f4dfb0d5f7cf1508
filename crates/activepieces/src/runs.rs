//! Runs of flows: listing, looking into one, trying again, stopping.
//!
//! Runs of tests are in no list, only to be had by their ids; a list tells nothing of steps.

mod read;
mod trouble;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault};

pub(crate) use read::read_step;
pub use read::{FailedStep, Link, Output, Run, StepRun, Steps, in_order};
pub use trouble::Trouble;

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RunStatus {
    /// It waits for its turn.
    Queued,
    /// It is being done.
    Running,
    /// It waits for somebody or something.
    Paused,
    /// All went well.
    Succeeded,
    /// A step failed.
    Failed,
    /// The server failed.
    InternalError,
    /// It took too long.
    Timeout,
    /// Somebody stopped it.
    Canceled,
    /// The plan had no more for it.
    QuotaExceeded,
    /// It took too much memory.
    MemoryLimitExceeded,
    /// It wrote too much.
    LogSizeExceeded,
    /// A word that this version does not know.
    Other(String),
    /// Nothing was said.
    #[default]
    Unsaid,
}

const STATUSES: [(RunStatus, &str); 11] = [
    (RunStatus::Queued, "QUEUED"),
    (RunStatus::Running, "RUNNING"),
    (RunStatus::Paused, "PAUSED"),
    (RunStatus::Succeeded, "SUCCEEDED"),
    (RunStatus::Failed, "FAILED"),
    (RunStatus::InternalError, "INTERNAL_ERROR"),
    (RunStatus::Timeout, "TIMEOUT"),
    (RunStatus::Canceled, "CANCELED"),
    (RunStatus::QuotaExceeded, "QUOTA_EXCEEDED"),
    (RunStatus::MemoryLimitExceeded, "MEMORY_LIMIT_EXCEEDED"),
    (RunStatus::LogSizeExceeded, "LOG_SIZE_EXCEEDED"),
];

impl RunStatus {
    /// What the wire calls it.
    #[must_use]
    pub fn word(&self) -> &str {
        if let Self::Other(word) = self {
            return word;
        }
        STATUSES.iter().find(|(status, _)| status == self).map_or("", |(_, word)| word)
    }

    pub(crate) fn from_word(word: &str) -> Self {
        let known = STATUSES.iter().find(|(_, known)| *known == word).map(|(status, _)| status.clone());
        known.unwrap_or_else(|| if word.is_empty() { Self::Unsaid } else { Self::Other(word.to_owned()) })
    }

    /// Whether nothing more will come of it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match self {
            Self::Queued | Self::Running | Self::Paused | Self::Unsaid => false,
            Self::Succeeded
            | Self::Failed
            | Self::InternalError
            | Self::Timeout
            | Self::Canceled
            | Self::QuotaExceeded
            | Self::MemoryLimitExceeded
            | Self::LogSizeExceeded
            | Self::Other(_) => true,
        }
    }
}

/// Which runs to list, or to act on.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    /// Of these flows.
    pub flows: Vec<String>,
    /// In these states.
    pub statuses: Vec<RunStatus>,
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
    pub status: RunStatus,
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
            .with_each("status", filter.statuses.iter().map(RunStatus::word))
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
            |counted: Counted| StatusCount { status: RunStatus::from_word(&counted.status), count: counted.count };
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
