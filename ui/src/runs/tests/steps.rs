use contract::RunStatus::{Failed, Running, Succeeded};
use contract::RunStep;

use super::made::step;
use crate::runs::failure::{parts, question};
use crate::runs::outline::{Look, beside, labels, outline, place, read_document};
use crate::runs::timeline::timeline;

fn names(steps: &[RunStep], look: &Look) -> Vec<String> {
    outline(steps, look)
        .iter()
        .map(|shown| {
            format!("{}{}", ">".repeat(shown.depth), place(&steps[shown.index].within, &steps[shown.index].name))
        })
        .collect()
}

/// A loop of three with a loop of two within; iteration 2.1 of the inner one failed.
fn nested() -> Vec<RunStep> {
    let mut steps = vec![step("trigger", "", Succeeded), step("outer", "", Failed)];
    for iteration in 1..=3 {
        steps.push(step("inner", &format!("outer:{iteration}"), Succeeded));
        for second in 1..=2 {
            let status = if (iteration, second) == (2, 1) { Failed } else { Succeeded };
            steps.push(step("act", &format!("outer:{iteration} inner:{second}"), status));
        }
        steps.push(step("after", &format!("outer:{iteration}"), Succeeded));
    }
    steps.push(step("end", "", Running));
    steps
}

#[test]
fn a_loop_shows_its_first_failed_iteration_until_another_is_chosen() {
    let steps = nested();
    let mut look = Look::default();
    assert_eq!(
        names(&steps, &look),
        ["trigger", "outer", ">outer#2/inner", ">>outer#2/inner#1/act", ">outer#2/after", "end"]
    );
    look.chosen.insert("outer".into(), 3);
    look.chosen.insert("outer#3/inner".into(), 2);
    assert_eq!(
        names(&steps, &look),
        ["trigger", "outer", ">outer#3/inner", ">>outer#3/inner#2/act", ">outer#3/after", "end"]
    );
    look.chosen.insert("outer".into(), 99);
    assert!(names(&steps, &look).contains(&">outer#2/after".to_owned()), "an iteration that is not kept is none");
}

#[test]
fn only_failed_iterations_are_gone_through_when_that_is_asked() {
    let steps = nested();
    let all = outline(&steps, &Look::default())[1].iterations.clone().unwrap();
    assert_eq!((all.list.as_slice(), all.failed, all.kept, all.current), ([1, 2, 3].as_slice(), 1, 3, 2));
    assert_eq!((beside(&all, true), beside(&all, false)), (Some(3), Some(1)));
    let look = Look { failed_only: true, chosen: [("outer".to_owned(), 3)].into() };
    let failed = outline(&steps, &look)[1].iterations.clone().unwrap();
    assert_eq!((failed.list.as_slice(), failed.current, failed.kept), ([2].as_slice(), 2, 3));
    assert_eq!((beside(&failed, true), beside(&failed, false)), (None, None));

    let well: Vec<RunStep> = nested().into_iter().map(|step| RunStep { status: Succeeded, ..step }).collect();
    assert_eq!(
        outline(&well, &look)[1].iterations.clone().unwrap().list,
        [1, 2, 3],
        "where none failed, all are shown"
    );
}

#[test]
fn a_loop_that_never_ran_and_a_run_without_steps_are_no_trouble() {
    assert!(outline(&[], &Look::default()).is_empty());
    let shown = outline(&[step("loop", "", Succeeded)], &Look::default());
    assert!(shown.len() == 1 && shown[0].iterations.is_none());
    // What stands in a loop that is not told of is left out rather than shown in a wrong place.
    assert!(outline(&[step("act", "gone:1", Succeeded)], &Look::default()).is_empty());
}

#[test]
fn loops_within_loops_are_followed_to_the_bottom() {
    let mut steps = Vec::new();
    let mut within = Vec::new();
    for level in 0..60 {
        let mut one = step(&format!("loop{level}"), "", Succeeded);
        one.within = within.clone();
        steps.push(one);
        within.push((format!("loop{level}"), 1));
    }
    assert_eq!(outline(&steps, &Look::default()).len(), 60);
}

fn at(step: RunStep, began: &str, took: u64) -> RunStep {
    RunStep { began_at: Some(began.parse().unwrap()), took_ms: Some(took), ..step }
}

