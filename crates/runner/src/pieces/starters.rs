//! Pieces that mainly start flows: forms, a button, the time. What they bring is decided in [`trigger`](crate::trigger).

use async_trait::async_trait;
use flow::piece::{PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{
    Ask, action, categories, choice, flag, list, long, named, number, one_of, piece, prop, text, trigger,
};
use crate::{Call, Delivery, Failure, Map, Piece, Reply, Response};

pub(super) struct Forms;

#[async_trait]
impl Piece for Forms {
    fn describe(&self) -> PieceMetadata {
        let kinds = [("text", "Text"), ("text_area", "Text Area"), ("file", "File"), ("toggle", "Toggle")];
        let filled = trigger(
            "form_submission",
            "Web Form",
            "Starts when a person has filled in a form.",
            "WEBHOOK",
            json!({}),
            vec![
                flag("waitForResponse", "Wait for Response").says("Keeps the form open until the flow answers."),
                list("inputs", "Inputs").required().each(vec![
                    text("displayName", "Field Name").required(),
                    one_of("type", "Field Type", &kinds).required(),
                    text("description", "Field Description"),
                    flag("required", "Required"),
                ]),
            ],
        );
        let answer = action(
            "return_response",
            "Respond on UI",
            "Shows a text to who filled in the form.",
            vec![long("markdown", "Text (Markdown)")],
        );
        PieceMetadata {
            actions: named(vec![answer]),
            triggers: named(vec![filled]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-forms", "0.4.14", "Human Input", "Forms that people fill in")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let body = json!({ "type": "markdown", "value": call.text("markdown"), "files": [] });
        let response = Response { status: 200, headers: Map::new(), body: body.clone() };
        Ok(Reply::Respond(body, response))
    }
}

/// What a piece without actions answers to a call of one.
fn no_action() -> Result<Reply, Failure> {
    Err(Failure::new("This piece only starts flows. Open the step and choose another."))
}

pub(super) struct Manual;

#[async_trait]
impl Piece for Manual {
    fn describe(&self) -> PieceMetadata {
        let pressed = trigger(
            "manual_trigger",
            "Manual Trigger",
            "Starts when a person says so.",
            "MANUAL",
            json!({}),
            Vec::new(),
        );
        PieceMetadata {
            triggers: named(vec![pressed]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-manual-trigger", "0.0.5", "Manual Trigger", "Starts by a button")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, _: &Call<'_>) -> Result<Reply, Failure> {
        no_action()
    }
}

pub(super) struct SchedulePiece;

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn hour() -> Ask {
    prop("hour_of_the_day", PropertyKind::StaticDropdown, "Hour of the day")
        .required()
        .choices((0..24).map(|hour| choice(&format!("{hour:02}:00"), hour)))
}

fn zone() -> Ask {
    prop("timezone", PropertyKind::StaticDropdown, "Timezone")
        .required()
        .usually(json!("UTC"))
        .choices(jiff::tz::db().available().map(|zone| choice(zone.as_str(), zone.as_str())))
}

#[async_trait]
impl Piece for SchedulePiece {
    fn describe(&self) -> PieceMetadata {
        let every = |name: &str, label: &str, asks: Vec<Ask>| {
            trigger(name, label, "Starts by the time.", "POLLING", json!({}), asks)
        };
        let number = |name: &str, label: &str, from: u32, to: u32| {
            let choices = (from..=to).map(|number| choice(&number.to_string(), number));
            prop(name, PropertyKind::StaticDropdown, label).required().choices(choices)
        };
        let days = DAYS.iter().enumerate().map(|(number, day)| choice(day, number));
        PieceMetadata {
            triggers: named(vec![
                every(
                    "every_x_minutes",
                    "Every X Minutes",
                    vec![number("minutes", "Minutes", 1, 59).usually(json!(1))],
                ),
                every("every_hour", "Every Hour", vec![flag("run_on_weekends", "Run on weekends (Sat,Sun)")]),
                every(
                    "every_day",
                    "Every Day",
                    vec![hour(), zone(), flag("run_on_weekends", "Run on weekends (Sat,Sun)")],
                ),
                every(
                    "every_week",
                    "Every Week",
                    vec![
                        prop("day_of_the_week", PropertyKind::StaticDropdown, "Day of the week")
                            .required()
                            .choices(days),
                        hour(),
                        zone(),
                    ],
                ),
                every(
                    "every_month",
                    "Every Month",
                    vec![number("day_of_the_month", "Day of the month", 1, 31), hour(), zone()],
                ),
                every(
                    "cron_expression",
                    "Cron Expression",
                    vec![text("cronExpression", "Cron Expression").required().usually(json!("0/5 * * * *")), zone()],
                ),
            ]),
            categories: categories(&["CORE"]),
            ..piece("@activepieces/piece-schedule", "0.1.17", "Schedule", "Starts by the time")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, _: &Call<'_>) -> Result<Reply, Failure> {
        no_action()
    }
}

pub(super) struct Interval;

#[async_trait]
impl Piece for Interval {
    fn describe(&self) -> PieceMetadata {
        let units = [("seconds", "Seconds"), ("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")];
        let every = trigger(
            "every",
            "Every so often",
            "Starts each time that a span has gone by.",
            "POLLING",
            Value::Null,
            vec![
                number("amount", "Amount").required().usually(json!(15)),
                one_of("unit", "Unit", &units).required().usually(json!("minutes")),
            ],
        );
        PieceMetadata {
            triggers: named(vec![every]),
            categories: categories(&["CORE"]),
            ..piece("@pmos/piece-interval", "0.1.0", "Interval", "Starts every so often")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, _: &Call<'_>) -> Result<Reply, Failure> {
        no_action()
    }
}
