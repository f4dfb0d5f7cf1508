//! A small studio: its names, its work, what happened. Enough that each request of the published list has an answer.

use contract::{Activity, ActivityId, Kind, PersonId, ProjectId, RecordingId, Row, Status};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, Zoned};

use crate::world::{NamedPerson, NamedPlace, NamedProject, World};

pub(super) const ME: PersonId = PersonId(1);

const PEOPLE: [(&str, &str); 12] = [
    ("Maya Lindqvist", "Senior project manager"),
    ("Daniel Okonkwo", "Founder and managing director"),
    ("Priya Raman", "Head of design"),
    ("Tomás Herrera", "Lead developer"),
    ("Aiko Tanaka", "Product designer"),
    ("Kwame Mensah", "Front-end developer"),
    ("Elif Yılmaz", "Content strategist"),
    ("Jonas Becker", "Back-end developer"),
    ("Sofia Rossi", "Account director"),
    ("Camila Duarte", "Motion designer"),
    ("Mateusz Kowalski", "Copywriter"),
    ("Grace Whitfield", "Marketing director"),
];

const PROJECTS: [(&str, &[&str], &[&str]); 4] = [
    (
        "Alder & Finch: Website relaunch",
        &["Discovery", "Design", "Content", "Build", "Launch"],
        &["Triage", "In progress", "In review", "Ready to ship", "Done"],
    ),
    (
        "Lumen Festival: Spring campaign",
        &["Idea", "Media plan", "Production", "Social"],
        &["Triage", "Writing", "Making", "With the client", "Done"],
    ),
    (
        "Meridian Cycles: Rider app",
        &["First release", "Design", "Server", "Testing"],
        &["Triage", "Doing", "Testing", "Next release", "Done"],
    ),
    ("Office move", &["The new place", "Contracts"], &["Triage", "To arrange", "Arranged", "Done"]),
];

/// The moment at which everything takes place: a Wednesday.
pub(super) fn now() -> Zoned {
    "2026-11-18T10:00[Europe/London]".parse().unwrap()
}

pub(super) fn person(name: &str) -> PersonId {
    let at =
        PEOPLE.iter().position(|(own, _)| own.starts_with(name)).unwrap_or_else(|| panic!("nobody is called {name}"));
    PersonId(at as i64 + 1)
}

pub(super) fn project(name: &str) -> ProjectId {
    let at = PROJECTS.iter().position(|(own, ..)| own.contains(name)).unwrap_or_else(|| panic!("no project {name}"));
    ProjectId(101 + at as i64)
}

pub(super) fn place(project: ProjectId, title: &str) -> RecordingId {
    let world = world();
    let found = world.places.iter().find(|place| place.project == project && place.title == title);
    found.unwrap_or_else(|| panic!("no place {title}")).id
}

pub(super) fn world() -> World {
    let people = PEOPLE.iter().enumerate().map(|(at, (name, title))| NamedPerson {
        id: PersonId(at as i64 + 1),
        name: (*name).into(),
        title: (*title).into(),
    });
    let projects = PROJECTS
        .iter()
        .enumerate()
        .map(|(at, (name, ..))| NamedProject { id: ProjectId(101 + at as i64), name: (*name).into() });
    let mut places = Vec::new();
    for (at, (_, lists, columns)) in PROJECTS.iter().enumerate() {
        let project = ProjectId(101 + at as i64);
        let base = 1000 * (at as i64 + 1);
        let set = RecordingId(base);
        let board = RecordingId(base + 50);
        let mut add = |id: i64, kind: Kind, title: &str, parent: Option<RecordingId>| {
            places.push(NamedPlace { id: RecordingId(id), kind, title: title.into(), project, parent });
        };
        add(base, Kind::TodoSet, "To-dos", None);
        for (number, title) in lists.iter().enumerate() {
            add(base + 1 + number as i64, Kind::TodoList, title, Some(set));
        }
        for (number, title) in columns.iter().enumerate() {
            let kind = match *title {
                "Triage" => Kind::TriageColumn,
                "Done" => Kind::DoneColumn,
                _ => Kind::Column,
            };
            add(base + 51 + number as i64, kind, title, Some(board));
        }
    }
    World {
        now: now(),
        week_start: 1,
        working_hours: contract::Hours::default(),
        me: Some(ME),
        people: people.collect(),
        projects: projects.collect(),
        places,
        seeing: Vec::new(),
        memories: Vec::new(),
    }
}

