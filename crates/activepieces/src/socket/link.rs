//! One websocket to the server, with the door open. It is made by the same HTTP client as everything else, so that TLS,
//! proxies and time-outs are the same.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use reqwest::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use serde_json::json;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::packet::{self, Packet};
use crate::fault::{lost, refusal};
use crate::http::unreached;
use crate::{Client, Fault, Secret};

pub(super) struct Link {
    stream: WebSocketStream<reqwest::Upgraded>,
    /// How long the server may be silent.
    pub(super) silence: Duration,
}

impl Link {
    /// Makes the connection; with a fresh token if the first is not taken.
    pub(super) async fn open(client: &Client, project: &str) -> Result<Self, Fault> {
        let pass = client.pass().await?;
        match Self::open_with(client, project, &pass.secret).await {
            Err(Fault::SignIn(_)) => {
                let pass = client.renewed(&pass).await?;
                Self::open_with(client, project, &pass.secret).await
            }
            opened => opened,
        }
    }

    async fn open_with(client: &Client, project: &str, secret: &Secret) -> Result<Self, Fault> {
        let limit = client.patience().reply;
        client
            .guarded(async {
                tokio::time::timeout(limit, Self::shake(client, project, secret))
                    .await
                    .map_err(|_| lost("no answer came in time", false))?
            })
            .await
    }

    async fn shake(client: &Client, project: &str, secret: &Secret) -> Result<Self, Fault> {
        let mut url = client.address().api(&["socket.io", ""])?;
        url.set_query(Some("EIO=4&transport=websocket"));
        let key = generate_key();
        let request = client
            .http()
            .client()
            .get(url)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, &key);
        let response = request.send().await.map_err(|error| unreached(&error))?;
        let status = response.status().as_u16();
        if status != 101 {
            return Err(refusal(status, None, ""));
        }
        let accepted = response.headers().get(SEC_WEBSOCKET_ACCEPT).and_then(|accept| accept.to_str().ok());
        if accepted != Some(derive_accept_key(key.as_bytes()).as_str()) {
            return Err(Fault::unreadable("something between here and the server answers for it"));
        }
        let upgraded = response.upgrade().await.map_err(|error| unreached(&error))?;
        let largest = client.patience().largest;
        let config = WebSocketConfig::default().max_message_size(Some(largest)).max_frame_size(Some(largest));
        let stream = WebSocketStream::from_raw_socket(upgraded, Role::Client, Some(config)).await;
        let mut link = Self { stream, silence: Duration::from_secs(45) };
        loop {
            match link.hear().await? {
                Packet::Open { silence } => {
                    link.silence = silence;
                    let auth = json!({ "token": secret.expose().trim(), "projectId": project });
                    link.say(packet::connect(&auth)).await?;
                }
                Packet::Ping => link.say(packet::PONG.to_owned()).await?,
                Packet::Connected => return Ok(link),
                Packet::Refused(reason) if reason.to_lowercase().contains("auth") => {
                    return Err(Fault::SignIn(
                        "The server does not accept the sign-in any more. Sign in again.".to_owned(),
                    ));
                }
                Packet::Refused(_) => {
                    return Err(Fault::Forbidden(
                        "The server does not let this account hear what happens in the project. Ask whoever runs it."
                            .to_owned(),
                    ));
                }
                Packet::Close | Packet::Disconnected => return Err(lost("it hung up", false)),
                Packet::Event { .. } | Packet::Ack { .. } | Packet::Other => {}
            }
        }
    }

    /// The next packet.
    pub(super) async fn hear(&mut self) -> Result<Packet, Fault> {
        loop {
            return match self.stream.next().await {
                Some(Ok(Message::Text(text))) => Ok(Packet::read(text.as_str())),
                Some(Ok(Message::Close(_)) | Err(_)) | None => Err(lost("the connection was lost", true)),
                // Websocket's own pings are answered by the library; binary parts are nothing to us.
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_))) => continue,
            };
        }
    }

    pub(super) async fn say(&mut self, text: String) -> Result<(), Fault> {
        self.stream.send(Message::text(text)).await.map_err(|_| lost("the connection was lost", true))
    }

    /// Leaves politely, if that is still possible.
    pub(super) async fn leave(mut self) {
        let _ = self.say(packet::LEAVE.to_owned()).await;
        let _ = self.stream.close(None).await;
    }
}
