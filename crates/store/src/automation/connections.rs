//! Connections: whose account steps act with. Their secrets are elsewhere.

use contract::{Connection, ConnectionId, FlowPlace, Tag};
use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::columns::{instant, micros};
use crate::error::{Result, StoreError};
use crate::open::Store;

/// A connection to be kept.
#[derive(Debug, Clone)]
pub struct NewConnection {
    /// What steps name it by; unique.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// The piece it is for.
    pub piece: String,
    /// How it signs in, in the piece's words.
    pub kind: String,
}

/// True of a flow `f` that uses the connection `c`, in its draft or in what is published of it.
macro_rules! uses {
    () => {
        "(instr(f.document, 'connections[''' || c.key || ''']') > 0 or exists (select 1 from flow_version v
            where v.flow_id = f.id and v.number = f.published
            and instr(v.document, 'connections[''' || c.key || ''']') > 0))"
    };
}

const LISTED: &str =
    concat!("select c.*, (select count(*) from flow f where ", uses!(), ") as flows from connection c");

impl Store {
    /// All connections, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn connections(&self) -> Result<Vec<Connection>> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("{LISTED} order by c.label, c.id")))
            .fetch_all(&self.inner.readers)
            .await?;
        rows.iter().map(connection).collect()
    }

    /// Keeps a connection, in the place of one of that key.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn keep_connection(&self, new: &NewConnection) -> Result<Connection> {
        let mut tx = self.begin_apart().await?;
        let id: i64 = sqlx::query_scalar(
            "insert into connection (key, label, piece, kind, made_at) values (?, ?, ?, ?, ?)
             on conflict (key) do update set label = excluded.label, piece = excluded.piece, kind = excluded.kind, fault = null
             returning id",
        )
        .bind(new.key.clone())
        .bind(new.label.clone())
        .bind(new.piece.clone())
        .bind(new.kind.clone())
        .bind(micros(self.now()))
        .fetch_one(tx.db())
        .await?;
        let kept = one(tx.db(), ConnectionId(id)).await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(kept)
    }

    /// A connection.
    ///
    /// # Errors
    /// [`StoreError::NoConnection`].
    pub async fn connection(&self, id: ConnectionId) -> Result<Connection> {
        let mut db = self.inner.readers.acquire().await?;
        one(&mut db, id).await
    }

    /// Calls a connection otherwise.
    ///
    /// # Errors
    /// [`StoreError::NoConnection`].
    pub async fn rename_connection(&self, id: ConnectionId, label: &str) -> Result<Connection> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update connection set label = ? where id = ?")
            .bind(label.to_owned())
            .bind(id.0)
            .execute(tx.db())
            .await?;
        let renamed = one(tx.db(), id).await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(renamed)
    }

    /// The names of the flows that use a connection, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn flows_connected(&self, id: ConnectionId) -> Result<Vec<String>> {
        let query =
            concat!("select f.name from flow f, connection c where c.id = ? and ", uses!(), " order by f.name, f.id");
        Ok(sqlx::query_scalar(query).bind(id.0).fetch_all(&self.inner.readers).await?)
    }

    /// When each connection was last used: when a run of a flow that uses it began.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn connection_uses(&self) -> Result<Vec<(ConnectionId, Timestamp)>> {
        let query = concat!(
            "select c.id, max(r.began_at) as at from connection c join flow f on ",
            uses!(),
            " join run r on r.flow_id = f.id where r.rehearsal = 0 group by c.id"
        );
        let rows = sqlx::query(query).fetch_all(&self.inner.readers).await?;
        rows.iter().map(|row| Ok((ConnectionId(row.try_get("id")?), instant(row, "at")?))).collect()
    }

    /// Notes whether a connection works.
    ///
    /// # Errors
    /// [`StoreError::NoConnection`].
    pub async fn connection_works(&self, id: ConnectionId, fault: Option<&str>) -> Result<Connection> {
        let mut tx = self.begin_apart().await?;
        sqlx::query("update connection set fault = ? where id = ?")
            .bind(fault.map(str::to_owned))
            .bind(id.0)
            .execute(tx.db())
            .await?;
        let noted = one(tx.db(), id).await?;
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(noted)
    }

    /// Forgets a connection. Its secret is for whoever keeps it to forget.
    ///
    /// # Errors
    /// [`StoreError::NoConnection`].
    pub async fn forget_connection(&self, id: ConnectionId) -> Result<()> {
        let mut tx = self.begin_apart().await?;
        if sqlx::query("delete from connection where id = ?").bind(id.0).execute(tx.db()).await?.rows_affected() == 0 {
            return Err(StoreError::NoConnection(id));
        }
        tx.touched.tag(Tag::Flows);
        tx.commit().await?;
        Ok(())
    }
}

async fn one(db: &mut SqliteConnection, id: ConnectionId) -> Result<Connection> {
    let row =
        sqlx::query(sqlx::AssertSqlSafe(format!("{LISTED} where c.id = ?"))).bind(id.0).fetch_optional(db).await?;
    connection(&row.ok_or(StoreError::NoConnection(id))?)
}

fn connection(row: &SqliteRow) -> Result<Connection> {
    Ok(Connection {
        id: ConnectionId(row.try_get("id")?),
        key: row.try_get("key")?,
        label: row.try_get("label")?,
        piece: row.try_get("piece")?,
        place: FlowPlace::Here,
        fault: row.try_get("fault")?,
        flows: row.try_get("flows")?,
    })
}
