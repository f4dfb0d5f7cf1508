//! Every operation: taken back to the byte, sound after each, and refused without a trace.

use super::random::{self, Dice, KINDS};
use crate::{Flow, Index, Op, apply, check_sound, wire};

/// Everything of a flow as bytes.
fn bytes(flow: &Flow) -> String {
    wire::write_flow(flow)
}

#[test]
fn what_was_done_can_be_taken_back_to_the_byte() {
    let mut done = [0; KINDS];
    let mut refused = 0;
    for seed in 0..30 {
        let mut dice = Dice::new(seed);
        let size = 4 + dice.below(30);
        let mut flow = random::flow(&mut dice, size);
        check_sound(&flow).unwrap();
        for round in 0..80 {
            let kind = dice.below(KINDS);
            let op = random::op(&mut dice, &flow, kind);
            let before = flow.clone();
            let told = format!("seed {seed}, round {round}: {op:?}");
            match apply(&mut flow, op.clone()) {
                Err(refusal) => {
                    refused += 1;
                    assert!(flow == before, "refused and yet changed: {told}");
                    assert!(refusal.message.ends_with('.') && refusal.message.len() > 20, "{told}: {refusal}");
                }
                Ok(inverse) => {
                    done[kind] += 1;
                    check_sound(&flow).unwrap_or_else(|fault| panic!("{told}: {fault}"));
                    let after = flow.clone();
                    let again = apply(&mut flow, inverse.clone())
                        .unwrap_or_else(|fault| panic!("{told}, {inverse:?}: {fault}"));
                    assert_eq!(bytes(&flow), bytes(&before), "{told}, {inverse:?}");
                    assert!(flow == before, "{told}");
                    check_sound(&flow).unwrap();
                    // What takes the inverse back leads to the change again: that is redo.
                    apply(&mut flow, again).unwrap_or_else(|fault| panic!("{told}: {fault}"));
                    assert_eq!(bytes(&flow), bytes(&after), "{told}");
                    // Stored and read again, an operation does the same.
                    let stored: Op = serde_json::from_str(&serde_json::to_string(&op).unwrap()).unwrap();
                    let mut other = before;
                    apply(&mut other, stored).unwrap();
                    assert_eq!(bytes(&other), bytes(&flow), "{told}");
                    if flow.steps.walk().count() > 120 {
                        break;
                    }
                }
            }
        }
    }
    assert!(done.iter().all(|count| *count > 10), "{done:?}");
    assert!(refused > 100, "{refused}");
}

#[test]
fn several_are_done_all_or_none() {
    for seed in 0..60 {
        let mut dice = Dice::new(1_000 + seed);
        let mut flow = random::flow(&mut dice, 12);
        let before = flow.clone();
        let mut trial = flow.clone();
        let mut ops = Vec::new();
        while ops.len() < 5 {
            let kind = dice.below(KINDS);
            let op = random::op(&mut dice, &trial, kind);
            if apply(&mut trial, op.clone()).is_ok() {
                ops.push(op);
            }
        }
        let inverse = apply(&mut flow, Op::all(ops.clone())).unwrap();
        assert_eq!(bytes(&flow), bytes(&trial), "seed {seed}");
        apply(&mut flow, inverse).unwrap();
        assert_eq!(bytes(&flow), bytes(&before), "seed {seed}");
        ops.push(Op::delete("nobody"));
        let refusal = apply(&mut flow, Op::all(ops)).unwrap_err();
        assert_eq!(refusal.step.as_deref(), Some("nobody"));
        assert_eq!(bytes(&flow), bytes(&before), "seed {seed}");
    }
}

