//! What is drawn on the canvas, and what has to change on the page when that is another: a rename touches one card, a pan
//! touches nothing. Knows no page.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use flow::layout::{Card, Corners, EdgeKind, Layout, Point, Rect};
use flow::{At, Execution, Flow, Index, Kind, Place, Slot, Spot, Step, TriggerKind};

use super::choice::may_drop;
use super::offers::{Face, PieceOffer, face, plain_words};
use super::outline::branch_words;
use super::pending::{Pending, badge, badge_words};
use crate::parts::Glyph;
use crate::say;

/// How far a step has come in the run on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Its turn has not come.
    Waiting,
    /// It is at work.
    Running,
    /// It waits for somebody or for a time.
    Paused,
    /// It went well.
    Succeeded,
    /// It went wrong.
    Failed,
    /// It was passed over.
    Skipped,
}

impl RunState {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => say::studio::run_waiting(),
            Self::Running => say::studio::run_running(),
            Self::Paused => say::studio::run_paused(),
            Self::Succeeded => say::studio::run_succeeded(),
            Self::Failed => say::studio::run_failed(),
            Self::Skipped => say::studio::is_skipped(),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Waiting => "run-waiting",
            Self::Running => "run-running",
            Self::Paused => "run-paused",
            Self::Succeeded => "run-succeeded",
            Self::Failed => "run-failed",
            Self::Skipped => "run-skipped",
        }
    }
}

/// A step in the run on show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRun {
    /// How far it has come.
    pub state: RunState,
    /// A few words beside it: how long it took, how often it ran.
    pub note: String,
}

/// How many things are wrong with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Problems {
    /// They keep it from running.
    pub errors: usize,
    /// They may.
    pub warnings: usize,
}

/// Steps in the hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Carry {
    /// Which, in the order of the page.
    pub names: Vec<String>,
    /// Where they would go.
    pub target: Option<Place>,
    /// Whether copies are dropped, and they themselves stay.
    pub is_copy: bool,
}

/// What the scene is made from.
pub struct Told<'a> {
    /// The flow on show.
    pub flow: &'a Flow,
    /// Where everything is.
    pub layout: &'a Layout,
    /// The chosen steps.
    pub chosen: &'a BTreeSet<String>,
    /// Where the keyboard is.
    pub focus: Option<&'a Spot>,
    /// What is wrong, by step.
    pub problems: &'a HashMap<String, Problems>,
    /// The run on show, by step.
    pub runs: &'a HashMap<String, StepRun>,
    /// Steps with a test result.
    pub tested: &'a HashSet<String>,
    /// Changes that wait.
    pub pending: Option<&'a Pending>,
    /// Steps in the hand.
    pub carry: Option<&'a Carry>,
    /// Steps that were found.
    pub found: &'a HashSet<String>,
    /// The pieces, for their names.
    pub pieces: &'a [PieceOffer],
}

/// What tells one thing on the canvas from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A step, or the trigger.
    Card(Arc<str>),
    /// A `+`.
    Plus(Arc<str>, At),
    /// The name of a branch.
    Label(Arc<str>, Slot),
    /// A line.
    Line(EdgeKind, Arc<str>, Option<Slot>),
    /// Where the flow ends.
    End,
}

/// A thing on the canvas.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Which.
    pub key: Key,
    /// Its upper left corner.
    pub at: Point,
    /// How it looks.
    pub look: Look,
}

