//! Taking a flow to a server and back.

use flow::{Flow, Kind, Op, PieceCall, Place, Slot, Step, Trigger, wire};
use serde_json::{Value, json};

use super::captures::get;
use super::fake::{Fake, ID};
use super::server::{Reply, Seen, Server, sign_in};
use crate::moving::Stock;
use crate::moving::{Counterpart, bring, prepare};
use crate::{Fault, Features, Filed};

fn call(piece: &str, version: &str, input: Value) -> PieceCall {
    PieceCall {
        piece: piece.to_owned(),
        version: version.to_owned(),
        operation: "do_it".to_owned(),
        input: input.as_object().unwrap().clone(),
        ..PieceCall::default()
    }
}

fn local() -> Flow {
    let mut flow = Flow::new("Overdue to Slack");
    flow.trigger = Trigger::piece("Overdue", call("@pm-os/piece-basecamp", "1.0.0", json!({})));
    let input = json!({"auth": "{{connections['slack-main']}}", "text": "{{trigger['output']['title']}} {{variables['SIGN']}}"});
    let mut slack = Step::piece("step_1", "Tell", call("@activepieces/piece-slack", "0.17.2", input));
    slack.settings.insert("sampleData".to_owned(), json!({"sampleDataFileId": "local"}));
    let mut each = Step::loop_on("step_2", "Each", "{{connections['list']}}");
    each.chain_mut(Slot::Body).unwrap().push(Step::piece(
        "step_3",
        "Odd",
        call("@pm-os/piece-odd", "1.0.0", json!({})),
    ));
    flow.steps = [slack, each].into_iter().collect();
    flow
}

fn translate(call: &PieceCall) -> Counterpart {
    match call.piece.as_str() {
        "@pm-os/piece-basecamp" => {
            let webhook = PieceCall {
                piece: "@activepieces/piece-webhook".to_owned(),
                version: "0.1.34".to_owned(),
                ..call.clone()
            };
            Counterpart::Other(Box::new(webhook))
        }
        "@pm-os/piece-odd" => Counterpart::None("This runs inside the app only. Use a code step there.".to_owned()),
        _ => Counterpart::Same,
    }
}

/// A server with a list of pieces, connections and variables, and one flow once it is made.
async fn server(version: &'static str, fill: impl Fn(&mut Fake) + Send + Sync + 'static) -> Server {
    let fake = std::sync::Mutex::new(Fake::new(Flow::new("Untitled")));
    Server::start(move |seen: &Seen| {
        if let Some(reply) = sign_in(seen) {
            return reply;
        }
        let page = |data: Value| Reply::ok(json!({"data": data, "next": null, "previous": null}));
        match (seen.method.as_str(), seen.path.as_str()) {
            (_, "/api/v1/flags") => Reply::ok(json!({"EDITION": "ce", "CURRENT_VERSION": version})),
            (_, "/api/v1/pieces") => Reply::ok(json!([
                {"name": "@activepieces/piece-webhook", "version": "0.1.34"},
                {"name": "@activepieces/piece-slack", "version": "0.18.0"},
            ])),
            (_, "/api/v1/app-connections") => page(json!([{"id": "c", "externalId": "slack-main"}])),
            (_, "/api/v1/variables") => page(json!([])),
            ("POST", "/api/v1/flows") => {
                let mut fake = fake.lock().unwrap();
                fake.flow.display_name = seen.json()["displayName"].as_str().unwrap().to_owned();
                Reply::Say(201, wire::write_flow(&fake.flow))
            }
            ("POST", path) if path.ends_with(ID) => {
                let mut fake = fake.lock().unwrap();
                let op = wire::read_op(&seen.body, &|_| None).unwrap();
                flow::apply(&mut fake.flow, op).unwrap();
                fill(&mut fake);
                Reply::Say(200, wire::write_flow(&fake.flow))
            }
            other => panic!("{other:?}"),
        }
    })
    .await
}

