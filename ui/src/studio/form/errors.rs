//! What becomes of the flow when the step fails.

use flow::{ErrorHandling, Kind};
use leptos::prelude::*;

use super::context::Form;
use crate::parts::Checkbox;
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

fn set(form: Form, what: &str, change: impl Fn(&mut ErrorHandling)) {
    form.edit(|subject| {
        let mut changed = subject.clone();
        let errors = changed
            .kind_mut()
            .and_then(errors_mut)
            .ok_or("This kind of step cannot say what becomes of its failure.")?;
        change(errors);
        Ok(changed.edit(what))
    });
}

/// The tab.
pub(super) fn tab(form: Form) -> AnyView {
    let goes_on = memo(move || read(form).0);
    let retries = memo(move || read(form).1);
    view! {
        <div class="step-choice">
            <Checkbox checked=retries label="Try again when it fails"
                on_change=move |on: bool| set(form, "whether it is tried again", |errors| errors.retry_on_failure = Some(on))/>
            <div><p>"Try again when it fails"</p><p class="field-hint">"Up to four times, with longer and longer waits. Only for steps that may be done twice."</p></div>
        </div>
        <div class="step-choice">
            <Checkbox checked=goes_on label="Go on when it fails"
                on_change=move |on: bool| set(form, "whether the flow goes on", |errors| errors.continue_on_failure = Some(on))/>
            <div><p>"Go on when it fails"</p><p class="field-hint">"The canvas shows two branches then, after success and after failure. Steps after failure can use the error message."</p></div>
        </div>
    }
    .into_any()
}
