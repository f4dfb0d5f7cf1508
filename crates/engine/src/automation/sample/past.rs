//! Two weeks of runs of a sample automation, played through the runner as they would have been: nothing was sent anywhere.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::{Fault, FlowId};
use flow::piece::PieceMetadata;
use flow::{Flow, TriggerKind};
use jiff::{SignedDuration, Timestamp, ToSpan};
use runner::{Call, Catalog, Clock, Delivery, Failure, Map, Piece, Program, Reply, RunId, Runner, Start};
use serde_json::{Value, json};
use store::NewRun;
use tokio_util::sync::CancellationToken;

use super::super::core::Core;
use super::super::standing::stands;
use crate::fault::IntoFault;
use crate::gate::fingerprint;

/// How many days back it goes.
const DAYS: i64 = 14;
/// One run in so many fails.
const FAILS: u64 = 7;

/// What the items are called that set runs off.
const TITLES: [&str; 8] = [
    "Send the offer to the client",
    "Book the room for the workshop",
    "Check the new prices",
    "Draft the release notes",
    "Review the homepage copy",
    "Collect the photos",
    "Fix the broken link in the footer",
    "Ask legal about the cookie banner",
];

/// Plays the past of a flow.
///
/// # Errors
/// When the store cannot be written.
pub(super) async fn live(core: &Core, id: FlowId, flow: &Flow, document: &str) -> Result<(), Fault> {
    let program = Program::new(flow).map_err(|why| Fault::new(contract::Code::Internal, why))?;
    let program = Arc::new(program);
    let now = core.runner.clock.now();
    for (number, at) in instants(flow, id, now).into_iter().enumerate() {
        let number = u64::try_from(number).unwrap_or_default() + u64::try_from(id.0).unwrap_or_default();
        let key = format!("past:{id}:{number}");
        let payload = payload(flow, number, at);
        let new = NewRun {
            flow: id,
            key: key.clone(),
            fingerprint: fingerprint("flow", document),
            document: document.to_owned(),
            test: false,
            rehearsal: false,
            cause: cause(&payload),
            granted: "[]".into(),
            start: "{}".into(),
            at: Some(at),
        };
        core.store.add_run(&new).await.into_fault()?;
        let runner = past(core, at, number % FAILS == FAILS - 1);
        let begun =
            runner.begin(RunId(key.clone()), program.clone(), Start { payload, note: None, parent: None }).await;
        let Ok(mut run) = begun else { continue };
        let Ok(standing) = runner.advance(&mut run, &CancellationToken::new()).await else { continue };
        let Some(stored) = core.store.run_of_key(&key).await.into_fault()? else { continue };
        core.store.run_stands(stored.run.id, &stands(&run, Some(&standing))).await.into_fault()?;
    }
    Ok(())
}

/// When it ran: a schedule each weekday, what people do some times a day.
fn instants(flow: &Flow, id: FlowId, now: Timestamp) -> Vec<Timestamp> {
    let is_timed = flow.trigger.call().is_some_and(|call| call.piece == "@activepieces/piece-schedule");
    let mut instants = Vec::new();
    for day in (1..=DAYS).rev() {
        let Ok(then) = now.checked_sub(SignedDuration::from_hours(24 * day)) else { continue };
        let date = then.to_zoned(jiff::tz::TimeZone::UTC).date();
        if matches!(date.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
            continue;
        }
        let times: &[(i8, i8)] = match (is_timed, (day + id.0) % 3) {
            (true, _) => &[(6, 0)],
            (false, 0) => &[(8, 41), (13, 7)],
            (false, 1) => &[(10, 22)],
            (false, _) => &[(9, 3), (11, 48), (15, 30)],
        };
        let at = times.iter().filter_map(|(hour, minute)| {
            let zoned = date.at(*hour, *minute, 2, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            Some(zoned.timestamp()).filter(|at| *at < now)
        });
        instants.extend(at);
    }
    instants
}

fn payload(flow: &Flow, number: u64, at: Timestamp) -> Value {
    let TriggerKind::Piece(call) = &flow.trigger.kind else { return Value::Null };
    if call.piece == "@activepieces/piece-schedule" {
        return json!({ "hour_of_the_day": 8, "timezone": "Europe/Berlin" });
    }
    let title = TITLES.get(usize::try_from(number).unwrap_or_default() % TITLES.len()).copied().unwrap_or_default();
    json!({
        "kind": if call.operation == "item_created" { "created" } else { "completed" },
        "at": at.to_string(),
        "id": number.to_string(),
        "item": if call.operation == "item_created" { "Kanban::Card" } else { "Todo" },
        "title": title,
        "project_name": "Website relaunch",
        "assignees": if number.is_multiple_of(2) { json!([{ "id": "7", "name": "Mina Okafor" }]) } else { json!([]) },
    })
}

fn cause(payload: &Value) -> String {
    match (payload.get("title").and_then(Value::as_str), payload.get("kind").and_then(Value::as_str)) {
        (Some(title), Some("created")) => format!("“{title}” was made"),
        (Some(title), _) => format!("“{title}” was done"),
        (None, _) => "By the time".into(),
    }
}

/// The runner as it was at an instant.
fn past(core: &Core, at: Timestamp, fails: bool) -> Runner {
    let played = core
        .runner
        .pieces
        .described()
        .map(|described| -> Arc<dyn Piece> { Arc::new(Played { described: described.clone(), fails }) });
    Runner {
        pieces: Arc::new(Catalog::new(played.collect::<Vec<_>>())),
        clock: Arc::new(PastClock(Mutex::new(at))),
        watch: None,
        ..core.runner.clone()
    }
}

/// A clock of which every look takes a while.
struct PastClock(Mutex<Timestamp>);

#[async_trait]
impl Clock for PastClock {
    fn now(&self) -> Timestamp {
        let mut at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = *at;
        *at = at.checked_add(83.milliseconds()).unwrap_or(now);
        now
    }

    async fn until(&self, instant: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = instant;
    }
}

/// A piece that brought something, or did not.
struct Played {
    described: PieceMetadata,
    fails: bool,
}

#[async_trait]
impl Piece for Played {
    fn describe(&self) -> PieceMetadata {
        self.described.clone()
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        if self.fails {
            let failure = Failure::new("Slack asks to wait. Try again in a minute.").named("ratelimited");
            return Err(Failure { status: Some(429), ..failure });
        }
        Ok(Reply::Done(
            json!({ "ok": true, "channel": call.text("channel"), "message": { "text": call.text("text") } }),
        ))
    }
}
