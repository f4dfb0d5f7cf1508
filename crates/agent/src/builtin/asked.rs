//! A request with all that its words may refer to: what the person sees, what was said before, and the answers to what the
//! assistant asked back.

mod refer;

pub(super) use refer::{names_a_role, phrase, without};

use contract::Seen;

use super::followup::{Given, Slot};
use super::plan::calendar;
use super::recall::Recall;
use super::record::{Entity, Turn};
use super::words::{Word, Words, is_any};
use super::{dates::Calendar, record};
use crate::world::World;

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    /// Its words.
    pub(super) words: Words,
    /// What is true right now.
    pub(super) world: &'a World,
    /// What is remembered.
    pub(super) recall: &'a Recall,
    /// The turns before it, oldest first.
    pub(super) past: &'a [Turn<'a>],
    /// What the person answered to the questions about it, oldest first.
    pub(super) given: Vec<Given>,
}

impl<'a> Asked<'a> {
    /// A request without any answers.
    pub(super) fn of(text: &str, world: &'a World, recall: &'a Recall, past: &'a [Turn<'a>]) -> Self {
        Self { words: Words::of(text), world, recall, past, given: Vec::new() }
    }

    /// The words without greetings and politeness around them.
    pub(super) fn core(&self) -> &[Word] {
        trimmed(self.words.list())
    }

    /// True when it asks something: such a request never changes anything.
    pub(super) fn is_question(&self) -> bool {
        let first = self.core().first().map_or("", |word| word.text.as_str());
        let polite = self.words.list().len() > self.core().len();
        is_any(
            first,
            "what|who|whom|whose|which|how|when|where|why|is|are|am|was|were|do|does|did|has|have|had|should|will|what're",
        ) || (self.words.asks() && !polite)
    }

    /// The calendar of the person.
    pub(super) fn calendar(&self) -> Calendar {
        calendar(self.world)
    }

    /// What was answered to a question of this sort.
    pub(super) fn answer(&self, slot: Slot) -> Option<&Given> {
        self.given.iter().rev().find(|given| given.slot == slot)
    }

    /// Those of the candidates that the person chose when asked.
    pub(super) fn chosen<T>(&self, candidates: &[T], is: impl Fn(&T, &Entity) -> bool) -> Vec<usize> {
        let chosen: Vec<&Entity> = self.given.iter().flat_map(|given| &given.chosen).collect();
        candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| chosen.iter().any(|entity| is(candidate, entity)))
            .map(|(at, _)| at)
            .collect()
    }

    /// What the person sees as entities, projects and items and people; screens left out.
    pub(super) fn seen(&self) -> Vec<Entity> {
        let entities = self.world.seeing.iter().filter_map(|seen| match seen {
            Seen::Screen { .. } | Seen::Flow { .. } => None,
            Seen::Project { id, name } => Some(Entity::Project(*id, name.clone())),
            Seen::Item { id, title } => Some(Entity::Item(*id, title.clone())),
            Seen::Person { id, name } => Some(Entity::Person(*id, name.clone())),
        });
        entities.collect()
    }

    /// What the answers before led to, newest answer first, in the order of each answer.
    pub(super) fn linked(&self) -> impl Iterator<Item = Vec<Entity>> {
        self.past.iter().rev().take(6).map(|turn| record::links(turn.answer()))
    }
}

/// Takes greetings and politeness off both ends.
pub(super) fn trimmed(mut words: &[Word]) -> &[Word] {
    const OPENINGS: [&str; 28] = [
        "hey there",
        "hello there",
        "good morning",
        "good afternoon",
        "good evening",
        "can you please",
        "could you please",
        "would you please",
        "will you please",
        "can you",
        "could you",
        "would you mind",
        "would you",
        "will you",
        "can i",
        "i would like you to",
        "i'd like you to",
        "i want you to",
        "i need you to",
        "i would like to",
        "i'd like to",
        "i want to",
        "i need to",
        "go ahead and",
        "please just",
        "let us",
        "tell me please",
        "for me",
    ];
    const FIRST: &str =
        "please|hey|hi|hello|okay|so|well|now|then|also|just|assistant|kindly|quickly|and|but|thanks|great|let|us";
    const LAST: &str = "please|thanks|now|then|too|thank|you|pls|right|away";
    loop {
        let before = words.len();
        for opening in OPENINGS {
            let len = opening.split(' ').count();
            let same =
                words.len() > len && opening.split(' ').zip(words).all(|(one, word)| !word.quoted && word.text == one);
            if same {
                words = words.get(len..).unwrap_or(&[]);
            }
        }
        if words.len() > 1 && words.first().is_some_and(|word| !word.quoted && is_any(&word.text, FIRST)) {
            words = words.get(1..).unwrap_or(&[]);
        }
        if words.len() > 2 && words.last().is_some_and(|word| !word.quoted && is_any(&word.text, LAST)) {
            words = words.get(..words.len() - 1).unwrap_or(&[]);
        }
        if words.len() == before {
            return words;
        }
    }
}
