//! Answers: short Markdown with links to what it is about. It knows no request; what it writes of items is escaped, so that
//! a title stays a title.

use contract::{Carried, Kind, PersonId, ProjectId, RecordingId, Row};
use jiff::civil::Date;

use super::dates;
use crate::world::World;

/// So many rows of a list are shown.
pub(super) const SHOWN: usize = 12;

/// Escapes what Markdown would read as more than text, and keeps it on one line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_whitespace() || letter.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            letter => out.push(letter),
        }
    }
    out.trim().to_owned()
}

/// A link to an item.
pub(super) fn item(id: RecordingId, title: &str) -> String {
    let title = if title.trim().is_empty() { "(no title)" } else { title };
    format!("[{}](item:{id})", plain(title))
}

/// A link to a project.
pub(super) fn project(world: &World, id: ProjectId) -> String {
    match world.projects.iter().find(|project| project.id == id) {
        Some(project) => format!("[{}](project:{id})", plain(&project.name)),
        None => format!("[a project](project:{id})"),
    }
}

/// A link to a person.
pub(super) fn person(world: &World, id: PersonId) -> String {
    let name = world.people.iter().find(|person| person.id == id).map_or("someone", |person| &person.name);
    format!("[{}](person:{id})", plain(name))
}

/// People as links: “Ana and Ben”.
pub(super) fn people(world: &World, ids: &[PersonId]) -> String {
    join(&ids.iter().map(|id| person(world, *id)).collect::<Vec<_>>())
}

/// “a, b and c”.
pub(super) fn join(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// “1 to-do”, “3 to-dos”.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number with commas between thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// When the person's working day ends, for what is to be done by the end of the day. Basecamp keeps days and no hours.
pub(super) fn day_ends(world: &World) -> String {
    let to = world.working_hours.to;
    let verb = if world.now.time() < to { "ends" } else { "ended" };
    format!("your working day {verb} at {}", to.strftime("%H:%M"))
}

/// With a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    first + letters.as_str()
}

/// What became of several steps: what was done, what was not, and why.
pub(super) fn carried(done: &str, carried: &Carried) -> String {
    let told = |steps: &[String]| list_of(&steps.iter().map(|step| plain(step)).collect::<Vec<_>>(), 20);
    let mut text =
        vec![if carried.done.is_empty() { format!("{done}.") } else { format!("{done}:\n\n{}", told(&carried.done)) }];
    if let Some(why) = &carried.why {
        text.push(format!("Then it stopped: {}", super::plan::sentence(&plain(why))));
    }
    if !carried.undone.is_empty() {
        text.push(format!("Not done:\n\n{}", told(&carried.undone)));
    }
    text.join("\n\n")
}

/// What several kinds of items are called together.
pub(super) fn noun(rows: &[Row]) -> (&'static str, &'static str) {
    let all = |kind: Kind| !rows.is_empty() && rows.iter().all(|row| row.kind == kind);
    if all(Kind::Todo) {
        ("to-do", "to-dos")
    } else if all(Kind::Card) {
        ("card", "cards")
    } else if all(Kind::Step) {
        ("step", "steps")
    } else {
        ("task", "tasks")
    }
}

/// What one item of a kind is called.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Todo => "to-do",
        Kind::Card => "card",
        Kind::Step => "step",
        Kind::TodoSet => "to-do set",
        Kind::TodoList => "to-do list",
        Kind::TodoGroup => "group",
        Kind::CardTable => "card table",
        Kind::TriageColumn | Kind::NotNowColumn | Kind::Column | Kind::DoneColumn | Kind::OnHoldColumn => "column",
        Kind::MessageBoard => "message board",
        Kind::Message => "message",
        Kind::Comment => "comment",
        Kind::Vault => "folder",
        Kind::Document => "document",
        Kind::Upload => "file",
        Kind::Schedule => "schedule",
        Kind::ScheduleEntry => "schedule entry",
        Kind::Questionnaire => "check-ins",
        Kind::Question => "question",
        Kind::Answer => "answer",
        Kind::Campfire => "chat",
        Kind::ChatLine => "chat line",
        Kind::TimeEntry => "time entry",
    }
}

/// What a row of a list tells besides its title.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shows {
    /// Its project.
    pub(super) project: bool,
    /// Who does it.
    pub(super) people: bool,
}

/// A row of a task: link, day, people, project.
pub(super) fn task(world: &World, row: &Row, shows: Shows) -> String {
    let today = world.now.date();
    let mut facts = Vec::new();
    if row.completed {
        let at = row.completed_at.map(|at| at.to_zoned(world.now.time_zone().clone()).date());
        facts.push(at.map_or_else(|| "done".to_owned(), |day| format!("done {}", dates::short(day, today))));
    } else if let Some(due) = row.due_on {
        facts.push(due_words(due, today));
    }
    if shows.people {
        facts.push(if row.assignees.is_empty() { "nobody’s".to_owned() } else { people(world, &row.assignees) });
    }
    if row.blocked && !row.completed {
        facts.push("blocked".to_owned());
    }
    if shows.project {
        facts.push(project(world, row.project));
    }
    let title = item(row.id, &row.title);
    if facts.is_empty() { title } else { format!("{title} – {}", facts.join(" · ")) }
}

/// “due Fri 27 Nov, tomorrow”, “due Wed 18 Nov, 3 days late”.
pub(super) fn due_words(due: Date, today: Date) -> String {
    let late = dates::late(due, today);
    if late.is_empty() {
        format!("due {}", dates::seen(due, today))
    } else {
        format!("due {}, {late}", dates::short(due, today))
    }
}

/// A bullet list of at most twelve lines, then how many more there are.
pub(super) fn list(lines: &[String]) -> String {
    list_of(lines, SHOWN)
}

/// A bullet list of at most so many lines, then how many more there are.
pub(super) fn list_of(lines: &[String], shown: usize) -> String {
    let mut text: Vec<String> = lines.iter().take(shown).map(|line| format!("- {line}")).collect();
    if let Some(more) = lines.len().checked_sub(shown).filter(|more| *more > 0) {
        text.push(format!("- … and {} more", grouped(more)));
    }
    text.join("\n")
}

/// The text with at most so many rows in each of its lists, and how many more there are; `None` when they are as short already.
pub(super) fn shorter(text: &str, most: usize) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut rows, mut more, mut cut) = (0, 0, false);
    let close = |out: &mut Vec<String>, more: &mut usize| {
        if *more > 0 {
            out.push(format!("- … and {} more", grouped(*more)));
            *more = 0;
        }
    };
    for line in text.lines() {
        let told = line.strip_prefix("- … and ").and_then(|rest| rest.strip_suffix(" more"));
        if let Some(told) = told.and_then(|told| told.replace(',', "").parse::<usize>().ok()) {
            more += told;
        } else if line.starts_with("- ") {
            rows += 1;
            if rows > most {
                more += 1;
                cut = true;
            } else {
                out.push(line.to_owned());
            }
        } else {
            close(&mut out, &mut more);
            rows = 0;
            out.push(line.to_owned());
        }
    }
    close(&mut out, &mut more);
    cut.then(|| out.join("\n"))
}

/// The text of sanitised HTML, without its tags, on one line.
pub(super) fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => {
                inside = true;
                out.push(' ');
            }
            '>' => inside = false,
            _ if inside => {}
            letter => out.push(letter),
        }
    }
    let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    out.replace("&nbsp;", " ").replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many letters, with an ellipsis when cut.
pub(super) fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.trim_end())
}
