//! The states of a real keyring, gnome-keyring's, on a session bus of the story's own: not there, there, emptied from outside,
//! locked, not answering, gone, back, and left for a file.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use contract::Code;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{LOOKS, PAUSE};
use crate::shell::{PASSPHRASE, Shell};

/// No service starts by itself on this bus, so that a keyring is there or not as the story says.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;
const SERVICE: &str = "org.freedesktop.secrets";
const KEY: &str = "only-for-this-story";

/// A session bus, and whether there is a keyring on it.
struct Session {
    home: TempDir,
    address: String,
    bus: Child,
    keyring: Option<Child>,
}

impl Session {
    fn start() -> Self {
        let home = TempDir::with_prefix("pmos-keyring-").unwrap();
        let run = home.path().join("run");
        fs::create_dir(&run).unwrap();
        fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).unwrap();
        let config = home.path().join("bus.conf");
        fs::write(&config, BUS).unwrap();
        let mut bus = guarded("dbus-daemon");
        bus.arg(format!("--config-file={}", config.display())).args(["--nofork", "--nopidfile", "--print-address=1"]);
        let mut bus = bus.stdout(Stdio::piped()).spawn().expect("dbus-daemon is installed by `cargo xtask test`");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { home, address: address.trim().to_owned(), bus, keyring: None }
    }

    fn environment(&self) -> [(&'static str, String); 3] {
        let home = |name: &str| self.home.path().join(name).display().to_string();
        [
            ("DBUS_SESSION_BUS_ADDRESS", self.address.clone()),
            ("XDG_RUNTIME_DIR", home("run")),
            ("XDG_DATA_HOME", home("data")),
        ]
    }

    fn runs(&self, program: &str, words: &[&str]) -> String {
        let ran = Command::new(program).args(words).envs(self.environment()).stdin(Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    /// A keyring comes, and is unlocked.
    fn keyring_comes(&mut self) {
        let mut keyring = guarded("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]).envs(self.environment());
        let mut keyring = keyring.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // It reads until the pipe closes.
        keyring.stdin.take().unwrap().write_all(b"for the tests").unwrap();
        self.keyring = Some(keyring);
        self.until_owned(true);
    }

    fn keyring_goes(&mut self) {
        end(&mut self.keyring.take().unwrap());
        self.until_owned(false);
    }

    fn until_owned(&self, wanted: bool) {
        let ask =
            ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner"];
        let name = format!("string:{SERVICE}");
        for _ in 0..LOOKS {
            if self.runs("dbus-send", &[&ask[..], &[&name]].concat()).contains(&format!("boolean {wanted}")) {
                return;
            }
            thread::sleep(PAUSE);
        }
        panic!("it never came about that the bus has a keyring: {wanted}");
    }

    fn signals(&self, signal: &str) {
        let id = self.keyring.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(keyring) = &mut self.keyring {
            end(keyring);
        }
        end(&mut self.bus);
    }
}

fn end(child: &mut Child) {
    let _gone_already = child.kill();
    let _no_longer_ours = child.wait();
}

/// The kernel ends it should this program be killed.
fn guarded(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]).stderr(Stdio::null());
    command
}

fn status(shell: &Shell) -> Value {
    shell.does("vault.status", &json!({}))
}

/// How the place of secrets stands, when it does not work: where it is, and why it does not.
fn trouble(shell: &Shell) -> (String, String) {
    let status = status(shell);
    assert_eq!(status["ready"], false, "{status}");
    (status["place"].as_str().unwrap().to_owned(), status["why"].as_str().unwrap().to_owned())
}

/// How the model stands that the story connects.
fn standing(shell: &Shell) -> String {
    let all = shell.does("integration.list", &json!({}));
    let model = all.as_array().unwrap().iter().find(|one| one["key"] == "model:2").unwrap();
    model["standing"].as_str().unwrap().to_owned()
}

fn holds_secret(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() { holds_secret(&path) } else { fs::read(path).is_ok_and(|bytes| has(&bytes)) }
    })
}

