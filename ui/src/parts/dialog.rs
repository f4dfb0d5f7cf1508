//! Dialogs: what must be answered before anything else.

use leptos::html;
use leptos::portal::Portal;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Button, ButtonKind, Show, focus_first, trap_tab};

use crate::say;
use crate::state::effect;

/// A dialog over the page, wherever it is written: beside everything else, so that no part of the page holds or covers it. Esc and a click outside close it; focus stays in it and goes back where it was.
#[component]
pub fn Dialog(
    /// It is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Called when it should close.
    #[prop(into)]
    on_close: Callback<()>,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <Portal>
                <DialogBody title on_close>{children.with_value(|children| children())}</DialogBody>
            </Portal>
        </Show>
    }
}

#[component]
fn DialogBody(title: Signal<String>, on_close: Callback<()>, children: Children) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let came_from =
        StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()));
    effect(move || {
        if let Some(root) = root.get() {
            request_animation_frame(move || focus_first(&root));
        }
    });
    on_cleanup(move || {
        if let Some(Some(element)) = came_from.try_get_value() {
            let _ = element.focus();
        }
    });
    view! {
        <div class="veil" on:mousedown=move |_| on_close.run(())>
            <div
                class="dialog"
                role="dialog"
                aria-modal="true"
                aria-label=move || title.get()
                node_ref=root
                on:mousedown=|event| event.stop_propagation()
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.stop_propagation();
                        on_close.run(());
                    } else if let Some(root) = root.get_untracked() {
                        trap_tab(&root, &event);
                    }
                }
            >
                <h2 class="dialog-title">{move || title.get()}</h2>
                {children()}
            </div>
        </div>
    }
}

/// A question that is answered by doing it or leaving it.
#[component]
pub fn Confirm(
    /// It is open; set to false when it is answered.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen.
    #[prop(into)]
    text: Signal<String>,
    /// The word on the button that does it.
    #[prop(into)]
    action: Signal<String>,
    /// What does it.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open title on_close=move |()| open.set(false)>
            <p class="dialog-text">{move || text.get()}</p>
            <div class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{say::parts::cancel()}</Button>
                <Button kind=ButtonKind::Danger on_click=move |_| { open.set(false); on_confirm.run(()) }>
                    {move || action.get()}
                </Button>
            </div>
        </Dialog>
    }
}
