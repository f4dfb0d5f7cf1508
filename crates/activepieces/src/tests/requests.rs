//! What is asked is what was asked of a real server when it gave the captured answer.

use serde_json::{Map, Value, json};

use super::captures::{Capture, get};
use super::server::{Reply, Server, sign_in};
use crate::{
    Client, ConnectionFilter, ConnectionValue, Fault, Filed, FlowFilter, Hook, NewConnection, NoCache, OAuthApp,
    OptionsQuery, PieceFilter, Pieces, PropertyOptions, RecordFilter, Retry, Returned, RunFilter, Secret, StepTest,
    TestStrategy,
};

const PROJECT: &str = "E3OsVyxEum2KqPFeSLjHc";
const FLOW: &str = "JR1F8pAbKYDEfngFsB74z";
const VERSION: &str = "Kw3Z3Q7bNa0J2UBsSYk6x";
const TABLE: &str = "unadaoIvzGaR8GypPZIcT";
const RUN: &str = "jy5Ty3G8KwSN2Ooq68Qhm";

/// Asks, with the captured answer to it, and compares what was asked.
async fn sends<T, F: Future<Output = Result<T, Fault>>>(
    number: &str,
    ask: impl FnOnce(Client) -> F,
) -> Result<T, Fault> {
    let Capture { name, method, path, query, asked, status, body, .. } = get(number);
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let server = Server::start(move |seen| sign_in(seen).unwrap_or_else(|| Reply::Say(status, text.clone()))).await;
    let result = ask(server.client()).await;
    let seen = server.seen();
    let last = seen.first().unwrap_or_else(|| panic!("{name}: nothing was asked"));
    assert_eq!((last.method.as_str(), last.path.as_str()), (method.as_str(), path.as_str()), "{name}");
    let sorted = |query: &[(String, String)]| {
        let mut query = query.to_vec();
        query.sort();
        query
    };
    assert_eq!(sorted(&last.query), sorted(&query), "{name}");
    assert_eq!(last.json(), asked, "{name}");
    result
}

fn connection(number: &str, value: ConnectionValue) -> NewConnection {
    let asked = get(number).asked;
    let text = |key: &str| asked[key].as_str().unwrap().to_owned();
    NewConnection {
        external_id: text("externalId"),
        display_name: text("displayName"),
        piece_name: text("pieceName"),
        piece_version: asked["pieceVersion"].as_str().map(str::to_owned),
        value,
    }
}

#[tokio::test]
async fn about_people_and_projects() {
    let user = sends("011", async |client| client.user("055O5pJuH9iLumBYmWcnB").await).await.unwrap();
    assert_eq!(user.email, "ada@example.com");
    let platform = sends("012", async |client| client.platform("LyedMuHaYE7Nv8m4nPJcZ").await).await.unwrap();
    assert!(platform.allows("tablesEnabled") && !platform.allows("apiKeysEnabled") && !platform.allows("nothing"));
    let projects = sends("013", async |client| client.projects(None, None).await).await.unwrap();
    assert_eq!((projects.items[0].id.as_str(), projects.next), (PROJECT, None));
    sends("014", async |client| client.project(PROJECT).await).await.unwrap();
    let made = sends("016", async |client| client.create_project("Second project").await).await.unwrap();
    assert_eq!(made.kind, "TEAM");
    assert_eq!(sends("164", async |client| client.users(None).await).await.unwrap().items.len(), 1);
    // The server says yes, and leaves the name of a personal project.
    let fault =
        sends("015", async |client| client.rename_project(PROJECT, "Loopback project").await).await.unwrap_err();
    assert!(matches!(fault, Fault::Conflict(_)));
}

