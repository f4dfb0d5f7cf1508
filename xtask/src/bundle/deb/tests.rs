#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Read;

use super::*;

fn files() -> Vec<Entry> {
    vec![
        Entry { path: "usr/bin/pm-os".into(), bytes: b"program".to_vec(), executable: true },
        Entry { path: "usr/share/doc/pm-os/copyright".into(), bytes: b"ours".to_vec(), executable: false },
    ]
}

#[test]
fn an_archive_has_every_file_under_its_folders_and_is_the_same_each_time() {
    let bytes = archive(&files(), 1_700_000_000).unwrap();
    assert_eq!(bytes, archive(&files(), 1_700_000_000).unwrap());
    let mut told = Vec::new();
    for entry in tar::Archive::new(bytes.as_slice()).entries().unwrap() {
        let mut entry = entry.unwrap();
        let header = entry.header().clone();
        assert_eq!((header.uid().unwrap(), header.gid().unwrap(), header.mtime().unwrap()), (0, 0, 1_700_000_000));
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        told.push((String::from_utf8_lossy(&entry.path_bytes()).into_owned(), header.mode().unwrap(), text));
    }
    let folders = told.iter().filter(|(path, mode, _)| path.ends_with('/') && *mode == 0o755).count();
    assert_eq!(folders, 6, "{told:?}");
    for (path, mode, text) in [("usr/bin/pm-os", 0o755, "program"), ("usr/share/doc/pm-os/copyright", 0o644, "ours")] {
        assert!(told.contains(&(path.to_owned(), mode, text.to_owned())), "{told:?}");
    }
    let order = |path: &str| told.iter().position(|(found, _, _)| found == path).unwrap();
    assert!(order("usr/") < order("usr/bin/") && order("usr/bin/") < order("usr/bin/pm-os"));
}

#[test]
fn the_newest_library_that_is_asked_for_is_named() {
    let file = tree::target().join("xtask/glibc-of-a-test");
    let asked = |bytes: &[u8]| {
        tree::write(&file, bytes).unwrap();
        least_glibc(&file).unwrap()
    };
    assert_eq!(asked(b"\0GLIBC_2.2.5\0GLIBC_2.34\0GLIBC_2.17\0"), "2.34");
    assert_eq!(asked(b"\0GLIBC_2.17\0GLIBC_ABI_DT_RELR\0"), "2.36");
    assert_eq!(asked(b"\0GLIBC_2.39\0GLIBC_ABI_DT_RELR\0"), "2.39");
    std::fs::remove_file(file).unwrap();
}

#[test]
fn what_a_package_says_of_itself_is_whole() {
    let told = control("1.2.3", "amd64", &files(), "2.36");
    for line in [
        "Package: pm-os",
        "Version: 1.2.3",
        "Installed-Size: 2",
        "Depends: libc6 (>= 2.36), ca-certificates, libwebkit2gtk-4.1-0 (>= 2.40)",
    ] {
        assert!(told.lines().any(|found| found.starts_with(line)), "{line} is not in\n{told}");
    }
    // dpkg takes a line that does not begin with a space for the next field.
    let description = told.split_once("Description: ").unwrap().1;
    assert!(description.lines().skip(1).all(|line| line.starts_with(' ')), "{told}");
    assert_eq!(sums(&files()[..1]), "a9c449d4fa44e9e5a41c574ae55ce4d9  usr/bin/pm-os\n");
}
