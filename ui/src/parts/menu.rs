//! Menus that open from a button: arrows move, Enter chooses, Esc closes.

use leptos::context::Provider;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Glyph, Icon, Show, focus_first};

use crate::state::effect;

/// A menu. `trigger` is the content of the button that opens it.
#[component]
pub fn Menu(
    /// What it is about, for screen readers.
    #[prop(into)]
    label: String,
    /// The words of the button are its name; the label only explains them.
    #[prop(optional)]
    worded: bool,
    /// The class of the button.
    #[prop(default = "icon-button")]
    class: &'static str,
    /// The content of the button.
    trigger: ViewFn,
    /// The items: [`MenuItem`] and `<hr/>`.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let children = StoredValue::new(children);
    let outside = window_event_listener(leptos::ev::mousedown, move |event| {
        let inside = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_inside = root.try_get_untracked().flatten().is_some_and(|root| root.contains(inside.as_ref()));
        if !is_inside && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let keys = move |event: KeyboardEvent| {
        let Some(root) = root.get_untracked() else { return };
        match event.key().as_str() {
            "Escape" if open.get_untracked() => {
                event.stop_propagation();
                open.set(false);
                focus_first(&root);
            }
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                if open.get_untracked() { step(&root, event.key() == "ArrowDown") } else { open.set(true) }
            }
            "Home" | "End" if open.get_untracked() => {
                event.prevent_default();
                edge(&root, event.key() == "Home");
            }
            _ => {}
        }
    };
    effect(move || {
        if open.get() {
            request_animation_frame(move || {
                if let Some(root) = root.try_get_untracked().flatten() {
                    edge(&root, true);
                }
            });
        }
    });
    view! {
        <div class="menu" node_ref=root on:keydown=keys>
            <button
                type="button"
                class=class
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-label=(!worded).then(|| label.clone())
                title=label
                on:click=move |event| {
                    event.stop_propagation();
                    open.update(|open| *open = !*open);
                }
            >
                {trigger.run()}
            </button>
            <Show when=move || open.get()>
                <div class="menu-list" role="menu">
                    // Its own: of two menus side by side, each closes itself.
                    <Provider value=MenuOpen(open)>{children.with_value(|children| children())}</Provider>
                </div>
            </Show>
        </div>
    }
}

#[derive(Clone, Copy)]
struct MenuOpen(RwSignal<bool>);

/// One thing to choose in a [`Menu`]. Choosing closes the menu.
#[component]
pub fn MenuItem(
    /// What it does.
    #[prop(into)]
    on_choose: Callback<()>,
    /// Its icon.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// It is the one that is in force.
    #[prop(optional, into)]
    checked: Signal<bool>,
    /// It takes something away.
    #[prop(optional)]
    danger: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let open = use_context::<MenuOpen>();
    view! {
        <button
            type="button"
            class=if danger { "menu-item danger" } else { "menu-item" }
            role="menuitem"
            tabindex="-1"
            on:click=move |event| {
                event.stop_propagation();
                // The item goes: the keyboard is on the menu's button first, where a dialog gives it back to.
                let item = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                if let Some(menu) = item.and_then(|item| item.closest(".menu").ok().flatten()) {
                    focus_first(&menu);
                }
                if let Some(MenuOpen(open)) = open {
                    open.set(false);
                }
                on_choose.run(());
            }
        >
            {glyph.map(|glyph| view! { <Icon glyph/> })}
            <span class="grow cut">{children()}</span>
            <Show when=move || checked.get()><Icon glyph=Glyph::Check/></Show>
        </button>
    }
}

fn items(root: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(all) = root.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect()
}

fn edge(root: &HtmlElement, first: bool) {
    let items = items(root);
    if let Some(item) = if first { items.first() } else { items.last() } {
        let _ = item.focus();
    }
}

fn step(root: &HtmlElement, down: bool) {
    let items = items(root);
    let active = document().active_element();
    let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let next = match (at, down) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.wrapping_sub(1),
        (None, _) => 0,
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}
