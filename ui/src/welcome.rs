//! The first run, and connecting one more account: the sample at once, or Basecamp in two steps.

pub mod accounts;
pub mod fetch;
mod oauth;
pub mod sign_in;
pub mod vault;

pub(crate) use oauth::CopyLine;

use contract::SignIn;
use contract::commands::OpenSample;
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Each, Glyph, Icon, Show};
use crate::state::{Route, Router, Session, memo, use_command};

/// Where the person is on the way in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Start,
    Connect,
    Choose(Box<SignIn>),
}

/// The first run.
#[component]
pub fn WelcomeScreen() -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    let step = RwSignal::new(Step::Start);
    let ready = memo(move || session.status.with(|status| status.as_ref().is_some_and(|status| status.vault.ready)));
    let has_workspace = memo(move || session.workspace.get().is_some());
    let body = move || match step.get() {
        Step::Start => view! { <Start on_connect=move |()| step.set(Step::Connect)/> }.into_any(),
        Step::Connect => view! {
            <h1>"Connect Basecamp"</h1>
            <Show when=move || ready.get() fallback=|| view! { <vault::VaultStep/> }>
                <accounts::Known/>
                <sign_in::SignInForms on_done=move |sign_in: SignIn| step.set(Step::Choose(Box::new(sign_in)))/>
            </Show>
        }
        .into_any(),
        Step::Choose(sign_in) => view! { <accounts::ChooseAccount sign_in=*sign_in/> }.into_any(),
    };
    let back = move |_| match step.get_untracked() {
        Step::Start => router.go(Route::Today),
        Step::Connect => step.set(Step::Start),
        Step::Choose(_) => step.set(Step::Connect),
    };
    let can_go_back = move || has_workspace.get() || step.with(|step| *step != Step::Start);
    view! {
        <div class="welcome">
            <div class="welcome-card">
                <Show when=can_go_back>
                    <div class="welcome-back"><Button kind=ButtonKind::Bare glyph=Glyph::ArrowLeft on_click=back>"Back"</Button></div>
                </Show>
                {body}
            </div>
            <Notices/>
        </div>
    }
}

#[component]
fn Start(#[prop(into)] on_connect: Callback<()>) -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    let sample = use_command::<OpenSample>();
    let open = move |_| {
        sample.run_then(OpenSample {}, move |workspace| {
            session.workspace.set(Some(workspace.id));
            router.replace(Route::Today);
        });
    };
    view! {
        <div class="welcome-mark" aria-hidden="true"><Icon glyph=Glyph::Layers/></div>
        <h1>"PM OS"</h1>
        <p class="welcome-lead">
            "Your whole Basecamp account on this machine: searchable at once, readable and writable offline, and every change \
            can be undone."
        </p>
        <div class="welcome-acts">
            <Button kind=ButtonKind::Primary busy=sample.busy on_click=open>"Open the sample workspace"</Button>
            <Button disabled=sample.busy on_click=move |_| on_connect.run(())>"Connect Basecamp"</Button>
        </div>
        <p class="hint">"The sample is a made-up company that lives on this machine only. It needs no account."</p>
    }
}

/// What the launch found and mended, or could not open.
#[component]
fn Notices() -> impl IntoView {
    let session = Session::expect();
    let notices = memo(move || {
        session.status.with(|status| status.as_ref().map(|status| status.notices.clone()).unwrap_or_default())
    });
    view! {
        <ul class="welcome-notices">
            <Each each=move || notices.get() key=String::clone let(notice)>
                <li><Icon glyph=Glyph::Info/><span>{notice}</span></li>
            </Each>
        </ul>
    }
}
