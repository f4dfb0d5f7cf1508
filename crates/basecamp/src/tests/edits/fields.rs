//! An edit changes what it touches and nothing else.

use contract::{Kind, Recording};
use jiff::civil::date;
use sim::Sim;
use sim::world::{self, DateChange, Fields};

use super::{change, first, have, sent, there, titled, whole_days, worded};
use crate::tests::{api, small};
use crate::write::send;

type Change = (&'static str, fn(&mut Recording));

fn due(record: &mut Recording) {
    record.due_on = Some(date(2027, 2, 3));
}
fn not_due(record: &mut Recording) {
    record.due_on = None;
}
fn unassigned(record: &mut Recording) {
    record.assignees.clear();
}

#[tokio::test]
async fn an_edit_of_one_field_changes_no_other() {
    let sim = small(false).await;
    let api = api(&sim);
    let cases: [(world::Kind, Kind, &[Change]); 8] = [
        (
            world::Kind::Todo,
            Kind::Todo,
            &[("title", titled), ("body", worded), ("due", due), ("due", not_due), ("assignees", unassigned)],
        ),
        (world::Kind::Todolist, Kind::TodoList, &[("title", titled), ("body", worded)]),
        (world::Kind::Document, Kind::Document, &[("title", titled), ("body", worded)]),
        (world::Kind::ScheduleEntry, Kind::ScheduleEntry, &[("title", titled), ("body", worded), ("span", whole_days)]),
        (
            world::Kind::Card,
            Kind::Card,
            &[("title", titled), ("body", worded), ("due", due), ("due", not_due), ("assignees", unassigned)],
        ),
        (world::Kind::Step, Kind::Step, &[("title", titled), ("due", due), ("assignees", unassigned)]),
        (world::Kind::Message, Kind::Message, &[("title", titled), ("body", worded)]),
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
        let work = matches!(kind, world::Kind::Todo | world::Kind::Card | world::Kind::Step);
        let fields = Fields {
            title: (kind != world::Kind::Comment).then(|| "A full record".to_owned()),
            body: (kind != world::Kind::Step).then(|| "<div>All of it</div>".to_owned()),
            starts_on: (kind == world::Kind::Todo).then_some(DateChange::On(date(2026, 11, 1))),
            due_on: work.then_some(DateChange::On(date(2026, 12, 24))),
            assignees: work.then(|| people.clone()),
            subscribers: (kind == world::Kind::Todo).then(|| vec![me]),
            participants: (kind == world::Kind::ScheduleEntry).then(|| people.clone()),
            join_url: (kind == world::Kind::ScheduleEntry).then(|| "https://example.com/room".to_owned()),
            highlighted: (kind == world::Kind::ScheduleEntry).then_some(true),
            ..Fields::default()
        };
        editor.update(id, fields).unwrap();
    });
}

fn kept_of_entry(record: &world::Recording) -> (Vec<i64>, Option<String>, bool) {
    let world::Detail::Entry { participants, join_url, highlighted, .. } = &record.detail else {
        panic!("no entry");
    };
    (participants.clone(), join_url.clone(), *highlighted)
}
