//! Where an item goes: a list or group for a to-do, a column for a card, in the item's own project.

use contract::{Kind, RecordingId};

use super::act::{Act, No};
use super::{change, why};
use crate::builtin::asked::Asked;
use crate::builtin::compose;
use crate::builtin::followup::{self, Slot};
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer};
use crate::builtin::target::{Piece, Sort, Task};
use crate::builtin::words::Words;
use crate::world::{NamedPlace, World};

const MOVES: &[&str] = &[
    "move|put|shift|push|transfer|drag|send|bring|take {item} to|into|onto|in|under {to}",
    "move|transfer|drag {item}",
];

pub(super) fn read<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let (words, reason) = why::split(asked, asked.core());
    let fits = fits(words, MOVES);
    let known = fits.iter().find(|gaps| !asked.places(gaps.get("to"), None, is_place).is_empty());
    let gaps = known.or_else(|| fits.iter().find(|gaps| gaps.has("to"))).or_else(|| fits.first())?;
    let to = match asked.answer(Slot::Place) {
        Some(given) => place_words(&given.words),
        None if gaps.has("to") => Words::of(&asked.words.written(gaps.get("to"))),
        None => return Some(answer(followup::question(Slot::Place, "", &[]))),
    };
    if asked.places(to.list(), None, is_place).is_empty() {
        let named = compose::plain(&to.written(to.list()));
        let told = format!("I know no list, group or column called “{named}”, and no such day.");
        return Some(answer(followup::question(Slot::Place, &told, &[])));
    }
    match reason {
        Ok(comment) => Some(change(asked, gaps.get("item"), Act::Move(to), comment, Sort::Open)),
        Err(question) => Some(answer(question)),
    }
}

/// The words of a place that was answered.
fn place_words(words: &Words) -> Words {
    let bare = followup::without_lead(words.list());
    Words::of(&words.written(bare))
}

/// True for what a task can be moved into.
pub(super) fn is_place(kind: Kind) -> bool {
    kind.is_column() || matches!(kind, Kind::TodoSet | Kind::TodoList | Kind::TodoGroup)
}

/// Where an item goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Into {
    List(RecordingId),
    Column(RecordingId),
}

/// The place that these words mean for this item.
pub(super) fn of(words: &Words, piece: &Piece, world: &World, asked: &Asked<'_>) -> Result<Into, No> {
    let card = match piece.task() {
        Some(Task::Card) => true,
        Some(Task::Todo) => false,
        Some(Task::Step) | None => {
            let kind = compose::kind_name(piece.kind);
            return Err(No::Note(format!("{} is a {kind}, which I cannot move.", piece.link())));
        }
    };
    let fitting = |kind: Kind| is_place(kind) && kind.is_column() == card;
    let found = asked.places(words.list(), Some(piece.project), fitting);
    let place = match found.as_slice() {
        [one] => *one,
        [] => {
            let kind = if card { "column" } else { "list or group" };
            let named = compose::plain(&words.written(words.list()));
            let project = compose::project(world, piece.project);
            return Err(No::Note(format!("{project} has no {kind} called “{named}” for {}.", piece.link())));
        }
        several => {
            let same_board: Vec<&&NamedPlace> = several
                .iter()
                .filter(|place| board(piece, world).is_some() && place.parent == board(piece, world))
                .collect();
            match same_board.as_slice() {
                [one] => **one,
                _ => return Err(No::Ask(followup::question(Slot::Which, "", &options(several, world)))),
            }
        }
    };
    if piece.parent == Some(place.id) {
        return Err(No::Note(format!("{} is in {} already.", piece.link(), compose::item(place.id, &place.title))));
    }
    Ok(if card { Into::Column(place.id) } else { Into::List(place.id) })
}

/// Places as options of a question: each with what holds it.
pub(in crate::builtin::capabilities) fn options(places: &[&NamedPlace], world: &World) -> Vec<String> {
    let option = |place: &&NamedPlace| {
        let parent = place.parent.and_then(|id| world.places.iter().find(|other| other.id == id));
        let within = parent.map_or(String::new(), |parent| format!(" in “{}”", compose::plain(&parent.title)));
        format!("{}{within}, {}", compose::item(place.id, &place.title), compose::project(world, place.project))
    };
    places.iter().map(option).collect()
}

/// The board that a card is on.
fn board(piece: &Piece, world: &World) -> Option<RecordingId> {
    let column = world.places.iter().find(|place| Some(place.id) == piece.parent)?;
    // An on-hold section is held by its column.
    if column.kind == Kind::OnHoldColumn {
        return world.places.iter().find(|place| Some(place.id) == column.parent)?.parent;
    }
    column.parent
}

/// The done column of the board that a card is on.
pub(super) fn done_column(piece: &Piece, world: &World) -> Option<RecordingId> {
    let of_project =
        || world.places.iter().filter(|place| place.kind == Kind::DoneColumn && place.project == piece.project);
    let own = board(piece, world);
    of_project().find(|place| own.is_some() && place.parent == own).map(|place| place.id).or_else(|| {
        let mut all = of_project();
        all.next().filter(|_| all.next().is_none()).map(|place| place.id)
    })
}

/// The column that a reopened card goes to: the one that was answered.
pub(super) fn reopened(piece: &Piece, world: &World, asked: &Asked<'_>) -> Result<RecordingId, No> {
    if let Some(given) = asked.answer(Slot::Place) {
        let words = place_words(&given.words);
        if let Into::Column(column) = of(&words, piece, world, asked)? {
            return Ok(column);
        }
    }
    let open = |place: &&NamedPlace| {
        place.project == piece.project && place.kind.is_column() && place.kind != Kind::DoneColumn
    };
    let columns: Vec<&NamedPlace> = world.places.iter().filter(open).collect();
    Err(No::Ask(followup::question(Slot::Place, "Into which column?", &options(&columns, world))))
}
