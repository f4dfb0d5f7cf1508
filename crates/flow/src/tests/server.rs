//! Our operations beside those of a real server: from the same flow, the same request leads to the same flow.

use serde_json::Value;

use super::captures;
use crate::diff::diff;
use crate::{Flow, Op, apply, wire};

/// The flow after each capture of a row of edits, and the row itself.
const ROWS: &[(&str, &[&str])] = &[
    (
        "044",
        &[
            "045", "046", "047", "048", "049", "050", "051", "052", "053", "054", "055", "056", "057", "058", "059",
            "060", "061", "062", "063", "064", "065", "066", "067", "068",
        ],
    ),
    ("109", &["111", "112"]),
    ("119", &["120"]),
    ("171", &["172", "173", "174", "175", "176"]),
    ("189", &["190"]),
    ("209", &["210"]),
];

fn operation(name: &str) -> Value {
    let files = captures::files("operations");
    let (_, text) = files.iter().find(|(file, _)| file.starts_with(name)).unwrap();
    serde_json::from_str::<Value>(text).unwrap()
}

fn read(operation: &Value) -> Op {
    let text = operation["operation"].to_string();
    wire::read_op(&text, &|_| Some(captures::flow("114"))).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// What only the server knows or decides: dates, ids, the exact version of a piece, where results of tests are.
fn without_stamps(flow: &Flow) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.retain(|key, value| {
                    let is_false = key == "skip" && *value == false;
                    !is_false
                        && !["lastUpdatedDate", "updated", "created", "updatedAt", "createdAt", "updatedBy", "ownerId"]
                            .contains(&key.as_str())
                        && !["id", "sampleData", "connectionIds", "agentIds", "backupFiles", "valid", "triggerSource"]
                            .contains(&key.as_str())
                });
                if let Some(Value::String(version)) = map.get_mut("pieceVersion") {
                    *version = version.trim_start_matches('~').to_owned();
                }
                map.values_mut().for_each(strip);
            }
            Value::Array(list) => list.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut value = serde_json::from_str(&wire::write_flow(flow)).unwrap();
    strip(&mut value);
    value
}

#[test]
fn our_operations_do_what_the_server_does() {
    let mut seen = 0;
    for (start, row) in ROWS {
        let mut flow = captures::flow(start);
        for name in *row {
            apply(&mut flow, read(&operation(name))).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            let server = captures::flow(name);
            if flow.state != server.state {
                // An edit of what is published opens a draft at the server, which its reply tells.
                assert_eq!(*name, "112");
                flow.state = server.state;
            }
            assert_eq!(without_stamps(&flow), without_stamps(&server), "{name}");
            let left = diff(&flow.document(), &server.document()).without_stamps();
            assert!(left.is_empty(), "{name}: {left:#?}");
            flow = server;
            seen += 1;
        }
    }
    assert!(seen > 30);
}

#[test]
fn what_the_server_refuses_or_lets_pass_unsaid_is_refused_here() {
    for (before, name, word) in [
        ("190", "191", "already"),
        ("044", "189", "place"),
        ("190", "192", "cannot be called"),
        ("190", "193", "no step"),
        ("190", "194", "no step"),
        ("190", "195", "no trigger"),
        ("190", "199", "never published"),
    ] {
        let mut flow = captures::flow(before);
        let refusal = match apply(&mut flow, read(&operation(name))) {
            Err(refusal) => refusal,
            Ok(inverse) => panic!("{name}: {inverse:?}"),
        };
        assert!(refusal.message.contains(word), "{name}: {refusal}");
    }
    let wrong = operation("069")["operation"].to_string();
    assert!(wire::read_op(&wrong, &|_| None).unwrap_err().message.contains("no operation"));
}

#[test]
fn every_captured_request_is_written_as_it_was_sent() {
    for (name, text) in captures::files("operations") {
        let operation: Value = serde_json::from_str::<Value>(&text).unwrap()["operation"].clone();
        if name.starts_with("069") {
            continue;
        }
        let op = wire::read_op(&operation.to_string(), &|_| Some(captures::flow("114"))).unwrap();
        let sent = wire::requests(&op);
        // An import is followed by what brings back where the results of tests are, as captured next.
        if name.starts_with("209") {
            assert_eq!(serde_json::from_str::<Value>(&sent[1]).unwrap(), self::operation("210")["operation"]);
        }
        assert_eq!(sent.len(), 1 + usize::from(name.starts_with("209")), "{name}");
        let again = wire::read_op(&sent[0], &|_| Some(captures::flow("114"))).unwrap();
        let mut sent: Value = serde_json::from_str(&sent[0]).unwrap();
        let mut asked = operation;
        if !name.contains("import") {
            assert_eq!(again, op, "{name}");
        }
        for request in [&mut sent["request"], &mut asked["request"]] {
            let Value::Object(request) = request else { panic!() };
            // What we always say, and the server takes for granted.
            request.retain(|key, _| !key.starts_with("stepLocation") && key != "lastUpdatedDate");
        }
        if !name.contains("schemaVersion") {
            assert_eq!(sent, asked, "{name}");
        }
    }
}

