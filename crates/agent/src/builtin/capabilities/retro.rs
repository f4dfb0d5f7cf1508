//! A look back over a stretch of time: what was finished, what was decided, what is late or blocked. Each sentence is drawn from
//! items and checked against them before anyone sees it; what does not hold is left out, and told.

use contract::commands::{Decisions, FindDecisions, FindTasks, Rows, Sourced, WriteDraft};
use contract::{Draft, Proven, RecordingId, Row};
use jiff::civil::Date;

use super::Capability;
use super::decisions::Within;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Period};
use crate::builtin::filter::Filter;
use crate::builtin::plan::{Next, Plan, Scene, answer, call, sorry};
use crate::builtin::words::{Word, is_any};
use crate::world::World;

pub(super) const RETRO: Capability = Capability {
    name: "draft a retrospective with sources",
    examples: &["Draft a retrospective for Website relaunch", "Write a retro of last month", "Write the week report"],
    writes: false,
    read,
};

/// Without a period, so many days back.
const DAYS: i64 = 30;
/// So many sentences of one sort.
const SENTENCES: usize = 8;
/// A count names at most so many sources, and says nothing where there are more.
const SOURCES: usize = 20;

const KNOWN: &str = "retro|retrospective|report|weekly|week's|draft|write|make|create|prepare|compose|do|give|me|us|a|an|the|of|for|on|over|\
    about|in|please|new|short|quick|our|my|project|what|how|would|look|like|can|you|let's|and|at";

/// What a sentence is about.
const PARTS: [&str; 4] = ["What was finished", "What was decided", "What is late", "What is blocked"];

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let has = |any: &str| words.iter().any(|word| !word.quoted && is_any(&word.text, any));
    let pair = |second: &str| {
        words.windows(2).any(|pair| {
            matches!(pair, [one, two] if !one.quoted && is_any(&one.text, "week|weekly") && is_any(&two.text, second))
        })
    };
    let weekly = pair("report");
    if !(has("retro|retrospective") || weekly) || words.len() > 25 {
        return None;
    }
    // “week report” is its name; any other week is a period.
    let rest: Vec<Word> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let next = words.get(at + 1).map_or("", |word| word.text.as_str());
            !(weekly && word.text == "week" && next == "report")
        })
        .map(|(_, word)| word.clone())
        .collect();
    let mut within = match Within::read(asked, &rest, KNOWN)? {
        Ok(within) => within,
        Err(text) => return Some(answer(text)),
    };
    let calendar = asked.calendar();
    let (first, last) = match within.period {
        Some(period) => {
            (period.from.unwrap_or(dates::plus(calendar.today, -DAYS)), period.to.unwrap_or(calendar.today))
        }
        None if weekly => (calendar.week_of(calendar.today), calendar.today),
        None => (dates::plus(calendar.today, -DAYS), calendar.today),
    };
    let (first, last) = (first.min(last), last.min(calendar.today).max(first.min(calendar.today)));
    within.period = Some(Period::span(first, last));
    let recall = asked.recall;
    let name = if weekly { "Week report" } else { "Retrospective" };
    Some(Box::new(move |scene| {
        let next = next(scene, within, (first, last), name);
        match next {
            Next::Say(text) if weekly && scene.step() > 1 => Next::Say(match recall.report_to() {
                Some(person) => {
                    let to = compose::person(scene.world, person);
                    format!("{text}\n\nIt goes to {to}, as you asked me to remember.")
                }
                None => text,
            }),
            Next::Say(_) | Next::Call(..) => next,
        }
    }))
}

fn next(scene: &Scene<'_>, within: Within, (first, last): (Date, Date), name: &str) -> Next {
    if scene.step() == 0 {
        let (done, open) = filters(within, (first, last));
        let decided = FindDecisions { project: within.project, from: Some(first), to: Some(last), limit: Some(100) };
        let late = FindTasks { due_to: None, ..open.command(scene.today()) };
        let calls = vec![call(&done.command(scene.today())), call(&decided), call(&late)];
        return Next::Call(format!("I’ll look at what happened{}.", within.told(scene.world)), calls);
    }
    let replies = (scene.done(0).first(), scene.done(0).get(1), scene.done(0).get(2));
    let (Some(done), Some(decided), Some(open)) = replies else { return Next::say("I have no answer.") };
    let (Some(finished), Some(decisions), Some(rows)) =
        (done.reply::<Rows>(), decided.reply::<Decisions>(), open.reply::<Rows>())
    else {
        let failed = [done, decided, open].into_iter().find(|done| done.failure().is_some()).unwrap_or(done);
        return Next::Say(sorry(failed));
    };
    let (done, _) = filters(within, (first, last));
    let finished = done.keep(finished, scene.world);
    let sentences = sentences(scene, &finished, &decisions, &rows);
    if sentences.is_empty() {
        let place = within.told(scene.world);
        return Next::Say(format!(
            "Nothing was finished or decided{place}, and nothing is late or blocked: there is nothing to draw on."
        ));
    }
    let Some(written) = scene.only(1) else {
        let place = within.project.and_then(|id| scene.world.projects.iter().find(|project| project.id == id));
        let place = place.map_or(String::new(), |project| format!(" of {}", project.name));
        let title = format!("{name}{place}, {} to {}", dates::full(first), dates::full(last));
        let sourced = |(_, text, sources): &Sentence| Sourced { text: text.clone(), sources: sources.clone() };
        let draft = WriteDraft { title, sentences: sentences.iter().map(sourced).collect() };
        return Next::one("I’ll draft it, and have each sentence checked against its sources.", &draft);
    };
    let more = [
        finished.len(),
        decisions.len(),
        late(&rows, scene.today()).len(),
        rows.iter().filter(|row| row.blocked).count(),
    ]
    .iter()
    .any(|many| *many > SENTENCES);
    Next::Say(match written.reply::<Draft>() {
        Some(draft) => told(&draft, &sentences, more),
        None => sorry(written),
    })
}

