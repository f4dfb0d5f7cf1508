use std::time::Duration;

use flow::{Branch, Execution, Kind, Operator, Router, Slot, Step};
use serde_json::{Value, json};

use super::kit::{Kit, act, code, flow, holding, output, program};
use crate::{Rules, RunStatus};

fn ten(kit: &mut Kit, change: impl Fn(&mut Rules)) {
    change(&mut kit.runner.rules);
}

#[tokio::test]
async fn budgets_end_a_run_with_the_reason() {
    let looped =
        |body: Vec<Step>| flow(vec![holding(Step::loop_on("loop", "L", "{{trigger.output}}"), Slot::Body, body)]);
    let items: Value = (0..50).collect::<Vec<u32>>().into();
    let mut kit = Kit::new();
    ten(&mut kit, |rules| rules.steps = 10);
    let run = kit.run(&looped(vec![act("a", "pure", json!({}))]), items.clone()).await;
    assert_eq!(run.status(), RunStatus::QuotaExceeded);
    assert!(run.reason().unwrap().contains("did 10 steps"), "{:?}", run.reason());
    assert_eq!(kit.world.calls.lock().unwrap().len(), 9);

    for body in [vec![act("a", "pure", json!({}))], vec![]] {
        let mut kit = Kit::new();
        ten(&mut kit, |rules| rules.iterations = 10);
        let run = kit.run(&looped(body), items.clone()).await;
        assert_eq!(run.status(), RunStatus::QuotaExceeded);
        assert!(run.reason().unwrap().contains("more than 10 times"));
        let read = kit.journal.text();
        let again = kit.runner.open("run-1".into(), run.program().clone()).await.unwrap();
        assert_eq!((again.status(), kit.journal.text()), (run.status(), read));
    }

    let mut kit = Kit::new();
    ten(&mut kit, |rules| rules.time_ms = 10_000);
    *kit.world.clock.lock().unwrap() = Some((kit.clock.clone(), 3));
    let run = kit.run(&looped(vec![act("a", "pure", json!({}))]), items).await;
    assert_eq!((run.status(), run.active()), (RunStatus::Timeout, Duration::from_secs(12)));
    assert!(run.reason().unwrap().contains("took 10 s"));
}

#[tokio::test]
async fn code_that_never_ends_fails_its_step() {
    let mut kit = Kit::new();
    kit.runner.code.time = Duration::from_millis(200);
    let run = kit.run(&flow(vec![code("a", "export const code = () => { for (;;); };", json!({}))]), json!({})).await;
    assert_eq!(run.status(), RunStatus::Failed);
    assert!(run.failed().unwrap().failure.message.contains("loop that never ends"));
}

#[tokio::test]
async fn big_values_are_kept_elsewhere_and_can_still_be_used() {
    let kit = Kit::new();
    let rows = "export const code = (i) => Array.from({ length: i.n }, (_, id) => ({ id, text: 'x'.repeat(30) }));";
    let steps = vec![
        code("a", rows, json!({ "n": 2000 })),
        code(
            "b",
            "export const code = (i) => i.rows.length + i.one;",
            json!({ "rows": "{{a.output}}", "one": "{{a.output[7].id}}" }),
        ),
        holding(Step::loop_on("loop", "L", "{{a['output'].slice(0, 1500)}}"), Slot::Body, vec![]),
        act("c", "pure", json!({ "n": "{{loop.output.item.id}} {{loop.output.index}}" })),
    ];
    let run = kit.run(&flow(steps), json!({ "big": "y".repeat(10 << 20) })).await;
    assert_eq!(run.status(), RunStatus::Succeeded, "{:?}", run.failed());
    let steps = run.steps();
    for step in ["a", "trigger"] {
        assert_eq!(steps[step]["outputType"], "slice");
        assert!(steps[step]["output"]["size"].as_u64().unwrap() > 32 << 10);
    }
    assert_eq!(output(&run, "b"), json!(2007));
    assert_eq!(steps["b"]["input"]["rows"], "(truncated, original size 101 KB)");
    assert_eq!(steps["c"]["input"]["n"], "1499 1500");
    let events = kit.journal.text();
    assert!(events.len() < (11 << 20), "every big value is kept once: {}", events.len());
}

#[tokio::test]
async fn a_loop_over_a_long_list_fetches_it_once() {
    let kit = Kit::new();
    let items: Value = (0..400).map(|n| json!({ "n": n, "text": "x".repeat(100) })).collect();
    let body = vec![act("a", "pure", json!({ "n": "{{loop.output.item.n}}", "all": "{{trigger.output.length}}" }))];
    let flow = flow(vec![holding(Step::loop_on("loop", "L", "{{trigger.output}}"), Slot::Body, body)]);
    let run = kit.run(&flow, items).await;
    assert_eq!(run.known_in("a", &[399]).unwrap().trace.input, json!({ "n": 399, "all": 400 }));
    assert_eq!(*kit.journal.fetched.lock().unwrap(), 2, "the payload and the items");
}

/// Routers and loops in turn, each in the one before, with a step in the middle.
fn nested(levels: usize) -> flow::Flow {
    let mut inner = vec![act("last", "keyed", json!({ "n": "{{s398.output.index}}" }))];
    for level in (0..levels).rev() {
        let name = format!("s{level}");
        inner = match level % 2 {
            0 => vec![holding(Step::loop_on(&name, "L", "{{trigger['output']}}"), Slot::Body, inner)],
            _ => {
                let condition = flow::Condition::new("x", Operator::Exists, "");
                let mut branch = Branch::when("Always", vec![vec![condition]]);
                branch.chain = inner.into();
                let router = Router { execution: Some(Execution::FirstMatch), branches: vec![branch] };
                vec![Step::new(&name, "R", Kind::Router(router))]
            }
        };
    }
    flow(inner)
}

#[tokio::test]
async fn a_flow_of_400_levels_runs_on_a_small_stack() {
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let kit = Kit::new();
            let run = kit.run(&nested(400), json!(["x"])).await;
            assert_eq!(run.status(), RunStatus::Succeeded, "{:?}", run.failed());
            let at = vec![0; 200];
            assert_eq!(run.known_in("last", &at).unwrap().trace.input["n"], 1);
            assert_eq!(run.records().len(), 401);
            let again = kit.runner.open("run-1".into(), run.program().clone()).await.unwrap();
            assert_eq!(again.records().len(), 401);
            drop(run.steps());
        });
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[tokio::test]
async fn a_flow_of_5000_steps_reads_back_in_a_time_that_grows_with_its_length() {
    let steps = |count: usize| {
        let step = |n: usize| {
            act(&format!("s{n}"), "pure", json!({ "v": format!("{{{{s{}.output.input.v}}}}", n.saturating_sub(1)) }))
        };
        flow((0..count).map(step).collect())
    };
    let mut spent = Vec::new();
    for count in [500, 5000] {
        let kit = Kit::new();
        let run = kit.run(&steps(count), json!({})).await;
        assert_eq!((run.status(), run.steps_count()), (RunStatus::Succeeded, count as u64));
        let before = std::time::Instant::now();
        kit.runner.open("run-1".into(), program(&steps(count))).await.unwrap();
        spent.push(before.elapsed());
    }
    // Ten times the length; a hundred times the time would be quadratic. The bound is loose, as machines stall.
    assert!(spent[1] < spent[0] * 60 + Duration::from_millis(500), "{spent:?}");
}
