//! WebKit's own driver and, through it, one app. Both are ended by their ids, whatever becomes of the test.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// How often a driver is asked whether it listens, and the pause between two times.
const KNOCKS: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

pub(crate) struct Driver {
    client: Option<Client>,
    process: Child,
    asked: Instant,
}

impl Driver {
    /// Starts a driver on a free port and has it start the app with these additions to the environment.
    pub(crate) async fn start(home: &Path, arguments: &[&str], environment: &[(String, String)]) -> Self {
        Self::start_program(env!("CARGO_BIN_EXE_pm-os"), home, arguments, environment).await
    }

    /// The same for any program with a web view. Where no folder for downloads is set up, WebKit puts them into `home`.
    pub(crate) async fn start_program(
        program: &str,
        home: &Path,
        arguments: &[&str],
        environment: &[(String, String)],
    ) -> Self {
        let port = free_port();
        // The driver hands its environment on to the app. Should this program be killed, the kernel ends it.
        let process = Command::new("setpriv")
            .current_dir(home)
            .args(["--pdeathsig", "TERM", "--", "WebKitWebDriver", "--host=127.0.0.1"])
            .arg(format!("--port={port}"))
            .envs([
                ("TAURI_AUTOMATION", "true"),
                ("TAURI_WEBVIEW_AUTOMATION", "true"),
                // With that renderer off, WebKit draws but never answers when asked for a picture.
                ("WEBKIT_DISABLE_DMABUF_RENDERER", "0"),
                ("TZ", "UTC"),
            ])
            .envs(environment.iter().map(|(key, value)| (key, value)))
            .stdin(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is installed by `cargo xtask test`");
        let mut driver = Self { client: None, process, asked: Instant::now() };
        driver.connect(port, program, arguments).await;
        driver
    }

    async fn connect(&mut self, port: u16, program: &str, arguments: &[&str]) {
        for _ in 0..KNOCKS {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                break;
            }
            assert!(self.process.try_wait().unwrap().is_none(), "WebKitWebDriver ended at once");
            tokio::time::sleep(PAUSE).await;
        }
        let wishes = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
        self.asked = Instant::now();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wishes.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the app did not open its window");
        self.client = Some(client);
    }

    pub(crate) fn client(&self) -> &Client {
        self.client.as_ref().expect("the driver is connected once it has started")
    }

    /// When the driver was asked to start the program.
    pub(crate) fn asked(&self) -> Instant {
        self.asked
    }

    /// The driver's process; the program and its web view descend from it.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends the session, which ends the app; dropping the driver ends what is left.
    pub(crate) async fn end(mut self) {
        if let Some(client) = self.client.take() {
            let _gone_already = client.close().await;
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Children first: they would be adopted by another process when their parent goes.
        for id in descendants(self.process.id()) {
            let _gone_already = Command::new("kill").args(["-KILL", &id.to_string()]).stderr(Stdio::null()).status();
        }
        let _gone_already = self.process.kill();
        let _no_longer_ours = self.process.wait();
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// The processes that a process started, and theirs, deepest first.
pub(crate) fn descendants(of: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for task in fs::read_dir(format!("/proc/{of}/task")).into_iter().flatten().flatten() {
        let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for child in children.split_whitespace().filter_map(|id| id.parse().ok()) {
            found.extend(descendants(child));
            found.push(child);
        }
    }
    found
}
