//! The vault: one door to secrets, whichever place keeps them.
//!
//! It decides which place that is, remembers the choice, and says in words what is wrong when the place does not work. An
//! encrypted file is used only after [`Vault::use_file`], which is the person's consent.

mod options;

use std::path::PathBuf;
use std::sync::Arc;

pub use options::Options;
use options::Source;
use tokio::sync::{Mutex, RwLock};

use crate::keep::{Keep, Keyring, Memory, SealedFile, check_name};
use crate::memo::{self, Remembered};
use crate::status::{Backend, State, Status};
use crate::{Secret, VaultError};

/// Named secrets. Cheap to clone; clones are the same vault.
#[derive(Clone)]
pub struct Vault {
    shared: Arc<Shared>,
}

struct Shared {
    dir: PathBuf,
    keyring: Option<Keyring>,
    file: SealedFile,
    memory: Memory,
    /// Held while the place is looked for or changed. That may take as long as a keyring takes, so it is not `standing`,
    /// which a status page reads.
    choosing: Mutex<()>,
    standing: RwLock<Standing>,
}

/// What was chosen and how it does.
#[derive(Clone, PartialEq)]
struct Standing {
    backend: Option<Backend>,
    state: State,
    note: Option<String>,
}

impl Standing {
    fn of(backend: Backend, state: State) -> Self {
        Self { backend: Some(backend), state, note: None }
    }

    fn undecided(why: impl Into<String>) -> Self {
        Self { backend: None, state: State::NeedsChoice { why: why.into() }, note: None }
    }
}

impl Vault {
    /// Opens the vault whose note and sealed file live in `dir`, and tries the keyring when it is, or may become, the
    /// place. Trouble with the keyring or the file is told by [`Vault::status`], not here.
    ///
    /// # Errors
    /// `File` when `dir` cannot be made.
    pub async fn open(dir: impl Into<PathBuf>, options: Options) -> Result<Self, VaultError> {
        let dir = dir.into();
        let in_memory = matches!(options.source, Source::Memory);
        let keyring = match options.source {
            Source::System => Some(Keyring::system(&options.service, options.keyring_wait)),
            Source::Custom(connect) => Some(Keyring::over(&options.service, options.keyring_wait, connect)),
            Source::Absent | Source::Memory => None,
        };
        let shared = Shared {
            file: SealedFile::new(&dir, options.strength),
            dir,
            keyring,
            memory: Memory::default(),
            choosing: Mutex::default(),
            standing: RwLock::new(Standing::of(Backend::Memory, State::Ready)),
        };
        let vault = Self { shared: Arc::new(shared) };
        if !in_memory {
            std::fs::create_dir_all(&vault.shared.dir).map_err(|e| VaultError::file("written", &e))?;
            vault.settle().await;
        }
        Ok(vault)
    }

    /// How the vault stands. Holds no secret.
    pub async fn status(&self) -> Status {
        let Standing { backend, state, note } = self.shared.standing.read().await.clone();
        let file_offered = match (&state, backend) {
            (State::NeedsChoice { .. }, _) | (State::Failing { .. }, Some(Backend::Keyring)) => true,
            (State::Ready | State::Locked | State::Failing { .. }, _) => false,
        };
        Status { backend, state, file_offered, file_exists: self.shared.file.exists(), note }
    }

    /// Looks again at whatever did not work, such as a keyring that has been unlocked since. Asks nothing of a place that
    /// works.
    pub async fn recheck(&self) -> Status {
        {
            let _choosing = self.shared.choosing.lock().await;
            let state = self.shared.standing.read().await.state.clone();
            match state {
                State::Ready | State::Locked => {}
                State::NeedsChoice { .. } | State::Failing { .. } => self.settle().await,
            }
        }
        self.status().await
    }

    /// The person's consent to an encrypted file: makes it, or opens the one that is there, and remembers the choice.
    /// Entries of a keyring that still works are moved into it.
    ///
    /// # Errors
    /// `PassphraseTooShort`, `WrongPassphrase`, `Damaged`, `Newer`, `File`, `Keyring`.
    pub async fn use_file(&self, passphrase: Secret) -> Result<(), VaultError> {
        let _choosing = self.shared.choosing.lock().await;
        let mut standing = self.shared.standing.write().await;
        self.shared.file.unlock(passphrase).await?;
        let working = standing.backend == Some(Backend::Keyring) && standing.state == State::Ready;
        let from = self.shared.keyring.as_ref().filter(|_| working);
        if let Some(keyring) = from {
            copy(keyring, &self.shared.file).await?;
        }
        self.remember(Backend::File).await?;
        *standing = Standing::of(Backend::File, State::Ready);
        if let Some(keyring) = from {
            clear(keyring).await?;
        }
        Ok(())
    }

