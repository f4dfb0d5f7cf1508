//! A conversation with the assistant: its record, the calls that it makes, and what windows hear while it works.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    CallId, ChangeSetId, ChangeView, ConversationId, Effect, FlowId, ModelId, PersonId, ProjectId, RecordingId,
    Reversible, TurnId,
};

/// What the model wants done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Call {
    /// Which call.
    pub id: CallId,
    /// The command.
    pub tool: String,
    /// Its input, JSON text; after an edit, as the person left it.
    pub input: String,
}

/// What a person decided of one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "choice")]
pub enum Decision {
    /// Do it.
    Allow,
    /// Do it with this input instead.
    AllowEdited {
        /// JSON text.
        input: String,
    },
    /// Do not.
    Deny {
        /// Why, for the model; may be empty.
        why: String,
    },
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "outcome", content = "text")]
pub enum Outcome {
    /// It was carried out; what it told.
    Returned(String),
    /// It was refused or did not work; why, for the model.
    Failed(String),
    /// A person, or a rule, said no; why.
    Denied(String),
    /// It was not carried out, or nobody knows whether it was; why.
    Cancelled(String),
}

impl Outcome {
    /// What it told, or why.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Returned(text) | Self::Failed(text) | Self::Denied(text) | Self::Cancelled(text) => text,
        }
    }
}

/// What a model sent with a reply, and wants to have back with it in later requests, unchanged: signatures of what it thought,
/// or the thoughts themselves. It is for that very model: nobody reads it, and no other model is given it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sealed {
    /// Which model: how its server speaks, where that is, and what the model is called there.
    pub by: String,
    /// As whoever speaks with that model wrote it down.
    pub data: String,
}

/// A line of the record, which only grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "item")]
pub enum Item {
    /// What the person said.
    Said {
        /// Their words.
        text: String,
        /// What was on their screen, and what they named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        seeing: Vec<Seen>,
    },
    /// What the model said, and the calls that it made.
    Answered {
        /// Its text: Markdown. Links to `item:ID`, `project:ID` and `person:ID` lead to what is here.
        text: String,
        /// Its calls.
        calls: Vec<Call>,
        /// The text was interrupted.
        cut_short: bool,
        /// What the model wants to have back with this reply. Windows are not told of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sealed: Option<Sealed>,
    },
    /// How a call ended.
    Result {
        /// Which.
        call: CallId,
        /// How.
        outcome: Outcome,
    },
    /// The turn ended otherwise than by an answer.
    Ended {
        /// Why.
        reason: Reason,
    },
}

/// Why a turn ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "why", content = "what")]
pub enum Reason {
    /// The person stopped it.
    Stopped,
    /// So many times the model was asked, and that is the most.
    Steps(u32),
    /// So many tokens were used, and that is the most.
    Tokens(u64),
    /// So much was spent, in millionths of a dollar, and that is the most.
    Money(u64),
    /// It took so many seconds, and that is the longest.
    Time(u64),
    /// The model made the same call again and again; which tool.
    Repeats(String),
    /// The model, or a part of the app, failed; what happened and what to do.
    Broke(String),
}

/// Something that the person sees while they ask, or that they named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Seen {
    /// A screen of the app: `today`, `projects`, `history`, …
    Screen {
        /// Its name.
        name: String,
    },
    /// A project.
    Project {
        /// Which.
        id: ProjectId,
        /// Its name.
        name: String,
    },
    /// An item.
    Item {
        /// Which.
        id: RecordingId,
        /// Its title.
        title: String,
    },
    /// A person.
    Person {
        /// Who.
        id: PersonId,
        /// Their name.
        name: String,
    },
    /// An automation that is open in the Studio.
    Flow {
        /// Which.
        id: FlowId,
        /// Its name.
        name: String,
    },
}

/// A line of the record with its place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Its number in the conversation, from 1.
    pub seq: u64,
    /// The turn it belongs to.
    pub turn: TurnId,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub item: Item,
}

impl Line {
    /// The line as it is shown: without what is for its model alone.
    #[must_use]
    pub fn shown(mut self) -> Self {
        if let Item::Answered { sealed, .. } = &mut self.item {
            *sealed = None;
        }
        self
    }
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CallState {
    /// A person must decide.
    Asked,
    /// It may run, as soon as nothing is in the way.
    Ready,
    /// It is being carried out.
    Running,
    /// It was carried out.
    Returned,
    /// It was refused or did not work.
    Failed,
    /// A person, or a rule, said no.
    Denied,
    /// It was not carried out, or nobody knows whether it was.
    Cancelled,
}

/// What a write would do, found out by doing it and taking it back before anything was kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Preview {
    /// In a few words, as the history would say it.
    pub summary: String,
    /// Each step in such words, in order; empty when there is only one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// Every single change.
    pub changes: Vec<ChangeView>,
    /// Who would be notified by Basecamp, as far as that is known here.
    pub notified: Vec<PersonId>,
    /// The subscribers of the item would be notified; Basecamp knows who they are.
    pub subscribers: bool,
    /// Whether it could be taken back; `None` when nothing would change.
    pub reversible: Option<Reversible>,
    /// Why it would be refused, where it would.
    pub refusal: Option<String>,
}

