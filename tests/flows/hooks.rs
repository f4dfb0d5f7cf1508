//! The addresses of automations: whoever knows one starts its automation, and nobody else learns that there is any.

use contract::commands::{
    ConnectAutomationServer, DeleteFlow, ListRuns, MoveFlow, RemoveWorkspace, ShowAutomationServer, ShowFlow,
    SwitchFlow,
};
use contract::{FlowId, FlowPlace, FlowView, RunStatus, RunSummary, SecretText};
use engine::{HookCall, HookTarget};
use flow::{PieceCall, Step};
use futures::StreamExt;
use futures::future::join_all;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::{Studio, flow, piece, says};

/// The sample workspace with the door that is called from outside.
struct Door {
    studio: Studio,
    serving: JoinHandle<()>,
    client: reqwest::Client,
}

/// What came back: the status, the headers and the body.
struct Came {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: String,
}

impl Came {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

async fn came(request: RequestBuilder) -> Came {
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Came { status, headers, body: answer.text().await.unwrap() }
}

impl Door {
    async fn open() -> Self {
        let studio = Studio::open().await;
        let serving = tokio::spawn(server::serve_hooks(studio.engine.clone()));
        Self { studio, serving, client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    /// Publishes it, and waits until it can be called.
    async fn listens(&self, name: &str, starts: PieceCall, steps: Vec<Step>) -> (FlowView, String) {
        let draft = self.studio.draft(&flow(name, starts, steps)).await;
        self.studio.publishes(&draft).await;
        let mut ear = Box::pin(self.studio.engine.attach(None, self.studio.caller.workspace));
        loop {
            let view = self.studio.does(ShowFlow { id: draft.flow.id, known: None }).await;
            if let Some(address) = view.address.clone() {
                return (view, address);
            }
            let heard = tokio::time::timeout(std::time::Duration::from_secs(30), ear.next()).await;
            heard.expect("nobody ever listened");
        }
    }

    async fn posts(&self, address: &str, body: &Value) -> Came {
        let request = self.client.post(address).header("content-type", "application/json");
        came(request.body(body.to_string())).await
    }

    async fn fills(&self, address: &str, body: &str) -> Came {
        let request = self.client.post(address).header("content-type", "application/x-www-form-urlencoded");
        came(request.body(body.to_owned())).await
    }

    async fn runs(&self, flow: FlowId) -> Vec<RunSummary> {
        let list = ListRuns { flow: Some(flow), statuses: Vec::new(), tests: true, before: None, limit: None };
        self.studio.does(list).await.runs
    }

    /// The texts that its runs brought to Slack, in the order of the alphabet, once all of them have ended.
    async fn said(&self, flow: FlowId) -> Vec<String> {
        for run in self.runs(flow).await {
            let run = self.studio.ended(run.id).await;
            assert_eq!(run.run.status, RunStatus::Succeeded, "{run:#?}");
        }
        let mut texts: Vec<String> = self.studio.posts().await.into_iter().map(|post| post.text).collect();
        texts.sort();
        texts
    }
}

fn webhook(input: Value) -> PieceCall {
    piece("@activepieces/piece-webhook", "0.1.34", "catch_webhook", input)
}

fn open() -> PieceCall {
    webhook(json!({ "authType": "none" }))
}

fn answers(name: &str, status: u16, body: Value) -> Step {
    let fields = json!({ "status": status, "headers": { "x-from": "the flow" }, "body": body });
    let input = json!({ "responseType": "json", "fields": fields, "respond": "stop" });
    Step::piece(name, "Answer", piece("@activepieces/piece-webhook", "0.1.34", "return_response", input))
}

#[tokio::test]
async fn a_call_begins_a_run_and_whoever_waits_hears_its_answer() {
    let door = Door::open().await;
    let steps = vec![
        says("step_1", "{{trigger['output']['method']}} {{trigger['output']['body']['name']}}"),
        answers("step_2", 201, json!({ "got": "{{trigger['output']['body']['name']}}" })),
    ];
    let (view, address) = door.listens("Called", open(), steps).await;
    let came_at_once = door.posts(&address, &json!({ "name": "Ada" })).await;
    assert_eq!((came_at_once.status, came_at_once.body.as_str()), (200, "{}"));
    let waited = door.posts(&format!("{address}/sync"), &json!({ "name": "Bea" })).await;
    assert_eq!((waited.status, waited.json()), (201, json!({ "got": "Bea" })));
    assert_eq!(waited.headers["x-from"], "the flow");
    let got = came(door.client.get(format!("{address}?q=7"))).await;
    assert_eq!(got.status, 200);
    let said = door.said(view.flow.id).await;
    assert_eq!(said, ["GET ", "POST Ada", "POST Bea"], "each call is a run of its own");

    // Who only asks whether somebody is there starts nothing, and neither does a browser that asks what it may do.
    assert_eq!(came(door.client.head(&address)).await.status, 200);
    let preflight = door.client.request(Method::OPTIONS, &address).header("origin", "https://example.com");
    assert_eq!(came(preflight.header("access-control-request-method", "POST")).await.status, 405);
    assert_eq!(door.runs(view.flow.id).await.len(), 3);
}

#[tokio::test]
async fn a_run_that_waits_for_a_further_call_goes_on_with_it_once() {
    let door = Door::open().await;
    let asks = |name: &str, body: &str| {
        let fields = json!({ "status": 200, "headers": {}, "body": body });
        let input = json!({ "responseType": "json", "fields": fields });
        let action = "return_response_and_wait_for_next_webhook";
        Step::piece(name, "Ask", piece("@activepieces/piece-webhook", "0.1.34", action, input))
    };
    let names = "{{step_1['output']['body']['name']}} {{step_2['output']['body']['name']}}";
    let steps = vec![asks("step_1", "Who?"), asks("step_2", "And who?"), answers("step_3", 200, json!(names))];
    let (view, address) = door.listens("Asks", open(), steps).await;
    let first = door.posts(&format!("{address}/sync"), &json!({})).await;
    let header = "x-activepieces-resume-webhook-url";
    let next = |came: &Came| came.headers[header].to_str().unwrap().to_owned();
    assert_eq!((first.status, first.body.as_str()), (200, "Who?"));
    let further = next(&first);
    let secret = address.rsplit('/').next().unwrap();
    assert!(!further.contains(secret), "who may answer a run may not start others");

    let wrong = format!("{}x", &further[..further.len() - 1]);
    assert_eq!(door.posts(&wrong, &json!({})).await.status, 404);
    assert_eq!(came(door.client.head(&further)).await.status, 200);
    let second = door.posts(&format!("{further}/sync"), &json!({ "name": "Ada" })).await;
    assert_eq!((second.status, second.body.as_str()), (200, "And who?"));
    // The same call again is not the answer to the second question.
    let again = door.posts(&further, &json!({ "name": "Ada" })).await;
    assert_eq!((again.status, again.json()["message"].as_str().unwrap().ends_with('.')), (410, true));

    // It waits over a start of the app.
    let Door { studio, serving, client } = door;
    let studio = studio.restarts().await;
    serving.await.unwrap();
    let door = Door { serving: tokio::spawn(server::serve_hooks(studio.engine.clone())), studio, client };
    let (_, elsewhere) = door.listens("Another", open(), vec![says("step_1", "Hello")]).await;
    let host = elsewhere.split('/').nth(2).unwrap();
    let path = next(&second).split('/').skip(3).collect::<Vec<_>>().join("/");
    let last = door.posts(&format!("http://{host}/{path}/sync"), &json!({ "name": "Bea" })).await;
    assert_eq!((last.status, last.body.as_str()), (200, "Ada Bea"));
    let runs = door.runs(view.flow.id).await;
    assert_eq!(runs.len(), 1);
    assert_eq!(door.studio.ended(runs[0].id).await.run.status, RunStatus::Succeeded);
}

#[tokio::test]
async fn of_calls_at_the_same_moment_one_goes_on_and_the_others_hear_that_it_did() {
    let door = Door::open().await;
    let fields = json!({ "status": 200, "headers": {}, "body": "Who?" });
    let input = json!({ "responseType": "json", "fields": fields });
    let asks = piece("@activepieces/piece-webhook", "0.1.34", "return_response_and_wait_for_next_webhook", input);
    let steps = vec![Step::piece("step_1", "Ask", asks), says("step_2", "{{step_1['output']['body']['name']}}")];
    let (view, address) = door.listens("Asks", open(), steps).await;
    let first = door.posts(&format!("{address}/sync"), &json!({})).await;
    let further = first.headers["x-activepieces-resume-webhook-url"].to_str().unwrap();
    let names = ["Ada", "Bea", "Cem", "Dot", "Eve", "Fay"].map(|name| json!({ "name": name }));
    let came = join_all(names.iter().map(|name| door.posts(further, name))).await;
    let mut statuses: Vec<_> = came.iter().map(|came| came.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410, 410, 410, 410, 410]);
    let runs = door.runs(view.flow.id).await;
    assert_eq!(runs.len(), 1);
    assert_eq!(door.studio.ended(runs[0].id).await.run.status, RunStatus::Succeeded);
}

#[tokio::test]
async fn a_run_that_fails_or_says_nothing_is_answered_too() {
    let door = Door::open().await;
    let (_, silent) = door.listens("Silent", open(), vec![says("step_1", "Hello")]).await;
    let quiet = door.posts(&format!("{silent}/sync"), &json!({})).await;
    assert_eq!((quiet.status, quiet.body.as_str()), (200, "{}"));
    let breaks = Step::code("step_1", "Break", "export const code = async () => { throw new Error('out of ink'); };");
    let (_, broken) = door.listens("Broken", open(), vec![breaks]).await;
    let failed = door.posts(&format!("{broken}/sync"), &json!({})).await;
    assert_eq!(failed.status, 500);
    assert!(failed.json()["message"].as_str().unwrap().contains("out of ink"), "{}", failed.body);
}

#[tokio::test]
async fn an_address_that_is_none_is_answered_alike_whatever_is_wrong_with_it() {
    let door = Door::open().await;
    let (view, address) = door.listens("Called", open(), vec![says("step_1", "Hello")]).await;
    let draft = door.studio.draft(&flow("Draft", open(), vec![says("step_1", "Hello")])).await;
    let (away, moved) = door.listens("Moves", open(), vec![says("step_1", "Hello")]).await;
    let offer = door.studio.does(ShowAutomationServer {}).await.offer.unwrap();
    let connect =
        ConnectAutomationServer { address: offer, email: String::new(), secret: SecretText::new(""), project: None };
    door.studio.does(connect).await;
    door.studio.does(MoveFlow { id: away.flow.id, to: FlowPlace::Server }).await;
    let by_hand = door.studio.draft(&flow("By hand", super::by_hand(), vec![says("step_1", "Hello")])).await;
    door.studio.publishes(&by_hand).await;

    let parts: Vec<&str> = address.split('/').collect();
    let (host, workspace, id, secret) = (parts[2], parts[4], parts[5], parts[6]);
    assert_eq!(parts.len(), 7, "{address}");
    assert!(secret.len() >= 24, "a secret that can be guessed: {secret}");
    let at = |workspace: &str, flow: &str, secret: &str| format!("http://{host}/hooks/{workspace}/{flow}/{secret}");
    let wrong = format!("{}x", &secret[..secret.len() - 1]);
    let unpublished = draft.flow.id.to_string();
    let started_by_hand = by_hand.flow.id.to_string();
    let mut none = vec![
        at(workspace, id, &wrong),
        at(workspace, id, &secret[1..]),
        at(workspace, "999", secret),
        at("999", id, secret),
        at("x", id, secret),
        at(workspace, "-1", secret),
        at(workspace, &unpublished, secret),
        at(workspace, &started_by_hand, secret),
        moved,
    ];
    let (off, is_off) = door.listens("Off", open(), vec![says("step_1", "Hello")]).await;
    door.studio.does(SwitchFlow { id: off.flow.id, on: false }).await;
    none.push(is_off);
    let (gone, is_gone) = door.listens("Gone", open(), vec![says("step_1", "Hello")]).await;
    door.studio.does(DeleteFlow { id: gone.flow.id }).await;
    none.push(is_gone);

    let before = door.posts(&none[0], &json!({})).await;
    assert_eq!(before.status, 404);
    assert!(before.json()["message"].as_str().unwrap().ends_with('.'), "{}", before.body);
    for address in &none {
        for address in [address.clone(), format!("{address}/sync")] {
            let refused = door.posts(&address, &json!({})).await;
            assert_eq!((refused.status, &refused.body), (404, &before.body), "{address}");
            assert!(!refused.body.contains(secret));
        }
    }
    for flow in [view.flow.id, draft.flow.id, away.flow.id, off.flow.id, by_hand.flow.id] {
        let runs = door.runs(flow).await;
        assert!(runs.is_empty(), "{runs:#?}");
    }
    // It was the address: the right one works, until its workspace is removed.
    assert_eq!(door.posts(&address, &json!({})).await.status, 200);
    let id = door.studio.caller.workspace.unwrap();
    door.studio.does(RemoveWorkspace { id }).await;
    let refused = door.posts(&address, &json!({})).await;
    assert_eq!((refused.status, &refused.body), (404, &before.body));
}

/// A tunnel calls under its own name, and a form of another site from there: the secret part of the address lets them in. What
/// is answered is not for that site to read.
#[tokio::test]
async fn the_address_lets_in_and_not_the_name_of_the_host_or_the_site() {
    let door = Door::open().await;
    let (view, address) = door.listens("Called", open(), vec![says("step_1", "Hello")]).await;
    for (name, value) in [("host", "hooks.example.com"), ("origin", "https://example.com"), ("origin", "null")] {
        let called = came(door.client.post(&address).header(name, value).body("{}")).await;
        assert_eq!(called.status, 200, "{name}: {value}");
        assert!(!called.headers.contains_key("access-control-allow-origin"));
        let wrong = came(door.client.post(format!("{address}x")).header(name, value)).await;
        assert_eq!(wrong.status, 404, "{name}: {value}");
        assert!(!wrong.headers.contains_key("access-control-allow-origin"));
    }
    assert_eq!(door.runs(view.flow.id).await.len(), 3);
    // Nothing else of the app is to be had there.
    let host = address.split("/hooks/").next().unwrap();
    for path in ["/", "/index.html", "/api/commands", "/api/rpc/app.about", "/hooks"] {
        assert_eq!(came(door.client.get(format!("{host}{path}"))).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_call_that_is_too_large_or_brings_no_password_begins_nothing() {
    let door = Door::open().await;
    let (view, address) = door.listens("Called", open(), vec![says("step_1", "Hello")]).await;
    let large = came(door.client.post(&address).body("x".repeat((10 << 20) + 1))).await;
    assert_eq!(large.status, 413);
    let message = large.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("10 MB") && message.ends_with('.'), "{message}");
    assert!(door.runs(view.flow.id).await.is_empty());

    let asks = json!({ "authType": "header", "authFields": { "headerName": "X-Key", "headerValue": "tulip" } });
    let (view, address) = door.listens("Asks", webhook(asks), vec![says("step_1", "Hello")]).await;
    for key in [None, Some(""), Some("tulips"), Some("Tulip")] {
        let request = door.client.post(&address);
        let refused = came(match key {
            None => request,
            Some(key) => request.header("x-key", key),
        });
        let refused = refused.await;
        assert_eq!(refused.status, 403, "{key:?}");
        assert!(!refused.body.contains("tulip"), "{}", refused.body);
    }
    assert!(door.runs(view.flow.id).await.is_empty());
    assert_eq!(came(door.client.post(&address).header("x-key", "tulip")).await.status, 200);
}

#[tokio::test]
async fn the_same_delivery_begins_one_run_however_often_it_comes() {
    let door = Door::open().await;
    let answer = answers("step_2", 200, json!("{{trigger['output']['body']['name']}}"));
    let (view, address) = door.listens("Called", open(), vec![says("step_1", "Hello"), answer.clone()]).await;
    let (other, elsewhere) = door.listens("Other", open(), vec![answer]).await;
    let sends = async |address: &str, header: &str, key: &str, name: &str| {
        let request = door.client.post(format!("{address}/sync")).header("content-type", "application/json");
        came(request.header(header, key).body(json!({ "name": name }).to_string())).await.body
    };
    assert_eq!(sends(&address, "idempotency-key", "delivery 1", "Ada").await, "Ada");
    assert_eq!(sends(&address, "Idempotency-Key", "delivery 1", "Bea").await, "Ada", "it is the same delivery");
    assert_eq!(door.runs(view.flow.id).await.len(), 1);
    assert_eq!(sends(&address, "webhook-id", "msg_2", "Cid").await, "Cid");
    assert_eq!(sends(&address, "webhook-id", "msg_2", "Dan").await, "Cid");
    assert_eq!(sends(&address, "idempotency-key", "", "Eve").await, "Eve", "nothing tells it from others");
    assert_eq!(sends(&address, "idempotency-key", "", "Flo").await, "Flo");
    assert_eq!(door.runs(view.flow.id).await.len(), 4);
    assert_eq!(
        sends(&elsewhere, "idempotency-key", "delivery 1", "Gus").await,
        "Gus",
        "another automation's is another"
    );
    assert_eq!(door.runs(other.flow.id).await.len(), 1);
    assert_eq!(door.said(view.flow.id).await.len(), 4);
}

fn form(waits: bool) -> PieceCall {
    let field = |name: &str, kind: &str, required: bool| json!({ "displayName": name, "type": kind, "description": "", "required": required });
    let inputs =
        [field("Your name", "text", true), field("Story <b>", "text_area", false), field("Urgent", "toggle", false)];
    let input = json!({ "waitForResponse": waits, "inputs": inputs });
    piece("@activepieces/piece-forms", "0.4.14", "form_submission", input)
}

/// What stands in a page where a browser would read it.
fn value_of<'p>(page: &'p str, name: &str) -> &'p str {
    let at = page.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}: {page}")).1;
    at.split_once("value=\"").unwrap().1.split_once('"').unwrap().0
}

#[tokio::test]
async fn a_form_is_a_page_that_is_filled_in_once() {
    let door = Door::open().await;
    let text = "{{trigger['output']['yourName']}}: {{trigger['output']['urgent']}}";
    let (view, address) = door.listens("<script>alert(1)</script>", form(false), vec![says("step_1", text)]).await;
    let page = came(door.client.get(&address)).await;
    assert_eq!(page.status, 200);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.headers["referrer-policy"], "no-referrer", "the address is a secret");
    assert!(page.body.contains("<form method=\"post\">") && page.body.contains("name=\"yourName\""), "{}", page.body);
    assert!(!page.body.contains("<script") && !page.body.contains("<b>"), "{}", page.body);
    let style = came(door.client.get(format!("{}/hooks/form.css", address.split("/hooks/").next().unwrap()))).await;
    assert_eq!((style.status, style.headers["content-type"].to_str().unwrap()), (200, "text/css; charset=utf-8"));

