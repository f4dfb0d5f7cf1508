//! New values for a recording's fields, and the events that tell of them.

use jiff::Timestamp;

use super::World;
use super::apply::{Noted, required, title_field};
use super::edit::{Fields, Refusal};
use super::kind::{Kind, Status};
use super::record::{Detail, Recording, Span};

impl World {
    pub(crate) fn update(&mut self, by: i64, at: Timestamp, id: i64, fields: &Fields) -> Result<(), Refusal> {
        let Some(before) = self.recordings.get(&id).cloned() else {
            return Err(Refusal::NotFound);
        };
        if let Err(refusal) = self.fill(id, fields) {
            self.recordings.insert(id, before);
            return Err(refusal);
        }
        let Some(after) = self.recordings.get_mut(&id) else {
            return Err(Refusal::NotFound);
        };
        if *after == before {
            return Ok(());
        }
        after.updated_at = at;
        let after = after.clone();
        for (action, more) in what_changed(&before, &after) {
            self.note(by, at, id, action, more);
        }
        Ok(())
    }

    /// Writes the fields into the recording without telling anybody.
    pub(crate) fn fill(&mut self, id: i64, fields: &Fields) -> Result<(), Refusal> {
        let Some(found) = self.recordings.get(&id) else {
            return Err(Refusal::NotFound);
        };
        let kind = found.kind;
        let members = self.members(found.project);
        // Basecamp drops people without access from an assignment and says nothing.
        let known = |ids: &[i64]| -> Vec<i64> {
            let mut kept = Vec::new();
            for id in ids {
                if members.contains(id) && !kept.contains(id) {
                    kept.push(*id);
                }
            }
            kept
        };
        let assignees = fields.assignees.as_deref().map(known);
        let subscribers = fields.subscribers.as_deref().map(known);
        let participants = fields.participants.as_deref().map(known);
        if let Some(title) = &fields.title {
            required(title_field(kind), title)?;
        }
        if let Some(body) = &fields.body
            && matches!(kind, Kind::Comment | Kind::Answer)
        {
            required("content", body)?;
        }
        let Some(found) = self.recordings.get_mut(&id) else {
            return Err(Refusal::NotFound);
        };
        if let Some(title) = &fields.title {
            found.title.clone_from(title);
        }
        if let Some(body) = &fields.body {
            found.body.clone_from(body);
        }
        if let Some(change) = fields.starts_on {
            found.starts_on = change.date();
        }
        if let Some(change) = fields.due_on {
            found.due_on = change.date();
        }
        if let (Some(first), Some(last)) = (found.starts_on, found.due_on)
            && first > last
        {
            return Err(Refusal::Invalid { field: "due_on", problem: "can't be before the start date" });
        }
        if let Some(people) = assignees {
            found.assignees = people;
        }
        if let Some(people) = subscribers {
            found.subscribers = people;
        }
        if let Some(seen) = fields.visible_to_clients {
            found.visible_to_clients = seen;
        }
        if fields.draft == Some(false) && found.own_status == Status::Drafted {
            found.own_status = Status::Active;
        }
        fill_detail(&mut found.detail, fields, participants)
    }
}

fn fill_detail(detail: &mut Detail, fields: &Fields, people: Option<Vec<i64>>) -> Result<(), Refusal> {
    match detail {
        Detail::Plain | Detail::Answer { .. } => {}
        Detail::Message { category } => {
            if let Some(chosen) = fields.category {
                *category = (chosen != 0).then_some(chosen);
            }
        }
        Detail::Upload { filename, content_type, byte_size, .. } => {
            if let Some((name, mime, size)) = &fields.file {
                filename.clone_from(name);
                content_type.clone_from(mime);
                *byte_size = *size;
            }
        }
        Detail::Entry { span, participants, join_url, highlighted } => {
            if let Some(chosen) = fields.span {
                if backwards(chosen) {
                    return Err(Refusal::Invalid { field: "ends_at", problem: "can't be before the start" });
                }
                *span = chosen;
            }
            if let Some(people) = people {
                *participants = people;
            }
            if let Some(link) = &fields.join_url {
                *join_url = (!link.is_empty()).then(|| link.clone());
            }
            if let Some(marked) = fields.highlighted {
                *highlighted = marked;
            }
        }
        Detail::Question { paused, .. } => {
            if let Some(rest) = fields.paused {
                *paused = rest;
            }
        }
        Detail::Column { color } => {
            if let Some(chosen) = &fields.color {
                *color = (!chosen.is_empty()).then(|| chosen.clone());
            }
        }
        Detail::Timesheet { date, hours, person } => {
            if let Some(day) = fields.date {
                *date = day;
            }
            if let Some(spent) = &fields.hours {
                required("hours", spent)?;
                hours.clone_from(spent);
            }
            if let Some(whose) = fields.person {
                *person = whose;
            }
        }
    }
    Ok(())
}

fn backwards(span: Span) -> bool {
    match span {
        Span::Days(first, last) => first > last,
        Span::Times(start, end) => start > end,
    }
}

/// The actions that tell the difference between two states of a recording, in Basecamp's words.
fn what_changed(before: &Recording, after: &Recording) -> Vec<(&'static str, Noted)> {
    let mut told = Vec::new();
    let mut tell = |action| told.push((action, Noted::default()));
    if before.own_status != after.own_status {
        tell("active");
    }
    if before.title != after.title {
        tell(if matches!(after.kind, Kind::Todo | Kind::Line) {
            "content_changed"
        } else if after.kind == Kind::Message {
            "subject_changed"
        } else {
            "title_changed"
        });
    }
    if before.body != after.body {
        tell(if after.kind == Kind::Todo || after.kind == Kind::Todolist {
            "description_changed"
        } else {
            "content_changed"
        });
    }
    if (before.due_on, before.starts_on) != (after.due_on, after.starts_on) {
        tell(if after.kind == Kind::Card {
            "due_on_changed"
        } else if before.due_on.is_none() {
            "scheduled"
        } else if after.due_on.is_none() {
            "unscheduled"
        } else {
            "rescheduled"
        });
    }
    if before.detail != after.detail {
        tell(if after.kind == Kind::ScheduleEntry { "rescheduled" } else { "updated" });
    }
    if before.assignees != after.assignees {
        let without = |from: &[i64], other: &[i64]| -> Vec<i64> {
            from.iter().copied().filter(|id| !other.contains(id)).collect()
        };
        told.push((
            "assignment_changed",
            Noted {
                added: without(&after.assignees, &before.assignees),
                removed: without(&before.assignees, &after.assignees),
                columns: None,
            },
        ));
    }
    told
}
