//! Reports: load, how a project stands, what happened, what to work on, ghost work, boards, projects.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sim::world::Kind;

use super::super::said::{Line, Said, fits, id, ids, number, squeezed};
use super::super::truth::{Happened, Item, Truth, date};
use super::tasks::{Shows, due_words, late, near, rows, short};
use super::{Checked, same};

pub(super) fn load(said: &Said, truth: &Truth) -> Checked {
    let (from, to) = truth.week(0);
    let span = format!("from {} to {}", short(from, truth.today), short(to, truth.today));
    let due = |item: &&Item| item.due.is_some_and(|due| due >= from && due <= to);
    let of = |person: Option<i64>| {
        truth.open(|task| person.map_or(task.people.is_empty(), |person| task.people.contains(&person)))
    };
    let mut loads: BTreeMap<i64, Vec<&Item>> = truth.people.keys().map(|person| (*person, of(Some(*person)))).collect();
    loads.retain(|_, open| !open.is_empty());
    let total: usize = loads.values().map(|open| open.iter().filter(|item| due(item)).count()).sum();
    let mean = total as f64 / loads.len() as f64;
    let mut above: Vec<i64> = loads
        .iter()
        .filter(|(_, open)| open.iter().filter(|item| due(item)).count() as f64 > 1.5 * mean)
        .map(|(person, _)| *person)
        .collect();
    if above.is_empty() {
        said.take(&format!("Nobody stands out {span}."))?;
    } else {
        let told = said.take(&format!("{{people}} {{has|have}} much more due than others {span}."))?;
        let mut told = ids(&told[0]);
        told.sort_unstable();
        above.sort_unstable();
        same("who stands out", told, above)?;
    }
    said.take(&format!(
        "I judge by what is due {span}: more than 1.5 times the mean of the {} people with open work, which is {mean:.1}.",
        loads.len()
    ))?;
    for line in said.lines().iter().filter(|line| line.text.starts_with("| [")) {
        let told = fits(&line.text, "| {person} | {n} | {n} | {n} | {any} |").ok_or_else(|| line.text.clone())?;
        let open = loads.remove(&id(&told[0])).ok_or_else(|| format!("not so: {}", line.text))?;
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for item in open.iter().filter(|item| due(item)) {
            *days.entry(item.due.unwrap()).or_default() += 1;
        }
        let most = days.values().max().copied().unwrap_or(0);
        let busiest = days
            .iter()
            .find(|(_, count)| **count == most)
            .map_or(String::new(), |(day, count)| format!("{count} on {}", short(*day, truth.today)));
        let late = open.iter().filter(|item| item.due.is_some_and(|due| due < truth.today)).count();
        let so = [open.iter().filter(|item| due(item)).count(), late, open.len()];
        same(&line.text, [number(&told[1]), number(&told[2]), number(&told[3])], so)?;
        same(&line.text, told[4].trim(), busiest.as_str())?;
        said.mark_line(line);
    }
    same("the people who are not told of", loads.len(), 0)?;
    let nobody = of(None);
    if !nobody.is_empty() {
        let told = said.take("Besides, **{n} open task{|s} {is|are}** nobody’s, {n} due then.")?;
        let so = [nobody.len(), nobody.iter().filter(|item| due(item)).count()];
        same("nobody’s", [number(&told[0]), number(&told[3])], so)?;
    }
    Ok(())
}

