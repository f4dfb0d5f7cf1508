//! The page: Rust to wasm, bound, made small, with its styles and assets, in `ui/dist`.
//!
//! The document holds no script and no style of its own, so that the strictest content policy lets it through.

mod split;

use std::{
    fs,
    path::{Path, PathBuf},
};

use walrus::{ExportItem, Module, RefType, Table};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    process::{self, finish, program},
    stamp::Inputs,
    step::{OrStop, Outcome, Stop, step},
    system::{self, Purpose},
    tree,
    wasm::{self, Toolchain},
};

/// How much the compiler tries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Make {
    /// What people get: small, slow to build.
    Small,
    /// For the inner loop: quick to build, with names in its traces.
    Quick,
}

impl Make {
    /// Cargo's profile, which also names the folder of what it builds.
    pub(crate) const fn profile(self) -> &'static str {
        match self {
            Self::Small => "page",
            Self::Quick => "page-dev",
        }
    }
}

const DOCUMENT: &str = r#"<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>PM OS</title>
  <link rel="icon" href="icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="page.css">
  <link rel="modulepreload" href="page.js">
  <script type="module" src="boot.js"></script>
</head>
<body></body>
</html>
"#;

const BOOT: &str = include_str!("page/boot.js");

/// The languages of the page: the words of each are one file.
const LANGUAGES: [&str; 2] = ["en", "de"];

/// The layers of the stylesheet, weakest first. Every file that is not one of the first three is a feature's.
const LAYERS: [&str; 3] = ["tokens", "base", "parts"];
const FEATURES: &str = "features";

pub(crate) fn command(arguments: &[String]) -> Outcome {
    let make = match arguments {
        [] => Make::Small,
        [only] if only == "--dev" => Make::Quick,
        _ => return Err(Stop::new("`cargo xtask ui` takes nothing, or --dev.")),
    };
    system::set_up(Purpose::Build)?;
    build(make)
}

/// Builds the page, or as much of it as its inputs changed.
pub(crate) fn build(make: Make) -> Outcome {
    let toolchain = wasm::set_up()?;
    let wasm = step("Page: wasm", || compile(toolchain, make))?;
    let bound = step("Page: bind and shrink", || bind(&wasm, make))?;
    step("Page: styles and assets", || assemble(&bound))
}

/// What the page is made of: the laws keep this list true.
fn sources() -> Outcome<Inputs> {
    let root = tree::root();
    let inputs = Inputs::default()
        .file(&root.join("Cargo.lock"))?
        .file(&root.join("Cargo.toml"))?
        .folder(&root.join("ui"), &root.join("ui/dist"))?;
    ["crates/contract", "crates/flow"]
        .iter()
        .try_fold(inputs, |inputs, member| inputs.folder(&root.join(member), Path::new("-")))
}

fn compile(toolchain: Toolchain, make: Make) -> Outcome<PathBuf> {
    let wasm = Toolchain::product(make);
    let stamp =
        sources()?.word(&toolchain.name()).word(toolchain.flags(make)).stamp(&format!("wasm-{}", make.profile()));
    if stamp.holds() && wasm.is_file() {
        return Ok(wasm);
    }
    finish(toolchain.cargo("build", make).arg("--lib"), "Mend what the compiler says above.")?;
    stamp.set()?;
    Ok(wasm)
}

/// Makes `page.js`, `page_bg.wasm` and the parts that are loaded later from the compiler's output; returns their folder.
fn bind(wasm: &Path, make: Make) -> Outcome<PathBuf> {
    let bound = tree::target().join("xtask/bound").join(make.profile());
    let shrinker = (make == Make::Small).then(|| process::find("wasm-opt")).flatten();
    let stamp = Inputs::default()
        .file(wasm)?
        .file(&tree::root().join("xtask/src/page.rs"))?
        .file(&tree::root().join("xtask/src/page/split.rs"))?
        .word(&format!("{shrinker:?}"))
        .stamp(&format!("bound-{}", make.profile()));
    let product = bound.join("page_bg.wasm");
    if stamp.holds() && product.is_file() {
        return Ok(bound);
    }
    if bound.exists() {
        fs::remove_dir_all(&bound).or_stop(format!("{} cannot be emptied", bound.display()))?;
    }
    let first = tree::target().join("xtask").join(format!("first-{}.wasm", make.profile()));
    split::split(wasm, &first, &bound, "page.js")?;
    Bindgen::new()
        .input_path(&first)
        .out_name("page")
        .web(true)
        .and_then(|binder| {
            binder
                .typescript(false)
                // The later parts share the table of functions.
                .keep_lld_exports(true)
                .remove_name_section(make == Make::Small)
                .remove_producers_section(make == Make::Small)
                .generate(&bound)
        })
        .or_stop("The page's JavaScript cannot be made")?;
    if let Some(shrinker) = shrinker {
        for part in tree::files(&bound)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "wasm")) {
            shrink(&shrinker, part)?;
        }
    } else if make == Make::Small {
        println!("    wasm-opt (binaryen) is not installed: the page works, but is larger");
    }
    stamp.set()?;
    Ok(bound)
}

