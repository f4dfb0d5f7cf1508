#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashSet;

use contract::{Kind, RecordingId, TodoLists, TodoSection};

use super::*;
use crate::project::fixture::row;

fn todo(id: i64, completed: bool) -> Row {
    Row { completed, ..row(id, Kind::Todo) }
}

/// A to-do set with one loose to-do, a list of three (one completed) with a group of one, and an empty list.
fn lists() -> TodoLists {
    let section = |id, kind, todos, groups| TodoSection { list: row(id, kind), todos, groups };
    TodoLists {
        sections: vec![
            section(1, Kind::TodoSet, vec![todo(10, false)], vec![]),
            section(
                2,
                Kind::TodoList,
                vec![todo(20, false), todo(21, true), todo(22, false)],
                vec![section(3, Kind::TodoGroup, vec![todo(30, false)], vec![])],
            ),
            section(4, Kind::TodoList, vec![], vec![]),
        ],
    }
}

fn keys(lines: &[Line]) -> Vec<LineKey> {
    lines.iter().map(Line::key).collect()
}

fn id(number: i64) -> RecordingId {
    RecordingId(number)
}

#[test]
fn the_outline_shows_heads_todos_and_places_to_add_in_order() {
    use LineKey::{Add, Head, Todo};
    let lines = flatten(&lists(), &HashSet::new());
    assert_eq!(
        keys(&lines),
        [
            Head(id(1)),
            Todo(id(10)),
            Add(id(1)),
            Head(id(2)),
            Todo(id(20)),
            Todo(id(21)),
            Todo(id(22)),
            Add(id(2)),
            Head(id(3)),
            Todo(id(30)),
            Add(id(3)),
            Head(id(4)),
            Add(id(4)),
        ]
    );
    let Line::Head { open, done, depth, .. } = &lines[3] else { panic!("a head") };
    assert_eq!((*open, *done, *depth), (3, 1, 0), "a list counts its groups");
}

#[test]
fn a_folded_list_hides_its_groups_and_keeps_its_counts() {
    let lines = flatten(&lists(), &HashSet::from([id(2)]));
    assert!(lines.iter().all(|line| line.list() != id(3)));
    assert!(
        lines.iter().any(|line| matches!(line, Line::Head { list, open: 3, folded: true, .. } if list.id == id(2)))
    );
}

#[test]
fn a_move_skips_completed_todos_and_crosses_into_the_neighbouring_section() {
    let lists = lists();
    let to = |list, position| Some(Destination { list: id(list), position });
    assert_eq!(shift(&lists, id(20), true), to(2, 2), "22 is the next open one");
    assert_eq!(shift(&lists, id(22), false), to(2, 1));
    assert_eq!(shift(&lists, id(20), false), to(1, 2), "behind the loose one");
    assert_eq!(shift(&lists, id(22), true), to(3, 1), "into the group");
    assert_eq!(shift(&lists, id(30), true), to(4, 1), "into the empty list");
    assert_eq!(shift(&lists, id(10), false), None, "nothing above");
    assert_eq!(shift(&lists, id(21), true), None, "completed ones have no place");
    assert_eq!(shift(&lists, id(99), true), None, "unknown");
}

#[test]
fn focus_goes_to_the_next_survivor_and_is_never_lost() {
    let before = [1, 2, 3, 4];
    assert_eq!(refocus(&before, &[1, 2, 4], 3), Some(4));
    assert_eq!(refocus(&before, &[1, 2], 3), Some(2));
    assert_eq!(refocus(&before, &[9], 3), Some(9));
    assert_eq!(refocus(&before, &before, 3), Some(3));
    assert_eq!(refocus(&before, &[5, 6], 7), Some(5), "a key that was never there");
    assert_eq!(refocus(&before, &[], 3), None);
    assert_eq!(refocus(&[1, 2, -3, 4], &[1, 2, 30, 4], -3), Some(30), "an item that got its name keeps the focus");
    assert_eq!(refocus(&before, &[1, 2, 4, 5], 3), Some(4), "a neighbour that moved up is no new name");
}
