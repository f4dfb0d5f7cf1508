use std::fs;

use super::{FakeKeyring, PASSPHRASE, WEAK, err, file_vault, secret};
use crate::{Backend, Options, State, Vault, VaultError};

#[tokio::test]
async fn a_working_keyring_is_chosen_without_asking_and_remembered() {
    let dir = tempfile::tempdir().unwrap();
    let fake = FakeKeyring::new();
    let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
    let status = vault.status().await;
    assert_eq!((status.backend, status.state), (Some(Backend::Keyring), State::Ready));
    assert!(fake.raw().is_empty(), "the probe leaves nothing behind");
    vault.put("a", secret("1")).await.unwrap();
    assert!(fs::read_to_string(dir.path().join("vault.json")).unwrap().contains("keyring"));
    assert!(!dir.path().join("secrets.sealed").exists());
}

#[tokio::test]
async fn without_a_keyring_nothing_is_kept_before_consent() {
    let dir = tempfile::tempdir().unwrap();
    let fake = FakeKeyring::new();
    fake.switch(false);
    let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
    let status = vault.status().await;
    assert!(matches!(status.state, State::NeedsChoice { .. }) && status.file_offered);
    assert!(matches!(err(vault.put("a", secret("1")).await), VaultError::NeedsChoice { .. }));
    assert!(matches!(err(vault.get("a").await), VaultError::NeedsChoice { .. }));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);

    vault.use_file(secret(PASSPHRASE)).await.unwrap();
    vault.put("a", secret("1")).await.unwrap();
    let again = Vault::open(dir.path(), fake.options()).await.unwrap();
    assert_eq!(again.status().await.state, State::Locked);
    assert_eq!(err(again.get("a").await), VaultError::Locked);
    assert_eq!(err(again.unlock(secret("not the right one")).await), VaultError::WrongPassphrase);
    assert_eq!(again.status().await.state, State::Locked);
    again.unlock(secret(PASSPHRASE)).await.unwrap();
    assert!(again.get("a").await.unwrap() == Some(secret("1")));
    again.lock().await.unwrap();
    assert_eq!(err(again.get("a").await), VaultError::Locked);
}

#[tokio::test]
async fn a_remembered_keyring_that_fails_says_so_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let fake = FakeKeyring::new();
    Vault::open(dir.path(), fake.options()).await.unwrap().put("a", secret("1")).await.unwrap();
    fake.switch(false);
    let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
    let status = vault.status().await;
    assert!(matches!(status.state, State::Failing { .. }) && status.file_offered);
    assert_eq!(status.backend, Some(Backend::Keyring), "the choice is not forgotten");
    assert!(matches!(err(vault.get("a").await), VaultError::Keyring { .. }));
    assert!(matches!(vault.recheck().await.state, State::Failing { .. }));
    fake.switch(true);
    assert!(vault.get("a").await.unwrap() == Some(secret("1")));
    assert_eq!(vault.status().await.state, State::Ready);
}

#[tokio::test]
async fn moving_to_the_keyring_takes_everything_along() {
    let dir = tempfile::tempdir().unwrap();
    let fake = FakeKeyring::new();
    fake.switch(false);
    let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
    vault.use_file(secret(PASSPHRASE)).await.unwrap();
    for name in ["a", "b"] {
        vault.put(name, secret(name)).await.unwrap();
    }
    assert!(matches!(err(vault.move_to_keyring().await), VaultError::Keyring { .. }));
    assert_eq!(vault.status().await.backend, Some(Backend::File), "a failed move changes nothing");

    fake.switch(true);
    vault.lock().await.unwrap();
    assert_eq!(err(vault.move_to_keyring().await), VaultError::Locked);
    vault.unlock(secret(PASSPHRASE)).await.unwrap();
    vault.move_to_keyring().await.unwrap();
    assert!(!dir.path().join("secrets.sealed").exists());
    for vault in [vault, Vault::open(dir.path(), fake.options()).await.unwrap()] {
        let status = vault.status().await;
        assert_eq!((status.backend, status.state), (Some(Backend::Keyring), State::Ready));
        assert_eq!(vault.names().await.unwrap(), ["a", "b"]);
        assert!(vault.get("b").await.unwrap() == Some(secret("b")));
    }
}

#[tokio::test]
async fn moving_to_a_file_empties_the_keyring() {
    let dir = tempfile::tempdir().unwrap();
    let fake = FakeKeyring::new();
    let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
    vault.put("a", secret("1")).await.unwrap();
    vault.use_file(secret(PASSPHRASE)).await.unwrap();
    assert!(vault.get("a").await.unwrap() == Some(secret("1")));
    assert_eq!(vault.status().await.backend, Some(Backend::File));
    assert!(fake.raw().iter().all(|(name, _)| name == "#index"));
}

