//! Connecting a server, telling of it, and letting it go. The settings lie with the workspace; the secrets in the vault.

use std::sync::Arc;

use activepieces::{Client, Credential, Credentials, Project, Secret, gather};
use contract::commands::ConnectAutomationServer;
use contract::{AutomationServer, Code, Fault, Source, WorkspaceId};
use futures::future::BoxFuture;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Store, StoreError};

use super::link::client;
use super::remote::Remote;
use super::{pull, sample};
use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;

/// Where the settings lie.
const MARK: &str = "automation-server";
/// More projects than anybody chooses among.
const PROJECTS: usize = 1000;

/// How a server is reached; no secret is among it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) address: String,
    /// Empty with an API key.
    pub(super) email: String,
    pub(super) account: String,
    pub(super) version: String,
    pub(super) project: String,
    pub(super) project_name: String,
    #[serde(default)]
    pub(super) is_sample: bool,
    /// When the sample's stand-in came to be: its past is told from there.
    pub(super) born: Timestamp,
}

impl Kept {
    /// What flows know the server and its project by.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.address, self.project)
    }
}

pub(super) fn secret_name(workspace: WorkspaceId) -> String {
    format!("server.{workspace}.secret")
}

pub(super) fn token_name(workspace: WorkspaceId) -> String {
    format!("server.{workspace}.token")
}

pub(super) fn credential(email: &str, secret: Secret) -> Credential {
    if email.is_empty() {
        return Credential::ApiKey(secret);
    }
    Credential::Password { email: email.to_owned(), password: secret }
}

/// How the server of a workspace is reached, if one is connected.
pub(super) async fn kept(desk: &Desk) -> Result<Option<Kept>, Fault> {
    let mark = desk.store.mark(MARK).await.into_fault()?;
    Ok(mark.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Whether a server is connected.
pub(super) async fn is_connected(store: &Store) -> Result<bool, StoreError> {
    Ok(store.mark(MARK).await?.is_some())
}

/// Keeps what the server says of itself, when that is news.
pub(super) async fn note_version(desk: &Desk, version: &str) -> Result<(), Fault> {
    if let Some(kept) = kept(desk).await?.filter(|kept| kept.version != version) {
        keep(desk, &Kept { version: version.to_owned(), ..kept }).await?;
    }
    Ok(())
}

async fn keep(desk: &Desk, kept: &Kept) -> Result<(), Fault> {
    let text = serde_json::to_string(kept).map_err(|why| {
        Fault::new(Code::Internal, format!("The settings of the server could not be written: {why}."))
    })?;
    desk.store.set_mark(MARK, Some(&text)).await.into_fault()
}

pub(super) fn none() -> Fault {
    Fault::new(Code::NotFound, "No Activepieces server is connected. Connect one under Automations.")
}

/// The server of a workspace, as a page shows it.
pub(crate) async fn show(desk: &Arc<Desk>) -> Result<AutomationServer, Fault> {
    let offer = match is_sample(desk).await? {
        true => Some(sample::ADDRESS.to_owned()),
        false => None,
    };
    let Some(kept) = kept(desk).await? else { return Ok(AutomationServer { offer, ..AutomationServer::default() }) };
    let mut waiting = 0;
    let mut troubles = Vec::new();
    for (_, text, edits) in desk.store.remote_flows().await.into_fault()? {
        let Some(remote) = Remote::read(&text).filter(|remote| remote.server == kept.name()) else { continue };
        waiting += edits.saturating_add(u32::try_from(remote.draft.queue().len()).unwrap_or(u32::MAX));
        troubles.extend(remote.trouble.map(|why| format!("“{}”: {why}", remote.draft.flow().display_name)));
    }
    let away = desk.server.state().fault.clone().map(|fault| fault.message);
    Ok(AutomationServer {
        address: kept.address,
        account: if kept.account.is_empty() { kept.email } else { kept.account },
        version: kept.version,
        project: kept.project_name,
        fault: away.or_else(|| troubles.into_iter().next()),
        waiting,
        offer,
    })
}

async fn is_sample(desk: &Desk) -> Result<bool, Fault> {
    let workspaces = desk.server.engine()?.0.app.workspaces().await.into_fault()?;
    Ok(workspaces.iter().any(|workspace| workspace.id == desk.workspace && workspace.source == Source::Sample))
}

/// Connects a server, or the same one in another way.
///
/// # Errors
/// `Invalid` for the field that is wrong, `Offline` when nothing answers. What was connected before stays then.
pub(crate) async fn connect(desk: &Arc<Desk>, input: ConnectAutomationServer) -> Result<AutomationServer, Fault> {
    let engine = desk.server.engine()?;
    let wants_sample = input.address.trim().is_empty() || input.address.trim() == sample::ADDRESS;
    let kept = match wants_sample && is_sample(desk).await? {
        true => sample::settings(&engine, desk).await?,
        false => sign_in(&engine, desk, &input).await?,
    };
    keep(desk, &kept).await?;
    desk.server.forget().await;
    let link = desk.server.link(desk).await?;
    let looked = pull::pull(desk, &link).await;
    desk.server.heard(desk, looked.err());
    desk.server.touched(desk);
    show(desk).await
}

async fn sign_in(engine: &Engine, desk: &Desk, input: &ConnectAutomationServer) -> Result<Kept, Fault> {
    let email = input.email.trim().to_owned();
    if input.secret.is_blank() {
        let wanted = if email.is_empty() { "the API key" } else { "the password" };
        return Err(Fault::invalid("secret", format!("Give {wanted} of the server.")));
    }
    let typed = input.secret.clone().into_inner();
    // A key is pasted with what stands around it; a password may begin with a blank.
    let secret = Secret::new(if email.is_empty() { typed.trim() } else { typed.as_str() });
    let given = Arc::new(Given(credential(&email, secret.clone())));
    let client = client(engine, desk, input.address.trim(), given)?;
    let flags = client.flags().await.into_fault()?;
    if let Some(why) = flags.features().too_old {
        return Err(Fault::invalid("address", why));
    }
    let account = client.sign_in().await.map_err(refused)?;
    let projects = projects(&client).await.map_err(refused)?;
    let project = choose(&projects, input.project.as_deref(), account.project_id.as_deref())?;
    let vault = engine.vault().await?;
    vault.put(&secret_name(desk.workspace), vault::Secret::new(secret.expose().to_owned())).await.into_fault()?;
    // The token is of whoever was signed in before.
    vault.remove(&token_name(desk.workspace)).await.into_fault()?;
    Ok(Kept {
        address: client.address().as_str().to_owned(),
        account: if account.name.is_empty() { account.email } else { account.name },
        version: flags.current_version,
        project: project.id.clone(),
        project_name: project.display_name.clone(),
        is_sample: false,
        born: desk.now(),
        email,
    })
}

pub(super) async fn projects(client: &Client) -> Result<Vec<Project>, activepieces::Fault> {
    gather(PROJECTS, |cursor| async move { client.projects(cursor.as_deref(), Some(100)).await }).await
}

/// What a refused sign-in is about is what was typed for it.
fn refused(fault: activepieces::Fault) -> Fault {
    match fault {
        activepieces::Fault::SignIn(why) => Fault::invalid("secret", why),
        activepieces::Fault::Forbidden(_)
        | activepieces::Fault::NotFound(_)
        | activepieces::Fault::Conflict(_)
        | activepieces::Fault::Limited { .. }
        | activepieces::Fault::Invalid { .. }
        | activepieces::Fault::Gone(_)
        | activepieces::Fault::Unavailable { .. }
        | activepieces::Fault::Failed(_)
        | activepieces::Fault::Unreadable(_)
        | activepieces::Fault::Cancelled => fault.into_fault(),
    }
}

fn choose<'p>(projects: &'p [Project], wanted: Option<&str>, usual: Option<&str>) -> Result<&'p Project, Fault> {
    if let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) {
        let found = projects.iter().find(|project| project.id == wanted || project.display_name == wanted);
        return found.ok_or_else(|| {
            let names: Vec<&str> = projects.iter().map(|project| project.display_name.as_str()).collect();
            Fault::invalid("project", format!("There is no such project on the server. It has: {}.", names.join(", ")))
        });
    }
    let usual = projects.iter().find(|project| Some(project.id.as_str()) == usual);
    usual.or_else(|| projects.first()).ok_or_else(|| {
        Fault::invalid("project", "This account has no project on the server. Make one there, then connect again.")
    })
}

