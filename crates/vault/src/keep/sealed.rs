//! One encrypted file under a passphrase: argon2id makes the key, XChaCha20-Poly1305 seals all entries together.
//!
//! The file is read again for each call, so another process of the same person sees the same entries. It is always
//! replaced whole. It never knows why it was chosen over the keyring.

mod envelope;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use envelope::Strength;
use envelope::{Envelope, Kdf, Key};

use super::{Boxed, Keep};
use crate::{Secret, VaultError, memo};

const FILE: &str = "secrets.sealed";
const LEAST_PASSPHRASE: usize = 8;

type Entries = BTreeMap<String, Secret>;

/// Secrets in one sealed file. Cheap to clone; clones share the unlocked key.
#[derive(Clone)]
pub struct SealedFile {
    desk: Arc<Mutex<Desk>>,
    path: PathBuf,
}

/// What the blocking side works on, one call at a time.
struct Desk {
    dir: PathBuf,
    path: PathBuf,
    strength: Strength,
    /// The key while unlocked, with the parameters it was made from.
    open: Option<(Kdf, Key)>,
}

impl SealedFile {
    /// The file in `dir`, locked. Nothing is read or written yet. `strength` applies when the file is first made.
    #[must_use]
    pub fn new(dir: &Path, strength: Strength) -> Self {
        let path = dir.join(FILE);
        let desk = Desk { dir: dir.to_owned(), path: path.clone(), strength, open: None };
        Self { desk: Arc::new(Mutex::new(desk)), path }
    }

    /// Whether the file is on disk.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Opens the file, or makes an empty one when there is none.
    ///
    /// # Errors
    /// `WrongPassphrase`, `Damaged`, `Newer`, `File`; `PassphraseTooShort` only for a fresh file.
    pub async fn unlock(&self, passphrase: Secret) -> Result<(), VaultError> {
        self.at_desk(move |desk| desk.unlock(&passphrase)).await
    }

    /// Forgets the key. Entries stay on disk, sealed.
    pub async fn lock(&self) -> Result<(), VaultError> {
        self.at_desk(|desk| {
            desk.open = None;
            Ok(())
        })
        .await
    }

    /// Whether the key is in memory.
    pub async fn is_unlocked(&self) -> bool {
        self.at_desk(|desk| Ok(desk.open.is_some())).await.unwrap_or(false)
    }

    /// Deletes the file and forgets the key.
    pub(crate) async fn delete(&self) -> Result<(), VaultError> {
        self.at_desk(|desk| {
            desk.open = None;
            match std::fs::remove_file(&desk.path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(VaultError::file("removed", &error)),
                Ok(()) | Err(_) => Ok(()),
            }
        })
        .await
    }

    /// Moves an unusable file aside, so that a fresh one can be made and nothing is lost for good.
    pub(crate) async fn set_aside(&self) -> Result<(), VaultError> {
        self.at_desk(|desk| {
            desk.open = None;
            let aside = (1_u32..)
                .map(|n| desk.path.with_extension(format!("sealed.old{n}")))
                .find(|path| !path.exists())
                .ok_or(VaultError::System { what: "a free file name" })?;
            std::fs::rename(&desk.path, aside).map_err(|e| VaultError::file("moved aside", &e))
        })
        .await
    }

    /// Deriving a key and touching the disk both block, so they run off the async threads. A call that was begun also
    /// ends, even when its caller has gone.
    async fn at_desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let desk = Arc::clone(&self.desk);
        tokio::task::spawn_blocking(move || work(&mut desk.lock().unwrap_or_else(PoisonError::into_inner)))
            .await
            .map_err(|_| VaultError::System { what: "a background task" })?
    }
}

impl Desk {
    fn unlock(&mut self, passphrase: &Secret) -> Result<(), VaultError> {
        self.open = None;
        if let Some(envelope) = self.read()? {
            let key = envelope.kdf().derive(passphrase)?;
            envelope.open(&key)?;
            self.open = Some((envelope.kdf().clone(), key));
            return Ok(());
        }
        if passphrase.expose().chars().count() < LEAST_PASSPHRASE {
            return Err(VaultError::PassphraseTooShort { least: LEAST_PASSPHRASE });
        }
        let kdf = Kdf::fresh(self.strength)?;
        let key = kdf.derive(passphrase)?;
        self.write(&kdf, &key, &Entries::new())?;
        self.open = Some((kdf, key));
        Ok(())
    }

    fn read(&self) -> Result<Option<Envelope>, VaultError> {
        match std::fs::read(&self.path) {
            Ok(bytes) => Envelope::parse(&bytes).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(VaultError::file("read", &error)),
        }
    }

    fn write(&self, kdf: &Kdf, key: &Key, entries: &Entries) -> Result<(), VaultError> {
        memo::replace(&self.dir, &self.path, &Envelope::seal(kdf, key, entries)?.to_bytes()?)
    }

    /// The entries as they are on disk. A file that was deleted holds none.
    fn entries(&mut self) -> Result<Entries, VaultError> {
        let (kdf, key) = self.open.as_ref().ok_or(VaultError::Locked)?;
        let Some(envelope) = self.read()? else {
            return Ok(Entries::new());
        };
        if envelope.kdf() != kdf {
            // Another process made the file anew: the key in hand is for a file that is gone.
            self.open = None;
            return Err(VaultError::Locked);
        }
        envelope.open(key)
    }

    fn change(&mut self, edit: impl FnOnce(&mut Entries)) -> Result<(), VaultError> {
        let mut entries = self.entries()?;
        edit(&mut entries);
        let (kdf, key) = self.open.as_ref().ok_or(VaultError::Locked)?;
        self.write(kdf, key, &entries)
    }
}

impl Keep for SealedFile {
    fn put<'a>(&'a self, name: &'a str, secret: &'a Secret) -> Boxed<'a, Result<(), VaultError>> {
        let (name, secret) = (name.to_owned(), secret.clone());
        Box::pin(self.at_desk(move |desk| {
            desk.change(|entries| {
                entries.insert(name, secret);
            })
        }))
    }

    fn get<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<Option<Secret>, VaultError>> {
        let name = name.to_owned();
        Box::pin(self.at_desk(move |desk| Ok(desk.entries()?.remove(&name))))
    }

    fn remove<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<(), VaultError>> {
        let name = name.to_owned();
        Box::pin(self.at_desk(move |desk| {
            desk.change(|entries| {
                entries.remove(&name);
            })
        }))
    }

    fn names(&self) -> Boxed<'_, Result<Vec<String>, VaultError>> {
        Box::pin(self.at_desk(|desk| Ok(desk.entries()?.into_keys().collect())))
    }
}
