//! Changes to the flow on the canvas: made here at once, kept in the history, and told to whoever keeps the flow.

use flow::{Flow, Op, apply};
use leptos::prelude::*;

use super::{Change, How, Studio};
use crate::say;
use crate::studio::edits::Edit;
use crate::studio::pending::Pending;

impl Studio {
    /// Makes an edit as one entry of the history, and tells of it. False if it was refused; the reason is said then.
    ///
    /// While changes wait, it is these that are edited.
    pub fn edit(self, edit: Result<Edit, String>) -> bool {
        let (label, ops) = match (self.refusal(), edit) {
            (Some(reason), _) | (None, Err(reason)) => {
                self.say(reason);
                return false;
            }
            (None, Ok(edit)) => edit,
        };
        if ops.is_empty() {
            return false;
        }
        if self.pending.with_untracked(Option::is_some) {
            return self.edit_pending(label, ops);
        }
        self.make(label, ops)
    }

    /// Makes a change to the flow itself, whatever waits.
    fn make(self, label: String, ops: Vec<Op>) -> bool {
        let mut refused = None;
        self.flow.update_untracked(|flow| {
            self.history.update_untracked(|history| {
                history.begin(&label, "");
                for op in &ops {
                    if let Err(refusal) = history.apply(flow, &label, op.clone()) {
                        refused = Some(refusal.message);
                        let _ = history.cancel(flow);
                        return;
                    }
                }
                history.end();
            });
        });
        if let Some(reason) = refused {
            self.say(reason);
            return false;
        }
        self.tell(label, ops, How::Edit);
        true
    }

    fn edit_pending(self, label: String, ops: Vec<Op>) -> bool {
        let mut refused = None;
        self.pending.update_untracked(|pending| {
            let Some(pending) = pending else { return };
            let mut after = Flow::from(pending.after.clone());
            for op in &ops {
                if let Err(refusal) = apply(&mut after, op.clone()) {
                    refused = Some(refusal.message);
                    return;
                }
            }
            pending.after = after.document();
            self.flow.with_untracked(|flow| pending.compare(flow));
        });
        if let Some(reason) = refused {
            self.say(reason);
            return false;
        }
        self.tell(label, ops, How::Pending);
        true
    }

    /// Makes a part of what waits the flow's own.
    pub(in crate::studio) fn accept(self, label: &str, op: Result<Op, String>) {
        let op = match (self.refusal(), op) {
            (Some(reason), _) | (None, Err(reason)) => return self.say(reason),
            (None, Ok(op)) => op,
        };
        let is_all = |pending: &Option<Pending>| pending.as_ref().is_some_and(|pending| pending.diff.is_empty());
        if self.make(label.to_owned(), vec![op]) && self.pending.with_untracked(is_all) {
            self.pending.set(None);
            self.after_change();
        }
    }

    /// Goes over entries of the history until so many are done.
    pub(in crate::studio) fn go_to(self, done: usize) {
        if let Some(reason) = self.refusal() {
            return self.say(reason);
        }
        loop {
            let now = self.history.with_untracked(|history| history.done().len());
            let went = match now.cmp(&done) {
                std::cmp::Ordering::Equal => return,
                std::cmp::Ordering::Greater => self.step_over(How::Undo),
                std::cmp::Ordering::Less => self.step_over(How::Redo),
            };
            if !went {
                return;
            }
        }
    }

    pub(in crate::studio) fn step_over(self, how: How) -> bool {
        if let Some(reason) = self.refusal() {
            self.say(reason);
            return false;
        }
        let back = how == How::Undo;
        let mut went = None;
        self.flow.update_untracked(|flow| {
            self.history.update_untracked(|history| {
                let next = if back { history.done().last() } else { history.undone().last() };
                let Some((label, op)) = next.map(|entry| (entry.label.clone(), entry.op().clone())) else { return };
                let result = if back { history.undo(flow).map(|_| ()) } else { history.redo(flow).map(|_| ()) };
                went = Some(result.map(|()| (label, op)).map_err(|refusal| refusal.message));
            });
        });
        match went {
            None => {
                self.say(if back { say::studio::nothing_to_undo() } else { say::studio::nothing_to_redo() });
                false
            }
            Some(Err(reason)) => {
                self.say(reason);
                false
            }
            Some(Ok((label, op))) => {
                let label = if back { say::studio::undone(label) } else { say::studio::redone(label) };
                self.tell(label, vec![op], how);
                true
            }
        }
    }

    fn tell(self, label: String, ops: Vec<Op>, how: How) {
        if how != How::Pending {
            self.pending.update_untracked(|pending| {
                if let Some(pending) = pending {
                    self.flow.with_untracked(|flow| pending.compare(flow));
                }
            });
        }
        self.flow.notify();
        self.history.notify();
        self.pending.notify();
        self.after_change();
        self.say(label.clone());
        self.asks.on_ops.run(Change { label, ops, how });
    }
}
