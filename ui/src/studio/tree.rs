//! The outline beside the canvas: the flow as a tree that a screen reader and the keyboard walk. Every key of the canvas works
//! on its lines too.

use flow::Spot;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::act::{act, fold_one, mean};
use super::canvas::press;
use super::keys::Action;
use super::outline::{Row, Step, rows, step_from};
use super::state::{About, Studio};
use crate::parts::Each;
use crate::say;
use crate::state::{effect, memo};

/// The height of a line, in pixels.
const LINE: usize = 28;
/// Lines beyond the edges that exist too.
const MARGIN: usize = 12;

/// The outline.
#[component]
pub(super) fn Tree() -> impl IntoView {
    let studio = Studio::expect();
    let root = NodeRef::<html::Div>::new();
    let clip = NodeRef::<html::Textarea>::new();
    let whole = NodeRef::<html::Div>::new();
    let window_of = RwSignal::new((0_usize, 40_usize));
    let lines = memo(move || {
        studio.drawn.track();
        studio.with_shown(|flow| studio.collapsed.with_untracked(|collapsed| rows(flow, collapsed)))
    });
    let at = memo(move || {
        let spot = studio.focus.get();
        lines.with(|lines| spot.and_then(|spot| lines.iter().position(|row| row.spot == spot))).unwrap_or(0)
    });
    let measure = move || {
        if let Some(root) = root.try_get_untracked().flatten() {
            let count = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / LINE;
            window_of.set((count(root.scroll_top()), count(root.client_height()) + 1));
        }
    };
    effect(move || {
        if root.get().is_some() {
            request_animation_frame(measure);
        }
    });
    effect(move || {
        let height = lines.with(Vec::len) * LINE;
        if let Some(whole) = whole.get() {
            let _ = web_sys::HtmlElement::style(&whole).set_property("height", &[&height.to_string(), "px"].concat());
        }
    });
    // The line that the keyboard is on stays in view.
    effect(move || {
        let (top, bottom) = (at.get() * LINE, (at.get() + 1) * LINE);
        let Some(root) = root.get() else { return };
        let view = usize::try_from(root.scroll_top()).unwrap_or(0);
        let height = usize::try_from(root.client_height()).unwrap_or(0);
        let to = if top < view {
            top
        } else if height > 0 && bottom > view + height {
            bottom - height
        } else {
            return;
        };
        root.set_scroll_top(i32::try_from(to).unwrap_or(i32::MAX));
    });
    let shown = memo(move || {
        let (first, count) = window_of.get();
        lines.with(|lines| {
            let (from, to) = (first.saturating_sub(MARGIN), (first + count + MARGIN).min(lines.len()));
            lines
                .get(from.min(to)..to)
                .unwrap_or_default()
                .iter()
                .cloned()
                .enumerate()
                .map(|(n, row)| (n + from.min(to), row))
                .collect::<Vec<_>>()
        })
    });
    let keys = move |event: KeyboardEvent| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
        let is_carrying = studio.carry.with_untracked(Option::is_some);
        let went = lines.with_untracked(|lines| {
            let at = at.get_untracked();
            let step = step_from(lines, at, &event.key()).filter(|_| plain && !is_carrying)?;
            Some((
                step,
                lines
                    .get(match step {
                        Step::To(to) => to,
                        Step::Toggle => at,
                    })?
                    .spot
                    .clone(),
            ))
        });
        match went {
            Some((Step::To(_), spot)) => studio.go(spot),
            Some((Step::Toggle, Spot::Card(name))) => fold_one(studio, &name),
            Some((Step::Toggle, Spot::Plus(_))) => {}
            None => return press(studio, clip, &event),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let row_at = move |event: &leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = target.and_then(|target| target.closest("[data-line]").ok().flatten())?;
        let number: usize = line.get_attribute("data-line")?.parse().ok()?;
        lines.with_untracked(|lines| lines.get(number).map(|row| row.spot.clone()))
    };
    let clicked = move |event: leptos::ev::MouseEvent| {
        if let Some(spot) = row_at(&event) {
            if let Spot::Card(name) = &spot {
                studio.opened.set(Some(name.clone()));
            }
            studio.go(spot);
        }
    };
    let menu = move |event: leptos::ev::MouseEvent| {
        let about = match row_at(&event) {
            Some(Spot::Card(name)) => About::Step(name),
            Some(Spot::Plus(flow::Place { parent, at: flow::At::In(slot) })) => About::Branch(parent, slot),
            Some(Spot::Plus(_)) | None => return,
        };
        event.prevent_default();
        mean(studio, &about);
        act(studio, Action::Menu);
    };
    view! {
        <div class="studio-tree" id="studio-tree" role="tree" aria-label=say::studio::outline_label() aria-multiselectable="true" tabindex="0" node_ref=root
            aria-activedescendant=move || line_id(at.get())
            on:scroll=move |_| measure() on:keydown=keys on:click=clicked on:contextmenu=menu
            on:paste=move |event| {
                let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
                event.prevent_default();
                if let Some(text) = text {
                    super::act::paste(studio, &text);
                }
                if let Some(root) = root.get_untracked() {
                    let _ = root.focus();
                }
            }
            on:focus=move |_| {
                studio.by_outline.set_value(true);
                if studio.focus.with_untracked(Option::is_none) {
                    act(studio, Action::First);
                }
            }>
            <div class="studio-tree-whole" role="presentation" node_ref=whole>
                <Each each=move || shown.get() key=|(number, row)| (*number, row.clone()) let((number, row))>
                    {line(studio, number, row)}
                </Each>
            </div>
            <textarea class="studio-clip" node_ref=clip tabindex="-1" aria-hidden="true"></textarea>
        </div>
    }
}

