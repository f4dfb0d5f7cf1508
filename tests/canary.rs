//! Canary secrets everywhere a secret can enter; afterwards every byte that the program left or said is searched for them.
//!
//! The stand-in's own answers (codes, access and refresh tokens) are canaries as well: they are read off the wire that the test
//! itself sees.

mod model;

use std::fmt::Debug;
use std::panic::AssertUnwindSafe;
use std::path::Path;

use contract::commands::{AnswerOauth, BeginOauth, ConnectModel, Redirect, SignInWithToken, UnlockVault, UseVaultFile};
use contract::{Code, SecretText, Vendor};
use serde_json::{Value, json};
use sim::{Integration, Sim};

use crate::program::serving::Served;
use crate::shell::{Answer, Running, Shell, connection, files, says, stand_in_with, token};

const PASSPHRASE: &str = "canary-passphrase-5f3a";
const TOKEN: &str = "canary-token-91c4";
const WRONG_TOKEN: &str = "canary-wrong-token-07be";
const CLIENT_SECRET: &str = "canary-client-secret-c2d8";
const WRONG_SECRET: &str = "canary-wrong-secret-44aa";
const FORGED_CODE: &str = "canary-forged-code-e6f1";
const WRONG_PASSPHRASE: &str = "canary-wrong-passphrase-b70d";
const MODEL_KEY: &str = "canary-model-key-1d7e";
/// What the stand-in's codes and tokens begin with.
const GIVEN: [&str; 3] = ["sim-code-", "sim-access-", "sim-refresh-"];

/// Everything that was said, and everything that must not be in it.
#[derive(Default)]
struct Watch {
    heard: Vec<(String, Vec<u8>)>,
}

impl Watch {
    fn hears(&mut self, what: &str, answer: Answer) -> Answer {
        self.heard.push((format!("the output of {what}"), answer.out.clone().into_bytes()));
        self.heard.push((format!("the log of {what}"), answer.err.clone().into_bytes()));
        answer
    }

    fn sees(&mut self, what: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.heard.push((what.into(), bytes.into()));
    }

    /// The arguments that other programs of this machine can read.
    #[cfg(target_os = "linux")]
    fn sees_arguments(&mut self, running: &Running) {
        let bytes = std::fs::read(format!("/proc/{}/cmdline", running.id())).unwrap();
        assert!(!bytes.is_empty());
        self.sees("the program's arguments", bytes);
    }
    #[cfg(not(target_os = "linux"))]
    fn sees_arguments(&mut self, _: &Running) {}

    fn sees_files(&mut self, when: &str, folder: &Path) {
        for file in files(folder) {
            let bytes = std::fs::read(&file).unwrap();
            self.sees(format!("{} {when}", file.display()), bytes);
        }
    }

    /// Where a secret was found, in words; the secret itself is not repeated.
    fn leaks(&self) -> Vec<String> {
        let typed =
            [PASSPHRASE, TOKEN, WRONG_TOKEN, CLIENT_SECRET, WRONG_SECRET, FORGED_CODE, WRONG_PASSPHRASE, MODEL_KEY];
        let mut found = Vec::new();
        let secrets: Vec<(usize, &str, Vec<String>)> =
            typed.iter().chain(&GIVEN).enumerate().map(|(number, secret)| (number, *secret, forms(secret))).collect();
        for (where_, bytes) in &self.heard {
            // Every form is of plain characters, which stand in any bytes as they do in a text.
            let text = String::from_utf8_lossy(bytes);
            for (number, secret, forms) in &secrets {
                for _ in forms.iter().filter(|form| text.contains(form.as_str())) {
                    found.push(format!("secret {number} ({}) in {where_}", &secret[..secret.len().min(14)]));
                }
            }
        }
        found
    }
}

/// A secret as it is, in hexadecimal, as UTF-16, and as in an address: the ways in which a careless copy would show.
fn forms(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let wide = secret.chars().flat_map(|letter| [letter, '\0']).collect();
    vec![secret.to_owned(), hex, wide, secret.replace('-', "%2D")]
}

async fn world() -> Sim {
    stand_in_with(|options| sim::Options {
        tokens: vec![TOKEN.to_owned()],
        integration: Integration { client_secret: CLIENT_SECRET.to_owned(), ..Integration::default() },
        ..options
    })
    .await
}

fn shell() -> Shell {
    let mut shell = Shell::new();
    shell.set("PMOS_PASSPHRASE", PASSPHRASE);
    shell.set("RUST_LOG", "trace");
    shell.set("RUST_BACKTRACE", "full");
    shell
}

