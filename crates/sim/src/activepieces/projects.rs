//! The platform, its people, its projects and its folders.

use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::ids::stamp;
use super::installation::{Folder, Installation, Project};
use super::reply::Reply;

impl Installation {
    /// The project that a list or a create names.
    pub(super) fn known_project(&self, id: &str) -> Result<&Project, Reply> {
        self.projects.iter().find(|project| project.id == id).ok_or_else(|| Reply::not_found("project", id))
    }

    fn project_json(&self, project: &Project) -> Value {
        let flows = self.flows.iter().filter(|row| row.project == project.id);
        json!({
            "id": project.id, "created": stamp(project.created), "updated": stamp(project.updated),
            "ownerId": self.person_id(), "displayName": project.name, "platformId": self.platform_id(),
            "maxConcurrentJobs": null, "type": if project.is_team { "TEAM" } else { "PERSONAL" },
            "icon": { "color": project.color }, "externalId": project.external_id, "releasesEnabled": false,
            "metadata": project.metadata, "poolId": null,
            "plan": {
                "id": project.plan, "created": stamp(project.created), "updated": stamp(project.created),
                "projectId": project.id, "locked": false, "name": if project.is_team { "platform" } else { "free" },
                "piecesFilterType": "NONE", "pieces": [],
            },
            "analytics": {
                "totalUsers": 1, "activeUsers": 1, "totalFlows": flows.clone().count(),
                "activeFlows": flows.filter(|row| row.is_enabled()).count(),
            },
        })
    }

    pub(super) fn folder(&mut self, project: &str, name: &str, now: jiff::Timestamp) -> Folder {
        Folder { id: self.id(), project: project.to_owned(), name: name.to_owned(), created: now, updated: now }
    }

    fn folder_json(&self, folder: &Folder) -> Value {
        let flows = self.flows.iter().filter(|row| row.record.folder_id.as_ref() == Some(&folder.id)).count();
        let tables = self.tables.iter().filter(|table| table.folder.as_ref() == Some(&folder.id)).count();
        json!({
            "id": folder.id, "created": stamp(folder.created), "updated": stamp(folder.updated),
            "displayName": folder.name, "projectId": folder.project, "displayOrder": 0, "numberOfFlows": flows,
            "numberOfTables": tables,
        })
    }
}

/// `/v1/projects…`
pub(super) fn projects(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => {
            let name = ask.param("displayName").map(str::to_lowercase);
            let rows: Vec<&Project> = all
                .projects
                .iter()
                .filter(|project| name.as_ref().is_none_or(|name| project.name.to_lowercase().contains(name)))
                .collect();
            Reply::page(&rows, ask, 50, |project| &project.id, |project| all.project_json(project).to_string())
        }
        ("POST", []) => {
            let body = ask.body()?;
            let mut project = all.project(ask::name(&body, "displayName")?, true, ask.now);
            project.external_id = ask::some_text(&body, "externalId");
            project.metadata = body.get("metadata").cloned().unwrap_or_default();
            let answer = all.project_json(&project);
            all.projects.push(project);
            Ok(Reply::json(201, answer))
        }
        ("GET", [id]) => {
            let mut answer = all.project_json(all.known_project(ask::id(id)?)?);
            if let Value::Object(answer) = &mut answer {
                answer.insert("deleted".to_owned(), Value::Null);
            }
            Ok(Reply::ok(answer))
        }
        ("POST", [id]) => {
            let body = ask.body()?;
            all.known_project(ask::id(id)?)?;
            if let Some(project) = all.projects.iter_mut().find(|project| project.id == *id) {
                project.updated = ask.now;
                // The name of a personal project is made from its owner's and stays.
                if project.is_team
                    && let Some(name) = ask::some_text(&body, "displayName")
                {
                    project.name = name;
                }
                if let Some(metadata) = body.get("metadata") {
                    project.metadata = metadata.clone();
                }
            }
            Ok(Reply::ok(all.project_json(all.known_project(id)?)))
        }
        ("DELETE", [id]) => {
            if !all.known_project(ask::id(id)?)?.is_team {
                return Err(Reply::domain(
                    409,
                    "VALIDATION",
                    json!({ "message": "Personal projects cannot be deleted" }),
                ));
            }
            all.projects.retain(|project| project.id != *id);
            all.flows.retain(|row| row.project != *id);
            all.runs.retain(|run| run.project != *id);
            all.folders.retain(|folder| folder.project != *id);
            all.connections.retain(|connection| connection.project != *id);
            all.variables.retain(|variable| variable.project != *id);
            all.tables.retain(|table| table.project != *id);
            Ok(Reply::empty(204))
        }
        _ => Err(Reply::no_route()),
    }
}

