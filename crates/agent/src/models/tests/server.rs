//! A server that says what it is told to, piece by piece, and keeps what it was asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What it says to one request.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub(super) bytes: Vec<Piece>,
    pub(super) end: End,
}

#[derive(Debug, Clone)]
pub(super) enum Piece {
    Bytes(Vec<u8>),
    /// Until the test has seen what came before.
    Wait(Arc<Notify>),
}

#[derive(Debug, Clone, Default)]
pub(super) enum End {
    #[default]
    Close,
    /// Says nothing more, and stays.
    Silence,
}

/// What it was asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) head: String,
    pub(super) body: serde_json::Value,
}

impl Question {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

pub(super) struct Server {
    pub(super) url: String,
    questions: Arc<Mutex<Vec<Question>>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(super) fn questions(&self) -> Vec<Question> {
        self.questions.lock().unwrap().clone()
    }
}

/// Serves. `answer` is told how many requests came before.
pub(super) async fn serve(answer: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let questions = Arc::new(Mutex::new(Vec::new()));
    let (answer, count, kept) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)), questions.clone());
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (answer, count, kept) = (answer.clone(), count.clone(), kept.clone());
            tokio::spawn(async move { speak(stream, &*answer, &count, &kept).await });
        }
    });
    Server { url, questions, task }
}

async fn speak(
    mut stream: TcpStream,
    answer: &(dyn Fn(usize) -> Answer + Send + Sync),
    count: &AtomicUsize,
    kept: &Mutex<Vec<Question>>,
) {
    stream.set_nodelay(true).unwrap();
    let Some(question) = read(&mut stream).await else { return };
    kept.lock().unwrap().push(question);
    let Answer { bytes, end } = answer(count.fetch_add(1, Ordering::SeqCst));
    for piece in bytes {
        match piece {
            // Whoever has heard enough goes away.
            Piece::Bytes(bytes) => {
                if stream.write_all(&bytes).await.is_err() || stream.flush().await.is_err() {
                    return;
                }
            }
            Piece::Wait(notify) => notify.notified().await,
        }
    }
    match end {
        End::Close => {
            let _ = stream.shutdown().await;
        }
        End::Silence => std::future::pending().await,
    }
}

async fn read(stream: &mut TcpStream) -> Option<Question> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let Some(place) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..place].to_vec()).ok()?;
        let question = Question { head, body: serde_json::Value::Null };
        let length: usize = question.header("content-length")?.parse().ok()?;
        if bytes.len() >= place + 4 + length {
            return Some(Question { body: serde_json::from_slice(&bytes[place + 4..]).ok()?, ..question });
        }
    }
}

// One answer a connection: a client that kept it for its next request would meet a closed door.
const STREAM_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
    Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

fn chunk(bytes: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
    chunk.extend_from_slice(bytes);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// A stream in pieces, each a chunk and a write of its own: whoever reads it is handed them one by one.
pub(super) fn pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Answer {
    let mut answer = begun(pieces);
    answer.bytes.push(Piece::Bytes(b"0\r\n\r\n".to_vec()));
    answer
}

/// As [`pieces`], and then the line goes dead without a word.
pub(super) fn begun<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Answer {
    let mut bytes = vec![Piece::Bytes(STREAM_HEAD.as_bytes().to_vec())];
    // An empty chunk would be the end.
    bytes.extend(pieces.into_iter().filter(|piece| !piece.is_empty()).map(|piece| Piece::Bytes(chunk(piece))));
    Answer { bytes, end: End::Close }
}

/// A stream that ends when the connection does: nothing on the wire tells whether it is whole.
pub(super) fn unmeasured(body: &[u8]) -> Answer {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".to_vec();
    Answer { bytes: vec![Piece::Bytes(head), Piece::Bytes(body.to_vec())], end: End::Close }
}

/// An answer with a status.
pub(super) fn status(status: &str, headers: &str, body: &str) -> Answer {
    let head =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    Answer { bytes: vec![Piece::Bytes(head.into_bytes())], end: End::Close }
}