fn begin(sim: &Sim, secret: &str) -> Value {
    json!({
        "client_id": "sim-client",
        "client_secret": secret,
        "redirect": "link",
        "api": sim.base_url(),
        "launchpad": sim.base_url(),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_secrets_leave_no_trace_on_the_command_line() {
    let (sim, shell, mut watch) = (world().await, shell(), Watch::default());
    let tell = |watch: &mut Watch, name: &str, input: &Value| watch.hears(name, shell.tell(name, input));
    tell(&mut watch, "vault.file", &json!({ "passphrase": PASSPHRASE })).reply();
    tell(&mut watch, "vault.unlock", &json!({ "passphrase": WRONG_PASSPHRASE })).refused(Code::Invalid);
    tell(&mut watch, "signin.token", &token(&sim, WRONG_TOKEN)).refused(Code::Invalid);
    // The secret where something else belongs, and JSON that is cut short: parse errors love to quote.
    tell(&mut watch, "signin.token", &json!({ "tokn": TOKEN })).refused(Code::Invalid);
    tell(&mut watch, "signin.token", &json!({ "token": { "value": TOKEN } })).refused(Code::Invalid);
    tell(&mut watch, "signin.token", &json!(TOKEN)).refused(Code::Invalid);
    let cut = format!("{{\"token\": \"{TOKEN}\", \"account");
    watch.hears("a cut input", shell.tell_text(&["call", "signin.token", "-"], &cut)).refused(Code::Invalid);
    for fault in [sim::Fault::Html, sim::Fault::Status(422), sim::Fault::WrongJson, sim::Fault::Status(403)] {
        sim.faults().next(1, "GET", ".json", fault);
        let answer = tell(&mut watch, "signin.token", &token(&sim, TOKEN));
        assert_ne!(answer.status, Some(0), "a broken answer was taken for a sign-in");
        sim.faults().clear();
    }
    tell(&mut watch, "signin.token", &token(&sim, TOKEN)).reply();

    let connected = connection(&sim).to_string();
    let mut running = shell.start(&["call", "workspace.connect", &connected]);
    assert!(running.logs(1).await, "it ended before anything was logged");
    watch.sees_arguments(&running);
    let answer = running.over().await;
    watch.hears("workspace.connect", answer).reply();
    watch.sees_files("while connected", &shell.data());
    for fault in [sim::Fault::Html, sim::Fault::Status(401), sim::Fault::Nulls] {
        sim.faults().next(3, "GET", "", fault);
        watch.hears("a troubled pass", shell.call("sync.run", &json!({})));
        sim.faults().clear();
    }
    // The files as a crash leaves them, write-ahead log and all.
    let gate = sim.faults().hold_next("GET", "/people");
    let mut running = shell.start(&["call", "sync.run"]);
    tokio::select! { () = gate.arrived() => {}, () = running.ends() => panic!("the pass ended before it was killed") }
    watch.sees_files("while syncing", &shell.data());
    let answer = running.killed().await;
    watch.hears("a killed pass", answer);
    gate.open();
    watch.sees_files("after a kill", &shell.data());

    sim.revoke_access();
    let revoked = watch.hears("a revoked pass", shell.call("sync.run", &json!({})));
    says(&revoked.refused(Code::SignInNeeded), &["Basecamp"]);
    let status = watch.hears("app.status", shell.call("app.status", &json!({}))).reply();
    assert_eq!(status["vault"]["place"], "file");
    watch.sees_files("in the end", shell.folder.path());
    assert!(watch.heard.iter().any(|(what, bytes)| what.contains("secrets.sealed") && !bytes.is_empty()));
    assert!(
        watch.heard.iter().any(|(what, bytes)| what.starts_with("the log") && bytes.len() > 10_000),
        "nothing was logged"
    );
    assert_eq!(watch.leaks(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_secrets_leave_no_trace_over_http() {
    let (sim, shell, mut watch) = (world().await, shell(), Watch::default());
    let served = Served::start(&shell).await;
    watch.sees_arguments(&served.running);
    async fn call(watch: &mut Watch, served: &Served, name: &str, input: &Value) -> Value {
        let answer = served.calls(name, input).await;
        watch.sees(format!("the headers of {name}"), format!("{:?}", answer.headers()));
        let text = answer.text().await.unwrap();
        watch.sees(format!("the answer of {name}"), text.clone());
        serde_json::from_str(&text).unwrap()
    }
    call(&mut watch, &served, "vault.file", &json!({ "passphrase": PASSPHRASE })).await;

    // With the wrong client secret, with a forged code, refused by the person, and at last as it should be.
    let started = call(&mut watch, &served, "signin.begin", &begin(&sim, WRONG_SECRET)).await;
    let back = agrees(&started).await;
    let stage = call(&mut watch, &served, "signin.answer", &json!({ "url": back })).await;
    assert_eq!(stage["stage"], "failed", "{stage}");
    let started = call(&mut watch, &served, "signin.begin", &begin(&sim, CLIENT_SECRET)).await;
    let state = started["authorize_url"]
        .as_str()
        .unwrap()
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    let forged = format!("pmos://oauth/callback?code={FORGED_CODE}&state={state}");
    let stage = call(&mut watch, &served, "signin.answer", &json!({ "url": forged })).await;
    assert_eq!(stage["stage"], "failed", "{stage}");
    let stage = call(&mut watch, &served, "signin.answer", &json!({ "url": forged })).await;
    assert_eq!(stage["code"], "invalid", "a code was taken twice: {stage}");
    let started = call(&mut watch, &served, "signin.begin", &begin(&sim, CLIENT_SECRET)).await;
    let back = agrees(&started).await;
    assert!(back.contains(GIVEN[0]), "the code is not a canary: {back}");
    let stage = call(&mut watch, &served, "signin.answer", &json!({ "url": back })).await;
    assert_eq!(stage["stage"], "done", "{stage}");

    let connected = call(&mut watch, &served, "workspace.connect", &connection(&sim)).await;
    assert_eq!(connected["account"], sim.account_id().to_string(), "{connected}");
    call(&mut watch, &served, "sync.run", &json!({})).await;
    // The access token ends, and is renewed with the refresh token.
    sim.expire_tokens();
    let status = call(&mut watch, &served, "sync.run", &json!({})).await;
    assert!(status["problem"].is_null(), "{status}");
    watch.sees_files("while serving", &shell.data());
    sim.revoke_access();
    let fault = call(&mut watch, &served, "sync.run", &json!({})).await;
    assert_eq!(fault["code"], "sign-in-needed", "{fault}");
    let server_token = served.token.clone();
    let answer = served.running.interrupted().await;
    assert!(!answer.err.contains(&server_token), "the token of this start was logged");
    watch.hears("pm-os serve", answer);
    watch.sees_files("in the end", shell.folder.path());
    assert_eq!(watch.leaks(), [""; 0]);
}

/// What a crash would say: every input that carries a secret, shown by a panic.
#[test]
fn canary_secrets_leave_no_trace_in_the_text_of_a_crash() {
    let mut watch = Watch::default();
    let secret = |text: &str| SecretText::new(text);
    let inputs: [Box<dyn Debug>; 7] = [
        Box::new(SignInWithToken { token: secret(TOKEN), account: None, api: None, launchpad: None }),
        Box::new(ConnectModel {
            id: None,
            vendor: Vendor::Compatible,
            model: "m".into(),
            label: None,
            base: None,
            key: Some(secret(MODEL_KEY)),
            fallback: None,
        }),
        Box::new(UseVaultFile { passphrase: secret(PASSPHRASE) }),
        Box::new(UnlockVault { passphrase: secret(WRONG_PASSPHRASE) }),
        Box::new(AnswerOauth { url: secret(FORGED_CODE) }),
        Box::new(BeginOauth {
            client_id: "sim-client".into(),
            client_secret: secret(CLIENT_SECRET),
            redirect: Redirect::Link,
            api: None,
            launchpad: None,
            renews: None,
        }),
        Box::new(engine::Options::new("data".into()).with_passphrase(secret(PASSPHRASE))),
    ];
    for input in inputs {
        let crash =
            std::panic::catch_unwind(AssertUnwindSafe(|| panic!("it cannot go on with {input:?}"))).unwrap_err();
        let text = crash.downcast_ref::<String>().expect("a panic with a formatted text");
        assert!(text.len() > "it cannot go on with ".len());
        watch.sees("a crash", text.clone());
    }
    assert_eq!(watch.leaks(), [""; 0]);
}

/// The person agrees in the browser: asks the sign-in server, and tells where it sends them.
async fn agrees(started: &Value) -> String {
    let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = browser.get(started["authorize_url"].as_str().unwrap()).send().await.unwrap();
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// The search itself: a leak that was planted by hand is found, wherever it lies and however it is written.
#[test]
fn canary_watch_finds_what_was_planted() {
    for planted in forms(TOKEN) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        let bytes = [b"before \xff".to_vec(), planted.into_bytes(), b"\xfe after".to_vec()].concat();
        std::fs::write(folder.path().join("deep/note.db-wal"), bytes).unwrap();
        let mut watch = Watch::default();
        watch.sees_files("planted", folder.path());
        assert_eq!(watch.leaks().len(), 1);
        assert!(watch.leaks().iter().all(|leak| leak.contains("note.db-wal") && !leak.contains(TOKEN)));
    }
}

/// The same with a leak in the program's own data: a secret that was given as a name, which is kept and shown.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_watch_finds_what_the_program_was_made_to_keep() {
    let (sim, shell, mut watch) = (world().await, shell(), Watch::default());
    shell.tell("vault.file", &json!({ "passphrase": PASSPHRASE })).reply();
    shell.tell("signin.token", &token(&sim, TOKEN)).reply();
    shell.connects(&sim);
    watch.hears("renaming", shell.call("workspace.rename", &json!({ "id": "1", "name": TOKEN })));
    watch.sees_files("in the end", &shell.data());
    let leaks = watch.leaks();
    for place in ["app.db", "the output of renaming"] {
        assert!(leaks.iter().any(|leak| leak.contains(place)), "not found in {place}: {leaks:?}");
    }
}
