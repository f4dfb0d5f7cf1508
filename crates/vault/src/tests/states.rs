//! The states that a keyring can be in, seen through the vault: what is said, what is kept, what comes back. Present, absent,
//! deleted outside, never answering and switched stand in their own files; here are locked, refusing to write, slow, corrupt.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, mpsc};

use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential, Entry, Error, Result};

use super::{WEAK, err, secret};
use crate::{Backend, Options, State, Vault, VaultError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Open,
    Locked,
    ReadOnly,
}

#[derive(Debug, Default)]
struct Drawer {
    held: HashMap<String, Vec<u8>>,
}

/// A keyring with moods.
#[derive(Debug, Clone)]
struct Moody {
    mood: Arc<Mutex<Mood>>,
    drawer: Arc<Mutex<Drawer>>,
}

#[derive(Debug)]
struct Slot {
    keyring: Moody,
    name: String,
}

fn refused() -> Error {
    Error::NoStorageAccess("the collection is locked".into())
}

impl Moody {
    fn new(mood: Mood) -> Self {
        Self { mood: Arc::new(Mutex::new(mood)), drawer: Arc::default() }
    }
    fn turns(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
    fn options(&self) -> Options {
        let this = self.clone();
        Options::over(Arc::new(move || {
            let store: Arc<keyring_core::CredentialStore> = Arc::new(this.clone());
            Ok(store)
        }))
        .with_strength(WEAK)
    }
    async fn vault(&self, dir: &tempfile::TempDir) -> Vault {
        Vault::open(dir.path(), self.options()).await.unwrap()
    }
}

impl CredentialStoreApi for Moody {
    fn vendor(&self) -> String {
        "moody".into()
    }
    fn id(&self) -> String {
        "moody".into()
    }
    fn build(&self, _: &str, name: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        let slot: Arc<Credential> = Arc::new(Slot { keyring: self.clone(), name: name.to_owned() });
        Ok(Entry::new_with_credential(slot))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for Slot {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        match *self.keyring.mood.lock().unwrap() {
            Mood::Open => {
                self.keyring.drawer.lock().unwrap().held.insert(self.name.clone(), secret.to_vec());
                Ok(())
            }
            Mood::Locked | Mood::ReadOnly => Err(refused()),
        }
    }
    fn get_secret(&self) -> Result<Vec<u8>> {
        match *self.keyring.mood.lock().unwrap() {
            Mood::Locked => Err(refused()),
            Mood::Open | Mood::ReadOnly => {
                self.keyring.drawer.lock().unwrap().held.get(&self.name).cloned().ok_or(Error::NoEntry)
            }
        }
    }
    fn delete_credential(&self) -> Result<()> {
        match *self.keyring.mood.lock().unwrap() {
            Mood::Open => self.keyring.drawer.lock().unwrap().held.remove(&self.name).map(drop).ok_or(Error::NoEntry),
            Mood::Locked | Mood::ReadOnly => Err(refused()),
        }
    }
    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        Ok(None)
    }
    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[tokio::test]
async fn a_locked_keyring_says_so_and_is_used_once_it_is_unlocked() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = Moody::new(Mood::Open);
    keyring.vault(&dir).await.put("a", secret("1")).await.unwrap();
    keyring.turns(Mood::Locked);
    let vault = keyring.vault(&dir).await;
    let status = vault.status().await;
    let State::Failing { why } = &status.state else { panic!("{status:?}") };
    assert!(why.contains("Unlock") && status.file_offered, "{why}");
    assert_eq!(status.backend, Some(Backend::Keyring), "nobody moves elsewhere by themselves");
    assert!(matches!(err(vault.get("a").await), VaultError::Keyring { .. }));
    assert!(!dir.path().join("secrets.sealed").exists());
    keyring.turns(Mood::Open);
    assert_eq!(vault.recheck().await.state, State::Ready);
    assert!(vault.get("a").await.unwrap() == Some(secret("1")));
}

#[tokio::test]
async fn a_keyring_that_is_locked_at_the_first_start_leaves_the_choice_open() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = Moody::new(Mood::Locked);
    let vault = keyring.vault(&dir).await;
    assert!(matches!(vault.status().await.state, State::NeedsChoice { .. }));
    assert!(matches!(err(vault.put("a", secret("1")).await), VaultError::NeedsChoice { .. }));
    keyring.turns(Mood::Open);
    assert_eq!(vault.recheck().await.state, State::Ready);
}

#[tokio::test]
async fn a_write_that_fails_is_told_and_the_old_value_stays() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = Moody::new(Mood::Open);
    let vault = keyring.vault(&dir).await;
    vault.put("a", secret("old")).await.unwrap();
    keyring.turns(Mood::ReadOnly);
    for value in ["new", &"long".repeat(3_000)] {
        assert!(matches!(err(vault.put("a", secret(value)).await), VaultError::Keyring { .. }));
        assert!(vault.get("a").await.unwrap() == Some(secret("old")));
    }
    assert!(matches!(err(vault.remove("a").await), VaultError::Keyring { .. }));
    keyring.turns(Mood::Open);
    assert!(vault.get("a").await.unwrap() == Some(secret("old")));
    vault.put("a", secret("new")).await.unwrap();
    assert!(vault.get("a").await.unwrap() == Some(secret("new")));
}

#[tokio::test]
async fn what_another_program_wrote_over_an_entry_is_never_taken_for_the_secret() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = Moody::new(Mood::Open);
    let vault = keyring.vault(&dir).await;
    vault.put("a", secret("1")).await.unwrap();
    vault.put("b", secret("2")).await.unwrap();
    for bytes in [&b""[..], b"\xff\xfe", b"a stranger's", b"\0\0\0\0"] {
        keyring.drawer.lock().unwrap().held.insert("a".into(), bytes.to_vec());
        assert!(vault.get("a").await.unwrap().is_none(), "{bytes:?}");
        assert!(vault.get("b").await.unwrap() == Some(secret("2")), "the others are whole");
    }
    keyring.drawer.lock().unwrap().held.insert("#index".into(), b"no index".to_vec());
    vault.put("a", secret("3")).await.unwrap();
    assert!(vault.get("a").await.unwrap() == Some(secret("3")));
    assert!(vault.names().await.unwrap().contains(&"a".to_owned()));
}

#[tokio::test]
async fn a_slow_keyring_is_waited_for_and_holds_up_no_status() {
    let dir = tempfile::tempdir().unwrap();
    let keyring = Moody::new(Mood::Open);
    let (go, held) = mpsc::channel::<()>();
    let (held, store) = (Mutex::new(held), keyring.clone());
    let connect = move || {
        // The first conversation waits until the person has answered; later ones find the channel closed.
        let _ = held.lock().unwrap().recv();
        let store: Arc<keyring_core::CredentialStore> = Arc::new(store.clone());
        Ok(store)
    };
    let options = Options::over(Arc::new(connect)).with_strength(WEAK);
    let opening = tokio::spawn(Vault::open(dir.path().to_owned(), options));
    go.send(()).unwrap();
    let vault = opening.await.unwrap().unwrap();
    assert_eq!(vault.status().await.state, State::Ready);
    drop(go);
    vault.put("a", secret("1")).await.unwrap();
    assert!(vault.get("a").await.unwrap() == Some(secret("1")));
}
