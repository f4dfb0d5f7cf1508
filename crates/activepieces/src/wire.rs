//! Reads what the server says without being strict: it leaves out, adds, and writes null where its own description says
//! otherwise.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Fault;

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What to ask the next page with; `None` on the last.
    pub next: Option<String>,
    /// What to ask the page before with.
    pub previous: Option<String>,
    /// How many items could not be read and were left out.
    pub unread: usize,
}

/// Asks for page after page, and returns what is on all of them: at most so many items.
///
/// # Errors
/// What a page may meet; [`Fault::Unreadable`] when the pages lead in a circle, as they do when a server passes over the
/// place that it is asked to go on from.
pub async fn gather<T, F>(most: usize, mut ask: impl FnMut(Option<String>) -> F) -> Result<Vec<T>, Fault>
where
    F: Future<Output = Result<Page<T>, Fault>>,
{
    let mut items = Vec::new();
    let mut seen = HashSet::new();
    let mut cursor = None;
    loop {
        let page = ask(cursor).await?;
        items.extend(page.items);
        if items.len() >= most {
            items.truncate(most);
            return Ok(items);
        }
        match page.next {
            None => return Ok(items),
            Some(next) if seen.insert(next.clone()) => cursor = Some(next),
            Some(_) => return Err(Fault::unreadable("its pages lead in a circle")),
        }
    }
}

/// A value of the expected type, or its default when there is null or something else.
pub(crate) fn lenient<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| {
        // The place of an error is told, its words are not: they may quote the answer.
        Fault::unreadable(format!("at line {} column {}", error.line(), error.column()))
    })
}

/// A page, or a plain list, of which every item that can be read is read.
pub(crate) fn page<T>(text: &str, item: impl Fn(&RawValue) -> Option<T>) -> Result<Page<T>, Fault> {
    #[derive(Deserialize)]
    struct Seek<'t> {
        #[serde(borrow)]
        data: Vec<&'t RawValue>,
        #[serde(default, deserialize_with = "lenient")]
        next: Option<String>,
        #[serde(default, deserialize_with = "lenient")]
        previous: Option<String>,
    }
    let seek: Seek<'_> = if text.trim_start().starts_with('[') {
        Seek { data: read_borrowed(text)?, next: None, previous: None }
    } else {
        read_borrowed(text)?
    };
    let all = seek.data.len();
    let items: Vec<T> = seek.data.into_iter().filter_map(item).collect();
    let unread = all - items.len();
    if unread > 0 {
        tracing::warn!(unread, "items of a list could not be read");
    }
    Ok(Page { items, next: seek.next.filter(|next| !next.is_empty()), previous: seek.previous, unread })
}

/// A page of plain items.
pub(crate) fn plain_page<T: DeserializeOwned>(text: &str) -> Result<Page<T>, Fault> {
    page(text, |raw| serde_json::from_str(raw.get()).ok())
}

fn read_borrowed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::unreadable(format!("at line {} column {}", error.line(), error.column())))
}
