//! The keyboard reaches every card and every empty chain, and comes back.

use std::collections::HashSet;

use super::random::{self, Dice};
use crate::layout::{Orientation, layout};
use crate::{Flow, Op, Place, Slot, Spot, Step, Way, apply, check_sound, go, nudge};

const WAYS: [Way; 6] = [Way::Back, Way::On, Way::Into, Way::Out, Way::NextBranch, Way::PreviousBranch];

#[test]
fn every_spot_is_reached_and_left() {
    for seed in 0..40 {
        let mut dice = Dice::new(8_000 + seed);
        let size = dice.below(25);
        let flow = random::flow(&mut dice, size);
        let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
        let wanted: HashSet<Spot> = drawn
            .cards
            .iter()
            .map(|card| Spot::Card(card.name.to_string()))
            .chain(drawn.pluses.iter().filter(|plus| plus.is_large).map(|plus| Spot::Plus(plus.place())))
            .collect();
        let mut reached = HashSet::from([Spot::Card("trigger".to_owned())]);
        let mut pending: Vec<Spot> = reached.iter().cloned().collect();
        while let Some(spot) = pending.pop() {
            for way in WAYS {
                let Some(next) = go(&flow, &spot, way) else { continue };
                assert_ne!(next, spot);
                if way == Way::On {
                    assert_eq!(go(&flow, &next, Way::Back), Some(spot.clone()));
                }
                if way == Way::Into {
                    assert_eq!(go(&flow, &next, Way::Out), Some(spot.clone()));
                }
                if way == Way::NextBranch {
                    assert!(go(&flow, &next, Way::PreviousBranch).is_some());
                }
                if reached.insert(next.clone()) {
                    pending.push(next);
                }
            }
        }
        assert_eq!(reached, wanted, "seed {seed}");
    }
}

#[test]
fn a_step_is_nudged_to_where_one_expects_it() {
    let mut flow = Flow::new("Nudge");
    let add = |flow: &mut Flow, place: Place, step: Step| apply(flow, Op::add(place, step)).unwrap();
    add(&mut flow, Place::after("trigger"), Step::router("route", "Route", &["One"]));
    add(&mut flow, Place::inside("route", Slot::Branch(0)), Step::code("inner", "Inner", ""));
    add(&mut flow, Place::after("route"), Step::code("a", "A", ""));
    add(&mut flow, Place::after("a"), Step::code("b", "B", ""));
    for (name, way, wanted) in [
        ("a", Way::On, Some(Place::after("b"))),
        ("b", Way::Back, Some(Place::after("route"))),
        ("a", Way::Back, Some(Place::after("trigger"))),
        ("a", Way::Into, Some(Place::after("inner"))),
        ("b", Way::Into, None),
        ("inner", Way::Out, Some(Place::after("route"))),
        ("inner", Way::NextBranch, Some(Place::inside("route", Slot::Branch(1)))),
        ("inner", Way::PreviousBranch, None),
        ("route", Way::Back, None),
        ("b", Way::On, None),
        ("trigger", Way::On, None),
    ] {
        let op = nudge(&flow, name, way);
        assert_eq!(op, wanted.map(|to| Op::MoveAction { name: name.to_owned(), to }), "{name} {way:?}");
    }
}

#[test]
fn whatever_is_nudged_the_flow_stays_sound() {
    for seed in 0..40 {
        let mut dice = Dice::new(8_500 + seed);
        let mut flow = random::flow(&mut dice, 12);
        for _ in 0..30 {
            let names: Vec<String> = flow.steps.walk().map(|visit| visit.step.name.clone()).collect();
            let name = dice.of(&names).clone();
            if let Some(op) = nudge(&flow, &name, *dice.of(&WAYS)) {
                apply(&mut flow, op).unwrap();
                check_sound(&flow).unwrap();
                assert_eq!(flow.steps.walk().count(), 12);
            }
        }
    }
}