#[test]
fn bars_stand_where_their_steps_were_at_work() {
    let steps = [
        at(step("a", "", Succeeded), "2026-11-21T09:00:00Z", 1_000),
        at(step("b", "", Succeeded), "2026-11-21T09:00:01Z", 3_000),
        at(step("c", "", Failed), "2026-11-21T09:00:04Z", 0),
        RunStep { began_at: None, ..step("d", "", Running) },
    ];
    let (bars, whole) = timeline(&steps.iter().collect::<Vec<_>>());
    assert_eq!(whole, 4_000);
    let edges: Vec<_> = bars.iter().map(|bar| bar.map(|bar| (bar.from, bar.width))).collect();
    assert_eq!(edges, [Some((0, 250)), Some((250, 750)), Some((994, 6)), None]);
}

#[test]
fn where_no_beginning_is_told_steps_stand_one_after_another() {
    let long = |took: u64| RunStep { took_ms: Some(took), ..step("a", "", Succeeded) };
    let steps = [long(100), RunStep { took_ms: None, ..long(0) }, long(300)];
    let (bars, whole) = timeline(&steps.iter().collect::<Vec<_>>());
    assert_eq!(whole, 400);
    assert_eq!(bars.iter().map(|bar| bar.map(|bar| bar.from)).collect::<Vec<_>>(), [Some(0), None, Some(250)]);
}

#[test]
fn no_bar_leaves_the_lane_whatever_a_server_tells() {
    let odd = [
        vec![at(step("a", "", Succeeded), "2026-11-21T09:00:00Z", u64::MAX)],
        vec![at(step("a", "", Succeeded), "2026-11-21T09:00:00Z", 0)],
        vec![
            at(step("a", "", Succeeded), "2020-01-01T00:00:00Z", 1),
            at(step("b", "", Succeeded), "2026-11-21T09:00:00Z", u64::MAX),
        ],
        Vec::new(),
    ];
    for steps in odd {
        for bar in timeline(&steps.iter().collect::<Vec<_>>()).0.into_iter().flatten() {
            assert!(bar.width > 0 && bar.from + bar.width <= 1_000, "{bar:?}");
        }
    }
}

#[test]
fn what_another_side_said_is_unpacked() {
    assert!(parts("  ").is_empty());
    assert_eq!(parts("plain words"), [("Said", "plain words".to_owned())]);
    let packed = r#"{"__apErrorVersion":1,"message":"Request failed","status":404,"responseBody":{"error":"not_found"},"requestUrl":"https://x.example/a"}"#;
    let told = parts(packed);
    assert_eq!(told.iter().map(|part| part.0).collect::<Vec<_>>(), ["Status", "Address", "Said", "Answer"]);
    assert!(told[3].1.contains("not_found"));
    let twice = serde_json::json!({ "message": packed }).to_string();
    assert_eq!(parts(&twice), told, "packed twice is unpacked twice");
    let cut = &packed[..60];
    assert_eq!(parts(cut), [("Said", cut.to_owned())], "what was cut is shown as it is");
    assert_eq!(parts(r#"{"other":1}"#).len(), 1);
    assert_eq!(parts(r#"{"message":"{\"a\":1}"}"#), [("Said", "{\"a\":1}".to_owned())]);
}

#[test]
fn the_assistant_is_asked_about_the_run_by_its_number() {
    let asked = question("Late work", "42", Some("Send"), Some("The channel is gone. "));
    assert!(asked.contains("run 42") && asked.contains("“Send”") && asked.ends_with("The channel is gone."));
    assert!(!question("Late work", "42", None, None).contains("at “"));
}

#[test]
fn steps_are_called_as_people_call_them() {
    let mut flow = flow::Flow::new("F");
    flow.steps = vec![flow::Step::code("step_1", "Count", "x"), flow::Step::code("step_2", " ", "x")].into();
    let named = labels(&serde_json::to_string(&flow).unwrap());
    assert_eq!(named.get("step_1").map(String::as_str), Some("Count"));
    assert!(!named.contains_key("step_2"), "a blank name is none");
    assert!(labels("not a flow").is_empty());
    assert!(read_document(&flow::wire::write_flow(&flow)).is_some(), "as Activepieces writes it");
}
