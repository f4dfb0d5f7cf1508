//! Decisions that were written down, and drafts that are checked against what they are drawn from.

use std::collections::HashMap;

use contract::commands::{FindDecisions, Sourced, WriteDraft};
use contract::{Decided, Draft, Dropped, Fault, Kind, PersonId, ProjectId, Proven, RecordingId, Row, Span};
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{ItemText, Store, TextsWith};

use self::proof::{Facts, Names, Source, prove};
use super::read::{known_project, limit, zone};
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

mod claims;
mod decisions;
mod proof;

/// Where people write what they decided.
const WRITTEN: &[Kind] = &[Kind::Message, Kind::Comment, Kind::Document, Kind::Answer, Kind::ChatLine];
/// So many texts that have the words are read, the latest first.
const READ: u32 = 5_000;
/// So many at once.
const AT_ONCE: usize = 100;
/// So many sentences a draft has at most.
const SENTENCES: usize = 200;
/// So many sources a sentence names at most.
const SOURCES: usize = 20;
/// So many characters a sentence has at most.
const SENTENCE: usize = 2_000;
/// So many characters a title has at most.
const TITLE: usize = 200;

impl Handle<FindDecisions> for Ask<'_> {
    async fn handle(&self, input: FindDecisions) -> Result<Vec<Decided>, Fault> {
        let most = limit(input.limit, 20, 100)? as usize;
        let settings = self.engine.0.app.settings().await.into_fault()?;
        if let (Some(from), Some(to)) = (input.from, input.to)
            && to < from
        {
            return Err(Fault::invalid("to", format!("The days would end on {to}, before they begin on {from}.")));
        }
        let zone = zone(&settings);
        let from = input.from.map(|day| start(day, &zone, "from")).transpose()?;
        let before = input.to.map(|day| day_after(day).and_then(|day| start(day, &zone, "to"))).transpose()?;
        let desk = self.desk().await?;
        if let Some(project) = input.project {
            known_project(&desk.store, project).await?;
        }
        let wanted = TextsWith {
            phrases: &decisions::PHRASES,
            kinds: WRITTEN,
            project: input.project,
            from,
            before,
            limit: READ,
        };
        let ids = desk.store.texts_with(wanted).await.into_fault()?;
        let mut found = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let texts = desk.store.texts(some).await.into_fault()?;
            for text in some.iter().filter_map(|id| texts.get(id)) {
                let title = Some(text.title.clone()).filter(|title| !title.is_empty());
                let lines: Vec<String> = title.into_iter().chain(text.lines()).collect();
                found.extend(decisions::decisions(&lines).into_iter().map(|quote| Decided {
                    quote,
                    item: text.row.clone(),
                    author: text.row.creator,
                    at: text.row.created_at,
                }));
            }
            if found.len() >= most {
                break;
            }
        }
        found.truncate(most);
        Ok(found)
    }
}

fn start(day: Date, zone: &TimeZone, field: &str) -> Result<Timestamp, Fault> {
    let start = day.to_zoned(zone.clone()).map_err(|_| at_the_end(day, field))?;
    Ok(start.timestamp())
}

fn day_after(day: Date) -> Result<Date, Fault> {
    day.checked_add(1.day()).map_err(|_| at_the_end(day, "to"))
}

fn at_the_end(day: Date, field: &str) -> Fault {
    Fault::invalid(field, format!("{day} lies at the end of the calendar."))
}

impl Handle<WriteDraft> for Ask<'_> {
    async fn handle(&self, input: WriteDraft) -> Result<Draft, Fault> {
        let title = well_formed(&input)?.to_owned();
        let settings = self.engine.0.app.settings().await.into_fault()?;
        let zone = zone(&settings);
        let today = self.engine.now().to_zoned(zone.clone()).date();
        let desk = self.desk().await?;
        let account = Account::read(&desk.store).await?;
        let mut asked: Vec<RecordingId> = input.sentences.iter().flat_map(|one| one.sources.iter().copied()).collect();
        asked.sort_unstable();
        asked.dedup();
        let texts = desk.store.texts(&asked).await.into_fault()?;
        let mut rows = HashMap::with_capacity(texts.len());
        for (id, text) in texts {
            let row = text.row.clone();
            rows.insert(id, (row, Facts::of(account.source(text, &zone))));
        }
        let mut draft = Draft { title, ..Draft::default() };
        for Sourced { text, sources } in input.sentences {
            let text = text.trim().to_owned();
            match weigh(&text, &sources, &rows, &account.names, today) {
                Ok(sources) => draft.sentences.push(Proven { text, sources }),
                Err(why) => draft.dropped.push(Dropped { text, why }),
            }
        }
        Ok(draft)
    }
}

