use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{at, client, err, seed};
use crate::oauth::{Ending, Loopback, LoopbackError, Outcome, Refused, SignIn};

const LONG: Duration = Duration::from_secs(600);

struct Scene {
    port: u16,
    attempt: Arc<SignIn>,
    state: String,
}

/// A listener on a free port and an attempt that is redirected to it.
async fn scene() -> (Loopback, Scene) {
    let listener = Loopback::bind(0).await.unwrap();
    let port = listener.port();
    let attempt = SignIn::begin(client("http://127.0.0.1:1", port), "Acme", at(0), &seed(3));
    let state = attempt.url().query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
    (listener, Scene { port, attempt: Arc::new(attempt), state })
}

impl Scene {
    async fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    async fn get(&self, target: &str) -> TcpStream {
        self.send(&format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)).await
    }

    fn answer(&self) -> String {
        format!("/callback?code=the-code&state={}", self.state)
    }
}

async fn page(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test]
async fn the_page_waits_for_the_result() {
    for (outcome, shown) in [(Outcome::SignedIn, "You are signed in"), (Outcome::Failed, "You are not signed in")] {
        let (listener, scene) = scene().await;
        let attempt = Arc::clone(&scene.attempt);
        let waiting = tokio::spawn(async move { listener.wait(&attempt, || at(1), LONG).await });
        let mut browser = scene.get(&scene.answer()).await;
        let arrival = waiting.await.unwrap().ok().unwrap();
        assert!(browser.try_read(&mut [0; 1]).is_err(), "nothing is shown before the result is known");
        arrival.page.finish(outcome).await;
        let mut text = String::new();
        browser.read_to_string(&mut text).await.unwrap();
        assert!(text.contains(shown), "{text}");
        assert!(!text.contains("the-code") && !text.contains(&scene.state));
    }
}

#[tokio::test]
async fn a_result_that_never_comes_still_ends_the_page() {
    let (listener, scene) = scene().await;
    let attempt = Arc::clone(&scene.attempt);
    let waiting = tokio::spawn(async move { listener.wait(&attempt, || at(1), LONG).await });
    let browser = scene.get(&scene.answer()).await;
    drop(waiting.await.unwrap().ok().unwrap());
    assert!(page(browser).await.contains("You are not signed in"));
}

#[tokio::test]
async fn strangers_get_a_page_and_the_wait_goes_on() {
    let (listener, scene) = scene().await;
    let attempt = Arc::clone(&scene.attempt);
    let mut waiting = tokio::spawn(async move { listener.wait(&attempt, || at(1), LONG).await });
    let silent = TcpStream::connect(("127.0.0.1", scene.port)).await.unwrap();
    let half = scene.send("GET /callb").await;
    let host = format!("Host: 127.0.0.1:{}", scene.port);
    let answer = scene.answer();
    for (request, shown) in [
        (format!("GET /favicon.ico HTTP/1.1\r\n{host}\r\n\r\n"), "404 Not Found"),
        (format!("GET / HTTP/1.1\r\n{host}\r\n\r\n"), "404 Not Found"),
        (format!("POST {answer} HTTP/1.1\r\n{host}\r\n\r\n"), "400 Bad Request"),
        (format!("GET {answer} HTTP/1.1\r\nHost: evil.example.com\r\n\r\n"), "400 Bad Request"),
        (format!("GET {answer} HTTP/1.1\r\n\r\n"), "400 Bad Request"),
        (format!("GET http://127.0.0.1{answer} HTTP/1.1\r\n{host}\r\n\r\n"), "404 Not Found"),
        (format!("GET /callback?code=x&state=y HTTP/1.1\r\n{host}\r\n\r\n"), "Not the awaited answer"),
        (format!("GET /callback HTTP/1.1\r\n{host}\r\n\r\n"), "Not the awaited answer"),
        (format!("GET /callback?state={} HTTP/1.1\r\n{host}\r\n\r\n", scene.state), "Not the awaited answer"),
        ("\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), "400 Bad Request"),
    ] {
        let shown_to = page(scene.send(&request).await);
        let text = tokio::select! {
            text = shown_to => text,
            _ = &mut waiting => panic!("{request:?} was taken for the answer"),
        };
        assert!(text.contains(shown), "{request:?}: {text}");
    }
    drop(half);
    let browser = scene.get(&answer).await;
    waiting.await.unwrap().ok().unwrap().page.finish(Outcome::SignedIn).await;
    assert!(page(browser).await.contains("You are signed in"));
    drop(silent);
}

#[tokio::test]
async fn a_denial_ends_the_wait() {
    let (listener, scene) = scene().await;
    let attempt = Arc::clone(&scene.attempt);
    let waiting = tokio::spawn(async move { listener.wait(&attempt, || at(1), LONG).await });
    let browser = scene.get(&format!("/callback?error=access_denied&state={}", scene.state)).await;
    assert_eq!(err(waiting.await.unwrap()), Ending::Refused(Refused::Denied));
    assert!(page(browser).await.contains("You are not signed in"));
}

#[tokio::test]
async fn an_answer_that_was_pasted_first_is_not_taken_twice() {
    let (listener, scene) = scene().await;
    let pasted = format!("http://127.0.0.1:{}{}", scene.port, scene.answer());
    assert!(scene.attempt.accept(&pasted, at(1)).is_ok());
    let attempt = Arc::clone(&scene.attempt);
    let waiting = tokio::spawn(async move { listener.wait(&attempt, || at(1), LONG).await });
    let _browser = scene.get(&scene.answer()).await;
    assert_eq!(err(waiting.await.unwrap()), Ending::Refused(Refused::AlreadyUsed));
}

#[tokio::test]
async fn the_wait_ends_by_itself() {
    let (listener, scene) = scene().await;
    let limit = Duration::from_millis(1);
    let ended = listener.wait(&scene.attempt, || at(1), limit).await;
    assert_eq!(err(ended), Ending::TimedOut);
    Loopback::bind(scene.port).await.unwrap();
}

#[tokio::test]
async fn cancelling_frees_the_port() {
    let (listener, scene) = scene().await;
    assert_eq!(err(Loopback::bind(scene.port).await), LoopbackError::PortInUse { port: scene.port });
    let attempt = Arc::clone(&scene.attempt);
    let waiting = tokio::spawn(async move { listener.wait(&attempt, || at(1), LONG).await.is_ok() });
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    Loopback::bind(scene.port).await.unwrap();
}
