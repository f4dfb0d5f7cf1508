//! What every field of an open form shares: the step, its piece, the samples, and the field that a reference goes into.

use std::sync::Arc;

use contract::{FlowId, FlowPlace, Sample};
use flow::expr::Samples;
use flow::piece::{Operation, PieceMetadata};
use flow::{FieldPath, Flow};
use leptos::prelude::*;
use serde_json::Value;

use super::subject::Subject;
use super::text::Editor;
use crate::say;
use crate::state::memo;
use crate::studio::Studio;
use crate::studio::edits::Edit;

/// An open form.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// The flow on the canvas.
    pub(super) studio: Studio,
    /// Which flow it is.
    pub(super) flow: FlowId,
    /// Where it runs.
    pub(super) place: Signal<FlowPlace>,
    /// Where its webhook or form is called.
    pub(super) address: Signal<Option<String>>,
    /// What the app tells the server so that it starts there.
    pub(super) told: Signal<Option<String>>,
    /// Every sample of every step.
    pub(super) all: Signal<Vec<Sample>>,
    /// What each step is taken to have brought.
    pub(super) samples: Memo<Arc<Samples>>,
    /// The step, or the trigger, by name.
    pub(super) name: StoredValue<String>,
    /// What it is like; nothing once it is gone.
    pub(super) subject: Memo<Option<Arc<Subject>>>,
    /// Its piece, once it is told.
    pub(super) piece: RwSignal<Option<Arc<PieceMetadata>>>,
    /// Why its piece could not be told.
    pub(super) fault: RwSignal<Option<String>>,
    /// The text that a reference goes into.
    pub(super) caret: RwSignal<Option<Editor>>,
    /// The data of earlier steps is in view while a text is edited.
    pub(super) is_data_wanted: RwSignal<bool>,
    next: StoredValue<u32>,
}

/// What the form is told by the screen.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) studio: Studio,
    pub(super) flow: FlowId,
    pub(super) place: Signal<FlowPlace>,
    pub(super) address: Signal<Option<String>>,
    pub(super) told: Signal<Option<String>>,
    pub(super) all: Signal<Vec<Sample>>,
    pub(super) samples: Memo<Arc<Samples>>,
}

impl Form {
    /// The form of a step.
    pub(super) fn of(told: Told, name: &str) -> Self {
        let Told { studio, flow, place, address, told, all, samples } = told;
        let name = StoredValue::new(name.to_owned());
        let subject = memo(move || {
            studio.drawn.track();
            name.with_value(|name| studio.with_shown(|flow| Subject::of(flow, name).map(Arc::new)))
        });
        Self {
            studio,
            flow,
            place,
            address,
            told,
            all,
            samples,
            name,
            subject,
            piece: RwSignal::new(None),
            fault: RwSignal::new(None),
            caret: RwSignal::new(None),
            is_data_wanted: RwSignal::new(true),
            next: StoredValue::new(0),
        }
    }

    /// An id for an element.
    pub(super) fn id(self) -> String {
        self.next.update_value(|next| *next += 1);
        ["step-field-", &self.next.get_value().to_string()].concat()
    }

    /// Reads the flow and the samples. Tracks neither.
    pub(super) fn look<T>(self, read: impl FnOnce(&Flow, &Samples) -> T) -> T {
        self.samples.with_untracked(|samples| self.studio.with_shown(|flow| read(flow, samples)))
    }

    /// What stands at a place. Tracks.
    pub(super) fn read(self, at: &FieldPath) -> Value {
        self.subject.with(|subject| subject.as_ref().and_then(|subject| subject.read(at))).unwrap_or_default()
    }

    /// Changes the step by what `change` makes of it.
    pub(super) fn edit(self, change: impl FnOnce(&Subject) -> Result<Edit, String>) -> bool {
        let name = self.name.get_value();
        let subject = self.studio.with_shown(|flow| Subject::of(flow, &name));
        let gone = || say::form::step_gone().to_owned();
        self.studio.edit(subject.ok_or_else(gone).and_then(|subject| change(&subject)))
    }

    /// Puts a value at a place, or takes it away. `what` is the field, in words of people.
    pub(super) fn put(self, at: &FieldPath, value: Option<Value>, what: &str) {
        self.edit(|subject| {
            if subject.read(at) == value {
                return Ok((String::new(), Vec::new()));
            }
            let changed = subject.with(at, value).ok_or_else(say::form::field_gone)?;
            Ok(changed.edit(what))
        });
    }

    /// The action or trigger that is called, once its piece is told. Tracks.
    pub(super) fn with_operation<T>(self, read: impl FnOnce(&PieceMetadata, &Operation) -> T) -> Option<T> {
        let subject = self.subject.get()?;
        let call = subject.call()?;
        self.piece.with(|piece| {
            let piece = piece.as_ref()?;
            let operations = match &*subject {
                Subject::Trigger(_) => &piece.triggers,
                Subject::Step(_) => &piece.actions,
            };
            Some(read(piece, operations.get(&call.operation)?))
        })
    }
}
