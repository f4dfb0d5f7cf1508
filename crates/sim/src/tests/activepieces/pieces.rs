//! The installed pieces: metadata that the `flow` crate reads, every kind of property, and what can be chosen.

use std::collections::BTreeSet;

use flow::piece::{PieceMetadata, Property, PropertyKind};
use serde_json::{Value, json};

use super::Desk;
use super::captures::shape;
use crate::activepieces::Installation;

async fn metadata(desk: &Desk) -> Vec<(PieceMetadata, Value)> {
    let rows = desk.good("GET", &format!("/v1/pieces?projectId={}", desk.project), None).await;
    let mut all = Vec::new();
    for row in rows.as_array().unwrap() {
        let name = row["name"].as_str().unwrap();
        let got = desk.good("GET", &format!("/v1/pieces/{name}?projectId={}", desk.project), None).await;
        let meta: PieceMetadata = serde_json::from_value(got.clone()).unwrap();
        assert_eq!(row["actions"], json!(meta.actions.len()), "{name}");
        assert_eq!(row["triggers"], json!(meta.triggers.len()), "{name}");
        all.push((meta, got));
    }
    all
}

fn kinds(property: &Property, found: &mut BTreeSet<String>) {
    found.insert(property.kind.word().to_owned());
    for (_, inner) in property.properties.iter().chain(property.props.iter()) {
        kinds(inner, found);
    }
}

