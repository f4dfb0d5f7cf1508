//! Conversations with the assistant.

use agent::driver::Order;
use agent::turn::Saying;
use contract::commands::{
    ArchiveConversation, BranchConversation, CallDecision, ChooseModel, Decide, DeleteConversation, ExportConversation,
    KeepDraft, ListConversations, PreviewCall, ReadOutput, RenameConversation, Say, ShowConversation,
    StartConversation, StopTurn,
};
use contract::{
    CallState, Code, Conversation, ConversationId, ConversationView, Decision, Exported, Fault, Line, OutputPart,
    Preview, Scope, Seen, TurnId, Who,
};

use crate::assistant::{self, order};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::router::{self, Ask, Handle};

use super::read::limit;
use super::words::{name, plain};

/// Longer texts are refused: no model could read them.
const LONGEST: usize = 1_000_000;
const TITLE: usize = 200;
/// Of a word of why not, and of the name of something on the screen.
const WHY: usize = 2_000;
const SEEN: usize = 500;
/// So many things at most are on the screen, and named.
const MOST_SEEN: usize = 100;
/// So many characters of an output are read at once.
const PART: u64 = 6_000;

impl Desk {
    async fn conversation(&self, id: ConversationId) -> Result<Conversation, Fault> {
        let found = self.store.conversation(id).await.into_fault()?;
        found.ok_or_else(|| Fault::new(Code::NotFound, format!("There is no conversation {id}. It may be deleted.")))
    }
}

impl Handle<ListConversations> for Ask<'_> {
    async fn handle(&self, input: ListConversations) -> Result<Vec<Conversation>, Fault> {
        let limit = limit(input.limit, 100, 500)?;
        let query = input.query.as_deref().map(str::trim).filter(|query| !query.is_empty());
        self.desk().await?.store.conversations(query, input.archived, limit).await.into_fault()
    }
}

impl Handle<StartConversation> for Ask<'_> {
    async fn handle(&self, StartConversation { model }: StartConversation) -> Result<Conversation, Fault> {
        if let Some(id) = model {
            assistant::check_model(self.engine, id).await?;
        }
        self.desk().await?.store.start_conversation(model).await.into_fault()
    }
}

impl Handle<ShowConversation> for Ask<'_> {
    async fn handle(&self, input: ShowConversation) -> Result<ConversationView, Fault> {
        let limit = limit(input.limit, 200, 1000)?;
        let desk = self.desk().await?;
        // Before anything is read: what happens while it is read is heard again, and changes nothing then.
        let heard = self.engine.0.feed.newest();
        let (saying, queued) = desk.chats.under_way(input.id).await;
        let conversation = desk.conversation(input.id).await?;
        let (lines, older) = desk.store.lines(input.id, input.before, limit).await.into_fault()?;
        let mut turns: Vec<TurnId> = lines.iter().map(|line| line.turn).collect();
        turns.dedup();
        let calls = desk.store.calls_of(input.id, &turns).await.into_fault()?;
        Ok(ConversationView {
            calls: calls.into_iter().map(|row| row.view).collect(),
            turns: desk.store.uses_of(input.id, &turns).await.into_fault()?,
            conversation,
            lines: lines.into_iter().map(Line::shown).collect(),
            older,
            saying,
            queued,
            heard,
        })
    }
}

impl Handle<Say> for Ask<'_> {
    async fn handle(&self, input: Say) -> Result<(), Fault> {
        let text = input.text.trim();
        if text.is_empty() {
            return Err(Fault::invalid("text", "Say something first: a question, or what is to be done."));
        }
        let length = text.chars().count();
        if length > LONGEST {
            let message = format!("This is {length} characters long, and {LONGEST} is the most. Leave a part out.");
            return Err(Fault::invalid("text", message));
        }
        let desk = self.desk().await?;
        let seeing = input.seeing.into_iter().take(MOST_SEEN).map(tidied).collect();
        let said = Saying { text: text.to_owned(), seeing };
        order(self.engine, &desk, self.caller, input.conversation, Order::Say(said)).await?;
        desk.store.keep_draft(input.conversation, "").await.into_fault()
    }
}

