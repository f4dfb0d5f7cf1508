//! What changed since when, and who did what.

use std::collections::BTreeMap;

use contract::commands::ListActivity;
use contract::{Activity, PersonId, ProjectId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Capability;
use super::state::moment;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Lean, Period};
use crate::builtin::filter;
use crate::builtin::names::Meant;
use crate::builtin::plan::{Plan, Scene, answer, look_up};
use crate::builtin::words::{Word, is_any};

pub(super) const CHANGES: Capability = Capability {
    name: "tell what changed and who did what",
    examples: &["What changed since Friday?", "Who did what last week?", "What did Priya do this week?"],
    writes: false,
    read,
};

/// The most that is asked for.
const MOST: u32 = 1000;

const KNOWN: &str = "what|who|did|do|does|done|doing|has|have|had|is|are|was|were|changed|change|changes|happened|happening|happen|\
    new|news|activity|activities|since|the|a|an|in|on|at|for|of|to|by|from|everything|anything|all|me|us|show|list|give|tell|\
    about|work|worked|working|up|been|got|get|my|we|i|you|there|any|recent|recently|latest|updates|update|see|catch|team|\
    people|everyone|everybody|which|things|here|much|on|going|lately|it|went|that|project|moved|made|whats|recap|summary|summarise|summarize|and|last|week";

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let has = |any: &str| text.iter().any(|word| is_any(word, any));
    let did = (has("did|done|doing|worked") || (has("working|work") && has("was|were|been"))) && has("what|who");
    let changed = has("changed|change|changes|happened|happening|news|activity|activities|recap")
        || (has("new") && has("what|anything|whats"))
        || (has("catch") && has("up"));
    let excluded = has(
        "overdue|due|completed|finished|unassigned|blocked|should|next|need|to-dos|tasks|cards|workload|board|assigned|finish|complete",
    );
    if !(changed || did) || excluded || words.len() > 25 {
        return None;
    }
    let wanted = match conditions(asked, words)? {
        Ok(wanted) => wanted,
        Err(text) => return Some(answer(text)),
    };
    // “what did Priya do” without a person or a day is no question about activity: “what do I have to do”.
    if !changed && wanted.person.is_none() && !has("who") {
        return None;
    }
    let calendar = asked.calendar();
    let from = wanted.period.and_then(|period| period.from).unwrap_or_else(|| dates::plus(calendar.today, -1));
    let to = wanted.period.and_then(|period| period.to).unwrap_or(calendar.today);
    let since = start_of(asked, from);
    let input = ListActivity { project: wanted.project, person: wanted.person, since, limit: Some(MOST) };
    let by_person = has("who") && wanted.person.is_none();
    let say = format!("I’ll look at what happened {}.", since_words(from, to, calendar.today));
    let told = Told { wanted, from, to, by_person };
    Some(look_up(say, input, move |scene, found| told.compose(scene, &found)))
}

fn since_words(from: Date, to: Date, today: Date) -> String {
    if to >= today && from < today {
        format!("since {}", dates::short(from, today))
    } else {
        dates::told(Period::span(from, to), today)
    }
}

fn start_of(asked: &Asked<'_>, day: Date) -> Option<Timestamp> {
    day.to_zoned(asked.world.now.time_zone().clone()).ok().map(|zoned| zoned.timestamp())
}

/// Of what activity is wanted.
#[derive(Debug, Clone, Default)]
struct Wanted {
    project: Option<ProjectId>,
    projects: Option<Vec<ProjectId>>,
    person: Option<PersonId>,
    period: Option<Period>,
}

/// Reads where, by whom and when; `None` when there are other words too.
fn conditions(asked: &Asked<'_>, words: &[Word]) -> Option<Result<Wanted, String>> {
    let mut wanted = Wanted::default();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.first().map_or("", |word| word.text.as_str());
        if let Some((len, period)) = dates::begins(rest, &asked.calendar(), Lean::Back) {
            match period {
                Ok(period) => wanted.period = Some(period),
                Err(trouble) => return Some(Err(dates::explain(&trouble, &asked.words.written(rest.get(..len)?)))),
            }
            at += len;
        } else if is_any(first, "since|between") && rest.len() > 1 {
            return Some(Err(dates::explain(&dates::Trouble::Unknown, &asked.words.written(rest.get(1..)?))));
        } else if let Some((len, mine)) = filter::mine(asked, rest) {
            wanted.projects = Some(mine);
            at += len;
        } else if let Some((len, meant)) = asked.project_at(rest) {
            match meant {
                Meant::One(project) => wanted.project = Some(project),
                Meant::Several(several) => return Some(Err(asked.which_project(&several))),
                Meant::Nothing => return None,
            }
            at += len;
        } else if let Some((len, meant)) = asked.person_at(rest) {
            match meant {
                Meant::One(person) => wanted.person = Some(person),
                Meant::Several(several) => return Some(Err(asked.which_person(&several))),
                Meant::Nothing => return None,
            }
            at += len;
        } else if is_any(first, "she|he|they") {
            wanted.person = Some(asked.last_person()?);
            at += 1;
        } else if first == "i" {
            wanted.person = asked.world.me;
            at += 1;
        } else if is_any(first, "here") {
            wanted.project = asked.current_project();
            at += 1;
        } else if is_any(first, KNOWN) {
            at += 1;
        } else {
            return None;
        }
    }
    Some(Ok(wanted))
}

