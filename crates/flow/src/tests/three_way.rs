//! Two sets of changes to the same flow: both are kept where they do not meet.

use super::captures;
use super::random::{self, Dice};
use crate::diff::{Choice, ThreeWay, diff, three_way};
use crate::{Document, Flow, Op, Place, Step, apply, check_sound};

fn taken(ours: &Document, theirs: &Document, found: &ThreeWay) -> Result<Document, crate::Refusal> {
    let Op::ImportFlow { document } = found.accept(ours, theirs)? else { panic!("not an import") };
    Ok(*document)
}

fn edited(flow: &Flow, ops: &[Op]) -> Document {
    let mut flow = flow.clone();
    for op in ops {
        apply(&mut flow, op.clone()).unwrap();
    }
    flow.document()
}

fn rename(flow: &Flow, name: &str, to: &str) -> Op {
    let mut step = flow.step(name).unwrap().shell();
    step.display_name = to.to_owned();
    Op::update(step)
}

#[test]
fn changes_that_do_not_meet_are_both_kept() {
    let flow = captures::flow("071");
    let base = flow.document();
    let ours = edited(&flow, &[rename(&flow, "step_1", "Ours"), Op::delete("step_6")]);
    let mut theirs = edited(
        &flow,
        &[
            rename(&flow, "step_2", "Theirs"),
            Op::add(Place::after("step_1"), Step::code("step_7", "Their step", "")),
            Op::DeleteNote { id: "note-1".to_owned() },
        ],
    );
    // The server writes a date wherever it likes.
    theirs.steps[0].extra.insert("lastUpdatedDate".to_owned(), "later".into());
    let found = three_way(&base, &ours, &theirs);
    assert!(found.is_clean(), "{found:#?}");
    let both = taken(&ours, &theirs, &found).unwrap();
    let names: Vec<&str> = both.steps.iter().map(|step| step.display_name.as_str()).collect();
    assert_eq!(names, ["Ours", "Their step", "Theirs", "Big order?"]);
    assert!(both.notes.is_empty());
}

#[test]
fn what_both_changed_is_a_conflict_unless_it_is_the_same() {
    let flow = captures::flow("071");
    let base = flow.document();
    let ours = edited(&flow, &[rename(&flow, "step_1", "Ours"), Op::ChangeName { display_name: "A".to_owned() }]);
    let theirs = edited(&flow, &[rename(&flow, "step_1", "Theirs"), Op::ChangeName { display_name: "A".to_owned() }]);
    let found = three_way(&base, &ours, &theirs);
    assert_eq!(found.conflicts, Choice { steps: ["step_1".to_owned()].into(), ..Choice::default() });
    assert_eq!(taken(&ours, &theirs, &found).unwrap().steps[0].display_name, "Ours");
    let gone = edited(&flow, &[Op::delete("step_1")]);
    assert!(three_way(&base, &ours, &gone).conflicts.steps.contains("step_1"));
    assert!(three_way(&base, &gone, &gone).is_clean());
}

/// Random changes on both sides: whoever changed a step alone has their way.
#[test]
fn who_changed_a_step_alone_has_their_way() {
    let (mut kept, mut refused, mut conflicts) = (0, 0, 0);
    for seed in 0..150 {
        let mut dice = Dice::new(12_000 + seed);
        let flow = random::flow(&mut dice, 14);
        let base = flow.document();
        let mut side = |count: usize| {
            let mut side = flow.clone();
            for _ in 0..count {
                let kind = *dice.of(&[8, 10, 11, 13, 13, 15, 20, 22]);
                let op = random::op(&mut dice, &side, kind);
                let _ = apply(&mut side, op);
            }
            side.document()
        };
        let (ours, theirs) = (side(3), side(3));
        let alone = taken(&ours, &base, &three_way(&base, &ours, &base)).unwrap();
        assert!(diff(&alone, &ours).without_stamps().is_empty(), "seed {seed}");
        let alone = taken(&base, &theirs, &three_way(&base, &base, &theirs)).unwrap();
        assert!(alone == theirs, "seed {seed}");
        let found = three_way(&base, &ours, &theirs);
        conflicts += usize::from(!found.is_clean());
        let Ok(result) = taken(&ours, &theirs, &found) else {
            refused += 1;
            continue;
        };
        kept += 1;
        check_sound(&Flow::from(result.clone())).unwrap();
        let shell = |document: &Document, name: &str| {
            document.steps.walk().find(|visit| visit.step.name == name).map(|visit| visit.step.shell())
        };
        let we = diff(&base, &ours).without_stamps().everything();
        for visit in ours.steps.walk().chain(theirs.steps.walk()) {
            let name = &visit.step.name;
            let wanted = if we.steps.contains(name) { shell(&ours, name) } else { shell(&theirs, name) };
            assert_eq!(shell(&result, name), wanted, "seed {seed}, {name}");
        }
    }
    assert!(kept > 80 && conflicts > 20 && refused < 60, "{kept} kept, {refused} refused, {conflicts} with conflicts");
}
