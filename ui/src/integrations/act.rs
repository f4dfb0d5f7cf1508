//! What helps with a connection: the form or the place where it is set up again. The forms are those of their own screens.

use contract::{IntegrationKind, NextAct, SignIn, SignInId};
use leptos::prelude::*;

use crate::automations::ServerDialog;
use crate::parts::{Button, Dialog, Show};
use crate::say;
use crate::settings::go_to_models;
use crate::state::{Changes, Route, Router, Session, Toasts, effect, memo};
use crate::welcome::sign_in::SignInForms;
use crate::welcome::vault::VaultStep;

use super::words::help;

/// The button that helps, with what it opens; nothing where nothing has to be done.
#[component]
pub(super) fn Help(
    /// What it is named by.
    key: String,
    /// What it is with.
    kind: IntegrationKind,
    /// What helps.
    #[prop(into)]
    next: Signal<NextAct>,
    /// Tries it again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let (router, session, toasts, changes) = (Router::expect(), Session::expect(), Toasts::expect(), Changes::expect());
    let (signing, serving, opening) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let sign_in: Option<SignInId> = key.strip_prefix("basecamp:").and_then(|id| id.parse().ok()).map(SignInId);
    let go = move |_| match (next.get_untracked(), kind) {
        (NextAct::None, _) => {}
        (NextAct::Retry, _) => on_retry.run(()),
        (NextAct::Unlock | NextAct::ChoosePlace, _) | (_, IntegrationKind::Secrets) => opening.set(true),
        (NextAct::Connect | NextAct::Reconnect, IntegrationKind::Basecamp) => match sign_in {
            Some(_) => signing.set(true),
            None => router.go(Route::Welcome),
        },
        (NextAct::Connect | NextAct::Reconnect, IntegrationKind::Automations) => serving.set(true),
        (NextAct::Connect | NextAct::Reconnect, IntegrationKind::Model) => go_to_models(router),
        (
            NextAct::Connect | NextAct::Reconnect,
            IntegrationKind::Slack | IntegrationKind::Mail | IntegrationKind::Account,
        ) => {
            router.go(Route::Automations);
            toasts.note(say::integrations::connect_there());
        }
    };
    let renewed = move |_: SignIn| {
        signing.set(false);
        toasts.note(say::integrations::signed_in_again());
    };
    let ready = memo(move || session.status.with(|status| status.as_ref().is_some_and(|status| status.vault.ready)));
    effect(move || {
        if ready.get() {
            opening.set(false);
        }
    });
    // The table tells of the server as soon as its dialog is done.
    Effect::new(move |before: Option<bool>| {
        let open = serving.get();
        if before == Some(true) && !open {
            changes.touch(&[contract::Tag::Flows]);
        }
        open
    });
    let words = memo(move || help(next.get()));
    view! {
        <Show when=move || words.get().is_some()>
            <Button on_click=go>{move || words.get()}</Button>
        </Show>
        <Dialog open=signing title=say::integrations::sign_in_again() on_close=move |()| signing.set(false)>
            {move || sign_in.map(|id| view! { <SignInForms renews=id on_done=renewed/> })}
        </Dialog>
        <ServerDialog open=serving/>
        <Dialog open=opening title=say::integrations::where_secrets() on_close=move |()| opening.set(false)><VaultStep/></Dialog>
    }
}
