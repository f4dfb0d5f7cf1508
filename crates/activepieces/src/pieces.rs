//! Pieces: what there is, what each asks for, and what can be chosen in a field that depends on others.

use std::sync::Arc;

use flow::piece::{Options, Ordered, PieceMetadata, Property};
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::http::Ask;
use crate::wire::{self, Page, lenient};
use crate::{Client, Fault};

/// Keeps descriptions of pieces between sessions. They are large and never change for a version.
pub trait Cache: Send + Sync + 'static {
    /// What was kept under `name@version`.
    fn find<'c>(&'c self, key: &'c str) -> BoxFuture<'c, Option<String>>;

    /// Keeps it.
    fn keep<'c>(&'c self, key: &'c str, text: &'c str) -> BoxFuture<'c, ()>;
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCache;

impl Cache for NoCache {
    fn find<'c>(&'c self, _key: &'c str) -> BoxFuture<'c, Option<String>> {
        Box::pin(async { None })
    }

    fn keep<'c>(&'c self, _key: &'c str, _text: &'c str) -> BoxFuture<'c, ()> {
        Box::pin(async {})
    }
}

/// A piece, as a list tells of it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PieceSummary {
    /// Such as `@activepieces/piece-http`.
    pub name: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub display_name: String,
    /// What it is for.
    #[serde(deserialize_with = "lenient")]
    pub description: String,
    /// A picture.
    #[serde(deserialize_with = "lenient")]
    pub logo_url: String,
    /// The latest version that the server has.
    #[serde(deserialize_with = "lenient")]
    pub version: String,
    /// How many actions it has.
    #[serde(deserialize_with = "lenient")]
    pub actions: u64,
    /// How many triggers it has.
    #[serde(deserialize_with = "lenient")]
    pub triggers: u64,
    /// What kinds of thing it is.
    #[serde(deserialize_with = "lenient")]
    pub categories: Vec<String>,
    /// Actions that go with the search, if suggestions were asked for.
    #[serde(deserialize_with = "lenient")]
    pub suggested_actions: Vec<Suggestion>,
    /// Triggers that go with the search, if suggestions were asked for.
    #[serde(deserialize_with = "lenient")]
    pub suggested_triggers: Vec<Suggestion>,
}

/// An action or trigger that goes with a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Suggestion {
    /// What steps call it by.
    pub name: String,
    /// What people call it.
    #[serde(deserialize_with = "lenient")]
    pub display_name: String,
    /// What it does.
    #[serde(deserialize_with = "lenient")]
    pub description: String,
}

/// Which pieces to list.
#[derive(Clone, Debug, Default)]
pub struct PieceFilter {
    /// With this in the name or description, or in what they do.
    pub words: Option<String>,
    /// Of any of these kinds.
    pub categories: Vec<String>,
    /// Whether to suggest actions and triggers too.
    pub suggest: bool,
}

/// Which field to ask the choices of.
#[derive(Clone, Debug, Default)]
pub struct OptionsQuery {
    /// The project.
    pub project: String,
    /// The flow; one has to be there already.
    pub flow: String,
    /// Its version.
    pub flow_version: String,
    /// The piece.
    pub piece_name: String,
    /// The version of the piece.
    pub piece_version: String,
    /// The action or trigger.
    pub operation: String,
    /// The field.
    pub property: String,
    /// What was entered so far.
    pub input: Map<String, Value>,
    /// What was typed to search with.
    pub search: Option<String>,
}

/// What can be entered in a field that depends on others.
#[derive(Clone, Debug, PartialEq)]
pub enum PropertyOptions {
    /// Something to choose from. A failure comes as choices that are disabled, with the reason as the placeholder.
    Choices(Options),
    /// Further fields.
    Fields(Ordered<Property>),
}

/// Descriptions of pieces, asked for once for each version.
#[derive(Clone)]
pub struct Pieces {
    client: Client,
    cache: Arc<dyn Cache>,
}

impl Pieces {
    /// Asks through `client`, and keeps in `cache`.
    #[must_use]
    pub fn new(client: Client, cache: Arc<dyn Cache>) -> Self {
        Self { client, cache }
    }

    /// A page of the pieces that a project may use: all of them.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn list(&self, project: Option<&str>, filter: &PieceFilter) -> Result<Page<PieceSummary>, Fault> {
        let ask = Ask::get(&["v1", "pieces"])
            .with_some("projectId", project)
            .with_some("searchQuery", filter.words.as_deref())
            .with_each("categories", &filter.categories)
            .with_some("suggestionType", filter.suggest.then_some("ACTION_AND_TRIGGER"));
        wire::plain_page(&self.client.text(ask).await?)
    }

    /// What a piece can do and asks for. Without a version, or with one like `~1.2.0`, the server chooses.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when the server does not have the piece, or not in this version.
    pub async fn metadata(
        &self,
        name: &str,
        version: Option<&str>,
        project: Option<&str>,
    ) -> Result<PieceMetadata, Fault> {
        let exact = version.filter(|version| version.starts_with(|first: char| first.is_ascii_digit()));
        if let Some(version) = exact
            && let Some(text) = self.cache.find(&format!("{name}@{version}")).await
            && let Ok(found) = serde_json::from_str::<PieceMetadata>(&text)
            && found.name == name
        {
            return Ok(found);
        }
        let parts: Vec<&str> = ["v1", "pieces"].into_iter().chain(name.split('/')).collect();
        let ask = Ask::get(&parts).with_some("version", version).with_some("projectId", project);
        let text = self.client.text(ask).await?;
        let found: PieceMetadata = wire::read(&text)?;
        if found.name.is_empty() || found.version.is_empty() {
            return Err(Fault::unreadable("it is no description of a piece"));
        }
        self.cache.keep(&format!("{}@{}", found.name, found.version), &text).await;
        Ok(found)
    }

    /// What can be entered in a field that depends on others. Asked for anew when one of those changes. Only a person's
    /// sign-in may ask this, not a key.
    ///
    /// # Errors
    /// [`Fault::Invalid`] when the piece fails over it.
    pub async fn options(&self, query: &OptionsQuery) -> Result<PropertyOptions, Fault> {
        #[derive(Deserialize)]
        struct Answer {
            #[serde(rename = "type", default, deserialize_with = "lenient")]
            kind: String,
            #[serde(default)]
            options: Value,
        }
        let mut body = json!({
            "projectId": query.project, "flowId": query.flow, "flowVersionId": query.flow_version,
            "pieceName": query.piece_name, "pieceVersion": query.piece_version,
            "actionOrTriggerName": query.operation, "propertyName": query.property, "input": query.input,
        });
        if let (Some(search), Value::Object(body)) = (&query.search, &mut body) {
            body.insert("searchValue".to_owned(), json!(search));
        }
        let text = self.client.text(Ask::post(&["v1", "pieces", "options"], &body).reading().slow()).await?;
        let answer: Answer = wire::read(&text)?;
        if answer.kind == "DYNAMIC" {
            // Through the text, which keeps the order of the fields.
            #[derive(Deserialize)]
            struct Fields {
                options: Ordered<Property>,
            }
            return wire::read::<Fields>(&text).map(|fields| PropertyOptions::Fields(fields.options));
        }
        Ok(PropertyOptions::Choices(serde_json::from_value(answer.options).unwrap_or_default()))
    }

    /// The kinds of piece that there are.
    ///
    /// # Errors
    /// What any request may meet.
    pub async fn categories(&self) -> Result<Vec<String>, Fault> {
        self.client.json(Ask::get(&["v1", "pieces", "categories"])).await
    }
}
