//! The look has one vocabulary: the tokens.

use std::collections::BTreeSet;

use super::{
    keep,
    read::{Source, sources},
};

const TOKENS: &str = "ui/styles/tokens.css";

#[test]
fn every_token_used_is_defined() {
    let defined: BTreeSet<String> =
        sheets().filter(|source| source.path == TOKENS).flat_map(|source| definitions(&rules(source))).collect();
    let offences = sheets()
        .flat_map(|source| {
            let sheet = rules(source);
            let unknown = uses(&sheet).into_iter().filter(|name| !defined.contains(name));
            unknown.map(|name| format!("{}: {name}", source.path)).collect::<BTreeSet<_>>()
        })
        .collect();
    keep("Define these in tokens.css; one that the page sets itself has a fallback: `var(--depth, 0)`.", offences);
}

#[test]
fn raw_values_are_said_in_the_tokens_only() {
    let offences = sheets().filter(|source| source.path != TOKENS).flat_map(|source| {
        let sheet = rules(source);
        let lines = sheet.lines().enumerate().filter(|(_, line)| is_raw(line));
        lines.map(|(number, line)| format!("{}:{}: {}", source.path, number + 1, line.trim())).collect::<Vec<_>>()
    });
    keep("Colours and type sizes come from tokens.css.", offences.collect());
}

#[test]
fn layers_are_given_by_the_build() {
    let offences = sheets()
        .filter(|source| rules(source).contains("@layer") || rules(source).contains("@import"))
        .map(|source| source.path.clone())
        .collect();
    keep("Say neither @layer nor @import: the build puts each file into its layer, by its name.", offences);
}

#[test]
fn markup_holds_no_styles() {
    let offences = sources()
        .iter()
        .filter(|source| source.path.starts_with("ui/src/") && source.is("rs"))
        .flat_map(|source| {
            let lines = source.text.lines().enumerate().filter(|(_, line)| {
                let line = line.trim_start();
                !line.starts_with("//") && (line.starts_with("style=\"") || line.contains(" style=\""))
            });
            lines.map(|(number, line)| format!("{}:{}: {}", source.path, number + 1, line.trim())).collect::<Vec<_>>()
        })
        .collect();
    keep("The content policy refuses style attributes: use a class, or `style:name=`.", offences);
}

fn sheets() -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(|source| source.path.starts_with("ui/styles/") && source.is("css"))
}

/// The sheet without its comments; lines keep their numbers.
fn rules(source: &Source) -> String {
    let mut out = String::new();
    for (at, part) in source.text.split("/*").enumerate() {
        let (comment, rest) = if at == 0 { ("", part) } else { part.split_once("*/").unwrap_or((part, "")) };
        out.extend(comment.chars().filter(|letter| *letter == '\n'));
        out.push_str(rest);
    }
    out
}

fn name(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect()
}

fn definitions(sheet: &str) -> Vec<String> {
    let starts =
        sheet.match_indices("--").filter(|(at, _)| !sheet[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '('));
    starts.map(|(at, _)| name(&sheet[at..])).filter(|found| sheet.contains(&format!("{found}:"))).collect()
}

/// The properties read by `var(--x)`; with a fallback they may be missing.
fn uses(sheet: &str) -> Vec<String> {
    let reads = sheet.split("var(").skip(1).map(str::trim_start);
    reads
        .map(|rest| (name(rest), rest))
        .filter(|(name, rest)| !rest[name.len()..].trim_start().starts_with(','))
        .map(|(name, _)| name)
        .collect()
}

fn is_raw(line: &str) -> bool {
    let Some((property, value)) = line.split_once(':') else {
        return false;
    };
    let property = property.rsplit(['{', ';']).next().unwrap_or(property).trim();
    let is_hex =
        value.split('#').skip(1).any(|after| after.chars().take(3).filter(char::is_ascii_hexdigit).count() == 3);
    let is_function = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("].iter().any(|call| value.contains(call));
    let is_type = property.starts_with("font") && value.contains("px");
    // A selector such as `a:hover #x` has no property before its colon.
    let is_declaration = !value.contains('{');
    (is_declaration && (is_hex || is_type)) || is_function
}