/// What is on the screen, as a model is told of it: names that others gave, on one line and not endless.
fn tidied(seen: Seen) -> Seen {
    match seen {
        Seen::Screen { name } => Seen::Screen { name: plain(&name, SEEN) },
        Seen::Project { id, name } => Seen::Project { id, name: plain(&name, SEEN) },
        Seen::Item { id, title } => Seen::Item { id, title: plain(&title, SEEN) },
        Seen::Person { id, name } => Seen::Person { id, name: plain(&name, SEEN) },
        Seen::Flow { id, name } => Seen::Flow { id, name: plain(&name, SEEN) },
    }
}

impl Handle<StopTurn> for Ask<'_> {
    async fn handle(&self, StopTurn { conversation }: StopTurn) -> Result<(), Fault> {
        let desk = self.desk().await?;
        order(self.engine, &desk, self.caller, conversation, Order::Stop).await
    }
}

impl Handle<Decide> for Ask<'_> {
    async fn handle(&self, input: Decide) -> Result<(), Fault> {
        let desk = self.desk().await?;
        let (mut decided, mut remembered) = (Vec::new(), Vec::new());
        for decision in input.decisions {
            let (decision, remember) = self.decided(&desk, input.conversation, decision).await?;
            decided.push(decision);
            remembered.extend(remember);
        }
        // Only once all of them hold: of an order that is refused, nothing is kept.
        for Remembered { tool, target, title, scope } in remembered {
            let target = target.as_deref();
            desk.store.remember_grant(&tool, target, &title, scope, input.conversation).await.into_fault()?;
        }
        order(self.engine, &desk, self.caller, input.conversation, Order::Decide(decided)).await
    }
}

/// An approval that is to be remembered.
struct Remembered {
    tool: String,
    target: Option<String>,
    title: String,
    scope: Scope,
}

impl Ask<'_> {
    /// One decision, when the call still waits and is as it was shown, and what is to be remembered of it.
    async fn decided(
        &self,
        desk: &Desk,
        conversation: ConversationId,
        given: CallDecision,
    ) -> Result<((contract::CallId, String, Decision), Option<Remembered>), Fault> {
        let row = desk.store.call(conversation, given.call).await.into_fault()?;
        let row = row.ok_or_else(|| Fault::new(Code::NotFound, format!("There is no call {} here.", given.call)))?;
        let call = row.view.call;
        if row.view.state != CallState::Asked {
            return Err(Fault::new(Code::Conflict, format!("“{}” was decided already.", row.view.title)));
        }
        if row.view.fingerprint != given.fingerprint {
            let message =
                format!("“{}” is no longer what was shown. Look at it again, and decide then.", row.view.title);
            return Err(Fault::new(Code::Conflict, message));
        }
        let runs = match &given.decision {
            Decision::Allow => Some(call.input.as_str()),
            Decision::AllowEdited { input } => {
                router::inspect(&call.tool, input)?;
                Some(input.as_str())
            }
            Decision::Deny { why } if why.chars().count() > WHY => {
                let message =
                    format!("Say in at most {WHY} characters why not; the rest can be said in the conversation.");
                return Err(Fault::invalid("why", message));
            }
            Decision::Deny { .. } => None,
        };
        let remembered = match (given.remember, runs) {
            (Some(scope), Some(input)) if !assistant::is_asked_each_time(&call.tool, input) => Some(Remembered {
                tool: call.tool.clone(),
                target: assistant::target(input),
                title: row.view.title,
                scope,
            }),
            _ => None,
        };
        Ok(((call.id, call.input, given.decision), remembered))
    }
}

