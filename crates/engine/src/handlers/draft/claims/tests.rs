#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::civil::date;

use super::*;

/// Claims in a short writing of their own.
fn told(text: &str) -> Vec<String> {
    let said = claims(&words(text), &[], Some(date(2026, 11, 21)));
    said.into_iter().map(|said| short(&said.claim)).collect()
}

fn short(claim: &Claim) -> String {
    match claim {
        Claim::Amount { millionths, percent } => {
            let number = *millionths as f64 / 1e6;
            format!("{number}{}", if *percent { "%" } else { "" })
        }
        Claim::Ordinal(number) => format!("#{number}"),
        Claim::Time(hour, minute) => format!("{hour}:{minute:02}"),
        Claim::Day(day) => {
            let year = day.year.map_or("-".to_owned(), |year| year.to_string());
            let weekday = day.weekday.map_or(String::new(), |weekday| format!("w{weekday}"));
            format!("{year}/{}/{}{weekday}", day.month, day.day)
        }
        Claim::Month { year, month } => format!("{}/{month}", year.map_or("-".to_owned(), |year| year.to_string())),
        Claim::Weekday(weekday) => format!("w{weekday}"),
        Claim::Literal(text) => format!("={text}"),
    }
}

#[track_caller]
fn says(text: &str, claims: &[&str]) {
    assert_eq!(told(text), claims, "{text}");
}

#[test]
fn amounts() {
    says("12 cards, 3.50 euros and 1,200 words.", &["12", "3.5", "1200"]);
    says("€1,234,567.25!", &["1234567.25"]);
    says("5k, 2bn, 10h, 1.5 million", &["5000", "2000000000", "10", "1500000"]);
    says("40%, 40 %, 40 percent and 40 per cent", &["40%", "40%", "40%", "40%"]);
    says("-5 and −5 (-5) but 3-5, 3–5 and 555-1234", &["-5", "-5", "-5", "3", "5", "3", "5", "555", "1234"]);
    says("- 5 in a list", &["5"]);
    says("a dozen, two dozen, half, twice", &["12", "24", "0.5", "2"]);
    says("Twelve, twenty-five, two hundred and five, a hundred", &["12", "25", "205", "100"]);
    says("three hundred thousand; two three", &["300000", "2", "3"]);
    says("ninety percent", &["90%"]);
    says("1 and one", &["1", "1"]);
    says("nobody, none, someone, often, tend, weight", &[]);
    says("the one that, no one, one of them, one another", &[]);
    says("3rd, the third, 21st, a second, the second", &["#3", "#3", "#21", "#2"]);
}

#[test]
fn times() {
    says("at 10:30, 5pm, 5:30 pm, 12 am, 12pm, 9 a.m.", &["10:30", "17:00", "17:30", "0:00", "12:00", "9:00"]);
    says("17:00:30 and 25:10 and 13pm", &["17:00", "=25:10", "13"]);
}

#[test]
fn days() {
    says("2026-05-05", &["2026/5/5"]);
    says("5 May, 5th May, 5th of May, the 5th of May 2026", &["-/5/5", "-/5/5", "-/5/5", "2026/5/5"]);
    says("May 5, May 5th, May 5, 2026 and May 5 2026.", &["-/5/5", "-/5/5", "2026/5/5", "2026/5/5"]);
    says("5 Sept, Sep 5, 5 December", &["-/9/5", "-/9/5", "-/12/5"]);
    says("Tuesday, 5 May; Tue 5 May; Tuesday the 5th of May", &["-/5/5w2", "-/5/5w2", "-/5/5w2"]);
    says(
        "5-7 May, 5–7 May, 5 to 7 May, 5 and 7 May",
        &["-/5/5", "-/5/7", "-/5/5", "-/5/7", "-/5/5", "-/5/7", "-/5/5", "-/5/7"],
    );
    says("May 5-7, 2026", &["2026/5/5", "2026/5/7"]);
    says("May 5 and 7 cards", &["-/5/5", "7"]);
    says("5 May to 7 June", &["-/5/5", "-/6/7"]);
    says("May 5 to 7 June", &["-/5/5", "-/6/7"]);
    says("in May, by June 2026, January 2027, It may march on", &["-/5", "2026/6", "2027/1"]);
    says("on Tuesday and Fridays, sun and sat", &["w2", "w5"]);
    says("today, tomorrow, yesterday", &["2026/11/21", "2026/11/22", "2026/11/20"]);
    says("The 5 may be late; 5 cards on 31 May", &["5", "5", "-/5/31"]);
    assert_eq!(claims(&words("tomorrow"), &[], None), []);
}

#[test]
fn whatever_else_has_a_digit_is_itself() {
    says("Q3, v2.1.3, 2.1.3, 5/11/26, B2B, ½, ٣", &["=q3", "=v2.1.3", "=2.1.3", "=5/11/26", "=b2b", "=½", "=٣"]);
    says("2026-13-45", &["2026", "13", "45"]);
    says("2026-05-05T10:30:00Z", &["=2026-05-05t10:30:00z"]);
    says("99999999999999999999999999999999", &["=99999999999999999999999999999999"]);
}

#[test]
fn what_nobody_sees_does_not_divide_a_number() {
    says("1\u{200b}2 and 1\u{ad}2 and \u{202e}12", &["12", "12", "12"]);
}

#[test]
fn any_text_is_read_without_harm() {
    let pieces = [
        "12", "-", "–", ".", ",", ":", "/", "%", " ", "May", "may", "5", "th", "pm", "a.m", "hundred", "and", "one",
        "million", "2026", "Tue", "day", "½", "é", "\u{200b}", "of", "to", "k", "'", "second",
    ];
    let mut seed = 3_u64;
    for _ in 0..50_000 {
        let mut text = String::new();
        for _ in 0..10 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let words = words(&text);
        let said = claims(&words, &[], Some(date(2026, 11, 21)));
        // Nothing with a digit in it goes unsaid.
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.text.contains(char::is_numeric)) {
            assert!(said.iter().any(|said| (said.from..said.to).contains(&at)), "{word:?} of {text:?}");
        }
    }
}
