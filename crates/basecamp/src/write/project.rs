//! Projects: making one, once, and putting it into the trash or back. A project is no recording: it has its own listing, and
//! its tools exist only after it does.

use basecamp_sdk::routes;
use contract::{Fetched, Kind, PersonId, Project, ProjectId, Recording, Status};
use jiff::Timestamp;
use serde_json::json;

use super::again;
use super::find::CLOCKS;
use crate::{Api, Trouble, wire};

/// A project to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Its name.
    pub name: String,
    /// What it is for; empty for nothing.
    pub description: String,
    /// When it was first tried.
    pub since: Timestamp,
    /// Projects of that name that were known before it was first tried; none of them is the lost one.
    pub known: Vec<ProjectId>,
    /// Who is signed in; a lost project is looked for among what they made.
    pub me: Option<PersonId>,
    /// The answer to an earlier try was lost: look for what it may have made.
    pub unsure: bool,
}

/// Makes a project and reads it back with its tools. Sends one create at most.
///
/// # Errors
/// Any [`Trouble`]. [`Trouble::Lost`] when it may or may not have been made: ask again with `unsure` set. With every other
/// one it was not made by this call.
pub async fn make_project(api: &Api, new: &NewProject) -> Result<Fetched<Project>, Trouble> {
    if new.unsure
        && let Some(found) = lost(api, new).await?
    {
        return Ok(found);
    }
    let mut operation = api.route(&routes::CREATE_PROJECT, &[]);
    operation.json(&json!({ "name": new.name, "description": new.description }))?;
    let answer = match api.write(operation).await {
        Ok(answer) => answer,
        // It answered, so it may have been made.
        Err(Trouble::Malformed { .. }) => return Err(Trouble::Lost),
        Err(trouble) => return Err(trouble),
    };
    let made = answer.and_then(|raw| wire::project(raw.get()).ok()).ok_or(Trouble::Lost)?;
    match project(api, made.value.id).await {
        Ok(fresh) => Ok(fresh),
        Err(trouble) => {
            tracing::info!(%trouble, "made, and not read back");
            Ok(made)
        }
    }
}

/// A project as it is.
///
/// # Errors
/// Any [`Trouble`]; [`Trouble::Missing`] when Basecamp does not show it.
pub async fn project(api: &Api, id: ProjectId) -> Result<Fetched<Project>, Trouble> {
    let raw = api.read(api.route(&routes::GET_PROJECT, &[&id])).await?;
    wire::project(raw.get()).map_err(|skipped| Trouble::malformed(skipped.reason))
}

/// Puts a project into the trash, into the archive, or back into use, and answers how it is then. What is so already is not
/// asked for.
///
/// # Errors
/// Any [`Trouble`]; [`Trouble::Missing`] when Basecamp does not show it.
pub async fn set_project_status(api: &Api, id: ProjectId, wanted: Status) -> Result<Fetched<Project>, Trouble> {
    let fresh = project(api, id).await?;
    if fresh.value.status == wanted {
        return Ok(fresh);
    }
    let route = match wanted {
        Status::Active => &routes::UNARCHIVE_PROJECT,
        Status::Archived => &routes::ARCHIVE_PROJECT,
        Status::Trashed => &routes::TRASH_PROJECT,
        Status::Drafted | Status::Gone => {
            return Err(Trouble::Refused { status: 400, message: "a project cannot be made so".to_owned() });
        }
    };
    let done = api.write(api.route(route, &[&id])).await;
    match (done, project(api, id).await) {
        // A second try after a lost answer may be refused for what the first one did.
        (Err(trouble), Ok(now)) if now.value.status != wanted => Err(trouble),
        (Ok(_) | Err(_), Ok(now)) => Ok(now),
        // Basecamp may show nothing more of what was just thrown away.
        (Ok(_), Err(trouble)) if trouble.hides() => {
            let mut last = fresh;
            last.value.status = wanted;
            Ok(last)
        }
        (Err(trouble), Err(_)) | (Ok(_), Err(trouble)) => Err(trouble),
    }
}

/// Gives people access to a project. Those who have it keep it.
///
/// # Errors
/// Any [`Trouble`]; [`Trouble::Missing`] when Basecamp does not show the project.
pub async fn let_in(api: &Api, id: ProjectId, people: &[PersonId]) -> Result<(), Trouble> {
    let mut operation = api.route(&routes::UPDATE_PROJECT_ACCESS, &[&id]);
    operation.json(&json!({ "grant": people.iter().map(|person| person.0).collect::<Vec<_>>() }))?;
    again(api, operation).await
}

/// The tools of a project's dock and the columns of its card tables, as far as Basecamp shows them. What cannot be read is
/// left to the next comparison of everything.
pub async fn project_tools(api: &Api, project: &Fetched<Project>) -> Vec<Fetched<Recording>> {
    let mut records = wire::tools(project);
    for tool in &project.value.dock {
        let kind = wire::tool_kind(&tool.name);
        let read = if kind == Some(Kind::CardTable) {
            api.card_table(tool.id).await.map(|table| table.records)
        } else if kind == Some(Kind::Vault) {
            api.fetch(Kind::Vault, tool.id).await.map(|vault| vec![vault])
        } else {
            continue;
        };
        match read {
            Ok(read) => records.extend(read),
            Err(trouble) => tracing::info!(%trouble, tool = tool.name, "a tool of a new project was not read"),
        }
    }
    records
}

/// The project that the lost request made, if it made one.
async fn lost(api: &Api, new: &NewProject) -> Result<Option<Fetched<Project>>, Trouble> {
    let floor = new.since.checked_sub(CLOCKS).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut alike = Vec::new();
    for status in [Status::Active, Status::Archived, Status::Trashed] {
        let mut operation = api.route(&routes::LIST_PROJECTS, &[]);
        if status != Status::Active {
            operation.query("status", status.wire());
        }
        let mut page = api.page(operation).await?;
        loop {
            let batch = wire::projects(page.rows());
            // A page on which nothing can be read tells nothing of the lost one, least of all that it is not there.
            if batch.records.is_empty() && !batch.skipped.is_empty() {
                return Err(Trouble::malformed("none of the projects could be read"));
            }
            alike.extend(batch.records.into_iter().filter(|there| {
                there.value.name.trim() == new.name.trim()
                    && there.value.created_at >= floor
                    && !new.known.contains(&there.value.id)
            }));
            match api.next(&page).await? {
                Some(next) => page = next,
                None => break,
            }
        }
    }
    // Of several alike the oldest: the others were made by later tries of others.
    alike.sort_by_key(|there| there.value.created_at);
    for there in alike {
        let maker = maker(api, &there.value).await?;
        if maker.is_none() || new.me.is_none() || maker == new.me {
            return project(api, there.value.id).await.map(Some);
        }
    }
    Ok(None)
}

/// Who made a project: it does not tell itself, but its tools came with it and do.
async fn maker(api: &Api, project: &Project) -> Result<Option<PersonId>, Trouble> {
    for tool in &project.dock {
        let Some(kind) = wire::tool_kind(&tool.name) else { continue };
        match api.fetch(kind, tool.id).await {
            Ok(tool) if tool.value.creator.is_some() => return Ok(tool.value.creator),
            Ok(_) => {}
            Err(trouble) if trouble.hides() => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(None)
}
