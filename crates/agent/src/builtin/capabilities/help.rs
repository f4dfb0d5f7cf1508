//! What needs no data: who it is, what it can do, thanks; and what is said when nothing fits.

use super::{ALL, Capability};
use crate::builtin::asked::Asked;
use crate::builtin::compose::capital;
use crate::builtin::followup;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer};
use crate::builtin::words::{is_any, name_words};
use crate::world::World;

pub(super) const TALK: Capability =
    Capability { name: "tell what I can do", examples: &["What can you do?"], writes: false, read: talk };

const WHAT_I_AM: &str = "I am the built-in assistant, not a language model: I understand a set of requests by their words, \
    look things up in what is on this machine, and ask before anything in Basecamp changes. I need no key and no network.";

fn talk<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let words = asked.words.list();
    if followup::is_refusal(asked.core()) {
        return Some(answer("All right. Nothing was changed."));
    }
    let is = |patterns: &[&'static str]| !fits(words, patterns).is_empty();
    if words.is_empty() {
        return Some(answer(greeting(asked.world)));
    }
    if is(&[
        "[hi|hello|hey] who|what are you",
        "are you [a|an] ai|gpt|chatgpt|claude|gemini|llm|human|bot|robot|person|real",
        "are you [a|an] language|ai|real|large [language] model|assistant|person|human",
        "what model|kind are|is you|this",
        "which|what model|assistant [are] [you|is] [this|it|using|running]",
        "do you need|use a|an|the key|network|internet|model|ai",
        "how do you work",
        "what is this [assistant]",
    ]) {
        return Some(answer(WHAT_I_AM));
    }
    if is(&[
        "help [me]",
        "help please",
        "what can|could you do [for] [me|us] [here]",
        "what can i|we ask|say|do [you] [here]",
        "what do you do|understand|know [how] [to] [do]",
        "what are you able to do",
        "how can you help [me]",
        "how does this work",
        "show [me] [the] commands|help|examples|capabilities",
        "give me examples|help",
        "commands",
        "examples",
        "/help",
        "how do i use you|this",
    ]) {
        return Some(answer(capabilities()));
    }
    let greets = words.iter().all(|word| {
        is_any(&word.text, "hi|hello|hey|good|morning|afternoon|evening|there|yo|greetings|hiya|assistant|everyone|day")
    });
    if greets && !words.iter().all(|word| is_any(&word.text, "assistant|everyone|there|day|good")) {
        return Some(answer(greeting(asked.world)));
    }
    let thanks = words.len() <= 8
        && words.iter().any(|word| is_any(&word.text, "thanks|thank|cheers|great|perfect|nice|lovely|brilliant|awesome|wonderful|ta"))
        && words.iter().all(|word| {
            is_any(
                &word.text,
                "thanks|thank|you|cheers|great|perfect|nice|lovely|brilliant|awesome|wonderful|ta|a|lot|so|very|much|for|that|this|the|\
                 help|your|job|work|one|okay|it|is|was|that's|well|done|many|all|good|works",
            )
        });
    if thanks {
        return Some(answer("You’re welcome."));
    }
    if words.iter().all(|word| is_any(&word.text, "okay|yes|yep|sure|fine|right|all|good|bye|goodbye|see|you"))
        && words.len() <= 4
    {
        return Some(answer("All right. Tell me what to look up or change, when you like."));
    }
    None
}

/// The first words of a conversation.
pub(in crate::builtin) fn greeting(world: &World) -> String {
    let name = world.me.and_then(|me| world.people.iter().find(|person| person.id == me));
    let first = name
        .and_then(|person| person.name.split_whitespace().next())
        .map_or(String::new(), |name| format!(", {}", crate::builtin::compose::plain(name)));
    format!(
        "Hello{first}. {WHAT_I_AM}\n\nTry “What is overdue?”, “What should I work on?” or “What changed since Friday?”, or ask what I can do."
    )
}

fn capabilities() -> String {
    let line = |capability: &Capability| {
        capability.examples.first().map(|example| format!("- {}: “{example}”", capital(capability.name)))
    };
    let reads: Vec<String> = ALL.iter().filter(|one| !one.writes).filter_map(line).collect();
    let writes: Vec<String> = ALL.iter().filter(|one| one.writes).filter_map(line).collect();
    format!(
        "{WHAT_I_AM}\n\n**I can look things up:**\n\n{}\n\n**I can change things, after you approve each:**\n\n{}",
        reads.join("\n"),
        writes.join("\n")
    )
}

/// What is said when nothing fits: the three things that are nearest by their words.
pub(in crate::builtin) fn not_understood(asked: &Asked<'_>) -> String {
    let said: Vec<String> = asked
        .words
        .list()
        .iter()
        .take(60)
        .flat_map(|word| name_words(&word.text))
        .filter(|word| !is_plain(word))
        .collect();
    let mut ranked: Vec<(usize, usize, &str)> = ALL
        .iter()
        .enumerate()
        .filter_map(|(at, capability)| {
            let example = capability
                .examples
                .iter()
                .max_by_key(|example| (shared(&said, example), std::cmp::Reverse(example.len())))?;
            let score = shared(&said, example) * 2 + shared(&said, capability.name);
            Some((score, at, *example))
        })
        .collect();
    ranked.sort_by_key(|(score, at, _)| (std::cmp::Reverse(*score), usual(*at)));
    let lines: Vec<String> = ranked.iter().take(3).map(|(_, _, example)| format!("- “{example}”")).collect();
    format!(
        "I don’t understand that. The nearest things that I can do:\n\n{}\n\nNothing was changed. Ask “What can you do?” for the rest.",
        lines.join("\n")
    )
}

/// With nothing in common, what most people ask for comes first.
fn usual(at: usize) -> usize {
    let first = [
        "find tasks by who, where, when and how they stand",
        "tell what to work on",
        "tell what changed and who did what",
    ];
    let name = ALL.get(at).map_or("", |capability| capability.name);
    first.iter().position(|one| *one == name).unwrap_or(at + first.len())
}

fn shared(said: &[String], text: &str) -> usize {
    let words = name_words(text);
    said.iter()
        .filter(|word| words.iter().any(|own| own == *word || (word.len() > 4 && own.starts_with(word.as_str()))))
        .count()
}

/// Words that are in nearly every sentence.
fn is_plain(word: &str) -> bool {
    is_any(word, "the|a|an|to|of|in|on|is|are|what|and|for|it|that|this|you|me|i|do|can|my|with|at|by|be|who|how")
}
