//! What is said, in which language, and what a language must not lack.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use contract::Language as Wish;

use super::messages::{Kind, Language, compare, functions};
use super::words::{Value, Words};
use super::{Grouped, Tongue, around, plain, pseudo, speak, tongue};
use crate::parts::day::{due_label, long_date, short_date};
use crate::parts::number::grouped;
use crate::say;

const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.ftl"));
const GERMAN: &str = include_str!(concat!(env!("OUT_DIR"), "/de.ftl"));

/// Every test has a thread, and so a language, of its own; it says which, lest somebody runs them in one.
fn in_tongue(tongue: Tongue) {
    let text = if tongue == Tongue::German { GERMAN } else { ENGLISH };
    speak(tongue, text);
}

#[test]
fn a_plural_follows_its_number() {
    in_tongue(Tongue::English);
    assert_eq!(say::frame::approvals(1), "1 approval");
    assert_eq!(say::frame::approvals(0_u64), "0 approvals");
    assert_eq!(say::frame::approvals(2_usize), "2 approvals");
    in_tongue(Tongue::German);
    assert_eq!((say::frame::approvals(1), say::frame::approvals(7)), ("1 Freigabe".into(), "7 Freigaben".into()));
}

#[test]
fn the_language_is_the_one_that_was_chosen_or_the_systems() {
    assert_eq!(Tongue::of(Wish::System, "de-AT"), Tongue::German);
    assert_eq!(Tongue::of(Wish::System, "DE"), Tongue::German);
    assert_eq!(Tongue::of(Wish::System, "den"), Tongue::English, "Slavey is spoken in Canada");
    assert_eq!(Tongue::of(Wish::System, "nl-NL"), Tongue::English);
    assert_eq!(Tongue::of(Wish::English, "de"), Tongue::English);
    assert_eq!(Tongue::of(Wish::German, ""), Tongue::German);
    for tongue in [Tongue::English, Tongue::German, Tongue::Pseudo] {
        assert_eq!(Tongue::of_tag(tongue.tag()), tongue, "what is kept is what was spoken");
    }
}

#[test]
fn another_language_says_the_same_in_its_words() {
    in_tongue(Tongue::English);
    assert_eq!((tongue(), say::settings::title()), (Tongue::English, "Settings"));
    in_tongue(Tongue::German);
    assert_eq!((tongue(), say::settings::title()), (Tongue::German, "Einstellungen"));
}

#[test]
fn the_pseudo_locale_is_longer_marked_and_still_read() {
    in_tongue(Tongue::Pseudo);
    assert_eq!(say::settings::title(), "[Šéţţîîîñğš·]");
    assert!(say::frame::approvals(2).starts_with("[2 à"), "numbers stay as they are");
    let long = pseudo::changed("Keep what was typed").chars().count();
    assert!((25..=27).contains(&long), "two fifths more than 19: {long}");
    let words = Words::of(Tongue::Pseudo, ENGLISH);
    let ids = ENGLISH.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id);
    for id in ids.filter(|id| id.starts_with(|first: char| first.is_lowercase())) {
        let said = words.tell(id, &[]);
        assert!(said.starts_with('[') && said.ends_with(']'), "{id}: {said}");
    }
}

/// The files of a language as the build reads them.
fn all(name: &str) -> Language {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(name);
    let (mut language, mut offences) = (Language::default(), Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let area = path.file_stem().unwrap().to_str().unwrap().to_owned();
        language.read(&area, &area, &fs::read_to_string(&path).unwrap(), &mut offences);
    }
    assert_eq!(offences, [""; 0]);
    language
}

#[test]
fn german_has_every_message_and_each_can_be_said() {
    let (mut english, german, mut offences) = (all("en"), all("de"), Vec::new());
    compare(&mut english, &german, "de", &mut offences);
    assert_eq!(offences, [""; 0]);
    assert_eq!(english.messages.len(), german.messages.len());
    for (tongue, text) in [(Tongue::English, ENGLISH), (Tongue::German, GERMAN), (Tongue::Pseudo, ENGLISH)] {
        let words = Words::of(tongue, text);
        for (id, message) in &english.messages {
            for number in [0.0, 1.0, 2.0] {
                let value = |kind: &Kind| match kind {
                    Kind::Said => Value::Text("x"),
                    Kind::Count => Value::Number(number),
                };
                let arguments = message.arguments.iter().map(|(name, kind)| (name.clone().leak() as &str, value(kind)));
                let said = words.tell(id, &arguments.collect::<Vec<_>>());
                assert!(!said.is_empty() && said != *id && !said.contains('{'), "{tongue:?} {id}: {said}");
            }
        }
    }
}

