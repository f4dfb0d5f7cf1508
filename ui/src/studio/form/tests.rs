#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod instants;
mod marks;
mod settings;
mod values;

use flow::expr::Samples;
use flow::{FieldPath, Flow, Op, Place, Step, apply};
use serde_json::json;

/// The sample of the canvas, with a trigger of a piece and a step of one at the end.
pub(super) fn flow() -> Flow {
    let mut flow = crate::studio::tests::sample();
    let call = flow::PieceCall {
        piece: "@activepieces/piece-slack".into(),
        version: "~0.9.1".into(),
        operation: "send".into(),
        input: json!({ "channel": "C1", "more": { "a": 2, "b": 1 }, "tags": ["a", "b"], "text": "Hello" })
            .as_object()
            .unwrap()
            .clone(),
        ..flow::PieceCall::default()
    };
    let step = Step::piece("step_8", "Send it", call);
    apply(&mut flow, Op::add(Place::after("step_7"), step)).unwrap();
    flow
}

pub(super) fn samples() -> Samples {
    [
        ("trigger".to_owned(), json!({ "body": { "title": "Quote", "Ünïcode 'x'": true } })),
        ("step_1".to_owned(), json!({ "items": [{ "id": 7, "name": "Ann" }, { "id": 8, "name": "Bo" }], "total": 3 })),
    ]
    .into()
}

pub(super) fn input(rest: &[&str]) -> FieldPath {
    let mut at = FieldPath::of(&["settings", "input"]);
    for key in rest {
        at = at.join(*key);
    }
    at
}
