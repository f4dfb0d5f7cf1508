//! The page by React Flow that the canvas is measured beside: its packages by npm, bundled by esbuild, in a folder of the target.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    npm,
    process::{finish, program},
    stamp::Inputs,
    step::{OrStop, Outcome},
    tree,
};

/// What the page is made of, beside this file.
const SOURCES: [&str; 5] = ["package.json", "package-lock.json", "index.html", "main.css", "main.jsx"];

/// Builds the page and tells its folder. Nothing where its packages are out of reach: then the canvas is measured alone.
pub(super) fn build() -> Outcome<Option<PathBuf>> {
    let from = tree::root().join("xtask/src/bench/react-flow");
    let folder = tree::target().join("xtask/react-flow");
    let page = folder.join("dist");
    let inputs = SOURCES.iter().try_fold(Inputs::default(), |inputs, name| inputs.file(&from.join(name)))?;
    let stamp = inputs.file(&tree::root().join("xtask/src/bench/react_flow.rs"))?.stamp("react-flow-page");
    if stamp.holds() && page.is_dir() {
        return Ok(Some(page));
    }
    for name in SOURCES {
        tree::write(&folder.join(name), &read(&from.join(name))?)?;
    }
    if !npm::install(&folder)? {
        println!("    The canvas is measured alone.");
        return Ok(None);
    }
    let mut bundle = program(folder.join("node_modules/.bin/esbuild"));
    bundle.args(["main.jsx", "--bundle", "--minify", "--jsx=automatic", "--log-level=warning", "--outdir=dist"]);
    bundle.arg("--define:process.env.NODE_ENV=\"production\"").current_dir(&folder);
    finish(&mut bundle, "Mend what it says above.")?;
    tree::write(&page.join("index.html"), &read(&from.join("index.html"))?)?;
    stamp.set()?;
    Ok(Some(page))
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).or_stop(format!("{} cannot be read", path.display()))
}
