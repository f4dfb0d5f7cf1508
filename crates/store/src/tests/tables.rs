//! Tables that steps write into, and what is done once for its key.

use std::collections::BTreeMap;

use contract::*;

use super::{Desk, me, todo};
use crate::{DataField, DataFilter, DataKind, DataTest, NewConnection, Picks, StoreError};

struct Orders {
    desk: Desk,
    table: i64,
    name: i64,
    total: i64,
    day: i64,
    state: i64,
}

impl Orders {
    async fn new() -> Self {
        let desk = Desk::new().await;
        let states = DataKind::OneOf(vec!["new".into(), "done".into()]);
        let columns = [
            ("Name".to_owned(), DataKind::Text),
            ("Total".to_owned(), DataKind::Number),
            ("Day".to_owned(), DataKind::Date),
            ("State".to_owned(), states),
        ];
        let table = desk.store.add_table("Orders", &columns).await.unwrap().id;
        let fields = desk.store.table_fields(table).await.unwrap();
        let id = |at: usize| -> i64 { fields.get(at).map(|field: &DataField| field.id).unwrap() };
        Self { desk, table, name: id(0), total: id(1), day: id(2), state: id(3) }
    }

    fn order(&self, name: &str, total: &str, day: &str, state: &str) -> BTreeMap<i64, String> {
        let cells = [(self.name, name), (self.total, total), (self.day, day), (self.state, state)];
        cells.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| (id, text.to_owned())).collect()
    }

    async fn found(&self, field: i64, test: DataTest, value: &str) -> Vec<String> {
        let filter = DataFilter { field, test, value: value.into() };
        let found = self.desk.store.table_records(self.table, &[filter], 100).await.unwrap();
        found.iter().map(|record| record.cells[&self.name].clone()).collect()
    }
}

#[tokio::test]
async fn cells_fit_their_columns_and_are_compared_by_their_kind() {
    let orders = Orders::new().await;
    let store = &orders.desk.store;
    let records = [
        orders.order("Ada", "9", "2026-11-21", "new"),
        orders.order("Ben", "108", "2026-11-20T23:00:00+01:00", "done"),
        orders.order("ada too", " 9.0", "", ""),
    ];
    let made = store.add_records(orders.table, &records, Some("k1")).await.unwrap();
    assert_eq!(made[0].cells[&orders.day], "2026-11-21T00:00:00.000Z");
    assert_eq!(made[1].cells[&orders.day], "2026-11-20T22:00:00.000Z");
    assert!(!made[2].cells.contains_key(&orders.state));

    use DataTest::*;
    assert_eq!(orders.found(orders.total, Above, "10").await, ["Ben"], "not letter by letter");
    assert_eq!(orders.found(orders.total, Is, "9").await, ["Ada", "ada too"]);
    assert_eq!(orders.found(orders.total, AtMost, "9").await, ["Ada", "ada too"]);
    assert_eq!(orders.found(orders.day, Below, "2026-11-21").await, ["Ben"]);
    assert_eq!(orders.found(orders.day, AtLeast, "2026-11-21T00:00:00Z").await, ["Ada"]);
    assert_eq!(orders.found(orders.name, Contains, "ADA").await, ["Ada", "ada too"]);
    assert_eq!(orders.found(orders.state, IsNot, "new").await, ["Ben", "ada too"], "empty is something else");
    assert_eq!(orders.found(orders.state, Filled, "").await, ["Ada", "Ben"]);
    assert_eq!(orders.found(orders.state, Empty, "").await, ["ada too"]);
    assert_eq!(orders.found(orders.state, Is, "lost").await, Vec::<String>::new());
    let both = [
        DataFilter { field: orders.total, test: Is, value: "9".into() },
        DataFilter { field: orders.state, test: Filled, value: String::new() },
    ];
    assert_eq!(store.table_records(orders.table, &both, 100).await.unwrap().len(), 1);
    assert_eq!(store.table_records(orders.table, &[], 2).await.unwrap().len(), 2);

    for (field, text) in [(orders.total, "many"), (orders.total, "NaN"), (orders.day, "soon"), (orders.state, "lost")] {
        let record = BTreeMap::from([(orders.name, "Cyd".to_owned()), (field, text.to_owned())]);
        let refused = store.add_records(orders.table, &[record], Some("bad")).await;
        assert!(matches!(&refused, Err(StoreError::Misfit(why)) if why.contains(text)), "{refused:?}");
    }
    let stranger = BTreeMap::from([(999, "x".to_owned())]);
    assert!(matches!(store.add_records(orders.table, &[stranger], Some("bad")).await, Err(StoreError::Misfit(_))));
    let filter = DataFilter { field: orders.total, test: Is, value: "x".into() };
    assert!(matches!(store.table_records(orders.table, &[filter], 9).await, Err(StoreError::Misfit(_))));
    assert!(matches!(store.add_records(99, &[], Some("bad")).await, Err(StoreError::NoTable)));
    assert_eq!(store.table_records(orders.table, &[], 100).await.unwrap().len(), 3, "what was refused left nothing");
    let twice = store.add_field(orders.table, "Name", &DataKind::Text).await;
    assert!(matches!(twice, Err(StoreError::Misfit(_))));
}

