//! Real key presses, as the window system would deliver them.

use fantoccini::{
    Client,
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

/// Types a text where the focus is.
pub(crate) async fn write(client: &Client, text: &str) {
    let strokes = text.chars().fold(KeyActions::new("keyboard".into()), |keys, letter| {
        keys.then(KeyAction::Down { value: letter }).then(KeyAction::Up { value: letter })
    });
    client.perform_actions(strokes).await.unwrap();
}

/// Presses one chord: modifiers first, joined by `+`.
pub(crate) async fn press(client: &Client, chord: &str) {
    let keys: Vec<char> = parts(chord).map(key).collect();
    let down = keys.iter().fold(KeyActions::new("keyboard".into()), |all, &value| all.then(KeyAction::Down { value }));
    let both = keys.iter().rev().fold(down, |all, &value| all.then(KeyAction::Up { value }));
    client.perform_actions(both).await.unwrap();
}

/// A lone `+` is the key itself.
fn parts(chord: &str) -> impl Iterator<Item = &str> {
    let whole = (chord == "+").then_some(chord);
    whole.into_iter().chain(chord.split('+').filter(move |part| whole.is_none() && !part.is_empty()))
}

fn key(name: &str) -> char {
    let key = match name {
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => return ' ',
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        letter => {
            let mut letters = letter.chars();
            let (Some(first), None) = (letters.next(), letters.next()) else {
                panic!("there is no key `{letter}`");
            };
            return first;
        }
    };
    char::from(key)
}
