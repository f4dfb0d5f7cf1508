//! Questions that the assistant asks back, and what the person answers to them: a question is told by how it begins, so that
//! nothing needs to be kept besides the conversation itself.

use super::asked::Asked;
use super::names::{self, Fit};
use super::recall::Recall;
use super::record::{Entity, Turn, links};
use super::words::{Word, Words, is_any, name_words, number, ordinal};
use super::{dates, plan};
use crate::world::World;

/// Sorts of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    /// Which of several things that are listed.
    Which,
    /// The list, column or project.
    Place,
    /// The project.
    Project,
    /// The person.
    Person,
    /// The day.
    Day,
    /// A title or name.
    Title,
    /// A text.
    Text,
    /// The reason that a comment tells.
    Reason,
    /// The item.
    Item,
    /// The channel of a chat.
    Channel,
}

impl Slot {
    const ALL: [Self; 10] = [
        Self::Which,
        Self::Place,
        Self::Project,
        Self::Person,
        Self::Day,
        Self::Title,
        Self::Text,
        Self::Reason,
        Self::Item,
        Self::Channel,
    ];

    /// How such a question begins.
    pub(super) fn opening(self) -> &'static str {
        match self {
            Self::Which => "Which of these do you mean?",
            Self::Place => "Where should it go?",
            Self::Project => "Which project is it for?",
            Self::Person => "Who should that be?",
            Self::Day => "Which day should it be?",
            Self::Title => "What should it be called?",
            Self::Text => "What should it say?",
            Self::Reason => "Why? I need the reason for the comment.",
            Self::Item => "Which item is it about?",
            Self::Channel => "Which Slack channel should it go to?",
        }
    }

    /// The sort of question that an answer is, when it is one.
    pub(super) fn of(answer: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| answer.starts_with(slot.opening()))
    }

    fn is_text(self) -> bool {
        match self {
            Self::Title | Self::Text | Self::Reason => true,
            Self::Item | Self::Which | Self::Place | Self::Project | Self::Person | Self::Day | Self::Channel => false,
        }
    }
}

/// An answer to a question.
#[derive(Debug, Clone)]
pub(super) struct Given {
    /// To which sort of question.
    pub(super) slot: Slot,
    /// The words.
    pub(super) words: Words,
    /// What was chosen of what was listed.
    pub(super) chosen: Vec<Entity>,
}

/// So many options are listed.
const OPTIONS: usize = 8;

/// A question, with the options it lists.
pub(super) fn question(slot: Slot, detail: &str, options: &[String]) -> String {
    let mut text = slot.opening().to_owned();
    if !detail.is_empty() {
        text.push(' ');
        text.push_str(detail);
    }
    if !options.is_empty() {
        text.push_str("\n\n");
        text.push_str(&super::compose::list_of(options, OPTIONS));
    }
    text
}

/// The request that the last turn is about: its own words, or the request before that its words complete.
pub(super) fn asked<'a>(
    world: &'a World,
    recall: &'a Recall,
    turns: &'a [Turn<'a>],
    stands_alone: impl Fn(&Asked<'_>) -> bool,
) -> Option<Asked<'a>> {
    let mut at = turns.len().checked_sub(1)?;
    let mut given = Vec::new();
    while let Some(before) = at.checked_sub(1)
        && let (Some(turn), Some(question)) = (turns.get(at), turns.get(before))
        && let Some(slot) = Slot::of(question.answer())
    {
        let past = turns.get(..at).unwrap_or(&[]);
        let alone = Asked::of(turn.said, world, recall, past);
        let Some(answer) = answer(slot, question.answer(), &alone, &stands_alone) else { break };
        given.insert(0, answer);
        at = before;
    }
    let turn = turns.get(at)?;
    let past = turns.get(..at).unwrap_or(&[]);
    Some(Asked { given, ..Asked::of(turn.said, world, recall, past) })
}

