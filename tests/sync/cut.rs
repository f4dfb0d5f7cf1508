//! A first fetch that is cut short, again and again, at other places, ends as one that was let through.

use contract::commands::CancelSync;
use contract::{Code, SyncPhase};
use sim::{Dice, Fault, random_edit};

use crate::support::{Desk, World, call};

#[tokio::test]
async fn a_first_fetch_that_is_cut_goes_on_and_ends_equal() {
    for seed in 0..4 {
        let desk = Desk::unfetched(World::small(30 + seed)).await;
        let mut dice = Dice::new(seed);
        let mut cuts = 0;
        loop {
            let part = *dice.pick(&["recordings", "projects", "people", "lines", "card_tables", "questions"]).unwrap();
            let gate = desk.sim.faults().hold_next("GET", part);
            desk.sim.edit(|editor| random_edit(editor, &mut dice));
            let (engine, caller) = (desk.engine.clone(), desk.caller.clone());
            let mut pass =
                tokio::spawn(async move { call(&engine, &caller, contract::commands::RunSync { full: false }).await });
            let outcome = tokio::select! {
                done = &mut pass => Some(done.unwrap()),
                () = gate.arrived() => None,
            };
            if cuts < 12 && outcome.is_none() {
                desk.does(CancelSync {}).await;
                assert_eq!(pass.await.unwrap().unwrap_err().code, Code::Cancelled);
                gate.open();
                desk.sim.faults().clear();
                cuts += 1;
                continue;
            }
            gate.open();
            if outcome.is_none() {
                pass.await.unwrap().unwrap();
            }
            desk.sim.faults().clear();
            break;
        }
        desk.full_sync().await;
        assert_eq!(desk.status().await.phase, SyncPhase::Idle);
        desk.truth_holds(&format!("world {seed}, after {cuts} cuts")).await;
    }
}

#[tokio::test]
async fn a_first_fetch_goes_on_after_a_restart() {
    let mut desk = Desk::unfetched(World::small(40)).await;
    for part in ["/projects.json", "people", "recordings", "card_tables", "lines", "progress"] {
        desk.sim.faults().next(40, "GET", part, Fault::Status(500));
        // It may be that this part comes no more; either way the engine ends here.
        let _ = desk.tries(contract::commands::RunSync { full: false }).await;
        desk.sim.faults().clear();
        desk = desk.restarts().await;
    }
    desk.sync().await;
    desk.full_sync().await;
    desk.truth_holds("after restarts").await;
    assert_eq!(desk.status().await.problem, None);
}
