//! Addresses and keys: what is taken, and where a key goes and does not go.

use contract::Vendor;

use super::server::{pieces, serve, status};
use super::{KEY, Key, fails, families, listen, patience, remote, remote_with};
use crate::model::Trouble;
use crate::models::{Remote, RemoteOptions, check_base};

#[test]
fn plain_http_is_for_this_machine_only() {
    for good in [
        "https://models.example.com/v1",
        "https://models.example.com:8443",
        "http://localhost:11434",
        "http://LOCALHOST/v1/",
        "http://127.0.0.1:1234/v1",
        "http://127.8.9.1",
        "http://[::1]:8080/v1",
        " https://models.example.com ",
    ] {
        assert!(check_base(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "models.example.com",
        "http://models.example.com",
        "http://192.168.1.20:11434",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[fe80::1]",
        "http://0.0.0.0:1",
        "ftp://models.example.com",
        "file:///etc/passwd",
        "https://",
        "https://me:secret@models.example.com",
        "https://me@models.example.com",
        "https://models.example.com/v1?key=1",
        "https://models.example.com/v1#top",
        "javascript:alert(1)",
    ] {
        let sentence = check_base(bad).expect_err(bad);
        assert!(sentence.ends_with('.') && !sentence.contains("secret"), "{bad}: {sentence}");
    }
}

#[test]
fn what_cannot_be_used_is_said_at_once() {
    let options = |vendor, model: &str, base: Option<&str>, key: &str| RemoteOptions {
        vendor,
        model: model.to_owned(),
        base: base.map(str::to_owned),
        key: Key::new(key),
    };
    for bad in [
        options(Vendor::Compatible, "m", None, "k"),
        options(Vendor::Compatible, "m", Some(" "), "k"),
        options(Vendor::Anthropic, " ", None, "k"),
        options(Vendor::Anthropic, "m", Some("http://example.com"), "k"),
        options(Vendor::Anthropic, "m", None, "a\nb"),
        options(Vendor::Openai, "m", None, "a\u{7f}b"),
    ] {
        let sentence = Remote::new(bad, patience()).unwrap_err();
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn a_key_is_never_shown() {
    let key = Key::new(&format!("  {KEY}\n")).unwrap();
    assert_eq!(key.expose(), KEY);
    assert!(Key::new(" \n").is_none());
    let options = RemoteOptions { vendor: Vendor::Openai, model: "m".to_owned(), base: None, key: Some(key.clone()) };
    let remote = Remote::new(options.clone(), patience()).unwrap();
    for shown in [format!("{key:?}"), format!("{options:?}"), format!("{remote:?}"), format!("{remote:#?}")] {
        assert!(!shown.contains("sk-test"), "{shown}");
    }
}

#[tokio::test]
async fn a_key_goes_in_its_vendor_s_header_and_in_no_other() {
    const HEADERS: [&str; 3] = ["authorization", "x-api-key", "x-goog-api-key"];
    for family in families::all() {
        let body = family.body();
        let server = serve(move |_| pieces([body.as_bytes()])).await;
        let (own, value) = match family.vendor {
            Vendor::Anthropic => ("x-api-key", KEY.to_owned()),
            Vendor::Gemini => ("x-goog-api-key", KEY.to_owned()),
            Vendor::Openai | Vendor::Ollama | Vendor::Openrouter | Vendor::Compatible => {
                ("authorization", format!("Bearer {KEY}"))
            }
        };
        listen(&remote(family.vendor, family.model, &server.url)).await;
        listen(&remote_with(family.vendor, family.model, &server.url, None, patience())).await;
        let asked = server.questions();
        for header in HEADERS {
            let expected = (header == own).then_some(value.as_str());
            assert_eq!(asked[0].header(header), expected, "{} {header}", family.name);
            // No key from anywhere else, and no empty one.
            assert_eq!(asked[1].header(header), None, "{} {header}", family.name);
        }
        let version = (family.vendor == Vendor::Anthropic).then_some("2023-06-01");
        assert_eq!(asked[0].header("anthropic-version"), version, "{}", family.name);
        assert!(!asked[0].head.lines().next().unwrap().contains(KEY));
        assert!(!asked[0].body.to_string().contains(KEY));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_takes_no_key_along() {
    for line in
        ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        for family in families::forms() {
            let other = serve(|_| pieces([])).await;
            let elsewhere = format!("Location: {}/v1/messages\r\n", other.url);
            let server = serve(move |_| status(line, &elsewhere, "")).await;
            let error = fails(&remote(family.vendor, family.model, &server.url)).await;
            assert_eq!(error.trouble, Trouble::Refused, "{line} {}", family.name);
            assert!(error.message.contains("another address"), "{}", error.message);
            assert_eq!(server.questions().len(), 1, "{line} {}", family.name);
            assert!(other.questions().is_empty(), "{line} {}", family.name);
        }
    }
}

#[tokio::test]
async fn the_path_follows_the_base() {
    let cases = [
        (Vendor::Anthropic, "m", "", "/v1/messages"),
        (Vendor::Anthropic, "m", "/proxy/v1/", "/proxy/v1/messages"),
        (Vendor::Openai, "gpt-4.1", "/v1", "/v1/chat/completions"),
        (Vendor::Openai, "gpt-5.4", "", "/v1/responses"),
        (Vendor::Openai, "o3", "", "/v1/chat/completions"),
        (Vendor::Compatible, "gpt-5.4", "/openai", "/openai/chat/completions"),
        (Vendor::Openrouter, "openai/gpt-5.4", "", "/api/v1/chat/completions"),
        (Vendor::Ollama, "qwen3", "", "/api/chat"),
        (Vendor::Gemini, "gemini-3.5-flash", "", "/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse"),
        (Vendor::Gemini, "models/gemini-x", "", "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"),
        (Vendor::Gemini, "../a?b#c", "", "/v1beta/models/..%2Fa%3Fb%23c:streamGenerateContent?alt=sse"),
    ];
    for (vendor, model, base, path) in cases {
        let server = serve(|_| pieces([])).await;
        listen(&remote(vendor, model, &format!("{}{base}", server.url))).await;
        let head = server.questions()[0].head.clone();
        assert_eq!(head.lines().next().unwrap(), format!("POST {path} HTTP/1.1"), "{vendor:?}");
    }
}
