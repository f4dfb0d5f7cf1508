#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::{Flow, Op, Place, Step, apply};

use super::{Job, Meeting, Outbox, is_same};

fn add(name: &str, after: &str) -> Op {
    Op::add(Place::after(after), Step::code(name, name, "x"))
}

fn edit(name: &str, after: &str) -> Job {
    Job::Edit { label: format!("Add {name}"), ops: vec![add(name, after)] }
}

fn with(steps: &[(&str, &str)]) -> Flow {
    let mut flow = Flow::new("Test");
    for (name, after) in steps {
        apply(&mut flow, add(name, after)).unwrap();
    }
    flow
}

#[test]
fn one_is_on_its_way_at_a_time_each_on_the_revision_of_the_one_before() {
    let mut out = Outbox::new(with(&[]), 4);
    out.push(edit("step_1", "trigger"));
    out.push(edit("step_2", "step_1"));
    assert_eq!(out.next(), Some((4, edit("step_1", "trigger"))));
    assert_eq!(out.next(), None);
    out.kept(5, Op::all([add("step_1", "trigger")])).unwrap();
    assert!(is_same(out.base(), &with(&[("step_1", "trigger")])));
    assert_eq!(out.next(), Some((5, edit("step_2", "step_1"))));
    out.kept(6, Op::all([add("step_2", "step_1")])).unwrap();
    assert!(out.is_empty() && !out.is_sent());
    assert_eq!(out.next(), None);
}

#[test]
fn what_failed_is_sent_again_and_what_was_refused_is_not() {
    let mut out = Outbox::new(with(&[]), 1);
    out.push(edit("step_1", "trigger"));
    out.next().unwrap();
    out.failed();
    assert_eq!(out.next(), Some((1, edit("step_1", "trigger"))));
    out.refused();
    assert_eq!(out.next(), None);
    assert!(out.is_empty());
}

#[test]
fn of_steps_through_the_history_the_last_counts_but_never_in_place_of_one_that_is_sent() {
    let mut out = Outbox::new(with(&[]), 1);
    out.push(Job::Rewind { done: 3 });
    out.next().unwrap();
    out.push(Job::Rewind { done: 2 });
    out.push(Job::Rewind { done: 1 });
    out.done();
    assert_eq!(out.next(), Some((1, Job::Rewind { done: 1 })));
    out.done();
    assert!(out.is_empty());
}

#[test]
fn a_new_revision_of_the_same_flow_disturbs_nobody() {
    let mut out = Outbox::new(with(&[]), 1);
    out.push(edit("step_1", "trigger"));
    out.next().unwrap();
    out.failed();
    assert_eq!(out.meet(with(&[]), 7), Meeting::Same);
    assert_eq!(out.next(), Some((7, edit("step_1", "trigger"))));
}

#[test]
fn an_edit_that_came_too_late_comes_back_on_top_of_what_is_there() {
    let mut out = Outbox::new(with(&[("step_1", "trigger")]), 1);
    out.push(edit("step_3", "step_1"));
    let theirs = with(&[("step_1", "trigger"), ("step_2", "step_1")]);
    let Meeting::Changed { mine: Some(mine) } = out.meet(theirs.clone(), 2) else { panic!("nothing was kept") };
    let both = with(&[("step_1", "trigger"), ("step_2", "step_1"), ("step_3", "step_1")]);
    assert!(is_same(&Flow::from(*mine), &both));
    assert!(is_same(out.base(), &theirs));
    assert!(out.is_empty());
    assert_eq!(out.revision(), 2);
}

#[test]
fn an_edit_that_no_longer_fits_comes_back_as_the_flow_that_it_was_made_on() {
    let mut out = Outbox::new(with(&[("step_1", "trigger")]), 1);
    out.push(edit("step_2", "step_1"));
    let Meeting::Changed { mine: Some(mine) } = out.meet(with(&[]), 2) else { panic!("nothing was kept") };
    assert!(is_same(&Flow::from(*mine), &with(&[("step_1", "trigger"), ("step_2", "step_1")])));
}

#[test]
fn somebody_elses_change_with_nothing_of_ours_proposes_nothing() {
    let mut out = Outbox::new(with(&[]), 1);
    out.push(Job::Pend(None));
    assert_eq!(out.meet(with(&[("step_1", "trigger")]), 2), Meeting::Changed { mine: None });
    assert!(out.is_empty());
}

#[test]
fn an_answer_that_does_not_fit_is_an_error() {
    let mut out = Outbox::new(with(&[]), 1);
    out.push(edit("step_1", "trigger"));
    out.next().unwrap();
    assert!(out.kept(2, Op::delete("step_9")).is_err());
    assert_eq!(out.revision(), 1);
}
