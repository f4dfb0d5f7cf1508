#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn step(name: &str, label: &str, fields: &[(&str, &str)]) -> OutlineStep {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    OutlineStep { name: name.into(), label: label.into(), fields, ..OutlineStep::default() }
}

fn outline() -> FlowOutline {
    FlowOutline {
        name: "Late".into(),
        revision: 1,
        waiting: true,
        reach: String::new(),
        steps: vec![
            step("trigger", "Something is overdue", &[("items", r#"["Todo"]"#)]),
            step("step_1", "For each assignee", &[("items", "{{trigger['output']['assignees']}}")]),
            step(
                "step_2",
                "Tell them in Slack",
                &[
                    ("auth", "connected"),
                    ("text", "“{{trigger['output']['title']}}” in {{trigger['output']['project']['na…"),
                    ("unfurlLinks", "true"),
                    ("userId", "{{step_1.output.item.email_address}}"),
                ],
            ),
        ],
        removed: Vec::new(),
        problems: Vec::new(),
    }
}

#[test]
fn references_are_told_by_the_names_of_their_steps() {
    let told = steps(&outline());
    assert_eq!(
        told,
        "- **Something is overdue** – items Todo\n\
         - **For each assignee** – items ‹Something is overdue · assignees›\n\
         - **Tell them in Slack** – text “‹Something is overdue · title›” in ‹Something is overdue ·… · \
         user id ‹For each assignee · item · email address›"
    );
    for raw in ["{{", "}}", "output", "['", "unfurl"] {
        assert!(!told.contains(raw), "{raw} in {told}");
    }
}

#[test]
fn what_is_no_reference_stays_as_it_is() {
    let outline = outline();
    assert_eq!(value_words("50 %", &outline), "50 %");
    assert_eq!(value_words("{{ step_9['output'] }} left", &outline), "‹step_9['output']› left");
    assert_eq!(value_words("{{trigger}}", &outline), "‹Something is overdue›");
    assert_eq!(value_words("{{", &outline), "‹›");
    assert_eq!(words_of("send_as_bot"), "send as bot");
    assert_eq!(words_of("URL"), "URL");
}
