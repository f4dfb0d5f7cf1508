//! The crate's tests. They use no real keyring but in `keyring_round_trip`, and no network but a stub on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod accounts;
mod canary;
mod histories;
mod keyring;
mod loopback;
mod sealed;
mod sign_in;
mod source;
mod states;
mod stub;
mod vault;

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use keyring_core::mock;

use crate::oauth::{Client, Endpoints, Redirect, Seed};
use crate::{Options, Secret, Strength, Vault};

/// The least work argon2 allows: these tests protect nothing.
const WEAK: Strength = Strength { memory_kib: 8, passes: 1, lanes: 1 };
const PASSPHRASE: &str = "correct horse battery";

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

/// A keyring that can be switched off and on.
#[derive(Clone)]
struct FakeKeyring {
    store: Arc<mock::Store>,
    on: Arc<AtomicBool>,
}

impl FakeKeyring {
    fn new() -> Self {
        Self { store: mock::Store::new().unwrap(), on: Arc::new(AtomicBool::new(true)) }
    }

    fn switch(&self, on: bool) {
        self.on.store(on, Ordering::SeqCst);
    }

    /// The options of a vault over this keyring.
    fn options(&self) -> Options {
        let fake = self.clone();
        let connect = move || {
            if fake.on.load(Ordering::SeqCst) {
                let store: Arc<keyring_core::CredentialStore> = fake.store.clone();
                Ok(store)
            } else {
                Err(keyring_core::Error::PlatformFailure("no bus".into()))
            }
        };
        Options::over(Arc::new(connect)).with_strength(WEAK)
    }

    /// Deletes one raw entry, as another program would.
    fn delete(&self, name: &str) {
        let inner = self.store.inner.lock().unwrap();
        let creds = inner.borrow();
        let cred = creds.iter().find(|cred| cred.specifiers.1 == name).unwrap();
        cred.inner.lock().unwrap().get_mut().secret = None;
    }

    /// Every raw entry that holds something: its name and its bytes.
    fn raw(&self) -> Vec<(String, Vec<u8>)> {
        let inner = self.store.inner.lock().unwrap();
        let creds = inner.borrow();
        let held = creds.iter().filter_map(|cred| {
            let bytes = cred.inner.lock().unwrap().get_mut().secret.clone()?;
            Some((cred.specifiers.1.clone(), bytes))
        });
        held.collect()
    }
}

async fn file_vault(dir: &Path) -> Vault {
    let vault = Vault::open(dir, Options::without_keyring().with_strength(WEAK)).await.unwrap();
    vault.use_file(secret(PASSPHRASE)).await.unwrap();
    vault
}

/// A repeatable stream of numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

fn seed(byte: u8) -> Seed {
    Seed::fixed([byte; 32], [byte; 32])
}

/// An integration whose token endpoint is at `base`, redirected to loopback port `port`.
fn client(base: &str, port: u16) -> Client {
    let endpoints = Endpoints::new(&format!("{base}/authorize"), &format!("{base}/token")).unwrap();
    Client::new("the-id", &secret("the-client-secret"), endpoints, Redirect::loopback(port).unwrap()).unwrap()
}

/// The error of a result whose value cannot be printed.
fn err<T, E>(result: Result<T, E>) -> E {
    result.err().expect("an error")
}

/// Polls a future once and gives it back, so that what it starts is under way.
async fn started<F: Future + Unpin>(mut future: F) -> F {
    assert!(futures::poll!(&mut future).is_pending());
    future
}
