use flow::{Branch, Condition, Execution, Kind, Operator, Router, SchemaVersion, Slot, Step};
use serde_json::{Value, json};

use super::kit::{Kit, act, code, flow, handling, holding, output};
use crate::{RunStatus, Standing};

fn router(name: &str, execution: Execution, branches: Vec<Branch>) -> Step {
    Step::new(name, name.to_uppercase(), Kind::Router(Router { execution: Some(execution), branches }))
}

fn when(name: &str, first: &str, operator: Operator, second: &str, steps: Vec<Step>) -> Branch {
    let mut branch = Branch::when(name, vec![vec![Condition::new(first, operator, second)]]);
    branch.chain = steps.into();
    branch
}

fn otherwise(steps: Vec<Step>) -> Branch {
    let mut branch = Branch::fallback("Otherwise");
    branch.chain = steps.into();
    branch
}

/// The flow that was run on a server, with its expected results as that server gave them.
#[tokio::test]
async fn a_flow_with_code_router_and_loop_gives_what_a_server_gave() {
    let total = "export const code = async (inputs) => {\n  const items = inputs.items ?? [];\n  \
                 const total = items.reduce((a, b) => a + b.price * b.qty, 0);\n  return { total, customer: inputs.who, items };\n};";
    let line = "export const code = async (inputs) => `#${inputs.index}: ${inputs.item.name}`;";
    let item = json!({ "item": "{{step_4['output']['item']}}", "index": "{{step_4['output']['index']}}" });
    let inner = holding(
        Step::loop_on("step_4", "Each", "{{step_1['output']['items']}}"),
        Slot::Body,
        vec![code("step_5", line, item)],
    );
    let of = "{{step_1['output']['total']}}";
    let steps = vec![
        code(
            "step_1",
            total,
            json!({
                "who": "{{trigger['output']['body']['customer']}}",
                "items": "{{trigger['output']['body']['items']}}",
            }),
        ),
        router(
            "step_3",
            Execution::FirstMatch,
            vec![
                when("Big", of, Operator::NumberIsGreaterThan, "100", vec![inner]),
                when("Medium", of, Operator::NumberIsGreaterThan, "10", vec![act("step_7", "pure", json!({}))]),
                otherwise(vec![act("step_8", "pure", json!({}))]),
            ],
        ),
        act("step_6", "stop", json!({ "body": { "total": of } })),
        act("step_9", "pure", json!({})),
    ];
    let items = json!([{ "name": "apple", "price": 30, "qty": 3 }, { "name": "pear", "price": 9, "qty": 2 }]);
    let kit = Kit::new();
    let run = kit.run(&flow(steps), json!({ "body": { "customer": "Ada", "items": items } })).await;
    assert_eq!(run.status(), RunStatus::Succeeded);
    assert_eq!(run.steps_count(), 4, "the code, two iterations and the answer");
    let steps = run.steps();
    assert_eq!(steps["trigger"]["output"]["body"]["customer"], "Ada");
    assert_eq!(steps["step_1"]["input"], json!({ "who": "Ada", "items": items }));
    assert_eq!(steps["step_1"]["output"]["total"], 108);
    let branches = json!([
        { "branchName": "Big", "branchIndex": 1, "evaluation": true },
        { "branchName": "Medium", "branchIndex": 2, "evaluation": true },
        { "branchName": "Otherwise", "branchIndex": 3, "evaluation": false },
    ]);
    assert_eq!(steps["step_3"]["output"], json!({ "branches": branches }));
    assert_eq!(steps["step_3"]["input"]["branches"][0]["conditions"][0][0]["firstValue"], 108);
    let looped = &steps["step_4"];
    assert_eq!(looped["status"], "SUCCEEDED");
    assert_eq!((&looped["output"]["index"], &looped["output"]["item"]["name"]), (&json!(2), &json!("pear")));
    let outputs: Vec<&Value> = (0..2).map(|n| &looped["output"]["iterations"][n]["step_5"]["output"]).collect();
    assert_eq!(outputs, [&json!("#1: apple"), &json!("#2: pear")]);
    assert!(!steps.contains_key("step_7") && !steps.contains_key("step_9"), "not taken, and behind the stop");
    let response = run.response().unwrap();
    assert_eq!((response.status, &response.body), (201, &json!({ "total": 108 })));
}

