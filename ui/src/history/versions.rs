//! An item in three versions side by side, field by field.

use contract::Conflict;
use leptos::prelude::*;

use super::wording::{field_label, value_text};
use crate::parts::{Icon, kind_glyph};
use crate::say::{self, Phrase};

/// The heads of the three columns.
#[derive(Debug)]
pub(crate) struct Heads {
    /// What both started from.
    pub(crate) base: Phrase,
    /// What we want.
    pub(crate) mine: Phrase,
    /// What it is in Basecamp.
    pub(crate) theirs: Phrase,
}

/// For an edit that meets someone else's.
pub(crate) static EDIT: Heads =
    Heads { base: say::history::before, mine: say::history::yours, theirs: say::history::theirs };
/// For an undo that meets someone else's edit.
pub(crate) static UNDO: Heads =
    Heads { base: say::history::when_left, mine: say::history::would_restore, theirs: say::history::now };

/// The three versions.
#[component]
pub(crate) fn Versions(conflict: Conflict, heads: &'static Heads) -> impl IntoView {
    let rows = conflict
        .fields
        .into_iter()
        .map(|way| {
            let text = |value: &str| value_text(&way.field, value);
            view! {
                <tr>
                    <th scope="row">{field_label(&way.field)}</th>
                    <td>{text(&way.base)}</td>
                    <td class="version-mine">{text(&way.mine)}</td>
                    <td class="version-theirs">{text(&way.theirs)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="versions">
            <p class="versions-title"><Icon glyph=kind_glyph(conflict.kind)/><span class="cut">{conflict.title}</span></p>
            <table>
                <thead>
                    <tr>
                        <th scope="col"><span class="aside-label">{say::history::field()}</span></th>
                        <th scope="col">{(heads.base)()}</th>
                        <th scope="col">{(heads.mine)()}</th>
                        <th scope="col">{(heads.theirs)()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
