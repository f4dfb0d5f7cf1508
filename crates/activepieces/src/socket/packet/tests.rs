#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Duration;

use serde_json::json;

use super::{Packet, connect, event};

#[test]
fn packets_are_read() {
    let Packet::Open { silence } = Packet::read(r#"0{"sid":"a","pingInterval":300,"pingTimeout":200}"#) else {
        panic!()
    };
    assert_eq!(silence, Duration::from_millis(500));
    assert!(matches!(Packet::read("2"), Packet::Ping));
    assert!(matches!(Packet::read("1"), Packet::Close));
    assert!(matches!(Packet::read(r#"40{"sid":"x"}"#), Packet::Connected));
    assert!(matches!(Packet::read("41"), Packet::Disconnected));
    let Packet::Refused(reason) = Packet::read(r#"44{"message":"Authentication error"}"#) else { panic!() };
    assert_eq!(reason, "Authentication error");
    let Packet::Event { name, data } = Packet::read(r#"42["HELLO",{"a":1}]"#) else { panic!() };
    assert_eq!((name.as_str(), data.unwrap().get()), ("HELLO", r#"{"a":1}"#));
    let Packet::Event { name, .. } = Packet::read(r#"42/other,17["NAMED"]"#) else { panic!() };
    assert_eq!(name, "NAMED");
    let Packet::Event { name, .. } = Packet::read(r#"451-["FILE",{"_placeholder":true,"num":0}]"#) else { panic!() };
    assert_eq!(name, "FILE");
    let Packet::Ack { id, data } = Packet::read(r#"4312[{"acquired":true}]"#) else { panic!() };
    assert_eq!((id, data.unwrap().get()), (12, r#"{"acquired":true}"#));
}

#[test]
fn what_is_no_packet_concerns_nobody() {
    for text in ["", "x", "4", "42", "42[]", "42[1]", "43[1]", "42{", "9", "42é", "4²", "43", "45", "0", "0["] {
        let packet = Packet::read(text);
        assert!(matches!(packet, Packet::Other | Packet::Open { .. }), "{text}: {packet:?}");
    }
}

#[test]
fn packets_are_written() {
    assert_eq!(connect(&json!({"token": "t"})), r#"40{"token":"t"}"#);
    assert_eq!(event("LOCK", &json!({"a": 1}), Some(7)), r#"427["LOCK",{"a":1}]"#);
    assert_eq!(event("LOCK", &json!(null), None), r#"42["LOCK",null]"#);
}
