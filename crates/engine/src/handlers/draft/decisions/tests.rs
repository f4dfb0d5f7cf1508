#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn found(text: &str) -> Vec<String> {
    decisions(&text.lines().map(str::to_owned).collect::<Vec<_>>())
}

/// Each of these is a decision, and quoted whole.
const DECIDED: [&str; 50] = [
    "We decided to move the launch to Tuesday.",
    "we decided against a second printer",
    "It was decided that the logo stays blue.",
    "It's decided: we ship on Monday.",
    "I've decided to keep the old domain.",
    "The board decided not to renew the contract.",
    "After lunch, we decided to wait.",
    "When Ann came back, we decided to wait for her.",
    "No, we decided on blue.",
    "It is not perfect, but we decided to ship it.",
    "It is not perfect but we decided to ship it.",
    "Decision: we print on recycled paper.",
    "DECISION: no fireworks.",
    "Decision - the blue one",
    "Decisions: blue logo, grey paper.",
    "Final decision: Friday.",
    "The decision is to go ahead.",
    "The decision was made to cut the second page.",
    "Our decision is final: no refunds.",
    "We agreed to meet every Thursday.",
    "We agreed on 1,200 euros, i.e. 100 a month.",
    "Agreed, Tuesday it is.",
    "All agreed.",
    "We all agreed that Dr. Osei leads it.",
    "Ann and I agreed to split the work.",
    "We reviewed it and agreed to ship.",
    "If it rains, we agreed to move inside.",
    "Let's go with the second layout.",
    "Let’s go with the second layout!",
    "OK, lets go with Acme",
    "Let us go with oak.",
    "We will go with the cheaper quote.",
    "We'll go with the cheaper quote.",
    "So we’ll go with plan B.",
    "We're going to go with the larger hall.",
    "We are going with Harbour Print.",
    "Going with option two.",
    "In the end we went with the round table.",
    "Approved.",
    "Approved by the client this morning",
    "Ann's approved the layout.",
    "The budget is approved.",
    "Legal has approved the text (see above).",
    "The client signed off on the design.",
    "Signed off!",
    "The proofs are signed-off.",
    "We settled on oak for the doors.",
    "Settled on 4 p.m. for the call.",
    "We agreed to ship once it is tested.",
    "We decided to be bold, and to follow the plan.",
];

/// None of these is.
const UNDECIDED: [&str; 66] = [
    "Have we decided on the logo?",
    "What was decided about the hall?",
    "Is it approved?",
    "So we agreed on Tuesday?",
    "Did the client say “approved”?",
    "Shall we say it's approved?)",
    "We have not decided anything.",
    "We haven't decided on the paper.",
    "We haven’t agreed to that.",
    "No decision yet: the board meets on Monday.",
    "There is no decision: we wait.",
    "This was never agreed.",
    "Nobody approved this.",
    "It is not approved.",
    "It has not been reviewed and approved.",
    "Ann hasn't signed off on it.",
    "We never settled on a colour.",
    "We won't go with Acme.",
    "We are not going with Acme.",
    "I don't think we agreed on this.",
    "Nothing was decided.",
    "We decided nothing.",
    "We agreed on nothing.",
    "This is yet to be decided.",
    "The date has to be agreed.",
    "It must be approved by Ann.",
    "It will be approved tomorrow.",
    "It is being approved.",
    "I'm trying to get it approved.",
    "We need this approved by Friday.",
    "Please have it approved.",
    "Awaiting approved budget",
    "If approved, we start on Monday.",
    "Once the text is approved we print.",
    "We start when the plan is agreed.",
    "Wait until legal signed off.",
    "I wonder whether they agreed to that.",
    "Unless Ann approved it we stop.",
    "Before it is decided, ask Ann.",
    "Maybe we are going with oak.",
    "Perhaps they agreed.",
    "I think we decided on oak.",
    "I hope they approved it.",
    "We might have agreed to oak.",
    "They would have approved it.",
    "Decision: pending.",
    "Decision: tbd",
    "Decision: to be made on Monday.",
    "Decision: none yet.",
    "Decision is still open.",
    "The decision is not made.",
    "The decision is up to Ann.",
    "The decision is whether to ship.",
    "Agreed.",
    "Agreed!",
    "As agreed, the parcel leaves today.",
    "Please use the approved logo.",
    "The agreed date is in the calendar.",
    "I signed off early.",
    "She signed off for the day.",
    "I'm going with you to the fair.",
    "Ann wrote “we decided to wait” in the chat.",
    "He said: \"Approved.\"",
    "The colours go with the walls.",
    "We still have to decide.",
    "An undecided voter, a disagreed point and a decisive day.",
];

