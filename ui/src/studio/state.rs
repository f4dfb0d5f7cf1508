//! What the canvas knows while a flow is open: the flow with its history, what is chosen, and from where it is looked at.
//! What is told of the flow (findings, runs, changes that wait) is handed in; edits go out by one callback.

mod change;

use std::collections::{BTreeSet, HashMap, HashSet};

use flow::expr::{Finding, Severity};
use flow::layout::{Layout, Orientation, Point, Rect, layout};
use flow::{Flow, History, Index, Op, Place, Slot, Spot};
use leptos::prelude::*;

use super::offers::PieceOffer;
use super::pending::Pending;
use super::scene::{Carry, Problems, StepRun};
use super::sight::Level;
use super::viewport::Viewport;
use crate::say;
use crate::state::memo;

/// How a change came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// A person made it.
    Edit,
    /// The last entry of the history was taken back.
    Undo,
    /// What was taken back was done again.
    Redo,
    /// A person changed what waits for a yes; the flow itself is as it was. The whole of it is in [`Studio::pending`].
    Pending,
}

/// What was done to the flow on the canvas, for whoever keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// In a few words.
    pub label: String,
    /// The operations, in order; they have been applied here already.
    pub ops: Vec<Op>,
    /// How it came about.
    pub how: How,
}

/// Somebody else at the same flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// A sentence: who it is, and what that means here.
    pub text: String,
    /// Whether a button offers to take the flow over.
    pub can_take_over: bool,
}

/// What the canvas asks of whoever opened it.
#[derive(Clone, Copy)]
pub struct Asks {
    /// A change was made.
    pub on_ops: Callback<Change>,
    /// A person takes the flow over from somebody else.
    pub on_take_over: Callback<()>,
}

/// What is drawn.
#[derive(Debug)]
pub(crate) struct Drawn {
    /// The flow with changes that wait; the flow itself where none do.
    shown: Option<Flow>,
    /// Where everything is.
    pub(crate) layout: Layout,
}

/// What lies over the canvas.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Overlay {
    /// The palette, and what the choice is for.
    Palette(Adding),
    /// The menu of a thing, at a point of the pane.
    Menu(About, Point),
    /// The list of what was done.
    Past,
    /// The keys.
    Sheet,
    /// A field in place of a name.
    Rename(About),
}

/// What a choice in the palette is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Adding {
    At(Place),
    Replace(String),
    Trigger,
}

/// A thing that a menu or a name is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum About {
    /// A step, or the trigger.
    Step(String),
    /// A place for a step.
    Place(Place),
    /// A branch.
    Branch(String, Slot),
    /// A note.
    Note(String),
    /// The ground.
    Ground,
}

/// A flow on the canvas.
#[derive(Clone, Copy)]
pub struct Studio {
    /// The flow.
    pub flow: RwSignal<Flow>,
    /// What was done to it.
    pub history: RwSignal<History>,
    /// What is wrong with it. Handed in.
    pub findings: RwSignal<Vec<Finding>>,
    /// The steps with a test result. Handed in.
    pub samples: RwSignal<HashSet<String>>,
    /// The run on show, by step; empty if none is. Handed in.
    pub runs: RwSignal<HashMap<String, StepRun>>,
    /// The pieces that there are. Handed in.
    pub pieces: RwSignal<Vec<PieceOffer>>,
    /// Why the flow may not be changed, if so: a sentence. Handed in.
    pub read_only: RwSignal<Option<String>>,
    /// Somebody else at the same flow. Handed in.
    pub presence: RwSignal<Option<Presence>>,
    /// The app does not have the latest edit yet. Handed in.
    pub unsaved: RwSignal<bool>,
    /// Changes that wait for a yes. Set by [`Studio::propose`].
    pub pending: RwSignal<Option<Pending>>,
    /// The chosen steps.
    pub selection: RwSignal<BTreeSet<String>>,
    /// Where the keyboard is.
    pub focus: RwSignal<Option<Spot>>,
    /// The step whose form is open.
    pub opened: RwSignal<Option<String>>,
    /// From where it is looked at.
    pub viewport: RwSignal<Viewport>,
    /// Which way it runs.
    pub orientation: RwSignal<Orientation>,
    /// The steps whose inside is hidden.
    pub collapsed: RwSignal<HashSet<String>>,
    /// What a screen reader is told.
    pub said: RwSignal<String>,
    pub(super) drawn: RwSignal<Drawn>,
    pub(super) problems: Memo<HashMap<String, Problems>>,
    /// The size of the pane, in pixels; nothing before it is measured.
    pub(super) size: RwSignal<(f64, f64)>,
    pub(super) level: RwSignal<Level>,
    pub(super) near: RwSignal<Option<Rect>>,
    pub(super) carry: RwSignal<Option<Carry>>,
    /// Where the pointer has steps in the hand, in the pane.
    pub(super) hand: RwSignal<Option<Point>>,
    /// The rectangle that is drawn around steps, in the pane.
    pub(super) band: RwSignal<Option<Rect>>,
    /// The note in the hand, where it is and how large.
    pub(super) note_drag: RwSignal<Option<(String, Rect)>>,
    pub(super) found: RwSignal<HashSet<String>>,
    pub(super) overlay: RwSignal<Option<Overlay>>,
    /// The note that the keyboard is on.
    pub(super) note: RwSignal<Option<String>>,
    pub(super) finding: RwSignal<bool>,
    pub(super) map: RwSignal<bool>,
    pub(super) outline: RwSignal<bool>,
    /// A drag on the ground chooses rather than moves.
    pub(super) choosing: RwSignal<bool>,
    /// Something moves: the layer is drawn for speed.
    pub(super) moving: RwSignal<bool>,
    /// What was copied last, where the clipboard cannot be read.
    pub(super) clip: StoredValue<String>,
    /// The key before was a lone `g`.
    pub(super) after_g: StoredValue<bool>,
    /// The keyboard came from the outline, and goes back there.
    pub(super) by_outline: StoredValue<bool>,
    asks: Asks,
}

