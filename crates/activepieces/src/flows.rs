//! Flows and their versions on the server, and the folders that they are filed in.
//!
//! Edits that must not collide with those of somebody else go through an [`Editor`](crate::Editor); what is here asks once
//! and tells what came.

use flow::{Flow, Op, Status};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::http::Ask;
use crate::server::User;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault};

/// Which flows to list.
#[derive(Clone, Debug, Default)]
pub struct FlowFilter {
    /// In this folder, or in none.
    pub folder: Option<InFolder>,
    /// In any of these states.
    pub statuses: Vec<Status>,
    /// With this in the name.
    pub name: Option<String>,
    /// Only those that were published, as they were published.
    pub published: bool,
    /// That use one of these connections.
    pub connections: Vec<String>,
}

/// A folder to look in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InFolder {
    /// This one.
    Id(String),
    /// None at all.
    Nowhere,
}

/// Where a new flow is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// In this folder.
    Id(String),
    /// In the folder of this name, which is made if it is not there.
    Name(String),
}

/// A version of a flow, as a list tells of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowVersion {
    /// Its id.
    pub id: String,
    /// When it was made.
    #[serde(deserialize_with = "lenient")]
    pub created: String,
    /// When it was changed last.
    #[serde(deserialize_with = "lenient")]
    pub updated: String,
    /// What the flow was called in it.
    #[serde(deserialize_with = "lenient")]
    pub display_name: String,
    /// Whether it is complete.
    #[serde(deserialize_with = "lenient")]
    pub valid: bool,
    /// `DRAFT` or `LOCKED`.
    #[serde(deserialize_with = "lenient")]
    pub state: String,
    /// The version of the format.
    #[serde(deserialize_with = "lenient")]
    pub schema_version: Option<String>,
    /// Who changed it last.
    #[serde(deserialize_with = "lenient")]
    pub updated_by_user: Option<User>,
}

/// What an export holds.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// What it is called.
    pub name: String,
    /// The pieces that it needs.
    pub pieces: Vec<String>,
    /// Its flows.
    pub flows: Vec<Flow>,
}

/// A folder.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Folder {
    /// Its id.
    pub id: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub display_name: String,
    /// The project.
    #[serde(deserialize_with = "lenient")]
    pub project_id: String,
    /// Its place among the folders.
    #[serde(deserialize_with = "lenient")]
    pub display_order: f64,
    /// How many flows are in it.
    #[serde(deserialize_with = "lenient")]
    pub number_of_flows: u64,
}

/// Whether the server is about to delete this flow: it can still be fetched for a while after it said yes.
#[must_use]
pub fn is_being_deleted(flow: &Flow) -> bool {
    flow.record.extra.get("operationStatus").and_then(Value::as_str) == Some("DELETING")
}

/// Whether the server is still about to switch it on or off, as older ones say while they do.
pub(crate) fn is_switching(flow: &Flow) -> bool {
    let word = flow.record.extra.get("operationStatus").and_then(Value::as_str);
    matches!(word, Some("ENABLING" | "DISABLING"))
}

impl Client {
    /// A page of the flows of a project, each whole; 10 on each unless `limit` says otherwise.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn flows(
        &self,
        project: &str,
        filter: &FlowFilter,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Page<Flow>, Fault> {
        let folder = filter.folder.as_ref().map(|folder| match folder {
            InFolder::Id(id) => id.as_str(),
            InFolder::Nowhere => "NULL",
        });
        let ask = Ask::get(&["v1", "flows"])
            .with("projectId", project)
            .with_some("cursor", cursor)
            .with_some("limit", limit)
            .with_some("folderId", folder)
            .with_some("name", filter.name.as_deref())
            .with_some("versionState", filter.published.then_some("LOCKED"))
            .with_each("status", filter.statuses.iter().map(|status| status.word()))
            .with_each("connectionExternalIds", &filter.connections);
        wire::page(&self.text(ask).await?, |raw| flow::wire::read(raw.get()).ok())
    }

