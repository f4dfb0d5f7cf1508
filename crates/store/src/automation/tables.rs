//! Tables that steps write into: columns of a kind, and records of cells. What stands in a cell fits its column.

mod cells;
mod records;

pub use cells::DataKind;
pub use records::{DataFilter, DataRecord, DataTest};

use contract::Tag;
use sqlx::{Row, SqliteConnection};

use crate::columns::micros;
use crate::error::{Result, StoreError};
use crate::open::Store;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTable {
    /// What it is known by; never given again.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// How many records it has.
    pub records: u32,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataField {
    /// What it is known by; never given again.
    pub id: i64,
    /// What people call it; once in its table.
    pub name: String,
    /// What it holds.
    pub kind: DataKind,
}

impl Store {
    /// Makes a table with these columns.
    ///
    /// # Errors
    /// When two columns are called the same, or the file cannot be written.
    pub async fn add_table(&self, name: &str, fields: &[(String, DataKind)]) -> Result<DataTable> {
        let mut tx = self.begin_apart().await?;
        let at = micros(self.now());
        let id: i64 = sqlx::query_scalar("insert into data_table (name, made_at) values (?, ?) returning id")
            .bind(name.to_owned())
            .bind(at)
            .fetch_one(tx.db())
            .await?;
        for (name, kind) in fields {
            add_field(tx.db(), id, name, kind).await?;
        }
        tx.touched.tag(Tag::Tables);
        tx.commit().await?;
        Ok(DataTable { id, name: name.to_owned(), records: 0 })
    }

    /// Adds a column to a table.
    ///
    /// # Errors
    /// [`StoreError::NoTable`]; when one is called so already.
    pub async fn add_field(&self, table: i64, name: &str, kind: &DataKind) -> Result<DataField> {
        let mut tx = self.begin_apart().await?;
        exists(tx.db(), table).await?;
        let id = add_field(tx.db(), table, name, kind).await?;
        tx.touched.tag(Tag::Tables);
        tx.commit().await?;
        Ok(DataField { id, name: name.to_owned(), kind: kind.clone() })
    }

    /// Removes a table with everything in it.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub async fn remove_table(&self, table: i64) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        exists(tx.db(), table).await?;
        sqlx::query("delete from data_table where id = ?").bind(table).execute(tx.db()).await?;
        tx.touched.tag(Tag::Tables);
        tx.commit().await.map(drop)
    }

    /// The tables, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn tables(&self) -> Result<Vec<DataTable>> {
        let rows = sqlx::query(
            "select t.id, t.name, (select count(*) from data_record r where r.table_id = t.id) as records
             from data_table t order by t.name, t.id",
        )
        .fetch_all(&self.inner.readers)
        .await?;
        let table = |row: &sqlx::sqlite::SqliteRow| {
            Ok(DataTable { id: row.try_get("id")?, name: row.try_get("name")?, records: row.try_get("records")? })
        };
        rows.iter().map(table).collect()
    }

    /// The columns of a table, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError::NoTable`].
    pub async fn table_fields(&self, table: i64) -> Result<Vec<DataField>> {
        let mut db = self.inner.readers.acquire().await?;
        exists(&mut db, table).await?;
        fields(&mut db, table).await
    }
}

async fn add_field(db: &mut SqliteConnection, table: i64, name: &str, kind: &DataKind) -> Result<i64> {
    let taken: Option<i64> = sqlx::query_scalar("select 1 from data_field where table_id = ? and name = ?")
        .bind(table)
        .bind(name.to_owned())
        .fetch_optional(&mut *db)
        .await?;
    if taken.is_some() {
        return Err(StoreError::Misfit(format!("Two columns cannot both be called “{name}”. Choose another name.")));
    }
    let id = sqlx::query_scalar("insert into data_field (table_id, name, kind) values (?, ?, ?) returning id")
        .bind(table)
        .bind(name.to_owned())
        .bind(serde_json::to_string(kind)?)
        .fetch_one(db)
        .await?;
    Ok(id)
}

async fn exists(db: &mut SqliteConnection, table: i64) -> Result<()> {
    let found: Option<i64> =
        sqlx::query_scalar("select 1 from data_table where id = ?").bind(table).fetch_optional(db).await?;
    found.map(drop).ok_or(StoreError::NoTable)
}

async fn fields(db: &mut SqliteConnection, table: i64) -> Result<Vec<DataField>> {
    let rows = sqlx::query("select id, name, kind from data_field where table_id = ? order by id")
        .bind(table)
        .fetch_all(db)
        .await?;
    let field = |row: &sqlx::sqlite::SqliteRow| {
        let kind = serde_json::from_str(row.try_get("kind")?)?;
        Ok(DataField { id: row.try_get("id")?, name: row.try_get("name")?, kind })
    };
    rows.iter().map(field).collect()
}
