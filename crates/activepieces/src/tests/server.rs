//! A server of HTTP/1.1 on loopback that does exactly as told: answers, keeps silent, breaks off in the middle, resets, or
//! becomes a websocket.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::{Address, Client, Credential, Credentials, Fault, Patience, Secret, Settings};

/// A request that came.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) token: Option<String>,
    pub(super) body: String,
    key: Option<String>,
}

impl Seen {
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    pub(super) fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }
}

/// What is done with it.
pub(super) enum Reply {
    Say(u16, String),
    With(u16, &'static str, String, String),
    /// Nothing, for as long as the client waits.
    Hang,
    /// A body that does not say how long it is.
    Unsaid(String),
    /// A body of which only the length comes.
    Announced(usize),
    /// Half of an answer.
    Half(String),
    /// The connection is reset.
    Reset,
    /// It becomes a websocket.
    Socket,
}

impl Reply {
    pub(super) fn ok(body: impl ToString) -> Self {
        Self::Say(200, body.to_string())
    }
}

pub(super) type Ears = Arc<dyn Fn(WebSocketStream<TcpStream>) -> BoxFuture<'static, ()> + Send + Sync>;

pub(super) struct Server {
    pub(super) url: String,
    log: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(super) async fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(answer, Arc::new(|_| Box::pin(async {}))).await
    }

    pub(super) async fn start_with(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static, ears: Ears) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::new(Mutex::new(Vec::new()));
        let (answer, kept) = (Arc::new(answer), log.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, kept, ears) = (answer.clone(), kept.clone(), ears.clone());
                tokio::spawn(async move { serve(stream, &*answer, &kept, &ears).await });
            }
        });
        Self { url, log }
    }

    /// Answers in this order, whatever is asked; signing in is always answered.
    pub(super) async fn scripted(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Mutex<VecDeque<Reply>> = Mutex::new(replies.into_iter().collect());
        Self::start(move |seen| sign_in(seen).unwrap_or_else(|| replies.lock().unwrap().pop_front().expect("one more")))
            .await
    }

    /// The requests that came, without those of signing in.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.all().into_iter().filter(|seen| !seen.path.contains("authentication")).collect()
    }

    pub(super) fn all(&self) -> Vec<Seen> {
        self.log.lock().unwrap().clone()
    }

    pub(super) fn client(&self) -> Client {
        self.client_of(Arc::new(Ada::default()))
    }

    pub(super) fn client_of(&self, credentials: Arc<dyn Credentials>) -> Client {
        self.client_with(credentials, patience())
    }

    pub(super) fn client_with(&self, credentials: Arc<dyn Credentials>, patience: Patience) -> Client {
        let clock = Arc::new(noon);
        Client::new(Settings { address: Address::parse(&self.url).unwrap(), credentials, clock, patience }).unwrap()
    }
}

/// Waits long for what comes, and hardly between two tries.
pub(super) fn patience() -> Patience {
    Patience { pause: Duration::from_millis(1), longest_pause: Duration::from_millis(20), ..Patience::default() }
}

pub(super) fn noon() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// Somebody with a password.
#[derive(Default)]
pub(super) struct Ada {
    pub(super) kept: Mutex<Vec<Secret>>,
    pub(super) from_before: Option<Secret>,
}

pub(super) const PASSWORD: &str = "Loopback-1234-very-secret";

impl Credentials for Ada {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, Fault>> {
        let credential = Credential::Password { email: "ada@example.com".to_owned(), password: Secret::new(PASSWORD) };
        Box::pin(async { Ok(credential) })
    }

    fn kept_token(&self) -> BoxFuture<'_, Option<Secret>> {
        Box::pin(async { self.from_before.clone() })
    }

    fn keep_token(&self, token: Secret) -> BoxFuture<'_, ()> {
        self.kept.lock().unwrap().push(token);
        Box::pin(async {})
    }
}

/// A token of the server's shape that ends after so many hours from noon.
pub(super) fn token(number: u32, hours: i64) -> String {
    use base64::Engine as _;
    let claims = serde_json::json!({
        "id": "user-ada", "type": "USER", "platform": {"id": "platform-1"}, "tokenVersion": number,
        "exp": noon().as_second() + hours * 3600, "iss": "activepieces",
    });
    let part = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims.to_string());
    format!("eyJhbGciOiJIUzI1NiJ9.{part}.sealed{number}")
}

/// The answer to a sign-in with the right password.
pub(super) fn sign_in(seen: &Seen) -> Option<Reply> {
    seen.is("POST", "/api/v1/authentication/sign-in").then(|| signed_in(&token(1, 168)))
}

pub(super) fn signed_in(token: &str) -> Reply {
    Reply::ok(serde_json::json!({
        "id": "user-ada", "platformId": "platform-1", "platformRole": "ADMIN", "status": "ACTIVE", "externalId": null,
        "firstName": "Ada", "lastName": "Tester", "email": "ada@example.com", "verified": true, "token": token,
        "projectId": "project-1",
    }))
}

async fn serve(
    mut stream: TcpStream,
    answer: &(impl Fn(&Seen) -> Reply + Send + Sync),
    log: &Mutex<Vec<Seen>>,
    ears: &Ears,
) -> Option<()> {
    let mut buffer = Vec::new();
    loop {
        let seen = request(&mut stream, &mut buffer).await?;
        log.lock().unwrap().push(seen.clone());
        let (status, extra, body) = match answer(&seen) {
            Reply::Say(status, body) => (status, String::new(), body),
            Reply::With(status, name, value, body) => (status, format!("{name}: {value}\r\n"), body),
            Reply::Hang => return std::future::pending().await,
            Reply::Half(body) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let _ = stream.write_all((head + &body[..body.len() / 2]).as_bytes()).await;
                return None;
            }
            Reply::Unsaid(body) => {
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_owned();
                let _ = stream.write_all((head + &body).as_bytes()).await;
                return None;
            }
            Reply::Announced(length) => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
                let _ = stream.write_all(head.as_bytes()).await;
                return std::future::pending().await;
            }
            Reply::Reset => {
                let _ = stream.set_zero_linger();
                return None;
            }
            Reply::Socket => {
                let accept = derive_accept_key(seen.key.as_deref().unwrap_or_default().as_bytes());
                let head = format!(
                    "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: {accept}\r\n\r\n"
                );
                stream.write_all(head.as_bytes()).await.ok()?;
                let socket = WebSocketStream::from_raw_socket(stream, Role::Server, None).await;
                ears(socket).await;
                return None;
            }
        };
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n{extra}\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).await.ok()?;
    }
}

async fn request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Seen> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let url = url::Url::parse(&format!("http://x{target}")).ok()?;
    let header = |name: &str| {
        let found = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        found.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let length: usize = header("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
    while buffer.len() < end + 4 + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8(buffer[end + 4..end + 4 + length].to_vec()).ok()?;
    buffer.drain(..end + 4 + length);
    Some(Seen {
        method,
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        token: header("authorization").map(|value| value.trim_start_matches("Bearer ").to_owned()),
        body,
        key: header("sec-websocket-key"),
    })
}