/// What the words answer to a question; `None` when they are a request of their own.
fn answer(slot: Slot, question: &str, said: &Asked<'_>, stands_alone: impl Fn(&Asked<'_>) -> bool) -> Option<Given> {
    let core = said.core();
    if is_refusal(core) {
        return None;
    }
    let given = |chosen: Vec<Entity>| Some(Given { slot, words: said.words.clone(), chosen });
    if slot.is_text() {
        let opens = core.first().map_or("", |word| word.text.as_str());
        let reads = said.words.asks() || is_any(opens, "show|list|what|who|which|how|undo|open");
        return if reads && stands_alone(said) { None } else { given(Vec::new()) };
    }
    let chosen = choose(question, core);
    if !chosen.is_empty() {
        return given(chosen);
    }
    let names = match slot {
        Slot::Which => false,
        Slot::Day => dates::whole(without_lead(core), &plan::calendar(said.world), dates::Lean::Ahead).is_ok(),
        Slot::Person => !said.person(core).is_nothing(),
        Slot::Project => !said.project(without_lead(core)).is_nothing(),
        Slot::Place => {
            let place = without_lead(core);
            !said.places(place, None, |_| true).is_empty() || !said.project(place).is_nothing()
        }
        Slot::Channel => without_lead(core).len() <= 2,
        Slot::Title | Slot::Text | Slot::Reason | Slot::Item => true,
    };
    (names && !stands_alone(said)).then(|| Given { slot, words: said.words.clone(), chosen: Vec::new() })
}

/// The words of an answer without “in the”, “to”.
pub(super) fn without_lead(words: &[Word]) -> &[Word] {
    match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && is_any(&first.text, "in|to|into|on|for|under|it's") => rest,
        Some(_) | None => words,
    }
}

/// True when the person does not want to go on.
pub(super) fn is_refusal(words: &[Word]) -> bool {
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    matches!(
        text.as_slice(),
        ["no" | "cancel" | "nevermind" | "stop" | "nothing" | "none" | "neither" | "nope"]
            | ["never", "mind"]
            | ["forget", "it"]
            | ["leave", "it"]
            | ["cancel", "that" | "it"]
            | ["none", "of", "them" | "these" | "those"]
            | ["don't"]
            | ["do", "nothing"]
    )
}

/// Those of the listed options that the words choose.
fn choose(question: &str, words: &[Word]) -> Vec<Entity> {
    let lines: Vec<&str> = question.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    let options: Vec<(Entity, &str)> =
        lines.iter().filter_map(|line| links(line).into_iter().next().map(|entity| (entity, *line))).collect();
    if options.is_empty() {
        return Vec::new();
    }
    let bare: Vec<&str> = words
        .iter()
        .map(|word| word.text.trim_start_matches('#'))
        .filter(|word| {
            !is_any(word, "the|one|ones|number|no|i|mean|meant|it|is|of|them|these|those|option|please|that")
        })
        .collect();
    let nth = |at: i64| {
        let at = if at < 0 { options.len().checked_sub(1) } else { usize::try_from(at - 1).ok() };
        at.and_then(|at| options.get(at)).map(|(entity, _)| entity.clone()).into_iter().collect::<Vec<_>>()
    };
    match bare.as_slice() {
        ["both" | "all" | "each" | "every" | "everything"] => {
            return options.into_iter().map(|(entity, _)| entity).collect();
        }
        ["first", many] if number(many).is_some() => {
            let many = number(many).and_then(|many| usize::try_from(many).ok()).unwrap_or(0);
            return options.into_iter().take(many).map(|(entity, _)| entity).collect();
        }
        [nth_word] if ordinal(nth_word).is_some() => return nth(ordinal(nth_word).unwrap_or(0)),
        [digits] if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() => {
            return digits.parse().map(nth).unwrap_or_default();
        }
        [] if words.len() == 1 && words.iter().any(|word| word.text == "one") => return nth(1),
        _ => {}
    }
    let phrase: Vec<String> = bare
        .iter()
        .filter(|word| !is_any(word, "in|for|project|list|from|on"))
        .flat_map(|word| name_words(word))
        .collect();
    let (level, by_name) = names::best(&phrase, options.iter(), |(entity, _)| entity.name());
    if let ([one], Some(Fit::Exact | Fit::Whole | Fit::Beginning | Fit::Nearly)) = (by_name.as_slice(), level) {
        return vec![one.0.clone()];
    }
    let (_, by_line) = names::best(&phrase, options.iter(), |(_, line)| *line);
    match by_line.as_slice() {
        [one] => vec![one.0.clone()],
        _ => Vec::new(),
    }
}
