use std::sync::Arc;

use super::stub::Stub;
use super::{at, client, err, secret, seed};
use crate::oauth::{Client, Code, Endpoints, ExchangeError, Http, Redirect, Refused, SetupError, SignIn};

fn begun() -> SignIn {
    SignIn::begin(client("http://127.0.0.1:1", 8977), "Acme", at(0), &seed(1))
}

fn state(attempt: &SignIn) -> String {
    attempt.url().query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned()
}

fn answer(attempt: &SignIn) -> String {
    format!("http://127.0.0.1:8977/callback?code=the-code&state={}", state(attempt))
}

async fn accepted(attempt: &SignIn) -> Code {
    attempt.accept(&answer(attempt), at(1)).ok().unwrap()
}

#[test]
fn the_address_holds_what_launchpad_asks_for() {
    let attempt = begun();
    let mut pairs: Vec<_> = attempt.url().query_pairs().into_owned().collect();
    pairs.retain(|(key, _)| key != "state");
    pairs.sort();
    let expected = [
        ("client_id", "the-id"),
        ("redirect_uri", "http://127.0.0.1:8977/callback"),
        ("response_type", "code"),
        ("type", "web_server"),
    ];
    assert_eq!(pairs, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(attempt.label(), "Acme");
    assert_eq!(state(&attempt).len(), 43, "256 bits");
}

#[test]
fn proof_of_possession_only_when_told() {
    let with = SignIn::begin(client("http://127.0.0.1:1", 8977).with_pkce(), "Acme", at(0), &seed(1));
    assert!(with.url().query().unwrap().contains("code_challenge_method=S256"));
    assert!(!begun().url().query().unwrap().contains("code_challenge"));
}

#[test]
fn an_answer_is_good_once_by_whichever_way_it_comes() {
    for way in ["http://127.0.0.1:8977/callback", "pmos://oauth/callback", "  http://127.0.0.1:8977/callback"] {
        let attempt = begun();
        let text = format!("{way}?code=c&state={}\n", state(&attempt));
        assert!(attempt.accept(&text, at(599)).is_ok(), "{way}");
        assert_eq!(err(attempt.accept(&text, at(599))), Refused::AlreadyUsed);
        assert_eq!(err(attempt.accept(&answer(&attempt), at(599))), Refused::AlreadyUsed);
    }
}

#[test]
fn ten_minutes_and_no_longer() {
    assert_eq!(err(begun().accept(&answer(&begun()), at(600))), Refused::Expired);
    assert_eq!(err(begun().accept(&answer(&begun()), at(1_000_000))), Refused::Expired);
    assert!(begun().accept(&answer(&begun()), at(-30)).is_ok(), "a clock set back does no harm");
}

#[test]
fn an_answer_to_another_attempt_is_refused_and_does_no_harm() {
    let (mine, theirs) = (begun(), SignIn::begin(client("http://127.0.0.1:1", 8977), "Other", at(0), &seed(2)));
    assert_eq!(err(mine.accept(&answer(&theirs), at(1))), Refused::UnknownState);
    for bad in ["", "state=", "state=x", &format!("state={0}&state={0}", state(&mine))] {
        let text = format!("http://127.0.0.1:8977/callback?code=c&{bad}");
        assert_eq!(err(mine.accept(&text, at(1))), Refused::UnknownState, "{bad}");
    }
    assert!(mine.accept(&answer(&mine), at(1)).is_ok());
    assert!(theirs.accept(&answer(&theirs), at(1)).is_ok());
}

#[test]
fn denial_uses_the_attempt_up() {
    let attempt = begun();
    let denied = format!("http://127.0.0.1:8977/callback?error=access_denied&state={}", state(&attempt));
    assert_eq!(err(attempt.accept(&denied, at(1))), Refused::Denied);
    assert_eq!(err(attempt.accept(&answer(&attempt), at(2))), Refused::AlreadyUsed);
    let attempt = begun();
    let other = format!("{}&error=server_error", answer(&attempt));
    assert_eq!(err(attempt.accept(&other, at(1))), Refused::Rejected, "an error beside a code is an error");
}

#[test]
fn an_answer_without_a_code_leaves_the_attempt_waiting() {
    let attempt = begun();
    for rest in ["", "&code=", "&code=a&code=b"] {
        let text = format!("http://127.0.0.1:8977/callback?state={}{rest}", state(&attempt));
        assert_eq!(err(attempt.accept(&text, at(1))), Refused::MissingCode, "{rest}");
    }
    assert!(attempt.accept(&answer(&attempt), at(1)).is_ok());
}

#[test]
fn addresses_that_are_not_the_redirect_are_refused() {
    let attempt = begun();
    let query = format!("code=c&state={}", state(&attempt));
    for place in [
        "http://127.0.0.1:8978/callback",
        "http://127.0.0.1/callback",
        "http://localhost:8977/callback",
        "https://127.0.0.1:8977/callback",
        "http://127.0.0.1:8977/callback/",
        "http://127.0.0.1:8977/",
        "http://127.0.0.1.example.com:8977/callback",
        "http://me@127.0.0.1:8977/callback",
        "pmos://oauth/callback/more",
        "pmos://elsewhere/callback",
        "pmos:oauth/callback",
        "not an address",
        "",
    ] {
        assert_eq!(err(attempt.accept(&format!("{place}?{query}"), at(1))), Refused::WrongRedirect, "{place}");
    }
    let endless = format!("{}&more={}", answer(&attempt), "x".repeat(9000));
    assert_eq!(err(attempt.accept(&endless, at(1))), Refused::WrongRedirect);
    assert!(attempt.accept(&answer(&attempt), at(1)).is_ok());
}

#[test]
fn two_ways_at_once_give_one_code() {
    let attempt = Arc::new(begun());
    let text = answer(&attempt);
    let threads: Vec<_> = (0..16)
        .map(|_| {
            let (attempt, text) = (Arc::clone(&attempt), text.clone());
            std::thread::spawn(move || attempt.accept(&text, at(1)).is_ok())
        })
        .collect();
    let accepted = threads.into_iter().map(|thread| thread.join().unwrap()).filter(|ok| *ok).count();
    assert_eq!(accepted, 1);
}

#[test]
fn setups_that_would_send_a_secret_in_the_clear_are_refused() {
    for bad in [
        "http://launchpad.37signals.com/token",
        "http://localhost.example.com/token",
        "https://user:pass@example.com/token",
        "https://example.com/token#part",
        "ftp://127.0.0.1/token",
        "file:///token",
        "/token",
        "",
    ] {
        assert_eq!(Endpoints::new("https://example.com/", bad), Err(SetupError::Endpoint), "{bad}");
        assert_eq!(Endpoints::new(bad, "https://example.com/"), Err(SetupError::Endpoint), "{bad}");
    }
    for good in ["https://example.com/token", "http://127.0.0.1:9/t", "http://localhost/t", "http://[::1]:9/t"] {
        assert!(Endpoints::new(good, good).is_ok(), "{good}");
    }
    Endpoints::launchpad().unwrap();
}

#[test]
fn redirects_that_could_not_be_received_are_refused() {
    for bad in [
        "https://127.0.0.1:8977/callback",
        "http://127.0.0.1/callback",
        "http://192.168.1.2:8977/callback",
        "http://127.0.0.1:8977/",
        "http://127.0.0.1:8977/callback?a=b",
        "http://127.0.0.1:8977/callback#a",
        "http://a@127.0.0.1:8977/callback",
        "pmos://other/callback",
        "",
    ] {
        assert_eq!(Redirect::parse(bad), Err(SetupError::Redirect), "{bad}");
    }
    assert_eq!(Redirect::loopback(Redirect::PORT).unwrap().port(), Some(8977));
    assert_eq!(Redirect::parse("http://localhost:1234/back").unwrap().port(), Some(1234));
    assert_eq!(Redirect::deep_link().unwrap().port(), None);
    let endpoints = Endpoints::launchpad().unwrap();
    let made = Client::new(" ", &secret("s"), endpoints.clone(), Redirect::deep_link().unwrap());
    assert_eq!(err(made), SetupError::Client);
    assert_eq!(err(Client::new("id", &secret("\n"), endpoints, Redirect::deep_link().unwrap())), SetupError::Client);
}

#[tokio::test]
async fn a_code_buys_tokens() {
    let stub = Stub::start().await;
    stub.json(200, r#"{"access_token":"A","token_type":"Bearer","expires_in":1209600,"refresh_token":"R"}"#);
    let attempt = SignIn::begin(client(&stub.base, 8977).with_pkce(), "Acme", at(0), &seed(1));
    let tokens = attempt.exchange(accepted(&attempt).await, &Http::new("PM OS").unwrap(), at(1)).await.ok().unwrap();
    assert!(tokens.access == secret("A") && tokens.refresh == Some(secret("R")));
    assert_eq!(tokens.expires_at, Some(at(1_209_601)));
    let asked = &stub.asked()[0];
    assert!(asked.bearer.is_none(), "the secret goes in the body, as Launchpad wants it");
    for (key, value) in [
        ("grant_type", "authorization_code"),
        ("type", "web_server"),
        ("client_id", "the-id"),
        ("client_secret", "the-client-secret"),
        ("redirect_uri", "http://127.0.0.1:8977/callback"),
        ("code", "the-code"),
    ] {
        assert_eq!(asked.form.get(key).map(String::as_str), Some(value), "{key}");
    }
    assert_eq!(asked.form["code_verifier"].len(), 43);
}

#[tokio::test]
async fn an_exchange_that_fails_says_why() {
    let stub = Stub::start().await;
    let http = Http::new("PM OS").unwrap();
    stub.json(400, r#"{"error":"invalid_grant"}"#)
        .json(401, r#"{"error":"invalid_client"}"#)
        .json(503, "{}")
        .json(429, "{}")
        .html(200, "<html>the-code</html>")
        .html(404, "<html></html>")
        .json(200, r#"{"token_type":"Bearer"}"#)
        .json(302, "{}");
    let expected = [
        ExchangeError::CodeRefused,
        ExchangeError::BadClient,
        ExchangeError::Unreachable,
        ExchangeError::Unreachable,
        ExchangeError::Unreadable,
        ExchangeError::Unreadable,
        ExchangeError::Unreadable,
        ExchangeError::Unreadable,
    ];
    for expected in expected {
        let attempt = SignIn::begin(client(&stub.base, 8977), "Acme", at(0), &seed(1));
        assert_eq!(err(attempt.exchange(accepted(&attempt).await, &http, at(1)).await), expected);
    }
    // Nobody listens on port 1.
    let attempt = begun();
    assert_eq!(err(attempt.exchange(accepted(&attempt).await, &http, at(1)).await), ExchangeError::Unreachable);
}
