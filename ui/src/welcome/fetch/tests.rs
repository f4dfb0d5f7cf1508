#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{StageProgress, SyncPhase, SyncStatus};
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::{Stand, stage_words, stand};
use crate::frame::{cold_share, mark_of};

fn status(phase: SyncPhase) -> SyncStatus {
    SyncStatus {
        phase,
        offline: false,
        reachable: true,
        fresh_as_of: None,
        stages: Vec::new(),
        requests: 0,
        remaining_seconds: None,
        queued: 0,
        stuck: 0,
        problem: None,
    }
}

fn stage(done: u64, total: Option<u64>, finished: bool) -> StageProgress {
    StageProgress { label: "To-dos".into(), done, total, finished }
}

#[test]
fn a_share_is_between_nothing_and_all_whatever_the_server_counts() {
    assert_eq!(cold_share(&status(SyncPhase::Warm)), None);
    assert_eq!(cold_share(&status(SyncPhase::Cold)), Some(0.0));
    for stages in [
        vec![stage(5, Some(3), false)],
        vec![stage(0, Some(0), true)],
        vec![stage(10, None, true), stage(0, Some(30), false)],
    ] {
        let share = cold_share(&SyncStatus { stages, ..status(SyncPhase::Cold) }).unwrap();
        assert!((0.0..=1.0).contains(&share), "{share}");
    }
    let half =
        SyncStatus { stages: vec![stage(10, Some(10), true), stage(0, Some(10), false)], ..status(SyncPhase::Cold) };
    assert_eq!(cold_share(&half), Some(0.5));
}

#[test]
fn a_stage_tells_only_what_is_known() {
    assert_eq!(stage_words(&stage(1_830, Some(4_200), false)), "To-dos: 1,830 of 4,200");
    assert_eq!(stage_words(&stage(12, Some(10), false)), "To-dos: 12 of 12", "more came than was told");
    assert_eq!(stage_words(&stage(12, None, false)), "To-dos: 12");
    assert_eq!(stage_words(&stage(0, None, false)), "To-dos");
    assert_eq!(stage_words(&stage(7, Some(7), true)), "To-dos: 7");
}

#[test]
fn a_fetch_that_ended_early_offers_to_go_on_and_a_complete_one_is_silent() {
    assert_eq!(stand(&status(SyncPhase::Idle)), Stand::Stopped);
    assert_eq!(stand(&status(SyncPhase::Paused)), Stand::Paused);
    let fresh = SyncStatus { fresh_as_of: Some(jiff::Timestamp::UNIX_EPOCH), ..status(SyncPhase::Idle) };
    assert_eq!(stand(&fresh), Stand::None);
}

#[test]
fn what_stops_sync_is_told_before_what_it_does() {
    let words = |status: SyncStatus| mark_of(&status, &TimeZone::UTC, date(2026, 11, 21)).words;
    let at = "2026-11-21T09:41:00Z".parse().unwrap();
    let fresh = SyncStatus { fresh_as_of: Some(at), ..status(SyncPhase::Idle) };
    assert_eq!(words(fresh.clone()), "Fresh as of 09:41");
    assert_eq!(words(SyncStatus { queued: 3, offline: true, ..fresh.clone() }), "Offline, 3 queued");
    assert_eq!(
        words(SyncStatus { reachable: false, phase: SyncPhase::Warm, ..fresh.clone() }),
        "Basecamp out of reach"
    );
    assert_eq!(words(SyncStatus { queued: 2, ..fresh }), "2 queued");
    assert_eq!(
        words(SyncStatus { remaining_seconds: Some(95), ..status(SyncPhase::Cold) }),
        "Fetching, about 2 min left"
    );
}
