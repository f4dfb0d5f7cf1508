//! A workspace copied, put back, written out, read in and removed, as a person does it.

use contract::commands::{
    BackUp, CompleteTodo, ExportData, ImportData, ListWorkspaces, PurgeData, RestoreBackup, SetOffline, ShowData,
    ShowItem, ShowStatus,
};
use contract::{BackupReason, Caller, Code, Door, Who};
use serde_json::Value;

use crate::support::{Desk, call};

#[tokio::test]
async fn a_copy_put_back_is_as_it_was_and_what_was_there_is_a_copy_too() {
    let (desk, scene) = Desk::with_scene().await;
    let made = desk.does(BackUp {}).await;
    assert_eq!(made.why, BackupReason::Asked);
    assert!(made.bytes > 0);
    desk.sends(CompleteTodo { id: scene.todo }).await;
    assert!(desk.does(ShowItem { id: scene.todo }).await.item.completed);
    desk.does(SetOffline { offline: true }).await;
    desk.does(RestoreBackup { name: made.name.clone() }).await;
    desk.does(SetOffline { offline: true }).await;
    assert!(!desk.does(ShowItem { id: scene.todo }).await.item.completed, "as it was");
    let report = desk.does(ShowData {}).await;
    let reasons: Vec<BackupReason> = report.backups.iter().map(|one| one.why).collect();
    assert!(reasons.contains(&BackupReason::Asked) && reasons.contains(&BackupReason::Restore), "{reasons:?}");
    // And forward again.
    let forward = report.backups.iter().find(|one| one.why == BackupReason::Restore).unwrap().name.clone();
    desk.does(RestoreBackup { name: forward }).await;
    assert!(desk.does(ShowItem { id: scene.todo }).await.item.completed);
    for bad in ["", "..", "../app.db", "1.db", "other.2026-11-21T000000Z.asked.db"] {
        let fault = desk.is_refused(RestoreBackup { name: bad.into() }, Code::Invalid).await;
        assert_eq!(fault.field.as_deref(), Some("name"), "{bad}");
    }
}

#[tokio::test]
async fn an_export_read_in_is_the_same_workspace() {
    let (desk, scene) = Desk::with_scene().await;
    let done = desk.does(ExportData {}).await;
    assert!(done.records > 100, "{}", done.records);
    let folder = std::path::PathBuf::from(&done.folder);
    for file in &done.files {
        assert!(folder.join(file).is_file(), "{file}");
    }
    let text = std::fs::read_to_string(folder.join("everything.json")).unwrap();
    assert!(!text.contains(desk.sim.token()), "no secret is written out");
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(desk.does(ShowData {}).await.exports, std::slice::from_ref(&name));
    let person = Caller::person(Door::Window, None);
    for path in [name, folder.join("workspace.db").display().to_string()] {
        let made = call(&desk.engine, &person, ImportData { path }).await.unwrap();
        let there = person.clone().in_workspace(made.id);
        call(&desk.engine, &there, SetOffline { offline: true }).await.unwrap();
        let (ours, theirs) = (
            desk.does(ShowItem { id: scene.todo }).await,
            call(&desk.engine, &there, ShowItem { id: scene.todo }).await.unwrap(),
        );
        assert_eq!(ours, theirs);
        let again = call(&desk.engine, &there, ExportData {}).await.unwrap();
        let again = std::fs::read_to_string(std::path::Path::new(&again.folder).join("everything.json")).unwrap();
        let (again, first): (Value, Value) =
            (serde_json::from_str(&again).unwrap(), serde_json::from_str(&text).unwrap());
        for table in ["activity", "change", "person", "project", "raw", "recording", "words"] {
            assert_eq!(again["tables"][table], first["tables"][table], "{table}");
        }
    }
    assert_eq!(call(&desk.engine, &person, ListWorkspaces {}).await.unwrap().len(), 3);
    for bad in ["", "no-such-export", "../workspaces", "./x", "/etc/hostname", "/"] {
        let fault = call(&desk.engine, &person, ImportData { path: bad.into() }).await.unwrap_err();
        assert!(matches!(fault.code, Code::Invalid | Code::Storage), "{bad}: {fault:?}");
    }
    assert_eq!(call(&desk.engine, &person, ListWorkspaces {}).await.unwrap().len(), 3, "what was refused left nothing");
}

#[tokio::test]
async fn everything_is_removed_only_for_the_word_and_only_for_a_person() {
    let desk = Desk::open().await;
    let person = Caller::person(Door::Window, None);
    desk.does(BackUp {}).await;
    desk.does(ExportData {}).await;
    let fault = call(&desk.engine, &person, PurgeData { confirm: "yes".into() }).await.unwrap_err();
    assert_eq!(fault.field.as_deref(), Some("confirm"));
    for who in [Who::Client { name: "script".into() }, Who::Agent { run: "1".into() }] {
        let other = Caller { who, ..person.clone() };
        let fault = call(&desk.engine, &other, PurgeData { confirm: "everything".into() }).await.unwrap_err();
        assert_eq!(fault.code, Code::Forbidden);
    }
    assert_eq!(call(&desk.engine, &person, ListWorkspaces {}).await.unwrap().len(), 1);
    call(&desk.engine, &person, PurgeData { confirm: "everything".into() }).await.unwrap();
    let status = call(&desk.engine, &person, ShowStatus {}).await.unwrap();
    assert!(status.workspaces.is_empty());
    assert!(call(&desk.engine, &person, contract::commands::ListSignIns {}).await.unwrap().is_empty());
    let left: Vec<String> = walk(desk.folder.path());
    assert!(left.iter().all(|path| !path.contains("workspaces/") && !path.contains("exports")), "{left:#?}");
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(walk(&entry.path()));
        } else {
            found.push(entry.path().display().to_string());
        }
    }
    found
}
