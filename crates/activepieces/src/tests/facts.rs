//! The ten facts about the server that bite a client, each held here by its number. All were observed on version 0.85.2.

use std::sync::Arc;

use flow::{Flow, Op, Place, SchemaVersion, Step, Syntax, wire};
use serde_json::{Value, json};

use super::captures::{all, get};
use super::fake::{Fate, apart, open, serve};
use super::server::{Ada, Reply, Seen, Server, patience, sign_in, token};
use crate::moving::{Counterpart, bring};
use crate::{Draft, Fault, Hook, Newcomer, Run, RunFilter, Secret};

fn replies(captures: &[&str]) -> Vec<Reply> {
    captures.iter().map(|number| get(number)).map(|capture| Reply::Say(capture.status, capture.text())).collect()
}

/// 1: a Community server has no keys, so a person's token it is, which lives seven days and is got anew by the password.
#[tokio::test]
async fn fact_1_a_community_server_has_no_keys() {
    let server = Server::scripted(replies(&["002", "020"])).await;
    let client = server.client();
    let features = client.flags().await.unwrap().features();
    assert!(!features.api_keys && features.too_old.is_none());
    assert!(features.failure_branches && features.variables);
    let fault = client.text(crate::http::Ask::get(&["v1", "api-keys"])).await.unwrap_err();
    assert!(matches!(fault, Fault::NotFound(_)), "{fault:?}");
    let signed: Vec<Seen> = server.seen().into_iter().filter(|seen| seen.token.is_some()).collect();
    assert_eq!(signed[0].token.as_deref(), Some(token(1, 168).as_str()));
    let old = |version: &str| {
        let flags = json!({"EDITION": "ee", "CURRENT_VERSION": version});
        async move {
            let server = Server::scripted([Reply::ok(flags)]).await;
            server.client().flags().await.unwrap().features()
        }
    };
    let features = old("0.83.0").await;
    assert!(features.api_keys && !features.failure_branches && !features.variables && features.too_old.is_none());
    assert!(old("0.82.1").await.too_old.unwrap().ends_with("Update the server."));
    assert!(old("1.0.0").await.failure_branches);
}

/// 2: the first account is made by two calls, and the token of the first is good for the second only.
#[tokio::test]
async fn fact_2_signing_up_is_two_calls() {
    let (first, second) = (get("004"), get("005"));
    let mut bodies = [first.body.clone(), second.body.clone()];
    bodies[0]["token"] = json!(token(1, 168));
    bodies[1]["token"] = json!(token(2, 168));
    let refused = get("006");
    let server = Server::start(move |seen| match (seen.path.as_str(), seen.token.as_deref()) {
        ("/api/v1/authentication/sign-up", None) => Reply::ok(&bodies[0]),
        ("/api/v1/platforms", Some(sent)) if sent == token(1, 168) => Reply::ok(&bodies[1]),
        ("/api/v1/folders/f", Some(sent)) if sent == token(2, 168) => Reply::ok(json!({"id": "f"})),
        _ => Reply::Say(refused.status, refused.text()),
    })
    .await;
    let ada = Arc::new(Ada::default());
    let client = server.client_of(ada.clone());
    let who = Newcomer {
        email: "ada@example.com".to_owned(),
        password: Secret::new("Loopback-1234"),
        first_name: "Ada".to_owned(),
        last_name: "Tester".to_owned(),
        platform: "Loopback".to_owned(),
    };
    let account = client.sign_up(&who).await.unwrap();
    assert_eq!(account.project_id.as_deref(), Some("E3OsVyxEum2KqPFeSLjHc"));
    let sent = server.all();
    assert_eq!(sent[0].json(), first.asked);
    assert_eq!(sent[1].json(), second.asked);
    // Signed in from here on, with the second token, which alone is kept.
    client.rename_folder("f", "x").await.unwrap();
    assert!(*ada.kept.lock().unwrap() == [Secret::new(token(2, 168))]);
    assert!(!format!("{who:?}").contains("Loopback-1234"));
    let invited = Server::scripted([]).await;
    drop(invited);
    let closed = Server::start(|_| replies(&["007"]).remove(0)).await;
    assert!(matches!(closed.client().sign_up(&who).await.unwrap_err(), Fault::Forbidden(_)));
}

/// 3: how expressions are written depends on the version of the format, and of one that is unknown nothing is written.
#[tokio::test]
async fn fact_3_expressions_follow_the_version_of_the_format() {
    assert_eq!(wire::read(&get("071").text()).unwrap().schema.syntax(), Some(Syntax::Wrapped));
    assert_eq!(SchemaVersion::new(20).syntax(), Some(Syntax::Bare));
    for schema in [SchemaVersion::new(23), SchemaVersion::UNSAID] {
        let mut flow = Flow::new("Later");
        flow.schema = schema;
        let (server, fake) = serve(flow).await;
        let editor = open(&server).await;
        let refused = editor.edit("Add", Op::add(Place::after("trigger"), Step::code("step_1", "x", ""))).unwrap_err();
        assert!(refused.message.ends_with('.') && editor.with(Draft::read_only).is_some());
        editor.flush().await.unwrap();
        assert!(fake.lock().unwrap().writes.is_empty());
    }
    // What came of an old expression on a new server: nothing, silently.
    let run = Run::read(&get("extra-old").text()).unwrap();
    assert!(!run.steps.is_empty());
    let brought = bring(&wire::read(&get("121").text()).unwrap(), &|_| Counterpart::Same).unwrap();
    assert_eq!(brought.flow.schema, SchemaVersion::LATEST);
}

