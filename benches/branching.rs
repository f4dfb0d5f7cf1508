//! An automation as large as is asked for, with routers, loops and plain steps in the shares that people use them. Drawn, it
//! is about as high as it is wide, so that all of it can be looked at at once.

use flow::{BranchKind, Chain, Condition, Flow, Kind, Map, Operator, PieceCall, Slot, Step, Trigger};
use serde_json::json;

/// Branches side by side at the outermost level.
const WIDE: usize = 9;
/// The steps that [`Counter::block`] makes.
const BLOCK: usize = 25;

/// A flow of exactly so many steps, the trigger not counted.
pub(crate) fn branching(name: &str, steps: usize) -> Flow {
    let mut counter = Counter(0);
    let mut chain = Chain::new();
    if steps > WIDE * BLOCK {
        let mut outer = counter.router(WIDE);
        let mut branches = vec![Vec::new(); WIDE];
        // What does not divide goes to the first branches.
        for block in 0..(steps - 1) / BLOCK {
            branches[block % WIDE].extend(counter.block());
        }
        for left in 0..steps - counter.0 {
            branches[left % WIDE].push(counter.plain());
        }
        for (branch, steps) in branches.into_iter().enumerate() {
            put(&mut outer, Slot::Branch(branch), steps);
        }
        chain.push(outer);
    } else {
        chain.extend((0..steps).map(|_| counter.plain()).collect::<Vec<_>>());
    }
    let call = PieceCall {
        piece: "@activepieces/piece-webhook".to_owned(),
        version: "0.1.34".to_owned(),
        operation: "catch_webhook".to_owned(),
        ..PieceCall::default()
    };
    Flow { trigger: Trigger::piece("An order comes in", call), steps: chain, ..Flow::new(name) }
}

/// Counts the steps, which are named by their numbers.
struct Counter(usize);

impl Counter {
    /// A router of three branches, one with a loop in it, and two steps behind it.
    fn block(&mut self) -> Vec<Step> {
        let begun = self.0;
        let mut router = self.router(2);
        put(&mut router, Slot::Branch(0), (0..7).map(|_| self.plain()).collect());
        let number = self.next();
        let mut each =
            Step::loop_on(format!("step_{number}"), format!("Each line {number}"), "{{trigger['output']['lines']}}");
        put(&mut each, Slot::Body, (0..5).map(|_| self.plain()).collect());
        let behind: Vec<Step> = (0..3).map(|_| self.plain()).collect();
        put(&mut router, Slot::Branch(1), std::iter::once(each).chain(behind).collect());
        put(&mut router, Slot::Branch(2), (0..6).map(|_| self.plain()).collect());
        let steps = vec![router, self.plain(), self.plain()];
        assert_eq!(self.0 - begun, BLOCK, "a block has another size than it says");
        steps
    }

    fn next(&mut self) -> usize {
        self.0 += 1;
        self.0
    }

    fn plain(&mut self) -> Step {
        let number = self.next();
        let mut input = Map::new();
        input.insert("texts".to_owned(), json!(["Order", "{{trigger['output']['number']}}"]));
        input.insert("separator".to_owned(), json!(" "));
        let call = PieceCall {
            piece: "@activepieces/piece-text-helper".to_owned(),
            version: "0.5.0".to_owned(),
            operation: "concat".to_owned(),
            input,
            ..PieceCall::default()
        };
        Step::piece(format!("step_{number}"), format!("Write the subject {number}"), call)
    }

    /// A router with so many branches that have a condition, and the one for everything else.
    fn router(&mut self, branches: usize) -> Step {
        let number = self.next();
        let names = vec!["Large order"; branches];
        let mut step = Step::router(format!("step_{number}"), format!("Which order {number}"), &names);
        if let Kind::Router(router) = &mut step.kind {
            for branch in router.branches.iter_mut().take(branches) {
                let condition = Condition::new("{{trigger['output']['total']}}", Operator::NumberIsGreaterThan, "100");
                branch.kind = BranchKind::Condition(vec![vec![condition]]);
            }
        }
        step
    }
}

fn put(step: &mut Step, slot: Slot, steps: Vec<Step>) {
    *step.chain_mut(slot).expect("the step holds such a chain") = steps.into();
}
