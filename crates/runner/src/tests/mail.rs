use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::desk::{brings, desk, one};
use super::kit::{Kit, Safe};
use crate::pieces::HttpLimits;
use crate::{RunStatus, Standing};

const SMTP: &str = "@activepieces/piece-smtp";

/// How the server behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Kind,
    /// It takes no recipient.
    Refuses,
    /// It goes away before it says that it took the letter.
    Vanishes,
    /// It does not accept the password.
    Closed,
}

type Letters = Arc<Mutex<Vec<String>>>;

async fn server(manner: Manner) -> (u16, Letters) {
    let letters = Letters::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let kept = letters.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, manner, kept.clone()));
        }
    });
    (port, letters)
}

async fn talk(stream: TcpStream, manner: Manner, letters: Letters) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut letter: Option<String> = None;
    writer.write_all(b"220 test\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(text) = &mut letter {
            if line != "." {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            letters.lock().unwrap().push(letter.take().unwrap());
            if manner == Manner::Vanishes {
                return;
            }
            writer.write_all(b"250 taken as 77\r\n").await.unwrap();
            continue;
        }
        let word = line.split(' ').next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-test\r\n250 AUTH PLAIN LOGIN\r\n",
            "AUTH" if manner == Manner::Closed => b"535 wrong password\r\n",
            "AUTH" => b"235 welcome\r\n",
            "RCPT" if manner == Manner::Refuses => b"550 no such person\r\n",
            "DATA" => {
                letter = Some(String::new());
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        if writer.write_all(answer).await.is_err() {
            return;
        }
    }
}

fn mail_desk(port: u16) -> Kit {
    let props =
        json!({ "host": "127.0.0.1", "port": port, "email": "ada@example.org", "password": "p4ssword", "TLS": false });
    let auth = json!({ "type": "CUSTOM_AUTH", "props": props });
    let safe = Safe { connections: [("mail".to_owned(), auth)].into_iter().collect(), ..Safe::default() };
    desk(safe, None, HttpLimits::default()).0
}

fn letter() -> Value {
    json!({
        "auth": "{{connections['mail']}}",
        "from": "ada@example.org",
        "senderName": "Ada Park",
        "to": ["ben@example.org, cy@example.org"],
        "cc": ["dee@example.org"],
        "bcc": ["eve@example.org"],
        "replyTo": "team@example.org",
        "subject": "Grüße",
        "body_type": "html",
        "body": "<b>Hello</b>",
        "attachments": [{ "file": { "filename": "a.csv", "base64": "YSxiCg==" }, "name": "list.csv" }],
    })
}

#[tokio::test]
async fn a_letter_arrives_with_all_its_parts_and_an_id_of_its_step() {
    let (port, letters) = server(Manner::Kind).await;
    let kit = mail_desk(port);
    let run = one(&kit, SMTP, "send-email", letter()).await;
    assert_eq!(run.status(), RunStatus::Succeeded, "{:?}", run.failed());
    let text = letters.lock().unwrap()[0].clone();
    let key = crate::Key::of(run.id(), "a", &[]);
    for part in [
        "From: \"Ada Park\" <ada@example.org>",
        "To: ben@example.org, cy@example.org",
        "Cc: dee@example.org",
        "Reply-To: team@example.org",
        &format!("Message-ID: <{key}@example.org>"),
        "Content-Type: text/html",
        "<b>Hello</b>",
        "filename=\"list.csv\"",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("eve@"), "who is told in secret stays so");
    let output = run.steps()["a"]["output"].clone();
    assert_eq!(output["accepted"].as_array().unwrap().len(), 4);
    assert!(!kit.journal.text().contains("p4ssword"));
}

#[tokio::test]
async fn what_was_refused_or_never_arrived_is_certain() {
    let (refuses, _) = server(Manner::Refuses).await;
    let (closed, _) = server(Manner::Closed).await;
    for (port, word) in
        [(refuses, "does not take this recipient"), (closed, "name and password"), (1, "cannot be reached")]
    {
        let kit = mail_desk(port);
        let error = brings(&kit, SMTP, "send-email", letter()).await.unwrap_err();
        assert!(error.contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_letter_of_which_nothing_more_is_heard_is_never_sent_again_on_a_guess() {
    let (port, letters) = server(Manner::Vanishes).await;
    let kit = mail_desk(port);
    let mut run = one(&kit, SMTP, "send-email", letter()).await;
    assert_eq!(run.status(), RunStatus::Paused);
    assert!(run.doubt().unwrap().message.contains("Look in the sent mail"));
    assert_eq!(kit.advance(&mut run).await, Standing::Waits(None));
    assert_eq!(letters.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_no_letter_is_told_before_anything_is_sent() {
    let (port, letters) = server(Manner::Kind).await;
    let kit = mail_desk(port);
    for (field, value, word) in [
        ("from", json!("ada"), "“ada” is no e-mail address"),
        ("to", json!(["ben@"]), "“ben@” is no e-mail address"),
        ("to", json!([" , "]), "goes to nobody"),
        ("subject", json!(""), "Subject is empty"),
        ("attachments", json!([{ "file": "x" }]), "no file"),
        ("auth", json!(""), "No connection"),
    ] {
        let mut input = letter();
        if word.contains("nobody") {
            for other in ["cc", "bcc"] {
                input[other] = json!([]);
            }
        }
        input[field] = value;
        let error = brings(&kit, SMTP, "send-email", input).await.unwrap_err();
        assert!(error.contains(word), "{error}");
    }
    assert!(letters.lock().unwrap().is_empty());
}