/// One item: title, project, place, due in days from today, people, flags (`b` blocked, `d` done, `o` old, `t` trashed).
type Entry = (&'static str, &'static str, &'static str, Option<i64>, &'static [&'static str], &'static str);

const WORK: &[Entry] = &[
    ("Draw the home page in three widths", "Website", "Design", Some(-3), &["Priya"], ""),
    ("Check every contrast pair", "Website", "Design", Some(-1), &["Aiko"], ""),
    ("Define the colour tokens for light and dark", "Website", "Design", Some(1), &["Aiko"], ""),
    ("Design the empty basket", "Website", "Design", Some(1), &["Aiko", "Kwame"], ""),
    ("Set up the staging server", "Website", "Build", Some(-2), &["Jonas"], "d"),
    ("Wire the contact form to the new inbox", "Website", "Build", Some(-2), &["Kwame"], "b"),
    ("Cache the catalogue at the edge", "Website", "Build", None, &[], "o"),
    ("Switch the domain over", "Website", "Launch", Some(0), &["Maya"], ""),
    ("Prepare the announcement", "Website", "Launch", Some(5), &["Maya"], ""),
    ("Write redirects for the old addresses", "Website", "Launch", Some(2), &["Tomás"], ""),
    ("Rewrite the about page", "Website", "Content", Some(12), &["Elif"], ""),
    ("Shoot the spring film", "Spring", "Production", Some(-4), &["Priya"], ""),
    ("Prepare the posters for print", "Spring", "Production", Some(2), &["Priya"], ""),
    ("Plan four weeks of posts", "Spring", "Social", Some(3), &["Mateusz"], ""),
    ("Animate the key picture", "Spring", "Social", Some(1), &["Camila"], ""),
    ("Write the posts about bikes", "Spring", "Social", None, &["Priya"], "o"),
    ("Dark map style", "Rider", "Design", Some(4), &["Aiko"], ""),
    ("Unlock a bike with the phone", "Rider", "First release", Some(3), &["Kwame"], ""),
    ("Write the runbook for a payment outage", "Rider", "Server", None, &[], ""),
    ("Order the kitchen", "Office", "The new place", Some(-1), &["Maya"], ""),
    ("Give notice on Quay Street", "Office", "Contracts", Some(8), &["Daniel"], ""),
    ("Test the noise in the big room", "Office", "The new place", Some(2), &["Priya"], ""),
    ("Clear out the test accounts", "Website", "Launch", None, &["Kwame"], ""),
    ("Order the domain for the German site", "Website", "Launch", Some(6), &["Priya"], "t"),
    ("Gift cards in the basket", "Website", "In progress", Some(2), &["Kwame"], ""),
    ("Skip link on every page", "Website", "In review", Some(-1), &["Tomás"], ""),
    ("Print style for recipes", "Website", "Triage", None, &[], ""),
    ("Window stickers", "Spring", "Making", Some(1), &["Camila"], ""),
    ("Slow first answer in Singapore", "Website", "Done", Some(-6), &["Jonas"], "d"),
];

pub(super) fn rows() -> Vec<Row> {
    let today = now().date();
    let world = world();
    let made: Timestamp = "2026-10-05T09:00:00Z".parse().unwrap();
    WORK.iter()
        .enumerate()
        .map(|(at, (title, of, within, due, people, flags))| {
            let project = project(of);
            let place = world.places.iter().find(|place| place.project == project && place.title == *within).unwrap();
            let done = flags.contains('d');
            let touched: Timestamp = if flags.contains('o') { made } else { "2026-11-16T15:00:00Z".parse().unwrap() };
            let due: Option<Date> = due.map(|days| today.saturating_add(days.days()));
            Row {
                id: RecordingId(9000 + at as i64),
                kind: if place.kind.is_column() { Kind::Card } else { Kind::Todo },
                project,
                parent: Some(place.id),
                status: if flags.contains('t') { Status::Trashed } else { Status::Active },
                title: (*title).into(),
                excerpt: String::new(),
                position: Some(at as i64),
                completed: done,
                completed_at: done.then(|| "2026-11-12T15:00:00Z".parse().unwrap()),
                starts_on: None,
                due_on: due,
                span: None,
                assignees: people.iter().map(|name| person(name)).collect(),
                creator: Some(person("Daniel")),
                created_at: made,
                updated_at: touched,
                comments: 0,
                steps: (0, 0),
                blocked: flags.contains('b'),
                pending: contract::Pending::None,
            }
        })
        .collect()
}

pub(super) fn item(title: &str) -> RecordingId {
    rows().iter().find(|row| row.title == title).unwrap_or_else(|| panic!("nothing is called {title}")).id
}

/// Messages, documents and entries.
pub(super) fn others() -> Vec<Row> {
    let mut rows = rows();
    let base = rows.remove(0);
    let base = Row { assignees: Vec::new(), due_on: None, ..base };
    let days = |from: i64| {
        let day = now().date().saturating_add(from.days());
        Some(contract::Span::Days { from: day, to: day })
    };
    vec![
        Row { id: RecordingId(9500), kind: Kind::Message, title: "Staging is up".into(), ..base.clone() },
        Row { id: RecordingId(9501), kind: Kind::Message, title: "Kick-off: what we agreed".into(), ..base.clone() },
        Row { id: RecordingId(9502), kind: Kind::Document, title: "Launch plan".into(), ..base.clone() },
        Row {
            id: RecordingId(9503),
            kind: Kind::ScheduleEntry,
            title: "Design review".into(),
            span: days(1),
            ..base.clone()
        },
        Row { id: RecordingId(9504), kind: Kind::ScheduleEntry, title: "Launch".into(), span: days(20), ..base },
    ]
}

pub(super) fn activity() -> Vec<Activity> {
    let entries = [
        (1, "Website", "Set up the staging server", "completed", "Jonas", "2026-11-12T15:00:00Z"),
        (2, "Website", "Check every contrast pair", "created", "Priya", "2026-11-13T09:00:00Z"),
        (3, "Spring", "Shoot the spring film", "commented_on", "Priya", "2026-11-16T15:00:00Z"),
        (4, "Website", "Switch the domain over", "assignment_changed", "Daniel", "2026-11-17T11:00:00Z"),
        (5, "Office", "Order the kitchen", "created", "Maya", "2026-11-18T08:00:00Z"),
    ];
    let mut found: Vec<Activity> = entries
        .into_iter()
        .map(|(id, of, title, action, who, at)| Activity {
            id: ActivityId(id),
            project: project(of),
            recording: Some(item(title)),
            action: action.into(),
            summary: title.into(),
            creator: Some(person(who)),
            created_at: at.parse().unwrap(),
        })
        .collect();
    found.reverse();
    found
}
