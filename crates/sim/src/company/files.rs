//! Folders, documents and uploads; the schedule; time spent.

use jiff::civil::time;
use jiff::tz::TimeZone;

use super::builder::Builder;
use super::calendar::{day_of, weekday_before};
use super::project::Site;
use super::talk;
use super::themes::{FOLDERS, SPENT, again};
use crate::world::{Detail, Kind, Span};

/// Folders inside folders, documents, files.
pub(crate) fn vault(b: &mut Builder, site: &Site) {
    let Some(root) = b.world.tool(site.project, Kind::Vault) else {
        return;
    };
    let mut folders = vec![root];
    for (number, name) in FOLDERS.iter().enumerate().take(site.many(3)) {
        if b.full() {
            break;
        }
        let at = b.calendar.between(-site.age, -site.age / 2, &mut b.dice);
        let by = b.somebody(&site.crew);
        let parent = match number {
            2 => folders.get(1).copied().unwrap_or(root),
            _ => root,
        };
        folders.push(b.add(Kind::Vault, (site.project, parent), by, at, *name, |_| {}));
    }
    for number in 0..site.many(5) {
        if b.full() {
            break;
        }
        let Some((title, body)) = site.theme.documents.get(number % site.theme.documents.len().max(1)) else {
            break;
        };
        let at = b.calendar.between(-site.age, -1, &mut b.dice);
        let by = b.somebody(&site.crew);
        let home = b.dice.pick(&folders).copied().unwrap_or(root);
        let title = match number / site.theme.documents.len().max(1) {
            0 => (*title).to_owned(),
            more => format!("{title}, version {}", more + 1),
        };
        let id = b.add(Kind::Document, (site.project, home), by, at, title, |document| {
            document.body = format!("<div>{body}</div>");
        });
        talk::comments(b, site, id, 25, 2);
    }
    for number in 0..site.many(7) {
        if b.full() {
            break;
        }
        let name = again(site.theme.uploads, number).replace(' ', "-");
        let at = b.calendar.between(-site.age, -1, &mut b.dice);
        let by = b.somebody(&site.crew);
        let home = b.dice.pick(&folders).copied().unwrap_or(root);
        let size = b.dice.between(18_000, 9_400_000);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let (content_type, pixels) = match ending {
            "jpg" => ("image/jpeg", Some((3_000, 2_000))),
            "png" => ("image/png", Some((1_600, 1_000))),
            "pdf" => ("application/pdf", None),
            "zip" => ("application/zip", None),
            "csv" => ("text/csv", None),
            "mp4" => ("video/mp4", None),
            _ => ("application/octet-stream", None),
        };
        let id = b.add(Kind::Upload, (site.project, home), by, at, name.clone(), |upload| {
            upload.detail =
                Detail::Upload { filename: name, content_type: content_type.to_owned(), byte_size: size, pixels };
        });
        talk::comments(b, site, id, 20, 1);
    }
}

/// Meetings and dates, past and to come; every third lasts whole days.
pub(crate) fn schedule(b: &mut Builder, site: &Site) {
    let Some(home) = b.world.tool(site.project, Kind::Schedule) else {
        return;
    };
    let many = site.many(8);
    for number in 0..many {
        if b.full() {
            break;
        }
        let text = again(site.theme.dates, number);
        let ahead = -site.age / 2 + (site.age / 2 + 40) * number as i64 / many.max(1) as i64;
        let day = weekday_before(b.calendar.day(ahead));
        let made = b.calendar.between(-site.age, ahead.min(0) - 4, &mut b.dice);
        let hour = i8::try_from(b.dice.between(8, 15)).unwrap_or(9);
        let days = b.dice.between(0, 2);
        let span = if number % 3 == 2 {
            let last = day.saturating_add(jiff::Span::new().days(days));
            Span::Days(day, last)
        } else {
            let at = |hour: i8| {
                day.to_datetime(time(hour, 30, 0, 0))
                    .to_zoned(TimeZone::UTC)
                    .map_or(b.calendar.now, |zoned| zoned.timestamp())
            };
            Span::Times(at(hour), at(hour + 1))
        };
        let by = b.somebody(&site.crew);
        let mut participants = b.dice.shuffled(&site.crew);
        participants.truncate(3);
        b.add(Kind::ScheduleEntry, (site.project, home), by, made, text, |entry| {
            entry.detail = Detail::Entry {
                span,
                participants,
                join_url: (number % 4 == 1).then(|| "https://meet.example.com/harbour".to_owned()),
                highlighted: number % 5 == 0,
            };
        });
    }
}

/// Hours on to-dos that are done.
pub(crate) fn timesheet(b: &mut Builder, site: &Site) {
    let done: Vec<(i64, i64, jiff::Timestamp)> = b
        .world
        .of_kind(Kind::Todo)
        .iter()
        .rev()
        .filter_map(|id| b.world.recording(*id))
        .take_while(|todo| todo.project == site.project)
        .filter_map(|todo| todo.completion.map(|done| (todo.id, done.by, done.at)))
        .take(site.many(10))
        .collect();
    for (number, (todo, by, at)) in done.into_iter().enumerate() {
        if b.full() {
            break;
        }
        let hours = b.dice.text(&["0.5", "1.0", "1.5", "2.0", "3.5", "6.0"]).to_owned();
        let text = again(&SPENT, number);
        b.add(Kind::TimesheetEntry, (site.project, todo), by, at, "", |entry| {
            entry.body = text;
            entry.detail = Detail::Timesheet { date: day_of(at), hours, person: by };
        });
    }
}
