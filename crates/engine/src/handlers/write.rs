//! What changes Basecamp: done here at once, in one change set, and queued to be sent.
//!
//! Handlers know the rules that show at once (a card in the done column is done); whether Basecamp agrees is found out when
//! the edit is sent.

mod cards;
mod items;
mod lists;
mod posts;
mod projects;
mod todos;

pub(super) use projects::project_steps;

use contract::{Code, Fault, Kind, PersonId, ProjectId, Recording, RecordingId, Row, Span, Status, Written};
use jiff::civil::Date;
use store::Tx;

use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::router::Ask;
use crate::trial::Trial;

/// Longer titles are refused: Basecamp cuts them without a word.
const TITLE_LIMIT: usize = 10_000;

/// One edit in the making: a transaction of one workspace.
struct Draft<'a> {
    trial: Option<&'a Trial>,
    /// What it is noted under, so that it is not done again.
    once: Option<&'a str>,
    desk: std::sync::Arc<Desk>,
    tx: Tx,
    me: Option<PersonId>,
}

impl<'a> Ask<'a> {
    async fn draft(&self) -> Result<Draft<'a>, Fault> {
        let desk = self.desk().await?;
        let me = desk.store.me().await.into_fault()?;
        let tx = match self.trial.and_then(Trial::take) {
            Some(tx) => tx,
            None => {
                let mut tx = desk.store.begin(&self.actor(), "").await.into_fault()?;
                tx.called(self.command, self.input);
                tx
            }
        };
        Ok(Draft { trial: self.trial, once: self.once, desk, tx, me })
    }
}

impl Draft<'_> {
    /// The item, when it is there and of one of these kinds.
    async fn item(&mut self, id: RecordingId, kinds: &[Kind]) -> Result<Recording, Fault> {
        let id = self.desk.store.resolve_id(id).await.into_fault()?;
        let found = self.tx.get(id).await.into_fault()?;
        let item = found
            .filter(|item| item.status != Status::Gone)
            .ok_or_else(|| Fault::new(Code::NotFound, format!("There is no item {id} in this workspace.")))?;
        if kinds.is_empty() || kinds.contains(&item.kind) {
            return Ok(item);
        }
        let wanted = kinds.iter().map(|kind| noun(*kind)).collect::<Vec<_>>().join(" or ");
        let message = format!("“{}” is a {}; this needs a {wanted}.", item.title, noun(item.kind));
        Err(Fault::invalid("id", message))
    }

    /// What an item is to be put into: of one of these kinds, and in use.
    async fn place(&mut self, field: &str, id: RecordingId, kinds: &[Kind]) -> Result<Recording, Fault> {
        let place = self.item(id, kinds).await.map_err(|fault| {
            if fault.code == Code::Invalid { Fault { field: Some(field.into()), ..fault } } else { fault }
        })?;
        if place.status == Status::Active {
            return Ok(place);
        }
        let message =
            format!("“{}” is {}. Restore it first, or choose another place.", place.title, place.status.wire());
        Err(Fault::invalid(field, message))
    }

    /// A record that exists here only, until Basecamp names it.
    async fn blank(&mut self, kind: Kind, project: ProjectId, parent: RecordingId) -> Result<Recording, Fault> {
        let now = self.desk.now();
        Ok(Recording {
            id: self.tx.next_local_id().await.into_fault()?,
            kind,
            project,
            parent: Some(parent),
            status: Status::Active,
            title: String::new(),
            body: String::new(),
            position: None,
            completed: false,
            completed_at: None,
            completer: None,
            starts_on: None,
            due_on: None,
            span: None,
            assignees: Vec::new(),
            creator: self.me,
            created_at: now,
            updated_at: now,
            comments: 0,
            app_url: String::new(),
        })
    }

    /// Puts the item last among its open siblings.
    async fn append(&mut self, item: &mut Recording) -> Result<(), Fault> {
        let Some(parent) = item.parent else { return Ok(()) };
        let last = self.ordered(parent, item.kind).await?.last().and_then(|sibling| sibling.position);
        item.position = Some(last.unwrap_or(0) + 1);
        Ok(())
    }

    /// The items of a kind in a place that count for positions, in order.
    async fn ordered(&mut self, parent: RecordingId, kind: Kind) -> Result<Vec<Recording>, Fault> {
        let mut siblings = self.tx.siblings(parent).await.into_fault()?;
        siblings.retain(|sibling| {
            sibling.kind == kind && sibling.status == Status::Active && (kind == Kind::Card || !sibling.completed)
        });
        siblings.sort_by_key(|sibling| (sibling.position.unwrap_or(i64::MAX), sibling.id));
        Ok(siblings)
    }

    /// Gives the item a place among its siblings, and the siblings theirs. Only the item itself is sent.
    async fn place_at(&mut self, item: &mut Recording, position: u32) -> Result<(), Fault> {
        let Some(parent) = item.parent else { return Ok(()) };
        let mut others = self.ordered(parent, item.kind).await?;
        others.retain(|sibling| sibling.id != item.id);
        let index = usize::try_from(position.max(1) - 1).unwrap_or(usize::MAX).min(others.len());
        item.position = i64::try_from(index + 1).ok();
        for (at, sibling) in others.iter_mut().enumerate() {
            let shifted = if at < index { at + 1 } else { at + 2 };
            sibling.position = i64::try_from(shifted).ok();
        }
        self.tx.put_derived(others).await.into_fault()
    }

    /// Everyone named is known, and stands once and in order.
    async fn people(&mut self, field: &str, mut people: Vec<PersonId>) -> Result<Vec<PersonId>, Fault> {
        people.sort_unstable();
        people.dedup();
        let known = self.desk.store.people().await.into_fault()?;
        match people.iter().find(|person| known.iter().all(|known| known.id != **person)) {
            Some(stranger) => Err(Fault::invalid(field, format!("There is no person {stranger} in this account."))),
            None => Ok(people),
        }
    }

    /// Writes the item, queues it, and commits.
    async fn send(mut self, summary: String, item: Recording, notify: &[PersonId]) -> Result<Written, Fault> {
        let (id, assignees) = (item.id, item.assignees.clone());
        // What was never sent and goes into the trash leaves nothing behind: then this is how it was.
        let last = self.tx.row(id).await.into_fault()?.map(|row| Row { status: item.status, ..row });
        self.tx.put_remote(item, notify).await.into_fault()?;
        // Read before others can: once it is committed, it may be sent and be called otherwise at any moment.
        let row = self.tx.row(id).await.into_fault()?.or_else(|| last.clone());
        let item = row.ok_or_else(|| Fault::new(Code::Internal, "What was written cannot be read back. Try again."))?;
        if let Some(trial) = self.trial {
            let told: Vec<_> = newly_assigned(last.as_ref(), assignees).chain(notify.iter().copied()).collect();
            trial.done(self.tx, summary, told.into_iter().filter(|person| Some(*person) != self.me));
            return Ok(Written { set: None, changes: Vec::new(), item });
        }
        self.tx.summarise(summary);
        let written = Written { set: self.tx.set_so_far(), changes: self.tx.changes().to_vec(), item };
        if let Some(key) = self.once {
            self.tx.done_once(key, &reply_text(&written)?).await.into_fault()?;
        }
        self.tx.commit().await.into_fault()?;
        if !written.changes.is_empty() {
            self.desk.wake_sender();
        }
        Ok(written)
    }
}

