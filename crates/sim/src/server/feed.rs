//! `GET /events.json`: pages of the event feed, with signed positions bound to the filters.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::read::Reading;
use super::render::moment;
use super::reply::Reply;
use super::request::Ask;
use crate::world::{Event, Kind};

const PAGE: usize = 100;
const FILTERS: [&str; 6] = ["types", "buckets", "creators", "performers", "exclude_performers", "actor_types"];

pub(crate) fn events(r: &Reading<'_>, ask: &Ask) -> Reply {
    let filters = match Filters::of(ask, r.me()) {
        Ok(filters) => filters,
        Err(why) => return bad("invalid_filter", why),
    };
    let world = r.lens.world;
    let until = r.now.saturating_sub(r.feed_delay).unwrap_or(r.now);
    let start = match (ask.param("position"), ask.param("since")) {
        (Some(position), _) => match read_position(position) {
            None => return bad("invalid_position", "The position could not be read"),
            Some((digest, _)) if digest != filters.digest => {
                return Reply::json(
                    409,
                    json!({
                        "error": "The position was made for other filters",
                        "position_digest": digest,
                        "filters_digest": filters.digest,
                    }),
                );
            }
            Some((_, at)) => at,
        },
        (None, None | Some("now")) => world.feed_head(until),
        (None, Some("0")) => world.feed_epoch(),
        (None, Some(since)) => match since.parse::<i64>() {
            Ok(id) if id >= 0 => id,
            _ => return bad("invalid_position", "since must be an event id, 0 or now"),
        },
    };
    if start < world.feed_epoch() {
        return Reply::json(
            410,
            json!({
                "error": "The feed has no history that old",
                "epoch_after_id": world.feed_epoch(),
                "resume": format!("{}/events.json?{}", r.here, filters.query("since", &world.feed_epoch().to_string())),
            }),
        );
    }
    let mut shown = Vec::new();
    let mut at = start;
    let mut more = false;
    // A page walks a bounded stretch of history, so that strict filters give empty pages with a `next`.
    for (seen, event) in world.feed_after(start, until).enumerate() {
        if shown.len() == PAGE || seen == PAGE * 5 {
            more = true;
            break;
        }
        at = event.id;
        if world.may_see(r.me(), event.project) && filters.pass(event) {
            shown.push(pointer(event));
        }
    }
    let position = write_position(&filters.digest, at);
    let mut body = json!({ "events": shown, "position": position });
    if more && let Some(map) = body.as_object_mut() {
        let next = format!("{}/events.json?{}", r.here, filters.query("position", &position));
        map.insert("next".to_owned(), json!(next));
    }
    Reply::ok(body)
}

fn bad(reason: &str, why: &str) -> Reply {
    Reply::json(400, json!({ "error": why, "reason": reason }))
}

fn pointer(event: &Event) -> Value {
    let (noun, stem) = event.feed_name().unwrap_or_default();
    let mut out = json!({
        "id": event.id,
        "kind": format!("{stem}_{}", event.action),
        "action": event.action,
        "event_type": format!("{noun}.{}", event.action),
        "bucket_id": event.project,
        "creator_id": event.creator,
        "performed_by_id": Value::Null,
        "recording_id": event.recording,
        "created_at": moment(event.at),
    });
    if event.kind == Kind::Card
        && let Some((from, to)) = event.columns
        && let Some(map) = out.as_object_mut()
    {
        map.insert("details".to_owned(), json!({ "column_id": to, "previous_column_id": from }));
    }
    out
}

/// The filters of a request, checked.
struct Filters {
    present: BTreeMap<&'static str, Vec<String>>,
    digest: String,
    me: i64,
}

impl Filters {
    fn of(ask: &Ask, me: i64) -> Result<Self, &'static str> {
        let mut present = BTreeMap::new();
        for name in FILTERS {
            let Some(list) = ask.param(name) else {
                continue;
            };
            let mut values: Vec<String> = list.split(',').map(|value| value.trim().to_owned()).collect();
            values.sort();
            values.dedup();
            if values.len() > 100 {
                return Err("A filter holds at most 100 values");
            }
            let fits = |value: &String| match name {
                "types" => value.contains('.'),
                "actor_types" => value == "person" || value == "agent",
                "performers" | "exclude_performers" => value == "self" || value.parse::<i64>().is_ok(),
                _ => value.parse::<i64>().is_ok(),
            };
            if !values.iter().all(fits) {
                return Err("A filter has a value that cannot be read");
            }
            present.insert(name, values);
        }
        let digest = digest(&present);
        Ok(Self { present, digest, me })
    }

    fn pass(&self, event: &Event) -> bool {
        let person = |values: &[String], id: i64| {
            values.iter().any(|value| *value == id.to_string() || (value == "self" && id == self.me))
        };
        self.present.iter().all(|(name, values)| match *name {
            "types" => event.feed_name().is_some_and(|(noun, _)| values.contains(&format!("{noun}.{}", event.action))),
            "buckets" => values.contains(&event.project.to_string()),
            "creators" | "performers" => person(values, event.creator),
            "exclude_performers" => !person(values, event.creator),
            _ => values.iter().any(|value| value == "person"),
        })
    }

    /// A query string with one parameter and the filters.
    fn query(&self, name: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair(name, value);
        for (name, values) in &self.present {
            query.append_pair(name, &values.join(","));
        }
        query.finish()
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of the filters as minimal, sorted JSON.
fn digest(present: &BTreeMap<&'static str, Vec<String>>) -> String {
    let text = serde_json::to_string(present).unwrap_or_default();
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn seal(digest: &str, at: i64) -> String {
    let text = format!("sim {digest} {at}");
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

fn write_position(digest: &str, at: i64) -> String {
    format!("srv2.{digest}.{at}.{}", seal(digest, at))
}

fn read_position(text: &str) -> Option<(String, i64)> {
    let mut parts = text.split('.');
    let (version, digest, at, mark) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let at: i64 = at.parse().ok()?;
    (version == "srv2" && seal(digest, at) == mark && parts.next().is_none()).then(|| (digest.to_owned(), at))
}
