//! How often each kind of data has changed: what makes a read ask again.

use contract::Tag;
use leptos::prelude::*;

/// Counts the changes of each tag.
#[derive(Clone, Copy)]
pub struct Changes(RwSignal<Vec<(Tag, u32)>>, RwSignal<u32>);

impl Changes {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let changes = Self(RwSignal::new(Vec::new()), RwSignal::new(0));
        provide_context(changes);
        changes
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// These have changed.
    pub fn touch(self, tags: &[Tag]) {
        self.0.update(|counts| {
            for tag in tags {
                match counts.iter_mut().find(|(known, _)| known == tag) {
                    Some((_, count)) => *count = count.wrapping_add(1),
                    None => counts.push((*tag, 1)),
                }
            }
        });
    }
    /// Everything may have changed.
    pub fn touch_all(self) {
        self.1.update(|count| *count = count.wrapping_add(1));
    }
    /// A number that is another one after any of these has changed. Tracks.
    #[must_use]
    pub fn version(self, tags: &[Tag]) -> (u32, u32) {
        let sum = self.0.with(|counts| {
            counts.iter().filter(|(tag, _)| tags.contains(tag)).fold(0_u32, |sum, (_, count)| sum.wrapping_add(*count))
        });
        (sum, self.1.get())
    }
}
