//! The person's Activepieces server: whether there is one, and how to connect or leave it.

use contract::AutomationServer;
use contract::SecretText;
use contract::commands::{ConnectAutomationServer, DisconnectAutomationServer, ShowAutomationServer};
use leptos::prelude::*;

use crate::parts::{
    Button, ButtonKind, Confirm, Dialog, Dot, Field, FieldKind, Glyph, Icon, Loaded, Segments, Show, Tone,
};
use crate::say::{self, Grouped};
use crate::state::{Toasts, memo, use_command, use_query};
use crate::welcome::sign_in::{FormFault, wrong};

/// The fields that say themselves what is wrong with them.
const FIELDS: &[&str] = &["address", "email", "secret", "project"];

/// How it stands, in a word and a colour. Pure.
pub(super) fn standing(server: &AutomationServer) -> (Tone, String) {
    match (&server.fault, server.address.is_empty(), server.waiting) {
        (_, true, _) => (Tone::Plain, say::automations::not_connected().to_owned()),
        (Some(why), false, _) => (Tone::Bad, why.clone()),
        (None, false, 0) => (Tone::Good, say::automations::connected().to_owned()),
        (None, false, waiting) => (Tone::Warn, say::automations::edits_to_send(Grouped(waiting.into()))),
    }
}

/// The button in the head that tells how it stands.
#[component]
pub(super) fn ServerMark(open: RwSignal<bool>) -> impl IntoView {
    let server = use_query(|| Some(ShowAutomationServer {}));
    let told = memo(move || {
        server.value.with(|server| server.as_ref().map_or_else(|| (Tone::Plain, String::new()), standing))
    });
    let tone = Signal::derive(move || told.with(|told| told.0));
    let words = Signal::derive(move || told.with(|told| told.1.clone()));
    let short = move || match tone.get() {
        Tone::Plain => say::automations::mark_not_connected(),
        Tone::Good | Tone::Accent => say::automations::mark_connected(),
        Tone::Warn => say::automations::mark_sending(),
        Tone::Bad => say::automations::mark_fault(),
    };
    view! {
        <button type="button" class="server-mark" title=move || words.get() on:click=move |_| open.set(true)>
            <Dot tone label=words/>
            {move || say::automations::server_mark(short())}
        </button>
    }
}

/// The dialog.
#[component]
pub(crate) fn ServerDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=say::automations::server() on_close=move |()| open.set(false)>
            <Body open/>
        </Dialog>
    }
}

#[component]
fn Body(open: RwSignal<bool>) -> impl IntoView {
    let server = use_query(|| Some(ShowAutomationServer {}));
    let connected =
        memo(move || server.value.with(|server| server.as_ref().is_some_and(|server| !server.address.is_empty())));
    let changing = RwSignal::new(false);
    view! {
        <Loaded query=server>
            <Show when=move || connected.get() && !changing.get() fallback=move || view! { <Connect open changing known=server.value.get_untracked().unwrap_or_default()/> }>
                {move || server.value.get().map(|server| view! { <Connected server open changing/> })}
            </Show>
        </Loaded>
    }
}

