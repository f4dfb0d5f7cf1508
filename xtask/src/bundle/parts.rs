//! What the shipped program is made of: the packages that cargo links into it and into the page, and nothing that only builds.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::PathBuf,
};

use serde::Deserialize;

use crate::{
    process::{answer, cargo, program},
    step::{OrStop, Outcome, Stop},
    tree,
};

/// A package of somebody else's that people get.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) version: String,
    /// As the package says it, in SPDX's words mostly.
    pub(super) licence: String,
    /// Where its sources are on this machine.
    pub(super) folder: PathBuf,
    pub(super) repository: Option<String>,
    /// SHA-256 of the package, as Cargo.lock keeps it.
    pub(super) checksum: Option<String>,
    /// `name version` of the parts that it uses itself.
    pub(super) uses: BTreeSet<String>,
}

impl Part {
    pub(super) fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// The page's system. The app's is this machine's.
const PAGE: &str = "wasm32-unknown-unknown";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}
#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    license_file: Option<String>,
    repository: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}
#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}
#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}
#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}
#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}
#[derive(Deserialize)]
struct Kind {
    /// Nothing for an ordinary dependency.
    kind: Option<String>,
}
#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}
#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    checksum: Option<String>,
}

/// Every part that is shipped, by name and version.
pub(super) fn shipped() -> Outcome<Vec<Part>> {
    let checksums = checksums()?;
    let mut parts = BTreeMap::new();
    let rust = answer(program("rustc").arg("-vV")).unwrap_or_default();
    let host = rust.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or_else(|| Stop::new("`rustc -vV` does not tell which system this is."))?;
    for (package, target) in [("pm-os", host), ("ui", PAGE)] {
        gather(package, target, &checksums, &mut parts)?;
    }
    Ok(parts.into_values().collect())
}

fn gather(
    root: &str,
    target: &str,
    checksums: &HashMap<String, String>,
    parts: &mut BTreeMap<String, Part>,
) -> Outcome {
    let told = answer(cargo().args(["metadata", "--format-version", "1", "--locked", "--filter-platform", target]))
        .ok_or_else(|| Stop::new("cargo metadata failed. Run `cargo metadata --locked` to see why."))?;
    let told: Metadata = serde_json::from_str(&told).or_stop("What cargo metadata says cannot be read")?;
    let packages: HashMap<&str, &Package> =
        told.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let nodes: HashMap<&str, &Node> = told.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let first = told.packages.iter().find(|package| package.name == root && package.source.is_none());
    let first = first.ok_or_else(|| Stop::new(format!("The workspace has no package {root}.")))?;
    let mut open = vec![first.id.as_str()];
    let mut seen: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        let (Some(package), Some(node)) = (packages.get(id), nodes.get(id)) else { continue };
        let linked = node.deps.iter().filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        let linked: Vec<&Package> = linked
            .filter_map(|dependency| packages.get(dependency.pkg.as_str()).copied())
            .filter(|it| !it.is_macro())
            .collect();
        for used in &linked {
            if seen.insert(&used.id) {
                open.push(&used.id);
            }
        }
        if package.source.is_none() {
            continue;
        }
        let part = parts.entry(package.label()).or_insert_with(|| package.part(checksums));
        part.uses.extend(linked.into_iter().map(Package::label));
    }
    Ok(())
}

impl Package {
    fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// Macros run in the compiler and are not in the program.
    fn is_macro(&self) -> bool {
        self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"))
    }

    fn part(&self, checksums: &HashMap<String, String>) -> Part {
        let licence = self.license.clone().or_else(|| self.license_file.clone().map(|_| "LicenseRef-file".to_owned()));
        Part {
            name: self.name.clone(),
            version: self.version.clone(),
            licence: licence.unwrap_or_default(),
            folder: self.manifest_path.parent().map(PathBuf::from).unwrap_or_default(),
            repository: self.repository.clone(),
            checksum: checksums.get(&self.label()).cloned(),
            uses: BTreeSet::new(),
        }
    }
}

fn checksums() -> Outcome<HashMap<String, String>> {
    let text = std::fs::read_to_string(tree::root().join("Cargo.lock")).or_stop("Cargo.lock cannot be read")?;
    let lock: Lock = toml::from_str(&text).or_stop("Cargo.lock cannot be understood")?;
    let sum = |package: Locked| Some((format!("{} {}", package.name, package.version), package.checksum?));
    Ok(lock.package.into_iter().filter_map(sum).collect())
}