    /// Opens the sealed file that was chosen before.
    ///
    /// # Errors
    /// `WrongPassphrase`, `Damaged`, `Newer`, `File`; `NeedsChoice` when no file is in use.
    pub async fn unlock(&self, passphrase: Secret) -> Result<(), VaultError> {
        let _choosing = self.shared.choosing.lock().await;
        let mut standing = self.shared.standing.write().await;
        if standing.backend != Some(Backend::File) || !self.shared.file.exists() {
            return Err(VaultError::NeedsChoice { why: "No secrets file is in use.".to_owned() });
        }
        let opened = self.shared.file.unlock(passphrase).await;
        standing.state = match &opened {
            Ok(()) => State::Ready,
            Err(VaultError::WrongPassphrase) => State::Locked,
            Err(error) => State::Failing { why: error.to_string() },
        };
        opened
    }

    /// Forgets the passphrase's key. Does nothing where there is none.
    ///
    /// # Errors
    /// `System`.
    pub async fn lock(&self) -> Result<(), VaultError> {
        let _choosing = self.shared.choosing.lock().await;
        let mut standing = self.shared.standing.write().await;
        if standing.backend == Some(Backend::File) && standing.state == State::Ready {
            self.shared.file.lock().await?;
            standing.state = State::Locked;
        }
        Ok(())
    }

    /// Moves everything from the unlocked file into the keyring, checks that it arrived, and deletes the file.
    /// Until that check the file stays in use.
    ///
    /// # Errors
    /// `Keyring` when the keyring still does not work; `Locked`; `File`.
    pub async fn move_to_keyring(&self) -> Result<(), VaultError> {
        let _choosing = self.shared.choosing.lock().await;
        let mut standing = self.shared.standing.write().await;
        if standing.backend == Some(Backend::Keyring) && standing.state == State::Ready {
            return Ok(());
        }
        let keyring = self.shared.keyring.as_ref().ok_or_else(no_keyring)?;
        keyring.probe().await?;
        if standing.backend == Some(Backend::File) {
            copy(&self.shared.file, keyring).await?;
        }
        self.remember(Backend::Keyring).await?;
        let moved = standing.backend == Some(Backend::File);
        *standing = Standing::of(Backend::Keyring, State::Ready);
        if moved { self.shared.file.delete().await } else { Ok(()) }
    }

    /// Gives up a file that cannot be opened: it is moved aside, not deleted, and the choice is open again.
    ///
    /// # Errors
    /// `File`.
    pub async fn give_up_file(&self) -> Result<Status, VaultError> {
        {
            let _choosing = self.shared.choosing.lock().await;
            if self.shared.file.exists() {
                self.shared.file.set_aside().await?;
            }
            let backend = self.shared.standing.read().await.backend;
            match backend {
                Some(Backend::File) | None => self.settle().await,
                Some(Backend::Keyring | Backend::Memory) => {}
            }
        }
        Ok(self.status().await)
    }

    /// Keeps `secret` under `name`, replacing what was there.
    ///
    /// # Errors
    /// `Name`, `NeedsChoice`, `Locked`, `Keyring`, `TooLong`, `Damaged`, `File`.
    pub async fn put(&self, name: &str, secret: Secret) -> Result<(), VaultError> {
        check_name(name)?;
        let standing = self.shared.standing.read().await;
        let done = self.place(&standing)?.put(name, &secret).await;
        drop(standing);
        self.noting(done).await
    }