/// What is told of it.
#[derive(Debug, Clone)]
struct Told {
    wanted: Wanted,
    from: Date,
    to: Date,
    by_person: bool,
}

impl Told {
    fn compose(&self, scene: &Scene<'_>, found: &[Activity]) -> String {
        let zone = scene.world.now.time_zone().clone();
        let full = found.len() >= MOST as usize;
        let within: Vec<&Activity> = found
            .iter()
            .filter(|one| {
                let day = one.created_at.to_zoned(zone.clone()).date();
                let here = self.wanted.projects.as_ref().is_none_or(|projects| projects.contains(&one.project));
                day >= self.from && day <= self.to && here
            })
            .collect();
        let when = since_words(self.from, self.to, scene.today());
        let mut of = String::new();
        if let Some(project) = self.wanted.project {
            of.push_str(&format!(" in {}", compose::project(scene.world, project)));
        }
        if let Some(projects) = &self.wanted.projects {
            let projects: Vec<String> = projects.iter().map(|id| compose::project(scene.world, *id)).collect();
            of.push_str(&format!(" in {}", compose::join(&projects)));
        }
        if let Some(person) = self.wanted.person {
            of.push_str(&format!(" by {}", compose::person(scene.world, person)));
        }
        if within.is_empty() {
            return format!("Nothing happened{of} {when}, as far as Basecamp told.");
        }
        let least = if full { "at least " } else { "" };
        let number = compose::count(within.len(), "thing", "things");
        let head = format!("{least}**{number}** happened{of} {when}: {}.", kinds(&within));
        if self.by_person {
            return format!("{head}\n\n{}", compose::list(&per_person(scene, &within)));
        }
        let lines: Vec<String> = within.iter().map(|one| self.line(scene, one)).collect();
        format!("{head}\n\n{}", compose::list(&lines))
    }

    fn line(&self, scene: &Scene<'_>, one: &Activity) -> String {
        let what = match one.recording {
            Some(id) => compose::item(id, if one.summary.is_empty() { "an item" } else { &one.summary }),
            None => compose::plain(&one.summary),
        };
        let who = match (self.wanted.person, one.creator) {
            (None, Some(person)) => format!("{} ", compose::person(scene.world, person)),
            (Some(_), _) | (None, None) => String::new(),
        };
        let place = if self.wanted.project.is_none() {
            format!(" · {}", compose::project(scene.world, one.project))
        } else {
            String::new()
        };
        format!("{who}{} {what} – {}{place}", action(&one.action), moment(one.created_at, scene))
    }
}

/// Basecamp’s word for what was done, as a word for people.
fn action(word: &str) -> String {
    let word = if word == "assignment_changed" { "reassigned" } else { word };
    compose::plain(&word.replace('_', " "))
}

/// How often what was done, most first.
fn kinds(of: &[&Activity]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in of {
        *counts.entry(one.action.as_str()).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let words: Vec<String> =
        counts.iter().map(|(word, count)| format!("{} {}", compose::grouped(*count), action(word))).collect();
    compose::join(&words)
}

fn per_person(scene: &Scene<'_>, of: &[&Activity]) -> Vec<String> {
    let mut people: BTreeMap<Option<PersonId>, Vec<&Activity>> = BTreeMap::new();
    for one in of {
        people.entry(one.creator).or_default().push(one);
    }
    let mut people: Vec<(Option<PersonId>, Vec<&Activity>)> = people.into_iter().collect();
    people.sort_by_key(|(person, list)| (std::cmp::Reverse(list.len()), *person));
    people
        .iter()
        .map(|(person, list)| {
            let who = person.map_or_else(|| "Someone".to_owned(), |id| compose::person(scene.world, id));
            format!("{who}: {}", kinds(list))
        })
        .collect()
}
