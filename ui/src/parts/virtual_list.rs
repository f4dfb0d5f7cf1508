//! Long lists: only the rows in view exist.

use std::ops::Range;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::state::{effect, memo};

/// Rows beyond the edges of the view that exist too, so that fast scrolling shows no gap.
const MARGIN: usize = 12;

/// A list of rows of one height. It takes the height that its place gives it, and scrolls.
///
/// Arrows, j and k, Home, End, PageUp and PageDown move the current row; Enter opens it, Space and x act on it.
#[component]
pub fn VirtualList(
    /// What the list is, for screen readers.
    #[prop(into)]
    label: String,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The height of a row, in pixels.
    #[prop(default = 34)]
    row_height: usize,
    /// The current row. It may be beyond the end; then the last one is meant.
    current: RwSignal<usize>,
    /// Draws the row at an index. Rows are reused: read the data by a signal of the index, never once.
    render: Callback<usize, AnyView>,
    /// Enter, or a click on a row.
    #[prop(into)]
    on_open: Callback<usize>,
    /// Space or x.
    #[prop(optional, into)]
    on_act: Option<Callback<usize>>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0_usize);
    let height = RwSignal::new(800_usize);
    let shown = memo(move || window_of(top.get(), height.get(), row_height, count.get()));
    let at = memo(move || current.get().min(count.get().saturating_sub(1)));

    let measure = move || {
        if let Some(root) = root.try_get_untracked().flatten() {
            height.try_set(usize::try_from(root.client_height()).unwrap_or(800));
            top.try_set(usize::try_from(root.scroll_top()).unwrap_or(0));
        }
    };
    effect(move || {
        root.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    // The current row stays in view.
    Effect::new(move |before: Option<usize>| {
        let now = at.get();
        if before.is_some_and(|before| before != now)
            && let Some(root) = root.get_untracked()
        {
            let (first, last) = (now * row_height, (now + 1) * row_height);
            let view_top = usize::try_from(root.scroll_top()).unwrap_or(0);
            let view_height = usize::try_from(root.client_height()).unwrap_or(800);
            if first < view_top {
                root.set_scroll_top(i32::try_from(first).unwrap_or(i32::MAX));
            } else if last > view_top + view_height {
                root.set_scroll_top(i32::try_from(last - view_height).unwrap_or(i32::MAX));
            }
        }
        now
    });
    let keys = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || super::is_typing() {
            return;
        }
        let now = at.get_untracked();
        let page = (height.get_untracked() / row_height.max(1)).max(1);
        let Some(step) = step_of(&event.key(), now, count.get_untracked(), page) else { return };
        event.prevent_default();
        match step {
            Step::To(to) => current.set(to),
            Step::Open => on_open.run(now),
            Step::Act => {
                if let Some(act) = on_act {
                    act.run(now);
                }
            }
        }
    };
    view! {
        <div
            class="vlist"
            role="grid"
            tabindex="0"
            aria-label=label
            aria-rowcount=move || count.get().to_string()
            aria-activedescendant=move || format!("row-{}", at.get())
            node_ref=root
            on:scroll=move |_| measure()
            on:keydown=keys
        >
            <div class="vlist-whole" style:height=move || format!("{}px", count.get() * row_height)>
                <For each=move || shown.get() key=|index| *index let(index)>
                    <div
                        class="vlist-row"
                        role="row"
                        id=format!("row-{index}")
                        aria-selected=move || if at.get() == index { "true" } else { "false" }
                        aria-rowindex=(index + 1).to_string()
                        style:height=format!("{row_height}px")
                        style:transform=format!("translateY({}px)", index * row_height)
                        on:click=move |_| {
                            current.set(index);
                            on_open.run(index);
                        }
                    >
                        <div class="vlist-cell" role="gridcell">{render.run(index)}</div>
                    </div>
                </For>
            </div>
        </div>
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    To(usize),
    Open,
    Act,
}

pub(super) fn step_of(key: &str, now: usize, count: usize, page: usize) -> Option<Step> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowDown" | "j" => Step::To((now + 1).min(last)),
        "ArrowUp" | "k" => Step::To(now.saturating_sub(1)),
        "PageDown" => Step::To((now + page).min(last)),
        "PageUp" => Step::To(now.saturating_sub(page)),
        "Home" => Step::To(0),
        "End" => Step::To(last),
        "Enter" => Step::Open,
        " " | "x" => Step::Act,
        _ => return None,
    })
}

/// The rows that exist for a view that is scrolled down by `top` pixels.
pub(super) fn window_of(top: usize, height: usize, row: usize, count: usize) -> Range<usize> {
    let row = row.max(1);
    let first = (top / row).saturating_sub(MARGIN);
    let last = (top + height).div_ceil(row).saturating_add(MARGIN).min(count);
    first.min(last)..last
}
