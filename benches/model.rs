//! What a model's server on loopback hears and says: OpenAI's chat completions, as a stream of events.

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// What comes before the events.
pub(crate) const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

/// A piece of an answer, or its end.
pub(crate) fn chunk(delta: &Value, ending: Option<&str>) -> String {
    let choice = json!({ "index": 0, "delta": delta, "finish_reason": ending });
    let chunk =
        json!({ "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice] });
    format!("data: {chunk}\n\n")
}

/// Reads a request to its end; its body.
pub(crate) async fn request(line: &mut TcpStream) -> Option<Value> {
    let mut bytes = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = line.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            return serde_json::from_slice(&bytes[end + 4..]).ok();
        }
    }
}
