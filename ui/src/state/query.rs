//! Reads: each asks once, keeps showing what it has, and asks again when something that it depends on has changed.

use contract::{Command, Fault, Tag, WorkspaceId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::{Changes, Session, memo};
use crate::bridge::{Request, read_reply};

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
    C: Command,
    C::Reply: Sync + PartialEq,
{
    let query = Query {
        value: RwSignal::new(None),
        fault: RwSignal::new(None),
        loading: RwSignal::new(false),
        again: RwSignal::new(0),
    };
    // Only what knows the command's types is here: the rest is compiled once, not for every read.
    let reader = Reader {
        fault: query.fault,
        loading: query.loading,
        asking: StoredValue::new(Asking::default()),
        show: StoredValue::new(Box::new(move |reply| show(query.value, reply))),
    };
    reader.follow(Box::new(move || ask().map(|command| Request::of(&command))), query.again, C::PROVIDES);
    query
}

/// Shows a reply, where it says something else than the one before.
fn show<T>(value: RwSignal<Option<T>>, reply: Option<&str>) -> Result<(), Fault>
where
    T: DeserializeOwned + Send + Sync + PartialEq + 'static,
{
    let reply = reply.map(read_reply::<T>).transpose()?;
    if value.try_with_untracked(|old| *old != reply) == Some(true) {
        value.try_set(reply);
    }
    Ok(())
}

/// What is asked, and in which workspace.
type Question = (Option<Result<Request, Fault>>, Option<WorkspaceId>);
type Ask = Box<dyn Fn() -> Option<Result<Request, Fault>> + Send + Sync>;
/// Shows the JSON text of a reply, or that there is none.
type Show = Box<dyn Fn(Option<&str>) -> Result<(), Fault> + Send + Sync>;

/// A read without the type of what it reads.
#[derive(Clone, Copy)]
struct Reader {
    fault: RwSignal<Option<Fault>>,
    loading: RwSignal<bool>,
    asking: StoredValue<Asking>,
    show: StoredValue<Show>,
}

impl Reader {
    fn follow(self, ask: Ask, again: RwSignal<u32>, provides: &'static [Tag]) {
        let (changes, session) = (Changes::expect(), Session::expect());
        let version = memo(move || changes.version(provides));
        let asked = memo(move || (ask(), session.workspace.get()));
        Effect::new(move |before: Option<Question>| {
            // Read, not only tracked: a memo that was never read hears of no change.
            let _ = version.get();
            again.track();
            let (request, workspace) = asked.get();
            let key = (request.clone(), workspace);
            let same = before.as_ref() == Some(&key);
            // Another workspace's data is never shown, and what is not asked is not known.
            let elsewhere = before.is_some_and(|(_, before)| before != workspace);
            if elsewhere || request.is_none() {
                let _ = self.show(None);
                self.fault.set(None);
                // An answer that is still on its way is not looked at, so it cannot say that the wait is over.
                self.loading.set(false);
            }
            if same && self.asking.get_value().in_flight {
                self.asking.update_value(|asking| asking.stale = true);
                return key;
            }
            let question = self.asking.get_value().question + 1;
            self.asking.set_value(Asking { question, in_flight: request.is_some(), stale: false });
            if let Some(request) = request {
                self.loading.set(true);
                spawn_local(self.answer(question, request, workspace));
            }
            key
        });
    }

    async fn answer(self, question: u64, request: Result<Request, Fault>, workspace: Option<WorkspaceId>) {
        loop {
            let answer = match request.clone() {
                Ok(request) => request.send(workspace).await,
                Err(fault) => Err(fault),
            };
            // The asker may be gone, or may have asked something else meanwhile.
            let Some(now) = self.asking.try_get_value().filter(|now| now.question == question) else { return };
            self.asking.set_value(Asking { question, in_flight: now.stale, stale: false });
            self.settle(answer);
            if !now.stale {
                return;
            }
            self.loading.try_set(true);
        }
    }

    fn settle(self, answer: Result<String, Fault>) {
        self.loading.try_set(false);
        match answer.and_then(|reply| self.show(Some(&reply))) {
            Ok(()) => {
                if self.fault.try_with_untracked(Option::is_some) == Some(true) {
                    self.fault.try_set(None);
                }
            }
            Err(fault) => {
                self.fault.try_set(Some(fault));
            }
        }
    }

    fn show(self, reply: Option<&str>) -> Result<(), Fault> {
        self.show.try_with_value(|show| show(reply)).unwrap_or(Ok(()))
    }
}
