//! How a secret is cut to fit a keyring entry. Windows' credential manager takes at most 2560 bytes in one.
//!
//! The head entry either holds the whole value after `=`, or says after `+` how many parts follow and under which tag.
//! Parts are written under a fresh tag before the head changes, so a reader meets the old value or the new one.

use zeroize::Zeroizing;

/// The bytes that every keyring accepts in one entry.
pub(super) const MOST: usize = 2560;
const WHOLE: u8 = b'=';
const CUT: u8 = b'+';
/// More parts than this was never written by us (64 parts are 160 KB).
const MOST_PARTS: usize = 64;

/// The longest value we keep, in bytes.
pub(super) const MOST_VALUE: usize = MOST * MOST_PARTS;

/// What a head entry says.
pub(super) enum Head {
    /// The value itself.
    Whole(Vec<u8>),
    /// The value is in this many entries under this tag.
    Cut { tag: String, count: usize },
}

/// Reads a head entry; `None` when we did not write it.
pub(super) fn read_head(bytes: &[u8]) -> Option<Head> {
    match bytes.split_first()? {
        (&WHOLE, rest) => Some(Head::Whole(rest.to_vec())),
        (&CUT, rest) => {
            let (count, tag) = std::str::from_utf8(rest).ok()?.split_once(' ')?;
            let count = count.parse().ok().filter(|n| (1..=MOST_PARTS).contains(n))?;
            Some(Head::Cut { tag: tag.to_owned(), count })
        }
        _ => None,
    }
}

/// The head entry for a value that fits in one.
pub(super) fn whole(value: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    (value.len() < MOST).then(|| {
        let mut head = Zeroizing::new(Vec::with_capacity(value.len() + 1));
        head.push(WHOLE);
        head.extend_from_slice(value);
        head
    })
}

/// The head entry for a value in `count` parts.
pub(super) fn cut(tag: &str, count: usize) -> Vec<u8> {
    let mut head = vec![CUT];
    head.extend_from_slice(format!("{count} {tag}").as_bytes());
    head
}

/// The pieces of a long value; `None` when it is longer than we ever keep.
pub(super) fn pieces(value: &[u8]) -> Option<Vec<&[u8]>> {
    let pieces: Vec<_> = value.chunks(MOST).collect();
    (pieces.len() <= MOST_PARTS).then_some(pieces)
}

/// The keyring name of one part. `#` cannot occur in a secret's own name.
pub(super) fn part_name(name: &str, tag: &str, index: usize) -> String {
    format!("{name}#{tag}.{index}")
}
