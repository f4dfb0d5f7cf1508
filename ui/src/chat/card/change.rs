//! Changes, a line each: the item, and every field as it was and as it will be.

use contract::ChangeView;
use leptos::prelude::*;

use crate::chat::markdown::shown;
use crate::history::fields::{Fields, Length};
use crate::parts::{Chip, Icon, Tone, kind_glyph};
use crate::say;
use crate::state::Drawer;

/// So many changes are shown before one asks for the rest.
const FIRST: usize = 4;
/// So many characters of a value are shown before one asks for the rest.
const BRIEF: usize = 90;

/// Changes.
#[component]
pub(crate) fn Changes(
    /// The changes.
    changes: Vec<ChangeView>,
    /// Nothing is folded.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let all = RwSignal::new(whole);
    let long = changes
        .iter()
        .flat_map(|change| &change.fields)
        .any(|field| field.after.chars().count() > BRIEF || field.before.chars().count() > BRIEF);
    let count = changes.len();
    let folds = !whole && (count > FIRST || long);
    let changes = StoredValue::new(changes);
    let lines = move || {
        let (most, length) = if all.get() { (usize::MAX, Length::Whole) } else { (FIRST, Length::Cut(BRIEF)) };
        changes.with_value(|changes| {
            changes.iter().take(most).map(|change| view! { <Change change=change.clone() length/> }).collect_view()
        })
    };
    view! {
        <div class="diff">{lines}</div>
        {folds.then(|| view! {
            <button type="button" class="chat-more" aria-expanded=move || if all.get() { "true" } else { "false" }
                on:click=move |_| all.update(|all| *all = !*all)>
                {move || match (all.get(), count.saturating_sub(FIRST)) {
                    (true, _) => say::chat::show_less().to_owned(),
                    (false, 0) => say::chat::show_all().to_owned(),
                    (false, more) => say::chat::show_more(more),
                }}
            </button>
        })}
    }
}

#[component]
fn Change(change: ChangeView, length: Length) -> impl IntoView {
    let drawer = Drawer::expect();
    let created = change.created;
    let (id, title) = (change.item, shown(&change.title).into_owned());
    // What does not exist yet cannot be opened.
    let name = if created {
        view! { <span class="diff-item"><Icon glyph=kind_glyph(change.kind)/><span class="cut">{title}</span></span> }
            .into_any()
    } else {
        view! {
            <button type="button" class="diff-item" tabindex="-1" title=say::chat::open_it() on:click=move |_| drawer.open(id)>
                <Icon glyph=kind_glyph(change.kind)/><span class="cut">{title}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="diff-line">
            {name}
            {created.then(|| view! { <Chip tone=Tone::Good>{say::chat::created()}</Chip> })}
            <Fields fields=change.fields created length/>
        </div>
    }
}
