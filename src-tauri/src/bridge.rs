//! The window's one door: a command by name, the feed by a channel, and a link opened outside.
//!
//! It knows no command by name and keeps nothing.

use contract::{Caller, Code, Door, Fault, WorkspaceId};
use engine::Engine;
use futures::StreamExt;
use tauri::State;
use tauri::ipc::{Channel, Response};

/// The engine, or why there is none: then every call says so.
pub(crate) struct Held(pub(crate) Result<Engine, Fault>);

impl Held {
    pub(crate) fn engine(&self) -> Result<Engine, Fault> {
        self.0.clone()
    }
}

/// Carries a command out. The body is `{"Ok": reply}` or `{"Err": fault}`; a rejected promise means that the window could
/// not reach the app at all.
#[tauri::command]
pub(crate) async fn rpc(
    held: State<'_, Held>,
    name: String,
    workspace: Option<String>,
    payload: String,
) -> Result<Response, ()> {
    let answer = async {
        let caller = Caller::person(Door::Window, id(workspace)?);
        held.engine()?.call(&caller, &name, &payload).await
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
    let engine = held.engine().map_err(|fault| fault.message)?;
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

/// Opens a link in the person's browser. Links of the web and of mail only.
#[tauri::command]
pub(crate) async fn open_outside(url: String) -> Result<(), String> {
    let allowed = ["https://", "http://127.0.0.1", "http://localhost", "mailto:"];
    if !allowed.iter().any(|start| url.starts_with(start)) {
        return Err("Only links of the web and of mail are opened.".into());
    }
    tauri_plugin_opener::open_url(&url, None::<&str>)
        .map_err(|_| format!("The system opened no browser. Copy this address instead: {url}"))
}

fn id(workspace: Option<String>) -> Result<Option<WorkspaceId>, Fault> {
    let parse = |text: String| {
        text.parse().map_err(|_| Fault::new(Code::Invalid, "The workspace must be given by its number."))
    };
    workspace.map(parse).transpose()
}
