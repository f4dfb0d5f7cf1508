#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Integration, IntegrationKind, NextAct, Owner, Standing};

use super::{help, summary, tone, word};
use crate::parts::Tone;

fn one(standing: Standing) -> Integration {
    Integration {
        key: "x".into(),
        kind: IntegrationKind::Model,
        label: "X".into(),
        detail: String::new(),
        owner: Owner::Person,
        standing,
        words: String::new(),
        next: NextAct::None,
        last_use: None,
        may: Vec::new(),
        can_test: true,
        can_remove: false,
    }
}

#[test]
fn the_summary_counts_what_needs_the_person_and_forgets_what_is_not_there() {
    let all = [Standing::Works, Standing::Untried, Standing::Absent].map(one);
    assert_eq!(summary(&all), "2 connections in order");
    let all = [Standing::Works, Standing::Failing, Standing::Absent].map(one);
    assert_eq!(summary(&all), "1 needs you, 1 in order");
    let all = [Standing::Locked, Standing::Failing, Standing::Works].map(one);
    assert_eq!(summary(&all), "2 need you, 1 in order");
    assert_eq!(summary(&[]), "0 connections in order");
}

#[test]
fn colour_never_speaks_alone() {
    let all = [Standing::Works, Standing::Untried, Standing::Locked, Standing::Failing, Standing::Absent];
    let mut words: Vec<&str> = all.into_iter().map(word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all.len());
    assert_eq!(tone(Standing::Failing), Tone::Bad);
    assert_eq!(help(NextAct::None), None);
    assert_eq!(help(NextAct::Unlock), Some("Unlock"));
}
