//! Locks, presence, other events, silence and hanging up.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures::SinkExt;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::super::server::token;
use super::{FLOW, PROJECT, event, hear, nothing, open, say, serve, told};
use crate::{Socket, SocketEvent};

/// 085, and a connection that is lost: what was held is asked for again, and if somebody else has it by then, that is told.
#[tokio::test]
async fn locks_and_presence_are_held_through_a_lost_connection() {
    let turn = Arc::new(AtomicUsize::new(0));
    let (cut, cuts) = tokio::sync::watch::channel(false);
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = heard.clone();
    let server = serve(nothing, move |mut stream| {
        let (turn, mut cuts, heard) = (turn.fetch_add(1, Ordering::SeqCst), cuts.clone(), kept.clone());
        async move {
            assert!(open(&mut stream, &token(1, 168)).await);
            loop {
                let asked = tokio::select! {
                    asked = hear(&mut stream) => asked,
                    _ = cuts.wait_for(|cut| *cut), if turn == 0 => return,
                };
                let Some(asked) = asked else { return };
                heard.lock().unwrap().push(asked.clone());
                let number: String = asked[2..].chars().take_while(char::is_ascii_digit).collect();
                if number.is_empty() {
                    continue;
                }
                let bob = json!({"userId": "bob", "userDisplayName": "Bob"});
                let answer = match asked.contains("LOCK_RESOURCE") {
                    true if turn == 0 => json!([{"acquired": true, "lock": null}]),
                    true => json!([{"acquired": false, "lock": bob}]),
                    false => json!([{"users": [bob]}]),
                };
                say(&mut stream, format!("43{number}{answer}")).await;
            }
        }
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    let mut events = socket.events();
    assert!(socket.lock(FLOW, true).await.unwrap().acquired);
    assert_eq!(socket.join(FLOW).await.unwrap()[0].name, "Bob");
    cut.send_replace(true);
    let mut told = Vec::new();
    let by = loop {
        let event = events.recv().await.unwrap();
        if let SocketEvent::Locked { resource, by } = &*event {
            assert_eq!(resource, FLOW);
            break by.clone();
        }
        told.push(format!("{event:?}"));
    };
    assert_eq!(by.name, "Bob");
    assert_eq!(told, ["Down", "Up"]);
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 4, "{heard:?}");
    assert!(
        heard[0].contains("\"force\":true") && !heard[2].contains("force"),
        "nothing is taken behind a back: {heard:?}"
    );
}

#[tokio::test]
async fn events_of_all_kinds_are_read() {
    let presence = told("085").remove(0);
    let server = serve(nothing, move |mut stream| {
        let presence = presence.clone();
        async move {
            assert!(open(&mut stream, &token(1, 168)).await);
            hear(&mut stream).await;
            say(&mut stream, event(&presence.0, &presence.1)).await;
            let lock = json!({"resourceId": FLOW, "userId": "bob", "userDisplayName": "Bob"});
            say(&mut stream, event("RESOURCE_LOCKED", &lock)).await;
            say(&mut stream, event("RESOURCE_UNLOCKED", &json!({"resourceId": FLOW}))).await;
            say(&mut stream, event("BADGE_AWARDED", &json!({"badge": 1}))).await;
            say(&mut stream, event("UPDATE_RUN_PROGRESS", &json!({"flowRun": null}))).await;
            say(&mut stream, "garbage").await;
            stream.send(Message::binary(vec![1, 2, 3])).await.unwrap();
            say(&mut stream, "42[\"LAST\"]").await;
            hear(&mut stream).await;
        }
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    let mut events = socket.events();
    socket.unlock(FLOW).await.unwrap();
    let mut told = Vec::new();
    loop {
        let event = events.recv().await.unwrap();
        if let SocketEvent::Presence { people, .. } = &*event {
            told.push(people[0].name.clone());
        } else if let SocketEvent::Locked { by, .. } = &*event {
            told.push(by.name.clone());
        } else if let SocketEvent::Unlocked { resource } = &*event {
            told.push(resource.clone());
        } else if let SocketEvent::Other { name, .. } = &*event {
            if name == "LAST" {
                break;
            }
            told.push(name.clone());
        } else {
            panic!("{event:?}");
        }
    }
    assert_eq!(told, ["Ada Tester", "Bob", FLOW, "BADGE_AWARDED", "UPDATE_RUN_PROGRESS"]);
}

#[tokio::test]
async fn a_silent_server_is_left_and_tried_again() {
    let turn = Arc::new(AtomicUsize::new(0));
    let server = serve(nothing, move |mut stream| {
        let turn = turn.fetch_add(1, Ordering::SeqCst);
        async move {
            let patience = if turn == 0 { 10 } else { 600_000 };
            say(&mut stream, format!(r#"0{{"sid":"s","pingInterval":{patience},"pingTimeout":{patience}}}"#)).await;
            hear(&mut stream).await;
            say(&mut stream, "40{}").await;
            // No ping ever comes.
            hear(&mut stream).await;
            std::future::pending::<()>().await;
        }
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    let mut events = socket.events();
    let told: Vec<String> =
        [events.recv().await.unwrap(), events.recv().await.unwrap()].iter().map(|event| format!("{event:?}")).collect();
    assert_eq!(told, ["Down", "Up"]);
}

#[tokio::test]
async fn who_drops_the_socket_hangs_up() {
    let (left, mut leaving) = tokio::sync::watch::channel(VecDeque::new());
    let server = serve(nothing, move |mut stream| {
        let left = left.clone();
        async move {
            assert!(open(&mut stream, &token(1, 168)).await);
            while let Some(text) = hear(&mut stream).await {
                left.send_modify(|all| all.push_back(text));
            }
        }
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    drop(socket);
    let said = leaving.wait_for(|all| !all.is_empty()).await.unwrap().clone();
    assert_eq!(said, ["41"]);
}
