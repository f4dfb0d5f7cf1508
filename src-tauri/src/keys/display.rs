//! Keys of an X display. The library behind tauri's plugin looks twenty times a second whether one was pressed, which is half of
//! what the app would take of a processor at rest; here the display itself wakes a thread.
//!
//! Num lock is taken to be the second modifier, where every desktop has it.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tauri::{AppHandle, Builder, Manager, Wry};
use tauri_plugin_global_shortcut::{Code, Modifiers, Shortcut};
use x11rb::connection::Connection;
use x11rb::errors::{ConnectionError, ReplyError};
use x11rb::protocol::xproto::{ConnectionExt, GrabMode, Keycode, Keysym, ModMask, Window};
use x11rb::protocol::{ErrorKind, Event};
use x11rb::rust_connection::RustConnection;

/// The display, once it was asked for keys.
#[derive(Default)]
pub(crate) struct Taken(Mutex<Option<Arc<Display>>>);

/// What the app needs before it can take keys: nothing.
pub(crate) fn prepare(builder: Builder<Wry>) -> Builder<Wry> {
    builder
}

pub(super) fn let_go(app: &AppHandle) {
    if let Some(display) = &*app.state::<Taken>().0.lock().unwrap_or_else(PoisonError::into_inner) {
        display.let_go();
    }
}

pub(super) fn take(app: &AppHandle, keys: Shortcut, pressed: fn(&AppHandle)) -> Result<(), String> {
    let symbol = symbol(keys.key).ok_or("No keyboard here has this key. Choose another.")?;
    let taken = app.state::<Taken>();
    let mut taken = taken.0.lock().unwrap_or_else(PoisonError::into_inner);
    let display = match &*taken {
        Some(display) => display.clone(),
        None => {
            let display = Arc::new(Display::open().map_err(|why| format!("The display tells of no keys: {why}."))?);
            let (hears, app) = (display.clone(), app.clone());
            thread::Builder::new()
                .name("keys".into())
                .spawn(move || hears.hear(|| pressed(&app)))
                .map_err(|why| format!("The system gave no thread to hear keys with: {why}."))?;
            taken.insert(display).clone()
        }
    };
    display.take(Keys { symbol, modifiers: modifiers(keys.mods) })
}

/// Keys as a display names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Keys {
    symbol: Keysym,
    modifiers: ModMask,
}

/// The keys that are wanted, and which key of this keyboard they are taken at: none while no key has the symbol.
#[derive(Debug, Clone, Copy)]
struct Held {
    keys: Keys,
    code: Option<Keycode>,
}

struct Display {
    line: RustConnection,
    root: Window,
    /// Locked over each change as a whole: the settings and a new keyboard may come at once.
    held: Mutex<Option<Held>>,
}

impl Display {
    fn open() -> Result<Self, String> {
        let (line, screen) = x11rb::connect(None).map_err(|why| why.to_string())?;
        let root = line.setup().roots.get(screen).ok_or("it has no screen")?.root;
        Ok(Self { line, root, held: Mutex::default() })
    }

