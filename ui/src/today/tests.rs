#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{
    Activity, ActivityId, First, FirstReason, Kind, Pending, PersonId, ProjectId, RecordingId, Row, Status, Today,
    TodayCounts,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::first::words;
use super::since::{gather, objects};
use super::{due, next};

const ME: PersonId = PersonId(1);

fn day() -> Date {
    date(2026, 11, 21)
}

fn row(id: i64, due: Option<Date>, assignees: &[i64]) -> Row {
    let at: Timestamp = "2026-11-01T09:00:00Z".parse().unwrap();
    Row {
        id: RecordingId(id),
        kind: Kind::Todo,
        project: ProjectId(1),
        parent: None,
        status: Status::Active,
        title: format!("Item {id}"),
        excerpt: String::new(),
        position: None,
        completed: false,
        completed_at: None,
        starts_on: None,
        due_on: due,
        span: None,
        assignees: assignees.iter().map(|id| PersonId(*id)).collect(),
        creator: None,
        created_at: at,
        updated_at: at,
        comments: 0,
        steps: (0, 0),
        blocked: false,
        pending: Pending::None,
    }
}

fn today() -> Today {
    Today {
        date: day(),
        first: Vec::new(),
        overdue: Vec::new(),
        due_today: Vec::new(),
        mine: Vec::new(),
        waiting: Vec::new(),
        counts: TodayCounts::default(),
        changes: Vec::new(),
        changes_count: 0,
        changes_projects: 0,
    }
}

fn act(id: i64, who: i64, action: &str, summary: &str) -> Activity {
    Activity {
        id: ActivityId(id),
        project: ProjectId(1),
        recording: None,
        action: action.into(),
        summary: summary.into(),
        creator: Some(PersonId(who)),
        created_at: "2026-11-21T09:00:00Z".parse().unwrap(),
    }
}

#[test]
fn what_comes_first_says_why() {
    let said = |reason, row| {
        let words = words(&First { row, reason }, day(), Some(ME));
        (words.reason, words.why)
    };
    let (reason, why) = said(FirstReason::Late, row(2, Some(date(2026, 11, 18)), &[1]));
    assert_eq!(reason, "3 days late");
    assert!(why.contains("yours"), "{why}");
    let (_, why) = said(FirstReason::Late, row(2, Some(date(2026, 11, 18)), &[]));
    assert!(why.contains("nobody"), "{why}");
    assert_eq!(said(FirstReason::Next, row(3, Some(date(2026, 11, 22)), &[1])).0, "Due tomorrow");
    assert_eq!(said(FirstReason::Next, row(3, Some(day()), &[1])).0, "Due today");
    assert_eq!(said(FirstReason::Blocked, row(1, None, &[1])).0, "Blocked");
}

#[test]
fn what_is_due_comes_once_all_that_is_late_is_here() {
    let mut today = today();
    today.overdue = vec![row(1, Some(date(2026, 11, 1)), &[])];
    today.due_today = vec![row(2, Some(day()), &[])];
    today.counts = TodayCounts { overdue: 700, due_today: 1, ..TodayCounts::default() };
    let ids = |today: &Today| due(today).rows.iter().map(|row| row.id.0).collect::<Vec<_>>();
    assert_eq!((ids(&today), due(&today).count), (vec![1], 701));
    today.counts.overdue = 1;
    assert_eq!((ids(&today), due(&today).count), (vec![1, 2], 2));
}

#[test]
fn a_long_list_comes_in_parts_and_not_without_end() {
    assert_eq!([next(10, 9), next(10, 30), next(10, 1200), next(510, 1200), next(1010, 1200)], [0, 20, 500, 500, 190]);
    assert_eq!((next(4990, 90_000), next(5000, 90_000)), (10, 0));
}

#[test]
fn nine_ticks_are_one_line_and_the_last_thing_stays_first() {
    let mut changes = vec![act(99, 2, "moved", "Payment page")];
    changes.extend((0..9).map(|id| act(id, 1, "completed", &format!("Task {id}"))));
    changes.push(act(50, 2, "moved", "Poster"));
    let lines = gather(&changes);
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[0].action.as_str(), lines[0].items.len()), ("moved", 2));
    assert_eq!(lines[1].items.len(), 9);
    assert_eq!(lines.iter().map(|line| line.items.len()).sum::<usize>(), changes.len(), "a change was lost");
    assert_eq!(objects(&lines[1].items), "“Task 0”, “Task 1” and 7 more");
    assert_eq!(objects(&lines[0].items), "“Payment page” and “Poster”");
}

#[test]
fn what_has_no_words_is_still_told() {
    assert_eq!(objects(&[act(1, 1, "created", "")]), "something");
    assert_eq!(objects(&[act(1, 1, "created", ""), act(2, 1, "created", "")]), "2 things");
    assert_eq!(objects(&[act(1, 1, "moved", "A"), act(2, 1, "moved", "A")]), "“A”");
}
