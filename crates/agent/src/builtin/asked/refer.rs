//! Whom and what words refer to: names, titles, “her”, “that project”, “it”, “those”.

use contract::{Kind, PersonId, ProjectId, RecordingId};

use super::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::names::{Fit, Meant, best, fit};
use crate::builtin::record::Entity;
use crate::builtin::words::{Word, Words, is_any, name_words, number, ordinal};
use crate::world::{NamedPerson, NamedPlace};

/// Words that name nothing by themselves.
const SMALL: &str =
    "project|the|and|of|new|a|an|our|my|this|that|all|to|in|on|for|with|list|column|one|two|first|it|is|at|by";

/// First names that are words too: in lower case they are taken for the word.
const ALSO_WORDS: &str = "will|may|mark|art|bill|june|april|august|grant|rose|hope|joy|sue|pat|drew|frank|rich|jack|\
     grace|faith|dawn|summer|autumn|sky|miles|chase|wade|guy|max|ray|rob|don|gene|page|paige|price|ward|lane|hunter|mason|mat";

impl Asked<'_> {
    /// Who is meant by these words, all of them.
    pub(in crate::builtin) fn person(&self, words: &[Word]) -> Meant<PersonId> {
        let words = without(words, "the|our|a|an|colleague", "");
        let Some(first) = words.first() else { return Meant::Nothing };
        if words.len() == 1 && is_any(&first.text, "me|i|my|mine|myself") {
            return self.world.me.map_or(Meant::Nothing, Meant::One);
        }
        if words.len() == 1 && is_any(&first.text, "her|him|them|they|she|he|their|his|hers") {
            return self.last_person().map_or(Meant::Nothing, Meant::One);
        }
        let phrase = phrase(words);
        let (level, by_name) = best(&phrase, self.world.people.iter(), |person| person.name.as_str());
        // “Design” is a list before it is a part of somebody’s title.
        let is_title = phrase.iter().any(|word| names_a_role(word));
        let titled =
            |person: &&NamedPerson| is_title && fit(&phrase, &person.title).is_some_and(|fit| fit <= Fit::Whole);
        let by_title: Vec<&NamedPerson> = self.world.people.iter().filter(titled).collect();
        let so = match level {
            Some(Fit::Exact | Fit::Whole) => by_name.iter().map(|person| person.id).collect(),
            Some(Fit::Beginning | Fit::Nearly) | None => by_title.iter().map(|person| person.id).collect::<Vec<_>>(),
        };
        if let Some(person) = self.recall.person(&phrase, &so) {
            return Meant::One(person);
        }
        let found = match level {
            Some(Fit::Exact | Fit::Whole) => by_name,
            _ if !by_title.is_empty() => by_title,
            Some(Fit::Beginning | Fit::Nearly) => by_name,
            None => Vec::new(),
        };
        self.narrowed(
            found.iter().map(|person| person.id).collect(),
            |id, entity| matches!(entity, Entity::Person(chosen, _) if chosen == id),
        )
    }

    /// Who begins these words, and how many words that takes: a name, or a title after “our”.
    pub(in crate::builtin) fn person_at(&self, words: &[Word]) -> Option<(usize, Meant<PersonId>)> {
        let first = words.first().filter(|word| !word.quoted)?;
        let lead = usize::from(is_any(&first.text, "our|the|my"));
        for len in (lead + 1..=words.len().min(lead + 4)).rev() {
            let alias = words.get(lead..len)?;
            if self.recall.names_person(&phrase(alias)) {
                return Some((len, self.person(alias)));
            }
        }
        if is_any(&first.text, "our|the|my") {
            for len in (2..=words.len().min(5)).rev() {
                let title = words.get(1..len)?;
                let phrase = phrase(title);
                let titled = self
                    .world
                    .people
                    .iter()
                    .any(|person| fit(&phrase, &person.title).is_some_and(|fit| fit <= Fit::Whole));
                let is_title = phrase.len() > 1 || phrase.first().is_some_and(|word| names_a_role(word));
                if titled && is_title {
                    return Some((len, self.person(title)));
                }
            }
            return None;
        }
        for len in (1..=words.len().min(3)).rev() {
            let name = words.get(..len)?;
            let phrase = phrase(name);
            let (level, found) = best(&phrase, self.world.people.iter(), |person| person.name.as_str());
            let sure = matches!(level, Some(Fit::Exact | Fit::Whole)) && !found.is_empty();
            let word = len == 1 && is_any(&first.text, ALSO_WORDS) && !first.capital;
            if sure && !word {
                return Some((len, self.person(name)));
            }
        }
        // A possessive or capital letter makes a name with a small error recognisable.
        if first.text.chars().count() >= 4 && (first.owns || first.capital) && !is_common(&first.text) {
            let found = self.person(words.get(..1)?);
            if !found.is_nothing() {
                return Some((1, found));
            }
        }
        None
    }

    /// The same moment with nothing said before: what was said is searched for names, not for what refers back again.
    fn without_past(&self) -> Asked<'_> {
        Asked { words: Words::default(), world: self.world, recall: self.recall, past: &[], given: Vec::new() }
    }

    /// The person who was mentioned last.
    pub(in crate::builtin) fn last_person(&self) -> Option<PersonId> {
        let named = self.without_past();
        for turn in self.past.iter().rev().take(8) {
            let said = spoken(turn.said);
            let mentioned = (0..said.list().len())
                .rev()
                .find_map(|at| named.person_at(said.list().get(at..)?).and_then(|(_, meant)| meant.one()));
            if mentioned.is_some() && mentioned != self.world.me {
                return mentioned;
            }
            let linked: Vec<PersonId> = crate::builtin::record::links(turn.answer())
                .iter()
                .filter_map(|entity| match entity {
                    Entity::Person(id, _) if Some(*id) != self.world.me => Some(*id),
                    Entity::Person(..) | Entity::Item(..) | Entity::Project(..) => None,
                })
                .collect();
            if let [one] = linked.as_slice() {
                return Some(*one);
            }
        }
        self.seen().iter().find_map(|entity| match entity {
            Entity::Person(id, _) => Some(*id),
            Entity::Item(..) | Entity::Project(..) => None,
        })
    }

    /// Which project is meant by these words, all of them.
    pub(in crate::builtin) fn project(&self, words: &[Word]) -> Meant<ProjectId> {
        let bare = without(words, "the|our|a|an|my", "project|projects");
        let points = |words: &[Word]| {
            words.iter().all(|word| is_any(&word.text, "this|that|it|here|there|same|the|project|one"))
        };
        if !words.is_empty() && points(words) {
            return self.current_project().map_or(Meant::Nothing, Meant::One);
        }
        let phrase = phrase(bare);
        if phrase.iter().all(|word| is_any(word, SMALL)) {
            return Meant::Nothing;
        }
        let (level, found) = best(&phrase, self.world.projects.iter(), |project| project.name.as_str());
        let so = match level {
            Some(Fit::Exact | Fit::Whole) => found.iter().map(|project| project.id).collect(),
            Some(Fit::Beginning | Fit::Nearly) | None => Vec::new(),
        };
        if let Some(project) = self.recall.project(&phrase, &so) {
            return Meant::One(project);
        }
        self.narrowed(
            found.iter().map(|project| project.id).collect(),
            |id, entity| matches!(entity, Entity::Project(chosen, _) if chosen == id),
        )
    }

    /// The project that the person sees, or that was spoken of last.
    pub(in crate::builtin) fn current_project(&self) -> Option<ProjectId> {
        let of = |entities: &[Entity]| {
            let mut projects = entities.iter().filter_map(|entity| match entity {
                Entity::Project(id, _) => Some(*id),
                Entity::Item(..) | Entity::Person(..) => None,
            });
            projects.next().filter(|first| projects.all(|other| other == *first))
        };
        let named = self.without_past();
        of(&self.seen()).or_else(|| {
            self.past.iter().rev().take(6).find_map(|turn| {
                of(&crate::builtin::record::links(turn.answer())).or_else(|| {
                    let said = spoken(turn.said);
                    (0..said.list().len()).find_map(|at| named.project_at(said.list().get(at..)?)?.1.one())
                })
            })
        })
    }

    /// Which project begins these words after “in” or “for”: the longest name that is known.
    pub(in crate::builtin) fn project_at(&self, words: &[Word]) -> Option<(usize, Meant<ProjectId>)> {
        let lead = words.first().filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
        let named = usize::from(is_any(lead, "in|for|of|on|at|from|within|under|to|into|about|inside|across"));
        for len in (named + 1..=words.len().min(9)).rev() {
            let inside = words.get(named..len)?;
            if inside.last().is_some_and(|word| is_any(&word.text, "the|our|a|this|that")) && inside.len() == 1 {
                continue;
            }
            let called_project = inside.last().is_some_and(|word| word.text == "project");
            let found = self.project(inside);
            if found.is_nothing() {
                continue;
            }
            // Without “in” or “project”, only a whole name or a whole part of it counts.
            let phrase = phrase(without(inside, "the|our", "project"));
            let whole = self.world.projects.iter().any(|project| {
                project.name.split(':').any(|part| name_words(part) == phrase) || name_words(&project.name) == phrase
            });
            if named == 1 || called_project || whole || self.recall.names_project(&phrase) {
                return Some((len, found));
            }
        }
        None
    }

    /// The places that these words may mean, of these kinds, in this project when one is given.
    pub(in crate::builtin) fn places(
        &self,
        words: &[Word],
        project: Option<ProjectId>,
        wanted: impl Fn(Kind) -> bool,
    ) -> Vec<&NamedPlace> {
        let words = without(words, "the|our|a|my", "list|lists|column|group|board|section|to-do|to-dos");
        let phrase = phrase(words);
        if phrase.iter().all(|word| is_any(word, SMALL)) {
            return Vec::new();
        }
        let fitting =
            self.world.places.iter().filter(|place| wanted(place.kind) && project.is_none_or(|id| place.project == id));
        let (_, found) = best(&phrase, fitting, |place| place.title.as_str());
        match self.chosen(&found, |place, entity| matches!(entity, Entity::Item(id, _) if *id == place.id)).as_slice() {
            [one] => found.get(*one).into_iter().copied().collect(),
            _ => found,
        }
    }

    /// Which items “it”, “those” or “the first one” are; `None` when the words point to nothing.
    pub(in crate::builtin) fn pointed(&self, words: &[Word]) -> Option<Meant<(RecordingId, String)>> {
        let text: Vec<&str> = words.iter().filter(|word| !word.quoted).map(|word| word.text.as_str()).collect();
        if text.len() != words.len() {
            return None;
        }
        let bare: Vec<&str> = text
            .iter()
            .copied()
            .filter(|word| {
                !is_any(word, "the|of|one|ones|task|tasks|to-do|to-dos|card|cards|item|items|step|all|message|entry|document|thing|things")
            })
            .collect();
        let items = self.spoken_items();
        match bare.as_slice() {
            ["it" | "this" | "that" | "same"] => Some(self.the_item(items)),
            ["these" | "those" | "them" | "both"] => Some(Meant::Several(items)),
            [] if text.contains(&"all") && text.contains(&"of") => Some(Meant::Several(items)),
            ["first", many] | ["first", many, "these" | "those" | "them"] if number(many).is_some() => {
                let many = usize::try_from(number(many).unwrap_or(0)).unwrap_or(0);
                Some(Meant::Several(items.into_iter().take(many).collect()))
            }
            [nth] | [nth, "these" | "those" | "them"] if ordinal(nth).is_some() && text.len() <= 5 => {
                let at = match ordinal(nth) {
                    Some(-1) => items.len().checked_sub(1),
                    Some(nth) => usize::try_from(nth - 1).ok(),
                    None => None,
                };
                Some(at.and_then(|at| items.into_iter().nth(at)).map_or(Meant::Nothing, Meant::One))
            }
            _ => None,
        }
    }

    /// What “it” is: the one item that is seen, or the one that was spoken of last.
    fn the_item(&self, spoken: Vec<(RecordingId, String)>) -> Meant<(RecordingId, String)> {
        let seen = items_of(&self.seen());
        match seen.len() {
            0 => self.narrowed_items(spoken),
            _ => self.narrowed_items(seen),
        }
    }

    fn narrowed_items(&self, items: Vec<(RecordingId, String)>) -> Meant<(RecordingId, String)> {
        self.narrowed(items, |item, entity| matches!(entity, Entity::Item(id, _) if *id == item.0))
    }

    /// The items of the last answer that named any; else those that are seen.
    fn spoken_items(&self) -> Vec<(RecordingId, String)> {
        let spoken = self.linked().map(|entities| items_of(&entities)).find(|items| !items.is_empty());
        spoken.unwrap_or_else(|| items_of(&self.seen()))
    }

    fn narrowed<T>(&self, mut found: Vec<T>, is: impl Fn(&T, &Entity) -> bool) -> Meant<T> {
        if found.len() > 1
            && let [one] = self.chosen(&found, is).as_slice()
        {
            return Meant::One(found.swap_remove(*one));
        }
        Meant::of(found)
    }

    /// Asks which of several people is meant.
    pub(in crate::builtin) fn which_person(&self, ids: &[PersonId]) -> String {
        let options = ids.iter().map(|id| {
            let title = self.world.people.iter().find(|person| person.id == *id).map_or("", |person| &person.title);
            let link = compose::person(self.world, *id);
            if title.is_empty() { link } else { format!("{link} – {}", compose::plain(title)) }
        });
        followup::question(Slot::Which, "", &options.collect::<Vec<_>>())
    }

    /// Asks which of several projects is meant.
    pub(in crate::builtin) fn which_project(&self, ids: &[ProjectId]) -> String {
        let options: Vec<String> = ids.iter().map(|id| compose::project(self.world, *id)).collect();
        followup::question(Slot::Which, "", &options)
    }
}

