//! The laws of writing.

mod fields;
mod making;
mod projects;

use contract::{Fetched, Kind, PersonId, ProjectId, Recording, RecordingId, Span, Status};
use jiff::Timestamp;
use jiff::civil::date;
use sim::world::{self, Fields};
use sim::{Fault, Sim};

use super::{api, small};
use crate::Api;
use crate::write::{Edit, Outcome, send};

fn first(sim: &Sim, kind: world::Kind) -> i64 {
    nth(sim, kind, 0)
}

/// The n-th recording of a kind that is in use, in a project that is in use.
fn nth(sim: &Sim, kind: world::Kind, n: usize) -> i64 {
    sim.look(|world| {
        let mut usable = world.of_kind(kind).iter().copied().filter(|id| {
            let project = world.recording(*id).unwrap().project;
            world.status_of(*id) == world::Status::Active
                && world.project(project).unwrap().status == world::Status::Active
                && world.visible(world.me(), *id).is_some()
        });
        usable.nth(n).unwrap_or_else(|| panic!("no {kind:?} {n}"))
    })
}

fn there(sim: &Sim, id: i64) -> world::Recording {
    sim.look(|world| world.recording(id).unwrap().clone())
}

async fn have(api: &Api, kind: Kind, id: i64) -> Recording {
    api.fetch(kind, RecordingId(id)).await.unwrap().value
}

fn change(before: &Recording, work: impl FnOnce(&mut Recording)) -> Edit {
    let mut after = before.clone();
    work(&mut after);
    Edit {
        before: Some(before.clone()),
        after,
        parent_kind: None,
        base_updated_at: before.updated_at,
        made_at: Timestamp::now(),
        me: None,
        notify: Vec::new(),
        unsure: false,
        adopted: Vec::new(),
    }
}

fn making(sim: &Sim, kind: Kind, parent: i64, title: &str, body: &str) -> Edit {
    let now = Timestamp::now();
    let after = Recording {
        id: RecordingId(-1),
        kind,
        project: ProjectId(there(sim, parent).project),
        parent: Some(RecordingId(parent)),
        status: Status::Active,
        title: title.to_owned(),
        body: body.to_owned(),
        position: None,
        completed: false,
        completed_at: None,
        completer: None,
        starts_on: None,
        due_on: None,
        span: None,
        assignees: Vec::new(),
        creator: Some(PersonId(sim.me())),
        created_at: now,
        updated_at: now,
        comments: 0,
        app_url: String::new(),
    };
    Edit {
        before: None,
        after,
        parent_kind: None,
        base_updated_at: now,
        made_at: now,
        me: Some(PersonId(sim.me())),
        notify: Vec::new(),
        unsure: false,
        adopted: Vec::new(),
    }
}

#[track_caller]
fn sent(outcome: Outcome) -> Fetched<Recording> {
    let Outcome::Sent(record) = outcome else { panic!("{outcome:?}") };
    *record
}

fn titled(record: &mut Recording) {
    record.title = "Another title".to_owned();
}
fn worded(record: &mut Recording) {
    record.body = "<div>Other words</div>".to_owned();
}
fn whole_days(record: &mut Recording) {
    record.span = Some(Span::Days { from: date(2027, 3, 1), to: date(2027, 3, 2) });
}

#[tokio::test]
async fn somebody_elses_change_of_the_same_field_is_a_conflict_and_of_another_is_kept() {
    let sim = small(false).await;
    let api = api(&sim);
    for (wire, kind) in
        [(world::Kind::Todo, Kind::Todo), (world::Kind::Card, Kind::Card), (world::Kind::Message, Kind::Message)]
    {
        let id = first(&sim, wire);
        let before = have(&api, kind, id).await;
        sim.edit(|editor| editor.retitle(id, "Their title").unwrap());
        let writes = sim.counters().seen("PUT", "");
        let refused = send(&api, &change(&before, titled)).await;
        let Outcome::Conflict { theirs } = refused else { panic!("{refused:?}") };
        assert_eq!(theirs.value.title, "Their title");
        assert_eq!(sim.counters().seen("PUT", ""), writes, "nothing was written");
        let same = change(&before, |record| record.title = "Their title".to_owned());
        sent(send(&api, &same).await);
        assert_eq!(sim.counters().seen("PUT", ""), writes, "it was there already");
        let kept = sent(send(&api, &change(&before, worded)).await).value;
        assert_eq!((kept.title.as_str(), kept.body.as_str()), ("Their title", "<div>Other words</div>"));
    }
}

