#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use agent::model::Trouble;
use futures::stream;

use super::*;

/// Says these, and then nothing more and no end.
#[derive(Debug)]
struct Says(Vec<Result<ModelEvent, ModelError>>);

impl Model for Says {
    fn name(&self) -> &'static str {
        "says"
    }
    fn capacity(&self) -> Capacity {
        Capacity { window: 1_000, reads_everything: false }
    }
    fn stream(&self, _: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        stream::iter(self.0.clone()).chain(stream::pending()).boxed()
    }
}

fn inspected(says: Vec<Result<ModelEvent, ModelError>>) -> (Inspected, Arc<RequestLog>) {
    let log = Arc::new(RequestLog::default());
    let model = Arc::new(Says(says));
    let server = "models.example".to_owned();
    (Inspected { model, server, log: log.clone(), now: || Timestamp::UNIX_EPOCH }, log)
}

#[tokio::test]
async fn a_request_is_kept_whole_with_what_came_of_it() {
    let used = ModelEvent::Used { tokens_in: 30, tokens_out: 2 };
    let (model, log) = inspected(vec![Ok(ModelEvent::Text("Hi".into())), Ok(used), Ok(ModelEvent::Stop)]);
    let mut answer = model.stream(Request::bare("You help.", "What is late?"));
    assert_eq!(log.list()[0].end, SentEnd::UnderWay, "it is there while it is answered");
    for _ in 0..3 {
        answer.next().await.unwrap().unwrap();
    }
    drop(answer);
    let [sent] = log.list().try_into().unwrap();
    assert_eq!(
        (sent.end, sent.tokens_in, sent.tokens_out, sent.took_ms),
        (SentEnd::Answered, Some(30), Some(2), Some(0))
    );
    assert_eq!(
        (sent.model.as_str(), sent.server.as_str(), sent.messages, sent.tools),
        ("says", "models.example", 1, 0)
    );
    let text: Value = serde_json::from_str(&log.text(sent.number).unwrap()).unwrap();
    assert_eq!(text, json!({ "system": "You help.", "messages": [{ "person": "What is late?" }], "tools": [] }));
    assert_eq!(log.text(99), None);
}

#[tokio::test]
async fn what_nobody_waited_for_was_stopped_and_a_failure_tells_why() {
    let why = ModelError { trouble: Trouble::Key, retry_after: None, message: "The key is wrong.".into() };
    let (model, log) = inspected(vec![Err(why)]);
    drop(model.stream(Request::bare("", "One")));
    let mut answer = model.stream(Request::bare("", "Two"));
    assert!(answer.next().await.unwrap().is_err());
    drop(answer);
    let ends: Vec<_> = log.list().into_iter().map(|sent| sent.end).collect();
    assert_eq!(ends, [SentEnd::Failed("The key is wrong.".into()), SentEnd::Stopped]);
}

#[test]
fn only_the_latest_are_kept_and_no_more_than_their_bytes() {
    let log = RequestLog::default();
    for number in 1..=KEPT as u64 + 3 {
        assert_eq!(log.begin("m", "", Timestamp::UNIX_EPOCH, &Request::bare("", "x")), number);
    }
    assert_eq!((log.list().len(), log.list()[0].number, log.text(3)), (KEPT, KEPT as u64 + 3, None));
    let long = Request::bare("", "x".repeat(BYTES));
    log.begin("m", "", Timestamp::UNIX_EPOCH, &long);
    assert_eq!(log.list().len(), 1, "the newest stays however long it is");
}
