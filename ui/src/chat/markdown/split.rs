//! A text that still grows, in blocks that are finished and one that is open. Pure.
//!
//! Only whole lines are evidence: a line that still grows may turn from one thing into another. A block is finished when
//! a further one has begun behind it; it never changes again, and read alone it is what it is within the whole. (But for
//! link definitions elsewhere in the text, which are not looked for.)

use pulldown_cmark::{Event, Parser};

use super::parse::options;

/// A text that grows, and where its finished blocks end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Growing {
    text: String,
    /// Where each finished block ends, in bytes.
    ends: Vec<usize>,
    /// Whole lines up to here were looked at.
    looked: usize,
}

impl Growing {
    /// Takes over the text as it is. One that continues what is known keeps the finished blocks; any other one begins anew.
    /// Tells from which block on something may differ.
    pub fn take(&mut self, text: &str) -> usize {
        if let Some(more) = text.strip_prefix(self.text.as_str()) {
            let finished = self.ends.len();
            self.text.push_str(more);
            self.look();
            finished
        } else {
            *self = Self { text: text.to_owned(), ..Self::default() };
            self.look();
            0
        }
    }

    /// How many blocks are finished.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.ends.len()
    }

    /// The text of a finished block; empty when there is none of this number.
    #[must_use]
    pub fn block(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// The text of the block that is open.
    #[must_use]
    pub fn open(&self) -> &str {
        self.text.get(self.open_start()..).unwrap_or_default()
    }

    fn open_start(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn look(&mut self) {
        let whole = self.text.rfind('\n').map_or(0, |at| at + 1);
        if whole <= self.looked {
            return;
        }
        self.looked = whole;
        let start = self.open_start();
        let Some(lines) = self.text.get(start..whole) else { return };
        // A block ends where the line of the next one begins.
        let ends: Vec<usize> = begins(lines)
            .into_iter()
            .skip(1)
            .filter_map(|at| lines.get(..at).map(|before| before.rfind('\n').map_or(0, |line| line + 1)))
            .filter(|at| *at > 0)
            .map(|at| start + at)
            .collect();
        for end in ends {
            if end > self.open_start() {
                self.ends.push(end);
            }
        }
    }
}

/// Where the blocks of the outermost level begin.
fn begins(text: &str) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut begins = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if depth == 0 && matches!(event, Event::Start(_) | Event::Rule) {
            begins.push(range.start);
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    begins
}
