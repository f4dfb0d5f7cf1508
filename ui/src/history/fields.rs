//! The fields of a change: each as it was and as it is, or will be.

use contract::FieldChange;
use leptos::prelude::*;

use super::wording::{apart, clip, field_label, tells};
use crate::chat::shown;
use crate::parts::{Glyph, Icon};

/// How much of a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// So many characters.
    Cut(usize),
    /// As much as the history shows.
    Usual,
    /// All of it.
    Whole,
}

/// The fields that say something; of what was added only what it is.
#[component]
pub(crate) fn Fields(fields: Vec<FieldChange>, created: bool, length: Length) -> impl IntoView {
    let moved = fields.iter().any(|field| field.field == "parent");
    let values = |field: &FieldChange| {
        let (before, after) = match length {
            Length::Cut(_) | Length::Usual => apart(&field.field, &field.before, &field.after),
            Length::Whole => (field.before.clone(), field.after.clone()),
        };
        let cut = |text: &str| {
            let text = shown(text);
            if let Length::Cut(most) = length { clip(&text, most) } else { text.into_owned() }
        };
        (cut(&before), cut(&after))
    };
    let fields = fields
        .iter()
        .filter(|field| tells(field, created, moved))
        .map(|field| {
            let (before, after) = values(field);
            view! {
                <span class="change-field">
                    <small>{field_label(&field.field)}</small>
                    {(!created).then(|| view! { <s>{before}</s> <Icon glyph=Glyph::ArrowRight/> })}
                    <span>{after}</span>
                </span>
            }
        })
        .collect_view();
    view! { <span class="change-fields">{fields}</span> }
}
