//! Search over the settings: what does not have the words is not shown. It looks at what is drawn, so that every part is found
//! without naming it here.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::parts::{Field, FieldKind};
use crate::say;
use crate::state::effect;

/// All the words typed are in the text, capitals aside. Nothing typed is in every text. Pure.
fn has_all(text: &str, typed: &str) -> bool {
    let text = text.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn each(within: &Element, css: &str, mut see: impl FnMut(&HtmlElement)) {
    let Ok(found) = within.query_selector_all(css) else { return };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok()).for_each(|one| see(&one));
}

fn text(element: &HtmlElement) -> String {
    element.text_content().unwrap_or_default()
}

/// Shows what has the words. A part whose title has them is shown whole; one without lines is looked at as a whole.
fn narrow(typed: &str) {
    let Some(parts) = document().query_selector(".settings-parts").ok().flatten() else { return };
    each(&parts, ".settings-part", |part| {
        let title = part.query_selector("h2").ok().flatten().and_then(|title| title.text_content()).unwrap_or_default();
        let whole = has_all(&title, typed);
        let (mut lines, mut found) = (0, 0);
        each(part, ".settings-line", |line| {
            let shown = whole || has_all(&format!("{title} {}", text(line)), typed);
            let _ = line.toggle_attribute_with_force("hidden", !shown);
            lines += 1;
            found += usize::from(shown);
        });
        let shown = whole || found > 0 || (lines == 0 && has_all(&text(part), typed));
        let _ = part.toggle_attribute_with_force("hidden", !shown);
    });
}

/// The field.
#[component]
pub(super) fn SettingsSearch() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    effect(move || narrow(&typed.get()));
    view! {
        <div class="settings-search" role="search" on:keydown=move |event| if event.key() == "Escape" && typed.with_untracked(|typed| !typed.is_empty()) {
            event.stop_propagation();
            typed.set(String::new());
        }>
            <Field label=say::settings::find() value=typed kind=FieldKind::Search placeholder=say::settings::find_example()/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use super::has_all;

    #[test]
    fn every_word_counts_and_their_order_does_not() {
        assert!(has_all("Time zone. Late and due are counted in it.", "due zone"));
        assert!(has_all("Theme", ""));
        assert!(has_all("Theme", "  THE "));
        assert!(!has_all("Theme", "theme dark"));
    }
}