pub(super) fn status(said: &Said, truth: &Truth, project: i64) -> Checked {
    let today = truth.today;
    let open = truth.open(|task| task.project == project);
    let done = truth.tasks(|task| task.project == project && task.done);
    let told = said.take(
        "{project} has **{n}** open and **{n}** done. Of the open ones **{n}** {is|are} overdue, **{n}** {is|are} due \
         within seven days, **{n}** {is|are} unassigned and **{n}** {is|are} blocked.",
    )?;
    same("the project", id(&told[0]), project)?;
    let count = |holds: &dyn Fn(&Item) -> bool| open.iter().filter(|item| holds(item)).count();
    let soon = truth.day(7);
    let so = [
        open.len(),
        done.len(),
        count(&|item| item.due.is_some_and(|due| due < today)),
        count(&|item| item.due.is_some_and(|due| due >= today && due <= soon)),
        count(&|item| item.people.is_empty()),
        count(&|item| item.blocked),
    ];
    let figures = [&told[1], &told[2], &told[3], &told[5], &told[7], &told[9]].map(|figure| number(figure));
    same("how it stands", figures, so)?;
    if let Some(ends) = truth.ends.get(&project) {
        said.take(&format!("It is planned until {}.", near(*ends, today)))?;
    }
    let in_week = |ahead: i64| {
        let (from, to) = truth.week(ahead);
        done.iter().filter(|item| item.done_on().is_some_and(|day| day >= from && day <= to)).count()
    };
    said.take(&format!("Done this week: {}; last week: {}.", in_week(0), in_week(-1)))?;
    let shows = Shows { most: 5, project: false, people: true, more: true };
    let late = truth.open(|task| task.project == project && task.due.is_some_and(|due| due < today));
    rows(said, truth, &said.list_under("Overdue:"), &late, shows)?;
    let next = truth.open(|task| task.project == project && task.due.is_some_and(|due| due >= today && due <= soon));
    rows(said, truth, &said.list_under("Due next:"), &next, shows)?;
    let told = said.take("Open work is with {people}.")?;
    same("who works there", ids(&told[0]), busy(truth, project))
}

/// The six people with the most open work in a project.
fn busy(truth: &Truth, project: i64) -> Vec<i64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for item in truth.open(|task| task.project == project) {
        for person in &item.people {
            *counts.entry(*person).or_default() += 1;
        }
    }
    let mut ranked: Vec<(i64, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), *person));
    ranked.into_iter().take(6).map(|(person, _)| person).collect()
}

pub(super) fn who_works(said: &Said, truth: &Truth, project: i64) -> Checked {
    let told = said.take("{people} {has|have} open work in {project}, most first.")?;
    same("the project", id(&told[2]), project)?;
    let so = busy(truth, project);
    if so.len() == 6 {
        said.take("There may be more people: these are the first six.")?;
    }
    same("who works there", ids(&told[0]), so)
}

/// What of what happened is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) project: Option<i64>,
    pub(super) person: Option<i64>,
    pub(super) by_person: bool,
}

impl Asked {
    pub(super) fn until(to: Date) -> Self {
        Self { from: to, to, project: None, person: None, by_person: false }
    }
}

