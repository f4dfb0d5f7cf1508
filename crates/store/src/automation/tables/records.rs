//! Records: kept, changed, taken away and found. A change with a key is done once for it; one without is a person's.

use std::collections::BTreeMap;

use contract::Tag;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use super::{DataField, DataKind, exists, fields};
use crate::automation::done::answer;
use crate::columns::{instant, json_ids, micros};
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::tx::Tx;

/// More records are not made at once.
const AT_ONCE: usize = 1_000;

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRecord {
    /// What it is known by; never given again.
    pub id: i64,
    /// When it was made.
    pub made_at: Timestamp,
    /// When a cell of it was last changed.
    pub changed_at: Timestamp,
    /// Its cells by column; empty ones are left out.
    pub cells: BTreeMap<i64, String>,
}

/// How a cell is compared. Numbers and days are compared as such, texts letter by letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataTest {
    /// It is this.
    Is,
    /// It is something else, or empty.
    IsNot,
    /// It comes after this.
    Above,
    /// It is this or comes after it.
    AtLeast,
    /// It comes before this.
    Below,
    /// It is this or comes before it.
    AtMost,
    /// It has this in it; capital and small Latin letters are the same.
    Contains,
    /// It is not empty.
    Filled,
    /// It is empty.
    Empty,
}

/// What a record has to be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFilter {
    /// The column.
    pub field: i64,
    /// How it is compared.
    pub test: DataTest,
    /// What with; not looked at for [`DataTest::Filled`] and [`DataTest::Empty`].
    pub value: String,
}

impl Store {
    /// Adds records, and gives them back as they are kept. All of them or none.
    ///
    /// # Errors
    /// [`StoreError::NoTable`]; [`StoreError::Misfit`] when a cell does not fit its column.
    pub async fn add_records(
        &self,
        table: i64,
        records: &[BTreeMap<i64, String>],
        key: Option<&str>,
    ) -> Result<Vec<DataRecord>> {
        let mut tx = self.begin_apart().await?;
        if let Some(kept) = kept(&mut tx, key).await? {
            return Ok(kept);
        }
        exists(tx.db(), table).await?;
        if records.len() > AT_ONCE {
            let message = format!("At most {AT_ONCE} records are added at once. Add them in several steps.");
            return Err(StoreError::Misfit(message));
        }
        let columns = fields(tx.db(), table).await?;
        let mut ids = Vec::with_capacity(records.len());
        for cells in records {
            let at = micros(self.now());
            let id: i64 = sqlx::query_scalar(
                "insert into data_record (table_id, made_at, changed_at) values (?1, ?2, ?2) returning id",
            )
            .bind(table)
            .bind(at)
            .fetch_one(tx.db())
            .await?;
            put(tx.db(), id, &columns, cells).await?;
            ids.push(id);
        }
        let made = read(tx.db(), &ids).await?;
        done(tx, key, made).await
    }

    /// Changes cells of a record, and gives it back; an empty text empties a cell.
    ///
    /// # Errors
    /// [`StoreError::NoTable`], [`StoreError::NoRecord`]; [`StoreError::Misfit`] when a cell does not fit its column.
    pub async fn change_record(
        &self,
        table: i64,
        record: i64,
        cells: &BTreeMap<i64, String>,
        key: Option<&str>,
    ) -> Result<DataRecord> {
        let mut tx = self.begin_apart().await?;
        if let Some(kept) = kept(&mut tx, key).await? {
            return Ok(kept);
        }
        exists(tx.db(), table).await?;
        let columns = fields(tx.db(), table).await?;
        let at = micros(self.now());
        let found = sqlx::query("update data_record set changed_at = ? where id = ? and table_id = ?")
            .bind(at)
            .bind(record)
            .bind(table)
            .execute(tx.db())
            .await?;
        if found.rows_affected() == 0 {
            return Err(StoreError::NoRecord);
        }
        put(tx.db(), record, &columns, cells).await?;
        let changed = read(tx.db(), &[record]).await?.pop().ok_or(StoreError::NoRecord)?;
        done(tx, key, changed).await
    }

    /// Takes records away; those that are gone already are passed over.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub async fn remove_records(&self, table: i64, records: &[i64], key: Option<&str>) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        if let Some(kept) = kept(&mut tx, key).await? {
            return Ok(kept);
        }
        exists(tx.db(), table).await?;
        sqlx::query("delete from data_record where table_id = ? and id in (select value from json_each(?))")
            .bind(table)
            .bind(json_ids(records.iter().copied()))
            .execute(tx.db())
            .await?;
        done(tx, key, ()).await
    }

    /// Takes all records of a table away.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub async fn clear_table(&self, table: i64, key: Option<&str>) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        if let Some(kept) = kept(&mut tx, key).await? {
            return Ok(kept);
        }
        exists(tx.db(), table).await?;
        sqlx::query("delete from data_record where table_id = ?").bind(table).execute(tx.db()).await?;
        done(tx, key, ()).await
    }

    /// A record; `None` when it is gone.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub async fn table_record(&self, table: i64, record: i64) -> Result<Option<DataRecord>> {
        let mut db = self.inner.readers.acquire().await?;
        exists(&mut db, table).await?;
        let found: Option<i64> = sqlx::query_scalar("select id from data_record where id = ? and table_id = ?")
            .bind(record)
            .bind(table)
            .fetch_optional(&mut *db)
            .await?;
        match found {
            Some(id) => Ok(read(&mut db, &[id]).await?.pop()),
            None => Ok(None),
        }
    }

    /// The records that are like this, in the order in which they were made, at most so many.
    ///
    /// # Errors
    /// [`StoreError::NoTable`]; [`StoreError::Misfit`] when a filter names no column of the table, or compares a number or a
    /// day with something else.
    pub async fn table_records(&self, table: i64, filters: &[DataFilter], limit: u32) -> Result<Vec<DataRecord>> {
        let mut db = self.inner.readers.acquire().await?;
        exists(&mut db, table).await?;
        let columns = fields(&mut db, table).await?;
        let mut sql = QueryBuilder::<Sqlite>::new("select id from data_record r where table_id = ");
        sql.push_bind(table);
        for filter in filters {
            narrow(&mut sql, column(&columns, filter.field)?, filter)?;
        }
        sql.push(" order by id limit ").push_bind(limit);
        let ids: Vec<i64> = sql.build_query_scalar().fetch_all(&mut *db).await?;
        read(&mut db, &ids).await
    }
}

