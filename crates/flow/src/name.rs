//! Names of steps: which are allowed, and which are free.

use std::collections::HashSet;

use crate::{Chain, Document, Flow, Step, Trigger};

/// Whether a step may be called so: a letter or `_`, then letters, digits and `_`.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// The names that are taken in a flow. It gives out free ones in the server's way: the lowest `step_N`.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
    lowest: u64,
}

impl Names {
    /// The names of a flow.
    #[must_use]
    pub fn of(flow: &Flow) -> Self {
        Self::gather(&flow.trigger, &flow.steps)
    }

    /// The names of a document.
    #[must_use]
    pub fn of_document(document: &Document) -> Self {
        Self::gather(&document.trigger, &document.steps)
    }

    fn gather(trigger: &Trigger, steps: &Chain) -> Self {
        let mut names = Self::default();
        names.take(&trigger.name);
        names.take_all(steps);
        names
    }

    /// Whether nobody is called so.
    #[must_use]
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// Marks a name as taken; false if it was already.
    pub fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Marks the names of these steps and all inside as taken.
    pub fn take_all(&mut self, steps: &[Step]) {
        for visit in crate::Walk::over(steps) {
            self.take(&visit.step.name);
        }
    }

    /// A free name, and takes it.
    pub fn next_free(&mut self) -> String {
        loop {
            self.lowest += 1;
            let name = format!("step_{}", self.lowest);
            if self.take(&name) {
                return name;
            }
        }
    }
}
