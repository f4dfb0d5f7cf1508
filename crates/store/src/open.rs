//! Opening a workspace's file: one writer, a few readers, migrations, a check of what is there, repair.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::broadcast;

use crate::error::{Result, StoreError, primary_code};
use crate::feed::Committed;
use crate::{mend, migrate};

/// Tells the time. Passed in, so that nothing here asks the machine.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Below this size a file is checked whole at every start; above it only when it was not closed properly.
const CHECKED_ALWAYS: u64 = 64 << 20;
const READERS: u32 = 4;
/// In kibibytes, negative as SQLite wants it. Enough for the inner pages of every index while thousands of rows come in.
const WRITER_CACHE: &str = "-4000";
/// The same for each reader, which has little to keep: it sees the file itself.
const READER_CACHE: &str = "-1000";
/// So many bytes of the file are mapped for reading. The pages are the system's own, shared by all readers and given back
/// when memory is short. Copies of them in each reader's cache would be as large as the readers are many, and slower to fill.
const MAPPED: &str = "1073741824";
/// More than a window can fall behind without being told to read everything again.
const FEED: usize = 1024;
const CANTOPEN: i32 = 14;

/// A workspace's data. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    pub(crate) feed: broadcast::Sender<Committed>,
    pub(crate) clock: Clock,
    mended: Vec<String>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the file, making it and its folder when there are none; migrates it, and mends what a crash left behind.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::Damaged`], [`StoreError::Full`], [`StoreError::ReadOnly`] and
    /// [`StoreError::Locked`] say what is in the way; the file is then as it was.
    pub async fn open(path: impl AsRef<Path>, clock: Clock) -> Result<Self> {
        Self::open_with(path.as_ref(), clock, &migrate::workspace()).await
    }

    pub(crate) async fn open_with(path: &Path, clock: Clock, migrator: &Migrator) -> Result<Self> {
        let writer = open_writer(path, &clock, migrator).await?;
        let mended = match mend::mend(&writer).await {
            Ok(mended) => mended,
            Err(error) => {
                writer.close().await;
                return Err(error);
            }
        };
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(reading(path))
            .await?;
        let feed = broadcast::channel(FEED).0;
        Ok(Self { inner: Arc::new(Inner { writer, readers, feed, clock, mended }) })
    }

    /// What opening found and mended, in sentences.
    #[must_use]
    pub fn mended(&self) -> &[String] {
        &self.inner.mended
    }

    /// Hears of every commit from here on, and of nothing that was rolled back.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Committed> {
        self.inner.feed.subscribe()
    }

    /// Closes the file. A store that is dropped without it is checked when it is opened again.
    pub async fn close(&self) {
        self.inner.readers.close().await;
        if let Err(error) = mend::closed(&self.inner.writer).await {
            tracing::warn!(%error, "the store could not be marked as closed");
        }
        self.inner.writer.close().await;
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }
}

/// Opens the one connection that writes, with the file checked and migrated.
pub(crate) async fn open_writer(path: &Path, clock: &Clock, migrator: &Migrator) -> Result<SqlitePool> {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    let there = std::fs::metadata(path).map_or(0, |found| found.len());
    // A power cut must not lose a local edit, hence FULL: in WAL mode it is one more fsync for each commit.
    let options =
        options(path).create_if_missing(true).synchronous(SqliteSynchronous::Full).pragma("cache_size", WRITER_CACHE);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(60))
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
        .map_err(|error| opening(error, path, &folder));
    let error = match pool {
        Ok(pool) => match prepare(&pool, path, there, clock, migrator).await {
            Ok(()) => return Ok(pool),
            Err(error) => {
                pool.close().await;
                error
            }
        },
        Err(error) => error,
    };
    if matches!(error, StoreError::Damaged { .. }) {
        return Err(StoreError::Damaged { copy: migrate::whole_copy(path).await });
    }
    Err(error)
}

async fn prepare(pool: &SqlitePool, path: &Path, there: u64, clock: &Clock, migrator: &Migrator) -> Result<()> {
    let mut db = pool.acquire().await?;
    if there > 0 && (there < CHECKED_ALWAYS || !mend::was_closed(&mut db).await?) && !is_whole(&mut db).await? {
        return Err(StoreError::Damaged { copy: None });
    }
    migrate::run(&mut db, path, clock, migrator).await
}

pub(crate) async fn is_whole(db: &mut sqlx::SqliteConnection) -> Result<bool> {
    let said: String = sqlx::query_scalar("pragma quick_check(1)").fetch_one(db).await?;
    Ok(said == "ok")
}

fn reading(path: &Path) -> SqliteConnectOptions {
    options(path)
        .read_only(true)
        .create_if_missing(false)
        .pragma("mmap_size", MAPPED)
        .pragma("cache_size", READER_CACHE)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("temp_store", "memory")
}

/// SQLite says only “unable to open”; trying to write beside the file tells why.
fn opening(error: sqlx::Error, path: &Path, folder: &Path) -> StoreError {
    if primary_code(&error) != Some(CANTOPEN) {
        return error.into();
    }
    let probe: PathBuf = folder.join(".pm-os-probe");
    match std::fs::File::create(&probe) {
        Ok(_) => {
            let _ = std::fs::remove_file(&probe);
            match std::fs::OpenOptions::new().append(true).open(path) {
                Err(error) => error.into(),
                Ok(_) => error.into(),
            }
        }
        Err(error) => error.into(),
    }
}
