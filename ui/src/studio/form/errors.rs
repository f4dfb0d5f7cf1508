//! What becomes of the flow when the step fails.

use flow::{ErrorHandling, Kind};
use leptos::prelude::*;

use super::context::Form;
use crate::parts::Checkbox;
use crate::say;
use crate::state::memo;

/// What the step says about failure, to be changed; `None` for a kind that cannot say.
fn errors_mut(kind: &mut Kind) -> Option<&mut ErrorHandling> {
    match kind {
        Kind::Code(code) => Some(&mut code.errors),
        Kind::Piece(piece) => Some(&mut piece.errors),
        Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
    }
}

/// Whether a step of this kind can say what becomes of its failure.
pub(super) fn has_errors(kind: Option<&Kind>) -> bool {
    matches!(kind, Some(Kind::Code(_) | Kind::Piece(_)))
}

fn read(form: Form) -> (bool, bool) {
    form.subject.with(|subject| {
        let errors = match subject.as_ref().and_then(|subject| subject.kind()) {
            Some(Kind::Code(code)) => Some(&code.errors),
            Some(Kind::Piece(piece)) => Some(&piece.errors),
            Some(Kind::Loop(_) | Kind::Router(_) | Kind::Other(_)) | None => None,
        };
        let is_on = |flag: Option<bool>| flag == Some(true);
        errors.map_or((false, false), |errors| (is_on(errors.continue_on_failure), is_on(errors.retry_on_failure)))
    })
}

fn set(form: Form, said: fn(&str) -> String, change: impl Fn(&mut ErrorHandling)) {
    form.edit(|subject| {
        let mut changed = subject.clone();
        let errors = changed.kind_mut().and_then(errors_mut).ok_or_else(say::form::errors_unsaid)?;
        change(errors);
        Ok(changed.edit_said(said))
    });
}

/// The tab.
pub(super) fn tab(form: Form) -> AnyView {
    let goes_on = memo(move || read(form).0);
    let retries = memo(move || read(form).1);
    view! {
        <div class="step-choice">
            <Checkbox checked=retries label=say::form::retry()
                on_change=move |on: bool| set(form, |step| say::form::set_retries(step), |errors| errors.retry_on_failure = Some(on))/>
            <div><p>{say::form::retry()}</p><p class="field-hint">{say::form::retry_hint()}</p></div>
        </div>
        <div class="step-choice">
            <Checkbox checked=goes_on label=say::form::go_on()
                on_change=move |on: bool| set(form, |step| say::form::set_goes_on(step), |errors| errors.continue_on_failure = Some(on))/>
            <div><p>{say::form::go_on()}</p><p class="field-hint">{say::form::go_on_hint()}</p></div>
        </div>
    }
    .into_any()
}
