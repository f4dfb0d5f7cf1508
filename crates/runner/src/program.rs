//! A flow as the interpreter reads it: every step by number, with what comes after it and what it stands in.

use std::collections::HashMap;

use flow::{Flow, Index, Kind, Slot, Step, Syntax};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A flow that can be run.
#[derive(Debug)]
pub struct Program {
    /// What people call the flow.
    pub display_name: String,
    /// How its expressions reach what a step brought.
    pub syntax: Syntax,
    /// What expressions call the trigger.
    pub trigger: String,
    /// What the trigger is given.
    pub trigger_input: Value,
    /// What the flow is known by: it changes with everything that a run depends upon.
    pub fingerprint: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) first: Option<usize>,
    by_name: HashMap<String, usize>,
}

/// One step of a program.
#[derive(Debug)]
pub(crate) struct Node {
    /// The step, without what it holds.
    pub(crate) step: Step,
    /// The step behind it in its chain.
    pub(crate) next: Option<usize>,
    /// The step that it stands in, and where there.
    pub(crate) inside: Option<(usize, Slot)>,
    /// How many loops it stands in.
    pub(crate) loops: usize,
    /// The first step of each chain that it holds and that is not empty.
    firsts: Vec<(Slot, usize)>,
}

impl Node {
    /// The first step of one of its chains.
    pub(crate) fn first(&self, slot: Slot) -> Option<usize> {
        self.firsts.iter().find(|(found, _)| *found == slot).map(|(_, first)| *first)
    }

    /// Whether the flow goes on when it fails.
    pub(crate) fn continues(&self) -> bool {
        self.step.errors().is_some_and(|errors| errors.continue_on_failure == Some(true))
    }

    /// Whether it is tried again when it fails.
    pub(crate) fn retries(&self) -> bool {
        self.step.errors().is_some_and(|errors| errors.retry_on_failure == Some(true))
    }
}

impl Program {
    /// Reads a flow.
    ///
    /// # Errors
    /// A sentence if its version of the format is not known here.
    pub fn new(flow: &Flow) -> Result<Self, String> {
        let syntax = flow.schema.syntax().ok_or_else(|| {
            flow.read_only().unwrap_or_else(|| "This flow is written in a format that is not known here.".to_owned())
        })?;
        let index = Index::of(flow);
        let mut nodes: Vec<Node> = Vec::with_capacity(index.entries().len());
        let mut last: HashMap<Option<(usize, Slot)>, usize> = HashMap::new();
        for (number, entry) in index.entries().iter().enumerate() {
            let loops = entry.inside.map_or(0, |(holder, slot)| {
                nodes.get(holder).map_or(0, |node| node.loops) + usize::from(slot == Slot::Body)
            });
            let before = last.insert(entry.inside, number);
            if let Some(before) = before.and_then(|before| nodes.get_mut(before)) {
                before.next = Some(number);
            } else if let Some((holder, slot)) = entry.inside
                && let Some(holder) = nodes.get_mut(holder)
            {
                holder.firsts.push((slot, number));
            }
            nodes.push(Node { step: entry.step.shell(), next: None, inside: entry.inside, loops, firsts: Vec::new() });
        }
        let mut by_name = HashMap::with_capacity(nodes.len());
        for (number, node) in nodes.iter().enumerate() {
            if by_name.insert(node.step.name.clone(), number).is_some() || node.step.name == flow.trigger.name {
                return Err(format!("Two steps are called {}. Rename one of them.", node.step.name));
            }
        }
        let call = flow.trigger.call();
        Ok(Self {
            display_name: flow.display_name.clone(),
            syntax,
            trigger: flow.trigger.name.clone(),
            trigger_input: call.map(|call| Value::Object(call.input.clone())).unwrap_or_default(),
            fingerprint: fingerprint(flow, &nodes),
            first: (!nodes.is_empty()).then_some(0),
            nodes,
            by_name,
        })
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The step of a name, without what it holds.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.nodes.get(self.number(name)?).map(|node| &node.step)
    }
}

/// What a run depends upon: the order and place of the steps, what each does, and the format. Names for people, notes and
/// samples do not count.
fn fingerprint(flow: &Flow, nodes: &[Node]) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{:?} {}", flow.schema, flow.trigger.name));
    for node in nodes {
        let step = &node.step;
        digest.update(format!("\n{} {:?} {}", step.name, node.inside, step.is_skipped()));
        match &step.kind {
            Kind::Code(code) => digest.update(format!("{}{}", code.code, Value::Object(code.input.clone()))),
            Kind::Piece(piece) => {
                let call = &piece.call;
                digest.update(format!("{} {} {}", call.piece, call.operation, Value::Object(call.input.clone())));
            }
            Kind::Loop(inner) => digest.update(&inner.items),
            Kind::Router(router) => digest.update(format!("{router:?}")),
            Kind::Other(other) => digest.update(&other.kind),
        }
        digest.update(format!("{} {}", node.continues(), node.retries()));
    }
    digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
