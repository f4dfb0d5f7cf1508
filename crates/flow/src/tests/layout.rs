//! Layout: nothing overlaps, everything is in bounds and in order, and no step is looked at more often than it should be.

use std::collections::{HashMap, HashSet};

use super::depth::deep;
use super::random::{self, Dice};
use crate::layout::{
    CARD_HEIGHT, CARD_WIDTH, EdgeKind, GAP, Hit, Layout, Orientation, Point, Rect, SIBLING_GAP, layout,
};
use crate::{Flow, Index, Names, Op, Place, Slot, Step, apply};

const BOTH: [Orientation; 2] = [Orientation::Vertical, Orientation::Horizontal];

/// Where a rectangle begins and ends along the run.
fn along(rect: Rect, orientation: Orientation) -> (f64, f64) {
    match orientation {
        Orientation::Vertical => (rect.y, rect.y + rect.height),
        Orientation::Horizontal => (rect.x, rect.x + rect.width),
    }
}

fn inside(inner: Rect, outer: Rect) -> bool {
    outer.union(&inner) == outer
}

fn check(flow: &Flow, drawn: &Layout, collapsed: &HashSet<String>, told: &str) {
    let index = Index::of(flow);
    let rects: Vec<Rect> = drawn.cards.iter().map(|card| card.rect).collect();
    let marks: Vec<Rect> =
        drawn.pluses.iter().map(|plus| plus.rect).chain(drawn.labels.iter().map(|label| label.rect)).collect();
    for (number, rect) in rects.iter().enumerate() {
        assert_eq!((rect.width, rect.height), (CARD_WIDTH, CARD_HEIGHT));
        assert!(inside(*rect, drawn.bounds), "{told}");
        for other in rects.iter().skip(number + 1).chain(&marks) {
            assert!(!rect.overlaps(other), "{told}: {rect:?} and {other:?}");
        }
    }
    for (number, mark) in marks.iter().enumerate() {
        assert!(inside(*mark, drawn.bounds), "{told}");
        assert!(marks.iter().skip(number + 1).all(|other| !mark.overlaps(other)), "{told}: {mark:?}");
    }
    let cards: HashMap<&str, Rect> = drawn.cards.iter().map(|card| (&*card.name, card.rect)).collect();
    for (number, entry) in index.entries().iter().enumerate() {
        let is_hidden =
            index.holders(number).any(|(holder, _)| collapsed.contains(&index.entry(holder).unwrap().step.name));
        let Some(rect) = cards.get(entry.step.name.as_str()) else {
            assert!(is_hidden, "{told}");
            continue;
        };
        assert!(!is_hidden, "{told}");
        let (start, _) = along(*rect, drawn.orientation);
        let before = match (entry.position, entry.inside) {
            (0, None) => "trigger",
            (0, Some((holder, _))) => index.entry(holder).unwrap().step.name.as_str(),
            (position, _) => index.siblings(number, flow).unwrap()[position - 1].name.as_str(),
        };
        assert!(
            start >= along(cards[before], drawn.orientation).1 + GAP,
            "{told}: {} behind {before}",
            entry.step.name
        );
    }
    for edge in &drawn.edges {
        assert!(edge.points.len() > 1, "{told}: {edge:?}");
        for point in edge.points.iter() {
            assert!(inside(Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 }, drawn.bounds), "{told}");
        }
        for pair in edge.points.windows(2) {
            assert!((pair[0].x == pair[1].x) != (pair[0].y == pair[1].y), "{told}: {edge:?}");
        }
        let path = edge.path();
        assert!(path.starts_with('M') && !path.contains("NaN") && path.matches('Q').count() == edge.points.len() - 2);
    }
    check_lines(drawn, told);
    check_gaps(flow, &cards, drawn.orientation, told);
    for plus in &drawn.pluses {
        assert!(index.resolve(&plus.place()).is_some(), "{told}: {plus:?}");
        assert!(matches!(drawn.hit(plus.rect.middle()), Some(Hit::Plus(hit)) if hit == plus), "{told}");
        assert_eq!(drawn.drop_target(plus.rect.middle(), 1.0).map(|found| found.place()), Some(plus.place()), "{told}");
    }
    for card in &drawn.cards {
        assert!(matches!(drawn.hit(card.rect.middle()), Some(Hit::Card(hit)) if hit.name == card.name), "{told}");
        assert_eq!(drawn.card(&card.name), Some(card));
    }
}

