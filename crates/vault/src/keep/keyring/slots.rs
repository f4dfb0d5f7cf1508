//! Named values over a keyring's raw entries: cutting long ones, and an index, because no keyring lists its entries in a
//! way that works everywhere. Everything here blocks.

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::SlotError;
use crate::keep::parts::{self, Head};
use crate::{Secret, VaultError};

const INDEX: &str = "#index";
const PROBE: &str = "#probe";

type Slotted<T> = Result<T, SlotError>;

/// One service's entries in one open keyring.
pub(super) struct Slots<'a> {
    pub(super) store: &'a CredentialStore,
    pub(super) service: &'a str,
}

impl Slots<'_> {
    pub(super) fn probe(&self) -> Slotted<()> {
        let written = format!("probe {}", tag()?);
        self.set(PROBE, written.as_bytes())?;
        let read = self.raw(PROBE)?;
        self.delete(PROBE)?;
        if read.is_some_and(|bytes| bytes.as_slice() == written.as_bytes()) {
            return Ok(());
        }
        Err(SlotError::Own(VaultError::Keyring {
            why: "It did not give back what was written to it. Restart it, then try again.".to_owned(),
        }))
    }

    /// The value first, then the index: a crash between the two leaves a value that can be read and is listed again by
    /// the next write.
    pub(super) fn put(&self, name: &str, secret: &Secret) -> Slotted<()> {
        self.put_value(name, secret.expose().as_bytes())?;
        self.edit_index(|names| match names.binary_search_by(|n| n.as_str().cmp(name)) {
            Ok(_) => false,
            Err(at) => {
                names.insert(at, name.to_owned());
                true
            }
        })
    }

    pub(super) fn get(&self, name: &str) -> Slotted<Option<Secret>> {
        Ok(self.value(name)?.and_then(Secret::from_bytes))
    }

    pub(super) fn remove(&self, name: &str) -> Slotted<()> {
        let old = self.raw(name)?;
        self.delete(name)?;
        self.delete_parts(name, old)?;
        self.edit_index(|names| {
            let before = names.len();
            names.retain(|n| n != name);
            names.len() != before
        })
    }

    /// Names whose entries are still there: they can be deleted from outside.
    pub(super) fn names(&self) -> Slotted<Vec<String>> {
        let mut found = Vec::new();
        for name in self.index()? {
            if self.raw(&name)?.is_some() {
                found.push(name);
            }
        }
        Ok(found)
    }

    fn index(&self) -> Slotted<Vec<String>> {
        let bytes = self.value(INDEX)?.unwrap_or_default();
        // An index that somebody altered is begun afresh: values are found by name without it.
        let mut names: Vec<String> = serde_json::from_slice(&bytes).unwrap_or_default();
        names.sort();
        Ok(names)
    }

    fn edit_index(&self, edit: impl FnOnce(&mut Vec<String>) -> bool) -> Slotted<()> {
        let mut names = self.index()?;
        if !edit(&mut names) {
            return Ok(());
        }
        let text =
            serde_json::to_vec(&names).map_err(|_| SlotError::Own(VaultError::System { what: "writing the index" }))?;
        self.put_value(INDEX, &text)
    }

    fn put_value(&self, name: &str, value: &[u8]) -> Slotted<()> {
        let old = self.raw(name)?;
        if let Some(head) = parts::whole(value) {
            self.set(name, &head)?;
        } else {
            let pieces = parts::pieces(value).ok_or(SlotError::Own(VaultError::TooLong { most: parts::MOST_VALUE }))?;
            let tag = tag()?;
            for (index, piece) in pieces.iter().enumerate() {
                self.set(&parts::part_name(name, &tag, index), piece)?;
            }
            self.set(name, &parts::cut(&tag, pieces.len()))?;
        }
        self.delete_parts(name, old)
    }

    /// A value with a missing part is a value that was deleted from outside.
    fn value(&self, name: &str) -> Slotted<Option<Vec<u8>>> {
        let Some(head) = self.raw(name)? else {
            return Ok(None);
        };
        match parts::read_head(&head) {
            None => Ok(None),
            Some(Head::Whole(value)) => Ok(Some(value)),
            Some(Head::Cut { tag, count }) => {
                let mut all = Vec::with_capacity(count * parts::MOST);
                for index in 0..count {
                    match self.raw(&parts::part_name(name, &tag, index))? {
                        Some(piece) => all.extend_from_slice(&piece),
                        None => return Ok(None),
                    }
                }
                Ok(Some(all))
            }
        }
    }

    fn delete_parts(&self, name: &str, head: Option<Zeroizing<Vec<u8>>>) -> Slotted<()> {
        if let Some(Head::Cut { tag, count }) = head.and_then(|head| parts::read_head(&head)) {
            for index in 0..count {
                self.delete(&parts::part_name(name, &tag, index))?;
            }
        }
        Ok(())
    }

    fn entry(&self, name: &str) -> Slotted<Entry> {
        Ok(self.store.build(self.service, name, None)?)
    }

    fn raw(&self, name: &str) -> Slotted<Option<Zeroizing<Vec<u8>>>> {
        match self.entry(name)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn set(&self, name: &str, value: &[u8]) -> Slotted<()> {
        Ok(self.entry(name)?.set_secret(value)?)
    }

    fn delete(&self, name: &str) -> Slotted<()> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn tag() -> Slotted<String> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|_| SlotError::Own(VaultError::System { what: "random bytes" }))?;
    Ok(format!("{:016x}", u64::from_le_bytes(bytes)))
}
