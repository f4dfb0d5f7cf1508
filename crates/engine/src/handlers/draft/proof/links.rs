//! The links of a sentence, and the sentence as it is read when it is shown.

use super::Facts;

/// The sentence without its marks of Markdown and its addresses, when every link leads to where a source stands.
///
/// # Errors
/// The reason, naming the link that no source has.
pub(super) fn prove(text: &str, sources: &[&Facts]) -> Result<String, String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("](") {
        plain.push_str(before);
        let (target, after) = from.split_once(')').unwrap_or((from, ""));
        if !leads_home(target, sources) {
            return Err(nowhere(target));
        }
        rest = after;
    }
    plain.push_str(rest);
    let mut shown = String::with_capacity(plain.len());
    for part in plain.split_inclusive(char::is_whitespace) {
        let begins =
            ["http://", "https://", "www."].iter().filter_map(|begin| part.to_ascii_lowercase().find(begin)).min();
        let Some(begin) = begins else {
            shown.push_str(part);
            continue;
        };
        let (before, address) = part.split_at(begin);
        let address = address.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        if !stands(address, sources) {
            return Err(nowhere(address));
        }
        shown.push_str(before);
        shown.push(' ');
    }
    for reference in shown.split('&').skip(1).filter_map(|from| from.split_once(';')).map(|(name, _)| name) {
        let named = !reference.is_empty() && reference.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
        let written = format!("&{reference};");
        if named && !stands(&written, sources) {
            return Err(nowhere(&written));
        }
    }
    shown.retain(|letter| !matches!(letter, '*' | '`' | '~' | '[' | ']' | '\\'));
    Ok(shown)
}

/// True for a link to a source, to somebody of it or to its project, and for an address that a source has.
fn leads_home(target: &str, sources: &[&Facts]) -> bool {
    let target = target.split_whitespace().next().unwrap_or_default();
    let (kind, id) = target.split_once(':').unwrap_or((target, ""));
    let id = id.parse::<i64>();
    sources.iter().any(|facts| match (kind, &id) {
        ("item", Ok(id)) => facts.source.id.0 == *id,
        ("project", Ok(id)) => facts.source.project.0 == *id,
        ("person", Ok(id)) => facts.source.people.iter().any(|(person, _)| person.0 == *id),
        _ => false,
    }) || (!target.is_empty() && stands(target, sources))
}

fn stands(text: &str, sources: &[&Facts]) -> bool {
    sources.iter().any(|facts| facts.source.title.contains(text) || facts.source.text.contains(text))
}

fn nowhere(what: &str) -> String {
    format!("“{what}” stands in none of its sources.")
}