/// Where a rectangle begins, and where it ends, in the middle of its edge.
fn ends(rect: Rect, orientation: Orientation) -> (Point, Point) {
    let middle = rect.middle();
    match orientation {
        Orientation::Vertical => (Point { y: rect.y, ..middle }, Point { y: rect.y + rect.height, ..middle }),
        Orientation::Horizontal => (Point { x: rect.x, ..middle }, Point { x: rect.x + rect.width, ..middle }),
    }
}

/// Every line begins and ends at something, goes through no card, and carries every `+`.
fn check_lines(drawn: &Layout, told: &str) {
    let mut begins: Vec<Point> = Vec::new();
    let mut outlets: Vec<Point> = Vec::new();
    for card in &drawn.cards {
        let (begin, end) = ends(card.rect, drawn.orientation);
        begins.push(begin);
        outlets.push(end);
    }
    for plus in drawn.pluses.iter().filter(|plus| plus.is_large) {
        let (begin, end) = ends(plus.rect, drawn.orientation);
        begins.push(begin);
        outlets.push(end);
    }
    outlets
        .extend(drawn.edges.iter().filter(|edge| edge.kind == EdgeKind::Join).map(|edge| *edge.points.last().unwrap()));
    let mut parts = Vec::new();
    for edge in &drawn.edges {
        let (first, last) = (edge.points[0], *edge.points.last().unwrap());
        assert!(outlets.contains(&first), "{told}: {edge:?} comes from nowhere");
        match edge.kind {
            EdgeKind::Next | EdgeKind::Into => assert!(begins.contains(&last), "{told}: {edge:?} leads nowhere"),
            EdgeKind::Back => {
                let card = drawn.card(&edge.step).unwrap().rect;
                assert_eq!(card.distance(last), 0.0, "{told}: {edge:?}");
                // It stays within the room of its loop.
                let (side, furthest) = match drawn.orientation {
                    Orientation::Vertical => (card.x, edge.points.iter().map(|point| point.x).fold(f64::MAX, f64::min)),
                    Orientation::Horizontal => {
                        (card.y, edge.points.iter().map(|point| point.y).fold(f64::MAX, f64::min))
                    }
                };
                assert_eq!(furthest, side - SIBLING_GAP / 2.0, "{told}: {edge:?}");
            }
            EdgeKind::Join | EdgeKind::End => {}
        }
        parts.extend(edge.points.windows(2).map(|part| {
            let at = |point: Point| Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 };
            at(part[0]).union(&at(part[1]))
        }));
    }
    for part in &parts {
        assert!(drawn.cards.iter().all(|card| !card.rect.overlaps(part)), "{told}: {part:?} goes through a card");
    }
    for plus in drawn.pluses.iter().filter(|plus| !plus.is_large) {
        assert!(parts.iter().any(|part| part.contains(plus.rect.middle())), "{told}: {plus:?} is on no line");
    }
}

