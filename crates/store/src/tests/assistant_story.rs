//! Random histories of conversations; what must hold is checked after every step against a copy in memory.

use std::collections::BTreeMap;

use super::assistant::{call, said, step, used};
use super::world::Dice;
use super::*;
use crate::{CallRow, Step};

const WORDS: [&str; 6] = ["amber", "birch", "cedar", "delta", "ember", "fjord"];

#[derive(Clone, Default)]
struct Told {
    title: String,
    archived: bool,
    stage: TurnStage,
    queued: Vec<String>,
    lines: Vec<Line>,
    calls: BTreeMap<CallId, CallView>,
    uses: BTreeMap<TurnId, TurnUse>,
}

impl Told {
    fn open(&self) -> Vec<i64> {
        unanswered(&self.lines)
    }

    /// Title, what was said and what was answered.
    fn texts(&self) -> Vec<&str> {
        let text = self.lines.iter().filter_map(|line| match &line.item {
            Item::Said { text, .. } | Item::Answered { text, .. } => Some(text.as_str()),
            Item::Result { .. } | Item::Ended { .. } => None,
        });
        text.chain([self.title.as_str()]).collect()
    }

    fn has(&self, query: &[&str]) -> bool {
        let (last, words) = query.split_last().unwrap();
        let any = |fits: &dyn Fn(&str) -> bool| self.texts().iter().any(|text| text.split(' ').any(fits));
        words.iter().all(|word| any(&|there| there == *word)) && any(&|there| there.starts_with(last))
    }
}

/// Calls without a result, by looking at every pair.
fn unanswered(lines: &[Line]) -> Vec<i64> {
    let mut open = Vec::new();
    for line in lines {
        let Item::Answered { calls, .. } = &line.item else { continue };
        for made in calls {
            if !lines.iter().any(|line| matches!(&line.item, Item::Result { call, .. } if *call == made.id)) {
                open.push(made.id.0);
            }
        }
    }
    open
}

struct Story {
    desk: Desk,
    dice: Dice,
    told: BTreeMap<ConversationId, Told>,
    deleted: Vec<ConversationId>,
}

impl Story {
    fn words(&mut self) -> String {
        (0..1 + self.dice.below(3)).map(|_| WORDS[self.dice.below(6) as usize]).collect::<Vec<_>>().join(" ")
    }

    fn pick(&mut self) -> Option<ConversationId> {
        let ids: Vec<ConversationId> = self.told.keys().copied().collect();
        self.dice.pick(&ids)
    }

    async fn step(&mut self) {
        let kind = self.dice.below(20);
        match (kind, self.pick()) {
            (0..=1, _) | (_, None) => {
                let id = self.desk.store.start_conversation(None).await.unwrap().id;
                assert!(!self.told.contains_key(&id) && !self.deleted.contains(&id), "ids are never given again");
                self.told.insert(id, Told::default());
            }
            (2..=11, Some(id)) => self.keep(id).await,
            (12..=14, Some(id)) => self.branch(id).await,
            (15, Some(id)) => {
                self.desk.store.delete_conversation(id).await.unwrap();
                self.told.remove(&id);
                self.deleted.push(id);
            }
            (16, Some(id)) => {
                let archived = self.dice.below(2) == 0;
                self.desk.store.archive_conversation(id, archived).await.unwrap();
                self.told.get_mut(&id).unwrap().archived = archived;
            }
            (17, Some(id)) => {
                let title = self.words();
                self.desk.store.rename_conversation(id, &title).await.unwrap();
                self.told.get_mut(&id).unwrap().title = title;
            }
            (18.., Some(_)) => {
                let desk = std::mem::replace(&mut self.desk, Desk::new().await);
                self.desk = desk.killed().await;
            }
        }
        self.check().await;
    }

