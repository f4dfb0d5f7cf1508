//! What the sample workspace has beside its Basecamp: a Slack workspace on this machine, whose people are the company's, a
//! connection to it, and three automations with two weeks of runs behind them.

mod flows;
mod past;

use std::sync::Arc;

use async_trait::async_trait;
use contract::{Code, Fault, FlowPlace, Tag};
use flow::History;
use runner::{Secret, Secrets};
use serde_json::{Value, json};
use sim::slack::{Slack, SlackOptions};
use store::{Committed, NewConnection, NewFlow, Store};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::core::Core;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::{head, history_text, text_of};
use crate::options::Clock;

/// What steps name the connection to the sample's Slack by.
pub(crate) const SLACK: &str = "sample-slack";

/// The mark that says that the automations were put in once: who deletes them does not get them back.
const SEEDED: &str = "automation.sample";

/// The Slack workspace of the sample company.
pub(super) struct SampleSlack {
    slack: Arc<Slack>,
}

impl SampleSlack {
    /// Listens on loopback until it is dropped.
    ///
    /// # Errors
    /// `Internal` when there is no free port.
    pub(super) async fn start(clock: Clock) -> Result<Self, Fault> {
        let started = Slack::start(SlackOptions { clock, ..SlackOptions::default() }).await;
        let slack = started.map_err(|why| {
            Fault::new(Code::Internal, format!("The sample's Slack could not be started: {why}. Start the app again."))
        })?;
        Ok(Self { slack: Arc::new(slack) })
    }

    /// Where its Web API is.
    pub(super) fn api(&self) -> String {
        format!("{}/api", self.slack.base_url())
    }

    /// The stand-in itself, for whoever looks what arrived.
    pub(super) fn stand_in(&self) -> Arc<Slack> {
        self.slack.clone()
    }

    /// Its bot's token, in the form of a connection.
    pub(super) fn connection(&self) -> Value {
        json!({ "type": "CUSTOM_AUTH", "props": { "botToken": self.slack.token() } })
    }
}

/// Keeps the people of the Slack workspace those of the company.
pub(super) async fn introduce(
    slack: Arc<Slack>,
    store: Store,
    mut commits: Receiver<Committed>,
    until: CancellationToken,
) {
    loop {
        let people = store.people().await.unwrap_or_default();
        let people = people.into_iter().filter(|person| !person.email.is_empty());
        slack.set_people(people.map(|person| (format!("U{}", person.id), person.name, person.email)).collect());
        loop {
            match until.run_until_cancelled(commits.recv()).await {
                Some(Ok(commit)) if !commit.tags.contains(&Tag::People) => {}
                Some(Ok(_) | Err(RecvError::Lagged(_))) => break,
                None | Some(Err(RecvError::Closed)) => return,
            }
        }
    }
}

/// Connections of the vault, and the one to the sample's Slack, which is no secret.
pub(super) struct SampleSecrets {
    pub(super) vault: Arc<dyn Secrets>,
    pub(super) slack: Value,
}

#[async_trait]
impl Secrets for SampleSecrets {
    async fn connection(&self, external_id: &str) -> Result<Option<Secret>, String> {
        if external_id == SLACK {
            return Ok(Some(Secret::new(self.slack.clone())));
        }
        self.vault.connection(external_id).await
    }

    async fn variable(&self, name: &str) -> Option<Value> {
        self.vault.variable(name).await
    }
}

/// Puts the connection and the automations in, once.
///
/// # Errors
/// When the store cannot be written.
pub(super) async fn seed(core: &Core) -> Result<(), Fault> {
    let store = &core.store;
    if store.mark(SEEDED).await.into_fault()?.is_some() {
        return Ok(());
    }
    let connection = NewConnection {
        key: SLACK.into(),
        label: "Sample Slack".into(),
        piece: "@activepieces/piece-slack".into(),
        kind: "CUSTOM_AUTH".into(),
    };
    let connections = vec![store.keep_connection(&connection).await.into_fault()?];
    for (flow, owner) in flows::all() {
        let new = NewFlow {
            head: head(&flow, &[]),
            folder: "Delivery".into(),
            place: FlowPlace::Here,
            owner: owner.into(),
            document: text_of(&flow)?,
            history: history_text(&History::new())?,
            remote: None,
        };
        let stored = store.add_flow(&new).await.into_fault()?;
        let needs = super::guard::needs(&flow, &core.runner.pieces, &connections, &Default::default());
        let granted: std::collections::BTreeSet<String> = needs.into_iter().map(|need| need.key).collect();
        let granted = serde_json::to_string(&granted).unwrap_or_default();
        let published = store.publish_flow(stored.flow.id, stored.revision, &granted).await.into_fault()?;
        if published.is_some() {
            past::live(core, stored.flow.id, &flow, &new.document).await?;
        }
    }
    store.set_mark(SEEDED, Some("1")).await.into_fault()
}
