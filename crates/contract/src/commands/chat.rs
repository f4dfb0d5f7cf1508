//! Inputs about the assistant: conversations, permissions, memories, models.

use serde::{Deserialize, Serialize};

use super::setup::input;
use crate::{
    CallId, ConversationId, Decision, ExportFormat, GrantId, MemoryId, ModelId, Rule, Scope, SecretText, Seen, Vendor,
};

input! {
    /// Which conversations.
    ListConversations {
        /// With these words in their titles or in what was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        query: Option<String>,
        /// Those put away instead of those in use.
        #[serde(default)]
        archived: bool,
        /// At most so many, 1 to 500; 100 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// With which model.
    StartConversation {
        /// The model; the workspace's usual one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<ModelId>,
    }
    /// Which conversation, and how much of it.
    ShowConversation {
        /// The conversation.
        id: ConversationId,
        /// Only lines before this number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<u64>,
        /// At most so many lines, 1 to 1000; 200 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// What to say.
    Say {
        /// The conversation.
        conversation: ConversationId,
        /// The words: not blank, at most 1,000,000 characters.
        text: String,
        /// What is on the screen, and what was named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        seeing: Vec<Seen>,
    }
    /// Which conversation.
    StopTurn {
        /// The conversation.
        conversation: ConversationId,
    }
    /// What was decided.
    Decide {
        /// The conversation.
        conversation: ConversationId,
        /// One for each call that is decided; calls that are left out wait on.
        decisions: Vec<CallDecision>,
    }
    /// What a call would do.
    PreviewCall {
        /// The tool.
        tool: String,
        /// Its input, JSON text.
        input: String,
    }
    /// Which conversation, and its new title.
    RenameConversation {
        /// The conversation.
        id: ConversationId,
        /// Not blank, at most 200 characters.
        title: String,
    }
    /// Which conversation.
    ArchiveConversation {
        /// The conversation.
        id: ConversationId,
        /// Put away, or back into use.
        archived: bool,
    }
    /// Which conversation.
    DeleteConversation {
        /// The conversation.
        id: ConversationId,
    }
    /// Where to branch.
    BranchConversation {
        /// The conversation.
        id: ConversationId,
        /// The last line that the branch begins with.
        through: u64,
    }
    /// What was typed.
    KeepDraft {
        /// The conversation.
        id: ConversationId,
        /// The text; empty when it was said or erased.
        text: String,
    }
    /// Which model.
    ChooseModel {
        /// The conversation.
        id: ConversationId,
        /// The model; the workspace's usual one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<ModelId>,
    }
    /// Which conversation, and in which form.
    ExportConversation {
        /// The conversation.
        id: ConversationId,
        /// The form.
        format: ExportFormat,
    }
    /// Which part of which output.
    ReadOutput {
        /// The conversation; the one that asks, when the assistant does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conversation: Option<ConversationId>,
        /// The call whose output it is.
        call: CallId,
        /// From this character on.
        #[serde(default)]
        from: u64,
    }
    /// No input.
    ShowPermissions {}
    /// What to choose.
    SetToolRule {
        /// The tool.
        tool: String,
        /// The rule; none when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Rule>,
    }
    /// Which grant.
    RevokeGrant {
        /// The grant.
        id: GrantId,
    }
    /// No input.
    ListMemories {}
    /// What to remember.
    Remember {
        /// One fact or wish in a sentence; not blank, at most 500 characters.
        text: String,
    }
    /// Which memory.
    KeepMemory {
        /// The memory.
        id: MemoryId,
    }
    /// Which memory, and its new text.
    EditMemory {
        /// The memory.
        id: MemoryId,
        /// Not blank, at most 500 characters.
        text: String,
    }
    /// Which memory.
    ForgetMemory {
        /// The memory.
        id: MemoryId,
    }
    /// No input.
    ListModels {}
    /// A model to speak with.
    ConnectModel {
        /// The entry to replace; a new one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<ModelId>,
        /// How its server speaks.
        vendor: Vendor,
        /// What the server calls the model.
        model: String,
        /// What to call it here; the model's name when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
        /// Its server's base URL; the vendor's own when left out. Plain http is allowed on this machine only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<String>,
        /// The key; the one that is kept when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<SecretText>,
        /// Asked instead of it when its server is overloaded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fallback: Option<ModelId>,
    }
    /// Which model.
    DisconnectModel {
        /// The model.
        id: ModelId,
    }
    /// Which model.
    TestModel {
        /// The model.
        id: ModelId,
    }
    /// Which model.
    SetUsualModel {
        /// The model.
        id: ModelId,
    }
    /// No input.
    ListSent {}
    /// Which request.
    ShowSent {
        /// Its number.
        number: u64,
    }
}

/// What was decided of one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallDecision {
    /// The call.
    pub call: CallId,
    /// Stands for the input that was shown.
    pub fingerprint: String,
    /// What was decided.
    pub decision: Decision,
    /// Remember it for this tool and target, so long; for this time only when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remember: Option<Scope>,
}
