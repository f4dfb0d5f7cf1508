//! The laws of the passes.

use std::sync::Mutex;

use contract::{Kind, RecordingId, Status};
use jiff::Timestamp;
use sim::{Dice, Fault, Sim, random_edit};

use super::mirror::{Memory, differences};
use super::{api, background, small};
use crate::Api;
use crate::sync::{Gate, Pass, Progress, Quiet, Report, Stage, Stopped, cold, is_complete, reconcile, warm};

/// The engine runs passes and edits on any thread; this need only compile.
#[allow(dead_code)]
fn passes_travel_between_threads(api: Api, mirror: Memory, edit: crate::write::Edit) {
    fn travels<T: Send + 'static>(_: T) {}
    travels(async move {
        let gate = Gate::default();
        let _ = cold(pass(&api, &mirror, &gate)).await;
        let _ = warm(pass(&api, &mirror, &gate)).await;
        let _ = reconcile(pass(&api, &mirror, &gate)).await;
        crate::write::send(&api, &edit).await
    });
}

type Done = Result<Report, Stopped<super::mirror::Full>>;

fn pass<'a>(api: &'a Api, mirror: &'a Memory, gate: &'a Gate) -> Pass<'a, Memory, Quiet> {
    Pass { api, mirror, progress: &Quiet, gate, now: Timestamp::now(), by_clock: false }
}

async fn run_cold(api: &Api, mirror: &Memory) -> Done {
    cold(pass(api, mirror, &Gate::default())).await
}
async fn run_warm(api: &Api, mirror: &Memory) -> Done {
    warm(pass(api, mirror, &Gate::default())).await
}
async fn run_reconcile(api: &Api, mirror: &Memory) -> Done {
    reconcile(pass(api, mirror, &Gate::default())).await
}

fn assert_equal(memory: &Memory, sim: &Sim, what: &str) {
    let apart = differences(memory, &sim.truth());
    assert!(apart.is_empty(), "{what}: {} differ\n{}", apart.len(), apart[..apart.len().min(5)].join("\n"));
}

#[tokio::test]
async fn a_first_fetch_brings_everything() {
    let sim = super::sample().await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    let report = run_cold(&api, &memory).await.unwrap();
    assert_equal(&memory, &sim, "cold");
    assert_eq!(report.skipped, Vec::new());
    memory.with(|kept| {
        assert!(is_complete(&kept.marks));
        assert!(kept.marks.keys().all(|key| !key.starts_with("cold.")), "{:?}", kept.marks);
        assert!(kept.people.len() > 5 && kept.activity.len() > 15);
        let kinds: std::collections::BTreeSet<_> = kept.recordings.values().map(|record| record.value.kind).collect();
        let missing: Vec<_> = Kind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
        assert!(missing.is_empty(), "no {missing:?}");
    });
}

#[tokio::test]
async fn a_listing_of_the_general_shape_is_completed_by_id() {
    let sim = small(true).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    assert_equal(&memory, &sim, "cold");
}

#[tokio::test]
async fn passes_with_nothing_changed_change_nothing() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    for _ in 0..2 {
        assert_eq!(run_warm(&api, &memory).await.unwrap().changed, 0);
        assert_eq!(run_reconcile(&api, &memory).await.unwrap().changed, 0);
    }
}

#[tokio::test]
async fn after_any_history_the_mirror_is_the_truth() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    let mut dice = Dice::new(20_261_121);
    for history in 0..40 {
        let mut edits = Vec::new();
        for _ in 0..=dice.below(12) {
            edits.extend(sim.edit(|editor| random_edit(editor, &mut dice)));
        }
        // Faults while the passes run; a pass that gives up is started again, as the engine does.
        let faults = vec![
            Fault::Status(500),
            Fault::Status(503),
            Fault::DropBefore,
            Fault::DropAfter,
            Fault::Truncate,
            Fault::WrongJson,
        ];
        sim.faults().by_chance(history, 30, faults);
        while run_warm(&api, &memory).await.is_err() {}
        while run_reconcile(&api, &memory).await.is_err() {}
        sim.faults().clear();
        assert_equal(&memory, &sim, &format!("history {history}: {edits:?}"));
    }
}

/// Changes the world whenever a pass tells how far it is: between its requests, in the same places in every run.
struct Restless<'a> {
    sim: &'a Sim,
    dice: Mutex<Dice>,
}

