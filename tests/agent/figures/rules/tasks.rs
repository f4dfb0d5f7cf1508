//! Lists and counts of tasks: how many, which, and what each row tells.

use jiff::civil::Date;

use super::super::said::{Line, Said, day, fits, id, ids, number};
use super::super::truth::{Item, Truth};
use super::{Checked, same};

/// What is to be told.
#[derive(Default)]
pub(super) struct Wanted<'t> {
    /// These, in this order.
    pub(super) rows: Vec<&'t Item>,
    pub(super) projects: Vec<i64>,
    pub(super) person: Option<i64>,
    pub(super) place: Option<i64>,
    pub(super) mine: bool,
    pub(super) nobody: bool,
    /// The days that are named.
    pub(super) span: (Option<Date>, Option<Date>),
    /// Only how many, with a few examples.
    pub(super) counts: bool,
    /// The person likes short lists.
    pub(super) short: bool,
}

pub(super) fn tasks(said: &Said, truth: &Truth, wanted: Wanted<'_>) -> Checked {
    let lines = said.lines();
    let head = &lines[0];
    let number_of = said.all_in(head, "**{n}**");
    let denies = ["No", "There is no"].iter().any(|start| head.text.starts_with(start));
    match (number_of.as_slice(), wanted.rows.len()) {
        ([], 0) if denies => {}
        ([told], so) => same("the count", number(&told[0]), so)?,
        (told, so) => return Err(format!("it counts {told:?}, and there are {so}")),
    }
    let linked = |kind: &str| -> Vec<i64> {
        said.all_in(head, &format!("{{{kind}}}")).iter().map(|gaps| id(&gaps[0])).collect()
    };
    same("the projects", linked("project"), wanted.projects.clone())?;
    same("the person", linked("person"), wanted.person.into_iter().collect())?;
    same("the place", linked("item"), wanted.place.into_iter().collect())?;
    let told: Result<Vec<Date>, String> =
        said.all_in(head, "{day}").iter().map(|gaps| day(&gaps[0], truth.today)).collect();
    let mut so: Vec<Date> = [wanted.span.0, wanted.span.1].into_iter().flatten().collect();
    so.dedup();
    same("the days", told?, so)?;
    let first = wanted.counts && wanted.rows.len() > 5;
    if first {
        said.take_in(head, "The first five:")?;
    }
    let shows = Shows {
        most: if first || wanted.short { 5 } else { 12 },
        project: wanted.projects.len() != 1,
        people: wanted.person.is_none() && !wanted.mine && !wanted.nobody,
        more: !first,
    };
    rows(said, truth, &said.list_under(""), &wanted.rows, shows)
}

/// What rows tell.
#[derive(Clone, Copy)]
pub(super) struct Shows {
    pub(super) most: usize,
    pub(super) project: bool,
    pub(super) people: bool,
    /// How many more there are is told.
    pub(super) more: bool,
}

/// The bullets are the first of these, in any order of those due on one day, and tell of each what is so.
pub(super) fn rows(said: &Said, truth: &Truth, bullets: &[Line], wanted: &[&Item], shows: Shows) -> Checked {
    let (more, shown): (Vec<&Line>, Vec<&Line>) = bullets.iter().partition(|line| line.text.starts_with("- … and"));
    same("the number of rows", shown.len(), wanted.len().min(shows.most))?;
    let rest = wanted.len() - shown.len();
    match more.as_slice() {
        [] if rest == 0 || !shows.more => {}
        [line] if shows.more => {
            let told = fits(&line.text, "- … and {n} more").ok_or_else(|| format!("{:?}", line.text))?;
            same("how many more", number(&told[0]), rest)?;
            said.mark_line(line);
        }
        _ => return Err(format!("{rest} more are not told of: {more:?}")),
    }
    let mut before = Vec::new();
    for (line, so) in shown.iter().zip(wanted) {
        let gaps = fits(&line.text, "- {item}").map(|gaps| vec![gaps[0].clone(), String::new()]);
        let gaps =
            gaps.or_else(|| fits(&line.text, "- {item} – {any}")).ok_or_else(|| format!("no row: {:?}", line.text))?;
        let own = wanted.iter().find(|item| item.id == id(&gaps[0]));
        let own = own.ok_or_else(|| format!("it is none of them: {:?}", line.text))?;
        if before.contains(&own.id) {
            return Err(format!("twice: {:?}", line.text));
        }
        before.push(own.id);
        if own.done {
            same("the order", own.done_at, so.done_at)?;
        } else {
            same("the order", own.due, so.due)?;
        }
        facts(&gaps[1], own, truth, shows).map_err(|why| format!("{why}: {:?}", line.text))?;
        said.mark_line(line);
    }
    Ok(())
}

fn facts(told: &str, item: &Item, truth: &Truth, shows: Shows) -> Checked {
    let mut told = told.split(" · ").filter(|fact| !fact.is_empty());
    let mut next = |what: &str| told.next().map(str::to_owned).ok_or_else(|| format!("{what} is not told"));
    match (item.done_on(), item.due) {
        (Some(on), _) if item.done => same("done", next("done")?, format!("done {}", short(on, truth.today)))?,
        (_, Some(due)) => same("due", next("due")?, due_words(due, truth.today))?,
        (_, None) => {}
    }
    if shows.people {
        let people = next("who")?;
        let mut ids = ids(&people);
        ids.sort_unstable();
        same("who", ids, item.people.clone())?;
        if item.people.is_empty() {
            same("who", people.as_str(), "nobody’s")?;
        }
    }
    if item.blocked && !item.done {
        same("blocked", next("blocked")?.as_str(), "blocked")?;
    }
    if shows.project {
        let project = fits(&next("the project")?, "{project}").ok_or("no project")?;
        same("the project", id(&project[0]), item.project)?;
    }
    match told.next() {
        None => Ok(()),
        Some(more) => Err(format!("{more:?} is not so")),
    }
}

/// “Fri 27 Nov”, with the year when it is another one.
pub(super) fn short(day: Date, today: Date) -> String {
    let form = if day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    day.strftime(form).to_string()
}

/// The day, with how far it is when that is less than a week.
pub(super) fn near(day: Date, today: Date) -> String {
    let short = short(day, today);
    match today.until(day).unwrap().get_days() {
        0 => format!("{short}, today"),
        1 => format!("{short}, tomorrow"),
        -1 => format!("{short}, yesterday"),
        days @ 2..=6 => format!("{short}, in {days} days"),
        _ => short,
    }
}

pub(super) fn late(day: Date, today: Date) -> String {
    match day.until(today).unwrap().get_days() {
        1 => "1 day late".to_owned(),
        days => format!("{days} days late"),
    }
}

pub(super) fn due_words(due: Date, today: Date) -> String {
    if due < today {
        format!("due {}, {}", short(due, today), late(due, today))
    } else {
        format!("due {}", near(due, today))
    }
}
