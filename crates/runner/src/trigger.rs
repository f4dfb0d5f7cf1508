//! What starts a flow: when, and with what.
//!
//! Pure: nobody listens or waits here. Whoever composes the app asks for the next instant of a schedule, hands in what came
//! to a webhook, from a form or from Basecamp, and starts a run with the payload that comes out.

mod basecamp;
mod form;
mod schedule;
mod webhook;

use flow::{PieceCall, TriggerKind};
use serde_json::Value;

pub use basecamp::{BasecampEvent, EventKind, Filter, Person};
pub use form::{Field, FieldKind, Form};
pub use schedule::{Due, Schedule};
pub use webhook::{Request, Webhook};

/// What starts a flow.
#[derive(Clone, Debug)]
pub enum Starter {
    /// The time.
    Schedule(Schedule),
    /// A call of the flow's own address.
    Webhook(Webhook),
    /// A person, by a button.
    Manual,
    /// A person, by a form.
    Form(Form),
    /// Something in Basecamp.
    Basecamp(Filter),
    /// Another flow.
    Callable,
}

impl Starter {
    /// Reads the trigger of a flow.
    ///
    /// # Errors
    /// A sentence if nothing starts the flow in this app.
    pub fn read(trigger: &flow::Trigger) -> Result<Self, String> {
        let call = match &trigger.kind {
            TriggerKind::Piece(call) => call,
            TriggerKind::Empty => return Err("Nothing starts this flow. Choose a trigger.".to_owned()),
            TriggerKind::Other(_) => return Err(unknown(trigger.display_name.as_str())),
        };
        match (call.piece.as_str(), call.operation.as_str()) {
            ("@activepieces/piece-schedule" | "@pmos/piece-interval", _) => Schedule::read(call).map(Self::Schedule),
            ("@activepieces/piece-webhook", "catch_webhook") => Webhook::read(call).map(Self::Webhook),
            ("@activepieces/piece-manual-trigger", _) => Ok(Self::Manual),
            ("@activepieces/piece-forms", "form_submission") => Form::read(call).map(Self::Form),
            ("@activepieces/piece-subflows", "callableFlow") => Ok(Self::Callable),
            ("@pmos/piece-basecamp", _) => Filter::read(call).map(Self::Basecamp),
            _ => Err(unknown(&call.piece)),
        }
    }
}

fn unknown(what: &str) -> String {
    format!(
        "{what} does not start flows in this app. Run the flow on an Activepieces server, or choose another trigger."
    )
}

/// What was given for a property; `None` for nothing.
fn given<'c>(call: &'c PieceCall, name: &str) -> Option<&'c Value> {
    call.input.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
}

fn given_text(call: &PieceCall, name: &str) -> Option<String> {
    given(call, name).map(crate::value::render)
}

/// A whole number in a range.
fn given_number(call: &PieceCall, name: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, String> {
    let number = given(call, name).and_then(crate::value::amount).unwrap_or(f64::from(*range.start()));
    let is_whole = number.fract() == 0.0 && (f64::from(*range.start())..=f64::from(*range.end())).contains(&number);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and in the range")]
    is_whole.then_some(number as u32).ok_or_else(|| {
        format!(
            "{name} has to be a whole number from {} to {}. Open the trigger and choose one.",
            range.start(),
            range.end()
        )
    })
}