#[tokio::test]
async fn a_flow_moves_to_a_server_with_a_report_of_what_it_lacks() {
    let server = server("0.85.2", |_| {}).await;
    let filed = Filed::Name("From PM OS".to_owned());
    let moved = server.client().move_in("project-1", &local(), Some(&filed), &translate).await.unwrap();
    assert_eq!(moved.flow.flow_id(), Some(ID));
    assert_eq!(moved.flow.trigger.call().unwrap().piece, "@activepieces/piece-webhook");
    assert_eq!(moved.flow.step("step_1").unwrap().call().unwrap().version, "0.18.0");
    assert_eq!(moved.flow.step("step_1").unwrap().sample_data(), None);
    let told: Vec<(Option<&str>, bool)> = moved.gaps.iter().map(|gap| (gap.step.as_deref(), gap.is_blocking)).collect();
    assert_eq!(
        told,
        [(Some("step_1"), false), (Some("step_3"), true), (Some("step_2"), true), (Some("step_1"), true)],
        "{:#?}",
        moved.gaps
    );
    assert!(moved.gaps.iter().all(|gap| gap.message.ends_with('.')));
    let bodies: Vec<Value> = server.seen().iter().filter(|seen| seen.method == "POST").map(Seen::json).collect();
    assert_eq!(
        bodies[0],
        json!({"projectId": "project-1", "displayName": "Overdue to Slack", "folderName": "From PM OS"})
    );
    assert_eq!((&bodies[1]["type"], &bodies[1]["request"]["schemaVersion"]), (&json!("IMPORT_FLOW"), &json!("22")));
}

#[tokio::test]
async fn what_arrives_otherwise_is_told_with_the_flow_that_was_made() {
    let server = server("0.85.2", |fake| {
        fake.flow.steps = flow::Chain::new();
    })
    .await;
    let fault = server.client().move_in("project-1", &local(), None, &translate).await.unwrap_err();
    assert!(matches!(fault.fault, Fault::Failed(_)), "{fault:?}");
    assert_eq!(fault.created.as_deref(), Some(ID));
}

#[test]
fn an_old_server_lacks_more() {
    let mut flow = local();
    let behind = Op::add(Place::inside("step_1", Slot::OnFailure), Step::code("step_4", "Mend", ""));
    flow::apply(&mut flow, behind).unwrap();
    let stock = Stock { features: Features::default(), ..Stock::default() };
    let (_, gaps) = prepare(&flow, &stock, &translate).unwrap();
    assert!(gaps[0].message.contains("0.84") && gaps[0].is_blocking);
    assert!(gaps.iter().any(|gap| gap.message.contains("no variables yet")));
    assert!(gaps.iter().any(|gap| gap.message.contains("does not have the piece")));
    flow.schema = flow::SchemaVersion::new(99);
    assert!(prepare(&flow, &stock, &translate).unwrap_err().message.contains("version 99"));
}

/// 121: a flow of version 20 comes with its expressions in the form that is written here.
#[test]
fn a_flow_comes_back_with_nothing_of_the_servers() {
    let mut old = wire::read(&get("210").text()).unwrap();
    old.schema = flow::SchemaVersion::new(20);
    if let Some(step) = old.steps.first_mut()
        && let Some(input) = step.input_mut()
    {
        input.insert("who".to_owned(), json!("{{trigger['body']['customer']}} {{connections['a']}}"));
    }
    let brought = bring(&old, &|_| Counterpart::Same).unwrap();
    let step = &brought.flow.steps[0];
    assert_eq!(step.input().unwrap()["who"], "{{trigger['output']['body']['customer']}} {{connections['a']}}");
    assert_eq!(brought.flow.schema, flow::SchemaVersion::LATEST);
    assert!(brought.flow.flow_id().is_none() && brought.flow.version_id().is_none());
    assert!(brought.flow.record == flow::Record::default());
    assert!(brought.flow.steps.walk().all(|visit| visit.step.sample_data().is_none()));
    assert!(brought.flow.trigger.sample_data().is_none());
    assert!(brought.gaps.iter().any(|gap| gap.message.contains("connection a")), "{:?}", brought.gaps);
    let mut odd = Flow::new("Odd");
    let other = flow::Other { kind: "PARALLEL".to_owned(), ..flow::Other::default() };
    odd.steps = [Step::new("step_1", "Odd", Kind::Other(other))].into_iter().collect();
    assert!(bring(&odd, &|_| Counterpart::Same).unwrap().gaps[0].message.contains("PARALLEL"));
}
