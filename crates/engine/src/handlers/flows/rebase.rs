//! What waits for a yes, carried over to a draft that was edited under it: accepting it must not take that edit back unseen.
//!
//! Pure.

use contract::PendingFlow;
use flow::diff::{Choice, diff, three_way};
use flow::{Document, Flow, Op};

use super::super::words::plain;
use super::drafts::{read_document, text_of};

/// Longer names of steps are cut, in characters.
const NAME: usize = 60;
/// So many steps are named.
const NAMED: usize = 3;

/// What still waits after the draft went from `before` to `after`; `None` when all of it is there by now.
///
/// What the edit and the proposal did to the same step is the edit's. Where the two cannot stand together, or nothing of the
/// proposal would be left, the proposal stays as it was and says so.
pub(super) fn rebased(pending: PendingFlow, before: &Flow, after: &Flow) -> Option<PendingFlow> {
    let wanted = read_document(&pending.document).ok()?;
    let (base, ours, theirs) = (before.document(), after.document(), wanted.document());
    if diff(&ours, &theirs).is_empty() {
        return None;
    }
    let both = three_way(&base, &ours, &theirs);
    let clash = named(&both.conflicts, &theirs);
    let merged = match both.accept(&ours, &theirs) {
        Ok(Op::ImportFlow { document }) => *document,
        Ok(_) | Err(_) => return Some(PendingFlow { note: apart(), ..pending }),
    };
    if diff(&ours, &merged).is_empty() {
        // Nothing is left because the edit did the same, or because it did something else with all of it.
        return (!clash.is_empty()).then(|| PendingFlow { note: apart(), ..pending });
    }
    let note = if clash.is_empty() { pending.note } else { gave_way(&clash) };
    let mut carried = wanted;
    carried.replace_document(merged);
    let document = text_of(&carried).ok()?;
    Some(PendingFlow { document, note, ..pending })
}

fn apart() -> String {
    "The draft was edited meanwhile, and the proposal does something else with the same steps. Accepting it takes that edit \
     back. Accept it step by step, or reject it and ask anew."
        .to_owned()
}

fn gave_way(clash: &[String]) -> String {
    let more = clash.len().saturating_sub(NAMED);
    let mut names = clash.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 {
        names.push_str(&format!(" and {more} more"));
    }
    format!(
        "The draft was edited meanwhile. What was proposed for {names} gave way to that edit; the rest waits. Ask again for \
         what is missing."
    )
}

/// What a choice is about, as people call it.
fn named(choice: &Choice, document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    let parts = [(choice.display_name, "the name"), (choice.trigger, "the trigger"), (choice.schema, "the format")];
    names.extend(parts.into_iter().filter(|(is, _)| *is).map(|(_, words)| words.to_owned()));
    names.extend(choice.steps.iter().map(|name| {
        let step = document.steps.walk().find(|step| step.step.name == *name);
        format!("“{}”", plain(step.map_or(name.as_str(), |step| step.step.display_name.as_str()), NAME))
    }));
    if !choice.notes.is_empty() {
        names.push("notes".to_owned());
    }
    names
}

#[cfg(test)]
mod tests;
