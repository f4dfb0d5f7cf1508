//! A mail server for one purpose: it takes plain submissions on loopback and keeps what arrived.
//!
//! It speaks enough of SMTP (RFC 5321) for a client to sign in with PLAIN or LOGIN and hand over messages. It delivers
//! nothing and encrypts nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use crate::sim::StartError;

/// The longest message that is taken, in bytes.
const LARGEST_MESSAGE: usize = 10 << 20;

/// A message that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who sent it, as the envelope says.
    pub from: String,
    /// Whom it is for, as the envelope says.
    pub to: Vec<String>,
    /// Headers and body, with dots as they were written.
    pub text: String,
    /// Who was signed in, if anybody was.
    pub signed_in: Option<String>,
}

impl Mail {
    /// A header by its name, unfolded.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
        head.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// What stands behind the headers.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

/// How to start.
#[derive(Debug, Clone, Default)]
pub struct SmtpOptions {
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// Name and password; `None` lets everybody send.
    pub login: Option<(String, String)>,
}

#[derive(Debug, Default)]
struct Inbox {
    arrived: Vec<Mail>,
    refusals: Vec<(u16, String)>,
}

/// A running mail server. Dropping it stops it.
#[derive(Debug)]
pub struct Smtp {
    inbox: Arc<Mutex<Inbox>>,
    port: u16,
    task: JoinHandle<()>,
}

fn lock(inbox: &Mutex<Inbox>) -> MutexGuard<'_, Inbox> {
    inbox.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Smtp {
    /// Listens on loopback.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(options: SmtpOptions) -> Result<Self, StartError> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
        let port = listener.local_addr()?.port();
        let inbox = Arc::new(Mutex::new(Inbox::default()));
        let shared = Arc::clone(&inbox);
        let task = tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (inbox, login) = (Arc::clone(&shared), options.login.clone());
                open.spawn(async move {
                    let (read, write) = stream.into_split();
                    let mut talk = Talk { read: BufReader::new(read), write, inbox, login };
                    if let Err(error) = talk.serve().await {
                        tracing::debug!(%error, "a mail client went away");
                    }
                });
                while open.try_join_next().is_some() {}
            }
        });
        Ok(Self { inbox, port, task })
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The messages that arrived, in order.
    #[must_use]
    pub fn arrived(&self) -> Vec<Mail> {
        lock(&self.inbox).arrived.clone()
    }

    /// The next message is refused with this code, such as 421 or 550, and this text.
    pub fn refuse_next(&self, code: u16, text: &str) {
        lock(&self.inbox).refusals.push((code, text.to_owned()));
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Talk<R, W> {
    read: R,
    write: W,
    inbox: Arc<Mutex<Inbox>>,
    login: Option<(String, String)>,
}

impl<R: AsyncBufRead + Unpin, W: AsyncWrite + Unpin> Talk<R, W> {
    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.write.write_all(format!("{line}\r\n").as_bytes()).await
    }

    /// The next line without its end; `None` when the client is gone.
    async fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut bytes = Vec::new();
        if self.read.read_until(b'\n', &mut bytes).await? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    async fn serve(&mut self) -> std::io::Result<()> {
        self.say("220 sample ESMTP").await?;
        let (mut from, mut to): (Option<String>, Vec<String>) = (None, Vec::new());
        let mut signed_in: Option<String> = None;
        while let Some(line) = self.line().await? {
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => {
                    self.say("250-sample").await?;
                    self.say(&format!("250-SIZE {LARGEST_MESSAGE}")).await?;
                    self.say("250-8BITMIME").await?;
                    self.say("250-SMTPUTF8").await?;
                    self.say("250 AUTH PLAIN LOGIN").await?;
                }
                "HELO" => self.say("250 sample").await?,
                "AUTH" => {
                    signed_in = self.sign_in(rest).await?;
                    let answer = if signed_in.is_some() { "235 Signed in" } else { "535 5.7.8 Wrong name or password" };
                    self.say(answer).await?;
                }
                "MAIL" if self.login.is_some() && signed_in.is_none() => self.say("530 5.7.0 Sign in first").await?,
                "MAIL" => {
                    from = Some(address(rest));
                    to.clear();
                    self.say("250 Ok").await?;
                }
                "RCPT" if from.is_none() => self.say("503 5.5.1 MAIL first").await?,
                "RCPT" => {
                    to.push(address(rest));
                    self.say("250 Ok").await?;
                }
                "DATA" if to.is_empty() => self.say("503 5.5.1 RCPT first").await?,
                "DATA" => {
                    self.say("354 End with a dot on a line of its own").await?;
                    let Some(text) = self.message().await? else { return Ok(()) };
                    let refusal = {
                        let mut inbox = lock(&self.inbox);
                        (!inbox.refusals.is_empty()).then(|| inbox.refusals.remove(0))
                    };
                    let answer = match refusal {
                        Some((code, why)) => format!("{code} {why}"),
                        None => {
                            let (from, to) = (from.take().unwrap_or_default(), std::mem::take(&mut to));
                            let mail = Mail { from, to, text, signed_in: signed_in.clone() };
                            lock(&self.inbox).arrived.push(mail);
                            "250 Ok".to_owned()
                        }
                    };
                    self.say(&answer).await?;
                }
                "RSET" => {
                    (from, to) = (None, Vec::new());
                    self.say("250 Ok").await?;
                }
                "NOOP" => self.say("250 Ok").await?,
                "QUIT" => return self.say("221 Bye").await,
                _ => self.say("502 5.5.2 Not known here").await?,
            }
        }
        Ok(())
    }

    /// The name, if it and the password are good.
    async fn sign_in(&mut self, rest: &str) -> std::io::Result<Option<String>> {
        let (way, first) = rest.split_once(' ').unwrap_or((rest, ""));
        let pair = if way.eq_ignore_ascii_case("PLAIN") {
            let answer = if first.is_empty() { self.asked("").await? } else { decoded(first) };
            let mut parts = answer.splitn(3, '\0').skip(1).map(str::to_owned);
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
        } else {
            let name = if first.is_empty() { self.asked("VXNlcm5hbWU6").await? } else { decoded(first) };
            (name, self.asked("UGFzc3dvcmQ6").await?)
        };
        let is_good = self.login.as_ref().is_none_or(|login| *login == pair);
        Ok(is_good.then_some(pair.0))
    }

    async fn asked(&mut self, word: &str) -> std::io::Result<String> {
        self.say(&format!("334 {word}")).await?;
        Ok(decoded(&self.line().await?.unwrap_or_default()))
    }

    /// A message up to its dot. `None` if the client went away or it is too long.
    async fn message(&mut self) -> std::io::Result<Option<String>> {
        let mut text = String::new();
        while let Some(line) = self.line().await? {
            if line == "." {
                return Ok(Some(text));
            }
            // A line that begins with a dot was sent with a second one.
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
            if text.len() > LARGEST_MESSAGE {
                return Ok(None);
            }
        }
        Ok(None)
    }
}

/// What stands between the brackets.
fn address(rest: &str) -> String {
    let inside = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(|| rest.to_owned(), |(address, _)| address.to_owned())
}

fn decoded(text: &str) -> String {
    let bytes = STANDARD.decode(text.trim()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
