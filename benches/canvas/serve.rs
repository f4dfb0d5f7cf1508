//! A folder of files over loopback: a page, its script and its style.

use std::path::{Path, PathBuf};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves a folder as long as the bench runs; the address of its page.
pub(crate) async fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/index.html", listener.local_addr().unwrap());
    let folder = folder.to_owned();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(answer(line, folder.clone()));
        }
    });
    address
}

async fn answer(mut line: TcpStream, folder: PathBuf) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match line.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head);
    let name = head.split_whitespace().nth(1).unwrap_or_default().trim_start_matches('/');
    let kind = match name.rsplit_once('.') {
        Some((_, "html")) => "text/html",
        Some((_, "js")) => "text/javascript",
        Some((_, "css")) => "text/css",
        _ => "text/plain",
    };
    // Only what lies in the folder itself.
    let found = if name.contains('/') { None } else { std::fs::read(folder.join(name)).ok() };
    let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
    let body = found.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // Whoever no longer listens has gone on.
    let _ = line.write_all(head.as_bytes()).await;
    let _ = line.write_all(&body).await;
}
