//! What a request is about: items that were spoken of, items that words of a title name, or all that meet conditions. Titles
//! are looked up with tools, so that the record shows it; what is not certain is asked about.

use contract::commands::{FindTasks, Rows, Search, ShowItem};
use contract::{Found, Hit, ItemDetail, Kind, PersonId, ProjectId, RecordingId, Row, Status};
use jiff::civil::Date;

use super::asked::{Asked, phrase, without};
use super::compose;
use super::filter::{self, Filter, Trouble};
use super::followup::{self, Slot};
use super::names::{Fit, Meant, best};
use super::plan::{Next, Scene, call, sorry};
use super::record::Entity;
use super::words::{Word, is_any};

/// An item, as far as a change of it needs to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) id: RecordingId,
    pub(super) kind: Kind,
    pub(super) project: ProjectId,
    pub(super) parent: Option<RecordingId>,
    pub(super) title: String,
    pub(super) completed: bool,
    pub(super) due_on: Option<Date>,
    pub(super) assignees: Vec<PersonId>,
}

/// What kind of task an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    Todo,
    Card,
    Step,
}

impl From<Row> for Piece {
    fn from(row: Row) -> Self {
        let Row { id, kind, project, parent, title, completed, due_on, assignees, .. } = row;
        Self { id, kind, project, parent, title, completed, due_on, assignees }
    }
}

impl Piece {
    /// The piece that a detail shows.
    pub(super) fn of(detail: ItemDetail, excerpt: &str) -> Self {
        let item = detail.item;
        let title = if item.title.is_empty() { excerpt.to_owned() } else { item.title };
        Self {
            id: item.id,
            kind: item.kind,
            project: item.project,
            parent: item.parent,
            title,
            completed: item.completed_at.is_some() || item.completed,
            due_on: item.due_on,
            assignees: item.assignees,
        }
    }

    /// What kind of task it is; `None` when it is none.
    pub(super) fn task(&self) -> Option<Task> {
        [(Kind::Todo, Task::Todo), (Kind::Card, Task::Card), (Kind::Step, Task::Step)]
            .into_iter()
            .find(|(kind, _)| *kind == self.kind)
            .map(|(_, task)| task)
    }

    /// A link to it.
    pub(super) fn link(&self) -> String {
        compose::item(self.id, &self.title)
    }
}

/// Which sort of items a request can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// What is ticked off, still open.
    Open,
    /// What was ticked off.
    Done,
    /// Anything.
    Any,
    /// Anything, in the trash and the archive too.
    PutAway,
}

/// What a request is about.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// These, which were spoken of or are seen.
    Known(Vec<(RecordingId, String)>),
    /// What is called so, in this project when one is given.
    Titled(String, Option<ProjectId>),
    /// All that meet the conditions.
    Filtered(Filter),
}

/// How far the look-up has come.
#[derive(Debug)]
pub(super) enum Look {
    /// It needs this first.
    Next(Next),
    /// These, and the step that comes then.
    Found(Vec<Piece>, usize),
}

const QUANTIFIERS: &str = "everything|all|every|each|any|tasks|to-dos|cards|items|things|overdue|late|unassigned|blocked|open|undated|first|what|whatever|stuff";

/// What the words are about.
///
/// # Errors
/// A question, when they leave something open.
pub(super) fn read(asked: &Asked<'_>, words: &[Word]) -> Result<Target, String> {
    let words = match asked.answer(Slot::Item) {
        Some(given) if words.is_empty() => given.words.list(),
        Some(_) | None => words,
    };
    if words.is_empty() {
        return Err(followup::question(Slot::Item, "Give me words of its title, please.", &[]));
    }
    match asked.pointed(words) {
        Some(Meant::One(item)) => return Ok(Target::Known(vec![item])),
        Some(Meant::Several(items)) => {
            let points_at_one = words.len() == 1 && words.iter().any(|word| is_any(&word.text, "it|this|that"));
            return match items.len() {
                0 => Err(followup::question(Slot::Item, "I cannot tell what you mean by that.", &[])),
                _ if points_at_one => Err(which(&items)),
                _ => Ok(Target::Known(items)),
            };
        }
        Some(Meant::Nothing) => {
            let told = format!("I cannot tell what “{}” is here.", compose::plain(&asked.words.written(words)));
            return Err(followup::question(Slot::Item, &told, &[]));
        }
        None => {}
    }
    let quoted = words.iter().any(|word| word.quoted);
    let counts = words.iter().any(|word| !word.quoted && is_any(&word.text, QUANTIFIERS));
    let owned = words.first().is_some_and(|word| word.owns || is_any(&word.text, "my|her|his|their|our"));
    if !quoted && (counts || owned) {
        match filter::read(asked, words) {
            Ok(filter) if !filter.is_open() || filter.first.is_some() => return Ok(Target::Filtered(filter)),
            Ok(_) => {
                let told = "That would be everything there is. Which ones: whose, in which project, due when?";
                return Err(told.to_owned());
            }
            Err(Trouble::Say(text)) if starts_wide(words) => return Err(text),
            Err(Trouble::Say(_) | Trouble::Other) => {}
        }
    }
    titled(asked, words)
}

