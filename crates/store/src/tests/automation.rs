use contract::*;
use jiff::SignedDuration;

use super::Desk;
use crate::{
    FlowDraft, FlowHead, FlowMirror, MirroredVersion, NewConnection, NewFlow, NewRun, RemoteRun, RunFilter, RunStands,
    StoreError, StoredFlow,
};

fn head(name: &str) -> FlowHead {
    FlowHead { name: name.into(), starts: "Each day at 09:00".into(), steps: 3, problems: 1 }
}

fn new(name: &str) -> NewFlow {
    NewFlow {
        head: head(name),
        folder: String::new(),
        place: FlowPlace::Here,
        owner: "Mara".into(),
        document: r#"{"a":1}"#.into(),
        history: "[]".into(),
        remote: None,
    }
}

fn draft(document: &str) -> FlowDraft {
    FlowDraft { head: head("Late"), document: document.into(), history: "[1]".into(), pending: None, send: None }
}

fn run_of(flow: &StoredFlow, key: &str) -> NewRun {
    NewRun {
        flow: flow.flow.id,
        key: key.into(),
        fingerprint: flow.document.clone(),
        document: flow.document.clone(),
        test: false,
        rehearsal: false,
        cause: "By hand".into(),
        granted: "[]".into(),
        start: "{}".into(),
        at: None,
    }
}

fn ended(status: RunStatus, at: jiff::Timestamp) -> RunStands {
    RunStands { status, ended_at: Some(at), failed_step: None, failure: None, wait: None }
}

