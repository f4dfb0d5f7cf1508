//! How a project stands: its figures, what is late, what is due soon, who is on it.

use contract::commands::{FindTasks, Rows, ShowDirectory};
use contract::{Directory, ProjectId, Row};

use crate::builtin::asked::Asked;
use crate::builtin::compose::{self, Shows};
use crate::builtin::dates;
use crate::builtin::filter::{Filter, MOST};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene, answer, call, sorry};

const PATTERNS: &[&str] = &[
    "how is|are {project} going|doing|looking|progressing",
    "how is|are {project}",
    "how does {project} stand|look",
    "where do we stand with|on|in {project}",
    "where are we with|on|in {project}",
    "where is {project} at",
    "what is [the] status|state of|on|in|with {project}",
    "status|state|summary|overview of|on|for {project}",
    "give me [a|an|the] [quick|short] status|summary|overview|report|update of|on|for|about {project}",
    "summarise|summarize|summary {project}",
    "sum up {project}",
    "report on {project}",
    "tell me about {project}",
    "what is going on in|with {project}",
    "show|describe [me] {project}",
    "is {project} on track|time",
    "are we on track with|in|on|for {project}",
];

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    for gaps in fits(asked.core(), PATTERNS) {
        match asked.project(gaps.get("project")) {
            Meant::One(project) => return Some(plan(project)),
            Meant::Several(several) => return Some(answer(asked.which_project(&several))),
            Meant::Nothing => {}
        }
    }
    None
}

fn plan<'a>(project: ProjectId) -> Plan<'a> {
    Box::new(move |scene| {
        if scene.step() == 0 {
            let open = FindTasks {
                limit: Some(MOST),
                ..Filter { project: Some(project), ..Filter::default() }.command(scene.today())
            };
            let say = format!("I’ll look at {} and its open work.", compose::project(scene.world, project));
            return Next::Call(say, vec![call(&ShowDirectory {}), call(&open)]);
        }
        let (Some(first), Some(second)) = (scene.done(0).first(), scene.done(0).get(1)) else {
            return Next::say("I have no answer.");
        };
        match (first.reply::<Directory>(), second.reply::<Rows>()) {
            (Some(directory), Some(rows)) => Next::Say(told(scene, project, &directory, &rows)),
            (None, _) => Next::Say(sorry(first)),
            (_, None) => Next::Say(sorry(second)),
        }
    })
}

fn told(scene: &Scene<'_>, project: ProjectId, directory: &Directory, rows: &[Row]) -> String {
    let link = compose::project(scene.world, project);
    let Some(row) = directory.projects.iter().find(|row| row.project.id == project) else {
        return format!("I see nothing of {link} here.");
    };
    let today = scene.today();
    let mut text = vec![format!(
        "{link} has **{}** open and **{}** done. Of the open ones {} overdue, {} due within seven days, {} \
         unassigned and {} blocked.",
        count(row.open),
        count(row.done),
        is(row.overdue),
        is(row.due_soon),
        is(row.unassigned),
        is(row.blocked)
    )];
    if let Some(ends) = row.project.ends_on {
        text.push(format!("It is planned until {}.", dates::seen(ends, today)));
    }
    if let [.., before, last] = row.done_by_week.as_slice() {
        text.push(format!("Done this week: {last}; last week: {before}."));
    }
    let late: Vec<&Row> = rows.iter().filter(|row| row.due_on.is_some_and(|due| due < today)).collect();
    let shows = Shows { project: false, people: true };
    if !late.is_empty() {
        let lines: Vec<String> = late.iter().map(|row| compose::task(scene.world, row, shows)).collect();
        text.push(format!("Overdue:\n\n{}", compose::list_of(&lines, 5)));
    }
    let next = rows.iter().filter(|row| row.due_on.is_some_and(|due| due >= today && due <= dates::plus(today, 7)));
    let lines: Vec<String> = next.map(|row| compose::task(scene.world, row, shows)).collect();
    if !lines.is_empty() {
        text.push(format!("Due next:\n\n{}", compose::list_of(&lines, 5)));
    }
    if !row.people.is_empty() {
        text.push(format!("Open work is with {}.", compose::people(scene.world, &row.people)));
    }
    text.join("\n\n")
}

fn count(number: u32) -> String {
    compose::grouped(usize::try_from(number).unwrap_or(usize::MAX))
}

fn is(number: u32) -> String {
    format!("**{}** {}", count(number), if number == 1 { "is" } else { "are" })
}
