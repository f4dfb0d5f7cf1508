//! Making to-dos and cards: the title first, then in any order where, when and for whom. What is missing is asked for.

use contract::commands::{CreateCard, CreateTodo, PlannedTask};
use contract::{Kind, PersonId, ProjectId, RecordingId, Written};
use jiff::civil::Date;

use super::Capability;
use crate::builtin::asked::{Asked, without};
use crate::builtin::compose::{self, capital};
use crate::builtin::dates::{self, Lean};
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Planned, answer, call, sentence};
use crate::builtin::words::{Word, Words, is_any};
use crate::world::{NamedPlace, World};

pub(super) const TASK: Capability = Capability {
    name: "create a to-do or a card",
    examples: &[
        "Add a to-do “Book the studio” to Launch in the website project, due Friday",
        "Create a card “Dark mode” in In progress",
    ],
    writes: true,
    read,
};

/// The most words of a clause.
const LONGEST: usize = 10;

const PATTERNS: &[&str] = &[
    "create|add|make|new|open a|an|another|the [new] {kind} {rest}",
    "create|add|make|new [new] {kind} {rest}",
    "create|add|make a|an|another|the [new] {kind}",
    "create|add|make|new [new] {kind}",
    "create|add|make {rest}",
];

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let all = fits(asked.core(), PATTERNS);
    let is_kind = |words: &[Word]| matches!(words, [one] if !one.quoted && is_any(&one.text, "to-do|task|card"));
    let quoted_title = |words: &[Word]| {
        words.first().is_some_and(|word| word.quoted)
            && words.get(1).is_some_and(|word| is_any(&word.text, "to|in|into|on|as|for"))
    };
    let gaps = all
        .iter()
        .find(|gaps| is_kind(gaps.get("kind")))
        .or_else(|| all.iter().find(|gaps| !gaps.has("kind") && quoted_title(gaps.get("rest"))))?;
    let card = gaps.get("kind").iter().any(|word| word.text == "card");
    let mut draft = Draft { card, ..Draft::default() };
    let title = draft.peel(asked, gaps.get("rest"));
    let title = without(title, "to|called|named|titled|:|for|that|saying", "");
    let title = match title.split_first() {
        Some((first, _)) if first.quoted => std::slice::from_ref(first),
        Some(_) | None => title,
    };
    let lone =
        title.len() == 1 && title.iter().all(|word| !word.quoted && is_any(&word.text, "to|called|named|titled|:|for"));
    if let Some(problem) = draft.problem {
        return Some(answer(problem));
    }
    let title = match asked.answer(Slot::Title) {
        Some(given) if title.is_empty() || lone => given.words.written(given.words.list()),
        None if title.is_empty() || lone => return Some(answer(followup::question(Slot::Title, "", &[]))),
        Some(_) | None => capital(&asked.words.written(title)),
    };
    let place = match draft.place(asked) {
        Ok(place) => place,
        Err(question) => return Some(answer(question)),
    };
    Some(plan(title, place, draft.due, draft.people, asked))
}

/// A task that belongs to something that is not there yet: its title, and until when and for whom.
///
/// # Errors
/// A question, when a day or a name is not certain.
pub(super) fn planned(asked: &Asked<'_>, words: &[Word]) -> Result<PlannedTask, String> {
    let mut draft = Draft { nowhere: true, ..Draft::default() };
    let title = draft.peel(asked, words);
    let title = without(title, "to-do|task|card|called|named|titled|:", "");
    let title = capital(&asked.words.written(title));
    match draft.problem {
        Some(problem) => Err(problem),
        None if title.is_empty() => {
            Err(format!("What is “{}” to be called? Nothing was changed.", compose::plain(&asked.words.written(words))))
        }
        None => Ok(PlannedTask { title, body: String::new(), due_on: draft.due, assignees: draft.people }),
    }
}