#[tokio::test]
async fn what_was_done_under_a_key_is_answered_and_not_done_again() {
    let orders = Orders::new().await;
    let record = orders.order("Ada", "9", "2026-11-21", "new");
    let made = orders.desk.store.add_records(orders.table, std::slice::from_ref(&record), Some("k1")).await.unwrap();
    let id = made[0].id;
    let cells = BTreeMap::from([(orders.total, "10".to_owned()), (orders.state, String::new())]);
    let changed = orders.desk.store.change_record(orders.table, id, &cells, Some("k2")).await.unwrap();
    assert_eq!((changed.cells[&orders.total].as_str(), changed.cells.get(&orders.state)), ("10", None));

    let Orders { desk, table, total, .. } = orders;
    let desk = desk.killed().await;
    assert_eq!(desk.store.add_records(table, &[record], Some("k1")).await.unwrap(), made, "as it was answered then");
    let again = BTreeMap::from([(total, "11".to_owned())]);
    assert_eq!(desk.store.change_record(table, id, &again, Some("k2")).await.unwrap(), changed);
    let there = desk.store.table_record(table, id).await.unwrap().unwrap();
    assert_eq!(there.cells[&total], "10");
    assert!(matches!(desk.store.change_record(table, 77, &again, Some("k3")).await, Err(StoreError::NoRecord)));

    desk.store.remove_records(table, &[id, 77], Some("k4")).await.unwrap();
    assert_eq!(desk.store.table_record(table, id).await.unwrap(), None);
    let other = desk.store.add_records(table, &[BTreeMap::new()], Some("k5")).await.unwrap()[0].id;
    assert_ne!(other, id, "an id is never given again");
    desk.store.remove_records(table, &[other], Some("k4")).await.unwrap();
    assert!(desk.store.table_record(table, other).await.unwrap().is_some(), "that key has done its work");
    let by_hand = BTreeMap::from([(total, "12".to_owned())]);
    for _ in 0..2 {
        desk.store.add_records(table, std::slice::from_ref(&by_hand), None).await.unwrap();
    }
    assert_eq!(desk.store.tables().await.unwrap()[0].records, 3, "without a key each is done");
    desk.store.clear_table(table, Some("k6")).await.unwrap();
    assert_eq!(desk.store.table_records(table, &[], 9).await.unwrap(), []);
    desk.store.remove_table(table).await.unwrap();
    assert!(matches!(desk.store.table_fields(table).await, Err(StoreError::NoTable)));
}

