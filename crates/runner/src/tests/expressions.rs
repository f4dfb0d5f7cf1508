use std::collections::BTreeMap;
use std::sync::Arc;

use flow::Syntax;
use serde_json::{Value, json};

use super::kit::{Kit, Safe, act, code, flow, output};
use crate::expr::{Resolved, Scope, Seen, resolve, wants};
use crate::{RunStatus, sandbox};

fn safe() -> Safe {
    let connections = [
        ("slack".to_owned(), json!({ "type": "SECRET_TEXT", "secret_text": "xoxb-very-secret" })),
        ("mail".to_owned(), json!({ "type": "BASIC_AUTH", "username": "ada", "password": "p\"w/d é" })),
    ];
    let variables = BTreeMap::from([("HOST".to_owned(), json!("example.org"))]);
    Safe { connections: connections.into_iter().collect(), variables }
}

fn scope(syntax: Syntax) -> Scope {
    let order = json!({
        "total": 108, "half": 5.0, "name": "Ada", "empty": null, "flag": false, "key with 'quote'": 1,
        "items": [{ "name": "apple", "tags": ["red", "sweet"] }, { "name": "pear", "tags": [] }],
    });
    let mut scope = Scope::new(syntax);
    scope.steps.insert("step_1".into(), Seen { output: Some(Arc::new(order)), error: None });
    scope.steps.insert("step_2".into(), Seen { output: None, error: Some("{\"message\":\"no\"}".into()) });
    scope
}

async fn evaluated(input: Value, syntax: Syntax) -> Resolved {
    resolve(&input, &scope(syntax), &safe(), sandbox::Limits::default()).await.unwrap()
}

async fn one(text: &str) -> Value {
    evaluated(json!(text), Syntax::Wrapped).await.input
}

#[tokio::test]
async fn an_expression_alone_keeps_its_type_and_within_a_text_is_written_out() {
    let table = [
        ("{{step_1['output']['total']}}", json!(108)),
        ("  {{ step_1.output.total }} ", json!(108)),
        ("{{step_1['output']['items'][1]['name']}}", json!("pear")),
        (
            "{{step_1['output']['items']}}",
            json!([{ "name": "apple", "tags": ["red", "sweet"] }, { "name": "pear", "tags": [] }]),
        ),
        ("{{step_1['output']['flag']}}", json!(false)),
        ("{{step_1['output']['items'].length}}", json!(2)),
        ("{{step_1['output']['name'].length}}", json!(3)),
        ("{{step_1['output']['name'][0]}}", json!("A")),
        ("{{step_2['error']['message']}}", json!("{\"message\":\"no\"}")),
        ("Total: {{step_1['output']['total']}}!", json!("Total: 108!")),
        ("{{step_1['output']['half']}} or {{step_1['output']['flag']}}", json!("5 or false")),
        ("{{step_1['output']['items'][0]}}.", json!("{\"name\":\"apple\",\"tags\":[\"red\",\"sweet\"]}.")),
        ("no expression { here }", json!("no expression { here }")),
        ("{{ never closed", json!("{{ never closed")),
    ];
    for (text, value) in table {
        assert_eq!(one(text).await, value, "{text}");
    }
}

#[tokio::test]
async fn what_is_more_than_a_way_is_javascript() {
    let table = [
        ("{{step_1['output']['total'] * 2}}", json!(216)),
        ("{{step_1['output']['items'].map((item) => item.name).join(', ')}}", json!("apple, pear")),
        ("{{step_1.output.name.toUpperCase()}} ok", json!("ADA ok")),
        ("{{ step_1.output.total > 100 ? 'big' : 'small' }}", json!("big")),
        ("{{ Object.keys({ a: 1, b: { c: 2 } }) }}", json!(["a", "b"])),
        ("{{ `${step_1.output.name}!` }}", json!("Ada!")),
        ("{{ flattenNestedKeys(step_1, ['output', 'items', 'name']) }}", json!(["apple", "pear"])),
        ("- {{ flattenNestedKeys(step_1, ['output', 'items', 'tags']) }}", json!(["- red", "- sweet"])),
    ];
    for (text, value) in table {
        assert_eq!(one(text).await, value, "{text}");
    }
}

