//! Connections to apps, and the variables of a project.
//!
//! What a connection holds goes to the server and never comes back: to change it, give it anew under the same external id.

mod oauth;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault, Secret};

pub use oauth::{OAuthApp, OAuthStart, Returned};

/// A connection.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Connection {
    /// Its id.
    pub id: String,
    /// What flows call it by.
    #[serde(deserialize_with = "lenient")]
    pub external_id: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub display_name: String,
    /// `SECRET_TEXT`, `OAUTH2` and so on.
    #[serde(rename = "type", deserialize_with = "lenient")]
    pub kind: String,
    /// The piece that it is for.
    #[serde(deserialize_with = "lenient")]
    pub piece_name: String,
    /// The version of the piece that it was made with.
    #[serde(deserialize_with = "lenient")]
    pub piece_version: String,
    /// `ACTIVE`, `MISSING` or `ERROR`.
    #[serde(deserialize_with = "lenient")]
    pub status: String,
    /// `PROJECT` or `PLATFORM`.
    #[serde(deserialize_with = "lenient")]
    pub scope: String,
    /// Whose it is.
    #[serde(deserialize_with = "lenient")]
    pub owner_id: Option<String>,
    /// When it was made.
    #[serde(deserialize_with = "lenient")]
    pub created: String,
    /// When it was changed last.
    #[serde(deserialize_with = "lenient")]
    pub updated: String,
}

impl Connection {
    /// Whether it can be used.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == "ACTIVE"
    }

    /// What a step writes into its `auth` to use it.
    #[must_use]
    pub fn expression(&self) -> String {
        format!("{{{{connections['{}']}}}}", self.external_id)
    }
}

/// What a connection holds.
#[derive(Clone, Debug)]
pub enum ConnectionValue {
    /// One secret.
    SecretText(Secret),
    /// A name and a password.
    BasicAuth {
        /// The name.
        username: String,
        /// The password.
        password: Secret,
    },
    /// Fields of the piece's own, as it describes them; the values of texts and numbers, as JSON.
    CustomAuth(Vec<(String, Secret)>),
    /// Nothing: the piece needs none.
    NoAuth,
    /// A permission that a person gave in the browser, for an app of the user's own.
    OAuth2 {
        /// The app.
        app: OAuthApp,
        /// What came back.
        returned: Returned,
    },
    /// The same by an app that the server brings.
    PlatformOAuth2 {
        /// The app's id.
        client_id: String,
        /// What came back.
        returned: Returned,
    },
    /// The same by an app of the makers of the server.
    CloudOAuth2 {
        /// The app's id.
        client_id: String,
        /// What came back.
        returned: Returned,
    },
    /// Nothing yet: a place for later.
    Placeholder,
}

/// A connection to make, or to give anew.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// What flows call it by; one that is there already is replaced.
    pub external_id: String,
    /// What people call it.
    pub display_name: String,
    /// The piece that it is for.
    pub piece_name: String,
    /// The version of the piece, if one is meant.
    pub piece_version: Option<String>,
    /// What it holds.
    pub value: ConnectionValue,
}

/// Which connections to list.
#[derive(Clone, Debug, Default)]
pub struct ConnectionFilter {
    /// For this piece.
    pub piece_name: Option<String>,
    /// With this in the name.
    pub display_name: Option<String>,
    /// In any of these states.
    pub statuses: Vec<String>,
    /// Of the project or of the platform.
    pub scope: Option<String>,
}

/// Somebody who made connections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConnectionOwner {
    /// What they are called by first.
    #[serde(deserialize_with = "lenient")]
    pub first_name: String,
    /// And after that.
    #[serde(deserialize_with = "lenient")]
    pub last_name: String,
    /// Their e-mail address.
    #[serde(deserialize_with = "lenient")]
    pub email: String,
}

/// A variable of a project. Its value is asked for by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Variable {
    /// Its id.
    pub id: String,
    /// What expressions call it by.
    #[serde(deserialize_with = "lenient")]
    pub name: String,
    /// When it was changed last.
    #[serde(deserialize_with = "lenient")]
    pub updated: String,
}

impl ConnectionValue {
    /// The word of the wire.
    fn word(&self) -> &'static str {
        match self {
            Self::SecretText(_) => "SECRET_TEXT",
            Self::BasicAuth { .. } => "BASIC_AUTH",
            Self::CustomAuth(_) => "CUSTOM_AUTH",
            Self::NoAuth => "NO_AUTH",
            Self::OAuth2 { .. } => "OAUTH2",
            Self::PlatformOAuth2 { .. } => "PLATFORM_OAUTH2",
            Self::CloudOAuth2 { .. } => "CLOUD_OAUTH2",
            Self::Placeholder => "PLACEHOLDER",
        }
    }

    fn to_value(&self) -> Option<Value> {
        let mut value = match self {
            Self::SecretText(secret) => json!({ "secret_text": secret.expose() }),
            Self::BasicAuth { username, password } => json!({ "username": username, "password": password.expose() }),
            Self::CustomAuth(props) => {
                let props: Map<String, Value> =
                    props.iter().map(|(name, value)| (name.clone(), plain(value.expose()))).collect();
                json!({ "props": props })
            }
            Self::NoAuth => json!({}),
            Self::OAuth2 { app, returned } => {
                let mut value = returned.to_value(&app.client_id);
                put(&mut value, "client_secret", json!(app.client_secret.expose()));
                if let Some(method) = &app.authorization_method {
                    put(&mut value, "authorization_method", json!(method));
                }
                if let Some(grant) = &app.grant_type {
                    put(&mut value, "grant_type", json!(grant));
                }
                value
            }
            Self::PlatformOAuth2 { client_id, returned } | Self::CloudOAuth2 { client_id, returned } => {
                returned.to_value(client_id)
            }
            Self::Placeholder => return None,
        };
        put(&mut value, "type", json!(self.word()));
        Some(value)
    }
}

