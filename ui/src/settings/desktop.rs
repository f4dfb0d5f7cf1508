//! How the app stands on this desktop: whether it stays when its window is closed, the keys of the quick chat, its start.
//! In a browser there is none of it.

use contract::{ChangeDesktop, DesktopStatus, ZOOMS};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::log::LogDialog;
use super::sections::Section;
use super::{Line, Part};
use crate::bridge;
use crate::parts::{Button, Select, Show};
use crate::say;

/// The part; nothing in a browser.
#[component]
pub(super) fn DesktopPart() -> impl IntoView {
    bridge::has_desktop().then(|| view! { <Rows/> })
}

#[component]
fn Rows() -> impl IntoView {
    let status = RwSignal::new(DesktopStatus::default());
    let (wrong, busy) = (RwSignal::new(String::new()), RwSignal::new(true));
    let keys = RwSignal::new(String::new());
    let arrived = move |answer: Result<DesktopStatus, contract::Fault>| {
        busy.try_set(false);
        match answer {
            Ok(now) => {
                wrong.try_set(String::new());
                keys.try_set(shown(&now.shortcut));
                status.try_set(now);
            }
            Err(fault) => {
                wrong.try_set(fault.message);
            }
        }
    };
    spawn_local(async move { arrived(bridge::desktop_status().await) });
    let change = move |change: ChangeDesktop| {
        busy.set(true);
        spawn_local(async move { arrived(bridge::change_desktop(&change).await) });
    };
    let take_keys = move || {
        let typed = kept(&keys.get_untracked());
        if typed != status.with_untracked(|status| status.shortcut.clone()) {
            change(ChangeDesktop { shortcut: Some(typed), ..ChangeDesktop::default() });
        }
    };
    let tick = move |words: &'static str, on: Signal<bool>, off: Signal<bool>, set: Callback<bool>| {
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || on.get() disabled=move || busy.get() || off.get()
                    on:change=move |event| set.run(event_target_checked(&event))/>
                <span>{words}</span>
            </label>
        }
    };
    let no_tray = Signal::derive(move || status.with(|status| !status.tray));
    let no_start = Signal::derive(move || status.with(|status| !status.can_autostart));
    let reading = RwSignal::new(false);
    view! {
        <Part section=Section::Desktop>
            <Line words=say::settings::zoom() hint=say::settings::zoom_hint()>
                <Select label=say::settings::zoom() bare=true options=Signal::derive(sizes)
                    value=Signal::derive(move || status.with(|status| status.zoom.to_string()))
                    on_change=move |size: String| change(ChangeDesktop { zoom: size.parse().ok(), ..ChangeDesktop::default() })/>
            </Line>
            <Line words=say::settings::when_closed() hint=say::settings::when_closed_hint()>
                <div>
                    {tick(say::settings::keep_running(), Signal::derive(move || status.with(|status| status.keep_running && status.tray)), no_tray,
                        Callback::new(move |keep| change(ChangeDesktop { keep_running: Some(keep), ..ChangeDesktop::default() })))}
                    <Show when=move || no_tray.get() && !busy.get()>
                        <p class="hint">{say::settings::no_tray()}</p>
                    </Show>
                </div>
            </Line>
            <Line words=say::settings::quick_keys() hint=say::settings::quick_keys_hint()>
                <form class="desktop-keys" on:submit=move |event| { event.prevent_default(); take_keys(); }>
                    <input class="input" type="text" aria-label=say::settings::quick_keys() spellcheck="false" autocomplete="off"
                        aria-describedby="desktop-keys-wrong" prop:value=move || keys.get() disabled=move || busy.get()
                        on:input=move |event| keys.set(event_target_value(&event))/>
                    <Button submit=true busy on_click=|_| {}>{say::settings::use_keys()}</Button>
                </form>
            </Line>
            <p class="field-wrong" id="desktop-keys-wrong" role="alert">
                {move || wrong.with(|wrong| if wrong.is_empty() { status.with(|status| status.shortcut_fault.clone()) } else { wrong.clone() })}
            </p>
            <Line words=say::settings::when_starts() hint=say::settings::when_starts_hint()>
                {tick(say::settings::start_app(), Signal::derive(move || status.with(|status| status.autostart)), no_start,
                    Callback::new(move |start| change(ChangeDesktop { autostart: Some(start), ..ChangeDesktop::default() })))}
            </Line>
            <Line words=say::settings::log() hint=say::settings::log_hint()>
                <Button on_click=move |_| reading.set(true)>{say::settings::log_open()}</Button>
            </Line>
            <LogDialog open=reading/>
            <Line words=say::settings::safe() hint=say::settings::safe_hint()>
                <Button on_click=move |_| change(ChangeDesktop { restart_safe: Some(true), ..ChangeDesktop::default() })>{say::settings::safe_start()}</Button>
            </Line>
        </Part>
    }
}

fn sizes() -> Vec<(String, String)> {
    ZOOMS.iter().map(|zoom| (zoom.to_string(), [&*zoom.to_string(), " %"].concat())).collect()
}

/// Keys as people read them: the main one of this system by its name.
fn shown(keys: &str) -> String {
    keys.replace("CmdOrCtrl", "Ctrl")
}

/// Keys as they are kept.
fn kept(keys: &str) -> String {
    let parts = keys.split('+').map(str::trim);
    parts.map(|part| if part.eq_ignore_ascii_case("ctrl") { "CmdOrCtrl" } else { part }).collect::<Vec<_>>().join("+")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_shown_and_kept_as_the_same_keys() {
        assert_eq!(shown("CmdOrCtrl+Shift+Space"), "Ctrl+Shift+Space");
        assert_eq!(kept(" ctrl + Shift + Space "), "CmdOrCtrl+Shift+Space");
        assert_eq!(kept(&shown("Alt+K")), "Alt+K");
        assert_eq!(kept(""), "");
    }
}
