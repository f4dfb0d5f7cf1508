//! Large automations as a document: drawn, and changed by way of their text as a save does it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench speaks on the console and may fail aloud; it shares words with other benches"
)]

#[path = "../../../benches/branching.rs"]
mod branching;
#[path = "../../../benches/figure.rs"]
mod figure;

use std::collections::HashSet;
use std::hint::black_box;
use std::time::Instant;

use flow::layout::{Orientation, layout};
use flow::{Chain, Flow, Op, Slot, Step, apply, wire};

use branching::branching;
use figure::{median, percentile, tell};

const DRAWN: usize = 10_000;
const LIMIT_MS: f64 = 10.0;
const LONG: usize = 5_000;
const DEEP: usize = 400;
const ROUNDS: usize = 50;
const WARM_UP: usize = 3;

fn main() {
    let large = branching("Large", DRAWN);
    assert_eq!(large.steps.walk().count(), DRAWN);
    for (way, orientation) in [("downwards", Orientation::Vertical), ("to the right", Orientation::Horizontal)] {
        let nothing = HashSet::new();
        let times = rounds(|| {
            assert_eq!(layout(black_box(&large), orientation, &nothing).cards.len(), DRAWN + 1);
        });
        let p95 = percentile(&times, 95);
        tell(
            &format!("Layout of {DRAWN} steps, {way}"),
            &format!("{LIMIT_MS} ms"),
            &format!("p95 {p95:.2} ms, best {:.2} ms", percentile(&times, 0)),
            Some(p95 < LIMIT_MS),
        );
    }
    edited(&format!("{LONG} steps"), &branching("Long", LONG));
    edited(&format!("{DEEP} levels"), &deep(DEEP));
}

/// Tells what one edit costs from the flow's text to its text again, and what of that is the edit.
fn edited(what: &str, flow: &Flow) {
    let text = wire::write_version(flow);
    let step = flow.steps.walk().last().expect("the flow has steps").step.clone();
    let renamed = Step { display_name: "Another name".to_owned(), ..step };
    let mut edits = Vec::new();
    let times = rounds(|| {
        let mut read = wire::read(black_box(&text)).unwrap();
        let op = Op::update(renamed.clone());
        let begun = Instant::now();
        black_box(apply(&mut read, op).unwrap());
        edits.push(milliseconds(begun));
        assert_ne!(wire::write_version(&read), text, "the edit is not in the text");
    });
    tell(
        &format!("A flow of {what}, {} kB: read, one edit, written", text.len() / 1000),
        "",
        &format!(
            "half {:.1} ms, p95 {:.1} ms; the edit alone {:.2} ms",
            median(&times),
            percentile(&times, 95),
            median(&edits)
        ),
        None,
    );
}

/// How long each of the rounds took, without those that warm up.
fn rounds(mut round: impl FnMut()) -> Vec<f64> {
    let timed = (0..ROUNDS + WARM_UP).map(|_| {
        let begun = Instant::now();
        round();
        milliseconds(begun)
    });
    timed.skip(WARM_UP).collect()
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Loops and routers one in the other.
fn deep(levels: usize) -> Flow {
    let mut chain = Chain::from(vec![Step::code("innermost", "Innermost", "")]);
    for level in (0..levels).rev() {
        let (mut step, slot) = if level % 2 == 0 {
            (Step::loop_on(format!("step_{level}"), "Each line", "{{trigger['output']['lines']}}"), Slot::Body)
        } else {
            (Step::router(format!("step_{level}"), "Which order", &["Large order"]), Slot::Branch(0))
        };
        *step.chain_mut(slot).expect("the step holds such a chain") = chain;
        chain = Chain::from(vec![step]);
    }
    Flow { steps: chain, ..Flow::new("Deep") }
}
