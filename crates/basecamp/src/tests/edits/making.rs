//! Things are made as asked, and once.

use contract::{Kind, PersonId, Status};
use jiff::civil::date;
use sim::world;
use sim::{Fault, Sim};

use super::{first, making, sent, there, whole_days};
use crate::tests::{api, small};
use crate::write::{Outcome, send};

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
    let mut entry = making(&sim, Kind::ScheduleEntry, first(&sim, world::Kind::Schedule), "A meeting", "");
    whole_days(&mut entry.after);
    let cases = [
        todo,
        loose,
        card,
        done,
        entry,
        making(&sim, Kind::Comment, first(&sim, world::Kind::Todo), "", "<div>Well said</div>"),
        making(&sim, Kind::Message, first(&sim, world::Kind::MessageBoard), "News", "<div>Good</div>"),
        making(&sim, Kind::Document, first(&sim, world::Kind::Vault), "A page", "<div>Text</div>"),
        making(&sim, Kind::Step, first(&sim, world::Kind::Card), "A step", ""),
        making(&sim, Kind::ChatLine, first(&sim, world::Kind::Chat), "", "Hello"),
        making(&sim, Kind::TodoList, set, "A list", ""),
        making(&sim, Kind::TodoGroup, list, "A group", ""),
        making(&sim, Kind::Column, first(&sim, world::Kind::CardTable), "A column", ""),
    ];
    for edit in cases {
        let made = sent(send(&api, &edit).await).value;
        let wanted = &edit.after;
        assert!(!made.id.is_local());
        assert_eq!(made.kind, wanted.kind);
        assert_eq!((made.project, made.parent), (wanted.project, wanted.parent), "{made:?}");
        assert_eq!((&made.title, &made.body), (&wanted.title, &wanted.body), "{made:?}");
        assert_eq!((made.status, made.completed), (Status::Active, wanted.completed), "{made:?}");
        assert_eq!((made.due_on, made.span, &made.assignees), (wanted.due_on, wanted.span, &wanted.assignees));
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
    let table = there(&sim, column).parent.unwrap();
    let set = there(&sim, list).parent.unwrap();
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
            making(&sim, Kind::TodoList, set, &name, ""),
            making(&sim, Kind::Column, table, &name, ""),
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
                let children = world.child_ids(parent).iter().filter_map(|id| world.recording(*id));
                children.filter(|child| child.title == name || child.body == words).count()
            });
            assert_eq!(alike, 1, "{fault:?} {:?}", edit.after.kind);
        }
    }
}

#[tokio::test]
async fn twins_that_were_lost_are_both_found() {
    let sim = small(false).await;
    let api = api(&sim);
    let mut edit = making(&sim, Kind::Todo, first(&sim, world::Kind::Todolist), "Call them back", "");
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
