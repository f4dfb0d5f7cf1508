//! The operating system's keyring: Secret Service, Keychain or the Windows credential manager.
//!
//! A keyring may be absent, may come and go, and may stop in the middle of a call to ask the person something in its own
//! window. So every call is bounded in time, one call runs at a time, and a broken connection is made again.

mod slots;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use keyring_core::{CredentialStore, Error};
use slots::Slots;
use tokio::sync::{Mutex, oneshot};

use super::{Boxed, Keep};
use crate::{Secret, VaultError};

/// Opens a connection to a keyring. It may block.
pub(crate) type Connect = dyn Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync;

/// Secrets in the system keyring, under one service name.
pub struct Keyring {
    service: Arc<str>,
    wait: Duration,
    connect: Arc<Connect>,
    /// The connection, held by whichever call is running.
    line: Arc<Mutex<Option<Arc<CredentialStore>>>>,
}

impl Keyring {
    /// The platform's own keyring. Nothing is asked of it yet. `wait` bounds each call.
    #[must_use]
    pub fn system(service: &str, wait: Duration) -> Self {
        Self::over(service, wait, Arc::new(connect_system))
    }

    /// Any keyring that `connect` opens.
    pub(crate) fn over(service: &str, wait: Duration, connect: Arc<Connect>) -> Self {
        Self { service: service.into(), wait, connect, line: Arc::default() }
    }

    /// Writes a probe entry, reads it back and deletes it.
    ///
    /// # Errors
    /// `Keyring` with the reason in words.
    pub async fn probe(&self) -> Result<(), VaultError> {
        self.ask(|slots| slots.probe()).await
    }

    /// Runs `work` on a thread of its own and waits a bounded time for it.
    ///
    /// Not on the runtime's blocking pool: a keyring that waits for the person for ever would keep the runtime, and so
    /// the app, from ending. The thread holds the line until it is done, so at most one is ever stuck.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl Fn(&Slots<'_>) -> Result<T, SlotError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (tell, told) = oneshot::channel();
        let (service, connect, line) = (Arc::clone(&self.service), Arc::clone(&self.connect), Arc::clone(&self.line));
        let call = async move {
            let mut line = line.lock_owned().await;
            std::thread::Builder::new()
                .name("keyring".to_owned())
                .spawn(move || {
                    let answer = on_line(&mut line, &*connect, &service, &work);
                    // Freed first, so that whoever hears the answer finds the line free.
                    drop(line);
                    // The caller may have stopped waiting; then nobody wants the answer.
                    drop(tell.send(answer));
                })
                .map_err(|_| VaultError::System { what: "a thread for the keyring" })?;
            told.await.map_err(|_| VaultError::System { what: "the keyring's thread" })
        };
        match tokio::time::timeout(self.wait, call).await {
            Ok(answer) => answer?.map_err(|error| explain(&error)),
            Err(_) => Err(VaultError::Keyring {
                why: format!(
                    "It did not answer within {} seconds. It may be waiting for its password in another window. \
                     Answer it, then try again.",
                    self.wait.as_secs()
                ),
            }),
        }
    }
}

/// What one conversation with the keyring can end in.
enum SlotError {
    Keyring(Error),
    Own(VaultError),
}

impl From<Error> for SlotError {
    fn from(error: Error) -> Self {
        Self::Keyring(error)
    }
}

/// Runs `work` over the connection. A connection from an earlier call may have died with the daemon behind it, so a
/// failure on an old one is tried once more on a fresh one; every operation may safely be repeated.
fn on_line<T>(
    line: &mut Option<Arc<CredentialStore>>,
    connect: &Connect,
    service: &str,
    work: &(impl Fn(&Slots<'_>) -> Result<T, SlotError> + Send),
) -> Result<T, SlotError> {
    if let Some(store) = line.take() {
        match work(&Slots { store: &*store, service }) {
            Err(SlotError::Keyring(Error::PlatformFailure(_))) => {
                tracing::debug!("the keyring failed; connecting again");
            }
            answer => {
                *line = Some(store);
                return answer;
            }
        }
    }
    let store = connect()?;
    let answer = work(&Slots { store: &*store, service });
    if !matches!(answer, Err(SlotError::Keyring(Error::PlatformFailure(_)))) {
        *line = Some(store);
    }
    answer
}

/// `keyring` picks the system's store, once in the life of a process. A keyring that comes later, or comes back, needs a
/// connection of its own.
fn connect_system() -> keyring_core::Result<Arc<CredentialStore>> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    if !TAKEN.swap(true, Ordering::AcqRel)
        && keyring::Entry::store_status().is_ok()
        && let Some(store) = keyring_core::get_default_store()
    {
        return Ok(store);
    }
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(target_os = "windows")]
    let store = windows_native_keyring_store::Store::new()?;
    #[cfg(all(unix, not(target_os = "macos")))]
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

/// The keyring's own error text is not passed on: some of its errors carry the bytes of the entry.
fn explain(error: &SlotError) -> VaultError {
    let error = match error {
        SlotError::Own(own) => return own.clone(),
        SlotError::Keyring(error) => error,
    };
    tracing::debug!(kind = kind(error), "the keyring refused");
    let why = match error {
        Error::NoStorageAccess(_) => "It is locked, or access was refused. Unlock it, then try again.",
        Error::PlatformFailure(_) | Error::NoDefaultStore => NONE_ANSWERED,
        Error::Ambiguous(_) => {
            "It holds two entries under one name. Delete one of them in the system's password app, then try again."
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
            "An entry in it was altered by another program. Delete the entry in the system's password app."
        }
        Error::NoEntry | Error::TooLong(..) | Error::Invalid(..) | Error::NotSupportedByStore(_) | _ => {
            "It does not accept what PM OS needs to store. Use an encrypted file instead."
        }
    };
    VaultError::Keyring { why: why.to_owned() }
}

#[cfg(all(unix, not(target_os = "macos")))]
const NONE_ANSWERED: &str = "No keyring answered on this machine. Start one that offers the Secret Service \
                             (GNOME Keyring, KWallet or KeePassXC), then try again.";
#[cfg(not(all(unix, not(target_os = "macos"))))]
const NONE_ANSWERED: &str = "The system's password store reported a failure. Unlock it, then try again.";

fn kind(error: &Error) -> &'static str {
    match error {
        Error::PlatformFailure(_) => "platform failure",
        Error::NoStorageAccess(_) => "no access",
        Error::NoEntry => "no entry",
        Error::Ambiguous(_) => "ambiguous",
        Error::NoDefaultStore => "no store",
        Error::BadEncoding(_)
        | Error::BadDataFormat(..)
        | Error::BadStoreFormat(_)
        | Error::TooLong(..)
        | Error::Invalid(..)
        | Error::NotSupportedByStore(_)
        | _ => "unusable entry",
    }
}

impl Keep for Keyring {
    fn put<'a>(&'a self, name: &'a str, secret: &'a Secret) -> Boxed<'a, Result<(), VaultError>> {
        let (name, secret) = (name.to_owned(), secret.clone());
        Box::pin(self.ask(move |slots| slots.put(&name, &secret)))
    }

    fn get<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<Option<Secret>, VaultError>> {
        let name = name.to_owned();
        Box::pin(self.ask(move |slots| slots.get(&name)))
    }

    fn remove<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<(), VaultError>> {
        let name = name.to_owned();
        Box::pin(self.ask(move |slots| slots.remove(&name)))
    }

    fn names(&self) -> Boxed<'_, Result<Vec<String>, VaultError>> {
        Box::pin(self.ask(|slots| slots.names()))
    }
}
