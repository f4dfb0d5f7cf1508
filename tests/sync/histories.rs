//! Any history of edits in Basecamp, with faults on the way, ends here as it ended there.

use sim::{Dice, Fault, random_edit};

use crate::support::{Desk, World};

/// Worlds that live side by side, and the histories that each goes through. Their product is 200 or more.
const WORLDS: u64 = 12;
const HISTORIES: u64 = 17;

/// What can go wrong with any request. A 429 comes apart, for it makes everybody wait.
fn faults() -> Vec<Fault> {
    vec![
        Fault::Status(500),
        Fault::Status(503),
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Truncate,
        Fault::Html,
        Fault::EmptyList,
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn after_any_history_what_is_here_is_what_is_there() {
    let worlds: Vec<_> = (0..WORLDS).map(|seed| tokio::spawn(world(seed))).collect();
    let mut stood = 0;
    for world in worlds {
        stood += world.await.unwrap();
    }
    assert!(stood > WORLDS * HISTORIES, "only {stood} faults met a request");
}

/// Goes through the histories of one world; how many faults there were.
async fn world(seed: u64) -> u64 {
    let desk = Desk::on(World::small(seed)).await;
    desk.truth_holds("after the first fetch").await;
    let mut dice = Dice::new(20_261_121 + seed);
    for history in 0..HISTORIES {
        let mut story = Vec::new();
        for round in 0..2 {
            for _ in 0..=dice.below(6) {
                story.extend(desk.sim.edit(|editor| random_edit(editor, &mut dice)));
            }
            if round == 1 {
                // What happens after the faulty pass is left to the last one.
                continue;
            }
            desk.sim.faults().by_chance(seed * 1000 + history * 10 + round, 25, faults());
            if history % 4 == 0 {
                desk.sim.faults().next(1, "GET", "recordings", Fault::TooMany(1));
            }
            // A pass that gives up is not the end: the next one goes on.
            let passed = desk.tries(contract::commands::RunSync { full: history % 4 == 1 }).await;
            desk.sim.faults().clear();
            no_429_is_shown(&desk, passed.err()).await;
        }
        // What changed, and then a comparison of everything.
        let status = desk.full_sync().await;
        assert_eq!(status.problem, None);
        desk.truth_holds(&format!("world {seed}, history {history}: {story:#?}")).await;
    }
    nothing_new_writes_nothing(&desk).await;
    desk.sim.faults().given()
}

async fn no_429_is_shown(desk: &Desk, passed: Option<contract::Fault>) {
    for fault in [passed, desk.status().await.problem].into_iter().flatten() {
        assert!(!fault.message.contains("429"), "{}", fault.message);
        assert!(!fault.message.to_lowercase().contains("too many"), "{}", fault.message);
    }
}

async fn nothing_new_writes_nothing(desk: &Desk) {
    let Some(before) = desk.log_mark().await else { return };
    desk.sync().await;
    desk.full_sync().await;
    let after = desk.log_mark().await.unwrap();
    assert_eq!(before.written_until(after), 0, "a pass with nothing changed wrote records");
}
