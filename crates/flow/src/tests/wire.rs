//! The wire form: what is refused, what is read-only, what is not mistaken for a step.

use serde_json::json;

use crate::{DATA_LEVELS, Kind, SchemaVersion, Slot, wire};

#[test]
fn a_later_schema_is_read_and_marked() {
    let text = r#"{"displayName":"a","schemaVersion":"23","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{}}}"#;
    let mut flow = wire::read(text).unwrap();
    let reason = flow.read_only().unwrap();
    assert!(reason.contains("version 23") && reason.contains("22") && reason.contains("Update the app"), "{reason}");
    let refusal = crate::apply(&mut flow, crate::Op::ChangeName { display_name: "b".to_owned() }).unwrap_err();
    assert_eq!(refusal.message, reason);
    crate::apply(&mut flow, crate::Op::ChangeFolder { folder_id: None }).unwrap();
    flow.schema = SchemaVersion::UNSAID;
    assert!(flow.read_only().unwrap().contains("does not say"));
    flow.schema = SchemaVersion::new(20);
    assert_eq!(flow.read_only(), None);
}

#[test]
fn data_that_looks_like_steps_stays_data() {
    let text = json!({"displayName": "a", "trigger": {"name": "trigger", "displayName": "t", "type": "EMPTY", "settings": {},
        "nextAction": {"name": "s", "displayName": "s", "type": "CODE", "settings":
            {"sourceCode": {"code": ""}, "input": {"nextAction": {"name": "data"}, "trigger": {"nextAction": {}}}}}}});
    let flow = wire::read(&text.to_string()).unwrap();
    assert_eq!(flow.steps.walk().count(), 1);
    assert_eq!(flow.steps[0].input().unwrap()["nextAction"]["name"], "data");
}

#[test]
fn what_is_no_flow_is_refused_in_a_sentence() {
    for (text, at) in [
        ("", 0),
        ("[]", 0),
        ("{", 1),
        ("{\"a\":1", 6),
        ("{\"a\":1]", 6),
        ("{\"a\":1,}", 7),
        ("{\"a\" 1}", 5),
        ("{\"a\":tru}", 5),
        ("{\"a\":\"x}", 5),
        ("{\"a\":[1 2]}", 8),
        ("{\"a\":[,]}", 6),
        ("{a:1}", 1),
        ("{1:1}", 2),
        ("{\"a\":\"\\q\"}", 5),
        ("{\"a\":\"é\u{1}\"}", 5),
        ("{} {}", 3),
    ] {
        let fault = wire::read(text).unwrap_err();
        assert_eq!(fault.at, at, "{text}: {fault}");
        assert!(fault.message.ends_with('.') && fault.message.contains("JSON"), "{fault}");
    }
    let fault = wire::read("{\"displayName\":\"x\"}").unwrap_err();
    assert!(fault.message.contains("no trigger"), "{fault}");
    assert!(wire::read("{\"trigger\":7}").is_err());
}

#[test]
fn texts_are_read_as_json_says() {
    let step = wire::read_steps(
        " { \"name\" : \"a\\u0062\\\"\\\\\" , \"type\":\"LOOP_ON_ITEMS\", \"settings\":{\"items\":\"\\ud83d\\ude00é\"}, \"n\":[ -1.5e3 , [ ], { } ] } ",
    )
    .unwrap();
    assert_eq!(step[0].name, "ab\"\\");
    assert_eq!(step[0].extra["n"], json!([-1500.0, [], {}]));
    let Kind::Loop(inner) = &step[0].kind else { panic!() };
    assert_eq!(inner.items, "😀é");
    assert!(step[0].chain(Slot::Body).unwrap().is_empty());
}

/// An explicit null is written only as long as nothing is in its place: no key is written twice.
#[test]
fn a_null_gives_way_to_what_takes_its_place() {
    let text = r#"{"displayName":"a","schemaVersion":"22","trigger":{"name":"trigger","displayName":"t","type":"EMPTY","settings":{},"nextAction":{"name":"l","displayName":"l","type":"LOOP_ON_ITEMS","settings":{"items":""},"firstLoopAction":null,"nextAction":null}}}"#;
    let mut flow = wire::read(text).unwrap();
    let add = |flow: &mut crate::Flow, place: crate::Place, name: &str| {
        crate::apply(flow, crate::Op::add(place, crate::Step::code(name, name, ""))).unwrap()
    };
    let first = add(&mut flow, crate::Place::inside("l", Slot::Body), "a");
    let second = add(&mut flow, crate::Place::after("l"), "b");
    let full = wire::write_version(&flow);
    assert_eq!((full.matches("firstLoopAction").count(), full.matches("nextAction").count()), (1, 2));
    for inverse in [second, first] {
        crate::apply(&mut flow, inverse).unwrap();
    }
    assert_eq!(wire::write_version(&flow).matches(":null").count(), 2);
}