#[tokio::test]
async fn about_flows_and_folders() {
    sends("043", async |client| client.create_folder(PROJECT, "Demo folder 2").await).await.unwrap();
    let flow = sends("044", async |client| client.create_flow(PROJECT, "Order intake", None).await).await.unwrap();
    assert_eq!(flow.flow_id(), Some(FLOW));
    sends("071", async |client| client.flow(FLOW, None).await).await.unwrap();
    let query = get("114").query;
    sends("114", async |client| client.flow(FLOW, Some(&query[0].1)).await).await.unwrap();
    let versions = sends("113", async |client| client.flow_versions(FLOW, None, None).await).await.unwrap();
    assert_eq!(versions.items.len(), 2);
    assert_eq!(versions.items[0].updated_by_user.as_ref().unwrap().first_name, "Ada");
    let flows =
        sends("116", async |client| client.flows(PROJECT, &FlowFilter::default(), None, Some(1)).await).await.unwrap();
    assert!(flows.items.len() == 1 && flows.next.is_some());
    assert_eq!(sends("117", async |client| client.count_flows(PROJECT, None).await).await.unwrap(), 2);
    let template = sends("118", async |client| client.export_flow(FLOW).await).await.unwrap();
    assert_eq!((template.flows.len(), template.pieces.len()), (1, 2));
    sends("185", async |client| client.delete_flow("nHq60he8cAYyADUr15yEg").await).await.unwrap();
    let filter =
        FlowFilter { name: Some("edge".to_owned()), statuses: vec![flow::Status::Disabled], ..FlowFilter::default() };
    assert!(
        sends("202", async |client| client.flows(PROJECT, &filter, None, None).await).await.unwrap().items.is_empty()
    );
    let filed = Filed::Name("Made by name".to_owned());
    let asked = get("119").asked;
    if asked.get("folderName").is_some() {
        sends("119", async |client| {
            client.create_flow(PROJECT, asked["displayName"].as_str().unwrap(), Some(&filed)).await
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn about_runs() {
    let counts = sends("100", async |client| client.count_runs(PROJECT, None, None).await).await.unwrap();
    assert_eq!(counts.iter().map(|count| count.count).collect::<Vec<_>>(), [2, 2]);
    sends("101", async |client| client.run("MGi1rBM4pNpMVW74uhV9O").await).await.unwrap();
    let run = sends("103", async |client| client.retry_run(PROJECT, RUN, Retry::FromFailedStep).await).await.unwrap();
    assert_eq!(run.id, RUN);
    let run = sends("104", async |client| client.retry_run(PROJECT, RUN, Retry::OnLatestVersion).await).await.unwrap();
    assert_ne!(run.id, RUN);
    let ids = [RUN.to_owned()];
    let runs =
        sends("105", async |client| client.retry_runs(PROJECT, &ids, Retry::OnLatestVersion).await).await.unwrap();
    assert_eq!(runs.items.len(), 1);
    sends("106", async |client| client.cancel_runs(PROJECT, &ids).await).await.unwrap();
    sends("107", async |client| client.archive_runs(PROJECT, &ids).await).await.unwrap();
    let query = get("096").query;
    let limit = query.iter().find(|(key, _)| key == "limit").map(|(_, limit)| limit.parse().unwrap());
    let runs =
        sends("096", async |client| client.runs(PROJECT, &RunFilter::default(), None, limit).await).await.unwrap();
    assert!(runs.items.iter().all(|run| run.steps.is_empty() && run.flow_name.is_some() && !run.is_test));
    assert!(runs.next.is_some());
}

#[tokio::test]
async fn about_connections() {
    let secret = || Secret::new("not-a-real-token");
    let text = connection("123", ConnectionValue::SecretText(secret()));
    let made = sends("123", async |client| client.put_connection(PROJECT, &text).await).await.unwrap();
    assert!(made.is_active());
    let text = connection("122", ConnectionValue::SecretText(secret()));
    sends("122", async |client| client.put_connection(PROJECT, &text).await).await.unwrap_err();
    let place = connection("124", ConnectionValue::Placeholder);
    let made = sends("124", async |client| client.put_connection(PROJECT, &place).await).await.unwrap();
    assert_eq!((made.status.as_str(), made.is_active()), ("MISSING", false));
    let none = connection("125", ConnectionValue::NoAuth);
    sends("125", async |client| client.put_connection(PROJECT, &none).await).await.unwrap();
    let basic = ConnectionValue::BasicAuth { username: "u".to_owned(), password: Secret::new("p") };
    let basic = connection("126", basic);
    sends("126", async |client| client.put_connection(PROJECT, &basic).await).await.unwrap();
    let asked = get("127").asked["value"].clone();
    let text = |key: &str| asked[key].as_str().unwrap_or_default().to_owned();
    let app = OAuthApp {
        client_id: text("client_id"),
        client_secret: Secret::new(text("client_secret")),
        authorization_method: asked["authorization_method"].as_str().map(str::to_owned),
        grant_type: asked["grant_type"].as_str().map(str::to_owned),
    };
    let returned = Returned {
        code: Secret::new(text("code")),
        verifier: None,
        redirect_url: text("redirect_url"),
        scope: text("scope"),
    };
    let permission = connection("127", ConnectionValue::OAuth2 { app, returned });
    let fault = sends("127", async |client| client.put_connection(PROJECT, &permission).await).await.unwrap_err();
    assert!(matches!(&fault, Fault::Invalid { field: Some(field), .. } if field == "code"), "{fault:?}");
    let found = sends("129", async |client| {
        client.start_oauth(PROJECT, "@activepieces/piece-google-sheets", "cid", "http://127.0.0.1:8088/redirect").await
    });
    assert!(found.await.is_ok());
    let any = ConnectionFilter::default();
    let page = sends("130", async |client| client.connections(PROJECT, &any, None, Some(10)).await).await.unwrap();
    let told = get("130").body["data"].as_array().unwrap().len();
    assert_eq!((page.items.len(), page.unread), (told, 0));
    let of_piece = ConnectionFilter { piece_name: Some("@activepieces/piece-discord".to_owned()), ..any };
    sends("131", async |client| client.connections(PROJECT, &of_piece, None, None).await).await.unwrap();
    sends("132", async |client| client.connection_owners(PROJECT).await).await.unwrap();
    let variable = get("135").asked["value"].as_str().unwrap().to_owned();
    sends("135", async |client| client.create_variable(PROJECT, "API_BASE", &Secret::new(variable)).await)
        .await
        .unwrap();
    assert_eq!(
        sends("136", async |client| client.variables(PROJECT, None).await).await.unwrap().items[0].name,
        "API_BASE"
    );
    let value =
        sends("137", async |client| client.reveal_variable(PROJECT, "7n43pEMp8PIjoeZaUkRoB").await).await.unwrap();
    assert!(value == Secret::new("http://127.0.0.1:9"));
    let custom = ConnectionValue::CustomAuth(vec![
        ("port".to_owned(), Secret::new("25")),
        ("tls".to_owned(), Secret::new("true")),
        ("host".to_owned(), Secret::new("smtp.example.com")),
        ("code".to_owned(), Secret::new("007")),
    ]);
    let server = Server::scripted([Reply::ok(json!({"id": "c"}))]).await;
    let new = NewConnection { value: custom, ..connection("125", ConnectionValue::NoAuth) };
    server.client().put_connection(PROJECT, &new).await.unwrap();
    let props = json!({"port": 25, "tls": true, "host": "smtp.example.com", "code": "007"});
    assert_eq!(server.seen()[0].json()["value"], json!({"type": "CUSTOM_AUTH", "props": props}));
}

#[tokio::test]
async fn about_pieces_and_their_fields() {
    let pieces = |client: Client| Pieces::new(client, std::sync::Arc::new(NoCache));
    let found =
        sends("040", async |client| pieces(client).metadata("@activepieces/piece-http", Some("~0.11.9"), None).await);
    assert_eq!(found.await.unwrap().version, "0.11.9");
    sends("027", async |client| pieces(client).categories().await).await.unwrap();
    let query = get("025").query;
    let project = query.iter().find(|(key, _)| key == "projectId").map(|(_, value)| value.clone());
    if query.len() <= 1 {
        let list = sends("025", async |client| pieces(client).list(project.as_deref(), &PieceFilter::default()).await);
        let list = list.await.unwrap();
        assert!(list.items.len() > 10 && list.items[0].actions > 0);
    }
    for number in ["138", "139", "140", "141", "142", "143", "156", "157"] {
        let asked = get(number).asked;
        let text = |key: &str| asked[key].as_str().unwrap().to_owned();
        let query = OptionsQuery {
            project: text("projectId"),
            flow: text("flowId"),
            flow_version: text("flowVersionId"),
            piece_name: text("pieceName"),
            piece_version: text("pieceVersion"),
            operation: text("actionOrTriggerName"),
            property: text("propertyName"),
            input: asked["input"].as_object().cloned().unwrap_or_else(Map::new),
            search: None,
        };
        match sends(number, async |client| pieces(client).options(&query).await).await.unwrap() {
            PropertyOptions::Fields(fields) => {
                assert!(!fields.is_empty(), "{number}");
                if number == "140" {
                    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                    assert_eq!(names.len(), 3);
                }
            }
            PropertyOptions::Choices(choices) => assert!(choices.disabled || number == "156", "{number}"),
        }
    }
}

#[tokio::test]
async fn about_tables() {
    sends("144", async |client| client.create_table(PROJECT, "Orders").await).await.unwrap();
    sends("145", async |client| client.create_field(TABLE, "Customer", "TEXT", &[]).await).await.unwrap();
    let choices = ["new".to_owned(), "done".to_owned()];
    let field = sends("147", async |client| client.create_field(TABLE, "State", "STATIC_DROPDOWN", &choices).await);
    assert_eq!(field.await.unwrap().choices, choices);
    let fields = sends("148", async |client| client.fields(TABLE).await).await.unwrap();
    assert_eq!(
        fields.items.iter().map(|field| field.kind.as_str()).collect::<Vec<_>>(),
        ["TEXT", "NUMBER", "STATIC_DROPDOWN"]
    );
    let cell = |field: &str, value: &str| (field.to_owned(), value.to_owned());
    let (customer, total) = ("qEERiNOQRyepoGR488VQj", "db6CaC0dquWiUwNMqzP48");
    let records = [vec![cell(customer, "Ada"), cell(total, "108")], vec![cell(customer, "Bob")]];
    let made = sends("149", async |client| client.create_records(TABLE, &records).await).await.unwrap();
    assert_eq!(made.items[0].cells[total].value.as_deref(), Some("108"));
    assert_eq!(made.items[1].cells[total].value, None);
    sends("150", async |client| client.records(TABLE, &[], None, Some(10)).await).await.unwrap();
    let filter = RecordFilter { field: customer.to_owned(), operator: "eq".to_owned(), value: Some("Ada".to_owned()) };
    let found = sends("151", async |client| client.records(TABLE, &[filter], None, None).await).await.unwrap();
    assert_eq!(found.items.len(), 1);
    let written = [cell("jMmFPtwalfSvblZt0rwhT", "done")];
    sends("152", async |client| client.update_record(TABLE, "uAWqfT6KSp0GCDnLGqlA9", &written).await).await.unwrap();
    sends("153", async |client| client.delete_records(TABLE, &["uAWqfT6KSp0GCDnLGqlA9".to_owned()]).await)
        .await
        .unwrap();
    sends("154", async |client| client.tables(PROJECT, None).await).await.unwrap();
}

#[tokio::test]
async fn about_tests_and_webhooks() {
    let events =
        sends("073", async |client| client.test_trigger(PROJECT, FLOW, VERSION, TestStrategy::Simulation).await);
    assert!(events.await.unwrap().is_empty());
    let events = sends("075", async |client| client.trigger_events(PROJECT, FLOW).await).await.unwrap();
    assert_eq!(events.items[0].payload["method"], "POST");
    let mock = get("076").asked["mockData"].clone();
    sends("076", async |client| client.mock_trigger_event(PROJECT, FLOW, &mock).await).await.unwrap();
    sends("077", async |client| client.stop_trigger_test(PROJECT, FLOW).await).await.unwrap();
    let side = flow::SampleSide::Output;
    let none = sends("078", async |client| client.sample(PROJECT, FLOW, VERSION, "trigger", side).await).await.unwrap();
    assert_eq!(none, None);
    let some = sends("080", async |client| client.sample(PROJECT, FLOW, VERSION, "trigger", side).await).await.unwrap();
    assert_eq!(some.unwrap()["method"], "POST");
    sends("081", async |client| client.start_step_test(PROJECT, VERSION, "step_1").await).await.unwrap();
    let payload = get("091").asked;
    let answer = sends("091", async |client| client.call_webhook(FLOW, Hook::LiveSync, &payload).await).await.unwrap();
    assert_eq!(answer, Some(json!({"total": 108, "health": "Healthy"})));
    assert_eq!(sends("092", async |client| client.call_webhook(FLOW, Hook::Live, &payload).await).await.unwrap(), None);
    sends("074", async |client| client.call_webhook(FLOW, Hook::Test, &payload).await).await.unwrap();
    let fault = sends("094", async |client| client.call_webhook("aaaaaaaaaaaaaaaaaaaaa", Hook::Live, &payload).await);
    assert!(matches!(fault.await.unwrap_err(), Fault::Gone(_)));
    let fault =
        sends("110", async |client| client.call_webhook(FLOW, Hook::LiveSync, &payload).await).await.unwrap_err();
    assert!(fault.to_string().contains("switched off"), "{fault}");
    let failed = StepTest { success: false, output: Value::from(1), ..StepTest::default() };
    let server = Server::scripted([]).await;
    server.client().keep_step_test(FLOW, "step_1", &failed).await.unwrap();
    assert!(server.seen().is_empty(), "an earlier good result stays");
}
