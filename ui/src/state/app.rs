//! Provides every context, asks the app for its status, and spreads what the feed tells.

use std::time::Duration;

use contract::commands::{OpenWorkspace, ShowStatus, ShowSync};
use contract::{FeedBody, FeedEvent, Tag, WorkspaceId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{
    Changes, ChatState, Drawer, Names, News, Overlays, Route, Router, Session, SetupState, SyncState, ThemeState,
    Toasts, effect, memo,
};
use crate::{bridge, say};

/// A request is on its way after this.
const A_MOMENT: Duration = Duration::from_millis(200);

/// Provides every context to what is mounted below, and starts to listen.
pub fn provide_app() {
    let session = Session::provide();
    let changes = Changes::provide();
    let toasts = Toasts::provide();
    let theme = ThemeState::provide();
    SetupState::provide();
    let router = Router::provide();
    let sync = SyncState::provide();
    let drawer = Drawer::provide();
    Overlays::provide();
    Names::provide();
    News::provide();
    let chat = ChatState::provide();

    theme.follow(session);
    read_status(session, changes, theme, router, toasts, chat);
    let known = memo(move || session.status.with(Option::is_some));
    // The last event that the page knows of: the status tells the first number, so that what is read from then on is not
    // read again for having listened.
    let last = StoredValue::new(None::<u64>);
    effect(move || {
        if !known.get() {
            return;
        }
        let workspace = session.workspace.get();
        sync.status.set(None);
        drawer.close();
        let told = session.status.with_untracked(|status| status.as_ref().map(|status| status.heard));
        let after = last.get_value().or(told);
        let listening = bridge::listen(workspace, after, move |event| {
            last.set_value(Some(event.seq));
            hear(&event, session, changes, toasts, sync, drawer, chat);
        });
        let kept = StoredValue::new_local(Some(listening));
        on_cleanup(move || drop(kept.try_update_value(Option::take)));
        if let Some(id) = workspace {
            open(id, session, sync, toasts);
        }
    });
}

/// Asks for the status at the start, and again when workspaces, sign-ins or settings change.
fn read_status(session: Session, changes: Changes, theme: ThemeState, router: Router, toasts: Toasts, chat: ChatState) {
    let version = memo(move || changes.version(&[Tag::Workspaces, Tag::Accounts, Tag::Settings]));
    effect(move || {
        // Read, not only tracked: a memo that was never read hears of no change.
        let _ = version.get();
        spawn_local(async move {
            match bridge::call(ShowStatus {}, None).await {
                Ok(status) if say::is_another(status.settings.language) => {
                    // What is being written goes out to be kept before the page is loaded again.
                    chat.field.keep();
                    set_timeout(say::start_anew, A_MOMENT);
                }
                Ok(status) => {
                    session.fault.set(None);
                    theme.choose(status.settings.theme);
                    let open = session
                        .workspace
                        .get_untracked()
                        .filter(|id| status.workspaces.iter().any(|one| one.id == *id));
                    let next = open.or_else(|| status.workspaces.first().map(|workspace| workspace.id));
                    if session.status.with_untracked(Option::is_none) && next.is_some() {
                        status.notices.iter().for_each(|notice| toasts.note(notice.clone()));
                        // Whoever was in the set-up when the app ended goes on with it.
                        if status.settings.setup.at.is_some() {
                            router.replace(Route::Welcome);
                        }
                    }
                    session.status.set(Some(status));
                    if session.workspace.get_untracked() != next {
                        session.workspace.set(next);
                    }
                    if next.is_none() {
                        router.replace(Route::Welcome);
                    }
                }
                Err(fault) => session.fault.set(Some(fault)),
            }
        });
    });
}

/// Opens the workspace, which starts its sync, and asks how that stands.
fn open(id: WorkspaceId, session: Session, sync: SyncState, toasts: Toasts) {
    spawn_local(async move {
        if let Err(fault) = bridge::call(OpenWorkspace { id }, None).await {
            toasts.fault(&fault);
        }
        if let Ok(report) = bridge::call(ShowSync {}, Some(id)).await
            && session.workspace.try_get_untracked() == Some(Some(id))
        {
            sync.status.set(Some(report.status));
        }
    });
}

fn hear(
    event: &FeedEvent,
    session: Session,
    changes: Changes,
    toasts: Toasts,
    sync: SyncState,
    drawer: Drawer,
    chat: ChatState,
) {
    let open = session.workspace.get_untracked();
    if event.workspace.is_some() && event.workspace != open {
        return;
    }
    match &event.body {
        FeedBody::Reset => {
            changes.touch_all();
            chat.reset();
        }
        FeedBody::Changed { tags, .. } => changes.touch(tags),
        FeedBody::Renamed { from, to } => {
            if drawer.item.get_untracked() == Some(*from) {
                drawer.item.set(Some(*to));
            }
        }
        FeedBody::Sync { status } => {
            sync.status.set(Some(status.clone()));
            changes.touch(&[Tag::Sync]);
        }
        FeedBody::Chat { conversation, event: told } => chat.hear(event.seq, *conversation, told),
        FeedBody::Notice { fault } => toasts.fault(fault),
        FeedBody::Notification { title, body, link } => toasts.notification(title, body, link.clone()),
    }
}
