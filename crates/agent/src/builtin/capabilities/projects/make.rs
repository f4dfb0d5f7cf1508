//! Making a project with its lists: the project first, and once it is there, its lists in one go.

use contract::ProjectMade;
use contract::commands::{CreateList, CreateProject};

use crate::builtin::asked::{Asked, without};
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, Scene, answer, call, sentence};
use crate::builtin::words::{Word, is_any, number};

/// Lists that were counted and not named.
const USUAL: [&str; 3] = ["To do", "In progress", "Done"];
/// So many lists are made in one go.
const MOST: usize = 20;

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
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
    let (name, lists) = match with.and_then(|at| rest.split_at_checked(at)) {
        Some((name, lists)) => (name, lists.get(1..).unwrap_or(&[])),
        None => (rest, &[][..]),
    };
    let name = without(name, "for|called|named|titled|:|the|about|a|an|our", "");
    let only_lead =
        name.len() == 1 && name.iter().all(|word| is_any(&word.text, "for|called|named|titled|:|the|about|a|an|our"));
    let name = match asked.answer(Slot::Title) {
        Some(given) if name.is_empty() || only_lead => given.words.written(given.words.list()),
        None if name.is_empty() || only_lead => return Some(answer(followup::question(Slot::Title, "", &[]))),
        Some(_) | None => capital(&asked.words.written(name)),
    };
    let (lists, usual) = match titles(asked, lists) {
        Ok(lists) => lists,
        Err(problem) => return Some(answer(problem)),
    };
    Some(Box::new(move |scene| next(scene, &name, &lists, usual)))
}

fn next(scene: &Scene<'_>, name: &str, lists: &[String], usual: bool) -> Next {
    let Some(made) = scene.only(0) else {
        let with = if lists.is_empty() {
            String::new()
        } else {
            let names: Vec<String> = lists.iter().map(|list| format!("“{}”", compose::plain(list))).collect();
            let usual = if usual { "; you named none, so I take usual ones" } else { "" };
            format!(" and then its lists {}{usual}", compose::join(&names))
        };
        let say = format!("I’ll create the project “{}”{with}.", compose::plain(name));
        return Next::one(say, &CreateProject { name: name.to_owned(), description: String::new() });
    };
    let Some(project) = made.reply::<ProjectMade>().map(|made| made.project.id) else {
        return Next::Say(match made.failure() {
            Some(_) if made.was_denied() => "You said no. Nothing was changed.".to_owned(),
            Some(why) => format!("The project was not created: {} Nothing was changed.", sentence(why)),
            None => "The project was created, but I cannot read which it is, so it has no lists yet.".to_owned(),
        });
    };
    let link = format!("[{}](project:{project})", compose::plain(name));
    if lists.is_empty() {
        return Next::Say(format!("Created the project {link}."));
    }
    if scene.step() == 1 {
        let calls =
            lists.iter().map(|title| call(&CreateList { project, title: title.clone(), description: String::new() }));
        return Next::Call(format!("The project {link} is there. I’ll add its lists."), calls.collect());
    }
    let (mut done, mut not) = (Vec::new(), Vec::new());
    for (title, call) in lists.iter().zip(scene.done(1)) {
        let title = format!("“{}”", compose::plain(title));
        match call.failure() {
            None => done.push(title),
            Some(_) if call.was_denied() => not.push(format!("{title}: you said no")),
            Some(why) => not.push(format!("{title}: {}", sentence(why))),
        }
    }
    let lists =
        if done.is_empty() { "without lists".to_owned() } else { format!("with the lists {}", compose::join(&done)) };
    let note =
        if usual && !done.is_empty() { " You named none, so I took usual ones; rename them as you like." } else { "" };
    let failed = if not.is_empty() { String::new() } else { format!("\n\nNot created:\n\n{}", compose::list(&not)) };
    Next::Say(format!("Created the project {link} {lists}.{note}{failed}"))
}

/// The titles of the lists, and whether they are usual ones. The error says what is wrong.
fn titles(asked: &Asked<'_>, words: &[Word]) -> Result<(Vec<String>, bool), String> {
    if words.is_empty() {
        return Ok((Vec::new(), false));
    }
    let at = words.iter().position(|word| !word.quoted && is_any(&word.text, "list|lists"));
    let (count, named) = match at.and_then(|at| words.split_at_checked(at)) {
        Some((before, after)) => {
            let count = before.iter().find_map(|word| number(&word.text)).and_then(|count| usize::try_from(count).ok());
            (count, without(after.get(1..).unwrap_or(&[]), ":|called|named|titled|for|of|like", ""))
        }
        None => return Err(
            "I can add to-do lists to a new project, such as “with lists Design, Build and Launch”, and nothing else \
                    yet. Nothing was changed."
                .to_owned(),
        ),
    };
    let mut titles = Vec::new();
    let mut from = 0;
    for (place, word) in named.iter().enumerate() {
        let and = !word.quoted && word.text == "and";
        let end = if and { place } else { place + 1 };
        if and || word.comma || place + 1 == named.len() {
            let part = without(named.get(from..end).unwrap_or(&[]), "and|the|a|one", "");
            let title = capital(&asked.words.written(part));
            if !title.is_empty() && !part.iter().all(|word| word.text == "and") {
                titles.push(title);
            }
            from = place + 1;
        }
    }
    if titles.len() > MOST || count.is_some_and(|count| count > MOST) {
        return Err(format!("I make at most {MOST} lists in one go. Nothing was changed."));
    }
    match count {
        Some(count) if titles.is_empty() => {
            let usual = (0..count)
                .map(|at| USUAL.get(at).map_or_else(|| format!("List {}", at + 1), |name| (*name).to_owned()));
            Ok((usual.collect(), true))
        }
        Some(_) | None => Ok((titles, false)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    first + letters.as_str()
}
