//! Projects, and the tools in their docks.

use contract::{DockTool, Fetched, Kind, Project, ProjectId, Recording, RecordingId, Status};
use serde_json::value::RawValue;

use super::people::{need_id, object, parse};
use super::{Batch, Fields, Skipped};

/// Reads a project.
///
/// # Errors
/// [`Skipped`] when it is no object or has no id.
pub fn project(raw: &str) -> Result<Fetched<Project>, Skipped> {
    let value = parse(raw)?;
    let fields = object(&value)?;
    let id = need_id(fields)?;
    let created_at = fields.instant("created_at");
    let updated_at = fields.instant("updated_at");
    // Basecamp always tells one of them. Without both, the answer is broken, and what is here is better.
    let told = updated_at
        .or(created_at)
        .ok_or_else(|| Skipped { id: Some(id), reason: "it does not say when it was made".to_owned() })?;
    Ok(Fetched {
        value: Project {
            id: ProjectId(id),
            status: Status::from_wire(&fields.text("status")),
            name: fields.text("name"),
            description: fields.text("description"),
            purpose: fields.text("purpose"),
            starts_on: fields.day("start_date"),
            ends_on: fields.day("end_date"),
            dock: fields.list("dock").iter().filter_map(Fields::of).filter_map(tool).collect(),
            created_at: created_at.unwrap_or(told),
            updated_at: told,
            app_url: fields.text("app_url"),
        },
        raw: raw.to_owned(),
    })
}

/// Reads a page of projects.
#[must_use]
pub fn projects(rows: &[Box<RawValue>]) -> Batch<Project> {
    let mut batch = Batch::default();
    for row in rows {
        batch.push(project(row.get()));
    }
    batch
}

fn tool(fields: Fields<'_>) -> Option<DockTool> {
    Some(DockTool {
        id: RecordingId(fields.id("id")?),
        name: fields.text("name"),
        title: fields.text("title"),
        enabled: fields.flag("enabled").unwrap_or(true),
        position: fields.whole("position"),
    })
}

/// The kind of recording that a tool of the dock opens; nothing for tools that we do not keep.
pub(crate) fn tool_kind(name: &str) -> Option<Kind> {
    match name {
        "todoset" => Some(Kind::TodoSet),
        "kanban_board" => Some(Kind::CardTable),
        "message_board" => Some(Kind::MessageBoard),
        "vault" => Some(Kind::Vault),
        "schedule" => Some(Kind::Schedule),
        "chat" => Some(Kind::Campfire),
        "questionnaire" => Some(Kind::Questionnaire),
        _ => None,
    }
}

/// The dock's tools as recordings, told from the project alone: what a tool's own record would say besides is not known
/// here. Folders and card tables are left out, because their own records are fetched.
#[must_use]
pub fn tools(project: &Fetched<Project>) -> Vec<Fetched<Recording>> {
    let raws: Vec<(i64, String)> = parse(&project.raw)
        .ok()
        .as_ref()
        .and_then(Fields::of)
        .map(|fields| {
            fields
                .list("dock")
                .iter()
                .filter_map(|tool| Some((Fields::of(tool)?.id("id")?, tool.to_string())))
                .collect()
        })
        .unwrap_or_default();
    let of = &project.value;
    of.dock
        .iter()
        .filter_map(|tool| {
            let kind = tool_kind(&tool.name)?;
            if matches!(kind, Kind::Vault | Kind::CardTable) {
                return None;
            }
            let raw = raws.iter().find(|(id, _)| *id == tool.id.0).map(|(_, raw)| raw.clone())?;
            let app_url = parse(&raw).ok().as_ref().and_then(Fields::of).map(|fields| fields.text("app_url"));
            Some(Fetched {
                value: Recording {
                    id: tool.id,
                    kind,
                    project: of.id,
                    parent: None,
                    // A tool's own status; that of its project is the project's.
                    status: Status::Active,
                    title: tool.title.clone(),
                    body: String::new(),
                    position: tool.position,
                    completed: false,
                    completed_at: None,
                    completer: None,
                    starts_on: None,
                    due_on: None,
                    span: None,
                    assignees: Vec::new(),
                    creator: None,
                    created_at: of.created_at,
                    updated_at: of.created_at,
                    comments: 0,
                    app_url: app_url.unwrap_or_default(),
                },
                raw,
            })
        })
        .collect()
}
