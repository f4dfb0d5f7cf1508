//! Expressions: found, renamed, migrated and checked.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::captures;
use super::random::{self, Dice};
use crate::expr::{
    Root, Severity, Standing, check_references, dependencies, expressions, is_single, migrate, nest, rename_references,
    rename_step, scope, standing, unnest,
};
use crate::{Flow, Index, Kind, Op, Place, SchemaVersion, Slot, Step, apply, wire};

/// Each reference of a text, as `root: path`.
fn found(text: &str) -> Vec<String> {
    let references = expressions(text).into_iter().flat_map(|expression| expression.references);
    references
        .map(|reference| {
            let path = crate::FieldPath(reference.path.clone());
            match &reference.root {
                Root::Step(name) => format!("{name}: {path}"),
                Root::Connection(id) => format!("connection {id}: {path}"),
                Root::Variable(name) => format!("variable {name}: {path}"),
            }
        })
        .collect()
}

#[test]
fn references_are_found_in_javascript() {
    for (text, wanted) in [
        ("no braces step_1.a", &[][..]),
        ("{{step_1['output']['a'][0]}}", &["step_1: output.a[0]"]),
        ("{{ step_1.output.a }} and {{trigger[\"body\"][ 'x y' ]}}", &["step_1: output.a", "trigger: body[\"x y\"]"]),
        ("{{connections['my-id']}}{{variables['NAME']}}", &["connection my-id: ", "variable NAME: "]),
        ("{{ connections.abc.token }}", &["connection abc: token"]),
        ("{{ step_1.list.map(x => x.step_2 + step_3.y) }}", &["step_1: list", "step_3: y"]),
        ("{{ 'step_1' + \"step_2 }} {{\" + `step_3 ${step_4.a + `${step_5}`} step_6` }}", &["step_4: a", "step_5: "]),
        ("{{ {step_1: step_2, 'step_3': step_4} }}", &["step_2: ", "step_4: "]),
        ("{{ a ? step_1 : step_2 }}", &["a: ", "step_1: ", "step_2: "]),
        ("{{ flattenNestedKeys(step_1, ['a','b']) }}", &["step_1: "]),
        ("{{ step_1?.output?.['a']?.[2] }}", &["step_1: output.a[2]"]),
        ("{{ [...step_1.a, 1e5, Math.max(step_2, null)] }}", &["step_1: a", "step_2: "]),
        ("{{ step_1['output'][step_2.key] }}", &["step_1: output", "step_2: key"]),
        ("{{ step_1['it\\'s']['ü'] }}", &["step_1: [\"it's\"].ü"]),
        ("{{ {a: {b: step_1}} }}", &["step_1: "]),
        ("{{ step_1.list.at(0).step_2 }}", &["step_1: list"]),
        ("{{ `a\\`${step_1}` }}", &["step_1: "]),
        ("{ {step_1} } }}", &[]),
    ] {
        assert_eq!(found(text), wanted, "{text}");
        assert!(expressions(text).iter().all(|expression| expression.fault.is_none()), "{text}");
    }
}

#[test]
fn broken_expressions_say_what_to_do() {
    for (text, word, count) in [
        ("{{ step_1", "never closed", 1),
        ("{{ 'a }} then {{ step_2 }}", "quotation", 2),
        ("{{ (step_1] }}", "brackets", 1),
        ("{{ step_1) }}", "brackets", 1),
        ("{{ }}", "empty", 1),
        ("{{ a } }}", "too many", 1),
        ("{{ `a ${b }}", "closed", 1),
        ("{{", "never closed", 1),
    ] {
        let found = expressions(text);
        assert_eq!(found.len(), count, "{text}");
        let fault = found[0].fault.as_deref().unwrap_or_else(|| panic!("{text}"));
        assert!(fault.contains(word) && fault.ends_with('.'), "{text}: {fault}");
    }
    assert!(expressions("{{ 'a }} then {{ step_2 }}")[1].fault.is_none());
}

#[test]
fn a_scan_never_leaves_the_text() {
    let letters = [
        "{{", "}}", "'", "\"", "`", "${", "}", "[", "]", "(", ")", ".", "?.", "step_1", "é", "\\", "0", " ", "=>", ":",
    ];
    for seed in 0..4_000 {
        let mut dice = Dice::new(seed);
        let text: String = (0..dice.below(14)).map(|_| *dice.of(&letters)).collect();
        let mut last = 0;
        for expression in expressions(&text) {
            assert!(expression.span.start >= last && expression.span.end <= text.len(), "{text:?}");
            assert!(
                text.is_char_boundary(expression.span.start) && text.is_char_boundary(expression.span.end),
                "{text:?}"
            );
            last = expression.span.end;
            for reference in &expression.references {
                assert!(!reference.span.of(&text).is_empty() && reference.span.end <= expression.inner.end, "{text:?}");
                assert_eq!(reference.step().unwrap_or("connections"), reference.name.of(&text), "{text:?}");
            }
        }
    }
}

