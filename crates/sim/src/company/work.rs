//! To-do lists, groups, loose to-dos, card tables, steps.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::builder::Builder;
use super::calendar::{day_of, weekday_before};
use super::project::Site;
use super::talk;
use super::themes::{BLOCKED, DESCRIPTIONS, STEPS, Theme, again};
use crate::world::{Detail, Kind, Status};

/// Lists with groups, to-dos in both, and some to-dos outside any list.
pub(crate) fn todos(b: &mut Builder, site: &Site) {
    let Some(set) = b.world.tool(site.project, Kind::Todoset) else {
        return;
    };
    let per_list = site.many(48) / site.theme.lists.len().max(1);
    let mut made = Vec::new();
    for (at, (name, about, tasks)) in site.theme.lists.iter().enumerate() {
        let age = site.age - (site.age * at as i64) / 8;
        let began = b.calendar.between(-age, -age + 4, &mut b.dice);
        let creator = b.somebody(&site.crew);
        let list = b.add(Kind::Todolist, (site.project, set), creator, began, *name, |list| {
            if !about.is_empty() {
                list.body = format!("<div>{about}</div>");
            }
        });
        made.push(list);
        let mut homes = vec![list];
        if at % 3 == 0 && per_list > 3 {
            for name in ["First round", "After sign-off"] {
                let group = b.add(Kind::Todolist, (site.project, list), creator, began, name, |_| {});
                homes.push(group);
            }
        }
        for number in 0..per_list {
            if b.full() {
                break;
            }
            let home = match number % 4 {
                3 => homes.last(),
                2 => homes.get(homes.len().saturating_sub(2)),
                _ => homes.first(),
            };
            let text = again(tasks, number);
            todo(b, site, home.copied().unwrap_or(list), text, age);
        }
    }
    for number in 0..site.many(3) {
        if b.full() {
            break;
        }
        let text = again(site.theme.loose, number);
        todo(b, site, set, text, site.age.min(60));
    }
    // A list from the beginning that is done with, and one that was a mistake.
    if let Some(first) = made.first().copied().filter(|_| made.len() > 4) {
        let by = b.somebody(&site.crew);
        let at = b.calendar.between(-site.age / 3, -3, &mut b.dice);
        let open: Vec<i64> = open_below(b, first);
        for id in open {
            b.finish(id, at, by);
        }
        b.put_away(first, at, by, Status::Archived);
    }
    if site.project % 2 == 0 && site.scale > 40 {
        let by = b.somebody(&site.crew);
        let at = b.calendar.between(-18, -2, &mut b.dice);
        let spare = b.add(Kind::Todolist, (site.project, set), by, at, "Copy of ideas", |_| {});
        b.put_away(spare, at, by, Status::Trashed);
    }
}

fn open_below(b: &Builder, list: i64) -> Vec<i64> {
    let mut open = Vec::new();
    for child in b.world.child_ids(list) {
        let Some(found) = b.world.recording(*child) else {
            continue;
        };
        if found.kind == Kind::Todolist {
            open.extend(open_below(b, *child));
        } else if found.kind == Kind::Todo && found.completion.is_none() {
            open.push(*child);
        }
    }
    open
}

/// A due day some time after the beginning, or none.
fn due_after(b: &mut Builder, began: Date) -> Option<Date> {
    let days = b.dice.between(3, 34);
    let due = weekday_before(began.saturating_add(days.days()));
    b.dice.chance(72).then_some(due)
}

fn todo(b: &mut Builder, site: &Site, parent: i64, text: String, age: i64) {
    if b.full() {
        return;
    }
    let at = b.calendar.between(-age, -1, &mut b.dice);
    let creator = b.somebody(&site.crew);
    let due = due_after(b, day_of(at));
    let assignee = b.somebody(&site.crew);
    let second = b.somebody(&site.crew);
    let (unassigned, pair, told) = (b.dice.chance(16), b.dice.chance(12), b.dice.chance(30));
    let starts = b.dice.chance(15);
    let about = b.dice.text(&DESCRIPTIONS).to_owned();
    let id = b.add(Kind::Todo, (site.project, parent), creator, at, text, |todo| {
        todo.due_on = due;
        if let Some(due) = due.filter(|_| starts) {
            todo.starts_on = Some(day_of(at).min(due));
        }
        if !unassigned {
            todo.assignees.push(assignee);
            if pair && second != assignee {
                todo.assignees.push(second);
            }
        }
        if told {
            todo.body = format!("<div>{about}</div>");
        }
    });
    let past = match due {
        Some(due) => due < b.calendar.today,
        None => day_of(at) < b.calendar.day(-40),
    };
    let done = b.dice.chance(if past { 95 } else { 22 });
    if done {
        let by = if unassigned { creator } else { assignee };
        let end = match due.filter(|_| past) {
            Some(due) => {
                let slip = b.dice.between(-4, 2);
                b.calendar.moment_on(due.saturating_add(slip.days()), &mut b.dice)
            }
            None => b.calendar.after(at, 20, 24 * 14, &mut b.dice),
        };
        b.finish(id, end.max(at), by);
    } else if b.dice.chance(9) {
        let why = b.dice.text(&BLOCKED);
        talk::comment(b, site, id, &format!("Blocked: waiting for {why}."));
    } else if b.dice.chance(3) {
        let when = b.calendar.after(at, 24, 24 * 30, &mut b.dice);
        b.put_away(id, when, creator, Status::Trashed);
    }
    talk::comments(b, site, id, 26, 3);
}

