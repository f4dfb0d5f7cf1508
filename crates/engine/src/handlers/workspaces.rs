//! Workspaces: made, opened, renamed, removed.

use contract::commands::{
    ConnectWorkspace, ListWorkspaces, OpenSample, OpenWorkspace, RemoveWorkspace, RenameWorkspace,
};
use contract::{Code, Fault, Source, Tag, Workspace, WorkspaceId};

use crate::Engine;
use crate::automation::connections;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

const NAME_LIMIT: usize = 80;
const SAMPLE_NAME: &str = "Harbour Studio";

impl Engine {
    async fn workspace(&self, id: WorkspaceId) -> Result<Workspace, Fault> {
        let found = self.0.app.workspace(id).await.into_fault()?;
        found
            .ok_or_else(|| Fault::new(Code::NotFound, format!("There is no workspace {id}. It may have been removed.")))
    }

    /// Moves away what an earlier installation left under this number, for it may be another account's. Nothing is deleted.
    pub(super) fn make_room(&self, id: WorkspaceId) -> Result<(), Fault> {
        let folder = self.0.options.data_dir.join("workspaces");
        let start = format!("{id}.");
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&start) {
                let aside = folder.join(format!("before-{}-{name}", self.now().as_second()));
                std::fs::rename(entry.path(), aside).map_err(|why| {
                    Fault::new(
                        Code::Storage,
                        format!(
                            "The file {name} of an earlier workspace is in the way: {why}. Move it away and try again."
                        ),
                    )
                })?;
            }
        }
        Ok(())
    }

    /// Opens it, and fetches: everything when that was never done, otherwise what changed.
    async fn enter(&self, id: WorkspaceId) -> Result<Workspace, Fault> {
        let desk = self.desk(id).await?;
        self.0.app.workspace_opened(id).await.into_fault()?;
        if !desk.state.is_offline() && !desk.state.is_paused() {
            desk.fetcher.start_pass().await?;
        }
        self.touched(&[Tag::Workspaces]);
        self.workspace(id).await
    }
}

impl Handle<ListWorkspaces> for Ask<'_> {
    async fn handle(&self, _: ListWorkspaces) -> Result<Vec<Workspace>, Fault> {
        self.engine.0.app.workspaces().await.into_fault()
    }
}

impl Handle<OpenSample> for Ask<'_> {
    async fn handle(&self, _: OpenSample) -> Result<Workspace, Fault> {
        let app = &self.engine.0.app;
        let there =
            app.workspaces().await.into_fault()?.into_iter().find(|workspace| workspace.source == Source::Sample);
        let sample = match there {
            Some(sample) => sample,
            None => {
                let sample = app.add_workspace(SAMPLE_NAME, Source::Sample, None, "").await.into_fault()?;
                self.engine.make_room(sample.id)?;
                sample
            }
        };
        self.engine.enter(sample.id).await
    }
}

impl Handle<ConnectWorkspace> for Ask<'_> {
    async fn handle(&self, input: ConnectWorkspace) -> Result<Workspace, Fault> {
        let app = &self.engine.0.app;
        let sign_in = app.sign_in(input.sign_in).await.into_fault()?;
        let sign_in = sign_in
            .ok_or_else(|| Fault::invalid("sign_in", "There is no such sign-in. Sign in to Basecamp first."))?
            .sign_in;
        let account = sign_in.accounts.iter().find(|account| account.account == input.account.trim());
        let account = account.ok_or_else(|| {
            Fault::invalid("account", "This sign-in does not reach that account. Choose one that it lists.")
        })?;
        let there = app.workspaces().await.into_fault()?.into_iter().find(|workspace| {
            workspace.source == Source::Basecamp
                && workspace.account == account.account
                && workspace.sign_in.is_none_or(|id| id == sign_in.id)
        });
        let workspace = match there {
            Some(workspace) => {
                app.set_workspace_account(workspace.id, Some(sign_in.id), &account.account).await.into_fault()?;
                // An open one still has the way that it was opened with.
                if let Some(desk) = self.engine.0.desks.lock().await.remove(&workspace.id) {
                    desk.close().await;
                }
                workspace
            }
            None => {
                let name = name(input.name.as_deref().unwrap_or(&account.name))?;
                let made = app.add_workspace(&name, Source::Basecamp, Some(sign_in.id), &account.account).await;
                let workspace = made.into_fault()?;
                self.engine.make_room(workspace.id)?;
                workspace
            }
        };
        self.engine.enter(workspace.id).await
    }
}

impl Handle<OpenWorkspace> for Ask<'_> {
    async fn handle(&self, OpenWorkspace { id }: OpenWorkspace) -> Result<Workspace, Fault> {
        self.engine.enter(id).await
    }
}

impl Handle<RenameWorkspace> for Ask<'_> {
    async fn handle(&self, input: RenameWorkspace) -> Result<Workspace, Fault> {
        let name = name(&input.name)?;
        self.engine.workspace(input.id).await?;
        self.engine.0.app.rename_workspace(input.id, &name).await.into_fault()?;
        self.engine.touched(&[Tag::Workspaces]);
        self.engine.workspace(input.id).await
    }
}

impl Handle<RemoveWorkspace> for Ask<'_> {
    async fn handle(&self, RemoveWorkspace { id }: RemoveWorkspace) -> Result<(), Fault> {
        self.engine.workspace(id).await?;
        if let Some(desk) = self.engine.0.desks.lock().await.remove(&id) {
            desk.close().await;
        }
        crate::automation::server::forget_secrets(self.engine, id).await;
        self.engine.0.app.remove_workspace(id).await.into_fault()?;
        let folder = self.engine.0.options.data_dir.join("workspaces");
        // Its copies go with it: what is removed from this machine is removed.
        let start = format!("{id}.");
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&start)
                && let Err(why) = std::fs::remove_file(entry.path())
            {
                tracing::warn!(%why, "a file of a removed workspace could not be removed");
            }
        }
        connections::remove_all(self.engine, id).await;
        self.engine.touched(&[Tag::Workspaces]);
        Ok(())
    }
}

fn name(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NAME_LIMIT {
        return Err(Fault::invalid("name", format!("A workspace's name has 1 to {NAME_LIMIT} characters.")));
    }
    Ok(text.to_owned())
}
