//! Hands the window's configuration to Tauri, and sees that there is a page to embed.
//!
//! The page itself is built by `cargo xtask ui`. A plain `cargo check` of a fresh clone must work without it,
//! so a page that says how to build the real one stands in.

use std::{fs, io, path::Path};

const STAND_IN: &str = "<!doctype html><meta charset=\"utf-8\"><title>PM OS</title>\n\
    <p>The page is not built yet. Run <code>cargo xtask run</code>.</p>\n";

fn main() -> io::Result<()> {
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("ui/dist")?;
        fs::write(page, STAND_IN)?;
    }
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    // Once the app's own commands have permissions, a window calls only those that its capability names.
    let permissions = tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/*.toml");
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .app_manifest(permissions)
            .capabilities_path_pattern("./src-tauri/capabilities/**/*.json"),
    )
    .map_err(|error| io::Error::other(format!("{error:#}")))
}
