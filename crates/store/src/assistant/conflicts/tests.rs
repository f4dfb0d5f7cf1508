#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn clash(one: &str, other: &str) -> bool {
    let found = conflicts(&[one, "Something else entirely", other]);
    assert_eq!(found[0].contains(&2), found[2].contains(&0), "{one} / {other}: it goes both ways");
    assert!(found[1].is_empty() && !found[0].contains(&0));
    found[0].contains(&2)
}

#[test]
fn the_same_thing_with_another_value_is_a_conflict() {
    for (one, other) in [
        ("The designer of the website is Ana", "The designer of the website is Ben"),
        ("The designers are Ana and Ben.", "The designers are Ana and Cleo"),
        ("The weekly report is due on Friday", "The weekly report is due on Mondays"),
        ("Stand-up starts at 9:30", "The stand-up starts at 10"),
        ("My working day ends at five", "My working day ends at 6 pm"),
        ("The launch is in March", "The launch is in May"),
        ("currency = euro", "Currency = dollar"),
        ("currency=euro", "currency= Dollar"),
        ("Our office is in München", "our office is in Berlin"),
    ] {
        assert!(clash(one, other), "{one} / {other}");
    }
}

#[test]
fn a_denial_conflicts_with_what_asserts_the_same() {
    for (one, other) in [
        ("Never book meetings on Fridays", "Book meetings on Fridays"),
        ("I like long answers", "I don’t like long answers"),
        ("Ana is not the designer", "Ana is the designer"),
    ] {
        assert!(clash(one, other), "{one} / {other}");
    }
}

#[test]
fn what_can_hold_together_is_no_conflict() {
    for (one, other) in [
        ("The designer is Ana", "The tester is Ben"),
        ("The designer is Ana", "the designer is ana"),
        ("The designers are Ana and Ben", "The designers are Ben and Ana"),
        ("No meetings on Friday", "No meetings on Monday"),
        ("Never book meetings on Friday", "Book meetings on Monday"),
        ("The report is due on Friday", "The report is due"),
        ("I like short answers", "I like long answers in German"),
        ("Ana may be asked about colours", "Ben may be asked about colours"),
        ("9", "10"),
        ("", "not"),
        ("Ana", "Ana"),
        ("= = =", "=1"),
    ] {
        assert!(!clash(one, other), "{one} / {other}");
    }
}

#[test]
fn any_text_can_be_compared() {
    let odd = ["'", "’=’", "=", "a=", "=a", "🙂 is 🙃", "ÄÖÜ IS ẞ", "\0", "n't", "is are = is"];
    for one in odd {
        for other in odd {
            let _ = conflicts(&[one, other]);
        }
    }
    assert!(conflicts(&[]).is_empty());
}
