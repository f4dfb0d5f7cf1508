//! Lists of what is no task: messages, schedule, documents and files, and the to-do lists themselves.

use contract::commands::{ListItems, ShowTodoLists};
use contract::{Kind, ProjectId, Row, Span, Status, TodoSection};
use jiff::civil::Date;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Lean, Period};
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::plan::{Plan, answer, look_up};
use crate::builtin::words::{Word, is_any};
use crate::world::World;

pub(super) const KINDS: Capability = Capability {
    name: "list messages, schedule entries, documents and to-do lists",
    examples: &["Show the latest messages in the website project", "What is on the schedule this week?"],
    writes: false,
    read,
};

const KNOWN: &str = "what|which|show|list|give|me|the|a|an|are|is|there|on|in|of|for|any|all|latest|last|recent|newest|new|our|my|us|do|we|\
    have|has|were|posted|was|find|see|from|at|please|to|up|coming|upcoming|next|planned|been|written|i|get|tell|about|and|project|shared|how|many";

/// The most that is asked for.
const MOST: u32 = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Messages,
    Schedule,
    Documents,
    Files,
    Lists,
    Answers,
}

fn what_of(word: &str) -> Option<What> {
    Some(match word {
        "message" | "messages" | "announcements" | "announcement" | "posts" => What::Messages,
        "schedule" | "calendar" | "events" | "meetings" | "entries" | "event" | "agenda" => What::Schedule,
        "documents" | "docs" | "document" => What::Documents,
        "files" | "uploads" | "file" | "attachments" => What::Files,
        "lists" | "list" => What::Lists,
        "check-ins" | "checkins" | "answers" => What::Answers,
        _ => return None,
    })
}

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let first = words.first().map_or("", |word| word.text.as_str());
    if !is_any(
        first,
        "what|which|show|list|give|find|see|latest|recent|messages|schedule|documents|files|are|is|any|tell|do|how|upcoming",
    ) || words.len() > 20
    {
        return None;
    }
    // In “list the messages”, the first word is a verb.
    let of = words.iter().enumerate().find_map(|(at, word)| {
        let verb = at == 0 && word.text == "list";
        if verb || word.quoted { None } else { what_of(&word.text).map(|what| (at, what)) }
    });
    let (at, what) = of?;
    if what == What::Lists && words.get(at).is_some_and(|word| word.text == "list") {
        return None;
    }
    let (project, period) = match conditions(asked, words, at, what)? {
        Ok(found) => found,
        Err(text) => return Some(answer(text)),
    };
    let world = asked.world;
    if what == What::Lists {
        let Some(project) = project.or_else(|| asked.current_project()) else {
            return Some(answer(followup::question(Slot::Project, "", &[])));
        };
        let link = compose::project(world, project);
        let input = ShowTodoLists { project, completed: false, put_away: false };
        return Some(look_up(format!("I’ll look at the lists of {link}."), input, move |_, lists| {
            let lines: Vec<String> = lists.sections.iter().map(section).collect();
            if lines.is_empty() {
                return format!("{link} has no to-do list.");
            }
            format!(
                "{link} has **{}**:\n\n{}",
                compose::count(lines.len(), "list", "lists"),
                compose::list_of(&lines, 20)
            )
        }));
    }
    let kinds = match what {
        What::Messages => vec![Kind::Message],
        What::Schedule => vec![Kind::ScheduleEntry],
        What::Documents => vec![Kind::Document],
        What::Files => vec![Kind::Upload],
        What::Answers => vec![Kind::Answer],
        What::Lists => Vec::new(),
    };
    let input =
        ListItems { project, parent: None, kinds, status: Some(Status::Active), since: None, limit: Some(MOST) };
    let say = format!("I’ll look at the {}.", name(what).1);
    Some(look_up(say, input, move |_, rows| told(what, rows, world, project, period)))
}

fn name(what: What) -> (&'static str, &'static str) {
    match what {
        What::Messages => ("message", "messages"),
        What::Schedule => ("schedule entry", "schedule entries"),
        What::Documents => ("document", "documents"),
        What::Files => ("file", "files"),
        What::Lists => ("list", "lists"),
        What::Answers => ("check-in answer", "check-in answers"),
    }
}

type Conditions = Result<(Option<ProjectId>, Option<Period>), String>;

