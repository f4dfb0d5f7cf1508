//! Takes the page's wasm apart: the first part, and each part that the page loads when it is first wanted.
//!
//! What belongs to a later part is what only its `#[wasm_split]` functions reach. The linker's relocations tell, so the wasm
//! has to be linked with them.

use std::{fs, path::Path};

use crate::{
    step::{OrStop, Outcome, Stop},
    tree,
};

/// Fetches the later parts, beside the page's own JavaScript.
const LINK: &str = "split.js";

/// How that starts a part: it trusts the type that the server tells. What serves the page in a window may tell none, so the
/// bytes are taken instead.
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
const FROM_BYTES: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// Writes the first part to `main` and the others to `folder`, with the JavaScript that fetches them. The first part is yet
/// to be bound; what binds it must call its JavaScript `script`.
pub(super) fn split(wasm: &Path, main: &Path, folder: &Path, script: &str) -> Outcome {
    let whole = fs::read(wasm).or_stop(format!("{} cannot be read", wasm.display()))?;
    let (link, script) = (format!("./{LINK}"), format!("./{script}"));
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = main;
    options.link_name = &link;
    options.main_module = &script;
    wasm_split_cli_support::transform(options).or_stop("The page's wasm cannot be taken apart")?;
    let link = folder.join(LINK);
    let text = fs::read_to_string(&link).or_stop(format!("{} cannot be read", link.display()))?;
    if !text.contains(STREAMED) {
        return Err(Stop::new(
            "What takes the page's wasm apart loads it in another way than is known here. See split.rs.",
        ));
    }
    tree::write(&link, text.replace(STREAMED, FROM_BYTES).as_bytes())
}
