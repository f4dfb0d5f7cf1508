//! The pages' one door: a command by name, the feed by a channel, what the shell asks, and a link opened outside.
//!
//! Which of these a window may use is said in `capabilities/`; which commands the quick chat may call, here.

use contract::{Caller, Code, Door, Effect, Fault, Wish, WorkspaceId};
use futures::StreamExt;
use tauri::ipc::{Channel, Response};
use tauri::{State, WebviewWindow};

use crate::opening::Held;
use crate::wishes::Wishes;
use crate::{quick, window};

/// A longer command is not read, in bytes: a message of the chat has at most a million characters.
const LONGEST: usize = 16 * 1024 * 1024;

/// Carries a command out. The body is `{"Ok": reply}` or `{"Err": fault}`; a rejected promise means that the window could
/// not reach the app at all.
#[tauri::command]
pub(crate) async fn rpc(
    window: WebviewWindow,
    held: State<'_, Held>,
    name: String,
    workspace: Option<String>,
    payload: String,
) -> Result<Response, ()> {
    let answer = async {
        may(window.label(), &name, payload.len())?;
        let caller = Caller::person(Door::Window, id(workspace)?);
        held.opened().await?.call(&caller, &name, &payload).await
    };
    let body = match answer.await {
        Ok(reply) => format!("{{\"Ok\":{reply}}}"),
        Err(fault) => match serde_json::to_string(&fault) {
            Ok(fault) => format!("{{\"Err\":{fault}}}"),
            Err(_) => r#"{"Err":{"code":"internal","message":"The answer could not be written."}}"#.to_owned(),
        },
    };
    Ok(Response::new(body.into_bytes()))
}

/// Sends the feed of one workspace into the channel until the window is gone or the app ends.
#[tauri::command]
pub(crate) async fn attach(
    held: State<'_, Held>,
    after: Option<u64>,
    workspace: Option<String>,
    channel: Channel<String>,
) -> Result<(), String> {
    let workspace = id(workspace).map_err(|fault| fault.message)?;
    let engine = held.opened().await.map_err(|fault| fault.message)?;
    let feed = engine.attach(after, workspace);
    let ended = engine.ended();
    tauri::async_runtime::spawn(async move {
        let mut feed = std::pin::pin!(feed.take_until(ended));
        while let Some(event) = feed.next().await {
            let Ok(text) = serde_json::to_string(&event) else { continue };
            if channel.send(text).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Hears what the shell asks of this window's page.
#[tauri::command]
pub(crate) async fn hear(window: WebviewWindow, wishes: State<'_, Wishes>, channel: Channel<Wish>) -> Result<(), ()> {
    wishes.hear(window.label(), channel);
    Ok(())
}

/// Whether a window may call this command: the main window any, the quick chat what reads, and what a conversation needs.
fn may(window: &str, name: &str, length: usize) -> Result<(), Fault> {
    if length > LONGEST {
        return Err(Fault::new(Code::Invalid, "That is more than can be read at once. Do it in parts."));
    }
    let effect = contract::find(name).map(|command| command.effect);
    let talks = name.starts_with("chat.") || name == "workspace.open";
    match (window, effect) {
        (window::MAIN, _) | (quick::QUICK, Some(Effect::Read)) => Ok(()),
        (quick::QUICK, Some(Effect::Local)) if talks => Ok(()),
        _ => Err(Fault::new(Code::Forbidden, "The quick chat does not do that. Go on in PM OS, and do it there.")),
    }
}

/// Opens a link in the person's browser. Links of the web and of mail only.
#[tauri::command]
pub(crate) async fn open_outside(url: String) -> Result<(), String> {
    open_address(&url)
}

/// The same, for the shell itself.
pub(crate) fn open_address(url: &str) -> Result<(), String> {
    if !may_open(url) {
        return Err("Only links of the web and of mail are opened.".into());
    }
    tauri_plugin_opener::open_url(url, None::<&str>)
        .map_err(|_| format!("The system opened no browser. Copy this address instead: {url}"))
}

/// Links of the web and of mail, and of what listens on this machine.
fn may_open(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return false };
    let is_here = || matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    matches!(url.scheme(), "https" | "mailto") || (url.scheme() == "http" && is_here())
}

fn id(workspace: Option<String>) -> Result<Option<WorkspaceId>, Fault> {
    let parse = |text: String| {
        text.parse().map_err(|_| Fault::new(Code::Invalid, "The workspace must be given by its number."))
    };
    workspace.map(parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_chat_reads_and_talks_and_does_nothing_else() {
        for name in
            ["chat.say", "chat.decide", "chat.start", "chat.draft", "today.show", "app.status", "workspace.open"]
        {
            assert!(may(quick::QUICK, name, 0).is_ok(), "{name}");
        }
        for name in [
            "settings.change",
            "signin.token",
            "vault.unlock",
            "chat.delete",
            "todo.complete",
            "history.undo",
            "no.such",
        ] {
            assert!(may(quick::QUICK, name, 0).is_err(), "{name}");
        }
    }

    #[test]
    fn a_window_that_nobody_knows_may_nothing() {
        assert!(may("other", "app.status", 0).is_err());
        assert!(may(window::MAIN, "settings.change", 0).is_ok());
    }

    #[test]
    fn more_than_can_be_said_is_not_read() {
        assert!(may(window::MAIN, "chat.say", LONGEST + 1).is_err());
    }
}
