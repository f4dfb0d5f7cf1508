//! Socket.IO against what a real server told.

use std::collections::HashMap;
use std::sync::Arc;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::Desk;
use super::captures::{file, learn, shape};
use super::worker::Worker;

struct Socket {
    stream: WebSocketStream<TcpStream>,
    asked: u64,
    heard: Vec<(String, Value)>,
}

impl Socket {
    async fn raw(desk: &Desk) -> WebSocketStream<TcpStream> {
        let address = desk.server.base_url().trim_start_matches("http://").to_owned();
        let stream = TcpStream::connect(&address).await.unwrap();
        let url = format!("ws://{address}/api/socket.io/?EIO=4&transport=websocket");
        tokio_tungstenite::client_async(url, stream).await.unwrap().0
    }

    async fn open(desk: &Desk) -> Self {
        let mut stream = Self::raw(desk).await;
        let open = text(&mut stream).await.unwrap();
        let open: Value = serde_json::from_str(open.strip_prefix('0').unwrap()).unwrap();
        assert!(open["sid"].is_string() && open["pingInterval"].is_u64() && open["upgrades"] == json!([]));
        let auth = json!({ "token": desk.token, "projectId": desk.project });
        stream.send(Message::text(format!("40{auth}"))).await.unwrap();
        assert!(text(&mut stream).await.unwrap().starts_with("40{"));
        Self { stream, asked: 0, heard: Vec::new() }
    }

    async fn emit(&mut self, event: &str, data: Value) {
        self.stream.send(Message::text(format!("42{}", json!([event, data])))).await.unwrap();
    }

    /// Emits, and waits for the acknowledgement. What is told before is kept.
    async fn ask(&mut self, event: &str, data: Value) -> Value {
        self.asked += 1;
        let number = self.asked;
        self.stream.send(Message::text(format!("42{number}{}", json!([event, data])))).await.unwrap();
        loop {
            let frame = text(&mut self.stream).await.unwrap();
            if let Some(body) = frame.strip_prefix(&format!("43{number}")) {
                return serde_json::from_str::<Value>(body).unwrap()[0].clone();
            }
            self.keep(&frame);
        }
    }

    fn keep(&mut self, frame: &str) {
        if let Some(body) = frame.strip_prefix("42") {
            let event: Value = serde_json::from_str(body).unwrap();
            self.heard.push((event[0].as_str().unwrap().to_owned(), event[1].clone()));
        }
    }

    /// The next event of this name; those before it are kept.
    async fn hear(&mut self, name: &str) -> Value {
        loop {
            if let Some(at) = self.heard.iter().position(|(event, _)| event == name) {
                return self.heard.remove(at).1;
            }
            let frame = text(&mut self.stream).await.unwrap();
            self.keep(&frame);
        }
    }
}