    /// How many flows a project has, in all or in a folder.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn count_flows(&self, project: &str, folder: Option<&str>) -> Result<u64, Fault> {
        self.json(Ask::get(&["v1", "flows", "count"]).with("projectId", project).with_some("folderId", folder)).await
    }

    /// A flow with its draft, or with one of its versions.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn flow(&self, id: &str, version: Option<&str>) -> Result<Flow, Fault> {
        read_flow(&self.text(Ask::get(&["v1", "flows", id]).with_some("versionId", version)).await?)
    }

    /// Makes a flow with nothing in it.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about a field.
    pub async fn create_flow(&self, project: &str, display_name: &str, filed: Option<&Filed>) -> Result<Flow, Fault> {
        let mut body =
            Map::from_iter([("projectId".to_owned(), json!(project)), ("displayName".to_owned(), json!(display_name))]);
        match filed {
            Some(Filed::Id(id)) => body.insert("folderId".to_owned(), json!(id)),
            Some(Filed::Name(name)) => body.insert("folderName".to_owned(), json!(name)),
            None => None,
        };
        read_flow(&self.text(Ask::post(&["v1", "flows"], &body)).await?)
    }

    /// Asks the server to delete a flow. It does so later; see [`Client::is_deleted`].
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn delete_flow(&self, id: &str) -> Result<(), Fault> {
        self.done(Ask::delete(&["v1", "flows", id])).await
    }

    /// Whether a flow is gone. One that is still [being deleted](is_being_deleted) is not, and is no longer to be shown.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn is_deleted(&self, id: &str) -> Result<bool, Fault> {
        match self.flow(id, None).await {
            Ok(_) => Ok(false),
            Err(Fault::NotFound(_)) => Ok(true),
            Err(fault) => Err(fault),
        }
    }

    /// A page of a flow's versions, the latest first.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn flow_versions(
        &self,
        id: &str,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Page<FlowVersion>, Fault> {
        let ask = Ask::get(&["v1", "flows", id, "versions"]).with_some("cursor", cursor).with_some("limit", limit);
        wire::plain_page(&self.text(ask).await?)
    }

    /// A flow as a file that others can import.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn export_flow(&self, id: &str) -> Result<Template, Fault> {
        read_template(&self.text(Ask::get(&["v1", "flows", id, "template"])).await?)
    }

    /// Makes the server do an operation, request by request, and returns the flow as it answers last.
    ///
    /// Nothing is compared: for a flow that somebody edits use an [`Editor`](crate::Editor).
    ///
    /// # Errors
    /// What the server says to any of the requests; those before it are done.
    pub async fn operate(&self, id: &str, op: &Op) -> Result<Option<Flow>, Fault> {
        let mut last = None;
        for body in flow::wire::requests(op) {
            last = Some(self.operate_raw(id, body).await?);
        }
        Ok(last)
    }

    pub(crate) async fn operate_raw(&self, id: &str, body: String) -> Result<Flow, Fault> {
        read_flow(&self.text(Ask::post_text(&["v1", "flows", id], body).slow()).await?)
    }

    /// Publishes the draft, and lets it run unless `status` says otherwise.
    ///
    /// # Errors
    /// [`Fault::Invalid`] when the trigger is missing or its app refuses; [`Fault::Failed`] when the server answered and
    /// published nothing.
    pub async fn publish(&self, id: &str, status: Option<Status>) -> Result<Flow, Fault> {
        let published = self.operate(id, &Op::LockAndPublish { status }).await?;
        published.filter(|flow| flow.record.published_version_id.is_some()).ok_or_else(|| {
            Fault::Failed(
                "The server answered and published nothing. Check the trigger, then publish again.".to_owned(),
            )
        })
    }

    /// Switches a flow on or off.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when nothing of it was ever published: the server's own answer to that is about another thing.
    pub async fn set_status(&self, id: &str, status: Status) -> Result<Flow, Fault> {
        if self.flow(id, None).await?.record.published_version_id.is_none() {
            return Err(Fault::Conflict(
                "This flow was never published, so it cannot be switched on or off. Publish it first.".to_owned(),
            ));
        }
        let changed = self.operate(id, &Op::ChangeStatus { status }).await?;
        changed
            .filter(|flow| flow.record.status == Some(status) || is_switching(flow))
            .ok_or_else(|| Fault::Failed("The server answered and did not switch the flow. Try again.".to_owned()))
    }

    /// All folders of a project.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn folders(&self, project: &str) -> Result<Page<Folder>, Fault> {
        wire::plain_page(&self.text(Ask::get(&["v1", "folders"]).with("projectId", project).with("limit", 1000)).await?)
    }

    /// Makes a folder.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when the name is taken.
    pub async fn create_folder(&self, project: &str, display_name: &str) -> Result<Folder, Fault> {
        self.json(Ask::post(&["v1", "folders"], &json!({ "projectId": project, "displayName": display_name }))).await
    }

    /// Renames a folder.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn rename_folder(&self, id: &str, display_name: &str) -> Result<Folder, Fault> {
        self.json(Ask::post(&["v1", "folders", id], &json!({ "displayName": display_name }))).await
    }

    /// Deletes a folder; what was in it is in none then.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn delete_folder(&self, id: &str) -> Result<(), Fault> {
        self.done(Ask::delete(&["v1", "folders", id])).await
    }
}

pub(crate) fn read_flow(text: &str) -> Result<Flow, Fault> {
    let flow = flow::wire::read(text).map_err(|fault| Fault::unreadable(fault.message))?;
    // An answer without an id is no flow of a server, whatever else it holds.
    if flow.flow_id().is_none() {
        return Err(Fault::unreadable("it is no flow"));
    }
    Ok(flow)
}

/// Reads an export: that of a server, or a file.
///
/// # Errors
/// [`Fault::Unreadable`] when there is no flow in it.
pub fn read_template(text: &str) -> Result<Template, Fault> {
    #[derive(Deserialize)]
    struct Shape<'t> {
        #[serde(default, deserialize_with = "lenient")]
        name: String,
        #[serde(default, deserialize_with = "lenient")]
        pieces: Vec<String>,
        #[serde(borrow, default)]
        flows: Vec<&'t RawValue>,
    }
    let shape: Shape<'_> = serde_json::from_str(text).map_err(|_| Fault::unreadable("it is no export of a flow"))?;
    let flows = shape.flows.iter().map(|raw| flow::wire::read(raw.get()));
    let flows = flows.collect::<Result<Vec<Flow>, _>>().map_err(|fault| Fault::unreadable(fault.message))?;
    if flows.is_empty() {
        return Err(Fault::unreadable("there is no flow in this export"));
    }
    Ok(Template { name: shape.name, pieces: shape.pieces, flows })
}