#[test]
fn decisions_are_found_whole() {
    for sentence in DECIDED {
        assert_eq!(found(sentence), [sentence], "{sentence}");
    }
}

#[test]
fn what_is_no_decision_is_not_found() {
    for sentence in UNDECIDED {
        assert_eq!(found(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn every_decision_is_found_in_the_middle_of_a_text_and_no_other_sentence() {
    for sentence in DECIDED {
        let ended = sentence.ends_with(['.', '!']);
        let text = format!("Hello all. {sentence}{} Thanks for coming!\nSee you.", if ended { "" } else { "." });
        let said = found(&text);
        assert_eq!(said.len(), 1, "{text} gave {said:?}");
        assert!(said[0].starts_with(sentence), "{said:?}");
    }
}

#[test]
fn every_decision_has_a_phrase_that_is_searched_for() {
    for sentence in DECIDED {
        let low: String = sentence
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .flat_map(|word| [word, " "])
            .collect();
        assert!(PHRASES.iter().any(|phrase| low.contains(&format!("{phrase} "))), "{sentence}");
    }
}

#[test]
fn what_somebody_else_wrote_is_not_quoted() {
    assert_eq!(found("> We decided to wait.\nFine with me."), [""; 0]);
    assert_eq!(found("Thanks.\nOn Monday, Ann Lee wrote:\nWe decided to wait."), [""; 0]);
    assert_eq!(found("Ann wrote:\n> We decided to wait.\nWe decided to go on."), ["We decided to go on."]);
    assert_eq!(found("Decision:\n> We wait."), [""; 0]);
}

#[test]
fn a_heading_is_quoted_with_what_it_heads() {
    assert_eq!(found("Decision:\nBlue. And more of it."), ["Decision: Blue."]);
    assert_eq!(
        found("Decision:\nWe agreed on blue. We decided to wait."),
        ["Decision: We agreed on blue.", "We decided to wait."]
    );
    assert_eq!(found("Decision:\nNone yet."), [""; 0]);
    assert_eq!(found("Decision:\nShall we wait?"), [""; 0]);
    assert_eq!(found("Decision:"), [""; 0]);
}

#[test]
fn two_decisions_of_one_line_are_two() {
    assert_eq!(
        found("We decided to wait. Ann asked why? The budget is approved."),
        ["We decided to wait.", "The budget is approved."]
    );
}

#[test]
fn a_long_sentence_is_cut_between_words_with_the_cue_in_it() {
    let filler = "wörter ".repeat(100);
    for sentence in [
        format!("We decided {filler}"),
        format!("{filler}we decided to wait {filler}"),
        format!("{filler}we decided to wait"),
        format!("{}we decided {}", "x".repeat(900), "y".repeat(900)),
    ] {
        let said = found(&sentence);
        assert_eq!(said.len(), 1);
        let quote = &said[0];
        assert!(quote.chars().count() <= QUOTED && sentence.contains(quote.as_str()), "{quote}");
        assert!(quote.contains("ecided"), "{quote}");
    }
}

#[test]
fn any_text_is_read_without_harm_and_quoted_word_for_word() {
    let pieces = [
        "we decided",
        "decision:",
        "agreed",
        " ",
        " ",
        "\n",
        ".",
        "?",
        "“",
        "\"",
        ">",
        "’",
        "é",
        "🙂",
        "not",
        "let's go with",
        "approved",
        "e.g.",
        "-",
        "12",
        "wrote:",
        "\u{200b}",
        "ß",
        "İ",
    ];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for quote in found(&text) {
            let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(squeezed.contains(&quote), "{quote:?} of {text:?}");
        }
    }
}
