use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sandbox::{Limits, run};

fn small() -> Limits {
    Limits { memory: 8 << 20, time: Duration::from_millis(300), console: 100, ..Limits::default() }
}

async fn ran(source: &str, inputs: Value) -> Result<(Value, Vec<String>), String> {
    let ran = run(source.to_owned(), inputs, Limits { time: Duration::from_secs(20), ..small() }).await;
    ran.result.map(|output| (output, ran.console)).map_err(|failure| failure.message)
}

#[tokio::test]
async fn code_gets_its_inputs_and_gives_json_back() {
    let source = "export const code = async (inputs) => {\n  const items = inputs.items ?? [];\n  \
                  const total = items.reduce((a, b) => a + b.price * b.qty, 0);\n  console.log('total', total, { a: [1] });\n  \
                  return { total, customer: inputs.who, nothing: undefined, when: new Date(0) };\n};";
    let inputs = json!({ "who": "Ada", "items": [{ "price": 30, "qty": 3 }, { "price": 9, "qty": 2 }] });
    let (output, console) = ran(source, inputs).await.unwrap();
    assert_eq!(output, json!({ "total": 108, "customer": "Ada", "when": "1970-01-01T00:00:00.000Z" }));
    assert_eq!(console, ["total 108 {\"a\":[1]}"]);
}

#[tokio::test]
async fn code_need_not_be_asynchronous_and_may_return_nothing() {
    assert_eq!(ran("export const code = () => {};", json!({})).await.unwrap().0, Value::Null);
    let awaited = "export const code = async () => { const a = await Promise.resolve(2); return a * 21; };";
    assert_eq!(ran(awaited, json!({})).await.unwrap().0, json!(42));
}

#[tokio::test]
async fn what_code_throws_is_told_as_a_server_tells_it() {
    let table = [
        ("export const code = async (i) => i.items.reduce((a) => a);", "TypeError: "),
        ("export const code = async () => { throw new Error('boom yes'); };", "Error: boom yes"),
        ("export const code = async () => { throw { code: 7 }; };", "{\"code\":7}"),
        ("export const code = async () => { syntax error", "SyntaxError: "),
        ("export const other = 1;", "The code exports no function `code`."),
        ("import fs from 'fs'; export const code = () => fs.readFileSync('/etc/passwd');", ""),
        ("export const code = async () => fetch('http://127.0.0.1');", "ReferenceError: "),
        ("export const code = async () => process.env;", "ReferenceError: "),
        ("export const code = async () => require('fs');", "ReferenceError: "),
        ("export const code = () => new Promise(() => {});", "The code waits for something that never comes."),
        ("export const code = () => { const f = () => f(); return f(); };", ""),
        ("export const code = () => 10n;", "TypeError: "),
    ];
    for (source, message) in table {
        let error = ran(source, json!({})).await.unwrap_err();
        assert!(error.starts_with(message) && !error.is_empty(), "{source}: {error}");
    }
}

#[tokio::test]
async fn code_that_never_ends_is_stopped() {
    for source in [
        "export const code = () => { for (;;); };",
        "export const code = async () => { for (;;) { try { for (;;); } catch {} } };",
        "for (;;); export const code = () => 1;",
        "export const code = async () => { for (;;) await null; };",
    ] {
        let failure = run(source.to_owned(), json!({}), small()).await.result.unwrap_err();
        assert!(failure.message.contains("was stopped. Look for a loop"), "{source}: {}", failure.message);
    }
}

#[tokio::test]
async fn code_that_takes_all_memory_is_stopped() {
    let source = "export const code = () => { const all = []; for (;;) all.push('x'.repeat(1000) + all.length); };";
    let limits = Limits { time: Duration::from_secs(20), ..small() };
    let failure = run(source.to_owned(), json!({}), limits).await.result.unwrap_err();
    assert!(failure.message.contains("8 MB of memory"), "{}", failure.message);
}

#[tokio::test]
async fn code_that_nobody_waits_for_ends() {
    let limits = Limits { time: Duration::from_secs(3600), ..small() };
    let before = Instant::now();
    let endless = run("export const code = () => { for (;;); };".to_owned(), json!({}), limits);
    assert!(tokio::time::timeout(Duration::from_millis(50), endless).await.is_err());
    // The runtime of this test cannot end before the thread of the code has.
    assert!(before.elapsed() < Duration::from_secs(3000));
}

#[tokio::test]
async fn the_console_is_cut_and_kept_when_code_fails() {
    let source = "export const code = () => { for (let i = 0; i < 1e4; i++) console.error('line', i); throw 'x'; };";
    let broke = run(source.to_owned(), json!({}), Limits { time: Duration::from_secs(20), ..small() }).await;
    assert!(broke.result.is_err());
    assert_eq!(broke.console.first().unwrap(), "line 0");
    assert!(broke.console.last().unwrap().contains("more was written"));
    assert!(broke.console.len() < 30);
}

#[tokio::test]
async fn two_runs_share_nothing() {
    let source = "export const code = () => { const n = (globalThis.n ?? 0) + 1; globalThis.n = n; Object.prototype.x = n; return n; };";
    assert_eq!(ran(source, json!({})).await.unwrap().0, json!(1));
    assert_eq!(ran(source, json!({})).await.unwrap().0, json!(1));
}