fn conditions(asked: &Asked<'_>, words: &[Word], what_at: usize, what: What) -> Option<Conditions> {
    let (mut project, mut period) = (None, None);
    if let Some(given) = asked.answer(Slot::Project) {
        project = asked.project(followup::without_lead(given.words.list())).one();
    }
    let lean = if what == What::Schedule { Lean::Ahead } else { Lean::Back };
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.first().map_or("", |word| word.text.as_str());
        if at == what_at || first == "to-do" {
            at += 1;
        } else if let Some((len, found)) = dates::begins(rest, &asked.calendar(), lean) {
            match found {
                Ok(found) => period = Some(found),
                Err(trouble) => return Some(Err(dates::explain(&trouble, &asked.words.written(rest.get(..len)?)))),
            }
            at += len;
        } else if first == "here" {
            project = asked.current_project();
            at += 1;
        } else if let Some((len, meant)) = asked.project_at(rest) {
            match meant {
                Meant::One(found) => project = Some(found),
                Meant::Several(several) => return Some(Err(asked.which_project(&several))),
                Meant::Nothing => return None,
            }
            at += len;
        } else if is_any(first, KNOWN) {
            at += 1;
        } else {
            return None;
        }
    }
    Some(Ok((project, period)))
}

fn section(section: &TodoSection) -> String {
    let open = |section: &TodoSection| section.todos.iter().filter(|todo| !todo.completed).count();
    let all = open(section) + section.groups.iter().map(open).sum::<usize>();
    format!("{} – {all} open", compose::item(section.list.id, &section.list.title))
}

fn told(what: What, mut rows: Vec<Row>, world: &World, project: Option<ProjectId>, period: Option<Period>) -> String {
    let today = world.now.date();
    let zone = world.now.time_zone().clone();
    let full = rows.len() >= MOST as usize;
    let days = |row: &Row| -> (Date, Date) {
        match row.span {
            Some(Span::Days { from, to }) => (from, to),
            Some(Span::Hours { from, to }) => (from.to_zoned(zone.clone()).date(), to.to_zoned(zone.clone()).date()),
            None => {
                let day = row.created_at.to_zoned(zone.clone()).date();
                (day, day)
            }
        }
    };
    let asked_for = period.or((what == What::Schedule).then_some(Period { from: Some(today), to: None }));
    rows.retain(|row| {
        let (from, to) = days(row);
        asked_for.is_none_or(|period| {
            period.from.is_none_or(|first| to >= first) && period.to.is_none_or(|last| from <= last)
        })
    });
    if what == What::Schedule {
        rows.sort_by_key(|row| (days(row), row.id));
    } else {
        rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    }
    let place = project.map_or(String::new(), |id| format!(" in {}", compose::project(world, id)));
    let when = asked_for.map_or(String::new(), |period| format!(" {}", dates::told(period, today)));
    let (one, many) = name(what);
    if rows.is_empty() {
        return format!("There is no {one}{place}{when}.");
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut facts = vec![match &row.span {
                Some(span) => self::when(span, world),
                None => dates::short(row.created_at.to_zoned(zone.clone()).date(), today),
            }];
            if let Some(creator) = row.creator.filter(|_| what != What::Schedule) {
                facts.push(compose::person(world, creator));
            }
            if row.comments > 0 {
                facts.push(compose::count(usize::try_from(row.comments).unwrap_or(0), "comment", "comments"));
            }
            if project.is_none() {
                facts.push(compose::project(world, row.project));
            }
            let title = if row.title.is_empty() { &row.excerpt } else { &row.title };
            format!("{} – {}", compose::item(row.id, title), facts.join(" · "))
        })
        .collect();
    let least = if full { "at least " } else { "" };
    let order = if what == What::Schedule { "" } else { ", newest first" };
    format!("{least}**{}**{place}{when}{order}:\n\n{}", compose::count(lines.len(), one, many), compose::list(&lines))
}

/// When an entry takes place, in words.
pub(super) fn when(span: &Span, world: &World) -> String {
    let today = world.now.date();
    match span {
        Span::Days { from, to } if from == to => dates::seen(*from, today),
        Span::Days { from, to } => format!("{} to {}", dates::short(*from, today), dates::short(*to, today)),
        Span::Hours { from, to } => {
            let zone = world.now.time_zone().clone();
            let (from, to) = (from.to_zoned(zone.clone()), to.to_zoned(zone));
            let day = dates::short(from.date(), today);
            format!("{day}, {} to {}", from.strftime("%H:%M"), to.strftime("%H:%M"))
        }
    }
}