/// The next text; `None` when the socket was cut.
async fn text(stream: &mut WebSocketStream<TcpStream>) -> Option<String> {
    loop {
        match stream.next().await? {
            Ok(Message::Text(text)) => return Some(text.as_str().to_owned()),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn told(log: &Value, event: &str) -> Vec<Value> {
    let entries = log["log"].as_array().unwrap().iter();
    entries
        .filter(|entry| entry["dir"] == "server->client" && entry["event"] == event)
        .map(|entry| entry["data"].clone())
        .collect()
}

fn alike(name: &str, real: &Value, ours: &Value) {
    let mut found = Vec::new();
    shape(real, ours, "", &mut found);
    assert!(found.is_empty(), "{name}: {found:#?}\n{ours:#}");
}

async fn version(desk: &Desk, flow: &str) -> String {
    desk.get(&format!("/v1/flows/{flow}")).await.body["version"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_test_of_a_whole_flow_is_told_step_by_step() {
    let (name, real) = file("086-");
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(false).await;
    let sample = json!({ "stepName": "trigger", "payload": { "body": 7 }, "type": "OUTPUT" });
    desk.operate(&flow, "SAVE_SAMPLE_DATA", sample).await;
    let mut socket = Socket::open(&desk).await;
    socket.emit("TEST_FLOW_RUN", json!({ "flowVersionId": version(&desk, &flow).await })).await;
    let started = socket.hear("TEST_FLOW_RUN_STARTED").await;
    alike(&name, &told(&real, "TEST_FLOW_RUN_STARTED")[0], &started);
    let progress = told(&real, "UPDATE_RUN_PROGRESS");
    let mut seen = Vec::new();
    loop {
        let news = socket.hear("UPDATE_RUN_PROGRESS").await;
        assert_eq!(news["flowRun"]["id"], started["id"]);
        if news["flowRun"].get("finishTime").is_some() {
            alike(&name, progress.last().unwrap(), &news);
            assert_eq!(news["flowRun"]["status"], "SUCCEEDED");
            break;
        }
        alike(&name, &progress[0], &news);
        seen.push(format!(
            "{} {}",
            news["step"]["name"].as_str().unwrap(),
            news["step"]["output"]["status"].as_str().unwrap()
        ));
    }
    assert_eq!(seen, ["trigger SUCCEEDED", "step_1 RUNNING", "step_1 SUCCEEDED"]);
    let run = desk.run_is(started["id"].as_str().unwrap(), "SUCCEEDED").await;
    assert_eq!(run["steps"]["trigger"]["output"], json!({ "body": 7 }));
}

#[tokio::test]
async fn a_test_of_a_step_is_told_to_everybody_in_the_project() {
    let (name, real) = file("087-");
    let desk = Desk::with(Some(Arc::new(Worker::echo()))).await;
    let flow = desk.flow(false).await;
    let mut one = Socket::open(&desk).await;
    let mut other = Socket::open(&desk).await;
    let test = json!({ "projectId": desk.project, "flowVersionId": version(&desk, &flow).await, "stepName": "step_1" });
    let run = desk.good("POST", "/v1/sample-data/test-step", Some(test)).await;
    for socket in [&mut one, &mut other] {
        let finished = socket.hear("TEST_STEP_FINISHED").await;
        alike(&name, &told(&real, "TEST_STEP_FINISHED")[1], &finished);
        assert_eq!((&finished["runId"], &finished["success"]), (&run["id"], &json!(true)));
        let news = socket.hear("UPDATE_RUN_PROGRESS").await;
        assert!(news["flowRun"].get("startTime").is_none());
        let last = told(&real, "UPDATE_RUN_PROGRESS").pop().unwrap();
        loop {
            let news = socket.hear("UPDATE_RUN_PROGRESS").await;
            if news.get("step").is_none() {
                alike(&name, &last, &news);
                break;
            }
        }
    }
}

#[tokio::test]
async fn locks_and_presence() {
    let (name, real) = file("085-");
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let acks: Vec<Value> = real["log"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["dir"] == "ack")
        .map(|one| one["data"].clone())
        .collect();
    let mut socket = Socket::open(&desk).await;
    let resource = json!({ "resourceId": flow });
    let lock = socket.ask("LOCK_RESOURCE", resource.clone()).await;
    assert_eq!(lock, acks[0]);
    let join = socket.ask("JOIN_PRESENCE", resource.clone()).await;
    alike(&name, &acks[1], &join);
    let mut ids = HashMap::new();
    learn(&acks[1], &join, &mut ids);
    let presence = socket.hear("PRESENCE_UPDATED").await;
    alike(&name, &told(&real, "PRESENCE_UPDATED")[0], &presence);
    // Somebody else does not get the lock, unless by force.
    assert!(!desk.server.edit(|other| other.lock(&flow, "Mina Okafor", false)));
    assert_eq!(socket.hear("PRESENCE_UPDATED").await["users"].as_array().unwrap().len(), 2);
    assert!(desk.server.edit(|other| other.lock(&flow, "Mina Okafor", true)));
    // The first told of the lock was our own.
    assert_eq!(socket.hear("RESOURCE_LOCKED").await["userDisplayName"], "Ada Sample");
    assert_eq!(socket.hear("RESOURCE_LOCKED").await["userDisplayName"], "Mina Okafor");
    let refused = socket.ask("LOCK_RESOURCE", resource.clone()).await;
    assert_eq!((&refused["acquired"], &refused["lock"]["userDisplayName"]), (&json!(false), &json!("Mina Okafor")));
    desk.server.edit(|other| other.unlock(&flow, "Mina Okafor"));
    assert_eq!(socket.hear("RESOURCE_UNLOCKED").await["resourceId"], json!(flow));
    assert_eq!(socket.ask("LOCK_RESOURCE", resource).await["acquired"], true);
    // Who goes away holds nothing.
    let mut watching = Socket::open(&desk).await;
    drop(socket);
    assert_eq!(watching.hear("RESOURCE_UNLOCKED").await["resourceId"], json!(flow));
}

#[tokio::test]
async fn a_bad_token_is_an_authentication_error() {
    let mut desk = Desk::empty().await;
    let good = std::mem::replace(&mut desk.token, "garbage".to_owned());
    let mut stream = Socket::raw(&desk).await;
    text(&mut stream).await.unwrap();
    for (token, project) in [("garbage", desk.project.as_str()), (good.as_str(), "aaaaaaaaaaaaaaaaaaaaa")] {
        let mut stream = Socket::raw(&desk).await;
        text(&mut stream).await.unwrap();
        let auth = json!({ "token": token, "projectId": project });
        stream.send(Message::text(format!("40{auth}"))).await.unwrap();
        assert_eq!(text(&mut stream).await.unwrap(), r#"44{"message":"Authentication error"}"#);
        assert_eq!(text(&mut stream).await, None);
    }
    let plain = desk.http.get(format!("{}/api/socket.io/?EIO=4&transport=polling", desk.server.base_url()));
    assert_eq!(plain.send().await.unwrap().status().as_u16(), 400);
}

#[tokio::test]
async fn who_does_not_answer_a_ping_is_cut_off() {
    let hand = super::Hand::new();
    let clock = hand.clock();
    let installation = Some(crate::activepieces::Installation::owned(3, clock(), Default::default()));
    let ping = std::time::Duration::from_millis(400);
    let options = crate::activepieces::Options { installation, clock, ping, ..Default::default() };
    let desk = Desk::of(options, hand).await;
    let mut socket = Socket::open(&desk).await;
    assert_eq!(text(&mut socket.stream).await.unwrap(), "2");
    socket.stream.send(Message::text("3")).await.unwrap();
    assert_eq!(text(&mut socket.stream).await.unwrap(), "2");
    assert_eq!(text(&mut socket.stream).await, None);
    let mut socket = Socket::open(&desk).await;
    desk.server.cut_sockets();
    while let Some(frame) = text(&mut socket.stream).await {
        assert_eq!(frame, "2");
    }
}
