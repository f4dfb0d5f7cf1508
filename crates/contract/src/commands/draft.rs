//! Inputs of what finds decisions and of what checks drafts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::setup::input;
use crate::{ProjectId, RecordingId};

input! {
    /// Which decisions.
    FindDecisions {
        /// In this project; in all when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// Written on this day or later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// Written on this day or earlier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// At most so many, 1 to 100; 20 when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }
    /// What to check.
    WriteDraft {
        /// What the text is called; at most 200 characters.
        title: String,
        /// 1 to 200.
        sentences: Vec<Sourced>,
    }
    /// A sentence and what it is drawn from.
    Sourced {
        /// One sentence.
        text: String,
        /// Items that say it, at most 20.
        sources: Vec<RecordingId>,
    }
}
