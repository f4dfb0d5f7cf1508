//! The server of the sample workspace: a stand-in on this machine, with flows and runs of its own, so that everything about
//! servers can be tried without one.
//!
//! It keeps nothing itself. When the app starts again it is made anew from the same seed and moment, and every flow is put back
//! as the store knows it. Runs since then are here only as far as the list tells of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use activepieces::{ConnectionFilter, ConnectionValue, Credential, Credentials, NewConnection, Secret};
use contract::{Code, Fault};
use flow::expr::{Root, expressions};
use flow::{Document, Flow};
use futures::future::BoxFuture;
use serde_json::{Map, Value};
use sim::activepieces::{Activepieces, Foreign, Installation, Options};

use super::account::{Kept, kept, projects};
use super::link::{Link, client};
use super::remote::Remote;
use super::stand_in::Worker;
use super::{Server, moving};
use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::flows::drafts::read_document;

/// What stands for its address, which is another at each start.
pub(super) const ADDRESS: &str = "http://activepieces.localhost";
const SLACK: &str = "@activepieces/piece-slack";

/// A stand-in that runs.
pub(super) struct Running {
    stand_in: Activepieces,
    /// The flows that were put back may name connections that it does not have.
    lacks_connections: bool,
}

impl Running {
    pub(super) async fn stop(self) {
        self.stand_in.stop().await;
    }

    #[cfg(test)]
    pub(super) fn stand_in(&self) -> &Activepieces {
        &self.stand_in
    }
}

/// Its account.
pub(super) struct Owner;

impl Credentials for Owner {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, activepieces::Fault>> {
        let owner = sim::activepieces::Owner::default();
        Box::pin(async { Ok(Credential::Password { email: owner.email, password: Secret::new(owner.password) }) })
    }
}

/// What connects the workspace with it.
///
/// # Errors
/// `Internal` when it cannot be started.
pub(super) async fn settings(engine: &Engine, desk: &Desk) -> Result<Kept, Fault> {
    if let Some(kept) = kept(desk).await?.filter(|kept| kept.is_sample) {
        return Ok(kept);
    }
    let born = desk.now();
    let installation = Installation::sample(engine.0.options.sample.seed, born);
    let mut kept = Kept {
        address: ADDRESS.to_owned(),
        email: sim::activepieces::Owner::default().email,
        account: String::new(),
        version: String::new(),
        project: installation.project_id().unwrap_or_default().to_owned(),
        project_name: String::new(),
        is_sample: true,
        born,
    };
    let address = desk.server.sample_address(engine, desk, &kept).await?;
    let client = client(engine, desk, &address, Arc::new(Owner))?;
    kept.account = client.sign_in().await.into_fault()?.name;
    kept.version = client.flags().await.into_fault()?.current_version;
    let project = projects(&client).await.into_fault()?.into_iter().find(|project| project.id == kept.project);
    kept.project_name = project.map(|project| project.display_name).unwrap_or_default();
    Ok(kept)
}

impl Server {
    /// Where the stand-in is; it is started when it does not run.
    pub(super) async fn sample_address(&self, engine: &Engine, desk: &Desk, kept: &Kept) -> Result<String, Fault> {
        let mut running = self.stand_in.lock().await;
        if let Some(running) = &*running {
            return Ok(running.stand_in.base_url().to_owned());
        }
        let slack = desk.automations.sample_slack().map(|slack| format!("{}/api", slack.base_url()));
        let clock = engine.0.options.clock.clone();
        let worker = Worker::new(slack, clock.clone()).map_err(|why| Fault::new(Code::Internal, why))?;
        let seed = engine.0.options.sample.seed;
        let options = Options {
            installation: Some(Installation::sample(seed, kept.born)),
            seed,
            clock,
            execute: Some(Arc::new(worker)),
            ..Options::default()
        };
        let started = Activepieces::start(options).await.map_err(|why| {
            let message = format!("The sample's Activepieces could not be started: {why}. Start the app again.");
            Fault::new(Code::Internal, message)
        })?;
        let known = known(desk, kept).await?;
        if !known.is_empty() {
            let left = moving::left(desk).await?;
            started.edit(|foreign| put_back(foreign, &known, &left));
        }
        let address = started.base_url().to_owned();
        *running = Some(Running { stand_in: started, lacks_connections: !known.is_empty() });
        Ok(address)
    }

