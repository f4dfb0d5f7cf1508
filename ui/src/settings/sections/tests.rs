#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use super::{Section, reached};

#[test]
fn every_part_has_an_id_of_its_own() {
    let ids: BTreeSet<&str> = Section::ALL.iter().flat_map(|section| [section.id(), section.heading()]).collect();
    assert_eq!(ids.len(), 2 * Section::ALL.len());
    assert!(ids.iter().all(|id| id.starts_with("settings-") && !id.contains(' ')), "{ids:?}");
}

#[test]
fn the_part_in_view_is_the_last_one_that_was_reached() {
    let at = |tops: [f64; 3]| {
        let sections = [Section::Appearance, Section::Models, Section::Memory];
        reached(&sections.into_iter().zip(tops).collect::<Vec<_>>())
    };
    assert_eq!(at([60.0, 400.0, 900.0]), Some(Section::Appearance));
    assert_eq!(at([-300.0, 100.0, 600.0]), Some(Section::Models));
    assert_eq!(at([-900.0, -400.0, 20.0]), Some(Section::Memory));
    assert_eq!(at([300.0, 700.0, 1_200.0]), Some(Section::Appearance), "before any was reached, it is the first");
    assert_eq!(reached(&[]), None);
}
