//! Keys pressed at the display as a keyboard does, wherever the focus is. A driver presses them in its window alone.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keysym};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Ctrl, Shift and the space bar: the quick chat's, unless somebody chose others.
pub(crate) const QUICK: [Keysym; 3] = [0xffe3, 0xffe1, 0x0020];

/// Presses keys at the display, which tells whoever asked for them.
pub(crate) struct Keyboard {
    display: RustConnection,
    codes: Vec<(u8, Vec<Keysym>)>,
}

impl Keyboard {
    pub(crate) fn open() -> Self {
        let (display, _) = x11rb::connect(None).expect("the window has a display");
        let (first, last) = (display.setup().min_keycode, display.setup().max_keycode);
        let mapping = display.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
        let each = usize::from(mapping.keysyms_per_keycode);
        let codes = (first..=last).zip(mapping.keysyms.chunks(each).map(<[Keysym]>::to_vec)).collect();
        Self { display, codes }
    }

    /// All down in this order, and up in the other.
    pub(crate) fn press(&self, keys: &[Keysym]) {
        let code = |key: &Keysym| self.codes.iter().find(|(_, keysyms)| keysyms.contains(key)).expect("no such key").0;
        let down = keys.iter().map(|key| (KEY_PRESS_EVENT, code(key)));
        let up = keys.iter().rev().map(|key| (KEY_RELEASE_EVENT, code(key)));
        for (kind, code) in down.chain(up) {
            self.display.xtest_fake_input(kind, code, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0).unwrap();
        }
        // Answered once the display has done what came before.
        self.display.get_input_focus().unwrap().reply().unwrap();
    }
}
