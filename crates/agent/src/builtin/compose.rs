//! Answers: short Markdown with links to what it is about. It knows no request; what it writes of items is escaped, so that
//! a title stays a title.

use contract::{Kind, PersonId, ProjectId, RecordingId, Row};
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