    /// Gives a stand-in that was made anew the connections that its flows name.
    pub(super) async fn connect_again(&self, desk: &Desk, link: &Link) -> Result<(), Fault> {
        let mut running = self.stand_in.lock().await;
        let Some(running) = running.as_mut().filter(|running| running.lacks_connections) else { return Ok(()) };
        for (_, text, _) in desk.store.remote_flows().await.into_fault()? {
            if let Some(remote) = Remote::read(&text).filter(|remote| remote.server == link.name) {
                connect_slack(desk, link, remote.draft.known()).await?;
            }
        }
        running.lacks_connections = false;
        Ok(())
    }
}

/// A flow as the store knows it, and what runs of it where that is another version.
type KnownFlow = (Flow, Option<(String, Document)>);

async fn known(desk: &Desk, kept: &Kept) -> Result<Vec<KnownFlow>, Fault> {
    let mut known = Vec::new();
    for (id, text, _) in desk.store.remote_flows().await.into_fault()? {
        let remote = Remote::read(&text).filter(|remote| remote.server == kept.name() && !remote.is_gone);
        let Some(remote) = remote else { continue };
        let flow = remote.draft.known().clone();
        let published = match remote.published.filter(|version| flow.version_id() != Some(version)) {
            None => None,
            Some(version) => {
                let stored = desk.store.flow(id).await.into_fault()?;
                let document = stored.published.and_then(|published| read_document(&published.document).ok());
                document.map(|flow| (version, flow.document()))
            }
        };
        known.push((flow, published));
    }
    Ok(known)
}

/// Makes its flows those that are known: what was deleted stays deleted.
fn put_back(foreign: &mut Foreign<'_>, known: &[KnownFlow], left: &[(String, contract::FlowId)]) {
    let names: BTreeSet<&str> =
        known.iter().filter_map(|(flow, _)| flow.flow_id()).chain(left.iter().map(|(name, _)| name.as_str())).collect();
    let gone: Vec<String> =
        foreign.look().flow_names().map(|(id, _)| id.to_owned()).filter(|id| !names.contains(id.as_str())).collect();
    for id in gone {
        foreign.delete_flow(&id);
    }
    for (flow, published) in known {
        let published = published.as_ref().map(|(version, document)| (version.as_str(), document));
        foreign.restore(flow, published);
    }
}

/// Gives the stand-in the connections to the sample's Slack that a flow names and it does not have: they hold no secret.
pub(super) async fn connect_slack(desk: &Desk, link: &Link, flow: &Flow) -> Result<(), Fault> {
    let Some(slack) = desk.automations.sample_slack().filter(|_| link.is_sample) else { return Ok(()) };
    let wanted = slack_connections(flow);
    if wanted.is_empty() {
        return Ok(());
    }
    let there = link.client.connections(&link.project, &ConnectionFilter::default(), None, Some(1000)).await;
    let there: BTreeSet<String> =
        there.into_fault()?.items.into_iter().map(|connection| connection.external_id).collect();
    for key in wanted.difference(&there) {
        let new = NewConnection {
            external_id: key.clone(),
            display_name: "Sample Slack".to_owned(),
            piece_name: SLACK.to_owned(),
            piece_version: None,
            value: ConnectionValue::CustomAuth(vec![("botToken".to_owned(), Secret::new(slack.token()))]),
        };
        link.client.put_connection(&link.project, &new).await.into_fault()?;
    }
    Ok(())
}

/// The connections that the Slack steps of a flow name.
fn slack_connections(flow: &Flow) -> BTreeSet<String> {
    let calls = flow.trigger.call().into_iter().chain(flow.steps.walk().filter_map(|visit| visit.step.call()));
    let inputs = calls.filter(|call| call.piece == SLACK).map(|call| &call.input);
    inputs.flat_map(connection_of).collect()
}

/// The connections that an input signs in with.
pub(super) fn connection_of(input: &Map<String, Value>) -> Vec<String> {
    let auth = input.get("auth").and_then(Value::as_str).unwrap_or_default();
    let references = expressions(auth).into_iter().flat_map(|expression| expression.references);
    references
        .filter_map(|reference| match reference.root {
            Root::Connection(key) => Some(key),
            Root::Step(_) | Root::Variable(_) => None,
        })
        .collect()
}