#[tokio::test]
async fn every_kind_of_property_is_there() {
    let desk = Desk::empty().await;
    let all = metadata(&desk).await;
    assert_eq!(all.len(), crate::activepieces::PIECES);
    let mut found = BTreeSet::new();
    for (meta, _) in &all {
        meta.auth.iter().for_each(|auth| kinds(auth, &mut found));
        for (name, operation) in meta.actions.iter().chain(meta.triggers.iter()) {
            assert_eq!(*name, operation.name);
            operation.props.iter().for_each(|(_, property)| kinds(property, &mut found));
            let props: BTreeSet<&str> = operation.props.iter().map(|(name, _)| name.as_str()).collect();
            for (_, property) in operation.props.iter() {
                for refresher in &property.refreshers {
                    assert!(props.contains(refresher.as_str()), "{name}: {refresher}");
                }
            }
        }
    }
    let wanted = [
        "SHORT_TEXT",
        "LONG_TEXT",
        "MARKDOWN",
        "NUMBER",
        "CHECKBOX",
        "DATE_TIME",
        "FILE",
        "COLOR",
        "JSON",
        "OBJECT",
        "ARRAY",
        "STATIC_DROPDOWN",
        "STATIC_MULTI_SELECT_DROPDOWN",
        "DROPDOWN",
        "MULTI_SELECT_DROPDOWN",
        "DYNAMIC",
        "CUSTOM",
        "OAUTH2",
        "SECRET_TEXT",
        "BASIC_AUTH",
        "CUSTOM_AUTH",
    ];
    let wanted: BTreeSet<String> = wanted.map(str::to_owned).into();
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn metadata_has_the_members_of_the_real_server() {
    let desk = Desk::empty().await;
    let real = json!({
        "id": "x", "displayName": "x", "logoUrl": "x", "actions": {}, "triggers": {}, "categories": ["x"],
        "description": "x", "authors": ["x"], "minimumSupportedRelease": "x", "contextInfo": { "version": "2" },
        "name": "x", "version": "x", "directoryPath": "x", "projectUsage": 0, "pieceType": "x", "packageType": "x",
        "created": "x", "updated": "x",
    });
    for (meta, mut value) in metadata(&desk).await {
        let members = value.as_object_mut().unwrap();
        members.remove("auth");
        members.insert("actions".to_owned(), json!({}));
        members.insert("triggers".to_owned(), json!({}));
        let mut found = Vec::new();
        shape(&real, &value, "", &mut found);
        assert!(found.is_empty(), "{}: {found:?}", meta.name);
    }
}

#[tokio::test]
async fn versions_are_matched_and_searches_find() {
    let desk = Desk::empty().await;
    for (version, status) in [
        ("", 200),
        ("?version=0.11.9", 200),
        ("?version=~0.11.2", 200),
        ("?version=^0.11.0", 200),
        ("?version=~0.10.9", 404),
        ("?version=^0.9.0", 404),
        ("?version=9.9.9", 404),
    ] {
        let got = desk.get(&format!("/v1/pieces/@activepieces/piece-http{version}")).await;
        assert_eq!(got.status, status, "{version}");
    }
    assert_eq!(desk.get("/v1/pieces/%40activepieces%2Fpiece-http").await.status, 200);
    let found = desk.good("GET", "/v1/pieces?searchQuery=WEBHOOK&suggestionType=ACTION_AND_TRIGGER", None).await;
    let first = found.as_array().unwrap().iter().find(|row| row["name"] == "@activepieces/piece-webhook").unwrap();
    assert_eq!(first["suggestedTriggers"][0]["name"], "catch_webhook");
    assert!(first["suggestedActions"].is_array());
    assert_eq!(desk.good("GET", "/v1/pieces?searchQuery=zzz", None).await, json!([]));
    assert_eq!(desk.get("/v1/pieces?release=0.85.2").await.status, 400);
}

#[tokio::test]
async fn choices_hang_on_the_connection_and_on_other_fields() {
    let desk = Desk::of(
        crate::activepieces::Options {
            installation: Some(Installation::sample(7, super::super::noon())),
            ..Default::default()
        },
        super::Hand::new(),
    )
    .await;
    let mut desk = desk;
    desk.token = desk.server.token();
    let flow = desk.server.look(|all| all.flow_names().next().unwrap().0.to_owned());
    let options = async |piece: &str, operation: &str, property: &str, input: Value, search: &str| {
        let meta = desk.good("GET", &format!("/v1/pieces/@activepieces/piece-{piece}"), None).await;
        let body = json!({
            "projectId": desk.project, "pieceName": format!("@activepieces/piece-{piece}"),
            "pieceVersion": meta["version"], "actionOrTriggerName": operation, "propertyName": property,
            "flowId": flow, "flowVersionId": flow, "input": input, "searchValue": search,
        });
        desk.good("POST", "/v1/pieces/options", Some(body)).await
    };
    let none = options("slack", "send_channel_message", "channel", json!({}), "").await;
    assert_eq!((&none["options"]["disabled"], &none["options"]["options"]), (&json!(true), &json!([])));
    let auth = json!({ "auth": "{{connections['slack-main']}}" });
    let all = options("slack", "send_channel_message", "channel", auth.clone(), "").await;
    assert_eq!(all["options"]["options"].as_array().unwrap().len(), 4);
    let some = options("slack", "send_channel_message", "channel", auth, "week").await;
    assert_eq!(some["options"]["options"], json!([{ "label": "weekly", "value": "C04WEEKLY" }]));
    let broken =
        options("openai", "ask_chatgpt", "model", json!({ "auth": "{{connections['openai-main']}}" }), "").await;
    assert!(broken["options"]["placeholder"].as_str().unwrap().contains("reconnect"));
    let basecamp = |project: Value| json!({ "auth": "{{connections['basecamp-main']}}", "project": project });
    let first = options("basecamp", "create_todo", "list", basecamp(json!(null)), "").await;
    assert_eq!(first["options"]["disabled"], true);
    let one = options("basecamp", "create_todo", "list", basecamp(json!(11)), "").await;
    let other = options("basecamp", "create_todo", "list", basecamp(json!(12)), "").await;
    assert_ne!(one, other);
    let many = options("basecamp", "create_todo", "assignees", basecamp(json!(11)), "").await;
    assert_eq!(many["type"], "MULTI_SELECT_DROPDOWN");
    let dynamic = options("webhook", "catch_webhook", "authFields", json!({ "authType": "header" }), "").await;
    assert_eq!(dynamic["type"], "DYNAMIC");
    assert!(dynamic["options"]["headerName"].is_object());
    let body = json!({
        "projectId": desk.project, "pieceName": "@activepieces/piece-http", "pieceVersion": "0.11.9",
        "actionOrTriggerName": "send_request", "propertyName": "url", "flowId": flow, "input": {},
    });
    let fixed = desk.post("/v1/pieces/options", body).await;
    assert_eq!((fixed.status, &fixed.body["code"]), (400, &json!("ENGINE_OPERATION_FAILURE")));
    // Both addresses of sign-in are the piece's.
    let body = json!({
        "projectId": desk.project, "pieceName": "@activepieces/piece-slack", "clientId": "c",
        "redirectUrl": "http://127.0.0.1:1/x",
    });
    let url = desk.good("POST", "/v1/app-connections/oauth2/authorization-url", Some(body)).await;
    assert!(url["authorizationUrl"].as_str().unwrap().starts_with("https://slack.example.com/oauth/v2/authorize?"));
    assert_eq!(PropertyKind::from_word("DROPDOWN"), Some(PropertyKind::Dropdown));
}

#[tokio::test]
async fn a_piece_checks_what_signs_in_and_nothing_of_it_is_told() {
    let desk = Desk::empty().await;
    let upsert = |piece: &str, kind: &str, value: Value| {
        json!({
            "projectId": desk.project, "externalId": "one", "displayName": "One",
            "pieceName": format!("@activepieces/piece-{piece}"), "type": kind, "value": value,
        })
    };
    for (piece, bad, good) in [
        ("slack", json!({ "botToken": "bogus" }), json!({ "botToken": "xoxb-1" })),
        ("slack", json!({}), json!({ "botToken": "xoxb-2", "userToken": "" })),
    ] {
        let value = |props: &Value| json!({ "type": "CUSTOM_AUTH", "props": props });
        let got = desk.post("/v1/app-connections", upsert(piece, "CUSTOM_AUTH", value(&bad))).await;
        assert_eq!((got.status, &got.body["code"]), (400, &json!("INVALID_APP_CONNECTION")));
        let got = desk.post("/v1/app-connections", upsert(piece, "CUSTOM_AUTH", value(&good))).await;
        assert_eq!(got.status, 201, "{}", got.body);
    }
    let list = desk.get(&format!("/v1/app-connections?projectId={}", desk.project)).await.body;
    // The same external id is the same connection.
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert!(!list.to_string().contains("xoxb-"));
    let code = |code: &str| {
        json!({
            "type": "OAUTH2", "client_id": "c", "client_secret": "s", "code": code, "redirect_url": "http://127.0.0.1:1/x",
            "scope": "chat:write",
        })
    };
    let got = desk.post("/v1/app-connections", upsert("slack", "OAUTH2", code("bad"))).await;
    assert_eq!((got.status, &got.body["code"]), (400, &json!("INVALID_CLAIM")));
    assert_eq!(got.body["params"]["tokenUrl"], "https://slack.example.com/api/oauth.v2.access");
    assert_eq!(desk.post("/v1/app-connections", upsert("slack", "OAUTH2", code("good-1"))).await.status, 201);
    let unfit = upsert("slack", "SECRET_TEXT", json!({ "type": "BASIC_AUTH" }));
    assert_eq!(desk.post("/v1/app-connections", unfit).await.status, 400);
    desk.server.edit(|other| other.break_connection("one"));
    let broken = desk.get(&format!("/v1/app-connections?projectId={}&status=ERROR", desk.project)).await.body;
    assert_eq!(broken["data"].as_array().unwrap().len(), 1);
    desk.sound();
}
