//! The first fetch of a large account, as fast as Basecamp's limiter lets it: sign-in, decoding and storing included. The
//! stand-in answers at once, so what is measured is how well the limiter's places are used.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench speaks on the console and may fail aloud; it shares words with other benches"
)]

mod account;
mod figure;

use std::time::Instant;

use engine::{Engine, Options};
use serde_json::json;
use sim::{Sim, Size};
use tempfile::TempDir;

use figure::tell;

/// So much company has about 10,000 to-dos.
const SIZE: Size = Size { projects: 60, recordings: 38_500 };
const PER_SECOND: f64 = 5.0;
const WINDOW: u64 = 50;
const WINDOW_SECONDS: f64 = 10.0;

#[tokio::main]
async fn main() {
    let sim = Sim::start(sim::Options { size: SIZE, ..sim::Options::default() }).await.unwrap();
    let truth = sim.truth();
    let todos = truth.iter().filter(|one| one.kind == "Todo").count();
    let folder = TempDir::new().unwrap();
    let options = Options::new(folder.path().to_owned()).without_schedule().without_keyring();
    let engine = Engine::open(options).await.unwrap();
    account::call(&engine, None, "vault.file", json!({ "passphrase": "for the bench only" })).await;

    sim.reset_counters();
    let begun = Instant::now();
    account::fetch(&engine, &sim).await;
    let seconds = begun.elapsed().as_secs_f64();
    engine.close().await;
    let seen = sim.counters();
    let requests = seen.total();
    eprintln!("    {} records at the stand-in, {requests} requests:", truth.len());
    for ((method, route), count) in &seen.requests {
        eprintln!("    {count:>5} {method} {route}");
    }
    sim.stop().await;

    let share = requests as f64 / (seconds * PER_SECOND);
    tell(
        &format!("First fetch of {todos} to-dos with all around them: requests per second of the limiter's 5"),
        "95 %",
        &format!("{:.1} % ({requests} requests in {seconds:.1} s)", share * 100.0),
        Some(share >= 0.95),
    );
    // The limiter's first window may be used up at once, so that the share above can pass 100 %.
    let least = ((requests - 1) / WINDOW) as f64 * WINDOW_SECONDS;
    tell(
        "The least time in which the limiter lets so many requests through, of the time taken",
        "",
        &format!("{:.1} % ({least:.0} s of {seconds:.1} s)", least / seconds * 100.0),
        None,
    );
    tell("Requests refused with 429", "none", &seen.too_many.to_string(), Some(seen.too_many == 0));
}
