//! The company: "Harbour Studio", a design agency, made from a seed, a size and a moment.
//!
//! The same three give the same company, to the byte. It has eight months of history before the moment, and
//! work due on its day.

mod builder;
mod calendar;
mod files;
mod people;
mod project;
mod talk;
mod themes;
mod work;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::world::World;

/// How much company to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Projects of every status, 1 to 200.
    pub projects: usize,
    /// Recordings in all of them together, up to 100,000. Never fewer than the tools of the projects.
    pub recordings: usize,
}

impl Size {
    /// The believable default: an agency of twenty or so, with fifteen projects.
    #[must_use]
    pub fn sample() -> Self {
        Self { projects: 15, recordings: 2_800 }
    }

    /// A little company, for tests that care about rules and not about bulk.
    #[must_use]
    pub fn small() -> Self {
        Self { projects: 4, recordings: 320 }
    }

    fn clamped(self) -> Self {
        Self { projects: self.projects.clamp(1, 200), recordings: self.recordings.min(100_000) }
    }
}

/// The company that this seed gives at this size, as it is at `now`.
#[must_use]
pub fn build(seed: u64, size: Size, now: Timestamp) -> World {
    builder::Builder::new(seed, now).build(size.clamped())
}
