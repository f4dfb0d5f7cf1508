//! A model's server that says what a test tells it to, over HTTP as a real one does.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server answers to one request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Words.
    Says(String),
    /// Words, and calls: the command and its input.
    Calls(String, Vec<(String, Value)>),
    /// Pieces of words, and then nothing more, for as long as somebody listens.
    Stalls(String),
    /// A status with this body.
    Fails(u16, &'static str),
    /// The same with words of the test's own making.
    Refuses(u16, String),
    /// Words, and the line is cut.
    Breaks(String),
    /// Thoughts in the open, which the server wants back, and then this.
    Thinks(String, Box<Self>),
}

impl Reply {
    pub(crate) fn says(text: &str) -> Self {
        Self::Says(text.into())
    }
    pub(crate) fn calls<N: Into<String>>(calls: Vec<(N, Value)>) -> Self {
        Self::Calls(String::new(), calls.into_iter().map(|(name, input)| (name.into(), input)).collect())
    }
}

type Script = dyn FnMut(&Value) -> Reply + Send;

/// A server on loopback. It ends with the test's runtime.
#[derive(Clone)]
pub(crate) struct Scripted {
    port: u16,
    asked: Arc<Mutex<Vec<Value>>>,
    /// What stood before each, in small letters: the way and the headers.
    heads: Arc<Mutex<Vec<String>>>,
    /// Tokens of a request and of a reply.
    uses: Arc<Mutex<(u64, u64)>>,
}

impl Scripted {
    /// Answers each request with what the script says to it.
    pub(crate) async fn start(script: impl FnMut(&Value) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
        let (script, heard): (Arc<Mutex<Box<Script>>>, _) = (Arc::new(Mutex::new(Box::new(script))), asked.clone());
        let uses = Arc::new(Mutex::new((10, 5)));
        let (told, heads) = (uses.clone(), Arc::<Mutex<Vec<String>>>::default());
        let kept = heads.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(serve(line, script.clone(), heard.clone(), kept.clone(), told.clone()));
            }
        });
        Self { port, asked, heads, uses }
    }

    /// Answers with these, one after another, and then says that it has nothing more to say.
    pub(crate) async fn saying(replies: Vec<Reply>) -> Self {
        let mut replies = replies.into_iter();
        Self::start(move |_| replies.next().unwrap_or_else(|| Reply::says("I have nothing more to say."))).await
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// Says from here on that each request has so many tokens, and each reply.
    pub(crate) fn uses(&self, request: u64, reply: u64) {
        *self.uses.lock().unwrap() = (request, reply);
    }

    /// The headers of what it was asked, in order and in small letters.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// What it was asked, in order.
    pub(crate) fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(
    mut line: TcpStream,
    script: Arc<Mutex<Box<Script>>>,
    heard: Arc<Mutex<Vec<Value>>>,
    heads: Arc<Mutex<Vec<String>>>,
    uses: Arc<Mutex<(u64, u64)>>,
) {
    let Some((head, body)) = request(&mut line).await else { return };
    heads.lock().unwrap().push(head);
    heard.lock().unwrap().push(body.clone());
    let reply = (script.lock().unwrap())(&body);
    let uses = *uses.lock().unwrap();
    // Whoever no longer listens has gone on.
    let _ = answer(&mut line, reply, uses).await;
}

async fn request(line: &mut TcpStream) -> Option<(String, Value)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        let read = line.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            return Some((head, serde_json::from_slice(&bytes[end + 4..]).ok()?));
        }
    }
}

async fn answer(line: &mut TcpStream, reply: Reply, uses: (u64, u64)) -> std::io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    let (thought, reply) = match reply {
        Reply::Thinks(thought, reply) => (thought, *reply),
        other @ (Reply::Says(_)
        | Reply::Calls(..)
        | Reply::Stalls(_)
        | Reply::Fails(..)
        | Reply::Refuses(..)
        | Reply::Breaks(_)) => (String::new(), other),
    };
    let (text, calls, ending) = match reply {
        Reply::Thinks(..) => return Ok(()),
        Reply::Fails(status, body) => return fail(line, status, body).await,
        Reply::Refuses(status, body) => return fail(line, status, &body).await,
        Reply::Says(text) => (text, Vec::new(), Some("stop")),
        Reply::Calls(text, calls) => (text, calls, Some("tool_calls")),
        Reply::Breaks(text) => (text, Vec::new(), None),
        Reply::Stalls(text) => {
            line.write_all(head.as_bytes()).await?;
            line.write_all(event(&json!({ "content": text }), None).as_bytes()).await?;
            line.flush().await?;
            // Until whoever asked hangs up.
            let mut rest = [0; 64];
            while line.read(&mut rest).await? > 0 {}
            return Ok(());
        }
    };
    line.write_all(head.as_bytes()).await?;
    if !thought.is_empty() {
        line.write_all(event(&json!({ "reasoning_content": thought }), None).as_bytes()).await?;
    }
    if !text.is_empty() {
        line.write_all(event(&json!({ "content": text }), None).as_bytes()).await?;
    }
    for (index, (tool, input)) in calls.iter().enumerate() {
        let function = json!({ "name": tool.replace('.', "_"), "arguments": input.to_string() });
        let call = json!({ "index": index, "id": format!("call_{index}"), "type": "function", "function": function });
        line.write_all(event(&json!({ "tool_calls": [call] }), None).as_bytes()).await?;
    }
    let Some(ending) = ending else { return Ok(()) };
    line.write_all(event(&json!({}), Some(ending)).as_bytes()).await?;
    let used = json!({
        "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [],
        "usage": { "prompt_tokens": uses.0, "completion_tokens": uses.1, "total_tokens": uses.0 + uses.1 },
    });
    line.write_all(format!("data: {used}\n\ndata: [DONE]\n\n").as_bytes()).await?;
    line.flush().await
}

async fn fail(line: &mut TcpStream, status: u16, body: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).await?;
    line.write_all(body.as_bytes()).await
}

fn event(delta: &Value, ending: Option<&str>) -> String {
    let choice = json!({ "index": 0, "delta": delta, "finish_reason": ending });
    let chunk = json!({
        "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice],
    });
    format!("data: {chunk}\n\n")
}
