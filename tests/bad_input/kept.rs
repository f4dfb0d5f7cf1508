//! What a disk may do: hold damaged files, be full, or refuse to be written.

use std::process::Command;

use contract::Code;
use serde_json::json;

use super::{Before, titles};
use crate::shell::{Answer, Shell, connection, says, stand_in};

const READ: &[&str] = &["call", "item.list", "{\"limit\":5000}"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_damaged_workspace() {
    let before = Before::trouble().await;
    let file = before.shell.workspace_file();
    let whole = std::fs::read(&file).unwrap();
    assert!(whole.len() > 100_000, "the file is not checkpointed");
    let damages: [(&str, Vec<u8>); 4] = [
        ("another file", b"PK\x03\x04 this is an archive, not a database, whatever its name says".repeat(40)),
        ("cut short", whole[..whole.len() / 2].to_vec()),
        ("a torn header", [&[0_u8; 100][..], &whole[100..]].concat()),
        ("a hole in the middle", {
            let mut torn = whole.clone();
            for page in torn.chunks_mut(4096).skip(3).step_by(5) {
                page.fill(0xA5);
            }
            torn
        }),
    ];
    for (what, bytes) in damages {
        std::fs::write(&file, &bytes).unwrap();
        let answer = before.shell.run(READ);
        let fault = answer.fault();
        assert_eq!(fault.code, Code::Storage, "{what}: {fault:?}");
        assert_eq!(answer.status, Some(12), "{what}");
        says(&fault, &["damaged", "remove the workspace and fetch it again"]);
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "{what}: a damaged file was changed");
        // The rest of the app goes on.
        assert_eq!(before.shell.does("workspace.list", &json!({})).as_array().unwrap().len(), 1);
    }
    std::fs::write(&file, &whole).unwrap();
    before.lost_nothing();
    // And the way out that it names works.
    std::fs::write(&file, b"nonsense".repeat(1000)).unwrap();
    before.shell.does("workspace.remove", &json!({ "id": "1" }));
    before.shell.does("workspace.connect", &connection(&before.sim));
    assert_eq!(titles(&before.shell), before.titles);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_damaged_app_database() {
    let before = Before::trouble().await;
    let file = before.shell.data().join("app.db");
    let whole = std::fs::read(&file).unwrap();
    for bytes in [b"not a database at all".repeat(500), whole[..whole.len() / 2].to_vec()] {
        std::fs::write(&file, &bytes).unwrap();
        for words in [READ, &["call", "workspace.list"], &["serve"]] {
            says(&before.shell.run(words).refused(Code::Storage), &["damaged"]);
        }
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "a damaged file was changed");
    }
    std::fs::write(&file, &whole).unwrap();
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_damaged_secrets() {
    let before = Before::trouble().await;
    let file = before.shell.data().join("vault/secrets.sealed");
    let sealed = std::fs::read(&file).unwrap();
    std::fs::write(&file, b"{\"half\":").unwrap();
    before.shell.run(&["call", "sync.offline", "{\"offline\":false}", "--no-wait"]);
    says(&before.shell.is_refused("sync.run", &json!({}), Code::Storage), &["secrets file", "damaged", "backup"]);
    std::fs::write(&file, &sealed).unwrap();
    before.lost_nothing();
}

/// What the sentence about a damaged app file tells to do works, and takes nobody's data for somebody else's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_an_app_database_that_was_moved_away() {
    let before = Before::trouble().await;
    let (shell, data) = (&before.shell, before.shell.data());
    std::fs::rename(data.join("app.db"), data.join("app.db.damaged")).unwrap();
    assert_eq!(shell.does("workspace.list", &json!({})), json!([]));
    shell.signs_in(&before.sim);
    let connected = shell.does("workspace.connect", &connection(&before.sim));
    assert_eq!(connected["id"], "1");
    let mut fresh = before.titles.clone();
    fresh.retain(|title| title != super::WAITING);
    assert_eq!(titles(shell), fresh, "the file of before was taken for this workspace's");
    let kept = crate::shell::files(&data.join("workspaces"));
    assert!(kept.iter().any(|file| file.to_string_lossy().contains("before-")), "{kept:?}");
}

/// A limit on the size of files is what a full disk looks like to a program: writes end short.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_full_disk() {
    let before = Before::trouble().await;
    let largest =
        crate::shell::files(&before.shell.data()).iter().map(|file| file.metadata().unwrap().len()).max().unwrap();
    let within = |bytes: u64, words: &[&str]| {
        // A full disk sends no signal; the limit does, unless it is ignored.
        let mut limited = Command::new("sh");
        limited.args(["-c", "trap '' XFSZ; exec prlimit \"$@\"", "sh"]);
        limited.arg(format!("--fsize={bytes}")).arg("--").arg(env!("CARGO_BIN_EXE_pm-os"));
        let mut limited = before.shell.bare(limited, words);
        limited.arg("--data").arg(before.shell.data());
        Answer::of(limited)
    };
    let body = "word ".repeat(20_000);
    let (list, _) = super::places(&before.sim);
    let input = json!({ "parent": list, "title": "Too much for the disk", "body": body }).to_string();
    let mut met = 0;
    for bytes in [0, 64, 4096, 40_000, largest / 2] {
        let answer = within(bytes, &["call", "todo.create", &input]);
        assert!(answer.status.is_some(), "a full disk killed it at {bytes} bytes: {answer:?}");
        if answer.status != Some(0) {
            let fault = answer.refused(Code::Storage);
            says(&fault, &["full", "Free some space"]);
            met += 1;
        }
    }
    assert!(met >= 3, "the disk was full only {met} times");
    let mut now = titles(&before.shell);
    now.retain(|title| title != "Too much for the disk");
    assert_eq!(now, before.titles);
    for entry in before.shell.does("outbox.list", &json!({})).as_array().unwrap() {
        if entry["summary"].as_str().unwrap().contains("Too much") {
            before.shell.does("outbox.discard", &json!({ "change": entry["change"] }));
        }
    }
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_file_where_the_folder_should_be() {
    let shell = Shell::new();
    std::fs::write(shell.data(), "I am a file").unwrap();
    for words in [&["call", "app.status"][..], &["serve"]] {
        let fault = shell.run(words).refused(Code::Storage);
        says(&fault, &["folder"]);
    }
    assert_eq!(std::fs::read_to_string(shell.data()).unwrap(), "I am a file");
}

/// Permissions do not bind root, so the program runs as nobody; where nobody cannot be had, as oneself.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;

    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let there = titles(&shell);
    let own = |mode: u32| {
        let mut paths = crate::shell::files(&shell.data());
        paths.extend([shell.data(), shell.data().join("workspaces"), shell.data().join("vault")]);
        for path in paths {
            let mode = if path.is_dir() { mode | (mode & 0o444) >> 2 } else { mode };
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    std::fs::set_permissions(shell.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    own(0o444);
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut program = Command::new("setpriv");
    if is_root {
        program.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    }
    // The program lies where nobody may not look: it is run from a copy.
    let copy = shell.folder.path().join("pm-os");
    std::fs::hard_link(env!("CARGO_BIN_EXE_pm-os"), &copy)
        .or_else(|_| std::fs::copy(env!("CARGO_BIN_EXE_pm-os"), &copy).map(drop))
        .unwrap();
    program.arg(&copy);
    let mut program = shell.bare(program, &["call", "app.status"]);
    program.arg("--data").arg(shell.data());
    let answer = Answer::of(program);
    own(0o644);
    let fault = answer.refused(Code::Storage);
    says(&fault, &["cannot be written", "permissions"]);
    assert_eq!(titles(&shell), there);
}