impl Handle<PreviewCall> for Ask<'_> {
    async fn handle(&self, PreviewCall { tool, input }: PreviewCall) -> Result<Preview, Fault> {
        match router::try_out(self.engine, self.caller, &tool, &input).await {
            Ok(preview) => Ok(preview),
            Err(fault) => Ok(Preview { refusal: Some(fault.message), ..Preview::default() }),
        }
    }
}

impl Handle<RenameConversation> for Ask<'_> {
    async fn handle(&self, input: RenameConversation) -> Result<Conversation, Fault> {
        let title = name("title", "A title", &input.title, TITLE)?;
        self.desk().await?.store.rename_conversation(input.id, title).await.into_fault()
    }
}

impl Handle<ArchiveConversation> for Ask<'_> {
    async fn handle(&self, input: ArchiveConversation) -> Result<Conversation, Fault> {
        self.desk().await?.store.archive_conversation(input.id, input.archived).await.into_fault()
    }
}

impl Handle<DeleteConversation> for Ask<'_> {
    async fn handle(&self, DeleteConversation { id }: DeleteConversation) -> Result<(), Fault> {
        let desk = self.desk().await?;
        desk.chats.drop(id).await;
        desk.store.delete_conversation(id).await.into_fault()
    }
}

impl Handle<BranchConversation> for Ask<'_> {
    async fn handle(&self, BranchConversation { id, through }: BranchConversation) -> Result<Conversation, Fault> {
        self.desk().await?.store.branch_conversation(id, through).await.into_fault()
    }
}

impl Handle<KeepDraft> for Ask<'_> {
    async fn handle(&self, KeepDraft { id, text }: KeepDraft) -> Result<(), Fault> {
        self.desk().await?.store.keep_draft(id, &text).await.into_fault()
    }
}

impl Handle<ChooseModel> for Ask<'_> {
    async fn handle(&self, ChooseModel { id, model }: ChooseModel) -> Result<Conversation, Fault> {
        if let Some(model) = model {
            assistant::check_model(self.engine, model).await?;
        }
        self.desk().await?.store.choose_model(id, model).await.into_fault()
    }
}

impl Handle<ExportConversation> for Ask<'_> {
    async fn handle(&self, ExportConversation { id, format }: ExportConversation) -> Result<Exported, Fault> {
        let desk = self.desk().await?;
        let conversation = desk.conversation(id).await?;
        let (lines, _) = desk.store.lines(id, None, u32::MAX).await.into_fault()?;
        let mut turns: Vec<TurnId> = lines.iter().map(|line| line.turn).collect();
        turns.dedup();
        let calls = desk.store.calls_of(id, &turns).await.into_fault()?;
        let calls: Vec<_> = calls.into_iter().map(|row| row.view).collect();
        let ids: Vec<_> = calls.iter().map(|view| view.call.id).collect();
        let outputs = desk.store.outputs(id, &ids).await.into_fault()?;
        let uses = desk.store.uses_of(id, &turns).await.into_fault()?;
        assistant::export(&conversation, &lines, &calls, &outputs, &uses, format)
    }
}

impl Handle<ReadOutput> for Ask<'_> {
    async fn handle(&self, input: ReadOutput) -> Result<OutputPart, Fault> {
        // The assistant reads in its own conversation, whatever it says.
        let conversation = match &self.caller.who {
            Who::Agent { run } => run.split('.').next().and_then(|id| id.parse().ok()),
            Who::Person | Who::Automation { .. } | Who::Client { .. } | Who::Sync => input.conversation,
        };
        let conversation = conversation.ok_or_else(|| Fault::invalid("conversation", "Say which conversation."))?;
        let found = self.desk().await?.store.output(conversation, input.call, input.from, PART).await.into_fault()?;
        let (text, length) = found.ok_or_else(|| {
            Fault::new(Code::NotFound, format!("There is no output of a call {} in this conversation.", input.call))
        })?;
        Ok(OutputPart { text, from: input.from, length })
    }
}
