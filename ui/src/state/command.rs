//! Mutations: one at a time per control; a fault becomes a toast with what to do, a success one with Undo.

use std::marker::PhantomData;

use contract::{ChangeSetId, Command, Fault, Undone, Written};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Changes, Session, Toasts};
use crate::bridge::{Request, read_reply};

/// A reply that may name what can be undone.
pub trait HasSet {
    /// The change set.
    fn set(&self) -> Option<ChangeSetId>;
}
impl HasSet for Written {
    fn set(&self) -> Option<ChangeSetId> {
        self.set
    }
}
impl HasSet for Undone {
    fn set(&self) -> Option<ChangeSetId> {
        None
    }
}

/// A mutation that a control can start.
pub struct Act<C> {
    /// It is on its way; the control is disabled.
    pub busy: RwSignal<bool>,
    /// Why the last try failed; for forms that show it beside the field.
    pub fault: RwSignal<Option<Fault>>,
    quiet: bool,
    session: Session,
    changes: Changes,
    toasts: Toasts,
    command: PhantomData<fn(C)>,
}
impl<C> Clone for Act<C> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<C> Copy for Act<C> {}

/// A control's mutation. Everything that changes something goes through here.
#[must_use]
pub fn use_command<C: Command>() -> Act<C> {
    Act {
        busy: RwSignal::new(false),
        fault: RwSignal::new(None),
        quiet: false,
        session: Session::expect(),
        changes: Changes::expect(),
        toasts: Toasts::expect(),
        command: PhantomData,
    }
}

impl<C: Command> Act<C> {
    /// Shows no toast for a fault: the form shows [`Act::fault`] itself.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }
    /// Carries it out. Does nothing while one is on its way.
    pub fn run(self, command: C) {
        self.run_then(command, |_| {});
    }
    /// Carries it out, then goes on with the reply.
    pub fn run_then(self, command: C, then: impl FnOnce(C::Reply) + 'static) {
        // Only what knows the command's types is here: the rest is compiled once, not for every control.
        let act = Act::<()> {
            busy: self.busy,
            fault: self.fault,
            quiet: self.quiet,
            session: self.session,
            changes: self.changes,
            toasts: self.toasts,
            command: PhantomData,
        };
        act.carry(C::NAME, Request::of(&command), Box::new(move |reply| read_reply(reply).map(then)));
    }
    /// Carries it out, then says so in a toast that offers Undo.
    pub fn run_saying(self, command: C, said: impl Into<String>)
    where
        C::Reply: HasSet,
    {
        let said = said.into();
        let toasts = self.toasts;
        self.run_then(command, move |reply| toasts.done(said, reply.set()));
    }
}

/// Goes on with a reply's JSON text.
type Then = Box<dyn FnOnce(&str) -> Result<(), Fault>>;

impl Act<()> {
    fn carry(self, name: &'static str, request: Result<Request, Fault>, then: Then) {
        if self.busy.try_get_untracked() != Some(false) {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        let workspace = self.session.workspace.get_untracked();
        spawn_local(async move {
            let answer = match request {
                Ok(request) => request.send(workspace).await,
                Err(fault) => Err(fault),
            };
            self.busy.try_set(false);
            let done = answer.and_then(|reply| {
                // The feed tells it too; a page whose feed is broken still shows what it did itself.
                if let Some(info) = contract::find(name) {
                    self.changes.touch(info.invalidates);
                }
                then(&reply)
            });
            if let Err(fault) = done {
                if !self.quiet {
                    self.toasts.fault(&fault);
                }
                self.fault.try_set(Some(fault));
            }
        });
    }
}
