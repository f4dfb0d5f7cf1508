#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::{has_form, plain_text};

#[test]
fn blocks_and_breaks_become_lines() {
    assert_eq!(plain_text("<div>One<br>Two</div><div>Three</div>"), "One\nTwo\nThree");
    assert_eq!(plain_text("<p>First</p><p>Second</p>"), "First\n\nSecond");
    assert_eq!(plain_text("<ul><li>a</li><li>b <b>bold</b></li></ul>after"), "- a\n- b bold\n\nafter");
    assert_eq!(plain_text("a  \n  b"), "a b");
    assert_eq!(plain_text(""), "");
}

#[test]
fn entities_are_decoded_once_and_lone_brackets_stay() {
    assert_eq!(plain_text("Fish &amp; chips &lt;3"), "Fish & chips <3");
    assert_eq!(plain_text("&amp;lt;"), "&lt;");
    assert_eq!(plain_text("1 < 2"), "1 < 2");
    assert_eq!(plain_text("größe <b>ü"), "größe ü");
}

#[test]
fn form_is_noticed() {
    assert!(has_form("<div>a <strong>b</strong></div>"));
    assert!(has_form("<bc-attachment sgid=\"x\"></bc-attachment>"));
    assert!(!has_form("<div>plain<br>text</div>"));
}