/// The beginning of what was said before: names stand there, and a paste is no talk.
fn spoken(said: &str) -> Words {
    const LONGEST: usize = 600;
    let end = (0..=LONGEST.min(said.len())).rev().find(|end| said.is_char_boundary(*end)).unwrap_or(0);
    Words::of(said.get(..end).unwrap_or(""))
}

fn items_of(entities: &[Entity]) -> Vec<(RecordingId, String)> {
    let items = entities.iter().filter_map(|entity| match entity {
        Entity::Item(id, title) => Some((*id, title.clone())),
        Entity::Project(..) | Entity::Person(..) => None,
    });
    items.collect()
}

/// Words without these before and those behind.
pub(in crate::builtin) fn without<'w>(mut words: &'w [Word], before: &str, behind: &str) -> &'w [Word] {
    while let Some((first, rest)) = words.split_first()
        && !first.quoted
        && is_any(&first.text, before)
        && !rest.is_empty()
    {
        words = rest;
    }
    while let Some((last, rest)) = words.split_last()
        && !last.quoted
        && is_any(&last.text, behind)
        && !rest.is_empty()
    {
        words = rest;
    }
    words
}

/// The folded words of a phrase, quoted ones taken apart.
pub(in crate::builtin) fn phrase(words: &[Word]) -> Vec<String> {
    words.iter().flat_map(|word| name_words(&word.text)).collect()
}

/// Words that start many sentences, which no small typing error makes a name.
fn is_common(word: &str) -> bool {
    is_any(
        word,
        "what|who|show|list|move|give|tell|make|create|post|open|undo|redo|which|when|where|find|search|comment|complete|\
         assign|rename|remember|there|these|those|this|that|have|does|could|would|should|today|next|last|week|month|\
         monday|tuesday|wednesday|thursday|friday|saturday|sunday|march|april|june|july|august|task|tasks|team|done|late",
    )
}

/// True for a word that says what somebody is: “designer”, “developer”, “copywriter”.
pub(in crate::builtin) fn names_a_role(word: &str) -> bool {
    ["er", "or", "ist", "ian", "eer", "ant", "lead", "head", "founder", "ceo", "cto"]
        .iter()
        .any(|ending| word.ends_with(ending))
}
