//! The data of this start, opened. Where another program has it, it is waited for: mostly that is an app that is just ending.

use std::time::Duration;

use contract::{Code, Fault};
use engine::{Engine, Options};
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

use crate::hearing;

/// How often the data is tried while another program has it.
const AGAIN: Duration = Duration::from_millis(200);
/// After so many tries the person is told; it is tried further all the same.
const QUIET: usize = 15;

/// How it stands with the data.
#[derive(Clone)]
enum Data {
    Opening,
    Open(Engine),
    Shut(Fault),
}

/// The engine, or why there is none: then every call says so.
pub(crate) struct Held(watch::Sender<Data>);

impl Held {
    /// The engine, where there is one at this moment.
    pub(crate) fn engine(&self) -> Result<Engine, Fault> {
        match &*self.0.borrow() {
            Data::Open(engine) => Ok(engine.clone()),
            Data::Shut(fault) => Err(fault.clone()),
            Data::Opening => Err(Fault::new(Code::Busy, "PM OS is still opening its data. Try again in a moment.")),
        }
    }

    /// The engine, once it is known whether there is one.
    pub(crate) async fn opened(&self) -> Result<Engine, Fault> {
        // The sender is here: it cannot have gone.
        let _ = self.0.subscribe().wait_for(|data| !matches!(data, Data::Opening)).await;
        self.engine()
    }
}

/// Opens the data, and has the rest of the app work with it.
pub(crate) fn open(app: &AppHandle, options: Options) {
    let opened = tauri::async_runtime::block_on(Engine::open(options.clone()));
    let data = match &opened {
        Ok(engine) => Data::Open(engine.clone()),
        Err(fault) if fault.code == Code::Busy => Data::Opening,
        Err(fault) => Data::Shut(fault.clone()),
    };
    app.manage(Held(watch::Sender::new(data)));
    match opened {
        Ok(engine) => begin(app, engine),
        Err(fault) if fault.code == Code::Busy => {
            tracing::info!(message = fault.message, "the data is waited for");
            tauri::async_runtime::spawn(wait(app.clone(), options));
        }
        Err(fault) => tracing::error!(message = fault.message, "the data could not be opened"),
    }
}

fn begin(app: &AppHandle, engine: Engine) {
    tauri::async_runtime::spawn(server::serve_hooks(engine.clone()));
    tauri::async_runtime::spawn(hearing::hear(app.clone(), engine));
}

/// Tries until nobody else has the data.
async fn wait(app: AppHandle, options: Options) {
    let held = app.state::<Held>();
    for tries in 1.. {
        tokio::time::sleep(AGAIN).await;
        let data = match Engine::open(options.clone()).await {
            Ok(engine) => {
                begin(&app, engine.clone());
                Data::Open(engine)
            }
            Err(fault) if fault.code == Code::Busy && tries < QUIET => continue,
            Err(fault) => Data::Shut(fault),
        };
        let ends = !matches!(&data, Data::Shut(fault) if fault.code == Code::Busy);
        let before = held.0.send_replace(data);
        if ends {
            // What the pages show is out of date.
            if matches!(before, Data::Shut(_)) {
                app.webview_windows().values().for_each(|window| _ = window.reload());
            }
            return;
        }
    }
}
