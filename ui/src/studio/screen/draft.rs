//! The draft between the canvas and the app: what is done on the canvas goes out, one at a time; what others did comes in; and
//! no edit of the person is lost between the two.

use contract::commands::{CheckFlow, EditFlow, PendFlow, RewindFlow, ShowFlow};
use contract::{Code, Fault, FlowCheck, FlowDeed, FlowEdited, FlowId, FlowView, PendingFlow, Tag, WorkspaceId};
use flow::expr::Finding;
use flow::{Document, Flow, History, Op};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::outbox::{Job, Meeting, Outbox, is_same};
use super::told;
use crate::bridge;
use crate::say;
use crate::state::{Act, Changes, Session, Toasts, effect, memo, use_command};
use crate::studio::{Asks, Change, How, Pending, Presence, Studio};

/// Whether the app has everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saving {
    /// It has.
    Saved,
    /// Something is on its way.
    Busy,
    /// Something did not arrive, and why. It waits here.
    Stuck(String),
}

/// Whose the changes on show are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proposer {
    /// The app keeps them.
    App,
    /// They are only shown here: another version, another person's.
    Here,
}

/// An open draft.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The flow.
    pub(super) id: FlowId,
    /// It on the canvas.
    pub(super) studio: Studio,
    /// What is told of it. Its document is not in here.
    pub(super) view: RwSignal<FlowView>,
    /// What was last checked.
    pub(super) check: RwSignal<FlowCheck>,
    /// Whether the app has everything.
    pub(super) saving: RwSignal<Saving>,
    outbox: StoredValue<Outbox>,
    proposer: StoredValue<Proposer>,
    /// What the app was last known to have waiting.
    waiting: StoredValue<Option<Document>>,
    reading: StoredValue<bool>,
    stale: StoredValue<bool>,
    workspace: StoredValue<Option<WorkspaceId>>,
    edit: Act<EditFlow>,
    rewind: Act<RewindFlow>,
    pend: Act<PendFlow>,
    toasts: Toasts,
}

impl Draft {
    /// Opens what the app showed.
    ///
    /// # Errors
    /// A sentence, if it cannot be read.
    pub(super) fn open(mut view: FlowView) -> Result<Self, String> {
        let text = view.document.take().unwrap_or_default();
        let flow = read(&text)?;
        let (changes, toasts) = (Changes::expect(), Toasts::expect());
        let outbox = StoredValue::new(Outbox::new(flow.clone(), view.revision));
        let (jobs, takers) = (StoredValue::new(None::<Callback<Change>>), StoredValue::new(None::<Callback<()>>));
        let asks = Asks {
            on_ops: Callback::new(move |change| {
                if let Some(take) = jobs.get_value() {
                    take.run(change);
                }
            }),
            on_take_over: Callback::new(move |()| {
                if let Some(take) = takers.get_value() {
                    take.run(());
                }
            }),
        };
        let studio = Studio::new(flow, told::history(&view.done, &view.undone), asks);
        let draft = Self {
            id: view.flow.id,
            studio,
            view: RwSignal::new(view.clone()),
            check: RwSignal::new(FlowCheck::default()),
            saving: RwSignal::new(Saving::Saved),
            outbox,
            proposer: StoredValue::new(Proposer::App),
            waiting: StoredValue::new(None),
            reading: StoredValue::new(false),
            stale: StoredValue::new(false),
            workspace: StoredValue::new(Session::expect().workspace.get_untracked()),
            edit: use_command::<EditFlow>().quiet(),
            rewind: use_command::<RewindFlow>().quiet(),
            pend: use_command::<PendFlow>().quiet(),
            toasts,
        };
        let take_over = use_command::<contract::commands::TakeOverFlow>();
        jobs.set_value(Some(Callback::new(move |change| draft.changed(change))));
        takers.set_value(Some(Callback::new(move |()| {
            take_over.run(contract::commands::TakeOverFlow { id: draft.id });
        })));
        draft.tell(view);
        draft.follow(changes);
        Ok(draft)
    }

    /// Tells the screen and the canvas whether the app has everything.
    fn stands(self, saving: Saving) {
        self.studio.unsaved.set(matches!(saving, Saving::Busy));
        self.saving.set(saving);
    }

    /// Listens to the app and to the canvas as long as the screen is open.
    fn follow(self, changes: Changes) {
        let version = memo(move || changes.version(&[Tag::Flows]));
        effect(move || {
            // Read, not only tracked: a memo that was never read hears of no change.
            let _ = version.get();
            untrack(|| self.read());
        });
        for fault in [self.edit.fault, self.rewind.fault, self.pend.fault] {
            effect(move || {
                if let Some(fault) = fault.get() {
                    untrack(|| self.failed(fault));
                }
            });
        }
        // What was decided of the app's proposal goes back to the app.
        effect(move || {
            let left = self.studio.pending.with(|pending| pending.as_ref().map(|pending| pending.after.clone()));
            match self.proposer.get_value() {
                Proposer::App if self.waiting.with_value(|waiting| *waiting != left) => {
                    self.waiting.set_value(left.clone());
                    untrack(|| self.send(Job::Pend(left.map(Box::new))));
                }
                // What the app has waiting stood aside.
                Proposer::Here if left.is_none() => {
                    self.proposer.set_value(Proposer::App);
                    self.waiting.set_value(None);
                    untrack(|| self.read());
                }
                Proposer::App | Proposer::Here => {}
            }
        });
    }

