//! What steps brought when they were tried, or would bring: several of each step, one of them chosen.

use contract::{FlowId, Sample, Tag};
use sqlx::Row;

use super::flows::exists;
use crate::columns::{instant, micros};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// The samples of a flow's steps, by step and name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn samples(&self, flow: FlowId) -> Result<Vec<Sample>> {
        let rows = sqlx::query("select * from flow_sample where flow_id = ? order by step, name")
            .bind(flow.0)
            .fetch_all(&self.inner.readers)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Sample {
                    step: row.try_get("step")?,
                    name: row.try_get("name")?,
                    value: row.try_get("value")?,
                    at: instant(row, "at")?,
                    chosen: row.try_get("chosen")?,
                })
            })
            .collect()
    }

    /// Keeps a sample under its name, in the place of one of that name, and chooses it.
    ///
    /// # Errors
    /// [`crate::StoreError::NoFlow`].
    pub async fn keep_sample(&self, flow: FlowId, step: &str, name: &str, value: &str) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        exists(tx.db(), flow).await?;
        sqlx::query("update flow_sample set chosen = 0 where flow_id = ? and step = ?")
            .bind(flow.0)
            .bind(step.to_owned())
            .execute(tx.db())
            .await?;
        sqlx::query(
            "insert into flow_sample (flow_id, step, name, value, chosen, at) values (?, ?, ?, ?, 1, ?)
             on conflict (flow_id, step, name) do update set value = excluded.value, chosen = 1, at = excluded.at",
        )
        .bind(flow.0)
        .bind(step.to_owned())
        .bind(name.to_owned())
        .bind(value.to_owned())
        .bind(micros(self.now()))
        .execute(tx.db())
        .await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(())
    }

    /// Chooses another sample of a step. `false` when there is none of that name: the choice stays.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn choose_sample(&self, flow: FlowId, step: &str, name: &str) -> Result<bool> {
        let mut tx = self.begin_apart().await?;
        let known: Option<i64> =
            sqlx::query_scalar("select 1 from flow_sample where flow_id = ? and step = ? and name = ?")
                .bind(flow.0)
                .bind(step.to_owned())
                .bind(name.to_owned())
                .fetch_optional(tx.db())
                .await?;
        if known.is_none() {
            return Ok(false);
        }
        sqlx::query("update flow_sample set chosen = (name = ?) where flow_id = ? and step = ?")
            .bind(name.to_owned())
            .bind(flow.0)
            .bind(step.to_owned())
            .execute(tx.db())
            .await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets a sample. When it was the chosen one, the step has none chosen.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn forget_sample(&self, flow: FlowId, step: &str, name: &str) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("delete from flow_sample where flow_id = ? and step = ? and name = ?")
            .bind(flow.0)
            .bind(step.to_owned())
            .bind(name.to_owned())
            .execute(tx.db())
            .await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(())
    }
}
