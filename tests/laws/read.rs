//! The source tree as the laws read it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use toml::{Table, Value};

/// What is built or kept beside the source, and is none.
const NOT_SOURCE: [&str; 6] = [".git", "target", "artefacts", "gen", "ui/dist", "node_modules"];

pub(super) struct Source {
    /// From the root, with `/` on every system.
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    pub(super) fn is(&self, kind: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == kind)
    }

    /// Tests beside the code, and those in `tests/`.
    pub(super) fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The words of Rust only: comments and what stands in quotes are blanked, lines keep their numbers.
    pub(super) fn code(&self) -> String {
        code(&self.text)
    }
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of the project.
pub(super) fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let mut found = Vec::new();
        walk(root(), &mut found);
        found.sort_by(|a: &Source, b| a.path.cmp(&b.path));
        assert!(found.len() > 30, "the laws do not find the source");
        found
    })
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        if NOT_SOURCE.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push(Source { path: name, text });
        }
    }
}

/// One package of the workspace.
pub(super) struct Member {
    /// Its folder from the root; empty for the app itself.
    pub(super) folder: String,
    pub(super) name: String,
    pub(super) manifest: Table,
}

impl Member {
    /// What it names in `[dependencies]` and `[build-dependencies]`, on any system.
    pub(super) fn dependencies(&self) -> Vec<String> {
        self.named(&["dependencies", "build-dependencies"])
    }

    /// What its tests name beyond that.
    pub(super) fn test_dependencies(&self) -> Vec<String> {
        self.named(&["dev-dependencies"])
    }

    fn named(&self, sections: &[&str]) -> Vec<String> {
        let systems = self.manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
        let tables = systems.filter_map(Value::as_table).chain([&self.manifest]);
        tables
            .flat_map(|table| sections.iter().filter_map(|section| table.get(*section)?.as_table()))
            .flat_map(Table::keys)
            .cloned()
            .collect()
    }
}

/// Every package of the workspace, the app first.
pub(super) fn members() -> Vec<Member> {
    let app = manifest("");
    let listed = app["workspace"]["members"].as_array().unwrap();
    let folders: Vec<String> = listed.iter().map(|folder| folder.as_str().unwrap().to_owned()).collect();
    let others = folders.into_iter().map(|folder| {
        let manifest = manifest(&folder);
        Member { name: manifest["package"]["name"].as_str().unwrap().to_owned(), folder, manifest }
    });
    [Member { folder: String::new(), name: "pm-os".into(), manifest: app.clone() }].into_iter().chain(others).collect()
}

fn manifest(folder: &str) -> Table {
    let path = root().join(folder).join("Cargo.toml");
    fs::read_to_string(&path).unwrap().parse().unwrap()
}

fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let word_goes_on = before.is_alphanumeric() || before == '_';
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if !word_goes_on && raw_quote(rest).is_some() {
            raw_quote(rest).unwrap()
        } else if first == '"' {
            quote(rest, '"')
        } else if first == '\'' && is_letter(rest) {
            quote(rest, '\'')
        } else {
            out.push(first);
            before = first;
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.extend(rest[..skipped].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        before = ' ';
        rest = &rest[skipped..];
    }
    out
}

/// The length of a raw string at the start of `rest`.
fn raw_quote(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(())?;
    let head = rest.len() - after.len() + hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(rest[head..].find(&end).map_or(rest.len(), |at| head + at + end.len()))
}

/// The length of a quoted run, backslashes heeded.
fn quote(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == mark => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Tells `'a'` from the lifetime `'a`.
fn is_letter(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some('\\'), _) => true,
        (_, second) => second == Some('\''),
    }
}

#[test]
fn code_is_told_from_words_about_code() {
    let text = "let a = \"sqlx\"; // sqlx\nlet b = r#\"tauri \" \"#; let c = '\"'; fn f<'a>(x: &'a str) { keyring }";
    let seen = code(text);
    for hidden in ["sqlx", "tauri"] {
        assert!(!seen.contains(hidden), "{seen}");
    }
    assert!(seen.contains("keyring") && seen.contains("<'a>") && seen.matches('\n').count() == 1, "{seen}");
}