/// A reply as it crosses to whoever called.
fn reply_text<T: serde::Serialize>(reply: &T) -> Result<String, Fault> {
    serde_json::to_string(reply).map_err(|why| Fault::new(Code::Internal, format!("It could not be written: {why}.")))
}

/// Who is told by Basecamp that it is theirs.
fn newly_assigned(before: Option<&Row>, after: Vec<PersonId>) -> impl Iterator<Item = PersonId> {
    let before = before.map(|row| row.assignees.clone()).unwrap_or_default();
    after.into_iter().filter(move |person| !before.contains(person))
}

fn title(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::invalid("title", "A title is needed: a few words that say what it is."));
    }
    if text.chars().count() > TITLE_LIMIT {
        return Err(Fault::invalid(
            "title",
            format!("The title is longer than {TITLE_LIMIT} characters. Put the rest into the notes."),
        ));
    }
    Ok(text.to_owned())
}

fn dates(item: &Recording) -> Result<(), Fault> {
    match (item.starts_on, item.due_on) {
        (Some(starts), Some(due)) if due < starts => {
            Err(Fault::invalid("due_on", format!("It would be due on {due}, before it starts on {starts}.")))
        }
        (Some(_), None) if item.kind == Kind::Todo => {
            Err(Fault::invalid("due_on", "A to-do with a first day needs a due day too."))
        }
        _ => Ok(()),
    }
}

fn span(span: Span) -> Result<Span, Fault> {
    let backwards = match span {
        Span::Days { from, to } => to < from,
        Span::Hours { from, to } => to < from,
    };
    if backwards {
        return Err(Fault::invalid("span", "It would end before it starts."));
    }
    Ok(span)
}

/// What a person calls it.
pub(super) fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::TodoSet => "to-do set",
        Kind::TodoList => "to-do list",
        Kind::TodoGroup => "to-do group",
        Kind::Todo => "to-do",
        Kind::CardTable => "card table",
        Kind::TriageColumn | Kind::NotNowColumn | Kind::Column | Kind::DoneColumn | Kind::OnHoldColumn => "column",
        Kind::Card => "card",
        Kind::Step => "step",
        Kind::MessageBoard => "message board",
        Kind::Message => "message",
        Kind::Comment => "comment",
        Kind::Vault => "folder",
        Kind::Document => "document",
        Kind::Upload => "file",
        Kind::Schedule => "schedule",
        Kind::ScheduleEntry => "schedule entry",
        Kind::Questionnaire => "set of check-ins",
        Kind::Question => "check-in question",
        Kind::Answer => "check-in answer",
        Kind::Campfire => "chat",
        Kind::ChatLine => "chat line",
        Kind::TimeEntry => "time entry",
    }
}

/// What a day looks like in a summary.
fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "no day".into(), |date| date.to_string())
}

/// A title short enough for a summary.
fn quote(item: &Recording) -> String {
    let words = shortened(&item.title);
    if words.is_empty() { format!("a {}", noun(item.kind)) } else { format!("“{words}”") }
}

/// Words cut to what a summary has room for.
fn shortened(text: &str) -> String {
    let mut words: String = text.chars().take(60).collect();
    if text.chars().nth(60).is_some() {
        words.push('…');
    }
    words
}
