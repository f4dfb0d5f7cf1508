//! What is kept of a workspace on this machine: copied, put back, written out, read in, removed.

use std::path::{Path, PathBuf};

use contract::commands::{
    BackUp, ExportData, ImportData, PurgeData, RemoveSignIn, RemoveWorkspace, RestoreBackup, ShowData,
};
use contract::{
    Backup, BackupReason, Code, DataExport, DataReport, Fault, Settings, Source, Tag, Workspace, WorkspaceId,
};
use serde::{Deserialize, Serialize};
use store::{CopyReason, copies_of};

use super::words::repeated;
use crate::Engine;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Written beside an export: what is known of the workspace and stands in no table of it.
const ABOUT: &str = "about.json";
/// What the sample's own Basecamp has kept, beside an export of the sample.
const JOURNAL: &str = "sample.journal";
/// The word that removes everything.
const PURGE: &str = "everything";
/// What an export that does not tell its name is called.
const IMPORTED: &str = "Imported workspace";

#[derive(Serialize, Deserialize)]
struct About {
    name: String,
    source: Source,
    account: String,
}

impl Engine {
    fn workspace_file(&self, id: WorkspaceId) -> PathBuf {
        self.0.options.data_dir.join("workspaces").join(format!("{id}.db"))
    }

    fn exports(&self) -> PathBuf {
        self.0.options.data_dir.join("exports")
    }

    async fn known_workspace(&self, id: WorkspaceId) -> Result<Workspace, Fault> {
        let found = self.0.app.workspace(id).await.into_fault()?;
        found.ok_or_else(|| Fault::new(Code::NotFound, "This workspace was removed. Open another one."))
    }
}

fn backup(copy: store::Copy) -> Backup {
    let why = match copy.why {
        CopyReason::Asked => BackupReason::Asked,
        CopyReason::Update => BackupReason::Update,
        CopyReason::Restore => BackupReason::Restore,
    };
    Backup { name: copy.name, at: copy.at, bytes: copy.bytes, why }
}

fn disk(what: &str, why: &std::io::Error) -> Fault {
    Fault::new(Code::Storage, format!("{what}: {why}. Check the disk and the folder's permissions, then try again."))
}

impl Handle<ShowData> for Ask<'_> {
    async fn handle(&self, _: ShowData) -> Result<DataReport, Fault> {
        let desk = self.desk().await?;
        let file = self.engine.workspace_file(desk.workspace);
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        let mut exports: Vec<String> = std::fs::read_dir(self.engine.exports())
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        exports.sort_unstable_by(|a, b| b.cmp(a));
        Ok(DataReport {
            folder: self.engine.0.options.data_dir.display().to_string(),
            bytes: size(&file) + size(&file.with_extension("db-wal")),
            backups: copies_of(&file).into_iter().map(backup).collect(),
            exports,
        })
    }
}

impl Handle<BackUp> for Ask<'_> {
    async fn handle(&self, _: BackUp) -> Result<Backup, Fault> {
        let desk = self.desk().await?;
        let file = self.engine.workspace_file(desk.workspace);
        let copy = desk.store.copy_beside(&file, CopyReason::Asked).await.into_fault()?;
        self.engine.touched(&[Tag::Workspaces]);
        Ok(backup(copy))
    }
}

impl Handle<RestoreBackup> for Ask<'_> {
    async fn handle(&self, RestoreBackup { name }: RestoreBackup) -> Result<Workspace, Fault> {
        let desk = self.desk().await?;
        let id = desk.workspace;
        let file = self.engine.workspace_file(id);
        let copy = copies_of(&file).into_iter().find(|copy| copy.name == name).ok_or_else(|| {
            let message = format!("There is no copy “{}”. `data.show` lists them.", repeated(&name));
            Fault::invalid("name", message)
        })?;
        // First what is put back, so that a copy that is not whole changes nothing.
        let fresh = file.with_extension("restoring");
        let _ = std::fs::remove_file(&fresh);
        store::read_in(&copy.path, &fresh).await.into_fault()?;
        store::doubt_outgoing(&fresh).await.into_fault()?;
        desk.store.copy_beside(&file, CopyReason::Restore).await.into_fault()?;
        let mut desks = self.engine.0.desks.lock().await;
        if let Some(desk) = desks.remove(&id) {
            desk.close().await;
        }
        for ending in ["db-wal", "db-shm"] {
            let _ = std::fs::remove_file(file.with_extension(ending));
        }
        std::fs::rename(&fresh, &file).map_err(|why| disk("The copy could not be put in place", &why))?;
        drop(desks);
        self.engine.desk(id).await?;
        self.engine.0.feed.publish(Some(id), contract::FeedBody::Reset);
        self.engine.touched(&[Tag::Workspaces]);
        self.engine.known_workspace(id).await
    }
}

