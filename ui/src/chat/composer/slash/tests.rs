#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::ExportFormat;

use super::{Slash, command, format_of, offers};

#[test]
fn a_command_is_a_known_word_behind_a_stroke() {
    assert_eq!(command("/new"), Some((Slash::New, "")));
    assert_eq!(command("  /Model  gpt five "), Some((Slash::Model, "gpt five")));
    assert_eq!(command("/export json"), Some((Slash::Export, "json")));
    assert_eq!(command("/remember\nwe ship on Fridays"), Some((Slash::Remember, "we ship on Fridays")));
    for text in
        ["/", "/usr/bin is full", "/newer", "new", "// new", "/stop the press", "what is /new?", "/undo what Ada did"]
    {
        assert_eq!(command(text), None, "{text} is words for the assistant");
    }
}

#[test]
fn commands_are_offered_while_their_word_is_typed() {
    assert_eq!(offers("/").len(), Slash::ALL.len());
    assert_eq!(offers("/re"), [Slash::Remember, Slash::Rename]);
    assert!(offers("/remember ").is_empty() && offers("x/").is_empty() && offers("").is_empty());
    for slash in Slash::ALL {
        assert_eq!(offers(&format!("/{}", slash.word())).first(), Some(&slash));
        assert_eq!(command(&format!("/{}", slash.word())).unwrap().0, slash);
    }
    assert_eq!(format_of("JSON"), ExportFormat::Json);
    assert_eq!(format_of(""), ExportFormat::Markdown);
}