/// What was answered when this was done before.
async fn kept<T: DeserializeOwned>(tx: &mut Tx, key: Option<&str>) -> Result<Option<T>> {
    let Some(key) = key else { return Ok(None) };
    Ok(answer(tx.db(), key).await?.map(|kept| serde_json::from_str(&kept)).transpose()?)
}

async fn done<T: Serialize>(mut tx: Tx, key: Option<&str>, reply: T) -> Result<T> {
    if let Some(key) = key {
        tx.done_once(key, &serde_json::to_string(&reply)?).await?;
    }
    tx.touched.tag(Tag::Tables);
    tx.commit().await?;
    Ok(reply)
}

fn column(columns: &[DataField], id: i64) -> Result<&DataField> {
    let gone = || StoreError::Misfit("The table has no such column any more. Open the step and choose another.".into());
    columns.iter().find(|column| column.id == id).ok_or_else(gone)
}

async fn put(
    db: &mut SqliteConnection,
    record: i64,
    columns: &[DataField],
    cells: &BTreeMap<i64, String>,
) -> Result<()> {
    for (field, text) in cells {
        let column = column(columns, *field)?;
        let query = if text.is_empty() {
            sqlx::query("delete from data_cell where record_id = ? and field_id = ?").bind(record).bind(*field)
        } else {
            sqlx::query(
                "insert into data_cell (record_id, field_id, value) values (?, ?, ?)
                 on conflict (record_id, field_id) do update set value = excluded.value",
            )
            .bind(record)
            .bind(*field)
            .bind(column.cell(text)?)
        };
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// The records of these ids, in the order of their ids.
async fn read(db: &mut SqliteConnection, ids: &[i64]) -> Result<Vec<DataRecord>> {
    let ids = json_ids(ids.iter().copied());
    let rows = sqlx::query(
        "select id, made_at, changed_at from data_record where id in (select value from json_each(?)) order by id",
    )
    .bind(ids.clone())
    .fetch_all(&mut *db)
    .await?;
    let mut cells: BTreeMap<i64, BTreeMap<i64, String>> = BTreeMap::new();
    let found: Vec<(i64, i64, String)> = sqlx::query_as(
        "select record_id, field_id, value from data_cell where record_id in (select value from json_each(?))",
    )
    .bind(ids)
    .fetch_all(db)
    .await?;
    for (record, field, value) in found {
        cells.entry(record).or_default().insert(field, value);
    }
    let record = |row: &sqlx::sqlite::SqliteRow| {
        let id = row.try_get("id")?;
        let (made_at, changed_at) = (instant(row, "made_at")?, instant(row, "changed_at")?);
        Ok(DataRecord { id, made_at, changed_at, cells: cells.remove(&id).unwrap_or_default() })
    };
    rows.iter().map(record).collect()
}

/// Narrows a query of records `r` down to those that are like this.
fn narrow(sql: &mut QueryBuilder<Sqlite>, column: &DataField, filter: &DataFilter) -> Result<()> {
    let (negated, operator) = match filter.test {
        DataTest::Is => (false, Some("=")),
        DataTest::IsNot => (true, Some("=")),
        DataTest::Above => (false, Some(">")),
        DataTest::AtLeast => (false, Some(">=")),
        DataTest::Below => (false, Some("<")),
        DataTest::AtMost => (false, Some("<=")),
        DataTest::Contains | DataTest::Filled => (false, None),
        DataTest::Empty => (true, None),
    };
    sql.push(if negated { " and not exists (" } else { " and exists (" });
    sql.push("select 1 from data_cell c where c.record_id = r.id and c.field_id = ").push_bind(column.id);
    match (operator, &column.kind) {
        (Some(operator), DataKind::Number) => {
            let number = column.number(&filter.value)?;
            sql.push(format!(" and cast(c.value as real) {operator} ")).push_bind(number);
        }
        (Some(operator), DataKind::Date) => {
            sql.push(format!(" and c.value {operator} ")).push_bind(column.cell(&filter.value)?);
        }
        // A word that the column does not know is like no record, and no mistake.
        (Some(operator), DataKind::Text | DataKind::OneOf(_)) => {
            sql.push(format!(" and c.value {operator} ")).push_bind(filter.value.clone());
        }
        (None, _) if filter.test == DataTest::Contains => {
            sql.push(" and instr(lower(c.value), lower(").push_bind(filter.value.clone()).push(")) > 0");
        }
        (None, _) => {}
    }
    sql.push(")");
    Ok(())
}