#[test]
fn a_single_expression_keeps_its_type() {
    assert!(is_single(" {{step_1['output']}} "));
    assert!(!is_single("{{step_1}} {{step_2}}") && !is_single("a {{step_1}}") && !is_single("step_1"));
}

#[test]
fn renaming_changes_references_and_nothing_else() {
    let names = HashMap::from([("step_1".to_owned(), "first".to_owned()), ("step_2".to_owned(), "step_1".to_owned())]);
    for (before, after) in [
        ("{{step_1['step_1']}} step_1 {{ step_2.step_1 }}", "{{first['step_1']}} step_1 {{ step_1.step_1 }}"),
        ("{{ 'step_1' + `${step_1} step_1` + step_11 }}", "{{ 'step_1' + `${first} step_1` + step_11 }}"),
    ] {
        assert_eq!(rename_references(before, &names).as_deref(), Some(after));
    }
    assert_eq!(rename_references("step_1 {{step_3}}", &names), None);
}

/// Random flows: after a renaming nothing reaches for the old name, and renaming back leads to where it began.
#[test]
fn a_step_is_renamed_everywhere() {
    for seed in 0..60 {
        let mut dice = Dice::new(500 + seed);
        let mut flow = random::flow(&mut dice, 15);
        let before = wire::write_flow(&flow);
        let index = Index::of(&flow);
        let name = index.entries()[dice.below(15)].step.name.clone();
        let users = |flow: &Flow, name: &str| {
            let steps: BTreeSet<String> = flow
                .steps
                .walk()
                .filter(|visit| dependencies(visit.step).contains(name))
                .map(|visit| visit.step.name.clone())
                .collect();
            steps
        };
        let used = users(&flow, &name);
        let op = rename_step(&flow, &name, "renamed").unwrap();
        apply(&mut flow, op).unwrap();
        assert!(flow.step(&name).is_none() && flow.step("renamed").is_some());
        assert!(users(&flow, &name).is_empty(), "seed {seed}");
        let used: BTreeSet<String> =
            used.into_iter().map(|user| if user == name { "renamed".to_owned() } else { user }).collect();
        assert_eq!(users(&flow, "renamed"), used, "seed {seed}");
        let op = rename_step(&flow, "renamed", &name).unwrap();
        apply(&mut flow, op).unwrap();
        assert_eq!(wire::write_flow(&flow), before, "seed {seed}");
        assert!(rename_step(&flow, "nobody", "x").is_err() && rename_step(&flow, &name, "a b").is_err());
        assert!(rename_step(&flow, &name, "trigger").unwrap_err().message.contains("another"));
    }
}

#[test]
fn a_copy_reaches_for_the_copies_inside_it() {
    let mut flow = captures::flow("071");
    apply(&mut flow, Op::DuplicateAction { name: "step_3".to_owned() }).unwrap();
    let copy = flow.step("step_7").unwrap();
    assert_eq!(copy.display_name, "Big order? Copy");
    let inner = &copy.chain(Slot::Branch(0)).unwrap()[0];
    assert_eq!((inner.name.as_str(), dependencies(inner)), ("step_8", BTreeSet::from(["step_1".to_owned()])));
    let innermost = &inner.chain(Slot::Body).unwrap()[0];
    assert_eq!(innermost.input().unwrap()["item"], "{{step_8['output']['item']}}");
}

#[test]
fn flows_are_migrated_there_and_back() {
    let mut flow = captures::flow("071");
    let before = wire::write_flow(&flow);
    let migrated = migrate(&flow, SchemaVersion::new(20)).unwrap();
    assert!(migrated.left.is_empty());
    apply(&mut flow, migrated.op).unwrap();
    assert_eq!(flow.step("step_5").unwrap().input().unwrap()["item"], "{{step_4['item']}}");
    let text = wire::write_flow(&flow);
    assert!(!text.contains("['output']") && text.contains("\"schemaVersion\":\"20\""));
    let migrated = migrate(&flow, SchemaVersion::LATEST).unwrap();
    apply(&mut flow, migrated.op).unwrap();
    assert_eq!(wire::write_flow(&flow), before);

    let mut failing = captures::flow("213");
    let migrated = migrate(&failing, SchemaVersion::new(21)).unwrap();
    assert_eq!(migrated.left.len(), 1);
    assert!(migrated.left[0].message.contains("(step_2), settings.input.m: step_1['error']['message'] has no form"));
    apply(&mut failing, migrated.op).unwrap();
    assert_eq!(failing.step("step_2").unwrap().input().unwrap()["m"], "{{step_1['error']['message']}}");
    assert_eq!(failing.step("step_1").unwrap().input().unwrap()["b"], "{{trigger['body']['boom']}}");
    failing.schema = SchemaVersion::new(99);
    assert!(migrate(&failing, SchemaVersion::LATEST).unwrap_err().message.contains("Update the app"));
}

