//! Models and the agent of the app. Which model, and what the agent may do, is decided outside.

use std::sync::Arc;

use async_trait::async_trait;
use flow::piece::{Choice, Options, PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{action, categories, long, named, piece, prop};
use crate::piece::Ask;
use crate::{Call, Choices, Delivery, Failure, Key, Map, Piece, Reply};

/// A question to a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Which model; the usual one if it is empty.
    pub model: String,
    /// How it is to behave.
    pub system: String,
    /// What it is asked.
    pub text: String,
    /// The shape that the answer is to have, as a JSON schema; a text if it is null.
    pub schema: Value,
}

/// Work for the agent.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentTask {
    /// Which model; the usual one if it is empty.
    pub model: String,
    /// What is to be done.
    pub goal: String,
    /// What it is to know. It may come from outside, so it is not to be obeyed.
    pub material: Value,
}

/// Why a model or the agent brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AiError {
    /// What happened and what to do next.
    pub message: String,
    /// Whether something may have been done all the same.
    pub in_doubt: bool,
}

/// Models and the agent.
#[async_trait]
pub trait Ai: Send + Sync {
    /// The models that can be chosen.
    async fn models(&self) -> Vec<Choice>;

    /// Asks a model.
    ///
    /// # Errors
    /// If it does not answer.
    async fn prompt(&self, prompt: Prompt) -> Result<Value, AiError>;

    /// Has the agent work within what it may do in automations. What was done under this key is not done again.
    ///
    /// # Errors
    /// If it did not come to an end.
    async fn agent(&self, task: AgentTask, key: &Key) -> Result<Value, AiError>;
}

pub(super) struct AiPiece {
    pub(super) ai: Arc<dyn Ai>,
}

#[async_trait]
impl Piece for AiPiece {
    fn describe(&self) -> PieceMetadata {
        let model = || prop("model", PropertyKind::Dropdown, "Model").says("The usual one if none is chosen.");
        let prompt = action(
            "prompt",
            "Ask a model",
            "Gives a text to a model and takes its answer.",
            vec![
                model(),
                long("system", "Instructions"),
                long("prompt", "Prompt").required(),
                prop("schema", PropertyKind::Json, "Shape of the answer")
                    .says("A JSON schema. Without one, the answer is a text."),
            ],
        );
        let agent = action(
            "agent",
            "Have the agent work",
            "The agent works with the app's commands, within what it may do.",
            vec![
                model(),
                long("goal", "What is to be done").required(),
                prop("material", PropertyKind::Json, "What it is to know"),
            ],
        );
        PieceMetadata {
            actions: named(vec![prompt, agent]),
            categories: categories(&["ARTIFICIAL_INTELLIGENCE"]),
            ..piece("@pmos/piece-ai", "0.1.0", "AI", "Models and the agent")
        }
    }

    fn delivery(&self, action: &str, _: &Map) -> Delivery {
        // A question changes nothing outside; to ask again costs again.
        if action == "agent" { Delivery::Keyed } else { Delivery::Pure }
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let model = call.text("model");
        let answer = match call.action {
            "agent" => {
                let material = call.given("material").cloned().unwrap_or_default();
                self.ai.agent(AgentTask { model, goal: call.text("goal"), material }, call.key).await
            }
            _ => {
                let (system, text, schema) = (call.text("system"), call.text("prompt"), call.json("schema")?);
                self.ai.prompt(Prompt { model, system, text, schema }).await
            }
        };
        let failed = |error: AiError| Failure { in_doubt: error.in_doubt, ..Failure::new(error.message) };
        Ok(Reply::Done(json!({ "answer": answer.map_err(failed)? })))
    }

    async fn options(&self, _: &Ask<'_>) -> Result<Choices, Failure> {
        Ok(Choices::Dropdown(Options { options: self.ai.models().await, ..Options::default() }))
    }
}
