//! JSON text as the lines of a tree. Only levels that are open are read, one at a time, so that a text of megabytes costs one
//! pass. Pure, and without recursion: a text may nest as deep as it likes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::say;

/// So many children of a level are shown, and so many more each time one asks.
const PAGE: usize = 100;
/// A level of at most so many bytes within the first one is open at once.
const SMALL: usize = 400;
/// A value is cut here, in characters, until it is opened.
const SHORT: usize = 240;
/// More of a text than this is never shown; it can be copied.
const LONGEST: usize = 20_000;

/// What a child is known by in its level.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// It is the whole value.
    Root,
    /// A member of an object.
    Name(String),
    /// An entry of an array, from 0.
    Index(usize),
}

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Shows {
    /// An object or an array; how many it holds is known once it was opened.
    Level { open: bool, object: bool, count: Option<usize> },
    /// A text, with its quotes.
    Text { long: bool, open: bool },
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
    /// There are so many more children of the level that begins at this byte.
    More { level: usize, left: usize },
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Line {
    /// Tells it from the others: a byte of the text that is its own.
    pub(super) id: usize,
    /// How deep it stands, from 0.
    pub(super) depth: usize,
    /// What it is known by.
    pub(super) key: Key,
    /// Where its value stands in the text.
    pub(super) at: Range<usize>,
    /// What it shows.
    pub(super) shows: Shows,
}

#[derive(Debug, Clone)]
struct Child {
    key: Key,
    at: Range<usize>,
}

/// The first children of an object or array, and how many it has.
#[derive(Debug, Clone, Default)]
struct Level {
    children: Vec<Child>,
    count: usize,
}

/// A JSON text and what of it is open.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    text: String,
    root: Range<usize>,
    levels: BTreeMap<usize, Level>,
    open: BTreeSet<usize>,
}

impl Tree {
    /// Reads the outermost level; `None` for what is no JSON.
    pub(super) fn new(text: &str) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(text).ok()?;
        let root = within(text, 0, raw.get());
        let mut tree = Self { text: text.to_owned(), root, levels: BTreeMap::new(), open: BTreeSet::new() };
        if tree.is_level(tree.root.start) {
            tree.toggle(tree.root.start);
            let small: Vec<usize> = tree
                .levels
                .values()
                .flat_map(|level| level.children.iter().take(12))
                .filter(|child| child.at.len() <= SMALL && tree.is_level(child.at.start))
                .map(|child| child.at.start)
                .collect();
            small.into_iter().for_each(|start| tree.toggle(start));
        }
        Some(tree)
    }

    fn is_level(&self, start: usize) -> bool {
        matches!(self.text.as_bytes().get(start), Some(b'{' | b'['))
    }

    fn at(&self, start: usize) -> Option<Range<usize>> {
        if start == self.root.start {
            return Some(self.root.clone());
        }
        self.levels
            .values()
            .flat_map(|level| &level.children)
            .find(|child| child.at.start == start)
            .map(|c| c.at.clone())
    }

    /// Opens or closes the level, or the long text, that begins at this byte.
    pub(super) fn toggle(&mut self, start: usize) {
        if self.open.remove(&start) {
            return;
        }
        if self.is_level(start)
            && !self.levels.contains_key(&start)
            && let Some(at) = self.at(start)
        {
            let level = read(self.text.get(at).unwrap_or_default(), start, PAGE);
            self.levels.insert(start, level);
        }
        self.open.insert(start);
    }

    /// Shows more children of the level that begins at this byte.
    pub(super) fn more(&mut self, start: usize) {
        let Some(at) = self.at(start) else { return };
        let shown = self.levels.get(&start).map_or(0, |level| level.children.len());
        let level = read(self.text.get(at).unwrap_or_default(), start, shown + PAGE);
        self.levels.insert(start, level);
    }

    /// The lines in order.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut waiting = vec![(self.line(Key::Root, self.root.clone(), 0))];
        while let Some(line) = waiting.pop() {
            if let (Shows::Level { open: true, .. }, Some(level)) = (&line.shows, self.levels.get(&line.at.start)) {
                let depth = line.depth + 1;
                let left = level.count.saturating_sub(level.children.len());
                if left > 0 {
                    let shows = Shows::More { level: line.at.start, left };
                    let last = line.at.end.saturating_sub(1);
                    waiting.push(Line { id: last, depth, key: Key::Root, at: last..last, shows });
                }
                waiting.extend(
                    level.children.iter().rev().map(|child| self.line(child.key.clone(), child.at.clone(), depth)),
                );
            }
            lines.push(line);
        }
        lines
    }

    fn line(&self, key: Key, at: Range<usize>, depth: usize) -> Line {
        let open = self.open.contains(&at.start);
        let shows = match self.text.as_bytes().get(at.start) {
            Some(first @ (b'{' | b'[')) => {
                let count = self.levels.get(&at.start).map(|level| level.count);
                Shows::Level { open, object: *first == b'{', count }
            }
            Some(b'"') => Shows::Text { long: at.len() > SHORT, open },
            Some(b't' | b'f' | b'n') => Shows::Word,
            Some(_) | None => Shows::Number,
        };
        Line { id: at.start, depth, key, at, shows }
    }

    /// What a line says of its value, at the length that suits it.
    pub(super) fn words(&self, line: &Line) -> String {
        let raw = self.text.get(line.at.clone()).unwrap_or_default();
        match &line.shows {
            Shows::Level { open: true, count, object } => {
                let count = count.unwrap_or(0);
                if *object { say::parts::members(count) } else { say::parts::entries(count) }
            }
            Shows::Level { open: false, .. } => cut(raw, 80),
            Shows::Text { open: true, .. } => cut(raw, LONGEST),
            Shows::Text { open: false, .. } | Shows::Number | Shows::Word => cut(raw, SHORT),
            Shows::More { left, .. } => say::parts::MoreOf { more: PAGE.min(*left), left: *left }.text(),
        }
    }

    /// What is copied of a line: a text without its quotes, all else as JSON.
    pub(super) fn value(&self, line: &Line) -> String {
        let raw = self.text.get(line.at.clone()).unwrap_or_default();
        match serde_json::from_str::<String>(raw) {
            Ok(text) => text,
            Err(_) => raw.to_owned(),
        }
    }
}

