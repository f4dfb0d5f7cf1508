//! Addresses, versions, and what is shown of a server's own words.

use crate::fault::refusal;
use crate::text::shown;
use crate::{Address, Fault, Secret, Version};

#[test]
fn an_address_is_read_however_it_was_copied() {
    for (typed, kept) in [
        ("https://flows.example.com", "https://flows.example.com"),
        ("  https://flows.example.com/  ", "https://flows.example.com"),
        ("https://flows.example.com/api/v1/", "https://flows.example.com"),
        ("https://flows.example.com/sign-in?from=x#y", "https://flows.example.com"),
        (
            "https://flows.example.com/projects/E3OsVyxEum2KqPFeSLjHc/flows/JR1F8pAbKYDEfngFsB74z",
            "https://flows.example.com",
        ),
        ("https://example.com/pieces/flows", "https://example.com/pieces"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8080/api", "http://[::1]:8080"),
    ] {
        assert_eq!(Address::parse(typed).unwrap().as_str(), kept, "{typed}");
    }
    let url = Address::parse("https://example.com/pieces").unwrap().api(&["v1", "flows", "a/b?c"]).unwrap();
    assert_eq!(url.as_str(), "https://example.com/pieces/api/v1/flows/a%2Fb%3Fc");
}

#[test]
fn an_address_that_would_tell_a_secret_is_refused() {
    for typed in [
        "",
        "flows.example.com",
        "ftp://flows.example.com",
        "file:///etc",
        "https://",
        "http://flows.example.com",
        "http://192.168.1.4:8080",
        "https://ada:hunter2@flows.example.com",
        "http://localhost.example.com",
        "javascript:alert(1)",
    ] {
        match Address::parse(typed) {
            Err(Fault::Invalid { field, message }) => {
                assert_eq!(field.as_deref(), Some("address"));
                assert!(message.ends_with('.') && !message.contains("hunter2"), "{message}");
            }
            other => panic!("{typed}: {other:?}"),
        }
    }
    assert!(Address::parse_plain("http://192.168.1.4:8080").is_ok());
    assert!(Address::parse_plain("https://ada:hunter2@flows.example.com").is_err());
}

#[test]
fn versions_are_compared_by_number() {
    let read = |text: &str| Version::read(text).unwrap();
    assert!(read("0.85.2") > read("0.9.0"));
    assert_eq!(read("v0.85.2-rc.1").to_string(), "0.85.2");
    assert_eq!(read("0.85"), Version { major: 0, minor: 85, patch: 0 });
    assert_eq!(Version::read("latest"), None);
}

#[test]
fn a_servers_words_are_shown_without_tokens() {
    assert_eq!(shown("no").as_deref(), Some("no"));
    for text in ["", "<html>", "{\"a\":1}", "[1]", " … "] {
        assert_eq!(shown(text), None, "{text}");
    }
    let said = shown("bad token eyJhbGciOiJIUzI1NiJ9.e30.x and sk-abcdef123456 here").unwrap();
    assert_eq!(said, "bad token … and … here");
    assert!(shown(&"word ".repeat(200)).unwrap().chars().count() <= 240);
    let fault = refusal(400, None, r#"{"code":"X","params":{"message":"jwt eyJhbGciOiJIUzI1NiJ9.e30.x is bad"}}"#);
    assert!(!fault.to_string().contains("eyJ"), "{fault}");
    assert_eq!(format!("{:?}", Secret::new("hush")), "Secret(..)");
}

#[test]
fn an_answer_of_something_else_is_no_answer() {
    for (status, text) in [(404, "<html>nginx</html>"), (302, ""), (418, "{}"), (404, "")] {
        assert!(matches!(refusal(status, None, text), Fault::Unreadable(_)), "{status} {text}");
    }
    for status in [502, 503, 504, 520] {
        assert!(matches!(refusal(status, None, "<html>"), Fault::Unavailable { sent: true, .. }), "{status}");
    }
    for text in ["", "null", "[]", "{\"code\":7,\"params\":[1],\"message\":{}}", "{", "\"x\""] {
        for status in 400..=599 {
            assert!(!refusal(status, None, text).to_string().is_empty());
        }
    }
}
