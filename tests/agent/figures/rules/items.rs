//! One item, its comments, lists of what is no task, search results, people, and how fresh it all is.

use sim::world::Kind;

use super::super::said::{Said, fits, id, ids, number, squeezed, unescaped};
use super::super::truth::{Item, Truth};
use super::reports::listed;
use super::tasks::{due_words, near, short};
use super::{Checked, same};

/// A word of the text begins so.
pub(super) fn holds(text: &str, word: &str) -> bool {
    text.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).any(|own| own.starts_with(word))
}

pub(super) fn who(said: &Said, truth: &Truth, person: i64) -> Checked {
    let told = said.take("{person} – {any}.")?;
    same("who it is", id(&told[0]), person)?;
    same("what they do", told[1].as_str(), truth.people[&person].1.as_str())
}

fn at(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%a %-d %b, %H:%M").to_string()
}

/// What is quoted stands in the text, from its beginning on.
fn quoted(told: &str, so: &str) -> Checked {
    let told = squeezed(&unescaped(told));
    let begun = told.strip_suffix('…').map_or(so == told, |begun| so.starts_with(begun.trim_end()));
    if begun { Ok(()) } else { Err(format!("{told:?} does not stand in {so:?}")) }
}

fn comments_of<'t>(truth: &'t Truth, item: &Item) -> Vec<&'t Item> {
    let mut all: Vec<&Item> =
        truth.items.values().filter(|one| one.kind == Kind::Comment && one.parent == Some(item.id)).collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.created, one.id)));
    all
}

pub(super) fn detail(said: &Said, truth: &Truth, item: &Item) -> Checked {
    let told = said.take("{item} is a to-do in {any} of {project}.")?;
    same("the item", id(&told[0]), item.id)?;
    same("the project", id(&told[2]), item.project)?;
    for title in
        said.all("“{any}” of").iter().flat_map(|gaps| gaps[0].split("”, “").map(str::to_owned).collect::<Vec<_>>())
    {
        let mut holder = item.parent.and_then(|id| truth.items.get(&id));
        while holder.is_some_and(|holder| holder.title != title) {
            holder = holder.and_then(|holder| truth.items.get(&holder.parent?));
        }
        holder.ok_or_else(|| format!("it is not in {title}"))?;
    }
    let facts = said.take("It is {any}.")?;
    let mut facts = facts[0].split(" · ");
    let open = match (item.done, item.due) {
        (true, _) => format!("completed {}", at(item.done_at.unwrap())),
        (false, Some(due)) => format!("open, {}", due_words(due, truth.today)),
        (false, None) => "open, without a due day".to_owned(),
    };
    same("its state", facts.next().unwrap_or_default(), open.as_str())?;
    let mut people = ids(facts.next().unwrap_or_default());
    people.sort_unstable();
    same("who does it", people, item.people.clone())?;
    same("who made it", ids(facts.next().unwrap_or_default()), vec![item.creator])?;
    same("more facts", facts.next(), None)?;
    if !item.body.is_empty() {
        quoted(&said.take("> {any}")?[0], &item.body)?;
    }
    if let Some(last) = comments_of(truth, item).first() {
        let number_of = comments_of(truth, item).len();
        let told = said.take(&format!(
            "**{number_of} comment{{|s}}**, the last by {{person}} on {}: {{quote}}",
            at(last.created)
        ))?;
        same("who commented last", id(&told[1]), last.creator)?;
        quoted(&told[2], &last.body)?;
    }
    Ok(())
}

pub(super) fn comments(said: &Said, truth: &Truth, item: &Item) -> Checked {
    let so = comments_of(truth, item);
    if so.is_empty() {
        return same("the item", id(&said.take("Nobody has commented on {item}.")?[0]), item.id);
    }
    let told = said.take("{item} has **{n} comment{|s}**, newest first:")?;
    same("the item", id(&told[0]), item.id)?;
    same("the comments", number(&told[1]), so.len())?;
    let mut rest = so.iter();
    listed(said, so.len(), |line| {
        let one = rest.next().ok_or("more comments than there are")?;
        let told = fits(&line.text, &format!("- {{person}}, {}: {{quote}}", at(one.created)))
            .ok_or_else(|| line.text.clone())?;
        same("who said it", id(&told[0]), one.creator)?;
        quoted(&told[1], &one.body)
    })
}

