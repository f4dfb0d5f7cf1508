//! The doors between a page and the app, knocked at as a page that was taken over would: every command with input that is none,
//! too long, too deep or foreign, from the main window and from the quick chat. Whatever comes, the answer is a sentence, and
//! nothing has changed.

use contract::{Effect, TABLE};
use serde_json::{Value, json};

use super::{Desk, drive};

/// Calls each name with this input, and tells what came of it: `Ok`, the code of the fault, or why there was no answer.
const KNOCK: &str = "
    const [names, payload, workspace, done] = arguments;
    const text = (answer) => answer instanceof ArrayBuffer ? new TextDecoder().decode(answer) : answer;
    const told = (body) => {
        try {
            const answer = JSON.parse(body);
            return 'Ok' in answer ? 'Ok' : answer.Err.message ? answer.Err.code : 'no words: ' + body;
        } catch (why) { return 'not JSON: ' + why; }
    };
    (async () => {
        const all = [];
        for (const name of names) {
            all.push(await window.__TAURI__.core.invoke('rpc', { name, payload, workspace })
                .then((answer) => told(text(answer)), (why) => 'rejected: ' + why));
        }
        done(all);
    })();";
/// Invokes one of the shell's own commands.
const INVOKE: &str = "
    const [command, input, done] = arguments;
    window.__TAURI__.core.invoke(command, input).then(() => done('done'), (why) => done('refused: ' + why));";
/// The most that a command may be given, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn whatever_comes_through_the_doors_is_answered_and_changes_nothing() {
    drive("ipc", async |desk| {
        desk.open_sample().await;
        let before = stands(desk).await;
        no_input_at_all(desk).await;
        what_nobody_may_send(desk).await;
        is_as_before(desk, &before).await;
        from_the_wrong_window(desk).await;
        is_as_before(desk, &before).await;
    });
}

/// What is to be the same afterwards, by the command that tells it.
async fn stands(desk: &mut Desk) -> Vec<(&'static str, Value)> {
    let mut told = Vec::new();
    for (name, input) in [
        ("workspace.list", json!({})),
        ("vault.status", json!({})),
        ("model.list", json!({})),
        ("history.list", json!({})),
        ("task.find", json!({ "limit": 1000 })),
        ("flow.list", json!({})),
        ("table.list", json!({})),
        ("permission.show", json!({})),
        ("automation.show", json!({})),
    ] {
        let mut now = desk.call(name, &input).await;
        // The quick chat opens the workspace by itself, and automations of the sample run by the clock.
        for row in now.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            for passing in ["opened_at", "last_run", "runs", "failed", "days"] {
                row.remove(passing);
            }
        }
        told.push((name, now));
    }
    told.push(("settings", desk.call("app.status", &json!({})).await["settings"].clone()));
    told
}

