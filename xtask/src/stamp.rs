//! A stamp remembers from which inputs something was made, so that it is not made twice.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

use crate::{
    step::{OrStop, Outcome},
    tree,
};

/// The inputs of one product, digested: names and contents, never dates.
#[derive(Default)]
pub(crate) struct Inputs(DefaultHasher);

impl Inputs {
    pub(crate) fn word(mut self, word: &str) -> Self {
        word.hash(&mut self.0);
        self
    }

    pub(crate) fn file(mut self, path: &Path) -> Outcome<Self> {
        path.hash(&mut self.0);
        fs::read(path).or_stop(format!("{} cannot be read", path.display()))?.hash(&mut self.0);
        Ok(self)
    }

    /// Every file below `folder` but those below `but`.
    pub(crate) fn folder(self, folder: &Path, but: &Path) -> Outcome<Self> {
        tree::files(folder)?
            .iter()
            .filter(|path| !path.starts_with(but))
            .try_fold(self, |inputs, path| inputs.file(path))
    }

    pub(crate) fn stamp(self, product: &str) -> Stamp {
        Stamp { path: tree::target().join("xtask").join(product), digest: format!("{:016x}", self.0.finish()) }
    }
}

pub(crate) struct Stamp {
    path: PathBuf,
    digest: String,
}

impl Stamp {
    /// Whether the product was last made from these same inputs.
    pub(crate) fn holds(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|digest| digest == self.digest)
    }

    /// Says that the product has been made from these inputs.
    pub(crate) fn set(&self) -> Outcome {
        tree::write(&self.path, self.digest.as_bytes())
    }
}
