//! What an automation is about: “a card in the website project with “bug” in its title”, “a to-do of mine”.

use contract::{Kind, PersonId, ProjectId, RecordingId};

use crate::builtin::asked::{Asked, without};
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::words::{Word, fold, is_any};
use crate::world::NamedPlace;

/// What kinds of item are called.
const NOUNS: [(&str, &[&str]); 8] = [
    ("to-do|to-dos|task|tasks", &["Todo"]),
    ("card|cards|ticket|tickets", &["Kanban::Card"]),
    ("message|messages|announcement|announcements", &["Message"]),
    ("document|documents|doc|docs", &["Document"]),
    ("file|files|upload|uploads|picture|pictures", &["Upload"]),
    ("event|events|meeting|meetings|appointment|appointments|entry|entries", &["Schedule::Entry"]),
    ("comment|comments", &["Comment"]),
    ("item|items|anything|something|thing|things", &[]),
];

/// What narrows down which items are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) projects: Vec<ProjectId>,
    pub(super) parents: Vec<RecordingId>,
    pub(super) people: Vec<PersonId>,
    pub(super) words: String,
    /// Nobody does it.
    pub(super) unassigned: bool,
    /// What is not certain: a question.
    pub(super) problem: Option<String>,
}

/// The kinds that a noun is for: “a new card”, “my to-do”, “Priya’s task”. What narrows it down goes into the scope.
pub(super) fn kinds(asked: &Asked<'_>, words: &[Word], scope: &mut Scope) -> Option<&'static [&'static str]> {
    let words = peel(asked, words, scope);
    let mut words = without(words, "a|an|any|the|another|some|one|new|of|to|open", "");
    if let Some((first, rest)) = words.split_first()
        && !rest.is_empty()
    {
        let owner = if is_any(&first.text, "my|our") { asked.world.me } else { None };
        let owner = owner.or_else(|| first.owns.then(|| asked.person(std::slice::from_ref(first)).one()).flatten());
        if let Some(owner) = owner {
            scope.people.push(owner);
            words = without(rest, "new|open", "");
        }
    }
    let noun = match words {
        [one] if !one.quoted => one.text.as_str(),
        [schedule, entry] if schedule.text == "schedule" && is_any(&entry.text, "entry|event") => "entry",
        _ => return None,
    };
    NOUNS.iter().find(|(names, _)| is_any(noun, names)).map(|(_, kinds)| *kinds)
}

/// Takes what narrows it down off the end.
pub(super) fn peel<'w>(asked: &Asked<'_>, mut words: &'w [Word], scope: &mut Scope) -> &'w [Word] {
    'again: loop {
        for at in 1..words.len() {
            let (Some(head), Some(clause)) = (words.get(..at), words.get(at..)) else { continue };
            if takes(asked, head, clause, scope) {
                words = head;
                continue 'again;
            }
        }
        return words;
    }
}

