//! The assistant's settings: its models, what it may do unasked, and what it remembers.

mod approvals;
mod connect;
mod grants;
mod memories;
mod memory_row;
mod model_form;
mod model_row;
mod model_words;
mod models;
mod permissions;
mod remembered;
mod sent;
mod tools;

pub(super) use memories::MemoriesPart;
pub(crate) use models::ModelsList;
pub(super) use models::ModelsPart;
pub(super) use permissions::PermissionsPart;
pub(super) use sent::SentPart;

use leptos::html;
use leptos::prelude::*;

use crate::parts::focus_first;

/// Hands the keyboard on from a row that goes away: to the next one, or the one before it; to the heading where there is none.
/// Where the keyboard is elsewhere by then, it stays there.
fn hand_on(row: NodeRef<html::Div>, section: super::Section) {
    let Some(row) = row.try_get_untracked().flatten() else { return };
    let active = document().active_element();
    if active.is_some_and(|active| active.tag_name() != "BODY" && !row.contains(Some(&active))) {
        return;
    }
    match row.next_element_sibling().or_else(|| row.previous_element_sibling()) {
        Some(beside) => focus_first(&beside),
        None => section.go(),
    }
}