/// Neighbouring branches keep their distance, whatever is in them.
fn check_gaps(flow: &Flow, cards: &HashMap<&str, Rect>, orientation: Orientation, told: &str) {
    let across = |rect: Rect| match orientation {
        Orientation::Vertical => (rect.x, rect.x + rect.width),
        Orientation::Horizontal => (rect.y, rect.y + rect.height),
    };
    for visit in flow.steps.walk() {
        let ranges = visit.step.chains().filter_map(|(_, chain)| {
            let rects = chain.walk().filter_map(|inner| cards.get(inner.step.name.as_str()));
            rects.map(|rect| across(*rect)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        });
        for pair in ranges.collect::<Vec<_>>().windows(2) {
            assert!(pair[1].0 - pair[0].1 >= SIBLING_GAP, "{told}: {pair:?} in {}", visit.step.name);
        }
    }
}

#[test]
fn nothing_overlaps_and_all_is_in_order() {
    for seed in 0..60 {
        let mut dice = Dice::new(2_000 + seed);
        let size = dice.below(45);
        let flow = random::flow(&mut dice, size);
        let mut collapsed = HashSet::new();
        for visit in flow.steps.walk() {
            if dice.chance(10) {
                collapsed.insert(visit.step.name.clone());
            }
        }
        for orientation in BOTH {
            for collapsed in [&HashSet::new(), &collapsed] {
                let drawn = layout(&flow, orientation, collapsed);
                check(&flow, &drawn, collapsed, &format!("seed {seed}, {orientation:?}"));
            }
        }
    }
}

/// A person can add a step wherever the canvas shows a `+`, and at each only once.
#[test]
fn every_place_has_its_plus() {
    for seed in 0..30 {
        let mut dice = Dice::new(3_000 + seed);
        let flow = random::flow(&mut dice, 12);
        let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
        let mut places = HashSet::new();
        for plus in &drawn.pluses {
            assert!(places.insert(plus.place()), "{plus:?}");
            let name = Names::of(&flow).next_free();
            apply(&mut flow.clone(), Op::add(plus.place(), Step::code(name, "New", ""))).unwrap();
        }
        assert!(flow.steps.walk().all(|visit| places.contains(&Place::after(&visit.step.name))));
    }
}

#[test]
fn each_step_is_looked_at_a_fixed_number_of_times() {
    let wide = {
        let mut router = Step::router("wide", "Wide", &[]);
        let crate::Kind::Router(inner) = &mut router.kind else { panic!() };
        inner.branches = (0..3_000).map(|n| crate::Branch::condition(format!("Branch {n}"))).collect();
        inner
            .branches
            .iter_mut()
            .enumerate()
            .for_each(|(n, branch)| branch.chain.push(Step::code(format!("s_{n}"), "S", "")));
        Flow { steps: vec![router].into(), ..Flow::new("Wide") }
    };
    for flow in [deep(0, 10_000), deep(2_000, 100), wide] {
        let steps = flow.steps.walk().count();
        let chains = 1 + flow.steps.walk().map(|visit| visit.step.chains().count()).sum::<usize>();
        for orientation in BOTH {
            let drawn = layout(&flow, orientation, &HashSet::new());
            assert_eq!(drawn.cards.len(), steps + 1);
            assert!(drawn.visits <= 4 * steps + 4 * chains, "{} for {steps} and {chains}", drawn.visits);
        }
    }
}

#[test]
fn a_name_changes_nothing_and_a_collapsed_step_hides_what_it_holds() {
    let mut flow = deep(3, 2);
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    flow.steps[0].display_name = "Another".to_owned();
    assert_eq!(layout(&flow, Orientation::Vertical, &HashSet::new()), drawn);
    let collapsed = HashSet::from(["level_1".to_owned()]);
    let folded = layout(&flow, Orientation::Vertical, &collapsed);
    let names: Vec<&str> = folded.cards.iter().map(|card| &*card.name).collect();
    assert_eq!(names, ["trigger", "level_0", "level_1"]);
    assert_eq!(folded.cards[2].hidden, Some(3));
    assert!(folded.bounds.height < drawn.bounds.height);
    let numbers: Vec<usize> = drawn.cards.iter().map(|card| card.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn the_way_through_a_router_is_drawn() {
    let mut flow = Flow::new("Router");
    apply(&mut flow, Op::add(Place::after("trigger"), Step::router("route", "Route", &["Big"]))).unwrap();
    apply(&mut flow, Op::add(Place::inside("route", Slot::Branch(0)), Step::loop_on("each", "Each", ""))).unwrap();
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let kinds: Vec<EdgeKind> = drawn.edges.iter().map(|edge| edge.kind).collect();
    for (kind, count) in
        [(EdgeKind::Next, 1), (EdgeKind::Into, 3), (EdgeKind::Join, 2), (EdgeKind::Back, 1), (EdgeKind::End, 1)]
    {
        assert_eq!(kinds.iter().filter(|found| **found == kind).count(), count, "{kind:?}");
    }
    let texts: Vec<&str> = drawn.labels.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(texts, ["Big", "Otherwise"]);
    let large: Vec<String> =
        drawn.pluses.iter().filter(|plus| plus.is_large).map(|plus| plus.place().to_string()).collect();
    assert_eq!(large, ["first in branch 2 of route", "first in the loop each"]);
    let sight = Rect { x: -116.0, y: 0.0, width: 232.0, height: 70.0 };
    assert_eq!(drawn.visible(sight).count(), 1);
    assert!(drawn.drop_target(Point { x: 9_000.0, y: 0.0 }, 80.0).is_none());
    // Lying down it is the same, the other way round.
    let lying = layout(&flow, Orientation::Horizontal, &HashSet::new());
    assert_eq!(lying.edges.len(), drawn.edges.len());
    assert!(lying.bounds.width > lying.bounds.height);
}
