//! How this start of the app came about: after a breakdown, or so that nothing happens by itself. In a browser there is none of
//! it.

use contract::{ChangeDesktop, DesktopStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::bridge;
use crate::parts::{Button, ButtonKind, Dialog, Glyph, Icon, Moment, Show};
use crate::say;
use crate::state::{Toasts, memo};
use crate::welcome::CopyLine;

/// Strips above the screen; nothing after a usual start.
#[component]
pub(super) fn StartStrip() -> impl IntoView {
    bridge::has_desktop().then(|| view! { <Told/> })
}

#[component]
fn Told() -> impl IntoView {
    let toasts = Toasts::expect();
    let (status, reading) = (RwSignal::new(DesktopStatus::default()), RwSignal::new(false));
    spawn_local(async move {
        // Without an answer there is nothing to tell: whatever else is asked of the app says why.
        if let Ok(now) = bridge::desktop_status().await {
            status.try_set(now);
        }
    });
    let change = move |change: ChangeDesktop| {
        spawn_local(async move {
            match bridge::change_desktop(&change).await {
                Ok(now) => drop(status.try_set(now)),
                Err(fault) => toasts.fault(&fault),
            }
        });
    };
    let crash = memo(move || status.with(|status| status.crash.clone()));
    let at = move || crash.with(|crash| crash.as_ref().map(|crash| view! { <Moment at=crash.at/> }));
    let text = move || crash.with(|crash| crash.as_ref().map(|crash| crash.text.clone()));
    let file = move || crash.with(|crash| crash.as_ref().map(|crash| crash.file.clone()).unwrap_or_default());
    let start = move |safe| change(ChangeDesktop { restart_safe: Some(safe), ..ChangeDesktop::default() });
    let seen = move || {
        reading.set(false);
        change(ChangeDesktop { crash_seen: true, ..ChangeDesktop::default() });
    };
    let broke_down = say::around(say::frame::broke_down);
    view! {
        <Show when=move || status.with(|status| status.safe)>
            <div class="strip" role="status">
                <Icon glyph=Glyph::ShieldCheck/>
                <span class="grow">{say::frame::is_safe()}</span>
                <Button on_click=move |_| start(false)>{say::frame::start_usual()}</Button>
            </div>
        </Show>
        <Show when=move || crash.with(Option::is_some)>
            <div class="strip" role="status">
                <Icon glyph=Glyph::CircleAlert/>
                <span class="grow">{broke_down.0.clone()}{at}{broke_down.1.clone()}</span>
                <Button kind=ButtonKind::Bare on_click=move |_| reading.set(true)>{say::frame::what_happened()}</Button>
                <Button on_click=move |_| seen()>{say::frame::understood()}</Button>
            </div>
        </Show>
        <Dialog open=reading title=say::frame::what_happened() on_close=move |()| reading.set(false)>
            <p class="dialog-text">{say::frame::report_stays()}</p>
            <pre class="written" tabindex="0">{text}</pre>
            <CopyLine text=Signal::derive(file)/>
            <div class="dialog-foot">
                <Button on_click=move |_| start(true)>{say::frame::start_safe()}</Button>
                <Button kind=ButtonKind::Primary on_click=move |_| seen()>{say::frame::understood()}</Button>
            </div>
        </Dialog>
    }
}
