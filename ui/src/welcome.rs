//! The first run, and connecting one more account: where the work is comes first, for automations and the assistant work in
//! a workspace. The sample is one click; the other steps are loaded apart.

pub mod accounts;
pub mod fetch;
mod oauth;
pub mod setup;
pub mod sign_in;
mod steps;
pub mod tour;
pub mod vault;

pub(crate) use oauth::CopyLine;

use contract::commands::OpenSample;
use contract::{SetupStep, SignIn, Source, StepState};
use leptos::prelude::*;

use crate::apart::{Workshop, apart};
use crate::parts::{Button, ButtonKind, Each, Glyph, Icon, Show};
use crate::say;
use crate::state::{Route, Router, Session, SetupState, memo, use_command};

/// Where the person is on the way in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Start,
    Connect,
    Choose(Box<SignIn>),
}

/// The first run.
#[component]
pub fn WelcomeScreen() -> impl IntoView {
    let (session, router, setup) = (Session::expect(), Router::expect(), SetupState::expect());
    let stage = RwSignal::new(Stage::Start);
    let ready = memo(move || session.status.with(|status| status.as_ref().is_some_and(|status| status.vault.ready)));
    let has_workspace = memo(move || session.workspace.get().is_some());
    // What comes after the first step is about a workspace.
    let step = memo(move || setup.get().at.filter(|_| has_workspace.get()).unwrap_or(SetupStep::Work));
    let first = move || match stage.get() {
        Stage::Start => view! { <Start on_connect=move |()| stage.set(Stage::Connect)/> }.into_any(),
        Stage::Connect => view! {
            <h1>{say::welcome::connect()}</h1>
            <Show when=move || ready.get() fallback=|| view! { <vault::VaultStep/> }>
                <accounts::Known/>
                <sign_in::SignInForms on_done=move |sign_in: SignIn| stage.set(Stage::Choose(Box::new(sign_in)))/>
            </Show>
        }
        .into_any(),
        Stage::Choose(sign_in) => view! { <accounts::ChooseAccount sign_in=*sign_in/> }.into_any(),
    };
    let body = move || match step.get() {
        SetupStep::Work => first().into_any(),
        SetupStep::Automations | SetupStep::Assistant | SetupStep::Ready => {
            apart(move |part: Workshop| (part.setup)(step.into()))
        }
    };
    let back = move |_| match (step.get_untracked(), stage.get_untracked()) {
        (SetupStep::Work, Stage::Start) | (SetupStep::Automations | SetupStep::Assistant | SetupStep::Ready, _) => {
            setup.leave();
            router.go(Route::Today);
        }
        (SetupStep::Work, Stage::Connect) => stage.set(Stage::Start),
        (SetupStep::Work, Stage::Choose(_)) => stage.set(Stage::Connect),
    };
    let can_go_back = move || has_workspace.get() || stage.with(|stage| *stage != Stage::Start);
    let leaves = move || step.get() != SetupStep::Work;
    view! {
        <div class="welcome">
            <div class="welcome-card">
                <div class="welcome-top">
                    <Show when=can_go_back>
                        <div class="welcome-back">
                            <Button kind=ButtonKind::Bare glyph=Glyph::ArrowLeft on_click=back>
                                {move || if leaves() { say::welcome::later() } else { say::welcome::back() }}
                            </Button>
                        </div>
                    </Show>
                    <steps::Steps step/>
                </div>
                {body}
            </div>
            <Notices/>
        </div>
    }
}

#[component]
fn Start(#[prop(into)] on_connect: Callback<()>) -> impl IntoView {
    let (session, router, setup) = (Session::expect(), Router::expect(), SetupState::expect());
    let sample = use_command::<OpenSample>();
    let has_sample = memo(move || {
        session.status.with(|status| {
            status.iter().flat_map(|status| &status.workspaces).any(|workspace| workspace.source == Source::Sample)
        })
    });
    let current = memo(move || session.current().map(|workspace| workspace.name));
    let open = move |_| {
        sample.run_then(OpenSample {}, move |workspace| {
            session.workspace.set(Some(workspace.id));
            setup.note(|setup| {
                setup.work = StepState::Done;
                setup.at = None;
            });
            router.replace(Route::Today);
        });
    };
    let go_on = move |name: String| {
        let (before, after) = say::around(say::welcome::you_are_in);
        view! {
            <p class="hint">{before}<b>{name}</b>{after}</p>
            <div class="welcome-acts">
                <Button glyph=Glyph::ListChecks on_click=move |_| setup.begin(router)>{say::welcome::go_through()}</Button>
            </div>
        }
    };
    view! {
        <div class="welcome-mark" aria-hidden="true"><Icon glyph=Glyph::Layers/></div>
        <h1>{say::welcome::app()}</h1>
        <p class="welcome-lead">
            {say::welcome::lead()}
        </p>
        <div class="welcome-acts">
            <Button kind=ButtonKind::Primary busy=sample.busy on_click=open>{say::welcome::open_sample()}</Button>
            <Button disabled=sample.busy on_click=move |_| on_connect.run(())>{say::welcome::connect()}</Button>
        </div>
        <p class="hint">
            {move || if has_sample.get() {
                say::welcome::sample_here()
            } else {
                say::welcome::sample_is()
            }}
        </p>
        {move || current.get().map(go_on)}
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
