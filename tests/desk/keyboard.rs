//! Keys pressed at the display as a keyboard does, wherever the focus is. A driver presses them in its window alone.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, GrabMode, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keysym, ModMask};
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

    /// Has the quick chat's keys, as another program would; with `hold` false no longer. False where somebody has them.
    pub(crate) fn hold(&self, hold: bool) -> bool {
        let (root, key) = (self.display.setup().roots[0].root, self.code(QUICK[2]));
        let modifiers = ModMask::CONTROL | ModMask::SHIFT;
        if hold {
            let asked = self.display.grab_key(false, root, modifiers, key, GrabMode::ASYNC, GrabMode::ASYNC);
            asked.unwrap().check().is_ok()
        } else {
            self.display.ungrab_key(key, root, modifiers).unwrap().check().is_ok()
        }
    }

    fn code(&self, key: Keysym) -> u8 {
        self.codes.iter().find(|(_, keysyms)| keysyms.contains(&key)).expect("no such key").0
    }

    /// All down in this order, and up in the other.
    pub(crate) fn press(&self, keys: &[Keysym]) {
        let down = keys.iter().map(|key| (KEY_PRESS_EVENT, self.code(*key)));
        let up = keys.iter().rev().map(|key| (KEY_RELEASE_EVENT, self.code(*key)));
        for (kind, code) in down.chain(up) {
            self.display.xtest_fake_input(kind, code, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0).unwrap();
        }
        // Answered once the display has done what came before.
        self.display.get_input_focus().unwrap().reply().unwrap();
    }
}
