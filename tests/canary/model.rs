//! The key of a model: given once, sent to its server alone, and nowhere else to be found, also when the server repeats it in
//! what it says.

use contract::Code;
use serde_json::{Value, json};
use sim::Sim;

use super::{MODEL_KEY, PASSPHRASE, TOKEN, Watch, shell, world};
use crate::program::serving::Served;
use crate::shell::{Shell, says, token};
use crate::support::{Reply, Scripted};

/// Ways in which a server repeats the key that it refuses.
fn echoes() -> Vec<Reply> {
    let words = [
        format!("Incorrect API key provided: {MODEL_KEY}. You can find your key in your account."),
        format!("The key \"{MODEL_KEY}\" (Bearer {MODEL_KEY}) is not known"),
        format!("key={MODEL_KEY}&model=m: {}", MODEL_KEY.repeat(30)),
        format!("[{MODEL_KEY}],<{MODEL_KEY}>;{MODEL_KEY}"),
    ];
    let mut replies: Vec<Reply> = Vec::new();
    for words in &words {
        let body = json!({ "error": { "message": words, "code": MODEL_KEY, "type": MODEL_KEY, "param": MODEL_KEY } });
        replies.push(Reply::Refuses(401, body.to_string()));
        replies.push(Reply::Refuses(403, words.clone()));
    }
    replies.push(Reply::Refuses(400, format!("<html><body>{MODEL_KEY}</body></html>")));
    replies.push(Reply::Refuses(404, json!({ "error": MODEL_KEY }).to_string()));
    replies.push(Reply::Refuses(402, json!({ "detail": MODEL_KEY, "message": MODEL_KEY }).to_string()));
    replies.push(Reply::Refuses(
        401,
        json!({ "error": { "message": format!("{MODEL_KEY}{}", "x".repeat(1 << 20)) } }).to_string(),
    ));
    replies
}

/// A server that refuses the key in each of these ways, so many times each, and then answers.
async fn server(times: usize) -> (Scripted, usize) {
    let replies = echoes();
    let refusals = replies.len();
    let mut replies = replies.into_iter().flat_map(|reply| vec![reply; times]).collect::<Vec<_>>().into_iter();
    let model = Scripted::start(move |body| {
        let last = body["messages"].as_array().unwrap().last().unwrap();
        match replies.next() {
            Some(reply) => reply,
            None if last["role"] == "tool" => Reply::says("There are some projects."),
            None => Reply::calls(vec![("directory.show", json!({}))]),
        }
    })
    .await;
    (model, refusals)
}

fn connection(model: &Scripted, label: &str) -> Value {
    json!({ "vendor": "compatible", "model": "m", "label": label, "base": model.base(), "key": MODEL_KEY })
}

async fn ready() -> (Sim, Shell) {
    let (sim, shell) = (world().await, shell());
    shell.tell("vault.file", &json!({ "passphrase": PASSPHRASE })).reply();
    shell.tell("signin.token", &token(&sim, TOKEN)).reply();
    shell.connects(&sim);
    (sim, shell)
}

