#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::Code;

use super::*;

/// A piece in a server's own words.
fn piece(auth: Value) -> PieceMetadata {
    serde_json::from_value(json!({ "name": "x", "displayName": "Mail", "auth": auth })).unwrap()
}

fn mail() -> PieceMetadata {
    let ports = json!({ "options": [{ "label": "25", "value": 25 }, { "label": "587", "value": 587 }] });
    piece(json!({ "type": "CUSTOM_AUTH", "displayName": "Mail", "required": true, "props": {
        "host": { "type": "SHORT_TEXT", "displayName": "Host", "required": true },
        "note": { "type": "MARKDOWN", "displayName": "Read this", "required": true },
        "password": { "type": "SECRET_TEXT", "displayName": "Password" },
        "port": { "type": "STATIC_DROPDOWN", "displayName": "Port", "required": true, "options": ports },
        "tls": { "type": "CHECKBOX", "displayName": "Require TLS?" },
        "wait": { "type": "NUMBER", "displayName": "Wait" },
    } }))
}

fn custom(props: Value) -> String {
    json!({ "type": "CUSTOM_AUTH", "props": props }).to_string()
}

#[test]
fn what_fits_is_kept_and_nothing_else() {
    let kept =
        checked(&mail(), &custom(json!({ "host": " mail.test\n", "port": "587", "tls": false, "password": "" })));
    let wanted = json!({ "type": "CUSTOM_AUTH", "props": { "host": "mail.test", "port": 587, "tls": false } });
    assert_eq!(kept.unwrap(), wanted);
    let key = piece(json!([{ "type": "SECRET_TEXT", "displayName": "Key" }, { "type": "BASIC_AUTH" }]));
    let kept = checked(&key, r#"{ "type": "SECRET_TEXT", "secret_text": " k ", "more": 1 }"#).unwrap();
    assert_eq!(kept, json!({ "type": "SECRET_TEXT", "secret_text": "k" }));
    let kept = checked(&key, r#"{ "type": "BASIC_AUTH", "username": "u", "password": "p" }"#).unwrap();
    assert_eq!(kept, json!({ "type": "BASIC_AUTH", "username": "u", "password": "p" }));
}

#[test]
fn what_does_not_fit_is_refused_without_a_word_of_it() {
    let key = piece(json!({ "type": "SECRET_TEXT", "displayName": "Key" }));
    let oauth = piece(json!({ "type": "OAUTH2", "displayName": "Sign in" }));
    let good = json!({ "host": "hush", "port": 25 });
    let with = |name: &str, value: Value| {
        let mut props = good.clone();
        props[name] = value;
        custom(props)
    };
    let cases = [
        (&key, "hush".to_owned(), "cannot be read"),
        (&key, "[\"hush\"]".to_owned(), "cannot be read"),
        (&key, r#"{ "secret_text": "hush" }"#.to_owned(), "SECRET_TEXT"),
        (&key, r#"{ "type": "hush", "secret_text": "hush" }"#.to_owned(), "SECRET_TEXT"),
        (&key, r#"{ "type": "SECRET_TEXT", "secret_text": "  " }"#.to_owned(), "Key is empty"),
        (&key, r#"{ "type": "SECRET_TEXT", "secret_text": 7 }"#.to_owned(), "Key is empty"),
        (&oauth, r#"{ "type": "OAUTH2", "code": "hush" }"#.to_owned(), "Activepieces server"),
        (&oauth, r#"{ "type": "CLOUD_OAUTH2", "code": "hush" }"#.to_owned(), "Activepieces server"),
        (&mail(), custom(json!({ "host": "hush" })), "Port is empty"),
        (&mail(), custom(json!({ "port": 25 })), "Host is empty"),
        (&mail(), with("port", json!("hush")), "Port is none of its choices"),
        (&mail(), with("tls", json!("hush")), "Require TLS? is yes or no"),
        (&mail(), with("wait", json!("hush")), "Wait has to be a number"),
        (&mail(), with("password", json!(["hush"])), "Password has to be a text"),
        (&mail(), with("hush", json!("hush")), "no such field"),
    ];
    for (piece, text, said) in cases {
        let fault = checked(piece, &text).unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (Code::Invalid, Some("value")), "{text}");
        assert!(fault.message.contains(said) && !fault.message.contains("hush"), "{text}: {}", fault.message);
    }
    let none = piece(json!(null));
    let fault = checked(&none, r#"{ "type": "SECRET_TEXT", "secret_text": "x" }"#).unwrap_err();
    assert_eq!(fault.field.as_deref(), Some("piece"));
}
