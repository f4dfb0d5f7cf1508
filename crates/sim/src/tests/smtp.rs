//! The mail server.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::smtp::{Smtp, SmtpOptions};

struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn open(server: &Smtp) -> Self {
        let mut talk = Self(BufReader::new(TcpStream::connect(("127.0.0.1", server.port())).await.unwrap()));
        assert!(talk.answer().await.starts_with("220"));
        talk
    }

    /// The last line of an answer.
    async fn answer(&mut self) -> String {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.0.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.answer().await
    }

    async fn mail(&mut self, text: &str) -> String {
        assert!(self.say("MAIL FROM:<reports@example.com>").await.starts_with("250"));
        assert!(self.say("RCPT TO:<team@example.com>").await.starts_with("250"));
        assert!(self.say("RCPT TO:<mina@example.com> NOTIFY=NEVER").await.starts_with("250"));
        assert!(self.say("DATA").await.starts_with("354"));
        self.say(&format!("{text}\r\n.")).await
    }
}

#[tokio::test]
async fn a_message_arrives_with_its_dots_and_headers() {
    let server = Smtp::start(SmtpOptions::default()).await.unwrap();
    let mut talk = Talk::open(&server).await;
    assert!(talk.say("EHLO test").await.starts_with("250 AUTH"));
    assert!(talk.say("RCPT TO:<x@example.com>").await.starts_with("503"));
    assert!(talk.say("DATA").await.starts_with("503"));
    let text = "Subject: Weekly\r\n report\r\nTo: team@example.com\r\n\r\nOne\r\n..two\r\n";
    assert!(talk.mail(text).await.starts_with("250"));
    assert!(talk.say("NONSENSE").await.starts_with("502"));
    assert!(talk.say("QUIT").await.starts_with("221"));
    let mail = server.arrived().remove(0);
    assert_eq!(mail.from, "reports@example.com");
    assert_eq!(mail.to, ["team@example.com", "mina@example.com"]);
    assert_eq!(mail.header("subject").as_deref(), Some("Weekly report"));
    assert_eq!(mail.body(), "One\r\n.two\r\n\r\n");
    assert_eq!(mail.signed_in, None);
}

#[tokio::test]
async fn who_is_not_signed_in_sends_nothing() {
    let login = Some(("ada".to_owned(), "secret".to_owned()));
    let server = Smtp::start(SmtpOptions { login, ..SmtpOptions::default() }).await.unwrap();
    let mut talk = Talk::open(&server).await;
    assert!(talk.say("MAIL FROM:<a@example.com>").await.starts_with("530"));
    // ada and a wrong word
    assert!(talk.say("AUTH PLAIN AGFkYQB3cm9uZw==").await.starts_with("535"));
    // ada and secret
    assert!(talk.say("AUTH PLAIN AGFkYQBzZWNyZXQ=").await.starts_with("235"));
    assert!(talk.mail("Subject: x\r\n\r\nx").await.starts_with("250"));
    let mut talk = Talk::open(&server).await;
    assert!(talk.say("AUTH LOGIN").await.starts_with("334"));
    assert!(talk.say("YWRh").await.starts_with("334"));
    assert!(talk.say("c2VjcmV0").await.starts_with("235"));
    server.refuse_next(421, "4.3.2 Try later");
    assert!(talk.mail("Subject: y\r\n\r\ny").await.starts_with("421 4.3.2"));
    assert!(talk.mail("Subject: y\r\n\r\ny").await.starts_with("250"));
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 2);
    assert!(arrived.iter().all(|mail| mail.signed_in.as_deref() == Some("ada")));
}
