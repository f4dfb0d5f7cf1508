//! A blank window of another program. Its page tells by a request when its first frames have been drawn, so that no driver is
//! needed.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::{PATIENCE, Start, guarded, tree};

const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const PAGE: &str = "<!doctype html><title>Blank</title>\
    <script>requestAnimationFrame(() => requestAnimationFrame(() => fetch('/drawn')))</script>";

/// A program that shows a blank page.
pub(crate) struct Blank {
    program: PathBuf,
    /// Before the page's address.
    arguments: Vec<String>,
    environment: Vec<(&'static str, &'static str)>,
    /// Kept from start to start, as a person's would be, where the program takes one.
    _profile: Option<TempDir>,
}

impl Blank {
    /// Chromium's window of an app, where there is one. The sandbox is refused to root, who runs many pipelines.
    pub(crate) fn chromium() -> Option<Self> {
        let folders = std::env::var_os("PATH")?;
        let mut places = std::env::split_paths(&folders).flat_map(|folder| CHROMIUM.map(|name| folder.join(name)));
        let program = places.find(|place| place.is_file())?;
        let profile = TempDir::with_prefix("pmos-bench-").unwrap();
        let mut arguments: Vec<String> =
            ["--no-first-run", "--no-default-browser-check", "--disable-gpu", "--no-sandbox"]
                .into_iter()
                .chain(["--disable-dev-shm-usage", "--password-store=basic", "--window-size=1440,900"])
                .map(str::to_owned)
                .collect();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        arguments.push("--app=".into());
        Some(Self { program, arguments, environment: Vec::new(), _profile: Some(profile) })
    }

    /// WebKitGTK's own little browser, with these variables more in its environment.
    pub(crate) fn webkit(environment: &[(&'static str, &'static str)]) -> Self {
        let libraries = std::fs::read_dir("/usr/lib").unwrap().flatten();
        let mut places = libraries.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
        let program = places.find(|place| place.is_file()).expect("MiniBrowser comes with WebKitGTK's driver");
        let arguments = vec!["--geometry=1440x900".into(), String::new()];
        Self { program, arguments, environment: environment.to_vec(), _profile: None }
    }

    pub(crate) async fn start(&self, rest: Duration) -> Start {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let mut arguments = self.arguments.clone();
        // The address follows `--app=`, or stands by itself.
        arguments.last_mut().unwrap().push_str(&format!("http://{}/", listener.local_addr().unwrap()));
        let begun = Instant::now();
        let mut command = guarded(&self.program);
        command.args(&arguments).envs(self.environment.iter().copied()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let drawn = tokio::time::timeout(PATIENCE, serve_until_drawn(&listener)).await;
        let ms = begun.elapsed().as_secs_f64() * 1000.0;
        let mut mb = 0.0;
        if drawn.is_ok() {
            tokio::time::sleep(rest).await;
            mb = tree::megabytes(&tree::of(child.id()));
        }
        end(&mut child);
        assert!(drawn.is_ok(), "{} did not draw its window", self.program.display());
        Start { ms, mb }
    }
}

fn end(child: &mut Child) {
    for id in tree::of(child.id()) {
        let _gone_already = Command::new("kill").args(["-KILL", &id.to_string()]).stderr(Stdio::null()).status();
    }
    let _no_longer_ours = child.wait();
}

/// Serves the blank page, and returns when it says that it has been drawn.
async fn serve_until_drawn(listener: &TcpListener) {
    let drawn = Arc::new(Notify::new());
    let serving = async {
        loop {
            // Each by itself: a browser also opens connections that it does not use yet.
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(answer(stream, drawn.clone()));
        }
    };
    tokio::select! {
        () = serving => {}
        () = drawn.notified() => {}
    }
}

async fn answer(mut stream: TcpStream, drawn: Arc<Notify>) {
    let mut request = [0_u8; 4096];
    let length = stream.read(&mut request).await.unwrap_or(0);
    if request[..length].starts_with(b"GET /drawn") {
        drawn.notify_one();
    }
    let length = PAGE.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close");
    let _closed_early = stream.write_all(format!("{head}\r\n\r\n{PAGE}").as_bytes()).await;
}
