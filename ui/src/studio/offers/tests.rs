#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use flow::{Kind, TriggerKind};

use super::*;
use crate::studio::tests::pieces;

fn titles(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.title.as_str()).collect()
}

#[test]
fn with_no_words_everything_is_there_in_its_order() {
    let all = search(&pieces(), "", false);
    assert_eq!(
        titles(&all),
        ["Code", "For each item", "Router", "Send a message", "Find a person", "Send a request", "Quiet"]
    );
    assert_eq!(titles(&search(&pieces(), "", true)), ["New message", "Quiet"], "only what can start a flow");
}

#[test]
fn words_find_the_operation_the_piece_and_what_it_is_for() {
    let pieces = pieces();
    assert_eq!(titles(&search(&pieces, "send a message", false))[0], "Send a message");
    assert_eq!(titles(&search(&pieces, "slack", false)), ["Send a message", "Find a person"]);
    assert_eq!(titles(&search(&pieces, "slack find", false))[0], "Find a person");
    assert_eq!(titles(&search(&pieces, "branches", false)), ["Router"]);
    assert_eq!(titles(&search(&pieces, "mesage", false))[0], "Send a message", "a slip of the finger");
    assert!(search(&pieces, "zzzz", false).is_empty());
}

#[test]
fn a_choice_makes_the_step_that_it_says() {
    let pieces = pieces();
    let line = search(&pieces, "send a message", false).remove(0);
    let made = step(&pieces, line.make).unwrap();
    let Kind::Piece(piece) = &made.kind else { panic!() };
    assert_eq!(
        (&*piece.call.piece, &*piece.call.version, &*piece.call.operation),
        ("@activepieces/piece-slack", "0.9.1", "send")
    );
    assert_eq!(made.display_name, "Send a message");
    let start = trigger(&pieces, search(&pieces, "new", true).remove(0).make).unwrap();
    assert!(matches!(start.kind, TriggerKind::Piece(call) if call.operation == "new"));
    let quiet = step(&pieces, search(&pieces, "quiet", false).remove(0).make).unwrap();
    assert_eq!(quiet.call().unwrap().operation, "", "chosen in its form");
    assert!(step(&pieces, Make::Operation(99, None)).is_none());
    assert!(trigger(&pieces, Make::Plain(Plain::Code)).is_none());
}

#[test]
fn a_thousand_pieces_are_searched_and_few_are_drawn() {
    let many: Vec<PieceOffer> = (0..1000)
        .map(|n| PieceOffer { name: format!("p{n}"), title: format!("Piece {n}"), ..PieceOffer::default() })
        .collect();
    assert_eq!(search(&many, "", false).len(), MOST);
    assert_eq!(search(&many, "piece 999", false)[0].title, "Piece 999");
}

#[test]
fn a_piece_that_is_not_known_is_told_by_its_names() {
    assert_eq!(plain_words("@activepieces/piece-google-sheets", "insert_row"), "Google sheets, insert row");
    assert_eq!(plain_words("odd", ""), "Odd");
    assert_eq!(face("@activepieces/piece-http", "HTTP"), Face::Glyph(crate::parts::Glyph::Cloud));
    assert_eq!(face("@x/piece-éclair", ""), Face::Letter('É'));
    assert_eq!(face("", ""), Face::Glyph(crate::parts::Glyph::Plug));
}
