//! Decisions, word for word, and drafts of which every sentence is so.

use jiff::civil::Date;

use super::super::said::{Said, fits, id, ids, number, squeezed, unescaped};
use super::super::truth::{Item, Truth, date};
use super::reports::listed;
use super::tasks::short;
use super::{Checked, same};

/// Where and when.
pub(super) struct Within {
    pub(super) project: Option<i64>,
    pub(super) days: Option<(Date, Date)>,
}

impl Within {
    fn holds(&self, project: i64, day: Date) -> bool {
        self.project.is_none_or(|own| own == project)
            && self.days.is_none_or(|(first, last)| (first..=last).contains(&day))
    }
}

/// What everybody in the company says when something is decided.
const AGREED: &str = "Agreed on the call just now";

pub(super) fn decisions(said: &Said, truth: &Truth, within: &Within) -> Checked {
    let place = within.project.map_or("", |_| " in {project}");
    let when = within.days.map_or(String::new(), |(first, last)| {
        format!(" from {} to {}", short(first, truth.today), short(last, truth.today))
    });
    let told = said.take(&format!("**{{n}} decision{{|s}}**{place}{when}, newest first:"))?;
    same("the project", told.get(2).map(|gap| id(gap)), within.project)?;
    let mut seen = Vec::new();
    listed(said, number(&told[0]), |line| {
        let place = if within.project.is_none() { " · {project}" } else { "" };
        let told =
            fits(&line.text, &format!("- {{quote}} – {{person}} · {{any}} · {{item}}{place}")).ok_or("no decision")?;
        let item = truth.items.get(&id(&told[3])).ok_or("it stands nowhere")?;
        quoted(&told[0], item)?;
        same("who wrote it", id(&told[1]), item.creator)?;
        same("when", told[2].as_str(), short(date(item.created), truth.today).as_str())?;
        same("where", told.get(4).map_or(item.project, |gap| id(gap)), item.project)?;
        seen.push(item.id);
        if within.holds(item.project, date(item.created)) { Ok(()) } else { Err("it was not asked for".into()) }
    })?;
    let agreed = |item: &&Item| item.body.contains(AGREED) && within.holds(item.project, date(item.created));
    let missing: Vec<&Item> = truth.items.values().filter(agreed).filter(|item| !seen.contains(&item.id)).collect();
    same("the decisions that are left out", missing.len(), 0)
}

/// It stands so in the item.
fn quoted(told: &str, item: &Item) -> Checked {
    let told = squeezed(&unescaped(told));
    let stands = item.body.contains(&told) || squeezed(&item.title).contains(&told);
    if stands { Ok(()) } else { Err(format!("{told:?} does not stand in {item:?}")) }
}

pub(super) fn retrospective(said: &Said, truth: &Truth, name: &str, within: &Within) -> Checked {
    let (first, last) = within.days.unwrap();
    let full = |day: Date| day.strftime("%-d %B %Y").to_string();
    let of = within.project.map_or(String::new(), |id| format!(" of {}", truth.projects[&id]));
    said.take(&format!("**{name}{of}, {} to {}**", full(first), full(last)))?;
    let here = |item: &Item| within.project.is_none_or(|project| item.project == project);
    let finished = truth.tasks(|task| task.done && task.done_on().is_some_and(|day| within.holds(task.project, day)));
    let late = truth.open(|task| here(task) && task.due.is_some_and(|due| due < truth.today));
    let blocked = truth.open(|task| here(task) && task.blocked);
    let mut told = [0; 4];
    for line in said.lines().iter().filter(|line| line.text.starts_with("- ")) {
        let (text, sources) = line.text.rsplit_once(" – [").ok_or("no sources")?;
        let (text, sources) = (text.strip_prefix("- ").unwrap(), ids(&format!("[{sources}")));
        let items: Vec<&Item> = sources.iter().filter_map(|id| truth.items.get(id)).collect();
        same("the sources", items.len(), sources.len())?;
        let one = items.first().ok_or("no source")?;
        let all = |so: &[&Item], count: &str| {
            same("the count", number(count), so.len())?;
            same(
                "what is counted",
                items.iter().all(|item| so.iter().any(|so| so.id == item.id)),
                items.len() == so.len(),
            )
        };
        let is = |so: &[&Item]| so.iter().any(|so| so.id == one.id && items.len() == 1);
        let titled = |title: &str| same("the title", squeezed(&unescaped(title)), squeezed(&one.title));
        if let Some(gaps) = fits(text, "{n} task{|s} {was|were} finished.") {
            all(&finished, &gaps[0])?;
        } else if let Some(gaps) = fits(text, "{n} task{|s} {is|are} late.") {
            all(&late, &gaps[0])?;
        } else if let Some(gaps) = fits(text, "{n} task{|s} {say|says} that {it is|they are} blocked.") {
            all(&blocked, &gaps[0])?;
        } else if let Some(gaps) = fits(text, "{quote}{any} was finished on {any}.") {
            told[0] += 1;
            titled(&gaps[0])?;
            let names: Vec<&str> = one.people.iter().map(|id| truth.people[id].0.as_str()).collect();
            let with = gaps[1].strip_prefix(" with ").unwrap_or(&gaps[1]).replace(" and ", ", ");
            let mut with: Vec<&str> = with.split(", ").filter(|name| !name.is_empty()).collect();
            with.sort_by_key(|name| names.iter().position(|own| own == name));
            same("who", with, names)?;
            same("the day", Some(gaps[2].clone()), one.done_on().map(full))?;
            same("finished", is(&finished), true)?;
        } else if let Some(gaps) = fits(text, "Decided: {quote}") {
            told[1] += 1;
            quoted(&gaps[0], one)?;
        } else if let Some(gaps) = fits(text, "{quote} was due on {any} and is still open.") {
            told[2] += 1;
            titled(&gaps[0])?;
            same("the day", Some(gaps[1].clone()), one.due.map(full))?;
            same("late", is(&late), true)?;
        } else if let Some(gaps) = fits(text, "{quote} is blocked by its own words.") {
            told[3] += 1;
            titled(&gaps[0])?;
            same("blocked", is(&blocked), true)?;
        } else {
            return Err(format!("no such sentence: {text:?}"));
        }
        said.mark_line(line);
    }
    let so = [finished.len(), told[1], late.len(), blocked.len()].map(|many| many.min(8));
    same("how many sentences there are of each sort", told, so)?;
    let more = [finished.len(), late.len(), blocked.len()].iter().any(|many| *many > 8);
    match said.take("I told at most eight of a sort.") {
        Ok(_) if more || told[1] == 8 => Ok(()),
        Err(_) if !more => Ok(()),
        other => other.map(|_| ()).and(Err("whether there is more is told wrongly".into())),
    }
}