    fn changed(self, change: Change) {
        match change.how {
            How::Edit => self.send(Job::Edit { label: change.label, ops: change.ops }),
            How::Undo | How::Redo => {
                let done = self.studio.history.with_untracked(|history| history.done().len());
                self.send(Job::Rewind { done });
            }
            // The effect on what waits tells the app.
            How::Pending => {}
        }
    }

    /// Shows changes that the app does not keep; they go when they are decided.
    pub(super) fn propose(self, by: String, take: &str, after: Document) {
        let pending = self.studio.flow.with_untracked(|flow| Pending::new(by, take, flow, after));
        self.proposer.set_value(Proposer::Here);
        self.studio.propose(Some(pending));
    }

    /// Sends what is stuck once more.
    pub(super) fn retry(self) {
        self.stands(Saving::Busy);
        self.pump();
    }

    /// The revision that the app has.
    pub(super) fn revision(self) -> u64 {
        self.outbox.with_value(Outbox::revision)
    }

    fn send(self, job: Job) {
        self.outbox.update_value(|outbox| outbox.push(job));
        self.pump();
    }

    fn pump(self) {
        let Some((revision, job)) = self.outbox.try_update_value(Outbox::next).flatten() else {
            if self.outbox.with_value(Outbox::is_empty) {
                self.stands(Saving::Saved);
            }
            return;
        };
        self.stands(Saving::Busy);
        let id = self.id;
        let kept = move |told| self.kept(told);
        match job {
            Job::Edit { label, ops } => match serde_json::to_string(&ops) {
                Ok(operations) => self.edit.run_then(EditFlow { id, revision, label, operations }, kept),
                Err(why) => self.refused(&why.to_string()),
            },
            Job::Rewind { done } => {
                let done = u32::try_from(done).unwrap_or(u32::MAX);
                self.rewind.run_then(RewindFlow { id, revision, done }, kept);
            }
            Job::Pend(document) => {
                let text = document.map(|document| serde_json::to_string(&Flow::from(*document)));
                match text.transpose() {
                    Ok(document) => self.pend.run_then(PendFlow { id, document }, move |()| {
                        self.outbox.update_value(Outbox::done);
                        // Its revision is another one now.
                        self.read();
                    }),
                    Err(why) => self.refused(&why.to_string()),
                }
            }
        }
    }

    fn kept(self, told: FlowEdited) {
        let applied = serde_json::from_str::<Op>(&told.applied);
        let fits = match applied {
            Ok(op) => self.outbox.try_update_value(|outbox| outbox.kept(told.revision, op).is_ok()) == Some(true),
            Err(_) => false,
        };
        self.view.update(|view| {
            view.flow = told.flow;
            view.revision = told.revision;
            view.done.clone_from(&told.done);
            view.undone.clone_from(&told.undone);
        });
        if !fits {
            self.outbox.update_value(Outbox::refused);
            return self.read();
        }
        self.right(&told.done, &told.undone);
        self.pump();
    }

    /// Once nothing waits, the canvas shows what the app has: entries of an earlier day are undone there, not here.
    fn right(self, done: &[FlowDeed], undone: &[FlowDeed]) {
        if !self.outbox.with_value(Outbox::is_empty) {
            return;
        }
        let base = |outbox: &Outbox| self.studio.flow.with_untracked(|flow| is_same(flow, outbox.base()));
        let is_told = |history: &History| told::is_told(history, done, undone);
        if !self.outbox.with_value(base) {
            self.take(told::history(done, undone));
        } else if !self.studio.history.with_untracked(is_told) {
            self.studio.history.set(told::history(done, undone));
        }
    }

    /// Puts the flow on the canvas as the app has it.
    fn take(self, history: History) {
        let base = self.outbox.with_value(|outbox| outbox.base().clone());
        self.studio.take(base, history);
    }

    fn failed(self, fault: Fault) {
        match fault.code {
            // Somebody was faster, or something that is no edit made a revision: a look tells which.
            Code::Conflict => {
                self.outbox.update_value(Outbox::failed);
                self.read();
            }
            Code::Invalid | Code::Forbidden | Code::NotFound | Code::NeedsApproval => self.refused(&fault.message),
            Code::Offline
            | Code::SignInNeeded
            | Code::VaultLocked
            | Code::Busy
            | Code::Storage
            | Code::Upstream
            | Code::Cancelled
            | Code::Internal => {
                self.outbox.update_value(Outbox::failed);
                self.stands(Saving::Stuck(fault.message));
            }
        }
    }

