//! Who has how much to do. It says how it judges, and shows the figures of all.

use contract::Load;
use contract::commands::ShowLoad;
use jiff::civil::Date;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::dates::{self, Calendar, Lean, Period};
use crate::builtin::filter::Trouble;
use crate::builtin::names::Meant;
use crate::builtin::plan::{Plan, answer, look_up};
use crate::builtin::words::{Word, is_any};
use crate::world::World;

pub(super) const LOAD: Capability = Capability {
    name: "tell who has how much to do",
    examples: &["Who has too much on this week?", "How is the workload?"],
    writes: false,
    read,
};

/// Above so many times the mean it is a lot: 1.5.
const ABOVE: (u64, u64) = (3, 2);

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.core();
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let has = |any: &str| text.iter().any(|word| is_any(word, any));
    let pair = |a: &str, b: &str| text.windows(2).any(|two| matches!(two, [x, y] if is_any(x, a) && is_any(y, b)));
    let spoken =
        has("workload|workloads|overloaded|overbooked|swamped|overworked|overcommitted|busiest|capacity|utilisation")
            || (has("who")
                && (pair("too", "much|many")
                    || has("busy|busiest|most|capacity|load")
                    || pair("most", "work|tasks|to-dos")
                    || pair("free", "time|capacity")
                    || pair("least", "work|tasks")
                    || (has("free") && text.len() <= 5)))
            || (has("how") && pair("much", "work"))
            || pair("work", "load")
            || (has("load") && has("team|show|everyone|per"));
    if !spoken || words.len() > 25 {
        return None;
    }
    let (period, project) = match conditions(asked, words) {
        Ok(found) => found,
        Err(Trouble::Say(text)) => return Some(answer(text)),
        Err(Trouble::Other) => return None,
    };
    let calendar = asked.calendar();
    let (from, to) = span(period, &calendar);
    let say = format!("I’ll count who has how much due {}.", dates::told(Period::span(from, to), calendar.today));
    let input = ShowLoad { from: Some(from), to: Some(to), project };
    let world = asked.world;
    Some(look_up(say, input, move |_, loads| told(&loads, world, from, to)))
}

fn span(period: Option<Period>, calendar: &Calendar) -> (Date, Date) {
    let today = calendar.today;
    let week_end = dates::plus(calendar.week_of(today), 6);
    match period {
        None => (today, week_end),
        Some(Period { from, to }) => {
            let from = from.unwrap_or(today);
            (from, to.unwrap_or_else(|| dates::plus(from, 6)).max(from))
        }
    }
}

type Conditions = (Option<Period>, Option<contract::ProjectId>);

fn conditions(asked: &Asked<'_>, words: &[Word]) -> Result<Conditions, Trouble> {
    let (mut period, mut project) = (None, None);
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((len, found)) = dates::begins(rest, &asked.calendar(), Lean::Ahead) {
            let written = asked.words.written(rest.get(..len).unwrap_or(&[]));
            period = Some(found.map_err(|trouble| Trouble::Say(dates::explain(&trouble, &written)))?);
            at += len;
        } else if let Some((len, meant)) = asked.project_at(rest) {
            project = match meant {
                Meant::One(project) => Some(project),
                Meant::Several(several) => return Err(Trouble::Say(asked.which_project(&several))),
                Meant::Nothing => return Err(Trouble::Other),
            };
            at += len;
        } else {
            at += 1;
        }
    }
    Ok((period, project))
}

/// Those with more than one and a half times the mean of the people who have any work due.
pub(super) fn too_much(loads: &[Load]) -> Vec<&Load> {
    let people: Vec<&Load> = loads.iter().filter(|load| load.person.is_some()).collect();
    let busy = people.iter().filter(|load| load.open > 0).count() as u64;
    let total: u64 = people.iter().map(|load| u64::from(load.due)).sum();
    let mut above: Vec<&Load> =
        people.into_iter().filter(|load| busy > 0 && u64::from(load.due) * busy * ABOVE.1 > total * ABOVE.0).collect();
    above.sort_by(|a, b| b.due.cmp(&a.due).then_with(|| a.name.cmp(&b.name)));
    above
}

fn told(loads: &[Load], world: &World, from: Date, to: Date) -> String {
    let today = world.now.date();
    let when = dates::told(Period::span(from, to), today);
    let mut people: Vec<&Load> = loads.iter().filter(|load| load.person.is_some() && load.open > 0).collect();
    if people.is_empty() {
        return "Nobody has any open work, as far as I see.".to_owned();
    }
    people
        .sort_by(|a, b| (b.due, b.overdue, b.open).cmp(&(a.due, a.overdue, a.open)).then_with(|| a.name.cmp(&b.name)));
    let total: u32 = people.iter().map(|load| load.due).sum();
    let above = too_much(loads);
    let names: Vec<String> = above.iter().filter_map(|load| load.person).map(|id| compose::person(world, id)).collect();
    let has = if names.len() == 1 { "has" } else { "have" };
    let mut text = vec![if total == 0 {
        format!("Nobody has anything due {when}.")
    } else if names.is_empty() {
        format!("Nobody stands out {when}.")
    } else {
        format!("{} {has} much more due than others {when}.", compose::join(&names))
    }];
    let mean = format!("{:.1}", f64::from(total) / people.len() as f64);
    text.push(format!(
        "I judge by what is due {when}: more than 1.5 times the mean of the {} with open work, which is {mean}.",
        compose::count(people.len(), "person", "people")
    ));
    let mut table =
        vec!["| Person | Due | Overdue | Open | Busiest day |".to_owned(), "|---|--:|--:|--:|---|".to_owned()];
    for load in &people {
        let person = load.person.map_or(String::new(), |id| compose::person(world, id));
        let busiest =
            load.busiest_on.map_or(String::new(), |day| format!("{} on {}", load.busiest, dates::short(day, today)));
        table.push(format!("| {person} | {} | {} | {} | {busiest} |", load.due, load.overdue, load.open));
    }
    text.push(table.join("\n"));
    if let Some(nobody) = loads.iter().find(|load| load.person.is_none()).filter(|load| load.open > 0) {
        text.push(format!(
            "Besides, **{}** nobody’s, {} due then.",
            compose::count(usize::try_from(nobody.open).unwrap_or(0), "open task is", "open tasks are"),
            nobody.due
        ));
    }
    text.join("\n\n")
}
