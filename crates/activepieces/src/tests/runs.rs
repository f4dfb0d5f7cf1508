//! Runs: the order of steps, loops, large outputs, and why something failed.

use std::sync::{Arc, Mutex};

use flow::RunStatus;
use serde_json::{Value, json};

use super::captures::get;
use super::server::{Ada, Reply, Server};
use crate::runs::Run;
use crate::{Fault, Link, Output, Secret, ToldStatus, Trouble, in_order};

fn run(number: &str) -> Run {
    Run::read(&get(number).text()).unwrap()
}

/// 101: the server names the steps as it likes; 096: and twice the version in a list.
#[test]
fn steps_are_told_in_the_order_of_the_flow() {
    let run = run("101");
    let flow = run.flow().unwrap();
    let names: Vec<&str> = in_order(&run.steps, &flow).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["trigger", "step_1", "step_2", "step_3", "step_4", "step_6"]);
    let mut shuffled = get("101").body;
    let Value::Object(steps) = &mut shuffled["steps"] else { panic!() };
    let mut turned: Vec<(String, Value)> = std::mem::take(steps).into_iter().rev().collect();
    turned.push(("step_99".to_owned(), json!({"type": "CODE", "status": "SUCCEEDED"})));
    *steps = turned.into_iter().collect();
    let turned = Run::read(&shuffled.to_string()).unwrap();
    let names: Vec<&str> = in_order(&turned.steps, &flow).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["trigger", "step_1", "step_2", "step_3", "step_4", "step_6", "step_99"]);
    assert_eq!((run.status, run.is_test, run.steps_count), (ToldStatus::Known(RunStatus::Succeeded), false, 5));
}

#[test]
fn a_loop_tells_what_it_did_for_each_item() {
    let run = run("101");
    let Output::Loop { item, index, iterations } = &run.steps["step_4"].output else { panic!() };
    assert_eq!((item["name"].as_str(), *index, iterations.len()), (Some("pear"), 2, 2));
    assert_eq!(iterations[1]["step_5"].output, Output::Value(json!("#2: pear")));
    assert!(run.steps["step_4"].duration.unwrap() > 1_000.0);
}

