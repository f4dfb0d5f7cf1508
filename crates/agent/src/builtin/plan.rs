//! What a plan is: a function from how far the turn has come to what is called or said next. It knows no request.

use contract::Command;
use jiff::civil::Date;

use super::dates::Calendar;
use super::record::{Done, Step};
use crate::world::World;

/// How far the turn has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    /// What is true right now.
    pub(super) world: &'a World,
    /// The replies of this turn so far, with what their calls told.
    pub(super) steps: &'a [Step<'a>],
}

impl<'a> Scene<'a> {
    /// Which step comes now, from 0.
    pub(super) fn step(&self) -> usize {
        self.steps.len()
    }
    /// The calls of an earlier step.
    pub(super) fn done(&self, step: usize) -> &'a [Done<'a>] {
        self.steps.get(step).map_or(&[], |step| &step.calls)
    }
    /// The one call of an earlier step.
    pub(super) fn only(&self, step: usize) -> Option<&'a Done<'a>> {
        self.done(step).first()
    }
    /// Today, where the person is.
    pub(super) fn today(&self) -> Date {
        self.world.now.date()
    }
}

/// The calendar of the person.
pub(super) fn calendar(world: &World) -> Calendar {
    Calendar { today: world.now.date(), week_start: world.week_start }
}

/// A call to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The command.
    pub tool: &'static str,
    /// Its input, JSON text.
    pub input: String,
}

/// Plans a call.
pub(super) fn call<C: Command>(input: &C) -> Planned {
    Planned { tool: C::NAME, input: serde_json::to_string(input).unwrap_or_default() }
}

/// What comes next in a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// These calls, with a word on what they are for.
    Call(String, Vec<Planned>),
    /// The answer, or a question.
    Say(String),
}

impl Next {
    /// One call.
    pub(super) fn one<C: Command>(say: impl Into<String>, input: &C) -> Self {
        Self::Call(say.into(), vec![call(input)])
    }
    /// The answer.
    pub(super) fn say(text: impl Into<String>) -> Self {
        Self::Say(text.into())
    }
}

/// From how far a turn has come to what comes next.
pub(super) type Plan<'a> = Box<dyn Fn(&Scene<'_>) -> Next + 'a>;

/// A plan that is an answer.
pub(super) fn answer<'a>(text: impl Into<String>) -> Plan<'a> {
    let text = text.into();
    Box::new(move |_| Next::Say(text.clone()))
}

/// A plan of one look-up: calls, then composes the answer from the reply.
pub(super) fn look_up<'a, C: Command + 'a>(
    say: impl Into<String>,
    input: C,
    compose: impl Fn(&Scene<'_>, C::Reply) -> String + 'a,
) -> Plan<'a> {
    let say = say.into();
    Box::new(move |scene| match scene.only(0) {
        None => Next::one(say.clone(), &input),
        Some(done) => Next::Say(match done.reply::<C::Reply>() {
            Some(reply) => compose(scene, reply),
            None => sorry(done),
        }),
    })
}

/// What is told when a look-up did not work.
pub(super) fn sorry(done: &Done<'_>) -> String {
    match done.failure() {
        Some(_) if done.was_denied() => {
            "That look-up was not allowed, so I cannot answer. Nothing was changed.".to_owned()
        }
        Some(why) if !why.trim().is_empty() => {
            format!("I could not look that up: {} Nothing was changed.", sentence(why))
        }
        Some(_) | None => {
            "The look-up told something that I cannot read, so I have no answer. Nothing was changed.".to_owned()
        }
    }
}

/// A text as a sentence: with a full stop, and not too long.
pub(super) fn sentence(text: &str) -> String {
    let mut text: String = text.trim().chars().take(300).collect();
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}
