//! Finds the expressions of a text and what they reach for, in one pass.

use std::collections::HashSet;

use super::{Expression, Reference, Root, Span};
use crate::Key;

/// Words of JavaScript, and what it always has: no step is meant by them.
const WORDS: &[&str] = &[
    "true",
    "false",
    "null",
    "undefined",
    "new",
    "typeof",
    "instanceof",
    "in",
    "of",
    "void",
    "delete",
    "return",
    "if",
    "else",
    "let",
    "const",
    "var",
    "function",
    "async",
    "await",
    "this",
    "NaN",
    "Infinity",
    "Math",
    "JSON",
    "Date",
    "Object",
    "Array",
    "String",
    "Number",
    "Boolean",
    "RegExp",
    "Map",
    "Set",
    "Intl",
    "BigInt",
    "Symbol",
    "Promise",
    "Error",
    "console",
    "globalThis",
    "encodeURIComponent",
    "decodeURIComponent",
    "parseInt",
    "parseFloat",
];

/// Every expression of a text, in order.
#[must_use]
pub fn expressions(text: &str) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        let expression = Scanner::new(text, start + 2).run(start);
        from = expression.span.end.max(start + 2);
        found.push(expression);
    }
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Round,
    Square,
    Curly,
    /// A `${ … }` in a template text.
    Hole,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    inner: usize,
    open: Vec<Open>,
    references: Vec<Reference>,
    /// Parameters of arrow functions.
    locals: HashSet<&'t str>,
    /// The last letter that is not space.
    before: u8,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, inner: usize) -> Self {
        Self { text, at: inner, inner, open: Vec::new(), references: Vec::new(), locals: HashSet::new(), before: b' ' }
    }

    fn run(mut self, start: usize) -> Expression {
        let fault = loop {
            let Some(byte) = self.byte(self.at) else {
                break Some("`{{` is never closed. Add `}}` where the expression ends.".to_owned());
            };
            if byte == b'}' && self.open.is_empty() {
                if self.byte(self.at + 1) == Some(b'}') {
                    break None;
                }
                break Some("There is a `}` too many in the expression. Take it out.".to_owned());
            }
            if let Err(fault) = self.step(byte) {
                break Some(fault);
            }
            if !byte.is_ascii_whitespace() {
                self.before = byte;
            }
        };
        let end = match &fault {
            None => self.at,
            Some(_) => {
                let rest = self.text.get(self.inner..).unwrap_or_default();
                rest.find("}}").map_or(self.text.len(), |at| self.inner + at)
            }
        };
        let inner = Span { start: self.inner, end };
        let fault = match fault {
            None if inner.of(self.text).trim().is_empty() => {
                Some("The expression is empty. Choose a value, or delete it.".to_owned())
            }
            other => other,
        };
        let Self { mut references, locals, text, .. } = self;
        references.retain(|reference| reference.span.end <= end);
        references.retain(|reference| reference.step().is_none_or(|name| !locals.contains(name)));
        let span = Span { start, end: (end + 2).min(text.len()) };
        Expression { span, inner, references, fault }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Goes over what begins here.
    fn step(&mut self, byte: u8) -> Result<(), String> {
        match byte {
            b'\'' | b'"' => {
                self.at =
                    quoted_end(self.text, self.at).ok_or("A quotation in the expression is never closed. Close it.")?;
            }
            b'`' => {
                self.at += 1;
                self.template()?;
            }
            b'(' => self.opens(Open::Round),
            b'[' => self.opens(Open::Square),
            b'{' => self.opens(Open::Curly),
            b')' => self.closes(Open::Round)?,
            b']' => self.closes(Open::Square)?,
            b'}' if self.open.last() == Some(&Open::Hole) => {
                self.open.pop();
                self.at += 1;
                self.template()?;
            }
            b'}' => self.closes(Open::Curly)?,
            b'0'..=b'9' => {
                while self.byte(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'.') {
                    self.at += 1;
                }
            }
            _ if is_letter(byte) => self.word(),
            _ => self.at += 1,
        }
        Ok(())
    }

    fn opens(&mut self, open: Open) {
        self.open.push(open);
        self.at += 1;
    }

    fn closes(&mut self, open: Open) -> Result<(), String> {
        if self.open.pop() != Some(open) {
            return Err("The brackets in the expression do not match. Close each one that is opened.".to_owned());
        }
        self.at += 1;
        Ok(())
    }

    /// Within a template text: up to its end, or to the next hole in it.
    fn template(&mut self) -> Result<(), String> {
        loop {
            match (self.byte(self.at), self.byte(self.at + 1)) {
                (Some(b'`'), _) => {
                    self.at += 1;
                    return Ok(());
                }
                (Some(b'$'), Some(b'{')) => {
                    self.open.push(Open::Hole);
                    self.at += 2;
                    return Ok(());
                }
                (Some(b'\\'), _) => self.at += 2,
                (Some(_), _) => self.at += 1,
                (None, _) => return Err("A quotation in the expression is never closed. Close it.".to_owned()),
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let end = word_end(self.text, start);
        self.at = end;
        let word = self.text.get(start..end).unwrap_or_default();
        let is_spread = self.text.get(..start).is_some_and(|before| before.trim_end().ends_with("..."));
        let behind = space_end(self.text, end);
        let is_member = self.before == b'.' && !is_spread;
        let is_key = self.byte(behind) == Some(b':')
            && matches!(self.before, b'{' | b',')
            && self.open.last() == Some(&Open::Curly);
        let is_call = self.byte(behind) == Some(b'(');
        if self.text.get(behind..).is_some_and(|rest| rest.starts_with("=>")) {
            self.locals.insert(word);
            return;
        }
        if is_member || is_key || is_call || WORDS.contains(&word) {
            return;
        }
        let name = Span { start, end };
        let (mut path, mut ends, mut at) = (Vec::new(), Vec::new(), end);
        while let Some((key, next)) = accessor(self.text, at) {
            path.push(key);
            ends.push(next);
            at = next;
        }
        let root = match (word, path.first()) {
            ("connections", Some(Key::Name(id))) => Root::Connection(id.clone()),
            ("variables", Some(Key::Name(id))) => Root::Variable(id.clone()),
            _ => Root::Step(word.to_owned()),
        };
        if root != Root::Step(word.to_owned()) {
            path.remove(0);
            ends.remove(0);
        }
        self.references.push(Reference { root, path, span: Span { start, end: at }, name, ends });
        self.at = at;
    }
}

/// One `.name`, `['name']` or `[0]` at this place, and where it has ended.
pub(super) fn accessor(text: &str, at: usize) -> Option<(Key, usize)> {
    let byte = |at: usize| text.as_bytes().get(at).copied();
    let rest = text.get(at..)?;
    let (at, has_dot) = match rest.strip_prefix("?.").or_else(|| rest.strip_prefix('.')) {
        Some(behind) => (text.len() - behind.len(), true),
        None => (at, false),
    };
    if byte(at) == Some(b'[') {
        let start = space_end(text, at + 1);
        if matches!(byte(start), Some(b'\'' | b'"')) {
            let end = quoted_end(text, start)?;
            let close = space_end(text, end);
            let name = unquote(text.get(start + 1..end - 1)?);
            return (byte(close) == Some(b']')).then_some((Key::Name(name), close + 1));
        }
        let end = start + text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
        let index = text.get(start..end)?.parse().ok()?;
        let close = space_end(text, end);
        return (byte(close) == Some(b']')).then_some((Key::Index(index), close + 1));
    }
    if !has_dot || !byte(at).is_some_and(is_letter) {
        return None;
    }
    let end = word_end(text, at);
    // A method is called on the value: it is not a part of it.
    let is_call = byte(space_end(text, end)) == Some(b'(');
    (!is_call).then(|| (Key::Name(text.get(at..end).unwrap_or_default().to_owned()), end))
}

pub(super) fn word_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_letter(**byte) || byte.is_ascii_digit()).count()
}

fn space_end(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Behind the quotation that begins at `at`.
fn quoted_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mark = *bytes.get(at)?;
    let mut at = at + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// Every byte of a letter beyond ASCII counts as one.
pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn unquote(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}