pub(super) fn kind(said: &Said, truth: &Truth, kind: Kind, project: Option<i64>) -> Checked {
    let entries = kind == Kind::ScheduleEntry;
    let mut so: Vec<&Item> = truth
        .items
        .values()
        .filter(|item| item.kind == kind && project.is_none_or(|project| item.project == project))
        .filter(|item| !entries || item.span.is_some_and(|(_, to)| to >= truth.today))
        .collect();
    if entries {
        so.sort_by_key(|item| item.span);
    } else {
        so.sort_by_key(|item| std::cmp::Reverse(item.created));
    }
    if so.is_empty() {
        return if said.text().starts_with("There is no ") { Ok(()) } else { Err("there is none".into()) };
    }
    let noun = if kind == Kind::Message {
        "message{|s}"
    } else if entries {
        "schedule entr{y|ies}"
    } else {
        "document{|s}"
    };
    let order = if entries { "" } else { ", newest first" };
    let place = project.map_or("", |_| " in {project}");
    let when = if entries { format!(" from {} on", short(truth.today, truth.today)) } else { String::new() };
    let told = said.take(&format!("**{{n}} {noun}**{place}{when}{order}:"))?;
    same("how many", number(&told[0]), so.len())?;
    same("the project", told.get(2).map(|gap| id(gap)), project)?;
    let mut rest = so.iter();
    listed(said, so.len(), |line| {
        let told = fits(&line.text, "- {item} – {any}").ok_or("no row")?;
        let expected = rest.next().ok_or("more rows than there are")?;
        let own = so.iter().find(|item| item.id == id(&told[0])).ok_or("it is none of them")?;
        if entries {
            same("the order", own.span, expected.span)?;
        } else {
            same("the order", own.created, expected.created)?;
        }
        let mut facts = told[1].split(" · ");
        let day = |day| short(day, truth.today);
        let clock = |at: jiff::Timestamp| at.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string();
        let when = match (own.span, own.hours) {
            (_, Some((from, to))) => {
                format!("{}, {} to {}", day(super::super::truth::date(from)), clock(from), clock(to))
            }
            (Some((from, to)), None) if from == to => near(from, truth.today),
            (Some((from, to)), None) => format!("{} to {}", day(from), day(to)),
            (None, None) => day(super::super::truth::date(own.created)),
        };
        same("when", facts.next().unwrap_or_default(), when.as_str())?;
        if !entries {
            same("who", ids(facts.next().unwrap_or_default()), vec![own.creator])?;
        }
        let comments = match own.comments {
            0 => None,
            1 => Some("1 comment".to_owned()),
            many => Some(format!("{many} comments")),
        };
        if comments.is_some() {
            same("comments", facts.next().map(str::to_owned), comments)?;
        }
        if project.is_none() {
            same("where", ids(facts.next().unwrap_or_default()), vec![own.project])?;
        }
        same("more facts", facts.next(), None)
    })
}

pub(super) fn lists(said: &Said, truth: &Truth, project: i64) -> Checked {
    let told = said.take("{project} has **{n} list{|s}**:")?;
    same("the project", id(&told[0]), project)?;
    let tool = |id: Option<i64>| id.and_then(|id| truth.items.get(&id)).is_some_and(|item| item.kind == Kind::Todoset);
    let loose = truth.items.values().filter(|item| item.kind == Kind::Todoset && item.project == project);
    let loose = loose.filter(|set| {
        truth.items.values().any(|item| item.kind == Kind::Todo && !item.done && item.parent == Some(set.id))
    });
    let lists =
        truth.items.values().filter(|item| item.kind == Kind::Todolist && item.project == project && tool(item.parent));
    let so: Vec<&Item> = loose.chain(lists).collect();
    same("the lists", number(&told[1]), so.len())?;
    listed(said, so.len(), |line| {
        let told = fits(&line.text, "- {item} – {n} open").ok_or("no list")?;
        let own = so.iter().find(|list| list.id == id(&told[0])).ok_or("there is no such list")?;
        let open = truth.open(|task| {
            let holder = task.parent.and_then(|id| truth.items.get(&id));
            task.kind == Kind::Todo
                && (task.parent == Some(own.id)
                    || own.kind == Kind::Todolist && holder.is_some_and(|holder| holder.parent == Some(own.id)))
        });
        same(&line.text, number(&told[1]), open.len())
    })
}

pub(super) fn search(said: &Said, truth: &Truth, word: &str) -> Checked {
    // The others are called by what they hang under.
    let titled = |item: &Item| !matches!(item.kind, Kind::Comment | Kind::Answer | Kind::TimesheetEntry);
    let held = |item: &&Item| holds(&item.body, word) || (titled(item) && holds(&item.title, word));
    let so: Vec<&Item> = truth.items.values().filter(held).collect();
    let told = said.take(&format!("**{{n}} result{{|s}}** for “{word}”, best first:"))?;
    same("the results", number(&told[0]), so.len())?;
    listed(said, so.len(), |line| {
        let told = fits(&line.text, "- {item} – {any} in {project}").ok_or("no result")?;
        let own = so.iter().find(|item| item.id == id(&told[0])).ok_or("it does not hold the word")?;
        same("where", id(&told[2]), own.project)?;
        same("done", told[1].ends_with(", done"), own.done)
    })
}

pub(super) fn sync(said: &Said, truth: &Truth) -> Checked {
    let told = said.take("Everything here is complete as of {day}, {clock}.")?;
    same("when", format!("{}, {}", told[0], told[1]), at(truth.now))?;
    said.take("No edit waits to be sent.").map(drop)
}
