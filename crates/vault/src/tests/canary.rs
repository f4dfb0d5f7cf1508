//! One recognisable text goes through everything as a secret, and must turn up nowhere.

use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, Mutex};

use super::stub::Stub;
use super::{FakeKeyring, WEAK, at, seed};
use crate::oauth::{
    Arrival, Client, Code, Endpoints, HeldPage, Home, Http, Redirect, Renewal, Seed, SignIn, TokenSource, Tokens,
};
use crate::{Keep, Memory, Options, SealedFile, Secret, Vault};

const CANARY: &str = "canary-7f3a91";

/// Says at compile time whether a type can be printed: the inherent constant wins where its bound holds.
struct Shows<T>(std::marker::PhantomData<T>);

impl<T: Debug> Shows<T> {
    const PRINTS: bool = true;
}

trait Otherwise {
    const PRINTS: bool = false;
}

impl<T> Otherwise for Shows<T> {}

#[test]
fn nothing_that_holds_a_secret_can_be_printed() {
    let printable = [
        // One that can be printed, to show that the test can tell.
        Shows::<String>::PRINTS,
        Shows::<Secret>::PRINTS,
        Shows::<Vault>::PRINTS,
        Shows::<SealedFile>::PRINTS,
        Shows::<Memory>::PRINTS,
        Shows::<Client>::PRINTS,
        Shows::<Seed>::PRINTS,
        Shows::<SignIn>::PRINTS,
        Shows::<Code>::PRINTS,
        Shows::<Arrival>::PRINTS,
        Shows::<HeldPage>::PRINTS,
        Shows::<Tokens>::PRINTS,
        Shows::<TokenSource>::PRINTS,
        Shows::<Home>::PRINTS,
        Shows::<Renewal>::PRINTS,
        Shows::<Options>::PRINTS,
    ];
    let (known, ours) = printable.split_first().unwrap();
    assert!(known);
    assert_eq!(ours, [false; 15]);
}

#[test]
fn secrets_compare_by_content() {
    assert!(Secret::new("abc") == Secret::new("abc"));
    assert!(Secret::new("abc") != Secret::new("abd") && Secret::new("abc") != Secret::new("ab"));
}

/// Everything that was printed or logged.
#[derive(Clone, Default)]
struct Record(Arc<Mutex<Vec<u8>>>);

impl Record {
    fn note(&self, what: &(impl Debug + ?Sized)) {
        writeln!(self.0.lock().unwrap(), "{what:?}").unwrap();
    }

    fn error(&self, error: &(impl std::error::Error + ?Sized)) {
        writeln!(self.0.lock().unwrap(), "{error:?} {error}").unwrap();
    }

    fn holds(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.0.lock().unwrap()).contains(text)
    }
}

impl Write for Record {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn canary() -> Secret {
    Secret::new(CANARY)
}

#[tokio::test]
async fn no_secret_turns_up_where_it_should_not() {
    let record = Record::default();
    let writer = record.clone();
    let logs =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _logging = tracing::subscriber::set_default(logs);
    tracing::trace!("the log is being read");

    let dir = tempfile::tempdir().unwrap();
    vault_story(&record, dir.path()).await;
    sign_in_story(&record).await;

    assert!(record.holds("the log is being read") && record.holds("Locked"), "the record is being kept");
    assert!(!record.holds(CANARY), "{}", String::from_utf8_lossy(&record.0.lock().unwrap()));
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let file = file.unwrap();
        let text = String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()).into_owned();
        assert!(!text.contains(CANARY), "{file:?}");
        // Nor in the one other spelling that a careless seal would leave.
        assert!(!text.contains("Y2FuYXJ5"), "{file:?}");
    }
}

async fn vault_story(record: &Record, dir: &std::path::Path) {
    let fake = FakeKeyring::new();
    fake.switch(false);
    let vault = Vault::open(dir, fake.options().with_strength(WEAK)).await.unwrap();
    record.error(&vault.put("token", canary()).await.unwrap_err());
    record.error(&vault.unlock(canary()).await.unwrap_err());
    vault.use_file(canary()).await.unwrap();
    vault.put("token", canary()).await.unwrap();
    record.note(&vault.status().await);
    record.note(&serde_json::to_string(&vault.status().await).unwrap());
    record.note(&vault.names().await.unwrap());
    vault.lock().await.unwrap();
    record.error(&vault.put("token", canary()).await.unwrap_err());
    record.error(&vault.unlock(Secret::new(format!("{CANARY}!"))).await.unwrap_err());
    record.error(&vault.put(&format!("#{CANARY}"), canary()).await.unwrap_err());
    record.note(&serde_json::to_string(&vault.status().await).unwrap());
    vault.unlock(canary()).await.unwrap();
    record.error(&vault.move_to_keyring().await.unwrap_err());
    // A keyring entry altered by another program, whose error would carry the bytes.
    let other = tempfile::tempdir().unwrap();
    let fake = FakeKeyring::new();
    let keyring = Vault::open(other.path(), fake.options()).await.unwrap();
    keyring.put("token", canary()).await.unwrap();
    {
        let inner = fake.store.inner.lock().unwrap();
        let cred = inner.borrow().iter().find(|cred| cred.specifiers.1 == "token").unwrap().clone();
        cred.set_error(keyring_core::Error::BadEncoding(CANARY.as_bytes().to_vec()));
    }
    record.error(&keyring.get("token").await.err().unwrap());
    record.note(&keyring.status().await);
}

async fn sign_in_story(record: &Record) {
    let stub = Stub::start().await;
    let http = Http::new("PM OS").unwrap();
    let endpoints = Endpoints::new(&stub.base, &stub.base).unwrap();
    let client = Client::new("id", &canary(), endpoints.clone(), Redirect::loopback(8977).unwrap()).unwrap();
    record.note(&endpoints);
    record.note(client.redirect());
    let echo = format!(r#"{{"error":"{CANARY}","error_description":"{CANARY}"}}"#);
    let broken = format!(r#"{{"access_token":"{CANARY}""#);
    stub.json(400, &echo).json(200, &broken).html(200, CANARY).html(400, CANARY);
    for _ in 0..4 {
        let attempt = SignIn::begin(client.clone(), "Acme", at(0), &seed(1));
        let state = attempt.url().query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
        for bad in [format!("x:{CANARY}"), format!("http://127.0.0.1:8977/callback?code={CANARY}&state={CANARY}")] {
            record.error(&attempt.accept(&bad, at(1)).err().unwrap());
        }
        let answer = format!("http://127.0.0.1:8977/callback?code={CANARY}&state={state}");
        let code = attempt.accept(&answer, at(1)).ok().unwrap();
        record.error(&attempt.exchange(code, &http, at(1)).await.err().unwrap());
    }
    let vault = Vault::open("unused", Options::memory()).await.unwrap();
    let tokens = Tokens { access: canary(), refresh: Some(canary()), expires_at: Some(at(0)) };
    let home = Home { vault, name: "basecamp/1".to_owned() };
    let source = TokenSource::new(tokens, home, Some(Renewal { client, http: http.clone() }), Arc::new(|| at(1)));
    stub.json(400, &echo).json(400, r#"{"error":"invalid_grant"}"#);
    for _ in 0..3 {
        record.error(&source.access_token().await.err().unwrap());
    }
    stub.json(200, &format!(r#"{{"{CANARY}":1}}"#));
    record.error(&http.accounts(&stub.base, &canary()).await.unwrap_err());
    let memory = Memory::default();
    memory.put("token", &canary()).await.unwrap();
    record.note(&memory.names().await.unwrap());
}