impl Restless<'_> {
    fn edit(&self) {
        let dice = &mut *self.dice.lock().unwrap();
        self.sim.edit(|editor| random_edit(editor, dice));
    }
}

impl Progress for Restless<'_> {
    fn started(&self, _: Stage) {
        self.edit();
    }
    fn advanced(&self, _: Stage, _: u64, _: Option<u64>, _: u64) {
        self.edit();
    }
    fn finished(&self, _: Stage, _: u64) {
        self.edit();
    }
}

#[tokio::test]
async fn a_world_that_changes_under_the_passes_is_caught_up_with() {
    for seed in 0..5 {
        let sim = small(false).await;
        let (api, _) = background(&api(&sim));
        let memory = Memory::default();
        let restless = Restless { sim: &sim, dice: Mutex::new(Dice::new(seed)) };
        let gate = Gate::default();
        let under_edits = || Pass {
            api: &api,
            mirror: &memory,
            progress: &restless,
            gate: &gate,
            now: Timestamp::now(),
            by_clock: false,
        };
        cold(under_edits()).await.unwrap();
        for turn in 0..3 {
            warm(under_edits()).await.unwrap();
            reconcile(under_edits()).await.unwrap();
            run_warm(&api, &memory).await.unwrap();
            run_reconcile(&api, &memory).await.unwrap();
            assert_equal(&memory, &sim, &format!("seed {seed}, turn {turn}"));
        }
    }
}

#[tokio::test]
async fn warm_alone_finds_what_carries_a_time() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    let list = sim.look(|world| world.of_kind(sim::world::Kind::Todolist)[0]);
    let made = sim.edit(|editor| editor.create_todo(list, "Write the letter").unwrap());
    let other = sim.look(|world| world.of_kind(sim::world::Kind::Card)[0]);
    sim.edit(|editor| editor.retitle(other, "Another name").unwrap());
    let report = run_warm(&api, &memory).await.unwrap();
    assert!(report.changed >= 2, "{report:?}");
    assert_eq!(memory.get(made).unwrap().title, "Write the letter");
    assert_eq!(memory.get(other).unwrap().title, "Another name");
}

#[tokio::test]
async fn a_quiet_pass_leaves_what_is_put_away_to_a_later_one() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let (memory, gate) = (Memory::default(), Gate::default());
    run_cold(&api, &memory).await.unwrap();
    let by_clock = |minutes: i64| {
        let now = Timestamp::now() + jiff::SignedDuration::from_mins(minutes);
        warm(Pass { now, by_clock: true, ..pass(&api, &memory, &gate) })
    };
    let first = by_clock(0).await.unwrap();
    let quiet = by_clock(1).await.unwrap();
    assert!(quiet.requests * 10 < first.requests * 7, "{} of {}", quiet.requests, first.requests);
    let asked = run_warm(&api, &memory).await.unwrap();
    assert_eq!(asked.requests, first.requests, "whoever asks has all of it looked at");
    // A change elsewhere has it looked at at once; without one it is found when its time has come.
    let todos = |at: usize| sim.look(|world| world.of_kind(sim::world::Kind::Todo)[at]);
    let (gone, other) = (todos(0), todos(1));
    sim.edit(|editor| editor.set_status(gone, sim::world::Status::Trashed).unwrap());
    sim.edit(|editor| editor.retitle(other, "Another name").unwrap());
    by_clock(2).await.unwrap();
    assert_eq!(memory.get(gone).unwrap().status, Status::Trashed);
    assert_eq!(by_clock(8).await.unwrap().requests, first.requests);
}

#[tokio::test]
async fn empty_answers_remove_nothing() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    let before = memory.with(|kept| kept.recordings.len());
    // Every list that is answered with is empty, for a whole pass and its second readings.
    sim.faults().next(100_000, "GET", ".json", Fault::EmptyList);
    let report = run_reconcile(&api, &memory).await.unwrap();
    assert!(sim.faults().given() > 40);
    assert_eq!(report.gone, 0);
    sim.faults().clear();
    let gone = memory.with(|kept| {
        let here = kept.recordings.values();
        here.filter(|record| record.value.status == Status::Gone).count()
    });
    assert_eq!((memory.with(|kept| kept.recordings.len()), gone), (before, 0));
    run_reconcile(&api, &memory).await.unwrap();
    assert_equal(&memory, &sim, "afterwards");
}

