//! Random histories of edits here, edits there, fetching, sending, failing, undoing and crashing; what must hold is checked
//! after every step.

use std::collections::{BTreeMap, HashMap};

use super::world::{Dice, Server, scribble};
use super::*;
use crate::{Field, StoreError, ToSend};

struct Story {
    desk: Desk,
    server: Server,
    dice: Dice,
    /// The server's record as it was last told here.
    told: HashMap<i64, Recording>,
    /// Arrived, and the answer was lost.
    lost: BTreeMap<ChangeId, Recording>,
    sets: Vec<ChangeSetId>,
    made: u32,
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let mut story = Self {
            desk: Desk::new().await,
            server: Server::default(),
            dice: Dice::new(seed),
            told: HashMap::new(),
            lost: BTreeMap::new(),
            sets: Vec::new(),
            made: 0,
        };
        for _ in 0..4 {
            story.server.add(todo(0));
        }
        story.fetch().await;
        story
    }

    async fn step(&mut self) {
        match self.dice.below(22) {
            0..=2 => self.they_edit(),
            3..=4 => self.fetch().await,
            5..=8 => self.we_edit().await,
            9 => self.we_make().await,
            10..=13 => self.send().await,
            14..=15 => self.decide().await,
            16..=18 => self.undo().await,
            19 => self.redo().await,
            20 => self.undo_at_once().await,
            _ => self.crash().await,
        }
        self.check().await;
    }

    fn they_edit(&mut self) {
        let ids: Vec<i64> = self.server.records.keys().copied().collect();
        let id = self.dice.pick(&ids).unwrap();
        let dice = &mut self.dice;
        self.server.edit(id, |record| scribble(dice, record));
    }

    /// A pass: all, or a part, sometimes told twice.
    async fn fetch(&mut self) {
        let all: Vec<Recording> = self.server.records.values().cloned().collect();
        let some: Vec<Recording> = all.into_iter().filter(|_| self.dice.below(4) > 0).collect();
        self.desk.apply(&some).await;
        for record in &some {
            self.told.insert(record.id.0, record.clone());
        }
        assert!(self.desk.apply(&some).await.is_unchanged(), "the same again writes nothing");
    }

    async fn shown(&self) -> Vec<Recording> {
        let mut tx = self.desk.store.begin(&me(), "").await.unwrap();
        let ids: Vec<i64> =
            sqlx::query_scalar("select id from recording order by id").fetch_all(tx.db()).await.unwrap();
        let mut shown = Vec::new();
        for id in ids {
            shown.push(tx.get(RecordingId(id)).await.unwrap().unwrap());
        }
        shown
    }

    async fn edit_one(&mut self) -> Option<(Recording, crate::Committed)> {
        let ids: Vec<i64> = self.shown().await.iter().map(|record| record.id.0).collect();
        let id = self.dice.pick(&ids)?;
        let before = self.desk.get(id).await.unwrap();
        let dice = &mut self.dice;
        let done = self.desk.edit(id, |record| scribble(dice, record)).await;
        Some((before, done))
    }

    async fn we_edit(&mut self) {
        if let Some((_, done)) = self.edit_one().await {
            self.sets.extend(done.set);
        }
    }

    async fn we_make(&mut self) {
        self.made += 1;
        let (_, done) = self.desk.create(&format!("made {}", self.made)).await;
        self.sets.extend(done.set);
    }

    async fn undo_at_once(&mut self) {
        let Some((before, done)) = self.edit_one().await else { return };
        let Some(set) = done.set else { return };
        let answer = self.desk.store.undo(set, None, &me()).await.unwrap();
        assert!(matches!(answer, Undone::Done { .. }), "nothing moved: {answer:?}");
        let after = self.desk.get(before.id.0).await.expect("undo brings it back");
        assert!(Field::differing(&before, &after).is_empty(), "undo restores\n{before:?}\n{after:?}");
        self.sets.push(set);
    }

    async fn undo(&mut self) {
        let Some(set) = self.dice.pick(&self.sets) else { return };
        let choice = self.dice.choice();
        self.reversed(self.desk.store.undo(set, choice, &me()).await, choice);
    }

    async fn redo(&mut self) {
        let Some(set) = self.dice.pick(&self.sets) else { return };
        let choice = self.dice.choice();
        self.reversed(self.desk.store.redo(set, choice, &me()).await, choice);
    }

    fn reversed(&self, answer: crate::Result<Undone>, choice: Option<Choice>) {
        match answer {
            Ok(Undone::Moved { conflicts }) => {
                assert!(choice.is_none() && conflicts.iter().all(|c| !c.fields.is_empty()))
            }
            Ok(Undone::Done { .. }) | Err(StoreError::NotReversible(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }

    async fn send(&mut self) {
        let Some(next) = self.desk.store.next_to_send().await.unwrap() else { return };
        if let Some(arrived) = self.lost.remove(&next.change) {
            assert!(next.unsure, "an answer that was lost is looked for");
            return self.accepted(&next, arrived).await;
        }
        self.desk.store.sending(next.change).await.unwrap();
        match self.dice.below(8) {
            0 => self.desk.store.failed(next.change, "It was refused.").await.unwrap(),
            1 => self.desk.store.requeue(next.change).await.unwrap(),
            2 => {
                let arrived = self.server.accept(&next);
                self.lost.insert(next.change, arrived);
                self.desk.store.unsure(next.change).await.unwrap();
            }
            3 => self.desk.store.unsure(next.change).await.unwrap(),
            _ => self.carry_out(&next).await,
        }
    }

    async fn carry_out(&mut self, next: &ToSend) {
        if let Some(theirs) = self.server.records.get(&next.item.0).filter(|theirs| next.clashes_with(theirs)) {
            self.desk.store.conflict(next.change, fetched(theirs)).await.unwrap();
            self.told.insert(theirs.id.0, theirs.clone());
            return;
        }
        let arrived = self.server.accept(next);
        self.accepted(next, arrived).await;
    }

    async fn accepted(&mut self, next: &ToSend, arrived: Recording) {
        self.desk.store.sent(next.change, fetched(&arrived)).await.unwrap();
        if self.told.get(&arrived.id.0).is_none_or(|told| told.updated_at <= arrived.updated_at) {
            self.told.insert(arrived.id.0, arrived);
        }
    }

    async fn decide(&mut self) {
        let waiting = self.desk.store.outbox().await.unwrap();
        if waiting.is_empty() {
            return;
        }
        let entry = &waiting[self.dice.below(waiting.len() as u64) as usize];
        match entry.state {
            OutboxState::Failed if self.dice.below(2) == 0 => self.desk.store.requeue(entry.change).await.unwrap(),
            OutboxState::Conflict => {
                let choice = self.dice.choice().unwrap_or(Choice::TakeMine);
                self.desk.store.resolve(entry.change, choice, &me()).await.unwrap();
            }
            OutboxState::Failed | OutboxState::Queued => self.desk.store.discard(entry.change, &me()).await.unwrap(),
            OutboxState::Sending => {
                let refused = self.desk.store.discard(entry.change, &me()).await;
                assert!(matches!(refused, Err(StoreError::InFlight(_))));
            }
        }
    }

    async fn crash(&mut self) {
        let desk = std::mem::replace(&mut self.desk, Desk::new().await);
        if let Some(next) = desk.store.next_to_send().await.unwrap().filter(|next| !next.unsure) {
            desk.store.sending(next.change).await.unwrap();
            if self.dice.below(2) == 0 {
                let arrived = self.server.accept(&next);
                self.lost.insert(next.change, arrived);
            }
        }
        self.desk = desk.killed().await;
    }

    async fn check(&self) {
        self.desk.check().await;
        let waiting = self.desk.store.outbox().await.unwrap();
        assert!(waiting.windows(2).all(|pair| pair[0].change < pair[1].change), "the outbox keeps its order");
        for record in self.shown().await {
            let mut expected = self.told.get(&record.id.0).cloned();
            let mut tx = self.desk.store.begin(&me(), "").await.unwrap();
            for entry in waiting.iter().filter(|entry| entry.item == record.id) {
                let change = crate::change::one(tx.db(), entry.change).await.unwrap();
                match (&change.before, &change.after, &mut expected) {
                    (Some(before), Some(after), Some(shown)) => {
                        Field::differing(before, after).into_iter().for_each(|field| field.copy(after, shown));
                    }
                    (None, Some(after), shown) => *shown = Some(after.clone()),
                    other => panic!("an edit of nothing: {other:?}"),
                }
            }
            let expected = expected.unwrap_or_else(|| panic!("{} came from nowhere", record.id));
            assert_eq!(Field::differing(&record, &expected), [], "\nshown    {record:?}\nexpected {expected:?}");
        }
    }

    /// Everything is sent and fetched at last: both sides agree, and nothing was made twice.
    async fn end(mut self) {
        for _ in 0..500 {
            let waiting = self.desk.store.outbox().await.unwrap();
            if waiting.is_empty() {
                break;
            }
            for entry in waiting {
                match entry.state {
                    OutboxState::Failed => self.desk.store.requeue(entry.change).await.unwrap(),
                    OutboxState::Conflict => {
                        self.desk.store.resolve(entry.change, Choice::TakeMine, &me()).await.unwrap()
                    }
                    OutboxState::Queued | OutboxState::Sending => {}
                }
            }
            if let Some(next) = self.desk.store.next_to_send().await.unwrap() {
                if let Some(arrived) = self.lost.remove(&next.change) {
                    self.accepted(&next, arrived).await;
                } else {
                    self.desk.store.sending(next.change).await.unwrap();
                    self.carry_out(&next).await;
                }
            }
            self.check().await;
        }
        assert!(self.desk.store.outbox().await.unwrap().is_empty() && self.lost.is_empty());
        let all: Vec<Recording> = self.server.records.values().cloned().collect();
        self.desk.apply(&all).await;
        let shown = self.shown().await;
        assert_eq!(shown.len(), all.len(), "nothing was made twice, and nothing was lost");
        for (shown, server) in shown.iter().zip(&all) {
            assert_eq!(shown, server);
        }
        assert_eq!(self.desk.store.outbox_counts().await.unwrap(), crate::OutboxCounts::default());
    }
}

async fn stories(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let told = format!("seed {seed}");
        let mut story = Story::begin(seed).await;
        for step in 0..50 {
            tracing::trace!(told, step);
            story.step().await;
        }
        story.end().await;
    }
}

#[tokio::test]
async fn random_histories_keep_every_promise_a() {
    stories(1..20).await;
}
#[tokio::test]
async fn random_histories_keep_every_promise_b() {
    stories(20..40).await;
}
