//! Every connection with something outside, as one table, and how each is tried. What is told is composed of what the handlers
//! of sign-ins, servers, models and connections know; nothing is kept twice.

mod rows;
mod trial;

use std::sync::Arc;

use contract::commands::{ListConnections, ListIntegrations, ListModels, ShowAutomationServer, TestIntegration};
use contract::{
    ConnectionId, Fault, Integration, IntegrationKind, IntegrationTrial, ModelId, NextAct, SignInId, Source,
    VaultStatus,
};

use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

use rows::Secrets;

/// What a row is named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Secrets,
    Sample,
    SignIn(SignInId),
    Runner,
    Server,
    Model(ModelId),
    Connection(ConnectionId),
}

impl Key {
    fn parse(text: &str) -> Option<Self> {
        let (word, number) = text.split_once(':').map_or((text, None), |(word, rest)| (word, rest.parse().ok()));
        match (word, number) {
            ("secrets", None) => Some(Self::Secrets),
            ("sample", None) => Some(Self::Sample),
            ("runner", None) => Some(Self::Runner),
            ("server", None) => Some(Self::Server),
            ("basecamp", Some(id)) => Some(Self::SignIn(SignInId(id))),
            ("model", Some(id)) => Some(Self::Model(ModelId(id))),
            ("connection", Some(id)) => Some(Self::Connection(ConnectionId(id))),
            _ => None,
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Secrets => f.write_str("secrets"),
            Self::Sample => f.write_str("sample"),
            Self::Runner => f.write_str("runner"),
            Self::Server => f.write_str("server"),
            Self::SignIn(id) => write!(f, "basecamp:{id}"),
            Self::Model(id) => write!(f, "model:{id}"),
            Self::Connection(id) => write!(f, "connection:{id}"),
        }
    }
}

impl Ask<'_> {
    /// The place of secrets, and the names of those that are in it. Asks nothing of a place that is not open.
    async fn secrets(&self) -> Result<Secrets, Fault> {
        let status: VaultStatus = self.engine.vault_so_far().await?;
        let names = if status.ready {
            // A place that was open and does not answer is told like one that fails.
            self.engine.vault().await?.names().await.map_err(|why| why.to_string())
        } else {
            Err(status.why.clone())
        };
        Ok(Secrets { status, names })
    }

    async fn is_sample(&self, desk: &Desk) -> Result<bool, Fault> {
        let workspace = self.engine.0.app.workspace(desk.workspace).await.into_fault()?;
        Ok(workspace.is_some_and(|workspace| workspace.source == Source::Sample))
    }

    async fn basecamp(&self, desk: &Desk, secrets: &Secrets) -> Result<Vec<Integration>, Fault> {
        let mut found = Vec::new();
        let fresh = desk.state.status().fresh_as_of;
        if self.is_sample(desk).await? {
            found.push(rows::sample(fresh));
        }
        let app = &self.engine.0.app;
        let used = app.workspace(desk.workspace).await.into_fault()?.and_then(|workspace| workspace.sign_in);
        let sign_ins = app.sign_ins().await.into_fault()?;
        if sign_ins.is_empty() {
            found.push(rows::absent(IntegrationKind::Basecamp));
        }
        for stored in sign_ins {
            let last = fresh.filter(|_| used == Some(stored.sign_in.id));
            let is_kept = secrets.has(|names| crate::signin::SignIns::is_kept(names, stored.sign_in.id));
            found.push(rows::sign_in(&stored.sign_in, is_kept, last, secrets));
        }
        Ok(found)
    }

    async fn models(&self, desk: &Desk, secrets: &Secrets) -> Result<Vec<Integration>, Fault> {
        let models = self.handle(ListModels {}).await?;
        let used = desk.store.model_uses().await.into_fault()?;
        let last = |name: &str| used.iter().find(|(model, _)| model == name).map(|(_, at)| *at);
        let row = |entry: &contract::ModelEntry| {
            let at = last(&entry.label).max(last(&entry.model));
            rows::model(entry, entry.id == models.usual, at, secrets)
        };
        Ok(models.models.iter().map(row).collect())
    }

    async fn accounts(&self, desk: &Desk, secrets: &Secrets) -> Result<Vec<Integration>, Fault> {
        let uses = desk.store.connection_uses().await.into_fault()?;
        let connections = self.handle(ListConnections {}).await?;
        let mut found: Vec<Integration> = connections
            .iter()
            .map(|one| {
                let last = uses.iter().find(|(id, _)| *id == one.id).map(|(_, at)| *at);
                rows::connection(one, last, secrets)
            })
            .collect();
        for kind in [IntegrationKind::Slack, IntegrationKind::Mail] {
            if found.iter().all(|one| one.kind != kind) {
                found.push(rows::absent(kind));
            }
        }
        Ok(found)
    }
}

impl Handle<ListIntegrations> for Ask<'_> {
    async fn handle(&self, _: ListIntegrations) -> Result<Vec<Integration>, Fault> {
        let desk = self.desk().await?;
        let secrets = self.secrets().await?;
        let mut found = self.basecamp(&desk, &secrets).await?;
        found.push(rows::runner());
        let server = self.handle(ShowAutomationServer {}).await?;
        found.push(rows::server(&server, &secrets));
        found.extend(self.models(&desk, &secrets).await?);
        found.extend(self.accounts(&desk, &secrets).await?);
        found.push(rows::secrets(&secrets));
        // The person's own before the workspace's, and what is absent last of its kind.
        found.sort_by_key(|one| (one.kind, one.standing == contract::Standing::Absent, one.owner));
        Ok(found)
    }
}

impl Handle<TestIntegration> for Ask<'_> {
    async fn handle(&self, TestIntegration { key }: TestIntegration) -> Result<IntegrationTrial, Fault> {
        let unknown = || Fault::invalid("key", "There is no such connection any more. `integration.list` lists them.");
        let parsed = Key::parse(&key).ok_or_else(unknown)?;
        let desk: Arc<Desk> = self.desk().await?;
        let began = self.engine.now();
        let outcome = self.try_out(&desk, parsed).await;
        let took_ms = u64::try_from(self.engine.now().duration_since(began).as_millis()).unwrap_or_default();
        match outcome {
            Ok(words) => Ok(IntegrationTrial { works: true, words, next: NextAct::None, took_ms }),
            Err(fault) if fault.field.as_deref() == Some("key") => Err(fault),
            Err(fault) => {
                let next = trial::next(parsed, &fault);
                Ok(IntegrationTrial { works: false, words: fault.message, next, took_ms })
            }
        }
    }
}

#[cfg(test)]
mod tests;
