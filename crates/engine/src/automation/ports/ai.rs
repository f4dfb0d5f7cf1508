//! Models, as steps ask them: one question, one answer, nothing of the person's.

use ::agent::builtin::Builtin;
use ::agent::model::{Model as _, ModelEvent, Request};
use async_trait::async_trait;
use contract::{Fault, ModelId};
use flow::piece::Choice;
use futures::StreamExt as _;
use runner::Key;
use runner::pieces::{AgentTask, Ai, AiError, Prompt};
use serde_json::Value;

use super::{Around, agent};
use crate::Engine;
use crate::assistant;
use crate::desk::Desk;

/// Longer answers are not listened to, in characters.
const LONGEST: usize = 200_000;

#[async_trait]
impl Ai for Around {
    async fn models(&self) -> Vec<Choice> {
        let Ok((engine, desk)) = self.desk().await else { return Vec::new() };
        let models = assistant::list_models(&engine, &desk).await.map(|models| models.models).unwrap_or_default();
        let choice = |model: contract::ModelEntry| Choice { label: model.label, value: model.id.to_string().into() };
        models.into_iter().map(choice).collect()
    }

    async fn prompt(&self, prompt: Prompt) -> Result<Value, AiError> {
        let (engine, desk) = self.desk().await.map_err(refused)?;
        ask(&engine, &desk, prompt).await.map_err(refused)
    }

    async fn agent(&self, task: AgentTask, key: &Key) -> Result<Value, AiError> {
        let (engine, desk) = self.desk().await.map_err(refused)?;
        agent::work(&engine, &desk, task, key).await
    }
}

/// Nothing was done.
pub(super) fn refused(message: impl Into<String>) -> AiError {
    AiError { message: message.into(), in_doubt: false }
}

/// The model that a step names; `None` for the workspace's usual one.
pub(super) fn chosen(model: &str) -> Result<Option<ModelId>, String> {
    match model.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| "The model is no longer connected. Choose another in the step.".into()),
    }
}

async fn ask(engine: &Engine, desk: &Desk, prompt: Prompt) -> Result<Value, String> {
    let said = |fault: Fault| fault.message;
    let model = engine.0.models.model(engine, desk, chosen(&prompt.model)?).await.map_err(said)?;
    let no_words = || {
        "The built-in assistant answers questions about your work, and writes no texts of its own. Connect a model in \
         Settings, such as one of Ollama on this machine, and choose it in the step."
            .to_owned()
    };
    if model.name() == Builtin.name() {
        return Err(no_words());
    }
    let schema = Some(&prompt.schema).filter(|schema| !schema.is_null());
    let mut events = model.stream(Request::bare(instructions(&prompt.system, schema), prompt.text));
    let mut answer = String::new();
    loop {
        match events.next().await {
            Some(Ok(ModelEvent::Text(text))) => answer.push_str(&text),
            // Another model stands in for one that is overloaded.
            Some(Ok(ModelEvent::From(other))) if other == Builtin.name() => return Err(no_words()),
            Some(Ok(ModelEvent::From(_))) => answer.clear(),
            Some(Ok(ModelEvent::Stop)) => break,
            Some(Ok(
                ModelEvent::Call { .. } | ModelEvent::Sealed(_) | ModelEvent::Recalled(_) | ModelEvent::Used { .. },
            )) => {}
            Some(Err(error)) => return Err(error.message),
            None => return Err(format!("{} broke off. Run this again.", model.name())),
        }
        if answer.len() > LONGEST {
            return Err(format!("{} does not end its answer. Ask for less, or choose another model.", model.name()));
        }
    }
    match schema {
        None => Ok(answer.trim().into()),
        Some(_) => read(&answer).ok_or_else(|| {
            let name = model.name();
            format!("{name} did not answer with JSON. Ask for a simpler shape, say more in the prompt, or choose another model.")
        }),
    }
}

fn instructions(system: &str, schema: Option<&Value>) -> String {
    match schema {
        None => system.to_owned(),
        Some(schema) => {
            let shape = format!("Answer with one JSON value and nothing else. It fits this JSON schema: {schema}");
            [system, &shape].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("\n\n")
        }
    }
}

/// The value in an answer, which models like to fence.
fn read(answer: &str) -> Option<Value> {
    let answer = answer.trim();
    let inner = answer.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    let inner = inner.map_or(answer, |fenced| fenced.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()));
    serde_json::from_str(inner).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_json_with_or_without_a_fence_and_nothing_else() {
        assert_eq!(read(" {\"a\": 1}\n"), Some(json!({ "a": 1 })));
        assert_eq!(read("```json\n[1, 2]\n```"), Some(json!([1, 2])));
        assert_eq!(read("```\n\"x\"\n```"), Some(json!("x")));
        assert_eq!(read("true"), Some(json!(true)));
        for none in ["", "Here it is: {\"a\": 1}", "{\"a\": 1", "```json", "yes"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn the_shape_stands_after_the_instructions() {
        assert_eq!(instructions("Be brief.", None), "Be brief.");
        let asked = instructions("Be brief.", Some(&json!({ "type": "object" })));
        assert!(asked.starts_with("Be brief.\n\n") && asked.ends_with(r#"{"type":"object"}"#), "{asked}");
        assert!(!instructions("", Some(&json!({}))).starts_with('\n'));
    }
}
