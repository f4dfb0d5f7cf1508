//! Where toasts show.

use std::time::Duration;

use contract::Undone;
use contract::commands::Undo;
use leptos::prelude::*;

use super::{Button, ButtonKind, Each, Glyph, Icon, IconButton};
use crate::bridge;
use crate::say;
use crate::state::{Drawer, Route, Router, Toast, Toasts, Tone, use_command};

/// A done thing is read quickly; a fault and what leads somewhere need longer.
const BRIEF: Duration = Duration::from_secs(6);
const LONG: Duration = Duration::from_secs(14);

/// The toasts at the lower edge.
#[component]
pub fn ToastArea() -> impl IntoView {
    let toasts = Toasts::expect();
    view! {
        <div class="toasts" aria-live="polite">
            <Each each=move || toasts.list.get() key=|toast| toast.id let(toast)>
                <ToastView toast/>
            </Each>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let (toasts, router) = (Toasts::expect(), Router::expect());
    let undo = use_command::<Undo>();
    let id = toast.id;
    let leads = toast.link.is_some();
    let (glyph, class, stay) = match toast.tone {
        Tone::Note if leads => (Glyph::Info, "toast", LONG),
        Tone::Done => (Glyph::CircleCheck, "toast", BRIEF),
        Tone::Note => (Glyph::Info, "toast", BRIEF),
        Tone::Bad => (Glyph::CircleAlert, "toast bad", LONG),
    };
    let held = RwSignal::new(false);
    let timer = set_interval_with_handle(
        move || {
            if held.try_get_untracked() == Some(false) {
                toasts.dismiss(id);
            }
        },
        stay,
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let take_back = move |set| {
        undo.run_then(Undo { set: Some(set), choice: None }, move |answer| {
            toasts.dismiss(id);
            match answer {
                Undone::Done { summary, .. } => toasts.note(summary),
                Undone::Moved { .. } => {
                    toasts.note(say::parts::changed_since());
                    router.go(Route::History);
                }
            }
        });
    };
    let drawer = Drawer::expect();
    // An item is shown here; whatever else it is opens where addresses open.
    let follow = move |link: &str| {
        match link.parse() {
            Ok(item) => drawer.open(item),
            Err(_) => bridge::open_outside(link),
        }
        toasts.dismiss(id);
    };
    view! {
        <div class=class role=if toast.tone == Tone::Bad { "alert" } else { "status" }
            on:mouseenter=move |_| held.set(true) on:mouseleave=move |_| held.set(false)>
            <Icon glyph/>
            <span class="grow">{toast.text}</span>
            {toast.undo.map(|set| view! {
                <Button kind=ButtonKind::Bare busy=undo.busy on_click=move |_| take_back(set)>{say::parts::undo()}</Button>
            })}
            {toast.link.map(|link| view! {
                <Button kind=ButtonKind::Bare on_click=move |_| follow(&link)>{say::parts::open()}</Button>
            })}
            <IconButton glyph=Glyph::X label=say::parts::dismiss() on_click=move |_| toasts.dismiss(id)/>
        </div>
    }
}
