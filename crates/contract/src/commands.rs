//! The table of contents of the app: everything that anyone can do, a line each.

mod chat;
mod draft;
mod flow;
mod flow_edit;
mod keep;
mod macros;
mod read;
mod recipe;
mod setup;
mod table;
mod write;

pub use chat::*;
pub use draft::*;
pub use flow::*;
pub use flow_edit::*;
pub use keep::*;
pub use read::*;
pub use recipe::*;
pub use setup::*;
pub use table::*;
pub use write::*;

use crate::{
    AppStatus, AutomationServer, AutomationsStand, Backup, Board, Carried, Connection, Conversation, ConversationView,
    DataExport, DataReport, Directory, Draft, Exported, FieldChoices, FlowCheck, FlowEdited, FlowMoved, FlowSummary,
    FlowView, Found, HistoryEntry, IntegrationTrial, ItemDetail, Memory, ModelTrial, Models, OauthStage, OauthStarted,
    OutboxEntry, OutputPart, Permissions, PieceSummary, Preview, ProjectMade, Recipe, RunList, RunSummary, RunView,
    Sent, Settings, SignIn, StepTrial, SyncReport, SyncStatus, TableRow, TableView, Today, TodoLists, Undone,
    VaultStatus, Workspace, Written,
};
use macros::commands;

/// A list of items.
pub type Rows = Vec<crate::Row>;
/// A list of workspaces.
pub type Workspaces = Vec<Workspace>;
/// A list of sign-ins.
pub type SignIns = Vec<SignIn>;
/// The history.
pub type History = Vec<HistoryEntry>;
/// The outbox.
pub type Outbox = Vec<OutboxEntry>;
/// Activity of people.
pub type Activities = Vec<crate::Activity>;
/// Who has how much to do.
pub type Loads = Vec<crate::Load>;
/// What was decided.
pub type Decisions = Vec<crate::Decided>;
/// Conversations.
pub type Conversations = Vec<Conversation>;
/// What is remembered.
pub type Memories = Vec<Memory>;
/// What was kept to be done again.
pub type Recipes = Vec<crate::Recipe>;
/// Automations.
pub type Flows = Vec<crate::FlowSummary>;
/// What was published of an automation.
pub type FlowVersions = Vec<crate::FlowVersion>;
/// What steps brought.
pub type Samples = Vec<crate::Sample>;
/// Pieces.
pub type Pieces = Vec<crate::PieceSummary>;
/// What the sample's Slack received.
pub type SamplePosts = Vec<crate::SamplePost>;
/// Tables that automations write into.
pub type Tables = Vec<crate::TableSummary>;
/// Whose accounts steps act with.
pub type Connections = Vec<crate::Connection>;
/// Everything outside that the app is connected with.
pub type Integrations = Vec<crate::Integration>;

