//! Questions that are asked again only when what they depend on is another: what a piece is like, and what it offers. A plain
//! query would ask after each edit of the flow, and a server takes a second for each answer.

use contract::{Command, Fault};
use leptos::prelude::*;

use crate::state::{effect, use_command};

/// A question and its last answer.
pub(super) struct Asked<T: Send + Sync + 'static> {
    /// The last answer; stays while another is on its way.
    pub(super) answer: RwSignal<Option<T>>,
    /// It is on its way.
    pub(super) is_busy: RwSignal<bool>,
    /// Why there is none.
    pub(super) fault: RwSignal<Option<Fault>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Asked<T> {}

impl<T: Send + Sync + 'static> Asked<T> {
    /// Asks again.
    pub(super) fn retry(self) {
        self.again.update(|again| *again = again.wrapping_add(1));
    }
}

/// Asks what `make` says, when `key` is another one. One question is under way at a time; the last one counts.
pub(super) fn ask<C: Command>(key: Memo<String>, make: impl Fn() -> Option<C> + 'static) -> Asked<C::Reply>
where
    C::Reply: Send + Sync + 'static,
{
    let act = use_command::<C>().quiet();
    let asked = Asked { answer: RwSignal::new(None), is_busy: act.busy, fault: act.fault, again: RwSignal::new(0) };
    let before = StoredValue::new(None::<(String, u32)>);
    effect(move || {
        let now = Some((key.get(), asked.again.get()));
        if act.busy.get() || before.get_value() == now {
            return;
        }
        before.set_value(now);
        match make() {
            Some(command) => act.run_then(command, move |reply| {
                asked.answer.try_set(Some(reply));
            }),
            None => asked.answer.set(None),
        }
    });
    asked
}
