//! The item drawer: one item with everything around it, over the right side of the screen.

mod comments;
mod notes;
mod pane;
mod particulars;
pub(crate) mod plain;
mod steps;
mod stuck;
mod title;

use contract::RecordingId;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::pane::Pane;
use crate::parts::{Each, Show, is_typing};
use crate::say;
use crate::state::{Drawer as DrawerState, Overlays, Router, effect, memo};

/// The narrowest and the widest that it can be pulled, in pixels.
const NARROW: f64 = 400.0;
const WIDE: f64 = 920.0;
const KEPT_UNDER: &str = "drawer-width";

/// The item drawer: shows the item of the drawer's state, while there is one.
#[component]
pub fn Drawer() -> impl IntoView {
    let (drawer, router) = (DrawerState::expect(), Router::expect());
    let open = memo(move || drawer.item.get().is_some());
    // Another place has another list behind.
    Effect::new(move |before: Option<_>| {
        let here = router.route.get();
        if before.is_some_and(|before| before != here) {
            drawer.close();
        }
        here
    });
    view! { <Show when=move || open.get()><Open/></Show> }
}

#[component]
fn Open() -> impl IntoView {
    let (drawer, overlays, router) = (DrawerState::expect(), Overlays::expect(), Router::expect());
    let width = RwSignal::new(kept_width());
    let root = NodeRef::<html::Aside>::new();
    let came_from =
        StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()));
    effect(move || {
        if let Some(root) = root.get() {
            request_animation_frame(move || drop(root.focus()));
        }
    });
    on_cleanup(move || {
        if let Some(Some(element)) = came_from.try_get_value() {
            let _ = element.focus();
        }
    });
    let items = move || drawer.item.get().into_iter();
    view! {
        <aside class="drawer" class:beside-chat=move || overlays.chat_beside(router) aria-label=say::drawer::item() tabindex="-1" node_ref=root
            style:width=move || width.get().map(|width| format!("{width}px"))
            on:keydown=move |event| keys(drawer, &event)>
            <Grip width root/>
            <Each each=items key=|id| *id let(id)><Pane id/></Each>
        </aside>
    }
}

fn keys(drawer: DrawerState, event: &KeyboardEvent) {
    if event.default_prevented() {
        return;
    }
    let key = event.key();
    if key == "Escape" {
        event.prevent_default();
        event.stop_propagation();
        drawer.close();
        return;
    }
    if is_typing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let down = match key.as_str() {
        "ArrowDown" | "j" => true,
        "ArrowUp" | "k" => false,
        _ => return,
    };
    let next = drawer.item.get_untracked().and_then(|item| neighbour(&drawer.list.get_untracked(), item, down));
    if let Some(next) = next {
        event.prevent_default();
        drawer.item.set(Some(next));
    }
}

/// The item before or behind one in a list.
fn neighbour(list: &[RecordingId], item: RecordingId, down: bool) -> Option<RecordingId> {
    let at = list.iter().position(|one| *one == item)?;
    let next = if down { at + 1 } else { at.checked_sub(1)? };
    list.get(next).copied()
}

/// The edge that is pulled to make it wider.
#[component]
fn Grip(width: RwSignal<Option<f64>>, root: NodeRef<html::Aside>) -> impl IntoView {
    let held = StoredValue::new(false);
    let current = move || root.get_untracked().map_or(NARROW, |root| root.get_bounding_client_rect().width());
    let take = move |wanted: f64| {
        let fits = wanted.clamp(NARROW, WIDE).round();
        width.set(Some(fits));
        if let Some(storage) = window().local_storage().ok().flatten() {
            let _ = storage.set_item(KEPT_UNDER, &fits.to_string());
        }
    };
    let pull = move |event: PointerEvent| {
        if held.get_value()
            && let Some(root) = root.get_untracked()
        {
            take(root.get_bounding_client_rect().right() - f64::from(event.client_x()));
        }
    };
    let grab = move |event: PointerEvent| {
        event.prevent_default();
        held.set_value(true);
        if let Some(grip) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
    };
    let keys = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => 24.0,
            "ArrowRight" => -24.0,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        take(current() + by);
    };
    view! {
        <div class="drawer-grip" role="separator" aria-orientation="vertical" aria-label=say::drawer::width() tabindex="0"
            aria-valuemin=NARROW.to_string() aria-valuemax=WIDE.to_string()
            aria-valuenow=move || width.get().unwrap_or_else(current).round().to_string()
            on:pointerdown=grab on:pointermove=pull on:pointerup=move |_| held.set_value(false)
            on:pointercancel=move |_| held.set_value(false) on:keydown=keys></div>
    }
}

fn kept_width() -> Option<f64> {
    let text = window().local_storage().ok().flatten()?.get_item(KEPT_UNDER).ok().flatten()?;
    text.parse::<f64>().ok().filter(|width| width.is_finite()).map(|width| width.clamp(NARROW, WIDE))
}

#[cfg(test)]
mod tests {
    use contract::RecordingId;

    use super::neighbour;

    #[test]
    fn the_next_item_is_the_lists_and_its_ends_are_ends() {
        let list = [1, 2, 3].map(RecordingId);
        assert_eq!(neighbour(&list, RecordingId(2), true), Some(RecordingId(3)));
        assert_eq!(neighbour(&list, RecordingId(2), false), Some(RecordingId(1)));
        assert_eq!(neighbour(&list, RecordingId(3), true), None);
        assert_eq!(neighbour(&list, RecordingId(1), false), None);
        assert_eq!(neighbour(&[], RecordingId(1), true), None);
    }
}