/// A card table with columns, an on-hold section, and cards with steps.
pub(crate) fn cards(b: &mut Builder, site: &Site) {
    let Some(table) = b.world.tool(site.project, Kind::CardTable) else {
        return;
    };
    let began = b.calendar.between(-site.age, -site.age + 2, &mut b.dice);
    let owner = b.somebody(&site.crew);
    let mut columns = Vec::new();
    let colors = ["blue", "yellow", "purple"];
    for (name, color) in site.theme.columns.iter().zip(colors) {
        let column = b.add(Kind::Column, (site.project, table), owner, began, *name, |column| {
            column.detail = Detail::Column { color: Some(color.to_owned()) };
        });
        columns.push(column);
    }
    // Done stands last.
    if let Some(order) = b.world.children.get_mut(&table)
        && order.len() > 3
    {
        let done = order.remove(2);
        order.push(done);
    }
    let place = |kind: Kind| b.world.children_of(table, kind).next().map(|found| found.id);
    let (triage, not_now, done) = (place(Kind::Triage), place(Kind::NotNow), place(Kind::DoneColumn));
    let middle = columns.get(1).copied().unwrap_or(table);
    let hold = b.add(Kind::OnHold, (site.project, middle), owner, began, "On hold", |_| {});
    for number in 0..site.many(13) {
        if b.full() {
            break;
        }
        let home = match number % 10 {
            0 | 5 => triage,
            1 => not_now,
            2 | 8 => columns.first().copied(),
            3 => Some(middle),
            4 => columns.get(2).copied(),
            6 => Some(hold),
            _ => done,
        };
        let Some(home) = home else {
            continue;
        };
        card(b, site, home, Some(home) == done, number);
    }
}

fn card(b: &mut Builder, site: &Site, home: i64, finished: bool, number: usize) {
    if b.full() {
        return;
    }
    let text = again(site.theme.cards, number);
    let at = b.calendar.between(-site.age.min(120), -2, &mut b.dice);
    let creator = b.somebody(&site.crew);
    let assignee = b.somebody(&site.crew);
    // A day that is long past was moved; only a few cards are late, and none for long.
    let moved = b.dice.between(-3, 26);
    let moved = weekday_before(b.calendar.day(moved));
    let due = due_after(b, day_of(at)).map(|due| if finished || due >= b.calendar.day(-3) { due } else { moved });
    let (assigned, told) = (b.dice.chance(80), b.dice.chance(45));
    let about = b.dice.text(&DESCRIPTIONS).to_owned();
    let id = b.add(Kind::Card, (site.project, home), creator, at, text, |card| {
        card.due_on = due;
        if assigned {
            card.assignees.push(assignee);
        }
        if told {
            card.body = format!("<div>{about}</div>");
        }
    });
    let end = b.calendar.after(at, 48, 24 * 20, &mut b.dice);
    for step in 0..b.dice.below(4).min(site.many(4)) {
        if b.full() {
            break;
        }
        let text = again(&STEPS, number * 3 + step);
        let made = b.add(Kind::Step, (site.project, id), creator, at, text, |one| {
            if assigned && step == 0 {
                one.assignees.push(assignee);
            }
        });
        if finished || b.dice.chance(45) {
            b.finish(made, end, assignee);
        }
    }
    if finished {
        b.finish(id, end, assignee);
    }
    talk::comments(b, site, id, 40, 3);
}

/// One more to-do or comment, to reach a number.
pub(crate) fn one_more(b: &mut Builder, project: i64, theme: &'static Theme, number: usize) {
    let crew: Vec<i64> = b.world.members(project).into_iter().collect();
    let site = Site { theme, project, crew, age: 60, scale: 0 };
    let Some(set) = b.world.tool(project, Kind::Todoset) else {
        return;
    };
    let lists: Vec<i64> = b
        .world
        .children_of(set, Kind::Todolist)
        .filter(|list| list.own_status == Status::Active)
        .map(|list| list.id)
        .collect();
    let home = b.dice.pick(&lists).copied().unwrap_or(set);
    let todos: Vec<i64> = b.world.children_of(home, Kind::Todo).map(|todo| todo.id).collect();
    if number % 3 == 2
        && let Some(todo) = b.dice.pick(&todos).copied()
    {
        let text = b.dice.text(&super::themes::TALK);
        talk::comment(b, &site, todo, text);
        return;
    }
    let at = b.calendar.between(-40, -1, &mut b.dice);
    let creator = b.somebody(&site.crew);
    let due = due_after(b, day_of(at));
    // The first few of the pool are the project's own loose to-dos already.
    let text = again(site.theme.loose, number + 4);
    b.add(Kind::Todo, (project, home), creator, at, text, |todo| {
        todo.due_on = due.filter(|due| *due > day_of(at));
    });
}
