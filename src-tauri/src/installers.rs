//! Whether Tauri understands what its configuration says of installers, also of those for other systems.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};

#[test]
fn every_word_of_the_configuration_is_understood() {
    let all: Value = serde_json::from_str(include_str!("../../tauri.conf.json")).expect("tauri.conf.json is not JSON");
    let understood = |value: Value| serde_json::from_value::<tauri::Config>(value);
    understood(all.clone()).expect("tauri.conf.json says what Tauri does not know");
    for (section, word) in
        [("/bundle/windows/nsis", "installMod"), ("/bundle/macOS/dmg", "windowsize"), ("/bundle", "x")]
    {
        let mut wrong = all.clone();
        wrong.pointer_mut(section).expect(section)[word] = json!("currentUser");
        assert!(understood(wrong).is_err(), "{section} takes any word, so nothing would tell a misspelt one");
    }
}
