//! Random histories against a plain map: after every step each place holds what the map holds.

use std::collections::BTreeMap;

use super::{Dice, FakeKeyring, PASSPHRASE, WEAK, secret};
use crate::{Backend, Options, Vault};

const NAMES: [&str; 5] = ["a", "b", "basecamp/1", "basecamp/2", "ü"];

async fn live(vault: &Vault, seed: u64, steps: u32) {
    let mut dice = Dice(seed);
    let mut model = BTreeMap::new();
    for step in 0..steps {
        let name = NAMES[usize::try_from(dice.roll(5)).unwrap()];
        match dice.roll(10) {
            0..5 => {
                let length = [3, 40, 2559, 2560, 6000][usize::try_from(dice.roll(5)).unwrap()];
                let value = format!("{step:03}").repeat(length / 3);
                vault.put(name, secret(&value)).await.unwrap();
                model.insert(name, value);
            }
            5..7 => {
                vault.remove(name).await.unwrap();
                model.remove(name);
            }
            7 if vault.status().await.backend == Some(Backend::File) => {
                vault.lock().await.unwrap();
                vault.unlock(secret(PASSPHRASE)).await.unwrap();
            }
            8 if vault.status().await.backend == Some(Backend::File) => drop(vault.move_to_keyring().await),
            9 if vault.status().await.backend == Some(Backend::Keyring) => {
                vault.use_file(secret(PASSPHRASE)).await.unwrap();
            }
            _ => {}
        }
        assert_eq!(vault.names().await.unwrap(), model.keys().copied().collect::<Vec<_>>(), "seed {seed}, step {step}");
        for name in NAMES {
            let kept = vault.get(name).await.unwrap();
            let same = kept.as_ref().map(crate::Secret::expose) == model.get(name).map(String::as_str);
            assert!(same, "seed {seed}, step {step}: {name}");
        }
    }
}

#[tokio::test]
async fn memory_follows_the_model() {
    for seed in 0..8 {
        live(&Vault::open("unused", Options::memory()).await.unwrap(), seed, 60).await;
    }
}

#[tokio::test]
async fn a_file_without_a_keyring_follows_the_model() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(dir.path(), Options::without_keyring().with_strength(WEAK)).await.unwrap();
    vault.use_file(secret(PASSPHRASE)).await.unwrap();
    live(&vault, 1, 40).await;
}

#[tokio::test]
async fn moving_to_and_fro_follows_the_model() {
    for seed in 0..3 {
        let dir = tempfile::tempdir().unwrap();
        let vault = Vault::open(dir.path(), FakeKeyring::new().options()).await.unwrap();
        live(&vault, seed, 40).await;
    }
}
