#![allow(clippy::unwrap_used, clippy::panic)]
use contract::Tag;
use futures::{FutureExt, StreamExt};

use super::*;

fn changed(tag: Tag) -> FeedBody {
    FeedBody::Changed { tags: vec![tag], items: vec![], set: None }
}

#[tokio::test]
async fn who_attaches_hears_a_reset_and_then_what_follows() {
    let feed = Feed::new();
    feed.publish(None, changed(Tag::Settings));
    let mut heard = Box::pin(feed.attach(None, None));
    assert_eq!(heard.next().await.unwrap(), FeedEvent { seq: 1, workspace: None, body: FeedBody::Reset });
    assert!(heard.next().now_or_never().is_none(), "nothing has happened since");
    feed.publish(None, changed(Tag::Accounts));
    assert_eq!(heard.next().await.unwrap().seq, 2);
}

#[tokio::test]
async fn what_happens_before_the_first_look_is_told() {
    let feed = Feed::new();
    feed.publish(None, changed(Tag::Settings));
    let mut heard = Box::pin(feed.attach(None, None));
    feed.publish(None, changed(Tag::Accounts));
    let reset = FeedEvent { seq: 1, workspace: None, body: FeedBody::Reset };
    assert_eq!(heard.next().await, Some(reset));
    assert_eq!(heard.next().now_or_never().flatten().map(|event| event.seq), Some(2));
}

#[tokio::test]
async fn who_was_away_catches_up_and_who_was_away_too_long_starts_again() {
    let feed = Feed::new();
    for _ in 0..3 {
        feed.publish(None, changed(Tag::Settings));
    }
    let seqs: Vec<u64> = feed.attach(Some(1), None).take(2).map(|event| event.seq).collect().await;
    assert_eq!(seqs, [2, 3]);
    for _ in 0..KEPT {
        feed.publish(None, changed(Tag::Settings));
    }
    let first = Box::pin(feed.attach(Some(1), None)).next().await.unwrap();
    assert_eq!(first.body, FeedBody::Reset);
    let first = Box::pin(feed.attach(Some(9_999), None)).next().await.unwrap();
    assert_eq!(first.body, FeedBody::Reset, "a number from another start of the app is not trusted");
}

#[tokio::test]
async fn another_workspace_is_never_heard() {
    let feed = Feed::new();
    let (mine, other) = (WorkspaceId(1), WorkspaceId(2));
    let mut heard = Box::pin(feed.attach(Some(0), Some(mine)));
    feed.publish(Some(other), changed(Tag::Todos));
    assert!(heard.next().now_or_never().is_none());
    feed.publish(Some(mine), changed(Tag::Cards));
    feed.publish(None, changed(Tag::Settings));
    let seqs: Vec<u64> = heard.take(2).map(|event| event.seq).collect().await;
    assert_eq!(seqs, [2, 3]);
    let mut nobody = Box::pin(feed.attach(Some(0), None));
    assert_eq!(nobody.next().await.unwrap().seq, 3, "who is in no workspace hears only what concerns all");
}