/// The server's own migration of the same flow, captured.
#[test]
fn our_migration_is_the_servers() {
    let files = captures::files("versions");
    let (_, text) = files.iter().find(|(name, _)| name.starts_with("121")).unwrap();
    let mut flow = wire::read(text).unwrap();
    let migrated = migrate(&flow, SchemaVersion::LATEST).unwrap();
    apply(&mut flow, migrated.op).unwrap();
    let server = captures::flow("121");
    let inputs = |flow: &Flow| -> Vec<Value> {
        flow.steps.walk().map(|visit| json!([visit.step.input(), dependencies(visit.step)])).collect()
    };
    assert_eq!(inputs(&flow), inputs(&server));
    assert!(inputs(&flow).iter().any(|input| input.to_string().contains("['output']")));
}

pub(super) fn around() -> Flow {
    let mut flow = Flow::new("Around");
    let add = |flow: &mut Flow, place: Place, step: Step| apply(flow, Op::add(place, step)).unwrap();
    add(&mut flow, Place::after("trigger"), Step::code("first", "First", ""));
    add(&mut flow, Place::after("first"), Step::loop_on("each", "Each", "{{first['output']['list']}}"));
    add(&mut flow, Place::inside("each", Slot::Body), Step::code("body", "Body", ""));
    add(&mut flow, Place::after("each"), Step::router("route", "Route", &["One", "Two"]));
    add(&mut flow, Place::inside("route", Slot::Branch(0)), Step::code("one", "One", ""));
    add(&mut flow, Place::inside("route", Slot::Branch(1)), Step::code("two", "Two", ""));
    add(&mut flow, Place::after("route"), Step::code("risky", "Risky", ""));
    add(&mut flow, Place::inside("risky", Slot::OnFailure), Step::code("mend", "Mend", ""));
    add(&mut flow, Place::inside("risky", Slot::OnSuccess), Step::code("cheer", "Cheer", ""));
    add(&mut flow, Place::after("risky"), Step::code("last", "Last", ""));
    flow
}

#[test]
fn what_may_be_reached_depends_on_where_one_stands() {
    let flow = around();
    let index = Index::of(&flow);
    for (from, target, wanted) in [
        ("body", "trigger", Standing::Before),
        ("body", "first", Standing::Before),
        ("body", "each", Standing::LoopAround),
        ("body", "body", Standing::Itself),
        ("body", "route", Standing::After),
        ("each", "body", Standing::After),
        ("route", "body", Standing::MayNotHaveRun),
        ("two", "one", Standing::MayNotHaveRun),
        ("two", "route", Standing::RouterAround),
        ("mend", "risky", Standing::Failed),
        ("cheer", "risky", Standing::Succeeded),
        ("mend", "cheer", Standing::MayNotHaveRun),
        ("last", "mend", Standing::MayNotHaveRun),
        ("last", "each", Standing::Before),
        ("last", "nobody", Standing::Missing),
        ("trigger", "first", Standing::After),
    ] {
        assert_eq!(standing(&index, from, target), wanted, "{from} to {target}");
    }
    let names = |from: &str| scope(&flow, from).into_iter().map(|step| step.name).collect::<Vec<_>>().join(" ");
    assert_eq!(names("body"), "trigger first each");
    assert_eq!(names("mend"), "trigger first each route risky");
    assert_eq!(names("trigger"), "");
    // What is reachable is exactly what the scope lists.
    for from in index.entries() {
        let listed: BTreeSet<String> = scope(&flow, &from.step.name).into_iter().map(|step| step.name).collect();
        for target in index.entries() {
            let standing = standing(&index, &from.step.name, &target.step.name);
            assert_eq!(listed.contains(&target.step.name), standing.is_reachable());
        }
    }
}