commands! {
    /// Tells the version, the data folder, the workspaces, the place of secrets and the settings.
    app "app.status" ShowStatus -> AppStatus : Read; provides [Workspaces, Accounts, Settings];
    /// Changes settings; what is left out stays.
    app "settings.change" ChangeSettings -> Settings : Manage; invalidates [Settings];

    /// Lists the workspaces, last opened first.
    app "workspace.list" ListWorkspaces -> Workspaces : Read; provides [Workspaces];
    /// Opens the sample workspace, making it first when there is none, and starts fetching it.
    app "workspace.sample" OpenSample -> Workspace : Manage; invalidates [Workspaces];
    /// Makes a workspace for an account of a sign-in, and starts fetching it.
    app "workspace.connect" ConnectWorkspace -> Workspace : Manage; invalidates [Workspaces];
    /// Opens a workspace: its sync runs until the app ends.
    app "workspace.open" OpenWorkspace -> Workspace : Local; invalidates [Workspaces];
    /// Renames a workspace.
    app "workspace.rename" RenameWorkspace -> Workspace : Manage; invalidates [Workspaces];
    /// Removes a workspace from this machine. Basecamp keeps everything; edits not yet sent are lost.
    app "workspace.remove" RemoveWorkspace -> () : Destructive; invalidates [Workspaces];

    /// Lists the sign-ins.
    app "signin.list" ListSignIns -> SignIns : Read; provides [Accounts];
    /// Signs in with a token that was made in Basecamp.
    app "signin.token" SignInWithToken -> SignIn : Manage; invalidates [Accounts];
    /// Begins a sign-in in the browser with the person's own integration.
    app "signin.begin" BeginOauth -> OauthStarted : Manage;
    /// Tells how the sign-in in the browser stands.
    app "signin.stage" ShowOauth -> OauthStage : Read; provides [Accounts];
    /// Ends a sign-in with the address that the browser was sent to, pasted by the person or brought by a link.
    app "signin.answer" AnswerOauth -> OauthStage : Manage; invalidates [Accounts];
    /// Removes a sign-in and its secrets. Workspaces that use it stay readable.
    app "signin.remove" RemoveSignIn -> () : Destructive; invalidates [Accounts];
    /// Tells where secrets are kept.
    app "vault.status" ShowVault -> VaultStatus : Read; provides [Accounts];
    /// Keeps secrets in a file that is sealed with this passphrase.
    app "vault.file" UseVaultFile -> VaultStatus : Manage; invalidates [Accounts];
    /// Opens the sealed file.
    app "vault.unlock" UnlockVault -> VaultStatus : Manage; invalidates [Accounts];
    /// Closes the sealed file.
    app "vault.lock" LockVault -> VaultStatus : Manage; invalidates [Accounts];
    /// Moves the secrets into the system's keyring.
    app "vault.keyring" UseKeyring -> VaultStatus : Manage; invalidates [Accounts];

    /// Lists every connection with something outside: how it stands, what it may do, what helps when it does not work.
    workspace "integration.list" ListIntegrations -> Integrations : Read; provides [Accounts, Models, Flows, Workspaces];
    /// Tries a connection, and tells what was found.
    workspace "integration.test" TestIntegration -> IntegrationTrial : Manage; invalidates [Accounts];

    /// Tells what is kept of a workspace on this machine, and its copies.
    workspace "data.show" ShowData -> DataReport : Read; provides [Workspaces];
    /// Makes a copy of the workspace's file.
    workspace "data.backup" BackUp -> Backup : Manage; invalidates [Workspaces];
    /// Puts a copy in the place of the workspace's file, which is copied first.
    workspace "data.restore" RestoreBackup -> Workspace : Destructive; invalidates [Workspaces];
    /// Writes everything of the workspace out: as JSON, as tables of CSV, and as an SQLite file. Secrets are not among it.
    workspace "data.export" ExportData -> DataExport : Manage; invalidates [Workspaces];
    /// Makes a workspace of what was written out, exactly as it was.
    app "data.import" ImportData -> Workspace : Manage; invalidates [Workspaces];
    /// Removes everything from this machine: workspaces, sign-ins, secrets, models, settings, copies. Basecamp keeps its own.
    app "data.purge" PurgeData -> () : Destructive; invalidates [Workspaces, Accounts, Settings, Models];

    /// Lists everyone and every project, with counts.
    workspace "directory.show" ShowDirectory -> Directory : Read, tool; provides [Projects, People, Todos, Cards];
    /// Pins a project to the rail, or unpins it.
    workspace "project.pin" PinProject -> () : Local; invalidates [Projects];
    /// Shows what is late, due, mine, waiting, and what changed since yesterday.
    workspace "today.show" ShowToday -> Today : Read, tool; provides [Todos, Cards, Activity, Outbox];
    /// Shows a project's to-dos: loose ones, lists, groups.
    workspace "todo.lists" ShowTodoLists -> TodoLists : Read, tool; provides [Todos, Outbox];
    /// Finds to-dos, cards and steps by project, person, due day and state.
    workspace "task.find" FindTasks -> Rows : Read, tool; provides [Todos, Cards, Outbox];
    /// Shows a project's card tables.
    workspace "board.show" ShowBoards -> Boards : Read, tool; provides [Cards, Outbox];
    /// Lists a project's items of some kinds: messages, documents and files, entries, questions, chat lines, time.
    workspace "item.list" ListItems -> Rows : Read, tool; provides [Messages, Documents, Schedule, Checkins, Chat, Time, Outbox];
    /// Shows an item with its text, steps, comments, path and activity.
    workspace "item.show" ShowItem -> ItemDetail : Read, tool; provides [Todos, Cards, Messages, Comments, Documents, Schedule, Checkins, Chat, Time, Outbox];
    /// Lists what people did in Basecamp, newest first.
    workspace "activity.list" ListActivity -> Activities : Read, tool; provides [Activity];
    /// Searches everything by words; tolerates typing errors in names.
    workspace "search.find" Search -> Found : Read, tool; provides [Projects, People, Todos, Cards, Messages, Comments, Documents, Schedule, Checkins, Chat];

    /// Makes a project in Basecamp at once, with people, lists, to-dos, columns, cards and a first message if wanted; needs a connection.
    workspace "project.create" CreateProject -> ProjectMade : Remote, tool sometimes; invalidates [Projects, Todos, Cards, Messages, History, Outbox];
    /// Makes a to-do list in a project.
    workspace "list.create" CreateList -> Written : Remote, tool quiet; invalidates [Todos, History, Outbox];
    /// Makes a column in a card table, before its done column.
    workspace "column.create" CreateColumn -> Written : Remote, tool quiet; invalidates [Cards, History, Outbox];
    /// Makes a to-do in a list, in a group, or loose in the to-do set.
    workspace "todo.create" CreateTodo -> Written : Remote, tool sometimes; invalidates [Todos, History, Outbox];
    /// Changes a to-do's title, notes, dates or people; what is left out stays.
    workspace "todo.update" UpdateTodo -> Written : Remote, tool sometimes; invalidates [Todos, History, Outbox];
    /// Ticks a to-do off.
    workspace "todo.complete" CompleteTodo -> Written : Remote, tool quiet; invalidates [Todos, History, Outbox];
    /// Opens a completed to-do again.
    workspace "todo.uncomplete" UncompleteTodo -> Written : Remote, tool quiet; invalidates [Todos, History, Outbox];
    /// Moves a to-do to another list, or within one.
    workspace "todo.move" MoveTodo -> Written : Remote, tool quiet; invalidates [Todos, History, Outbox];
    /// Says who does a to-do.
    workspace "todo.assign" AssignTodo -> Written : Remote, tool telling; invalidates [Todos, History, Outbox];
    /// Makes a card in a column.
    workspace "card.create" CreateCard -> Written : Remote, tool sometimes; invalidates [Cards, History, Outbox];
    /// Changes a card's title, notes, due day or people; what is left out stays.
    workspace "card.update" UpdateCard -> Written : Remote, tool sometimes; invalidates [Cards, History, Outbox];
    /// Moves a card to another column, or within one. Into the done column completes it.
    workspace "card.move" MoveCard -> Written : Remote, tool quiet; invalidates [Cards, History, Outbox];
    /// Ticks a card's step off, or opens it again.
    workspace "step.complete" CompleteStep -> Written : Remote, tool quiet; invalidates [Cards, History, Outbox];
    /// Comments on an item; its subscribers are notified.
    workspace "comment.add" AddComment -> Written : Remote, tool telling; invalidates [Comments, History, Outbox];
    /// Posts a message to a project's message board; nobody is notified unless told so.
    workspace "message.post" PostMessage -> Written : Remote, tool telling; invalidates [Messages, History, Outbox];
    /// Adds an entry to a project's schedule.
    workspace "schedule.add" AddScheduleEntry -> Written : Remote, tool sometimes; invalidates [Schedule, History, Outbox];
    /// Puts an item into Basecamp's trash, where it stays for 30 days.
    workspace "item.trash" TrashItem -> Written : Remote, tool quiet; invalidates [Todos, Cards, Messages, Comments, Documents, Schedule, History, Outbox];
    /// Takes an item out of the trash or the archive.
    workspace "item.restore" RestoreItem -> Written : Remote, tool quiet; invalidates [Todos, Cards, Messages, Comments, Documents, Schedule, History, Outbox];

    /// Counts each person's open, late and due work, and says who has how much in a span of days.
    workspace "person.load" ShowLoad -> Loads : Read, tool; provides [Todos, Cards, People];

    /// Finds the sentences in which something was decided, newest first.
    workspace "decision.find" FindDecisions -> Decisions : Read, tool; provides [Messages, Comments, Documents, Checkins, Chat];
    /// Checks a text sentence by sentence: one stays only if its numbers, days and names stand in its sources. Changes nothing.
    workspace "draft.write" WriteDraft -> Draft : Read, tool; provides [Projects, People, Todos, Cards, Messages, Comments, Documents, Schedule, Checkins, Chat, Time];

    /// Lists what was done here, newest first.
    workspace "history.list" ListHistory -> History : Read, tool; provides [History];
    /// Takes back a change set, here and in Basecamp; refuses and shows three versions when someone changed the items since.
    workspace "history.undo" Undo -> Undone : Remote, tool quiet; invalidates [History, Outbox];
    /// Does again what was undone.
    workspace "history.redo" Redo -> Undone : Remote, tool quiet; invalidates [History, Outbox];
    /// Lists what was kept to be done again, last used first.
    workspace "recipe.list" ListRecipes -> Recipes : Read, tool; provides [Recipes];
    /// Proposes a recipe of what was done: its steps, and what may differ from run to run.
    workspace "recipe.draft" DraftRecipe -> Recipe : Read;
    /// Keeps what was done under a name, to be done again.
    workspace "recipe.save" SaveRecipe -> Recipe : Local, tool; invalidates [Recipes];
    /// Renames a recipe.
    workspace "recipe.rename" RenameRecipe -> Recipe : Local; invalidates [Recipes];
    /// Deletes a recipe for good. What was done with it stays.
    workspace "recipe.delete" DeleteRecipe -> () : Destructive; invalidates [Recipes];
    /// Tells what a run of a recipe would do, without doing it.
    workspace "recipe.preview" PreviewRecipe -> Preview : Read;
    /// Does what a recipe says, with these values; stops at the first step that is refused.
    workspace "recipe.run" RunRecipe -> Carried : Remote, tool telling; invalidates [Projects, Todos, Cards, Messages, Comments, Documents, Schedule, History, Outbox, Recipes];
    /// Lists the edits that Basecamp does not have yet.
    workspace "outbox.list" ListOutbox -> Outbox : Read, tool; provides [Outbox];
    /// Tries a refused edit again.
    workspace "outbox.retry" RetryOutbox -> () : Remote; invalidates [Outbox];
    /// Gives an edit up that was not sent: the item goes back to what Basecamp has.
    workspace "outbox.discard" DiscardOutbox -> () : Destructive; invalidates [Outbox, Todos, Cards, Messages, Comments, Schedule];
    /// Decides an edit that conflicts with someone else's.
    workspace "outbox.resolve" ResolveConflict -> () : Remote; invalidates [Outbox, Todos, Cards, Messages, Comments, Schedule];

    /// Tells how fresh each kind of data is and what sync is doing.
    workspace "sync.show" ShowSync -> SyncReport : Read, tool; provides [Sync, Outbox];
    /// Fetches and sends right away, and answers when the pass has ended.
    workspace "sync.run" RunSync -> SyncStatus : Local; invalidates [Sync];
    /// Stops sync until it is resumed; what came so far stays.
    workspace "sync.pause" PauseSync -> SyncStatus : Local; invalidates [Sync];
    /// Goes on where sync was paused.
    workspace "sync.resume" ResumeSync -> SyncStatus : Local; invalidates [Sync];
    /// Ends the running pass; what came so far stays.
    workspace "sync.cancel" CancelSync -> SyncStatus : Local; invalidates [Sync];
    /// Works offline, or goes back online.
    workspace "sync.offline" SetOffline -> SyncStatus : Local; invalidates [Sync];

    /// Lists conversations with the assistant, last used first.
    workspace "chat.list" ListConversations -> Conversations : Read; provides [Conversations];
    /// Begins a conversation.
    workspace "chat.start" StartConversation -> Conversation : Local; invalidates [Conversations];
    /// Shows a conversation with its record, its calls and what they used.
    workspace "chat.show" ShowConversation -> ConversationView : Read;
    /// Says something to the assistant, which answers in its own time; what is said while it works waits its turn.
    workspace "chat.say" Say -> () : Local; invalidates [Conversations];
    /// Stops what the assistant is doing in a conversation.
    workspace "chat.stop" StopTurn -> () : Local; invalidates [Conversations];
    /// Decides calls that wait for a person.
    workspace "chat.decide" Decide -> () : Local; invalidates [Conversations, Permissions];
    /// Tells what a call would do, without doing it.
    workspace "chat.preview" PreviewCall -> Preview : Read;
    /// Renames a conversation.
    workspace "chat.rename" RenameConversation -> Conversation : Local; invalidates [Conversations];
    /// Puts a conversation away, or back into use.
    workspace "chat.archive" ArchiveConversation -> Conversation : Local; invalidates [Conversations];
    /// Deletes a conversation for good. What was done in it stays in the history.
    workspace "chat.delete" DeleteConversation -> () : Destructive; invalidates [Conversations, Permissions];
    /// Begins a conversation that starts as another one did.
    workspace "chat.branch" BranchConversation -> Conversation : Local; invalidates [Conversations];
    /// Keeps what was typed and not said.
    workspace "chat.draft" KeepDraft -> () : Local;
    /// Chooses the model of a conversation.
    workspace "chat.model" ChooseModel -> Conversation : Local; invalidates [Conversations];
    /// Writes a conversation out.
    workspace "chat.export" ExportConversation -> Exported : Read;
    /// Reads on in an output that was too long to show.
    workspace "output.read" ReadOutput -> OutputPart : Read, tool;

    /// Tells what the assistant may do unasked, and how often it asked.
    workspace "permission.show" ShowPermissions -> Permissions : Read; provides [Permissions];
    /// Chooses whether a tool asks, need not ask, or may not be used.
    workspace "permission.rule" SetToolRule -> Permissions : Manage; invalidates [Permissions];
    /// Takes back an approval that is remembered.
    workspace "permission.revoke" RevokeGrant -> Permissions : Local; invalidates [Permissions];

    /// Lists what the assistant remembers and what waits to be kept.
    workspace "memory.list" ListMemories -> Memories : Read; provides [Memories];
    /// Remembers something. What the assistant writes waits until a person keeps it.
    workspace "memory.remember" Remember -> Memory : Local, tool; invalidates [Memories];
    /// Keeps a memory that the assistant wrote.
    workspace "memory.keep" KeepMemory -> Memory : Local; invalidates [Memories];
    /// Changes a memory.
    workspace "memory.edit" EditMemory -> Memory : Local; invalidates [Memories];
    /// Forgets a memory for good.
    workspace "memory.forget" ForgetMemory -> () : Local; invalidates [Memories];

    /// Lists the automations, last edited first.
    workspace "flow.list" ListFlows -> Flows : Read, tool; provides [Flows, Runs];
    /// Shows an automation: its draft, what was done to it, what is published, its samples.
    workspace "flow.show" ShowFlow -> FlowView : Read; provides [Flows];
    /// Makes an automation: an empty one, a copy, or one that Activepieces exported.
    workspace "flow.create" CreateFlow -> FlowView : Local; invalidates [Flows];
    /// Shows an automation in outline, with what waits for a yes.
    workspace "flow.outline" OutlineFlow -> FlowOutline : Read, tool; provides [Flows];
    /// Proposes edits of an automation, or a new one: they wait on its canvas for a person's yes, and can be rehearsed before it.
    workspace "flow.propose" ProposeFlow -> FlowProposed : Local, tool; invalidates [Flows];
    /// Edits an automation's draft. Refused when somebody else edited it meanwhile.
    workspace "flow.edit" EditFlow -> FlowEdited : Local; invalidates [Flows];
    /// Takes edits of an automation back, or does them again.
    workspace "flow.rewind" RewindFlow -> FlowEdited : Local; invalidates [Flows];
    /// Puts an automation into a folder.
    workspace "flow.file" FileFlow -> () : Local; invalidates [Flows];
    /// Deletes an automation with its runs, for good.
    workspace "flow.delete" DeleteFlow -> () : Destructive; invalidates [Flows, Runs];
    /// Lists what was published of an automation, newest first.
    workspace "flow.versions" ListFlowVersions -> FlowVersions : Read; provides [Flows];
    /// Makes what was published once the draft again; undo takes it back.
    workspace "flow.restore" RestoreFlow -> FlowEdited : Local; invalidates [Flows];
    /// Writes an automation out as Activepieces imports it.
    workspace "flow.export" ExportFlow -> Exported : Read;
    /// Keeps what a step brought, or would bring, and chooses it for the steps after it.
    workspace "sample.keep" KeepSample -> Samples : Local, tool; invalidates [Flows];
    /// Chooses what a step is taken to have brought.
    workspace "sample.choose" ChooseSample -> Samples : Local; invalidates [Flows];
    /// Forgets a sample.
    workspace "sample.forget" ForgetSample -> Samples : Local; invalidates [Flows];
    /// Has changes of an automation wait for a person's yes, or drops those that wait.
    workspace "flow.pend" PendFlow -> () : Local; invalidates [Flows];
    /// Tells what keeps an automation from running, and what it would be allowed to do.
    workspace "flow.check" CheckFlow -> FlowCheck : Read, tool; provides [Flows];
    /// Publishes an automation's draft: from now on it runs by itself, and may do what it needs.
    workspace "flow.publish" PublishFlow -> FlowView : Remote, tool telling; invalidates [Flows];
    /// Switches a published automation on or off.
    workspace "flow.switch" SwitchFlow -> FlowSummary : Remote, tool sometimes; invalidates [Flows];
    /// Begins a run of what is published.
    workspace "flow.run" RunFlow -> RunSummary : Remote, tool telling; invalidates [Runs];
    /// Runs the draft once, for real.
    workspace "flow.test" TestFlow -> RunSummary : Remote, tool telling; invalidates [Runs];
    /// Runs the draft once on samples: what its steps would do outside is left undone.
    workspace "flow.rehearse" RehearseFlow -> RunSummary : Local, tool; invalidates [Runs];
    /// Tries one step of the draft for real, and keeps what it brought as its sample.
    workspace "flow.try" TestStep -> StepTrial : Remote, tool telling; invalidates [Flows];
    /// Has an automation run on the Activepieces server, or in the app again.
    workspace "flow.move" MoveFlow -> FlowMoved : Remote; invalidates [Flows];
    /// Decides whose edits count where somebody else edited the same automation.
    workspace "flow.resolve" ResolveFlow -> FlowView : Remote; invalidates [Flows];
    /// Takes an automation over that somebody else has open on the server.
    workspace "flow.takeover" TakeOverFlow -> () : Remote; invalidates [Flows];

    /// Lists runs of automations, newest first, with counts.
    workspace "run.list" ListRuns -> RunList : Read, tool; provides [Runs];
    /// Shows a run with the input and output of each step.
    workspace "run.show" ShowRun -> RunView : Read; provides [Runs];
    /// Tells how a run went, waiting up to 20 seconds for one under way: its steps, and why it failed.
    workspace "run.outline" OutlineRun -> RunOutline : Read, tool; provides [Runs];
    /// Tells all of what a step of a run brought, as JSON text.
    workspace "run.value" ShowRunValue -> String : Read; provides [Runs];
    /// Has a run go on from the step that failed, or tries all of it again on what is published now.
    workspace "run.retry" RetryRun -> RunSummary : Remote, tool telling; invalidates [Runs];
    /// Ends a run.
    workspace "run.cancel" CancelRun -> RunSummary : Remote; invalidates [Runs];
    /// Answers a run that waits for a person.
    workspace "run.answer" AnswerRun -> RunSummary : Remote; invalidates [Runs];

    /// Lists the pieces that automations are made of.
    workspace "piece.list" ListPieces -> Pieces : Read; provides [Flows];
    /// Finds pieces, what they do and wait for, and their fields.
    workspace "piece.find" FindPieces -> FoundPieces : Read, tool; provides [Flows];
    /// Shows what a piece can do and what it asks for.
    workspace "piece.show" ShowPiece -> PieceSummary : Read; provides [Flows];
    /// Tells what can be chosen for a field of a step.
    workspace "piece.choices" ListChoices -> FieldChoices : Read; provides [Flows];
    /// Lists whose accounts automations act with. Secrets are not among it.
    workspace "connection.list" ListConnections -> Connections : Read, tool; provides [Flows];
    /// Connects an account that automations act with.
    workspace "connection.add" AddConnection -> Connection : Manage; invalidates [Flows];
    /// Renames a connection.
    workspace "connection.rename" RenameConnection -> Connection : Local; invalidates [Flows];
    /// Forgets a connection and its secret.
    workspace "connection.forget" ForgetConnection -> () : Destructive; invalidates [Flows];
    /// Shows what the sample workspace's own Slack received, newest first; elsewhere there is none.
    workspace "connection.posts" ListSamplePosts -> SamplePosts : Read; provides [Runs];

    /// Lists the tables that automations write into, by name.
    workspace "table.list" ListTables -> Tables : Read; provides [Tables];
    /// Shows a table: its columns, and its rows in the order in which they were made.
    workspace "table.show" ShowTable -> TableView : Read; provides [Tables];
    /// Makes a table with columns.
    workspace "table.create" CreateTable -> TableView : Local; invalidates [Tables];
    /// Adds a column to a table.
    workspace "table.column" AddColumn -> TableView : Local; invalidates [Tables];
    /// Adds a row to a table, or changes cells of one.
    workspace "table.put" PutRow -> TableRow : Local; invalidates [Tables];
    /// Takes rows out of a table, for good.
    workspace "table.remove" RemoveRows -> () : Destructive; invalidates [Tables];
    /// Deletes a table with everything in it, for good.
    workspace "table.delete" DeleteTable -> () : Destructive; invalidates [Tables];
    /// Writes a table out as comma-separated values.
    workspace "table.export" ExportTable -> Exported : Read;
    /// Tells how the person's Activepieces server is reached.
    workspace "server.show" ShowAutomationServer -> AutomationServer : Read; provides [Flows];
    /// Connects the person's Activepieces server.
    workspace "server.connect" ConnectAutomationServer -> AutomationServer : Manage; invalidates [Flows];
    /// Forgets the Activepieces server and its sign-in. What runs there goes on there.
    workspace "server.disconnect" DisconnectAutomationServer -> () : Destructive; invalidates [Flows];
    /// Tells whether the automations of this app are paused.
    workspace "automation.show" ShowAutomations -> AutomationsStand : Read; provides [Flows];
    /// Lets none of them begin by itself, or lets them go on. What a person begins still runs, and runs under way go on.
    workspace "automation.pause" PauseAutomations -> AutomationsStand : Local; invalidates [Flows];

    /// Lists the models that can be spoken with.
    workspace "model.list" ListModels -> Models : Read; provides [Models];
    /// Connects a model, or changes how one is reached.
    workspace "model.connect" ConnectModel -> Models : Manage; invalidates [Models];
    /// Removes a model and its key.
    workspace "model.disconnect" DisconnectModel -> Models : Destructive; invalidates [Models];
    /// Asks a model for one word, and tells whether it answers.
    workspace "model.test" TestModel -> ModelTrial : Manage;
    /// Chooses the model that new conversations of this workspace use.
    workspace "model.usual" SetUsualModel -> Models : Manage; invalidates [Models];
    /// Lists what was sent to models since the app began, and what they used this month.
    workspace "model.sent" ListSent -> Sent : Read; provides [Conversations];
    /// Shows one request that was sent to a model, whole.
    workspace "model.request" ShowSent -> String : Read;
}

/// A project's card tables.
pub type Boards = Vec<Board>;

/// The line of the command that is called so.
#[must_use]
pub fn find(name: &str) -> Option<&'static crate::CommandInfo> {
    TABLE.iter().find(|command| command.name == name)
}
