//! What vendors want to have back with a reply, and where in the reply it stood.
//!
//! Models that think sign what they thought, or hand it over encrypted, and refuse or forget when it does not come back with
//! the calls of that reply. It is written down here as [`Sealed::data`] and read again when that model is asked the next time.

use contract::Sealed;
use genai::chat::ContentPart;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that a vendor wants back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kept {
    /// It stands before the text or the call that follows, or signs it.
    Signature(String),
    /// A piece of the reply as the vendor wrote it.
    Block(Value),
    /// What the model thought, in the open.
    Thought(String),
}

/// Something that a vendor wants back, in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// So many bytes of text came before it.
    text: usize,
    /// So many calls came before it.
    calls: usize,
    kept: Kept,
}

/// Notes the marks of one reply while it comes.
#[derive(Debug, Default)]
pub(super) struct Marks {
    text: usize,
    calls: usize,
    marks: Vec<Mark>,
}

impl Marks {
    pub(super) fn text(&mut self, text: &str) {
        self.text += text.len();
    }

    pub(super) fn call(&mut self) {
        self.calls += 1;
    }

    pub(super) fn keep(&mut self, kept: Kept) {
        self.marks.push(Mark { text: self.text, calls: self.calls, kept });
    }

    /// All of them, for the record; `None` when there are none.
    pub(super) fn seal(&mut self, by: &str) -> Option<Sealed> {
        let marks = std::mem::take(&mut self.marks);
        let data = serde_json::to_string(&marks).ok().filter(|_| !marks.is_empty())?;
        Some(Sealed { by: by.to_owned(), data })
    }
}

/// The parts of a reply in the order in which they came, with what `by` sealed among them. What another model sealed is left
/// out, and so is what cannot be read. A reply without a word and without a call has no parts.
pub(super) fn parts(text: &str, calls: Vec<ContentPart>, sealed: Option<&Sealed>, by: &str) -> Vec<ContentPart> {
    if text.is_empty() && calls.is_empty() {
        return Vec::new();
    }
    let sealed = sealed.filter(|sealed| sealed.by == by);
    let marks: Vec<Mark> = sealed.and_then(|sealed| serde_json::from_str(&sealed.data).ok()).unwrap_or_default();
    let mut parts = Vec::new();
    let told = |parts: &mut Vec<ContentPart>, part: &str| {
        parts.extend((!part.is_empty()).then(|| ContentPart::from_text(part)));
    };
    let (mut from, mut called, mut calls) = (0, 0, calls.into_iter());
    for Mark { text: to, calls: before, kept } in marks {
        // A place that is not in this text is the place before.
        if let Some(part) = text.get(from..to) {
            told(&mut parts, part);
            from = to;
        }
        parts.extend(calls.by_ref().take(before.saturating_sub(called)));
        called = called.max(before);
        parts.push(match kept {
            Kept::Signature(signature) => ContentPart::ThoughtSignature(signature),
            Kept::Block(block) => ContentPart::from_custom(block, None),
            Kept::Thought(thought) => ContentPart::ReasoningContent(thought),
        });
    }
    told(&mut parts, text.get(from..).unwrap_or_default());
    parts.extend(calls);
    parts
}
