//! Who else edits on the server: told over its socket. Without one, flows are edited all the same, after a look.

use std::sync::{Arc, PoisonError, Weak};

use activepieces::{Person, Socket, SocketEvent};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::link::Link;
use crate::desk::Desk;

/// Begins to listen, unless somebody does.
pub(super) async fn listen(desk: &Arc<Desk>, link: &Link) {
    if let Err(fault) = socket(desk, link).await {
        tracing::info!(%fault, "the server is not heard: who else edits there is not known");
    }
}

/// The socket, connected when it is first needed.
///
/// # Errors
/// What any request may meet.
pub(super) async fn socket(desk: &Arc<Desk>, link: &Link) -> Result<Arc<Socket>, activepieces::Fault> {
    let socket = link.socket.get_or_try_init(|| async {
        let socket = Arc::new(Socket::connect(&link.client, &link.project).await?);
        // A key is nobody: it holds nothing.
        let me = link.client.account().await.map(|account| account.user_id).unwrap_or_default();
        desk.life().spawn(hear(Arc::downgrade(desk), socket.events(), me, desk.life().token()));
        Ok::<_, activepieces::Fault>(socket)
    });
    socket.await.cloned()
}

async fn hear(desk: Weak<Desk>, mut events: Receiver<Arc<SocketEvent>>, me: String, until: CancellationToken) {
    loop {
        let event = tokio::select! {
            () = until.cancelled() => return,
            event = events.recv() => event,
        };
        let Some(desk) = desk.upgrade() else { return };
        match event.as_deref() {
            Ok(SocketEvent::Locked { resource, by }) if by.user_id != me => held_by(&desk, resource, by),
            Ok(SocketEvent::Locked { resource, .. } | SocketEvent::Unlocked { resource }) => free(&desk, resource),
            // Who holds what may have changed meanwhile: whoever asks for a lock learns.
            Ok(SocketEvent::Up) | Err(RecvError::Lagged(_)) => {
                desk.server.state().locks.clear();
                desk.server.touched(&desk);
                desk.server.bell.hurry();
            }
            Ok(SocketEvent::Ended(_)) | Err(RecvError::Closed) => return,
            Ok(
                SocketEvent::Down
                | SocketEvent::TestStarted(_)
                | SocketEvent::Progress(_)
                | SocketEvent::StepFinished(_)
                | SocketEvent::Presence { .. }
                | SocketEvent::Other { .. },
            ) => {}
        }
    }
}

fn held_by(desk: &Desk, flow: &str, by: &Person) {
    let name = if by.name.is_empty() { "Somebody else".to_owned() } else { by.name.clone() };
    desk.server.state().locks.insert(flow.to_owned(), name);
    desk.server.touched(desk);
}

/// Nobody else edits it any more: what waits can go.
pub(super) fn free(desk: &Desk, flow: &str) {
    if desk.server.state().locks.remove(flow).is_some() {
        desk.server.touched(desk);
        desk.server.bell.hurry();
    }
}

/// Keeps others from editing a flow while its edits are sent. `false` when somebody else holds it; without a socket nobody is
/// kept out, and the look before each row of edits has to do.
pub(super) async fn hold(desk: &Arc<Desk>, link: &Link, flow: &str) -> bool {
    let Ok(socket) = socket(desk, link).await else { return true };
    match socket.lock(flow, false).await {
        Ok(lock) if lock.acquired => {
            link.held.lock().unwrap_or_else(PoisonError::into_inner).insert(flow.to_owned());
            true
        }
        Ok(lock) => {
            held_by(desk, flow, &lock.holder.unwrap_or_default());
            false
        }
        Err(fault) => {
            tracing::info!(%fault, "a flow is edited without its lock");
            true
        }
    }
}

/// Lets others edit again.
pub(super) async fn let_go(link: &Link) {
    let held = std::mem::take(&mut *link.held.lock().unwrap_or_else(PoisonError::into_inner));
    let Some(socket) = link.socket.get() else { return };
    for flow in held {
        if let Err(fault) = socket.unlock(&flow).await {
            tracing::debug!(%fault, "the server lets go by itself when the connection ends");
        }
    }
}