#[test]
fn numbers_and_days_are_said_as_the_language_says_them() {
    let (today, day) = (jiff::civil::date(2026, 11, 21), jiff::civil::date(2027, 3, 4));
    let words = || (grouped(12_345), short_date(day, today), long_date(day), due_label(today, day).0);
    in_tongue(Tongue::English);
    assert_eq!(words(), ("12,345".into(), "4 Mar 2027".into(), "Thursday 4 March".into(), "since 21 Nov 2026".into()));
    assert_eq!(say::settings::answers(Grouped(1_234)), "1,234 answers");
    assert_eq!(
        (say::settings::answers(Grouped(1)), say::frame::sending(1_234)),
        ("1 answer".into(), "Sending 1234".into())
    );
    in_tongue(Tongue::German);
    assert_eq!(
        words(),
        ("12.345".into(), "4. März 2027".into(), "Donnerstag, 4. März".into(), "seit 21. Nov. 2026".into())
    );
    assert_eq!(say::settings::answers(Grouped(1_234)), "1.234 Antworten");
    assert_eq!((say::parts::days_ago(1), say::parts::days_ago(2)), ("vor 1 Tag".into(), "vor 2 Tagen".into()));
    let did = |action| say::today::Did { action, words: action }.text();
    assert_eq!((did("completed"), did("sang")), ("erledigte".into(), "sang".into()));
}

#[test]
fn what_is_drawn_in_the_middle_of_a_message_divides_it() {
    assert_eq!(around(|middle| format!("Press {middle} to go on")), ("Press ".into(), " to go on".into()));
    assert_eq!(around(str::to_uppercase).1, "");
}

#[test]
fn what_is_not_there_is_told_by_its_id() {
    in_tongue(Tongue::English);
    assert_eq!(plain("frame-nothing-of-this-name"), "frame-nothing-of-this-name");
    let words = Words::of(Tongue::English, "a-b = { $count } of { $total }");
    assert_eq!(words.tell("a-b", &[("count", Value::Number(2.0))]), "2 of {$total}");
}

/// The build says these; here is that it does.
#[test]
fn a_language_that_differs_is_refused() {
    let (mut english, mut german, mut offences) = (Language::default(), Language::default(), Vec::new());
    let first =
        "a-one = One\na-count = { $n ->\n    [one] A day\n   *[other] { $n } days\n}\na-two = { $from } to { $to }\n";
    english.read("en/a.ftl", "a", first, &mut offences);
    assert_eq!(offences, [""; 0]);
    german.read("de/a.ftl", "a", "a-count = Tage\na-two = { $from } bis { $too }\na-more = Mehr\n", &mut offences);
    compare(&mut english, &german, "de", &mut offences);
    assert_eq!(
        offences,
        [
            "locales/de: a-count asks for (), not (n)",
            "locales/de/a.ftl lacks a-one",
            "locales/de: a-two asks for (from, too), not (from, to)",
            "locales/de: a-more is not in the first language",
        ]
    );
}

#[test]
fn a_file_that_breaks_the_rules_is_refused() {
    let (mut language, mut offences) = (Language::default(), Vec::new());
    let text = "a-use = { $in }\nb-x = X\na-y = { -app } { a-z }\na-y = Y\na-z = { NUMBER($n) }\n    .hint = H\n";
    language.read("en/a.ftl", "a", text, &mut offences);
    offences.extend(language.missing_terms());
    for wanted in [
        "`use` is a word of Rust",
        "`in` is a word of Rust",
        "b-x does not begin",
        "a-y names a message",
        "a-y is there twice",
        "a-z calls a function",
        "a-z has attributes",
        "-app, which is not there",
    ] {
        assert!(offences.iter().any(|offence| offence.contains(wanted)), "{wanted}: {offences:?}");
    }
}

#[test]
fn a_message_becomes_a_function_or_a_type() {
    let (mut english, mut german) = (Language::default(), Language::default());
    let text = "a-plain = Plain\na-queued = { $count } queued\na-of-all = { $done } of { $all }\n";
    english.read("", "a", text, &mut Vec::new());
    let other = "a-plain = Schlicht\na-queued = { $count ->\n    [one] eins\n   *[other] { $count }\n} wartet\na-of-all = { $done }/{ $all }\n";
    german.read("", "a", other, &mut Vec::new());
    compare(&mut english, &german, "de", &mut Vec::new());
    assert_eq!(english.messages["a-queued"].arguments["count"], Kind::Count, "German has a plural here");
    let made = functions(&english);
    for wanted in [
        "pub(crate) mod a {",
        "pub(crate) fn plain() -> &'static str { plain(\"a-plain\") }",
        "pub(crate) fn queued(count: impl Count) -> String { tell(\"a-queued\", &[(\"count\", count.count())]) }",
        "pub(crate) struct OfAll<A, B> {",
        "tell(\"a-of-all\", &[(\"all\", self.all.said()), (\"done\", self.done.said())])",
    ] {
        assert!(made.contains(wanted), "{wanted}\n{made}");
    }
}
