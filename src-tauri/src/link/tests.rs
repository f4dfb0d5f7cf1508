#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn wish(word: &str) -> Wish {
    match parse(word) {
        Some(Link::Wish(wish)) => wish,
        other => panic!("{word}: {other:?}"),
    }
}

#[test]
fn the_four_forms_are_read() {
    assert_eq!(wish("pmos://item/12"), Wish::Item(RecordingId(12)));
    assert_eq!(wish("pmos://flow/7"), Wish::Go("/automations/7".into()));
    assert_eq!(
        wish("pmos://chat?text=What%20is%20late%3F%0ASay%20why."),
        Wish::Write("What is late?\nSay why.".into())
    );
    assert_eq!(wish("pmos://chat/?text=a+b"), Wish::Write("a b".into()));
    let answer = "pmos://oauth/callback?code=abc&state=s-1";
    let Some(Link::Answer(text)) = parse(answer) else { panic!("an answer is one") };
    assert_eq!(text.into_inner(), answer);
    assert!(parse("pmos://oauth/callback?error=access_denied&error_description=no&state=s").is_some());
}

#[test]
fn what_an_answer_carries_is_never_shown() {
    let shown = format!("{:?}", parse("pmos://oauth/callback?code=hush&state=s"));
    assert!(!shown.contains("hush"), "{shown}");
}

/// Each line is a trick, and what it would have done.
#[test]
fn abuses_are_no_links() {
    let long = format!("pmos://chat?text={}", "a".repeat(LONGEST));
    let wordy = format!("pmos://chat?text={}", "a".repeat(LONGEST_TEXT + 1));
    let abuses = [
        ("another scheme", "https://item/12"),
        ("a script's scheme", "javascript:pmos://item/12"),
        ("a scheme that only begins so", "pmosx://item/12"),
        ("a scheme in capitals", "PMOS://item/12"),
        ("no authority", "pmos:item/12"),
        ("a user before the host", "pmos://oauth@evil.example/callback?code=1&state=2"),
        ("a password before the host", "pmos://a:b@item/12"),
        ("a port", "pmos://item:80/12"),
        ("a host that only begins so", "pmos://item.evil.example/12"),
        ("a host with a dot after it", "pmos://item./12"),
        ("a host in capitals", "pmos://ITEM/12"),
        ("a host in another writing", "pmos://%69tem/12"),
        ("a host that looks the same", "pmos://іtem/12"),
        ("more than is read", &long),
        ("more than one says", &wordy),
        ("a control character", "pmos://chat?text=a\u{7}b"),
        ("a line break", "pmos://item/12\npmos://item/13"),
        ("a hidden control character", "pmos://chat?text=a%1b%5b2Jb"),
        ("a zero byte", "pmos://chat?text=a%00b"),
        ("text that turns round", "pmos://chat?text=%E2%80%AEdlrow"),
        ("text that cannot be read", "pmos://chat?text=%ff%fe"),
        ("an unknown action", "pmos://run/12"),
        ("no action", "pmos://"),
        ("an id that is none", "pmos://item/twelve"),
        ("an id with a sign", "pmos://item/+12"),
        ("an id of something that is only here", "pmos://item/-12"),
        ("an id with zeros before it", "pmos://item/0012"),
        ("an id that is too large", "pmos://item/99999999999999999999"),
        ("an id in other digits", "pmos://item/١٢"),
        ("an id and more", "pmos://item/12/delete"),
        ("a way up", "pmos://item/../flow/12"),
        ("a hidden way up", "pmos://item/%2e%2e/12"),
        ("a way up to a file", "pmos://item/../../etc/passwd"),
        ("a link within a link", "pmos://item/pmos://flow/12"),
        ("a link to go on to", "pmos://item/12?next=https://evil.example"),
        ("a place within", "pmos://item/12#/settings"),
        ("a script instead of an id", "pmos://item/<script>alert(1)</script>"),
        ("another command in the query", "pmos://chat?text=hello&send=true"),
        ("two texts", "pmos://chat?text=hello&text=bye"),
        ("no text", "pmos://chat?text="),
        ("blank text", "pmos://chat?text=%20%20"),
        ("another place of the sign-in", "pmos://oauth/token?code=1&state=2"),
        ("a way up to the sign-in", "pmos://oauth/x/../callback?code=1&state=2"),
        ("no state", "pmos://oauth/callback?code=1"),
        ("an empty state", "pmos://oauth/callback?code=1&state="),
        ("two states", "pmos://oauth/callback?code=1&state=2&state=3"),
        ("two codes", "pmos://oauth/callback?code=1&code=2&state=3"),
        ("a code and an error", "pmos://oauth/callback?code=1&error=no&state=2"),
        ("neither", "pmos://oauth/callback?state=2"),
        ("something foreign in the answer", "pmos://oauth/callback?code=1&state=2&redirect_uri=https://evil.example"),
        ("the answer after the hash", "pmos://oauth/callback#code=1&state=2"),
    ];
    for (what, word) in abuses {
        assert_eq!(parse(word), None, "{what}: {word}");
    }
}

#[test]
fn text_is_only_text() {
    let script = "pmos://chat?text=%3Cscript%3Ealert(1)%3C%2Fscript%3E%20pmos%3A%2F%2Fitem%2F1";
    assert_eq!(wish(script), Wish::Write("<script>alert(1)</script> pmos://item/1".into()));
}

#[test]
fn what_wants_to_be_ours_is_known() {
    assert!(is_ours("pmos://anything") && is_ours("PMOS://item/1"));
    assert!(!is_ours("pmos:") && !is_ours("--data") && !is_ours("é"));
}