async fn is_as_before(desk: &mut Desk, before: &[(&'static str, Value)]) {
    for ((name, before), (_, now)) in before.iter().zip(stands(desk).await) {
        let (before, now) = (before.to_string(), now.to_string());
        let at = before.bytes().zip(now.bytes()).take_while(|(one, other)| one == other).count().saturating_sub(80);
        let part = |text: &str| text.chars().skip(at).take(200).collect::<String>();
        assert!(before == now, "{name} is another: …{}… is …{}…", part(&before), part(&now));
    }
}

async fn knock(desk: &mut Desk, names: &[&str], payload: &str, workspace: &Value) -> Vec<String> {
    let arguments = vec![json!(names), json!(payload), workspace.clone()];
    let answer = desk.client().execute_async(KNOCK, arguments).await.unwrap();
    serde_json::from_value(answer).unwrap()
}

/// Text that is no object with known members is refused by every command, whatever it asks for.
async fn no_input_at_all(desk: &mut Desk) {
    let names: Vec<&str> = TABLE.iter().map(|command| command.name).collect();
    let deep = "[".repeat(100_000);
    let nested = "{\"a\":".repeat(100_000);
    for payload in ["{", "null", "7", "\"'; drop table item; --\"", "{\"id\":1}{\"id\":2}", "\u{0}", &deep, &nested] {
        let answers = knock(desk, &names, payload, &json!("1")).await;
        let start: String = payload.chars().take(40).collect();
        for (name, answer) in names.iter().zip(answers) {
            assert_eq!(answer, "invalid", "{name} to {start:?}");
        }
    }
}

/// Names, workspaces and lengths that are none.
async fn what_nobody_may_send(desk: &mut Desk) {
    let long = "a".repeat(1 << 20);
    for name in ["", "today", "today.show ", "TODAY.SHOW", "../../etc/passwd", "__proto__", "constructor", &long] {
        let answers = knock(desk, &[name], "{}", &json!("1")).await;
        assert_eq!(answers, ["not-found"], "{}", name.chars().take(40).collect::<String>());
    }
    for workspace in ["", "x", "-", "1.5", "99999999999999999999", "1; drop table item", "０"] {
        let answers = knock(desk, &["today.show"], "{}", &json!(workspace)).await;
        assert_eq!(answers, ["invalid"], "{workspace}");
    }
    for workspace in ["0", "-1", "404"] {
        let answers = knock(desk, &["today.show"], "{}", &json!(workspace)).await;
        assert_eq!(answers, ["not-found"], "{workspace}");
    }
    let oversize = format!("{{\"text\":\"{}\"}}", "a".repeat(LONGEST));
    assert_eq!(knock(desk, &["chat.say", "today.show"], &oversize, &json!("1")).await, ["invalid", "invalid"]);
    for address in ["file:///etc/passwd", "javascript:alert(1)", "http://localhost.evil.example/", "pmos://item/1", ""]
    {
        let answer = invoke(desk, "open_outside", json!({ "url": address })).await;
        assert!(answer.starts_with("refused: "), "{address}: {answer}");
    }
    for (command, input) in [
        ("rpc", json!({ "name": 7, "payload": [] })),
        ("rpc", json!({})),
        ("desktop_change", json!({ "change": { "shortcut": "x".repeat(10_000) } })),
        ("desktop_change", json!({ "change": { "unknown": true } })),
        ("plugin:shell|execute", json!({ "program": "sh", "args": ["-c", "true"] })),
        ("plugin:fs|read_file", json!({ "path": "/etc/passwd" })),
        ("plugin:store|load", json!({ "path": "/tmp/elsewhere.json" })),
        ("plugin:opener|open_path", json!({ "path": "/etc/passwd" })),
        ("plugin:global-shortcut|unregister_all", json!({})),
        ("plugin:autostart|enable", json!({})),
        ("plugin:deep-link|register", json!({ "protocol": "https" })),
        ("plugin:webview|create_webview_window", json!({ "options": { "label": "third", "url": "index.html" } })),
        ("no_such_command", json!({})),
    ] {
        let answer = invoke(desk, command, input).await;
        assert!(answer.starts_with("refused: "), "{command}: {answer}");
    }
}

async fn invoke(desk: &mut Desk, command: &str, input: Value) -> String {
    let answer = desk.client().execute_async(INVOKE, vec![json!(command), input]).await.unwrap();
    answer.as_str().unwrap().to_owned()
}

/// The quick chat reads and talks. Everything else it is refused before its input is looked at.
async fn from_the_wrong_window(desk: &mut Desk) {
    let (main, quick) = super::quick::windows(desk).await;
    desk.client().switch_to_window(quick).await.unwrap();
    desk.until("the quick chat is there", "return document.querySelector('#chat-field, #quick-first') !== null;", &[])
        .await;
    let talks = |name: &str| name.starts_with("chat.") || name == "workspace.open";
    let refused: Vec<&str> = TABLE
        .iter()
        .filter(|command| command.effect != Effect::Read && !(command.effect == Effect::Local && talks(command.name)))
        .map(|command| command.name)
        .collect();
    assert!(refused.len() > 50, "{refused:?}");
    for payload in ["{}", "null", "{\"id\":\"1\"}"] {
        let answers = knock(desk, &refused, payload, &json!("1")).await;
        for (name, answer) in refused.iter().zip(answers) {
            assert_eq!(answer, "forbidden", "{name} from the quick chat");
        }
    }
    for command in ["desktop_change", "desktop_log", "desktop_show", "quick_show"] {
        let input = json!({ "change": { "shortcut": "" } });
        let answer = invoke(desk, command, input).await;
        assert!(answer.starts_with("refused: "), "{command} from the quick chat: {answer}");
    }
    desk.client().switch_to_window(main).await.unwrap();
}
