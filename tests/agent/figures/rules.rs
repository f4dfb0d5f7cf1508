//! What each request of the list must be answered with, figure by figure.

mod drafts;
mod items;
mod reports;
mod tasks;

use sim::world::Kind;

use super::said::{self, Said, squeezed};
use super::truth::Truth;
use drafts::Within;
use tasks::{Wanted, tasks};

/// What the answer to a request should tell.
type Checked = Result<(), String>;

/// What is wrong with an answer, if anything is.
pub(super) fn check(id: &str, said: &Said, truth: &Truth) -> Checked {
    answered(id, said, truth)?;
    links(said, truth, id)?;
    let left = said.left(&truth.names());
    if left.is_empty() { Ok(()) } else { Err(format!("no rule accounts for {}", left.join(", "))) }
}

fn answered(id: &str, said: &Said, truth: &Truth) -> Checked {
    let today = truth.today;
    let late = |due: Option<jiff::civil::Date>| due.is_some_and(|due| due < today);
    let website = || truth.project("Website relaunch");
    let priya = || truth.person("Priya");
    let month = (today.first_of_month(), today.last_of_month());
    let all = Wanted::default();
    match id {
        "overdue" => tasks(said, truth, Wanted { rows: truth.open(|task| late(task.due)), ..all }),
        "overdue-in-project" | "overdue-here" | "remembered-project" => {
            let rows = truth.open(|task| late(task.due) && task.project == website());
            tasks(said, truth, Wanted { rows, projects: vec![website()], ..all })
        }
        "due-today" => due(said, truth, (Some(today), Some(today))),
        "due-this-week" => due(said, truth, (Some(truth.week(0).0), Some(truth.week(0).1))),
        // It is a Friday: from the next Thursday to the Monday after it.
        "due-between" => due(said, truth, (Some(truth.day(6)), Some(truth.day(10)))),
        "due-by-friday" => due(said, truth, (None, Some(today))),
        "next-days" => due(said, truth, (Some(today), Some(truth.day(3)))),
        "due-next-week-of-someone" => {
            let (tomas, (from, to)) = (truth.person("Tomás"), truth.week(1));
            let rows = truth.open(|task| task.people.contains(&tomas) && within(task.due, (Some(from), Some(to))));
            tasks(said, truth, Wanted { rows, person: Some(tomas), span: (Some(from), Some(to)), ..all })
        }
        "mine" => {
            let rows = truth.open(|task| task.people.contains(&truth.me));
            tasks(said, truth, Wanted { rows, mine: true, ..all })
        }
        "of-someone" | "remembered-person" => {
            let rows = truth.open(|task| task.people.contains(&priya()));
            tasks(said, truth, Wanted { rows, person: Some(priya()), ..all })
        }
        "of-someone-overdue" | "of-her" => {
            let rows = truth.open(|task| task.people.contains(&priya()) && late(task.due));
            tasks(said, truth, Wanted { rows, person: Some(priya()), ..all })
        }
        "count-overdue" => tasks(said, truth, Wanted { rows: truth.open(|task| late(task.due)), counts: true, ..all }),
        "count-of-someone" => {
            let rows = truth.open(|task| task.kind == Kind::Todo && task.people.contains(&priya()));
            tasks(said, truth, Wanted { rows, person: Some(priya()), counts: true, ..all })
        }
        "unassigned" => {
            tasks(said, truth, Wanted { rows: truth.open(|task| task.people.is_empty()), nobody: true, ..all })
        }
        "remembered-shortness" => {
            let rows = truth.open(|task| task.people.is_empty());
            tasks(said, truth, Wanted { rows, nobody: true, short: true, ..all })
        }
        "remembered-projects" => {
            let projects = vec![website(), truth.project("Spring campaign")];
            let rows = truth.open(|task| late(task.due) && projects.contains(&task.project));
            tasks(said, truth, Wanted { rows, projects, ..all })
        }
        "unassigned-in-project" => {
            let rows = truth.open(|task| task.people.is_empty() && task.project == website());
            tasks(said, truth, Wanted { rows, nobody: true, projects: vec![website()], ..all })
        }
        "blocked" => tasks(said, truth, Wanted { rows: truth.open(|task| task.blocked), ..all }),
        "undated" => tasks(said, truth, Wanted { rows: truth.open(|task| task.due.is_none()), ..all }),
        "completed-last-week" => {
            let (from, to) = truth.week(-1);
            let mut rows = truth.tasks(|task| task.done && within(task.done_on(), (Some(from), Some(to))));
            rows.sort_by_key(|task| std::cmp::Reverse(task.done_at));
            tasks(said, truth, Wanted { rows, span: (Some(from), Some(to)), ..all })
        }
        "cards-in-project" => {
            let rows = truth.open(|task| task.kind == Kind::Card && task.project == website());
            tasks(said, truth, Wanted { rows, projects: vec![website()], ..all })
        }
        "by-words" => {
            tasks(said, truth, Wanted { rows: truth.open(|task| items::holds(&task.title, "redirects")), ..all })
        }
        "in-list" => {
            let list = truth.item("Launch").id;
            let rows = truth.open(|task| {
                let place = task.parent.and_then(|id| truth.items.get(&id));
                place.is_some_and(|place| place.id == list || place.parent == Some(list))
            });
            tasks(said, truth, Wanted { rows, projects: vec![website()], place: Some(list), ..all })
        }
        "decisions-in-project" => drafts::decisions(said, truth, &Within { project: Some(website()), days: None }),
        "decisions-this-month" => drafts::decisions(said, truth, &Within { project: None, days: Some(month) }),
        "retrospective" => {
            let within = Within { project: Some(website()), days: Some((truth.day(-30), today)) };
            drafts::retrospective(said, truth, "Retrospective", &within)
        }
        "retrospective-of-month" => {
            let within = Within { project: None, days: Some((month.0, today)) };
            drafts::retrospective(said, truth, "Retrospective", &within)
        }
        "week-report" => {
            let told = said.take("It goes to {person}, as you asked me to remember.")?;
            same("who gets it", said::id(&told[0]), truth.person("Sofia"))?;
            let within = Within { project: None, days: Some((truth.week(0).0, today)) };
            drafts::retrospective(said, truth, "Week report", &within)
        }
        "recipes" => examples(said).and_then(|()| said.take("There is no recipe yet.").map(drop)),
        "load" => reports::load(said, truth),
        "status" | "status-of-it" => reports::status(said, truth, website()),
        "changes" => {
            reports::changes(said, truth, &reports::Asked { from: truth.day(-7), ..reports::Asked::until(today) })
        }
        "changes-in-project" => {
            let asked =
                reports::Asked { from: truth.week(0).0, project: Some(website()), ..reports::Asked::until(today) };
            reports::changes(said, truth, &asked)
        }
        "who-did-what" => {
            let (from, to) = truth.week(-1);
            reports::changes(said, truth, &reports::Asked { from, by_person: true, ..reports::Asked::until(to) })
        }
        "did-someone" => {
            let asked = reports::Asked { from: truth.week(0).0, person: Some(priya()), ..reports::Asked::until(today) };
            reports::changes(said, truth, &asked)
        }
        "focus" => reports::focus(said, truth),
        "ghosts" => reports::ghosts(said, truth),
        "board" => reports::board(said, truth, website()),
        "projects" => reports::projects(said, truth),
        "who-works-where" => reports::who_works(said, truth, website()),
        "who-is" => items::who(said, truth, priya()),
        "show-item" => items::detail(said, truth, truth.item("Switch the domain over")),
        "comments" => items::comments(said, truth, truth.item("Switch the domain over")),
        "messages" => items::kind(said, truth, Kind::Message, Some(website())),
        "documents" => items::kind(said, truth, Kind::Document, Some(website())),
        "schedule" => items::kind(said, truth, Kind::ScheduleEntry, None),
        "lists" => items::lists(said, truth, website()),
        "search" => items::search(said, truth, "redirects"),
        "sync" => items::sync(said, truth),
        "outbox" => exactly(said, "Nothing waits: Basecamp has every edit."),
        "history" => {
            exactly(said, &format!("What I did, newest first:\n\n- {} – Fri 20 Nov", super::DONE))?;
            said.take(super::DONE).map(drop)?;
            said.take("Fri 20 Nov").map(drop)
        }
        "unknown-project" => {
            said.take("I know no project or list called “the moon project”.")?;
            said.all("{project}");
            Ok(())
        }
        "unknown-period" => said.take(FORMS).map(drop),
        "ambiguous-day" => {
            said.take("12/01” can be two days: do you mean 12 January 2027 or 1 December 2026?").map(drop)
        }
        "open-project" => {
            let to = said.take("Here it is: {project}.")?;
            same("the project", said::id(&to[0]), website())
        }
        "open-today" => {
            exactly(said, "Here it is: [Today](screen:today).").and_then(|()| said.take(said.text()).map(drop))
        }
        "open-history" => {
            exactly(said, "Here it is: [History](screen:history).").and_then(|()| said.take(said.text()).map(drop))
        }
        "help" | "who-are-you" | "greeting" | "thanks" | "nonsense" | "negated" | "beyond" => examples(said),
        other => Err(format!("no rule for {other:?}")),
    }
}

