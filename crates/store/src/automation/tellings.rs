//! What a server is still to be told of. Each is a run that has not begun there, under the key of what happened; once the server
//! has it, its own run takes that place, and the key stays so that it is not told again.

use contract::{RunId, RunStatus, Tag};

use super::done::answer;
use super::runs::{NewRun, RunStands, StoredRun, add, stored};
use crate::columns::{micros, word};
use crate::error::Result;
use crate::open::Store;

/// What the keys of tellings begin with. The server that carries out other runs `there` does not know these.
const TOLD: &str = "there:told:";

/// Runs with what [`stored`] reads.
const WHOLE: &str = "select r.*, f.name, 'server' as place, d.document from run r join flow f on f.id = r.flow_id
     join run_document d on d.id = r.document_id";

impl Store {
    /// Keeps that a server is to be told of something, once for each key; `None` when it was already.
    ///
    /// # Errors
    /// [`crate::StoreError::NoFlow`].
    pub async fn add_telling(&self, new: &NewRun) -> Result<Option<RunId>> {
        let new = NewRun { key: format!("{TOLD}{}", new.key), ..new.clone() };
        let mut tx = self.begin_apart().await?;
        if answer(tx.db(), &new.key).await?.is_some() {
            return Ok(None);
        }
        tx.done_once(&new.key, &new.cause).await?;
        let id = add(tx.db(), &new, self.now()).await?;
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(Some(id))
    }

    /// What a server is still to be told of, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn tellings(&self) -> Result<Vec<StoredRun>> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "{WHOLE} where r.ended_at is null and r.key like '{TOLD}%' order by r.began_at, r.id"
        )))
        .fetch_all(&self.inner.readers)
        .await?;
        rows.iter().map(stored).collect()
    }

    /// A telling that the server has not taken; `None` for any other run.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn telling(&self, id: RunId) -> Result<Option<StoredRun>> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{WHOLE} where r.id = ? and r.key like '{TOLD}%'")))
            .bind(id.0)
            .fetch_optional(&self.inner.readers)
            .await?;
        row.as_ref().map(stored).transpose()
    }

    /// Notes how a telling stands, with what it begins with: that is needed until the server has it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn telling_stands(&self, id: RunId, start: &str, stands: &RunStands) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update run set status = ?, ended_at = ?, failure = ?, start = ? where id = ?")
            .bind(word(stands.status)?)
            .bind(stands.ended_at.map(micros))
            .bind(stands.failure.clone())
            .bind(start.to_owned())
            .bind(id.0)
            .execute(tx.db())
            .await?;
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(())
    }

    /// The server has it: its own run is listed from now on.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn telling_arrived(&self, id: RunId) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("delete from run where id = ?").bind(id.0).execute(tx.db()).await?;
        tx.touched.tag(Tag::Runs);
        tx.commit().await?;
        Ok(())
    }

    /// What a server was told of under this key, in words; `None` when it was not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn told(&self, key: &str) -> Result<Option<String>> {
        self.done(&format!("{TOLD}{key}")).await
    }

    /// How the run of a server's stands that is kept here under this name; `None` when none is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn remote_run_status(&self, name: &str) -> Result<Option<RunStatus>> {
        let row = sqlx::query("select status from run where key = ?")
            .bind(format!("{}{name}", super::remote::THERE))
            .fetch_optional(&self.inner.readers)
            .await?;
        row.map(|row| crate::columns::read_word(&row, "status")).transpose()
    }
}
