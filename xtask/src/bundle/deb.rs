//! A Debian package: what it says of itself, its files, and the archive around both.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use md5::{Digest, Md5};

use super::contents::{Entry, packed};
use crate::{
    process::{answer, finish, program},
    step::{OrStop, Outcome},
    system, tree,
};

/// The names since Debian 13 and Ubuntu 24.04 come second.
const NEEDS: &str =
    "ca-certificates, libwebkit2gtk-4.1-0 (>= 2.40), libgtk-3-0 | libgtk-3-0t64, libgcc-s1, libdbus-1-3";
/// Without the first there is no tray icon, without the second secrets go into a sealed file.
const LIKES: &str = "libayatana-appindicator3-1, gnome-keyring | kwalletmanager, xdg-utils";

/// Writes the package into `out` and tells its path. Everything in it is dated `when`, in seconds since 1970.
pub(super) fn write(out: &Path, entries: &[Entry], binary: &Path, when: u64) -> Outcome<PathBuf> {
    let architecture = answer(program("dpkg").arg("--print-architecture")).unwrap_or_else(|| "amd64".to_owned());
    let version = env!("CARGO_PKG_VERSION");
    let control = control(version, &architecture, entries, &least_glibc(binary)?);
    let about = archive(
        &[
            Entry { path: "control".into(), bytes: control.into_bytes(), executable: false },
            Entry { path: "md5sums".into(), bytes: sums(entries).into_bytes(), executable: false },
        ],
        when,
    )?;
    let files = archive(entries, when)?;
    let mut bytes = b"!<arch>\n".to_vec();
    for (name, member) in [
        ("debian-binary", b"2.0\n".to_vec()),
        ("control.tar.gz", packed(&about)?),
        ("data.tar.xz", squeezed(out, &files)?),
    ] {
        // Name, date, owner, group, mode in octal, size: each filled up with spaces to its width.
        bytes.extend(format!("{name:<16}{when:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, "100644", member.len()).bytes());
        let odd = member.len() % 2 == 1;
        bytes.extend(member);
        if odd {
            bytes.push(b'\n');
        }
    }
    let package = out.join(format!("pm-os_{version}_{architecture}.deb"));
    tree::write(&package, &bytes)?;
    Ok(package)
}

/// With one thread: more make other bytes.
fn squeezed(out: &Path, files: &[u8]) -> Outcome<Vec<u8>> {
    system::install(&["xz-utils"])?;
    let made = out.join("data.tar");
    tree::write(&made, files)?;
    finish(program("xz").args(["--force", "--threads=1", "-6"]).arg(&made), "Is the disk full?")?;
    let packed = made.with_extension("tar.xz");
    let bytes = fs::read(&packed).or_stop("The packed files cannot be read")?;
    fs::remove_file(&packed).or_stop("The packed files cannot be removed")?;
    Ok(bytes)
}

fn control(version: &str, architecture: &str, entries: &[Entry], glibc: &str) -> String {
    let kib = entries.iter().map(|entry| entry.size().div_ceil(1024)).sum::<u64>();
    format!(
        "Package: pm-os\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: The PM OS authors <packages@pmos.invalid>\n\
         Installed-Size: {kib}\nDepends: libc6 (>= {glibc}), {NEEDS}\nRecommends: {LIKES}\nSection: utils\nPriority: optional\n\
         Description: project management over your own copy of Basecamp\n \
         A whole Basecamp account on your own machine: readable without a network,\n \
         searchable at once, with every edit queued, sent, and undoable. With an\n \
         assistant that asks before it changes anything, and automations.\n"
    )
}

fn sums(entries: &[Entry]) -> String {
    let sum = |bytes: &[u8]| Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    entries.iter().map(|entry| format!("{}  {}\n", sum(&entry.bytes), entry.path)).collect()
}

/// The files with the folders above them, owned by root.
fn archive(entries: &[Entry], when: u64) -> Outcome<Vec<u8>> {
    let mut folders = BTreeSet::new();
    for entry in entries {
        let above = Path::new(&entry.path).ancestors().skip(1).filter(|path| !path.as_os_str().is_empty());
        folders.extend(above.map(|path| format!("{}/", path.display())));
    }
    let mut tar = tar::Builder::new(Vec::new());
    let header = |kind: tar::EntryType, mode: u32, size: u64| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(mode);
        header.set_size(size);
        header.set_mtime(when);
        header.set_uid(0);
        header.set_gid(0);
        header
    };
    let cannot = "The archive cannot be written";
    let mut folder = |path: &str| {
        let mut header = header(tar::EntryType::Directory, 0o755, 0);
        tar.append_data(&mut header, path, std::io::empty()).or_stop(cannot)
    };
    folder("./")?;
    for path in &folders {
        folder(path)?;
    }
    for entry in entries {
        let mode = if entry.executable { 0o755 } else { 0o644 };
        let mut header = header(tar::EntryType::Regular, mode, entry.size());
        tar.append_data(&mut header, &entry.path, entry.bytes.as_slice()).or_stop(cannot)?;
    }
    tar.into_inner().or_stop(cannot)
}

/// The newest version of the C library that the program asks for, by the names that its linker wrote into it.
fn least_glibc(binary: &Path) -> Outcome<String> {
    const MARK: &[u8] = b"GLIBC_2.";
    /// Asked for by where the loader mends short lists, which came with 2.36.
    const SHORT: (&[u8], u32) = (b"GLIBC_ABI_DT_RELR\0", 36);
    let bytes = fs::read(binary).or_stop(format!("{} cannot be read", binary.display()))?;
    let named = bytes
        .windows(MARK.len() + 3)
        .filter_map(|window| window.strip_prefix(MARK))
        .filter_map(|rest| rest.strip_suffix(b"\0"))
        .filter_map(|digits| std::str::from_utf8(digits).ok()?.parse::<u32>().ok());
    let short = bytes.windows(SHORT.0.len()).any(|window| window == SHORT.0).then_some(SHORT.1);
    Ok(format!("2.{}", named.chain(short).max().unwrap_or(34)))
}

#[cfg(test)]
mod tests;
