use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use keyring_core::mock;

use super::{FakeKeyring, err, secret};
use crate::{Backend, Keep, Keyring, Options, State, Vault, VaultError};

fn over(fake: &FakeKeyring) -> Keyring {
    let fake = fake.clone();
    let connect = move || {
        let store: Arc<keyring_core::CredentialStore> = fake.store.clone();
        Ok(store)
    };
    Keyring::over("pm-os", Duration::from_secs(60), Arc::new(connect))
}

#[tokio::test]
async fn long_values_are_cut_to_what_every_keyring_takes() {
    let fake = FakeKeyring::new();
    let keyring = over(&fake);
    for length in [0, 1, 2558, 2559, 2560, 2561, 5120, 9000] {
        let value = secret(&"é".repeat(length / 2 + 1)[..length / 2 * 2]);
        keyring.put("long", &value).await.unwrap();
        assert!(keyring.get("long").await.unwrap() == Some(value), "{length} bytes");
        assert!(fake.raw().iter().all(|(_, bytes)| bytes.len() <= 2560), "{length} bytes");
    }
    assert_eq!(keyring.names().await.unwrap(), ["long"]);
    keyring.put("long", &secret("short")).await.unwrap();
    assert_eq!(fake.raw().len(), 2, "parts of the old value stay behind");
    keyring.remove("long").await.unwrap();
    assert_eq!(fake.raw().len(), 1, "only the index stays");
}

#[tokio::test]
async fn a_value_too_long_for_reason_is_refused_and_the_old_one_kept() {
    let keyring = over(&FakeKeyring::new());
    keyring.put("long", &secret("old")).await.unwrap();
    let met = err(keyring.put("long", &secret(&"x".repeat(200_000))).await);
    assert!(matches!(met, VaultError::TooLong { .. }));
    assert!(keyring.get("long").await.unwrap() == Some(secret("old")));
}

#[tokio::test]
async fn what_was_deleted_from_outside_is_none() {
    let fake = FakeKeyring::new();
    let keyring = over(&fake);
    keyring.put("a", &secret("1")).await.unwrap();
    keyring.put("b", &secret(&"2".repeat(6000))).await.unwrap();
    fake.delete("a");
    let part = fake.raw().into_iter().find(|(name, _)| name.ends_with(".1")).unwrap().0;
    fake.delete(&part);
    assert!(keyring.get("a").await.unwrap().is_none());
    assert!(keyring.get("b").await.unwrap().is_none());
    assert_eq!(keyring.names().await.unwrap(), ["b"]);
    keyring.put("a", &secret("3")).await.unwrap();
    assert!(keyring.get("a").await.unwrap() == Some(secret("3")));
    assert_eq!(keyring.names().await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn a_lost_index_loses_no_value() {
    let fake = FakeKeyring::new();
    let keyring = over(&fake);
    keyring.put("a", &secret("1")).await.unwrap();
    fake.delete("#index");
    assert!(keyring.get("a").await.unwrap() == Some(secret("1")));
    keyring.put("a", &secret("2")).await.unwrap();
    assert_eq!(keyring.names().await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_connection_that_died_is_made_again() {
    // Each connection is to a daemon of its own that shares nothing; the first one dies.
    let daemons = Arc::new(Mutex::new(vec![FakeKeyring::new(), FakeKeyring::new()]));
    let (first, connects) = (daemons.lock().unwrap()[1].clone(), Arc::clone(&daemons));
    let connect = move || {
        let store: Arc<keyring_core::CredentialStore> = connects.lock().unwrap().pop().unwrap().store;
        Ok(store)
    };
    let keyring = Keyring::over("pm-os", Duration::from_secs(60), Arc::new(connect));
    keyring.put("a", &secret("1")).await.unwrap();
    {
        let inner = first.store.inner.lock().unwrap();
        let cred = inner.borrow().iter().find(|cred| cred.specifiers.1 == "a").unwrap().clone();
        let cred: &mock::Cred = &cred;
        cred.set_error(keyring_core::Error::PlatformFailure("connection closed".into()));
    }
    assert!(keyring.get("a").await.unwrap().is_none(), "the second daemon is empty");
    assert!(daemons.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_keyring_that_never_answers_is_given_up_and_said_so() {
    let (let_go, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    let hang = move || {
        assert!(held.lock().unwrap().recv().is_err());
        Err(keyring_core::Error::NoDefaultStore)
    };
    let dir = tempfile::tempdir().unwrap();
    let options = Options::over(Arc::new(hang)).with_keyring_wait(Duration::from_millis(5));
    let vault = Vault::open(dir.path(), options).await.unwrap();
    let status = vault.status().await;
    let State::NeedsChoice { why } = &status.state else { panic!("{status:?}") };
    assert!(why.contains("did not answer") && status.file_offered);
    // A second call neither waits for ever nor starts a second conversation.
    assert!(matches!(vault.recheck().await.state, State::NeedsChoice { .. }));
    drop(let_go);
}

/// Against the machine's own keyring, when asked to: `PMOS_TEST_KEYRING=1`.
#[tokio::test]
async fn keyring_round_trip() {
    if std::env::var("PMOS_TEST_KEYRING").as_deref() != Ok("1") {
        eprintln!("skipped: set PMOS_TEST_KEYRING=1 to use the machine's own keyring");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let service = format!("pm-os-test-{}", std::process::id());
    let options = Options::default().with_service(service);
    let vault = Vault::open(dir.path(), options.clone()).await.unwrap();
    assert_eq!(vault.status().await.state, State::Ready, "{:?}", vault.status().await);
    vault.put("basecamp/1", secret("grün ✓")).await.unwrap();
    vault.put("long", secret(&"x".repeat(7000))).await.unwrap();
    let again = Vault::open(dir.path(), options).await.unwrap();
    assert_eq!(again.status().await.backend, Some(Backend::Keyring));
    assert!(again.get("basecamp/1").await.unwrap() == Some(secret("grün ✓")));
    assert!(again.get("long").await.unwrap() == Some(secret(&"x".repeat(7000))));
    assert_eq!(again.names().await.unwrap(), ["basecamp/1", "long"]);
    for name in ["basecamp/1", "long"] {
        again.remove(name).await.unwrap();
        assert!(vault.get(name).await.unwrap().is_none());
    }
    assert!(vault.names().await.unwrap().is_empty());
}
