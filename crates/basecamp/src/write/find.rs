//! Looking for what a lost create may have made: in the project's newest recordings of the kind, or in the card table, by
//! parent, text, maker and time. A second one is never made while the first can be found.

use basecamp_sdk::routes;
use contract::{Fetched, Kind, Recording, RecordingId, Status};
use jiff::{SignedDuration, Timestamp};

use super::Edit;
use crate::{Api, Trouble, wire};

/// How far Basecamp's clock may be behind ours.
pub(super) const CLOCKS: SignedDuration = SignedDuration::from_mins(10);

/// The recording that the lost request made, if it made one.
pub(super) async fn lost(api: &Api, edit: &Edit, parent: RecordingId) -> Result<Option<Fetched<Recording>>, Trouble> {
    let floor = edit.made_at.checked_sub(CLOCKS).unwrap_or(Timestamp::UNIX_EPOCH);
    // Columns are in no listing but their table's.
    if edit.after.kind == Kind::Column {
        let mut columns = api.card_table(parent).await?.records;
        columns.retain(|column| column.value.kind == Kind::Column && is_it(&column.value, edit, parent, floor));
        return Ok(columns.into_iter().min_by_key(|column| column.value.created_at));
    }
    let mut found = Vec::new();
    for status in [Status::Active, Status::Archived, Status::Trashed] {
        let operation = if edit.after.kind == Kind::ChatLine {
            if status != Status::Active {
                break;
            }
            let mut lines = api.route(&routes::LIST_CAMPFIRE_LINES, &[&parent]);
            lines.query("sort", "created_at").query("direction", "desc");
            lines
        } else {
            let kind = if edit.after.kind == Kind::TodoGroup { Kind::TodoList } else { edit.after.kind };
            let mut recordings = api.route(&routes::LIST_RECORDINGS, &[]);
            recordings.query("type", kind.wire()).query("bucket", edit.after.project);
            recordings.query("status", status.wire());
            recordings.query("sort", "created_at").query("direction", "desc");
            recordings
        };
        let mut page = match api.page(operation).await {
            Err(trouble) if trouble.hides() => continue,
            page => page?,
        };
        loop {
            let batch = wire::recordings(page.rows(), Some(edit.after.kind), Some(edit.after.project));
            // A page on which nothing can be read tells nothing of the lost one, least of all that it is not there.
            if batch.records.is_empty() && !batch.skipped.is_empty() {
                return Err(Trouble::malformed("none of the newest items could be read"));
            }
            let passed = batch.records.iter().any(|record| record.value.created_at < floor);
            found.extend(batch.records.into_iter().filter(|record| is_it(&record.value, edit, parent, floor)));
            if passed {
                break;
            }
            match api.next(&page).await? {
                Some(next) => page = next,
                None => break,
            }
        }
    }
    // Of several alike the oldest: the others were made by later tries of others.
    let oldest = found.into_iter().min_by_key(|record| record.value.created_at);
    match oldest {
        Some(record) if wire::is_generic(&record.raw, record.value.kind) => {
            Ok(Some(api.fetch(record.value.kind, record.value.id).await?))
        }
        other => Ok(other),
    }
}

fn is_it(there: &Recording, edit: &Edit, parent: RecordingId, floor: Timestamp) -> bool {
    let new = &edit.after;
    let same_text =
        there.title.trim() == new.title.trim() && (!new.title.is_empty() || plain(&there.body) == plain(&new.body));
    there.created_at >= floor
        && there.parent.is_none_or(|there| there == parent)
        && (edit.me.is_none() || there.creator.is_none() || there.creator == edit.me)
        && !edit.adopted.contains(&there.id)
        && same_text
}

/// The words of a rich text, so that Basecamp's tidying of the markup makes no difference.
pub(super) fn plain(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                words.push(' ');
            }
            _ if inside => {}
            other => words.push(other),
        }
    }
    let words = words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
