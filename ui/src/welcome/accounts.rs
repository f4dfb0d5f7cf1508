//! Which account of a sign-in becomes a workspace.

use contract::commands::{ConnectWorkspace, ListSignIns};
use contract::{AccountChoice, SetupStep, SignIn, SignInId, StepState};
use leptos::prelude::*;

use crate::parts::{Each, Empty, Glyph, Icon, Show, Spinner};
use crate::say;
use crate::state::{Route, Router, Session, SetupState, memo, use_command, use_query};

/// The accounts that a new sign-in reaches.
#[component]
pub fn ChooseAccount(
    /// The sign-in.
    sign_in: SignIn,
) -> impl IntoView {
    let id = sign_in.id;
    if sign_in.accounts.is_empty() {
        return view! {
            <Empty glyph=Glyph::Building2 title=say::welcome::no_account()
                text=say::welcome::no_account_text()/>
        }
        .into_any();
    }
    view! {
        <h1>{say::welcome::choose_account()}</h1>
        <p class="welcome-lead">{say::welcome::signed_in_as(&sign_in.label)}</p>
        <div class="accounts">
            <Each each=move || sign_in.accounts.clone() key=|account| account.account.clone() let(account)>
                <AccountButton id account/>
            </Each>
        </div>
    }
    .into_any()
}

/// The accounts of the sign-ins that are here already.
#[component]
pub fn Known() -> impl IntoView {
    let session = Session::expect();
    let sign_ins = use_query(|| Some(ListSignIns {}));
    let taken = move |sign_in: SignInId, account: &str| {
        session.status.with(|status| {
            status.as_ref().is_some_and(|status| {
                status
                    .workspaces
                    .iter()
                    .any(|workspace| workspace.sign_in == Some(sign_in) && workspace.account == account)
            })
        })
    };
    let free = memo(move || {
        let sign_ins = sign_ins.value.get().unwrap_or_default();
        let usable = sign_ins.into_iter().filter(|sign_in| !sign_in.revoked);
        usable
            .flat_map(|sign_in| sign_in.accounts.into_iter().map(move |account| (sign_in.id, account)))
            .filter(|(id, account)| !taken(*id, &account.account))
            .collect::<Vec<_>>()
    });
    view! {
        <Show when=move || free.with(|free| !free.is_empty())>
            <h2>{say::welcome::signed_in_already()}</h2>
            <div class="accounts">
                <Each each=move || free.get() key=|(id, account)| (*id, account.account.clone()) let((id, account))>
                    <AccountButton id account/>
                </Each>
            </div>
            <h2>{say::welcome::sign_in_anew()}</h2>
        </Show>
    }
}

#[component]
fn AccountButton(id: SignInId, account: AccountChoice) -> impl IntoView {
    let (session, router, setup) = (Session::expect(), Router::expect(), SetupState::expect());
    let connect = use_command::<ConnectWorkspace>();
    let number = account.account.clone();
    let open = move |_| {
        let command = ConnectWorkspace { sign_in: id, account: number.clone(), name: None };
        connect.run_then(command, move |workspace| {
            session.workspace.set(Some(workspace.id));
            // The set-up goes on while the first fetch runs; whoever has been through it goes to work.
            if untrack(|| setup.open().get()) > 0 {
                setup.settle(SetupStep::Work, StepState::Done);
                router.replace(Route::Welcome);
            } else {
                router.replace(Route::Today);
            }
        });
    };
    view! {
        <button class="account" type="button" disabled=move || connect.busy.get() on:click=open>
            <Icon glyph=Glyph::Building2/>
            <span class="grow cut">{account.name}</span>
            <small class="num">{account.account}</small>
            <Show when=move || connect.busy.get() fallback=|| view! { <Icon glyph=Glyph::ChevronRight/> }><Spinner/></Show>
        </button>
    }
}