/// Looks at the server right now, as the loop does from time to time; tells its version.
///
/// # Errors
/// `NotFound` when none is connected; why it cannot be reached or used.
pub(crate) async fn probe(desk: &Arc<Desk>) -> Result<String, Fault> {
    kept(desk).await?.ok_or_else(none)?;
    let link = desk.server.link(desk).await?;
    let looked = pull::pull(desk, &link).await;
    desk.server.heard(desk, looked.clone().err());
    looked?;
    Ok(kept(desk).await?.map(|kept| kept.version).unwrap_or_default())
}

/// Lets the server go. Its flows stay here as they were last seen, to be read or taken into the app.
///
/// # Errors
/// `NotFound` when none is connected.
pub(crate) async fn disconnect(desk: &Arc<Desk>) -> Result<(), Fault> {
    let kept = kept(desk).await?.ok_or_else(none)?;
    let engine = desk.server.engine()?;
    // First the settings: without them nobody asks for the secrets.
    desk.store.set_mark(MARK, None).await.into_fault()?;
    desk.server.forget().await;
    desk.server.close().await;
    if !kept.is_sample {
        let vault = engine.vault().await?;
        for name in [secret_name(desk.workspace), token_name(desk.workspace)] {
            vault.remove(&name).await.into_fault()?;
        }
    }
    desk.server.touched(desk);
    Ok(())
}

/// Forgets what a workspace that goes signs in with.
pub(crate) async fn forget_secrets(engine: &Engine, workspace: WorkspaceId) {
    // Without a place for secrets, none is there.
    let Ok(vault) = engine.vault().await else { return };
    let kept = vault.names().await.unwrap_or_default();
    for name in [secret_name(workspace), token_name(workspace)].into_iter().filter(|name| kept.contains(name)) {
        if let Err(why) = vault.remove(&name).await {
            tracing::warn!(%why, "the sign-in of a removed workspace's server could not be removed");
        }
    }
}

/// A sign-in that is only tried.
struct Given(Credential);

impl Credentials for Given {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, activepieces::Fault>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}
