//! The two ways to sign in: a token that was made in Basecamp, or the person's own integration in the browser.

use contract::commands::SignInWithToken;
use contract::{SecretText, SignIn, SignInId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::oauth::OauthForm;
use crate::parts::{Button, ButtonKind, Field, FieldKind, Segments, Show};
use crate::say;
use crate::state::{Act, use_command};

/// Other servers than Basecamp's own.
#[derive(Clone, Copy)]
pub(super) struct Servers {
    api: RwSignal<String>,
    launchpad: RwSignal<String>,
    account: RwSignal<String>,
}

impl Servers {
    fn new() -> Self {
        Self {
            api: RwSignal::new(String::new()),
            launchpad: RwSignal::new(String::new()),
            account: RwSignal::new(String::new()),
        }
    }
    pub(super) fn api(self) -> Option<String> {
        given(self.api)
    }
    pub(super) fn launchpad(self) -> Option<String> {
        given(self.launchpad)
    }
}

fn given(text: RwSignal<String>) -> Option<String> {
    Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
}

/// What is wrong with a field, by the last answer.
pub(crate) fn wrong<C: contract::Command>(act: Act<C>, field: &'static str) -> Signal<String> {
    Signal::derive(move || {
        act.fault
            .with(|fault| {
                fault.as_ref().filter(|fault| fault.field.as_deref() == Some(field)).map(|fault| fault.message.clone())
            })
            .unwrap_or_default()
    })
}

/// What is wrong with none of the form's fields.
#[component]
pub(crate) fn FormFault<C: contract::Command>(
    /// The form's mutation.
    act: Act<C>,
    /// The fields that say themselves what is wrong with them.
    fields: &'static [&'static str],
) -> impl IntoView {
    move || {
        let message = act.fault.with(|fault| {
            fault
                .as_ref()
                .filter(|fault| fault.field.as_deref().is_none_or(|field| !fields.contains(&field)))
                .map(|fault| fault.message.clone())
        })?;
        Some(view! { <p class="form-fault" role="alert">{message}</p> })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Token,
    Integration,
}

/// Both ways, one at a time.
#[component]
pub fn SignInForms(
    /// The sign-in to renew, when it is one that was revoked.
    #[prop(optional)]
    renews: Option<SignInId>,
    /// Called when it worked.
    #[prop(into)]
    on_done: Callback<SignIn>,
) -> impl IntoView {
    let way = RwSignal::new(Way::Token);
    let servers = Servers::new();
    view! {
        <Segments label=say::welcome::how() options=vec![(Way::Token, say::welcome::paste_token()), (Way::Integration, say::welcome::use_integration())]
            value=way on_change=move |chosen| way.set(chosen)/>
        <Show when=move || way.get() == Way::Token fallback=move || view! { <OauthForm servers renews on_done/> }>
            <TokenForm servers on_done/>
        </Show>
        <details class="advanced">
            <summary>{say::welcome::advanced()}</summary>
            <Field label=say::welcome::api() value=servers.api placeholder="https://3.basecampapi.com"
                hint=say::welcome::api_hint()/>
            <Field label=say::welcome::launchpad() value=servers.launchpad placeholder="https://launchpad.37signals.com"/>
            <Field label=say::welcome::account() value=servers.account placeholder=say::welcome::account_example()
                hint=say::welcome::account_hint()/>
        </details>
    }
}

#[component]
fn TokenForm(servers: Servers, on_done: Callback<SignIn>) -> impl IntoView {
    let token = RwSignal::new(String::new());
    let sign_in = use_command::<SignInWithToken>().quiet();
    let blank = Signal::derive(move || token.with(|token| token.trim().is_empty()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if blank.get_untracked() {
            return;
        }
        let command = SignInWithToken {
            token: SecretText::new(token.get_untracked().trim()),
            account: given(servers.account),
            api: servers.api(),
            launchpad: servers.launchpad(),
        };
        sign_in.run_then(command, move |done| {
            token.try_set(String::new());
            on_done.run(done);
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <Field label=say::welcome::token() value=token kind=FieldKind::Secret autofocus=true wrong=wrong(sign_in, "token")
                hint=say::welcome::token_hint()/>
            <FormFault act=sign_in fields=&["token"]/>
            <div class="form-foot">
                <Button kind=ButtonKind::Primary submit=true busy=sign_in.busy disabled=blank on_click=|_| ()>{say::welcome::sign_in()}</Button>
            </div>
        </form>
    }
}
