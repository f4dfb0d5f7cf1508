//! An edit of one field changes that field in Basecamp, and no other: Basecamp's own PUT would clear the rest.

use contract::RecordingId;
use contract::commands::{UpdateCard, UpdateTodo};

use super::server::{Fact, facts, same};
use crate::support::{Desk, day};

fn todo(id: RecordingId) -> UpdateTodo {
    UpdateTodo { id, title: None, body: None, starts_on: None, due_on: None, assignees: None }
}

fn card(id: RecordingId) -> UpdateCard {
    UpdateCard { id, title: None, body: None, due_on: None, assignees: None }
}

/// The edit, and what it makes of the item's fact.
type Case<C> = (&'static str, C, Box<dyn Fn(&mut Fact)>);

#[tokio::test]
async fn one_field_of_a_todo_at_a_time() {
    let (desk, scene) = Desk::with_scene().await;
    let id = scene.todo;
    let [first, _] = scene.people;
    let cases: Vec<Case<UpdateTodo>> = vec![
        (
            "title",
            UpdateTodo { title: Some("Book the hall".into()), ..todo(id) },
            Box::new(|fact| fact.title = "Book the hall".into()),
        ),
        (
            "body",
            UpdateTodo { body: Some("<div>Elsewhere</div>".into()), ..todo(id) },
            Box::new(|fact| fact.body = "<div>Elsewhere</div>".into()),
        ),
        ("no body", UpdateTodo { body: Some(String::new()), ..todo(id) }, Box::new(|fact| fact.body = String::new())),
        (
            "start",
            UpdateTodo { starts_on: Some(Some(day("2026-12-03"))), ..todo(id) },
            Box::new(|fact| fact.starts_on = Some(day("2026-12-03"))),
        ),
        ("no start", UpdateTodo { starts_on: Some(None), ..todo(id) }, Box::new(|fact| fact.starts_on = None)),
        (
            "due",
            UpdateTodo { due_on: Some(Some(day("2026-12-24"))), ..todo(id) },
            Box::new(|fact| fact.due_on = Some(day("2026-12-24"))),
        ),
        ("no due day", UpdateTodo { due_on: Some(None), ..todo(id) }, Box::new(|fact| fact.due_on = None)),
        (
            "people",
            UpdateTodo { assignees: Some(vec![first]), ..todo(id) },
            Box::new(move |fact| fact.assignees = vec![first.0]),
        ),
        ("nobody", UpdateTodo { assignees: Some(vec![]), ..todo(id) }, Box::new(|fact| fact.assignees = vec![])),
    ];
    for (what, edit, change) in cases {
        let before = facts(&desk);
        let mut wanted = before.clone();
        change(wanted.get_mut(&id.0).unwrap());
        let set = desk.sends(edit).await.set.unwrap();
        same(&wanted, &facts(&desk), what);
        desk.undoes(set).await;
        desk.settles().await;
        same(&before, &facts(&desk), &format!("{what}, undone"));
        desk.redoes(set).await;
        desk.settles().await;
        desk.nothing_waits().await;
        same(&wanted, &facts(&desk), &format!("{what}, done again"));
    }
}

#[tokio::test]
async fn one_field_of_a_card_at_a_time() {
    let (desk, scene) = Desk::with_scene().await;
    let id = scene.card;
    let [_, second] = scene.people;
    let cases: Vec<Case<UpdateCard>> = vec![
        (
            "title",
            UpdateCard { title: Some("Draw two".into()), ..card(id) },
            Box::new(|fact| fact.title = "Draw two".into()),
        ),
        (
            "body",
            UpdateCard { body: Some("<div>In ink</div>".into()), ..card(id) },
            Box::new(|fact| fact.body = "<div>In ink</div>".into()),
        ),
        ("no due day", UpdateCard { due_on: Some(None), ..card(id) }, Box::new(|fact| fact.due_on = None)),
        (
            "due",
            UpdateCard { due_on: Some(Some(day("2026-12-24"))), ..card(id) },
            Box::new(|fact| fact.due_on = Some(day("2026-12-24"))),
        ),
        (
            "people",
            UpdateCard { assignees: Some(vec![second]), ..card(id) },
            Box::new(move |fact| fact.assignees = vec![second.0]),
        ),
    ];
    for (what, edit, change) in cases {
        let before = facts(&desk);
        let mut wanted = before.clone();
        change(wanted.get_mut(&id.0).unwrap());
        let set = desk.sends(edit).await.set.unwrap();
        same(&wanted, &facts(&desk), what);
        desk.undoes(set).await;
        desk.settles().await;
        same(&before, &facts(&desk), &format!("{what}, undone"));
        desk.redoes(set).await;
        desk.settles().await;
        desk.nothing_waits().await;
        same(&wanted, &facts(&desk), &format!("{what}, done again"));
    }
}

/// Someone else changed another field meanwhile, and no pass has told yet: both changes stand.
#[tokio::test]
async fn someone_elses_change_of_another_field_stands() {
    let (desk, scene) = Desk::with_scene().await;
    desk.server(|editor| {
        editor.retitle(scene.todo.0, "Book the big studio").unwrap();
        editor.reschedule(scene.card.0, Some(day("2026-12-31"))).unwrap();
    });
    let mut wanted = facts(&desk);
    wanted.get_mut(&scene.todo.0).unwrap().due_on = Some(day("2026-12-05"));
    wanted.get_mut(&scene.card.0).unwrap().title = "Draw three".into();
    desk.sends(UpdateTodo { due_on: Some(Some(day("2026-12-05"))), ..todo(scene.todo) }).await;
    desk.sends(UpdateCard { title: Some("Draw three".into()), ..card(scene.card) }).await;
    same(&wanted, &facts(&desk), "both changes");
    assert_eq!(desk.shows(scene.todo).await.item.title, "Book the big studio");
}
