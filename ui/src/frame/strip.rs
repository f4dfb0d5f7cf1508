//! What keeps the workspace from being up to date, and the one thing to do about it.

use contract::Code;
use contract::commands::{PauseAutomations, ShowAutomations};
use leptos::prelude::*;

use crate::parts::{Button, Dialog, Glyph, Icon};
use crate::say;
use crate::state::{Route, Router, Session, SyncState, effect, memo, use_command, use_query};
use crate::welcome::vault::VaultStep;

/// What must be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// The sealed file waits for its passphrase.
    Unlock,
    /// Basecamp no longer accepts the sign-in.
    Reconnect,
    /// The person paused all automations.
    GoOn,
}

/// A strip above the screen; nothing when nothing is needed.
#[component]
pub(super) fn AttentionStrip() -> impl IntoView {
    let (session, sync, router) = (Session::expect(), SyncState::expect(), Router::expect());
    let unlocking = RwSignal::new(false);
    let locked = memo(move || session.status.with(|status| status.as_ref().is_some_and(|status| status.vault.locked)));
    let from_account = memo(move || session.current().is_some_and(|workspace| workspace.sign_in.is_some()));
    let refused = memo(move || {
        sync.status.with(|status| {
            let problem = status.as_ref().and_then(|status| status.problem.as_ref());
            problem.is_some_and(|fault| fault.code == Code::SignInNeeded)
        })
    });
    let automations = use_query(move || session.workspace.get().map(|_| ShowAutomations {}));
    let paused = memo(move || automations.value.with(|stand| stand.as_ref().is_some_and(|stand| stand.paused)));
    let pause = use_command::<PauseAutomations>();
    let need = memo(move || match (from_account.get() && locked.get(), refused.get(), paused.get()) {
        (true, _, _) => Some(Need::Unlock),
        (false, true, _) => Some(Need::Reconnect),
        (false, false, true) => Some(Need::GoOn),
        (false, false, false) => None,
    });
    effect(move || {
        if !locked.get() {
            unlocking.set(false);
        }
    });
    let strip = move || {
        need.get().map(|need| {
            let (glyph, words, action) = match need {
                Need::Unlock => (Glyph::Lock, say::frame::locked(), say::frame::unlock()),
                Need::Reconnect => (Glyph::KeyRound, say::frame::refused(), say::frame::reconnect()),
                Need::GoOn => (Glyph::CirclePause, say::frame::automations_paused(), say::frame::let_go_on()),
            };
            let act = move |_| match need {
                Need::Unlock => unlocking.set(true),
                Need::Reconnect => router.go(Route::Settings),
                Need::GoOn => pause.run(PauseAutomations { paused: false }),
            };
            view! {
                <div class="strip" role="status">
                    <Icon glyph/>
                    <span class="grow">{words}</span>
                    <Button on_click=act>{action}</Button>
                </div>
            }
        })
    };
    view! {
        {strip}
        <Dialog open=unlocking title=say::frame::unlock_title() on_close=move |()| unlocking.set(false)><VaultStep/></Dialog>
    }
}
