//! How each connection is tried: by the smallest thing that only works when all of it does. Nothing is written anywhere.

use std::sync::Arc;

use contract::commands::{ListConnections, ShowVault, TestModel};
use contract::{Code, ConnectionId, Fault, FlowPlace, ModelId, NextAct, SignInId};

use super::Key;
use crate::automation::{SAMPLE_SLACK, connections, server};
use crate::desk::{Desk, signed_in};
use crate::fault::{IntoFault, of_trouble};
use crate::router::{Ask, Handle};

/// What helps after a trial that failed.
pub(super) fn next(key: Key, fault: &Fault) -> NextAct {
    match (fault.code, key) {
        (Code::VaultLocked, Key::Secrets) => NextAct::ChoosePlace,
        (Code::VaultLocked, _) => NextAct::Unlock,
        (Code::Offline | Code::Busy | Code::Cancelled, _) => NextAct::Retry,
        (_, Key::Secrets) => NextAct::ChoosePlace,
        (_, Key::Sample | Key::Runner) => NextAct::Retry,
        (Code::NotFound, Key::Server) => NextAct::Connect,
        (_, Key::SignIn(_) | Key::Server | Key::Model(_) | Key::Connection(_)) => NextAct::Reconnect,
    }
}

impl Ask<'_> {
    /// Tries it, and tells what answered.
    pub(super) async fn try_out(&self, desk: &Arc<Desk>, key: Key) -> Result<String, Fault> {
        match key {
            Key::Secrets => self.try_secrets().await,
            Key::Sample => {
                let me = desk.link.api().await?.profile().await.map_err(|trouble| of_trouble(&trouble))?;
                Ok(format!("The sample answers. You are {} in it.", me.value.name))
            }
            Key::SignIn(id) => self.try_sign_in(id).await,
            Key::Runner => Ok("The runner is ready. It works while PM OS is open.".into()),
            Key::Server => {
                let version = server::probe(desk).await?;
                Ok(format!("Activepieces {version} answers, and its flows can be read."))
            }
            Key::Model(ModelId::BUILT_IN) => Ok("It is part of the app, and needs no server.".into()),
            Key::Model(id) => {
                let trial = self.handle(TestModel { id }).await?;
                if trial.works { Ok(trial.message) } else { Err(Fault::new(Code::Upstream, trial.message)) }
            }
            Key::Connection(id) => self.try_connection(desk, id).await,
        }
    }

    async fn try_secrets(&self) -> Result<String, Fault> {
        let status = self.handle(ShowVault {}).await?;
        if !status.ready {
            return Err(Fault::new(Code::VaultLocked, status.why));
        }
        let count = self.engine.vault().await?.names().await.into_fault()?.len();
        Ok(match count {
            0 => "It is open. Nothing is kept in it yet.".into(),
            1 => "It is open, and one secret is kept in it.".into(),
            count => format!("It is open, and {count} secrets are kept in it."),
        })
    }

    async fn try_sign_in(&self, id: SignInId) -> Result<String, Fault> {
        let app = &self.engine.0.app;
        let gone = || Fault::invalid("key", "This sign-in was removed.");
        let sign_in = app.sign_in(id).await.into_fault()?.ok_or_else(gone)?.sign_in;
        let account = sign_in.accounts.first().ok_or_else(|| {
            Fault::new(Code::Upstream, "This sign-in reaches no account. Sign in as somebody who has one.")
        })?;
        self.engine.vault_ready().await?;
        let api = signed_in(self.engine, id, &account.account).await?;
        match api.profile().await {
            Ok(me) => {
                if sign_in.revoked {
                    app.set_revoked(id, false).await.into_fault()?;
                }
                Ok(format!("Basecamp answers, and knows you as {}.", me.value.name))
            }
            Err(trouble) => {
                let fault = of_trouble(&trouble);
                if fault.code == Code::SignInNeeded {
                    self.engine.sign_in_refused(id, fault.clone()).await;
                }
                Err(fault)
            }
        }
    }

    async fn try_connection(&self, desk: &Arc<Desk>, id: ConnectionId) -> Result<String, Fault> {
        let all = self.handle(ListConnections {}).await?;
        let gone = || Fault::invalid("key", "This connection was forgotten.");
        let one = all.into_iter().find(|one| one.id == id).ok_or_else(gone)?;
        if let Some(why) = one.fault {
            return Err(Fault::new(Code::Upstream, why));
        }
        match one.place {
            FlowPlace::Server => Ok("The server keeps it, and says that it is in order.".into()),
            FlowPlace::Here if one.key == SAMPLE_SLACK => Ok("The sample's own Slack answers.".into()),
            FlowPlace::Here => {
                self.engine.vault_ready().await?;
                let kept = connections::kept(self.engine, desk.workspace).await.unwrap_or_default();
                if !kept.contains(&one.key) {
                    let message = "What it signs in with is not in the vault any more. Connect it anew.";
                    return Err(Fault::new(Code::SignInNeeded, message));
                }
                Ok("What it signs in with is there. It is used when a step runs; nothing is sent for a trial.".into())
            }
        }
    }
}
