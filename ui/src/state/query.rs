//! Reads: each asks once, keeps showing what it has, and asks again when something that it depends on has changed.

use contract::{Command, Fault, WorkspaceId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Changes, Session};
use crate::bridge;

/// A read: its value, whether it is on its way, and why it failed.
pub struct Query<T: Send + Sync + 'static> {
    /// The last value that came. Stays while the next one is fetched.
    pub value: RwSignal<Option<T>>,
    /// Why the last try failed; `None` after a success.
    pub fault: RwSignal<Option<Fault>>,
    /// A request is on its way.
    pub loading: RwSignal<bool>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// Asks again.
    pub fn retry(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
    }
}

/// How far the asking has come.
#[derive(Clone, Copy, Default)]
struct Asking {
    /// Which question it is; answers to an earlier one are not looked at.
    question: u64,
    in_flight: bool,
    /// Something changed after the request in flight was sent.
    stale: bool,
}

/// Reads by the command that `ask` gives, in the open workspace. Runs again when what `ask` tracks changes, when the
/// workspace changes, and when the feed touches a tag that the command provides. `None` asks nothing and clears.
///
/// One request of a question is under way at a time. What changes meanwhile is asked for after its answer, which is shown all
/// the same: while a first fetch changes things without a pause, a list would else never come.
pub fn use_query<C>(ask: impl Fn() -> Option<C> + Send + Sync + 'static) -> Query<C::Reply>
where
    C: Command + PartialEq + Clone,
    C::Reply: Sync + PartialEq,
{
    let query = Query {
        value: RwSignal::new(None),
        fault: RwSignal::new(None),
        loading: RwSignal::new(false),
        again: RwSignal::new(0),
    };
    let (changes, session) = (Changes::expect(), Session::expect());
    let version = Memo::new(move |_| changes.version(C::PROVIDES));
    let asked = Memo::new(move |_| (ask(), session.workspace.get()));
    let asking = StoredValue::new(Asking::default());
    Effect::new(move |before: Option<(Option<C>, Option<WorkspaceId>)>| {
        // Read, not only tracked: a memo that was never read hears of no change.
        let _ = version.get();
        query.again.track();
        let (command, workspace) = asked.get();
        let key = (command.clone(), workspace);
        let same = before.as_ref() == Some(&key);
        // Another workspace's data is never shown, and what is not asked is not known.
        let elsewhere = before.is_some_and(|(_, before)| before != workspace);
        if elsewhere || command.is_none() {
            query.value.set(None);
            query.fault.set(None);
            // An answer that is still on its way is not looked at, so it cannot say that the wait is over.
            query.loading.set(false);
        }
        if same && asking.get_value().in_flight {
            asking.update_value(|asking| asking.stale = true);
            return key;
        }
        let question = asking.get_value().question + 1;
        asking.set_value(Asking { question, in_flight: command.is_some(), stale: false });
        if let Some(command) = command {
            query.loading.set(true);
            spawn_local(answer(query, asking, question, command, workspace));
        }
        key
    });
    query
}

async fn answer<C>(
    query: Query<C::Reply>,
    asking: StoredValue<Asking>,
    question: u64,
    command: C,
    workspace: Option<WorkspaceId>,
) where
    C: Command + Clone,
    C::Reply: Sync + PartialEq,
{
    loop {
        let answer = bridge::call(command.clone(), workspace).await;
        // The asker may be gone, or may have asked something else meanwhile.
        let Some(now) = asking.try_get_value().filter(|now| now.question == question) else { return };
        asking.set_value(Asking { question, in_flight: now.stale, stale: false });
        settle(query, answer);
        if !now.stale {
            return;
        }
        query.loading.try_set(true);
    }
}

fn settle<T: Send + Sync + PartialEq + 'static>(query: Query<T>, answer: Result<T, Fault>) {
    query.loading.try_set(false);
    match answer {
        Ok(value) => {
            if query.value.try_with_untracked(|old| old.as_ref() != Some(&value)) == Some(true) {
                query.value.try_set(Some(value));
            }
            if query.fault.try_with_untracked(Option::is_some) == Some(true) {
                query.fault.try_set(None);
            }
        }
        Err(fault) => {
            query.fault.try_set(Some(fault));
        }
    }
}
