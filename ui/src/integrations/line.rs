//! A connection as rows of the table: what there is to know of it, Test, what helps, and Remove.

use contract::commands::{
    DisconnectAutomationServer, DisconnectModel, ForgetConnection, RemoveSignIn, TestIntegration,
};
use contract::{ConnectionId, Integration, IntegrationTrial, ModelId, NextAct, SignInId};
use leptos::prelude::*;

use super::act::Help;
use super::words::{glyph, owner, tone, word};
use crate::parts::{Button, ButtonKind, Confirm, Dot, Glyph, Icon, Menu, MenuItem, Moment, Show};
use crate::say;
use crate::state::{Toasts, use_command};

#[component]
pub(super) fn Line(one: Integration) -> impl IntoView {
    let test = use_command::<TestIntegration>().quiet();
    let trial = RwSignal::new(None::<IntegrationTrial>);
    let key = StoredValue::new(one.key.clone());
    let run = move || {
        trial.set(None);
        test.run_then(TestIntegration { key: key.get_value() }, move |told| {
            trial.try_set(Some(told));
        });
    };
    let told = move || {
        let fault = test.fault.with(|fault| fault.as_ref().map(|fault| (false, fault.message.clone())));
        fault.or_else(|| trial.with(|trial| trial.as_ref().map(|trial| (trial.works, trial.words.clone()))))
    };
    // What a trial found counts for more than what was known before it.
    let usual = one.next;
    let next = Signal::derive(move || match trial.with(|trial| trial.as_ref().map(|trial| trial.next)) {
        Some(NextAct::None) | None => usual,
        Some(next) => next,
    });
    let removing = RwSignal::new(false);
    let (called, standing, may) = (one.label.clone(), one.standing, one.may.join(". "));
    let more = say::integrations::more_for(&called);
    let trigger = || view! { <Icon glyph=Glyph::Ellipsis/> };
    let facts = format!("{}{}{}", owner(one.owner), if one.detail.is_empty() { "" } else { ": " }, one.detail);
    view! {
        <tbody class="integration">
            <tr>
                <th scope="row">
                    <span class="integration-name">
                        <Icon glyph=glyph(one.kind)/>
                        <span class="integration-words">
                            <b>{called.clone()}</b>
                            <small>{facts}</small>
                            {(!may.is_empty()).then(|| view! { <small>{may}"."</small> })}
                        </span>
                    </span>
                </th>
                <td>
                    <span class="integration-standing">
                        <Dot tone=Signal::stored(tone(standing)) label=word(standing)/>
                        <span class="integration-words">
                            <span>{word(standing)}</span>
                            {(one.words != "It works").then(|| view! { <small>{one.words.clone()}</small> })}
                        </span>
                    </span>
                </td>
                <td class="num">{match one.last_use {
                    Some(at) => view! { <Moment at/> }.into_any(),
                    None => view! { <span class="hint">"–"</span> }.into_any(),
                }}</td>
                <td>
                    <div class="integration-acts">
                        <Help key=one.key.clone() kind=one.kind next on_retry=move |()| run()/>
                        {one.can_test.then(|| view! {
                            <Button kind=ButtonKind::Bare busy=test.busy on_click=move |_| run()>{say::integrations::test()}</Button>
                        })}
                        {one.can_remove.then(|| view! {
                            <div class="end">
                                <Menu label=more trigger=trigger.into()>
                                    <MenuItem glyph=Glyph::Unplug danger=true on_choose=move |()| removing.set(true)>{say::integrations::remove()}</MenuItem>
                                </Menu>
                            </div>
                        })}
                    </div>
                </td>
            </tr>
            <Show when=move || told().is_some() || test.busy.get()>
                <tr class="integration-trial">
                    <td colspan="4">
                        <p role="status" class:good=move || told().is_some_and(|(works, _)| works) class:bad=move || told().is_some_and(|(works, _)| !works)>
                            {move || told().map_or_else(|| say::integrations::trying().to_owned(), |(_, words)| words)}
                        </p>
                    </td>
                </tr>
            </Show>
            {one.can_remove.then(|| view! { <Remove open=removing key=one.key called/> })}
        </tbody>
    }
}

/// The question before a connection is removed.
#[component]
fn Remove(open: RwSignal<bool>, key: String, called: String) -> impl IntoView {
    let toasts = Toasts::expect();
    let (sign_in, server) = (use_command::<RemoveSignIn>(), use_command::<DisconnectAutomationServer>());
    let (model, connection) = (use_command::<DisconnectModel>(), use_command::<ForgetConnection>());
    let (word, id) = match key.split_once(':') {
        Some((word, id)) => (word.to_owned(), id.parse().unwrap_or_default()),
        None => (key, 0_i64),
    };
    let text = match word.as_str() {
        "basecamp" => say::integrations::remove_basecamp(),
        "server" => say::integrations::remove_server(),
        "model" => say::integrations::remove_model(),
        _ => say::integrations::remove_account(),
    };
    let title = say::integrations::remove_title(&called);
    let confirm = move |()| {
        let said = say::integrations::removed(&called);
        match word.as_str() {
            "basecamp" => sign_in.run_then(RemoveSignIn { id: SignInId(id) }, move |()| toasts.note(said)),
            "server" => server.run_then(DisconnectAutomationServer {}, move |()| toasts.note(said)),
            "model" => model.run_then(DisconnectModel { id: ModelId(id) }, move |_| toasts.note(said)),
            _ => connection.run_then(ForgetConnection { id: ConnectionId(id) }, move |()| toasts.note(said)),
        }
    };
    view! { <Confirm open title text action=say::integrations::remove() on_confirm=confirm/> }
}
