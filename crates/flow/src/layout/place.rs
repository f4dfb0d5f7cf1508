//! The second pass: where each step, line and `+` is, from the outermost in.

use std::sync::Arc;

use super::geometry::{Corners, Run};
use super::measure::{Item, Measured, Room, Shape};
use super::{
    CARD_HEIGHT, CARD_WIDTH, Card, Edge, EdgeKind, GAP, LABEL_HEIGHT, LABEL_WIDTH, LARGE_PLUS, Label, Layout, PLUS,
    Plus, Rect, SIBLING_GAP,
};
use crate::{At, Flow, Kind, Slot, Step};

/// How far a chain has been placed.
#[derive(Clone, Copy, Debug, Default)]
struct Cursor {
    /// The middle of the chain.
    across: f64,
    /// Where its next step begins.
    next: f64,
    /// Where the line to that comes from. In a chain that was just entered there is none: the line into it leads there.
    tail: f64,
    /// The last step placed in it, by number among those drawn.
    last: Option<usize>,
    /// The step that it belongs to, by number among those drawn; the outermost belongs to none.
    holder: Option<usize>,
}

pub(super) fn place(flow: &Flow, measured: &Measured<'_>) -> Layout {
    let Measured { sizes, items, rooms, .. } = measured;
    let mut visits = measured.visits;
    let mut canvas = Canvas::new(measured);
    let mut cursors = vec![Cursor::default(); rooms.len()];
    // Where the middle of the beginning of each step is.
    let mut placed: Vec<Run> = Vec::with_capacity(items.len());
    let start = sizes.card_along + GAP;
    if let Some(outermost) = cursors.first_mut() {
        *outermost = Cursor { next: start, tail: sizes.card_along, ..Cursor::default() };
    }
    let trigger: Arc<str> = flow.trigger.name.as_str().into();
    canvas.card(&trigger, Run::default(), 0, 1, None);
    canvas.plus(&trigger, At::After, Run { along: start - GAP / 2.0, across: 0.0 }, false);
    for (number, item) in items.iter().enumerate() {
        visits += 1;
        let Some(cursor) = cursors.get_mut(item.chain) else { continue };
        let at = Run { along: cursor.next, across: cursor.across };
        let bottom = at.along + sizes.card_along;
        let end = at.along + item.length;
        if cursor.tail < at.along {
            let before = cursor.last.and_then(|last| items.get(last)).map_or(&trigger, |before| &before.name);
            canvas.edge(EdgeKind::Next, before, None, &[Run { along: cursor.tail, ..at }, at]);
        }
        let tail = if item.shape == Shape::Branches { end } else { bottom };
        *cursor = Cursor { next: end + GAP, tail, last: Some(number), ..*cursor };
        placed.push(at);
        canvas.card(&item.name, at, item.level, item.number, item.hidden);
        canvas.plus(&item.name, At::After, Run { along: end + GAP / 2.0, ..at }, false);
        let held = rooms.get(item.chains.clone()).unwrap_or_default();
        let mut side = at.across + beginning(item.shape, held);
        for (chain, room) in item.chains.clone().zip(held) {
            visits += 1;
            let across = side + room.low;
            side = across + room.high + SIBLING_GAP;
            let entered = canvas.enter(item, room, at, across);
            if let Some(cursor) = cursors.get_mut(chain) {
                *cursor = Cursor { holder: Some(number), ..entered };
            }
        }
    }
    for (cursor, room) in cursors.iter().zip(rooms) {
        visits += 1;
        let holder = cursor.holder.and_then(|holder| Some((items.get(holder)?, placed.get(holder)?)));
        match holder {
            Some((item, at)) => canvas.leave(item, room, *at, *cursor),
            None => {
                let last = cursor.last.and_then(|last| items.get(last)).map_or(&trigger, |last| &last.name);
                let (from, to) = (Run { along: cursor.tail, across: 0.0 }, Run { along: cursor.next, across: 0.0 });
                canvas.edge(EdgeKind::End, last, None, &[from, to]);
            }
        }
    }
    canvas.finish(visits)
}

/// From the middle of a step to where the first of its chains begins.
fn beginning(shape: Shape, held: &[Room]) -> f64 {
    match shape {
        Shape::Plain => 0.0,
        Shape::Loop => SIBLING_GAP / 2.0,
        Shape::Branches => {
            let gaps = SIBLING_GAP * held.len().saturating_sub(1) as f64;
            -(held.iter().map(|room| room.low + room.high).sum::<f64>() + gaps) / 2.0
        }
    }
}

/// What has been drawn.
struct Canvas<'m> {
    measured: &'m Measured<'m>,
    layout: Layout,
}

