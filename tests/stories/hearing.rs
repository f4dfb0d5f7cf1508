//! What a window hears: a reset, every change, and what it missed while it was away.

use contract::commands::{CompleteTodo, CreateTodo};
use contract::{FeedBody, Tag};

use crate::support::{Desk, Ear};

#[tokio::test]
async fn a_window_hears_of_changes_and_catches_up_after_it_was_away() {
    let (desk, scene) = Desk::with_scene().await;
    let mut ear = Ear::new(&desk, None);
    assert_eq!(ear.next().await.body, FeedBody::Reset);
    let written = desk.does(CompleteTodo { id: scene.todo }).await;
    let tags = ear
        .until(|body| {
            let FeedBody::Changed { tags, items, set } = body else { return None };
            (items.contains(&scene.todo) && *set == written.set).then(|| tags.clone())
        })
        .await;
    assert!(tags.contains(&Tag::Todos) && tags.contains(&Tag::History) && tags.contains(&Tag::Outbox), "{tags:?}");
    desk.settles().await;

    let left_at = ear.last;
    drop(ear);
    desk.server(|editor| editor.retitle(scene.second.0, "Changed while away").unwrap());
    desk.sync().await;
    let mut ear = Ear::new(&desk, Some(left_at));
    let first = ear.next().await;
    assert!(first.seq == left_at + 1 && first.body != FeedBody::Reset, "{first:?}");
    ear.until(|body| matches!(body, FeedBody::Changed { items, .. } if items.contains(&scene.second)).then_some(()))
        .await;
    let mut stranger = Ear::new(&desk, Some(9_999_999));
    stranger.last = 0;
    assert_eq!(stranger.next().await.body, FeedBody::Reset, "a number of another start");
}

#[tokio::test]
async fn a_local_id_that_becomes_basecamps_is_told() {
    let (desk, scene) = Desk::with_scene().await;
    let mut ear = Ear::new(&desk, None);
    let create = CreateTodo {
        parent: scene.list,
        title: "Named here first".into(),
        body: String::new(),
        starts_on: None,
        due_on: None,
        assignees: vec![],
    };
    let local = desk.does(create).await.item.id;
    assert!(local.is_local());
    let real = ear
        .until(|body| {
            let FeedBody::Renamed { from, to } = body else { return None };
            (*from == local).then_some(*to)
        })
        .await;
    assert!(!real.is_local());
    assert_eq!(desk.shows(local).await.item.id, real, "the old id leads to the same item");
    desk.sends(CompleteTodo { id: local }).await;
    assert!(desk.shows(real).await.item.completed);
}