fn takes(asked: &Asked<'_>, head: &[Word], clause: &[Word], scope: &mut Scope) -> bool {
    let Some((first, rest)) = clause.split_first().filter(|(first, _)| !first.quoted) else { return false };
    let texts: Vec<&str> = clause.iter().map(|word| if word.quoted { "“" } else { word.text.as_str() }).collect();
    match texts.as_slice() {
        ["without", "an" | "any", "assignee" | "owner"]
        | ["without", "anybody" | "anyone" | "assignee"]
        | ["with", "nobody", "assigned"]
        | ["with", "no", "assignee" | "owner"]
        | ["and", "nobody", "is", "assigned"]
        | ["and", "has", "no", "assignee"]
        | ["that", "nobody", "does" | "has"] => {
            scope.unassigned = true;
            return true;
        }
        ["of", "mine"] => {
            scope.people.extend(asked.world.me);
            return true;
        }
        ["with", _, "in", "its" | "the" | "their", "title" | "name"]
        | ["whose", "title" | "name", "contains" | "has" | "mentions", _]
        | ["that", "mentions", _]
        | ["called" | "named" | "titled", "“"] => {
            let word = if first.text == "with" { rest.first() } else { clause.last() };
            scope.words = word.map(|word| asked.words.written(std::slice::from_ref(word))).unwrap_or_default();
            return true;
        }
        _ => {}
    }
    let before = head.last().map_or("", |word| word.text.as_str());
    if let ["assigned", "to", ..] = texts.as_slice()
        && !is_any(before, "is|are|gets|get|am|been|being")
    {
        return match asked.person(clause.get(2..).unwrap_or(&[])) {
            Meant::One(person) => {
                scope.people.push(person);
                true
            }
            Meant::Several(several) => {
                scope.problem.get_or_insert(asked.which_person(&several));
                true
            }
            Meant::Nothing => false,
        };
    }
    let leads = is_any(&first.text, "in|of|from|within|on")
        || (is_any(&first.text, "to|into") && is_any(before, "added|posted|uploaded|created|written"));
    if !leads || rest.is_empty() {
        return false;
    }
    let last = rest.last().map_or("", |word| word.text.as_str());
    if !is_any(last, "list|column|group|board") {
        match asked.project_at(clause).filter(|(len, _)| *len == clause.len()) {
            Some((_, Meant::One(project))) => {
                scope.projects.push(project);
                return true;
            }
            Some((_, Meant::Several(several))) => {
                scope.problem.get_or_insert(asked.which_project(&several));
                return true;
            }
            Some((_, Meant::Nothing)) | None => {}
        }
    }
    match same_named(asked, rest) {
        Some(Ok(places)) => {
            scope.parents.extend(places);
            true
        }
        Some(Err(question)) => {
            scope.problem.get_or_insert(question);
            true
        }
        None => false,
    }
}

/// The lists or columns of this name, in whichever project; `None` when there is none. The error is a question.
pub(super) fn same_named(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Vec<RecordingId>, String>> {
    let (words, project) = within_project(asked, words);
    let found = asked.places(words, project, is_place);
    let first = found.first()?;
    if found.iter().all(|place| fold(&place.title) == fold(&first.title)) {
        return Some(Ok(found.iter().map(|place| place.id).collect()));
    }
    Some(Err(which_place(asked, &found)))
}

/// The one list or column that is meant.
///
/// # Errors
/// A question, when there is none or several.
pub(super) fn one_place(
    asked: &Asked<'_>,
    words: &[Word],
    is_kind: impl Fn(Kind) -> bool,
    noun: &str,
) -> Result<RecordingId, String> {
    let given = asked.answer(Slot::Place).filter(|given| given.chosen.is_empty());
    let words = given.map_or(words, |given| followup::without_lead(given.words.list()));
    let (bare, project) = within_project(asked, words);
    let project = project.or_else(|| asked.answer(Slot::Project).and_then(|_| asked.current_project()));
    match asked.places(bare, project, is_kind).as_slice() {
        [one] => Ok(one.id),
        [] if words.is_empty() => Err(followup::question(Slot::Place, &format!("Name the {noun}, please."), &[])),
        [] => {
            let called = asked.words.written(without(bare, "the", "list|column"));
            let told = format!("There is no {noun} called “{}”.", compose::plain(&called));
            Err(followup::question(Slot::Place, &told, &[]))
        }
        several => Err(which_place(asked, several)),
    }
}

/// The words without “of the website project” at their end.
fn within_project<'w>(asked: &Asked<'_>, words: &'w [Word]) -> (&'w [Word], Option<ProjectId>) {
    let words = without(words, "the|our|my", "");
    for at in 1..words.len() {
        let (Some(head), Some(tail)) = (words.get(..at), words.get(at..)) else { continue };
        if !tail.first().is_some_and(|word| is_any(&word.text, "of|in|for|from")) {
            continue;
        }
        if let Some((len, Meant::One(project))) = asked.project_at(tail)
            && len == tail.len()
        {
            return (head, Some(project));
        }
    }
    (words, None)
}

fn is_place(kind: Kind) -> bool {
    kind.is_column() || is_list(kind)
}

pub(super) fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::TodoList | Kind::TodoGroup)
}

fn which_place(asked: &Asked<'_>, places: &[&NamedPlace]) -> String {
    let options: Vec<String> = places
        .iter()
        .map(|place| {
            let project = compose::project(asked.world, place.project);
            format!("{} in {project}", compose::item(place.id, &place.title))
        })
        .collect();
    followup::question(Slot::Place, "", &options)
}