pub(super) fn changes(said: &Said, truth: &Truth, asked: &Asked) -> Checked {
    let today = truth.today;
    let mut within: Vec<&Happened> = truth
        .happened
        .iter()
        .filter(|one| asked.project.is_none_or(|project| one.project == project))
        .filter(|one| asked.person.is_none_or(|person| one.who == person))
        .filter(|one| (asked.from..=asked.to).contains(&date(one.at)))
        .collect();
    within.sort_by_key(|one| std::cmp::Reverse(one.at));
    let when = if asked.to >= today {
        format!("since {}", short(asked.from, today))
    } else {
        format!("from {} to {}", short(asked.from, today), short(asked.to, today))
    };
    let place = asked.project.map_or("", |_| " in {project}");
    let who = asked.person.map_or("", |_| " by {person}");
    let head = said.take(&format!(
        "**{{n}} thing{{|s}}** happened{place}{who} {when}: {}.",
        kinds(within.iter().map(|one| one.action.as_str()))
    ))?;
    same("how much happened", number(&head[0]), within.len())?;
    let linked: Vec<i64> = head[2..].iter().map(|gap| id(gap)).collect();
    same("where or who", linked, asked.project.into_iter().chain(asked.person).collect())?;
    if asked.by_person {
        let mut people: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
        for one in &within {
            people.entry(one.who).or_default().push(&one.action);
        }
        let so: Vec<(i64, String)> = people.iter().map(|(who, did)| (*who, kinds(did.iter().copied()))).collect();
        return listed(said, so.len(), |line| {
            let told = fits(&line.text, "- {person}: {any}").ok_or("nobody")?;
            let own = so.iter().find(|(who, _)| *who == id(&told[0])).ok_or("they did nothing")?;
            same(&line.text, told[1].as_str(), own.1.as_str())
        });
    }
    let mut rest = within.iter();
    listed(said, within.len(), |line| {
        let one = rest.next().ok_or("more rows than happened")?;
        let at = one.at.to_zoned(jiff::tz::TimeZone::system()).strftime("%a %-d %b, %H:%M").to_string();
        let own_who = if asked.person.is_none() { "{person} " } else { "" };
        let own_place = if asked.project.is_none() { " · {project}" } else { "" };
        let told = fits(&line.text, &format!("- {own_who}{} {{item}} – {at}{own_place}", one.action.replace('_', " ")))
            .ok_or_else(|| format!("{one:?} is told as {:?}", line.text))?;
        let linked: Vec<i64> = told.iter().map(|gap| id(gap)).collect();
        let mut so = vec![one.item];
        so.splice(0..0, asked.person.is_none().then_some(one.who));
        so.extend(asked.project.is_none().then_some(one.project));
        same(&line.text, linked, so)?;
        let label = said_label(&line.text).ok_or("no title")?;
        same("what it was", label, squeezed(&one.title))
    })
}

/// What the link to an item is called.
fn said_label(line: &str) -> Option<String> {
    Said::of(line).links().into_iter().find(|link| link.kind == "item").map(|link| link.label)
}

/// “5 created and 3 completed”, most first.
fn kinds<'a>(actions: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for action in actions {
        *counts.entry(action).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let words: Vec<String> = counts.iter().map(|(word, count)| format!("{count} {}", word.replace('_', " "))).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// Checks each bullet, and that those which are not shown are counted.
pub(super) fn listed(said: &Said, so: usize, mut check: impl FnMut(&Line) -> Checked) -> Checked {
    let mut shown = 0;
    for line in said.list_under("") {
        if let Some(more) = fits(&line.text, "- … and {n} more") {
            shown += number(&more[0]);
        } else {
            check(&line)?;
            shown += 1;
        }
        said.mark_line(&line);
    }
    same("how many there are", shown, so)
}

pub(super) fn focus(said: &Said, truth: &Truth) -> Checked {
    let mut mine: Vec<&Item> = truth
        .items
        .values()
        .filter(|item| matches!(item.kind, Kind::Todo | Kind::Card | Kind::Step) && !item.done)
        .filter(|item| item.people.contains(&truth.me))
        .collect();
    mine.sort_by_key(|item| (item.blocked, item.due.is_none(), item.due));
    said.take(&format!("Your next {} things:", mine.len().min(3)))?;
    for (at, so) in (1..=3).zip(&mine) {
        let lines = said.lines();
        let line = lines.iter().find(|line| line.text.starts_with(&format!("{at}. "))).ok_or("a thing is missing")?;
        let told =
            fits(&line.text, &format!("{at}. {{item}} in {{project}} – {{any}}")).ok_or_else(|| line.text.clone())?;
        let own = mine.iter().find(|item| item.id == id(&told[0])).ok_or("it is not mine")?;
        same("what is pressing", (own.blocked, own.due), (so.blocked, so.due))?;
        same("the project", id(&told[1]), own.project)?;
        let when = match own.due {
            Some(due) if due < truth.today => late(due, truth.today),
            Some(due) => due_words(due, truth.today),
            None => "no due day".to_owned(),
        };
        let blocked = if own.blocked { "; it is blocked, so it comes last" } else { "" };
        same("the reason", told[2].as_str(), format!("{when}{blocked}").as_str())?;
        said.mark_line(line);
    }
    if mine.len() > 3 {
        let told = said.take("After that **{n} more task{|s}** of yours {is|are} open.")?;
        same("the rest", number(&told[0]), mine.len() - 3)?;
    }
    // It is a minute past nine at most, and the hours are the usual ones.
    said.take("Your working day ends at 17:00: 7 hours and 59 minutes from now.").map(drop)
}

