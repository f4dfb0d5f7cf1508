//! The flow from far away, and the small map of it: plain boxes painted on a canvas element. Boxes and lines are filled
//! rectangles, which cost next to nothing.

use flow::Spot;
use flow::layout::{Point, Rect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::scene::RunState;
use super::state::Studio;
use super::strokes::strokes;
use super::viewport::Viewport;
use crate::state::ThemeState;

/// Boxes have an edge from this zoom on; below they are little more than that.
const BORDERED: f64 = 0.12;
/// Names are painted from this zoom on.
const NAMED: f64 = 0.28;
/// Their size where there is room, in pixels.
const LETTER: f64 = 12.0;
/// Their least and their most, in units of the flow.
const LETTERS: (f64, f64) = (13.0, 24.0);

/// The colours, as the theme has them.
struct Colours {
    line: String,
    box_: String,
    edge: String,
    ink: String,
    accent: String,
    good: String,
    warn: String,
    bad: String,
    note: String,
}

impl Colours {
    fn of(canvas: &HtmlCanvasElement) -> Option<Self> {
        let style = window().get_computed_style(canvas).ok()??;
        let colour = |name: &str| style.get_property_value(name).unwrap_or_default();
        Some(Self {
            line: colour("--line-strong"),
            box_: colour("--surface"),
            edge: colour("--line-field"),
            ink: colour("--ink-2"),
            accent: colour("--accent"),
            good: colour("--good"),
            warn: colour("--warn"),
            bad: colour("--bad"),
            note: colour("--warn-soft"),
        })
    }
}

/// What is painted is painted anew when the theme is another one. Tracks.
pub(super) fn track_theme() {
    if let Some(theme) = use_context::<ThemeState>() {
        let _ = theme.is_dark();
    }
}

/// Paints what a view shows into a canvas of so many CSS pixels.
pub(super) fn paint(studio: Studio, canvas: &HtmlCanvasElement, view: Viewport, size: (f64, f64), is_map: bool) {
    let Some(colours) = Colours::of(canvas) else { return };
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok()) else { return };
    let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
    let (width, height) = (pixels(size.0 * ratio), pixels(size.1 * ratio));
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    let brush = Brush { context, view: Viewport { x: view.x * ratio, y: view.y * ratio, zoom: view.zoom * ratio } };
    let sight = view.sight(size);
    studio.with_shown(|flow| {
        brush.colour(&colours.note);
        for note in &flow.notes {
            let rect = super::notes::rect(note);
            if rect.overlaps(&sight) {
                brush.fill(rect, 0.0);
            }
        }
    });
    studio.drawn.with_untracked(|drawn| {
        brush.colour(&colours.line);
        let thin = (1.5 * brush.view.zoom).round().max(1.0);
        for (from, to) in strokes(&drawn.layout.edges) {
            let line = super::choice::between(from, to);
            let wide = Rect { x: line.x - 1.0, y: line.y - 1.0, width: line.width + 2.0, height: line.height + 2.0 };
            if wide.overlaps(&sight) {
                brush.line(from, to, thin);
            }
        }
        let cards: Vec<(&str, Rect)> = drawn.layout.visible(sight).map(|card| (&*card.name, card.rect)).collect();
        brush.colour(&colours.edge);
        cards.iter().for_each(|(_, rect)| brush.fill(*rect, 0.0));
        if view.zoom >= BORDERED && !is_map {
            brush.colour(&colours.box_);
            cards.iter().for_each(|(_, rect)| brush.fill(*rect, 1.0));
        }
        brush.marks(studio, &cards, &colours);
        if view.zoom >= NAMED && !is_map {
            brush.names(studio, &cards, &colours, view.zoom);
        }
        let target = studio.carry.with_untracked(|carry| carry.as_ref().and_then(|carry| carry.target.clone()));
        if let Some(rect) = target.and_then(|place| studio.rect_of(&Spot::Plus(place))) {
            brush.colour(&colours.accent);
            let wide = 20.0;
            let around = Rect {
                x: rect.x - wide,
                y: rect.y - wide / 2.0,
                width: rect.width + 2.0 * wide,
                height: rect.height + wide,
            };
            brush.fill(around, 0.0);
        }
    });
}

struct Brush {
    context: CanvasRenderingContext2d,
    /// In pixels of the device.
    view: Viewport,
}