    let wrong = door.fills(&address, "yourName=&urgent=true").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("role=\"alert\"") && wrong.body.contains("checked"), "{}", wrong.body);
    assert!(door.runs(view.flow.id).await.is_empty(), "looking at a page starts nothing");

    let sent = format!("pmos-delivery={}&yourName=Ada+%26+Bea&urgent=true", value_of(&page.body, "pmos-delivery"));
    for _ in 0..2 {
        let thanked = door.fills(&address, &sent).await;
        assert_eq!(thanked.status, 200);
        assert!(thanked.body.contains("role=\"status\""), "{}", thanked.body);
    }
    let again = came(door.client.get(&address)).await;
    let other = format!("pmos-delivery={}&yourName=Cid&more=x", value_of(&again.body, "pmos-delivery"));
    assert_eq!(door.fills(&address, &other).await.status, 200);
    assert_eq!(door.said(view.flow.id).await, ["Ada & Bea: true", "Cid: false"], "sent twice, it is sent once");

    let program = door.posts(&address, &json!({ "yourName": "Dan", "urgent": false })).await;
    assert_eq!((program.status, program.body.as_str()), (200, "{}"));
    let wrong = door.posts(&address, &json!({ "urgent": false })).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.json()["message"].as_str().unwrap().contains("Your name"), "{}", wrong.body);
    assert_eq!(door.said(view.flow.id).await.last().unwrap(), "Dan: false");
}

