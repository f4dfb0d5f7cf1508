#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::{At, Flow, Index, Kind, Note, Place, Slot, Spot, Trigger, TriggerKind, apply, check_sound};

use super::*;
use crate::studio::tests::sample;

fn done(flow: &Flow, edit: Result<Edit, String>) -> Flow {
    let mut after = flow.clone();
    let (label, ops) = edit.unwrap();
    assert!(!label.is_empty());
    for op in ops {
        apply(&mut after, op).unwrap();
    }
    check_sound(&after).unwrap();
    after
}

fn order(flow: &Flow) -> Vec<&str> {
    flow.steps.walk().map(|visit| visit.step.name.as_str()).collect()
}

fn names(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn steps_go_and_are_passed_over_together() {
    let flow = sample();
    let after = done(&flow, delete(&flow, names(&["step_1", "step_5"])));
    assert_eq!(order(&after), ["step_2", "step_3", "step_4", "step_7"]);
    assert!(delete(&flow, Vec::new()).is_err());
    let skipped = done(&flow, skip(&flow, names(&["step_1", "step_3"])));
    assert!(skipped.step("step_1").unwrap().is_skipped() && skipped.step("step_3").unwrap().is_skipped());
    // Of some that are and some that are not, all are; only when all are, none are.
    let more = done(&skipped, skip(&skipped, names(&["step_1", "step_4"])));
    assert!(more.step("step_1").unwrap().is_skipped() && more.step("step_4").unwrap().is_skipped());
    let none = done(&more, skip(&more, names(&["step_1", "step_4"])));
    assert!(!none.step("step_1").unwrap().is_skipped());
}

#[test]
fn several_are_moved_in_their_order_and_keep_it() {
    let flow = sample();
    let after = done(&flow, carry(&flow, &names(&["step_3", "step_4"]), &Place::after("trigger")));
    assert_eq!(order(&after), ["step_3", "step_4", "step_1", "step_2", "step_5", "step_6", "step_7"]);
    let behind_itself = done(&flow, carry(&flow, &names(&["step_3", "step_4"]), &Place::after("step_4")));
    assert_eq!(order(&behind_itself), order(&flow));
    let (label, _) = carry(&flow, &names(&["step_3", "step_4"]), &Place::after("trigger")).unwrap();
    assert!(label.ends_with("and 1 more"), "{label}");
}

#[test]
fn several_are_duplicated_behind_the_last() {
    let flow = sample();
    let one = done(&flow, duplicate(&flow, names(&["step_3"])));
    assert_eq!(order(&one)[..4], ["step_1", "step_2", "step_3", "step_8"]);
    let two = done(&flow, duplicate(&flow, names(&["step_3", "step_4"])));
    assert_eq!(two.steps.walk().count(), 9);
    let chain = two.step("step_2").unwrap().chain(Slot::Branch(0)).unwrap();
    assert_eq!(
        chain.iter().map(|step| &*step.display_name).collect::<Vec<_>>(),
        ["Tell", "Comment", "Tell", "Comment"]
    );
}

#[test]
fn what_is_added_has_a_free_name() {
    let flow = sample();
    for kind in [Plain::Code, Plain::Loop, Plain::Router] {
        let (name, edit) = add(&flow, plain(kind), Place::inside("step_2", Slot::Branch(1)));
        assert_eq!(name, "step_8");
        let after = done(&flow, Ok(edit));
        assert_eq!(
            Index::of(&after).place(Index::of(&after).number("step_8").unwrap(), &after).unwrap().at,
            At::In(Slot::Branch(1))
        );
    }
}

#[test]
fn what_takes_the_place_of_a_step_takes_its_name_and_holds_what_it_held() {
    let flow = sample();
    let after = done(&flow, replace(&flow, "step_1", plain(Plain::Router)));
    assert!(matches!(after.step("step_1").unwrap().kind, Kind::Router(_)));
    let (_, ops) = replace(&flow, "step_2", plain(Plain::Code)).unwrap();
    let mut refused = flow.clone();
    let refusal = apply(&mut refused, ops[0].clone()).unwrap_err();
    assert!(refusal.message.contains("Move or delete"), "{refusal}");
    assert!(replace(&flow, "step_99", plain(Plain::Code)).is_err());
}

#[test]
fn names_are_changed_and_nothing_else() {
    let flow = sample();
    let after = done(&flow, rename(&flow, "step_2", "How bad?"));
    assert_eq!(after.step("step_2").unwrap().display_name, "How bad?");
    assert_eq!(order(&after), order(&flow), "what it holds stays");
    assert_eq!(done(&flow, rename(&flow, "trigger", "Each day")).trigger.display_name, "Each day");
    let branch = done(&flow, rename_branch(&flow, "step_2", 0, "Very late"));
    let Kind::Router(router) = &branch.step("step_2").unwrap().kind else { panic!() };
    assert_eq!(router.branches[0].name, "Very late");
    assert_eq!(router.branches[0].chain.len(), 2);
    assert!(rename_branch(&flow, "step_2", 9, "x").is_err());
    assert!(rename_branch(&flow, "step_1", 0, "x").is_err());
}

#[test]
fn branches_come_go_and_change_places_but_the_fallback_stays_last() {
    let flow = sample();
    let two = done(&flow, branch(&flow, "step_2", 0, BranchDeed::Add));
    let at_fallback = done(&two, branch(&two, "step_2", 2, BranchDeed::Add));
    let count = |flow: &Flow| flow.step("step_2").unwrap().chains().count();
    assert_eq!((count(&two), count(&at_fallback)), (3, 4));
    let copied = done(&flow, branch(&flow, "step_2", 0, BranchDeed::Duplicate));
    assert_eq!(copied.steps.walk().count(), 9);
    let moved = done(&two, branch(&two, "step_2", 0, BranchDeed::On));
    assert_eq!(moved.step("step_2").unwrap().chain(Slot::Branch(1)).unwrap().len(), 2);
    assert_eq!(done(&moved, branch(&moved, "step_2", 1, BranchDeed::Back)), two);
    assert_eq!(count(&done(&two, branch(&two, "step_2", 1, BranchDeed::Delete))), 2);
    for (index, deed) in
        [(1, BranchDeed::Delete), (1, BranchDeed::Duplicate), (0, BranchDeed::On), (0, BranchDeed::Back)]
    {
        let reason = branch(&flow, "step_2", index, deed).unwrap_err();
        assert!(reason.ends_with('.'), "{reason}");
    }
    assert!(branch(&flow, "step_7", 0, BranchDeed::Add).unwrap_err().contains("router"));
}

#[test]
fn the_branch_that_is_meant_is_the_innermost() {
    let flow = sample();
    let card = |name: &str| branch_of(&flow, &Spot::Card(name.to_owned()));
    assert_eq!(card("step_4"), Some(("step_2".to_owned(), 0)));
    assert_eq!(card("step_2"), Some(("step_2".to_owned(), 0)), "on the router, its last own");
    assert_eq!(card("step_6"), None);
    assert_eq!(card("trigger"), None);
    let place = Spot::Plus(Place::inside("step_2", Slot::Branch(1)));
    assert_eq!(branch_of(&flow, &place), Some(("step_2".to_owned(), 1)));
}

#[test]
fn what_is_copied_comes_to_another_flow() {
    let flow = sample();
    let text = copied(&flow, &names(&["step_2"])).unwrap();
    let other = Flow::new("Other");
    let after = done(&other, paste_at(&other, &text, &end(&other)));
    assert_eq!(after.steps.walk().count(), 3);
    assert!(paste_at(&other, "groceries", &end(&other)).unwrap_err().contains("clipboard"));
    assert!(copied(&flow, &[]).is_err());
}

#[test]
fn the_trigger_and_notes() {
    let flow = sample();
    let trigger = Trigger::piece("Each day", flow::PieceCall { piece: "p".into(), ..Default::default() });
    assert!(matches!(done(&flow, Ok(set_trigger(&flow, trigger))).trigger.kind, TriggerKind::Piece(_)));
    let mut noted = flow.clone();
    let note = Note { id: "a".into(), ..Note::default() };
    apply(&mut noted, Op::AddNote { note: Box::new(note.clone()), at: None }).unwrap();
    let after = done(&noted, Ok(update_note(Note { content: "hm".into(), ..note })));
    assert_eq!(after.notes[0].content, "hm");
    assert_eq!(
        (said(&flow, "trigger"), said(&flow, "step_3"), said(&flow, "gone")),
        ("Select Trigger", "Tell", "gone")
    );
}