impl<'m> Canvas<'m> {
    fn new(measured: &'m Measured<'m>) -> Self {
        let layout = Layout {
            orientation: measured.orientation,
            cards: Vec::with_capacity(measured.items.len() + 1),
            edges: Vec::with_capacity(measured.items.len() + 2 * measured.rooms.len()),
            pluses: Vec::with_capacity(measured.items.len() + measured.rooms.len() + 1),
            labels: Vec::new(),
            bounds: Rect::default(),
            visits: 0,
        };
        Self { measured, layout }
    }

    /// A card that begins here.
    fn card(&mut self, name: &Arc<str>, at: Run, level: usize, number: usize, hidden: Option<usize>) {
        let middle = Run { along: at.along + self.measured.sizes.card_along / 2.0, ..at };
        let rect = middle.around(self.measured.orientation, CARD_WIDTH, CARD_HEIGHT);
        self.layout.cards.push(Card { name: name.clone(), rect, level, number, hidden });
    }

    fn plus(&mut self, step: &Arc<str>, place: At, at: Run, is_large: bool) {
        let size = if is_large { LARGE_PLUS } else { PLUS };
        let rect = at.around(self.measured.orientation, size, size);
        self.layout.pluses.push(Plus { step: step.clone(), at: place, rect, is_large });
    }

    fn edge(&mut self, kind: EdgeKind, step: &Arc<str>, slot: Option<Slot>, way: &[Run]) {
        let mut points = Corners::default();
        way.iter().for_each(|corner| points.push(corner.point(self.measured.orientation)));
        self.layout.edges.push(Edge { kind, step: step.clone(), slot, points });
    }

    /// Draws the way into a chain, and tells where its first step begins.
    fn enter(&mut self, item: &Item<'_>, room: &Room, at: Run, across: f64) -> Cursor {
        let sizes = self.measured.sizes;
        let bottom = at.along + sizes.card_along;
        let head = if item.shape == Shape::Loop { sizes.loop_head } else { sizes.branch_head };
        let (fan, start) = (bottom + sizes.fan, bottom + head);
        let corner = |along: f64, across: f64| Run { along, across };
        let way = [corner(bottom, at.across), corner(fan, at.across), corner(fan, across), corner(start, across)];
        let name = &item.name;
        self.edge(EdgeKind::Into, name, Some(room.slot), &way);
        if item.shape == Shape::Branches {
            let middle = corner(bottom + sizes.label, across);
            let rect = middle.around(self.measured.orientation, LABEL_WIDTH, LABEL_HEIGHT);
            let text = label(item.step, room.slot);
            self.layout.labels.push(Label { step: name.clone(), slot: room.slot, text, rect });
        }
        let at = At::In(room.slot);
        let mut tail = start;
        if room.is_empty {
            self.plus(name, at, corner(start + LARGE_PLUS / 2.0, across), true);
            tail += LARGE_PLUS;
        } else {
            self.plus(name, at, corner(start - GAP / 2.0, across), false);
        }
        Cursor { across, next: start, tail, ..Cursor::default() }
    }

    /// Draws the way out of a chain.
    fn leave(&mut self, item: &Item<'_>, room: &Room, at: Run, cursor: Cursor) {
        let sizes = self.measured.sizes;
        let end = at.along + item.length;
        let corner = |along: f64, across: f64| Run { along, across };
        let (tail, turn) = (corner(cursor.tail, cursor.across), corner(end, cursor.across));
        if item.shape == Shape::Loop {
            let side = at.across - sizes.card_across / 2.0;
            let (around, middle) = (side - SIBLING_GAP / 2.0, at.along + sizes.card_along / 2.0);
            let way = [tail, turn, corner(end, around), corner(middle, around), corner(middle, side)];
            self.edge(EdgeKind::Back, &item.name, Some(room.slot), &way);
        } else {
            self.edge(EdgeKind::Join, &item.name, Some(room.slot), &[tail, turn, corner(end, at.across)]);
        }
    }

    fn finish(mut self, visits: usize) -> Layout {
        let layout = &self.layout;
        let rects = layout.cards.iter().map(|card| card.rect);
        let rects =
            rects.chain(layout.pluses.iter().map(|plus| plus.rect)).chain(layout.labels.iter().map(|label| label.rect));
        let corners = layout.edges.iter().flat_map(|edge| edge.points.iter());
        let corners = corners.map(|point| Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 });
        self.layout.bounds = rects.chain(corners).reduce(|all, rect| all.union(&rect)).unwrap_or_default();
        self.layout.visits = visits;
        self.layout
    }
}

fn label(step: &Step, slot: Slot) -> String {
    match (&step.kind, slot) {
        (Kind::Router(router), Slot::Branch(n)) => {
            router.branches.get(n).map(|branch| branch.name.clone()).unwrap_or_default()
        }
        (_, Slot::Branch(n)) => format!("Branch {}", n + 1),
        (_, Slot::OnSuccess) => "On success".to_owned(),
        (_, Slot::OnFailure) => "On failure".to_owned(),
        (_, Slot::Body) => "Each".to_owned(),
    }
}