/// What one operation of ours becomes is done one by one at the server and leads to the same.
#[test]
fn requests_read_one_by_one_lead_to_the_same_flow() {
    use super::random::{self, Dice, KINDS};
    let mut compared = 0;
    for seed in 0..300 {
        let mut dice = Dice::new(7_000 + seed);
        let flow = random::flow(&mut dice, 10);
        let kind = dice.below(KINDS);
        let op = random::op(&mut dice, &flow, kind);
        let told = format!("{op:?}");
        let (mut ours, mut theirs) = (flow.clone(), flow.clone());
        let Ok(inverse) = apply(&mut ours, op.clone()) else { continue };
        for op in [op, inverse] {
            // Nobody adds to a step of an unknown kind.
            if serde_json::to_string(&op).unwrap().contains("PARALLEL") {
                break;
            }
            // A server has its own versions, cannot take a publication back, and puts new notes on top.
            if matches!(op, Op::UseAsDraft { .. } | Op::RestoreLifecycle { .. } | Op::AddNote { .. } | Op::All { .. }) {
                break;
            }
            let mut ours = theirs.clone();
            apply(&mut ours, op.clone()).unwrap();
            for body in wire::requests(&op) {
                let read = wire::read_op(&body, &|_| None).unwrap_or_else(|fault| panic!("{told}: {body}: {fault}"));
                apply(&mut theirs, read).unwrap_or_else(|refusal| panic!("{told}: {body}: {refusal}"));
            }
            same(&without_links(&theirs), &without_links(&ours), "", &told);
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

fn without_links(flow: &Flow) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.retain(|key, value| {
                    let is_empty = value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty);
                    !(is_empty
                        && ["nextAction", "firstLoopAction", "continueOnFailureBranches"].contains(&key.as_str()))
                        && key != "unknown"
                        && !(key == "children" && value.as_array().is_some_and(|all| all.iter().all(Value::is_null)))
                        && !(key == "onSuccess" && is_empty)
                });
                map.values_mut().for_each(strip);
                map.retain(|key, value| {
                    !(key == "continueOnFailureBranches" && value.as_object().is_some_and(serde_json::Map::is_empty))
                });
            }
            Value::Array(list) => list.iter_mut().for_each(strip),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut value = without_stamps(flow);
    strip(&mut value);
    value
}

/// The first place where two values differ, in words that fit on a screen.
fn same(ours: &Value, theirs: &Value, at: &str, told: &str) {
    if ours == theirs {
        return;
    }
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()) {
                let (a, b) = (a.get(key), b.get(key));
                let (Some(a), Some(b)) = (a, b) else { panic!("{at}.{key}: {a:?} against {b:?} after {told}") };
                same(a, b, &format!("{at}.{key}"), told);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(n, (a, b))| same(a, b, &format!("{at}[{n}]"), told));
        }
        (a, b) => assert_eq!(a, b, "{at} after {told}"),
    }
}

/// What somebody else changed meanwhile remains when the stamps are taken off.
#[test]
fn an_edit_is_no_stamp() {
    let flow = captures::flow("053");
    for (name, is_edit) in [("054", true), ("060", true), ("066", true), ("090", true), ("053", false)] {
        let left = diff(&flow.document(), &captures::flow(name).document()).without_stamps();
        assert_eq!(left.is_empty(), !is_edit, "{name}: {left:#?}");
    }
    let mut other = flow.document();
    other.steps[0].skip = Some(true);
    assert_eq!(diff(&flow.document(), &other).without_stamps().steps.len(), 1);
    let mut other = flow.document();
    other.steps[0].extra.insert("lastUpdatedDate".to_owned(), "later".into());
    let stamped = diff(&flow.document(), &other);
    assert!(!stamped.is_empty() && stamped.without_stamps().is_empty());
}

/// Steps that hold others arrive one by one, each where it belongs, and then what their tests brought.
#[test]
fn a_branch_full_of_steps_arrives_in_order() {
    let mut source = captures::flow("053");
    let step = |name: &str| crate::Step::code(name, name, "export const code = 1");
    let mut router = crate::Step::router("new", "New", &["One", "Two"]);
    let mut each = crate::Step::loop_on("each", "Each", "{{trigger['output']}}");
    each.chain_mut(crate::Slot::Body).unwrap().extend([step("a"), step("b"), step("c")]);
    let mut risky = step("risky");
    risky.chain_mut(crate::Slot::OnFailure).unwrap().extend([step("mend"), step("tell")]);
    risky.settings.insert("sampleData".to_owned(), serde_json::json!({"sampleDataFileId": "file"}));
    router.chain_mut(crate::Slot::Branch(1)).unwrap().extend([each, risky, step("last")]);
    let place = crate::Place::after("step_2");
    let op = Op::AddAction { place, steps: vec![step("before"), router, step("behind")].into() };
    let mut theirs = source.clone();
    let bodies = wire::requests(&op);
    assert_eq!(bodies.len(), 12);
    for body in bodies {
        apply(&mut theirs, wire::read_op(&body, &|_| None).unwrap()).unwrap();
    }
    apply(&mut source, op).unwrap();
    assert_eq!(wire::write_flow(&theirs), wire::write_flow(&source));
}
