//! Questions about tasks: which there are, and how many.

use contract::Row;
use contract::commands::FindTasks;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose::{self, Shows};
use crate::builtin::filter::{self, Filter, MOST, Trouble};
use crate::builtin::plan::{Plan, answer, look_up};
use crate::builtin::words::{Word, is_any};
use crate::world::World;

pub(super) const COUNT: Capability = Capability {
    name: "count tasks",
    examples: &["How many tasks are overdue?", "How many open to-dos does Priya have?"],
    writes: false,
    read: count,
};

pub(super) const LIST: Capability = Capability {
    name: "find tasks by who, where, when and how they stand",
    examples: &["What is overdue in the website project?", "What is due this week?", "Which tasks are unassigned?"],
    writes: false,
    read: list,
};

fn count<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let counts = words.windows(2).any(|pair| matches!(pair, [a, b] if a.text == "how" && b.text == "many"))
        || words.first().is_some_and(|word| is_any(&word.text, "count"))
        || words.windows(2).any(|pair| matches!(pair, [a, b] if a.text == "number" && b.text == "of"));
    if !counts {
        return None;
    }
    planned(asked, words, true)
}

fn list<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let first = words.first().map_or("", |word| word.text.as_str());
    let opens = is_any(
        first,
        "what|which|who|whose|show|list|give|tell|find|display|see|is|are|does|do|did|has|have|any|anything|all|every|everything|let",
    ) || words.iter().any(|word| {
        !word.quoted && is_any(&word.text, "overdue|unassigned|blocked|due|undated|tasks|to-dos|cards|late")
    });
    if !opens || words.len() > 40 {
        return None;
    }
    planned(asked, words, false)
}

fn planned<'a>(asked: &Asked<'a>, words: &[Word], count: bool) -> Option<Plan<'a>> {
    let filter = match filter::read(asked, words) {
        Ok(filter) => filter,
        Err(Trouble::Say(text)) if speaks_of_tasks(words) => return Some(answer(text)),
        Err(Trouble::Say(_) | Trouble::Other) => return None,
    };
    let only_words = Filter { text: None, project: None, ..filter.clone() }.is_open();
    if only_words && !count && !speaks_of_tasks(words) {
        return None;
    }
    // “Show “X”” is about one item, not about a list.
    if words.iter().any(|word| word.quoted) && !speaks_of_tasks(words) {
        return None;
    }
    let asks_yes = words.first().is_some_and(|word| is_any(&word.text, "is|are|does|do|has|have|any"));
    let world = asked.world;
    let command: FindTasks = filter.command(world.now.date());
    let say = format!("I’ll look for {}.", sought(&filter, world));
    Some(look_up(say, command, move |_, rows| {
        let full = rows.len() >= MOST as usize;
        let rows = filter.keep(rows, world);
        told(&filter, &rows, world, Said { full, count, asks_yes })
    }))
}

fn speaks_of_tasks(words: &[Word]) -> bool {
    words.iter().any(|word| {
        !word.quoted
            && is_any(
                &word.text,
                "overdue|due|unassigned|blocked|late|undated|task|tasks|to-do|to-dos|card|cards|done|completed|finished|open|deadline|assigned|work|complete|plate",
            )
    })
}

fn sought(filter: &Filter, world: &World) -> String {
    let state = filter.state(world);
    let what = filter.told(world, true);
    if state.is_empty() { what } else { format!("{what} that are {state}") }
}

/// How an answer is worded.
#[derive(Debug, Clone, Copy)]
struct Said {
    /// There may be more than what was found.
    full: bool,
    /// Only how many.
    count: bool,
    /// The question can be answered by yes or no.
    asks_yes: bool,
}

fn told(filter: &Filter, rows: &[Row], world: &World, said: Said) -> String {
    let state = filter.state(world);
    if rows.is_empty() {
        let what = filter.told(world, false);
        let start = if said.asks_yes { "No: no" } else { "No" };
        return if state.is_empty() {
            format!("There is no {what}.")
        } else {
            {
                // What was completed is past; its noun need not say it again.
                let (what, is) = if filter.done { (what.replacen("completed ", "", 1), "was") } else { (what, "is") };
                format!("{start} {what} {is} {state}.")
            }
        };
    }
    let (one, many) = compose::noun(rows);
    let least = if said.full { "at least " } else { "" };
    let number = format!("{least}**{}**", compose::grouped(rows.len()));
    let noun = if rows.len() == 1 { one } else { many };
    let open = if filter.done || filter.overdue { "" } else { "open " };
    let whose = filter.told(world, true);
    let rest = whose.split_once(' ').and_then(|(_, rest)| rest.split_once(' ')).map_or("", |(_, rest)| rest);
    let rest = if rest.is_empty() { String::new() } else { format!(" {rest}") };
    let is = match (filter.done, rows.len()) {
        (true, 1) => "was",
        (true, _) => "were",
        (false, 1) => "is",
        (false, _) => "are",
    };
    let mut head = if state.is_empty() {
        let done = if filter.done { "completed " } else { open };
        format!("{number} {done}{noun}{rest}")
    } else {
        format!("{number} {}{noun}{rest} {is} {state}", if filter.overdue { "" } else { open })
    };
    if said.asks_yes {
        head = format!("Yes: {head}");
    }
    let shows = Shows { project: filter.project.is_none(), people: filter.person.is_none() && !filter.nobody };
    let lines: Vec<String> = rows.iter().map(|row| compose::task(world, row, shows)).collect();
    if said.count && lines.len() > 5 {
        return format!("{head}. The first five:\n\n{}", compose::list(lines.get(..5).unwrap_or(&[])));
    }
    format!("{head}:\n\n{}", compose::list(&lines))
}