#[tokio::test]
async fn a_damaged_note_is_made_again_from_what_is_there() {
    for damage in ["", "{", "{\"version\":1,\"backend\":\"cloud\"}", "{\"version\":9,\"backend\":\"file\"}", "\u{0}"] {
        let dir = tempfile::tempdir().unwrap();
        file_vault(dir.path()).await.put("a", secret("1")).await.unwrap();
        fs::write(dir.path().join("vault.json"), damage).unwrap();
        let fake = FakeKeyring::new();
        let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
        let status = vault.status().await;
        assert_eq!((status.backend, status.state), (Some(Backend::File), State::Locked), "{damage:?}");
        assert!(status.note.is_some());
        vault.unlock(secret(PASSPHRASE)).await.unwrap();
        assert!(vault.get("a").await.unwrap() == Some(secret("1")));
        let again = Vault::open(dir.path(), fake.options()).await.unwrap();
        assert!(again.status().await.note.is_none(), "the note was mended");
    }
}

#[tokio::test]
async fn a_damaged_file_is_failing_and_can_be_given_up_without_loss() {
    let dir = tempfile::tempdir().unwrap();
    file_vault(dir.path()).await.put("a", secret("1")).await.unwrap();
    let path = dir.path().join("secrets.sealed");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let options = Options::without_keyring().with_strength(WEAK);
    let vault = Vault::open(dir.path(), options).await.unwrap();
    assert!(matches!(err(vault.unlock(secret(PASSPHRASE)).await), VaultError::Damaged { .. }));
    assert!(matches!(vault.status().await.state, State::Failing { .. }));
    assert!(matches!(err(vault.use_file(secret(PASSPHRASE)).await), VaultError::Damaged { .. }));
    let status = vault.give_up_file().await.unwrap();
    assert!(matches!(status.state, State::NeedsChoice { .. }) && !status.file_exists);
    assert_eq!(fs::read(dir.path().join("secrets.sealed.old1")).unwrap(), &whole[..whole.len() / 2]);
    vault.use_file(secret("another passphrase")).await.unwrap();
    assert_eq!(vault.status().await.state, State::Ready);
}

#[tokio::test]
async fn a_file_that_went_away_opens_the_choice_again() {
    let dir = tempfile::tempdir().unwrap();
    file_vault(dir.path()).await;
    fs::remove_file(dir.path().join("secrets.sealed")).unwrap();
    let vault = Vault::open(dir.path(), Options::without_keyring()).await.unwrap();
    let status = vault.status().await;
    assert!(matches!(status.state, State::NeedsChoice { .. }) && status.note.is_some());
    assert!(matches!(err(vault.unlock(secret(PASSPHRASE)).await), VaultError::NeedsChoice { .. }));
}

#[tokio::test]
async fn memory_touches_no_disk() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(dir.path().join("never"), Options::memory()).await.unwrap();
    vault.put("a", secret("1")).await.unwrap();
    assert!(vault.clone().get("a").await.unwrap() == Some(secret("1")));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn names_that_no_place_could_hold_are_refused_everywhere() {
    let vault = Vault::open("unused", Options::memory()).await.unwrap();
    let long = "x".repeat(201);
    for name in ["", "#index", "a#b", "a\nb", "\u{0}", long.as_str()] {
        assert_eq!(err(vault.put(name, secret("1")).await), VaultError::Name);
        assert_eq!(err(vault.get(name).await), VaultError::Name);
        assert_eq!(err(vault.remove(name).await), VaultError::Name);
    }
    vault.put("basecamp/1 ü", secret("1")).await.unwrap();
}

#[tokio::test]
async fn a_file_left_over_beside_a_keyring_can_be_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    file_vault(dir.path()).await;
    fs::write(dir.path().join("vault.json"), "{\"version\":1,\"backend\":\"keyring\"}").unwrap();
    let vault = Vault::open(dir.path(), FakeKeyring::new().options()).await.unwrap();
    vault.put("a", secret("1")).await.unwrap();
    let other = secret("another passphrase");
    assert_eq!(err(vault.use_file(other.clone()).await), VaultError::WrongPassphrase);
    assert_eq!(vault.status().await.backend, Some(Backend::Keyring));
    assert!(!vault.give_up_file().await.unwrap().file_exists);
    vault.use_file(other).await.unwrap();
    assert!(vault.get("a").await.unwrap() == Some(secret("1")));
}