    /// What a turn may do next: answer open calls, or else say something, make calls, end.
    async fn keep(&mut self, id: ConversationId) {
        let mut told = self.told[&id].clone();
        let turn = told.lines.last().map_or(0, |line| line.turn.0) + self.dice.below(2) as i64;
        let mut next = Step { title: None, ..step(turn, vec![]) };
        let open = told.open();
        if let Some(which) = self.dice.pick(&open) {
            let text = self.words();
            let view = CallView { state: CallState::Returned, ..told.calls[&CallId(which)].clone() };
            next.calls.push(CallRow { view, output: Some(text.clone()), ..call(which, turn) });
            next.items.push(Item::Result { call: CallId(which), outcome: Outcome::Returned(text) });
        } else {
            let text = self.words();
            next.items.push(said(&text));
            let first = self.desk.store.next_call(id).await.unwrap().0;
            assert!(told.calls.keys().all(|call| call.0 < first));
            for new in 0..self.dice.below(4) as i64 {
                next.calls.push(call(first + new, turn));
            }
            let calls = next.calls.iter().map(|row| row.view.call.clone()).collect();
            next.items.push(Item::Answered { text: self.words(), calls, cut_short: false, sealed: None });
            if next.calls.is_empty() && self.dice.below(2) == 0 {
                next.items.push(Item::Ended { reason: Reason::Stopped });
            }
        }
        next.stage = [TurnStage::Idle, TurnStage::Working, TurnStage::Waiting][self.dice.below(3) as usize];
        next.queued = (0..self.dice.below(3)).map(|_| WORDS[0].to_owned()).collect();
        next.title = (self.dice.below(4) == 0).then(|| self.words());
        next.used = (self.dice.below(2) == 0).then(|| used(turn));

        let lines = self.desk.store.keep(id, &next).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.item.clone()).collect::<Vec<_>>(), next.items);
        told.lines.extend(lines);
        for row in next.calls {
            let mut view = row.view;
            view.output = row.output.unwrap_or_default();
            view.output_length = view.output.len() as u64;
            told.calls.insert(view.call.id, view);
        }
        told.uses.extend(next.used.map(|used| (used.turn, used)));
        told.title = next.title.unwrap_or(told.title);
        (told.stage, told.queued) = (next.stage, next.queued);
        self.told.insert(id, told);
    }

    async fn branch(&mut self, id: ConversationId) {
        let from = self.told[&id].clone();
        let through = self.dice.below(from.lines.len() as u64 + 3);
        let branch = self.desk.store.branch_conversation(id, through).await.unwrap();
        assert_eq!((branch.branched_from, branch.stage, branch.draft.as_str()), (Some(id), TurnStage::Idle, ""));
        let most = from.lines.len().min(through as usize);
        let kept = (0..=most).rev().find(|kept| unanswered(&from.lines[..*kept]).is_empty()).unwrap();
        let lines = from.lines[..kept].to_vec();
        let made = |call: &CallId| {
            lines
                .iter()
                .any(|line| matches!(&line.item, Item::Answered { calls, .. } if calls.iter().any(|c| c.id == *call)))
        };
        let told = Told {
            title: from.title,
            calls: from.calls.into_iter().filter(|(call, _)| made(call)).collect(),
            uses: from.uses.into_iter().filter(|(turn, _)| lines.iter().any(|line| line.turn == *turn)).collect(),
            lines,
            ..Told::default()
        };
        self.told.insert(branch.id, told);
    }

    async fn check(&mut self) {
        let ids: Vec<ConversationId> = self.told.keys().copied().collect();
        for id in ids {
            self.check_one(id).await;
        }
        let store = &self.desk.store;
        let busy: Vec<ConversationId> =
            self.told.iter().filter(|(_, told)| told.stage != TurnStage::Idle).map(|(id, _)| *id).collect();
        assert_eq!(store.busy_conversations().await.unwrap(), busy);
        for id in &self.deleted {
            assert_eq!(store.conversation(*id).await.unwrap(), None);
        }
        for table in ["agent_item", "agent_call", "agent_use"] {
            let lost = format!("select count(*) from {table} where conversation not in (select id from conversation)");
            let lost: i64 =
                sqlx::query_scalar(sqlx::AssertSqlSafe(lost)).fetch_one(&store.inner.readers).await.unwrap();
            assert_eq!(lost, 0, "{table}");
        }
        let lost = "select count(*) from agent_words where rowid >> 32 not in (select id from conversation)";
        assert_eq!(self.desk.number(lost).await, 0);
        let query = [WORDS[self.dice.below(6) as usize], WORDS[self.dice.below(6) as usize], "de"];
        let query = &query[..1 + self.dice.below(3) as usize];
        for archived in [false, true] {
            let all = store.conversations(None, archived, 1000).await.unwrap();
            assert!(all.windows(2).all(|two| (two[0].updated_at, two[0].id) > (two[1].updated_at, two[1].id)));
            let mut found = store.conversations(Some(&query.join(" ")), archived, 1000).await.unwrap();
            found.sort_by_key(|conversation| conversation.id);
            let wanted = self.told.iter().filter(|(_, told)| told.archived == archived && told.has(query));
            let wanted: Vec<ConversationId> = wanted.map(|(id, _)| *id).collect();
            assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), wanted, "{query:?}");
        }
        assert_eq!(store.check().await.unwrap(), [] as [String; 0]);
    }

    async fn check_one(&mut self, id: ConversationId) {
        let (store, told) = (&self.desk.store, &self.told[&id]);
        let there = store.conversation(id).await.unwrap().unwrap();
        assert_eq!((&there.title, there.archived, there.stage), (&told.title, told.archived, told.stage));
        assert_eq!(store.queued(id).await.unwrap(), told.queued);
        let (lines, older) = store.lines(id, None, 1000).await.unwrap();
        assert!(!older);
        assert_eq!(lines, told.lines, "what was kept never changes");
        assert!(lines.iter().zip(1..).all(|(line, seq)| line.seq == seq), "without gaps");
        let mut results: Vec<CallId> = lines
            .iter()
            .filter_map(|line| match &line.item {
                Item::Result { call, .. } => Some(*call),
                Item::Said { .. } | Item::Answered { .. } | Item::Ended { .. } => None,
            })
            .collect();
        results.sort_unstable();
        assert!(results.windows(2).all(|two| two[0] < two[1]), "one result for a call");
        let turns: Vec<TurnId> = (0..200).map(TurnId).collect();
        let calls: Vec<CallView> = store.calls_of(id, &turns).await.unwrap().into_iter().map(|row| row.view).collect();
        assert_eq!(calls, told.calls.values().cloned().collect::<Vec<_>>());
        assert_eq!(store.uses_of(id, &turns).await.unwrap(), told.uses.values().cloned().collect::<Vec<_>>());
        let last = lines.iter().map(|line| line.turn).max().unwrap_or_default();
        assert_eq!(store.last_turn(id).await.unwrap(), last);

        let before = self.dice.below(lines.len() as u64 + 3);
        let limit = 1 + self.dice.below(4) as usize;
        let (page, older) = self.desk.store.lines(id, Some(before), limit as u32).await.unwrap();
        let earlier = &lines[..lines.len().min(before.saturating_sub(1) as usize)];
        assert_eq!(page, earlier[earlier.len().saturating_sub(limit)..]);
        assert_eq!(older, earlier.len() > limit);
    }
}

#[tokio::test]
async fn whatever_happens_records_only_grow_and_branches_begin_as_they_should() {
    for seed in 1..6 {
        let (desk, dice) = (Desk::new().await, Dice::new(seed));
        let mut story = Story { desk, dice, told: BTreeMap::new(), deleted: Vec::new() };
        for _ in 0..60 {
            story.step().await;
        }
    }
}
