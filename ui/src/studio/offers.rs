//! What can be added to a flow: the kinds that are always there, and what the pieces do. Knows no page and fetches nothing.

use flow::piece::PieceMetadata;
use flow::{PieceCall, Step, Trigger};

use super::edits::{Plain, plain};
use crate::palette::rank::score;
use crate::parts::Glyph;
use crate::say::{self, Phrase};

/// A piece as the canvas knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PieceOffer {
    /// Such as `@activepieces/piece-http`.
    pub name: String,
    /// Such as `0.11.9`.
    pub version: String,
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// What it does.
    pub actions: Vec<OperationOffer>,
    /// What it waits for.
    pub triggers: Vec<OperationOffer>,
}

/// An action or a trigger of a piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationOffer {
    /// What steps call it by.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it does.
    pub about: String,
}

impl From<&PieceMetadata> for PieceOffer {
    fn from(piece: &PieceMetadata) -> Self {
        let offer = |operation: &flow::piece::Operation| OperationOffer {
            name: operation.name.clone(),
            title: operation.display_name.clone(),
            about: operation.description.clone(),
        };
        Self {
            name: piece.name.clone(),
            version: piece.version.clone(),
            title: piece.display_name.clone(),
            about: piece.description.clone(),
            actions: piece.actions.iter().map(|(_, operation)| offer(operation)).collect(),
            triggers: piece.triggers.iter().map(|(_, operation)| offer(operation)).collect(),
        }
    }
}

/// What a choice in the palette makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    /// A kind that is always there.
    Plain(Plain),
    /// What a piece does, by the numbers of both; of a piece that says nothing of what it does, the piece itself.
    Operation(usize, Option<usize>),
}

/// A line of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it makes.
    pub make: Make,
    /// What people call it.
    pub title: String,
    /// What it does.
    pub about: String,
    /// Whose it is.
    pub group: String,
    /// Its picture.
    pub face: Face,
}

/// The picture of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// An icon.
    Glyph(Glyph),
    /// The first letter of the piece.
    Letter(char),
}

/// At most so many lines are drawn.
const MOST: usize = 80;

const PLAIN: [(Plain, Phrase, Phrase, Glyph); 3] = [
    (Plain::Code, say::studio::code, say::studio::code_about, Glyph::Braces),
    (Plain::Loop, say::studio::for_each, say::studio::for_each_about, Glyph::Repeat),
    (Plain::Router, say::studio::router, say::studio::router_about, Glyph::Split),
];

/// What fits the words, the best first; with no words, everything in its order.
#[must_use]
pub fn search(offers: &[PieceOffer], words: &str, triggers: bool) -> Vec<Line> {
    let mut found: Vec<(u32, Line)> = Vec::new();
    if !triggers {
        for (kind, title, about, glyph) in PLAIN {
            let (title, about) = (title(), about());
            let fit = score(words, title).max(score(words, about).map(|fit| fit / 4));
            if let Some(fit) = fit {
                let line = Line {
                    make: Make::Plain(kind),
                    title: title.to_owned(),
                    about: about.to_owned(),
                    group: say::studio::flow().to_owned(),
                    face: Face::Glyph(glyph),
                };
                found.push((fit, line));
            }
        }
    }
    for (number, piece) in offers.iter().enumerate() {
        let operations = if triggers { &piece.triggers } else { &piece.actions };
        let face = face(&piece.name, &piece.title);
        let of_piece = score(words, &piece.title);
        let line = |at: Option<usize>, title: &str, about: &str| Line {
            make: Make::Operation(number, at),
            title: title.to_owned(),
            about: about.to_owned(),
            group: piece.title.clone(),
            face,
        };
        for (at, operation) in operations.iter().enumerate() {
            let whole = [&piece.title, " ", &operation.title].concat();
            let fit = score(words, &operation.title)
                .max(score(words, &whole))
                .max(of_piece)
                .max(score(words, &operation.about).map(|fit| fit / 4));
            if let Some(fit) = fit {
                found.push((fit, line(Some(at), &operation.title, &operation.about)));
            }
        }
        if piece.actions.is_empty()
            && piece.triggers.is_empty()
            && let Some(fit) = of_piece.max(score(words, &piece.about).map(|fit| fit / 4))
        {
            found.push((fit, line(None, &piece.title, &piece.about)));
        }
    }
    // Equals keep their order, so that a piece's own stay together.
    found.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    found.into_iter().map(|(_, line)| line).take(MOST).collect()
}

