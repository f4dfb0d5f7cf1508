use contract::{RunAnswer, RunId, RunStatus};

use super::made::run;
use crate::parts::Tone;
use crate::runs::acts::can_resume;
use crate::runs::plot::bars;
use crate::runs::sieve::{LIVE, Sieve, Standing, choose};
use crate::runs::standing::{answer_word, ended, is_failure, lasted, rate, tone, took, word};

#[test]
fn every_status_has_words_of_its_own_and_stands_in_one_group() {
    let mut words: Vec<_> = RunStatus::ALL.iter().map(|status| word(*status)).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), RunStatus::ALL.len());
    for status in RunStatus::ALL {
        let groups = Standing::ALL.into_iter().filter(|standing| *standing != Standing::All);
        let groups = groups.filter(|standing| standing.statuses().contains(status)).count();
        assert_eq!(groups, 1, "{status:?} stands in {groups} groups");
        assert_eq!(is_failure(*status), tone(*status) == Tone::Bad);
        assert!(!is_failure(*status) || status.is_ended(), "{status:?} failed and did not end");
    }
    assert!(Standing::All.statuses().is_empty(), "an empty list asks for all");
    assert!(!is_failure(RunStatus::Canceled), "what somebody ended did not fail");
}

#[test]
fn counts_are_summed_by_group() {
    let counts = [
        (RunStatus::Succeeded, 7),
        (RunStatus::Failed, 2),
        (RunStatus::Timeout, 1),
        (RunStatus::Canceled, 4),
        (RunStatus::Paused, 3),
    ];
    assert_eq!(Standing::All.count(&counts), 17);
    assert_eq!(Standing::Failed.count(&counts), 3);
    assert_eq!(Standing::Waiting.count(&counts), 3);
    assert_eq!(Standing::Active.count(&counts), 0);
    assert_eq!(ended(&counts), (10, 3), "what waits or was cancelled did not end by itself");
    assert_eq!(Standing::All.count(&[(RunStatus::Failed, u32::MAX), (RunStatus::Queued, 5)]), u32::MAX);
}

#[test]
fn a_rate_is_honest_about_a_single_failure() {
    assert_eq!(rate(0, 0), None);
    assert_eq!(rate(10_000, 1), Some(99));
    assert_eq!(rate(3, 0), Some(100));
    assert_eq!(rate(3, 3), Some(0));
    assert_eq!(rate(1, 9), Some(0), "more failures than runs is no underflow");
}

#[test]
fn durations_are_said_as_people_say_them() {
    for (milliseconds, words) in [
        (0, "0 ms"),
        (999, "999 ms"),
        (1_000, "1.0 s"),
        (3_450, "3.4 s"),
        (59_999, "59 s"),
        (60_000, "1 min"),
        (125_000, "2 min 5 s"),
        (3_600_000, "1 h"),
        (4_320_000, "1 h 12 min"),
        (90_000_000, "1 day 1 h"),
        (273_600_000, "3 days 4 h"),
    ] {
        assert_eq!(lasted(milliseconds), words, "{milliseconds}");
    }
    let mut run = run(1, RunStatus::Running);
    assert_eq!(took(&run, "2026-11-21T09:00:02Z".parse().unwrap()), 2_000, "one under way lasts until now");
    assert_eq!(
        took(&run, "2026-11-21T08:00:00Z".parse().unwrap()),
        0,
        "a clock that runs behind makes no negative time"
    );
    run.ended_at = Some("2026-11-21T09:00:01Z".parse().unwrap());
    assert_eq!(took(&run, "2026-11-21T10:00:00Z".parse().unwrap()), 1_000);
}

#[test]
fn what_is_asked_is_what_was_chosen() {
    let sieve = Sieve { standing: Standing::Failed, tests: true, ..Sieve::default() };
    let ask = sieve.ask(1_000, Some(RunId(9)));
    assert_eq!(ask.limit, Some(LIVE), "no more than may be asked for");
    assert!(ask.tests && ask.before == Some(RunId(9)) && ask.statuses.iter().all(|status| is_failure(*status)));
    assert!(sieve.narrows() && !Sieve { tests: true, ..Sieve::default() }.narrows());
}

#[test]
fn two_runs_can_be_chosen_and_a_third_takes_the_place_of_the_first() {
    let ids = |ids: &[i64]| ids.iter().map(|id| RunId(*id)).collect::<Vec<_>>();
    let mut chosen = choose(Vec::new(), RunId(1));
    assert_eq!(chosen, ids(&[1]));
    chosen = choose(chosen, RunId(2));
    assert_eq!(chosen, ids(&[1, 2]));
    chosen = choose(chosen, RunId(3));
    assert_eq!(chosen, ids(&[2, 3]));
    assert_eq!(choose(chosen, RunId(2)), ids(&[3]), "what is chosen again is let go");
}

#[test]
fn only_a_run_with_a_failed_step_goes_on_from_it() {
    let mut failed = run(1, RunStatus::Failed);
    assert!(!can_resume(&failed));
    failed.failed_step = Some("Send".into());
    assert!(can_resume(&failed));
    failed.status = RunStatus::Succeeded;
    assert!(!can_resume(&failed));
}

#[test]
fn answers_say_what_they_do() {
    let all = [RunAnswer::Approve, RunAnswer::Reject, RunAnswer::ItHappened, RunAnswer::TryAgain];
    let mut words: Vec<_> = all.into_iter().map(answer_word).collect();
    words.dedup();
    assert_eq!(words.len(), all.len());
}

#[test]
fn a_plot_of_days_stays_in_its_frame_and_shows_every_failure() {
    for days in [
        vec![],
        vec![(0, 0); 14],
        vec![(1_000, 1); 14],
        vec![(5, 5), (0, 0), (u32::MAX, 3)],
        vec![(1, 9)],
        vec![(1_000, 999), (1, 0)],
    ] {
        let drawn = bars(&days, (224.0, 40.0));
        assert_eq!(drawn.len(), days.len());
        for (bar, (ended, failed)) in drawn.iter().zip(&days) {
            let edges = [bar.good.0, bar.good.1, bar.bad.0, bar.bad.1, bar.x, bar.width];
            assert!(edges.iter().all(|edge| *edge >= 0.0), "{bar:?} of {days:?}");
            assert!(
                bar.good.0 + bar.good.1 <= 40.01 && bar.bad.0 + bar.bad.1 <= bar.good.0 + 0.01,
                "{bar:?} of {days:?}"
            );
            assert!(bar.x + bar.width <= 224.01, "{bar:?}");
            assert_eq!(bar.bad.1 > 0.0, *failed > 0 && *ended > 0, "{bar:?} of {ended} and {failed}");
            assert_eq!(bar.good.1 > 0.0, ended > failed, "{bar:?} of {ended} and {failed}");
        }
    }
}
