//! A flow as React Flow takes it: the cards and lines of our own layout, each where we draw it.

use std::collections::HashSet;

use flow::layout::{Card, Orientation, Point, layout};
use flow::{Flow, Index};
use serde_json::{Value, json};

use crate::studio::Pane;

/// The nodes and edges with the size of the pane and what it first shows.
pub(crate) fn of(flow: &Flow, pane: &Pane) -> Value {
    let drawn = layout(flow, Orientation::Vertical, &HashSet::new());
    let index = Index::of(flow);
    let node = |card: &Card| {
        let name = index.step(&card.name).map_or(&flow.trigger.display_name, |step| &step.display_name);
        json!({
            "id": &*card.name,
            "type": "step",
            "position": { "x": card.rect.x, "y": card.rect.y },
            "width": card.rect.width,
            "height": card.rect.height,
            "data": { "name": name, "about": "Text Helper", "number": card.number },
        })
    };
    let edge = |(number, edge): (usize, &flow::layout::Edge)| {
        let end = edge.points.last().copied().unwrap_or_default();
        json!({
            "id": format!("line_{number}"),
            "type": "line",
            "source": &*edge.step,
            "target": nearest(&drawn.cards, &edge.step, end),
            "data": { "path": edge.path() },
        })
    };
    json!({
        "nodes": drawn.cards.iter().map(node).collect::<Vec<_>>(),
        "edges": drawn.edges.iter().enumerate().map(edge).collect::<Vec<_>>(),
        "size": pane.size,
        "opening": { "x": pane.opening.x, "y": pane.opening.y, "zoom": pane.opening.zoom },
        "zooms": [0.05, 2.0],
    })
}

/// The card that a line ends at: the one whose upper edge is nearest, but not the one that it comes from.
fn nearest<'c>(cards: &'c [Card], from: &str, end: Point) -> &'c str {
    let distance = |card: &&Card| (card.rect.middle().x - end.x).hypot(card.rect.y - end.y);
    let others = cards.iter().filter(|card| &*card.name != from);
    others.min_by(|a, b| distance(a).total_cmp(&distance(b))).map_or("", |card| &*card.name)
}
