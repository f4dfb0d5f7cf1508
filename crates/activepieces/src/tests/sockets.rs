//! The socket: the door, and tests as they run, also past a connection that does not last.

mod holding;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::captures::{get, raw};
use super::server::{Ears, Reply, Seen, Server, sign_in, signed_in, token};
use crate::{Fault, Output, Socket};

const PROJECT: &str = "E3OsVyxEum2KqPFeSLjHc";
const VERSION: &str = "Kw3Z3Q7bNa0J2UBsSYk6x";
const FLOW: &str = "JR1F8pAbKYDEfngFsB74z";

type Stream = WebSocketStream<TcpStream>;

async fn say(stream: &mut Stream, text: impl Into<String>) {
    stream.send(Message::text(text.into())).await.unwrap();
}

/// The next text, without pongs.
async fn hear(stream: &mut Stream) -> Option<String> {
    loop {
        match stream.next().await? {
            Ok(Message::Text(text)) if text.as_str() == "3" => {}
            Ok(Message::Text(text)) => return Some(text.to_string()),
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// Opens the door to whoever brings this token.
async fn open(stream: &mut Stream, token: &str) -> bool {
    say(stream, r#"0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#).await;
    let Some(asked) = hear(stream).await else { return false };
    let auth: Value = serde_json::from_str(asked.strip_prefix("40").unwrap()).unwrap();
    assert_eq!(auth["projectId"], PROJECT);
    if auth["token"] == token {
        say(stream, r#"40{"sid":"x"}"#).await;
        return true;
    }
    say(stream, r#"44{"message":"Authentication error"}"#).await;
    false
}

fn event(name: &str, data: &Value) -> String {
    format!("42{}", json!([name, data]))
}

/// What the server said in a capture.
fn told(number: &str) -> Vec<(String, Value)> {
    let log = raw(number)["log"].as_array().unwrap().clone();
    let told = log.into_iter().filter(|line| line["dir"] == "server->client");
    told.map(|line| (line["event"].as_str().unwrap().to_owned(), line["data"].clone())).collect()
}

async fn serve<F: Future<Output = ()> + Send + 'static>(
    rest: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    play: impl Fn(Stream) -> F + Send + Sync + 'static,
) -> Server {
    let ears: Ears = Arc::new(move |stream| Box::pin(play(stream)));
    let answer = move |seen: &Seen| match seen.path.as_str() {
        "/api/socket.io/" => Reply::Socket,
        _ => sign_in(seen).unwrap_or_else(|| rest(seen)),
    };
    Server::start_with(answer, ears).await
}

fn nothing(seen: &Seen) -> Reply {
    panic!("{} {}", seen.method, seen.path)
}

#[tokio::test]
async fn the_door_opens_with_the_token_and_the_project() {
    let server = serve(nothing, |mut stream| async move {
        assert!(open(&mut stream, &token(1, 168)).await);
        hear(&mut stream).await;
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    let seen = server.all();
    let upgrade = seen.iter().find(|seen| seen.path.contains("socket.io")).unwrap();
    assert!(upgrade.query.contains(&("EIO".to_owned(), "4".to_owned())));
    assert!(upgrade.query.contains(&("transport".to_owned(), "websocket".to_owned())));
    // The token is in no address and no header of the upgrade.
    assert!(upgrade.token.is_none() && !format!("{:?} {socket:?}", upgrade.query).contains("eyJ"));
}

/// 187: a token that is not taken is renewed once, and then a person is asked.
#[tokio::test]
async fn a_shut_door_is_tried_with_a_fresh_token_once() {
    let count = Arc::new(AtomicUsize::new(0));
    for (good, opens) in [(2, true), (9, false)] {
        count.store(0, Ordering::SeqCst);
        let (signed, knocks) = (count.clone(), Arc::new(AtomicUsize::new(0)));
        let knocked = knocks.clone();
        let ears: Ears = Arc::new(move |mut stream| {
            knocked.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                open(&mut stream, &token(good, 168)).await;
                hear(&mut stream).await;
            })
        });
        let answer = move |seen: &Seen| match seen.path.as_str() {
            "/api/socket.io/" => Reply::Socket,
            _ => signed_in(&token(signed.fetch_add(1, Ordering::SeqCst) as u32 + 1, 168)),
        };
        let server = Server::start_with(answer, ears).await;
        let result = Socket::connect(&server.client(), PROJECT).await;
        assert_eq!(result.is_ok(), opens);
        if let Err(fault) = result {
            assert!(matches!(fault, Fault::SignIn(_)), "{fault:?}");
        }
        assert_eq!(knocks.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn what_is_no_socket_is_told() {
    for status in [404, 502, 200] {
        let server =
            Server::start(move |seen| sign_in(seen).unwrap_or_else(|| Reply::Say(status, String::new()))).await;
        Socket::connect(&server.client(), PROJECT).await.unwrap_err();
    }
}

/// 086, with the tests of somebody else among it: only ours is heard, step by step, to its end.
#[tokio::test]
async fn a_test_of_a_flow_is_watched_to_its_end() {
    let log = told("086");
    let steps = log.iter().filter(|(_, data)| data.get("step").is_some()).count();
    let server = serve(nothing, move |mut stream| {
        let log = log.clone();
        async move {
            assert!(open(&mut stream, &token(1, 168)).await);
            let asked = hear(&mut stream).await.unwrap();
            assert_eq!(asked, format!(r#"42["TEST_FLOW_RUN",{{"flowVersionId":"{VERSION}"}}]"#));
            for (name, mut data) in log {
                // Somebody else tests the same flow, and everybody hears it.
                let mut other = data.clone();
                for run in [&mut other, &mut data] {
                    if run.get("triggeredBy").is_some() {
                        run["triggeredBy"] = json!("user-ada");
                    }
                }
                other["triggeredBy"] = json!("user-bob");
                if other["id"].is_string() {
                    other["id"] = json!("run-of-bob");
                }
                if other["flowRun"].is_object() {
                    other["flowRun"]["id"] = json!("run-of-bob");
                }
                say(&mut stream, event(&name, &other)).await;
                say(&mut stream, "2").await;
                say(&mut stream, event(&name, &data)).await;
            }
            hear(&mut stream).await;
        }
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    let mut watch = socket.test_flow(VERSION).await.unwrap();
    assert_eq!(watch.run().id, "Y2nGX3JwNzhgOdp2bcx9Z");
    let mut progress = Vec::new();
    while let Some(next) = watch.next().await.unwrap() {
        assert_eq!(next.run.id, "Y2nGX3JwNzhgOdp2bcx9Z");
        progress.push(next);
    }
    assert_eq!(progress.iter().filter(|next| next.step.is_some()).count(), steps);
    assert_eq!(progress.last().unwrap().run.status, crate::ToldStatus::Known(flow::RunStatus::Succeeded));
    // The last step ends before the run does.
    assert!(progress.last().unwrap().step.is_none() && progress.last().unwrap().run.finish_time.is_some());
    let inner: Vec<usize> = progress
        .iter()
        .filter_map(|next| next.step.as_ref())
        .filter(|step| step.name == "step_5")
        .map(|step| step.path[0].1)
        .collect();
    assert_eq!(inner, [0, 0, 1, 1]);
    let last = progress.iter().rev().find_map(|next| next.step.clone()).unwrap();
    assert!(matches!(last.step.output, Output::Value(_)) && last.step.status == "SUCCEEDED");
    assert_eq!(watch.next().await.unwrap().map(|next| next.run.id), None);
}

/// The connection ends in the middle: the run itself is asked how it went.
#[tokio::test]
async fn a_test_is_followed_past_a_lost_connection() {
    let log = told("086");
    let rest = |seen: &Seen| {
        assert_eq!(seen.path, "/api/v1/flow-runs/Y2nGX3JwNzhgOdp2bcx9Z");
        let mut run = get("101").body;
        run["id"] = json!("Y2nGX3JwNzhgOdp2bcx9Z");
        Reply::ok(run)
    };
    let turn = Arc::new(AtomicUsize::new(0));
    let server = serve(rest, move |mut stream| {
        let (log, turn) = (log.clone(), turn.clone());
        async move {
            assert!(open(&mut stream, &token(1, 168)).await);
            if turn.fetch_add(1, Ordering::SeqCst) > 0 {
                hear(&mut stream).await;
                return;
            }
            hear(&mut stream).await;
            for (name, mut data) in log.into_iter().take(3) {
                if name == "TEST_FLOW_RUN_STARTED" {
                    data["triggeredBy"] = json!("user-ada");
                }
                say(&mut stream, event(&name, &data)).await;
            }
        }
    })
    .await;
    let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
    let mut watch = socket.test_flow(VERSION).await.unwrap();
    let mut last = None;
    while let Some(next) = watch.next().await.unwrap() {
        last = Some(next);
    }
    let run = last.unwrap().run;
    assert!(run.status.is_ended() && run.steps.len() == 6);
}

/// 087: the answer comes over the socket, and the server keeps nothing of it unless it is told: first the output, then the
/// input. Of a failure nothing is kept.
#[tokio::test]
async fn a_test_of_a_step_is_given_back_to_the_server() {
    for (step, number, kept) in [("step_1", "088", 2), ("step_4", "089", 0)] {
        let mut started = get(number).body;
        if step == "step_4" {
            started["id"] = json!("DrufZv9ep9Le1Nuf2bOWk");
        }
        let log = told("087");
        let (begun, begin) = tokio::sync::watch::channel(false);
        let rest = move |seen: &Seen| match seen.path.as_str() {
            "/api/v1/sample-data/test-step" => {
                begun.send_replace(true);
                Reply::ok(started.clone())
            }
            _ => Reply::Say(200, get("079").text()),
        };
        let server = serve(rest, move |mut stream| {
            let (log, mut begin) = (log.clone(), begin.clone());
            async move {
                assert!(open(&mut stream, &token(1, 168)).await);
                begin.wait_for(|begun| *begun).await.unwrap();
                for (name, data) in log {
                    say(&mut stream, event(&name, &data)).await;
                }
                hear(&mut stream).await;
            }
        })
        .await;
        let socket = Socket::connect(&server.client(), PROJECT).await.unwrap();
        let test = socket.test_step(FLOW, VERSION, step).await.unwrap();
        assert_eq!(test.success, kept > 0, "{step}: {test:?}");
        let kept_requests: Vec<Value> =
            server.seen().iter().filter(|seen| seen.path.ends_with(FLOW)).map(Seen::json).collect();
        assert_eq!(kept_requests.len(), kept);
        if let [output, input] = &kept_requests[..] {
            assert_eq!((&output["type"], &output["request"]["type"]), (&json!("SAVE_SAMPLE_DATA"), &json!("OUTPUT")));
            assert_eq!(output["request"]["payload"]["total"], 108);
            assert_eq!(input["request"]["type"], "INPUT");
        } else {
            assert_eq!(test.trouble.unwrap().message, "The items you have selected must be a list.");
        }
    }
}