fn line_id(number: usize) -> String {
    ["studio-row-", &number.to_string()].concat()
}

fn line(studio: Studio, number: usize, row: Row) -> AnyView {
    let spot = StoredValue::new(row.spot.clone());
    let is_at = move || studio.focus.with(|focus| spot.with_value(|spot| focus.as_ref() == Some(spot)));
    let is_chosen = move || match spot.get_value() {
        Spot::Card(name) => studio.selection.with(|chosen| chosen.contains(&name)),
        Spot::Plus(_) => false,
    };
    let state = move || match spot.get_value() {
        Spot::Card(name) => state_words(studio, &name),
        Spot::Plus(_) => String::new(),
    };
    let class = move || {
        let kind = if row.number.is_some() { "tree-row" } else { "tree-row of-branch" };
        [kind, if is_at() { " on" } else { "" }].concat()
    };
    let element = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(element) = element.get() {
            let style = web_sys::HtmlElement::style(&element);
            let _ = style.set_property("transform", &super::surface::shift(0.0, count(number * LINE)));
            let _ = style.set_property("--level", &row.level.to_string());
        }
    });
    view! {
        <div class=class id=line_id(number) role="treeitem" data-line=number.to_string() node_ref=element attr:aria-level=row.level.to_string()
            attr:aria-posinset=row.among.0.to_string() attr:aria-setsize=row.among.1.to_string()
            aria-expanded=row.is_open.map(|open| if open { "true" } else { "false" })
            aria-selected=move || if is_chosen() { "true" } else { "false" }>
            <span class="tree-mark" aria-hidden="true">{match row.is_open { Some(true) => "▾", Some(false) => "▸", None => "" }}</span>
            <span class="num tree-number">{row.number.map(|number| number.to_string())}</span>
            <span class="grow cut">{row.text}</span>
            <small class="cut">{state}</small>
        </div>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "pixels")]
fn count(pixels: usize) -> f64 {
    pixels as f64
}

/// What else is to be said of a step.
fn state_words(studio: Studio, name: &str) -> String {
    studio.drawn.track();
    let mut words = Vec::new();
    if let Some(badge) =
        studio.pending.with(|pending| pending.as_ref().and_then(|one| super::pending::badge(one, name)))
    {
        words.push(super::pending::badge_words(badge).to_owned());
    }
    if let Some(run) = studio.runs.with(|runs| runs.get(name).map(|run| run.state.word())) {
        words.push(run.to_owned());
    }
    if studio.with_shown(|flow| flow.step(name).is_some_and(flow::Step::is_skipped)) {
        words.push(say::studio::is_skipped().to_owned());
    }
    let count = studio.problems.with(|problems| problems.get(name).map_or(0, |one| one.errors + one.warnings));
    if count > 0 {
        words.push(say::studio::problems(count));
    }
    words.join(", ")
}