#[tokio::test]
async fn what_leads_nowhere_is_empty_and_told() {
    let table = [
        "{{step_1['output']['nothing']}}",
        "{{step_1['output']['empty']}}",
        "{{step_1['output']['items'][9]['name']}}",
        "{{step_1['total']}}",
        "{{step_9['output']}}",
        "{{step_2['output']}}",
        "{{step_1.output.name.nope()}}",
        "{{ while }}",
        "{{ }}",
        "{{variables['MISSING']}}",
    ];
    for text in table {
        let resolved = evaluated(json!({ "body": { "a": [text] } }), Syntax::Wrapped).await;
        assert_eq!(resolved.input["body"]["a"][0], json!(""), "{text}");
        assert_eq!(resolved.warnings.len(), 1, "{text}");
        assert!(resolved.warnings[0].starts_with("body.a[0]: {{"), "{:?}", resolved.warnings);
        let inside = evaluated(json!(format!("[{text}]")), Syntax::Wrapped).await;
        assert_eq!(inside.input, json!("[]"), "{text}");
    }
}

#[tokio::test]
async fn up_to_version_21_a_step_is_what_it_brought() {
    let bare = |text: &'static str| async move { evaluated(json!(text), Syntax::Bare).await.input };
    assert_eq!(bare("{{step_1['total']}}").await, json!(108));
    assert_eq!(bare("{{step_1.total + 1}}").await, json!(109));
    assert_eq!(bare("{{step_1['output']['total']}}").await, json!(""));
}

#[tokio::test]
async fn connections_and_variables_are_given_to_the_step_and_never_kept() {
    let input = json!({
        "auth": "{{connections['slack']}}",
        "token": "Bearer {{connections.slack.secret_text}}",
        "url": "https://{{variables['HOST']}}/",
    });
    let resolved = evaluated(input, Syntax::Wrapped).await;
    assert_eq!(resolved.input["auth"]["secret_text"], "xoxb-very-secret");
    assert_eq!(resolved.input["token"], "Bearer xoxb-very-secret");
    assert_eq!(resolved.input["url"], "https://example.org/");
    let shown = json!({ "auth": "**REDACTED**", "token": "Bearer **REDACTED**", "url": "https://**REDACTED**/" });
    assert_eq!(resolved.shown, shown);
    assert!(!format!("{:?}", resolved.hidden).contains("secret"));
}

#[tokio::test]
async fn a_connection_that_is_gone_fails_the_step_with_a_sentence() {
    let input = json!({ "auth": "{{connections['old']}}" });
    let failure = resolve(&input, &scope(Syntax::Wrapped), &safe(), sandbox::Limits::default()).await.unwrap_err();
    assert!(failure.message.contains("The connection old is not there any more"), "{}", failure.message);
    let locked = json!({ "auth": "{{connections['locked']}}" });
    let failure = resolve(&locked, &scope(Syntax::Wrapped), &safe(), sandbox::Limits::default()).await.unwrap_err();
    assert_eq!(failure.message, "The vault is locked. Unlock it.");
}

#[tokio::test]
async fn a_secret_that_a_step_gives_back_is_taken_out_of_all_that_is_kept() {
    let kit = Kit::with(safe());
    let echo = "export const code = async (inputs) => { console.log('got', inputs.auth.password); \
                if (inputs.fails) throw new Error('bad ' + inputs.auth.password); \
                return { ...inputs, [inputs.auth.password]: JSON.stringify(inputs.auth) }; };";
    let auth = "{{connections['mail']}}";
    let steps = vec![
        code("step_1", echo, json!({ "auth": auth })),
        act("step_2", "keyed", json!({ "auth": auth, "text": "{{step_1['output']['auth']['username']}}" })),
        code("step_3", echo, json!({ "auth": auth, "fails": "yes" })),
    ];
    let run = kit.run(&flow(steps), json!({})).await;
    assert_eq!(run.status(), RunStatus::Failed);
    assert_eq!(
        output(&run, "step_1")["auth"],
        json!({ "type": "BASIC_AUTH", "username": "ada", "password": "**REDACTED**" })
    );
    assert_eq!(output(&run, "step_2")["input"]["text"], "ada");
    assert!(run.failed().unwrap().failure.message.contains("bad **REDACTED**"));
    assert_eq!(run.known("step_1").unwrap().trace.console, ["got **REDACTED**"]);
    for text in [kit.journal.text(), format!("{run:?}"), Value::from(run.steps()).to_string()] {
        assert!(!text.contains("p\"w/d") && !text.contains("p\\\"w/d"), "{text}");
    }
}

#[test]
fn what_an_input_reaches_for_is_known_beforehand() {
    let input = json!({
        "a": "{{step_4['output']['item']['name']}} {{step_1.output}}",
        "b": ["{{ step_5.output.iterations[0] }}", "{{connections['x']}}"],
    });
    let wanted = wants(&input, Syntax::Wrapped);
    let expected = [("step_1".to_owned(), true), ("step_4".to_owned(), false), ("step_5".to_owned(), true)];
    assert_eq!(wanted, BTreeMap::from(expected));
}