impl Studio {
    /// A flow on the canvas of the component that asks.
    #[must_use]
    pub fn new(flow: Flow, history: History, asks: Asks) -> Self {
        let drawn = layout(&flow, Orientation::default(), &HashSet::new());
        let read_only = flow.read_only();
        let findings = RwSignal::new(Vec::<Finding>::new());
        let problems = memo(move || findings.with(|findings| counted(findings)));
        Self {
            flow: RwSignal::new(flow),
            history: RwSignal::new(history),
            findings,
            samples: RwSignal::new(HashSet::new()),
            runs: RwSignal::new(HashMap::new()),
            pieces: RwSignal::new(Vec::new()),
            read_only: RwSignal::new(read_only),
            presence: RwSignal::new(None),
            pending: RwSignal::new(None),
            selection: RwSignal::new(BTreeSet::new()),
            focus: RwSignal::new(None),
            unsaved: RwSignal::new(false),
            opened: RwSignal::new(None),
            viewport: RwSignal::new(Viewport::default()),
            orientation: RwSignal::new(Orientation::default()),
            collapsed: RwSignal::new(HashSet::new()),
            said: RwSignal::new(String::new()),
            drawn: RwSignal::new(Drawn { shown: None, layout: drawn }),
            problems,
            size: RwSignal::new((0.0, 0.0)),
            level: RwSignal::new(Level::default()),
            near: RwSignal::new(None),
            carry: RwSignal::new(None),
            hand: RwSignal::new(None),
            band: RwSignal::new(None),
            note_drag: RwSignal::new(None),
            found: RwSignal::new(HashSet::new()),
            overlay: RwSignal::new(None),
            note: RwSignal::new(None),
            finding: RwSignal::new(false),
            map: RwSignal::new(true),
            outline: RwSignal::new(false),
            choosing: RwSignal::new(false),
            moving: RwSignal::new(false),
            clip: StoredValue::new(String::new()),
            after_g: StoredValue::new(false),
            by_outline: StoredValue::new(false),
            asks,
        }
    }

    /// Makes it known to everything below.
    pub fn provide(self) {
        provide_context(self);
    }

    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// Puts another state of the flow on the canvas: one that a server told, or that somebody else made. What is chosen and
    /// collapsed stays where its steps do.
    pub fn take(self, flow: Flow, history: History) {
        self.read_only.set(flow.read_only());
        self.flow.set(flow);
        self.history.set(history);
        self.after_change();
    }

    /// Shows changes that wait for a yes, or takes them away.
    pub fn propose(self, pending: Option<Pending>) {
        let words = pending
            .as_ref()
            .map(|pending| say::studio::Proposed { by: &pending.by, summary: pending.summary() }.text());
        self.pending.set(pending);
        self.after_change();
        if let Some(words) = words {
            self.say(words);
        }
    }

    /// Tells a screen reader.
    pub fn say(self, words: impl Into<String>) {
        self.said.set(words.into());
    }

    /// Why nothing may be changed, if so.
    #[must_use]
    pub fn refusal(self) -> Option<String> {
        self.read_only.get_untracked()
    }

    pub(super) fn take_over(self) {
        self.asks.on_take_over.run(());
    }

    /// Lays out anew, and lets go of steps that are no more.
    pub(super) fn after_change(self) {
        self.lay_out();
        let is_there = |name: &String| {
            self.drawn.with_untracked(|drawn| drawn.layout.card(name).is_some())
                || self.with_shown(|flow| flow.step(name).is_some())
        };
        if self.selection.with_untracked(|names| names.iter().any(|name| !is_there(name))) {
            self.selection.update(|names| names.retain(|name| is_there(name)));
        }
        let lost = self.focus.with_untracked(|spot| match spot {
            Some(Spot::Card(name)) => !is_there(name),
            Some(Spot::Plus(place)) => self.rect_of(&Spot::Plus(place.clone())).is_none(),
            None => false,
        });
        if lost {
            self.focus.set(None);
        }
        if self.opened.with_untracked(|name| name.as_ref().is_some_and(|name| !is_there(name))) {
            self.opened.set(None);
        }
    }

