//! Waiting for an instant.

use async_trait::async_trait;
use flow::piece::{PieceMetadata, PropertyKind};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::describe::{categories, named, number, one_of, piece, plain, prop};
use crate::{Call, Delivery, Failure, Map, Piece, Reply, Wait, value};

pub(super) struct Delay;

#[async_trait]
impl Piece for Delay {
    fn describe(&self) -> PieceMetadata {
        let units = [("seconds", "Seconds"), ("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")];
        let wait_for = plain(
            "delayFor",
            "Delay For",
            "Waits for a span of time.",
            vec![
                one_of("unit", "Unit", &units).required().usually(json!("seconds")),
                number("delayFor", "Amount").required(),
            ],
        );
        let wait_until = plain(
            "delay_until",
            "Delay Until",
            "Waits until a day and time.",
            vec![prop("delayUntilTimestamp", PropertyKind::DateTime, "Date and Time").required()],
        );
        PieceMetadata {
            actions: named(vec![wait_for, wait_until]),
            categories: categories(&["CORE", "FLOW_CONTROL"]),
            ..piece("@activepieces/piece-delay", "0.3.27", "Delay", "Waits")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let (at, output) = match call.action {
            "delay_until" => {
                let given = call.given("delayUntilTimestamp").cloned().unwrap_or_default();
                let at = value::instant(&given, &TimeZone::UTC).ok_or_else(|| {
                    Failure::new("The date and time cannot be read. Write it as 2026-11-21T09:00:00Z.")
                })?;
                (at, json!({ "delayTill": at.to_string(), "success": true }))
            }
            _ => {
                let unit = match call.text("unit").as_str() {
                    "minutes" => 60_000.0,
                    "hours" => 3_600_000.0,
                    "days" => 86_400_000.0,
                    _ => 1000.0,
                };
                let amount = call.number("delayFor")?.unwrap_or_default();
                if amount < 0.0 {
                    return Err(Failure::new("A span of time is not below zero. Open the step and correct it."));
                }
                #[expect(clippy::cast_possible_truncation, reason = "what is too long is refused by the clock")]
                let span = jiff::SignedDuration::from_millis((amount * unit) as i64);
                let at = call.now.checked_add(span).map_err(|_| Failure::new("The wait is too long. Shorten it."))?;
                (at, json!({ "delayForInMs": value::from_number(amount * unit), "success": true }))
            }
        };
        match at <= call.now {
            true => Ok(Reply::Done(output)),
            false => Ok(Reply::Wait(Value::Object(Map::new()), Wait::Until { at, output })),
        }
    }
}
