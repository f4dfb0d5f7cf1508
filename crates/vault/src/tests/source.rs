use std::sync::Arc;

use futures::future::join_all;

use super::stub::Stub;
use super::{FakeKeyring, at, client, err, secret, started};
use crate::oauth::{Clock, Home, Http, Renewal, TokenError, TokenSource, Tokens};
use crate::{Options, Vault};

const FRESH: &str = r#"{"access_token":"A2","token_type":"Bearer","expires_in":1209600,"refresh_token":"R2"}"#;
const ENDED: &str = r#"{"error":"authorization_expired"}"#;

fn clock() -> Clock {
    Arc::new(|| at(0))
}

fn tokens(expires: i64) -> Tokens {
    Tokens { access: secret("A1"), refresh: Some(secret("R1")), expires_at: Some(at(expires)) }
}

async fn home() -> Home {
    Home { vault: Vault::open("unused", Options::memory()).await.unwrap(), name: "basecamp/1".to_owned() }
}

fn renewal(base: &str) -> Option<Renewal> {
    Some(Renewal { client: client(base, 8977), http: Http::new("PM OS").unwrap() })
}

/// A source at time 0 whose token ends at `expires`.
async fn source(stub: &Stub, expires: i64) -> TokenSource {
    TokenSource::new(tokens(expires), home().await, renewal(&stub.base), clock())
}

async fn access(source: &TokenSource) -> Result<String, TokenError> {
    source.access_token().await.map(|token| token.expose().to_owned())
}

#[tokio::test]
async fn a_token_with_life_left_is_handed_out_as_it_is() {
    let stub = Stub::start().await;
    let source = source(&stub, 300).await;
    assert_eq!(access(&source).await.unwrap(), "A1");
    assert!(stub.asked().is_empty());
}

#[tokio::test]
async fn under_300_seconds_it_is_renewed_first() {
    let stub = Stub::start().await;
    stub.json(200, FRESH);
    let home = home().await;
    let source = TokenSource::new(tokens(299), home.clone(), renewal(&stub.base), clock());
    assert_eq!(access(&source).await.unwrap(), "A2");
    assert_eq!((source.generation(), source.is_saved()), (1, true));
    let form = &stub.asked()[0].form;
    let expected =
        [("grant_type", "refresh_token"), ("type", "refresh"), ("refresh_token", "R1"), ("client_id", "the-id")];
    for (key, value) in expected {
        assert_eq!(form.get(key).map(String::as_str), Some(value), "{key}");
    }
    // What the vault holds is what is in use.
    let again = TokenSource::restore(home, None, clock()).await.unwrap().unwrap();
    assert_eq!(access(&again).await.unwrap(), "A2");
}