    /// Computes where everything is.
    pub(super) fn lay_out(self) {
        let shown = self.flow.with_untracked(|flow| {
            self.pending.with_untracked(|pending| pending.as_ref().map(|pending| pending.shown(flow)))
        });
        let orientation = self.orientation.get_untracked();
        let drawn = self.flow.with_untracked(|flow| {
            self.collapsed.with_untracked(|collapsed| layout(shown.as_ref().unwrap_or(flow), orientation, collapsed))
        });
        self.drawn.set(Drawn { shown, layout: drawn });
    }

    /// Reads the flow on show: with changes that wait, if any do. Does not track.
    pub(crate) fn with_shown<T>(self, read: impl FnOnce(&Flow) -> T) -> T {
        self.drawn.with_untracked(|drawn| match &drawn.shown {
            Some(shown) => read(shown),
            None => self.flow.with_untracked(read),
        })
    }

    /// Where a spot is drawn.
    pub(super) fn rect_of(self, spot: &Spot) -> Option<Rect> {
        self.drawn.with_untracked(|drawn| match spot {
            Spot::Card(name) => drawn.layout.card(name).map(|card| card.rect),
            Spot::Plus(place) => {
                let is_it = |plus: &&flow::layout::Plus| *plus.step == *place.parent && plus.at == place.at;
                drawn.layout.pluses.iter().find(is_it).map(|plus| plus.rect)
            }
        })
    }

    /// Puts the keyboard on a spot, opens what it is hidden in, and brings it into sight.
    pub(super) fn go(self, spot: Spot) {
        if let Spot::Card(name) = &spot {
            self.unfold_around(name);
            self.selection.set([name.clone()].into());
        }
        let words = self.spot_words(&spot);
        self.focus.set(Some(spot));
        self.note.set(None);
        self.reveal();
        self.say(words);
    }

    /// Brings what the keyboard is on into sight.
    pub(super) fn reveal(self) {
        let rect = self.focus.with_untracked(|spot| spot.as_ref().and_then(|spot| self.rect_of(spot)));
        if let Some(rect) = rect {
            self.reveal_rect(rect);
        }
    }

    pub(super) fn reveal_rect(self, rect: Rect) {
        let size = self.size.get_untracked();
        if size.0 <= 0.0 {
            return;
        }
        let view = self.viewport.get_untracked();
        let next = view.revealing(rect, size);
        if next != view {
            self.viewport.set(next);
        }
    }

    /// Opens every collapsed step around one.
    fn unfold_around(self, name: &str) {
        if self.drawn.with_untracked(|drawn| drawn.layout.card(name).is_some()) {
            return;
        }
        let around: Vec<String> = self.with_shown(|flow| {
            let index = Index::of(flow);
            let Some(number) = index.number(name) else { return Vec::new() };
            let holders = index.holders(number).filter_map(|(holder, _)| index.entry(holder));
            holders.map(|entry| entry.step.name.clone()).collect()
        });
        self.collapsed.update(|collapsed| collapsed.retain(|name| !around.contains(name)));
        self.lay_out();
    }

    fn spot_words(self, spot: &Spot) -> String {
        self.with_shown(|flow| match spot {
            Spot::Card(name) => {
                let count =
                    self.problems.with_untracked(|all| all.get(name).map_or(0, |one| one.errors + one.warnings));
                let step = flow.step(name);
                let mut words = super::edits::said(flow, name).to_owned();
                let mut add = |more: &str| {
                    words.push_str(", ");
                    words.push_str(more);
                };
                if step.is_some_and(flow::Step::is_skipped) {
                    add(say::studio::is_skipped());
                }
                if count > 0 {
                    add(&say::studio::with_problems(count));
                }
                if let Some(badge) = self
                    .pending
                    .with_untracked(|pending| pending.as_ref().and_then(|one| super::pending::badge(one, name)))
                {
                    add(super::pending::badge_words(badge));
                }
                words
            }
            Spot::Plus(place) => super::scene::place_words(&Index::of(flow), place),
        })
    }

    /// The steps that an action is about: those that are chosen, else the one that the keyboard is on. In the order of the
    /// page, without those inside another one and without the trigger.
    pub(super) fn meant(self) -> Vec<String> {
        self.with_shown(|flow| {
            let index = Index::of(flow);
            self.selection.with_untracked(|chosen| {
                if !chosen.is_empty() {
                    return super::choice::outermost(&index, chosen);
                }
                let focus = self.focus.with_untracked(|spot| match spot {
                    Some(Spot::Card(name)) => index.step(name).map(|step| step.name.clone()),
                    Some(Spot::Plus(_)) | None => None,
                });
                focus.into_iter().collect()
            })
        })
    }
}

/// How many things are wrong with each step.
fn counted(findings: &[Finding]) -> HashMap<String, Problems> {
    let mut problems: HashMap<String, Problems> = HashMap::new();
    for finding in findings {
        let of = problems.entry(finding.step.clone()).or_default();
        match finding.severity {
            Severity::Error => of.errors += 1,
            Severity::Warning => of.warnings += 1,
        }
    }
    problems
}
