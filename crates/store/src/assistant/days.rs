//! How often the assistant asked, day by day.

use contract::ApprovalDay;
use futures::TryStreamExt as _;
use jiff::tz::TimeZone;

use super::calls::CallDecided;
use crate::columns::{instant, read_word};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// The last so many days on which anything was decided, newest first, as days of a zone. A call counts on the day of its
    /// decision, one that ran unasked on the day it was made. Calls of conversations that were deleted are not counted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn approval_days(&self, zone: &TimeZone, most: u32) -> Result<Vec<ApprovalDay>> {
        let mut days: Vec<ApprovalDay> = Vec::new();
        let mut rows = sqlx::query(
            "select coalesce(decided_at, made_at) as at, decision from agent_call where decision is not null
             order by coalesce(decided_at, made_at) desc",
        )
        .fetch(&self.inner.readers);
        while let Some(row) = rows.try_next().await? {
            let date = instant(&row, "at")?.to_zoned(zone.clone()).date();
            if days.last().is_none_or(|day| day.date != date) {
                if days.len() >= most as usize {
                    break;
                }
                days.push(ApprovalDay { date, allowed: 0, denied: 0, unasked: 0 });
            }
            let Some(day) = days.last_mut() else { break };
            let of = match read_word(&row, "decision")? {
                CallDecided::Allowed => &mut day.allowed,
                CallDecided::Denied => &mut day.denied,
                CallDecided::Unasked => &mut day.unasked,
            };
            *of += 1;
        }
        Ok(days)
    }
}