impl Handle<ExportData> for Ask<'_> {
    async fn handle(&self, _: ExportData) -> Result<DataExport, Fault> {
        let desk = self.desk().await?;
        let workspace = self.engine.known_workspace(desk.workspace).await?;
        let stamp = self.engine.now().strftime("%Y-%m-%dT%H%M%SZ").to_string();
        let folder = self.engine.exports().join(format!("{stamp}-{}", plain(&workspace.name)));
        let written = store::write_out(&desk.store, &folder).await.into_fault()?;
        let mut files = written.files;
        let about = About { name: workspace.name, source: workspace.source, account: workspace.account };
        let text = serde_json::to_string_pretty(&about)
            .map_err(|why| Fault::new(Code::Internal, format!("The export could not be described: {why}.")))?;
        std::fs::write(folder.join(ABOUT), text).map_err(|why| disk("The export could not be written", &why))?;
        files.insert(0, ABOUT.into());
        let journal = self.engine.workspace_file(desk.workspace).with_extension("sample");
        if journal.exists() {
            std::fs::copy(&journal, folder.join(JOURNAL))
                .map_err(|why| disk("The export could not be written", &why))?;
            files.push(JOURNAL.into());
        }
        self.engine.touched(&[Tag::Workspaces]);
        Ok(DataExport { folder: folder.display().to_string(), files, records: written.records })
    }
}

/// A name as a folder may have it.
fn plain(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(40).collect();
    let name = name.trim_matches('-').to_lowercase();
    if name.is_empty() { "workspace".into() } else { name }
}

impl Handle<ImportData> for Ask<'_> {
    async fn handle(&self, ImportData { path }: ImportData) -> Result<Workspace, Fault> {
        let from = self.place(path.trim())?;
        let folder = if from.is_dir() { from.clone() } else { from.parent().unwrap_or(Path::new(".")).to_owned() };
        let about = std::fs::read_to_string(folder.join(ABOUT)).ok();
        let about: About = about.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| About {
            name: IMPORTED.into(),
            source: Source::Basecamp,
            account: String::new(),
        });
        // Read in before the workspace is made: what is not one leaves no trace.
        let fresh = self.engine.0.options.data_dir.join("workspaces").join("importing.db");
        let _ = std::fs::remove_file(&fresh);
        store::read_in(&from, &fresh).await.into_fault()?;
        store::doubt_outgoing(&fresh).await.into_fault()?;
        let name = about.name.chars().take(80).collect::<String>();
        let app = &self.engine.0.app;
        let workspace = app.add_workspace(&name, about.source, None, &about.account).await.into_fault()?;
        self.engine.make_room(workspace.id)?;
        let file = self.engine.workspace_file(workspace.id);
        std::fs::rename(&fresh, &file).map_err(|why| disk("The workspace could not be put in place", &why))?;
        let journal = folder.join(JOURNAL);
        if workspace.source == Source::Sample && journal.exists() {
            std::fs::copy(journal, file.with_extension("sample"))
                .map_err(|why| disk("The sample could not be put in place", &why))?;
        }
        self.engine.touched(&[Tag::Workspaces]);
        Ok(workspace)
    }
}

impl Ask<'_> {
    /// A whole path, or the name of an export.
    fn place(&self, path: &str) -> Result<PathBuf, Fault> {
        let given = Path::new(path);
        let is_name = given.components().count() == 1 && !path.starts_with('.');
        let place = if given.is_absolute() {
            given.to_owned()
        } else if is_name {
            self.engine.exports().join(given)
        } else {
            return Err(Fault::invalid("path", "Give a whole path, beginning at the root, or the name of an export."));
        };
        if !place.exists() {
            return Err(Fault::invalid("path", "There is nothing at this path. Check it, or choose an export."));
        }
        Ok(place)
    }
}

impl Handle<PurgeData> for Ask<'_> {
    async fn handle(&self, PurgeData { confirm }: PurgeData) -> Result<(), Fault> {
        if confirm.trim() != PURGE {
            return Err(Fault::invalid("confirm", format!("Type “{PURGE}” to remove everything.")));
        }
        let app = &self.engine.0.app;
        let sign_ins = app.sign_ins().await.into_fault()?;
        let models = app.models().await.into_fault()?;
        if !sign_ins.is_empty() || !models.is_empty() {
            // Secrets that cannot be reached would stay behind, and nobody would know of them.
            self.engine.vault_ready().await?;
        }
        for model in models {
            crate::assistant::disconnect_model(self.engine, model.id).await?;
        }
        for workspace in app.workspaces().await.into_fault()? {
            self.handle(RemoveWorkspace { id: workspace.id }).await?;
        }
        for sign_in in sign_ins {
            self.handle(RemoveSignIn { id: sign_in.sign_in.id }).await?;
        }
        if let Ok(vault) = self.engine.vault().await {
            for name in vault.names().await.unwrap_or_default() {
                vault.remove(&name).await.into_fault()?;
            }
        }
        app.set_settings(&Settings::default()).await.into_fault()?;
        app.clear_notices().await.into_fault()?;
        let data = &self.engine.0.options.data_dir;
        for folder in [self.engine.exports(), data.join("workspaces")] {
            if folder.exists() {
                std::fs::remove_dir_all(&folder).map_err(|why| disk("Not everything could be removed", &why))?;
            }
        }
        for copy in copies_of(&data.join("app.db")) {
            std::fs::remove_file(&copy.path).map_err(|why| disk("Not everything could be removed", &why))?;
        }
        self.engine.touched(&[Tag::Workspaces, Tag::Accounts, Tag::Settings, Tag::Models]);
        Ok(())
    }
}