/// `/v1/folders…`
pub(super) fn folders(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    let known = |all: &Installation, id: &str| {
        let id = ask::id(id)?;
        let found = all.folders.iter().position(|folder| folder.id == id);
        found.ok_or_else(|| Reply::not_found("folder", id))
    };
    match (ask.method, rest) {
        ("GET", []) => {
            let project = &all.known_project(ask.needed_param("projectId")?)?.id;
            let rows: Vec<&Folder> = all.folders.iter().filter(|folder| folder.project == *project).collect();
            Reply::page(&rows, ask, 10, |folder| &folder.id, |folder| all.folder_json(folder).to_string())
        }
        ("POST", []) => {
            let body = ask.body()?;
            let project = all.known_project(ask::text(&body, "projectId")?)?.id.clone();
            let name = ask::name(&body, "displayName")?;
            let same = |folder: &&Folder| folder.project == project && folder.name.eq_ignore_ascii_case(name);
            if let Some(present) = all.folders.iter().find(same) {
                return Ok(Reply::ok(all.folder_json(present)));
            }
            let folder = all.folder(&project, name, ask.now);
            let answer = all.folder_json(&folder);
            all.folders.push(folder);
            Ok(Reply::ok(answer))
        }
        ("GET", [id]) => {
            let at = known(all, id)?;
            Ok(Reply::ok(all.folders.get(at).map(|folder| all.folder_json(folder)).unwrap_or_default()))
        }
        ("POST", [id]) => {
            let at = known(all, id)?;
            let body = ask.body()?;
            let name = ask::name(&body, "displayName")?.to_owned();
            if let Some(folder) = all.folders.get_mut(at) {
                folder.name = name;
                folder.updated = ask.now;
            }
            Ok(Reply::ok(all.folders.get(at).map(|folder| all.folder_json(folder)).unwrap_or_default()))
        }
        ("DELETE", [id]) => {
            let at = known(all, id)?;
            let gone = all.folders.remove(at).id;
            for row in all.flows.iter_mut().filter(|row| row.record.folder_id.as_ref() == Some(&gone)) {
                row.record.folder_id = None;
            }
            for table in all.tables.iter_mut().filter(|table| table.folder.as_ref() == Some(&gone)) {
                table.folder = None;
            }
            Ok(Reply::empty(204))
        }
        _ => Err(Reply::no_route()),
    }
}

/// `/v1/users…`
pub(super) fn users(all: &Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    let mut user = all.owner_json();
    if let Value::Object(user) = &mut user {
        user.insert("lastActiveDate".to_owned(), Value::Null);
        user.insert("imageUrl".to_owned(), Value::Null);
    }
    match (ask.method, rest) {
        ("GET", []) => Ok(Reply::ok(json!({ "data": [user], "next": null, "previous": null }))),
        ("GET", [id]) if all.person_id() == **id => {
            if let Value::Object(user) = &mut user {
                user.insert("badges".to_owned(), json!([]));
            }
            Ok(Reply::ok(user))
        }
        ("GET", [id]) => Err(Reply::not_found("user", ask::id(id)?)),
        _ => Err(Reply::no_route()),
    }
}

/// `GET /v1/platforms/:id`
pub(super) fn platform(all: &Installation, id: &str) -> Result<Reply, Reply> {
    let platform = all.platform.as_ref().filter(|platform| platform.id == id);
    let platform = platform.ok_or_else(|| Reply::not_found("platform", id))?;
    let logo = "https://cdn.example.com/logo.svg";
    Ok(Reply::ok(json!({
        "id": platform.id, "created": stamp(platform.created), "updated": stamp(platform.created),
        "ownerId": all.person_id(), "name": platform.name, "primaryColor": "#6e41e2", "logoIconUrl": logo,
        "fullLogoUrl": logo, "favIconUrl": logo, "filteredPieceNames": [], "filteredPieceBehavior": "BLOCKED",
        "cloudAuthEnabled": true, "googleAuthEnabled": true, "enforceAllowedAuthDomains": false,
        "allowedAuthDomains": [], "allowedEmbedOrigins": [], "ssoDomain": null, "ssoDomainVerification": null,
        "emailAuthEnabled": true, "pinnedPieces": [], "federatedAuthProviders": { "saml": null }, "plan": plan(),
    })))
}

/// What the Community edition may do.
fn plan() -> Value {
    let mut plan = json!({
        "includedAiCredits": 0, "aiCreditsAutoTopUpState": "disabled", "teamProjectsLimit": "ONE",
        "stripeSubscriptionStartDate": 0, "stripeSubscriptionEndDate": 0, "dedicatedWorkers": null,
    });
    let yes = ["tablesEnabled", "analyticsEnabled", "agentsEnabled", "aiProvidersEnabled"];
    let no = [
        "eventStreamingEnabled",
        "environmentsEnabled",
        "showPoweredBy",
        "auditLogEnabled",
        "embeddingEnabled",
        "chatEnabled",
        "dataManipulationEnabled",
        "managePiecesEnabled",
        "manageTemplatesEnabled",
        "customAppearanceEnabled",
        "projectRolesEnabled",
        "globalConnectionsEnabled",
        "customRolesEnabled",
        "apiKeysEnabled",
        "ssoEnabled",
        "secretManagersEnabled",
        "scimEnabled",
        "canary",
        "customDomainsEnabled",
    ];
    if let Value::Object(plan) = &mut plan {
        plan.extend(yes.map(|flag| (flag.to_owned(), json!(true))));
        plan.extend(no.map(|flag| (flag.to_owned(), json!(false))));
    }
    plan
}