fn call(offers: &[PieceOffer], piece: usize, at: Option<usize>, triggers: bool) -> Option<(PieceCall, String)> {
    let piece = offers.get(piece)?;
    let operations = if triggers { &piece.triggers } else { &piece.actions };
    let operation = at.and_then(|at| operations.get(at));
    let call = PieceCall {
        piece: piece.name.clone(),
        version: piece.version.clone(),
        operation: operation.map(|operation| operation.name.clone()).unwrap_or_default(),
        ..PieceCall::default()
    };
    Some((call, operation.map_or(&piece.title, |operation| &operation.title).clone()))
}

/// The step that a line makes; its name is given when it is added.
#[must_use]
pub fn step(offers: &[PieceOffer], make: Make) -> Option<Step> {
    match make {
        Make::Plain(kind) => Some(plain(kind)),
        Make::Operation(piece, at) => {
            let (call, title) = call(offers, piece, at, false)?;
            Some(Step::piece("", title, call))
        }
    }
}

/// The trigger that a line makes.
#[must_use]
pub fn trigger(offers: &[PieceOffer], make: Make) -> Option<Trigger> {
    match make {
        Make::Plain(_) => None,
        Make::Operation(piece, at) => {
            let (call, title) = call(offers, piece, at, true)?;
            Some(Trigger::piece(title, call))
        }
    }
}

/// The picture of a piece.
#[must_use]
pub fn face(name: &str, title: &str) -> Face {
    let short = name.rsplit("piece-").next().unwrap_or(name);
    let glyph = match short {
        "slack" | "discord" | "microsoft-teams" => Glyph::Hash,
        "http" => Glyph::Cloud,
        "webhook" => Glyph::Link,
        "schedule" | "interval" => Glyph::Clock,
        "delay" => Glyph::Timer,
        "approval" => Glyph::ShieldCheck,
        "smtp" | "gmail" | "imap" | "mail" | "email" => Glyph::Send,
        "basecamp" => Glyph::ListTodo,
        "tables" | "store" => Glyph::Database,
        "openai" | "ai" | "claude" | "agent" => Glyph::Sparkles,
        "google-sheets" | "csv" => Glyph::Columns3,
        "manual" | "manual-trigger" => Glyph::Hand,
        "form" | "forms" => Glyph::SquarePen,
        "notification" | "notify" => Glyph::MessageCircle,
        "subflows" | "flow" => Glyph::GitBranch,
        "data" | "data-mapper" | "text" | "number" => Glyph::Layers,
        _ => return letter(if title.is_empty() { short } else { title }),
    };
    Face::Glyph(glyph)
}

fn letter(title: &str) -> Face {
    let first = title.chars().find(|letter| letter.is_alphanumeric());
    first.map_or(Face::Glyph(Glyph::Plug), |letter| Face::Letter(letter.to_uppercase().next().unwrap_or(letter)))
}

/// What people call an operation whose piece is not known here: from the names of both.
#[must_use]
pub fn plain_words(piece: &str, operation: &str) -> String {
    let short = piece.rsplit("piece-").next().unwrap_or(piece);
    let mut words = String::with_capacity(short.len() + operation.len() + 2);
    for (at, letter) in short.chars().enumerate() {
        match letter {
            '-' | '_' => words.push(' '),
            letter if at == 0 => words.extend(letter.to_uppercase()),
            letter => words.push(letter),
        }
    }
    if !operation.is_empty() {
        words.push_str(", ");
        words.extend(operation.chars().map(|letter| if matches!(letter, '-' | '_') { ' ' } else { letter }));
    }
    words
}

#[cfg(test)]
mod tests;
