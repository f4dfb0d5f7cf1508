//! Things going wrong on the way to the server and back.

use serde_json::{Value, json};

use super::Desk;
use crate::faults::Fault;

#[tokio::test]
async fn statuses_come_in_the_framework_s_shape() {
    let desk = Desk::empty().await;
    let path = format!("/v1/flows?projectId={}", desk.project);
    for status in [401, 502] {
        desk.server.faults().next(1, "GET", "/v1/flows", Fault::Status(status));
        let got = desk.get(&path).await;
        assert_eq!((got.status, &got.body["statusCode"]), (status, &json!(status)));
    }
    desk.server.faults().next(1, "", "/v1/flows", Fault::TooMany(3));
    let got = desk.get(&path).await;
    assert_eq!((got.status, got.header("retry-after")), (429, "3"));
    assert_eq!(desk.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_broken_connection_loses_the_answer_and_not_always_the_write() {
    let desk = Desk::empty().await;
    let url = format!("{}/api/v1/folders", desk.server.base_url());
    let make = async |name: &str| {
        let body = json!({ "projectId": desk.project, "displayName": name });
        let sent = desk.http.post(&url).bearer_auth(&desk.token).json(&body).send().await;
        match sent {
            Ok(response) => response.json::<Value>().await.map(|_| ()),
            Err(error) => Err(error),
        }
    };
    desk.server.faults().next(1, "POST", "/folders", Fault::DropBefore);
    make("Before").await.unwrap_err();
    desk.server.faults().next(1, "POST", "/folders", Fault::DropAfter);
    make("After").await.unwrap_err();
    desk.server.faults().next(1, "POST", "/folders", Fault::Truncate);
    make("Half").await.unwrap_err();
    make("Whole").await.unwrap();
    let list = desk.get(&format!("/v1/folders?projectId={}", desk.project)).await.body;
    let names: Vec<&str> =
        list["data"].as_array().unwrap().iter().map(|row| row["displayName"].as_str().unwrap()).collect();
    assert_eq!(names, ["After", "Half", "Whole"]);
    let written: Vec<String> = desk.server.writes().into_iter().map(|write| write.body).collect();
    assert_eq!(written.len(), 3);
}

#[tokio::test]
async fn a_request_that_is_held_is_handled_once_it_is_let_go() {
    let desk = Desk::empty().await;
    let gate = desk.server.faults().hold_next("POST", "/v1/flows");
    let body = json!({ "projectId": desk.project, "displayName": "Late" });
    let post = desk.post("/v1/flows", body);
    let watch = async {
        gate.arrived().await;
        assert_eq!(desk.server.look(|all| all.flow_names().count()), 0);
        gate.open();
    };
    let (got, ()) = tokio::join!(post, watch);
    assert_eq!(got.status, 201);
}

#[tokio::test]
async fn bodies_that_are_none_are_refused() {
    let desk = Desk::empty().await;
    let flow = desk.flow(false).await;
    let url = format!("{}/api/v1/flows", desk.server.base_url());
    let send = async |url: &str, body: &str| {
        let request = desk.http.post(url).bearer_auth(&desk.token).header("content-type", "application/json");
        request.body(body.to_owned()).send().await.unwrap().status().as_u16()
    };
    for body in ["", "{", "[]", "null", "{}", "{\"projectId\":7}"] {
        assert_eq!(send(&url, body).await, 400, "{body}");
        assert_eq!(send(&format!("{url}/{flow}"), body).await, 400, "{body}");
    }
    // Deeper than a value can be built.
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let body = format!("{{\"projectId\":\"{}\",\"displayName\":\"x\",\"metadata\":{{\"a\":{deep}}}}}", desk.project);
    assert_eq!(send(&url, &body).await, 400);
    desk.sound();
}
