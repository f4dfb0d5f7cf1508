//! An item in three versions side by side, field by field.

use contract::Conflict;
use leptos::prelude::*;

use super::wording::{field_label, value_text};
use crate::parts::{Icon, kind_glyph};

/// The heads of the three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heads {
    /// What both started from.
    pub(crate) base: &'static str,
    /// What we want.
    pub(crate) mine: &'static str,
    /// What it is in Basecamp.
    pub(crate) theirs: &'static str,
}

/// For an edit that meets someone else's.
pub(crate) const EDIT: Heads = Heads { base: "Before", mine: "Yours", theirs: "Theirs, in Basecamp" };
/// For an undo that meets someone else's edit.
pub(crate) const UNDO: Heads =
    Heads { base: "When you left it", mine: "Undo would restore", theirs: "Now, in Basecamp" };

/// The three versions.
#[component]
pub(crate) fn Versions(conflict: Conflict, heads: Heads) -> impl IntoView {
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
                        <th scope="col"><span class="aside-label">"Field"</span></th>
                        <th scope="col">{heads.base}</th>
                        <th scope="col">{heads.mine}</th>
                        <th scope="col">{heads.theirs}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
