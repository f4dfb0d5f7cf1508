//! The bytes of the sealed file: how a key is made, how entries are sealed, and what counts as damage.
//!
//! The seal itself cannot tell a wrong key from altered bytes. A plain digest over the sealed bytes can: if it does not
//! hold, the file is damaged; if it holds and the seal does not open, the passphrase is wrong.

use std::collections::BTreeMap;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Entries;
use crate::{Secret, VaultError};

const FORMAT: &str = "pm-os secrets";
const VERSION: u32 = 1;
const ALGORITHM: &str = "argon2id";
/// Above these a file is not ours: it would only exhaust the machine.
const MOST: Strength = Strength { memory_kib: 1024 * 1024, passes: 32, lanes: 16 };

/// The 256-bit key, wiped when dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// How much work one guess at the passphrase costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// Memory in KiB, at least 8 per lane.
    pub memory_kib: u32,
    /// Passes over that memory, at least 1.
    pub passes: u32,
    /// Lanes, at least 1.
    pub lanes: u32,
}

impl Default for Strength {
    /// 64 MiB and three passes: some tenths of a second on an ordinary machine.
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 }
    }
}

/// What the key is made from, besides the passphrase.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kdf {
    algorithm: String,
    #[serde(flatten)]
    strength: Strength,
    salt: String,
}

impl Kdf {
    pub(super) fn fresh(strength: Strength) -> Result<Self, VaultError> {
        let mut salt = [0_u8; 16];
        random(&mut salt)?;
        Ok(Self { algorithm: ALGORITHM.to_owned(), strength, salt: STANDARD.encode(salt) })
    }

    pub(super) fn derive(&self, passphrase: &Secret) -> Result<Key, VaultError> {
        let Strength { memory_kib, passes, lanes } = self.strength;
        let known = self.algorithm == ALGORITHM
            && memory_kib <= MOST.memory_kib
            && passes <= MOST.passes
            && lanes <= MOST.lanes;
        if !known {
            return Err(damaged("its key parameters"));
        }
        let salt = STANDARD.decode(&self.salt).map_err(|_| damaged("its salt"))?;
        let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| damaged("its key parameters"))?;
        let mut key = Key::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.expose().as_bytes(), &salt, key.as_mut_slice())
            .map_err(|_| damaged("its key parameters"))?;
        Ok(key)
    }

    /// What the seal binds besides the entries, so that parameters cannot be swapped under it.
    fn bound(&self) -> String {
        let Strength { memory_kib, passes, lanes } = self.strength;
        format!("{FORMAT}\n{VERSION}\n{}\n{memory_kib} {passes} {lanes}\n{}", self.algorithm, self.salt)
    }
}

/// The file, parsed and found whole, still sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Envelope {
    format: String,
    version: u32,
    kdf: Kdf,
    nonce: String,
    body: String,
    digest: String,
}

impl Envelope {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let head: Head = serde_json::from_slice(bytes).map_err(|_| damaged("it cannot be read"))?;
        if head.format != FORMAT {
            return Err(damaged("it is another kind of file"));
        }
        if head.version > VERSION {
            return Err(VaultError::Newer);
        }
        let envelope: Self = serde_json::from_slice(bytes).map_err(|_| damaged("it cannot be read"))?;
        if envelope.version != VERSION || envelope.digest != envelope.own_digest() {
            return Err(damaged("its contents do not match its digest"));
        }
        Ok(envelope)
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec_pretty(self).map_err(|_| VaultError::System { what: "writing the secrets file" })
    }

    pub(super) fn kdf(&self) -> &Kdf {
        &self.kdf
    }

    pub(super) fn seal(kdf: &Kdf, key: &Key, entries: &Entries) -> Result<Self, VaultError> {
        let plain: BTreeMap<&str, &str> = entries.iter().map(|(name, s)| (name.as_str(), s.expose())).collect();
        // Grown once, so that no half-filled copy is left behind unwiped.
        let room = entries.iter().map(|(name, s)| 8 + 6 * (name.len() + s.expose().len())).sum::<usize>() + 2;
        let mut text = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *text, &plain).map_err(|_| VaultError::System { what: "sealing the secrets" })?;
        let mut nonce = [0_u8; 24];
        random(&mut nonce)?;
        let bound = kdf.bound();
        let payload = Payload { msg: &text, aad: bound.as_bytes() };
        let body = XChaCha20Poly1305::new(key.as_slice().into())
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| VaultError::System { what: "sealing the secrets" })?;
        let mut envelope = Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            kdf: kdf.clone(),
            nonce: STANDARD.encode(nonce),
            body: STANDARD.encode(body),
            digest: String::new(),
        };
        envelope.digest = envelope.own_digest();
        Ok(envelope)
    }

    pub(super) fn open(&self, key: &Key) -> Result<Entries, VaultError> {
        let nonce = STANDARD.decode(&self.nonce).ok().filter(|n| n.len() == 24).ok_or(damaged("its nonce"))?;
        let body = STANDARD.decode(&self.body).map_err(|_| damaged("its body"))?;
        let bound = self.kdf.bound();
        let payload = Payload { msg: &body, aad: bound.as_bytes() };
        let plain = XChaCha20Poly1305::new(key.as_slice().into())
            .decrypt(XNonce::from_slice(&nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| VaultError::WrongPassphrase)?;
        let entries: BTreeMap<String, String> = serde_json::from_slice(&plain).map_err(|_| damaged("its entries"))?;
        Ok(entries.into_iter().map(|(name, text)| (name, Secret::new(text))).collect())
    }

    fn own_digest(&self) -> String {
        let mut hasher = Sha256::new();
        for part in [self.kdf.bound().as_str(), &self.nonce, &self.body] {
            hasher.update(part);
            hasher.update([0]);
        }
        STANDARD.encode(hasher.finalize())
    }
}

fn damaged(what: &'static str) -> VaultError {
    VaultError::Damaged { what }
}

fn random(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::System { what: "random bytes" })
}