    /// The secret under `name`; `None` when there is none, also when it was deleted from outside.
    ///
    /// # Errors
    /// As [`Vault::put`].
    pub async fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        check_name(name)?;
        let standing = self.shared.standing.read().await;
        let found = self.place(&standing)?.get(name).await;
        drop(standing);
        self.noting(found).await
    }

    /// Forgets `name`. Forgetting what is not there is fine.
    ///
    /// # Errors
    /// As [`Vault::put`].
    pub async fn remove(&self, name: &str) -> Result<(), VaultError> {
        check_name(name)?;
        let standing = self.shared.standing.read().await;
        let done = self.place(&standing)?.remove(name).await;
        drop(standing);
        self.noting(done).await
    }

    /// The names of everything kept, sorted.
    ///
    /// # Errors
    /// As [`Vault::put`].
    pub async fn names(&self) -> Result<Vec<String>, VaultError> {
        let standing = self.shared.standing.read().await;
        let names = self.place(&standing)?.names().await;
        drop(standing);
        self.noting(names).await
    }

    fn place(&self, standing: &Standing) -> Result<&dyn Keep, VaultError> {
        match standing.backend {
            Some(Backend::Memory) => Ok(&self.shared.memory),
            Some(Backend::File) => Ok(&self.shared.file),
            Some(Backend::Keyring) => self.shared.keyring.as_ref().map(|k| k as &dyn Keep).ok_or_else(no_keyring),
            None => Err(VaultError::NeedsChoice {
                why: match &standing.state {
                    State::NeedsChoice { why } | State::Failing { why } => why.clone(),
                    State::Ready | State::Locked => String::new(),
                },
            }),
        }
    }

    /// Lets the state follow what a call met: a place that fails is failing, one that answers again is ready.
    async fn noting<T>(&self, result: Result<T, VaultError>) -> Result<T, VaultError> {
        let met = match &result {
            Ok(_) => State::Ready,
            Err(VaultError::Locked | VaultError::WrongPassphrase) => State::Locked,
            Err(VaultError::Keyring { why }) => State::Failing { why: why.clone() },
            Err(error @ (VaultError::Damaged { .. } | VaultError::Newer | VaultError::File { .. })) => {
                State::Failing { why: error.to_string() }
            }
            Err(
                VaultError::NeedsChoice { .. }
                | VaultError::PassphraseTooShort { .. }
                | VaultError::Name
                | VaultError::TooLong { .. }
                | VaultError::System { .. },
            ) => return result,
        };
        if self.shared.standing.read().await.state != met {
            let mut standing = self.shared.standing.write().await;
            // Whoever locked, or chose anew, in between knows better than a call that began before.
            if matches!(standing.state, State::Ready | State::Failing { .. }) {
                standing.state = met;
            }
        }
        result
    }

    /// Looks, and takes what was found for how things stand. The caller holds `choosing`, or is the only one.
    async fn settle(&self) {
        let found = self.look().await;
        *self.shared.standing.write().await = found;
    }

    /// Finds out how things are: the note first, then the disk, then the keyring.
    async fn look(&self) -> Standing {
        match memo::read(&self.shared.dir) {
            Remembered::Chosen(Backend::File) if self.shared.file.exists() => {
                Standing::of(Backend::File, State::Locked)
            }
            Remembered::Chosen(Backend::Keyring) => match self.probe().await {
                Ok(()) => Standing::of(Backend::Keyring, State::Ready),
                Err(why) => Standing::of(Backend::Keyring, State::Failing { why }),
            },
            Remembered::Chosen(Backend::File) => {
                let mut standing = self.first_choice().await;
                standing.note = Some("The encrypted secrets file is gone. Sign in again to fill the vault.".to_owned());
                standing
            }
            Remembered::Nothing | Remembered::Chosen(Backend::Memory) => self.first_choice().await,
            Remembered::Damaged => {
                let mut standing = self.first_choice().await;
                standing.note =
                    Some("The note of where secrets are kept was damaged, so the place was found again.".to_owned());
                standing
            }
        }
    }

    /// Without a note: a file that is there was chosen once; otherwise the keyring, if it works.
    async fn first_choice(&self) -> Standing {
        if self.shared.file.exists() {
            if let Err(error) = self.remember(Backend::File).await {
                tracing::warn!(%error, "the choice of the secrets file could not be noted");
            }
            return Standing::of(Backend::File, State::Locked);
        }
        match self.probe().await {
            Err(why) => Standing::undecided(why),
            Ok(()) => match self.remember(Backend::Keyring).await {
                Ok(()) => Standing::of(Backend::Keyring, State::Ready),
                Err(error) => Standing::undecided(error.to_string()),
            },
        }
    }

    async fn probe(&self) -> Result<(), String> {
        let probed = match &self.shared.keyring {
            Some(keyring) => keyring.probe().await,
            None => Err(no_keyring()),
        };
        probed.map_err(|error| if let VaultError::Keyring { why } = error { why } else { error.to_string() })
    }

    async fn remember(&self, backend: Backend) -> Result<(), VaultError> {
        let dir = self.shared.dir.clone();
        tokio::task::spawn_blocking(move || memo::write(&dir, backend))
            .await
            .map_err(|_| VaultError::System { what: "a background task" })?
    }
}

fn no_keyring() -> VaultError {
    VaultError::Keyring { why: "The system keyring is turned off for this run.".to_owned() }
}

/// Copies every entry and reads each back.
async fn copy(from: &dyn Keep, to: &dyn Keep) -> Result<(), VaultError> {
    for name in from.names().await? {
        let Some(secret) = from.get(&name).await? else {
            continue;
        };
        to.put(&name, &secret).await?;
        if to.get(&name).await?.as_ref() != Some(&secret) {
            return Err(VaultError::Keyring { why: "It did not give back what was written to it.".to_owned() });
        }
    }
    Ok(())
}

async fn clear(place: &dyn Keep) -> Result<(), VaultError> {
    for name in place.names().await? {
        place.remove(&name).await?;
    }
    Ok(())
}
