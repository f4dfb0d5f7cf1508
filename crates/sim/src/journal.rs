//! The journal: which company it was, and every edit since, one JSON line each, only ever appended.
//!
//! Replaying it gives the world again, ids included, because the company is made from its header and the
//! rules are deterministic. A last line torn by a crash is dropped.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::company::{self, Size};
use crate::world::{Entry, World};

/// What the company was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The form of this file.
    pub version: u32,
    /// The company's seed.
    pub seed: u64,
    /// The company's size.
    pub size: Size,
    /// The moment that the company was made for.
    pub anchor: Timestamp,
}

/// The form that this code writes.
const VERSION: u32 = 1;

/// An open journal.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("the sample's journal cannot be opened: {0}")]
    Io(#[from] io::Error),
    /// A line before the last cannot be understood, or a newer program wrote it.
    #[error("the sample's journal cannot be read at line {line}; reset the sample workspace")]
    Corrupt {
        /// Which line, counted from 1.
        line: usize,
    },
}

impl Journal {
    /// Opens the journal at `path` and rebuilds its world; where there is none, begins one for a company
    /// made from `seed`, `size` and `now`.
    pub(crate) fn open(path: &Path, seed: u64, size: Size, now: Timestamp) -> Result<(Self, World), JournalError> {
        let text = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let (header, entries, good) = read(&text)?;
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let Some(header) = header else {
            file.set_len(0)?;
            let header = Header { version: VERSION, seed, size, anchor: now };
            let mut journal = Self { file };
            journal.line(&header)?;
            return Ok((journal, company::build(seed, size, now)));
        };
        // What follows the last whole line is torn; the next line must not be glued to it.
        file.set_len(good as u64)?;
        let mut world = company::build(header.seed, header.size, header.anchor);
        for (at, entry) in entries.iter().enumerate() {
            if world.apply(entry.by, entry.at, &entry.edit).is_err() {
                return Err(JournalError::Corrupt { line: at + 2 });
            }
        }
        Ok((Self { file }, world))
    }

    /// Adds edits that were made.
    pub(crate) fn append(&mut self, entries: &[Entry]) -> io::Result<()> {
        for entry in entries {
            self.line(entry)?;
        }
        Ok(())
    }

    fn line(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }
}

/// The header, the entries, and the number of bytes in whole lines.
fn read(bytes: &[u8]) -> Result<(Option<Header>, Vec<Entry>, usize), JournalError> {
    let mut header = None;
    let mut entries = Vec::new();
    let mut good = 0;
    for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let Some(whole) = line.strip_suffix(b"\n") else {
            break;
        };
        let wrong = |_| JournalError::Corrupt { line: at + 1 };
        if at == 0 {
            let found: Header = serde_json::from_slice(whole).map_err(wrong)?;
            if found.version != VERSION {
                return Err(JournalError::Corrupt { line: 1 });
            }
            header = Some(found);
        } else {
            entries.push(serde_json::from_slice(whole).map_err(wrong)?);
        }
        good += line.len();
    }
    Ok((header, entries, good))
}
