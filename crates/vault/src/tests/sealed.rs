use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Dice, PASSPHRASE, WEAK, err, secret};
use crate::{Keep, SealedFile, VaultError};

async fn filled(dir: &std::path::Path) -> (SealedFile, PathBuf) {
    let file = SealedFile::new(dir, WEAK);
    file.unlock(secret(PASSPHRASE)).await.unwrap();
    file.put("basecamp", &secret("a token")).await.unwrap();
    (file, dir.join("secrets.sealed"))
}

#[tokio::test]
async fn what_was_put_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).await;
    let again = SealedFile::new(dir.path(), WEAK);
    assert_eq!(err(again.get("basecamp").await), VaultError::Locked);
    again.unlock(secret(PASSPHRASE)).await.unwrap();
    assert!(again.get("basecamp").await.unwrap() == Some(secret("a token")));
    again.lock().await.unwrap();
    assert_eq!(err(again.put("basecamp", &secret("b")).await), VaultError::Locked);
}

#[tokio::test]
async fn another_passphrase_is_wrong_and_not_damage() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path()).await;
    let again = SealedFile::new(dir.path(), WEAK);
    for guess in ["correct horse batterz", "", "x"] {
        assert_eq!(err(again.unlock(secret(guess)).await), VaultError::WrongPassphrase);
    }
    again.unlock(secret(PASSPHRASE)).await.unwrap();
}

#[tokio::test]
async fn a_short_passphrase_makes_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = SealedFile::new(dir.path(), WEAK);
    assert_eq!(err(file.unlock(secret("seven c")).await), VaultError::PassphraseTooShort { least: 8 });
    assert!(!file.exists());
}

#[tokio::test]
async fn a_file_cut_short_anywhere_is_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let (_, path) = filled(dir.path()).await;
    let whole = fs::read(&path).unwrap();
    // The last byte closes the document, so every proper prefix is incomplete.
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let met = err(SealedFile::new(dir.path(), WEAK).unlock(secret(PASSPHRASE)).await);
        assert!(matches!(met, VaultError::Damaged { .. }), "{length} bytes: {met:?}");
    }
}

#[tokio::test]
async fn an_altered_byte_never_passes_for_a_wrong_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let (_, path) = filled(dir.path()).await;
    let whole = fs::read(&path).unwrap();
    let mut dice = Dice(7);
    let mut refused = 0;
    for _ in 0..400 {
        let place = usize::try_from(dice.roll(whole.len() as u64)).unwrap();
        let mut bytes = whole.clone();
        bytes[place] ^= u8::try_from(1 + dice.roll(127)).unwrap();
        fs::write(&path, &bytes).unwrap();
        let file = SealedFile::new(dir.path(), WEAK);
        match file.unlock(secret(PASSPHRASE)).await {
            // White space between the fields means nothing.
            Ok(()) => assert!(file.get("basecamp").await.unwrap() == Some(secret("a token"))),
            Err(VaultError::Damaged { .. } | VaultError::Newer) => refused += 1,
            Err(other) => panic!("byte {place}: {other:?}"),
        }
    }
    assert!(refused > 300, "only {refused} alterations were noticed");
}

#[tokio::test]
async fn parameters_that_would_exhaust_the_machine_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (_, path) = filled(dir.path()).await;
    let whole: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(digest(&whole), whole["digest"], "the digest is made as written here");
    for (parameter, value) in [("memory_kib", u32::MAX), ("passes", 33), ("lanes", 17)] {
        let mut forged = whole.clone();
        forged["kdf"][parameter] = value.into();
        forged["digest"] = digest(&forged).into();
        fs::write(&path, forged.to_string()).unwrap();
        let file = SealedFile::new(dir.path(), WEAK);
        let met = err(file.unlock(secret(PASSPHRASE)).await);
        let what = "its key parameters";
        assert_eq!(met, VaultError::Damaged { what }, "{parameter}");
    }
}

/// The digest that a file with these fields should have.
fn digest(file: &Value) -> String {
    let kdf = &file["kdf"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let bound = format!(
        "{}\n{}\n{}\n{} {} {}\n{}",
        text(&file["format"]),
        file["version"],
        text(&kdf["algorithm"]),
        kdf["memory_kib"],
        kdf["passes"],
        kdf["lanes"],
        text(&kdf["salt"]),
    );
    let all = format!("{bound}\0{}\0{}\0", text(&file["nonce"]), text(&file["body"]));
    STANDARD.encode(Sha256::digest(all))
}

#[tokio::test]
async fn a_file_from_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (file, path) = filled(dir.path()).await;
    let text = fs::read_to_string(&path).unwrap().replace("\"version\": 1", "\"version\": 2");
    fs::write(&path, &text).unwrap();
    assert_eq!(err(file.put("x", &secret("y")).await), VaultError::Newer);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (file, path) = filled(dir.path()).await;
    for _ in 0..2 {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        file.put("other", &secret("b")).await.unwrap();
    }
}

#[tokio::test]
async fn writing_leaves_one_file_and_seals_anew_each_time() {
    let dir = tempfile::tempdir().unwrap();
    let (file, path) = filled(dir.path()).await;
    let before = fs::read(&path).unwrap();
    file.put("basecamp", &secret("a token")).await.unwrap();
    assert_ne!(fs::read(&path).unwrap(), before, "a nonce was used twice");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_write_that_fails_keeps_the_old_file() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (file, path) = filled(dir.path()).await;
    let before = fs::read(&path).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // An administrator may write anywhere; then there is no failure to look at.
    let failed = fs::write(dir.path().join("try"), "").is_err();
    let met = file.put("basecamp", &secret("b")).await;
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o700)).unwrap();
    if failed {
        assert!(matches!(err(met), VaultError::File { act: "written", .. }));
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn a_file_deleted_from_outside_holds_nothing_and_can_be_filled_again() {
    let dir = tempfile::tempdir().unwrap();
    let (file, path) = filled(dir.path()).await;
    fs::remove_file(&path).unwrap();
    assert!(file.get("basecamp").await.unwrap().is_none());
    file.put("basecamp", &secret("c")).await.unwrap();
    assert_eq!(file.names().await.unwrap(), ["basecamp"]);
}

#[tokio::test]
async fn a_file_made_anew_by_another_process_locks_this_one() {
    let dir = tempfile::tempdir().unwrap();
    let (file, path) = filled(dir.path()).await;
    fs::remove_file(&path).unwrap();
    let other = SealedFile::new(dir.path(), WEAK);
    other.unlock(secret("another passphrase")).await.unwrap();
    assert_eq!(err(file.put("x", &secret("y")).await), VaultError::Locked);
    assert!(other.names().await.unwrap().is_empty());
}