fn shrink(shrinker: &Path, wasm: &Path) -> Outcome {
    let before = size(wasm);
    let features = [
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-multivalue",
        "--enable-reference-types",
    ];
    finish(
        program(shrinker).args(["-Oz", "--converge"]).args(features).arg(wasm).arg("-o").arg(wasm),
        "Is binaryen too old for this Rust? Version 108 and later are known to work.",
    )?;
    right_the_tables(wasm)?;
    println!("    {before} kB of wasm became {} kB", size(wasm));
    Ok(())
}

/// Of two tables, wasm-opt 108 (Debian's) exports the first under every name. JavaScript's values belong in the
/// other one, and nowhere else; a later wasm-opt leaves nothing to right.
fn right_the_tables(file: &Path) -> Outcome {
    const VALUES: &str = "__wbindgen_externrefs";
    let mut module = Module::from_file(file).or_stop("wasm-opt's output cannot be read")?;
    let values = module.tables.iter().find(|table| table.element_ty == RefType::EXTERNREF).map(Table::id);
    let export = module.exports.iter_mut().find(|export| export.name == VALUES);
    if let (Some(values), Some(export)) = (values, export) {
        export.item = ExportItem::Table(values);
    }
    module.emit_wasm_file(file).or_stop("The page's wasm cannot be written")
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |data| data.len() / 1000)
}

/// Brings `ui/dist` up to date: what is equal keeps its date, what no longer belongs goes.
fn assemble(bound: &Path) -> Outcome {
    let root = tree::root();
    let dist = root.join("ui/dist");
    let mut wanted: Vec<(PathBuf, Vec<u8>)> = vec![
        (dist.join("index.html"), DOCUMENT.into()),
        (dist.join("boot.js"), BOOT.into()),
        (dist.join("icon.svg"), read(&root.join("icons/icon.svg"))?),
        (dist.join("page.css"), stylesheet(&root.join("ui/styles"))?.into_bytes()),
    ];
    for language in LANGUAGES {
        let words = words(&root.join("ui/locales").join(language))?;
        wanted.push((dist.join(format!("{language}.ftl")), words.into_bytes()));
    }
    for from in [bound.to_path_buf(), root.join("ui/assets")] {
        for file in tree::files(&from)? {
            let name = file.strip_prefix(&from).or_stop("A file of the page is out of place")?;
            wanted.push((dist.join(name), read(&file)?));
        }
    }
    for old in tree::files(&dist)? {
        if !wanted.iter().any(|(path, _)| *path == old) {
            fs::remove_file(&old).or_stop(format!("{} cannot be removed", old.display()))?;
        }
    }
    wanted.iter().try_for_each(|(path, bytes)| tree::write(path, bytes))
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).or_stop(format!("{} cannot be read", path.display()))
}

/// All words of a language in one file; what is said about them stays behind.
fn words(folder: &Path) -> Outcome<String> {
    let files = tree::files(folder)?;
    files.iter().filter(|path| path.extension().is_some_and(|kind| kind == "ftl")).try_fold(
        String::new(),
        |mut all, path| {
            let text = fs::read_to_string(path).or_stop(format!("{} cannot be read", path.display()))?;
            text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).for_each(|line| {
                all.push_str(line);
                all.push('\n');
            });
            Ok(all)
        },
    )
}

/// All styles in one file, each in its layer. `@layer` is said here and nowhere else.
fn stylesheet(folder: &Path) -> Outcome<String> {
    let mut files: Vec<(usize, PathBuf)> = tree::files(folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "css"))
        .map(|path| (layer(&path), path))
        .collect();
    files.sort();
    let mut sheet = format!("@layer {}, {FEATURES};\n", LAYERS.join(", "));
    for (layer, path) in files {
        let name = LAYERS.get(layer).copied().unwrap_or(FEATURES);
        let text = fs::read_to_string(&path).or_stop(format!("{} cannot be read", path.display()))?;
        sheet.push_str(&format!("@layer {name} {{\n{}\n}}\n", text.trim_end()));
    }
    Ok(sheet)
}

fn layer(path: &Path) -> usize {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    LAYERS.iter().position(|layer| Some(*layer) == stem).unwrap_or(LAYERS.len())
}
