//! What windows hear: that something changed, never the data itself.

use serde::{Deserialize, Serialize};

use crate::{ChangeSetId, ChatEvent, ConversationId, Fault, RecordingId, SyncStatus, WorkspaceId};

/// What a read depends on and a change touches. A page re-reads what provides a touched tag, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    /// The list of workspaces.
    Workspaces,
    /// Sign-ins and the place of secrets.
    Accounts,
    /// Settings.
    Settings,
    /// Projects.
    Projects,
    /// People.
    People,
    /// To-do sets, lists, groups and to-dos.
    Todos,
    /// Card tables, columns, cards and steps.
    Cards,
    /// Messages.
    Messages,
    /// Comments.
    Comments,
    /// Vaults, documents and uploads.
    Documents,
    /// Schedules and their entries.
    Schedule,
    /// Questions and answers.
    Checkins,
    /// Campfire lines.
    Chat,
    /// Time entries.
    Time,
    /// What people did in Basecamp.
    Activity,
    /// What was done here, and can be undone.
    History,
    /// What waits to be sent.
    Outbox,
    /// How fresh the data is.
    Sync,
    /// Conversations with the assistant.
    Conversations,
    /// What the assistant may do unasked.
    Permissions,
    /// What the assistant remembers.
    Memories,
    /// The models that can be spoken with.
    Models,
    /// What was kept to be done again.
    Recipes,
    /// Automations, their samples and connections.
    Flows,
    /// Runs of automations.
    Runs,
    /// Tables that automations write into.
    Tables,
}

/// One message of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeedEvent {
    /// Rises by one with each event of this start of the app.
    pub seq: u64,
    /// The workspace it is about; `None` for the app's own.
    pub workspace: Option<WorkspaceId>,
    /// What happened.
    pub body: FeedBody,
}

/// What happened. Its name stands around it and not in it: reading a tag from within costs the page a second reader of all
/// that can be in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FeedBody {
    /// The first message after attaching, or after falling behind: everything may have changed.
    Reset,
    /// Records changed and were committed.
    Changed {
        /// The tags touched.
        tags: Vec<Tag>,
        /// The items touched; empty when there are more than a window would care to name.
        items: Vec<RecordingId>,
        /// The change set, when it is one that can be undone.
        set: Option<ChangeSetId>,
    },
    /// A local item got its Basecamp id.
    Renamed {
        /// The local id.
        from: RecordingId,
        /// Basecamp's.
        to: RecordingId,
    },
    /// How sync stands.
    Sync {
        /// The status.
        status: SyncStatus,
    },
    /// A conversation goes on.
    Chat {
        /// Which.
        conversation: ConversationId,
        /// What happened in it.
        event: ChatEvent,
    },
    /// An automation tells the person something.
    Notification {
        /// In one line.
        title: String,
        /// More about it; empty for nothing.
        body: String,
        /// Where it leads: an address, or an item's id.
        link: Option<String>,
    },
    /// Something that the person should know, and did not ask for.
    Notice {
        /// What, and what to do.
        fault: Fault,
    },
}
