//! Who did what through which door, who may do what, and that one workspace never shows in another.

use contract::commands::{
    CompleteTodo, CreateTodo, ListItems, OpenSample, RemoveWorkspace, Search, SetOffline, ShowDirectory, TrashItem,
};
use contract::{Caller, Code, Door, FeedBody, Kind, Role, SetState, Status, Who};
use engine::Engine;
use futures::{FutureExt, StreamExt};
use sim::Size;

use super::server::{facts, same};
use crate::support::{Desk, Time, World, call, connect, options, stand_in};

fn todo(parent: contract::RecordingId, title: &str) -> CreateTodo {
    CreateTodo { parent, title: title.into(), body: String::new(), starts_on: None, due_on: None, assignees: vec![] }
}

#[tokio::test]
async fn the_history_tells_who_what_and_through_which_door() {
    let (desk, scene) = Desk::with_scene().await;
    for (door, word) in [(Door::Window, "window"), (Door::CommandLine, "command-line"), (Door::Http, "http")] {
        let caller = desk.through(door);
        let written = call(&desk.engine, &caller, todo(scene.list, &format!("By {word}"))).await.unwrap();
        desk.settles().await;
        let history = desk.history().await;
        let entry = history.iter().find(|entry| Some(entry.set) == written.set).unwrap();
        assert_eq!((entry.who.as_str(), entry.door.as_str()), ("person", word));
        assert!(entry.summary.contains(&format!("By {word}")), "{}", entry.summary);
        assert_eq!(entry.state, SetState::Done);
        assert_eq!((entry.changes.len(), entry.changes[0].kind, entry.changes[0].created), (1, Kind::Todo, true));
        let undone =
            call(&desk.engine, &caller, contract::commands::Undo { set: written.set, choice: None }).await.unwrap();
        let contract::Undone::Done { set, .. } = undone else { panic!("{undone:?}") };
        let history = desk.history().await;
        let entry = history.iter().find(|entry| Some(entry.set) == written.set).unwrap();
        assert_eq!(entry.state, SetState::Undone);
        let entry = history.iter().find(|entry| entry.set == set).unwrap();
        assert_eq!((entry.state, entry.door.as_str()), (SetState::Reversal, word));
        desk.settles().await;
    }
    assert!(desk.history().await.iter().all(|entry| entry.who != "sync"), "what came from Basecamp is not ours");
}

#[tokio::test]
async fn nobody_without_leave_changes_anything() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk);
    let history = desk.history().await.len();
    let viewer = Caller { role: Role::Viewer, ..desk.caller.clone() };
    let others =
        [Who::Agent { run: "1".into() }, Who::Automation { run: "1".into() }, Who::Client { name: "script".into() }];
    let mut callers = vec![(viewer, Code::Forbidden)];
    callers.extend(others.into_iter().map(|who| (Caller { who, ..desk.caller.clone() }, Code::NeedsApproval)));
    for (caller, code) in callers {
        let refused = [
            call(&desk.engine, &caller, CompleteTodo { id: scene.todo }).await.map(drop).unwrap_err(),
            call(&desk.engine, &caller, todo(scene.list, "Unasked")).await.map(drop).unwrap_err(),
            call(&desk.engine, &caller, TrashItem { id: scene.list }).await.map(drop).unwrap_err(),
        ];
        for fault in refused {
            assert_eq!(fault.code, code, "{caller:?}: {}", fault.message);
        }
        // What is no tool is not the assistant's at all: no approval would help.
        let code = if matches!(caller.who, Who::Agent { .. }) { Code::Forbidden } else { code };
        let offline = call(&desk.engine, &caller, SetOffline { offline: true }).await.unwrap_err();
        assert_eq!(offline.code, code, "{caller:?}: {}", offline.message);
        let remove = RemoveWorkspace { id: desk.workspace() };
        assert_eq!(call(&desk.engine, &caller, remove).await.unwrap_err().code, Code::Forbidden);
        assert!(call(&desk.engine, &caller, ShowDirectory {}).await.is_ok(), "reading is free");
    }
    desk.settles().await;
    same(&before, &facts(&desk), "nothing was done");
    assert_eq!(desk.history().await.len(), history);
}

