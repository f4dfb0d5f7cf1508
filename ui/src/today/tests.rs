#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Activity, ActivityId, Kind, Pending, PersonId, ProjectId, RecordingId, Row, Status, Today};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::first::first_things;
use super::since::{gather, objects};

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
        overdue: Vec::new(),
        due_today: Vec::new(),
        mine: Vec::new(),
        waiting: Vec::new(),
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
fn what_is_mine_and_late_comes_before_what_is_later_still_and_not_mine() {
    let mut today = today();
    today.overdue = vec![row(1, Some(date(2026, 11, 1)), &[2]), row(2, Some(date(2026, 11, 18)), &[1])];
    let firsts = first_things(&today, Some(ME));
    assert_eq!((firsts[0].row.id, firsts[0].reason.as_str()), (RecordingId(2), "3 days late"));
    let firsts = first_things(&today, None);
    assert_eq!(firsts[0].row.id, RecordingId(1), "nobody is signed in: the latest of anybody's");
}

#[test]
fn an_item_stands_first_for_one_reason_only() {
    let mut today = today();
    let late_and_blocked = Row { blocked: true, ..row(1, Some(date(2026, 11, 19)), &[1]) };
    today.overdue = vec![late_and_blocked.clone()];
    today.waiting = vec![late_and_blocked];
    today.mine = vec![row(2, None, &[1]), row(3, Some(date(2026, 11, 22)), &[1])];
    let firsts = first_things(&today, Some(ME));
    let ids: Vec<_> = firsts.iter().map(|first| first.row.id.0).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(firsts[1].reason, "Due tomorrow");
    assert!(first_things(&super::tests::today(), Some(ME)).is_empty());
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
