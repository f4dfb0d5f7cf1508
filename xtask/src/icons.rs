//! Draws the icon family from its one source, `icons/icon.svg`. The results are committed.

use std::{fs, path::Path, process::Command};

use crate::{
    process::{self, program},
    step::{OrStop, Outcome, Stop, step},
    tree,
};

/// File and edge length in pixels, as the bundler wants them.
const PICTURES: [(&str, u32); 5] =
    [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512), ("tray.png", 44)];
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// The four letters by which macOS knows each size.
const ICNS: [(&[u8; 4], u32); 7] =
    [(b"icp4", 16), (b"icp5", 32), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512), (b"ic10", 1024), (b"ic11", 32)];

pub(crate) fn draw() -> Outcome {
    if process::find("rsvg-convert").is_none() {
        return Err(Stop::new(
            "Drawing the icons needs rsvg-convert: install librsvg2-bin (Debian) or librsvg (macOS).",
        ));
    }
    let folder = tree::root().join("icons");
    let source = folder.join("icon.svg");
    step("Icons", || {
        for (name, edge) in PICTURES {
            tree::write(&folder.join(name), &picture(&source, edge)?)?;
        }
        tree::write(&folder.join("icon.ico"), &ico(&source)?)?;
        tree::write(&folder.join("icon.icns"), &icns(&source)?)
    })
}

fn picture(source: &Path, edge: u32) -> Outcome<Vec<u8>> {
    let edge = edge.to_string();
    let made = tree::target().join("xtask/icon.png");
    tree::write(&made, b"")?;
    let mut command: Command = program("rsvg-convert");
    command.args(["-w", &edge, "-h", &edge]).arg(source).arg("-o").arg(&made);
    process::finish(&mut command, "Is icons/icon.svg well formed?")?;
    fs::read(&made).or_stop("The drawn icon cannot be read")
}

/// A directory of entries, then the pictures: each entry names its size and where its picture starts.
fn ico(source: &Path) -> Outcome<Vec<u8>> {
    let pictures = ICO.into_iter().map(|edge| Ok((edge, picture(source, edge)?))).collect::<Outcome<Vec<_>>>()?;
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
fn icns(source: &Path) -> Outcome<Vec<u8>> {
    let mut blocks = Vec::new();
    for (tag, edge) in ICNS {
        let picture = picture(source, edge)?;
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