#[tokio::test]
async fn an_answer_is_kept_with_the_work_or_not_at_all() {
    let desk = Desk::new().await;
    let mut tx = desk.store.begin(&me(), "lost").await.unwrap();
    tx.done_once("a", "1").await.unwrap();
    tx.roll_back().await.unwrap();
    assert_eq!(desk.store.done("a").await.unwrap(), None);
    let mut tx = desk.store.begin(&me(), "kept").await.unwrap();
    tx.done_once("a", "1").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = desk.store.begin(&me(), "second").await.unwrap();
    assert!(tx.done_once("a", "2").await.is_err());
    tx.roll_back().await.unwrap();
    desk.store.note_done("a", "3").await.unwrap();
    desk.store.note_done("b", "4").await.unwrap();
    let desk = desk.killed().await;
    assert_eq!(desk.store.done("a").await.unwrap().as_deref(), Some("1"));
    assert_eq!(desk.store.done("b").await.unwrap().as_deref(), Some("4"));
}

#[tokio::test]
async fn a_connection_is_renamed_and_tells_who_uses_it() {
    let desk = Desk::new().await;
    let new = NewConnection { key: "slack-1".into(), label: "Bot".into(), piece: "slack".into(), kind: "X".into() };
    let id = desk.store.keep_connection(&new).await.unwrap().id;
    let flow = crate::NewFlow {
        head: crate::FlowHead { name: "Late".into(), ..crate::FlowHead::default() },
        folder: String::new(),
        place: FlowPlace::Here,
        owner: String::new(),
        document: r#"{"auth":"{{connections['slack-1']}}"}"#.into(),
        history: "[]".into(),
        remote: None,
    };
    let flow = desk.store.add_flow(&flow).await.unwrap();
    desk.store.publish_flow(flow.flow.id, 1, "[]").await.unwrap().unwrap();
    let draft = crate::FlowDraft {
        head: crate::FlowHead { name: "Late".into(), ..crate::FlowHead::default() },
        document: "{}".into(),
        history: "[]".into(),
        pending: None,
        send: None,
    };
    desk.store.edit_flow(flow.flow.id, 1, &draft).await.unwrap().unwrap();
    assert_eq!(desk.store.flows_connected(id).await.unwrap(), ["Late"], "what is published still uses it");
    let renamed = desk.store.rename_connection(id, "Team bot").await.unwrap();
    assert_eq!((renamed.label.as_str(), renamed.flows), ("Team bot", 1));
    assert_eq!(desk.store.connection(id).await.unwrap(), renamed);
    let nobody = desk.store.rename_connection(ConnectionId(9), "x").await;
    assert!(matches!(nobody, Err(StoreError::NoConnection(_))));
}

#[tokio::test]
async fn picks_are_few_and_have_the_words_in_their_names() {
    let desk = Desk::new().await;
    let wanted = Picks { kinds: &[Kind::Todo], project: None, words: None, open: true, put_away: false, limit: 2 };
    assert_eq!(desk.store.picks(wanted).await.unwrap(), []);
    let mut tx = desk.store.begin(&me(), "Added").await.unwrap();
    for (id, title, completed) in
        [(1, "Book the studio", false), (2, "Paint the sign", false), (3, "Book a van", true), (4, "Book hands", false)]
    {
        let todo = Recording { completed, title: title.into(), ..todo(id) };
        tx.put(todo).await.unwrap();
    }
    tx.put(Recording { status: Status::Trashed, title: "Book of guests".into(), ..todo(5) }).await.unwrap();
    tx.commit().await.unwrap();
    let titles = async |wanted: Picks<'_>| -> Vec<String> {
        desk.store.picks(wanted).await.unwrap().into_iter().map(|row| row.title).collect()
    };
    assert_eq!(titles(wanted).await.len(), 2, "not more than were asked for");
    let mut book = titles(Picks { words: Some("book"), limit: 9, ..wanted }).await;
    book.sort();
    assert_eq!(book, ["Book hands", "Book the studio"]);
    assert_eq!(titles(Picks { words: Some("stu"), ..wanted }).await, ["Book the studio"], "an unfinished word");
    assert_eq!(titles(Picks { words: Some("guests"), put_away: true, ..wanted }).await, ["Book of guests"]);
    assert_eq!(titles(Picks { project: Some(ProjectId(77)), ..wanted }).await, Vec::<String>::new());
    assert_eq!(titles(Picks { kinds: &[Kind::Card], ..wanted }).await, Vec::<String>::new());
}
