//! What to work on: three things at most, each with its reason. Late work first, then what is due, blocked work last.

use contract::commands::ShowToday;
use contract::{Row, Today};

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, look_up};
use crate::builtin::words::number;
use crate::world::World;

pub(super) const FOCUS: Capability = Capability {
    name: "tell what to work on",
    examples: &["What should I work on?", "What are my top three?"],
    writes: false,
    read,
};

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what should i work|focus on [today|now|next|first]",
        "what should i do|tackle|start|pick [with] [on] [up] [today|now|next|first]",
        "what do i do|work [on] [today|now|next|first]",
        "what is [the] [most] important|urgent [today|now|for] [me]",
        "what are my|the top {n} [tasks|things|priorities] [today|for] [today]",
        "what are my priorities [today|for|now] [today]",
        "what is my focus|priority [today|for] [today]",
        "what is my top priority [today]",
        "show|give|list [me] my top {n} [tasks|things|priorities] [today|for] [today]",
        "my top {n} [tasks|things|priorities] [today|for] [today]",
        "top {n} [tasks|things|priorities] [for] [me] [today]",
        "plan my day|today",
        "focus [me]",
        "help me focus|prioritise|prioritize",
        "where should|do i start|begin [today]",
        "what is next [for] [me]",
        "what comes next",
    ];
    let fits = fits(asked.core(), patterns);
    let gaps = fits.first()?;
    let many = match gaps.get("n") {
        [] => 3,
        [one] => {
            number(&one.text).and_then(|many| usize::try_from(many).ok()).filter(|many| (1..=12).contains(many))?
        }
        _ => return None,
    };
    let world = asked.world;
    Some(look_up("I’ll look at your day.", ShowToday { date: None, limit: Some(5000) }, move |_, today: Today| {
        told(&today, world, many)
    }))
}

/// Mine of the day, most pressing first: late, due today, due within a week, undated; what is blocked comes after the rest.
fn ranked<'t>(today: &'t Today, world: &World) -> Vec<&'t Row> {
    let is_mine = |row: &&Row| world.me.is_some_and(|me| row.assignees.contains(&me)) && !row.completed;
    let mut rows: Vec<&Row> = today.overdue.iter().chain(&today.due_today).filter(is_mine).chain(&today.mine).collect();
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    rows.sort_by_key(|row| {
        let undated = row.due_on.is_none();
        (row.blocked, undated, row.due_on, row.position, row.id)
    });
    rows
}

fn told(today: &Today, world: &World, many: usize) -> String {
    let rows = ranked(today, world);
    if rows.is_empty() {
        let late = usize::try_from(today.counts.overdue).unwrap_or(usize::MAX);
        let others = if late > 0 {
            format!(
                " In your projects **{}**, none of them yours.",
                compose::count(late, "task is overdue", "tasks are overdue")
            )
        } else {
            String::new()
        };
        return format!("Nothing open is assigned to you.{others}");
    }
    let lines: Vec<String> = rows
        .iter()
        .take(many)
        .enumerate()
        .map(|(at, row)| {
            let link = compose::item(row.id, &row.title);
            format!("{}. {link} in {} – {}", at + 1, compose::project(world, row.project), reason(row, world))
        })
        .collect();
    let rest = rows.len().saturating_sub(many);
    let more = if rest > 0 {
        format!("\n\nAfter that **{}** of yours.", compose::count(rest, "more task is", "more tasks are"))
            .replace(" is** of yours.", "** of yours is open.")
            .replace(" are** of yours.", "** of yours are open.")
    } else {
        String::new()
    };
    let head = format!("Your next {}", compose::count(lines.len(), "thing", "things"));
    format!("{head}:\n\n{}{more}\n\n{}", lines.join("\n"), hours_left(world))
}

/// How much of the person's working day is left.
fn hours_left(world: &World) -> String {
    let (hours, now) = (world.working_hours, world.now.time());
    let (from, to) = (hours.from.strftime("%H:%M"), hours.to.strftime("%H:%M"));
    if now >= hours.to {
        return format!("Your working day ended at {to}.");
    }
    if now < hours.from {
        return format!("Your working day begins at {from} and ends at {to}.");
    }
    let left = now.duration_until(hours.to).as_mins();
    let (whole, minutes) = (left / 60, left % 60);
    let count = |number: i64, one: &str, many: &str| compose::count(usize::try_from(number).unwrap_or(0), one, many);
    let left = match (whole, minutes) {
        (0, minutes) => count(minutes, "minute", "minutes"),
        (whole, 0) => count(whole, "hour", "hours"),
        (whole, minutes) => format!("{} and {}", count(whole, "hour", "hours"), count(minutes, "minute", "minutes")),
    };
    format!("Your working day ends at {to}: {left} from now.")
}

fn reason(row: &Row, world: &World) -> String {
    let today = world.now.date();
    let when = match row.due_on {
        Some(due) if due < today => dates::late(due, today),
        Some(due) => format!("due {}", dates::seen(due, today)),
        None => "no due day".to_owned(),
    };
    if row.blocked { format!("{when}; it is blocked, so it comes last") } else { when }
}
