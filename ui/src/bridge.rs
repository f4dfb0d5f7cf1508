//! The one door between the page and the app: every command goes out here and every event comes in here.
//! It knows how bytes travel, and nothing of what they mean.

mod ahead;
mod browser;
mod desktop;
mod loopback;
mod wire;

use std::cell::Cell;
use std::rc::Rc;

use contract::{ChangeDesktop, Code, Command, DesktopStatus, Fault, FeedEvent, Wish, WorkspaceId};

pub use wire::{read_envelope, read_fault, read_reply, token_of_fragment};

use crate::say;

/// How the page reaches the app.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Transport {
    /// Through the desktop's webview.
    Desktop,
    /// Over HTTP on this machine.
    Loopback,
}

fn transport() -> Transport {
    if desktop::is_here() { Transport::Desktop } else { Transport::Loopback }
}

/// Takes the token out of the address, so that it is neither shown nor kept in the browser's history.
/// Call it once, before the first route is read.
pub fn start() {
    if transport() == Transport::Loopback {
        loopback::take_token();
    }
}

/// A command as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    name: &'static str,
    /// Its input, JSON text.
    payload: String,
}

impl Request {
    /// Writes a command.
    ///
    /// # Errors
    /// [`Code::Internal`] when it cannot be written.
    pub fn of<C: Command>(command: &C) -> Result<Self, Fault> {
        let payload = serde_json::to_string(command).map_err(|why| unwritable(&why))?;
        Ok(Self { name: C::NAME, payload })
    }

    /// Sends it, in a workspace where it is about one. Answers the reply's JSON text.
    ///
    /// # Errors
    /// The fault that the app answered; [`Code::Offline`] when the app itself cannot be reached.
    pub async fn send(self, workspace: Option<WorkspaceId>) -> Result<String, Fault> {
        match transport() {
            Transport::Desktop => wire::read_envelope(&desktop::call(self.name, &self.payload, workspace).await?),
            Transport::Loopback => loopback::call(self.name, &self.payload, workspace).await,
        }
    }
}

/// Carries a command out, in a workspace where it is about one.
///
/// # Errors
/// The fault that the app answered; [`Code::Offline`] when the app itself cannot be reached.
pub async fn call<C: Command>(command: C, workspace: Option<WorkspaceId>) -> Result<C::Reply, Fault> {
    let request = Request::of(&command)?;
    read_reply(&request.send(workspace).await?)
}

/// Hears what follows the event `after` in the feed of a workspace, and of the app itself, until the returned [`Listening`]
/// is dropped. A lost connection is taken up again where it broke.
pub fn listen(workspace: Option<WorkspaceId>, after: Option<u64>, hear: impl Fn(FeedEvent) + 'static) -> Listening {
    let open = Rc::new(Cell::new(true));
    let hear: Rc<dyn Fn(FeedEvent)> = Rc::new(hear);
    match transport() {
        Transport::Desktop => desktop::listen(workspace, after, hear, Rc::clone(&open)),
        Transport::Loopback => loopback::listen(workspace, after, hear, Rc::clone(&open)),
    }
    Listening { open }
}

/// Opens an address outside: in the person's browser.
pub fn open_outside(address: &str) {
    match transport() {
        Transport::Desktop => desktop::open_outside(address),
        Transport::Loopback => browser::open_tab(address),
    }
}

/// True in a window of the desktop's own, where there is a shell to ask.
#[must_use]
pub fn has_desktop() -> bool {
    transport() == Transport::Desktop
}

/// Hears what the desktop asks of this page, from its start on, in the place of whoever heard it before.
pub fn hear_wishes(hear: impl Fn(Wish) + 'static) {
    if has_desktop() {
        desktop::hear_wishes(hear);
    }
}

/// How the app stands on this desktop.
///
/// # Errors
/// [`Code::Offline`] when the shell cannot be reached, as in a browser.
pub async fn desktop_status() -> Result<DesktopStatus, Fault> {
    desktop::status().await
}

/// Changes how it stands.
///
/// # Errors
/// Why the shell did not take it.
pub async fn change_desktop(change: &ChangeDesktop) -> Result<DesktopStatus, Fault> {
    desktop::change(change).await
}

/// The end of the app's log, the newest line last.
///
/// # Errors
/// [`Code::Offline`] when the shell cannot be reached, as in a browser.
pub async fn desktop_log() -> Result<String, Fault> {
    desktop::log().await
}

/// Tells the shell that the first screen is drawn.
pub fn tell_shown() {
    if has_desktop() {
        desktop::tell_shown();
    }
}

/// Brings the quick chat.
pub fn show_quick() {
    desktop::show_quick();
}

/// Hides the quick chat.
pub fn hide_quick() {
    desktop::hide_quick();
}

/// Moves the quick chat with the pointer, whose button is down.
pub fn drag_quick() {
    desktop::drag_quick();
}

/// Goes on in the main window.
pub fn hand_over(wish: &Wish) {
    desktop::hand_over(wish);
}

/// A feed that is heard as long as this lives.
#[must_use = "a feed that is dropped is not heard"]
pub struct Listening {
    open: Rc<Cell<bool>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.open.set(false);
    }
}

fn unwritable(why: &serde_json::Error) -> Fault {
    Fault::new(Code::Internal, say::state::unwritable(why.to_string()))
}

fn unreachable_app(detail: &str) -> Fault {
    Fault::new(Code::Offline, say::state::unreachable(detail)).retryable()
}