const CANARY: &str = "Quetzalcoatl";

#[tokio::test]
async fn one_workspace_never_shows_in_another() {
    let (desk, scene) = Desk::with_scene().await;
    desk.sim.edit(|editor| editor.create_todo(scene.list.0, CANARY).unwrap());
    let person = Caller::person(Door::Window, None);
    let other = call(&desk.engine, &person, OpenSample {}).await.unwrap();
    let there = person.in_workspace(other.id);
    call(&desk.engine, &there, contract::commands::RunSync { full: false }).await.unwrap();
    let mut mine = Box::pin(desk.engine.attach(None, Some(desk.workspace())));
    let mut theirs = Box::pin(desk.engine.attach(None, Some(other.id)));
    assert_eq!(mine.next().await.unwrap().body, FeedBody::Reset);
    assert_eq!(theirs.next().await.unwrap().body, FeedBody::Reset);

    desk.sync().await;
    desk.sends(todo(scene.list, CANARY)).await;
    let search = |query: &str| Search {
        query: query.into(),
        project: None,
        person: None,
        kinds: vec![],
        put_away: true,
        limit: Some(200),
    };
    assert_eq!(desk.does(search(CANARY)).await.total, 2);
    assert_eq!(call(&desk.engine, &there, search(CANARY)).await.unwrap().total, 0);
    let every = ListItems {
        project: None,
        parent: None,
        kinds: vec![],
        status: Some(Status::Active),
        since: None,
        limit: Some(5000),
    };
    let rows = call(&desk.engine, &there, every).await.unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.title != CANARY));
    // Heard at home; over there nothing but what concerns the app.
    loop {
        if let FeedBody::Changed { items, .. } = mine.next().await.unwrap().body
            && !items.is_empty()
        {
            break;
        }
    }
    while let Some(Some(event)) = theirs.next().now_or_never() {
        assert!(event.workspace.is_none() || event.workspace == Some(other.id), "{event:?}");
        assert!(!format!("{event:?}").contains(&desk.sim.me().to_string()));
    }
    assert!(call(&desk.engine, &there, CompleteTodo { id: scene.todo }).await.is_err(), "an item of another workspace");
    let nowhere = desk.caller.clone().in_workspace(contract::WorkspaceId(99));
    assert_eq!(call(&desk.engine, &nowhere, ShowDirectory {}).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_removed_workspace_leaves_nothing_behind() {
    let (desk, scene) = Desk::with_scene().await;
    desk.sends(todo(scene.list, CANARY)).await;
    desk.does(RemoveWorkspace { id: desk.workspace() }).await;
    desk.is_refused(ShowDirectory {}, Code::NotFound).await;
    let left = std::fs::read_dir(desk.folder.path().join("workspaces")).unwrap().count();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_second_engine_on_the_same_folder_is_refused() {
    let desk = Desk::open().await;
    let fault = Engine::open(options(&desk.folder, &desk.time)).await.unwrap_err();
    assert_eq!(fault.code, Code::Busy, "{}", fault.message);
    assert!(fault.message.len() > 20, "{}", fault.message);
    desk.truth_holds("the first goes on").await;
    desk.engine.close().await;
    let Desk { engine, folder, time, .. } = desk;
    drop(engine);
    assert!(Engine::open(options(&folder, &time)).await.is_ok(), "once the first has ended");
}

#[tokio::test]
async fn two_accounts_live_side_by_side() {
    let desk = Desk::open().await;
    let time = Time::new();
    let size = Size { projects: 1, recordings: 60 };
    let other = stand_in(World { size, ..World::small(99) }, &time).await;
    let (_, caller) = connect(&desk.engine, &other).await;
    assert_ne!(caller.workspace, desk.caller.workspace, "the same account number on another server is another account");
    call(&desk.engine, &caller, contract::commands::RunSync { full: false }).await.unwrap();
    desk.full_sync().await;
    desk.truth_holds("the first is as it was").await;
}
