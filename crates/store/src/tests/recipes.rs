use contract::*;

use super::{Desk, at, me, todo};
use crate::StoreError;

/// Writes a to-do with a command behind it, and tells its set and id.
async fn made(desk: &Desk, command: Option<&str>) -> (ChangeSetId, RecordingId) {
    let mut tx = desk.store.begin(&me(), "Added it").await.unwrap();
    if let Some(command) = command {
        tx.called(command, r#"{"title":"A"}"#);
    }
    let id = tx.next_local_id().await.unwrap();
    tx.put_remote(Recording { id, ..todo(1) }, &[]).await.unwrap();
    tx.put_derived(vec![Recording { position: Some(7), ..todo(2) }]).await.unwrap();
    (tx.commit().await.unwrap().set.unwrap(), id)
}

fn steps() -> Vec<RecipeStep> {
    vec![RecipeStep { command: "todo.create".into(), title: "Added it".into(), input: r#"{"title":"A"}"#.into() }]
}

#[tokio::test]
async fn what_was_called_stands_beside_its_set_and_what_it_made_carries_its_newest_id() {
    let desk = Desk::new().await;
    desk.apply(&[todo(2)]).await;
    let (first, local) = made(&desk, Some("todo.create")).await;
    let (second, _) = made(&desk, None).await;
    let told = desk.store.operations(&[second, first, first]).await.unwrap();
    assert_eq!(told.iter().map(|one| one.set).collect::<Vec<_>>(), [first, second], "oldest first, and each once");
    assert_eq!(told[0].call, Some(("todo.create".into(), r#"{"title":"A"}"#.into())));
    assert_eq!((told[0].items.as_slice(), told[0].project, told[0].state), (&[local][..], None, SetState::Done));
    assert_eq!((told[1].call.as_ref(), told[0].summary.as_str()), (None, "Added it"));

    let sending = desk.store.next_to_send().await.unwrap().unwrap();
    desk.store.sending(sending.change).await.unwrap();
    desk.store.sent(sending.change, super::fetched(&todo(77))).await.unwrap();
    let told = desk.store.operations(&[first]).await.unwrap();
    assert_eq!(told[0].items, [RecordingId(77)]);
    let Undone::Done { set: reversal, .. } = desk.store.undo(first, None, &me()).await.unwrap() else { panic!() };
    let told = desk.store.operations(&[first, reversal]).await.unwrap();
    assert_eq!((told[0].state, told[1].state, told[1].call.is_none()), (SetState::Undone, SetState::Reversal, true));
    let unknown = desk.store.operations(&[first, ChangeSetId(999)]).await;
    assert!(matches!(unknown, Err(StoreError::NoSet(ChangeSetId(999)))));
    // What came from Basecamp is nothing that was done here.
    let synced: i64 = sqlx::query_scalar("select min(id) from change_set where who = 'sync'")
        .fetch_one(&desk.store.inner.readers)
        .await
        .unwrap();
    assert!(matches!(desk.store.operations(&[ChangeSetId(synced)]).await, Err(StoreError::NoSet(_))));
    desk.check().await;
}

#[tokio::test]
async fn a_recipe_has_a_name_of_its_own_and_a_number_that_is_never_given_again() {
    let desk = Desk::new().await;
    let variables = vec![Variable { name: "day".into(), kind: VariableKind::Day, value: "+3".into() }];
    let first = desk.store.add_recipe("Weekly  setup", &steps(), &variables).await.unwrap().unwrap();
    assert_eq!((&first.steps, &first.variables, first.used_at), (&steps(), &variables, None));
    assert!(first.made_at > at(0));
    for taken in ["Weekly setup", " WEEKLY setup "] {
        assert_eq!(desk.store.add_recipe(taken, &steps(), &[]).await.unwrap(), None);
    }
    let second = desk.store.add_recipe("Other", &steps(), &[]).await.unwrap().unwrap();
    assert_eq!(desk.store.rename_recipe(second.id, "weekly SETUP").await.unwrap(), None);
    assert_eq!(desk.store.rename_recipe(first.id, "weekly setup").await.unwrap().unwrap().name, "weekly setup");
    let order = async || desk.store.recipes().await.unwrap().iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(order().await, [second.id, first.id], "made last, first");
    desk.store.recipe_used(first.id).await.unwrap();
    assert_eq!(order().await, [first.id, second.id], "used last, first");
    desk.store.delete_recipe(second.id).await.unwrap();
    for gone in [
        desk.store.recipe(second.id).await.map(drop),
        desk.store.rename_recipe(second.id, "X").await.map(drop),
        desk.store.delete_recipe(second.id).await,
        desk.store.recipe_used(second.id).await,
    ] {
        assert!(matches!(gone, Err(StoreError::NoRecipe(_))), "{gone:?}");
    }
    let third = desk.store.add_recipe("Other", &steps(), &[]).await.unwrap().unwrap();
    assert!(third.id > second.id);
    let desk = desk.killed().await;
    assert_eq!(desk.store.recipe(third.id).await.unwrap(), third);
}