#[tokio::test]
async fn an_edit_of_an_older_draft_keeps_nothing() {
    let desk = Desk::new().await;
    let flow = desk.store.add_flow(&new("Late")).await.unwrap();
    assert_eq!((flow.revision, flow.flow.state, flow.flow.changed), (1, FlowState::Draft, true));
    let id = flow.flow.id;
    let pending = PendingFlow {
        label: "Add Slack".into(),
        by: "agent".into(),
        document: "{}".into(),
        at: super::at(1),
        note: String::new(),
    };
    let asked = FlowDraft { pending: Some(pending.clone()), ..draft(r#"{"a":2}"#) };
    let kept = desk.store.edit_flow(id, 1, &asked).await.unwrap().unwrap();
    assert_eq!((kept.revision, kept.document.as_str(), kept.pending), (2, r#"{"a":2}"#, Some(pending)));
    assert_eq!(desk.store.edit_flow(id, 1, &draft("lost")).await.unwrap(), None);
    assert_eq!(desk.store.flow(id).await.unwrap().document, r#"{"a":2}"#);
    let nobody = desk.store.edit_flow(FlowId(99), 1, &draft("")).await;
    assert!(matches!(nobody, Err(StoreError::NoFlow(FlowId(99)))));
    let desk = desk.killed().await;
    assert_eq!(desk.store.flow(id).await.unwrap().revision, 2);
}

#[tokio::test]
async fn what_is_published_stays_while_the_draft_goes_on() {
    let desk = Desk::new().await;
    let flow = desk.store.add_flow(&new("Late")).await.unwrap();
    let id = flow.flow.id;
    assert_eq!(desk.store.switch_flow(id, false).await.unwrap(), None, "nothing of it is published");
    assert_eq!(desk.store.publish_flow(id, 7, "[]").await.unwrap(), None, "that is not the draft one looked at");
    let live = desk.store.publish_flow(id, 1, r#"["slack"]"#).await.unwrap().unwrap();
    assert_eq!((live.flow.state, live.flow.changed), (FlowState::On, false));
    let edited = desk.store.edit_flow(id, 1, &draft(r#"{"a":2}"#)).await.unwrap().unwrap();
    assert!(edited.flow.changed);
    let published = edited.published.unwrap();
    assert_eq!((published.number, published.document.as_str()), (1, r#"{"a":1}"#));
    assert_eq!(published.granted, r#"["slack"]"#);
    desk.store.publish_flow(id, 2, "[]").await.unwrap().unwrap();
    let numbers: Vec<u64> = desk.store.flow_versions(id).await.unwrap().iter().map(|version| version.number).collect();
    assert_eq!(numbers, [2, 1]);
    let off = desk.store.switch_flow(id, false).await.unwrap().unwrap();
    assert_eq!(off.flow.state, FlowState::Off);
    let moved = desk.store.place_flow(id, FlowPlace::Server, FlowState::Draft, Some("{}")).await.unwrap();
    assert_eq!((moved.flow.place, moved.remote.as_deref()), (FlowPlace::Server, Some("{}")));
    assert_eq!(desk.store.file_flow(id, "Alerts").await.unwrap().flow.folder, "Alerts");
}

#[tokio::test]
async fn the_same_cause_never_begins_two_runs_and_an_event_has_its_number_for_itself() {
    let desk = Desk::new().await;
    let flow = desk.store.add_flow(&new("Late")).await.unwrap();
    let run = desk.store.add_run(&run_of(&flow, "todo-1")).await.unwrap();
    assert_eq!(desk.store.add_run(&run_of(&flow, "todo-1")).await.unwrap(), run);
    let other = desk.store.add_run(&run_of(&flow, "todo-2")).await.unwrap();
    assert_ne!(other, run);
    assert_eq!(desk.number("select count(*) from run_document").await, 1, "equal documents are kept once");

    assert!(desk.store.add_run_event(run, 0, "began").await.unwrap());
    assert!(!desk.store.add_run_event(run, 0, "somebody else").await.unwrap());
    assert!(desk.store.add_run_event(run, 1, "finished").await.unwrap());
    assert!(matches!(desk.store.add_run_event(RunId(99), 0, "x").await, Err(StoreError::NoRun(_))));
    let handle = desk.store.add_run_value(run, "big").await.unwrap();
    let desk = desk.killed().await;
    assert_eq!(desk.store.run_events(run).await.unwrap(), ["began", "finished"]);
    assert_eq!(desk.store.run_value(run, handle).await.unwrap().as_deref(), Some("big"));
    assert_eq!(desk.store.run_value(other, handle).await.unwrap(), None, "a value is its run's alone");
    assert_eq!(desk.store.run(run).await.unwrap().document, flow.document);
}

#[tokio::test]
async fn runs_are_listed_counted_and_cleared_away() {
    let desk = Desk::new().await;
    let flow = desk.store.add_flow(&new("Late")).await.unwrap();
    let id = flow.flow.id;
    let mut runs = Vec::new();
    for key in ["a", "b", "c"] {
        runs.push(desk.store.add_run(&run_of(&flow, key)).await.unwrap());
    }
    let test = desk.store.add_run(&NewRun { test: true, ..run_of(&flow, "d") }).await.unwrap();
    let now = desk.store.now();
    let long_ago = now - SignedDuration::from_hours(24 * 30);
    desk.store.run_stands(runs[0], &ended(RunStatus::Succeeded, long_ago)).await.unwrap();
    let failed = RunStands {
        failed_step: Some("Tell Slack".into()),
        failure: Some("Slack does not know the channel.".into()),
        ..ended(RunStatus::Failed, now)
    };
    desk.store.run_stands(runs[1], &failed).await.unwrap();
    let wait = RunWait {
        step: "Ask Mara".into(),
        words: "Waits for a yes".into(),
        answers: vec![RunAnswer::Approve, RunAnswer::Reject],
        until: None,
    };
    let waits = RunStands {
        status: RunStatus::Paused,
        ended_at: None,
        failed_step: None,
        failure: None,
        wait: Some(wait.clone()),
    };
    desk.store.run_stands(runs[2], &waits).await.unwrap();

    let all = RunFilter { limit: 10, ..RunFilter::default() };
    let ids = |runs: Vec<RunSummary>| runs.into_iter().map(|run| run.id).collect::<Vec<_>>();
    assert_eq!(ids(desk.store.runs(&all).await.unwrap()), [runs[2], runs[1], runs[0]], "tests are left out");
    let tests = RunFilter { tests: true, limit: 1, ..RunFilter::default() };
    assert_eq!(ids(desk.store.runs(&tests).await.unwrap()), [test]);
    let some = RunFilter { statuses: vec![RunStatus::Failed, RunStatus::Paused], flow: Some(id), ..all.clone() };
    assert_eq!(ids(desk.store.runs(&some).await.unwrap()), [runs[2], runs[1]]);
    let rest = RunFilter { before: Some(runs[1]), ..all };
    assert_eq!(ids(desk.store.runs(&rest).await.unwrap()), [runs[0]]);
    assert_eq!(ids(desk.store.runs_under_way().await.unwrap()), [runs[2], test]);

    let listed = desk.store.flows().await.unwrap().pop().unwrap();
    assert_eq!((listed.runs, listed.failed), (1, 1), "what ended in the last seven days");
    assert_eq!(listed.last_run.unwrap().waits, Some(wait));
    assert_eq!(listed.last_test.unwrap().id, test, "tests are told apart");
    let mut days = vec![(0, 0); 14];
    days[13] = (1, 1);
    assert_eq!(listed.days, days, "the test is not counted, and what ended long ago is on no day");
    assert_eq!(desk.store.flow(id).await.unwrap().flow.days, days);
    desk.store.run_stands(runs[0], &ended(RunStatus::Succeeded, now - SignedDuration::from_hours(50))).await.unwrap();
    days[11] = (1, 0);
    assert_eq!(desk.store.flows().await.unwrap()[0].days, days);
    desk.store.run_stands(runs[0], &ended(RunStatus::Succeeded, long_ago)).await.unwrap();

    assert_eq!(desk.store.clear_runs(now - SignedDuration::from_hours(24)).await.unwrap(), 1);
    assert!(matches!(desk.store.run(runs[0]).await, Err(StoreError::NoRun(_))));
    desk.store.delete_flow(id).await.unwrap();
    let left =
        "select (select count(*) from run) + (select count(*) from run_document) + (select count(*) from run_event)";
    assert_eq!(desk.number(left).await, 0);
    assert!(matches!(desk.store.delete_flow(id).await, Err(StoreError::NoFlow(_))));
}

#[tokio::test]
async fn a_step_has_many_samples_and_one_is_chosen() {
    let desk = Desk::new().await;
    let id = desk.store.add_flow(&new("Late")).await.unwrap().flow.id;
    desk.store.keep_sample(id, "step_1", "", "1").await.unwrap();
    desk.store.keep_sample(id, "step_1", "no people", "2").await.unwrap();
    desk.store.keep_sample(id, "trigger", "", "3").await.unwrap();
    let chosen = |samples: Vec<Sample>| {
        let chosen = samples.into_iter().filter(|sample| sample.chosen);
        chosen.map(|sample| (sample.step, sample.value)).collect::<Vec<_>>()
    };
    let one = |value: &str| vec![("step_1".to_owned(), value.to_owned()), ("trigger".to_owned(), "3".to_owned())];
    assert_eq!(chosen(desk.store.samples(id).await.unwrap()), one("2"));
    assert!(desk.store.choose_sample(id, "step_1", "").await.unwrap());
    assert!(!desk.store.choose_sample(id, "step_1", "unknown").await.unwrap());
    assert_eq!(chosen(desk.store.samples(id).await.unwrap()), one("1"));
    desk.store.forget_sample(id, "step_1", "").await.unwrap();
    assert_eq!(desk.store.samples(id).await.unwrap().len(), 2);
    desk.store.mark_flow(id, "first").await.unwrap();
    desk.store.mark_flow(id, "second").await.unwrap();
    assert_eq!(desk.store.flow_mark(id).await.unwrap().as_deref(), Some("second"));
    assert!(desk.store.mark_flow(FlowId(99), "x").await.is_err());
}

#[tokio::test]
async fn a_connection_is_known_by_its_key_and_tells_who_uses_it() {
    let desk = Desk::new().await;
    let slack = NewConnection {
        key: "slack-1".into(),
        label: "Team".into(),
        piece: "slack".into(),
        kind: "SECRET_TEXT".into(),
    };
    let kept = desk.store.keep_connection(&slack).await.unwrap();
    desk.store.connection_works(kept.id, Some("Slack does not know this token.")).await.unwrap();
    let flow = NewFlow { document: r#"{"auth":"{{connections['slack-1']}}"}"#.into(), ..new("Late") };
    desk.store.add_flow(&flow).await.unwrap();
    let listed = desk.store.connections().await.unwrap();
    assert_eq!((listed[0].flows, listed[0].fault.is_some()), (1, true));
    let again = desk.store.keep_connection(&NewConnection { label: "Everyone".into(), ..slack }).await.unwrap();
    assert_eq!((again.id, again.label.as_str(), again.fault), (kept.id, "Everyone", None));
    desk.store.forget_connection(kept.id).await.unwrap();
    assert!(matches!(desk.store.forget_connection(kept.id).await, Err(StoreError::NoConnection(_))));
}

fn mirror(document: &str, published: MirroredVersion) -> FlowMirror {
    FlowMirror {
        head: head("There"),
        document: document.into(),
        fresh_history: "[]".into(),
        folder: "Delivery".into(),
        state: FlowState::On,
        published,
        remote: "{}".into(),
        taken: None,
    }
}

#[tokio::test]
async fn a_flow_of_a_server_is_kept_as_it_is_there_and_what_waits_stays_in_its_order() {
    let desk = Desk::new().await;
    let new = NewFlow { place: FlowPlace::Server, remote: Some("{}".into()), ..new("Late") };
    let id = desk.store.add_flow(&new).await.unwrap().flow.id;
    let same = mirror(&new.document, MirroredVersion::Draft);
    let kept = desk.store.mirror_flow(id, 1, &same).await.unwrap().unwrap();
    assert_eq!((kept.revision, kept.flow.state, kept.flow.changed), (1, FlowState::On, false));
    let kept = desk.store.mirror_flow(id, 1, &mirror("{}", MirroredVersion::Known)).await.unwrap().unwrap();
    assert_eq!((kept.revision, kept.flow.changed, kept.history.as_str()), (2, true, "[]"));
    assert_eq!(desk.store.mirror_flow(id, 1, &same).await.unwrap(), None, "of an older draft");
    for (revision, edit) in [(2, "one"), (3, "two")] {
        let sent = FlowDraft { send: Some(edit.into()), ..draft(edit) };
        desk.store.edit_flow(id, revision, &sent).await.unwrap().unwrap();
    }
    let desk = desk.killed().await;
    let waits = desk.store.outgoing_edits(id).await.unwrap();
    assert_eq!(waits.iter().map(|edit| edit.edit.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(desk.store.remote_flows().await.unwrap(), [(id, "{}".to_owned(), 2)]);
    desk.store.note_remote(id, "{\"a\":1}", Some(waits[0].number)).await.unwrap();
    assert_eq!(desk.store.outgoing_edits(id).await.unwrap(), waits[1..]);
    let none = FlowMirror { taken: Some(waits[1].number), ..mirror("two", MirroredVersion::Nothing) };
    let kept = desk.store.mirror_flow(id, 4, &none).await.unwrap().unwrap();
    assert_eq!((kept.published, kept.revision), (None, 4));
    assert!(desk.store.outgoing_edits(id).await.unwrap().is_empty());
    desk.store.edit_flow(id, 4, &FlowDraft { send: Some("x".into()), ..draft("x") }).await.unwrap().unwrap();
    desk.store.place_flow(id, FlowPlace::Here, FlowState::Draft, None).await.unwrap();
    assert!(
        desk.store.outgoing_edits(id).await.unwrap().is_empty() && desk.store.remote_flows().await.unwrap().is_empty()
    );
}

#[tokio::test]
async fn a_run_of_a_server_is_one_run_however_often_it_is_told() {
    let desk = Desk::new().await;
    let flow = desk.store.add_flow(&new("Late")).await.unwrap();
    let stands = |status, ended_at| RunStands { status, ended_at, failed_step: None, failure: None, wait: None };
    let run = |status, ended_at| RemoteRun {
        flow: flow.flow.id,
        name: "abc".into(),
        fingerprint: "there".into(),
        document: "{}".into(),
        test: false,
        cause: "On the server".into(),
        began_at: super::at(1),
        stands: stands(status, ended_at),
    };
    let id = desk.store.mirror_run(&run(RunStatus::Running, None)).await.unwrap();
    let mut commits = desk.store.listen();
    assert_eq!(desk.store.mirror_run(&run(RunStatus::Running, None)).await.unwrap(), id);
    assert!(commits.try_recv().is_err(), "nobody hears of what did not change");
    assert_eq!(desk.store.remote_runs_under_way().await.unwrap(), [(id, flow.flow.id, "abc".to_owned())]);
    assert!(desk.store.runs_under_way().await.unwrap().is_empty(), "the app does not take it up");
    assert_eq!(desk.store.mirror_run(&run(RunStatus::Failed, Some(super::at(2)))).await.unwrap(), id);
    let kept = desk.store.run(id).await.unwrap().run;
    assert_eq!((kept.status, kept.place, kept.began_at), (RunStatus::Failed, FlowPlace::Server, super::at(1)));
    assert_eq!(desk.store.remote_run(id).await.unwrap().as_deref(), Some("abc"));
    assert_eq!(desk.store.newest_remote_run().await.unwrap(), Some(super::at(1)));
    let ours = desk.store.add_run(&run_of(&flow, "ours")).await.unwrap();
    assert_eq!(desk.store.remote_run(ours).await.unwrap(), None);
    assert_eq!(desk.store.run(ours).await.unwrap().run.place, FlowPlace::Here);
}

#[tokio::test]
async fn marks_of_conversations_that_rest_or_are_gone_are_cleared_and_no_others() {
    let Desk { store, .. } = &Desk::new().await;
    let talk = store.start_conversation(None).await.unwrap();
    let gone = store.start_conversation(None).await.unwrap().id;
    store.delete_conversation(gone).await.unwrap();
    for (key, value) in [
        ("agent.k1", talk.id.to_string()),
        ("agent.k2", gone.to_string()),
        (&format!("outside.{}", talk.id), "yes".to_owned()),
        (&format!("outside.{gone}"), "yes".to_owned()),
        ("outsider", "yes".to_owned()),
    ] {
        store.set_mark(key, Some(&value)).await.unwrap();
    }
    let left = async |before| {
        store.clear_marks("agent.", "outside.", before).await.unwrap();
        let all = store.marks("").await.unwrap().into_iter().map(|(key, _)| key);
        all.filter(|key| key.starts_with("agent") || key.starts_with("outside")).collect::<Vec<_>>()
    };
    let outside = format!("outside.{}", talk.id);
    assert_eq!(left(talk.updated_at).await, ["agent.k1", &outside, "outsider"], "it did not rest so long");
    let later = talk.updated_at + SignedDuration::from_secs(1);
    assert_eq!(left(later).await, [&outside, "outsider"], "what taints a conversation stays as long as that is there");
}