pub(super) fn ghosts(said: &Said, truth: &Truth) -> Checked {
    let today = truth.today;
    let told = said.take("Of **{n} open tasks**:")?;
    same("the open tasks", number(&told[0]), truth.open(|_| true).len())?;
    let groups = [
        ("overdue", truth.open(|task| task.due.is_some_and(|due| due < today))),
        ("unassigned", truth.open(|task| task.people.is_empty())),
        ("blocked", truth.open(|task| task.blocked)),
        ("untouched for 30 days or more", truth.open(|task| date(task.updated) <= truth.day(-30))),
    ];
    for (name, group) in groups {
        let told = said.take(&format!("**{{n}}** {{is|are}} {name}."))?;
        same(name, number(&told[0]), group.len())?;
        if !group.is_empty() {
            let shows = Shows { most: 3, project: true, people: true, more: true };
            rows(said, truth, &said.list_under(&format!(" {name}.")), &group, shows)?;
        }
    }
    Ok(())
}

pub(super) fn board(said: &Said, truth: &Truth, project: i64) -> Checked {
    let told = said.take("{item} has **{n} card{|s}**:")?;
    let table = truth.items.get(&id(&told[0])).filter(|item| item.kind == Kind::CardTable && item.project == project);
    let table = table.ok_or("it is no board of the project")?;
    let columns: Vec<&Item> = truth
        .items
        .values()
        .filter(|item| (item.kind.is_column() || item.kind == Kind::OnHold) && belongs(truth, item, table.id))
        .collect();
    let cards = |column: i64| -> Vec<&Item> {
        truth.items.values().filter(|item| item.kind == Kind::Card && item.parent == Some(column)).collect()
    };
    same("the cards", number(&told[1]), columns.iter().map(|column| cards(column.id).len()).sum())?;
    let mut left = columns.clone();
    listed(said, columns.len(), |line| {
        let told = fits(&line.text, "- **{any}** – {n}{any}").ok_or("no column")?;
        let names = ids(&told[2]);
        let place = left
            .iter()
            .position(|column| {
                column.title == told[0] && names.iter().all(|id| cards(column.id).iter().any(|card| card.id == *id))
            })
            .ok_or("there is no such column")?;
        let so = cards(left.remove(place).id);
        same("the cards in it", number(&told[1]), so.len())?;
        same("the cards that are named", names.len(), so.len().min(3))?;
        let more = if so.len() > 3 { format!(" and {} more", so.len() - 3) } else { String::new() };
        if told[2].ends_with(&more) && (so.len() > 3 || !told[2].contains(" more")) {
            Ok(())
        } else {
            Err(line.text.clone())
        }
    })
}

fn belongs(truth: &Truth, item: &Item, to: i64) -> bool {
    let parent = item.parent.and_then(|id| truth.items.get(&id));
    item.parent == Some(to) || parent.is_some_and(|parent| parent.parent == Some(to))
}

pub(super) fn projects(said: &Said, truth: &Truth) -> Checked {
    let told = said.take("There are **{n} active project{|s}**:")?;
    same("the projects", number(&told[0]), truth.projects.len())?;
    listed(said, truth.projects.len(), |line| {
        let told = fits(&line.text, "- {project} – {any}").ok_or("no project")?;
        let open = truth.open(|task| task.project == id(&told[0]));
        let late = open.iter().filter(|item| item.due.is_some_and(|due| due < truth.today)).count();
        let late = if late > 0 { format!(", {late} overdue") } else { String::new() };
        same(&line.text, told[1].as_str(), format!("{} open{late}", open.len()).as_str())
    })
}
