//! What the assistant may do unasked, what it remembers, and which models it speaks with.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ConversationId, Effect, GrantId, MemoryId, ModelId};

/// What the person chose for a tool, for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Ask each time, unless it was allowed before.
    Ask,
    /// Need not ask.
    Allow,
    /// Never.
    Forbid,
}

/// How long an approval is remembered. One that counts once is not remembered at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// As long as this conversation.
    Conversation,
    /// Until it is taken back.
    Always,
}

/// An approval that is remembered: for one tool, on one target where one was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// The tool.
    pub tool: String,
    /// What it may be used on, as the input names it; `None` only where the tool has no target.
    pub target: Option<String>,
    /// The target in words.
    pub target_title: String,
    /// How long.
    pub scope: Scope,
    /// In which conversation it was given.
    pub conversation: Option<ConversationId>,
    /// When it was given.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// A tool, and what was chosen for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ToolRule {
    /// The tool.
    pub tool: String,
    /// What it does, in a sentence.
    pub summary: String,
    /// What it touches.
    pub effect: Effect,
    /// Others are told of it, always or with some inputs.
    pub tells: bool,
    /// What was chosen; `None` when nothing was.
    pub rule: Option<Rule>,
}

/// How often the assistant asked on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApprovalDay {
    /// The day, in the person's zone.
    pub date: Date,
    /// Calls that were allowed.
    pub allowed: u32,
    /// Calls that were denied.
    pub denied: u32,
    /// Calls that ran without being asked for, by a rule or a grant.
    pub unasked: u32,
}

/// What the assistant may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Permissions {
    /// The tools, in the order of the table.
    pub tools: Vec<ToolRule>,
    /// What is remembered, newest first.
    pub grants: Vec<Grant>,
    /// The last 14 days on which anything was asked or done, newest first.
    pub days: Vec<ApprovalDay>,
}

/// Who wrote a memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Origin {
    /// The person.
    Person,
    /// The assistant.
    Assistant {
        /// In which conversation.
        conversation: ConversationId,
    },
}

/// Something to remember.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Memory {
    /// Its id.
    pub id: MemoryId,
    /// What: one fact or wish, plain text.
    pub text: String,
    /// Who wrote it.
    pub origin: Origin,
    /// The assistant wrote it, and no person has kept it yet: it is not used.
    pub pending: bool,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// When an answer last had it at hand.
    pub used_at: Option<Timestamp>,
    /// Memories that say something about the same, and may contradict it.
    pub conflicts: Vec<MemoryId>,
}

/// A family of servers that speak alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Vendor {
    /// Anthropic.
    Anthropic,
    /// OpenAI.
    Openai,
    /// Google's Gemini.
    Gemini,
    /// Ollama, on this machine or another.
    Ollama,
    /// OpenRouter.
    Openrouter,
    /// Any server that speaks as OpenAI's does.
    Compatible,
}

/// A model that can be spoken with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelEntry {
    /// Its id.
    pub id: ModelId,
    /// What the person calls it.
    pub label: String,
    /// How its server speaks; `None` for the built-in assistant.
    pub vendor: Option<Vendor>,
    /// Its server's base URL; empty for the vendor's own.
    pub base: String,
    /// What the server calls the model.
    pub model: String,
    /// A key is kept for it.
    pub has_key: bool,
    /// Asked instead of it when its server is overloaded.
    pub fallback: Option<ModelId>,
}

/// The models, and which one this workspace uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Models {
    /// The built-in assistant first.
    pub models: Vec<ModelEntry>,
    /// The one that new conversations use.
    pub usual: ModelId,
}

/// What trying a model showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelTrial {
    /// It answered.
    pub works: bool,
    /// What it said, or what is wrong and what to do.
    pub message: String,
    /// Milliseconds until its first word.
    pub first_word_ms: Option<u64>,
}