#[tokio::test]
async fn a_hundred_callers_make_one_request() {
    let stub = Stub::gated().await;
    stub.json(200, FRESH);
    let source = source(&stub, 10).await;
    let callers: Vec<_> = (0..100)
        .map(|n| {
            let source = source.clone();
            Box::pin(async move {
                if n % 2 == 0 { source.refresh(0).await.map(|_| ()) } else { source.access(at(0)).await.map(|_| ()) }
            })
        })
        .collect();
    let callers = join_all(callers.into_iter().map(started)).await;
    stub.open();
    assert!(join_all(callers).await.into_iter().all(|answer| answer.is_ok()));
    assert_eq!(source.refresh(0).await, Ok(true), "a late caller shares the verdict");
    assert_eq!(access(&source).await.unwrap(), "A2");
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_failed_renewal_is_shared_and_then_tried_again() {
    let stub = Stub::start().await;
    stub.json(503, "").json(200, FRESH);
    let source = source(&stub, -10).await;
    let answers = join_all((0..100).map(|_| source.refresh(0))).await;
    assert!(answers.iter().all(|answer| *answer == Err(TokenError::Unreachable)));
    assert_eq!(source.refresh(0).await, Err(TokenError::Unreachable), "a stale caller shares the verdict");
    assert_eq!(stub.asked().len(), 1);
    assert_eq!(access(&source).await.unwrap(), "A2");
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_keeps_the_old_one() {
    let stub = Stub::start().await;
    stub.json(200, r#"{"access_token":"A2","token_type":"Bearer"}"#).json(200, FRESH);
    let source = source(&stub, 10).await;
    assert_eq!(access(&source).await.unwrap(), "A2");
    assert_eq!(source.refresh(1).await, Ok(true));
    let sent: Vec<_> = stub.asked().iter().map(|asked| asked.form["refresh_token"].clone()).collect();
    assert_eq!(sent, ["R1", "R1"]);
}

#[tokio::test]
async fn an_ended_authorization_is_said_at_once_until_reconnected() {
    for (status, body) in
        [(400, ENDED), (400, r#"{"error":"invalid_grant"}"#), (401, ENDED), (400, "authorization_expired")]
    {
        let stub = Stub::start().await;
        stub.json(status, body);
        let source = source(&stub, 100_000).await;
        assert_eq!(source.refresh(0).await, Err(TokenError::Revoked));
        for _ in 0..3 {
            assert_eq!(access(&source).await, Err(TokenError::Revoked));
            assert_eq!(source.refresh(source.generation()).await, Err(TokenError::Revoked));
        }
        assert_eq!(stub.asked().len(), 1, "asked again for nothing");
        source.reconnect(tokens(100_000)).await.unwrap();
        assert_eq!(access(&source).await.unwrap(), "A1");
        assert_eq!(source.refresh(1).await, Ok(true), "whoever saw the old tokens tries the fresh ones");
    }
}

#[tokio::test]
async fn a_lost_network_keeps_the_tokens() {
    let stub = Stub::nowhere();
    let ended = source(&stub, -1).await;
    assert_eq!(access(&ended).await, Err(TokenError::Unreachable));
    assert!(ended.refreshable());
    // While the token lives there is no reason to stop work.
    let living = source(&stub, 100).await;
    assert_eq!(access(&living).await.unwrap(), "A1");
}

#[tokio::test]
async fn a_living_token_is_handed_out_though_the_integration_is_refused() {
    let stub = Stub::start().await;
    let refused = r#"{"error":"invalid_client"}"#;
    stub.json(401, refused).json(401, refused);
    assert_eq!(access(&source(&stub, 100).await).await.unwrap(), "A1");
    assert_eq!(access(&source(&stub, 0).await).await, Err(TokenError::BadClient));
}

#[tokio::test]
async fn a_page_instead_of_tokens_is_not_a_revocation() {
    let stub = Stub::start().await;
    let page = format!("<html>{}authorization_expired</html>", " ".repeat(2000));
    stub.html(200, &page).html(400, &page).html(403, "<html></html>").json(400, r#"{"error":"invalid_client"}"#);
    let source = source(&stub, -1).await;
    for expected in [TokenError::Unreadable, TokenError::Unreadable, TokenError::Unreadable, TokenError::BadClient] {
        assert_eq!(access(&source).await, Err(expected));
    }
    stub.json(200, FRESH);
    assert_eq!(access(&source).await.unwrap(), "A2");
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_answer() {
    let stub = Stub::gated().await;
    stub.json(200, FRESH);
    let source = source(&stub, 10).await;
    drop(started(Box::pin(source.refresh(0))).await);
    stub.open();
    assert_eq!(access(&source).await.unwrap(), "A2");
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn a_renewal_overtaken_by_a_reconnection_changes_nothing() {
    for body in [FRESH, ENDED] {
        let stub = Stub::gated().await;
        stub.json(if body == FRESH { 200 } else { 400 }, body);
        let source = source(&stub, 10).await;
        let late = started(Box::pin(source.refresh(0))).await;
        let newer = Tokens { access: secret("A9"), refresh: Some(secret("R9")), expires_at: Some(at(9999)) };
        source.reconnect(newer).await.unwrap();
        stub.open();
        assert_eq!(late.await, Ok(true));
        assert_eq!(access(&source).await.unwrap(), "A9");
        assert!(source.is_saved());
    }
}

#[tokio::test]
async fn tokens_outlive_a_vault_that_fails_and_are_saved_later() {
    let stub = Stub::start().await;
    stub.json(200, FRESH);
    let fake = FakeKeyring::new();
    let dir = tempfile::tempdir().unwrap();
    fake.switch(false);
    let vault = Vault::open(dir.path(), fake.options()).await.unwrap();
    let home = Home { vault: vault.clone(), name: "basecamp/1".to_owned() };
    let source = TokenSource::new(tokens(10), home.clone(), renewal(&stub.base), clock());
    assert_eq!(access(&source).await.unwrap(), "A2");
    assert!(!source.is_saved() && source.save().await.is_err());
    fake.switch(true);
    vault.recheck().await;
    source.save().await.unwrap();
    assert!(source.is_saved());
    assert_eq!(access(&TokenSource::restore(home, None, clock()).await.unwrap().unwrap()).await.unwrap(), "A2");
}

#[tokio::test]
async fn a_pasted_token_is_handed_out_and_never_renewed() {
    let home = home().await;
    let source = TokenSource::new(Tokens::personal(&secret(" bc_at_x\n")), home.clone(), None, clock());
    source.save().await.unwrap();
    let again = TokenSource::restore(home, None, clock()).await.unwrap().unwrap();
    for source in [source, again] {
        assert_eq!(access(&source).await.unwrap(), "bc_at_x");
        assert!(!source.refreshable());
        assert_eq!(source.refresh(0).await, Ok(false));
    }
}

#[tokio::test]
async fn signing_out_leaves_nothing() {
    for saved_before in [true, false] {
        let home = home().await;
        let source = TokenSource::new(tokens(10_000), home.clone(), None, clock());
        if saved_before {
            source.save().await.unwrap();
        }
        source.forget().await.unwrap();
        assert_eq!(access(&source).await, Err(TokenError::Revoked));
        source.save().await.unwrap();
        assert!(home.vault.names().await.unwrap().is_empty());
        let again = TokenSource::restore(home, None, clock()).await.unwrap();
        assert!(again.is_none());
    }
}

#[tokio::test]
async fn an_altered_entry_is_none() {
    let home = home().await;
    for text in ["", "{}", "[]", "A1", r#"{"access":1}"#] {
        home.vault.put(&home.name, secret(text)).await.unwrap();
        assert!(TokenSource::restore(home.clone(), None, clock()).await.unwrap().is_none(), "{text}");
    }
    let vault = Vault::open(tempfile::tempdir().unwrap().path(), Options::without_keyring()).await.unwrap();
    let nowhere = Home { vault, name: "basecamp/1".to_owned() };
    assert!(matches!(err(TokenSource::restore(nowhere, None, clock()).await), crate::VaultError::NeedsChoice { .. }));
}
