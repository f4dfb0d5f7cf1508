//! The person's own Activepieces server: connected once, mirrored into the store, and asked for what only it can do.
//!
//! What is shown of its flows and runs comes from the store, so it can be read while the server is away. An edit goes into the
//! store at once, and waits there; one loop ([`work`]) looks what the server has and sends what waits. It knows no piece of the
//! app and no run of the app's own: those are next door.

mod account;
mod ear;
mod lifecycle;
mod link;
mod mirror;
mod moving;
mod pull;
mod remote;
mod resolve;
mod run_view;
mod runs;
mod sample;
mod send;
mod stand_in;
mod stock;
mod telling;
mod wanted;
mod work;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use contract::{Code, Fault, FeedBody, Tag};
use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::{Engine, Inner};

pub(crate) use account::{connect, disconnect, forget_secrets, probe, show};
pub(crate) use lifecycle::{delete, file, publish, run, switch, test, test_step};
pub(crate) use moving::move_flow;
pub(crate) use remote::{edited, view};
pub(crate) use resolve::{resolve, take_over_lock};
pub(crate) use run_view::{run as show_run, value as run_value};
pub(crate) use runs::{cancel as cancel_run, retry as retry_run};
pub(crate) use stock::{
    choices, connections_if_there, findings, forget_connection, is_connection_there, piece_if_there, pieces_if_there,
    put_connection, rename_connection,
};
pub(super) use telling::Telling;
pub(super) use wanted::listening;

use link::Link;
use sample::Running;
use work::Bell;

/// Who asks for the flows has the server looked at again when the last look is older.
const STALE: SignedDuration = SignedDuration::from_secs(10);

/// What an open workspace has of its server.
#[derive(Default)]
pub(crate) struct Server {
    engine: OnceLock<Weak<Inner>>,
    open: tokio::sync::Mutex<Option<Arc<Link>>>,
    stand_in: tokio::sync::Mutex<Option<Running>>,
    /// Held by whoever brings a flow here and the same flow there together.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    bell: Bell,
}

#[derive(Default)]
struct State {
    /// Who else edits a flow, by the server's id of it.
    locks: HashMap<String, String>,
    /// Why the server cannot be reached, or what must be done.
    fault: Option<Fault>,
    looked_at: Option<Timestamp>,
}

/// Begins to speak with the server by itself, if one is connected; otherwise once one is.
pub(crate) fn start(engine: &Engine, desk: &Arc<Desk>) {
    // Whoever opens the workspace is the first.
    let _ = desk.server.engine.set(Arc::downgrade(&engine.0));
    let until = desk.life().token();
    desk.life().spawn(work::run(Arc::downgrade(desk), until, engine.0.options.schedule));
}

/// Somebody looks at flows: what the server has is looked at soon, if that was some time ago.
pub(crate) fn glance(desk: &Desk) {
    let is_stale = {
        let state = desk.server.state();
        state.looked_at.is_some_and(|at| desk.now().duration_since(at) >= STALE)
    };
    if is_stale {
        desk.server.bell.look();
    }
}

/// There is an edit to send. Those of one person who types go together.
pub(crate) fn wake(desk: &Desk) {
    desk.server.bell.wake();
}

impl Server {
    /// Waits until what can be sent has been.
    pub(crate) async fn settled(&self) {
        self.bell.settled().await;
    }

    /// Lets go of the server.
    pub(crate) async fn close(&self) {
        *self.open.lock().await = None;
        if let Some(running) = self.stand_in.lock().await.take() {
            running.stop().await;
        }
    }

    fn engine(&self) -> Result<Engine, Fault> {
        let engine = self.engine.get().and_then(Weak::upgrade);
        engine.map(Engine).ok_or_else(|| Fault::new(Code::Cancelled, "The app is ending."))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes why the server cannot be reached, or that it can; tells the windows when that is news.
    fn heard(&self, desk: &Desk, fault: Option<Fault>) {
        let is_news = {
            let mut state = self.state();
            let is_news = state.fault != fault;
            state.fault = fault;
            is_news
        };
        if is_news {
            self.touched(desk);
        }
    }

    /// Tells the windows that something about flows changed that is not in the store.
    fn touched(&self, desk: &Desk) {
        if let Ok(engine) = self.engine() {
            let body = FeedBody::Changed { tags: vec![Tag::Flows], items: Vec::new(), set: None };
            engine.0.feed.publish(Some(desk.workspace), body);
        }
    }
}