/// Where a line stands, from the outermost value: `items[0].name`. Empty for that value itself.
pub(super) fn path(lines: &[Line], id: usize) -> String {
    let Some(at) = lines.iter().position(|line| line.id == id) else { return String::new() };
    let mut keys = Vec::new();
    let mut depth = usize::MAX;
    for line in lines.iter().take(at + 1).rev() {
        if line.depth < depth {
            depth = line.depth;
            keys.push(&line.key);
        }
    }
    let mut path = String::new();
    for key in keys.into_iter().rev() {
        match key {
            Key::Root => {}
            Key::Index(index) => path.push_str(&format!("[{index}]")),
            Key::Name(name) if is_word(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Key::Name(name) => path.push_str(&format!("[{}]", serde_json::to_string(name).unwrap_or_default())),
        }
    }
    path
}

fn is_word(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|letter| letter.is_alphabetic() || letter == '_' || letter == '$');
    first && letters.all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$')
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The line of this number becomes the current one.
    To(usize),
    /// The current line is opened, closed, or shows more.
    Toggle,
}

/// What a key means on the current line.
pub(super) fn step(lines: &[Line], current: usize, key: &str) -> Option<Step> {
    let now = lines.iter().position(|line| line.id == current).unwrap_or(0);
    let line = lines.get(now)?;
    let to = |index: usize| lines.get(index).map(|line| Step::To(line.id));
    let (opens, is_open) = match line.shows {
        Shows::Level { open, .. } => (true, open),
        Shows::Text { long, open } => (long, open),
        Shows::More { .. } => (true, false),
        Shows::Number | Shows::Word => (false, false),
    };
    match key {
        "ArrowDown" => to(now + 1),
        "ArrowUp" => to(now.checked_sub(1)?),
        "Home" => to(0),
        "End" => to(lines.len().checked_sub(1)?),
        "ArrowRight" if opens && !is_open => Some(Step::Toggle),
        "ArrowRight" if is_open => {
            lines.get(now + 1).filter(|next| next.depth > line.depth).map(|next| Step::To(next.id))
        }
        "ArrowLeft" if is_open => Some(Step::Toggle),
        "ArrowLeft" => {
            lines.iter().take(now).rev().find(|above| above.depth < line.depth).map(|above| Step::To(above.id))
        }
        "Enter" | " " if opens => Some(Step::Toggle),
        _ => None,
    }
}

/// The first characters of a text, with an ellipsis where there are more.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Where `part`, a slice of `text`, stands; counted from `start`.
fn within(text: &str, start: usize, part: &str) -> Range<usize> {
    let from = start + (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    from..from + part.len()
}

/// Reads one level: the first `most` children. What is in them is passed over.
fn read(text: &str, start: usize, most: usize) -> Level {
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.deserialize_any(Reading { text, start, most }).unwrap_or_default()
}

struct Reading<'a> {
    text: &'a str,
    start: usize,
    most: usize,
}

impl<'a> Visitor<'a> for Reading<'a> {
    type Value = Level;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object or an array")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Level, A::Error> {
        let mut level = Level::default();
        while level.count < self.most {
            let Some(raw) = seq.next_element::<&'a RawValue>()? else { return Ok(level) };
            let at = within(self.text, self.start, raw.get());
            level.children.push(Child { key: Key::Index(level.count), at });
            level.count += 1;
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {
            level.count += 1;
        }
        Ok(level)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Level, A::Error> {
        let mut level = Level::default();
        while level.count < self.most {
            let Some((name, raw)) = map.next_entry::<String, &'a RawValue>()? else { return Ok(level) };
            let at = within(self.text, self.start, raw.get());
            level.children.push(Child { key: Key::Name(name), at });
            level.count += 1;
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            level.count += 1;
        }
        Ok(level)
    }
}
