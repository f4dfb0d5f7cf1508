#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use crate::project::fixture::row;

fn lane(column: i64, stack: usize, cards: &[i64]) -> Lane {
    Lane { column: RecordingId(column), stack, cards: cards.iter().map(|id| RecordingId(*id)).collect() }
}

fn board() -> Vec<Lane> {
    vec![lane(1, 0, &[11, 12, 13]), lane(2, 1, &[]), lane(3, 2, &[31]), lane(4, 2, &[41])]
}

fn id(number: i64) -> RecordingId {
    RecordingId(number)
}

fn at(column: i64, position: u32) -> Spot {
    Spot { column: id(column), position }
}

#[test]
fn an_on_hold_section_shares_the_strip_of_its_column() {
    let column = |id, kind| BoardColumn { column: row(id, kind), color: String::new(), cards: vec![] };
    let stacks = |columns: &[BoardColumn]| lanes(columns).iter().map(|lane| lane.stack).collect::<Vec<_>>();
    let whole = [
        column(1, Kind::TriageColumn),
        column(2, Kind::Column),
        column(3, Kind::OnHoldColumn),
        column(4, Kind::DoneColumn),
    ];
    assert_eq!(stacks(&whole), [0, 1, 1, 2]);
    assert_eq!(stacks(&[column(3, Kind::OnHoldColumn)]), [0], "one without a column stands alone");
    assert!(stacks(&[]).is_empty());
    let names: Vec<String> = column_names(&whole).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["Row 1", "Row 2", "Row 2, on hold", "Row 4"]);
}

#[test]
fn arrows_walk_within_a_column_and_past_empty_ones() {
    let board = board();
    assert_eq!(walk(&board, id(11), Arrow::Down), Some(id(12)));
    assert_eq!(walk(&board, id(11), Arrow::Up), None);
    assert_eq!(walk(&board, id(13), Arrow::Down), None);
    assert_eq!(walk(&board, id(13), Arrow::Right), Some(id(41)), "the last card where there is none at that height");
    assert_eq!(walk(&board, id(31), Arrow::Left), Some(id(11)));
    assert_eq!(walk(&board, id(31), Arrow::Down), Some(id(41)), "into the on-hold section");
    assert_eq!(walk(&board, id(41), Arrow::Up), Some(id(31)));
    assert_eq!(walk(&board, id(99), Arrow::Left), None);
}

#[test]
fn alt_arrows_move_into_empty_columns_and_stop_at_the_edge() {
    let board = board();
    assert_eq!(shift(&board, id(12), Arrow::Up), Some(at(1, 1)));
    assert_eq!(shift(&board, id(12), Arrow::Down), Some(at(1, 3)));
    assert_eq!(shift(&board, id(13), Arrow::Down), None);
    assert_eq!(shift(&board, id(13), Arrow::Right), Some(at(2, 1)), "an empty column has only its first place");
    assert_eq!(shift(&board, id(11), Arrow::Left), None);
    assert_eq!(shift(&board, id(31), Arrow::Right), None);
    assert_eq!(shift(&board, id(31), Arrow::Down), Some(at(4, 1)), "on hold stands under its column");
    assert_eq!(shift(&board, id(41), Arrow::Up), Some(at(3, 2)));
    assert_eq!(shift(&board, id(41), Arrow::Down), None);
}

#[test]
fn every_move_by_keys_can_be_taken_back_by_the_spot_before_it() {
    let mut board = board();
    let mut seed = 7_u64;
    for _ in 0..500 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let card = [11, 12, 13, 31, 41][usize::try_from(seed >> 33).unwrap() % 5];
        let arrow = [Arrow::Up, Arrow::Down, Arrow::Left, Arrow::Right][usize::try_from(seed >> 41).unwrap() % 4];
        let Some(to) = shift(&board, id(card), arrow) else { continue };
        let before = spot(&board, id(card)).unwrap();
        let moved = arrange(&board, id(card), to);
        assert_eq!(spot(&moved, id(card)), Some(to), "it lands where it was told");
        assert_eq!(moved.iter().map(|lane| lane.cards.len()).sum::<usize>(), 5, "no card is lost or doubled");
        assert_eq!(arrange(&moved, id(card), before), board);
        board = moved;
    }
}

#[test]
fn a_move_of_what_is_not_there_changes_nothing() {
    assert_eq!(arrange(&board(), id(99), at(1, 1)), board());
    assert_eq!(arrange(&board(), id(11), at(9, 1)), board(), "an unknown column must not swallow the card");
    assert_eq!(arrange(&board(), id(11), at(3, 900))[2].cards, [id(31), id(11)]);
    assert_eq!(arrange(&board(), id(13), at(1, 0))[0].cards[0], id(13), "a place below 1 is the first");
}

#[test]
fn the_pointer_chooses_by_middles_and_the_nearest_column() {
    let cards = [Extent { start: 0.0, end: 100.0 }, Extent { start: 108.0, end: 148.0 }];
    assert_eq!(slot(&cards, -5.0), 1);
    assert_eq!(slot(&cards, 49.0), 1);
    assert_eq!(slot(&cards, 51.0), 2);
    assert_eq!(slot(&cards, 500.0), 3);
    assert_eq!(slot(&[], 10.0), 1);
    let columns = [Extent { start: 0.0, end: 260.0 }, Extent { start: 272.0, end: 532.0 }];
    assert_eq!(nearest(&columns, -40.0), Some(0));
    assert_eq!(nearest(&columns, 265.0), Some(0));
    assert_eq!(nearest(&columns, 268.0), Some(1));
    assert_eq!(nearest(&columns, 9000.0), Some(1));
    assert_eq!(nearest(&[], 0.0), None);
}

#[test]
fn the_board_scrolls_only_near_its_edges() {
    let view = Extent { start: 100.0, end: 900.0 };
    assert!(autoscroll(500.0, view).abs() < f64::EPSILON);
    assert!(autoscroll(110.0, view) < 0.0);
    assert!(autoscroll(890.0, view) > autoscroll(860.0, view));
    assert!((autoscroll(5000.0, view) - FASTEST).abs() < f64::EPSILON, "outside, it goes at full speed");
    assert!(autoscroll(10.0, Extent { start: 5.0, end: 5.0 }).abs() < f64::EPSILON);
}

#[test]
fn a_shaky_click_is_not_a_drag() {
    assert!(!is_drag((10.0, 10.0), (14.0, 13.0)));
    assert!(is_drag((10.0, 10.0), (16.0, 10.0)));
}