    /// The app will not do it: the canvas shows what the app has, and the person's edit as a proposal.
    fn refused(self, why: &str) {
        let mine = self.studio.flow.with_untracked(Flow::document);
        self.outbox.update_value(Outbox::refused);
        let view = self.view.get_untracked();
        self.take(told::history(&view.done, &view.undone));
        let is_other = self.studio.flow.with_untracked(|flow| flow.document() != mine);
        if is_other && self.studio.pending.with_untracked(Option::is_none) {
            self.propose(say::studio::not_kept().to_owned(), say::studio::again(), mine);
        }
        self.stands(Saving::Saved);
        self.toasts.note(why);
    }

    /// Looks at the flow as the app has it. One look at a time; what changes meanwhile makes another.
    pub(super) fn read(self) {
        if self.reading.get_value() {
            return self.stale.set_value(true);
        }
        self.reading.set_value(true);
        spawn_local(async move {
            loop {
                self.stale.try_set_value(false);
                let Some(workspace) = self.workspace.try_get_value() else { return };
                let Some(known) = self.outbox.try_with_value(Outbox::revision) else { return };
                let show = bridge::call(ShowFlow { id: self.id, known: Some(known) }, workspace).await;
                if self.view.is_disposed() {
                    return;
                }
                if let Ok(view) = show {
                    self.hear(view);
                }
                // What is proposed is on show, so it is what is told to be complete or not.
                let pending = self.waiting.with_value(Option::is_some);
                let check = bridge::call(CheckFlow { id: self.id, pending }, workspace).await;
                if self.view.is_disposed() {
                    return;
                }
                if let Ok(check) = check {
                    self.checked(check);
                }
                if self.stale.try_get_value() != Some(true) {
                    break;
                }
            }
            self.reading.try_set_value(false);
        });
    }

    fn checked(self, check: FlowCheck) {
        let findings = serde_json::from_str::<Vec<Finding>>(&check.findings).unwrap_or_default();
        if self.studio.findings.with_untracked(|now| *now != findings) {
            self.studio.findings.set(findings);
        }
        self.check.set(check);
    }

    fn hear(self, mut view: FlowView) {
        let document = view.document.take();
        // What is on its way may be in it or not: its answer is followed by another look.
        if self.outbox.with_value(Outbox::is_sent) {
            return;
        }
        if let Some(text) = document {
            match read(&text) {
                Ok(flow) => {
                    let met = self.outbox.try_update_value(|outbox| outbox.meet(flow, view.revision));
                    match met {
                        Some(Meeting::Changed { mine }) => self.meet(&view, mine.map(|mine| *mine)),
                        Some(Meeting::Same) | None => self.right(&view.done, &view.undone),
                    }
                }
                Err(why) => self.studio.read_only.set(Some(why)),
            }
        } else {
            self.right(&view.done, &view.undone);
        }
        self.tell(view);
        self.pump();
    }

    /// Somebody else changed the flow.
    fn meet(self, view: &FlowView, mine: Option<Document>) {
        self.take(told::history(&view.done, &view.undone));
        let by = view.done.last().map(|deed| deed.by.clone()).filter(|by| !by.is_empty());
        let who = by.unwrap_or_else(|| say::studio::somebody().to_owned());
        match mine {
            Some(mine) => {
                self.propose(say::studio::your_edit().to_owned(), say::studio::make_again(), mine);
                self.toasts.note(say::studio::changed_meanwhile(who));
            }
            None => self.studio.say(say::studio::changed_by(who)),
        }
    }

    /// Hands on what the app told, the document left out.
    fn tell(self, view: FlowView) {
        let studio = self.studio;
        let tested = told::tested(&view.samples);
        if studio.samples.with_untracked(|now| *now != tested) {
            studio.samples.set(tested);
        }
        let own = studio.flow.with_untracked(Flow::read_only);
        let read_only = view.read_only.clone().or(own);
        if studio.read_only.with_untracked(|now| *now != read_only) {
            studio.read_only.set(read_only);
        }
        let presence = view.lock.clone().map(|text| Presence { text, can_take_over: true });
        if studio.presence.with_untracked(|now| *now != presence) {
            studio.presence.set(presence);
        }
        self.tell_pending(view.pending.as_ref());
        if self.view.with_untracked(|now| *now != view) {
            self.view.set(view);
        }
    }

    fn tell_pending(self, told: Option<&PendingFlow>) {
        let after = told.and_then(|told| read(&told.document).ok()).map(|flow| flow.document());
        if self.waiting.with_value(|waiting| *waiting == after) {
            return;
        }
        let is_here = self.proposer.get_value() == Proposer::Here;
        if is_here && after.is_none() && self.studio.pending.with_untracked(Option::is_some) {
            self.waiting.set_value(None);
            return;
        }
        self.waiting.set_value(after.clone());
        self.proposer.set_value(Proposer::App);
        let by = told.map(|told| if told.by.is_empty() { told.label.clone() } else { told.by.clone() });
        let take = say::studio::accept_all();
        let pending = by
            .zip(after)
            .map(|(by, after)| self.studio.flow.with_untracked(|flow| Pending::new(by, take, flow, after)));
        self.studio.propose(pending);
    }
}

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Flow, String> {
    serde_json::from_str(text).map_err(|why| say::studio::unreadable(why.to_string()))
}
