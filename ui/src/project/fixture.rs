//! Rows for tests.

use contract::{Kind, Pending, ProjectId, RecordingId, Row, Status};
use jiff::Timestamp;

/// A plain active row.
pub(crate) fn row(id: i64, kind: Kind) -> Row {
    Row {
        id: RecordingId(id),
        kind,
        project: ProjectId(1),
        parent: None,
        status: Status::Active,
        title: format!("Row {id}"),
        excerpt: String::new(),
        position: None,
        completed: false,
        completed_at: None,
        starts_on: None,
        due_on: None,
        span: None,
        assignees: Vec::new(),
        creator: None,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        comments: 0,
        steps: (0, 0),
        blocked: false,
        pending: Pending::None,
    }
}
