#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::ToSpan as _;
use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 11, 21);

fn people() -> Vec<(PersonId, String)> {
    let names = ["Ann Lee", "Bob Stone", "Jean-Luc O’Brien", "Will Page", "Priya", "Élise de Vries"];
    (1..).zip(names).map(|(id, name)| (PersonId(id), name.to_owned())).collect()
}

const PROJECTS: [&str; 7] =
    ["Website redesign", "Harbour", "To do", "Q3 Launch", "Office move", "Site 2.0", "Harbour party"];

fn names() -> Names {
    let people = people();
    Names::of(people.iter().map(|(_, name)| name.as_str()), PROJECTS)
}

fn source() -> Source {
    Source {
        id: RecordingId(70),
        project: ProjectId(9),
        title: "Order 250 chairs".into(),
        text: "Harbour Print quoted 1,200 euros (15% off) until 5 May. See https://example.com/q/17 for v2.1. Call at 4pm.".into(),
        project_name: "Office move".into(),
        people: people()[..2].to_vec(),
        days: vec![date(2026, 11, 24), date(2026, 11, 20)],
        times: vec![(9, 30)],
        comments: 3,
    }
}

fn other() -> Source {
    Source {
        id: RecordingId(71),
        title: "Paint the sign".into(),
        project_name: "Q3 Launch".into(),
        ..Source::default()
    }
}

fn verdict(text: &str) -> Result<(), String> {
    let facts = [Facts::of(source()), Facts::of(other())];
    prove(text, &facts.iter().collect::<Vec<_>>(), &names(), TODAY)
}

#[test]
fn what_stands_in_a_source_is_kept() {
    for text in [
        "250 chairs were ordered.",
        "Two hundred and fifty chairs cost 1200 euros.",
        "Ann Lee got 15 percent off.",
        "Ann and Bob ordered chairs for the office move.",
        "ANN LEE did it, with **Bob Stone**.",
        "It is due on Tuesday, 24 November.",
        "It is due on 2026-11-24, that is November 24th, 2026.",
        "It was due on Tuesday, in November, on the 24th.",
        "The quote holds until May 5.",
        "It has 3 comments, made at 9:30.",
        "Yesterday it changed.",
        "The call is at 16:00.",
        "In 2026 the Q3 Launch needs a sign.",
        "2 to-dos are open.",
        "Both of the two cards are open.",
        "Two of them are late.",
        "All two late tasks.",
        "[Order 250 chairs](item:70) by [Ann](person:1) in [the office](project:9).",
        "See https://example.com/q/17 for v2.1.",
        "Will it be done, and may it hold.",
        "We have to do it.",
        "No number, no name.",
    ] {
        assert_eq!(verdict(text), Ok(()), "{text}");
    }
}

#[test]
fn what_stands_in_no_source_is_dropped_and_named() {
    for (text, at_fault) in [
        ("251 chairs were ordered.", "251"),
        ("Two hundred and six chairs.", "Two hundred and six"),
        ("It cost 1,201 euros.", "1,201"),
        ("It cost 14% less.", "14"),
        ("It cost 15 euros less.", "15"),
        ("15 chairs", "15"),
        ("-250 chairs", "250"),
        ("250k chairs", "250k"),
        ("250 thousand chairs", "250 thousand"),
        ("Priya ordered it.", "Priya"),
        ("It was Priya.", "Priya"),
        ("Jean-Luc ordered it.", "Jean"),
        ("O’Brien ordered it.", "Brien"),
        ("It was élise de vries.", "élise de vries"),
        ("Ann Stone did it, and Will too.", "Will"),
        ("The website redesign is late.", "website redesign"),
        ("Harbour party is late.", "Harbour party"),
        ("The Site 2.0 is late.", "Site 2.0"),
        ("It is due on 25 November.", "25 November"),
        ("It is due on Wednesday, 24 November.", "Wednesday, 24 November"),
        ("It is due on 24 November 2027.", "24 November 2027"),
        ("The quote holds until 5 May 2026.", "5 May 2026"),
        ("It is due on Monday.", "Monday"),
        ("It is due in March.", "March"),
        ("It is due tomorrow.", "tomorrow"),
        ("It is due by the 23rd.", "23rd"),
        ("The call is at 5pm.", "5pm"),
        ("The call is at 9:31.", "9:31"),
        ("It slipped by 2 weeks.", "2"),
        ("It slipped by two late days in all tasks.", "two"),
        ("The 4 tasks are open.", "4"),
        ("Q4 is far.", "Q4"),
        ("v2.2 is out.", "v2.2"),
        ("2\u{200b}51 chairs", "251"),
        ("2**5**1 chairs", "251"),
        ("2&#53;1 chairs", "&#53;"),
        ("Pri&zwj;ya ordered it.", "&zwj;"),
        ("By [Pri](item:70)ya.", "Priya"),
        ("Look [here](https://evil.example/x).", "https://evil.example/x"),
        ("Look at https://example.com/q/18 now.", "https://example.com/q/18"),
        ("![x](https://evil.example/a.png)", "https://evil.example/a.png"),
        ("[Chairs](item:72) came.", "item:72"),
        ("[Ann](person:3) came.", "person:3"),
    ] {
        let why = verdict(text).expect_err(text);
        assert_eq!(why, format!("“{at_fault}” stands in none of its sources."), "{text}");
    }
}

