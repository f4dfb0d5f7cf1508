//! The parts of a project, from words: “three lists: Design, Content and Launch”, “a list Launch containing Book the venue due
//! next Friday for Priya and Order flyers”, “columns Doing and Review”, “Priya and Tomás”. Parts that are counted and not named
//! get names by what the project is about.

use contract::PersonId;
use contract::commands::{PlannedColumn, PlannedList, PlannedTask};

use crate::builtin::asked::{Asked, without};
use crate::builtin::capabilities::create;
use crate::builtin::compose::capital;
use crate::builtin::words::{Word, is_any, name_words, number};

/// So many lists or columns are made in one go.
const MOST: usize = 20;
/// Names for lists by words of the project's name.
const PROPOSALS: [(&str, [&str; 5]); 4] = [
    ("campaign|marketing|brand|advertising|promotion", ["Planning", "Content", "Launch", "Channels", "Follow-up"]),
    ("website|site|shop|app|product|software|relaunch|redesign", ["Discovery", "Design", "Build", "Content", "Launch"]),
    (
        "fair|event|conference|party|festival|workshop|meetup|offsite|wedding",
        ["Programme", "Venue", "Guests", "Promotion", "On the day"],
    ),
    ("move|relocation|renovation|office", ["Contracts", "Set-up", "Moving day", "Old place", "Follow-up"]),
];
const USUAL: [&str; 5] = ["Preparation", "Work", "Finish", "Review", "Follow-up"];
const COLUMNS: [&str; 5] = ["To do", "In progress", "In review", "Waiting", "Ready"];

/// What goes into a project.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) people: Vec<PersonId>,
    pub(super) lists: Vec<PlannedList>,
    pub(super) columns: Vec<PlannedColumn>,
    /// Names were proposed where none were said.
    pub(super) proposed: bool,
}

/// A list or column, or several, as they are spoken of.
struct Head {
    /// Where its words begin, article and number included.
    from: usize,
    /// Where what it holds begins.
    to: usize,
    columns: bool,
    several: bool,
    count: Option<usize>,
}

/// Reads the parts.
///
/// # Errors
/// A sentence, when something of it is not understood: nothing is left out of what was asked for.
pub(super) fn parts(asked: &Asked<'_>, name: &str, words: &[Word]) -> Result<Parts, String> {
    let mut parts = Parts::default();
    if words.is_empty() {
        return Ok(parts);
    }
    let heads = heads(words);
    let before = trimmed(words.get(..heads.first().map_or(words.len(), |head| head.from)).unwrap_or(&[]));
    if !before.is_empty() {
        parts.people = match create::people(asked, before) {
            Some(people) => people?,
            None => return Err(unknown(&asked.words.written(before))),
        };
    }
    for (at, head) in heads.iter().enumerate() {
        let end = heads.get(at + 1).map_or(words.len(), |next| next.from);
        part(asked, name, head, trimmed(words.get(head.to..end).unwrap_or(&[])), &mut parts)?;
    }
    if parts.lists.len() > MOST || parts.columns.len() > MOST {
        return Err(format!("I make at most {MOST} lists and {MOST} columns in one go. Nothing was changed."));
    }
    Ok(parts)
}

/// Where lists and columns are spoken of: behind a joint, so that “Make a list of guests” stays a title.
fn heads(words: &[Word]) -> Vec<Head> {
    let text = |at: usize| words.get(at).filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
    let mut heads: Vec<Head> = Vec::new();
    for at in 0..words.len() {
        let noun = text(at);
        if !is_any(noun, "list|lists|column|columns") {
            continue;
        }
        let mut from = at;
        let mut count = None;
        while let Some(before) = from.checked_sub(1) {
            let word = text(before);
            let number = number(word).filter(|_| !is_any(word, "a|an|single"));
            if !is_any(word, "a|an|the|another|these|following|new|to-do|card|board") && number.is_none() {
                break;
            }
            count = count.or(number.and_then(|number| usize::try_from(number).ok()));
            from = before;
        }
        let joined = from.checked_sub(1).is_none_or(|before| {
            is_any(text(before), "and|with|plus") || words.get(before).is_some_and(|word| word.comma)
        });
        if joined {
            let (columns, several) = (noun.starts_with("column"), noun.ends_with('s'));
            heads.push(Head { from, to: at + 1, columns, several, count });
        }
    }
    heads
}

