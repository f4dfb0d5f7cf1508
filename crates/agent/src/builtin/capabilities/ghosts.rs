//! Work that nobody minds: late, nobody's, blocked, or untouched for long. One look-up, four counts.

use contract::commands::FindTasks;
use contract::{ProjectId, Row};

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose::{self, Shows};
use crate::builtin::dates;
use crate::builtin::filter::{Filter, MOST};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer, look_up};
use crate::world::World;

pub(super) const GHOSTS: Capability = Capability {
    name: "find ghost work: stale, late, blocked and nobody’s",
    examples: &["Is there any ghost work?", "What is falling through the cracks?"],
    writes: false,
    read,
};

/// Untouched for so many days, open work is stale.
const STALE: i64 = 30;

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "is|are there [any] ghost|stale|forgotten|neglected|abandoned work|tasks|to-dos|cards|things [in] {project}",
        "is|are there [any] ghost|stale|forgotten|neglected|abandoned work|tasks|to-dos|cards|things",
        "find|show|list|scan [me] [for] [all] [the|any] ghost|stale|forgotten|neglected|abandoned work|tasks|to-dos|cards in {project}",
        "find|show|list|scan [me] [for] [all] [the|any] ghost|stale|forgotten|neglected|abandoned work|tasks|to-dos|cards",
        "what|which [tasks|work|to-dos] is|are|has|have [been] [gone] stale|forgotten|neglected|abandoned|stuck [in] {project}",
        "what|which [tasks|work|to-dos] is|are|has|have [been] [gone] stale|forgotten|neglected|abandoned",
        "what is|are falling|slipping through the cracks [in] {project}",
        "what is|are falling|slipping through the cracks",
        "what needs attention [in] {project}",
        "what needs attention",
        "what is at risk [in] {project}",
        "what is at risk",
        "ghost|stale work|scan",
        "[ghost] scan",
        "what are we|i forgetting|missing|neglecting",
    ];
    let all = fits(asked.core(), patterns);
    let gaps = all.iter().find(|gaps| !gaps.has("project")).or_else(|| all.first())?;
    let project = match gaps.has("project").then(|| asked.project(gaps.get("project"))) {
        None => None,
        Some(Meant::One(project)) => Some(project),
        Some(Meant::Several(several)) => return Some(answer(asked.which_project(&several))),
        Some(Meant::Nothing) => {
            let named = asked.words.written(gaps.get("project"));
            return Some(answer(crate::builtin::filter::no_such_project(asked, &named)));
        }
    };
    let world = asked.world;
    let input = FindTasks { limit: Some(MOST), ..Filter { project, ..Filter::default() }.command(world.now.date()) };
    Some(look_up("I’ll look through all open work.", input, move |_, rows| told(&rows, world, project)))
}

fn told(rows: &[Row], world: &World, project: Option<ProjectId>) -> String {
    let today = world.now.date();
    let place = project.map_or(String::new(), |id| format!(" in {}", compose::project(world, id)));
    if rows.is_empty() {
        return format!("There is no open to-do or card{place}.");
    }
    let touched = |row: &Row| row.updated_at.to_zoned(world.now.time_zone().clone()).date();
    let stale_before = dates::plus(today, -STALE);
    let groups: [(&str, Vec<&Row>); 4] = [
        ("overdue", rows.iter().filter(|row| row.due_on.is_some_and(|due| due < today)).collect()),
        ("unassigned", rows.iter().filter(|row| row.assignees.is_empty()).collect()),
        ("blocked", rows.iter().filter(|row| row.blocked).collect()),
        ("untouched for 30 days or more", rows.iter().filter(|row| touched(row) <= stale_before).collect()),
    ];
    let least = if rows.len() >= MOST as usize { "at least " } else { "" };
    let mut text = vec![format!("Of {least}**{}**{place}:", compose::count(rows.len(), "open task", "open tasks"))];
    let shows = Shows { project: project.is_none(), people: true };
    for (name, group) in &groups {
        let is = if group.len() == 1 { "is" } else { "are" };
        let lines: Vec<String> = group.iter().map(|row| compose::task(world, row, shows)).collect();
        let examples = if lines.is_empty() { String::new() } else { format!("\n\n{}", compose::list_of(&lines, 3)) };
        text.push(format!("**{}** {is} {name}.{examples}", compose::grouped(group.len())));
    }
    text.join("\n\n")
}
