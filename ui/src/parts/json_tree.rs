//! JSON text as a tree that is opened level by level. It knows nothing of what the values mean.

mod lines;

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::lines::{Key, Line, Shows, Step, Tree, cut, path, step};
use super::{Each, Glyph, Icon, IconButton, Show};
use crate::say;
use crate::state::{Toasts, effect, memo};

/// More of what is no JSON than this is not shown, in characters.
const PLAIN: usize = 20_000;

/// Tells the trees of a page from each other.
static TREES: AtomicU32 = AtomicU32::new(0);

/// A JSON text as a tree. Arrows move and open, Home and End go to the ends, `c` copies the value and `p` the path to it. What
/// is no JSON, such as the beginning of a longer text, is shown as it is.
#[component]
pub fn JsonTree(
    /// The JSON text.
    #[prop(into)]
    value: Signal<String>,
    /// What it is, for screen readers.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let tree = RwSignal::new(value.with_untracked(|text| Tree::new(text)));
    let seen = StoredValue::new(value.get_untracked());
    // Tells the lines of one text from those of another that stand at the same places.
    let number = StoredValue::new(0_u32);
    effect(move || {
        value.with(|text| {
            if seen.with_value(|seen| seen != text) {
                seen.set_value(text.clone());
                number.update_value(|number| *number = number.wrapping_add(1));
                tree.set(Tree::new(text));
            }
        });
    });
    let is_tree = memo(move || tree.with(Option::is_some));
    let plain = move || value.with(|text| cut(text, PLAIN));
    let label = label.unwrap_or_else(|| say::parts::value().to_owned());
    view! {
        <Show when=move || is_tree.get() fallback=move || view! { <pre class="json-plain" tabindex="0">{plain}</pre> }>
            <Lines tree text=number label=label.clone()/>
        </Show>
    }
}

#[component]
fn Lines(tree: RwSignal<Option<Tree>>, text: StoredValue<u32>, label: String) -> impl IntoView {
    let toasts = Toasts::expect();
    let number = TREES.fetch_add(1, Ordering::Relaxed);
    let id_of = move |line: usize| format!("json-{number}-{line}");
    let lines = memo(move || tree.with(|tree| tree.as_ref().map(Tree::lines).unwrap_or_default()));
    let current = RwSignal::new(0_usize);
    let toggle = Callback::new(move |id: usize| {
        let more = lines.with_untracked(|lines| {
            lines.iter().find(|line| line.id == id).and_then(|line| match line.shows {
                Shows::More { level, .. } => Some(level),
                Shows::Level { .. } | Shows::Text { .. } | Shows::Number | Shows::Word => None,
            })
        });
        tree.update(|tree| {
            if let Some(tree) = tree {
                match more {
                    Some(level) => tree.more(level),
                    None => tree.toggle(id),
                }
            }
        });
    });
    let copy_path = Callback::new(move |id: usize| {
        let path = lines.with_untracked(|lines| path(lines, id));
        crate::chat::copy(&path, toasts, say::parts::path_copied());
    });
    let copy_value = Callback::new(move |id: usize| {
        let line = lines.with_untracked(|lines| lines.iter().find(|line| line.id == id).cloned());
        let text = line.zip(tree.get_untracked()).map(|(line, tree)| tree.value(&line)).unwrap_or_default();
        crate::chat::copy(&text, toasts, say::parts::value_copied());
    });
    let keys = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let now = current.get_untracked();
        match event.key().as_str() {
            "c" => copy_value.run(now),
            "p" => copy_path.run(now),
            key => match lines.with_untracked(|lines| step(lines, now, key)) {
                Some(Step::To(id)) => {
                    current.set(id);
                    bring(&id_of(id));
                }
                Some(Step::Toggle) => toggle.run(now),
                None => return,
            },
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let row = move |line: Line| {
        let id = line.id;
        let words = tree.with_untracked(|tree| tree.as_ref().map(|tree| tree.words(&line)).unwrap_or_default());
        let (class, expanded) = match &line.shows {
            Shows::Level { open, .. } => ("json-value level", Some(*open)),
            Shows::Text { long: true, open } => ("json-value text", Some(*open)),
            Shows::Text { long: false, .. } => ("json-value text", None),
            Shows::Number => ("json-value number", None),
            Shows::Word => ("json-value word", None),
            Shows::More { .. } => ("json-value more", Some(false)),
        };
        let is_more = matches!(line.shows, Shows::More { .. });
        let key = match line.key {
            Key::Root => None,
            Key::Name(name) => Some(name),
            Key::Index(index) => Some(index.to_string()),
        };
        let glyph = expanded.map(|open| if open { Glyph::ChevronDown } else { Glyph::ChevronRight });
        let press = move |_| {
            current.set(id);
            if expanded.is_some() {
                toggle.run(id);
            }
        };
        view! {
            <div class="json-line" role="treeitem" id=id_of(id) attr:aria-level=(line.depth + 1).to_string()
                aria-expanded=expanded.filter(|_| !is_more).map(|open| if open { "true" } else { "false" })
                aria-selected=move || if current.get() == id { "true" } else { "false" }
                style:padding-left=format!("{}px", line.depth.min(24) * 14) on:click=press>
                <span class="json-fold">{glyph.map(|glyph| view! { <Icon glyph/> })}</span>
                {key.map(|key| view! { <span class="json-key">{key}</span> })}
                <span class=class>{words}</span>
                {(!is_more).then(|| view! {
                    <span class="json-deeds">
                        <IconButton glyph=Glyph::Link label=say::parts::copy_path() on_click=move |event: leptos::ev::MouseEvent| { event.stop_propagation(); copy_path.run(id) }/>
                        <IconButton glyph=Glyph::Copy label=say::parts::copy_value() on_click=move |event: leptos::ev::MouseEvent| { event.stop_propagation(); copy_value.run(id) }/>
                    </span>
                })}
            </div>
        }
    };
    view! {
        <div class="json-tree" role="tree" tabindex="0" aria-label=label aria-activedescendant=move || id_of(current.get()) on:keydown=keys>
            <Each each=move || lines.get() key=move |line| (text.get_value(), line.clone()) children=row/>
        </div>
    }
}

/// Scrolls the element into view, no farther than it must.
fn bring(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[cfg(test)]
mod tests;