#[tokio::test]
async fn all_matches_are_taken_in_order_and_the_fallback_only_when_there_is_none() {
    for (text, expected) in [("ab", vec!["a", "b", "z"]), ("b", vec!["b", "z"]), ("-", vec!["f", "z"])] {
        let of = "{{trigger['output']}}";
        let steps = vec![
            router(
                "r",
                Execution::AllMatches,
                vec![
                    when("A", of, Operator::TextContains, "a", vec![act("a", "pure", json!({}))]),
                    otherwise(vec![act("f", "pure", json!({}))]),
                    when("B", of, Operator::TextContains, "b", vec![act("b", "pure", json!({}))]),
                ],
            ),
            act("z", "pure", json!({})),
        ];
        let kit = Kit::new();
        let run = kit.run(&flow(steps), json!(text)).await;
        assert_eq!(run.status(), RunStatus::Succeeded);
        assert_eq!(*kit.world.calls.lock().unwrap(), expected, "{text}");
    }
}

#[tokio::test]
async fn a_failure_ends_the_run_and_names_the_step() {
    let boom = "export const code = async (i) => { if (i.b) throw new Error('boom '+i.b); return 'fine'; };";
    let kit = Kit::new();
    let steps = vec![code("step_1", boom, json!({ "b": "{{trigger['output']}}" })), act("step_2", "pure", json!({}))];
    let run = kit.run(&flow(steps), json!("yes")).await;
    assert_eq!(run.status(), RunStatus::Failed);
    let failed = run.failed().unwrap();
    assert_eq!((failed.name.as_str(), failed.display_name.as_str()), ("step_1", "STEP_1"));
    assert_eq!(failed.failure.message, "Error: boom yes");
    let step = &run.steps()["step_1"];
    assert_eq!(step["status"], "FAILED");
    assert_eq!(step["errorMessage"], "{\"__apErrorVersion\":1,\"message\":\"Error: boom yes\"}");
    assert!(step.get("output").is_none() && kit.world.calls.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_follows_success_and_failure_runs_when_the_flow_goes_on_after_failures() {
    for (trigger, continues, expected) in [
        ("yes", true, vec!["on_failure", "last"]),
        ("", true, vec!["on_success", "last"]),
        ("", false, vec!["last"]),
        ("yes", false, vec![]),
    ] {
        let boom = "export const code = async (i) => { if (i.b) throw new Error('boom '+i.b); return 'fine'; };";
        let step = handling(code("step_1", boom, json!({ "b": "{{trigger['output']}}" })), continues, false);
        let step = holding(step, Slot::OnSuccess, vec![act("on_success", "pure", json!({}))]);
        let message = json!({ "m": "{{step_1['error']['message']}}" });
        let step = holding(step, Slot::OnFailure, vec![act("on_failure", "pure", message)]);
        let kit = Kit::new();
        let run = kit.run(&flow(vec![step, act("last", "pure", json!({}))]), json!(trigger)).await;
        assert_eq!(*kit.world.calls.lock().unwrap(), expected, "{trigger} {continues}");
        if expected.first() == Some(&"on_failure") {
            assert_eq!(run.status(), RunStatus::Succeeded);
            assert_eq!(run.steps()["step_1"]["status"], "FAILED");
            let got = output(&run, "on_failure")["input"]["m"].clone();
            assert_eq!(got, "{\"__apErrorVersion\":1,\"message\":\"Error: boom yes\"}");
        }
    }
}

#[tokio::test]
async fn skipped_steps_are_passed_over_with_all_that_they_hold() {
    let mut inner = holding(
        Step::loop_on("loop", "L", "{{trigger['output']}}"),
        Slot::Body,
        vec![act("a", "pure", json!({})), act("b", "pure", json!({}))],
    );
    inner.chain_mut(Slot::Body).unwrap()[0].skip = Some(true);
    let mut gone =
        holding(Step::loop_on("gone", "G", "{{trigger['output']}}"), Slot::Body, vec![act("c", "pure", json!({}))]);
    gone.skip = Some(true);
    let mut last = act("last", "pure", json!({}));
    last.skip = Some(true);
    let kit = Kit::new();
    let run = kit.run(&flow(vec![gone, inner, last]), json!([1, 2])).await;
    assert_eq!(run.status(), RunStatus::Succeeded);
    assert_eq!(*kit.world.calls.lock().unwrap(), ["b", "b"]);
    assert!(!run.steps().contains_key("gone"));
}

#[tokio::test]
async fn a_loop_over_no_list_fails_and_one_over_an_empty_list_is_passed() {
    let looped = |items: &str| {
        flow(vec![
            holding(Step::loop_on("loop", "L", items), Slot::Body, vec![act("a", "pure", json!({}))]),
            act("z", "pure", json!({})),
        ])
    };
    let kit = Kit::new();
    let run = kit.run(&looped("{{trigger['output']['nope']}}"), json!({})).await;
    assert_eq!(run.status(), RunStatus::Failed);
    assert_eq!(run.failed().unwrap().failure.message, "The items you have selected must be a list.");
    let kit = Kit::new();
    let run = kit.run(&looped("{{trigger['output']}}"), json!([])).await;
    assert_eq!(run.status(), RunStatus::Succeeded);
    assert_eq!(*kit.world.calls.lock().unwrap(), ["z"]);
    assert_eq!(output(&run, "loop"), json!({ "index": 0, "iterations": [] }));
}

#[tokio::test]
async fn loops_within_loops_see_their_own_items_and_not_those_of_others() {
    let inner = holding(
        Step::loop_on("inner", "I", "{{outer['output']['item']}}"),
        Slot::Body,
        vec![act("a", "pure", json!({ "v": "{{outer.output.index}}.{{inner.output.index}}={{inner.output.item}}" }))],
    );
    let see =
        act("see", "pure", json!({ "last": "{{a.output.input.v}}", "all": "{{outer.output.iterations.length}}" }));
    let outer = holding(Step::loop_on("outer", "O", "{{trigger['output']}}"), Slot::Body, vec![inner]);
    let kit = Kit::new();
    let run = kit.run(&flow(vec![outer, see]), json!([["x", "y"], ["z"]])).await;
    let of = |way: &[usize]| run.known_in("a", way).unwrap().trace.input["v"].clone();
    assert_eq!([of(&[0, 0]), of(&[0, 1]), of(&[1, 0])], [json!("1.1=x"), json!("1.2=y"), json!("2.1=z")]);
    assert!(run.known_in("a", &[1, 1]).is_none());
    let seen = output(&run, "see")["input"].clone();
    assert_eq!(seen, json!({ "last": "", "all": 2 }), "what was in a loop is not seen behind it");
    assert_eq!(run.records().len(), 1 + 2 + 3 + 1);
}

#[tokio::test]
async fn retries_pause_longer_each_time_and_end_after_four_attempts() {
    let kit = Kit::new();
    *kit.world.fails.lock().unwrap() = Some(Box::new(|_, _| true));
    let mut run = kit.begin(&flow(vec![handling(act("a", "keyed", json!({})), false, true)]), json!({})).await;
    let mut pauses = Vec::new();
    while let Standing::Sleeps(until) = kit.advance(&mut run).await {
        pauses.push(until.duration_since(crate::Clock::now(&*kit.clock)).as_secs());
        kit.clock.set(until);
    }
    assert_eq!(pauses, [4, 8, 16]);
    assert_eq!(run.status(), RunStatus::Failed);
    assert_eq!(run.known("a").unwrap().attempts, 4);
    assert_eq!(kit.world.calls.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_failed_run_goes_on_from_the_failed_step_and_a_further_one_starts_anew() {
    let kit = Kit::new();
    *kit.world.fails.lock().unwrap() = Some(Box::new(|_, attempt| attempt == 1));
    let flow = flow(vec![code("a", "export const code = () => 1;", json!({})), act("b", "keyed", json!({}))]);
    let mut run = kit.run(&flow, json!({ "n": 7 })).await;
    assert_eq!((run.status(), run.at()), (RunStatus::Failed, Some("b")));
    assert!(kit.runner.retry(&mut run).await.unwrap());
    assert_eq!(kit.advance(&mut run).await, Standing::Ended(RunStatus::Succeeded));
    assert!(run.failed().is_none() && !kit.runner.retry(&mut run).await.unwrap());
    let mut again = kit.runner.again(&run, "run-2".into(), run.program().clone()).await.unwrap();
    kit.advance(&mut again).await;
    assert_eq!(again.steps()["trigger"]["output"], json!({ "n": 7 }));
    assert!(again.note().unwrap().contains("run-1"));
    assert_eq!(kit.world.effects.lock().unwrap().len(), 1, "only the first run came through");
}

#[tokio::test]
async fn a_flow_of_an_older_format_reads_steps_bare() {
    let kit = Kit::new();
    let mut flow =
        flow(vec![act("a", "pure", json!({ "v": 5 })), act("b", "pure", json!({ "v": "{{a['input']['v']}}" }))]);
    flow.schema = SchemaVersion::new(20);
    assert_eq!(output(&kit.run(&flow, json!({})).await, "b")["input"]["v"], 5);
    flow.schema = SchemaVersion::new(99);
    assert!(crate::Program::new(&flow).unwrap_err().contains("version 99"));
}

#[tokio::test]
async fn what_cannot_run_here_fails_with_a_sentence() {
    for (piece, action, word) in
        [("@other/piece", "x", "does not run in this app"), (super::kit::WORLD, "x", "has no action x")]
    {
        let kit = Kit::new();
        let run = kit.run(&flow(vec![super::kit::step_of(piece, "a", action, json!({}))]), json!({})).await;
        assert!(run.failed().unwrap().failure.message.contains(word));
    }
}
