//! Forward migrations, embedded. A copy is made before an existing file is changed, and a newer file is refused.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Connection, SqliteConnection};

use crate::error::{Result, StoreError};
use crate::open::{Clock, is_whole};

/// So many copies are kept beside a file.
const COPIES: usize = 5;

/// The newest file format of a workspace, and of the installation, are the last lines of these lists.
pub(crate) fn workspace() -> Migrator {
    list(workspace_steps())
}

pub(crate) fn workspace_steps() -> Vec<Migration> {
    vec![
        step(1, "first", include_str!("../../../migrations/workspace/0001_first.sql")),
        step(2, "tally", include_str!("../../../migrations/workspace/0002_tally.sql")),
        step(3, "assistant", include_str!("../../../migrations/workspace/0003_assistant.sql")),
        step(4, "recipes", include_str!("../../../migrations/workspace/0004_recipes.sql")),
        step(5, "automations", include_str!("../../../migrations/workspace/0005_automations.sql")),
    ]
}

/// The newest format of a workspace that this version reads.
pub(crate) fn newest_workspace() -> i64 {
    workspace_steps().iter().map(|step| step.version).max().unwrap_or(0)
}

/// The steps up to a format.
pub(crate) fn workspace_of(version: i64) -> Migrator {
    list(workspace_steps().into_iter().filter(|step| step.version <= version).collect())
}

pub(crate) fn app() -> Migrator {
    list(app_steps())
}

pub(crate) fn app_steps() -> Vec<Migration> {
    vec![
        step(1, "first", include_str!("../../../migrations/app/0001_first.sql")),
        step(2, "models", include_str!("../../../migrations/app/0002_models.sql")),
    ]
}

pub(crate) fn step(version: i64, name: &'static str, sql: &'static str) -> Migration {
    let sql = sqlx::SqlSafeStr::into_sql_str(sql);
    Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
}

pub(crate) fn list(steps: Vec<Migration>) -> Migrator {
    Migrator::with_migrations(steps)
}

/// Brings the file up to date. Each step is one transaction: interrupted, it is as if it had not begun.
pub(crate) async fn run(db: &mut SqliteConnection, path: &Path, clock: &Clock, migrator: &Migrator) -> Result<()> {
    let known = migrator.iter().map(|step| step.version).max().unwrap_or(0);
    let found = version(db).await?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        copy(db, path, clock, known).await?;
    }
    migrator.run_direct(None, db, false).await?;
    Ok(())
}

/// The format of a file; 0 for one that has none.
pub(crate) async fn version(db: &mut SqliteConnection) -> Result<i64> {
    let table: Option<i64> =
        sqlx::query_scalar("select 1 from sqlite_schema where type = 'table' and name = '_sqlx_migrations'")
            .fetch_optional(&mut *db)
            .await?;
    if table.is_none() {
        return Ok(0);
    }
    Ok(sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations").fetch_one(db).await?)
}

async fn copy(db: &mut SqliteConnection, path: &Path, clock: &Clock, to: i64) -> Result<()> {
    let at = clock().strftime("%Y-%m-%dT%H%M%SZ");
    let copy = path.with_file_name(format!("{}.{at}.before-{to}.db", stem(path)));
    if copy.exists() {
        // An attempt within the same second was interrupted; VACUUM INTO writes only new files.
        std::fs::remove_file(&copy)?;
    }
    sqlx::query("vacuum into ?").bind(copy.to_string_lossy().into_owned()).execute(db).await?;
    for old in copies(path).into_iter().skip(COPIES) {
        if let Err(error) = std::fs::remove_file(&old) {
            tracing::warn!(%error, copy = %old.display(), "an old copy could not be removed");
        }
    }
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The copies beside a file, newest first: their names begin with the date.
pub(crate) fn copies(path: &Path) -> Vec<PathBuf> {
    let start = format!("{}.", stem(path));
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(&start) && name.contains(".before-") && name.ends_with(".db")
        })
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found
}

/// The newest copy that can be opened and is whole.
pub(crate) async fn whole_copy(path: &Path) -> Option<PathBuf> {
    for copy in copies(path) {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copy).read_only(true);
        if let Ok(mut db) = SqliteConnection::connect_with(&options).await {
            let whole = is_whole(&mut db).await.unwrap_or(false);
            let _ = db.close().await;
            if whole {
                return Some(copy);
            }
        }
    }
    None
}
