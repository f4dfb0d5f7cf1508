//! How runs stand.

use crate::RunStatus;

/// Journals keep the words, and so does a server: they are the same in every way of writing them.
#[test]
fn a_status_is_one_word_everywhere() {
    for (number, status) in RunStatus::ALL.iter().copied().enumerate() {
        let word = status.word();
        assert!(word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_'), "{word}");
        assert_eq!(word.replace('_', "").to_lowercase(), format!("{status:?}").to_lowercase());
        assert_eq!(RunStatus::from_word(word), Some(status));
        assert_eq!(serde_json::to_string(&status).unwrap(), format!("\"{word}\""));
        assert_eq!(serde_json::from_str::<RunStatus>(&format!("\"{word}\"")).unwrap(), status);
        assert_eq!(status.is_ended(), number >= 3, "{word}");
    }
    assert_eq!(RunStatus::ALL.len(), 11);
    for word in ["", "queued", "SNOOZED", "QUEUED ", "CANCELLED"] {
        assert_eq!(RunStatus::from_word(word), None, "{word}");
        assert!(serde_json::from_str::<RunStatus>(&format!("\"{word}\"")).is_err(), "{word}");
    }
}
