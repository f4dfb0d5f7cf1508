//! What was done under a key: the answer stands beside the work, written by the same transaction, so that whoever asks again
//! after a crash is answered and nothing is done twice.

use sqlx::SqliteConnection;

use crate::columns::micros;
use crate::error::Result;
use crate::open::Store;
use crate::tx::Tx;

impl Tx {
    /// Notes that this transaction does what the key stands for, and what was answered. Two transactions with one key cannot
    /// both be committed.
    ///
    /// # Errors
    /// When it was done already, or the file cannot be written.
    pub async fn done_once(&mut self, key: &str, reply: &str) -> Result<()> {
        let at = micros(self.store.now());
        sqlx::query("insert into done_once (key, reply, at) values (?, ?, ?)")
            .bind(key.to_owned())
            .bind(reply.to_owned())
            .bind(at)
            .execute(self.db())
            .await?;
        Ok(())
    }
}

impl Store {
    /// What was answered when the key's work was done; `None` while it is not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn done(&self, key: &str) -> Result<Option<String>> {
        let mut db = self.inner.readers.acquire().await?;
        answer(&mut db, key).await
    }

    /// Notes an answer by itself, for work that is done elsewhere. An answer that is there stays.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn note_done(&self, key: &str, reply: &str) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        if answer(tx.db(), key).await?.is_none() {
            tx.done_once(key, reply).await?;
        }
        tx.commit().await.map(drop)
    }
}

pub(super) async fn answer(db: &mut SqliteConnection, key: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select reply from done_once where key = ?").bind(key.to_owned()).fetch_optional(db).await?)
}