/// The title, when everything is as it must be.
fn well_formed(input: &WriteDraft) -> Result<&str, Fault> {
    let title = input.title.trim();
    if title.is_empty() || title.chars().count() > TITLE {
        return Err(Fault::invalid("title", format!("A draft's title has 1 to {TITLE} characters.")));
    }
    if input.sentences.is_empty() || input.sentences.len() > SENTENCES {
        let given = input.sentences.len();
        return Err(Fault::invalid("sentences", format!("A draft has 1 to {SENTENCES} sentences; this has {given}.")));
    }
    for (sentence, number) in input.sentences.iter().zip(1..) {
        let (length, sources) = (sentence.text.chars().count(), sentence.sources.len());
        if sentence.text.trim().is_empty() {
            return Err(Fault::invalid("sentences", format!("Sentence {number} is empty. Write it, or leave it out.")));
        }
        if length > SENTENCE {
            let message = format!("Sentence {number} has {length} characters; {SENTENCE} are the most. Divide it.");
            return Err(Fault::invalid("sentences", message));
        }
        if sources > SOURCES {
            let message = format!("Sentence {number} names {sources} sources; {SOURCES} are the most. Divide it.");
            return Err(Fault::invalid("sentences", message));
        }
    }
    Ok(title)
}

/// The sources that there are, each once, when the sentence holds by them; else why not.
fn weigh(
    text: &str,
    sources: &[RecordingId],
    known: &HashMap<RecordingId, (Row, Facts)>,
    names: &Names,
    today: Date,
) -> Result<Vec<Row>, String> {
    let mut rows: Vec<Row> = Vec::new();
    let mut facts = Vec::new();
    for (row, fact) in sources.iter().filter_map(|id| known.get(id)) {
        if rows.iter().all(|there| there.id != row.id) {
            rows.push(row.clone());
            facts.push(fact);
        }
    }
    if let ([], Some(missing)) = (rows.as_slice(), sources.first()) {
        return Err(format!("Its source {missing} is no item of this workspace."));
    }
    prove(text, &facts, names, today)?;
    Ok(rows)
}

/// The names of the account.
struct Account {
    people: HashMap<PersonId, String>,
    projects: HashMap<ProjectId, String>,
    names: Names,
}

impl Account {
    async fn read(store: &Store) -> Result<Self, Fault> {
        let people = store.people().await.into_fault()?;
        let projects = store.known_projects().await.into_fault()?;
        let names = Names::of(people.iter().map(|one| one.name.as_str()), projects.iter().map(|one| one.name.as_str()));
        Ok(Self {
            people: people.into_iter().map(|one| (one.id, one.name)).collect(),
            projects: projects.into_iter().map(|one| (one.id, one.name)).collect(),
            names,
        })
    }

    /// What an item says of itself, with days and times as the person counts them.
    fn source(&self, of: ItemText, zone: &TimeZone) -> Source {
        let ItemText { row, title, body, completer, .. } = of;
        let mut instants = vec![row.created_at, row.updated_at];
        instants.extend(row.completed_at);
        let mut days: Vec<Date> = row.starts_on.into_iter().chain(row.due_on).collect();
        match row.span {
            Some(Span::Days { from, to }) => days.extend([from, to]),
            Some(Span::Hours { from, to }) => instants.extend([from, to]),
            None => {}
        }
        let zoned = instants.into_iter().map(|at| at.to_zoned(zone.clone()));
        let (more, times): (Vec<Date>, Vec<(i8, i8)>) = zoned.map(|at| (at.date(), (at.hour(), at.minute()))).unzip();
        days.extend(more);
        let people = row.assignees.iter().copied().chain(row.creator).chain(completer);
        Source {
            id: row.id,
            project: row.project,
            title,
            text: body,
            project_name: self.projects.get(&row.project).cloned().unwrap_or_default(),
            people: people.filter_map(|id| Some((id, self.people.get(&id)?.clone()))).collect(),
            days,
            times,
            comments: row.comments,
        }
    }
}