/// True when the words begin as a description of many.
fn starts_wide(words: &[Word]) -> bool {
    words.first().is_some_and(|word| {
        word.owns || is_any(&word.text, "everything|all|every|each|what|whatever|any|overdue|unassigned|blocked")
    })
}

/// Words of a title, with the project that follows them.
fn titled(asked: &Asked<'_>, words: &[Word]) -> Result<Target, String> {
    const NOUNS: &str = "to-do|task|card|item|step|message|document|entry|called|named|titled|about";
    if let Some(quoted) = words.iter().find(|word| word.quoted) {
        let at = words.iter().position(|word| word.quoted).map_or(0, |at| at + 1);
        let rest = without(words.get(at..).unwrap_or(&[]), "", "to-do|task|card|item");
        let project = asked.project_at(rest).and_then(|(_, meant)| meant.one());
        return Ok(Target::Titled(asked.words.written(std::slice::from_ref(quoted)), project));
    }
    let mut inner = without(words, "the|my|our|a|an|that|this", "to-do|task|card|item");
    inner = without(inner, NOUNS, "");
    let mut project = None;
    for at in (1..inner.len()).rev() {
        let Some(tail) = inner.get(at..) else { continue };
        let leads = tail.first().is_some_and(|word| !word.quoted && is_any(&word.text, "in|of|from|on"));
        if leads
            && let Some((len, meant)) = asked.project_at(tail)
            && len == tail.len()
            && let Some(found) = meant.one()
        {
            project = Some(found);
            inner = without(inner.get(..at).unwrap_or(inner), "", "to-do|task|card|item");
            break;
        }
    }
    let text = asked.words.written(inner);
    let empty =
        phrase(inner).is_empty() || inner.iter().all(|word| is_any(&word.text, "to-do|task|card|item|the|it|one"));
    if empty {
        return Err(followup::question(Slot::Item, "Give me words of its title, please.", &[]));
    }
    Ok(Target::Titled(text, project))
}

/// Asks which of several items is meant.
fn which(items: &[(RecordingId, String)]) -> String {
    let options: Vec<String> = items.iter().map(|(id, title)| compose::item(*id, title)).collect();
    followup::question(Slot::Which, "", &options)
}

impl Target {
    /// What is said of the look-up.
    pub(super) fn told(&self, scene: &Scene<'_>) -> String {
        match self {
            Self::Known(items) if items.len() == 1 => "I’ll look at it first.".to_owned(),
            Self::Known(items) => format!("I’ll look at those {} items first.", items.len()),
            Self::Titled(text, _) => format!("I’ll look for “{}” first.", compose::plain(text)),
            Self::Filtered(filter) => {
                let state = filter.state(scene.world);
                let what = filter.told(scene.world, true);
                let that = if state.is_empty() { String::new() } else { format!(" that are {state}") };
                format!("I’ll look for {what}{that} first.")
            }
        }
    }

    /// Looks it up, step by step.
    pub(super) fn look(&self, scene: &Scene<'_>, asked: &Asked<'_>, sort: Sort) -> Look {
        match self {
            Self::Known(items) => known(items, scene, self.told(scene)),
            Self::Filtered(filter) => {
                let filter = Filter { done: filter.done || sort == Sort::Done, ..filter.clone() };
                let Some(done) = scene.only(0) else {
                    return Look::Next(Next::one(self.told(scene), &filter.command(scene.today())));
                };
                match done.reply::<Rows>() {
                    Some(rows) => {
                        let rows = filter.keep(rows, scene.world);
                        if rows.is_empty() {
                            let state = filter.state(scene.world);
                            let what = filter.told(scene.world, false);
                            let is = if state.is_empty() {
                                "There is no".to_owned() + " " + &what + "."
                            } else {
                                format!("No {what} is {state}.")
                            };
                            return Look::Next(Next::say(format!("{is} Nothing was changed.")));
                        }
                        Look::Found(rows.into_iter().map(Piece::from).collect(), 1)
                    }
                    None => Look::Next(Next::Say(sorry(done))),
                }
            }
            Self::Titled(text, project) => look_for(text, *project, scene, asked, sort, self.told(scene)),
        }
    }
}