fn put(value: &mut Value, key: &str, member: Value) {
    if let Value::Object(map) = value {
        map.insert(key.to_owned(), member);
    }
}

/// A number or a flag if the text is one, as fields of a connection may be.
fn plain(text: &str) -> Value {
    match serde_json::from_str(text) {
        // Written otherwise than as a number is, `007`, it is a text.
        Ok(value @ (Value::Number(_) | Value::Bool(_))) if value.to_string().as_str() == text => value,
        Ok(_) | Err(_) => Value::from(text),
    }
}

impl Client {
    /// A page of the connections that a project may use.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn connections(
        &self,
        project: &str,
        filter: &ConnectionFilter,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<Page<Connection>, Fault> {
        let ask = Ask::get(&["v1", "app-connections"])
            .with("projectId", project)
            .with_some("cursor", cursor)
            .with_some("limit", limit)
            .with_some("pieceName", filter.piece_name.as_deref())
            .with_some("displayName", filter.display_name.as_deref())
            .with_some("scope", filter.scope.as_deref())
            .with_each("status", &filter.statuses);
        wire::plain_page(&self.text(ask).await?)
    }

    /// Makes a connection, or gives one anew under its external id. The server tries it out if the piece can.
    ///
    /// # Errors
    /// [`Fault::Invalid`] about `value` when the app refuses it, about `code` when a permission could not be redeemed.
    pub async fn put_connection(&self, project: &str, connection: &NewConnection) -> Result<Connection, Fault> {
        let mut body = json!({
            "projectId": project, "externalId": connection.external_id, "displayName": connection.display_name,
            "pieceName": connection.piece_name, "type": connection.value.word(),
        });
        if let Some(version) = &connection.piece_version {
            put(&mut body, "pieceVersion", json!(version));
        }
        if let Some(value) = connection.value.to_value() {
            put(&mut body, "value", value);
        }
        self.json(Ask::post(&["v1", "app-connections"], &body).slow()).await
    }

    /// Renames a connection.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn rename_connection(&self, id: &str, display_name: &str) -> Result<Connection, Fault> {
        self.json(Ask::post(&["v1", "app-connections", id], &json!({ "displayName": display_name }))).await
    }

    /// Deletes a connection. Flows that use it fail from then on.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn delete_connection(&self, id: &str) -> Result<(), Fault> {
        self.done(Ask::delete(&["v1", "app-connections", id])).await
    }

    /// Lets all flows of a project that use one connection use another, and deletes the first.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when one of them is not there.
    pub async fn replace_connection(&self, project: &str, source: &str, target: &str) -> Result<(), Fault> {
        let body = json!({ "projectId": project, "sourceAppConnectionId": source, "targetAppConnectionId": target });
        self.done(Ask::post(&["v1", "app-connections", "replace"], &body)).await
    }

    /// Who made connections of a project.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn connection_owners(&self, project: &str) -> Result<Page<ConnectionOwner>, Fault> {
        wire::plain_page(&self.text(Ask::get(&["v1", "app-connections", "owners"]).with("projectId", project)).await?)
    }

    /// The variables of a project, without their values.
    ///
    /// # Errors
    /// [`Fault::NotFound`] on a server that has none yet.
    pub async fn variables(&self, project: &str, cursor: Option<&str>) -> Result<Page<Variable>, Fault> {
        let ask = Ask::get(&["v1", "variables"]).with("projectId", project).with_some("cursor", cursor);
        wire::plain_page(&self.text(ask).await?)
    }

    /// Makes a variable.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when the name is taken.
    pub async fn create_variable(&self, project: &str, name: &str, value: &Secret) -> Result<Variable, Fault> {
        let body = json!({ "projectId": project, "name": name, "value": value.expose() });
        self.json(Ask::post(&["v1", "variables"], &body)).await
    }

    /// Gives a variable another value.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn set_variable(&self, project: &str, id: &str, value: &Secret) -> Result<Variable, Fault> {
        let body = json!({ "projectId": project, "value": value.expose() });
        self.json(Ask::post(&["v1", "variables", id], &body)).await
    }

    /// Deletes a variable.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when it is not there.
    pub async fn delete_variable(&self, id: &str) -> Result<(), Fault> {
        self.done(Ask::delete(&["v1", "variables", id])).await
    }

    /// The value of a variable.
    ///
    /// # Errors
    /// [`Fault::Forbidden`] when this account may not see it.
    pub async fn reveal_variable(&self, project: &str, id: &str) -> Result<Secret, Fault> {
        #[derive(Deserialize)]
        struct Revealed {
            #[serde(deserialize_with = "lenient")]
            value: String,
        }
        let ask = Ask::post(&["v1", "variables", id, "reveal"], &json!({ "projectId": project })).reading();
        let revealed: Revealed = self.json(ask).await?;
        Ok(Secret::new(revealed.value))
    }
}
