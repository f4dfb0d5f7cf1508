//! Kills while automations run: each effect of each run happens once, wherever the program was killed.
//!
//! Two kinds of effect are looked at. What goes to Basecamp is known by its key and is told once by itself. A call over HTTP is
//! known to nobody: there the run asks a person whether it happened, and the person here looks at the server, as a person would.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use flow::{Chain, Kind, PieceCall, Step};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Point, Story};
use crate::flows::{by_hand, flow, piece};
use crate::shell::in_use;

/// The items that each run goes over.
const ITEMS: usize = 4;
/// Lines that a start logs until its last run has ended, about.
const LINES: usize = 90;
/// So many kills are wanted.
const KILLS: usize = 100;

/// A server that counts what it is called with.
struct Counter {
    address: String,
    calls: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Counter {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let calls = Arc::<Mutex<BTreeMap<String, usize>>>::default();
        let counted = calls.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let counted = counted.clone();
                tokio::spawn(async move {
                    let mut bytes = [0_u8; 4096];
                    let read = stream.read(&mut bytes).await.unwrap_or(0);
                    let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
                    let path = text.split_whitespace().nth(1).unwrap_or_default().to_owned();
                    if path.is_empty() {
                        return;
                    }
                    *counted.lock().unwrap().entry(path).or_default() += 1;
                    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{}";
                    let _ = stream.write_all(answer.as_bytes()).await;
                });
            }
        });
        Self { address, calls }
    }

    fn times(&self, path: &str) -> usize {
        self.calls.lock().unwrap().get(path).copied().unwrap_or(0)
    }
}

/// For each item: a to-do, then a call over HTTP.
fn errands(list: &Value, address: &str) -> flow::Flow {
    let mut over = Step::loop_on("step_1", "For each", "{{trigger['output']['items']}}");
    let item = "{{trigger['output']['name']}}-{{step_1['output']['item']}}";
    let todo = json!({ "parent": list, "title": item });
    let send = json!({ "method": "POST", "url": format!("{address}/{item}"), "body_type": "none" });
    let step = |name: &str, label: &str, call: PieceCall| Step::piece(name, label, call);
    let inside = vec![
        Step::code("step_2", "Think", "export const code = async () => ({ thought: 'yes' });"),
        step("step_3", "Make it", piece("@pmos/piece-basecamp", "0.1.0", "create_todo", todo)),
        step("step_4", "Send it", piece("@activepieces/piece-http", "0.11.9", "send_request", send)),
    ];
    if let Kind::Loop(held) = &mut over.kind {
        held.body = Chain::from(inside);
    }
    flow("Errands", by_hand(), vec![over])
}

/// Publishes the flow; its id.
fn published(story: &Story, errands: &flow::Flow) -> Value {
    let document = serde_json::to_string(errands).unwrap();
    let made = story.shell.does("flow.create", &json!({ "name": "Errands", "document": document }));
    let id = made["flow"]["id"].clone();
    let check = story.shell.does("flow.check", &json!({ "id": id }));
    assert_eq!(check["errors"], 0, "{}", check["findings"]);
    let allow: Vec<&Value> = check["needs"].as_array().unwrap().iter().map(|need| &need["key"]).collect();
    story.shell.does("flow.publish", &json!({ "id": id, "revision": made["revision"], "allow": allow }));
    id
}

/// A person looks whether what may have happened did, and says so. True while a run goes on.
fn looks(story: &Story, counter: &Counter) -> bool {
    let list = story.shell.does("run.list", &json!({ "statuses": ["QUEUED", "RUNNING", "PAUSED"] }));
    let runs = list["runs"].as_array().unwrap();
    for run in runs {
        let asks = run["waits"]["answers"].as_array().is_some_and(|answers| answers.contains(&json!("try-again")));
        if !asks {
            continue;
        }
        let shown = story.shell.does("run.show", &json!({ "id": run["id"] }));
        let steps = shown["steps"].as_array().unwrap();
        let doubted = steps.iter().rfind(|step| step["name"] == "step_4").unwrap();
        let input: Value = serde_json::from_str(doubted["input"].as_str().unwrap()).unwrap_or_default();
        let path = input["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap().to_owned();
        let answer = if counter.times(&format!("/{path}")) > 0 { "it-happened" } else { "try-again" };
        story.shell.call("run.answer", &json!({ "id": run["id"], "answer": answer }));
    }
    !runs.is_empty()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_automations() {
    let mut story = Story::fetched(23).await;
    let counter = Counter::start().await;
    let list = in_use(&story.sim, "A list in use");
    let id = published(&story, &errands(&list, &counter.address));
    let items: Vec<String> = (0..ITEMS).map(|item| item.to_string()).collect();
    let mut names = Vec::new();
    for round in 0..80 {
        let name = format!("errand{round}");
        let payload = json!({ "name": name, "items": items }).to_string();
        let point = Point::Logged(40 + story.dice.below(LINES));
        let answer = story.killed("flow.run", &json!({ "id": id, "payload": payload }), point).await;
        // One that was killed before it could say that it began may have begun all the same.
        let began = story.shell.does("run.list", &json!({ "limit": 200 }));
        let began = began["runs"].as_array().unwrap().len();
        assert!(began == names.len() || began == names.len() + 1, "{began} runs after {}", names.len());
        assert!(began > names.len() || !answer.out.contains("\"id\""), "a run was acknowledged and is lost");
        if began > names.len() {
            names.push(name);
        }
        for _ in 0..3 {
            let point = Point::Logged(10 + story.dice.below(LINES));
            story.killed("run.list", &json!({}), point).await;
        }
        for _ in 0..40 {
            if !looks(&story, &counter) {
                break;
            }
        }
        if story.kills >= KILLS {
            break;
        }
    }
    story.settles();
    let runs = story.shell.does("run.list", &json!({ "limit": 200 }));
    let stands: Vec<&Value> = runs["runs"].as_array().unwrap().iter().map(|run| &run["status"]).collect();
    assert!(stands.iter().all(|status| **status == "SUCCEEDED"), "{stands:?}");
    let truth = story.sim.truth();
    for name in &names {
        for item in &items {
            let effect = format!("{name}-{item}");
            let made = truth.iter().filter(|fact| fact.title == effect).count();
            assert_eq!((made, counter.times(&format!("/{effect}"))), (1, 1), "{effect}: to-dos, calls");
        }
    }
    assert!(names.len() > 10, "only {} runs began", names.len());
    story.ends(KILLS).await;
}
