//! The laws of writing.

use contract::{Fetched, Kind, PersonId, ProjectId, Recording, RecordingId, Span, Status};
use jiff::Timestamp;
use jiff::civil::date;
use sim::world::{self, DateChange, Fields};
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
        let usable = world.of_kind(kind).iter().copied().filter(|id| {
            let project = world.recording(*id).unwrap().project;
            world.status_of(*id) == world::Status::Active
                && world.project(project).unwrap().status == world::Status::Active
                && world.visible(world.me(), *id).is_some()
        });
        usable
            .skip(n)
            .next()
            .unwrap_or_else(|| panic!("no {kind:?} {n}"))
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
    match outcome {
        Outcome::Sent(record) => *record,
        other => panic!("{other:?}"),
    }
}

type Change = (&'static str, fn(&mut Recording));

fn titled(record: &mut Recording) {
    record.title = "Another title".to_owned();
}
fn worded(record: &mut Recording) {
    record.body = "<div>Other words</div>".to_owned();
}
fn due(record: &mut Recording) {
    record.due_on = Some(date(2027, 2, 3));
}
fn not_due(record: &mut Recording) {
    record.due_on = None;
}
fn unassigned(record: &mut Recording) {
    record.assignees.clear();
}
fn whole_days(record: &mut Recording) {
    record.span = Some(Span::Days {
        from: date(2027, 3, 1),
        to: date(2027, 3, 2),
    });
}

#[tokio::test]
async fn an_edit_of_one_field_changes_no_other() {
    let sim = small(false).await;
    let api = api(&sim);
    let cases: [(world::Kind, Kind, &[Change]); 8] = [
        (
            world::Kind::Todo,
            Kind::Todo,
            &[
                ("title", titled),
                ("body", worded),
                ("due", due),
                ("due", not_due),
                ("assignees", unassigned),
            ],
        ),
        (
            world::Kind::Todolist,
            Kind::TodoList,
            &[("title", titled), ("body", worded)],
        ),
        (
            world::Kind::Document,
            Kind::Document,
            &[("title", titled), ("body", worded)],
        ),
        (
            world::Kind::ScheduleEntry,
            Kind::ScheduleEntry,
            &[("title", titled), ("body", worded), ("span", whole_days)],
        ),
        (
            world::Kind::Card,
            Kind::Card,
            &[
                ("title", titled),
                ("body", worded),
                ("due", due),
                ("due", not_due),
                ("assignees", unassigned),
            ],
        ),
        (
            world::Kind::Step,
            Kind::Step,
            &[("title", titled), ("due", due), ("assignees", unassigned)],
        ),
        (
            world::Kind::Message,
            Kind::Message,
            &[("title", titled), ("body", worded)],
        ),
        (world::Kind::Comment, Kind::Comment, &[("body", worded)]),
    ];
    for (wire, kind, changes) in cases {
        for (field, work) in changes {
            let id = first(&sim, wire);
            fill(&sim, id, wire);
            let before = there(&sim, id);
            let seen = have(&api, kind, id).await;
            let answer = sent(send(&api, &change(&seen, *work)).await);
            let mut expected = seen.clone();
            work(&mut expected);
            expected.updated_at = answer.value.updated_at;
            assert_eq!(answer.value, expected, "{kind:?} {field}");
            let mut after = there(&sim, id);
            assert_ne!(after, before, "{kind:?} {field}");
            after.updated_at = before.updated_at;
            let detail_moves = *field == "span";
            match *field {
                "title" => after.title.clone_from(&before.title),
                "body" => after.body.clone_from(&before.body),
                "due" => after.due_on = before.due_on,
                "assignees" => after.assignees.clone_from(&before.assignees),
                _ => {}
            }
            if detail_moves {
                assert_eq!(kept_of_entry(&after), kept_of_entry(&before));
                after.detail = before.detail.clone();
            }
            assert_eq!(after, before, "{kind:?} {field}");
        }
    }
}

/// Every field that this kind has, set behind the client's back.
fn fill(sim: &Sim, id: i64, kind: world::Kind) {
    sim.edit(|editor| {
        let me = editor.world().me();
        let people: Vec<i64> = editor
            .world()
            .project(editor.world().recording(id).unwrap().project)
            .unwrap()
            .members
            .iter()
            .copied()
            .take(2)
            .collect();
        let work = matches!(
            kind,
            world::Kind::Todo | world::Kind::Card | world::Kind::Step
        );
        let fields = Fields {
            title: (kind != world::Kind::Comment).then(|| "A full record".to_owned()),
            body: (kind != world::Kind::Step).then(|| "<div>All of it</div>".to_owned()),
            starts_on: (kind == world::Kind::Todo).then_some(DateChange::On(date(2026, 11, 1))),
            due_on: work.then_some(DateChange::On(date(2026, 12, 24))),
            assignees: work.then(|| people.clone()),
            subscribers: (kind == world::Kind::Todo).then(|| vec![me]),
            participants: (kind == world::Kind::ScheduleEntry).then(|| people.clone()),
            join_url: (kind == world::Kind::ScheduleEntry)
                .then(|| "https://example.com/room".to_owned()),
            highlighted: (kind == world::Kind::ScheduleEntry).then_some(true),
            ..Fields::default()
        };
        editor.update(id, fields).unwrap();
    });
}

fn kept_of_entry(record: &world::Recording) -> (Vec<i64>, Option<String>, bool) {
    let world::Detail::Entry {
        participants,
        join_url,
        highlighted,
        ..
    } = &record.detail
    else {
        panic!("no entry");
    };
    (participants.clone(), join_url.clone(), *highlighted)
}

#[tokio::test]
async fn every_kind_is_made_as_asked() {
    let sim = small(false).await;
    let api = api(&sim);
    let list = first(&sim, world::Kind::Todolist);
    let mut todo = making(&sim, Kind::Todo, list, "A to-do", "<div>Why</div>");
    todo.after.due_on = Some(date(2027, 1, 2));
    todo.after.assignees = people_of(&sim, list);
    let set = sim.look(|world| world.recording(list).unwrap().parent.unwrap());
    let mut loose = making(&sim, Kind::Todo, set, "A loose one", "");
    loose.parent_kind = Some(Kind::TodoSet);
    let column = first(&sim, world::Kind::Triage);
    let mut card = making(&sim, Kind::Card, column, "A card", "<div>Of course</div>");
    card.after.assignees = people_of(&sim, column);
    let mut done = making(&sim, Kind::Todo, list, "Done already", "");
    done.after.completed = true;
    let mut entry = making(
        &sim,
        Kind::ScheduleEntry,
        first(&sim, world::Kind::Schedule),
        "A meeting",
        "",
    );
    whole_days(&mut entry.after);
    let cases = [
        todo,
        loose,
        card,
        done,
        entry,
        making(
            &sim,
            Kind::Comment,
            first(&sim, world::Kind::Todo),
            "",
            "<div>Well said</div>",
        ),
        making(
            &sim,
            Kind::Message,
            first(&sim, world::Kind::MessageBoard),
            "News",
            "<div>Good</div>",
        ),
        making(
            &sim,
            Kind::Document,
            first(&sim, world::Kind::Vault),
            "A page",
            "<div>Text</div>",
        ),
        making(
            &sim,
            Kind::Step,
            first(&sim, world::Kind::Card),
            "A step",
            "",
        ),
        making(
            &sim,
            Kind::ChatLine,
            first(&sim, world::Kind::Chat),
            "",
            "Hello",
        ),
        making(&sim, Kind::TodoList, set, "A list", ""),
        making(&sim, Kind::TodoGroup, list, "A group", ""),
    ];
    for edit in cases {
        let made = sent(send(&api, &edit).await).value;
        let wanted = &edit.after;
        assert!(!made.id.is_local());
        assert_eq!(made.kind, wanted.kind);
        assert_eq!(
            (made.project, made.parent),
            (wanted.project, wanted.parent),
            "{made:?}"
        );
        assert_eq!(
            (&made.title, &made.body),
            (&wanted.title, &wanted.body),
            "{made:?}"
        );
        assert_eq!(
            (made.status, made.completed),
            (Status::Active, wanted.completed),
            "{made:?}"
        );
        assert_eq!(
            (made.due_on, made.span, &made.assignees),
            (wanted.due_on, wanted.span, &wanted.assignees)
        );
        assert_eq!(there(&sim, made.id.0).creator, sim.me());
    }
    assert_eq!(sim.counters().duplicate_creates, 0);
}

fn people_of(sim: &Sim, id: i64) -> Vec<PersonId> {
    sim.look(|world| {
        let project = world.recording(id).unwrap().project;
        let members = &world.project(project).unwrap().members;
        members.iter().copied().take(2).map(PersonId).collect()
    })
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_not_made_twice() {
    let sim = small(false).await;
    let api = api(&sim);
    let list = first(&sim, world::Kind::Todolist);
    let todo = first(&sim, world::Kind::Todo);
    let board = first(&sim, world::Kind::MessageBoard);
    let column = first(&sim, world::Kind::Triage);
    let faults = [
        Fault::DropAfter,
        Fault::DropBefore,
        Fault::Truncate,
        Fault::WrongJson,
        Fault::Html,
        Fault::Nulls,
        Fault::Status(502),
    ];
    for (turn, fault) in faults.into_iter().enumerate() {
        let name = format!("Once only {turn}");
        let words = format!("<div>Once only {turn}</div>");
        let mut card = making(&sim, Kind::Card, column, &name, "");
        card.after.assignees = vec![PersonId(sim.me())];
        let edits = [
            making(&sim, Kind::Todo, list, &name, ""),
            making(&sim, Kind::Comment, todo, "", &words),
            making(&sim, Kind::Message, board, &name, &words),
            card,
        ];
        for mut edit in edits {
            sim.faults().next(1, "POST", "", fault.clone());
            assert_eq!(send(&api, &edit).await, Outcome::Unsure, "{fault:?}");
            sim.faults().clear();
            edit.unsure = true;
            let made = sent(send(&api, &edit).await).value;
            assert_eq!(made.assignees, edit.after.assignees);
            let alike = sim.look(|world| {
                let parent = edit.after.parent.unwrap().0;
                let children = world
                    .child_ids(parent)
                    .iter()
                    .filter_map(|id| world.recording(*id));
                children
                    .filter(|child| child.title == name || child.body == words)
                    .count()
            });
            assert_eq!(alike, 1, "{fault:?} {:?}", edit.after.kind);
        }
    }
}

#[tokio::test]
async fn twins_that_were_lost_are_both_found() {
    let sim = small(false).await;
    let api = api(&sim);
    let mut edit = making(
        &sim,
        Kind::Todo,
        first(&sim, world::Kind::Todolist),
        "Call them back",
        "",
    );
    for _ in 0..2 {
        sim.faults().next(1, "POST", "", Fault::DropAfter);
        edit.unsure = false;
        assert_eq!(send(&api, &edit).await, Outcome::Unsure);
    }
    edit.unsure = true;
    let one = sent(send(&api, &edit).await).value.id;
    edit.adopted.push(one);
    let two = sent(send(&api, &edit).await).value.id;
    assert_ne!(one, two);
}

#[tokio::test]
async fn somebody_elses_change_of_the_same_field_is_a_conflict_and_of_another_is_kept() {
    let sim = small(false).await;
    let api = api(&sim);
    for (wire, kind) in [
        (world::Kind::Todo, Kind::Todo),
        (world::Kind::Card, Kind::Card),
        (world::Kind::Message, Kind::Message),
    ] {
        let id = first(&sim, wire);
        let before = have(&api, kind, id).await;
        sim.edit(|editor| editor.retitle(id, "Their title").unwrap());
        let writes = sim.counters().seen("PUT", "");
        match send(&api, &change(&before, titled)).await {
            Outcome::Conflict { theirs } => assert_eq!(theirs.value.title, "Their title"),
            other => panic!("{other:?}"),
        }
        assert_eq!(
            sim.counters().seen("PUT", ""),
            writes,
            "nothing was written"
        );
        let same = change(&before, |record| record.title = "Their title".to_owned());
        sent(send(&api, &same).await);
        assert_eq!(
            sim.counters().seen("PUT", ""),
            writes,
            "it was there already"
        );
        let kept = sent(send(&api, &change(&before, worded)).await).value;
        assert_eq!(
            (kept.title.as_str(), kept.body.as_str()),
            ("Their title", "<div>Other words</div>")
        );
    }
}

#[tokio::test]
async fn what_is_ticked_off_is_done_and_back_again() {
    let sim = small(false).await;
    let api = api(&sim);
    for (wire, kind) in [
        (world::Kind::Todo, Kind::Todo),
        (world::Kind::Step, Kind::Step),
        (world::Kind::Card, Kind::Card),
    ] {
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
        assert!(
            done.completed && there(&sim, id).completion.is_some(),
            "{kind:?}"
        );
        let back = sent(send(&api, &change(&done, |record| record.completed = false)).await).value;
        assert!(
            !back.completed && there(&sim, id).completion.is_none(),
            "{kind:?}"
        );
    }
    // A lost answer to a tick is no matter: it is asked for again.
    let id = first(&sim, world::Kind::Todo);
    let before = have(&api, Kind::Todo, id).await;
    sim.faults().next(1, "", "completion", Fault::DropAfter);
    sent(
        send(
            &api,
            &change(&before, |record| record.completed = !record.completed),
        )
        .await,
    );
    assert_eq!(there(&sim, id).completion.is_some(), !before.completed);
}

#[tokio::test]
async fn things_are_moved_put_away_and_brought_back() {
    let sim = small(false).await;
    let api = api(&sim);
    let list = first(&sim, world::Kind::Todolist);
    let todo = sim.edit(|editor| editor.create_todo(list, "Wanders").unwrap());
    let set = there(&sim, list).parent.unwrap();
    let other = sim.edit(|editor| {
        editor
            .create(set, world::Kind::Todolist, Fields::titled("Elsewhere"))
            .unwrap()
    });
    let before = have(&api, Kind::Todo, todo).await;
    let moved = change(&before, |record| {
        record.parent = Some(RecordingId(other));
        record.position = Some(1);
    });
    let moved = sent(send(&api, &moved).await).value;
    assert_eq!(
        (moved.parent, moved.position),
        (Some(RecordingId(other)), Some(1))
    );
    let card = first(&sim, world::Kind::Card);
    let before = have(&api, Kind::Card, card).await;
    let table = sim.look(|world| {
        let column = world
            .recording(world.recording(card).unwrap().parent.unwrap())
            .unwrap();
        if column.kind == world::Kind::OnHold {
            world
                .recording(column.parent.unwrap())
                .unwrap()
                .parent
                .unwrap()
        } else {
            column.parent.unwrap()
        }
    });
    let done = sim.look(|world| {
        world
            .children_of(table, world::Kind::DoneColumn)
            .next()
            .unwrap()
            .id
    });
    let moved = sent(
        send(
            &api,
            &change(&before, |record| record.parent = Some(RecordingId(done))),
        )
        .await,
    )
    .value;
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
        for status in [
            Status::Trashed,
            Status::Active,
            Status::Archived,
            Status::Active,
        ] {
            record =
                sent(send(&api, &change(&record, |record| record.status = status)).await).value;
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
    assert!(
        matches!(&blank, Outcome::Refused(why) if why.contains("blank")),
        "{blank:?}"
    );
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
    assert!(
        matches!(down, Outcome::Trouble(crate::Trouble::Unreachable(_))),
        "{down:?}"
    );
    sim.faults().clear();
    assert_eq!(have(&api, Kind::Todo, id).await, before);
}
