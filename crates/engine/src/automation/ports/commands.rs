//! The commands of the table, as an automation gives them: its run stands in the history, and each is done once for its key.

use async_trait::async_trait;
use contract::commands::CreateProject;
use contract::{Caller, Command as _, Door, Fault, Role, Who};
use flow::piece::Choice;
use runner::pieces::{CommandError, Commands, Picker};
use runner::{Key, RunId};
use serde_json::Value;

use super::{Around, choices};
use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::gate::Approval;
use crate::router;

#[async_trait]
impl Commands for Around {
    async fn call(&self, name: &str, input: Value, key: &Key, run: &RunId) -> Result<Value, CommandError> {
        let refused = |message: String| CommandError { message, in_doubt: false };
        let (engine, desk) = self.desk().await.map_err(refused)?;
        let stored = desk.store.run_of_key(&run.0).await.ok().flatten();
        let run = stored.map_or_else(|| run.0.clone(), |stored| stored.run.id.to_string());
        let caller = Caller {
            who: Who::Automation { run },
            workspace: Some(self.workspace),
            role: Role::Member,
            door: Door::Background,
        };
        let reply = once(&engine, &desk, &caller, name, &input.to_string(), key).await;
        let reply = reply.map_err(|fault| CommandError {
            // Everything else is one transaction, which was or was not.
            in_doubt: name == CreateProject::NAME && fault.retry,
            message: fault.message,
        })?;
        serde_json::from_str(&reply).map_err(|why| refused(format!("The answer of {name} cannot be read: {why}.")))
    }

    async fn choices(
        &self,
        picker: Picker,
        project: Option<&str>,
        search: Option<&str>,
    ) -> Result<Vec<Choice>, String> {
        let (_, desk) = self.desk().await?;
        choices::choices(&desk.store, picker, project, search).await
    }
}

/// Carries a call out, or tells what it was answered when it was. That the automation may do it was decided before its piece
/// was called, so the approval is for these very bytes.
async fn once(
    engine: &Engine,
    desk: &Desk,
    caller: &Caller,
    name: &str,
    input: &str,
    key: &Key,
) -> Result<String, Fault> {
    let key = key.as_str();
    if let Some(reply) = desk.store.done(key).await.into_fault()? {
        return Ok(reply);
    }
    let approval = Approval::of(name, input);
    match router::call_once(engine, caller, &approval, name, input, key).await {
        Ok(reply) => {
            // What is one transaction has noted it already. What is not is safe to begin again until it is noted.
            if let Err(why) = desk.store.note_done(key, &reply).await {
                tracing::warn!(%why, name, "what was done could not be noted");
            }
            Ok(reply)
        }
        // Another attempt may have been quicker.
        Err(fault) => desk.store.done(key).await.into_fault()?.ok_or(fault),
    }
}
