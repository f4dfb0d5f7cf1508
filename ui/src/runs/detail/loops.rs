//! The way through the iterations of a loop.

use leptos::prelude::*;

use crate::parts::{Chip, Glyph, IconButton, Select, Tone};
use crate::runs::outline::{Iterations, Look, beside};
use crate::say;

/// So many iterations are offered in a list; in a longer loop one goes by the number.
const LISTED: usize = 200;

/// Before, after, and any.
#[component]
pub(super) fn Browser(iterations: Iterations, place: String, look: RwSignal<Look>) -> impl IntoView {
    let place = StoredValue::new(place);
    let go = Callback::new(move |number: u32| {
        look.update(|look| {
            look.chosen.insert(place.get_value(), number);
        });
    });
    let (before, after) = (beside(&iterations, false), beside(&iterations, true));
    let step = move |to: Option<u32>, glyph: Glyph, label: &'static str| {
        view! {
            <IconButton glyph label disabled=Signal::stored(to.is_none()) on_click=move |_| if let Some(to) = to { go.run(to) }/>
        }
    };
    let Iterations { list, failed, kept, current } = iterations;
    let chooser = if list.len() <= LISTED {
        let options: Vec<_> =
            list.iter().map(|number| (number.to_string(), say::runs::iteration_number(*number))).collect();
        let pick = move |number: String| {
            if let Ok(number) = number.parse() {
                go.run(number);
            }
        };
        view! { <Select bare=true label=say::runs::iteration() options=Signal::stored(options) value=Signal::stored(current.to_string()) on_change=pick/> }.into_any()
    } else {
        let known = StoredValue::new(list);
        let typed = move |event: web_sys::Event| {
            let number = event_target_value(&event).parse().ok();
            if let Some(number) = number.filter(|number| known.with_value(|known| known.contains(number))) {
                go.run(number);
            }
        };
        view! {
            <label class="loop-number"><span class="aside-label">{say::runs::iteration()}</span>
                <input type="number" min="1" prop:value=current.to_string() on:change=typed/>
            </label>
        }
        .into_any()
    };
    view! {
        <div class="loop-browser" role="group" aria-label=say::runs::iterations()>
            {step(before, Glyph::ChevronLeft, say::runs::iteration_before())}
            {chooser}
            {step(after, Glyph::ChevronRight, say::runs::iteration_after())}
            <small class="num">{say::runs::of_kept(kept)}</small>
            {(failed > 0).then(|| view! { <Chip tone=Signal::stored(Tone::Bad)>{say::runs::loops_failed(failed)}</Chip> })}
        </div>
    }
}
