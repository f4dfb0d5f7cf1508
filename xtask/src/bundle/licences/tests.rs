#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn judged(expression: &str) -> bool {
    let list = ["MIT", "Apache-2.0", "Zlib", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    allowed(expression, &list)
}

#[test]
fn what_is_allowed_is_met_and_what_is_not_is_not() {
    for yes in [
        "MIT",
        "MIT OR GPL-3.0",
        "GPL-3.0/MIT",
        "MIT AND Zlib",
        "(MIT OR GPL-3.0) AND Zlib",
        "Apache-2.0 WITH LLVM-exception",
        "GPL-2.0 AND BSD-4-Clause OR MIT",
    ] {
        assert!(judged(yes), "{yes}");
    }
    for no in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR Zlib) AND GPL-3.0",
        "MIT WITH LLVM-exception",
        "MIT OR",
        "(MIT",
        "MIT)",
        "MIT Zlib",
        "AND",
        "LicenseRef-file",
    ] {
        assert!(!judged(no), "{no}");
    }
}
