//! The note of which place was chosen: one small JSON file without secrets, so that a later start asks nobody.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::fault::VaultError;
use crate::status::Backend;

const FILE: &str = "vault.json";
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Memo {
    version: u32,
    backend: Backend,
}

/// What the note said.
pub(crate) enum Remembered {
    /// No note: a first start.
    Nothing,
    /// The choice that was made.
    Chosen(Backend),
    /// A note that cannot be trusted.
    Damaged,
}

/// Reads the note in `dir`. A note that cannot be read is reported, never an error: the choice can be made again.
pub(crate) fn read(dir: &Path) -> Remembered {
    let text = match std::fs::read(dir.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Remembered::Nothing,
        Err(_) => return Remembered::Damaged,
    };
    match serde_json::from_slice::<Memo>(&text) {
        Ok(Memo { version: VERSION, backend: backend @ (Backend::Keyring | Backend::File) }) => {
            Remembered::Chosen(backend)
        }
        Ok(Memo { .. }) | Err(_) => Remembered::Damaged,
    }
}

/// Writes the note, whole or not at all.
pub(crate) fn write(dir: &Path, backend: Backend) -> Result<(), VaultError> {
    let mut text = serde_json::to_vec_pretty(&Memo { version: VERSION, backend })
        .map_err(|_| VaultError::System { what: "writing a note" })?;
    text.push(b'\n');
    replace(dir, &dir.join(FILE), &text)
}

/// Replaces `path` (inside `dir`) so that a reader, or a crash, finds the old bytes or the new ones and nothing between.
/// Only the owner may read the result.
pub(crate) fn replace(dir: &Path, path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let failed = |error: &std::io::Error| VaultError::file("written", error);
    std::fs::create_dir_all(dir).map_err(|e| failed(&e))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vault-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    let mut temp = builder.tempfile_in(dir).map_err(|e| failed(&e))?;
    temp.write_all(bytes).map_err(|e| failed(&e))?;
    temp.as_file().sync_all().map_err(|e| failed(&e))?;
    temp.persist(path).map_err(|e| failed(&e.error))?;
    // The rename itself must reach the disk too.
    #[cfg(unix)]
    std::fs::File::open(dir).and_then(|d| d.sync_all()).map_err(|e| failed(&e))?;
    Ok(())
}
