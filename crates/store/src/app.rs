//! What belongs to this installation: workspaces, sign-ins without their secrets, models, settings, notices.

use std::path::Path;

use contract::{AccountChoice, Settings, SignIn, SignInId, Source, Workspace, WorkspaceId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::{SqlitePool, SqliteRow};

use crate::columns::{instant, instant_or_none, micros};
use crate::error::{Result, StoreError};
use crate::migrate;
use crate::open::{Clock, open_writer};

mod models;
pub use models::NewModel;

/// The installation's own database. Cheap to clone.
#[derive(Clone)]
pub struct AppStore {
    db: SqlitePool,
    clock: Clock,
}

impl std::fmt::Debug for AppStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppStore").finish_non_exhaustive()
    }
}

/// A sign-in to keep. Its secrets are the vault's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignIn {
    /// A name, or an address.
    pub label: String,
    /// `token` or `oauth`.
    pub method: String,
    /// The API's base URL.
    pub api: String,
    /// The sign-in server's base URL.
    pub launchpad: String,
    /// The integration's client id; empty for a token.
    pub client_id: String,
    /// The accounts it reaches.
    pub accounts: Vec<AccountChoice>,
}

/// A sign-in with what renewing it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSignIn {
    /// As people see it.
    pub sign_in: SignIn,
    /// The sign-in server's base URL.
    pub launchpad: String,
    /// The integration's client id; empty for a token.
    pub client_id: String,
}

/// The accounts as they are stored: a form of its own, so that the view may change.
#[derive(Serialize, Deserialize)]
struct Account {
    account: String,
    name: String,
}

impl AppStore {
    /// Opens `app.db`, making it and its folder when there are none.
    ///
    /// # Errors
    /// As for a workspace's file.
    pub async fn open(path: impl AsRef<Path>, clock: Clock) -> Result<Self> {
        let db = open_writer(path.as_ref(), &clock, &migrate::app()).await?;
        Ok(Self { db, clock })
    }

