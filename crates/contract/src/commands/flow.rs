//! Inputs about automations.

use serde::{Deserialize, Serialize};

use super::setup::input;
use crate::{ConnectionId, FlowId, FlowKeep, FlowPlace, RunAnswer, RunId, RunStatus, SecretText};

input! {
    /// No input.
    ListFlows {}
    /// Which flow.
    ShowFlow {
        /// The flow.
        id: FlowId,
        /// The revision that the asker has: then its document is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        known: Option<u64>,
    }
    /// What to make.
    CreateFlow {
        /// Not blank, at most 200 characters.
        name: String,
        /// The folder; none when left out.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        folder: String,
        /// What it begins as: JSON text of the `flow` crate, or a flow as Activepieces exports it. Empty when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
    }
    /// What to do to a draft.
    EditFlow {
        /// The flow.
        id: FlowId,
        /// The revision that the operations were made for.
        revision: u64,
        /// What it is, in a few words: the entry of its history.
        label: String,
        /// JSON text of a list of operations of the `flow` crate. All are done, or none.
        operations: String,
    }
    /// How far to go back or forth.
    RewindFlow {
        /// The flow.
        id: FlowId,
        /// The revision that one looks at.
        revision: u64,
        /// How many entries shall be done afterwards.
        done: u32,
    }
    /// Where to file it.
    FileFlow {
        /// The flow.
        id: FlowId,
        /// The folder; empty for none. At most 80 characters.
        folder: String,
    }
    /// Which flow.
    DeleteFlow {
        /// The flow.
        id: FlowId,
    }
    /// Of which flow.
    ListFlowVersions {
        /// The flow.
        id: FlowId,
    }
    /// What to make the draft of again.
    RestoreFlow {
        /// The flow.
        id: FlowId,
        /// The revision that one looks at.
        revision: u64,
        /// The version's number.
        number: u64,
    }
    /// Which flow.
    ExportFlow {
        /// The flow.
        id: FlowId,
    }
    /// What a step brought, or would bring.
    KeepSample {
        /// The flow.
        id: FlowId,
        /// The step's name.
        step: String,
        /// What to call it; at most 80 characters. Empty for what the last test brought.
        name: String,
        /// JSON text.
        value: String,
    }
    /// Which sample.
    ChooseSample {
        /// The flow.
        id: FlowId,
        /// The step's name.
        step: String,
        /// The sample's name.
        name: String,
    }
    /// Which sample.
    ForgetSample {
        /// The flow.
        id: FlowId,
        /// The step's name.
        step: String,
        /// The sample's name.
        name: String,
    }
    /// Changes that wait for a yes.
    PendFlow {
        /// The flow.
        id: FlowId,
        /// The flow as it would be, as JSON text of the `flow` crate; nothing waits any more when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
    }
    /// What to check.
    CheckFlow {
        /// The flow.
        id: FlowId,
        /// With the changes that wait for a yes.
        #[serde(default)]
        pending: bool,
    }
    /// What to publish.
    PublishFlow {
        /// The flow.
        id: FlowId,
        /// The revision that one looks at.
        revision: u64,
        /// What it may do: the keys of what `flow.check` says it needs.
        #[serde(default)]
        allow: Vec<String>,
    }
    /// Which way to switch it.
    SwitchFlow {
        /// The flow.
        id: FlowId,
        /// Whether it runs by itself.
        on: bool,
    }
    /// What to begin a run with.
    RunFlow {
        /// The flow.
        id: FlowId,
        /// What the trigger brings, as JSON text; of a form, what was filled in. Nothing when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payload: Option<String>,
    }
    /// What to test.
    TestFlow {
        /// The flow.
        id: FlowId,
        /// What the trigger brings, as JSON text; its chosen sample when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payload: Option<String>,
    }
    /// What to rehearse.
    RehearseFlow {
        /// The flow.
        id: FlowId,
        /// With the changes that wait for a yes.
        #[serde(default)]
        pending: bool,
        /// What the trigger brings, as JSON text; its chosen sample when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payload: Option<String>,
    }
    /// Which step to try.
    TestStep {
        /// The flow.
        id: FlowId,
        /// The step's name.
        step: String,
    }
    /// Where it is to run.
    MoveFlow {
        /// The flow.
        id: FlowId,
        /// Where.
        to: FlowPlace,
    }
    /// Whose edits count.
    ResolveFlow {
        /// The flow.
        id: FlowId,
        /// Whose.
        keep: FlowKeep,
    }
    /// Which flow.
    TakeOverFlow {
        /// The flow.
        id: FlowId,
    }
    /// Which runs.
    ListRuns {
        /// Of this flow; of all when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        flow: Option<FlowId>,
        /// Standing so; however they stand when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        statuses: Vec<RunStatus>,
        /// Tests too.
        #[serde(default)]
        tests: bool,
        /// Older than this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<RunId>,
        /// How many at most, up to 200; 50 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// Which run.
    ShowRun {
        /// The run.
        id: RunId,
    }
    /// Which value of a run.
    ShowRunValue {
        /// The run.
        id: RunId,
        /// The step's name.
        step: String,
        /// The iterations that it stands in: a loop's name and the iteration, from 1.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        within: Vec<(String, u32)>,
    }
    /// How to try a run again.
    RetryRun {
        /// The run.
        id: RunId,
        /// All of it, on what is published now; from the step that failed when left out.
        #[serde(default)]
        latest: bool,
    }
    /// Which run.
    CancelRun {
        /// The run.
        id: RunId,
    }
    /// What to answer a run that waits for a person.
    AnswerRun {
        /// The run.
        id: RunId,
        /// The answer.
        answer: RunAnswer,
    }
    /// No input.
    ListPieces {}
    /// Which piece.
    ShowPiece {
        /// Such as `@activepieces/piece-http`.
        name: String,
        /// Its version; the usual one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
    }
    /// What to choose for.
    ListChoices {
        /// The flow.
        id: FlowId,
        /// The step's name.
        step: String,
        /// The field's name.
        field: String,
        /// What the form holds, as JSON text of an object.
        input: String,
        /// What was typed to search.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        search: Option<String>,
    }
    /// No input.
    ListConnections {}
    /// No input.
    ListSamplePosts {}
    /// What to connect with.
    AddConnection {
        /// What people call it; at most 80 characters.
        label: String,
        /// The piece it is for.
        piece: String,
        /// Where it is kept.
        #[serde(default)]
        place: FlowPlace,
        /// What it signs in with, as JSON text: `{ "type": "SECRET_TEXT", "secret_text": … }`, or the fields of `CUSTOM_AUTH`
        /// and `BASIC_AUTH` as Activepieces has them.
        value: SecretText,
    }
    /// What to call it.
    RenameConnection {
        /// The connection.
        id: ConnectionId,
        /// Not blank, at most 80 characters.
        label: String,
    }
    /// Which connection.
    ForgetConnection {
        /// The connection.
        id: ConnectionId,
    }
    /// No input.
    ShowAutomationServer {}
    /// How to reach it.
    ConnectAutomationServer {
        /// Its address, such as `https://flows.example.com`.
        address: String,
        /// The person's e-mail address there; empty with an API key.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        email: String,
        /// The password, or the API key.
        secret: SecretText,
        /// The project to keep flows in; the first when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<String>,
    }
    /// No input.
    DisconnectAutomationServer {}
    /// No input.
    ShowAutomations {}
    /// Which way.
    PauseAutomations {
        /// Nothing begins by itself; what happens meanwhile begins it once they go on.
        paused: bool,
    }
}

impl SwitchFlow {
    /// What runs by itself may write to anybody.
    pub(crate) fn reaches_others(&self) -> bool {
        self.on
    }
}
