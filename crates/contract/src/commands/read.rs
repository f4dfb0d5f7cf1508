//! Inputs of what reads a workspace, and of what steers its sync.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::setup::input;
use crate::{ChangeId, ChangeSetId, Choice, Kind, PersonId, ProjectId, RecordingId, Status};

input! {
    /// No input.
    ShowDirectory {}
    /// Which project.
    PinProject {
        /// The project.
        id: ProjectId,
        /// Pinned or not.
        pinned: bool,
    }
    /// Which day, and how much of it.
    ShowToday {
        /// The day; the person's today when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
        /// At most so many rows of each list, from 1 to 5000; 500 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// Which project.
    ShowTodoLists {
        /// The project.
        project: ProjectId,
        /// With completed to-dos.
        #[serde(default)]
        completed: bool,
        /// With archived and trashed ones.
        #[serde(default)]
        put_away: bool,
    }
    /// What to find. Every condition that is given must hold.
    FindTasks {
        /// In this project.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// Assigned to this person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<PersonId>,
        /// Assigned to nobody.
        #[serde(default)]
        unassigned: bool,
        /// Ticked off or not; open ones when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        completed: Option<bool>,
        /// Due on this day or later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_from: Option<Date>,
        /// Due on this day or earlier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_to: Option<Date>,
        /// Blocked by its own words.
        #[serde(default)]
        blocked: bool,
        /// Words in the title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// Of these kinds; to-dos and cards when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kinds: Vec<Kind>,
        /// At most so many, 1 to 5000; 200 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// Which project.
    ShowBoards {
        /// The project.
        project: ProjectId,
    }
    /// Which items.
    ListItems {
        /// In this project; in all when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// Directly in this item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<RecordingId>,
        /// Of these kinds; of any when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kinds: Vec<Kind>,
        /// With this status; active when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<Status>,
        /// Made on or after this instant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Timestamp>,
        /// At most so many, 1 to 5000; 500 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// Which item.
    ShowItem {
        /// The item.
        id: RecordingId,
    }
    /// Which activity.
    ListActivity {
        /// In this project; in all when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// By this person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        /// On or after this instant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Timestamp>,
        /// At most so many, 1 to 1000; 100 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// What to search.
    Search {
        /// The words. The last one may be unfinished.
        query: String,
        /// In this project.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// Made by or assigned to this person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        /// Of these kinds; of any when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kinds: Vec<Kind>,
        /// Archived and trashed ones too.
        #[serde(default)]
        put_away: bool,
        /// At most so many, 1 to 200; 30 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// Whose load, and over which days.
    ShowLoad {
        /// The first day; today when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// The last day; the end of the week of the first when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// In this project only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
    }
    /// How far back.
    ListHistory {
        /// Older than this set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<ChangeSetId>,
        /// At most so many, 1 to 500; 50 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// What to take back.
    Undo {
        /// The set; the last one that can be undone when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        set: Option<ChangeSetId>,
        /// What to do about items that someone changed since; refuse and show them when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choice: Option<Choice>,
    }
    /// What to do again.
    Redo {
        /// The set that was undone; the last one when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        set: Option<ChangeSetId>,
        /// What to do about items that someone changed since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choice: Option<Choice>,
    }
    /// No input.
    ListOutbox {}
    /// Which edit.
    RetryOutbox {
        /// The change.
        change: ChangeId,
    }
    /// Which edit.
    DiscardOutbox {
        /// The change.
        change: ChangeId,
    }
    /// How to decide.
    ResolveConflict {
        /// The change.
        change: ChangeId,
        /// Theirs or mine.
        choice: Choice,
    }
    /// No input.
    ShowSync {}
    /// How thorough.
    RunSync {
        /// Compare everything, not only what changed.
        #[serde(default)]
        full: bool,
    }
    /// No input.
    PauseSync {}
    /// No input.
    ResumeSync {}
    /// No input.
    CancelSync {}
    /// Offline or not.
    SetOffline {
        /// True to work offline.
        offline: bool,
    }
}
