//! What the assistant may do unasked, what it remembers, and which models there are.

use contract::commands::{
    ConnectModel, DisconnectModel, EditMemory, ForgetMemory, KeepMemory, ListMemories, ListModels, ListSent, Remember,
    RevokeGrant, SetToolRule, SetUsualModel, ShowPermissions, ShowSent, TestModel,
};
use contract::{
    Code, Fault, Memory, ModelTrial, Models, Origin, Permissions, Preview, Reversible, Sent, TABLE, Tells, ToolRule,
    Who,
};

use crate::assistant;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

use super::read::zone;
use super::words::{name, repeated};

const DAYS: u32 = 14;
/// A memory is a sentence.
const MEMORY: usize = 500;

impl Ask<'_> {
    async fn permissions(&self) -> Result<Permissions, Fault> {
        let desk = self.desk().await?;
        let rules = desk.store.tool_rules().await.into_fault()?;
        let tools = TABLE.iter().filter(|command| command.tool).map(|command| ToolRule {
            tool: command.name.into(),
            summary: command.summary.into(),
            effect: command.effect,
            tells: command.tells != Tells::Nobody,
            rule: rules.iter().find(|(tool, _)| tool == command.name).map(|(_, rule)| *rule),
        });
        let zone = zone(&self.engine.0.app.settings().await.into_fault()?);
        Ok(Permissions {
            tools: tools.collect(),
            grants: desk.store.grants().await.into_fault()?,
            days: desk.store.approval_days(&zone, DAYS).await.into_fault()?,
        })
    }
}

impl Handle<ShowPermissions> for Ask<'_> {
    async fn handle(&self, _: ShowPermissions) -> Result<Permissions, Fault> {
        self.permissions().await
    }
}

impl Handle<SetToolRule> for Ask<'_> {
    async fn handle(&self, SetToolRule { tool, rule }: SetToolRule) -> Result<Permissions, Fault> {
        if contract::find(&tool).is_none_or(|command| !command.tool) {
            let message = format!("The assistant has no tool “{}”. `permission.show` lists them.", repeated(&tool));
            return Err(Fault::invalid("tool", message));
        }
        self.desk().await?.store.set_tool_rule(&tool, rule).await.into_fault()?;
        self.permissions().await
    }
}

impl Handle<RevokeGrant> for Ask<'_> {
    async fn handle(&self, RevokeGrant { id }: RevokeGrant) -> Result<Permissions, Fault> {
        self.desk().await?.store.revoke_grant(id).await.into_fault()?;
        self.permissions().await
    }
}

fn memory_text(text: &str) -> Result<&str, Fault> {
    name("text", "A memory is one sentence that", text, MEMORY)
}

impl Handle<ListMemories> for Ask<'_> {
    async fn handle(&self, _: ListMemories) -> Result<Vec<Memory>, Fault> {
        self.desk().await?.store.memories().await.into_fault()
    }
}

impl Handle<Remember> for Ask<'_> {
    async fn handle(&self, Remember { text }: Remember) -> Result<Memory, Fault> {
        let text = memory_text(&text)?;
        if let Some(trial) = self.trial {
            let summary = format!("Remember: {text}");
            let reversible = Some(Reversible::Undoable);
            return Err(trial.over(Preview { summary, reversible, ..Preview::default() }));
        }
        let conversation = match &self.caller.who {
            Who::Agent { run } => run.split('.').next().and_then(|id| id.parse().ok()),
            Who::Person | Who::Automation { .. } | Who::Client { .. } | Who::Sync => None,
        };
        let by_person = self.caller.who == Who::Person;
        let origin = match conversation {
            Some(conversation) => Origin::Assistant { conversation },
            None => Origin::Person,
        };
        self.desk().await?.store.add_memory(text, &origin, !by_person).await.into_fault()
    }
}

impl Handle<KeepMemory> for Ask<'_> {
    async fn handle(&self, KeepMemory { id }: KeepMemory) -> Result<Memory, Fault> {
        self.desk().await?.store.keep_memory(id).await.into_fault()
    }
}

impl Handle<EditMemory> for Ask<'_> {
    async fn handle(&self, EditMemory { id, text }: EditMemory) -> Result<Memory, Fault> {
        self.desk().await?.store.edit_memory(id, memory_text(&text)?).await.into_fault()
    }
}

impl Handle<ForgetMemory> for Ask<'_> {
    async fn handle(&self, ForgetMemory { id }: ForgetMemory) -> Result<(), Fault> {
        self.desk().await?.store.forget_memory(id).await.into_fault()
    }
}

impl Handle<ListModels> for Ask<'_> {
    async fn handle(&self, _: ListModels) -> Result<Models, Fault> {
        assistant::list_models(self.engine, &*self.desk().await?).await
    }
}

impl Handle<ConnectModel> for Ask<'_> {
    async fn handle(&self, input: ConnectModel) -> Result<Models, Fault> {
        assistant::connect_model(self.engine, input).await?;
        assistant::list_models(self.engine, &*self.desk().await?).await
    }
}

impl Handle<DisconnectModel> for Ask<'_> {
    async fn handle(&self, DisconnectModel { id }: DisconnectModel) -> Result<Models, Fault> {
        assistant::disconnect_model(self.engine, id).await?;
        assistant::list_models(self.engine, &*self.desk().await?).await
    }
}

impl Handle<TestModel> for Ask<'_> {
    async fn handle(&self, TestModel { id }: TestModel) -> Result<ModelTrial, Fault> {
        assistant::test_model(self.engine, id).await
    }
}

impl Handle<ListSent> for Ask<'_> {
    async fn handle(&self, _: ListSent) -> Result<Sent, Fault> {
        let desk = self.desk().await?;
        let zone = zone(&self.engine.0.app.settings().await.into_fault()?);
        let now = (self.engine.0.options.clock)();
        let first = now.to_zoned(zone).first_of_month().and_then(|day| day.start_of_day());
        let since = first.map_or(jiff::Timestamp::UNIX_EPOCH, |first| first.timestamp());
        let month = desk.store.spent_since(since).await.into_fault()?;
        Ok(Sent { requests: desk.sent.list(), month })
    }
}

impl Handle<ShowSent> for Ask<'_> {
    async fn handle(&self, ShowSent { number }: ShowSent) -> Result<String, Fault> {
        let text = self.desk().await?.sent.text(number);
        text.ok_or_else(|| Fault::new(Code::NotFound, "This request is no longer kept: only the latest are."))
    }
}

impl Handle<SetUsualModel> for Ask<'_> {
    async fn handle(&self, SetUsualModel { id }: SetUsualModel) -> Result<Models, Fault> {
        let desk = self.desk().await?;
        assistant::choose_usual(self.engine, &desk, id).await?;
        assistant::list_models(self.engine, &desk).await
    }
}
