//! Automations and their runs in answers. What is written of them is escaped: names are others' words.

use contract::FlowId;
use contract::commands::{FlowOutline, FlowProposed, OutlineStep};

use crate::builtin::compose::{clip, list_of, plain};

/// So many steps and problems are told.
const STEPS: usize = 20;
const PROBLEMS: usize = 6;

/// A link to an automation.
pub(super) fn link(id: FlowId, name: &str) -> String {
    format!("[{}](flow:{id})", plain(&clip(name, 80)))
}

/// What was proposed, and what is left to do.
pub(super) fn proposed(proposed: &FlowProposed) -> String {
    let outline = &proposed.outline;
    let link = link(proposed.id, &outline.name);
    let begin = match (proposed.created, outline.waiting) {
        (true, _) => format!("I drew up {link}. It waits on its canvas for your yes; nothing runs yet."),
        (false, true) => format!("The change of {link} waits on its canvas for your yes."),
        (false, false) => return format!("{link} is like that already. Nothing was changed."),
    };
    let mut text = vec![begin, steps(outline)];
    text.extend(removed(outline));
    text.extend(problems(outline, "Before it can run"));
    text.push("Say “Test it” to try it on sample data first.".to_owned());
    text.join("\n\n")
}

/// The steps, numbered by lines.
pub(super) fn steps(outline: &FlowOutline) -> String {
    let lines: Vec<String> = outline.steps.iter().map(|one| step(one, outline)).collect();
    list_of(&lines, STEPS)
}

fn step(step: &OutlineStep, outline: &FlowOutline) -> String {
    let mut line = format!("**{}**", plain(&step.label));
    let shown = step.fields.iter().filter(|(name, value)| name.as_str() != "auth" && value.as_str() != "true").take(3);
    let field = |(name, value): (&String, &String)| {
        // A branch is called as a person named it.
        let name = if step.action == "router" { name.clone() } else { words_of(name) };
        format!("{} {}", plain(&name), plain(&clip(&value_words(value, outline), 60)))
    };
    let fields: Vec<String> = shown.map(field).collect();
    if !fields.is_empty() {
        line.push_str(&format!(" – {}", fields.join(" · ")));
    }
    if let Some((_, branch)) = step.within.split_once('/') {
        line.push_str(&format!(" (in {})", plain(branch)));
    }
    if step.skipped {
        line.push_str(" (skipped)");
    }
    line
}

/// A field's name as words: “user id” of `userId`.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        match letter {
            '_' | '-' => words.push(' '),
            _ if letter.is_uppercase() && before.is_lowercase() => {
                words.push(' ');
                words.extend(letter.to_lowercase());
            }
            _ => words.push(letter),
        }
        before = letter;
    }
    words
}

/// A value as a person reads it: a list by its items, and what is brought by a step by the step's name, as the chips of the
/// form say it.
fn value_words(value: &str, outline: &FlowOutline) -> String {
    let items = serde_json::from_str::<Vec<serde_json::Value>>(value).ok();
    let item = |item: serde_json::Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
    let value = match items {
        Some(items) => items.into_iter().map(item).collect::<Vec<_>>().join(", "),
        None => value.to_owned(),
    };
    let mut words = String::new();
    let mut rest = value.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        words.push_str(before);
        // What was cut in the middle of an expression ends with it.
        let (inner, left) = after.split_once("}}").unwrap_or((after, ""));
        words.push_str(&format!("‹{}›", reference_words(inner.trim(), outline)));
        rest = left;
    }
    words.push_str(rest);
    words
}

/// `Fetch · total` of `step_1['output']['total']`; what is no reference alone stays as it is.
fn reference_words(inner: &str, outline: &FlowOutline) -> String {
    let end = inner.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(inner.len());
    let (root, path) = inner.split_at(end);
    let Some(step) = outline.steps.iter().find(|step| step.name == root) else { return inner.to_owned() };
    let mut keys = path.split(['[', ']', '.', '\'', '"']).filter(|key| !key.is_empty() && *key != "…").peekable();
    if keys.peek().is_some_and(|key| *key == "output") {
        keys.next();
    }
    let mut words = step.label.clone();
    for key in keys {
        words.push_str(" · ");
        words.push_str(&words_of(key));
    }
    words
}

fn removed(outline: &FlowOutline) -> Option<String> {
    let names: Vec<String> = outline.removed.iter().map(|name| format!("“{}”", plain(name))).collect();
    (!names.is_empty()).then(|| format!("Gone: {}.", names.join(", ")))
}

/// What keeps it from running.
pub(super) fn problems(outline: &FlowOutline, when: &str) -> Option<String> {
    let lines: Vec<String> = outline.problems.iter().map(|problem| plain(problem)).collect();
    (!lines.is_empty()).then(|| format!("{when}:\n\n{}", list_of(&lines, PROBLEMS)))
}

#[cfg(test)]
mod tests;