#[tokio::test]
async fn what_is_ticked_off_is_done_and_back_again() {
    let sim = small(false).await;
    let api = api(&sim);
    for (wire, kind) in
        [(world::Kind::Todo, Kind::Todo), (world::Kind::Step, Kind::Step), (world::Kind::Card, Kind::Card)]
    {
        let mut n = 0;
        let id = loop {
            let id = nth(&sim, wire, n);
            if there(&sim, id).completion.is_none() {
                break id;
            }
            n += 1;
        };
        let before = have(&api, kind, id).await;
        let done = sent(send(&api, &change(&before, |record| record.completed = true)).await).value;
        assert!(done.completed && there(&sim, id).completion.is_some(), "{kind:?}");
        let back = sent(send(&api, &change(&done, |record| record.completed = false)).await).value;
        assert!(!back.completed && there(&sim, id).completion.is_none(), "{kind:?}");
    }
    // A lost answer to a tick is no matter: it is asked for again.
    let id = first(&sim, world::Kind::Todo);
    let before = have(&api, Kind::Todo, id).await;
    sim.faults().next(1, "", "completion", Fault::DropAfter);
    sent(send(&api, &change(&before, |record| record.completed = !record.completed)).await);
    assert_eq!(there(&sim, id).completion.is_some(), !before.completed);
}

#[tokio::test]
async fn things_are_moved_put_away_and_brought_back() {
    let sim = small(false).await;
    let api = api(&sim);
    let list = first(&sim, world::Kind::Todolist);
    let todo = sim.edit(|editor| editor.create_todo(list, "Wanders").unwrap());
    let set = there(&sim, list).parent.unwrap();
    let other = sim.edit(|editor| editor.create(set, world::Kind::Todolist, Fields::titled("Elsewhere")).unwrap());
    let before = have(&api, Kind::Todo, todo).await;
    let moved = change(&before, |record| {
        record.parent = Some(RecordingId(other));
        record.position = Some(1);
    });
    let moved = sent(send(&api, &moved).await).value;
    assert_eq!((moved.parent, moved.position), (Some(RecordingId(other)), Some(1)));
    let card = first(&sim, world::Kind::Card);
    let before = have(&api, Kind::Card, card).await;
    let table = sim.look(|world| {
        let column = world.recording(world.recording(card).unwrap().parent.unwrap()).unwrap();
        if column.kind == world::Kind::OnHold {
            world.recording(column.parent.unwrap()).unwrap().parent.unwrap()
        } else {
            column.parent.unwrap()
        }
    });
    let done = sim.look(|world| world.children_of(table, world::Kind::DoneColumn).next().unwrap().id);
    let moved = sent(send(&api, &change(&before, |record| record.parent = Some(RecordingId(done)))).await).value;
    assert!(moved.completed && moved.parent == Some(RecordingId(done)));
    for (wire, kind) in [
        (world::Kind::Todo, Kind::Todo),
        (world::Kind::Card, Kind::Card),
        (world::Kind::Comment, Kind::Comment),
        (world::Kind::Message, Kind::Message),
        (world::Kind::ScheduleEntry, Kind::ScheduleEntry),
    ] {
        let id = first(&sim, wire);
        let mut record = have(&api, kind, id).await;
        for status in [Status::Trashed, Status::Active, Status::Archived, Status::Active] {
            record = sent(send(&api, &change(&record, |record| record.status = status)).await).value;
            assert_eq!(record.status, status, "{kind:?}");
        }
        assert_eq!(sim.look(|world| world.status_of(id)), world::Status::Active);
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_and_changes_nothing() {
    let sim = small(false).await;
    let api = api(&sim);
    let list = first(&sim, world::Kind::Todolist);
    let blank = send(&api, &making(&sim, Kind::Todo, list, "", "")).await;
    assert!(matches!(&blank, Outcome::Refused(why) if why.contains("blank")), "{blank:?}");
    let mut stray = making(&sim, Kind::Todo, list, "Nowhere", "");
    stray.after.parent = None;
    assert!(matches!(send(&api, &stray).await, Outcome::Refused(_)));
    stray.after.parent = Some(RecordingId(-4));
    assert!(matches!(send(&api, &stray).await, Outcome::Trouble(_)));
    stray.after.parent = Some(RecordingId(404));
    assert_eq!(send(&api, &stray).await, Outcome::Missing);
    let id = first(&sim, world::Kind::Todo);
    let before = have(&api, Kind::Todo, id).await;
    let mut gone = change(&before, titled);
    gone.before.as_mut().unwrap().id = RecordingId(404);
    assert_eq!(send(&api, &gone).await, Outcome::Missing);
    sim.faults().next(100, "PUT", "", Fault::Status(503));
    let down = send(&api, &change(&before, titled)).await;
    assert!(matches!(down, Outcome::Trouble(crate::Trouble::Unreachable(_))), "{down:?}");
    sim.faults().clear();
    assert_eq!(have(&api, Kind::Todo, id).await, before);
}