fn known(items: &[(RecordingId, String)], scene: &Scene<'_>, told: String) -> Look {
    if scene.step() == 0 {
        let calls = items.iter().map(|(id, _)| call(&ShowItem { id: *id })).collect();
        return Look::Next(Next::Call(told, calls));
    }
    let pieces = scene
        .done(0)
        .iter()
        .zip(items)
        .filter_map(|(done, (_, title))| done.reply::<ItemDetail>().map(|detail| Piece::of(detail, title)));
    let pieces: Vec<Piece> = pieces.collect();
    match scene.only(0) {
        Some(done) if pieces.is_empty() => Look::Next(Next::Say(sorry(done))),
        Some(_) | None => Look::Found(pieces, 1),
    }
}

/// Looks for a title: among tasks by its words, then everywhere, typing errors overlooked.
fn look_for(
    text: &str,
    project: Option<ProjectId>,
    scene: &Scene<'_>,
    asked: &Asked<'_>,
    sort: Sort,
    told: String,
) -> Look {
    let tasks_first = matches!(sort, Sort::Open | Sort::Done);
    let mut step = 0;
    if tasks_first {
        let find = FindTasks {
            project,
            assignee: None,
            unassigned: false,
            completed: (sort == Sort::Done).then_some(true),
            due_from: None,
            due_to: None,
            blocked: false,
            text: Some(text.to_owned()),
            kinds: vec![Kind::Todo, Kind::Card, Kind::Step],
            limit: Some(50),
        };
        let Some(done) = scene.only(0) else { return Look::Next(Next::one(told, &find)) };
        match done.reply::<Rows>() {
            None => return Look::Next(Next::Say(sorry(done))),
            Some(rows) if !rows.is_empty() => return settle(text, rows, asked, 1),
            Some(_) => step = 1,
        }
    }
    let put_away = sort == Sort::PutAway;
    let kinds = if tasks_first { vec![Kind::Todo, Kind::Card, Kind::Step] } else { Vec::new() };
    let search = Search { query: text.to_owned(), project, person: None, kinds, put_away, limit: Some(50) };
    let Some(done) = scene.only(step) else {
        let told =
            if step == 0 { told } else { "Nothing is called exactly that, so I’ll search more widely.".to_owned() };
        return Look::Next(Next::one(told, &search));
    };
    let Some(found) = done.reply::<Found>() else { return Look::Next(Next::Say(sorry(done))) };
    let rows: Vec<Row> = found
        .hits
        .into_iter()
        .filter_map(|hit| match hit {
            Hit::Item { row, .. } => Some(*row),
            Hit::Project { .. } | Hit::Person { .. } => None,
        })
        .filter(|row| match sort {
            Sort::Open => !row.completed,
            Sort::Done => row.completed,
            Sort::Any => true,
            Sort::PutAway => matches!(row.status, Status::Archived | Status::Trashed),
        })
        .collect();
    if rows.is_empty() {
        let what = match sort {
            Sort::Open => "no open to-do, card or step",
            Sort::Done => "no completed to-do, card or step",
            Sort::Any => "nothing",
            Sort::PutAway => "nothing in the trash or the archive",
        };
        let place = project.map_or(String::new(), |id| format!(" in {}", compose::project(scene.world, id)));
        let text = compose::plain(text);
        return Look::Next(Next::Say(format!("I found {what} called “{text}”{place}. Nothing was changed.")));
    }
    settle(text, rows, asked, step + 1)
}

/// The one that is meant, or a question.
fn settle(text: &str, rows: Vec<Row>, asked: &Asked<'_>, step: usize) -> Look {
    let chosen = asked.chosen(&rows, |row, entity| matches!(entity, Entity::Item(id, _) if *id == row.id));
    if !chosen.is_empty() {
        let pieces = chosen.iter().filter_map(|at| rows.get(*at).cloned()).map(Piece::from).collect();
        return Look::Found(pieces, step);
    }
    let words = super::words::name_words(text);
    let (fit, found) = best(&words, rows.iter(), |row| row.title.as_str());
    match (fit, found.as_slice()) {
        (Some(Fit::Exact | Fit::Whole | Fit::Beginning | Fit::Nearly), [one]) => {
            Look::Found(vec![Piece::from((*one).clone())], step)
        }
        _ => {
            let several = if found.len() > 1 { found } else { rows.iter().collect() };
            let options: Vec<String> = several
                .iter()
                .map(|row| compose::task(asked.world, row, compose::Shows { project: true, people: false }))
                .collect();
            Look::Next(Next::Say(followup::question(Slot::Which, "", &options)))
        }
    }
}
