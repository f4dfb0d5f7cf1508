//! What a run is called, and what its effects are known by.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a run is called: chosen by who starts it, never twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

impl From<&str> for RunId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The loops around a step, outer ones first, each with the number of the iteration, from 0.
pub type Iterations = Vec<(String, usize)>;

/// What one effect is known by: the same for every attempt at it, different for every other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// The key of a step of a run in an iteration.
    #[must_use]
    pub fn of(run: &RunId, step: &str, iterations: &[(String, usize)]) -> Self {
        let mut digest = Sha256::new();
        let mut add = |part: &str| {
            // The length goes before, so that no two different lists of parts are alike.
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        };
        add(&run.0);
        add(step);
        for (name, number) in iterations {
            add(name);
            add(&number.to_string());
        }
        let digest = digest.finalize();
        Self(digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }

    /// 32 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same in the form of a UUID, of version 8: made by its owner's own rule.
    #[must_use]
    pub fn uuid(&self) -> String {
        let digit = |n: usize| self.0.get(n..=n).unwrap_or("0");
        let digits: Vec<&str> = (0..32)
            .map(|n| {
                if n == 12 {
                    "8"
                } else if n == 16 {
                    "a"
                } else {
                    digit(n)
                }
            })
            .collect();
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().concat();
        [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
