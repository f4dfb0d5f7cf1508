//! Trying a model.

use std::time::Duration;

use contract::{ModelTrial, Vendor};
use futures::StreamExt;
use futures::stream::BoxStream;

use super::families;
use super::retries::{Scripted, error};
use super::server::{pieces, serve, status};
use super::{remote, text, used};
use crate::model::{Capacity, Model, ModelError, ModelEvent, Request, Trouble};
use crate::models::trial;

/// Thinks for a while before it speaks.
#[derive(Debug)]
struct Slow;

impl Model for Slow {
    fn name(&self) -> &str {
        "slow"
    }

    fn capacity(&self) -> Capacity {
        Capacity { window: 1, reads_everything: false }
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        assert!(request.tools.is_empty() && request.world.people.is_empty());
        futures::stream::iter([text(" "), text("ready"), ModelEvent::Stop])
            .then(|event| async {
                tokio::time::sleep(Duration::from_millis(700)).await;
                Ok(event)
            })
            .boxed()
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_to_the_first_word_is_told() {
    let told = trial(&Slow).await;
    let message = "slow answers: “ready”".to_owned();
    assert_eq!(told, ModelTrial { works: true, message, first_word_ms: Some(1_400) });
}

#[tokio::test]
async fn a_model_that_answers_works() {
    let family = families::anthropic();
    let body = family.body();
    let server = serve(move |_| pieces([body.as_bytes()])).await;
    let told = trial(&remote(family.vendor, family.model, &server.url)).await;
    assert!(told.works && told.first_word_ms.is_some(), "{told:?}");
    assert_eq!(told.message, "claude-sonnet-4-5 answers: “Très bien 🙂”");
    let asked = &server.questions()[0].body;
    assert_eq!(asked.get("tools"), None);
}

#[tokio::test]
async fn why_a_model_does_not_work_is_told() {
    let server = serve(|_| status("401 Unauthorized", "", "{}")).await;
    let told = trial(&remote(Vendor::Openai, "gpt-4.1", &server.url)).await;
    let message = "OpenAI did not accept the key. Check the key for this model in Settings.".to_owned();
    assert_eq!(told, ModelTrial { works: false, message, first_word_ms: None });

    let broken = Scripted::new("m", [vec![Ok(text("rea")), Err(error(Trouble::Truncated))]]);
    assert_eq!(
        trial(&*broken).await,
        ModelTrial { works: false, message: "Truncated.".to_owned(), first_word_ms: None }
    );
}

#[tokio::test]
async fn silence_is_no_answer() {
    for events in [vec![Ok(used(1, 0)), Ok(ModelEvent::Stop)], vec![Ok(text(" \n")), Ok(ModelEvent::Stop)], vec![]] {
        let told = trial(&*Scripted::new("m", [events])).await;
        assert!(!told.works, "{told:?}");
        assert_eq!(told.message, "m answered without a word. Try it again, or choose another model.");
    }
}

#[tokio::test]
async fn a_long_answer_is_not_shown_whole() {
    let model = Scripted::new("m", [vec![Ok(text(&"word ".repeat(100))), Ok(ModelEvent::Stop)]]);
    assert_eq!(trial(&*model).await.message, "m answers.");
}

/// Says something every second, and never that it has ended.
#[derive(Debug)]
struct Endless;

impl Model for Endless {
    fn name(&self) -> &str {
        "endless"
    }

    fn capacity(&self) -> Capacity {
        Capacity { window: 1, reads_everything: false }
    }

    fn stream(&self, _: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        let words = futures::stream::repeat_with(|| Ok(text("and ")));
        words
            .then(|word| async {
                tokio::time::sleep(Duration::from_secs(1)).await;
                word
            })
            .boxed()
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_an_end_is_not_listened_to_without_end() {
    let told = trial(&Endless).await;
    let message = "endless does not end its answer. Try it again, or choose another model.".to_owned();
    assert_eq!(told, ModelTrial { works: false, message, first_word_ms: None });
}

#[tokio::test]
async fn whoever_answered_is_named() {
    let model =
        Scripted::new("m", [vec![Ok(ModelEvent::From("n".to_owned())), Ok(text("ready")), Ok(ModelEvent::Stop)]]);
    assert_eq!(trial(&*model).await.message, "n answers: “ready”");
}
