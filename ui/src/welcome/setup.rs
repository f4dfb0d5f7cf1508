//! The steps of the set-up after the first: where automations run, who answers, and a trial of all of it. Each has something
//! built in, so that nobody has to decide anything before they can work.

use contract::commands::{ListIntegrations, ListModels, ShowAutomationServer};
use contract::{Integration, IntegrationKind, SetupStep, Source, StepState};
use leptos::prelude::*;

use crate::automations::ConnectServer;
use crate::integrations::Check;
use crate::parts::{Button, ButtonKind, Each, Glyph, Loaded, Segments, Show};
use crate::say;
use crate::settings::ModelsList;
use crate::state::{ChatState, Route, Router, Session, SetupState, effect, memo, use_query};

/// The step that the person is at.
#[component]
pub fn SetupSteps(
    /// The step.
    #[prop(into)]
    step: Signal<SetupStep>,
) -> impl IntoView {
    move || match step.get() {
        SetupStep::Work => ().into_any(),
        SetupStep::Automations => view! { <Automations/> }.into_any(),
        SetupStep::Assistant => view! { <Assistant/> }.into_any(),
        SetupStep::Ready => view! { <Ready/> }.into_any(),
    }
}

/// What leads on from a step, or leaves it for later.
#[component]
fn Foot(
    step: SetupStep,
    /// The words on the button that leads on.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    let setup = SetupState::expect();
    view! {
        <div class="setup-foot">
            <Button kind=ButtonKind::Bare on_click=move |_| setup.settle(step, StepState::Skipped)>{say::welcome::skip()}</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| setup.settle(step, StepState::Done)>{move || words.get()}</Button>
        </div>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    Server,
}

#[component]
fn Automations() -> impl IntoView {
    let server = use_query(|| Some(ShowAutomationServer {}));
    let connected =
        memo(move || server.value.with(|server| server.as_ref().is_some_and(|server| !server.address.is_empty())));
    let place = RwSignal::new(Place::Here);
    effect(move || {
        if connected.get() {
            place.set(Place::Server);
        }
    });
    let again = RwSignal::new(0);
    let (open, changing) = (RwSignal::new(true), RwSignal::new(false));
    // The form closes itself when it has worked, and when it is given up.
    effect(move || {
        if !open.get() {
            if !connected.get_untracked() {
                place.set(Place::Here);
            }
            server.retry();
            open.set(true);
        }
    });
    let words = Signal::derive(move || match place.get() {
        Place::Here => say::welcome::use_runner().to_owned(),
        Place::Server => say::welcome::go_on().to_owned(),
    });
    let there = move || {
        match connected.get() {
        true => view! {
            <Check key=Signal::stored("server".to_owned()) kind=IntegrationKind::Automations label=Signal::stored(say::welcome::server().to_owned()) again/>
        }
        .into_any(),
        false => view! { <ConnectServer open changing known=server.value.get_untracked().unwrap_or_default()/> }.into_any(),
    }
    };
    view! {
        <h1>{say::welcome::where_run()}</h1>
        <p class="welcome-lead">{say::welcome::where_lead()}</p>
        <Segments label=say::welcome::where_label() options=vec![(Place::Here, say::welcome::in_app()), (Place::Server, say::welcome::on_activepieces())]
            value=place on_change=move |chosen| place.set(chosen)/>
        <Show when=move || place.get() == Place::Here fallback=move || view! { <Loaded query=server>{there}</Loaded> }>
            <Check key=Signal::stored("runner".to_owned()) kind=IntegrationKind::Automations label=Signal::stored(say::welcome::runner().to_owned()) again/>
        </Show>
        <Show when=move || place.get() == Place::Here || connected.get()
            fallback=|| view! { <SkipFoot step=SetupStep::Automations/> }>
            <Foot step=SetupStep::Automations words/>
        </Show>
    }
}

/// Below a form that has a button of its own.
#[component]
fn SkipFoot(step: SetupStep) -> impl IntoView {
    let setup = SetupState::expect();
    view! {
        <div class="setup-foot">
            <Button kind=ButtonKind::Bare on_click=move |_| setup.settle(step, StepState::Skipped)>{say::welcome::skip()}</Button>
        </div>
    }
}

#[component]
fn Assistant() -> impl IntoView {
    let models = use_query(|| Some(ListModels {}));
    let usual = memo(move || models.value.with(|models| models.as_ref().map(|models| models.usual)));
    let key = Signal::derive(move || usual.get().map_or_else(|| "model:0".to_owned(), |id| format!("model:{id}")));
    let called = Signal::derive(move || {
        models.value.with(|models| {
            let entry = models.as_ref().and_then(|all| all.models.iter().find(|one| one.id == all.usual));
            entry.map(|one| one.label.clone()).unwrap_or_default()
        })
    });
    let again = RwSignal::new(0);
    view! {
        <h1>{say::welcome::who()}</h1>
        <p class="welcome-lead">{say::welcome::who_lead()}</p>
        <div class="setup-models"><ModelsList/></div>
        <Show when=move || usual.get().is_some()>
            <Check key kind=IntegrationKind::Model label=called again/>
        </Show>
        <Foot step=SetupStep::Assistant words=Signal::derive(move || say::welcome::use_model(called.get()))/>
    }
}

/// What the workspace works with, of all that there is: that is what is tried.
fn in_use(all: &[Integration], source: Option<Source>, usual: Option<&str>) -> Vec<Integration> {
    let has_server = all.iter().any(|one| one.key == "server" && one.can_test);
    let wanted = |one: &&Integration| match one.kind {
        IntegrationKind::Basecamp => one.can_test && ((one.key == "sample") == (source == Some(Source::Sample))),
        IntegrationKind::Automations => one.can_test && ((one.key == "server") == has_server),
        IntegrationKind::Model => Some(one.key.as_str()) == usual,
        IntegrationKind::Slack | IntegrationKind::Mail | IntegrationKind::Account | IntegrationKind::Secrets => false,
    };
    all.iter().filter(wanted).cloned().collect()
}

#[component]
fn Ready() -> impl IntoView {
    let (session, setup, router, chat) =
        (Session::expect(), SetupState::expect(), Router::expect(), ChatState::expect());
    let all = use_query(|| Some(ListIntegrations {}));
    let models = use_query(|| Some(ListModels {}));
    let again = RwSignal::new(0_u32);
    let used = memo(move || {
        let usual = models.value.with(|models| models.as_ref().map(|models| format!("model:{}", models.usual)));
        let source = session.current().map(|workspace| workspace.source);
        all.value.with(|all| in_use(all.as_deref().unwrap_or_default(), source, usual.as_deref()))
    });
    let start = move |_| {
        setup.leave();
        router.replace(Route::Chat(None));
        chat.field.focus();
    };
    view! {
        <h1>{say::welcome::ready()}</h1>
        <p class="welcome-lead">{say::welcome::ready_lead()}</p>
        <Loaded query=all>
            <div class="checks">
                <Each each=move || used.get() key=|one| one.key.clone() let(one)>
                    <Check key=Signal::stored(one.key.clone()) kind=one.kind label=Signal::stored(one.label) again/>
                </Each>
            </div>
        </Loaded>
        <div class="setup-foot">
            <Button glyph=Glyph::RefreshCw on_click=move |_| again.update(|count| *count += 1)>{say::welcome::test_all()}</Button>
            <Button kind=ButtonKind::Primary glyph=Glyph::Sparkles on_click=start>{say::welcome::start_chat()}</Button>
        </div>
    }
}

#[cfg(test)]
mod tests;
