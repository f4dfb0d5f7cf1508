//! What a person typed into the palette: words, and filters such as `in:website`, `@anna`, `type:card`. Knows no page.

use contract::{Kind, PersonId, ProjectId};

use super::rank::{fold, ranked};
use crate::say;

/// One filter, settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Only in this project.
    In(ProjectId, String),
    /// Only by or for this person.
    By(PersonId, String),
    /// Only this sort of thing.
    Type(Sort),
}

impl Filter {
    /// What its chip says.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::In(_, name) => say::palette::in_project(name),
            Self::By(_, name) => say::palette::by_person(name),
            Self::Type(sort) => sort.plural().to_owned(),
        }
    }
    /// True when both narrow the same thing, so that only one of them can hold.
    pub(crate) fn rivals(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A sort of thing that one can search for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// To-dos and their lists.
    Todo,
    /// Cards and steps.
    Card,
    /// Messages.
    Message,
    /// Comments.
    Comment,
    /// Documents and folders.
    Document,
    /// Uploads.
    File,
    /// Schedule entries.
    Event,
    /// Check-in questions and answers.
    Checkin,
    /// Chat lines.
    Chat,
}

impl Sort {
    /// Every sort.
    pub(crate) const ALL: [Self; 9] = [
        Self::Todo,
        Self::Card,
        Self::Message,
        Self::Comment,
        Self::Document,
        Self::File,
        Self::Event,
        Self::Checkin,
        Self::Chat,
    ];

    /// The word after `type:`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Card => "card",
            Self::Message => "message",
            Self::Comment => "comment",
            Self::Document => "document",
            Self::File => "file",
            Self::Event => "event",
            Self::Checkin => "checkin",
            Self::Chat => "chat",
        }
    }
    /// Its name for people.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Todo => say::palette::todos(),
            Self::Card => say::palette::cards(),
            Self::Message => say::palette::messages(),
            Self::Comment => say::palette::comments(),
            Self::Document => say::palette::documents(),
            Self::File => say::palette::files(),
            Self::Event => say::palette::schedule(),
            Self::Checkin => say::palette::checkins(),
            Self::Chat => say::palette::chat(),
        }
    }
    /// The kinds that it means.
    pub(crate) fn kinds(self) -> Vec<Kind> {
        match self {
            Self::Todo => vec![Kind::Todo, Kind::TodoList, Kind::TodoGroup],
            Self::Card => vec![Kind::Card, Kind::Step],
            Self::Message => vec![Kind::Message],
            Self::Comment => vec![Kind::Comment],
            Self::Document => vec![Kind::Document, Kind::Vault],
            Self::File => vec![Kind::Upload],
            Self::Event => vec![Kind::ScheduleEntry],
            Self::Checkin => vec![Kind::Question, Kind::Answer],
            Self::Chat => vec![Kind::ChatLine],
        }
    }
}

/// A filter that is being typed: the last word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// What it narrows.
    pub(crate) facet: Facet,
    /// What was typed after the colon.
    pub(crate) value: String,
    /// The text before it, words only.
    pub(crate) before: String,
}

/// What a filter narrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facet {
    /// The project.
    In,
    /// The person.
    By,
    /// The sort of thing.
    Type,
}

/// The filter at the end of the text, if one is being typed. A quoted value may hold spaces: `in:"spring campaign`.
pub(crate) fn draft(text: &str) -> Option<Draft> {
    let starts = [("in:", Facet::In), ("by:", Facet::By), ("@", Facet::By), ("type:", Facet::Type)];
    let lower = text.to_ascii_lowercase();
    let (at, mark, facet) = starts
        .iter()
        .filter_map(|(mark, facet)| {
            let at = lower.rfind(mark)?;
            let opens_word = text.get(..at).is_some_and(|head| head.is_empty() || head.ends_with(char::is_whitespace));
            opens_word.then_some((at, *mark, *facet))
        })
        .max_by_key(|(at, _, _)| *at)?;
    let value = text.get(at + mark.len()..)?;
    let (value, quoted) = value.strip_prefix('"').map_or((value, false), |rest| (rest, true));
    let closed = if quoted { value.contains('"') } else { value.contains(char::is_whitespace) };
    if closed {
        return None;
    }
    Some(Draft { facet, value: value.to_owned(), before: text.get(..at)?.trim_end().to_owned() })
}

/// What a draft can become: the filter and how well it fits, best first, at most eight.
pub(crate) fn offers(draft: &Draft, projects: &[(ProjectId, String)], people: &[(PersonId, String)]) -> Vec<Filter> {
    let filters: Vec<Filter> = match draft.facet {
        Facet::In => projects.iter().map(|(id, name)| Filter::In(*id, name.clone())).collect(),
        Facet::By => people.iter().map(|(id, name)| Filter::By(*id, name.clone())).collect(),
        Facet::Type => Sort::ALL.into_iter().map(Filter::Type).collect(),
    };
    let name = |filter: &Filter| match filter {
        Filter::In(_, name) | Filter::By(_, name) => name.clone(),
        Filter::Type(sort) => format!("{} {}", sort.word(), sort.plural()),
    };
    ranked(&draft.value, filters, name).into_iter().map(|(_, filter)| filter).take(8).collect()
}

/// Filters whose last word was ended with a space: those become chips at once, with what is left of the text. A value that
/// fits nothing stays in the text as words.
pub(crate) fn settle(
    text: &str,
    projects: &[(ProjectId, String)],
    people: &[(PersonId, String)],
) -> Option<(Filter, String)> {
    let body = text.strip_suffix([' ', '"'])?;
    let unfinished = draft(body)?;
    if unfinished.value.is_empty() {
        return None;
    }
    let filter = offers(&unfinished, projects, people).into_iter().next()?;
    let rest = if unfinished.before.is_empty() { String::new() } else { format!("{} ", unfinished.before) };
    Some((filter, rest))
}

/// A piece of a snippet: text, and whether the searched words are in it.
pub(crate) type Piece = (String, bool);

/// A snippet's pieces. `[` and `]` stand around the words; brackets that pair with nothing are shown as they are.
pub(crate) fn pieces(snippet: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = snippet;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((marked, behind)) = after.split_once(']') else { break };
        if !before.is_empty() {
            pieces.push((before.to_owned(), false));
        }
        if !marked.is_empty() {
            pieces.push((marked.to_owned(), true));
        }
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push((rest.to_owned(), false));
    }
    pieces
}

/// True when two names are the same to a reader.
pub(crate) fn same(one: &str, other: &str) -> bool {
    fold(one.trim()) == fold(other.trim())
}

#[cfg(test)]
mod tests;
