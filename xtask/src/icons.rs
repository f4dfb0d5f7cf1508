//! Draws the icon family from its four sources in `icons/`. The results are committed.
//!
//! `icon.svg` is the app. `icon-small.svg` is the same drawn on the grid of few pixels. `symbolic.svg` and
//! `symbolic-dot.svg` have one colour: as they are for the desktops that colour them, and as pictures for the tray.
//! `tray-light*` is what stands out on a light panel, `tray-dark*` on a dark one; `-dot` says that something waits;
//! `@2x` is for dense screens.

use std::{fs, path::Path, process::Command};

use crate::{
    process::{self, program},
    step::{OrStop, Outcome, Stop, step},
    tree,
};

/// File and edge length in pixels, as bundlers and desktops want them.
const PICTURES: [(&str, u32); 9] = [
    ("16x16.png", 16),
    ("22x22.png", 22),
    ("24x24.png", 24),
    ("32x32.png", 32),
    ("48x48.png", 48),
    ("64x64.png", 64),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
];
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// The four letters by which macOS knows each size; the last three are the doubled sizes of dense screens.
const ICNS: [(&[u8; 4], u32); 10] = [
    (b"icp4", 16),
    (b"icp5", 32),
    (b"icp6", 64),
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic13", 256),
];
/// Up to this edge the source for few pixels is sharper.
const SMALL: u32 = 24;
/// What the symbolic sources are drawn in, and what the panels' kinds make of it: ink, then dot.
const INK: &str = "#2e3436";
const DOT: &str = "#4f46c8";
const PANELS: [(&str, &str, &str); 2] = [("light", INK, DOT), ("dark", "#f6f5f4", "#a9a2ff")];
/// The tray's pictures: the ending of the name, and the edge.
const TRAY: [(&str, u32); 2] = [("", 32), ("@2x", 64)];

pub(crate) fn draw() -> Outcome {
    if process::find("rsvg-convert").is_none() {
        return Err(Stop::new(
            "Drawing the icons needs rsvg-convert: install librsvg2-bin (Debian) or librsvg (macOS).",
        ));
    }
    let folder = tree::root().join("icons");
    step("Icons", || {
        for (name, edge) in PICTURES {
            tree::write(&folder.join(name), &app(&folder, edge)?)?;
        }
        tree::write(&folder.join("icon.ico"), &ico(&folder)?)?;
        tree::write(&folder.join("icon.icns"), &icns(&folder)?)?;
        tray(&folder)
    })
}

fn tray(folder: &Path) -> Outcome {
    let coloured = tree::target().join("xtask/tray.svg");
    for (source, dot) in [("symbolic.svg", ""), ("symbolic-dot.svg", "-dot")] {
        let source = folder.join(source);
        let drawing = fs::read_to_string(&source).or_stop(format!("{} cannot be read", source.display()))?;
        for (panel, ink, accent) in PANELS {
            tree::write(&coloured, drawing.replace(INK, ink).replace(DOT, accent).as_bytes())?;
            for (ending, edge) in TRAY {
                tree::write(&folder.join(format!("tray-{panel}{dot}{ending}.png")), &picture(&coloured, edge)?)?;
            }
        }
    }
    Ok(())
}

fn app(folder: &Path, edge: u32) -> Outcome<Vec<u8>> {
    picture(&folder.join(if edge <= SMALL { "icon-small.svg" } else { "icon.svg" }), edge)
}

fn picture(source: &Path, edge: u32) -> Outcome<Vec<u8>> {
    let edge = edge.to_string();
    let made = tree::target().join("xtask/icon.png");
    tree::write(&made, b"")?;
    let mut command: Command = program("rsvg-convert");
    command.args(["-w", &edge, "-h", &edge]).arg(source).arg("-o").arg(&made);
    process::finish(&mut command, "Is the drawing well formed?")?;
    fs::read(&made).or_stop("The drawn icon cannot be read")
}

/// A directory of entries, then the pictures: each entry names its size and where its picture starts.
fn ico(folder: &Path) -> Outcome<Vec<u8>> {
    let pictures = ICO.into_iter().map(|edge| Ok((edge, app(folder, edge)?))).collect::<Outcome<Vec<_>>>()?;
    let count = u16::try_from(pictures.len()).or_stop("Too many sizes")?;
    let mut bytes = vec![0, 0, 1, 0];
    bytes.extend(count.to_le_bytes());
    let mut offset = 6 + 16 * u32::from(count);
    for (edge, picture) in &pictures {
        let length = u32::try_from(picture.len()).or_stop("An icon is too large")?;
        // 256 does not fit its byte and is written as 0.
        let edge = u8::try_from(*edge).unwrap_or(0);
        bytes.extend([edge, edge, 0, 0, 1, 0, 32, 0]);
        bytes.extend(length.to_le_bytes());
        bytes.extend(offset.to_le_bytes());
        offset += length;
    }
    bytes.extend(pictures.into_iter().flat_map(|(_, picture)| picture));
    Ok(bytes)
}

/// Tagged blocks in a tagged block; each length counts its own eight bytes of head.
fn icns(folder: &Path) -> Outcome<Vec<u8>> {
    let mut blocks = Vec::new();
    for (tag, edge) in ICNS {
        let picture = app(folder, edge)?;
        blocks.extend(block(*tag, &picture)?);
    }
    block(*b"icns", &blocks)
}

fn block(tag: [u8; 4], body: &[u8]) -> Outcome<Vec<u8>> {
    let length = u32::try_from(body.len() + 8).or_stop("An icon is too large")?;
    let mut bytes = tag.to_vec();
    bytes.extend(length.to_be_bytes());
    bytes.extend(body);
    Ok(bytes)
}
