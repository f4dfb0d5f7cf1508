//! Answers that `boot.js` asked for while the program was on its way. Each is good once, and none is after the app has told of a
//! change: what was asked ahead is older than that.

use contract::WorkspaceId;
use js_sys::{Map, Promise};
use wasm_bindgen::{JsCast, JsValue};

use super::browser::field;

/// The answer to this command, where it was asked for ahead.
pub(super) fn take(name: &str, workspace: Option<WorkspaceId>, payload: &str) -> Option<Promise> {
    let workspace = workspace.map(|id| id.to_string()).unwrap_or_default();
    let (all, key) = (asked()?, JsValue::from_str(&format!("{name} {workspace} {payload}")));
    let answer = all.get(&key);
    all.delete(&key);
    answer.dyn_into().ok()
}

/// Something has changed: what was asked for before is out of date.
pub(super) fn forget() {
    if let Some(all) = asked() {
        all.clear();
    }
}

fn asked() -> Option<Map> {
    field(&js_sys::global(), "pageAhead")?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use contract::Command;
    use contract::commands::{ShowDirectory, ShowStatus, ShowToday};

    use crate::bridge::Request;
    use crate::today::SHOWN;

    const BOOT: &str = include_str!("../../../xtask/src/page/boot.js");

    fn is_asked<C: Command>(command: &C, workspace: &str) -> bool {
        let Request { name, payload } = Request::of(command).unwrap();
        BOOT.contains(&format!("ask({name:?}, {workspace}, {payload:?})"))
    }

    #[test]
    fn what_is_asked_ahead_is_what_the_page_asks_first() {
        assert!(is_asked(&ShowStatus {}, "null"));
        assert!(is_asked(&ShowDirectory {}, "String(open)"));
        assert!(is_asked(&ShowToday { date: None, limit: Some(SHOWN) }, "String(open)"));
        assert!(!is_asked(&ShowToday { date: None, limit: None }, "String(open)"));
    }
}
