//! Making a whole project in one go: its lists and columns with what belongs into them, and who gets access. The card shows
//! every part, and each can be edited there.

mod grammar;

use contract::ProjectMade;
use contract::commands::{CreateProject, PlannedColumn, PlannedList, PlannedTask};

use crate::builtin::asked::{Asked, without};
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene, answer, sentence};
use crate::builtin::words::is_any;

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    const LEADS: &str = "for|called|named|titled|:|the|about|a|an|our";
    let patterns = &[
        "create|make|start|add|begin|open|build|set [up] [a|an|another] [new] project {rest}",
        "create|make|start|add|begin|build|set [up] [a|an|another] [new] project",
        "create|make|start|add|build {name} as [a] [new] project",
        "new project : {rest}",
        "new project {rest}",
    ];
    let fits = fits(asked.core(), patterns);
    let gaps = fits.first()?;
    let rest = if gaps.has("name") { gaps.get("name") } else { gaps.get("rest") };
    let with = rest.iter().position(|word| !word.quoted && is_any(&word.text, "with|having|containing"));
    let (name, parts) = match with.and_then(|at| rest.split_at_checked(at)) {
        Some((name, parts)) => (name, parts.get(1..).unwrap_or(&[])),
        None => (rest, &[][..]),
    };
    let name = without(name, LEADS, "");
    let only_lead = name.len() == 1 && name.iter().all(|word| !word.quoted && is_any(&word.text, LEADS));
    let name = match asked.answer(Slot::Title) {
        Some(given) if name.is_empty() || only_lead => given.words.written(given.words.list()),
        None if name.is_empty() || only_lead => return Some(answer(followup::question(Slot::Title, "", &[]))),
        Some(_) | None => compose::capital(&asked.words.written(name)),
    };
    let parts = match grammar::parts(asked, &name, parts) {
        Ok(parts) => parts,
        Err(problem) => return Some(answer(problem)),
    };
    let project = CreateProject {
        name,
        people: parts.people,
        lists: parts.lists,
        columns: parts.columns,
        ..CreateProject::default()
    };
    Some(Box::new(move |scene| next(scene, &project, parts.proposed)))
}

fn next(scene: &Scene<'_>, project: &CreateProject, proposed: bool) -> Next {
    let name = compose::plain(&project.name);
    let Some(made) = scene.only(0) else {
        let proposal = if proposed {
            " You named none, so these names are a proposal: you can edit them on the card before you allow it."
        } else {
            ""
        };
        return Next::one(format!("I’ll create the project “{name}”{}.{proposal}", told(scene, project)), project);
    };
    let Some(made) = made.reply::<ProjectMade>() else {
        return Next::Say(match made.failure() {
            Some(_) if made.was_denied() => "You said no. Nothing was changed.".to_owned(),
            Some(why) => format!("The project was not created: {} Nothing was changed.", sentence(why)),
            None => "The project was created, but I cannot read which it is.".to_owned(),
        });
    };
    let link = format!("[{}](project:{})", compose::plain(&made.project.name), made.project.id);
    Next::Say(compose::carried(&format!("Created the project {link}"), &made.carried))
}

/// What goes into it, in words.
fn told(scene: &Scene<'_>, project: &CreateProject) -> String {
    let with = |title: &str, tasks: &[PlannedTask], one: &str, many: &str| {
        let title = format!("“{}”", compose::plain(title));
        if tasks.is_empty() { title } else { format!("{title} ({})", compose::count(tasks.len(), one, many)) }
    };
    let mut parts = Vec::new();
    if !project.lists.is_empty() {
        let told = |list: &PlannedList| with(&list.title, &list.todos, "to-do", "to-dos");
        let lists: Vec<String> = project.lists.iter().map(told).collect();
        parts.push(format!("the {} {}", if lists.len() == 1 { "list" } else { "lists" }, compose::join(&lists)));
    }
    if !project.columns.is_empty() {
        let told = |column: &PlannedColumn| with(&column.title, &column.cards, "card", "cards");
        let columns: Vec<String> = project.columns.iter().map(told).collect();
        parts.push(format!(
            "the {} {}",
            if columns.len() == 1 { "column" } else { "columns" },
            compose::join(&columns)
        ));
    }
    if !project.people.is_empty() {
        parts.push(format!("access for {}", compose::people(scene.world, &project.people)));
    }
    if parts.is_empty() { String::new() } else { format!(" with {}", compose::join(&parts)) }
}
