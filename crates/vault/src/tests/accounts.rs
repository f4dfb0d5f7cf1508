use super::stub::Stub;
use super::{at, err, secret};
use crate::oauth::{AccountsError, Http};

#[tokio::test]
async fn the_shape_that_launchpad_sends() {
    let stub = Stub::start().await;
    stub.json(
        200,
        r#"{"expires_at":"2027-01-15T08:00:00.000Z",
            "identity":{"id":9,"first_name":"Ann","last_name":"Lee","email_address":"ann@example.com"},
            "accounts":[
              {"product":"bc3","id":1,"name":"Acme","href":"http://127.0.0.1/1","app_href":"https://3.example.com/1"},
              {"product":"hey","id":2,"name":"Ann","href":"https://app.example.com","app_href":"https://app.example.com"}]}"#,
    );
    let found = Http::new("PM OS").unwrap().accounts(&stub.base, &secret(" tok\n")).await.unwrap();
    assert_eq!(found.expires_at, Some(at(0)));
    assert_eq!((found.identity.id, found.identity.first_name.as_deref()), (9, Some("Ann")));
    let accounts: Vec<_> = found.accounts.iter().map(|a| (a.id, a.name.as_str(), a.product.as_str())).collect();
    assert_eq!(accounts, [(1, "Acme", "bc3"), (2, "Ann", "hey")]);
    assert_eq!(stub.asked()[0].bearer.as_deref(), Some("Bearer tok"));
}

#[tokio::test]
async fn the_shape_that_the_newer_server_sends() {
    let stub = Stub::start().await;
    stub.json(
        200,
        r#"{"expires_at":1800000000,"identity":{"id":9},"scope":"full",
            "accounts":[{"id":1,"name":"Acme","href":"https://3.example.com/1","resource":"urn:bc:account:1"}]}"#,
    );
    let found = Http::new("PM OS").unwrap().accounts(&stub.base, &secret("tok")).await.unwrap();
    assert_eq!(found.expires_at, Some(at(0)));
    let account = &found.accounts[0];
    assert_eq!((account.product.as_str(), account.href.as_str()), ("bc3", "https://3.example.com/1"));
    assert_eq!((account.app_href.as_ref(), found.identity.email_address.as_ref()), (None, None));
}

#[tokio::test]
async fn an_account_at_an_unsafe_address_is_left_out() {
    let stub = Stub::start().await;
    stub.json(
        200,
        r#"{"identity":{"id":9},"accounts":[
            {"id":1,"href":"http://evil.example.com/1"}, {"id":2,"href":"https://a:b@example.com"},
            {"id":3,"href":"javascript:alert(1)"}, {"id":4,"href":"https://3.example.com/4","app_href":"file:///x"}]}"#,
    );
    let found = Http::new("PM OS").unwrap().accounts(&stub.base, &secret("tok")).await.unwrap();
    assert_eq!(found.accounts.iter().map(|a| a.id).collect::<Vec<_>>(), [4]);
    assert_eq!(found.accounts[0].app_href, None);
}

#[tokio::test]
async fn failures_are_told_apart() {
    let stub = Stub::start().await;
    let http = Http::new("PM OS").unwrap();
    stub.json(401, "").json(403, "").json(500, "").html(200, "<html></html>").json(404, "").json(200, "{}");
    for expected in [
        AccountsError::Unauthorized,
        AccountsError::Unauthorized,
        AccountsError::Unreachable,
        AccountsError::Unreadable,
        AccountsError::Unreadable,
        AccountsError::Unreadable,
    ] {
        assert_eq!(err(http.accounts(&stub.base, &secret("tok")).await), expected);
    }
    let asked = stub.asked().len();
    assert_eq!(err(http.accounts(&stub.base, &secret("to\nk")).await), AccountsError::Unauthorized);
    assert_eq!(err(http.accounts("http://example.com/", &secret("tok")).await), AccountsError::Unreadable);
    assert_eq!(err(http.accounts("http://127.0.0.1:1/", &secret("tok")).await), AccountsError::Unreachable);
    assert_eq!(stub.asked().len(), asked);
}