fn filters(within: Within, (first, last): (Date, Date)) -> (Filter, Filter) {
    let open = Filter { project: within.project, ..Filter::default() };
    let done = Filter { done: true, period: Some(Period::span(first, last)), ..open.clone() };
    (done, open)
}

/// Which part, the text, and what it is drawn from.
type Sentence = (usize, String, Vec<RecordingId>);

fn sentences(scene: &Scene<'_>, finished: &[Row], decisions: &Decisions, open: &[Row]) -> Vec<Sentence> {
    let world = scene.world;
    let today = scene.today();
    let mut all: Vec<Sentence> = Vec::new();
    counted(&mut all, 0, finished, "task was finished.", "tasks were finished.");
    all.extend(finished.iter().take(SENTENCES).map(|row| (0, finish(row, world), vec![row.id])));
    all.extend(
        decisions.iter().take(SENTENCES).map(|one| (1, format!("Decided: “{}”", one.quote.trim()), vec![one.item.id])),
    );
    let late = late(open, today);
    counted(&mut all, 2, &late, "task is late.", "tasks are late.");
    all.extend(late.iter().take(SENTENCES).filter_map(|row| {
        let due = dates::full(row.due_on?);
        Some((2, format!("“{}” was due on {due} and is still open.", title(row)), vec![row.id]))
    }));
    let blocked: Vec<Row> = open.iter().filter(|row| row.blocked).cloned().collect();
    counted(&mut all, 3, &blocked, "task says that it is blocked.", "tasks say that they are blocked.");
    all.extend(
        blocked
            .iter()
            .take(SENTENCES)
            .map(|row| (3, format!("“{}” is blocked by its own words.", title(row)), vec![row.id])),
    );
    all
}

fn late(open: &[Row], today: Date) -> Vec<Row> {
    open.iter().filter(|row| row.due_on.is_some_and(|due| due < today)).cloned().collect()
}

/// How many there are, when a sentence can name them all as its sources.
fn counted(all: &mut Vec<Sentence>, part: usize, rows: &[Row], one: &str, many: &str) {
    if (2..=SOURCES).contains(&rows.len()) {
        all.push((part, compose::count(rows.len(), one, many), rows.iter().map(|row| row.id).collect()));
    }
}

fn finish(row: &Row, world: &World) -> String {
    let name = |id| world.people.iter().find(|person| person.id == id).map(|person| person.name.clone());
    let people: Vec<String> = row.assignees.iter().filter_map(|id| name(*id)).collect();
    let day = row.completed_at.map(|at| dates::full(at.to_zoned(world.now.time_zone().clone()).date()));
    let on = day.map_or(String::new(), |day| format!(" on {day}"));
    if people.is_empty() {
        format!("“{}” was finished{on}.", title(row))
    } else {
        format!("“{}” with {} was finished{on}.", title(row), compose::join(&people))
    }
}

fn title(row: &Row) -> String {
    row.title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What holds, part by part, each sentence with what it is drawn from; then what was left out.
fn told(draft: &Draft, planned: &[Sentence], more: bool) -> String {
    let mut text = vec![format!("**{}**", compose::plain(&draft.title))];
    let part_of = |proven: &Proven| planned.iter().find(|(_, text, _)| *text == proven.text).map(|(part, ..)| *part);
    for (part, name) in PARTS.iter().enumerate() {
        let lines: Vec<String> = draft
            .sentences
            .iter()
            .filter(|proven| part_of(proven) == Some(part))
            .map(|proven| {
                let sources: Vec<String> =
                    proven.sources.iter().map(|row| compose::item(row.id, source(row))).collect();
                format!("{} – {}", compose::plain(&proven.text), sources.join(", "))
            })
            .collect();
        if !lines.is_empty() {
            text.push(format!("**{name}**\n\n{}", compose::list_of(&lines, SOURCES)));
        }
    }
    if more {
        text.push("I told at most eight of a sort.".to_owned());
    }
    if draft.sentences.is_empty() {
        text.push("No sentence holds.".to_owned());
    }
    if !draft.dropped.is_empty() {
        let lines: Vec<String> = draft
            .dropped
            .iter()
            .map(|one| format!("{} – {}", compose::plain(&one.text), compose::plain(&one.why)))
            .collect();
        text.push(format!("Left out, because its sources do not say so:\n\n{}", compose::list(&lines)));
    }
    text.join("\n\n")
}

fn source(row: &Row) -> &str {
    if row.title.trim().is_empty() { &row.excerpt } else { &row.title }
}
