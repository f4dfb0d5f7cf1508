//! Copies of a file that stand beside it: their names tell when and why they were made.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::error::Result;
use crate::open::Store;

/// How the name of a copy tells its time.
const TIME: &str = "%Y-%m-%dT%H%M%SZ";

/// Why a copy was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyReason {
    /// The person asked for it.
    Asked,
    /// The file was about to get another format.
    Update,
    /// Another copy was put in its place.
    Restore,
}

/// A copy of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where it is.
    pub path: PathBuf,
    /// The name of its file.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// Its size in bytes.
    pub bytes: u64,
    /// Why.
    pub why: CopyReason,
}

impl Store {
    /// Makes a copy beside the file, whole and by itself, while others read and write.
    ///
    /// # Errors
    /// When there is no room, or the folder cannot be written to.
    pub async fn copy_beside(&self, path: &Path, why: CopyReason) -> Result<Copy> {
        let at = self.now();
        let word = match why {
            CopyReason::Asked => "asked",
            CopyReason::Update => "before-update",
            CopyReason::Restore => "before-restore",
        };
        let name = format!("{}.{}.{word}.db", stem(path), at.strftime(TIME));
        let copy = path.with_file_name(&name);
        self.copy_to(&copy).await?;
        let bytes = std::fs::metadata(&copy)?.len();
        Ok(Copy { path: copy, name, at, bytes, why })
    }

    /// Makes a copy, whole and by itself, while others read and write. What was there before goes.
    ///
    /// # Errors
    /// As for [`Store::copy_beside`].
    pub async fn copy_to(&self, copy: &Path) -> Result<()> {
        if copy.exists() {
            // VACUUM INTO writes only new files.
            std::fs::remove_file(copy)?;
        }
        let mut db = self.inner.writer.acquire().await?;
        sqlx::query("vacuum into ?").bind(copy.to_string_lossy().into_owned()).execute(&mut *db).await?;
        Ok(())
    }
}

/// The copies beside a file, newest first.
#[must_use]
pub fn copies_of(path: &Path) -> Vec<Copy> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let start = format!("{}.", stem(path));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Copy> = entries.filter_map(|entry| copy(&entry.path(), &start)).collect();
    found.sort_unstable_by(|a, b| (b.at, &b.name).cmp(&(a.at, &a.name)));
    found
}

fn copy(path: &Path, start: &str) -> Option<Copy> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let rest = name.strip_prefix(start)?.strip_suffix(".db")?;
    let (time, word) = rest.split_once('.')?;
    let why = match word {
        "asked" => CopyReason::Asked,
        "before-restore" => CopyReason::Restore,
        _ if word.starts_with("before-") => CopyReason::Update,
        _ => return None,
    };
    let at = DateTime::strptime(TIME, time).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let bytes = std::fs::metadata(path).ok()?.len();
    Some(Copy { path: path.to_owned(), name, at, bytes, why })
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