/// 102: cut off; 087: `{"message":…}`; and plain words.
#[test]
fn a_failure_is_told_in_words() {
    let run = run("102");
    let failed = run.failed.unwrap();
    assert_eq!((failed.name.as_str(), failed.display_name.as_str()), ("step_1", "Compute total"));
    assert_eq!(failed.trouble.message, "TypeError: items.reduce is not a function");
    assert!(failed.trouble.raw.unwrap().contains("at Object.code") && failed.trouble.is_cut);
    let step = run.steps["step_1"].trouble.clone().unwrap();
    assert_eq!((step.message.as_str(), step.is_cut), ("TypeError: items.reduce is not a function", false));
    assert_eq!(Trouble::read(r#"{"message":"No list."}"#).message, "No list.");
    assert_eq!(Trouble::read("plain {words").message, "plain {words");
    let full = r#"{"__apErrorVersion":1,"message":"Not found","errorName":"HttpError","status":404,"responseBody":{"error":"no"},"requestUrl":"https://x"}"#;
    let read = Trouble::read(full);
    assert_eq!((read.status, read.name.as_deref()), (Some(404), Some("HttpError")));
    assert_eq!(read.response_body.as_deref(), Some(r#"{"error":"no"}"#));
    // Wherever it is cut off, what can be had is had, and nothing breaks.
    for end in 0..=full.len() {
        let cut = Trouble::read(&full[..end]);
        assert!(end < 2 || !cut.message.is_empty(), "{end}");
        assert!(end < 50 || cut.message == "Not found", "{end}: {cut:?}");
    }
    let nested = json!({"message": full}).to_string();
    assert_eq!(Trouble::read(&nested).message, "Not found");
    assert_eq!(Trouble::read(r#"{"message":"a\n\"b\" \u00e9"#).message, "a\n\"b\" é");
}

#[test]
fn runs_that_ended_otherwise_are_read() {
    assert_eq!(run("180").status, ToldStatus::Known(RunStatus::Paused));
    assert_eq!(run("183").status, ToldStatus::Known(RunStatus::Canceled));
    let broken = run("extra-run-internal-error");
    assert!(broken.internal_error.unwrap().contains("socket.io") && broken.status.is_ended());
    assert!(!run("180").status.is_ended() && !ToldStatus::Unsaid.is_ended());
    let odd = Run::read(r#"{"id":"r","status":"SNOOZED","steps":null,"tags":null,"flowVersion":7,"failedStep":"x"}"#)
        .unwrap();
    assert_eq!(odd.status, ToldStatus::Other("SNOOZED".to_owned()));
    assert!(odd.status.is_ended() && odd.status.word() == "SNOOZED");
    assert!(odd.steps.is_empty() && odd.flow().is_none() && odd.failed.is_none());
    for text in ["", "[]", "{}", r#"{"id":null}"#, r#"{"id":7}"#] {
        assert!(matches!(Run::read(text), Err(Fault::Unreadable(_))), "{text}");
    }
}

#[test]
fn deep_outputs_and_deep_loops_are_kept_as_they_can_be() {
    let deep = format!("{}1{}", "[".repeat(3_000), "]".repeat(3_000));
    let text =
        format!(r#"{{"id":"r","steps":{{"a":{{"type":"CODE","output":{deep}}},"b":{{"type":"CODE","output":2}}}}}}"#);
    let run = Run::read(&text).unwrap();
    assert_eq!(run.steps["a"].output, Output::Deep(deep));
    assert_eq!(run.steps["b"].output, Output::Value(json!(2)));
    let mut inner = r#"{"type":"CODE","output":1}"#.to_owned();
    for _ in 0..400 {
        inner = format!(r#"{{"type":"LOOP_ON_ITEMS","output":{{"index":1,"iterations":[{{"s":{inner}}}]}}}}"#);
    }
    let run = Run::read(&format!(r#"{{"id":"r","steps":{{"s":{inner}}}}}"#)).unwrap();
    let mut level = 0;
    let mut step = &run.steps["s"];
    while let Output::Loop { iterations, .. } = &step.output {
        step = &iterations[0]["s"];
        level += 1;
    }
    assert!(level >= 20 && matches!(step.output, Output::Deep(_)), "{level}");
}

/// 208: an output of 112 KB is told by a link.
#[tokio::test]
async fn a_large_output_is_fetched_without_the_token_and_within_bounds() {
    let found = run("208");
    let Output::Link(link) = &found.steps["step_1"].output else { panic!() };
    assert_eq!((link.size, link.file_id.as_str()), (114_900, "23CyMpFttwHOrDxXJnX99"));
    assert!(!format!("{link:?}").contains("token="));
    let server = Server::start(|_| Reply::ok(json!({"rows": [1, 2, 3]}))).await;
    let client = server.client_of(Arc::new(Ada { from_before: None, kept: Mutex::default() }));
    let at = |url: &str| Link { url: Secret::new(url), ..link.clone() };
    let here = at(&format!("{}/api/v1/files/x?token=signed", server.url));
    assert_eq!(client.large_output(&here, 1 << 20).await.unwrap()["rows"][2], 3);
    let seen = server.all();
    assert_eq!((seen.len(), seen[0].token.clone()), (1, None));
    assert_eq!(seen[0].query, [("token".to_owned(), "signed".to_owned())]);
    // The server does not know its own address: it is asked at ours.
    let inside = at("http://10.0.0.1:3000/pieces/api/v1/files/x?token=signed");
    assert_eq!(client.large_output(&inside, 1 << 20).await.unwrap()["rows"][2], 3);
    assert_eq!(server.all()[1].path, "/api/v1/files/x");
    for (url, largest) in [
        ("http://10.0.0.1/secret", 1 << 20),
        ("http://127.0.0.1:1/secret", 1 << 20),
        ("https://localhost/secret", 1 << 20),
        ("file:///etc/passwd", 1 << 20),
        ("", 1 << 20),
        ("https://files.example.com/x", 1_000),
    ] {
        let fault = client.large_output(&at(url), largest).await.unwrap_err();
        assert!(matches!(fault, Fault::Unreadable(_)), "{url}: {fault:?}");
    }
    let small = Link { size: 3, ..here };
    let fault = client.large_output(&small, 8).await.unwrap_err();
    assert!(fault.to_string().contains("larger"), "{fault}");
    assert_eq!(server.all().len(), 3);
}
