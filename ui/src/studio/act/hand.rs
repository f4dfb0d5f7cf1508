//! Steps in the hand of the keyboard, and dropping them, whoever carries.

use flow::{Index, Place, Spot};
use leptos::prelude::*;

use super::look::{fit, zoom};
use crate::say;
use crate::studio::choice::{may_drop, next_target};
use crate::studio::edits;
use crate::studio::keys::{Action, Arrow, along};
use crate::studio::scene::{Carry, drop_words};
use crate::studio::state::Studio;

pub(super) fn act_carrying(studio: Studio, action: Action) -> bool {
    if let Action::Walk(arrow) | Action::Extend(arrow) | Action::Nudge(arrow) = action {
        let on = matches!(along(arrow, studio.orientation.get_untracked()), Arrow::Down | Arrow::Right);
        carry_on(studio, on);
    } else if action == Action::Open {
        drop_carried(studio);
    } else if action == Action::Leave {
        studio.carry.set(None);
        studio.say(say::studio::put_back());
    } else if matches!(action, Action::ZoomIn | Action::ZoomOut | Action::ZoomOne) {
        zoom(studio, action);
    } else if action == Action::Fit {
        fit(studio, None);
    } else {
        studio.say(say::studio::in_hand());
    }
    true
}

pub(super) fn begin_carry(studio: Studio) {
    let names = studio.meant();
    if names.is_empty() {
        return studio.say(say::studio::choose_to_move());
    }
    studio.carry.set(Some(Carry { names, target: None, is_copy: false }));
    carry_on(studio, true);
}

pub(super) fn carry_on(studio: Studio, on: bool) {
    let Some(carry) = studio.carry.get_untracked() else { return };
    let next = studio.with_shown(|flow| {
        let index = Index::of(flow);
        studio.drawn.with_untracked(|drawn| {
            let words = |place: Place| (drop_words(&index, &place), place);
            next_target(&drawn.layout, &index, &carry.names, carry.is_copy, carry.target.as_ref(), on).map(words)
        })
    });
    let Some((words, place)) = next else {
        studio.carry.set(None);
        return studio.say(say::studio::no_other_place());
    };
    if let Some(rect) = studio.rect_of(&Spot::Plus(place.clone())) {
        studio.reveal_rect(rect);
    }
    studio.carry.set(Some(Carry { target: Some(place), ..carry }));
    studio.say(say::studio::drop_here(words));
}

/// Drops what is in the hand where it would go.
pub(in crate::studio) fn drop_carried(studio: Studio) {
    let Some(Carry { names, target: Some(place), is_copy }) = studio.carry.get_untracked() else {
        studio.carry.set(None);
        return;
    };
    studio.carry.set(None);
    let edit = studio.with_shown(|flow| {
        if is_copy {
            return edits::copied(flow, &names).and_then(|text| edits::paste_at(flow, &text, &place));
        }
        if !may_drop(&Index::of(flow), &names, false, &place) {
            return Err(say::studio::not_inside_itself().to_owned());
        }
        edits::carry(flow, &names, &place)
    });
    if studio.edit(edit) {
        studio.reveal();
    }
}
