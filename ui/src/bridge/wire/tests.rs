#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::Code;

use super::{read_envelope, read_fault, read_reply, token_of_fragment};

#[test]
fn a_token_is_taken_from_the_fragment_and_nowhere_else() {
    assert_eq!(token_of_fragment("#token=abc"), Some("abc"));
    assert_eq!(token_of_fragment("#x=1&token=abc"), Some("abc"));
    for none in ["", "#", "#token=", "#/today", "#mytoken=abc"] {
        assert_eq!(token_of_fragment(none), None, "{none}");
    }
}

#[test]
fn an_envelope_holds_a_reply_or_a_fault() {
    assert_eq!(read_envelope(r#"{"Ok":{"id":"9007199254740993"}}"#).unwrap(), r#"{"id":"9007199254740993"}"#);
    let fault = read_envelope(r#"{"Err":{"code":"conflict","message":"Choose."}}"#).unwrap_err();
    assert_eq!(fault.code, Code::Conflict);
    for bad in ["", "null", "{}", "<html>", r#"{"Ok""#] {
        assert_eq!(read_envelope(bad).unwrap_err().code, Code::Internal, "{bad}");
    }
    assert_eq!(read_reply::<u8>("300").unwrap_err().code, Code::Internal);
}

#[test]
fn a_refusal_that_is_no_fault_still_says_what_to_do() {
    let told = read_fault(502, r#"{"code":"offline","message":"Basecamp cannot be reached.","retry":true}"#);
    assert_eq!((told.code, told.retry), (Code::Offline, true));
    let html = read_fault(403, "<html>Forbidden</html>");
    assert_eq!(html.code, Code::Forbidden);
    assert!(html.message.contains("403") && html.message.contains("Reload"));
}
