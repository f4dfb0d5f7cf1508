//! One process at a time may write a data folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::error::{Result, StoreError};

/// Holds the data folder for this process until it is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the folder, making it when there is none.
    ///
    /// # Errors
    /// [`StoreError::Locked`] names the process that holds it; [`StoreError::ReadOnly`] when the folder cannot be written.
    pub fn acquire(folder: impl AsRef<Path>) -> Result<Self> {
        let folder = folder.as_ref();
        std::fs::create_dir_all(folder)?;
        let mut file =
            OpenOptions::new().create(true).truncate(false).read(true).write(true).open(folder.join("pm-os.lock"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut by = String::new();
                // Where the lock also keeps others from reading, who holds it stays unknown.
                let _ = file.read_to_string(&mut by);
                let by = by.trim();
                return Err(StoreError::Locked { by: (!by.is_empty()).then(|| by.to_owned()) });
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "process {}", std::process::id())?;
        file.flush()?;
        Ok(Self { file })
    }

    /// What a program holds of it that this process starts, until it has begun.
    #[cfg(test)]
    pub(crate) fn copy(&self) -> std::io::Result<File> {
        self.file.try_clone()
    }
}

impl Drop for Lock {
    /// Closing alone would do, were it not for programs that this process starts: until they have begun, they hold copies of all
    /// that is open here, and with them the lock.
    fn drop(&mut self) {
        if let Err(why) = self.file.unlock() {
            tracing::debug!(%why, "the lock of the data folder goes with the process");
        }
    }
}