/// How a thing looks.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// A step.
    Card(Box<CardLook>),
    /// A place for one, and what it is for whoever cannot see it. `is_barred` while it is no place for what is in the hand.
    Plus { is_large: bool, is_target: bool, is_barred: bool, is_focus: bool, said: String },
    /// The name of a branch.
    Label { text: String, class: &'static str },
    /// A line.
    Line { points: Corners, class: &'static str },
    /// The end.
    End,
}

/// How a step looks.
#[derive(Debug, Clone, PartialEq)]
pub struct CardLook {
    /// Its picture.
    pub face: Face,
    /// What people call it.
    pub name: String,
    /// What it does.
    pub about: String,
    /// The number that people call it by.
    pub number: usize,
    /// Words of the stylesheet.
    pub class: String,
    /// In the corner: what would become of it, or how far the run has come.
    pub badge: String,
    /// How many things are wrong with it; 0 for none.
    pub problems: usize,
    /// How many steps it hides; `None` where nothing can be collapsed.
    pub fold: Option<usize>,
    /// Everything in a sentence.
    pub said: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// Everything that is drawn near what is in sight.
#[must_use]
pub fn scene(told: &Told<'_>, near: Rect) -> Vec<Mark> {
    let index = Index::of(told.flow);
    let mut marks = Vec::with_capacity(256);
    for edge in &told.layout.edges {
        let Some((first, rest)) = edge.points.split_first() else { continue };
        let one = |point: &Point| Rect { x: point.x - 1.0, y: point.y - 1.0, width: 2.0, height: 2.0 };
        let around = rest.iter().fold(one(first), |all, point| all.union(&one(point)));
        if !around.overlaps(&near) {
            continue;
        }
        let class = match (edge.kind, edge.slot) {
            (EdgeKind::Back, _) => "wire back",
            (_, Some(Slot::OnFailure)) => "wire failure",
            _ => "wire",
        };
        marks.push(Mark {
            key: Key::Line(edge.kind, Arc::clone(&edge.step), edge.slot),
            at: Point::default(),
            look: Look::Line { points: edge.points, class },
        });
        if edge.kind == EdgeKind::End
            && let Some(at) = rest.last()
        {
            marks.push(Mark { key: Key::End, at: *at, look: Look::End });
        }
    }
    for label in told.layout.labels.iter().filter(|label| label.rect.overlaps(&near)) {
        let class = match label.slot {
            Slot::OnSuccess => "branch good",
            Slot::OnFailure => "branch bad",
            Slot::Body | Slot::Branch(_) => "branch",
        };
        let text = index.step(&label.step).map_or_else(|| label.text.clone(), |step| branch_words(step, label.slot));
        marks.push(Mark {
            key: Key::Label(Arc::clone(&label.step), label.slot),
            at: Point { x: label.rect.x, y: label.rect.y },
            look: Look::Label { text, class },
        });
    }
    for plus in told.layout.pluses.iter().filter(|plus| plus.rect.overlaps(&near)) {
        let place = plus.place();
        let carry = told.carry;
        let is_focus = matches!(told.focus, Some(Spot::Plus(focus)) if *focus == place);
        marks.push(Mark {
            at: Point { x: plus.rect.x, y: plus.rect.y },
            look: Look::Plus {
                is_large: plus.is_large,
                is_target: carry.is_some_and(|carry| carry.target.as_ref() == Some(&place)),
                is_barred: carry.is_some_and(|carry| !may_drop(&index, &carry.names, carry.is_copy, &place)),
                is_focus,
                said: place_words(&index, &place),
            },
            key: Key::Plus(Arc::clone(&plus.step), plus.at),
        });
    }
    for card in told.layout.visible(near) {
        let look = card_look(told, &index, card);
        marks.push(Mark {
            key: Key::Card(Arc::clone(&card.name)),
            at: Point { x: card.rect.x, y: card.rect.y },
            look: Look::Card(Box::new(look)),
        });
    }
    marks
}

/// Where a place is, for whoever cannot see it.
#[must_use]
pub fn place_words(index: &Index<'_>, place: &Place) -> String {
    match (index.step(&place.parent), place.at) {
        (Some(step), At::In(slot)) => {
            say::studio::AddFirstIn { branch: branch_words(step, slot), step: &step.display_name }.text()
        }
        (Some(step), At::After) => say::studio::add_after(&step.display_name),
        (None, At::After | At::In(_)) => say::studio::add_after_trigger().to_owned(),
    }
}

/// What a drop there is.
#[must_use]
pub fn drop_words(index: &Index<'_>, place: &Place) -> String {
    match (index.step(&place.parent), place.at) {
        (Some(step), At::In(slot)) => {
            say::studio::DropFirstIn { branch: branch_words(step, slot), step: &step.display_name }.text()
        }
        (Some(step), At::After) => say::studio::drop_after(&step.display_name),
        (None, At::After | At::In(_)) => say::studio::drop_after_trigger().to_owned(),
    }
}

fn card_look(told: &Told<'_>, index: &Index<'_>, card: &Card) -> CardLook {
    let name = &*card.name;
    let step = index.step(name);
    let problems = told.problems.get(name).copied().unwrap_or_default();
    let run = told.runs.get(name);
    let change = told.pending.and_then(|pending| badge(pending, name));
    let is_chosen = told.chosen.contains(name);
    let is_skipped = step.is_some_and(Step::is_skipped);
    let mut class = String::from("step");
    let mut mark = |is: bool, word: &str| {
        if is {
            class.push(' ');
            class.push_str(word);
        }
    };
    mark(step.is_none(), "trigger");
    mark(is_chosen, "chosen");
    mark(matches!(told.focus, Some(Spot::Card(focus)) if focus == name), "focus");
    mark(is_skipped, "skipped");
    mark(told.found.contains(name), "match");
    mark(card.hidden.is_some(), "folded");
    mark(told.carry.is_some_and(|carry| !carry.is_copy && carry.names.iter().any(|carried| carried == name)), "lifted");
    mark(problems.errors > 0, "wrong");
    if let Some(change) = change {
        mark(true, "waits");
        mark(true, change);
    }
    if let Some(run) = run {
        mark(true, run.state.class());
    }
    mark(run.is_none() && told.tested.contains(name), "tested");
    let display_name = step.map_or(&told.flow.trigger.display_name, |step| &step.display_name);
    let shown = if display_name.is_empty() { name } else { display_name };
    let (face, about) = step.map_or_else(|| trigger_words(told), |step| step_words(told.pieces, step));
    let badge = match (change, run) {
        (Some(change), _) => badge_words(change).to_owned(),
        (None, Some(run)) if !run.note.is_empty() => run.note.clone(),
        (None, Some(run)) if matches!(run.state, RunState::Failed | RunState::Paused | RunState::Running) => {
            run.state.word().to_owned()
        }
        (None, Some(_) | None) => String::new(),
    };
    let number = card.number.to_string();
    let mut said = [&number, ". ", shown, ". ", &about].concat();
    let mut add = |words: &str| {
        said.push_str(". ");
        said.push_str(words);
    };
    if is_skipped {
        add(say::studio::skipped());
    }
    let count = problems.errors + problems.warnings;
    if count > 0 {
        add(&say::studio::problems(count));
    }
    if let Some(run) = run {
        add(&[run.state.word(), " ", &run.note].concat());
    }
    if let Some(change) = change {
        add(&say::studio::waits_for_you(badge_words(change)));
    }
    if let Some(hidden) = card.hidden {
        add(&say::studio::collapsed(hidden));
    }
    let fold = card.hidden.or_else(|| step.is_some_and(Step::holds_steps).then_some(0));
    let name = shown.to_owned();
    CardLook { face, name, about, number: card.number, class, badge, problems: count, fold, said, is_chosen }
}

fn trigger_words(told: &Told<'_>) -> (Face, String) {
    match &told.flow.trigger.kind {
        TriggerKind::Piece(call) => {
            let known = told.pieces.iter().find(|piece| piece.name == call.piece);
            let title = known.map_or("", |piece| &piece.title);
            let operation = known.and_then(|piece| piece.triggers.iter().find(|one| one.name == call.operation));
            (face(&call.piece, title), call_words(known, operation.map(|one| one.title.as_str()), call))
        }
        TriggerKind::Empty => (Face::Glyph(Glyph::Zap), say::studio::choose_start().to_owned()),
        TriggerKind::Other(kind) => (Face::Glyph(Glyph::CircleHelp), say::studio::unknown(kind)),
    }
}

fn step_words(pieces: &[PieceOffer], step: &Step) -> (Face, String) {
    let (glyph, words) = match &step.kind {
        Kind::Piece(piece) => {
            let call = &piece.call;
            let known = pieces.iter().find(|piece| piece.name == call.piece);
            let title = known.map_or("", |piece| &piece.title);
            let operation = known.and_then(|piece| piece.actions.iter().find(|one| one.name == call.operation));
            return (face(&call.piece, title), call_words(known, operation.map(|one| one.title.as_str()), call));
        }
        Kind::Code(_) => (Glyph::Braces, say::studio::code().to_owned()),
        Kind::Loop(_) => (Glyph::Repeat, say::studio::once_each().to_owned()),
        Kind::Router(router) => {
            let words = match router.execution {
                Some(Execution::FirstMatch) => say::studio::first_match(),
                Some(Execution::AllMatches) => say::studio::all_matches(),
                None => say::studio::no_match_rule(),
            };
            (Glyph::Split, words.to_owned())
        }
        Kind::Other(other) => (Glyph::CircleHelp, say::studio::unknown(&other.kind)),
    };
    (Face::Glyph(glyph), words)
}

fn call_words(known: Option<&PieceOffer>, operation: Option<&str>, call: &flow::PieceCall) -> String {
    match (known, operation) {
        (Some(piece), Some(operation)) => [&piece.title, ", ", operation].concat(),
        (Some(piece), None) if call.operation.is_empty() => piece.title.clone(),
        _ => plain_words(&call.piece, &call.operation),
    }
}

/// What has to be done on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change<'m> {
    /// A thing comes.
    Make(&'m Mark),
    /// It is elsewhere.
    Move(&'m Mark),
    /// It looks different; it may be elsewhere too. First as it was, then as it is.
    Patch(&'m Mark, &'m Mark),
    /// It goes.
    Drop(&'m Key),
}

/// From what is on the page to what should be. What is alike is left alone.
#[must_use]
pub fn changes<'m>(shown: &'m HashMap<Key, Mark>, wanted: &'m [Mark]) -> Vec<Change<'m>> {
    let mut changes = Vec::new();
    let mut kept = 0;
    for mark in wanted {
        match shown.get(&mark.key) {
            None => changes.push(Change::Make(mark)),
            Some(old) => {
                kept += 1;
                if old.look != mark.look {
                    changes.push(Change::Patch(old, mark));
                } else if old.at != mark.at {
                    changes.push(Change::Move(mark));
                }
            }
        }
    }
    if kept < shown.len() {
        let wanted: HashSet<&Key> = wanted.iter().map(|mark| &mark.key).collect();
        changes.extend(shown.keys().filter(|key| !wanted.contains(key)).map(Change::Drop));
    }
    changes
}

/// A place as the value of an attribute.
#[must_use]
pub fn place_mark(step: &str, at: At) -> String {
    let number;
    let slot = match at {
        At::After => "after",
        At::In(Slot::Body) => "body",
        At::In(Slot::OnSuccess) => "success",
        At::In(Slot::OnFailure) => "failure",
        At::In(Slot::Branch(n)) => {
            number = n.to_string();
            &number
        }
    };
    [step, " ", slot].concat()
}

/// The place that an attribute tells of.
#[must_use]
pub fn place_of(mark: &str) -> Option<Place> {
    let (step, slot) = mark.split_once(' ')?;
    let at = match slot {
        "after" => At::After,
        "body" => At::In(Slot::Body),
        "success" => At::In(Slot::OnSuccess),
        "failure" => At::In(Slot::OnFailure),
        number => At::In(Slot::Branch(number.parse().ok()?)),
    };
    Some(Place { parent: step.to_owned(), at })
}

#[cfg(test)]
mod tests;
