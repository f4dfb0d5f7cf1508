#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Kind, Pending, ProjectId, RecordingId, Status};
use jiff::Timestamp;
use jiff::civil::date;

use super::*;

fn row(id: i64, due: Option<Date>, people: &[i64]) -> Row {
    Row {
        id: RecordingId(id),
        kind: Kind::Todo,
        project: ProjectId(1),
        parent: None,
        status: Status::Active,
        title: String::new(),
        excerpt: String::new(),
        position: None,
        completed: false,
        completed_at: None,
        starts_on: None,
        due_on: due,
        span: None,
        assignees: people.iter().copied().map(PersonId).collect(),
        creator: None,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        comments: 0,
        steps: (0, 0),
        blocked: false,
        pending: Pending::None,
    }
}

#[test]
fn each_person_is_counted_once_for_each_of_their_tasks_and_nobody_last() {
    let day = |day| Some(date(2026, 11, day));
    let rows = [
        row(1, day(23), &[1, 2]),
        row(2, day(24), &[1]),
        row(3, day(24), &[1]),
        row(4, day(20), &[2]),
        row(5, None, &[2]),
        row(6, day(23), &[]),
    ];
    let names = [(PersonId(1), "Ana".to_owned()), (PersonId(2), "Ben".to_owned())].into();
    let loads = loads(&rows, &names, date(2026, 11, 21), date(2026, 11, 21), date(2026, 11, 24));
    let of = |load: &Load| (load.name.clone(), load.open, load.overdue, load.due, load.busiest, load.busiest_on);
    assert_eq!(of(&loads[0]), ("Ana".into(), 3, 0, 3, 2, day(24)));
    assert_eq!(of(&loads[1]), ("Ben".into(), 3, 1, 1, 1, day(23)));
    assert_eq!(of(&loads[2]), (String::new(), 1, 0, 1, 1, day(23)));
}

#[test]
fn a_week_ends_the_day_before_it_begins_again() {
    let saturday = date(2026, 11, 21);
    for (start, end) in [(1, 22), (7, 21), (6, 27), (0, 22)] {
        assert_eq!(week_end(saturday, start).unwrap(), date(2026, 11, end), "{start}");
    }
    assert!(week_end(Date::MAX, 1).is_ok() || week_end(Date::MAX, 2).is_err());
}
