//! The models that can be spoken with, as the person connected them. Their keys are the vault's, and the built-in one needs
//! no row.

use contract::{ModelEntry, ModelId, Vendor};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::AppStore;
use crate::columns::{read_word, word};
use crate::error::{Result, StoreError};

/// A model to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewModel {
    /// What the person calls it.
    pub label: String,
    /// How its server speaks.
    pub vendor: Vendor,
    /// Its server's base URL; empty for the vendor's own.
    pub base: String,
    /// What the server calls the model.
    pub model: String,
    /// Asked instead of it when its server is overloaded.
    pub fallback: Option<ModelId>,
}

impl AppStore {
    /// The models, oldest first, without the built-in one. Whether a key is kept for them is not known here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn models(&self) -> Result<Vec<ModelEntry>> {
        let rows = sqlx::query("select * from model order by id").fetch_all(&self.db).await?;
        rows.iter().map(entry).collect()
    }

    /// Keeps a model. Ids are never given again, so that a removed one's key is never taken for another's.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn add_model(&self, new: &NewModel) -> Result<ModelEntry> {
        let row =
            sqlx::query("insert into model (label, vendor, base, model, fallback) values (?, ?, ?, ?, ?) returning *")
                .bind(&new.label)
                .bind(word(new.vendor)?)
                .bind(&new.base)
                .bind(&new.model)
                .bind(new.fallback.map(|id| id.0))
                .fetch_one(&self.db)
                .await?;
        entry(&row)
    }

    /// Replaces what is kept of a model.
    ///
    /// # Errors
    /// [`StoreError::NoModel`].
    pub async fn change_model(&self, id: ModelId, new: &NewModel) -> Result<ModelEntry> {
        let row = sqlx::query(
            "update model set label = ?, vendor = ?, base = ?, model = ?, fallback = ? where id = ? returning *",
        )
        .bind(&new.label)
        .bind(word(new.vendor)?)
        .bind(&new.base)
        .bind(&new.model)
        .bind(new.fallback.map(|id| id.0))
        .bind(id.0)
        .fetch_optional(&self.db)
        .await?
        .ok_or(StoreError::NoModel(id))?;
        entry(&row)
    }

    /// Forgets a model. Those that fell back on it fall back on none.
    ///
    /// # Errors
    /// [`StoreError::NoModel`].
    pub async fn remove_model(&self, id: ModelId) -> Result<()> {
        let mut tx = self.db.begin_with("begin immediate").await?;
        let found = sqlx::query("delete from model where id = ?").bind(id.0).execute(&mut *tx).await?;
        if found.rows_affected() == 0 {
            return Err(StoreError::NoModel(id));
        }
        sqlx::query("update model set fallback = null where fallback = ?").bind(id.0).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn entry(row: &SqliteRow) -> Result<ModelEntry> {
    Ok(ModelEntry {
        id: ModelId(row.try_get("id")?),
        label: row.try_get("label")?,
        vendor: Some(read_word(row, "vendor")?),
        base: row.try_get("base")?,
        model: row.try_get("model")?,
        has_key: false,
        fallback: row.try_get::<Option<i64>, _>("fallback")?.map(ModelId),
    })
}
