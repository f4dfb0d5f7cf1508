//! The loop that speaks with the server by itself: it looks what is there from time to time, and sends what waits once whoever
//! edits has paused.

use std::sync::Weak;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use contract::{Code, Fault};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{account, pull, send, telling};
use crate::desk::Desk;

/// What changed there is looked at so often while the workspace is open.
const EVERY: Duration = Duration::from_secs(60);
/// Edits wait so long for further ones.
const LULL: Duration = Duration::from_secs(1);
/// After the server could not be reached the next try waits so long, doubled each time up to the longest.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Wakes the loop and waits for it.
pub(super) struct Bell {
    /// There is an edit: the loop waits for a lull.
    edit: Notify,
    /// There is somebody who waits.
    hurry: Notify,
    /// The server is to be looked at.
    look: AtomicBool,
    asked: AtomicU64,
    served: watch::Sender<u64>,
}

impl Default for Bell {
    fn default() -> Self {
        let (edit, hurry, look) = (Notify::new(), Notify::new(), AtomicBool::new(false));
        Self { edit, hurry, look, asked: AtomicU64::new(0), served: watch::Sender::new(0) }
    }
}

impl Bell {
    pub(super) fn wake(&self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.edit.notify_one();
    }

    /// Something can be sent now that could not be before.
    pub(super) fn hurry(&self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.hurry.notify_one();
    }

    pub(super) fn look(&self) {
        self.looks();
        self.hurry();
    }

    /// The next round looks at the server, whenever it is.
    pub(super) fn looks(&self) {
        self.look.store(true, Ordering::SeqCst);
    }

    pub(super) async fn settled(&self) {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        self.hurry.notify_one();
        // An error means that the loop has ended, and nothing is under way.
        let _ = self.served.subscribe().wait_for(|served| *served >= asked).await;
    }
}

/// How a round ended.
enum Round {
    /// Nothing waits that could be sent.
    Done,
    /// The server cannot be reached, or what it was told is watched.
    Held,
    /// The sign-in, or something else that a person must mend.
    Stopped,
}

pub(super) async fn run(desk: Weak<Desk>, until: CancellationToken, schedule: bool) {
    let mut wait = FIRST_WAIT;
    let mut next_look = Instant::now();
    // What waited when the app ended is sent first.
    let mut is_first = schedule;
    loop {
        let Some(present) = desk.upgrade() else { return };
        let asked = present.server.bell.asked.load(Ordering::SeqCst);
        let mut looks = present.server.bell.look.swap(false, Ordering::SeqCst);
        if schedule && Instant::now() >= next_look {
            looks = true;
            next_look = Instant::now() + EVERY;
        }
        let ended = match (is_first || looks || asked > *present.server.bell.served.borrow(), &until) {
            (false, _) => Round::Done,
            (true, until) => tokio::select! {
                () = until.cancelled() => return finished(&present),
                round = round(&present, looks) => round,
            },
        };
        is_first = false;
        present.server.bell.served.send_replace(asked);
        let again = async {
            match ended {
                Round::Done | Round::Stopped => std::future::pending().await,
                Round::Held => tokio::time::sleep(wait).await,
            }
        };
        let timed = async {
            match schedule {
                true => tokio::time::sleep_until(next_look).await,
                false => std::future::pending().await,
            }
        };
        let bell = &present.server.bell;
        tokio::select! {
            () = until.cancelled() => return finished(&present),
            () = bell.hurry.notified() => wait = FIRST_WAIT,
            () = bell.edit.notified() => {
                wait = FIRST_WAIT;
                lull(bell, &until).await;
            }
            () = present.automations.tells() => {
                wait = FIRST_WAIT;
                bell.asked.fetch_add(1, Ordering::SeqCst);
            }
            () = again => {
                wait = (wait * 2).min(LONGEST_WAIT);
                bell.asked.fetch_add(1, Ordering::SeqCst);
            }
            () = timed => {}
        }
    }
}

/// Whoever waits for the loop waits no more.
fn finished(desk: &Desk) {
    desk.server.bell.served.send_replace(u64::MAX);
}

/// Waits until nobody has edited for a while, or somebody waits.
async fn lull(bell: &Bell, until: &CancellationToken) {
    loop {
        tokio::select! {
            () = until.cancelled() => return,
            () = bell.hurry.notified() => return,
            () = bell.edit.notified() => {}
            () = tokio::time::sleep(LULL) => return,
        }
    }
}

async fn round(desk: &std::sync::Arc<Desk>, looks: bool) -> Round {
    if desk.state.is_offline() {
        return Round::Done;
    }
    let outcome = async {
        if account::kept(desk).await?.is_none() {
            return Ok(None);
        }
        let link = desk.server.link(desk).await?;
        let is_watched = telling::tell_all(desk, &link).await?;
        if looks {
            pull::pull(desk, &link).await?;
        }
        send::send_all(desk, &link).await?;
        Ok::<_, Fault>(Some(is_watched || telling::goes_on(desk).await?))
    };
    match outcome.await {
        Ok(Some(is_watched)) => {
            desk.server.heard(desk, None);
            if is_watched {
                desk.server.bell.looks();
                return Round::Held;
            }
        }
        Ok(None) => {}
        Err(fault) if fault.code == Code::Cancelled => {}
        Err(fault) => {
            tracing::info!(code = ?fault.code, "the automation server did not answer as hoped");
            let is_passing = fault.retry;
            desk.server.heard(desk, Some(fault));
            return if is_passing { Round::Held } else { Round::Stopped };
        }
    }
    Round::Done
}
