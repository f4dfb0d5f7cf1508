use super::*;

#[tokio::test]
async fn every_field_reads_back_as_it_was_written() {
    let desk = Desk::new().await;
    let full = Recording {
        id: RecordingId(9_007_199_254_740_995),
        kind: Kind::ScheduleEntry,
        parent: None,
        status: Status::Drafted,
        title: "“Quotes”, 'marks' and \\ \u{1F30A}".into(),
        body: "<div>a &amp; b</div>\n".into(),
        position: Some(-3),
        completed: true,
        completed_at: Some(at(5)),
        completer: Some(PersonId(i64::MAX)),
        starts_on: Some("2026-02-28".parse().unwrap()),
        due_on: Some("2026-12-31".parse().unwrap()),
        span: Some(Span::Hours { from: at(1), to: Timestamp::from_microsecond(1_795_000_000_000_001).unwrap() }),
        assignees: vec![PersonId(1), PersonId(9_007_199_254_740_993)],
        comments: 12,
        ..todo(1)
    };
    let days = Recording {
        span: Some(Span::Days { from: "2026-11-24".parse().unwrap(), to: "2026-11-26".parse().unwrap() }),
        ..todo(2)
    };
    desk.apply(&[full.clone(), days.clone()]).await;
    assert_eq!(desk.get(full.id.0).await.as_ref(), Some(&full));
    assert_eq!(desk.get(2).await, Some(days));
    for kind in Kind::ALL {
        desk.apply(&[Recording { kind: *kind, updated_at: at(1), ..todo(3) }]).await;
        assert_eq!(desk.get(3).await.unwrap().kind, *kind);
        desk.store
            .apply(vec![fetched(&Recording { updated_at: at(0), status: Status::Gone, ..todo(3) })])
            .await
            .unwrap();
        desk.store.gone(&[RecordingId(3)]).await.unwrap();
    }
    desk.check().await;
}

#[tokio::test]
async fn nobody_hears_of_what_was_rolled_back() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1)]).await;
    let mut feed = desk.store.listen();
    let mut tx = desk.store.begin(&me(), "never").await.unwrap();
    tx.put_remote(Recording { title: "x".into(), ..todo(1) }, &[]).await.unwrap();
    drop(tx);
    assert!(feed.try_recv().is_err());
    assert_eq!(desk.get(1).await, Some(todo(1)));
    assert!(desk.store.history(None, 10).await.unwrap().is_empty());
    let told = desk.edit(1, |r| r.title = "y".into()).await;
    assert_eq!(feed.try_recv().unwrap(), told);
    assert_eq!(told.tags, [Tag::Todos, Tag::History, Tag::Outbox]);
    assert_eq!(told.items, [RecordingId(1)]);
    let same = desk.edit(1, |r| r.title = "y".into()).await;
    assert!(same.set.is_none() && feed.try_recv().is_err(), "writing what is already there is no change");
}

#[tokio::test]
async fn local_ids_are_never_given_twice() {
    let desk = Desk::new().await;
    let (first, made) = desk.create("one").await;
    desk.store.undo(made.set.unwrap(), None, &me()).await.unwrap();
    let desk = desk.killed().await;
    let (second, _) = desk.create("two").await;
    assert!(first.is_local() && second < first);
}

#[tokio::test]
async fn derived_changes_are_written_and_never_sent() {
    let desk = Desk::new().await;
    desk.apply(&[todo(1), Recording { position: Some(2), ..todo(2) }]).await;
    let mut tx = desk.store.begin(&me(), "Moved").await.unwrap();
    let siblings = tx.siblings(RecordingId(70)).await.unwrap();
    assert_eq!(siblings.iter().map(|r| r.id.0).collect::<Vec<_>>(), [1, 2]);
    tx.put_remote(Recording { position: Some(2), ..siblings[0].clone() }, &[]).await.unwrap();
    tx.put_derived(vec![Recording { position: Some(1), ..siblings[1].clone() }]).await.unwrap();
    let done = tx.commit().await.unwrap();
    assert_eq!(done.changes.len(), 1);
    assert_eq!(desk.get(2).await.unwrap().position, Some(1));
    desk.store.undo(done.set.unwrap(), None, &me()).await.unwrap();
    assert_eq!((desk.get(1).await.unwrap().position, desk.get(2).await.unwrap().position), (Some(1), Some(2)));
    assert!(desk.store.outbox().await.unwrap().iter().all(|entry| entry.item == RecordingId(1)));
}

#[test]
fn plain_text_and_blocked_words() {
    use crate::text::{excerpt, plain, says_blocked};
    assert_eq!(
        plain("<div>One<br>two</div><p>th<b>re</b>e &amp; &lt;4&gt; &#8364;&nbsp;5</p>"),
        "One two three & <4> € 5"
    );
    assert_eq!(plain("a < b & c <"), "a < b & c <");
    assert_eq!(plain("<unfinished"), "<unfinished");
    assert_eq!(plain("&#0;&bogus;&"), "&#0;&bogus;&");
    assert_eq!(excerpt("short", 160), "short");
    assert_eq!(excerpt("The quick brown fox", 12), "The quick…");
    assert!(excerpt(&"ä".repeat(400), 160).chars().count() <= 160);
    for (text, said) in [
        ("Blocked by legal", true),
        ("waiting on the client", true),
        ("Waiting for Ana", true),
        ("put ON HOLD", true),
        ("unblocked", false),
        ("Not blocked any more", false),
        ("is no longer blocked", false),
        ("isn't blocked", false),
        ("hold the door", false),
        ("the waiting room", false),
        ("blocker removed", false),
        ("", false),
    ] {
        assert_eq!(says_blocked(text, ""), said, "{text}");
        assert_eq!(says_blocked("Title", text), said, "{text}");
    }
}
