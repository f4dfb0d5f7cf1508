//! Searching everything by words.

use contract::commands::Search;
use contract::{Found, Hit};

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer, look_up};
use crate::world::World;

pub(super) const SEARCH: Capability = Capability {
    name: "search everything by words",
    examples: &["Search for cookie notice", "Find everything about hosting"],
    writes: false,
    read,
};

fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "search|look|find [everything|anything|all|something] for|about|mentioning|on|with|containing {text}",
        "search {text}",
        "find {text}",
        "where is|are|can i|we|did find {text}",
        "where is|are|was {text}",
        "what do we know|have about|on {text}",
        "who mentioned|said|wrote {text}",
        "search",
    ];
    let all = fits(asked.core(), patterns);
    let gaps = all.first()?;
    let mut words = gaps.get("text");
    let mut project = None;
    for at in 1..words.len() {
        let (Some(head), Some(tail)) = (words.get(..at), words.get(at..)) else { continue };
        let leads =
            tail.first().is_some_and(|word| !word.quoted && crate::builtin::words::is_any(&word.text, "in|within"));
        if leads
            && let Some((len, meant)) = asked.project_at(tail)
            && len == tail.len()
        {
            match meant {
                Meant::One(found) => project = Some(found),
                Meant::Several(several) => return Some(answer(asked.which_project(&several))),
                Meant::Nothing => continue,
            }
            words = head;
            break;
        }
    }
    let words =
        crate::builtin::asked::without(words, "the|a|an|for|word|words|everything|anything|about|mentioning|me", "");
    let text = match (words, asked.answer(Slot::Text)) {
        ([], Some(given)) => given.words.written(given.words.list()),
        ([], None) => return Some(answer(followup::question(Slot::Text, "Tell me the words to search for.", &[]))),
        (words, _) => asked.words.written(words),
    };
    let input =
        Search { query: text.clone(), project, person: None, kinds: Vec::new(), put_away: false, limit: Some(30) };
    let world = asked.world;
    Some(look_up(format!("I’ll search for “{}”.", compose::plain(&text)), input, move |_, found: Found| {
        told(&found, &text, world)
    }))
}

fn told(found: &Found, text: &str, world: &World) -> String {
    let text = compose::plain(text);
    if found.hits.is_empty() {
        return format!("Nothing holds the words “{text}”.");
    }
    let lines: Vec<String> = found
        .hits
        .iter()
        .map(|hit| match hit {
            Hit::Item { row, .. } => {
                let title = if row.title.is_empty() { &row.excerpt } else { &row.title };
                let done = if row.completed { ", done" } else { "" };
                format!(
                    "{} – {}{done} in {}",
                    compose::item(row.id, title),
                    compose::kind_name(row.kind),
                    compose::project(world, row.project)
                )
            }
            Hit::Project { id, name } => format!("[{}](project:{id}) – project", compose::plain(name)),
            Hit::Person { id, name } => format!("[{}](person:{id}) – person", compose::plain(name)),
        })
        .collect();
    let corrected = if found.corrected.is_empty() {
        String::new()
    } else {
        format!("Nothing holds “{text}”, so this is for “{}”. ", compose::plain(&found.corrected))
    };
    let total = usize::try_from(found.total).unwrap_or(lines.len()).max(lines.len());
    let least = if total >= 1000 { "at least " } else { "" };
    let shown: Vec<String> = lines.into_iter().take(compose::SHOWN).collect();
    let more = if total > shown.len() {
        format!("\n- … and {} more", compose::grouped(total - shown.len()))
    } else {
        String::new()
    };
    format!(
        "{corrected}{least}**{}** for “{text}”, best first:\n\n{}{more}",
        compose::count(total, "result", "results"),
        compose::list(&shown)
    )
}
