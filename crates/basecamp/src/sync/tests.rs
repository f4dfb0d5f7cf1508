//! Walks over listings that behave badly, against a server that does just that.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::http::Uri;
use contract::Kind;
use serde_json::{Value, json};

use super::records::Scope;
use super::run::Run;
use super::{Gate, Pass, Quiet, Stage};
use crate::tests::mirror::Memory;
use crate::tests::transport::{answering, asking};

const SIZES: [usize; 3] = [15, 30, 50];

/// The higher the id, the longer ago it changed: so the listing is newest first.
fn row(id: i64, kind: &str) -> Value {
    let changed = jiff::Timestamp::from_second(1_790_000_000 - id * 60).unwrap();
    json!({
        "id": id, "type": kind, "status": "active", "title": format!("No. {id}"), "content": "", "completed": false,
        "created_at": "2026-01-01T00:00:00Z", "updated_at": changed.to_string(),
        "bucket": { "id": 7 }, "parent": { "id": 3 },
    })
}

/// How a listing behaves.
#[derive(Clone, Copy, PartialEq)]
enum Habit {
    Whole,
    /// Loses its first row once page 2 was asked for, so that the others move up.
    Shrinks,
    /// Tells no total.
    NoTotal,
}

type Headers = [(&'static str, String); 3];

/// One page of a listing of `kind`, as Basecamp's pages are.
fn page(rows: &Arc<Mutex<Vec<i64>>>, habit: Habit, uri: &Uri, kind: &str) -> (Headers, String) {
    let query: BTreeMap<&str, &str> =
        uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('=')).collect();
    let mut rows = rows.lock().unwrap();
    let number: usize = query.get("page").map_or(1, |page| page.parse().unwrap());
    if habit == Habit::Shrinks && number == 2 && rows[0] == 1 {
        rows.remove(0);
    }
    let listed: Vec<i64> = match query.get("status") {
        Some(&"active") | None => rows.clone(),
        _ => Vec::new(),
    };
    let size = |page: usize| SIZES.get(page - 1).copied().unwrap_or(100);
    let start: usize = (1..number).map(size).sum();
    let end = (start + size(number)).min(listed.len());
    let shown: Vec<Value> = listed[start.min(end)..end].iter().map(|id| row(*id, kind)).collect();
    let next = uri.query().unwrap_or_default().split("&page=").next().unwrap();
    let link = if end < listed.len() {
        format!("<{}?{next}&page={}>; rel=\"next\"", uri.path(), number + 1)
    } else {
        String::new()
    };
    let total = if habit == Habit::NoTotal { String::new() } else { listed.len().to_string() };
    let headers = [("x-total-count", total), ("link", link), ("content-type", "application/json".to_owned())];
    (headers, Value::Array(shown).to_string())
}

async fn sweep(kind: Kind, count: i64, habit: Habit) -> (Memory, usize) {
    let rows = Arc::new(Mutex::new((1..=count).collect::<Vec<_>>()));
    let (address, asked) = answering(move |_, uri, _| page(&rows, habit, &uri, kind.wire())).await;
    let (api, memory, gate) = (asking(&address), Memory::default(), Gate::default());
    let pass = Pass {
        api: &api,
        mirror: &memory,
        progress: &Quiet,
        gate: &gate,
        now: jiff::Timestamp::UNIX_EPOCH,
        by_clock: false,
    };
    Run::new(&pass).sweep(kind, &[Scope::Active], Stage::Records(kind)).await.unwrap();
    (memory, asked.load(std::sync::atomic::Ordering::SeqCst))
}

#[tokio::test]
async fn every_row_of_a_long_listing_comes_once() {
    for habit in [Habit::Whole, Habit::NoTotal] {
        let (memory, asked) = sweep(Kind::Vault, 400, habit).await;
        assert_eq!(memory.with(|kept| kept.recordings.len()), 400);
        // Seven pages, another look at the head, and the two empty statuses.
        assert_eq!(asked, 7 + 1 + 2);
    }
}

#[tokio::test]
async fn a_row_that_slips_between_two_pages_is_found() {
    let (memory, _) = sweep(Kind::Vault, 60, Habit::Shrinks).await;
    let missing: Vec<i64> = (2..=60).filter(|id| memory.get(*id).is_none()).collect();
    assert_eq!(missing, Vec::<i64>::new());
}

#[tokio::test]
async fn places_that_a_listing_does_not_tell_are_walked_for() {
    let (memory, _) = sweep(Kind::Todo, 20, Habit::Whole).await;
    for id in 1..=20 {
        assert_eq!(memory.get(id).unwrap().position, Some(id));
    }
}
