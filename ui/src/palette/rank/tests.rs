#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn order(query: &str, names: &[&str]) -> Vec<String> {
    ranked(query, names.iter().copied(), |name| (*name).to_owned())
        .into_iter()
        .map(|(_, name)| name.to_owned())
        .collect()
}

#[test]
fn better_fits_come_first() {
    assert_eq!(
        order("web", &["Cobweb removal", "Website relaunch", "The web", "Web", "Office move"]),
        ["Web", "Website relaunch", "The web", "Cobweb removal"]
    );
    assert_eq!(order("wr", &["Writing", "Website relaunch"]), ["Writing", "Website relaunch"]);
    assert_eq!(order("sync now", &["Sync now", "Work offline", "Now playing"]), ["Sync now"]);
    assert_eq!(order("now sync", &["Sync now"]), ["Sync now"], "words in any order");
}

#[test]
fn accents_case_and_one_slip_are_forgiven() {
    for (query, name) in [
        ("andre", "André Núñez"),
        ("NUNEZ", "André Núñez"),
        ("wesbite", "Website relaunch"),
        ("websitr", "Website relaunch"),
        ("websit", "Website relaunch"),
        ("relunch", "Website relaunch"),
        ("lighthuose", "Lighthouse app"),
        ("lightouse ap", "Lighthouse app"),
        ("gros", "Groß"),
    ] {
        assert!(score(query, name).is_some(), "{query:?} should find {name:?}");
    }
}

#[test]
fn strangers_are_not_found() {
    for (query, name) in [("cat", "Car park"), ("xyzzy", "Website"), ("webs now", "Website"), ("tidy", "Website")] {
        let found = score(query, name);
        assert_eq!(found, None, "{query:?} found {name:?}");
    }
    assert!(score("office", "Officious meddling plan").is_some(), "a slip at the end still fits a beginning");
}

#[test]
fn an_empty_query_keeps_everything_in_order() {
    assert_eq!(order("  ", &["B", "A"]), ["B", "A"]);
}

#[test]
fn a_name_always_finds_itself_and_a_slip_in_a_long_one_does_too() {
    let names = ["Kitchen refurbishment", "Quarterly review", "Onboarding Ümlaut", "Straße 12"];
    for name in names {
        assert_eq!(score(name, name), Some(10_000));
        let first: String = name.split(' ').next().unwrap().into();
        for index in 1..first.chars().count() {
            let slipped: String =
                first.chars().enumerate().filter(|(at, _)| *at != index).map(|(_, letter)| letter).collect();
            if slipped.chars().count() >= 4 {
                assert!(score(&slipped, name).is_some(), "{slipped:?} should find {name:?}");
            }
        }
    }
}