/// 4: an import without its version is taken for an old one and rewritten, so the version is always sent; and a server that
/// brings an old flow to its own version has changed nothing.
#[tokio::test]
async fn fact_4_an_import_says_its_version() {
    for schema in [20, 22] {
        let mut flow = Flow::new("Old");
        flow.schema = SchemaVersion::new(schema);
        let op = Op::ImportFlow { document: Box::new(flow.document()) };
        let body: Value = serde_json::from_str(&wire::requests(&op)[0]).unwrap();
        assert_eq!(body["request"]["schemaVersion"], schema.to_string());
    }
    // 121: sent as version 20, answered as 22, with every reference in the new form.
    let asked = get("121").asked;
    let sent = wire::read_op(&asked.to_string(), &|_| None).unwrap();
    let mut ours = wire::read(&get("119").text()).unwrap();
    flow::apply(&mut ours, sent).unwrap();
    let theirs = wire::read(&get("121").text()).unwrap();
    assert!(crate::editor::is_same(&ours, &theirs));
    // 196: without it the same content comes back ruined, and that is seen.
    let sent = wire::read_op(&get("197").asked.to_string(), &|_| None).unwrap();
    let mut ours = wire::read(&get("190").text()).unwrap();
    flow::apply(&mut ours, sent).unwrap();
    assert!(crate::editor::is_same(&ours, &wire::read(&get("197").text()).unwrap()));
    assert!(!crate::editor::is_same(&ours, &wire::read(&get("196").text()).unwrap()));
}

/// 5: what the server does not understand it answers with a friendly yes; the answer shows it, and the flow is sent whole.
#[tokio::test]
async fn fact_5_a_yes_without_a_change_is_noticed() {
    let (server, fake) = serve(Flow::new("Quiet")).await;
    let editor = open(&server).await;
    editor.edit("Add", Op::add(Place::after("trigger"), Step::code("step_1", "x", ""))).unwrap();
    fake.lock().unwrap().fates.push_back(Fate::PassedOver);
    let sent = editor.flush().await.unwrap();
    assert_eq!(sent.writes, 2);
    assert!(apart(&fake.lock().unwrap().flow, &editor.flow()).is_empty());
    assert_eq!(fake.lock().unwrap().writes, [("IMPORT_FLOW".to_owned(), true)]);
    // 189: such an answer of the real server.
    let before = wire::read(&get("044").text()).unwrap();
    let passed_over = wire::read(&get("189").text()).unwrap();
    assert_eq!(before.steps.len(), passed_over.steps.len());
    // If the whole is passed over too, a person is asked.
    editor.edit("Add", Op::add(Place::after("step_1"), Step::code("step_2", "y", ""))).unwrap();
    fake.lock().unwrap().fates.extend([Fate::PassedOver, Fate::PassedOver]);
    editor.flush().await.unwrap();
    let divergence = editor.with(Draft::divergence).unwrap();
    assert!(divergence.their_changes().is_empty() && divergence.our_changes().step("step_2").is_some());
    // 191: a name that is taken makes it crash; it is never sent (see the tests of faults).
    assert_eq!(get("191").status, 500);
}

/// 6: the last to write wins there, so it is looked before writing, and each answer is compared.
#[tokio::test]
async fn fact_6_nothing_of_somebody_else_is_overwritten_unseen() {
    let mut flow = Flow::new("Both");
    flow.steps = [Step::code("step_1", "Old", "")].into_iter().collect();
    let (server, fake) = serve(flow).await;
    let editor = open(&server).await;
    let rename = |flow: &Flow, to: &str| {
        let mut step = flow.step("step_1").unwrap().shell();
        step.display_name = to.to_owned();
        Op::update(step)
    };
    editor.edit("Rename", rename(&editor.flow(), "Ours")).unwrap();
    let theirs = rename(&fake.lock().unwrap().flow, "Theirs");
    fake.lock().unwrap().edit(theirs);
    editor.flush().await.unwrap();
    assert_eq!(fake.lock().unwrap().flow.step("step_1").unwrap().display_name, "Theirs");
    assert_eq!(editor.flow().step("step_1").unwrap().display_name, "Ours");
    assert!(editor.with(Draft::divergence).is_some());
}