impl Brush {
    fn colour(&self, colour: &str) {
        self.context.set_fill_style_str(colour);
    }

    /// Fills a rectangle of the flow, so many pixels smaller on each side.
    fn fill(&self, rect: Rect, less: f64) {
        let corner = self.view.to_screen(Point { x: rect.x, y: rect.y });
        let (x, y) = (corner.x.round() + less, corner.y.round() + less);
        let (width, height) = ((rect.width * self.view.zoom).round(), (rect.height * self.view.zoom).round());
        self.context.fill_rect(x, y, (width - 2.0 * less).max(1.0), (height - 2.0 * less).max(1.0));
    }

    fn line(&self, a: Point, b: Point, thick: f64) {
        let (a, b) = (self.view.to_screen(a), self.view.to_screen(b));
        let (x, y) = (a.x.min(b.x).round(), a.y.min(b.y).round());
        let (width, height) = ((a.x - b.x).abs().round(), (a.y - b.y).abs().round());
        self.context.fill_rect(x, y, width.max(thick), height.max(thick));
    }

    /// What is to be seen of a step without its words: chosen, found, changed, wrong, or where the run has come.
    fn marks(&self, studio: Studio, cards: &[(&str, Rect)], colours: &Colours) {
        let side = |rect: Rect| Rect { width: rect.height * 0.4, ..rect };
        let tell = |colour: &str, is_whole: bool, is: &dyn Fn(&str) -> bool| {
            let mut is_set = false;
            for (name, rect) in cards {
                if is(name) {
                    if !std::mem::replace(&mut is_set, true) {
                        self.colour(colour);
                    }
                    self.fill(if is_whole { *rect } else { side(*rect) }, 0.0);
                }
            }
        };
        studio.problems.with_untracked(|problems| {
            tell(&colours.warn, false, &|name| problems.get(name).is_some_and(|one| one.errors > 0));
        });
        studio.runs.with_untracked(|runs| {
            let in_state = |name: &str, state: RunState| runs.get(name).is_some_and(|run| run.state == state);
            tell(&colours.good, false, &|name| in_state(name, RunState::Succeeded));
            tell(&colours.bad, false, &|name| in_state(name, RunState::Failed));
            tell(&colours.accent, false, &|name| in_state(name, RunState::Running));
        });
        studio.pending.with_untracked(|pending| {
            let Some(pending) = pending else { return };
            let is = |name: &str, words: &[&str]| {
                super::pending::badge(pending, name).is_some_and(|badge| words.contains(&badge))
            };
            tell(&colours.good, true, &|name| is(name, &["added"]));
            tell(&colours.warn, true, &|name| is(name, &["changed", "moved"]));
            tell(&colours.bad, true, &|name| is(name, &["removed"]));
        });
        studio.found.with_untracked(|found| tell(&colours.warn, true, &|name| found.contains(name)));
        studio.selection.with_untracked(|chosen| tell(&colours.accent, true, &|name| chosen.contains(name)));
        let focus = studio.focus.with_untracked(|spot| match spot {
            Some(Spot::Card(name)) => Some(name.clone()),
            Some(Spot::Plus(_)) | None => None,
        });
        tell(&colours.accent, true, &|name| focus.as_deref() == Some(name));
    }

    fn names(&self, studio: Studio, cards: &[(&str, Rect)], colours: &Colours, zoom: f64) {
        let letter = (LETTER / zoom).clamp(LETTERS.0, LETTERS.1);
        let size = letter * self.view.zoom;
        self.context.set_font(&["600 ", &size.to_string(), "px Inter, system-ui, sans-serif"].concat());
        self.context.set_text_baseline("middle");
        self.colour(&colours.ink);
        studio.with_shown(|flow| {
            let index = flow::Index::of(flow);
            for (name, rect) in cards {
                let words = index.step(name).map_or(&flow.trigger.display_name, |step| &step.display_name);
                // About half as wide as high.
                let room = ((rect.width - letter) / (letter * 0.52)).max(1.0);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few letters")]
                let room = room as usize;
                let cut: String = words.chars().take(room).collect();
                let at = self.view.to_screen(Point { x: rect.x + letter / 2.0, y: rect.y + rect.height / 2.0 });
                let _ = self.context.fill_text(&cut, at.x, at.y);
            }
        });
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a window")]
fn pixels(length: f64) -> u32 {
    length.round().clamp(1.0, 16_384.0) as u32
}
