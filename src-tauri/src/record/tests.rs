#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::process::Command;

use super::*;

/// Where the child of the test below breaks down.
const FOLDER: &str = "PMOS_TEST_BREAKS_IN";

#[test]
fn a_breakdown_is_written_down_told_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(breakdown(folder.path()), None);
    let this = std::env::current_exe().unwrap();
    let child = Command::new(this)
        .args(["--exact", "record::tests::it_breaks_down", "--ignored"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    assert!(!child.status.success());
    let crash = breakdown(folder.path()).unwrap();
    assert!(crash.text.contains("the floor gave way"), "{}", crash.text);
    assert!(crash.text.contains("record/tests.rs:"), "{}", crash.text);
    assert!(!crash.text.contains("key-0123456789abcdef"), "{}", crash.text);
    let whole = fs::read_to_string(&crash.file).unwrap();
    assert!(whole.contains(TRACE), "{whole}");
    look_away(folder.path()).unwrap();
    assert_eq!(breakdown(folder.path()), None);
    assert_eq!(reports(folder.path()).len(), 1, "it is kept for who asks for it");
}

#[test]
#[ignore = "the test above starts it"]
fn it_breaks_down() {
    note_breakdowns(std::env::var_os(FOLDER).unwrap().into());
    panic!("the floor gave way under key-0123456789abcdef");
}

#[test]
fn old_reports_go() {
    let folder = tempfile::tempdir().unwrap();
    for day in 10..20 {
        fs::write(folder.path().join(format!("crash-202611{day}-101010.txt")), "It broke.").unwrap();
    }
    assert!(breakdown(folder.path()).unwrap().file.contains("20261119"));
    look_away(folder.path()).unwrap();
    let left = reports(folder.path());
    assert_eq!(left.len(), KEPT);
    assert!(left[0].display().to_string().contains("20261113"), "{left:?}");
}

#[test]
fn the_log_is_told_from_its_end_and_without_keys() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(log_of(folder.path()), "");
    fs::create_dir(folder.path().join(LOGS)).unwrap();
    let day = |name: &str, text: &str| fs::write(folder.path().join(LOGS).join(name), text).unwrap();
    day("pm-os.2026-11-21.log", &"an old line\n".repeat(TAIL));
    day("pm-os.2026-11-22.log", "the key is key-0123456789abcdef\n");
    let told = log_of(folder.path());
    assert!(told.starts_with("an old line\n") && told.len() <= TAIL, "{}", told.len());
    assert!(told.ends_with("the key is <removed>\n"), "{}", &told[told.len() - 60..]);
}
