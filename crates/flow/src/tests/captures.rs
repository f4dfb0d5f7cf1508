//! Flows as a real server sent them: each is read and written without a difference.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::{Flow, State, Status, check_sound, wire};

pub(super) fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/captures").join(name)
}

/// Every file of a folder, by name and text.
pub(super) fn files(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// The flow that the server answered in this capture.
pub(super) fn flow(name: &str) -> Flow {
    let files = files("flows");
    let (_, text) = files.iter().find(|(file, _)| file.starts_with(name)).unwrap();
    wire::read(text).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_captured_flow_is_written_as_it_was_read() {
    let files = files("flows");
    assert!(files.len() > 50);
    for (name, text) in files {
        let flow = wire::read(&text).unwrap();
        check_sound(&flow).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(json(&wire::write_flow(&flow)), json(&text), "{name}");
        assert_eq!(flow.read_only(), None, "{name}");
        let stored: Flow = serde_json::from_str(&serde_json::to_string(&flow).unwrap()).unwrap();
        assert_eq!(stored, flow, "{name}");
    }
}

#[test]
fn the_record_of_a_flow_is_read() {
    let record = flow("068").record;
    assert_eq!(record.status, Some(Status::Disabled));
    assert_eq!(record.time_saved_per_run, Some(120.into()));
    assert_eq!(record.metadata.unwrap()["client"], "loopback");
    assert_eq!(record.owner_id.as_deref(), Some("055O5pJuH9iLumBYmWcnB"));
    assert!(record.folder_id.is_some() && record.published_version_id.is_none());
    let published = flow("090");
    assert_eq!(published.state, Some(State::Locked));
    assert_eq!(published.record.published_version_id.as_deref(), published.version_id());
    assert_eq!(published.flow_id(), published.record.extra["id"].as_str());
}

#[test]
fn every_captured_version_is_written_as_it_was_read() {
    let files = files("versions");
    assert!(files.len() > 10);
    for (name, text) in files {
        let flow = wire::read(&text).unwrap();
        assert_eq!(json(&wire::write_version(&flow)), json(&text), "{name}");
        assert_eq!(json(&wire::write_flow(&flow))["version"], json(&text), "{name}");
    }
}

/// What the captures do not show: null beside absence, empty beside absent, kinds and keys that are unknown.
#[test]
fn odd_flows_are_written_as_they_were_read() {
    let odd = [
        r#"{"displayName":"a","schemaVersion":"22","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{},"nextAction":null}}"#,
        r#"{"displayName":"a","schemaVersion":22,"notes":null,"state":null,"trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{"sampleData":{}},"valid":null}}"#,
        r#"{"displayName":null,"notes":[],"schemaVersion":"022","trigger":{"name":"trigger","displayName":"t","type":"NEWER","settings":[1],"nextAction":{"name":"a","displayName":"","type":"PARALLEL","children":[null,{"name":"b","displayName":"b","type":"CODE","skip":null,"settings":{"input":null,"sourceCode":{"code":"","packageJson":"","x":1},"errorHandlingOptions":{"continueOnFailure":{"value":true,"more":1},"retryOnFailure":{}}},"nextAction":null,"continueOnFailureBranches":{"onSuccess":null,"onFailure":{"name":"c","displayName":"c","type":"LOOP_ON_ITEMS","settings":{"items":["not","a","text"]},"firstLoopAction":null}}}],"firstLoopAction":{"name":"d","displayName":"d","type":"PIECE","settings":{"pieceName":"p","pieceVersion":"1","actionName":"","input":{},"propertySettings":{},"errorHandlingOptions":{}},"continueOnFailureBranches":{}}}}}"#,
        r#"{"displayName":"a","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{},"nextAction":{"name":"r","displayName":"r","type":"ROUTER","settings":{"executionType":"NEWER","branches":[{"branchName":"x","branchType":"NEWER","conditions":7},{"branchName":"y","branchType":"CONDITION","conditions":[[{"operator":"NEWER","firstValue":7,"secondValue":null,"caseSensitive":null},{"firstValue":""}],[]]},{"branchName":"z","branchType":"CONDITION","conditions":[7]}]},"children":[null,null,null]}}}"#,
        r#"{"displayName":"a","notes":[{"id":"n","content":"","color":"","position":{"x":0,"y":0},"size":{"width":1.5,"height":2,"depth":3},"ownerId":null}],"trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{},"nextAction":{"name":"s","displayName":"s","type":"CODE","settings":{"input":{"nextAction":{"children":[{"name":"data"}]}},"sourceCode":{"code":"x"}},"firstLoopAction":{"name":"odd","displayName":"o","type":"CODE","settings":{"input":{},"sourceCode":{"code":""}}}}}}"#,
        r#"{"displayName":"a","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{},"nextAction":{"name":"r","displayName":"r","type":"ROUTER","settings":{"branches":[]},"children":[]}}}"#,
        r#"{"id":"f","folderId":"x","metadata":{},"status":"NEWER","timeSavedPerRun":1.5,"version":{"displayName":"a","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{}}}}"#,
    ];
    for text in odd {
        let flow = wire::read(text).unwrap();
        let written = if text.contains("\"version\"") { wire::write_flow(&flow) } else { wire::write_version(&flow) };
        assert_eq!(json(&written), json(text));
        let stored: Flow = serde_json::from_str(&serde_json::to_string(&flow).unwrap()).unwrap();
        assert_eq!(stored, flow);
    }
}
