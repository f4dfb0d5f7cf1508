//! E-mail by a server of the person's own.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flow::piece::{PieceMetadata, PropertyKind};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde_json::{Value, json};

use super::describe::{action, categories, choice, flag, list, long, named, one_of, piece, prop, text};
use crate::{Call, Delivery, Failure, Map, Piece, Reply, value};

/// The port on which a server expects TLS from the first byte.
const TLS_PORT: u16 = 465;

pub(super) struct Smtp {
    pub(super) time: Duration,
}

#[async_trait]
impl Piece for Smtp {
    fn describe(&self) -> PieceMetadata {
        let ports = [25, 465, 587, 2525].map(|port| choice(&port.to_string(), port));
        let auth = prop("auth", PropertyKind::CustomAuth, "SMTP").required().asking(vec![
            text("host", "Host").required(),
            text("email", "Email").says("Leave it empty if the server asks for no name."),
            prop("password", PropertyKind::SecretText, "Password"),
            prop("port", PropertyKind::StaticDropdown, "Port").required().choices(ports),
            flag("TLS", "Require TLS?").required(),
        ]);
        let kinds = [("plain_text", "plain text"), ("html", "html")];
        let send = action(
            "send-email",
            "Send Email",
            "Sends an e-mail.",
            vec![
                text("from", "From Email").required(),
                text("senderName", "Sender Name"),
                list("to", "To").required(),
                list("cc", "CC"),
                text("replyTo", "Reply To"),
                list("bcc", "BCC"),
                text("subject", "Subject").required(),
                one_of("body_type", "Body Type", &kinds).required().usually(json!("plain_text")),
                long("body", "Body").required(),
                list("attachments", "Attachments")
                    .each(vec![prop("file", PropertyKind::File, "File").required(), text("name", "Attachment Name")]),
            ],
        );
        PieceMetadata {
            auth: vec![auth.property()],
            actions: named(vec![send]),
            categories: categories(&["CORE", "COMMUNICATION"]),
            ..piece("@activepieces/piece-smtp", "0.4.9", "SMTP", "E-mail by your own server")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        // A server that got a letter twice sends it twice.
        Delivery::Once
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let (message, id, recipients) = letter(call)?;
        let transport = self.transport(call)?;
        // Whoever does not answer at all has not got the letter.
        let reached = transport.test_connection().await.map_err(|error| unreachable(&error))?;
        if !reached {
            return Err(Failure::new("The mail server is not ready. Try again later."));
        }
        match transport.send(message).await {
            Ok(response) => Ok(Reply::Done(json!({
                "messageId": id,
                "accepted": recipients,
                "response": response.message().collect::<Vec<_>>().join(" "),
            }))),
            Err(error) if error.is_permanent() || error.is_transient() => Err(refused(&error)),
            Err(_) => Err(Failure::in_doubt(
                "The connection to the mail server was lost while the letter was sent. Look in the sent mail whether it went.",
            )),
        }
    }
}

impl Smtp {
    fn transport(&self, call: &Call<'_>) -> Result<AsyncSmtpTransport<Tokio1Executor>, Failure> {
        let props = call.within("auth", "props").or_else(|| call.given("auth")).cloned().unwrap_or_default();
        let field = |name: &str| props.get(name).map(value::render).filter(|text| !text.is_empty());
        let host = field("host").ok_or_else(|| {
            Failure::new("No connection to a mail server is chosen. Open the step and choose one, or connect one.")
        })?;
        let port = props.get("port").and_then(value::amount).unwrap_or(587.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "out of range becomes a port that fails"
        )]
        let port = port as u16;
        let parameters = TlsParameters::new(host.clone())
            .map_err(|_| Failure::new("The mail server's name is none that can be checked. Connect it again."))?;
        let tls = match (port, props.get("TLS").is_some_and(value::is_true)) {
            (TLS_PORT, _) => Tls::Wrapper(parameters),
            (_, true) => Tls::Required(parameters),
            (_, false) => Tls::Opportunistic(parameters),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host).port(port).tls(tls);
        let builder = builder.timeout(Some(self.time));
        let pair = field("email").zip(field("password"));
        let builder =
            pair.map_or(builder.clone(), |(name, password)| builder.credentials(Credentials::new(name, password)));
        Ok(builder.build())
    }
}

