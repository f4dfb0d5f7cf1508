//! What people say: messages, comments, check-ins, chat.

use jiff::ToSpan as _;

use super::builder::Builder;
use super::calendar::day_of;
use super::project::Site;
use super::themes::{ANSWERS, CHAT, QUESTIONS, TALK, again};
use crate::world::{Detail, Kind, Status};

/// With some chance up to `most` comments on a recording.
pub(crate) fn comments(b: &mut Builder, site: &Site, on: i64, per_cent: u64, most: usize) {
    if !b.dice.chance(per_cent) {
        return;
    }
    // What is said under messages and cards is about the project; under to-dos it is mostly about doing.
    let about = b.world.recording(on).is_some_and(|found| matches!(found.kind, Kind::Message | Kind::Card));
    for _ in 0..=b.dice.below(most) {
        let pool = if about && b.dice.chance(50) { site.theme.talk } else { &TALK[..] };
        let text = b.dice.text(pool).to_owned();
        comment(b, site, on, &text);
    }
}

/// One comment, some time after what it is about, or after the comment before it.
pub(crate) fn comment(b: &mut Builder, site: &Site, on: i64, text: &str) {
    if b.full() {
        return;
    }
    let last = b.world.children_of(on, Kind::Comment).last().map(|one| one.created_at);
    let since = last.or_else(|| b.world.recording(on).map(|one| one.created_at));
    let Some(since) = since else {
        return;
    };
    let at = b.calendar.after(since, 1, 70, &mut b.dice);
    let by = b.somebody(&site.crew);
    b.add(Kind::Comment, (site.project, on), by, at, "", |one| {
        one.body = format!("<div>{text}</div>");
    });
}

/// Messages with categories and a conversation under most of them.
pub(crate) fn messages(b: &mut Builder, site: &Site) {
    let Some(board) = b.world.tool(site.project, Kind::MessageBoard) else {
        return;
    };
    let categories: Vec<i64> = b
        .world
        .project(site.project)
        .map(|project| project.categories.iter().map(|one| one.id).collect())
        .unwrap_or_default();
    let many = site.many(7);
    for number in 0..many {
        if b.full() {
            break;
        }
        let (subject, body) = match site.theme.messages.get(number % site.theme.messages.len().max(1)) {
            Some((subject, body)) => (*subject, *body),
            None => return,
        };
        let week = number / site.theme.messages.len().max(1);
        let subject = match week {
            0 => subject.to_owned(),
            more => format!("{subject} (part {})", more + 1),
        };
        let oldest = site.age - site.age * number as i64 / many.max(1) as i64;
        let at = b.calendar.between(-oldest, -oldest + 8, &mut b.dice);
        let by = b.somebody(&site.crew);
        let category = b.dice.pick(&categories).copied().filter(|_| number % 4 != 3);
        let id = b.add(Kind::Message, (site.project, board), by, at, subject, |message| {
            message.body = format!("<div>{body}</div>");
            message.detail = Detail::Message { category };
            message.visible_to_clients = number % 3 == 0;
        });
        comments(b, site, id, 85, 5);
        if number == 4 {
            let at = b.calendar.after(at, 24, 24 * 9, &mut b.dice);
            b.put_away(id, at, by, Status::Archived);
        }
    }
}

/// Two questions, answered week by week.
pub(crate) fn checkins(b: &mut Builder, site: &Site) {
    let Some(home) = b.world.tool(site.project, Kind::Questionnaire) else {
        return;
    };
    let many = site.many(14) / 2;
    if many == 0 {
        return;
    }
    for (number, text) in QUESTIONS.iter().enumerate().take(2) {
        if b.full() {
            break;
        }
        let at = b.calendar.between(-site.age, -site.age + 3, &mut b.dice);
        let by = b.somebody(&site.crew);
        let question = b.add(Kind::Question, (site.project, home), by, at, *text, |question| {
            question.detail = Detail::Question {
                frequency: if number == 0 { "every_day" } else { "every_week" }.to_owned(),
                days: if number == 0 { vec![1, 2, 3, 4, 5] } else { vec![1] },
                hour: if number == 0 { 16 } else { 9 },
                paused: false,
            };
        });
        for answer in 0..many {
            if b.full() {
                break;
            }
            let day = b.calendar.day(-(answer as i64 * 6 + number as i64 + 1) % site.age.max(1));
            let at = b.calendar.moment_on(day, &mut b.dice);
            let by = b.somebody(&site.crew);
            let text = b.dice.text(&ANSWERS).to_owned();
            let id = b.add(Kind::Answer, (site.project, question), by, at, "", |one| {
                one.body = format!("<div>{text}</div>");
                one.detail = Detail::Answer { group_on: day_of(at) };
            });
            comments(b, site, id, 8, 1);
        }
    }
}

/// Short exchanges in the chat, in the order of time.
pub(crate) fn chat(b: &mut Builder, site: &Site) {
    let Some(chat) = b.world.tool(site.project, Kind::Chat) else {
        return;
    };
    let many = site.many(18);
    for number in 0..many {
        if b.full() {
            break;
        }
        let oldest = site.age.min(50) * (many - number) as i64 / many.max(1) as i64;
        let day = b.calendar.today.saturating_sub(oldest.days());
        let at = b.calendar.moment_on(day, &mut b.dice);
        let by = b.somebody(&site.crew);
        let text = again(&CHAT, b.dice.below(CHAT.len()));
        b.add(Kind::Line, (site.project, chat), by, at, text, |_| {});
    }
}