/// 7: what the test of a step brought is given back, the output before the input.
#[tokio::test]
async fn fact_7_the_result_of_a_test_is_given_back() {
    let server = Server::start(|seen| {
        sign_in(seen).unwrap_or_else(|| match seen.path.as_str() {
            "/api/v1/sample-data/test-step" => Reply::ok(get("081").body),
            path if path.contains("flow-runs") => Reply::ok(get("082").body),
            _ => Reply::ok(get("079").body),
        })
    })
    .await;
    let test =
        server.client().test_step("p", "JR1F8pAbKYDEfngFsB74z", "Kw3Z3Q7bNa0J2UBsSYk6x", "step_1").await.unwrap();
    assert!(test.success && test.output["total"] == 108);
    let sent: Vec<Value> = server.seen().iter().filter(|seen| seen.path.contains("/flows/")).map(Seen::json).collect();
    let sides: Vec<&str> = sent.iter().map(|body| body["request"]["type"].as_str().unwrap()).collect();
    assert_eq!(sides, ["OUTPUT", "INPUT"]);
    assert_eq!(sent[0]["request"], json!({"stepName": "step_1", "payload": test.output, "type": "OUTPUT"}));
}

/// 8: runs of tests are in no list, only to be had by their ids.
#[tokio::test]
async fn fact_8_a_test_is_found_by_its_id_only() {
    let server = Server::scripted([Reply::ok(get("096").body), Reply::ok(get("082").body)]).await;
    let client = server.client();
    let listed = client.runs("p", &RunFilter::default(), None, None).await.unwrap();
    assert!(listed.items.iter().all(|run| !run.is_test));
    let run = client.finished_run("fwiX0yP4IjRtYCIQhAvIR").await.unwrap();
    assert!(run.is_test && run.step_to_test.as_deref() == Some("step_1"));
    assert!(listed.items.iter().all(|listed| listed.id != run.id));
}

/// 9: a webhook that waits for a flow which fails is answered with nothing, after the server's whole time-out.
#[tokio::test]
async fn fact_9_a_failing_flow_answers_its_webhook_with_nothing() {
    let capture = get("095");
    assert_eq!(capture.status, 204);
    let server = Server::scripted([Reply::ok(get("002").body), Reply::Say(204, String::new())]).await;
    let client = server.client();
    let flags = client.flags().await.unwrap();
    // Ours waits longer than the server does.
    assert_eq!(flags.webhook_timeout_seconds, 30);
    assert!(crate::Patience::default().slow_reply.as_secs() > flags.webhook_timeout_seconds);
    assert_eq!(client.call_webhook("f", Hook::LiveSync, &capture.asked).await.unwrap(), None);
    let urls = client.webhook_urls(&flags, "f");
    assert!(urls.live_sync.ends_with("/webhooks/f/sync") && urls.draft_sync.ends_with("/f/draft/sync"), "{urls:?}");
    assert_eq!(patience().slow_reply, crate::Patience::default().slow_reply);
}

/// 10: answers say more, less and otherwise than their description: twice the version of a flow, and null anywhere.
#[test]
fn fact_10_answers_are_read_leniently() {
    let capture = get("096");
    let first = &capture.body["data"][0];
    assert!(first.get("flowVersion").is_some() && first.get("flowVersion_trigger").is_some());
    let mut nulls = 0;
    for capture in all().iter().filter(|capture| capture.path.contains("/flow-runs/") && capture.status == 200) {
        let Value::Object(body) = &capture.body else { continue };
        if body.get("id").is_none() {
            continue;
        }
        // Whatever is not the id may be null, or not there at all.
        for key in body.keys().filter(|key| *key != "id") {
            let mut other = body.clone();
            other.insert(key.clone(), Value::Null);
            Run::read(&Value::Object(other.clone()).to_string()).unwrap_or_else(|fault| panic!("{key}: {fault}"));
            other.remove(key);
            Run::read(&Value::Object(other).to_string()).unwrap_or_else(|fault| panic!("{key}: {fault}"));
            nulls += 1;
        }
    }
    assert!(nulls > 100);
    for number in ["011", "014", "043", "123", "135", "144", "145", "149", "130", "154", "158"] {
        let body = get(number).body;
        let items = body.as_array().or_else(|| body["data"].as_array()).cloned();
        let items = items.unwrap_or_else(|| vec![body.clone()]);
        for item in items.iter().filter_map(Value::as_object) {
            for key in item.keys().filter(|key| *key != "id") {
                let mut other = item.clone();
                other.insert(key.clone(), Value::Null);
                let text = json!({"data": [other], "next": null, "previous": null}).to_string();
                macro_rules! all_of {
                    ($($kind:ty),+) => { $( assert_eq!(crate::wire::plain_page::<$kind>(&text).unwrap().unread, 0, "{number} {key}"); )+ };
                }
                all_of!(
                    crate::User,
                    crate::Project,
                    crate::Folder,
                    crate::Connection,
                    crate::Variable,
                    crate::Table,
                    crate::Field,
                    crate::TableRecord
                );
            }
        }
    }
}
