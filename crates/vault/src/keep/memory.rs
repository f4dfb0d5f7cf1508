//! Secrets in this process only: for tests, and for a run that must leave nothing behind.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Boxed, Keep};
use crate::{Secret, VaultError};

/// Keeps secrets until it is dropped.
#[derive(Default)]
pub struct Memory {
    entries: Mutex<BTreeMap<String, Secret>>,
}

impl Memory {
    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Secret>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keep for Memory {
    fn put<'a>(&'a self, name: &'a str, secret: &'a Secret) -> Boxed<'a, Result<(), VaultError>> {
        Box::pin(async move {
            self.entries().insert(name.to_owned(), secret.clone());
            Ok(())
        })
    }

    fn get<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<Option<Secret>, VaultError>> {
        Box::pin(async move { Ok(self.entries().get(name).cloned()) })
    }

    fn remove<'a>(&'a self, name: &'a str) -> Boxed<'a, Result<(), VaultError>> {
        Box::pin(async move {
            self.entries().remove(name);
            Ok(())
        })
    }

    fn names(&self) -> Boxed<'_, Result<Vec<String>, VaultError>> {
        Box::pin(async move { Ok(self.entries().keys().cloned().collect()) })
    }
}
