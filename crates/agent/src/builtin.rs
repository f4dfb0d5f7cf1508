//! The built-in assistant: a model that is no language model. It reads a request by its words, plans the same calls that any
//! model would make, and composes its answers from what they tell. It needs no key and no network, and the same request
//! always has the same reply: where it is in a turn, it reads from the record alone.

mod asked;
mod automations;
mod capabilities;
mod compose;
mod dates;
mod filter;
mod followup;
mod names;
mod pattern;
mod plan;
mod recall;
mod record;
mod target;
#[cfg(test)]
mod tests;
mod words;

use contract::MemoryId;
use futures::StreamExt as _;
use futures::stream::{self, BoxStream};

pub use automations::{PROMISED, Promised};
pub use plan::Planned;

use crate::model::{Capacity, Model, ModelError, ModelEvent, Request};
use asked::Asked;
use plan::{Next, Plan, Scene};
use recall::Recall;

/// What it is called.
pub const NAME: &str = "Built-in assistant";
/// Longer requests are not read: nobody types them as one, and a paste is no request.
const LONGEST: usize = 4_000;
/// So many words come at a time.
const PIECE: usize = 4;

/// The built-in assistant.
#[derive(Debug, Clone, Copy, Default)]
pub struct Builtin;

/// A whole reply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// Its text: Markdown.
    pub text: String,
    /// Its calls; none when the text is the answer.
    pub calls: Vec<Planned>,
    /// The memories that it rests on.
    pub recalled: Vec<MemoryId>,
}

impl Model for Builtin {
    fn name(&self) -> &str {
        NAME
    }

    fn capacity(&self) -> Capacity {
        Capacity { window: u64::MAX, reads_everything: true }
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let reply = reply(&request);
        let mut events: Vec<ModelEvent> = pieces(&reply.text).into_iter().map(ModelEvent::Text).collect();
        events
            .extend(reply.calls.into_iter().map(|call| ModelEvent::Call { tool: call.tool.into(), input: call.input }));
        if !reply.recalled.is_empty() {
            events.push(ModelEvent::Recalled(reply.recalled));
        }
        events.extend([ModelEvent::Used { tokens_in: 0, tokens_out: 0 }, ModelEvent::Stop]);
        stream::iter(events.into_iter().map(Ok)).boxed()
    }
}

/// What it answers to a request: the same to the same.
#[must_use]
pub fn reply(request: &Request) -> Reply {
    let turns = record::turns(&request.messages);
    let world = &*request.world;
    let Some(turn) = turns.last() else { return said(capabilities::greeting(world)) };
    if turn.said.len() > LONGEST {
        let told = "That is longer than I can read as a request: 4,000 characters at most. Say in a sentence what you want, \
                    please. Nothing was changed.";
        return said(told.to_owned());
    }
    let recall = Recall::of(world);
    let Some(asked) = followup::asked(world, &recall, &turns, |asked| plan_of(asked).is_some()) else {
        return said(capabilities::greeting(world));
    };
    let scene = Scene { world, steps: &turn.steps };
    let next = match plan_of(&asked) {
        Some(plan) => plan(&scene),
        None => Next::Say(capabilities::not_understood(&asked)),
    };
    let (text, calls) = match next {
        Next::Call(text, calls) if !calls.is_empty() => (text, calls),
        Next::Call(..) => ("There is nothing to do. Nothing was changed.".to_owned(), Vec::new()),
        Next::Say(text) => (answered(text, &recall), Vec::new()),
    };
    Reply { text, calls, recalled: recall.used() }
}

/// The answer as the person likes it, with what must be told of their memories. A question keeps all that can be chosen.
fn answered(text: String, recall: &Recall) -> String {
    let text = if followup::Slot::of(&text).is_some() { text } else { recall.shortened(text) };
    let notes = recall.notes();
    if notes.is_empty() { text } else { format!("{text}\n\n{}", notes.join("\n\n")) }
}

/// Begins the plan of the first capability that reads the request as its own.
fn plan_of<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    capabilities::ALL.iter().filter(|capability| !capability.writes || !asked.is_question()).find_map(|capability| {
        asked.recall.begin();
        (capability.read)(asked)
    })
}

fn said(text: String) -> Reply {
    Reply { text, calls: Vec::new(), recalled: Vec::new() }
}

/// The text a few words at a time; put together they are the text.
fn pieces(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    words.chunks(PIECE).map(<[&str]>::concat).collect()
}

/// What can be said to it: examples, in the order of its capabilities.
pub fn examples() -> impl Iterator<Item = &'static str> {
    capabilities::ALL.iter().flat_map(|capability| capability.examples.iter().copied())
}
