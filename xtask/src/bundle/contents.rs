//! What an installed PM OS consists of on Linux: every file with its place. It knows no package format.

use std::{fs, io::Write, path::Path};

use flate2::{Compression, GzBuilder};

use crate::{
    process::{answer, program},
    step::{OrStop, Outcome, Stop},
    tree,
};

/// A file of the installed app.
pub(super) struct Entry {
    /// Below the root of the system, without a slash before it.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    pub(super) executable: bool,
}

impl Entry {
    fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), bytes, executable: false }
    }

    pub(super) fn size(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }
}

/// Desktop's size and our picture of it. `128x128@2x` is 256 pixels.
const ICONS: [(u32, &str); 9] = [
    (16, "16x16.png"),
    (22, "22x22.png"),
    (24, "24x24.png"),
    (32, "32x32.png"),
    (48, "48x48.png"),
    (64, "64x64.png"),
    (128, "128x128.png"),
    (256, "128x128@2x.png"),
    (512, "icon.png"),
];
const DRAWINGS: [(&str, &str); 3] = [
    ("scalable/apps/pm-os.svg", "icon.svg"),
    ("symbolic/apps/pm-os-symbolic.svg", "symbolic.svg"),
    ("symbolic/status/pm-os-waiting-symbolic.svg", "symbolic-dot.svg"),
];
const DOCUMENTS: &str = "usr/share/doc/pm-os";

/// Every file, sorted by its path.
pub(super) fn entries(binary: &Path, papers: &str, listed: &str) -> Outcome<Vec<Entry>> {
    let bytes = fs::read(binary).or_stop(format!("{} cannot be read", binary.display()))?;
    let mut entries = vec![Entry { path: "usr/bin/pm-os".into(), bytes, executable: true }];
    let icons = tree::root().join("icons");
    for (edge, name) in ICONS {
        entries.push(Entry::new(
            format!("usr/share/icons/hicolor/{edge}x{edge}/apps/pm-os.png"),
            read(&icons.join(name))?,
        ));
    }
    for (place, name) in DRAWINGS {
        entries.push(Entry::new(format!("usr/share/icons/hicolor/{place}"), read(&icons.join(name))?));
    }
    let packaging = tree::root().join("packaging");
    for (place, name) in [
        ("usr/share/applications/pm-os.desktop", "pm-os.desktop"),
        ("usr/share/metainfo/app.pmos.PmOs.metainfo.xml", "app.pmos.PmOs.metainfo.xml"),
        ("usr/share/bash-completion/completions/pm-os", "pm-os.bash"),
        ("usr/share/doc/pm-os/copyright", "copyright"),
    ] {
        entries.push(Entry::new(place, read(&packaging.join(name))?));
    }
    let manual = manual(binary)?;
    for (place, text) in [
        (format!("{DOCUMENTS}/changelog.gz"), read(&packaging.join("changelog"))?),
        (format!("{DOCUMENTS}/THIRD-PARTY.txt.gz"), papers.as_bytes().to_vec()),
        (format!("{DOCUMENTS}/sbom.cdx.json.gz"), listed.as_bytes().to_vec()),
        ("usr/share/man/man1/pm-os.1.gz".to_owned(), manual.into_bytes()),
    ] {
        entries.push(Entry::new(place, packed(&text)?));
    }
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(entries)
}

/// The manual says what the program says of itself, so that the two never differ.
fn manual(binary: &Path) -> Outcome<String> {
    let told = answer(program(binary).arg("--help"))
        .ok_or_else(|| Stop::new(format!("{} does not tell how it is used.", binary.display())))?;
    let told = told.replace('\\', "\\e").replace('-', "\\-");
    // A line that begins with a dot or an apostrophe would be an order to the typesetter.
    let told: Vec<String> = told.lines().map(|line| format!("\\&{line}")).collect();
    Ok(format!(
        ".TH PM\\-OS 1 \"\" \"PM OS {}\" \"User Commands\"\n.SH NAME\npm\\-os \\- the project manager's operating system\n\
         .SH SYNOPSIS\n.B pm\\-os\n[COMMAND] [OPTIONS]\n.SH DESCRIPTION\n.nf\n{}\n.fi\n",
        env!("CARGO_PKG_VERSION"),
        told.join("\n")
    ))
}

/// Packed without a date or a name, so that the same text makes the same bytes.
pub(super) fn packed(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packer.write_all(bytes).and_then(|()| packer.finish()).or_stop("A file cannot be packed")
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).or_stop(format!("{} cannot be read", path.display()))
}