    fn take(&self, keys: Keys) -> Result<(), String> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        self.release(&mut held);
        self.grab(held.insert(Held { keys, code: None }))
    }

    fn let_go(&self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        self.release(&mut held);
        *held = None;
    }

    /// Takes the key that has the symbol now.
    fn grab(&self, held: &mut Held) -> Result<(), String> {
        let code = self.code(held.keys.symbol).map_err(|why| format!("The display tells of no keys: {why}."))?;
        let code = code.ok_or("Your keyboard does not have this key. Choose another.")?;
        for with in locks() {
            let modifiers = held.keys.modifiers | with;
            let grab = self.line.grab_key(false, self.root, modifiers, code, GrabMode::ASYNC, GrabMode::ASYNC);
            if let Err(why) = grab.map_err(ReplyError::from).and_then(|asked| asked.check()) {
                self.ungrab(held.keys, code);
                return Err(match why {
                    ReplyError::X11Error(error) if error.error_kind == ErrorKind::Access => {
                        super::HELD_ELSEWHERE.to_owned()
                    }
                    why @ (ReplyError::X11Error(_) | ReplyError::ConnectionError(_)) => {
                        format!("The display did not give these keys: {why}.")
                    }
                });
            }
        }
        held.code = Some(code);
        Ok(())
    }

    fn release(&self, held: &mut Option<Held>) {
        if let Some(held) = held
            && let Some(code) = held.code.take()
        {
            self.ungrab(held.keys, code);
        }
    }

    fn ungrab(&self, keys: Keys, code: Keycode) {
        for with in locks() {
            if let Ok(asked) = self.line.ungrab_key(code, self.root, keys.modifiers | with) {
                asked.ignore_error();
            }
        }
        let _ = self.line.flush();
    }

    /// Which key has this symbol: by itself, or else with a modifier.
    fn code(&self, symbol: Keysym) -> Result<Option<Keycode>, ReplyError> {
        let (first, last) = (self.line.setup().min_keycode, self.line.setup().max_keycode);
        let count = last.saturating_sub(first).saturating_add(1);
        let mapping = self.line.get_keyboard_mapping(first, count)?.reply()?;
        let each = usize::from(mapping.keysyms_per_keycode).max(1);
        let of_key = |code: Keycode| mapping.keysyms.chunks(each).nth(usize::from(code.saturating_sub(first)));
        let by_itself = (first..=last).find(|code| of_key(*code).is_some_and(|all| all.first() == Some(&symbol)));
        let at_all = || (first..=last).find(|code| of_key(*code).is_some_and(|all| all.contains(&symbol)));
        Ok(by_itself.or_else(at_all))
    }

    /// Until the display ends.
    fn hear(&self, pressed: impl Fn()) {
        let why = self.events(pressed);
        tracing::info!(%why, "the display no longer tells of keys");
    }

    fn events(&self, pressed: impl Fn()) -> ConnectionError {
        let mut released = None;
        loop {
            match self.line.wait_for_event() {
                // A key that is held down is told as let go and pressed again in the same moment.
                Ok(Event::KeyPress(key)) if released != Some((key.detail, key.time)) && self.are_held(key.detail) => {
                    pressed();
                }
                Ok(Event::KeyRelease(key)) => released = Some((key.detail, key.time)),
                // Another keyboard, or another language of it: the symbol may be on another key.
                Ok(Event::MappingNotify(_)) => self.take_anew(),
                Ok(_) => {}
                Err(why) => return why,
            }
        }
    }

    /// The display tells of what was taken alone, and that may have been let go meanwhile.
    fn are_held(&self, code: Keycode) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.is_some_and(|held| held.code == Some(code))
    }

    /// Where the symbol is on another key now. On a keyboard without it the keys rest until one with it comes.
    fn take_anew(&self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Held { keys, code }) = *held else { return };
        if code.is_some() && self.code(keys.symbol).ok().flatten() == code {
            return;
        }
        self.release(&mut held);
        if let Some(held) = held.as_mut()
            && let Err(why) = self.grab(held)
        {
            tracing::info!(why, "the quick chat's keys rest with this keyboard");
        }
    }
}

/// Keys are asked for with exactly their modifiers, and a lock is one: without, with either and with both.
fn locks() -> [ModMask; 4] {
    [ModMask::from(0_u8), ModMask::LOCK, ModMask::M2, ModMask::LOCK | ModMask::M2]
}

fn modifiers(mods: Modifiers) -> ModMask {
    [
        (Modifiers::SHIFT, ModMask::SHIFT),
        (Modifiers::CONTROL, ModMask::CONTROL),
        (Modifiers::ALT, ModMask::M1),
        (Modifiers::SUPER | Modifiers::META, ModMask::M4),
    ]
    .into_iter()
    .filter(|(named, _)| mods.intersects(*named))
    .fold(ModMask::from(0_u8), |all, (_, mask)| all | mask)
}

