//! Trying a model: whether it answers at all, and how soon.

use std::sync::Arc;

use contract::ModelTrial;
use futures::StreamExt;
use jiff::{Timestamp, tz::TimeZone};
use tokio::time::Instant;

use crate::model::{Message, Model, ModelEvent, Request};
use crate::world::World;

/// The most of an answer that is shown, in characters.
const SHOWN: usize = 80;

/// Asks a model for one word, without tools and without anything of the person's. It is asked once.
pub async fn trial(model: &dyn Model) -> ModelTrial {
    let asked_at = Instant::now();
    let mut events = model.stream(request());
    let mut answer = String::new();
    let mut first_word_ms = None;
    let failed = |message: String| ModelTrial { works: false, message, first_word_ms: None };
    while let Some(event) = events.next().await {
        match event {
            Ok(ModelEvent::Text(text)) => {
                answer.push_str(&text);
                if !answer.trim().is_empty() && first_word_ms.is_none() {
                    first_word_ms = u64::try_from(asked_at.elapsed().as_millis()).ok();
                }
            }
            Ok(ModelEvent::Stop) if first_word_ms.is_some() => {
                return ModelTrial { works: true, message: told(model.name(), &answer), first_word_ms };
            }
            Ok(ModelEvent::Stop) => break,
            Ok(ModelEvent::Call { .. } | ModelEvent::Used { .. }) => {}
            Err(error) => return failed(error.message),
        }
    }
    failed(format!("{} answered without a word. Try it again, or choose another model.", model.name()))
}

fn told(name: &str, answer: &str) -> String {
    let answer = answer.trim();
    if answer.chars().count() <= SHOWN && !answer.contains('\n') {
        format!("{name} answers: “{answer}”")
    } else {
        format!("{name} answers.")
    }
}

fn request() -> Request {
    let world = World {
        now: Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC),
        week_start: 1,
        me: None,
        people: Vec::new(),
        projects: Vec::new(),
        places: Vec::new(),
        seeing: Vec::new(),
        memories: Vec::new(),
    };
    Request {
        system: String::new(),
        messages: vec![Message::Person { text: "Answer with the one word: ready".to_owned() }],
        tools: Arc::new([]),
        world: Arc::new(world),
    }
}
