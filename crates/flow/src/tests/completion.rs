//! What may be typed next, and of what kind it is.

use std::collections::BTreeMap;

use serde_json::json;

use super::expressions::around;
use crate::expr::{Samples, TypeHint, complete, expressions, hint};
use crate::{Flow, Key, SchemaVersion, Syntax};

fn samples() -> Samples {
    BTreeMap::from([
        ("trigger".to_owned(), json!({"body": {"customer": "Ada", "items": [{"name": "apple"}]}, "total": 3})),
        ("first".to_owned(), json!({"list": [{"it's": true, "sku": "a-1"}], "empty": null})),
    ])
}

#[test]
fn samples_tell_types() {
    for (text, syntax, wanted) in [
        ("{{trigger['output']['body']['customer']}}", Syntax::Wrapped, TypeHint::Text),
        ("{{trigger['output']['total']}}", Syntax::Wrapped, TypeHint::Number),
        ("{{trigger['total']}}", Syntax::Wrapped, TypeHint::Unknown),
        ("{{trigger['total']}}", Syntax::Bare, TypeHint::Number),
        ("{{trigger.output.body.items[0].name}}", Syntax::Wrapped, TypeHint::Text),
        ("{{trigger.output.body.items}}", Syntax::Wrapped, TypeHint::List),
        ("{{trigger.output.body}}", Syntax::Wrapped, TypeHint::Object),
        ("{{trigger}}", Syntax::Wrapped, TypeHint::Object),
        ("{{first.output.empty}}", Syntax::Wrapped, TypeHint::Nothing),
        ("{{first.output.list[0]['it\\'s']}}", Syntax::Wrapped, TypeHint::Boolean),
        ("{{first.error.message}}", Syntax::Wrapped, TypeHint::Text),
        ("{{other.output}}", Syntax::Wrapped, TypeHint::Unknown),
        ("{{connections['x']}}", Syntax::Wrapped, TypeHint::Unknown),
    ] {
        assert_eq!(hint(&expressions(text)[0].references[0], syntax, &samples()), wanted, "{text}");
    }
}

/// What is offered at `|`, and the text after the first is taken.
fn offered(flow: &Flow, from: &str, text: &str) -> (Vec<String>, String) {
    let cursor = text.find('|').unwrap();
    let text = text.replace('|', "");
    let completion = complete(flow, from, &text, cursor, &samples());
    let inserts: Vec<String> = completion.candidates.iter().map(|candidate| candidate.insert.clone()).collect();
    let mut taken = text.clone();
    if let Some(first) = inserts.first() {
        taken.replace_range(completion.replace.start..completion.replace.end, first);
    }
    (inserts, taken)
}

#[test]
fn what_may_stand_here_is_offered() {
    let flow = around();
    for (from, text, wanted, taken) in [
        ("first", "Hi |", &["{{trigger['output']}}"][..], "Hi {{trigger['output']}}"),
        (
            "body",
            "{{|",
            &["each['output']['item']", "each['output']['index']", "first['output']", "trigger['output']"],
            "{{each['output']['item']",
        ),
        ("mend", "{{ris|", &["risky['error']['message']"], "{{risky['error']['message']"),
        ("cheer", "{{ris|}}", &["risky['output']"], "{{risky['output']}}"),
        ("first", "{{ trigger.|", &["['output']", "['error']"], "{{ trigger['output']"),
        ("first", "{{trigger['output'].bo|", &["['body']"], "{{trigger['output']['body']"),
        (
            "first",
            "{{trigger['output']['body']['|",
            &["['customer']", "['items']"],
            "{{trigger['output']['body']['customer']",
        ),
        ("first", "{{ 1 + trigger.output.body.items[|", &["[0]"], "{{ 1 + trigger.output.body.items[0]"),
        (
            "last",
            "{{first['output']['list'][0][|",
            &["['it\\'s']", "['sku']"],
            "{{first['output']['list'][0]['it\\'s']",
        ),
        ("body", "{{each['output']['item']['|", &["['it\\'s']", "['sku']"], "{{each['output']['item']['it\\'s']"),
        ("body", "{{each['output'].|", &["['item']", "['index']"], "{{each['output']['item']"),
        ("first", "{{last['|", &[], "{{last['"),
        ("first", "{{trigger['output']}} {{tr|", &["trigger['output']"], "{{trigger['output']}} {{trigger['output']"),
        ("trigger", "{{|", &[], "{{"),
    ] {
        let (inserts, text_taken) = offered(&flow, from, text);
        assert_eq!(inserts, wanted, "{from}: {text}");
        assert_eq!(text_taken, taken, "{from}: {text}");
    }
    let completion = complete(&flow, "first", "{{trigger['output']['body']['cus", 32, &samples());
    assert_eq!(completion.candidates[0].hint, TypeHint::Text);
    assert_eq!(completion.candidates[0].preview.as_deref(), Some("Ada"));
    let mut old = around();
    old.schema = SchemaVersion::new(21);
    assert_eq!(offered(&old, "first", "{{trigger.to|").0, ["['total']"]);
    assert_eq!(offered(&old, "body", "{{each|").0, ["each['item']", "each['index']"]);
    old.steps[0].skip = Some(true);
    assert_eq!(offered(&old, "last", "{{fir|").0, Vec::<String>::new());
    old.schema = SchemaVersion::new(23);
    assert!(offered(&old, "first", "{{|").0.is_empty());
    assert!(complete(&flow, "first", "é", 1, &samples()).candidates.is_empty());
}

#[test]
fn what_is_offered_can_be_read_again() {
    let flow = around();
    for visit in flow.steps.walk() {
        for candidate in complete(&flow, &visit.step.name, "", 0, &samples()).candidates {
            let found = expressions(&candidate.insert);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].references[0].step(), Some(candidate.step.as_str()));
            assert_ne!(found[0].references[0].path, Vec::<Key>::new());
        }
    }
}
