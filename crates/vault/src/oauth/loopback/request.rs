//! As much of HTTP/1.1 as one GET without a body needs, bounded in bytes and time.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use zeroize::Zeroizing;

use crate::oauth::client::Redirect;
use crate::oauth::page::Page;

const MOST_HEAD: usize = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// A request for the callback's path.
pub(super) struct Heard {
    pub(super) stream: TcpStream,
    /// The whole address that the browser was sent to. It holds the code.
    pub(super) answer: Zeroizing<String>,
}

/// Reads one request. One that is not for the callback gets its page here and is `None`.
pub(super) async fn hear(mut stream: TcpStream, redirect: &Redirect, port: u16) -> Option<Heard> {
    let head = tokio::time::timeout(PATIENCE, read_head(&mut stream)).await.ok()??;
    match callback(&head, redirect, port) {
        Ok(answer) => Some(Heard { stream, answer }),
        Err(page) => {
            show(&mut stream, page).await;
            None
        }
    }
}

/// Shows a page and closes. A browser that has gone away is no failure.
pub(super) async fn show(stream: &mut TcpStream, page: Page) {
    let response = page.response();
    let shown = async {
        stream.write_all(response.as_bytes()).await?;
        stream.shutdown().await
    };
    if tokio::time::timeout(PATIENCE, shown).await.is_err() {
        tracing::debug!("a browser did not take its page");
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<Zeroizing<Vec<u8>>> {
    let mut head = Zeroizing::new(Vec::with_capacity(MOST_HEAD));
    let mut limited = stream.take(MOST_HEAD as u64);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if limited.read_buf(&mut *head).await.ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

fn callback(head: &[u8], redirect: &Redirect, port: u16) -> Result<Zeroizing<String>, Page> {
    let text = std::str::from_utf8(head).map_err(|_| Page::BadRequest)?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some("GET"), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Page::BadRequest);
    };
    // A page elsewhere can make a browser call this port under its own name; ours is the only one that counts.
    let host = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim());
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !host.is_some_and(|host| ours.iter().any(|own| own == host)) {
        return Err(Page::BadRequest);
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if path != redirect.url().path() {
        return Err(Page::NotFound);
    }
    let name = redirect.url().host_str().unwrap_or("127.0.0.1");
    Ok(Zeroizing::new(format!("http://{name}:{port}{target}")))
}
