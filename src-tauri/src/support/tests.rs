#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn redacted(text: &str) -> String {
    Redaction::new(Some(PathBuf::from("/people/ada"))).of(text)
}

#[test]
fn keys_addresses_and_quotations_are_taken_out() {
    for (text, secret) in [
        ("key sk-ant-api03-AbCd1234EfGh5678IjKl was refused", "AbCd1234"),
        ("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2ln", "eyJ"),
        ("token=4f9c8d7e6b5a49382716", "4f9c"),
        ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3f2504e0"),
        ("from ada.lovelace@example.org, again", "lovelace"),
        ("The to-do “Tell Bob about the merger” is gone", "merger"),
        ("“never closed", "never"),
        ("https://example.org/callback?code=abc&state=def then", "abc"),
        ("wrote /people/ada/.local/share/pm-os", "ada"),
        ("xoxb-1234-5678-AbCdEfGhIjKl0123456789ab", "AbCd"),
    ] {
        assert!(!redacted(text).contains(secret), "{}", redacted(text));
    }
}

#[test]
fn what_explains_a_fault_stays() {
    for text in [
        "2026-11-22T01:02:03.456789Z  WARN engine::desk: the server answered 503 (try 2 of 5)",
        "panicked at crates/engine/src/desk/sender.rs:118:27",
        "pm-os 0.1.0 on linux x86_64",
        "Is this a question? Yes",
        "",
    ] {
        assert_eq!(redacted(text), text);
    }
    assert_eq!(redacted("https://example.org/a?code=1 next"), "https://example.org/a?<removed> next");
}

#[test]
fn a_bundle_says_how_it_stands_and_holds_nothing_of_what_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("app.db"), "not a database: the secret is swordfish").unwrap();
    fs::write(data.join("crash-1.txt"), "panicked for ada@example.org").unwrap();
    let now = "2027-01-02T03:04:05Z".parse().unwrap();
    let folder = write(data.clone(), dir.path(), now).unwrap();
    assert!(folder.ends_with("pm-os-support-20270102-030405"));
    let mut whole = String::new();
    for (path, _, _) in files(&folder) {
        whole.push_str(&fs::read_to_string(folder.join(path)).unwrap());
    }
    assert!(whole.contains("app.db") && whole.contains("panicked for <address>"), "{whole}");
    assert!(!whole.contains("swordfish"), "{whole}");
    assert_eq!(write(data, dir.path(), now).unwrap_err().code, Code::Storage, "an earlier bundle was written over");
}
