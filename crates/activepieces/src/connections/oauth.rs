//! Connections by a permission that a person gives in the browser. The server makes the address to open; whoever listens
//! for the browser's return hands the address that it came back with to [`OAuthStart::finish`].

use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::http::Ask;
use crate::wire::lenient;
use crate::{Client, Fault, Secret};

/// An app that the user registered with the vendor.
#[derive(Clone, Debug)]
pub struct OAuthApp {
    /// The app's id.
    pub client_id: String,
    /// The app's secret.
    pub client_secret: Secret,
    /// `HEADER` or `BODY`, if the piece says.
    pub authorization_method: Option<String>,
    /// The kind of grant, if the piece says.
    pub grant_type: Option<String>,
}

/// What came back from the browser.
#[derive(Clone, Debug)]
pub struct Returned {
    /// What is redeemed for the permission, once.
    pub code: Secret,
    /// What the server has to show for it, if it began with a challenge.
    pub verifier: Option<Secret>,
    /// Where the browser came back to.
    pub redirect_url: String,
    /// What the permission is about.
    pub scope: String,
}

impl Returned {
    pub(super) fn to_value(&self, client_id: &str) -> Value {
        let mut value = json!({
            "client_id": client_id, "code": self.code.expose(), "redirect_url": self.redirect_url, "scope": self.scope,
        });
        if let (Some(verifier), Value::Object(map)) = (&self.verifier, &mut value) {
            // The server calls it a challenge.
            map.insert("code_challenge".to_owned(), json!(verifier.expose()));
        }
        value
    }
}

/// A permission that was asked for and not given yet.
#[derive(Clone, Debug)]
pub struct OAuthStart {
    /// What to open in the browser.
    pub authorization_url: Url,
    redirect_url: String,
    state: Option<Secret>,
    verifier: Option<Secret>,
}

impl OAuthStart {
    /// Takes the address that the browser came back with: the whole of it, or its path and query.
    ///
    /// # Errors
    /// [`Fault::Forbidden`] when the person said no, [`Fault::Invalid`] about `code` when it is not the answer to this
    /// question.
    pub fn finish(&self, came_back: &str) -> Result<Returned, Fault> {
        let wrong = |message: &str| Fault::invalid("code", message);
        let base = Url::parse(&self.redirect_url).map_err(|_| wrong("The redirect address is none. Correct it."))?;
        let url = base.join(came_back.trim()).map_err(|_| wrong("This is not where the browser came back to."))?;
        if url.origin() != base.origin() || url.path() != base.path() {
            return Err(wrong("The browser came back somewhere else. Start connecting again."));
        }
        let parameter =
            |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
        if let Some(error) = parameter("error") {
            return Err(match error.as_str() {
                "access_denied" => Fault::Forbidden("The permission was not given. Start connecting again.".to_owned()),
                _ => wrong(
                    "The app did not give the permission. Check the client id and the redirect address, then start again.",
                ),
            });
        }
        let expected = self.state.as_ref().map(Secret::expose);
        if expected.is_some() && parameter("state").as_deref() != expected {
            return Err(wrong("The browser came back with the answer to another question. Start connecting again."));
        }
        let code = parameter("code").filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| wrong("The browser came back with nothing. Start connecting again."))?;
        let asked = |key: &str| self.authorization_url.query_pairs().find(|(name, _)| name == key);
        Ok(Returned {
            code: Secret::new(code),
            verifier: self.verifier.clone(),
            redirect_url: self.redirect_url.clone(),
            // What was granted may be less than what was asked for; the app tells then.
            scope: parameter("scope")
                .or_else(|| asked("scope").map(|(_, scope)| scope.into_owned()))
                .unwrap_or_default(),
        })
    }
}

impl Client {
    /// Asks for the address at which a person gives a piece the permission. `redirect_url` is where the browser is sent
    /// then: a port of this machine that somebody listens on, and that the app knows.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about a field.
    pub async fn start_oauth(
        &self,
        project: &str,
        piece_name: &str,
        client_id: &str,
        redirect_url: &str,
    ) -> Result<OAuthStart, Fault> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            authorization_url: String,
            #[serde(default, deserialize_with = "lenient")]
            code_verifier: Option<String>,
        }
        let body = json!({
            "projectId": project, "pieceName": piece_name, "clientId": client_id, "redirectUrl": redirect_url,
        });
        let ask = Ask::post(&["v1", "app-connections", "oauth2", "authorization-url"], &body).reading();
        let answer: Answer = self.json(ask).await?;
        let url = Url::parse(&answer.authorization_url).ok().filter(|url| url.scheme() == "https");
        let authorization_url =
            url.ok_or_else(|| Fault::unreadable("the address for the browser is none, or not secure"))?;
        let state = authorization_url.query_pairs().find(|(name, _)| name == "state");
        let state = state.map(|(_, state)| Secret::new(state.into_owned()));
        let verifier = answer.code_verifier.map(Secret::new);
        Ok(OAuthStart { authorization_url, redirect_url: redirect_url.to_owned(), state, verifier })
    }
}