    /// Closes the file.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// The workspaces, last opened first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>> {
        let rows = sqlx::query("select * from workspace order by coalesce(opened_at, created_at) desc, id desc")
            .fetch_all(&self.db)
            .await?;
        rows.iter().map(workspace).collect()
    }

    /// A workspace.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>> {
        let row = sqlx::query("select * from workspace where id = ?").bind(id.0).fetch_optional(&self.db).await?;
        row.map(|row| workspace(&row)).transpose()
    }

    /// Makes a workspace. Ids are never given again, so that a removed one's file is never taken for another's.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_workspace(
        &self,
        name: &str,
        source: Source,
        sign_in: Option<SignInId>,
        account: &str,
    ) -> Result<Workspace> {
        let row = sqlx::query(
            "insert into workspace (name, source, sign_in, account, created_at) values (?, ?, ?, ?, ?) returning *",
        )
        .bind(name.to_owned())
        .bind(source_text(source))
        .bind(sign_in.map(|id| id.0))
        .bind(account.to_owned())
        .bind(micros((self.clock)()))
        .fetch_one(&self.db)
        .await?;
        workspace(&row)
    }

    /// Notes that a workspace was opened.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn workspace_opened(&self, id: WorkspaceId) -> Result<()> {
        let at = micros((self.clock)());
        sqlx::query("update workspace set opened_at = ? where id = ?").bind(at).bind(id.0).execute(&self.db).await?;
        Ok(())
    }

    /// Renames a workspace.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn rename_workspace(&self, id: WorkspaceId, name: &str) -> Result<()> {
        sqlx::query("update workspace set name = ? where id = ?")
            .bind(name.to_owned())
            .bind(id.0)
            .execute(&self.db)
            .await?;
        Ok(())
    }

    /// Says which account a workspace holds, once that is known, and through which sign-in.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_workspace_account(&self, id: WorkspaceId, sign_in: Option<SignInId>, account: &str) -> Result<()> {
        sqlx::query("update workspace set sign_in = ?, account = ? where id = ?")
            .bind(sign_in.map(|id| id.0))
            .bind(account.to_owned())
            .bind(id.0)
            .execute(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets a workspace. Its file is the caller's to remove.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn remove_workspace(&self, id: WorkspaceId) -> Result<()> {
        sqlx::query("delete from workspace where id = ?").bind(id.0).execute(&self.db).await?;
        Ok(())
    }

    /// The sign-ins, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn sign_ins(&self) -> Result<Vec<StoredSignIn>> {
        let rows = sqlx::query("select * from sign_in order by id").fetch_all(&self.db).await?;
        rows.iter().map(sign_in).collect()
    }

    /// A sign-in.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn sign_in(&self, id: SignInId) -> Result<Option<StoredSignIn>> {
        let row = sqlx::query("select * from sign_in where id = ?").bind(id.0).fetch_optional(&self.db).await?;
        row.map(|row| sign_in(&row)).transpose()
    }

    /// Keeps a sign-in.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_sign_in(&self, new: &NewSignIn) -> Result<StoredSignIn> {
        let row = sqlx::query(
            "insert into sign_in (label, method, api, launchpad, client_id, revoked, accounts, created_at)
             values (?, ?, ?, ?, ?, 0, ?, ?) returning *",
        )
        .bind(&new.label)
        .bind(&new.method)
        .bind(&new.api)
        .bind(&new.launchpad)
        .bind(&new.client_id)
        .bind(accounts_text(&new.accounts)?)
        .bind(micros((self.clock)()))
        .fetch_one(&self.db)
        .await?;
        sign_in(&row)
    }

    /// Replaces what is kept of a sign-in that was renewed; it is no longer revoked.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn renew_sign_in(&self, id: SignInId, new: &NewSignIn) -> Result<()> {
        sqlx::query(
            "update sign_in set label = ?, method = ?, api = ?, launchpad = ?, client_id = ?, accounts = ?, revoked = 0 where id = ?",
        )
        .bind(&new.label)
        .bind(&new.method)
        .bind(&new.api)
        .bind(&new.launchpad)
        .bind(&new.client_id)
        .bind(accounts_text(&new.accounts)?)
        .bind(id.0)
        .execute(&self.db)
        .await?;
        Ok(())
    }

    /// Notes that Basecamp no longer accepts a sign-in, or accepts it again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_revoked(&self, id: SignInId, revoked: bool) -> Result<()> {
        sqlx::query("update sign_in set revoked = ? where id = ?").bind(revoked).bind(id.0).execute(&self.db).await?;
        Ok(())
    }

    /// Forgets a sign-in. Workspaces that used it stay, without one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn remove_sign_in(&self, id: SignInId) -> Result<()> {
        sqlx::query("delete from sign_in where id = ?").bind(id.0).execute(&self.db).await?;
        Ok(())
    }

    /// What the person chose; the defaults for what was never chosen or can no longer be read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn settings(&self) -> Result<Settings> {
        let text = self.value("settings").await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Keeps what the person chose.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_settings(&self, settings: &Settings) -> Result<()> {
        self.set_value("settings", Some(&serde_json::to_string(settings)?)).await
    }

    /// A single value of the installation, such as where secrets are kept.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn value(&self, key: &str) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("select value from setting where key = ?")
            .bind(key.to_owned())
            .fetch_optional(&self.db)
            .await?)
    }

    /// Sets a single value, or removes it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn set_value(&self, key: &str, value: Option<&str>) -> Result<()> {
        let query = match value {
            Some(value) => sqlx::query(
                "insert into setting (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
            )
            .bind(key.to_owned())
            .bind(value.to_owned()),
            None => sqlx::query("delete from setting where key = ?").bind(key.to_owned()),
        };
        query.execute(&self.db).await?;
        Ok(())
    }

    /// Keeps a sentence for the person until it was read.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_notice(&self, text: &str) -> Result<()> {
        sqlx::query("insert into notice (at, text) values (?, ?)")
            .bind(micros((self.clock)()))
            .bind(text.to_owned())
            .execute(&self.db)
            .await?;
        Ok(())
    }

    /// The sentences that were kept, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn notices(&self) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar("select text from notice order by id").fetch_all(&self.db).await?)
    }

    /// Forgets the sentences: they were read.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn clear_notices(&self) -> Result<()> {
        sqlx::query("delete from notice").execute(&self.db).await?;
        Ok(())
    }
}

fn source_text(source: Source) -> &'static str {
    match source {
        Source::Sample => "sample",
        Source::Basecamp => "basecamp",
    }
}

fn workspace(row: &SqliteRow) -> Result<Workspace> {
    Ok(Workspace {
        id: WorkspaceId(row.try_get("id")?),
        name: row.try_get("name")?,
        source: match row.try_get::<&str, _>("source")? {
            "sample" => Source::Sample,
            "basecamp" => Source::Basecamp,
            other => return Err(StoreError::Unreadable(format!("the source {other} is unknown"))),
        },
        sign_in: row.try_get::<Option<i64>, _>("sign_in")?.map(SignInId),
        account: row.try_get("account")?,
        created_at: instant(row, "created_at")?,
        opened_at: instant_or_none(row, "opened_at")?,
    })
}

fn sign_in(row: &SqliteRow) -> Result<StoredSignIn> {
    let accounts: Vec<Account> = serde_json::from_str(row.try_get("accounts")?)?;
    Ok(StoredSignIn {
        sign_in: SignIn {
            id: SignInId(row.try_get("id")?),
            label: row.try_get("label")?,
            method: row.try_get("method")?,
            api: row.try_get("api")?,
            revoked: row.try_get("revoked")?,
            created_at: instant(row, "created_at")?,
            accounts: accounts.into_iter().map(|a| AccountChoice { account: a.account, name: a.name }).collect(),
        },
        launchpad: row.try_get("launchpad")?,
        client_id: row.try_get("client_id")?,
    })
}

fn accounts_text(accounts: &[AccountChoice]) -> Result<String> {
    let accounts: Vec<Account> =
        accounts.iter().map(|a| Account { account: a.account.clone(), name: a.name.clone() }).collect();
    Ok(serde_json::to_string(&accounts)?)
}