#[tokio::test]
async fn whoever_fills_in_a_form_that_waits_reads_what_came_of_it() {
    let door = Door::open().await;
    let answer = json!({ "markdown": "Thanks, {{trigger['output']['yourName']}} <3" });
    let answer =
        Step::piece("step_1", "Answer", piece("@activepieces/piece-forms", "0.4.14", "return_response", answer));
    let (_, address) = door.listens("Waits", form(true), vec![answer]).await;
    let read = door.fills(&address, "yourName=Ada").await;
    assert_eq!(read.status, 200);
    let plain = read.body.replace("&#32;", " ");
    assert!(plain.contains("Thanks, Ada &lt;3") || plain.contains("Thanks&#44; Ada &lt;3"), "{plain}");
    let breaks = Step::code("step_1", "Break", "export const code = async () => { throw new Error('ink'); };");
    let (_, address) = door.listens("Breaks", form(true), vec![breaks]).await;
    let read = door.fills(&address, "yourName=Ada").await;
    assert_eq!(read.status, 500);
    assert!(read.body.replace("&#32;", " ").contains("did not work"), "{}", read.body);
}

#[tokio::test]
async fn an_address_outlives_the_app_and_nobody_answers_while_it_is_closed() {
    let door = Door::open().await;
    let (view, address) = door.listens("Called", open(), vec![says("step_1", "Hello")]).await;
    let Door { studio, serving, client } = door;
    let before = studio.does(ShowFlow { id: view.flow.id, known: None }).await.document;
    studio.engine.close().await;
    serving.await.unwrap();
    // The app of another test may have taken the port meanwhile: it knows of no such address.
    let answer = client.post(&address).send().await;
    assert!(answer.is_err() || answer.is_ok_and(|answer| answer.status() == 404), "somebody still listens");

    // The workspace of a call is opened for it, whether or not a window shows it.
    let parts: Vec<&str> = address.split('/').collect();
    let Studio { engine, caller, time, folder } = studio;
    drop(engine);
    let engine = engine::Engine::open(super::small(&folder, &time)).await.unwrap();
    let call = HookCall {
        workspace: parts[4].into(),
        target: HookTarget::Flow(parts[5].into()),
        secret: parts[6].into(),
        waits: false,
        method: "POST".into(),
        headers: Vec::new(),
        query: Vec::new(),
        body: String::new(),
    };
    assert_eq!(engine.hook(call).await.unwrap().status, 200);
    let studio = Studio { engine, caller, time, folder };
    let door = Door { serving: tokio::spawn(server::serve_hooks(studio.engine.clone())), studio, client };
    assert_eq!(door.runs(view.flow.id).await.len(), 1);
    let view = door.studio.does(ShowFlow { id: view.flow.id, known: None }).await;
    assert_eq!(view.document, before);
    door.studio.engine.close().await;
    door.serving.await.unwrap();
}
