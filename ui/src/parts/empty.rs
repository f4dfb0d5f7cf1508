//! What stands where data would: loading, nothing yet, nothing found, not allowed, out of reach. Five states, each with
//! one thing to do next.

use std::cell::Cell;

use contract::{Code, Fault};
use leptos::prelude::*;

use super::{Button, Glyph, Icon, Show};
use crate::bridge;
use crate::say;
use crate::state::{Query, Route, Router, effect, memo};

/// A calm sentence with an icon and one thing to do.
#[component]
pub fn Empty(
    /// Its icon.
    glyph: Glyph,
    /// What is so, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// Why, and what to do.
    #[prop(optional, into)]
    text: Signal<String>,
    /// The words on the button, where there is something to do here.
    #[prop(optional, into)]
    action: Option<String>,
    /// What the button does.
    #[prop(optional, into)]
    on_action: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="empty" role="status">
            <Icon glyph/>
            <p class="empty-title">{move || title.get()}</p>
            <Show when=move || text.with(|text| !text.is_empty())>
                <p class="empty-text">{move || text.get()}</p>
            </Show>
            {action.zip(on_action).map(|(action, run)| view! { <Button on_click=move |_| run.run(())>{action}</Button> })}
        </div>
    }
}

/// Shows what a query brought. Until it has, loading; when it failed and there is nothing to show, why and what to do.
/// A value that is there stays on show while it is fetched again, also when that fails.
#[component]
pub fn Loaded<T>(
    /// The query.
    query: Query<T>,
    /// What shows the value; it is called once, when there is one. Read the value in it by `query.value`.
    children: ChildrenFn,
) -> impl IntoView
where
    T: Send + Sync + 'static,
{
    let has = memo(move || query.value.with(Option::is_some));
    let children = StoredValue::new(children);
    effect(move || {
        if has.get() || query.fault.with(Option::is_some) {
            tell_shown();
        }
    });
    view! {
        <Show when=move || has.get() fallback=move || view! { <NotYet fault=query.fault on_retry=move |()| query.retry()/> }>
            {children.with_value(|children| children())}
        </Show>
    }
}

/// Tells the shell once, after the frame that draws it; a page that nobody sees gets no frames.
fn tell_shown() {
    thread_local! {
        static TOLD: Cell<bool> = const { Cell::new(false) };
    }
    if TOLD.replace(true) {
        return;
    }
    if document().hidden() {
        bridge::tell_shown();
    } else {
        request_animation_frame(|| request_animation_frame(bridge::tell_shown));
    }
}

#[component]
fn NotYet(fault: RwSignal<Option<Fault>>, #[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    let router = Router::expect();
    move || match fault.get() {
        None => view! { <Skeleton/> }.into_any(),
        Some(fault) => {
            let (glyph, title, action) = match fault.code {
                Code::Forbidden | Code::NeedsApproval => {
                    (Glyph::Lock, say::parts::not_allowed(), say::parts::back_to_today())
                }
                Code::Offline => (Glyph::CloudOff, say::parts::out_of_reach(), say::parts::again()),
                Code::NotFound => (Glyph::Search, say::parts::not_here(), say::parts::back_to_today()),
                Code::SignInNeeded | Code::VaultLocked => {
                    (Glyph::KeyRound, say::parts::sign_in_needed(), say::parts::open_settings())
                }
                Code::Invalid
                | Code::Conflict
                | Code::Busy
                | Code::Storage
                | Code::Upstream
                | Code::Cancelled
                | Code::Internal => (Glyph::CircleAlert, say::parts::not_read(), say::parts::again()),
            };
            let act = move |()| match fault.code {
                Code::Forbidden | Code::NeedsApproval | Code::NotFound => router.go(Route::Today),
                Code::SignInNeeded | Code::VaultLocked => router.go(Route::Settings),
                Code::Invalid
                | Code::Offline
                | Code::Conflict
                | Code::Busy
                | Code::Storage
                | Code::Upstream
                | Code::Cancelled
                | Code::Internal => on_retry.run(()),
            };
            view! { <Empty glyph title text=fault.message action on_action=act/> }.into_any()
        }
    }
}

#[component]
fn Skeleton() -> impl IntoView {
    let bars = (0..6).map(|_| view! { <span class="skeleton-row"></span> }).collect_view();
    view! { <div class="skeleton" role="status" aria-label=say::parts::loading()>{bars}</div> }
}
