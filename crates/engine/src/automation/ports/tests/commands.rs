//! Commands that automations give: whose they are, and that each is done once.

use contract::{Caller, Door, Role, SetState, Who};
use runner::pieces::{Commands as _, Picker};
use serde_json::{Value, json};

use super::{Place, key, run};
use crate::gate::Approval;
use crate::router;

async fn called(place: &Place, title: &str) -> usize {
    let found = place.around.choices(Picker::Todos, None, Some(title)).await.unwrap();
    found.iter().filter(|choice| choice.label.starts_with(title)).count()
}

fn automation(place: &Place) -> Caller {
    Caller {
        who: Who::Automation { run: "7".into() },
        workspace: Some(place.workspace),
        role: Role::Member,
        door: Door::Background,
    }
}

#[tokio::test]
async fn what_an_automation_does_is_its_own_and_can_be_undone() {
    let place = Place::new().await;
    let list = place.first(Picker::Lists).await;
    let input = json!({ "parent": list, "title": "Quokka" });
    let made = place.around.call("todo.create", input, &key("a"), &run()).await.unwrap();
    assert_eq!(made["item"]["title"], "Quokka");
    let entry = place.history().await.into_iter().find(|entry| entry.summary.contains("Quokka")).unwrap();
    assert_eq!((entry.who.as_str(), entry.door.as_str()), ("automation:a run", "background"));
    assert_eq!(made["set"], json!(entry.set));
    place.does("history.undo", json!({ "set": entry.set })).await;
    let entry = place.history().await.into_iter().find(|one| one.set == entry.set).unwrap();
    assert_eq!(entry.state, SetState::Undone);
    assert_eq!(called(&place, "Quokka").await, 0);
}

#[tokio::test]
async fn what_was_done_under_a_key_is_answered_and_not_done_again() {
    let place = Place::new().await;
    let list = place.first(Picker::Lists).await;
    let input = json!({ "parent": list, "title": "Quokka" });
    // The app ends after the commit, and before anybody was told.
    let (bytes, first) = (input.to_string(), key("a"));
    let approval = Approval::of("todo.create", &bytes);
    let caller = automation(&place);
    let lost = router::call_once(&place.engine, &caller, &approval, "todo.create", &bytes, first.as_str()).await;
    let lost: Value = serde_json::from_str(&lost.unwrap()).unwrap();
    place.engine.settle().await;
    let told = place.around.call("todo.create", input.clone(), &first, &run()).await.unwrap();
    assert_eq!(told, lost, "the same answer, whatever the item is called by now");
    assert_eq!(called(&place, "Quokka").await, 1);
    let other = place.around.call("todo.create", input.clone(), &key("b"), &run()).await.unwrap();
    assert_ne!(other, told);
    assert_eq!(called(&place, "Quokka").await, 2, "another key is another effect");

    let (third, run) = (key("c"), run());
    let (one, two) = tokio::join!(
        place.around.call("todo.create", input.clone(), &third, &run),
        place.around.call("todo.create", input.clone(), &third, &run)
    );
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(called(&place, "Quokka").await, 3, "two attempts at once are one effect");
}

#[tokio::test]
async fn what_is_refused_is_told_and_can_be_tried_again_under_its_key() {
    let place = Place::new().await;
    let list = place.first(Picker::Lists).await;
    let refused = place.around.call("todo.create", json!({ "parent": list, "title": " " }), &key("a"), &run()).await;
    let refused = refused.unwrap_err();
    assert!(refused.message.contains("title") && !refused.in_doubt, "{refused:?}");
    let input = json!({ "parent": list, "title": "Quokka" });
    place.around.call("todo.create", input, &key("a"), &run()).await.unwrap();
    assert_eq!(called(&place, "Quokka").await, 1);
    for name in ["workspace.remove", "connection.forget", "settings.change", "no.such"] {
        let refused = place.around.call(name, json!({ "id": "1" }), &key(name), &run()).await;
        assert!(refused.is_err(), "{name}");
    }
}

#[tokio::test]
async fn a_project_is_made_once_however_far_the_first_attempt_came() {
    let place = Place::new().await;
    let person = place.first(Picker::People).await;
    let projects = async |name: &str| {
        place.does("sync.run", json!({})).await;
        place.engine.settle().await;
        place.around.choices(Picker::Projects, None, Some(name)).await.unwrap().len()
    };
    let input = json!({ "name": "Quokka", "people": [person] });
    let (bytes, first) = (input.to_string(), key("a"));
    let approval = Approval::of("project.create", &bytes);
    // The app ends with the project made and written down, and nothing of what follows noted.
    let caller = automation(&place);
    let lost = router::call_once(&place.engine, &caller, &approval, "project.create", &bytes, first.as_str()).await;
    let lost: Value = serde_json::from_str(&lost.unwrap()).unwrap();
    assert_eq!(place.desk.store.done(first.as_str()).await.unwrap(), None, "the whole is not done yet");
    let told = place.around.call("project.create", input.clone(), &first, &run()).await.unwrap();
    assert_eq!((&told["project"]["id"], &told["set"]), (&lost["project"]["id"], &lost["set"]));
    assert_eq!(told["carried"]["done"], lost["carried"]["done"]);
    assert_eq!(place.around.call("project.create", input.clone(), &first, &run()).await.unwrap(), told);
    assert_eq!(projects("Quokka").await, 1);
    assert_eq!(place.history().await.iter().filter(|entry| entry.summary.contains("Quokka")).count(), 1);
    place.around.call("project.create", input, &key("b"), &run()).await.unwrap();
    assert_eq!(projects("Quokka").await, 2, "another key is another project");
}

#[tokio::test]
async fn every_picker_has_choices_few_and_by_words() {
    let place = Place::new().await;
    let project = place.first(Picker::Projects).await;
    let pickers = [
        Picker::Projects,
        Picker::Lists,
        Picker::Boards,
        Picker::Columns,
        Picker::People,
        Picker::Todos,
        Picker::Cards,
        Picker::Steps,
        Picker::Items,
    ];
    for picker in pickers {
        let all = place.around.choices(picker, None, None).await.unwrap();
        assert!(all.len() <= 100, "{picker:?}");
        assert!(!all.is_empty() || picker == Picker::Steps, "{picker:?}");
        let Some(one) = all.first() else { continue };
        assert!(one.value.is_string() && !one.label.is_empty(), "{one:?}");
        let found = place.around.choices(picker, None, Some(one.label.split(" · ").next().unwrap())).await.unwrap();
        assert!(found.iter().any(|other| other.value == one.value), "{picker:?}: {}", one.label);
        let none = place.around.choices(picker, None, Some("Quokka")).await.unwrap();
        assert_eq!(none.len(), 0, "{picker:?}");
        let within = place.around.choices(picker, Some(&project), None).await.unwrap();
        assert!(within.len() <= all.len(), "{picker:?}");
    }
    assert!(place.around.choices(Picker::Lists, Some("x"), None).await.is_err());
    let later = place.around.choices(Picker::Todos, Some("{{trigger['project']}}"), None).await.unwrap();
    assert!(!later.is_empty(), "a project that is known only in the run");
    let todo = place.first(Picker::Todos).await;
    place.does("item.trash", json!({ "id": todo })).await;
    let put_away = place.around.choices(Picker::Items, None, None).await.unwrap();
    let trashed = put_away.iter().filter(|choice| choice.label.ends_with("(in the trash)")).count();
    assert!(put_away.len() == 100 || trashed > 0, "it can be taken out again");
}
