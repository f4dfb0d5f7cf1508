//! Trying a model: whether it answers at all, and how soon.

use std::time::Duration;

use contract::ModelTrial;
use futures::StreamExt;
use tokio::time::Instant;

use crate::model::{Model, ModelEvent, Request};

/// The most of an answer that is shown, in characters.
const SHOWN: usize = 80;

/// Longer than any one word takes: a server that never says that it has ended is not listened to without end.
const LONGEST: Duration = Duration::from_secs(180);

/// Asks a model for one word, without tools and without anything of the person's. It is asked once.
pub async fn trial(model: &dyn Model) -> ModelTrial {
    match tokio::time::timeout(LONGEST, heard(model)).await {
        Ok(heard) => heard,
        Err(_) => failed(format!("{} does not end its answer. Try it again, or choose another model.", model.name())),
    }
}

async fn heard(model: &dyn Model) -> ModelTrial {
    let asked_at = Instant::now();
    let mut events = model.stream(Request::bare("", "Answer with the one word: ready"));
    let mut name = model.name().to_owned();
    let mut answer = String::new();
    let mut first_word_ms = None;
    while let Some(event) = events.next().await {
        match event {
            Ok(ModelEvent::From(other)) => name = other,
            Ok(ModelEvent::Text(text)) => {
                let text = if answer.is_empty() { text.trim_start() } else { &text };
                // One character more than is shown tells that there is more.
                answer.extend(text.chars().take((SHOWN + 1).saturating_sub(answer.chars().count())));
                if !answer.is_empty() && first_word_ms.is_none() {
                    first_word_ms = u64::try_from(asked_at.elapsed().as_millis()).ok();
                }
            }
            Ok(ModelEvent::Stop) if first_word_ms.is_some() => {
                return ModelTrial { works: true, message: told(&name, &answer), first_word_ms };
            }
            Ok(ModelEvent::Stop) => break,
            Ok(ModelEvent::Call { .. } | ModelEvent::Sealed(_) | ModelEvent::Recalled(_) | ModelEvent::Used { .. }) => {
            }
            Err(error) => return failed(error.message),
        }
    }
    failed(format!("{name} answered without a word. Try it again, or choose another model."))
}

fn failed(message: String) -> ModelTrial {
    ModelTrial { works: false, message, first_word_ms: None }
}

fn told(name: &str, answer: &str) -> String {
    let words = answer.trim_end();
    if answer.chars().count() <= SHOWN && !words.contains('\n') {
        format!("{name} answers: “{words}”")
    } else {
        format!("{name} answers.")
    }
}
