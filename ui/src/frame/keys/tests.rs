#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::{Press, Shortcut, meaning};
use crate::state::Route;

#[test]
fn undo_leaves_texts_alone() {
    let press = Press { key: "z", main: true, ..Press::default() };
    assert_eq!(meaning(press), Some(Shortcut::Undo));
    assert_eq!(meaning(Press { key: "Z", shift: true, ..press }), Some(Shortcut::Redo));
    assert_eq!(meaning(Press { typing: true, ..press }), None);
}

#[test]
fn the_palette_opens_from_a_text_too_and_letters_do_not_jump_there() {
    assert_eq!(meaning(Press { key: "k", main: true, typing: true, ..Press::default() }), Some(Shortcut::Palette));
    let jump = Press { key: "p", after_g: true, ..Press::default() };
    assert_eq!(meaning(jump), Some(Shortcut::Go(Route::Projects)));
    assert_eq!(meaning(Press { typing: true, ..jump }), None);
    assert_eq!(meaning(Press { after_g: false, ..jump }), None);
    assert_eq!(meaning(Press { key: "?", typing: true, ..Press::default() }), None);
}