/// Who edits a step says nothing of its neighbours, of what it holds, or of what its last test brought.
#[test]
fn an_update_leaves_alone_what_it_is_not_about() {
    for seed in 0..200 {
        let mut dice = Dice::new(20_000 + seed);
        let mut flow = random::flow(&mut dice, 10);
        let op = random::op(&mut dice, &flow, 10);
        let Op::UpdateAction { step: given } = &op else { panic!() };
        let (name, given) = (given.name.clone(), given.clone());
        let Some(before) = flow.step(&name).cloned() else { continue };
        if apply(&mut flow, op).is_err() {
            continue;
        }
        let after = flow.step(&name).unwrap();
        assert_eq!(after.sample_data(), before.sample_data(), "seed {seed}");
        assert_eq!(after.display_name, given.display_name);
        for key in ["nextAction", "firstLoopAction", "children"] {
            assert_eq!(after.extra.get(key), before.extra.get(key), "seed {seed}, {key}");
        }
        for (slot, chain) in before.chains().filter(|(_, chain)| !chain.is_empty()) {
            assert!(after.chain(slot) == Some(chain), "seed {seed}");
        }
    }
    let mut flow = random::flow(&mut Dice::new(1), 3);
    flow.trigger.settings.insert("sampleData".to_owned(), serde_json::json!("theirs"));
    let op = random::op(&mut Dice::new(2), &flow, 7);
    apply(&mut flow, op).unwrap();
    assert_eq!(flow.trigger.sample_data(), Some(&serde_json::json!("theirs")));
}

/// Neighbours that are deleted together come back together: taking a great deal back is no more work than doing it.
#[test]
fn neighbours_come_back_as_one() {
    let mut flow = super::depth::deep(0, 3_000);
    let before = flow.clone();
    let names: Vec<String> = flow.steps.iter().map(|step| step.name.clone()).collect();
    let inverse = apply(&mut flow, Op::DeleteAction { names: names.clone() }).unwrap();
    assert!(matches!(&inverse, Op::AddAction { steps, .. } if steps.len() == 3_000));
    apply(&mut flow, inverse).unwrap();
    assert!(flow == before);
    let holes: Vec<String> = names.into_iter().filter(|name| !name.ends_with('7')).collect();
    let inverse = apply(&mut flow, Op::DeleteAction { names: holes }).unwrap();
    assert!(matches!(&inverse, Op::All { ops } if ops.len() == 301));
    apply(&mut flow, inverse).unwrap();
    assert!(flow == before);
}

/// What an operation is for has happened when it was not refused.
#[test]
fn steps_are_where_they_were_sent() {
    let count = |flow: &Flow| flow.steps.walk().count();
    for seed in 0..300 {
        let mut dice = Dice::new(30_000 + seed);
        let mut flow = random::flow(&mut dice, 16);
        let kind = *dice.of(&[8, 11, 12, 12, 12, 13, 13, 14, 15]);
        let op = random::op(&mut dice, &flow, kind);
        let before = flow.clone();
        if apply(&mut flow, op.clone()).is_err() {
            continue;
        }
        let index = Index::of(&flow);
        let old = Index::of(&before);
        if let Op::AddAction { place, steps } = &op {
            let number = index.number(&steps[0].name).unwrap();
            assert_eq!(index.place(number, &flow).as_ref(), Some(place), "{op:?}");
            assert_eq!(count(&flow), count(&before) + steps.walk().count());
        }
        if let Op::DeleteAction { names } = &op {
            let gone = |number: usize| {
                let is_named = |number: usize| names.contains(&old.entry(number).unwrap().step.name);
                is_named(number) || old.holders(number).any(|(holder, _)| is_named(holder))
            };
            for (number, entry) in old.entries().iter().enumerate() {
                assert_eq!(index.number(&entry.step.name).is_none(), gone(number), "{op:?}: {}", entry.step.name);
            }
        }
        if let Op::MoveAction { name, to } = &op {
            let number = index.number(name).unwrap();
            assert_eq!(index.place(number, &flow).as_ref(), Some(to), "{op:?}");
            let held = |index: &Index<'_>| index.entry(index.number(name).unwrap()).unwrap().step.clone();
            assert!(held(&index) == held(&old) && count(&flow) == count(&before));
        }
        if let Op::DuplicateAction { name } = &op {
            let span = old.entry(old.number(name).unwrap()).unwrap().span;
            assert_eq!(count(&flow), count(&before) + span);
            assert!(old.entries().iter().all(|entry| index.number(&entry.step.name).is_some()));
        }
        if let Op::SetSkipAction { names, skip } = &op {
            assert!(names.iter().all(|name| flow.step(name).unwrap().skip == *skip));
        }
    }
}
