//! The tour of the sample: five callouts beside what they tell of. It covers nothing for good, and Esc ends it at any moment.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, modifier};
use crate::say::{self, Phrase};
use crate::state::{Overlays, SetupState, effect, memo};

/// What a callout tells, and beside what: a selector of the page.
struct Callout {
    beside: &'static str,
    title: Phrase,
    text: Phrase,
}

static CALLOUTS: [Callout; 5] = [
    Callout { beside: "#screen .screen-head", title: say::welcome::today_title, text: say::welcome::today_text },
    Callout { beside: ".bar .find", title: say::welcome::find_title, text: say::welcome::find_text },
    Callout { beside: ".chat .chat-field, .chat", title: say::welcome::ask_title, text: say::welcome::ask_text },
    Callout {
        beside: ".rail a[href='#/automations']",
        title: say::welcome::automate_title,
        text: say::welcome::automate_text,
    },
    Callout { beside: ".rail a[href='#/integrations']", title: say::welcome::own_title, text: say::welcome::own_text },
];

/// Between what is told of and the callout, in CSS pixels.
const GAP: f64 = 10.0;
/// The callout's room, in CSS pixels: as the style gives it, with what it may be high.
const WIDE: f64 = 320.0;
const HIGH: f64 = 200.0;

/// Where the callout stands, beside a box and within the window: to its right where there is room, else below, else above.
/// Pure; left, top, width and height in CSS pixels.
fn place(beside: (f64, f64, f64, f64), window: (f64, f64)) -> (f64, f64) {
    let (left, top, width, height) = beside;
    let (wide, high) = window;
    let within = |at: f64, room: f64, size: f64| at.min(room - size - GAP).max(GAP);
    if left + width + GAP + WIDE <= wide {
        return ((left + width + GAP).max(GAP), within(top, high, HIGH));
    }
    let below = top + height + GAP;
    let top = if below + HIGH <= high { below } else { top - GAP - HIGH };
    (within(left, wide, WIDE), within(top, high, HIGH))
}

/// The callout that is on show.
#[component]
pub fn Tour() -> impl IntoView {
    let (setup, overlays) = (SetupState::expect(), Overlays::expect());
    let root = NodeRef::<html::Div>::new();
    let at = memo(move || setup.callout.get().filter(|at| *at < CALLOUTS.len()));
    let spot = RwSignal::new((GAP, GAP));
    let settle = move || {
        let beside = at.get_untracked().and_then(|at| CALLOUTS.get(at)).map(|callout| callout.beside);
        let Some(element) = beside.and_then(|css| document().query_selector(css).ok().flatten()) else { return };
        let rect = element.get_bounding_client_rect();
        let measure =
            |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
        let room = (measure(window().inner_width()), measure(window().inner_height()));
        spot.set(place(
            (rect.left(), rect.top(), rect.width().min(room.0 / 2.0), rect.height().min(room.1 / 3.0)),
            room,
        ));
    };
    effect(move || {
        let Some(at) = at.get() else { return };
        // The third one tells of the assistant, which may be hidden.
        if at == 2 {
            overlays.chat.set(true);
        }
        request_animation_frame(move || {
            settle();
            if let Some(root) = root.get_untracked() {
                let button = root.query_selector("button.primary").ok().flatten();
                if let Some(button) =
                    button.and_then(|one| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(one).ok())
                {
                    let _ = button.focus();
                }
            }
        });
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| settle());
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.key() == "Escape" && at.get_untracked().is_some() {
            event.prevent_default();
            setup.end_tour();
        }
    });
    on_cleanup(move || {
        resized.remove();
        keys.remove();
    });
    let on = move |_| {
        let next = at.get_untracked().map(|at| at + 1);
        match next {
            Some(next) if next < CALLOUTS.len() => setup.callout.set(Some(next)),
            Some(_) | None => setup.end_tour(),
        }
    };
    move || {
        let callout = at.get().and_then(|at| CALLOUTS.get(at).map(|callout| (at, callout)));
        callout.map(|(at, callout)| {
            let last = at + 1 == CALLOUTS.len();
            let keys =
                (at == 1).then(|| view! { <p class="hint">{say::welcome::opens_anywhere(modifier())}</p> });
            view! {
                <div class="callout" role="dialog" aria-label=(callout.title)() node_ref=root
                    style:left=move || format!("{}px", spot.get().0) style:top=move || format!("{}px", spot.get().1)>
                    <b>{(callout.title)()}</b>
                    <p>{(callout.text)()}</p>
                    {keys}
                    <div class="callout-foot">
                        <small class="num grow">{say::welcome::CalloutOf { at: at + 1, all: CALLOUTS.len() }.text()}</small>
                        <Button kind=ButtonKind::Bare on_click=move |_| setup.end_tour()>{say::welcome::leave()}</Button>
                        <Button kind=ButtonKind::Primary on_click=on>{if last { say::welcome::done() } else { say::welcome::next() }}</Button>
                    </div>
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests;