fn part(asked: &Asked<'_>, name: &str, head: &Head, words: &[Word], parts: &mut Parts) -> Result<(), String> {
    let words = without(words, ":|called|named|titled|like|for|of", "");
    let words = if words.len() == 1 && words.iter().all(|word| word.text == ":") { &[][..] } else { words };
    let holds = words.iter().position(|word| !word.quoted && is_any(&word.text, "containing|with|holding|including|:"));
    let (titles, tasks) = match holds.and_then(|at| words.split_at_checked(at)) {
        Some((titles, tasks)) => (titles, without(tasks.get(1..).unwrap_or(&[]), ":|to-dos|tasks|cards|the", "")),
        None => (words, &[][..]),
    };
    let many = if head.columns { "columns" } else { "lists" };
    if head.several && !tasks.is_empty() {
        let one = if head.columns { "a column" } else { "a list" };
        return Err(format!(
            "I cannot tell which of those {many} holds what. Say it for each: “{one} Launch containing Book the venue and Order \
             flyers”. Nothing was changed."
        ));
    }
    let mut named: Vec<String> = if head.several {
        joints(titles).iter().map(|title| capital(&asked.words.written(without(title, "the|a|one", "")))).collect()
    } else if titles.is_empty() {
        Vec::new()
    } else {
        vec![capital(&asked.words.written(titles))]
    };
    named.retain(|title| !title.is_empty());
    let count = head.count.unwrap_or(usize::from(!head.several));
    if named.is_empty() {
        if count == 0 {
            return Err(format!("How many {many} shall there be, or what shall they be called? Nothing was changed."));
        }
        if count > MOST {
            return Err(format!("I make at most {MOST} {many} in one go. Nothing was changed."));
        }
        parts.proposed = true;
        named = proposed(name, head.columns, count);
    } else if head.several && head.count.is_some_and(|count| count != named.len()) {
        return Err(format!(
            "You said {count} {many} and named {}. Name each of them, or none. Nothing was changed.",
            named.len()
        ));
    }
    let mut planned = planned(asked, tasks)?;
    for title in named {
        let tasks = std::mem::take(&mut planned);
        if head.columns {
            parts.columns.push(PlannedColumn { title, cards: tasks });
        } else {
            parts.lists.push(PlannedList { title, todos: tasks });
        }
    }
    Ok(())
}

/// The tasks: each may say until when and for whom it is.
fn planned(asked: &Asked<'_>, words: &[Word]) -> Result<Vec<PlannedTask>, String> {
    let mut pieces: Vec<&[Word]> = Vec::new();
    let mut start = 0;
    for piece in joints(words) {
        // “for Priya and Tomás” is one clause.
        let goes_on = pieces.last().is_some_and(|last| ends_in_people(asked, last))
            && create::people(asked, piece).is_some_and(|people| people.is_ok());
        let from = words.iter().position(|word| Some(word.at.start) == piece.first().map(|first| first.at.start));
        let end = from.map_or(words.len(), |from| from + piece.len());
        if goes_on {
            pieces.pop();
        } else {
            start = from.unwrap_or(start);
        }
        pieces.extend(words.get(start..end));
    }
    pieces.into_iter().map(|piece| create::planned(asked, piece)).collect()
}

fn ends_in_people(asked: &Asked<'_>, words: &[Word]) -> bool {
    let lead = words.iter().rposition(|word| !word.quoted && is_any(&word.text, "for|to"));
    let clause = lead.and_then(|at| words.get(at + 1..)).unwrap_or(&[]);
    create::people(asked, clause).is_some_and(|people| people.is_ok())
}

/// “a, b and c”, part by part.
fn joints(words: &[Word]) -> Vec<&[Word]> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        let and = !word.quoted && word.text == "and";
        if and || word.comma || at + 1 == words.len() {
            let end = if and { at } else { at + 1 };
            parts.extend(words.get(from..end).filter(|part| !part.is_empty()));
            from = at + 1;
        }
    }
    parts
}

/// Words without the joints at their ends.
fn trimmed(words: &[Word]) -> &[Word] {
    let is_joint = |word: &Word| !word.quoted && is_any(&word.text, "and|with|plus|also");
    let from = words.iter().position(|word| !is_joint(word)).unwrap_or(words.len());
    let to = words.iter().rposition(|word| !is_joint(word)).map_or(from, |at| at + 1);
    words.get(from..to).unwrap_or(&[])
}

fn proposed(name: &str, columns: bool, count: usize) -> Vec<String> {
    let about = name_words(name);
    let fitting = PROPOSALS.iter().find(|(words, _)| about.iter().any(|word| is_any(word, words)));
    let names = if columns { COLUMNS } else { fitting.map_or(USUAL, |(_, names)| *names) };
    let other = if columns { "Column" } else { "List" };
    (0..count)
        .map(|at| names.get(at).map_or_else(|| format!("{other} {}", at + 1), |name| (*name).to_owned()))
        .collect()
}

fn unknown(words: &str) -> String {
    format!(
        "I do not know what “{}” is in a new project. I can make lists with to-dos, columns with cards, and let people in: “with \
         lists Design and Launch”, “with a list Launch containing Book the venue due Friday for Priya”. Nothing was changed.",
        crate::builtin::compose::plain(words)
    )
}
