#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashMap, HashSet};

use flow::layout::{Layout, Orientation, Rect, layout};
use flow::{At, Flow, Place, Slot, Spot, apply};

use super::*;
use crate::studio::edits;
use crate::studio::tests::{long, pieces, sample};

const ALL: Rect = Rect { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };

/// What there is to tell of a flow; nothing unless said.
#[derive(Default)]
struct World {
    chosen: BTreeSet<String>,
    focus: Option<Spot>,
    problems: HashMap<String, Problems>,
    runs: HashMap<String, StepRun>,
    tested: HashSet<String>,
    pending: Option<Pending>,
    carry: Option<Carry>,
    found: HashSet<String>,
    pieces: Vec<PieceOffer>,
}

impl World {
    fn marks(&self, flow: &Flow, layout: &Layout, near: Rect) -> Vec<Mark> {
        let told = Told {
            flow,
            layout,
            chosen: &self.chosen,
            focus: self.focus.as_ref(),
            problems: &self.problems,
            runs: &self.runs,
            tested: &self.tested,
            pending: self.pending.as_ref(),
            carry: self.carry.as_ref(),
            found: &self.found,
            pieces: &self.pieces,
        };
        scene(&told, near)
    }

    fn all(&self, flow: &Flow) -> Vec<Mark> {
        self.marks(flow, &layout(flow, Orientation::Vertical, &HashSet::new()), ALL)
    }

    fn card(&self, flow: &Flow, name: &str) -> CardLook {
        let marks = self.all(flow);
        let found = marks.into_iter().find(|mark| mark.key == Key::Card(name.into())).unwrap();
        let Look::Card(look) = found.look else { panic!() };
        *look
    }
}

fn shown(marks: &[Mark]) -> HashMap<Key, Mark> {
    let shown: HashMap<Key, Mark> = marks.iter().map(|mark| (mark.key.clone(), mark.clone())).collect();
    assert_eq!(shown.len(), marks.len(), "each thing has a key of its own");
    shown
}

#[test]
fn a_rename_touches_one_card_and_nothing_else() {
    let before = long(2000);
    let mut after = before.clone();
    for op in edits::rename(&before, "step_700", "Renamed").unwrap().1 {
        apply(&mut after, op).unwrap();
    }
    let world = World::default();
    let (old, new) = (shown(&world.all(&before)), world.all(&after));
    let changes = changes(&old, &new);
    // The card, and the words of the plus behind it, which says where it adds.
    let patched = |change: &Change<'_>| if let Change::Patch(_, mark) = change { Some(mark.key.clone()) } else { None };
    let keys: Vec<Key> = changes.iter().map(|change| patched(change).expect("nothing comes, goes or moves")).collect();
    assert_eq!(keys, [Key::Plus("step_700".into(), At::After), Key::Card("step_700".into())]);
}

#[test]
fn choosing_a_step_touches_its_card_only() {
    let flow = sample();
    let mut world = World::default();
    let old = shown(&world.all(&flow));
    world.chosen.insert("step_3".into());
    world.runs.insert("step_3".into(), StepRun { state: RunState::Running, note: String::new() });
    world.problems.insert("step_3".into(), Problems { errors: 1, warnings: 0 });
    let new = world.all(&flow);
    assert!(
        matches!(changes(&old, &new).as_slice(), [Change::Patch(_, mark)] if mark.key == Key::Card("step_3".into()))
    );
    assert!(changes(&shown(&new), &new).is_empty(), "what is alike is left alone");
}

#[test]
fn what_is_out_of_sight_does_not_exist() {
    let flow = long(2000);
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let world = World::default();
    let first = world.marks(&flow, &drawn, Rect { x: -700.0, y: 0.0, width: 1400.0, height: 900.0 });
    assert!(first.len() < 40, "{}", first.len());
    let second = world.marks(&flow, &drawn, Rect { x: -700.0, y: 450.0, width: 1400.0, height: 900.0 });
    let old = shown(&first);
    let list = changes(&old, &second);
    let made = list.iter().filter(|change| matches!(change, Change::Make(_))).count();
    let dropped = list.iter().filter(|change| matches!(change, Change::Drop(_))).count();
    assert!(
        made > 0 && dropped > 0 && made + dropped == list.len(),
        "a pan makes and drops, and changes nothing: {list:?}"
    );
}

#[test]
fn of_a_flow_that_is_elsewhere_nothing_exists() {
    let flow = sample();
    let drawn = layout(&flow, Orientation::Vertical, &HashSet::new());
    let far = Rect { x: 9000.0, y: 9000.0, width: 1000.0, height: 700.0 };
    assert_eq!(World::default().marks(&flow, &drawn, far), []);
}