const FORMS: &str = "I understand days such as “today”, “tomorrow”, “Friday”, “next Friday”, “5 March”, “the 5th”, \
    “2026-12-01” and “in two weeks”, and spans such as “this week”, “last week”, “past 7 days”, “2w”, “since Friday” and \
    “between Monday and Thursday”.";

fn due(said: &Said, truth: &Truth, span: (Option<jiff::civil::Date>, Option<jiff::civil::Date>)) -> Checked {
    tasks(said, truth, Wanted { rows: truth.open(|task| within(task.due, span)), span, ..Wanted::default() })
}

fn within(day: Option<jiff::civil::Date>, (from, to): (Option<jiff::civil::Date>, Option<jiff::civil::Date>)) -> bool {
    day.is_some_and(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
}

/// Every phrase in quotation marks is an example of something that can be asked.
fn examples(said: &Said) -> Checked {
    let known: Vec<&str> = ::agent::builtin::examples().collect();
    let more = ["What is overdue?", "What can you do?"];
    for example in known.iter().chain(&more) {
        said.all(&format!("“{example}”"));
    }
    Ok(())
}

fn exactly(said: &Said, text: &str) -> Checked {
    same("the answer", said.text(), text)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, told: T, so: T) -> Checked {
    if told == so { Ok(()) } else { Err(format!("{what} is told as {told:?} and is {so:?}")) }
}

/// Every link leads to something that there is, by its own name.
fn links(said: &Said, truth: &Truth, id: &str) -> Checked {
    // What happened is told by the words of the report, which its rule compares.
    let happened = matches!(id, "changes" | "changes-in-project" | "did-someone");
    let words = |link: &said::Link| {
        let own =
            truth.items.get(&link.id).filter(|item| matches!(item.kind, Kind::Comment | Kind::Line | Kind::Answer));
        own.is_some_and(|item| item.body.starts_with(squeezed(&link.label).trim_end_matches('…')))
    };
    for link in said.links() {
        let name = match link.kind.as_str() {
            "project" => truth.projects.get(&link.id).cloned(),
            "person" => truth.people.get(&link.id).map(|(name, _)| name.clone()),
            "item" if happened => continue,
            // A comment or a line is called by its own first words.
            "item" if words(&link) => continue,
            "item" => truth.items.get(&link.id).map(|item| item.title.clone()),
            "screen" => continue,
            other => return Err(format!("a link to a {other}")),
        };
        let name = name.ok_or_else(|| format!("{link:?} leads to nothing"))?;
        same("a link", squeezed(&link.label), squeezed(&name))?;
    }
    Ok(())
}