fn has(bytes: &[u8]) -> bool {
    bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes())
}

#[test]
#[ignore = "needs a bus and a keyring of its own: run `cargo xtask desk`"]
fn a_real_keyring_in_all_its_states() {
    assert!(std::env::var_os("PMOS_DESK").is_some(), "run `cargo xtask desk keyring`");
    let mut session = Session::start();
    let mut shell = Shell::new();
    shell.unset("PMOS_KEYRING");
    shell.unset("PMOS_PASSPHRASE");
    session.environment().iter().for_each(|(name, value)| shell.set(name, value));
    let model = json!({ "vendor": "openai", "model": "m", "key": KEY });

    // Not there: nothing is chosen for the person, and nothing is kept.
    let (place, why) = trouble(&shell);
    assert!(place == "undecided" && why.len() > 20, "{place}: {why}");
    shell.does("workspace.sample", &json!({}));
    shell.is_refused("model.connect", &model, Code::VaultLocked);

    let models = shell.does("model.list", &json!({}));
    assert_eq!(models["models"].as_array().unwrap().len(), 1, "a model whose key cannot be kept is half connected");

    // There: what is written is in it, and in no file.
    session.keyring_comes();
    assert_eq!(status(&shell)["place"], "keyring");
    shell.does("model.connect", &model);
    // So begins what needs no second entry.
    let kept = format!("={KEY}");
    let entry = ["service", "pm-os", "username", "model.2.key"];
    assert_eq!(session.runs("secret-tool", &[&["lookup"][..], &entry].concat()), kept);
    assert!(!holds_secret(&shell.data()), "the key is in a file as well");
    let usual = standing(&shell);

    // Locked: it says what to do, refuses to write, and moves nothing elsewhere.
    let lock = "org.freedesktop.Secret.Service.Lock";
    let collection = "array:objpath:/org/freedesktop/secrets/collection/login";
    let to = format!("--dest={SERVICE}");
    session.runs("dbus-send", &["--session", "--print-reply", &to, "/org/freedesktop/secrets", lock, collection]);
    let (place, why) = trouble(&shell);
    assert!(place == "keyring" && why.contains("Unlock"), "{place}: {why}");
    shell.is_refused("model.connect", &model, Code::VaultLocked);
    assert_eq!(standing(&shell), "locked");

    // Not answering: it is given up, and says so.
    session.signals("-STOP");
    let (place, why) = trouble(&shell);
    assert!(place == "keyring" && why.contains("did not answer"), "{place}: {why}");
    session.signals("-CONT");

    // Gone, and back as it was.
    session.keyring_goes();
    let (place, why) = trouble(&shell);
    assert!(place == "keyring" && why.len() > 20, "{place}: {why}");
    session.keyring_comes();
    assert_eq!((status(&shell)["ready"].clone(), standing(&shell)), (json!(true), usual.clone()));

    // Deleted from outside: the connection says that it must be made anew, and can be.
    session.runs("secret-tool", &[&["clear"][..], &entry].concat());
    assert_ne!(standing(&shell), usual, "a key that is gone is not taken to be there");
    shell.does("model.connect", &json!({ "id": "2", "vendor": "openai", "model": "m", "key": KEY }));
    assert_eq!(standing(&shell), usual);

    // Left for a file, and come back to.
    shell.does("vault.file", &json!({ "passphrase": PASSPHRASE }));
    assert_eq!(session.runs("secret-tool", &[&["lookup"][..], &entry].concat()), "", "the keyring keeps a copy");
    shell.set("PMOS_PASSPHRASE", PASSPHRASE);
    assert_eq!((status(&shell)["place"].clone(), standing(&shell)), (json!("file"), usual.clone()));
    shell.does("vault.keyring", &json!({}));
    assert_eq!((status(&shell)["place"].clone(), standing(&shell)), (json!("keyring"), usual));
    assert_eq!(session.runs("secret-tool", &[&["lookup"][..], &entry].concat()), kept);
}
