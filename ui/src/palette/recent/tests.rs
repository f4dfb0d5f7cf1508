#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn item(id: i64, name: &str) -> Recent {
    Recent::Item { id: RecordingId(id), project: ProjectId(1), name: name.into() }
}

#[test]
fn the_last_opened_comes_first_once_and_with_its_latest_name() {
    let list = remember(&remember(&remember(&[], item(1, "Old")), item(2, "Two")), item(1, "Renamed"));
    assert_eq!(list, [item(1, "Renamed"), item(2, "Two")]);
}

#[test]
fn a_project_and_an_item_with_one_number_are_two_things() {
    let project = Recent::Project { id: ProjectId(1), name: "P".into() };
    assert_eq!(remember(&[item(1, "I")], project.clone()), [project, item(1, "I")]);
}

#[test]
fn only_the_newest_are_kept_and_bad_text_is_an_empty_list() {
    let list = (0..40).fold(Vec::new(), |list, id| remember(&list, item(id, "x")));
    assert_eq!((list.len(), list[0].clone()), (KEPT, item(39, "x")));
    assert_eq!(read(&write(&list)), list, "ids beyond 2^53 and all survive");
    assert!(read("{not json").is_empty());
    let big = vec![item(9_007_199_254_740_993, "big")];
    assert_eq!(read(&write(&big)), big);
}