/// The letter, its id, and who gets it.
fn letter(call: &Call<'_>) -> Result<(Message, String, Vec<String>), Failure> {
    let mailbox = |address: &str| {
        let read = address.trim().parse::<Mailbox>();
        read.map_err(|_| Failure::new(format!("“{address}” is no e-mail address. Open the step and correct it.")))
    };
    let several = |name: &str| {
        let texts: Vec<String> = call.list(name).iter().map(value::render).collect();
        let one = |text: &String| {
            text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        texts.iter().flat_map(one).map(|text| mailbox(&text)).collect::<Result<Vec<_>, _>>()
    };
    let from = mailbox(&call.text("from"))?;
    let name = Some(call.text("senderName")).filter(|name| !name.is_empty()).or(from.name);
    // The same for every attempt, so that who gets a letter twice can tell.
    let id = format!("<{}@{}>", call.key, from.email.domain());
    let mut builder = Message::builder().from(Mailbox::new(name, from.email)).message_id(Some(id.clone()));
    builder = builder.subject(call.text("subject"));
    let mut recipients = Vec::new();
    for address in several("to")? {
        recipients.push(address.email.to_string());
        builder = builder.to(address);
    }
    for address in several("cc")? {
        recipients.push(address.email.to_string());
        builder = builder.cc(address);
    }
    for address in several("bcc")? {
        recipients.push(address.email.to_string());
        builder = builder.bcc(address);
    }
    if recipients.is_empty() {
        return Err(Failure::new("The letter goes to nobody. Open the step and give an address."));
    }
    let reply = call.text("replyTo");
    if !reply.is_empty() {
        builder = builder.reply_to(mailbox(&reply)?);
    }
    let kind = if call.text("body_type") == "html" { ContentType::TEXT_HTML } else { ContentType::TEXT_PLAIN };
    let body = SinglePart::builder().header(kind).body(call.text("body"));
    let attachments = call.list("attachments").iter().map(attachment).collect::<Result<Vec<_>, _>>()?;
    let built = match attachments.is_empty() {
        true => builder.singlepart(body),
        false => {
            let parts = attachments.into_iter().fold(MultiPart::mixed().singlepart(body), MultiPart::singlepart);
            builder.multipart(parts)
        }
    };
    let message =
        built.map_err(|_| Failure::new("The letter cannot be written. Look at its addresses and subject."))?;
    Ok((message, id, recipients))
}

fn attachment(given: &Value) -> Result<SinglePart, Failure> {
    let file = given.get("file").unwrap_or(given);
    let text = |name: &str| file.get(name).and_then(Value::as_str);
    let data = text("base64").and_then(|text| STANDARD.decode(text).ok());
    let data = data.ok_or_else(|| Failure::new("An attachment is no file. Open the step and choose one."))?;
    let name = given.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()).or_else(|| text("filename"));
    let kind = match name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_lowercase()).as_deref() {
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("csv") => "text/csv",
        Some("txt" | "md") => "text/plain",
        _ => "application/octet-stream",
    };
    let kind = ContentType::parse(kind).map_err(|_| Failure::new("An attachment has no type that can be sent."))?;
    Ok(Attachment::new(name.unwrap_or("file").to_owned()).body(data, kind))
}

fn unreachable(error: &lettre::transport::smtp::Error) -> Failure {
    match error.status() {
        Some(code) if matches!(u16::from(code), 530 | 534 | 535) => {
            Failure::new("The mail server does not accept the name and password. Connect it again.")
        }
        Some(code) => {
            Failure::new(format!("The mail server answered {code} to the greeting. Look at its host and port."))
        }
        None => Failure::new("The mail server cannot be reached. Look at its host and port, and at the network."),
    }
}

fn refused(error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map(u16::from).unwrap_or_default();
    let what = match code {
        530 | 534 | 535 => "The mail server does not accept the name and password. Connect it again.".to_owned(),
        550..=553 => format!("The mail server does not take this recipient or sender ({code}). Look at the addresses."),
        400..=499 => format!("The mail server asks to try again later ({code})."),
        code => format!("The mail server refused the letter ({code}). Look at the step."),
    };
    Failure { status: Some(code), ..Failure::new(what) }
}
