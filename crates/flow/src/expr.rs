//! Expressions in texts: `{{ … }}` with references to steps, connections and variables.
//!
//! What stands between the braces is JavaScript. It is not run here: only what it reaches for is read, so that references
//! can be renamed, completed, checked and explained.

mod complete;
mod migrate;
mod nest;
mod rename;
mod scan;
mod scope;
mod types;

pub use complete::{Candidate, Completion, complete};
pub use migrate::{Migrated, migrate};
pub use nest::{nest, unnest};
pub use rename::{rename_references, rename_step};
pub use scan::expressions;
pub use scope::{Finding, InScope, Severity, Standing, check_references, dependencies, scope, standing};
pub use types::{Samples, TypeHint, hint, sample_at};

pub(crate) use migrate::rewrite;
pub(crate) use rename::{rename_copy, rename_within};

use serde::{Deserialize, Serialize};

use crate::Key;

/// A part of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
}

impl Span {
    /// The part of `text` that it covers.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// One `{{ … }}` of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// All of it, braces included.
    pub span: Span,
    /// What stands between the braces.
    pub inner: Span,
    /// What it reaches for, in order.
    pub references: Vec<Reference>,
    /// What is wrong with it, if something is: a sentence.
    pub fault: Option<String>,
}

/// Something that an expression reaches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Whose it is.
    pub root: Root,
    /// The way from there, as far as it can be known without running it.
    pub path: Vec<Key>,
    /// All of it.
    pub span: Span,
    /// The name of the step alone, or the word `connections` or `variables`.
    pub name: Span,
    /// Where each key of the path has ended.
    pub(crate) ends: Vec<usize>,
}

/// Whose a reference is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// A step's, or the trigger's, by name; or of some other word that nothing is known of.
    Step(String),
    /// A connection's, by its external id.
    Connection(String),
    /// A variable's, by its name.
    Variable(String),
}

impl Reference {
    /// The name of the step, if it is a step's.
    #[must_use]
    pub fn step(&self) -> Option<&str> {
        match &self.root {
            Root::Step(name) => Some(name),
            Root::Connection(_) | Root::Variable(_) => None,
        }
    }
}

/// Whether the whole text is one expression, so that its value keeps its type.
#[must_use]
pub fn is_single(text: &str) -> bool {
    let text = text.trim();
    matches!(expressions(text).as_slice(), [one] if one.span == Span { start: 0, end: text.len() })
}