/// A call with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallView {
    /// The call.
    pub call: Call,
    /// The turn it belongs to.
    pub turn: TurnId,
    /// What it does, in a few words.
    pub title: String,
    /// What it touches.
    pub effect: Effect,
    /// Where it stands.
    pub state: CallState,
    /// Stands for the input as it was shown; a decision names it, so that only what was shown is decided.
    pub fingerprint: String,
    /// What it would do, while a person must decide, and after.
    pub preview: Option<Preview>,
    /// What it told, or why it did not: at most 4,000 characters.
    pub output: String,
    /// How long the whole output is, in characters.
    pub output_length: u64,
    /// What it changed, and what can be undone.
    pub sets: Vec<ChangeSetId>,
    /// When the model made it.
    pub made_at: Timestamp,
    /// When a person decided.
    pub decided_at: Option<Timestamp>,
    /// When it began to be carried out.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// What a turn used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TurnUse {
    /// The turn.
    pub turn: TurnId,
    /// The model that answered.
    pub model: String,
    /// How often it was asked.
    pub steps: u32,
    /// Tokens that were sent.
    pub tokens_in: u64,
    /// Tokens that came back.
    pub tokens_out: u64,
    /// Millionths of a dollar; `None` where the price is not known.
    pub cost: Option<u64>,
    /// The memories that the model was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memories: Vec<crate::MemoryId>,
    /// When the person said what began it.
    pub started_at: Timestamp,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// What a conversation is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TurnStage {
    /// Nothing.
    #[default]
    Idle,
    /// The model was asked, and answers.
    Thinking,
    /// Calls are being carried out.
    Working,
    /// A person must decide.
    Waiting,
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// What it is called: the person's choice, or its first words.
    pub title: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When something was last said or done in it.
    pub updated_at: Timestamp,
    /// Put away.
    pub archived: bool,
    /// The model that it was given; `None` for the workspace's usual one.
    pub model: Option<ModelId>,
    /// What the person had typed and not said.
    pub draft: String,
    /// The conversation that it was branched from.
    pub branched_from: Option<ConversationId>,
    /// What it is doing.
    pub stage: TurnStage,
}

/// A conversation with its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationView {
    /// The conversation.
    pub conversation: Conversation,
    /// Its record, oldest first; the newest lines when it is long.
    pub lines: Vec<Line>,
    /// The calls of these lines.
    pub calls: Vec<CallView>,
    /// What their turns used.
    pub turns: Vec<TurnUse>,
    /// There are older lines.
    pub older: bool,
    /// What the model is saying right now, as far as it came.
    pub saying: String,
    /// What was said while the turn runs and waits its turn, oldest first.
    pub queued: Vec<String>,
    /// The feed's last number before this was read: what comes after it is not in here yet.
    pub heard: u64,
}

/// What windows hear of a conversation while it goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChatEvent {
    /// The model said a piece more. The whole text follows as a line.
    Text {
        /// How many bytes of this reply were told before; a window that has others missed something and reads anew.
        at: u64,
        /// The piece.
        text: String,
    },
    /// A line was added to the record. What was being said so far is in it.
    Line {
        /// The line.
        line: Line,
    },
    /// A call was made, or stands elsewhere now.
    Call {
        /// The call.
        call: Box<CallView>,
    },
    /// The turn used this much so far.
    Used {
        /// How much.
        used: TurnUse,
    },
    /// The conversation does something else now, or has another title, model or draft.
    Stage {
        /// The conversation.
        conversation: Conversation,
        /// What waits its turn.
        queued: Vec<String>,
    },
    /// The turn was stopped, and these were waiting their turn: they belong into the field again.
    GivenBack {
        /// What was said.
        texts: Vec<String>,
    },
}

/// How a conversation is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// For people.
    Markdown,
    /// Everything, for programs.
    Json,
}

/// Something written out, to be saved or copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exported {
    /// What a file of it would be called.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A part of an output that was too long to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutputPart {
    /// The part.
    pub text: String,
    /// The character that it begins with.
    pub from: u64,
    /// How long the whole is, in characters.
    pub length: u64,
}
