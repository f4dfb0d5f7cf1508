//! A blank Chromium window, opened as an app. The page tells by a request when its first frames have been drawn, so that no
//! driver is needed.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::{Start, driver, tree};

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const PATIENCE: Duration = Duration::from_secs(60);
const BLANK: &str = "<!doctype html><title>Blank</title>\
    <script>requestAnimationFrame(() => requestAnimationFrame(() => fetch('/drawn')))</script>";

pub(crate) struct Chromium {
    program: PathBuf,
    /// Kept from start to start, as a person's would be.
    profile: TempDir,
}

impl Chromium {
    pub(crate) fn find() -> Option<Self> {
        let folders = std::env::var_os("PATH")?;
        let mut places = std::env::split_paths(&folders).flat_map(|folder| NAMES.map(|name| folder.join(name)));
        let program = places.find(|place| place.is_file())?;
        Some(Self { program, profile: TempDir::with_prefix("pmos-bench-").unwrap() })
    }

    pub(crate) async fn start(&mut self, rest: Duration) -> Start {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let page = format!("--app=http://{}/", listener.local_addr().unwrap());
        let begun = Instant::now();
        // Should this program be killed, the kernel ends it. The sandbox is refused to root, who runs many pipelines.
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "--"])
            .arg(&self.program)
            .args([&page, "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--no-sandbox"])
            .args(["--disable-dev-shm-usage", "--password-store=basic", "--window-size=1440,900"])
            .arg(format!("--user-data-dir={}", self.profile.path().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let drawn = tokio::time::timeout(PATIENCE, serve_until_drawn(&listener)).await;
        let ms = begun.elapsed().as_secs_f64() * 1000.0;
        let mut mb = 0.0;
        if drawn.is_ok() {
            tokio::time::sleep(rest).await;
            let mut all = driver::descendants(child.id());
            all.push(child.id());
            mb = tree::megabytes(&all);
        }
        for id in driver::descendants(child.id()) {
            let _gone_already = Command::new("kill").args(["-KILL", &id.to_string()]).stderr(Stdio::null()).status();
        }
        let _gone_already = child.kill();
        let _no_longer_ours = child.wait();
        assert!(drawn.is_ok(), "Chromium did not draw its window");
        Start { ms, mb }
    }
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
    let length = BLANK.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close");
    let _closed_early = stream.write_all(format!("{head}\r\n\r\n{BLANK}").as_bytes()).await;
}
