//! Sign-ins, and where their secrets are kept.

use contract::commands::{ListSignIns, LockVault, RemoveSignIn, UseKeyring};
use contract::{SignIn, VaultPlace, VaultStatus};
use leptos::prelude::*;

use super::{Line, Part, Section};
use crate::parts::{Button, ButtonKind, Confirm, Dialog, Each, Glyph, Icon, Show};
use crate::say;
use crate::state::{Route, Router, Session, Toasts, memo, use_command, use_query};
use crate::welcome::sign_in::SignInForms;
use crate::welcome::vault::VaultStep;

#[component]
pub(super) fn SignIns() -> impl IntoView {
    let router = Router::expect();
    let sign_ins = use_query(|| Some(ListSignIns {}));
    let all = memo(move || sign_ins.value.get().unwrap_or_default());
    view! {
        <Part section=Section::SignIns>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="calm">{say::settings::no_sign_in()}</p>
            </Show>
            <Each each=move || all.get() key=|one| (one.id, one.revoked, one.label.clone()) let(sign_in)>
                <One sign_in/>
            </Each>
            <div class="settings-foot">
                <Button glyph=Glyph::Plus on_click=move |_| router.go(Route::Welcome)>{say::settings::connect_basecamp()}</Button>
            </div>
        </Part>
    }
}

#[component]
fn One(sign_in: SignIn) -> impl IntoView {
    let toasts = Toasts::expect();
    let (removing, renewing) = (RwSignal::new(false), RwSignal::new(false));
    let remove = use_command::<RemoveSignIn>();
    let id = sign_in.id;
    let accounts = sign_in.accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>().join(", ");
    let way = if sign_in.method == "oauth" {
        say::settings::signed_in_integration()
    } else {
        say::settings::signed_in_token()
    };
    let hint =
        if accounts.is_empty() { way.to_owned() } else { say::settings::Reaches { way, accounts: &accounts }.text() };
    let renewed = move |_: SignIn| {
        renewing.set(false);
        toasts.note(say::settings::signed_in_again());
    };
    let renew_card = sign_in.revoked.then(|| view! {
        <div class="renew" role="status">
            <Icon glyph=Glyph::KeyRound/>
            <span class="grow">
                {say::settings::no_longer_accepted()}
            </span>
            <Button kind=ButtonKind::Primary on_click=move |_| renewing.set(true)>{say::settings::reconnect()}</Button>
        </div>
    });
    view! {
        <Line words=sign_in.label.clone() hint=hint>
            <Button kind=ButtonKind::Bare busy=remove.busy on_click=move |_| removing.set(true)>{say::settings::remove()}</Button>
        </Line>
        {renew_card}
        <Dialog open=renewing title=say::settings::sign_in_again() on_close=move |()| renewing.set(false)>
            <SignInForms renews=id on_done=renewed/>
        </Dialog>
        <Confirm open=removing title=say::settings::remove_sign_in()
            text=say::settings::remove_sign_in_text()
            action=say::settings::remove() on_confirm=move |()| remove.run(RemoveSignIn { id })/>
    }
}

/// How the place of secrets stands, in words.
fn place_words(vault: &VaultStatus) -> (&'static str, String) {
    let why = |usual: &str| if vault.why.is_empty() { usual.to_owned() } else { vault.why.clone() };
    match (vault.place, vault.locked) {
        (VaultPlace::Keyring, _) if vault.ready => {
            (say::settings::in_keyring(), say::settings::in_keyring_hint().into())
        }
        (VaultPlace::Keyring, _) => (say::settings::keyring_silent(), why(say::settings::keyring_silent_hint())),
        (VaultPlace::File, true) => (say::settings::file_locked(), why(say::settings::file_locked_hint())),
        (VaultPlace::File, false) => (say::settings::file_open(), why(say::settings::file_open_hint())),
        (VaultPlace::Undecided, _) => (say::settings::undecided(), why(say::settings::undecided_hint())),
        (VaultPlace::Opening, _) => (say::settings::opening(), why(say::settings::opening_hint())),
    }
}

#[component]
pub(super) fn Secrets() -> impl IntoView {
    let session = Session::expect();
    let (lock, keyring) = (use_command::<LockVault>(), use_command::<UseKeyring>());
    let choosing = RwSignal::new(false);
    let vault = memo(move || session.status.with(|status| status.as_ref().map(|status| status.vault.clone())));
    Effect::new(move |before: Option<bool>| {
        let ready = vault.with(|vault| vault.as_ref().is_some_and(|vault| vault.ready));
        if ready && before == Some(false) {
            choosing.set(false);
        }
        ready
    });
    let acts = move |vault: &VaultStatus| {
        match (vault.place, vault.locked, vault.ready) {
        (VaultPlace::File, false, true) => view! {
            <Button busy=lock.busy on_click=move |_| lock.run(LockVault {})>{say::settings::lock()}</Button>
            <Button busy=keyring.busy on_click=move |_| keyring.run(UseKeyring {})>{say::settings::to_keyring()}</Button>
        }
        .into_any(),
        (VaultPlace::File, true, _) => {
            view! { <Button kind=ButtonKind::Primary on_click=move |_| choosing.set(true)>{say::settings::unlock()}</Button> }.into_any()
        }
        (VaultPlace::Keyring, _, true) | (VaultPlace::Opening, _, _) => ().into_any(),
        (VaultPlace::File | VaultPlace::Keyring | VaultPlace::Undecided, _, _) => {
            view! { <Button on_click=move |_| choosing.set(true)>{say::settings::decide()}</Button> }.into_any()
        }
    }
    };
    let line = move || {
        vault.get().map(|vault| {
            let (words, hint) = place_words(&vault);
            view! { <Line words=words hint=hint>{acts(&vault)}</Line> }
        })
    };
    view! {
        <Part section=Section::Secrets>{line}</Part>
        <Dialog open=choosing title=say::settings::where_secrets() on_close=move |()| choosing.set(false)><VaultStep/></Dialog>
    }
}