/// A number of a step's input is written as it was read, to the last digit.
#[test]
fn numbers_keep_every_digit() {
    let mut dice = super::random::Dice::new(5);
    let mut numbers = vec![
        "-0.0".to_owned(),
        "1e300".to_owned(),
        "18446744073709551615".to_owned(),
        "-9223372036854775808".to_owned(),
    ];
    while numbers.len() < 3_000 {
        let number = f64::from_bits(dice.next() << 16 ^ dice.next());
        if number.is_finite() {
            numbers.push(serde_json::Value::from(number).to_string());
        }
    }
    for number in numbers {
        let text = format!(
            r#"{{"name":"a","type":"CODE","settings":{{"input":{{"x":{number}}},"sourceCode":{{"code":""}}}}}}"#
        );
        let steps = wire::read_steps(&text).unwrap();
        assert_eq!(steps[0].input().unwrap()["x"].to_string(), number.replace("1e300", "1e+300"));
        let stored: crate::Chain = serde_json::from_str(&serde_json::to_string(&steps).unwrap()).unwrap();
        assert!(stored == steps, "{number}");
    }
}

/// A page of flows, as a server sends it: more levels than serde_json would read, each flow taken out as it stands.
#[test]
fn deep_flows_come_out_of_a_larger_reply() {
    #[derive(serde::Deserialize)]
    struct Page<'t> {
        #[serde(borrow)]
        data: Vec<&'t serde_json::value::RawValue>,
        next: Option<String>,
    }
    let flow = super::depth::deep(300, 2_000);
    let one = wire::write_flow(&flow);
    assert!(serde_json::from_str::<serde_json::Value>(&one).is_err());
    let text = format!(r#"{{"ignored":{one},"data":[{one},{one}],"next":"cursor"}}"#);
    let page: Page<'_> = serde_json::from_str(&text).unwrap();
    assert_eq!(page.next.as_deref(), Some("cursor"));
    for raw in page.data {
        assert!(wire::read(raw.get()).unwrap().steps == flow.steps);
    }
}

#[test]
fn data_may_nest_so_deep_and_no_deeper() {
    let nested = |levels: usize| {
        let data = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        format!(
            r#"{{"name":"a","type":"CODE","displayName":"a","settings":{{"sourceCode":{{"code":""}},"input":{{"x":{data}}}}}}}"#
        )
    };
    // The settings and the input are two levels of their own.
    let deepest = wire::read_steps(&nested(DATA_LEVELS - 2)).unwrap();
    let stored = serde_json::to_string(&deepest).unwrap();
    assert_eq!(serde_json::from_str::<crate::Chain>(&stored).unwrap(), deepest);
    let fault = wire::read_steps(&nested(DATA_LEVELS - 1)).unwrap_err();
    assert!(fault.message.contains("deeper"), "{fault}");
    assert!(wire::read_steps(&nested(1_000_000)).is_err());
}

/// Captured texts with bytes cut, doubled and changed: read or refused in a sentence, and what is read is written again.
#[test]
fn damaged_texts_are_read_or_refused() {
    use super::random::Dice;
    let (mut read, mut refused) = (0, 0);
    for (number, (name, text)) in super::captures::files("flows").into_iter().enumerate() {
        let mut dice = Dice::new(number as u64);
        for _ in 0..25 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..1 + dice.below(3) {
                let at = dice.below(bytes.len());
                match dice.below(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes[at] = *dice.of(b"{}[]:,\"0n"),
                    2 => {
                        bytes.remove(at);
                    }
                    _ => {
                        let piece: Vec<u8> = bytes[at..(at + 40).min(bytes.len())].to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
            }
            let damaged = String::from_utf8_lossy(&bytes).into_owned();
            let is_json = serde_json::from_str::<serde_json::Value>(&damaged).is_ok();
            match wire::read(&damaged) {
                Ok(flow) => {
                    read += 1;
                    assert!(is_json, "{name}: {damaged}");
                    let written = wire::write_flow(&flow);
                    assert_eq!(wire::write_flow(&wire::read(&written).unwrap()), written, "{name}");
                }
                Err(fault) => {
                    refused += 1;
                    assert!(fault.message.ends_with('.'), "{fault}");
                    assert!(!is_json || fault.message.contains("trigger"), "{name}: {fault}: {damaged}");
                }
            }
        }
    }
    assert!(read > 100 && refused > 300, "{read} {refused}");
}