/// It was really used: every request carried it, and none told it to the model.
fn used(watch: &mut Watch, model: &Scripted, least: usize) {
    let heads = model.heads();
    assert!(heads.len() >= least, "{} requests", heads.len());
    for head in heads {
        assert!(head.contains(&format!("authorization: bearer {MODEL_KEY}")), "the key was not sent");
    }
    for body in model.asked() {
        watch.sees("what the model was told", body.to_string());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_key_of_a_model_leaves_no_trace_on_the_command_line() {
    let ((_sim, shell), mut watch) = (ready().await, Watch::default());
    let (model, refusals) = server(1).await;
    let tell = |watch: &mut Watch, name: &str, input: &Value| watch.hears(name, shell.tell(name, input));
    // The key where something else belongs, and JSON that is cut short.
    let input = connection(&model, "Ours");
    for bad in [
        json!({ "vendor": "compatible", "model": "m", "kee": MODEL_KEY }),
        json!({ "vendor": "compatible", "model": "m", "key": { "value": MODEL_KEY } }),
        json!({ "vendor": MODEL_KEY, "model": "m" }),
        json!([MODEL_KEY]),
    ] {
        tell(&mut watch, "model.connect", &bad).refused(Code::Invalid);
    }
    let cut = input.to_string().replace('}', "");
    watch.hears("a cut input", shell.tell_text(&["call", "model.connect", "-"], &cut)).refused(Code::Invalid);
    // Where there is no place for it, it is not kept elsewhere.
    tell(&mut watch, "vault.lock", &json!({}));
    tell(&mut watch, "model.connect", &input).reply();
    let models = tell(&mut watch, "model.list", &json!({})).reply();
    assert_eq!(models["models"][1]["has_key"], true, "{models}");
    tell(&mut watch, "model.usual", &json!({ "id": "1" })).reply();

    let mut running = shell.start(&["call", "model.test", "{\"id\":\"1\"}"]);
    assert!(running.logs(1).await, "it ended before anything was logged");
    watch.sees_arguments(&running);
    let trial = running.over().await;
    let trial = watch.hears("model.test", trial).reply();
    assert_eq!(trial["works"], false, "{trial}");
    assert!(trial["message"].as_str().unwrap().contains("did not accept the key"), "{trial}");
    // The trial took the first.
    for round in 0..refusals {
        let id = tell(&mut watch, "chat.start", &json!({})).reply()["id"].clone();
        tell(&mut watch, "chat.say", &json!({ "conversation": id, "text": format!("What is there? {round}") })).reply();
        let view = tell(&mut watch, "chat.show", &json!({ "id": id })).reply();
        let last = view["lines"].as_array().unwrap().last().unwrap();
        assert!(round + 1 == refusals || last["item"]["item"] == "ended", "{last}");
        for format in ["markdown", "json"] {
            let written = tell(&mut watch, "chat.export", &json!({ "id": id, "format": format })).reply();
            assert!(written["text"].as_str().unwrap().contains("What is there?"), "{written}");
        }
        if round == refusals / 2 {
            watch.sees_files("while it talks", &shell.data());
        }
    }
    let found = tell(&mut watch, "chat.list", &json!({ "query": MODEL_KEY.replace("canary", "") })).reply();
    assert_eq!(found, json!([]), "it was said in a conversation");
    used(&mut watch, &model, refusals + 2);
    tell(&mut watch, "model.disconnect", &json!({ "id": "1" })).reply();
    watch.sees_files("in the end", shell.folder.path());
    let logged = watch.heard.iter().filter(|(what, _)| what.starts_with("the log of chat.say"));
    assert!(logged.map(|(_, bytes)| bytes.len()).sum::<usize>() > 10_000, "nothing was logged");
    assert_eq!(watch.leaks(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_key_of_a_model_leaves_no_trace_over_http() {
    let ((_sim, shell), mut watch) = (ready().await, Watch::default());
    let (model, refusals) = server(2).await;
    let served = Served::start(&shell).await;
    watch.sees_arguments(&served.running);
    let ticket = served.asks(reqwest::Method::POST, "/api/ticket").header("x-pmos-token", &served.token);
    let ticket = ticket.send().await.unwrap().text().await.unwrap();
    let path = format!("/api/events?ticket={ticket}&workspace=1");
    let mut stream = served.asks(reqwest::Method::GET, &path).send().await.unwrap();
    let call = async |watch: &mut Watch, name: &str, input: &Value| -> Value {
        let answer = served.calls(name, input).await;
        watch.sees(format!("the headers of {name}"), format!("{:?}", answer.headers()));
        let text = answer.text().await.unwrap();
        watch.sees(format!("the answer of {name}"), text.clone());
        serde_json::from_str(&text).unwrap()
    };
    let models = call(&mut watch, "model.connect", &connection(&model, "Ours")).await;
    assert_eq!(models["models"][1]["has_key"], true, "{models}");
    call(&mut watch, "model.usual", &json!({ "id": "1" })).await;
    let mut heard = String::new();
    // A trial and a turn for each, and at last an answer.
    for round in 0..=refusals {
        let trial = call(&mut watch, "model.test", &json!({ "id": "1" })).await;
        assert!(trial["message"].is_string(), "{trial}");
        let id = call(&mut watch, "chat.start", &json!({})).await["id"].clone();
        call(&mut watch, "chat.say", &json!({ "conversation": id, "text": format!("Hello {round}") })).await;
        // Told to those who listen, until the turn is over.
        let over = format!("\"conversation\":{id}");
        let ended = |heard: &str| heard.lines().any(|line| line.contains(&over) && line.contains("\"ended_at\":\"20"));
        while !ended(&heard) {
            let piece = stream.chunk().await.unwrap().expect("the events ended");
            heard.push_str(&String::from_utf8_lossy(&piece));
        }
        for format in ["markdown", "json"] {
            call(&mut watch, "chat.export", &json!({ "id": id, "format": format })).await;
        }
    }
    watch.sees("the events", heard);
    used(&mut watch, &model, refusals * 2 + 2);
    watch.sees_files("while serving", &shell.data());
    let answer = served.running.interrupted().await;
    watch.hears("pm-os serve", answer);
    watch.sees_files("in the end", shell.folder.path());
    assert_eq!(watch.leaks(), [""; 0]);
}

/// A key that was given as a name, which is kept and shown; and one that somebody says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn canary_watch_finds_the_key_of_a_model_where_it_was_planted() {
    let ((_sim, shell), mut watch) = (ready().await, Watch::default());
    let model = Scripted::saying(vec![]).await;
    let answer = watch.hears("connecting", shell.tell("model.connect", &connection(&model, MODEL_KEY)));
    answer.reply();
    let id = shell.does("chat.start", &json!({}))["id"].clone();
    shell.does("chat.draft", &json!({ "id": id, "text": format!("My key is {MODEL_KEY}") }));
    watch.sees_files("in the end", &shell.data());
    let leaks = watch.leaks();
    for place in ["app.db", "1.db", "the output of connecting"] {
        assert!(leaks.iter().any(|leak| leak.contains(place)), "not found in {place}: {leaks:?}");
    }
    let fault = shell.tell("model.connect", &json!({ "vendor": "compatible", "model": "m", "key": 7 })).fault();
    says(&fault, &["model.connect"]);
}
