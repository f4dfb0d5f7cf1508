#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashSet};

use flow::layout::{Orientation, layout};
use flow::{Place, Slot, Spot};

use super::*;
use crate::studio::tests::sample;

const ARROWS: [Arrow; 4] = [Arrow::Up, Arrow::Down, Arrow::Left, Arrow::Right];

fn press(keys: &str) -> Press<'_> {
    let mut press = Press::default();
    for word in keys.split(' ') {
        match word {
            "Mod" => press.main = true,
            "Shift" => press.shift = true,
            "Alt" => press.alt = true,
            key => press.key = key,
        }
    }
    press
}

#[test]
fn every_line_is_reached_by_its_keys_and_no_two_by_the_same() {
    let mut seen = HashSet::new();
    for row in TABLE {
        assert!(seen.insert(row.keys.to_lowercase()), "{} twice", row.keys);
        assert_eq!(meaning(press(row.keys)), Some(row.action), "{}", row.keys);
        assert!(!(row.words)().is_empty());
        assert!(row_of(row.action).is_some());
    }
}

#[test]
fn letters_are_told_apart_by_what_is_held_down() {
    assert_eq!(meaning(press("c")), Some(Action::Fold));
    assert_eq!(meaning(press("Mod c")), Some(Action::Copy));
    assert_eq!(meaning(press("Shift C")), Some(Action::FoldAll));
    assert_eq!(meaning(press("Mod Shift C")), Some(Action::CopyReference));
    assert_eq!(meaning(press("Shift ?")), Some(Action::Sheet), "Shift makes the sign on many keyboards");
    assert_eq!(meaning(press("Shift +")), Some(Action::Add));
    assert_eq!(meaning(press("Alt c")), None);
    assert_eq!(meaning(press("q")), None);
    assert_eq!(meaning(press("Mod Alt ArrowUp")), None);
}

#[test]
fn what_the_builder_of_others_has_keys_for_has_the_same_here() {
    for (keys, action) in [
        ("Mod C", Action::Copy),
        ("Mod V", Action::Paste),
        ("Shift Delete", Action::Delete),
        ("Mod E", Action::Skip),
        ("Mod M", Action::Map),
        ("Mod Z", Action::Undo),
        ("Mod Y", Action::Redo),
        ("Mod F", Action::Find),
        ("Mod A", Action::SelectAll),
        ("Mod D", Action::Duplicate),
    ] {
        assert_eq!(meaning(press(keys)), Some(action), "{keys}");
    }
}

/// From the trigger the arrows lead to every step and to every empty branch, whichever way the flow runs.
#[test]
fn arrows_reach_everything() {
    let flow = sample();
    for orientation in [Orientation::Vertical, Orientation::Horizontal] {
        let none = HashSet::new();
        let mut reached = HashSet::from([Spot::Card("trigger".to_owned())]);
        let mut pending: Vec<Spot> = reached.iter().cloned().collect();
        while let Some(spot) = pending.pop() {
            for arrow in ARROWS {
                if let Some(next) = walk(&flow, &none, &spot, arrow, orientation)
                    && reached.insert(next.clone())
                {
                    pending.push(next);
                }
            }
        }
        let drawn = layout(&flow, orientation, &none);
        for card in &drawn.cards {
            assert!(reached.contains(&Spot::Card(card.name.to_string())), "{} {orientation:?}", card.name);
        }
        for plus in drawn.pluses.iter().filter(|plus| plus.is_large) {
            assert!(reached.contains(&Spot::Plus(plus.place())), "{:?} {orientation:?}", plus.place());
        }
    }
}

#[test]
fn down_goes_through_a_branch_and_on_behind_it() {
    let flow = sample();
    let none = HashSet::new();
    let mut at = Spot::Card("trigger".to_owned());
    let mut way = Vec::new();
    while let Some(next) = walk(&flow, &none, &at, Arrow::Down, Orientation::Vertical) {
        way.push(next.clone());
        at = next;
        assert!(way.len() < 20);
    }
    let names: Vec<String> = way
        .iter()
        .map(|spot| match spot {
            Spot::Card(name) => name.clone(),
            Spot::Plus(place) => place.to_string(),
        })
        .collect();
    assert_eq!(
        names,
        ["step_1", "step_2", "step_3", "step_4", "step_5", "step_6", "step_7", "first after the success of step_7"]
    );
    let folded: HashSet<String> = ["step_2".to_owned()].into();
    let past = walk(&flow, &folded, &Spot::Card("step_2".into()), Arrow::Down, Orientation::Vertical);
    assert_eq!(past, Some(Spot::Card("step_5".into())), "past what is collapsed");
}

#[test]
fn across_goes_from_branch_to_branch() {
    let flow = sample();
    let none = HashSet::new();
    let from = Spot::Card("step_4".to_owned());
    let empty = Spot::Plus(Place::inside("step_2", Slot::Branch(1)));
    assert_eq!(walk(&flow, &none, &from, Arrow::Right, Orientation::Vertical), Some(empty.clone()));
    assert_eq!(walk(&flow, &none, &empty, Arrow::Left, Orientation::Vertical), Some(Spot::Card("step_3".into())));
    assert_eq!(walk(&flow, &none, &from, Arrow::Down, Orientation::Horizontal), Some(empty));
    assert_eq!(walk(&flow, &none, &from, Arrow::Left, Orientation::Vertical), Some(Spot::Card("step_2".into())), "out");
}

#[test]
fn keys_are_shown_as_signs() {
    assert_eq!(shown_keys("Alt ArrowDown"), "Alt ↓");
    assert_eq!(shown_keys("Escape"), "Esc");
}

#[test]
fn every_action_that_edits_says_so() {
    let edits: BTreeSet<&str> = TABLE.iter().filter(|row| row.edits).map(|row| (row.words)()).collect();
    for words in ["Delete", "Duplicate", "Add a step", "Undo", "Accept this change", "Move to…", "Add a branch"] {
        assert!(edits.contains(words), "{words}");
    }
    assert!(!edits.contains("Copy") && !edits.contains("Open"));
}
