//! What is to be remembered, and what is.

use contract::Memory;
use contract::commands::Remember;

use super::Capability;
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Next, Plan, answer, sorry};

pub(super) const REMEMBER: Capability = Capability {
    name: "remember something",
    examples: &["Remember that our sprint starts on Wednesday"],
    writes: true,
    read: remember,
};
pub(super) const LIST: Capability =
    Capability { name: "tell what I remember", examples: &["What do you remember?"], writes: false, read: list };

/// The longest memory, in characters.
const LONGEST: usize = 500;

fn remember<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "remember|memorise|memorize that|: {text}",
        "remember this|the following : {text}",
        "remember {text}",
        "keep in mind that|: {text}",
        "bear in mind that|: {text}",
        "note|take note that|: {text}",
        "make a note that|: {text}",
        "don't forget that {text}",
        "remember",
    ];
    let fits = fits(asked.core(), patterns);
    let gaps = fits.first()?;
    let text = match (asked.answer(Slot::Text), gaps.get("text")) {
        (Some(given), []) => given.words.written_from(given.words.list()),
        (None, []) => return Some(answer(followup::question(Slot::Text, "Tell me what I should remember.", &[]))),
        (_, text) => asked.words.written_from(text),
    };
    if text.chars().count() > LONGEST {
        return Some(answer(format!(
            "That is longer than a memory can be: {LONGEST} characters at most. Nothing was changed."
        )));
    }
    let text = text.trim_end_matches(['.', '!']).to_owned();
    Some(Box::new(move |scene| match scene.only(0) {
        None => Next::one("I’ll write that down.", &Remember { text: text.clone() }),
        Some(done) => Next::Say(match done.reply::<Memory>() {
            Some(memory) if memory.pending => {
                format!(
                    "Written down: “{}”. It waits until you keep it, among the memories in the settings.",
                    compose::plain(&memory.text)
                )
            }
            Some(memory) => format!("I’ll remember: “{}”.", compose::plain(&memory.text)),
            None => sorry(done).replace("look that up", "write that down").replace("look-up", "memory"),
        }),
    }))
}

fn list<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "what do|can you remember|know [about] [me|us]",
        "what have you remembered",
        "show|list [me] [your|the|my|all] memories|memory",
        "what is|are in|your your memory|memories",
        "what did i tell|ask you to remember",
        "do you remember anything|something [about] [me|us]",
    ];
    if fits(asked.core(), patterns).is_empty() {
        return None;
    }
    let memories = &asked.world.memories;
    if memories.is_empty() {
        return Some(answer("I remember nothing yet that you kept. Say “Remember that …” to change that."));
    }
    for memory in memories {
        asked.recall.uses(memory.id);
    }
    let lines: Vec<String> = memories.iter().map(|memory| compose::plain(&memory.text)).collect();
    let number = compose::count(lines.len(), "thing", "things");
    Some(answer(format!("I remember **{number}**:\n\n{}", compose::list(&lines))))
}