#[test]
fn references_that_cannot_work_are_told_by_step_and_field() {
    let mut flow = around();
    let put = |flow: &mut Flow, step: &str, text: &str| {
        let path = Index::of(flow).path(Index::of(flow).number(step).unwrap()).unwrap();
        let input = flow.step_mut(&path).unwrap().input_mut().unwrap();
        input.insert("a".to_owned(), json!({"b": [text]}));
    };
    for (step, text, severity, words) in [
        ("first", "{{last['output']}}", Severity::Error, "(last) runs later"),
        ("first", "{{first['output']}}", Severity::Error, "own result"),
        ("first", "{{step_9['output']}}", Severity::Error, "no step step_9"),
        ("last", "{{one['output']}}", Severity::Warning, "need not have run"),
        ("last", "{{first['total']}}", Severity::Error, "Write first['output']['total']"),
        ("last", "{{first['output']", Severity::Error, "never closed"),
    ] {
        put(&mut flow, step, text);
        let findings = check_references(&flow);
        let [finding] = findings.as_slice() else { panic!("{text}: {findings:?}") };
        assert_eq!((finding.step.as_str(), finding.severity), (step, severity), "{text}");
        assert!(finding.message.contains(&format!(" ({step}), settings.input.a.b[0]: ")), "{finding:?}");
        assert!(finding.message.contains(words) && finding.message.ends_with('.'), "{finding:?}");
        put(&mut flow, step, "");
    }
    put(&mut flow, "mend", "{{risky['error']['message']}} {{connections['x']}} {{first['output']}}");
    assert!(check_references(&flow).is_empty());
    flow.schema = SchemaVersion::new(20);
    put(&mut flow, "mend", "{{first['total']}}");
    flow.step_mut(&crate::Path { hops: vec![], position: 1 }).unwrap().kind =
        Kind::Loop(crate::LoopOnItems { items: "{{first['list']}}".to_owned(), ..Default::default() });
    assert!(check_references(&flow).is_empty(), "{:?}", check_references(&flow));
}

#[test]
fn what_a_step_brings_goes_into_a_member_and_out_again() {
    let with = |schema: SchemaVersion, text: &str| {
        let mut flow = Flow::new("F");
        flow.schema = schema;
        let mut step = Step::code("step_1", "S", "");
        step.input_mut().unwrap().insert("a".into(), json!({ "b": [text] }));
        let mut outer =
            Step::new("loop", "L", Kind::Loop(crate::LoopOnItems { items: text.to_owned(), ..Default::default() }));
        if let Kind::Loop(inner) = &mut outer.kind {
            inner.body = [step].into_iter().collect();
        }
        flow.steps = [outer].into_iter().collect();
        flow
    };
    let latest = SchemaVersion::LATEST;
    for (schema, before, after) in [
        (latest, "{{trigger['output']['title']}}", "{{trigger['output']['body']['title']}}"),
        (
            latest,
            "{{trigger.output?.title}} {{ trigger.output }}",
            "{{trigger.output['body']?.title}} {{ trigger.output['body'] }}",
        ),
        (latest, "{{trigger['output'][step_9['output']]}}", "{{trigger['output']['body'][step_9['output']]}}"),
        (
            latest,
            "{{trigger['output'].list.map(trigger => trigger.x)}}",
            "{{trigger['output'].list.map(trigger => trigger.x)}}",
        ),
        (latest, "trigger['output'] {{'trigger.output'}}", "trigger['output'] {{'trigger.output'}}"),
        (
            SchemaVersion::new(21),
            "{{trigger['title']}} {{trigger}}",
            "{{trigger['body']['title']}} {{trigger['body']}}",
        ),
    ] {
        let mut flow = with(schema, before);
        let there = with(schema, after);
        assert_eq!(nest(&mut flow, "trigger", "body"), [], "{before}");
        assert_eq!(flow, there, "{before}");
        if before != after {
            assert_eq!(unnest(&mut flow, "trigger", "body"), [], "{before}");
        }
        assert_eq!(flow, with(schema, before), "{before}");
    }
    // What has no form there is told, and stays.
    let mut flow = with(latest, "{{trigger}}");
    let told: Vec<String> = nest(&mut flow, "trigger", "body").into_iter().map(|finding| finding.step).collect();
    assert_eq!((told, flow), (vec!["loop".to_owned(), "step_1".to_owned()], with(latest, "{{trigger}}")));
    let mut flow = with(latest, "{{trigger['output']['headers']}}");
    assert_eq!(unnest(&mut flow, "trigger", "body").len(), 2);
    assert_eq!(flow, with(latest, "{{trigger['output']['headers']}}"));
}