#[test]
fn a_step_that_is_added_moves_what_is_below_it() {
    let flow = long(10);
    let mut after = flow.clone();
    let (_, (_, ops)) = edits::add(&flow, edits::plain(edits::Plain::Code), Place::after("step_8"));
    ops.into_iter().for_each(|op| drop(apply(&mut after, op).unwrap()));
    let world = World::default();
    let (old, new) = (shown(&world.all(&flow)), world.all(&after));
    let above = [Key::Card("step_3".into()), Key::Plus("step_3".into(), At::After)];
    for change in changes(&old, &new) {
        let key = match change {
            Change::Make(mark) | Change::Move(mark) | Change::Patch(_, mark) => &mark.key,
            Change::Drop(key) => key,
        };
        assert!(!above.contains(key), "{key:?}");
    }
}

#[test]
fn a_card_says_what_it_is() {
    let mut flow = sample();
    let send = edits::add(
        &flow,
        crate::studio::offers::step(&pieces(), crate::studio::offers::Make::Operation(0, Some(0))).unwrap(),
        Place::after("step_1"),
    );
    send.1.1.into_iter().for_each(|op| drop(apply(&mut flow, op).unwrap()));
    edits::skip(&flow, vec!["step_8".into()]).unwrap().1.into_iter().for_each(|op| drop(apply(&mut flow, op).unwrap()));
    let mut world = World { pieces: pieces(), ..World::default() };
    let card = world.card(&flow, "step_8");
    assert_eq!((&*card.name, &*card.about, card.number), ("Send a message", "Slack, Send a message", 3));
    assert!(card.class.contains("skipped") && card.said.ends_with("Skipped"), "{card:?}");
    world.pieces.clear();
    assert_eq!(world.card(&flow, "step_8").about, "Slack, send", "not known here: from its names");
    assert_eq!(world.card(&flow, "trigger").about, "Choose what starts it");
    assert_eq!(world.card(&flow, "step_2").about, "First match");
    world.problems.insert("step_1".into(), Problems { errors: 1, warnings: 1 });
    world.runs.insert("step_1".into(), StepRun { state: RunState::Failed, note: "182 ms".into() });
    let card = world.card(&flow, "step_1");
    assert_eq!((card.problems, &*card.badge), (2, "182 ms"));
    assert!(card.class.contains("run-failed") && card.class.contains("wrong"));
    assert_eq!(card.said, "2. Fetch. Code. 2 problems. failed 182 ms");
    assert_eq!(world.card(&flow, "step_2").fold, Some(0), "it can be collapsed");
    assert_eq!(world.card(&flow, "step_1").fold, None);
}

#[test]
fn in_the_hand_every_place_says_whether_it_is_one() {
    let flow = sample();
    let carry = Carry { names: vec!["step_2".into()], target: Some(Place::after("step_5")), is_copy: false };
    let marks = World { carry: Some(carry), ..World::default() }.all(&flow);
    let mut targets = 0;
    for mark in &marks {
        if let (Key::Plus(step, at), Look::Plus { is_target, is_barred, .. }) = (&mark.key, &mark.look) {
            targets += usize::from(*is_target);
            let inside = &**step == "step_2"
                || &**step == "step_3"
                || &**step == "step_4"
                || (&**step, *at) == ("step_1", At::After);
            assert_eq!(*is_barred, inside, "{step} {at:?}");
        }
    }
    assert_eq!(targets, 1);
}

#[test]
fn changes_that_wait_are_on_the_cards() {
    let flow = sample();
    let mut after = flow.clone();
    edits::rename(&flow, "step_3", "Tell all")
        .unwrap()
        .1
        .into_iter()
        .for_each(|op| drop(apply(&mut after, op).unwrap()));
    let pending = Pending::new("Assistant", "Accept all", &flow, after.document());
    let shown = pending.shown(&flow);
    let world = World { pending: Some(pending), ..World::default() };
    let card = world.card(&shown, "step_3");
    assert!(card.class.contains("waits changed"), "{}", card.class);
    assert_eq!((&*card.badge, &*card.name), ("changed", "Tell all"));
    assert!(!world.card(&shown, "step_1").class.contains("waits"));
}

#[test]
fn collapsed_steps_say_how_many_they_hide() {
    let flow = sample();
    let drawn = layout(&flow, Orientation::Vertical, &["step_2".to_owned()].into());
    let marks = World::default().marks(&flow, &drawn, ALL);
    let look = marks.into_iter().find(|mark| mark.key == Key::Card("step_2".into())).unwrap().look;
    let Look::Card(card) = look else { panic!() };
    assert_eq!(card.fold, Some(2));
    assert!(card.said.ends_with("hides 2"), "{}", card.said);
}

#[test]
fn places_go_through_attributes() {
    for at in
        [At::After, At::In(Slot::Body), At::In(Slot::Branch(12)), At::In(Slot::OnSuccess), At::In(Slot::OnFailure)]
    {
        let place = Place { parent: "step_1".into(), at };
        assert_eq!(place_of(&place_mark("step_1", at)), Some(place));
    }
    for bad in ["", "step_1", "step_1 x", "step_1 -1"] {
        assert_eq!(place_of(bad), None, "{bad}");
    }
}
