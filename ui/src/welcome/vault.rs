//! Where secrets are kept, when that must be decided or opened first.

use contract::commands::{UnlockVault, UseKeyring, UseVaultFile};
use contract::{AppStatus, SecretText, VaultPlace};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::sign_in::{FormFault, wrong};
use crate::parts::{Button, ButtonKind, Field, FieldKind, Show};
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
            <p>"Your sign-ins are sealed in a file. Its passphrase opens it until PM OS is closed."</p>
            <Field label="Passphrase" value=passphrase kind=FieldKind::Secret autofocus=true wrong=wrong(unlock, "passphrase")/>
            <FormFault act=unlock fields=&["passphrase"]/>
            <div class="form-foot">
                <Button kind=ButtonKind::Primary submit=true busy=unlock.busy
                    disabled=Signal::derive(move || passphrase.with(String::is_empty)) on_click=|_| ()>
                    "Open"
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
        if differs { "The two are not the same.".to_owned() } else { String::new() }
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
        <p class="welcome-lead">"Before you sign in: where shall the secret be kept?"</p>
        <Show when=move || why.with(|why| !why.is_empty())><p class="form-note">{move || why.get()}</p></Show>
        <section class="choice">
            <h2>"In the system’s keyring"</h2>
            <p class="hint">"The usual place: it opens when you log in to this machine."</p>
            <div class="form-foot"><Button busy=keyring.busy on_click=move |_| keyring.run(UseKeyring {})>"Try the keyring"</Button></div>
        </section>
        <section class="choice">
            <h2>"In a sealed file"</h2>
            <form class="form" on:submit=submit>
                <p class="hint">"The file is encrypted with a passphrase that only you know. You type it once each time PM OS starts."</p>
                <Field label="Passphrase" value=passphrase kind=FieldKind::Secret hint="At least 8 characters." wrong=wrong(file, "passphrase")/>
                <Field label="Once more" value=again kind=FieldKind::Secret wrong=differs/>
                <label class="tick">
                    <input type="checkbox" prop:checked=move || agreed.get() on:change=move |event| agreed.set(event_target_checked(&event))/>
                    <span>"I understand: without the passphrase nobody can open the file, and I sign in anew."</span>
                </label>
                <FormFault act=file fields=&["passphrase"]/>
                <div class="form-foot">
                    <Button kind=ButtonKind::Primary submit=true busy=file.busy disabled=not_yet on_click=|_| ()>"Use a sealed file"</Button>
                </div>
            </form>
        </section>
    }
}