/// The symbol of a key, by the keyboard that its name stands for (keysymdef.h of X11; letters and signs are their Latin-1).
fn symbol(key: Code) -> Option<Keysym> {
    let name = key.to_string();
    if let Some(letter) = name.strip_prefix("Key") {
        return letter.bytes().next().map(|letter| letter.to_ascii_lowercase().into());
    }
    if let Some(digit) = name.strip_prefix("Digit") {
        return digit.bytes().next().map(Keysym::from);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse::<Keysym>().ok()) {
        return (1..=24).contains(&number).then(|| 0xffbd + number);
    }
    if let Some(digit) = name.strip_prefix("Numpad").and_then(|digit| digit.parse::<Keysym>().ok()) {
        return Some(0xffb0 + digit);
    }
    OTHERS.into_iter().find(|(known, _)| *known == name).map(|(_, symbol)| symbol)
}

const OTHERS: [(&str, Keysym); 44] = [
    ("Space", 0x20),
    ("Quote", 0x27),
    ("Comma", 0x2c),
    ("Minus", 0x2d),
    ("Period", 0x2e),
    ("Slash", 0x2f),
    ("Semicolon", 0x3b),
    ("Equal", 0x3d),
    ("BracketLeft", 0x5b),
    ("Backslash", 0x5c),
    ("BracketRight", 0x5d),
    ("Backquote", 0x60),
    ("Backspace", 0xff08),
    ("Tab", 0xff09),
    ("Enter", 0xff0d),
    ("Pause", 0xff13),
    ("ScrollLock", 0xff14),
    ("Escape", 0xff1b),
    ("Home", 0xff50),
    ("ArrowLeft", 0xff51),
    ("ArrowUp", 0xff52),
    ("ArrowRight", 0xff53),
    ("ArrowDown", 0xff54),
    ("PageUp", 0xff55),
    ("PageDown", 0xff56),
    ("End", 0xff57),
    ("PrintScreen", 0xff61),
    ("Insert", 0xff63),
    ("NumpadAdd", 0xffab),
    ("NumpadSubtract", 0xffad),
    ("Delete", 0xffff),
    ("CapsLock", 0xffe5),
    ("NumpadMultiply", 0xffaa),
    ("NumpadDecimal", 0xffae),
    ("NumpadDivide", 0xffaf),
    ("AudioVolumeDown", 0x1008_ff11),
    ("AudioVolumeMute", 0x1008_ff12),
    ("AudioVolumeUp", 0x1008_ff13),
    ("MediaPlay", 0x1008_ff14),
    ("MediaStop", 0x1008_ff15),
    ("MediaTrackPrevious", 0x1008_ff16),
    ("MediaTrackNext", 0x1008_ff17),
    ("MediaPlayPause", 0x1008_ff14),
    ("MediaPause", 0x1008_ff31),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_what_a_display_calls_them() {
        let named = |keys: &str| {
            let keys: Shortcut = keys.parse().unwrap();
            (symbol(keys.key), modifiers(keys.mods))
        };
        assert_eq!(named("Ctrl+Shift+Space"), (Some(0x20), ModMask::CONTROL | ModMask::SHIFT));
        assert_eq!(named("Alt+K"), (Some(u32::from(b'k')), ModMask::M1));
        assert_eq!(named("Super+7"), (Some(u32::from(b'7')), ModMask::M4));
        assert_eq!(named("Ctrl+F12"), (Some(0xffc9), ModMask::CONTROL));
        assert_eq!(named("Ctrl+Alt+Numpad3"), (Some(0xffb3), ModMask::CONTROL | ModMask::M1));
        assert_eq!(named("Ctrl+Delete"), (Some(0xffff), ModMask::CONTROL));
        assert_eq!(named("Ctrl+MediaPlay").0, Some(0x1008_ff14));
        assert_eq!(named("Ctrl+NumLock").0, None, "a lock is no key to take");
    }
}