/// “Priya and Tomás”: who they are, when every one of the words belongs to a name. The error is a question.
pub(super) fn people(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Vec<PersonId>, String>> {
    let mut people = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.first() {
        if !people.is_empty() && !first.quoted && first.text == "and" {
            rest = rest.get(1..).unwrap_or(&[]);
        }
        let me = rest.first().filter(|word| !word.quoted && is_any(&word.text, "me|myself"));
        let (len, meant) = match me {
            Some(_) => (1, asked.person(rest.get(..1)?)),
            None => asked.person_at(rest)?,
        };
        match meant {
            Meant::One(person) if people.contains(&person) => {}
            Meant::One(person) => people.push(person),
            Meant::Several(several) => return Some(Err(asked.which_person(&several))),
            Meant::Nothing => return None,
        }
        rest = rest.get(len..).unwrap_or(&[]);
    }
    (!people.is_empty()).then_some(Ok(people))
}

/// What is known of a task besides its title.
#[derive(Debug, Default)]
struct Draft {
    /// It goes nowhere that there is already.
    nowhere: bool,
    card: bool,
    /// The words of its place.
    place: Option<Words>,
    project: Option<ProjectId>,
    due: Option<Date>,
    people: Vec<PersonId>,
    problem: Option<String>,
}

impl Draft {
    /// Takes clauses off the end as long as they are understood; what is left is the title.
    fn peel<'w>(&mut self, asked: &Asked<'_>, mut words: &'w [Word]) -> &'w [Word] {
        'clauses: loop {
            // The longest clause first: “due Friday” before “Friday”.
            for at in words.len().saturating_sub(LONGEST)..words.len() {
                let (Some(head), Some(clause)) = (words.get(..at), words.get(at..)) else { continue };
                if clause.iter().any(|word| word.quoted) {
                    continue;
                }
                if self.takes(asked, clause) {
                    words = head;
                    continue 'clauses;
                }
            }
            return words;
        }
    }

    fn takes(&mut self, asked: &Asked<'_>, clause: &[Word]) -> bool {
        let word = |at: usize| clause.get(at).filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
        let lead = match (word(0), word(1)) {
            ("and", _) => return clause.len() > 1 && self.takes(asked, clause.get(1..).unwrap_or(&[])),
            ("due", "on" | "by" | "for") | ("assigned", "to") => 2,
            ("assign", "it") if word(2) == "to" => 3,
            (
                "due" | "by" | "on" | "for" | "to" | "in" | "into" | "under" | "until" | "before" | "of" | "from"
                | "within",
                _,
            ) => 1,
            _ => 0,
        };
        let rest = clause.get(lead..).unwrap_or(&[]);
        if rest.is_empty() {
            return false;
        }
        let first = word(0);
        let dated = is_any(first, "due|by|on|until|for|before") || lead == 0;
        if dated && self.due.is_none() {
            match dates::whole(rest, &asked.calendar(), Lean::Ahead) {
                Ok(period) => {
                    // “by next week” is its last day, “next week” its first; one day is that day.
                    self.due = period.only().or(period.to).or(period.from);
                    return self.due.is_some();
                }
                Err(trouble @ dates::Trouble::Ambiguous(..)) if lead > 0 => {
                    let given = asked.answer(Slot::Day).map(|given| followup::without_lead(given.words.list()));
                    match given.map(|words| dates::whole(words, &asked.calendar(), Lean::Ahead)) {
                        Some(Ok(period)) => self.due = period.only().or(period.to),
                        Some(Err(_)) | None => {
                            let told = dates::explain(&trouble, &asked.words.written(rest));
                            self.problem = Some(followup::question(Slot::Day, &told, &[]));
                        }
                    }
                    return true;
                }
                Err(_) => {}
            }
        }
        if lead == 0 {
            return false;
        }
        if is_any(first, "for|assigned|assign|to") && self.people.is_empty() {
            match people(asked, rest) {
                Some(Ok(people)) => {
                    self.people = people;
                    return true;
                }
                Some(Err(question)) => {
                    self.problem = Some(question);
                    return true;
                }
                None => {}
            }
        }
        !self.nowhere && is_any(first, "to|in|into|on|under|of|from|within|for") && self.takes_place(asked, rest)
    }

    fn takes_place(&mut self, asked: &Asked<'_>, words: &[Word]) -> bool {
        let kinds = wanted(self.card);
        // “in this project”
        if self.project.is_none() {
            match asked.project(words) {
                Meant::One(project) => {
                    let place = asked.places(words, None, kinds);
                    let named = words.last().is_some_and(|word| is_any(&word.text, "list|column|group"));
                    if place.is_empty() || !named {
                        // A list that is called like the project’s word wins when the project is known already.
                        self.project = Some(project);
                        return true;
                    }
                }
                Meant::Several(several) => {
                    self.problem = Some(asked.which_project(&several));
                    return true;
                }
                Meant::Nothing => {}
            }
        }
        if self.place.is_none() && !asked.places(words, self.project, kinds).is_empty() {
            self.place = Some(Words::of(&asked.words.written(words)));
            return true;
        }
        false
    }

    /// The one place it goes to. The error is a question.
    fn place<'p>(&mut self, asked: &'p Asked<'_>) -> Result<&'p NamedPlace, String> {
        for given in asked.given.iter().filter(|given| given.slot == Slot::Place) {
            let words = followup::without_lead(given.words.list());
            if let Some(crate::builtin::record::Entity::Item(id, _)) = given.chosen.first()
                && let Some(place) = asked.world.places.iter().find(|place| place.id == *id)
            {
                return Ok(place);
            }
            self.takes_place(asked, words);
        }
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let kinds = wanted(self.card);
        let project = self.project.or_else(|| if self.place.is_none() { asked.current_project() } else { None });
        let candidates: Vec<&NamedPlace> = match &self.place {
            Some(words) => {
                let found = asked.places(words.list(), project, kinds);
                let here = asked.current_project();
                let near: Vec<&NamedPlace> =
                    found.iter().copied().filter(|place| Some(place.project) == here).collect();
                if project.is_none() && near.len() == 1 { near } else { found }
            }
            None => match project {
                Some(project) => self.of_project(asked, project),
                None => Vec::new(),
            },
        };
        match candidates.as_slice() {
            [one] => Ok(one),
            [] => {
                let told = match project {
                    Some(id) => format!("{} has no {} that I know of.", compose::project(asked.world, id), self.noun()),
                    None => format!("Name a {}, and its project if the name is not enough.", self.noun()),
                };
                Err(followup::question(Slot::Place, &told, &[]))
            }
            several => {
                let chosen = asked.chosen(
                    several,
                    |place, entity| matches!(entity, crate::builtin::record::Entity::Item(id, _) if *id == place.id),
                );
                match chosen.as_slice() {
                    [at] => several.get(*at).copied().ok_or_else(String::new),
                    _ => Err(followup::question(Slot::Place, "", &super::change::options(several, asked.world))),
                }
            }
        }
    }

    /// The places of a project that a task can be made in: for a card its columns in use.
    fn of_project<'p>(&self, asked: &'p Asked<'_>, project: ProjectId) -> Vec<&'p NamedPlace> {
        let seen: Vec<RecordingId> = asked
            .seen()
            .iter()
            .filter_map(|entity| match entity {
                crate::builtin::record::Entity::Item(id, _) => Some(*id),
                crate::builtin::record::Entity::Project(..) | crate::builtin::record::Entity::Person(..) => None,
            })
            .collect();
        let top = |place: &&NamedPlace| {
            place.project == project
                && if self.card {
                    matches!(place.kind, Kind::Column | Kind::TriageColumn)
                } else {
                    place.kind == Kind::TodoList
                }
        };
        let all: Vec<&NamedPlace> = asked.world.places.iter().filter(top).collect();
        match all.iter().copied().find(|place| seen.contains(&place.id)) {
            Some(place) => vec![place],
            None => all,
        }
    }

    fn noun(&self) -> &'static str {
        if self.card { "column" } else { "list" }
    }
}

