//! Sign-in in Launchpad's shape.

use serde_json::{Value, json};

use super::{Client, Hand, small};
use crate::{Integration, Options, Sim, Size};

const BACK: &str = "http://127.0.0.1:45454/callback";

async fn authorise(client: &Client<'_>, more: &str) -> url::Url {
    let path = format!(
        "{}/authorization/new?response_type=code&client_id=sim-client&redirect_uri={BACK}&state=abc{more}",
        client.sim.base_url()
    );
    let got = client.http.get(path).send().await.unwrap();
    assert_eq!(got.status().as_u16(), 302);
    url::Url::parse(got.headers()["location"].to_str().unwrap()).unwrap()
}

fn query(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn token(client: &Client<'_>, form: &[(&str, &str)]) -> (u16, Value) {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs([("client_id", "sim-client"), ("client_secret", "sim-secret")]);
    body.extend_pairs(form);
    let request = client
        .http
        .post(format!("{}/authorization/token", client.sim.base_url()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.finish());
    let got = client.send(request).await;
    (got.status, got.body)
}

async fn profile(client: &Client<'_>, token: &str) -> u16 {
    let url = client.url("/my/profile.json");
    client.http.get(url).bearer_auth(token).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_code_becomes_tokens_once() {
    let (sim, hand) = small().await;
    let client = Client::new(&sim);
    let back = authorise(&client, "").await;
    assert!(back.as_str().starts_with(BACK));
    assert_eq!(query(&back, "state").as_deref(), Some("abc"));
    let code = query(&back, "code").unwrap();
    let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK)];
    let (status, got) = token(&client, &form).await;
    assert_eq!(status, 200);
    assert_eq!(got["expires_in"], 1_209_600);
    let access = got["access_token"].as_str().unwrap();
    let refresh = got["refresh_token"].as_str().unwrap();
    assert_eq!(token(&client, &form).await, (400, json!({ "error": "invalid_grant" })));
    assert_eq!(profile(&client, access).await, 200);
    hand.forward(1_209_600);
    assert_eq!(profile(&client, access).await, 401);
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let (status, got) = token(&client, &form).await;
    assert_eq!(status, 200);
    assert_eq!(profile(&client, got["access_token"].as_str().unwrap()).await, 200);
    sim.revoke_access();
    let refused = (400, json!({ "error": "authorization_expired" }));
    assert_eq!(token(&client, &form).await, refused);
    assert_eq!(profile(&client, sim.token()).await, 401);
}

#[tokio::test]
async fn saying_no_sends_back_without_a_code() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let back = authorise(&client, "&deny=1").await;
    assert_eq!(query(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(query(&back, "code"), None);
    sim.deny_sign_in(true);
    assert_eq!(query(&authorise(&client, "").await, "code"), None);
}

#[tokio::test]
async fn only_the_registered_integration_may_sign_in() {
    let sim = Sim::start(Options {
        size: Size::small(),
        clock: Hand::new().clock(),
        integration: Integration {
            redirect_uri: "http://127.0.0.1:8976/callback".to_owned(),
            ..Integration::default()
        },
        ..Options::default()
    })
    .await
    .unwrap();
    let client = Client::new(&sim);
    for query in [
        "client_id=other&redirect_uri=http://127.0.0.1:8976/callback".to_owned(),
        format!("client_id=sim-client&redirect_uri={BACK}"),
    ] {
        let url = format!("{}/authorization/new?{query}", sim.base_url());
        assert_eq!(client.http.get(url).send().await.unwrap().status().as_u16(), 400);
    }
    let form = [("client_secret", "wrong"), ("grant_type", "refresh_token")];
    assert_eq!(token(&client, &form).await.0, 401);
}

#[tokio::test]
async fn the_identity_names_the_account_among_others() {
    let (sim, _) = small().await;
    let client = Client::new(&sim);
    let url = format!("{}/authorization.json", sim.base_url());
    let got = client.get(&url).await;
    let accounts = got.body["accounts"].as_array().unwrap();
    let ours = accounts.iter().find(|one| one["product"] == "bc3").unwrap();
    assert_eq!(ours["id"], sim.account_id());
    assert_eq!(ours["href"], format!("{}/{}", sim.base_url(), sim.account_id()));
    assert_ne!(got.body["identity"]["id"], sim.me());
    let nobody = client.http.get(&url).bearer_auth("x").send().await.unwrap();
    assert_eq!(nobody.status().as_u16(), 401);
}
