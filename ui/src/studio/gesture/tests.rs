#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::layout::Point;

use super::{Deed, Drag, Gesture, Held, THRESHOLD, Under, auto_pan};
use crate::studio::tests::Dice;

const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

fn drag(under: Under, held: Held) -> Option<Drag> {
    let mut gesture = Gesture::default();
    assert_eq!(gesture.down(1, at(50.0, 50.0), under, held), None);
    let deeds = gesture.travel(1, at(80.0, 50.0));
    match deeds.as_slice() {
        [Deed::Begin(drag, from, _), Deed::Go(same, to, by)] => {
            assert_eq!((drag, *from, *to, *by), (same, at(50.0, 50.0), at(80.0, 50.0), (30.0, 0.0)));
            Some(drag.clone())
        }
        [] => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_small_move_is_a_click_and_a_larger_one_a_drag() {
    let mut gesture = Gesture::default();
    let card = Under::Card("step_1".into());
    assert_eq!(gesture.down(1, at(10.0, 10.0), card.clone(), Held::default()), None);
    assert_eq!(gesture.travel(1, at(10.0 + THRESHOLD - 0.5, 10.0)), []);
    assert_eq!(gesture.up(1, Held::default()), Some(Deed::Click(card.clone(), Held::default())));
    assert!(gesture.is_idle());
    gesture.down(1, at(10.0, 10.0), card, Held::default());
    assert_eq!(gesture.travel(1, at(10.0 + THRESHOLD, 10.0)).len(), 2);
    assert_eq!(
        gesture.up(1, Held::default()),
        Some(Deed::End(Drag::Carry("step_1".into()), at(14.0, 10.0), Held::default()))
    );
}

#[test]
fn what_a_drag_does_hangs_on_what_lies_under_it_and_what_is_held() {
    let plain = Held::default();
    assert_eq!(drag(Under::Ground, plain), Some(Drag::Pan));
    assert_eq!(drag(Under::Ground, Held { shift: true, ..plain }), Some(Drag::Band));
    assert_eq!(drag(Under::Ground, Held { choosing: true, ..plain }), Some(Drag::Band));
    assert_eq!(drag(Under::Ground, Held { choosing: true, touch: true, ..plain }), Some(Drag::Pan));
    assert_eq!(drag(Under::Ground, Held { choosing: true, grab: true, ..plain }), Some(Drag::Pan));
    assert_eq!(drag(Under::Card("a".into()), plain), Some(Drag::Carry("a".into())));
    assert_eq!(drag(Under::Card("a".into()), Held { grab: true, ..plain }), Some(Drag::Pan));
    assert_eq!(drag(Under::Card("a".into()), Held { fixed: true, ..plain }), Some(Drag::Pan), "read-only");
    assert_eq!(drag(Under::Note("n".into()), plain), Some(Drag::Note("n".into())));
    assert_eq!(drag(Under::Corner("n".into()), plain), Some(Drag::Resize("n".into())));
    assert_eq!(drag(Under::Corner("n".into()), Held { fixed: true, ..plain }), Some(Drag::Pan));
    assert_eq!(drag(Under::Map, Held { grab: true, ..plain }), Some(Drag::Map));
}

#[test]
fn a_second_finger_makes_a_pinch_and_gives_the_drag_up() {
    let mut gesture = Gesture::default();
    let touch = Held { touch: true, ..Held::default() };
    gesture.down(1, at(100.0, 100.0), Under::Card("a".into()), touch);
    gesture.travel(1, at(140.0, 100.0));
    assert_eq!(gesture.down(2, at(240.0, 100.0), Under::Ground, touch), Some(Deed::GiveUp(Drag::Carry("a".into()))));
    assert_eq!(gesture.travel(2, at(340.0, 100.0)), [Deed::Pinch(at(240.0, 100.0), 2.0, (50.0, 0.0))]);
    assert_eq!(gesture.up(1, touch), None);
    assert_eq!(gesture.travel(2, at(350.0, 100.0)), [Deed::Go(Drag::Pan, at(350.0, 100.0), (10.0, 0.0))]);
    assert_eq!(gesture.up(2, touch), Some(Deed::End(Drag::Pan, at(350.0, 100.0), touch)));
    assert!(gesture.is_idle());
}

#[test]
fn escape_gives_a_drag_up_and_the_rest_of_it_is_nothing() {
    let mut gesture = Gesture::default();
    gesture.down(1, at(0.0, 0.0), Under::Ground, Held::default());
    gesture.travel(1, at(50.0, 0.0));
    assert_eq!(gesture.cancel(), Some(Deed::GiveUp(Drag::Pan)));
    assert_eq!(gesture.travel(1, at(90.0, 0.0)), []);
    assert_eq!(gesture.up(1, Held::default()), None);
    assert_eq!(gesture.cancel(), None);
}

/// Whatever the pointers do: each drag begins once, ends once, and goes on only in between.
#[test]
fn drags_begin_and_end_in_turn() {
    let mut dice = Dice(7);
    let mut gesture = Gesture::default();
    let mut open: Option<Drag> = None;
    let unders = [Under::Ground, Under::Card("a".into()), Under::Note("n".into()), Under::Map];
    for turn in 0..20_000 {
        let pointer = i32::try_from(dice.below(3)).unwrap();
        let place = at(dice.between(0.0, 900.0), dice.between(0.0, 900.0));
        let held = Held { shift: dice.below(2) == 0, touch: dice.below(2) == 0, ..Held::default() };
        let deeds: Vec<Deed> = match dice.below(8) {
            0 | 1 => gesture.down(pointer, place, unders[dice.below(4) as usize].clone(), held).into_iter().collect(),
            2 | 3 => gesture.up(pointer, held).into_iter().collect(),
            4 => gesture.cancel().into_iter().collect(),
            _ => gesture.travel(pointer, place),
        };
        for deed in deeds {
            match deed {
                Deed::Begin(drag, ..) => assert_eq!(open.replace(drag), None, "{turn}"),
                // The finger that stays after a pinch goes on as a pan.
                Deed::Go(drag, ..) => assert_eq!(open.get_or_insert(drag.clone()), &drag, "{turn}"),
                Deed::End(drag, ..) | Deed::GiveUp(drag) => {
                    assert!(open.take().is_none_or(|was| was == drag), "{turn}")
                }
                Deed::Click(..) | Deed::Pinch(..) => assert_eq!(open, None, "{turn}"),
            }
        }
    }
}

#[test]
fn near_an_edge_the_canvas_comes_along() {
    let size = (1000.0, 700.0);
    assert_eq!(auto_pan(at(500.0, 350.0), size), (0.0, 0.0));
    assert_eq!(auto_pan(at(0.0, 350.0), size), (15.0, 0.0));
    assert_eq!(auto_pan(at(1000.0, 720.0), size), (-15.0, -15.0));
    let (across, _) = auto_pan(at(20.0, 350.0), size);
    assert!((across - 7.5).abs() < 1e-9);
    assert_eq!(auto_pan(at(5.0, 5.0), (0.0, 0.0)).0.signum(), -1.0, "a pane without room is no reason to fail");
}
