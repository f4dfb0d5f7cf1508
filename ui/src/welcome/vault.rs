//! Where secrets are kept, when that must be decided or opened first.

use contract::commands::{UnlockVault, UseKeyring, UseVaultFile};
use contract::{AppStatus, SecretText, VaultPlace};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::sign_in::{FormFault, wrong};
use crate::parts::{Button, ButtonKind, Field, FieldKind, Show};
use crate::say;
use crate::state::{Session, memo, use_command};

/// The shortest passphrase that is taken, in characters.
const SHORTEST: usize = 8;

/// Opens the sealed file, or asks where secrets shall be.
#[component]
pub fn VaultStep() -> impl IntoView {
    let session = Session::expect();
    let vault = memo(move || {
        let standing = |status: &AppStatus| (status.vault.place == VaultPlace::Opening, status.vault.locked);
        session.status.with(|status| status.as_ref().map(standing).unwrap_or_default())
    });
    let why = Signal::derive(move || {
        session.status.with(|status| status.as_ref().map(|status| status.vault.why.clone()).unwrap_or_default())
    });
    move || match vault.get() {
        (true, _) => view! { <p class="form-note" role="status">{move || why.get()}</p> }.into_any(),
        (false, true) => view! { <Unlock/> }.into_any(),
        (false, false) => view! { <ChoosePlace why/> }.into_any(),
    }
}

#[component]
fn Unlock() -> impl IntoView {
    let passphrase = RwSignal::new(String::new());
    let unlock = use_command::<UnlockVault>().quiet();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        unlock.run_then(UnlockVault { passphrase: SecretText::new(passphrase.get_untracked()) }, move |_| {
            passphrase.try_set(String::new());
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <p>{say::welcome::sealed()}</p>
            <Field label=say::welcome::passphrase() value=passphrase kind=FieldKind::Secret autofocus=true wrong=wrong(unlock, "passphrase")/>
            <FormFault act=unlock fields=&["passphrase"]/>
            <div class="form-foot">
                <Button kind=ButtonKind::Primary submit=true busy=unlock.busy
                    disabled=Signal::derive(move || passphrase.with(String::is_empty)) on_click=|_| ()>
                    {say::welcome::open()}
                </Button>
            </div>
        </form>
    }
}

#[component]
fn ChoosePlace(why: Signal<String>) -> impl IntoView {
    let (passphrase, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let agreed = RwSignal::new(false);
    let (file, keyring) = (use_command::<UseVaultFile>().quiet(), use_command::<UseKeyring>());
    let differs = Signal::derive(move || {
        let differs = again.with(|again| !again.is_empty() && passphrase.with(|passphrase| passphrase != again));
        if differs { say::welcome::not_same().to_owned() } else { String::new() }
    });
    let short = move || passphrase.with(|passphrase| passphrase.chars().count() < SHORTEST);
    let not_yet =
        Signal::derive(move || !agreed.get() || short() || passphrase.with(|one| again.with(|two| one != two)));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !not_yet.get_untracked() {
            file.run_then(UseVaultFile { passphrase: SecretText::new(passphrase.get_untracked()) }, move |_| {
                passphrase.try_set(String::new());
                again.try_set(String::new());
            });
        }
    };
    view! {
        <p class="welcome-lead">{say::welcome::where_secret()}</p>
        <Show when=move || why.with(|why| !why.is_empty())><p class="form-note">{move || why.get()}</p></Show>
        <section class="choice">
            <h2>{say::welcome::in_keyring()}</h2>
            <p class="hint">{say::welcome::in_keyring_hint()}</p>
            <div class="form-foot"><Button busy=keyring.busy on_click=move |_| keyring.run(UseKeyring {})>{say::welcome::try_keyring()}</Button></div>
        </section>
        <section class="choice">
            <h2>{say::welcome::in_file()}</h2>
            <form class="form" on:submit=submit>
                <p class="hint">{say::welcome::in_file_hint()}</p>
                <Field label=say::welcome::passphrase() value=passphrase kind=FieldKind::Secret hint=say::welcome::at_least_eight() wrong=wrong(file, "passphrase")/>
                <Field label=say::welcome::once_more() value=again kind=FieldKind::Secret wrong=differs/>
                <label class="tick">
                    <input type="checkbox" prop:checked=move || agreed.get() on:change=move |event| agreed.set(event_target_checked(&event))/>
                    <span>{say::welcome::understood()}</span>
                </label>
                <FormFault act=file fields=&["passphrase"]/>
                <div class="form-foot">
                    <Button kind=ButtonKind::Primary submit=true busy=file.busy disabled=not_yet on_click=|_| ()>{say::welcome::use_file()}</Button>
                </div>
            </form>
        </section>
    }
}
