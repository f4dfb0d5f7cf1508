//! What a board knows while it is on show: the order of its cards, which one has the focus, which one is in the hand, and
//! the moves that are on their way.

use std::collections::{HashMap, VecDeque};

use contract::commands::MoveCard;
use contract::{Board, BoardColumn, RecordingId, Row};
use leptos::html::Div;
use leptos::prelude::*;

use super::drag::{Drag, Press};
use crate::project::outline::refocus;
use crate::project::place::{Lane, Spot, arrange, column_names, lanes};
use crate::say;
use crate::state::{Act, Drawer, Toasts, effect, memo, use_command};

/// A board on show.
#[derive(Clone, Copy)]
pub(crate) struct BoardState {
    /// Its columns as the app has them.
    pub(crate) columns: Memo<Vec<BoardColumn>>,
    /// The order on show: the app's, with moves that are on their way.
    pub(crate) lanes: RwSignal<Vec<Lane>>,
    /// The cards by id.
    pub(crate) cards: Memo<HashMap<RecordingId, Row>>,
    /// The card that the keys go to.
    pub(crate) focus: RwSignal<Option<RecordingId>>,
    /// The card in the hand.
    pub(crate) drag: RwSignal<Option<Drag>>,
    /// The column that a card is being added to.
    pub(crate) adding: RwSignal<Option<RecordingId>>,
    /// What a screen reader is told.
    pub(crate) said: RwSignal<String>,
    /// The board's element.
    pub(crate) element: NodeRef<Div>,
    /// A card was dropped, so that the click that follows opens nothing.
    pub(super) dropped: StoredValue<bool>,
    pub(super) press: StoredValue<Option<Press>>,
    mover: Act<MoveCard>,
    waiting: StoredValue<VecDeque<(RecordingId, Spot)>>,
    toasts: Toasts,
    drawer: Drawer,
}

impl BoardState {
    /// The state of the board that `board` gives.
    pub(crate) fn of(board: Memo<Option<Board>>) -> Self {
        let columns =
            memo(move || board.with(|board| board.as_ref().map(|board| board.columns.clone()).unwrap_or_default()));
        let cards = memo(move || {
            columns.with(|columns| {
                columns.iter().flat_map(|column| column.cards.iter()).map(|card| (card.id, card.clone())).collect()
            })
        });
        let state = Self {
            columns,
            lanes: RwSignal::new(columns.with_untracked(|columns| lanes(columns))),
            cards,
            focus: RwSignal::new(None),
            drag: RwSignal::new(None),
            adding: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            element: NodeRef::new(),
            dropped: StoredValue::new(false),
            press: StoredValue::new(None),
            mover: use_command::<MoveCard>(),
            waiting: StoredValue::new(VecDeque::new()),
            toasts: Toasts::expect(),
            drawer: Drawer::expect(),
        };
        effect(move || {
            let _ = columns.with(Vec::len);
            // While moves are on their way the order on show is ahead of what the app tells.
            if state.waiting.with_value(VecDeque::is_empty) {
                state.take_order();
            }
        });
        effect(move || {
            if state.mover.fault.get().is_some() {
                state.waiting.update_value(VecDeque::clear);
                state.take_order();
                state.said.set(say::project::not_moved().into());
            }
        });
        effect(move || {
            if !state.mover.busy.get() {
                state.send_next();
            }
        });
        state
    }

    fn take_order(self) {
        let fresh = self.columns.with_untracked(|columns| lanes(columns));
        let ids = |lanes: &[Lane]| lanes.iter().flat_map(|lane| lane.cards.iter().copied()).collect::<Vec<_>>();
        if let Some(focused) = self.focus.get_untracked() {
            let next = self.lanes.with_untracked(|old| refocus(&ids(old), &ids(&fresh), focused));
            if next != Some(focused) {
                self.focus.set(next);
            }
        }
        self.lanes.set(fresh);
    }

    /// Opens a card; the drawer goes on to the next one of the board.
    pub(crate) fn open(self, card: RecordingId) {
        let all = self.lanes.with_untracked(|lanes| lanes.iter().flat_map(|lane| lane.cards.iter().copied()).collect());
        self.drawer.open_in(card, all);
    }

    /// Moves a card: shown at once, then sent. Moves are sent one after the other, in order.
    pub(crate) fn move_card(self, card: RecordingId, to: Spot) {
        let before = self.lanes.get_untracked();
        let after = arrange(&before, card, to);
        if after == before {
            return;
        }
        self.announce(card, to, &after);
        self.lanes.set(after);
        self.waiting.update_value(|waiting| waiting.push_back((card, to)));
        if !self.mover.busy.get_untracked() {
            self.send_next();
        }
    }

    fn send_next(self) {
        let next = self.waiting.try_update_value(VecDeque::pop_front).flatten();
        let Some((card, to)) = next else { return };
        let said = say::project::moved_to(self.column_name(to.column));
        let toasts = self.toasts;
        self.mover.run_then(MoveCard { id: card, column: to.column, position: to.position }, move |written| {
            toasts.done(said, written.set);
        });
    }

    /// The name of a column; an on-hold section is named after its column.
    pub(crate) fn column_name(self, column: RecordingId) -> String {
        let names = self.columns.with_untracked(|columns| column_names(columns));
        names.into_iter().find(|(id, _)| *id == column).map(|(_, name)| name).unwrap_or_default()
    }

    fn announce(self, card: RecordingId, to: Spot, after: &[Lane]) {
        let title =
            self.cards.with_untracked(|cards| cards.get(&card).map(|card| card.title.clone())).unwrap_or_default();
        let count = after.iter().find(|lane| lane.column == to.column).map_or(0, |lane| lane.cards.len());
        let column = self.column_name(to.column);
        self.said.set(say::project::CardPlace { title, column, place: to.position, count }.text());
    }
}
