//! Notes and branches: what else than steps is added and moved.

use flow::layout::{CARD_HEIGHT, CARD_WIDTH, Point};
use flow::{Note, Place, Position, Size, Slot, Spot};
use leptos::prelude::*;

use crate::say;
use crate::studio::edits::{self, BranchDeed};
use crate::studio::notes;
use crate::studio::state::{About, Overlay, Studio};

pub(super) fn add_note(studio: Studio) {
    const WIDTH: f64 = 220.0;
    const HEIGHT: f64 = 140.0;
    let (size, view) = (studio.size.get_untracked(), studio.viewport.get_untracked());
    let beside = studio.focus.with_untracked(|spot| spot.as_ref().and_then(|spot| studio.rect_of(spot)));
    let sight = view.sight(size);
    let at = match beside.filter(|rect| rect.overlaps(&sight)) {
        Some(rect) => Point { x: rect.x + CARD_WIDTH + 40.0, y: rect.y - (HEIGHT - CARD_HEIGHT) / 2.0 },
        None => Point { x: sight.middle().x - WIDTH / 2.0, y: sight.middle().y - HEIGHT / 2.0 },
    };
    let id = studio.with_shown(notes::free_id);
    let note = Note {
        id: id.clone(),
        color: "yellow".to_owned(),
        position: Position { x: at.x.round(), y: at.y.round() },
        size: Size { width: WIDTH, height: HEIGHT },
        ..Note::default()
    };
    if studio.edit(Ok((say::studio::do_note().to_owned(), vec![flow::Op::AddNote { note: Box::new(note), at: None }])))
    {
        studio.note.set(Some(id.clone()));
        studio.overlay.set(Some(Overlay::Rename(About::Note(id))));
    }
}

pub(super) fn branch_here(studio: Studio) -> Option<(String, usize)> {
    let spot = studio.focus.get_untracked()?;
    studio.with_shown(|flow| edits::branch_of(flow, &spot))
}

pub(super) fn branch(studio: Studio, deed: BranchDeed) {
    let Some((name, index)) = branch_here(studio) else { return studio.say(say::studio::no_branch_here()) };
    let edit = studio.with_shown(|flow| edits::branch(flow, &name, index, deed));
    if !studio.edit(edit) {
        return;
    }
    let label = studio.said.get_untracked();
    let to = match deed {
        BranchDeed::Add | BranchDeed::Duplicate | BranchDeed::On => index + 1,
        BranchDeed::Back => index.saturating_sub(1),
        BranchDeed::Delete => return studio.go(Spot::Card(name)),
    };
    let slot = Slot::Branch(to);
    let spot = studio.with_shown(|flow| {
        let first = flow.step(&name).and_then(|step| step.chain(slot)).and_then(|chain| chain.first());
        first.map_or_else(|| Spot::Plus(Place::inside(&name, slot)), |step| Spot::Card(step.name.clone()))
    });
    studio.go(spot);
    studio.say(label);
}
