#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::HashSet;

use flow::layout::{Orientation, layout};
use flow::{Flow, Spot};

use super::*;
use crate::studio::tests::{long, sample};

fn text(flow: &Flow, collapsed: &HashSet<String>) -> Vec<String> {
    rows(flow, collapsed)
        .iter()
        .map(|row| {
            let number = row.number.map(|number| format!("{number} ")).unwrap_or_default();
            let open = row.is_open.map_or("", |open| if open { " -" } else { " +" });
            format!("{}{number}{}{open}", "  ".repeat(row.level - 1), row.text)
        })
        .collect()
}

#[test]
fn the_tree_says_all_that_the_canvas_draws() {
    let flow = sample();
    assert_eq!(
        text(&flow, &HashSet::new()),
        [
            "1 Select Trigger",
            "2 Fetch",
            "3 How late? -",
            "  Late -",
            "    4 Tell",
            "    5 Comment",
            "  Otherwise",
            "6 For each -",
            "  7 Each",
            "8 Last -",
            "  On success",
            "  On failure",
        ]
    );
    let collapsed: HashSet<String> = ["step_2".to_owned(), "step_5".to_owned()].into();
    let folded = text(&flow, &collapsed);
    assert_eq!(folded[2..4], ["3 How late? +".to_owned(), "6 For each +".to_owned()]);
}

#[test]
fn every_card_and_every_empty_place_of_the_canvas_has_a_line() {
    let flow = sample();
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let spots: Vec<Spot> = rows(&flow, &HashSet::new()).into_iter().map(|row| row.spot).collect();
    for card in &drawn.cards {
        assert_eq!(spots.iter().filter(|spot| **spot == Spot::Card(card.name.to_string())).count(), 1, "{}", card.name);
    }
    for plus in drawn.pluses.iter().filter(|plus| plus.is_large) {
        assert!(spots.contains(&Spot::Plus(plus.place())), "{:?}", plus.place());
    }
    let numbers: Vec<usize> = rows(&flow, &HashSet::new()).into_iter().filter_map(|row| row.number).collect();
    assert_eq!(numbers, drawn.cards.iter().map(|card| card.number).collect::<Vec<_>>());
}

#[test]
fn levels_and_neighbours_are_told_right() {
    let all = rows(&sample(), &HashSet::new());
    for pair in all.windows(2) {
        assert!(pair[1].level <= pair[0].level + 1, "{pair:?}");
    }
    let among = |name: &str| all.iter().find(|row| row.spot == Spot::Card(name.into())).unwrap().among;
    assert_eq!(among("trigger"), (1, 5));
    assert_eq!(among("step_7"), (5, 5));
    assert_eq!(among("step_4"), (2, 2));
}

#[test]
fn its_own_arrows_walk_open_and_close() {
    let all = rows(&sample(), &HashSet::new());
    assert_eq!(step_from(&all, 0, "ArrowDown"), Some(Step::To(1)));
    assert_eq!(step_from(&all, 0, "ArrowUp"), None);
    assert_eq!(step_from(&all, 2, "ArrowRight"), Some(Step::To(3)));
    assert_eq!(step_from(&all, 2, "ArrowLeft"), Some(Step::Toggle));
    assert_eq!(step_from(&all, 4, "ArrowLeft"), Some(Step::To(3)));
    assert_eq!(step_from(&all, 3, "ArrowLeft"), Some(Step::To(2)), "a branch is not collapsed by itself");
    assert_eq!(step_from(&all, 4, "ArrowRight"), None);
    assert_eq!(step_from(&all, 3, "End"), Some(Step::To(11)));
    assert_eq!(step_from(&all, 3, "x"), None);
    let folded = rows(&sample(), &["step_2".to_owned()].into());
    assert_eq!(step_from(&folded, 2, "ArrowRight"), Some(Step::Toggle));
    assert_eq!(step_from(&[], 0, "ArrowDown"), None);
}

#[test]
fn what_holds_steps_can_be_collapsed() {
    assert_eq!(foldable(&sample()).into_iter().collect::<Vec<_>>(), ["step_2", "step_5"]);
    assert!(foldable(&long(20)).is_empty());
    assert_eq!(rows(&long(2000), &HashSet::new()).len(), 2001);
}