#[component]
fn Connected(server: AutomationServer, open: RwSignal<bool>, changing: RwSignal<bool>) -> impl IntoView {
    let disconnect = use_command::<DisconnectAutomationServer>();
    let toasts = Toasts::expect();
    let asking = RwSignal::new(false);
    let (tone, words) = standing(&server);
    let leave = move |()| {
        disconnect.run_then(DisconnectAutomationServer {}, move |()| {
            toasts.note(say::automations::disconnected());
            open.try_set(false);
        });
    };
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd class="cut">{value}</dd> })
    };
    let waiting =
        if server.waiting > 0 { say::automations::edits(Grouped(server.waiting.into())) } else { String::new() };
    view! {
        <p class="server-words"><Dot tone=Signal::stored(tone) label=words.clone()/><span>{words}</span></p>
        <dl class="facts">
            {fact(say::automations::address(), server.address)}
            {fact(say::automations::account(), server.account)}
            {fact(say::automations::project(), server.project)}
            {fact(say::automations::version(), server.version)}
            {fact(say::automations::waits_to_be_sent(), waiting)}
        </dl>
        <div class="dialog-foot">
            <Button glyph=Glyph::Unplug busy=disconnect.busy on_click=move |_| asking.set(true)>{say::automations::disconnect_open()}</Button>
            <span class="grow"></span>
            <Button on_click=move |_| changing.set(true)>{say::automations::sign_in_again()}</Button>
            <Button kind=ButtonKind::Primary on_click=move |_| open.set(false)>{say::automations::done()}</Button>
        </div>
        <Confirm open=asking title=say::automations::disconnect_title() action=say::automations::disconnect() on_confirm=leave
            text=say::automations::disconnect_text()/>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignIn {
    Password,
    Key,
}

/// The form that connects a server. `open` is set to false when it worked, or was given up.
#[component]
pub(crate) fn Connect(open: RwSignal<bool>, changing: RwSignal<bool>, known: AutomationServer) -> impl IntoView {
    let connect = use_command::<ConnectAutomationServer>().quiet();
    let toasts = Toasts::expect();
    let offered = known.offer.clone();
    let (address, email) = (RwSignal::new(known.address), RwSignal::new(known.account));
    let (secret, project) = (RwSignal::new(String::new()), RwSignal::new(known.project));
    let way = RwSignal::new(SignIn::Password);
    let by_password = move || way.get() == SignIn::Password;
    let given = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let email = if way.get_untracked() == SignIn::Password { given(email) } else { String::new() };
        let wanted = ConnectAutomationServer {
            address: given(address),
            email,
            secret: SecretText::new(secret.get_untracked()),
            project: Some(given(project)).filter(|project| !project.is_empty()),
        };
        connect.run_then(wanted, move |server: AutomationServer| {
            secret.try_set(String::new());
            changing.try_set(false);
            open.try_set(false);
            toasts.note(say::automations::connected_to(server.address));
        });
    };
    // The sample's server knows whoever comes: nothing has to be typed.
    let try_it = move |sample: String| {
        let wanted = ConnectAutomationServer {
            address: sample,
            email: String::new(),
            secret: SecretText::new(String::new()),
            project: None,
        };
        connect.run_then(wanted, move |_| {
            changing.try_set(false);
            open.try_set(false);
            toasts.note(say::automations::connected_sample());
        });
    };
    let offer = offered.map(|sample| {
        view! {
            <div class="server-offer">
                <p class="dialog-text">{say::automations::sample_offer()}</p>
                <Button glyph=Glyph::Plug busy=connect.busy on_click=move |_| try_it(sample.clone())>{say::automations::connect_sample()}</Button>
            </div>
        }
    });
    let ways = vec![(SignIn::Password, say::automations::by_password()), (SignIn::Key, say::automations::api_key())];
    view! {
        <p class="dialog-text server-intro"><Icon glyph=Glyph::Info/>{say::automations::server_intro()}</p>
        {offer}
        <form class="form" on:submit=submit>
            <Field label=say::automations::address() value=address placeholder="https://flows.example.com" autofocus=true wrong=wrong(connect, "address")/>
            <Segments label=say::automations::how_to_sign_in() options=ways value=way on_change=move |chosen| way.set(chosen)/>
            <Show when=by_password fallback=move || view! {
                <Field label=say::automations::api_key() value=secret kind=FieldKind::Secret hint=say::automations::secret_hint() wrong=wrong(connect, "secret")/>
            }>
                <Field label=say::automations::email() value=email wrong=wrong(connect, "email")/>
                <Field label=say::automations::password() value=secret kind=FieldKind::Secret hint=say::automations::secret_hint() wrong=wrong(connect, "secret")/>
            </Show>
            <Field label=say::automations::project() value=project hint=say::automations::project_hint() wrong=wrong(connect, "project")/>
            <FormFault act=connect fields=FIELDS/>
            <div class="dialog-foot">
                <Button on_click=move |_| if changing.get_untracked() { changing.set(false) } else { open.set(false) }>{say::automations::cancel()}</Button>
                <Button kind=ButtonKind::Primary glyph=Glyph::Plug submit=true busy=connect.busy on_click=|_| ()>{say::automations::connect()}</Button>
            </div>
        </form>
    }
}
