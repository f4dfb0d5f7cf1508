#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{RunStatus, RunStep};

use super::pairs::{Difference, differences, pairs};

fn step(name: &str, input: &str, output: &str) -> RunStep {
    RunStep {
        name: name.into(),
        within: Vec::new(),
        status: RunStatus::Succeeded,
        began_at: None,
        took_ms: Some(5),
        attempts: 1,
        input: input.into(),
        output: output.into(),
        cut: false,
        error: None,
        warnings: Vec::new(),
    }
}

fn told(list: &[Difference]) -> Vec<(&str, Option<&str>, Option<&str>)> {
    list.iter().map(|one| (one.path.as_str(), one.before.as_deref(), one.after.as_deref())).collect()
}

#[test]
fn differences_name_the_place_and_both_sides() {
    assert!(differences(r#"{"a": 1}"#, r#"{"a":1}"#).is_empty(), "white space is no difference");
    assert!(differences("", "").is_empty());
    assert_eq!(
        told(&differences(r#"{"a":1,"b":[1,2],"c":{"d":null}}"#, r#"{"a":2,"b":[1],"c":{"d":"x"},"e":true}"#)),
        [
            ("a", Some("1"), Some("2")),
            ("b[1]", Some("2"), None),
            ("c.d", Some("null"), Some("\"x\"")),
            ("e", None, Some("true")),
        ]
    );
    assert_eq!(told(&differences("[1]", r#"{"0":1}"#)), [("", Some("[1]"), Some(r#"{"0":1}"#))]);
    assert_eq!(
        told(&differences("{\"cut", "1")),
        [("", Some("{\"cut"), Some("1"))],
        "what is no JSON is compared as text"
    );
    assert_eq!(told(&differences("", "1")), [("", None, Some("1"))]);
}

#[test]
fn many_differences_are_told_in_part() {
    let list = |from: u32| serde_json::to_string(&(from..from + 5_000).collect::<Vec<_>>()).unwrap();
    assert_eq!(differences(&list(0), &list(1)).len(), 40);
    let long = |letter: &str| format!("\"{}\"", letter.repeat(1_000_000));
    assert!(differences(&long("ä"), &long("ö"))[0].before.as_ref().unwrap().chars().count() <= 161);
}

#[test]
fn steps_are_paired_and_new_ones_stand_where_they_ran() {
    let before = [step("a", "1", "1"), step("b", "1", "1"), step("c", "1", "1")];
    let after = [step("new", "1", "1"), step("a", "1", "1"), step("x", "1", "1"), step("c", "1", "2")];
    let found = pairs(&before, &after);
    assert_eq!(found.iter().map(|pair| pair.name.as_str()).collect::<Vec<_>>(), ["new", "a", "x", "b", "c"]);
    let same: Vec<_> = found.iter().map(|pair| pair.is_same()).collect();
    assert_eq!(same, [false, true, false, false, false]);
    assert!(found[0].before.is_none() && found[3].after.is_none());
    assert!(found[4].input.is_empty() && found[4].output.len() == 1);
}

#[test]
fn the_same_step_of_other_iterations_is_another_one() {
    let within = |iteration: u32| RunStep { within: vec![("loop".into(), iteration)], ..step("a", "1", "1") };
    assert_eq!(pairs(&[within(1), within(2)], &[within(2)]).len(), 2);
    assert!(pairs(&[], &[]).is_empty());
}
