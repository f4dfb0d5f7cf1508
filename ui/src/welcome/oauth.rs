//! Sign-in in the browser, with the person's own integration.

use std::time::Duration;

use contract::commands::{AnswerOauth, BeginOauth, Redirect, ShowOauth};
use contract::{OauthStage, OauthStarted, SecretText, SignIn, SignInId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::sign_in::{FormFault, Servers, wrong};
use crate::bridge;
use crate::parts::{Button, ButtonKind, Field, FieldKind, Glyph, IconButton, Show, Spinner};
use crate::say;
use crate::state::{Toasts, effect, memo, use_command, use_query};

/// The addresses that PM OS listens at. The one in force is told when the sign-in begins.
const LOOPBACK: &str = "http://127.0.0.1:8977/callback";
const LINK: &str = "pmos://oauth/callback";
const ASK_AGAIN: Duration = Duration::from_millis(1_500);

#[component]
pub(super) fn OauthForm(servers: Servers, renews: Option<SignInId>, on_done: Callback<SignIn>) -> impl IntoView {
    let (id, secret) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let redirect = RwSignal::new(Redirect::Loopback);
    let started = RwSignal::new(None::<OauthStarted>);
    let begin = use_command::<BeginOauth>().quiet();
    let blank =
        Signal::derive(move || id.with(|id| id.trim().is_empty()) || secret.with(|secret| secret.trim().is_empty()));
    let address = Signal::derive(move || match redirect.get() {
        Redirect::Loopback => LOOPBACK.to_owned(),
        Redirect::Link => LINK.to_owned(),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if blank.get_untracked() {
            return;
        }
        let command = BeginOauth {
            client_id: id.get_untracked().trim().to_owned(),
            client_secret: SecretText::new(secret.get_untracked().trim()),
            redirect: redirect.get_untracked(),
            api: servers.api(),
            launchpad: servers.launchpad(),
            renews,
        };
        begin.run_then(command, move |answer| {
            bridge::open_outside(&answer.authorize_url);
            started.try_set(Some(answer));
        });
    };
    view! {
        <Show when=move || started.with(Option::is_none) fallback=move || view! { <Waiting started on_done/> }>
            <form class="form" on:submit=submit>
                <p class="hint">
                    {say::welcome::register()}
                </p>
                <CopyLine text=address/>
                <label class="tick">
                    <input type="checkbox" prop:checked=move || redirect.get() == Redirect::Link
                        on:change=move |event| redirect.set(if event_target_checked(&event) { Redirect::Link } else { Redirect::Loopback })/>
                    <span>{say::welcome::own_link()}</span>
                </label>
                <Field label=say::welcome::client_id() value=id wrong=wrong(begin, "client_id")/>
                <Field label=say::welcome::client_secret() value=secret kind=FieldKind::Secret wrong=wrong(begin, "client_secret")/>
                <FormFault act=begin fields=&["client_id", "client_secret"]/>
                <div class="form-foot">
                    <Button kind=ButtonKind::Primary submit=true busy=begin.busy disabled=blank on_click=|_| ()>{say::welcome::sign_in_basecamp()}</Button>
                </div>
            </form>
        </Show>
    }
}

/// The browser is open. Whoever cannot be reached by it pastes where it went.
#[component]
fn Waiting(started: RwSignal<Option<OauthStarted>>, on_done: Callback<SignIn>) -> impl IntoView {
    let stage = use_query(|| Some(ShowOauth {}));
    let pasted = RwSignal::new(String::new());
    let answer = use_command::<AnswerOauth>().quiet();
    let again = set_interval_with_handle(move || stage.retry(), ASK_AGAIN);
    on_cleanup(move || {
        if let Ok(again) = again {
            again.clear();
        }
    });
    let settle = move |stage: &OauthStage| {
        if let OauthStage::Done { sign_in } = stage {
            on_done.run((**sign_in).clone());
        }
    };
    effect(move || stage.value.with(|stage| stage.iter().for_each(settle)));
    let words = move || match stage.value.get() {
        None | Some(OauthStage::None | OauthStage::Waiting) => say::welcome::agree().to_owned(),
        Some(OauthStage::Exchanging) => say::welcome::answered().to_owned(),
        Some(OauthStage::Done { .. }) => say::welcome::signed_in().to_owned(),
        Some(OauthStage::Failed { message }) => message,
    };
    let failed = memo(move || stage.value.with(|stage| matches!(stage, Some(OauthStage::Failed { .. }))));
    let reopen = move |_| {
        if let Some(started) = started.get_untracked() {
            bridge::open_outside(&started.authorize_url);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let url = pasted.get_untracked();
        if !url.trim().is_empty() {
            answer.run_then(AnswerOauth { url: SecretText::new(url.trim()) }, move |stage| settle(&stage));
        }
    };
    let address = Signal::derive(move || {
        started.with(|started| started.as_ref().map(|one| one.redirect_uri.clone()).unwrap_or_default())
    });
    view! {
        <div class="form">
            <p class="waiting" class:bad=move || failed.get() role="status">
                <Show when=move || !failed.get()><Spinner/></Show>
                <span>{words}</span>
            </p>
            <p class="hint">{say::welcome::redirect_must_be()}</p>
            <CopyLine text=address/>
            <div class="row">
                <Button glyph=Glyph::ExternalLink on_click=reopen>{say::welcome::open_again()}</Button>
                <Button kind=ButtonKind::Bare on_click=move |_| started.set(None)>{say::welcome::start_over()}</Button>
            </div>
            <form class="form" on:submit=submit>
                <Field label=say::welcome::not_loading() value=pasted placeholder=say::welcome::paste_address()
                    wrong=wrong(answer, "url")/>
                <FormFault act=answer fields=&["url"]/>
                <div class="form-foot">
                    <Button submit=true busy=answer.busy disabled=Signal::derive(move || pasted.with(|text| text.trim().is_empty())) on_click=|_| ()>
                        {say::welcome::finish()}
                    </Button>
                </div>
            </form>
        </div>
    }
}

/// A line to copy.
#[component]
pub(crate) fn CopyLine(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let toasts = Toasts::expect();
    let copy = move |_| {
        let _ = window().navigator().clipboard().write_text(&text.get_untracked());
        toasts.note(say::welcome::copied());
    };
    view! {
        <div class="copy-line">
            <code class="grow cut">{move || text.get()}</code>
            <IconButton glyph=Glyph::Copy label=say::welcome::copy() on_click=copy/>
        </div>
    }
}