fn wanted(card: bool) -> impl Fn(Kind) -> bool + Copy {
    move |kind| if card { kind.is_column() } else { matches!(kind, Kind::TodoSet | Kind::TodoList | Kind::TodoGroup) }
}

fn plan<'a>(
    title: String,
    place: &NamedPlace,
    due_on: Option<Date>,
    assignees: Vec<PersonId>,
    asked: &Asked<'_>,
) -> Plan<'a> {
    let id = place.id;
    let (planned, kind): (Planned, &str) = if place.kind.is_column() {
        let body = String::new();
        (call(&CreateCard { column: id, title: title.clone(), body, due_on, assignees: assignees.clone() }), "card")
    } else {
        let body = String::new();
        (
            call(&CreateTodo {
                parent: id,
                title: title.clone(),
                body,
                starts_on: None,
                due_on,
                assignees: assignees.clone(),
            }),
            "to-do",
        )
    };
    let within = format!("{} of {}", compose::item(id, &place.title), compose::project(asked.world, place.project));
    let hours = match due_on {
        Some(_) if dates::says_end_of_day(asked.words.list()) => format!("; {}", compose::day_ends(asked.world)),
        Some(_) | None => String::new(),
    };
    Box::new(move |scene| {
        let quoted = compose::plain(&title);
        let facts = format!("{}{hours}", facts(due_on, &assignees, scene.world));
        let Some(done) = scene.only(0) else {
            return Next::Call(format!("I’ll create the {kind} “{quoted}” in {within}{facts}."), vec![planned.clone()]);
        };
        Next::Say(match (done.reply::<Written>(), done.failure()) {
            (Some(written), _) => {
                // As it became: the person may have edited it before they approved it.
                let facts = self::facts(written.item.due_on, &written.item.assignees, scene.world) + &hours;
                format!(
                    "Created the {kind} {} in {within}{facts}.",
                    compose::item(written.item.id, &written.item.title)
                )
            }
            (None, Some(_)) if done.was_denied() => "You said no. Nothing was changed.".to_owned(),
            (None, Some(why)) => format!("The {kind} was not created: {}", sentence(why)),
            (None, None) => format!("Created the {kind} “{quoted}” in {within}{facts}."),
        })
    })
}

/// When it is due and for whom, after a comma; empty when neither is said.
fn facts(due_on: Option<Date>, assignees: &[PersonId], world: &World) -> String {
    let mut facts = String::new();
    if let Some(due) = due_on {
        facts.push_str(&format!(", due {}", dates::seen(due, world.now.date())));
    }
    if !assignees.is_empty() {
        facts.push_str(&format!(", for {}", compose::people(world, assignees)));
    }
    facts
}