#[test]
fn a_sentence_without_a_source_is_dropped() {
    assert_eq!(prove("Nothing.", &[], &names(), TODAY), Err("It has no source.".to_owned()));
}

#[test]
fn one_sentence_is_borne_out_by_its_own_sources_alone() {
    let facts = Facts::of(other());
    let alone = |text: &str| prove(text, &[&facts], &names(), TODAY);
    assert_eq!(alone("Paint the sign."), Ok(()));
    assert!(alone("Order 250 chairs.").is_err());
    assert!(alone("2 to-dos are open.").is_err());
    assert_eq!(alone("1 to-do is open, one task in all."), Ok(()));
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const FIRST: [&str; 8] = ["Ines", "Tomás", "Kwame", "Maya", "Jonas", "Aiko", "Elif", "Ravi"];
const LAST: [&str; 8] = ["Okafor", "Lindqvist", "Haddad", "Moreau", "Novak", "Tanaka", "Yildiz", "Mehta"];
const WORKS: [&str; 8] = ["Harbour", "Orchard", "Lantern", "Meadow", "Compass", "Granite", "Willow", "Beacon"];

fn person(at: usize) -> String {
    format!("{} {}", FIRST[at], LAST[at])
}

fn work(at: usize) -> String {
    format!("{} {}", WORKS[at], ["plan", "launch"][at % 2])
}

/// A day in one of the ways that people write it.
fn written(dice: &mut Dice, day: Date) -> String {
    let form = *dice.pick(&["%Y-%m-%d", "%-d %B", "%B %-d", "%-d %b %Y", "%B %-d, %Y", "%A, %-d %B", "%A %-d %B %Y"]);
    day.strftime(form).to_string()
}

/// A number in one of the ways that people write it.
fn counted(dice: &mut Dice, number: usize) -> String {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match WORDS.get(number) {
        Some(word) if number > 1 && dice.below(2) == 0 => (*word).to_owned(),
        _ if number >= 1000 => format!("{},{:03}", number / 1000, number % 1000),
        _ => number.to_string(),
    }
}

/// Sentences of true facts hold; with a number, a name or a day put in the place of another, none does.
#[test]
fn true_sentences_are_kept_and_altered_ones_dropped() {
    let account = Names::of(
        (0..8).map(person).collect::<Vec<_>>().iter().map(String::as_str),
        (0..8).map(work).collect::<Vec<_>>().iter().map(String::as_str),
    );
    let (mut kept, mut dropped) = (0, 0);
    for seed in 0..4_000 {
        let mut dice = Dice(seed);
        let (maker, doer, project) = (dice.below(8), dice.below(8), dice.below(8));
        let (amount, comments) = (100 + dice.below(5_000), 30 + dice.below(40));
        let due = date(2026, 3, 1).checked_add((dice.below(200) as i64).days()).unwrap();
        let facts = Facts::of(Source {
            id: RecordingId(1),
            title: format!("Print {amount} leaflets"),
            project_name: work(project),
            people: vec![(PersonId(maker as i64), person(maker)), (PersonId(doer as i64), person(doer))],
            days: vec![due],
            comments: comments as u32,
            ..Source::default()
        });
        let number = counted(&mut dice, amount);
        let talk = counted(&mut dice, comments);
        let day = written(&mut dice, due);
        let (whom, what) = (if dice.below(2) == 0 { person(doer) } else { FIRST[doer].to_owned() }, work(project));
        let sentence = |number: &str, talk: &str, day: &str, whom: &str, what: &str| {
            format!("In {what}, {whom} prints {number} leaflets by {day}; there are {talk} comments.")
        };
        let holds = |text: &str| prove(text, &[&facts], &account, TODAY);
        let truth = sentence(&number, &talk, &day, &whom, &what);
        assert_eq!(holds(&truth), Ok(()), "{truth}");
        kept += 1;

        let wrong = (1 + dice.below(7_000)..).find(|wrong| ![amount, comments, 1, 2026].contains(wrong)).unwrap();
        let wrong = counted(&mut dice, wrong);
        let later = due.checked_add((1 + dice.below(300) as i64).days()).unwrap();
        let later = written(&mut dice, later);
        let stranger = (0..8).find(|one| ![maker, doer].contains(one)).unwrap();
        let stranger = if dice.below(2) == 0 { person(stranger) } else { FIRST[stranger].to_owned() };
        let elsewhere = work((project + 1 + dice.below(7)) % 8);
        for altered in [
            sentence(&wrong, &talk, &day, &whom, &what),
            sentence(&number, &wrong, &day, &whom, &what),
            sentence(&number, &talk, &later, &whom, &what),
            sentence(&number, &talk, &day, &stranger, &what),
            sentence(&number, &talk, &day, &whom, &elsewhere),
        ] {
            let why = holds(&altered).expect_err(&altered);
            assert!(why.ends_with("stands in none of its sources."), "{why}");
            dropped += 1;
        }
    }
    assert_eq!((kept, dropped), (4_000, 20_000));
}
