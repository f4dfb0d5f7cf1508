//! The bar above the screen: the way to search, and how fresh everything is.

use contract::{SyncPhase, SyncStatus};
use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::parts::moment::{moment_label, remaining};
use crate::parts::{Chip, Glyph, Icon, IconButton, Kbd, Show, Tone};
use crate::say;
use crate::state::{ChatState, Overlays, Route, Router, Session, SyncState, memo};

/// The bar.
#[component]
pub(super) fn Bar() -> impl IntoView {
    let (overlays, chat, router) = (Overlays::expect(), ChatState::expect(), Router::expect());
    let is_chat = memo(move || matches!(router.route.get(), Route::Chat(_)));
    view! {
        <header class="bar">
            <button class="find" type="button" on:click=move |_| overlays.palette.set(true) aria-keyshortcuts="Control+K Meta+K">
                <Icon glyph=Glyph::Search/>
                <span class="grow cut">{say::frame::search()}</span>
                <Kbd keys="Mod K"/>
            </button>
            <span class="grow"></span>
            <SyncMark/>
            <Approvals/>
            <Show when=move || !overlays.chat.get() && !is_chat.get()>
                <IconButton glyph=Glyph::Sparkles label=say::frame::show_assistant() on_click=move |_| overlays.show_chat(chat)/>
            </Show>
        </header>
    }
}

/// How many conversations wait for a person; nothing when none does.
#[component]
fn Approvals() -> impl IntoView {
    let (chat, overlays, router) = (ChatState::expect(), Overlays::expect(), Router::expect());
    let count = memo(move || chat.waiting().len());
    view! {
        <Show when=move || { count.get() > 0 }>
            <button class="approvals num" type="button" title=say::frame::open_waiting()
                on:click=move |_| overlays.show_waiting(chat, router)>
                {move || say::frame::approvals(count.get())}
            </button>
        </Show>
    }
}

#[component]
fn SyncMark() -> impl IntoView {
    let (sync, session, router) = (SyncState::expect(), Session::expect(), Router::expect());
    let mark = memo(move || {
        sync.status.with(|status| status.as_ref().map(|status| mark_of(status, &session.zone(), session.today())))
    });
    view! {
        <button class="sync-mark" type="button" title=say::frame::open_sync() on:click=move |_| router.go(Route::Sync)>
            {move || mark.get().map(|mark| view! {
                <Icon glyph=mark.glyph/>
                <span class="num">{mark.words}</span>
                {(mark.stuck > 0).then(|| view! { <Chip tone=Tone::Warn>{say::frame::need_you(mark.stuck)}</Chip> })}
            })}
        </button>
    }
}

/// What the mark shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) glyph: Glyph,
    pub(crate) words: String,
    pub(crate) stuck: u32,
}

/// How sync stands, in a few words. What stops it comes before what it does.
pub(crate) fn mark_of(status: &SyncStatus, zone: &TimeZone, today: jiff::civil::Date) -> Mark {
    let fresh = status.fresh_as_of.map(|at| say::frame::fresh(moment_label(at, zone, today)));
    let queued = |state: &str| {
        if status.queued > 0 { say::frame::QueuedToo { state, count: status.queued }.text() } else { state.to_owned() }
    };
    let (glyph, words) = if status.offline {
        (Glyph::CloudOff, queued(say::frame::offline()))
    } else if !status.reachable {
        (Glyph::WifiOff, queued(say::frame::out_of_reach()))
    } else {
        match status.phase {
            SyncPhase::Paused => (Glyph::CirclePause, queued(say::frame::paused())),
            SyncPhase::Cold => {
                let left = status.remaining_seconds.map(remaining);
                (Glyph::RefreshCw, left.map_or_else(|| say::frame::fetching_all().into(), say::frame::fetching))
            }
            SyncPhase::Sending => (Glyph::CloudUpload, say::frame::sending(status.queued.max(1))),
            SyncPhase::Idle | SyncPhase::Warm | SyncPhase::Reconciling if status.queued > 0 => {
                (Glyph::CloudUpload, say::frame::queued(status.queued))
            }
            SyncPhase::Idle | SyncPhase::Warm | SyncPhase::Reconciling => {
                (Glyph::Check, fresh.unwrap_or_else(|| say::frame::not_fetched().into()))
            }
        }
    };
    Mark { glyph, words, stuck: status.stuck }
}

/// How much of the first fetch is here, from 0 to 1; `None` when it does not run.
pub(crate) fn cold_share(status: &SyncStatus) -> Option<f64> {
    if status.phase != SyncPhase::Cold {
        return None;
    }
    let (mut done, mut total) = (0_u64, 0_u64);
    for stage in &status.stages {
        let whole = stage.total.unwrap_or(stage.done.max(1)).max(stage.done);
        total = total.saturating_add(whole);
        done = done.saturating_add(if stage.finished { whole } else { stage.done });
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
    let share = if total == 0 { 0.0 } else { done as f64 / total as f64 };
    Some(share)
}