#[tokio::test]
async fn what_is_gone_is_found_gone() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    let line = sim.look(|world| world.of_kind(sim::world::Kind::Line)[0]);
    let project = sim.look(|world| world.projects().last().unwrap().id);
    sim.edit(|editor| {
        let author = editor.world().recording(line).unwrap().creator;
        editor.acting_as(author).apply(sim::world::Edit::Delete { id: line }).unwrap();
        let me = editor.world().me();
        let other = *editor.world().project(project).unwrap().members.iter().find(|id| **id != me).unwrap();
        editor.acting_as(other).revoke(project, me).unwrap();
    });
    let report = run_reconcile(&api, &memory).await.unwrap();
    assert!(report.gone >= 1);
    assert_equal(&memory, &sim, "gone");
    let me = sim.me();
    sim.edit(|editor| {
        let other = *editor.world().project(project).unwrap().members.iter().next().unwrap();
        editor.acting_as(other).grant(project, me).unwrap();
    });
    run_warm(&api, &memory).await.unwrap();
    assert_equal(&memory, &sim, "given back");
    run_reconcile(&api, &memory).await.unwrap();
    assert_equal(&memory, &sim, "given back, and compared");
}

#[tokio::test]
async fn a_first_fetch_goes_on_after_a_crash() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    let mut stops = 0;
    loop {
        // Each run gets a little further than the one before.
        memory.with(|kept| kept.puts_left = Some(14 + stops));
        match run_cold(&api, &memory).await {
            Ok(_) => break,
            Err(Stopped::Mirror(_)) => stops += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(stops > 3, "{stops} stops");
    assert_equal(&memory, &sim, "after crashes");
}

#[tokio::test]
async fn nulls_and_strangers_spoil_nothing() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    sim.faults().next(100_000, "GET", ".json", Fault::Nulls);
    let report = run_reconcile(&api, &memory).await;
    sim.faults().clear();
    let report = report.unwrap();
    assert!(report.skipped_count > 0);
    assert_eq!(report.gone, 0);
    assert_equal(&memory, &sim, "after nulls");
}

#[tokio::test]
async fn a_web_page_or_another_shape_stops_the_pass_and_spoils_nothing() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    for fault in [Fault::Html, Fault::WrongJson, Fault::Status(500)] {
        sim.faults().next(100_000, "GET", "recordings", fault);
        let stopped = run_reconcile(&api, &memory).await.unwrap_err();
        assert!(stopped.to_string().len() > 20);
        sim.faults().clear();
        assert_equal(&memory, &sim, "after a broken pass");
    }
}

#[tokio::test]
async fn a_lost_place_in_the_feed_is_found_again() {
    let sim = small(false).await;
    let (api, _) = background(&api(&sim));
    let memory = Memory::default();
    run_cold(&api, &memory).await.unwrap();
    memory.with(|kept| kept.marks.insert("feed.position".to_owned(), "nonsense".to_owned()));
    let report = run_warm(&api, &memory).await.unwrap();
    assert!(report.reconcile_soon);
    let report = run_warm(&api, &memory).await.unwrap();
    assert!(!report.reconcile_soon);
    // With no feed at all the watermarks do the work.
    let line = sim.edit(|editor| {
        let chat = editor.world().of_kind(sim::world::Kind::Chat)[0];
        let fields = sim::world::Fields::titled("Hello");
        editor.create(chat, sim::world::Kind::Line, fields).unwrap()
    });
    sim.faults().next(1, "GET", "events", Fault::Status(404));
    run_warm(&api, &memory).await.unwrap();
    assert!(memory.get(line).is_some());
}

#[tokio::test]
async fn a_pass_can_be_held_still_and_called_off() {
    let sim = small(false).await;
    let (api, stop) = background(&api(&sim));
    let memory = Memory::default();
    let gate = Gate::default();
    gate.pause();
    let held = cold(pass(&api, &memory, &gate));
    tokio::pin!(held);
    assert!(futures::poll!(held.as_mut()).is_pending());
    assert_eq!(api.requests(), 0);
    stop.cancel();
    let stopped = held.await.unwrap_err();
    assert!(matches!(stopped, Stopped::Basecamp(crate::Trouble::Cancelled)), "{stopped}");
    assert!(memory.with(|kept| kept.recordings.is_empty()));
    assert!(memory.get(RecordingId(1).0).is_none());
}
