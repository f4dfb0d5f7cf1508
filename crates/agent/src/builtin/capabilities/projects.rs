//! Projects: making one with its lists, how one stands, which there are, who is in one.

mod make;
mod stand;

use contract::commands::ShowDirectory;
use contract::{Directory, Status};

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer, look_up};

pub(super) const CREATE: Capability = Capability {
    name: "create a project with lists",
    examples: &["Create a project for the spring campaign with three lists"],
    writes: true,
    read: make::read,
};
pub(super) const STATUS: Capability = Capability {
    name: "tell how a project stands",
    examples: &["How is the website project going?", "Summarise the Spring campaign"],
    writes: false,
    read: stand::read,
};
pub(super) const LIST: Capability =
    Capability { name: "list the projects", examples: &["Which projects are there?"], writes: false, read: list };
pub(super) const PEOPLE: Capability = Capability {
    name: "tell who people are and who works where",
    examples: &["Who works on the website project?", "Who is Priya?"],
    writes: false,
    read: people,
};

fn list<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "which|what projects are there|open|active|running",
        "which|what projects do|can we|i|you have|see|know",
        "show|list [me] [all] [the|our|my] [active|open] projects",
        "how many projects are|do there|we|i [have]",
        "what are [our|the|my] projects",
        "projects",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    let mine = asked.core().iter().any(|word| word.text == "my").then(|| asked.recall.mine()).flatten();
    Some(look_up("I’ll look at the projects.", ShowDirectory {}, move |_, directory: Directory| {
        let rows = directory.projects.iter().filter(|row| {
            row.project.status == Status::Active && mine.as_ref().is_none_or(|mine| mine.contains(&row.project.id))
        });
        let lines: Vec<String> = rows
            .map(|row| {
                let link = format!("[{}](project:{})", compose::plain(&row.project.name), row.project.id);
                let late = if row.overdue > 0 { format!(", {} overdue", row.overdue) } else { String::new() };
                format!("{link} – {} open{late}", row.open)
            })
            .collect();
        if lines.is_empty() {
            return "There is no active project here.".to_owned();
        }
        format!(
            "There are **{}**:\n\n{}",
            compose::count(lines.len(), "active project", "active projects"),
            compose::list_of(&lines, 20)
        )
    }))
}

fn people<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let in_project = &[
        "who is|works|are working|involved|on|in|there on|in|at {project}",
        "who is|works|are on|in {project}",
        "who works [on|in] {project}",
        "who is [working|involved] on|in {project}",
    ];
    for gaps in fits(words, in_project) {
        let project = match asked.project(gaps.get("project")) {
            Meant::One(project) => project,
            Meant::Several(several) => return Some(answer(asked.which_project(&several))),
            Meant::Nothing => continue,
        };
        return Some(look_up(
            "I’ll look at who works there.",
            ShowDirectory {},
            move |scene, directory: Directory| {
                let link = compose::project(scene.world, project);
                let row = directory.projects.iter().find(|row| row.project.id == project);
                match row.map(|row| row.people.as_slice()) {
                    None | Some([]) => format!("Nobody has open work in {link}."),
                    Some(people) => format!(
                        "{} have open work in {link}, most first.{}",
                        compose::people(scene.world, people),
                        if people.len() >= 6 { " There may be more people: these are the first six." } else { "" }
                    )
                    .replacen(" have ", if people.len() == 1 { " has " } else { " have " }, 1),
                }
            },
        ));
    }
    let is = &[
        "who is|are {person}",
        "show [me] [the] people|team",
        "list [all] [the] people",
        "who is there|here",
        "who are my|our colleagues",
    ];
    let fits = fits(words, is);
    let gaps = fits.first()?;
    let world = asked.world;
    let told = |person: &crate::world::NamedPerson| {
        let link = compose::person(world, person.id);
        if person.title.is_empty() { link } else { format!("{link} – {}", compose::plain(&person.title)) }
    };
    if !gaps.has("person") {
        let lines: Vec<String> = world.people.iter().map(told).collect();
        return Some(answer(format!(
            "There are **{}**:\n\n{}",
            compose::count(lines.len(), "person", "people"),
            compose::list_of(&lines, 30)
        )));
    }
    let found = match asked.person(gaps.get("person")) {
        Meant::One(person) => vec![person],
        Meant::Several(people) => people,
        Meant::Nothing => return None,
    };
    let people = world.people.iter().filter(|person| found.contains(&person.id));
    let lines: Vec<String> = people.map(told).collect();
    Some(answer(match lines.as_slice() {
        [one] => format!("{one}."),
        several => compose::list(several),
    }))
}
