//! The task behind a socket: it alone speaks and listens, connects again, and asks again for what was held.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::{broadcast, mpsc, oneshot};

use super::event::{Person, SocketEvent};
use super::link::Link;
use super::packet::{self, Packet};
use crate::fault::lost;
use crate::{Client, Fault};

/// The longest wait before the connection is tried again.
const LONGEST: Duration = Duration::from_secs(30);

/// Something that lasts as long as the connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    /// The right to edit.
    Lock(String),
    /// Being seen.
    Presence(String),
}

/// Something to say.
pub(super) struct Order {
    pub(super) name: String,
    pub(super) data: Value,
    /// Whether the server answers it.
    pub(super) answers: bool,
    pub(super) begins: Option<Held>,
    pub(super) ends: Option<Held>,
    pub(super) reply: oneshot::Sender<Result<String, Fault>>,
}

/// Who waits for an answer.
enum Waiting {
    Caller {
        reply: oneshot::Sender<Result<String, Fault>>,
        held: Option<(Held, Order0)>,
    },
    /// We ourselves, for a lock that was asked for again.
    Again(Held),
}

/// What to say again.
type Order0 = (String, Value);

enum End {
    Stopped,
    Lost,
}

pub(super) struct Hub {
    client: Client,
    project: String,
    orders: mpsc::Receiver<Order>,
    events: broadcast::Sender<Arc<SocketEvent>>,
    held: BTreeMap<Held, Order0>,
    waiting: HashMap<u64, Waiting>,
    count: u64,
}

impl Hub {
    pub(super) fn new(
        client: Client,
        project: String,
        orders: mpsc::Receiver<Order>,
        events: broadcast::Sender<Arc<SocketEvent>>,
    ) -> Self {
        Self { client, project, orders, events, held: BTreeMap::new(), waiting: HashMap::new(), count: 0 }
    }

    pub(super) async fn run(mut self, first: Link) {
        let mut link = first;
        loop {
            let end = self.serve(&mut link).await;
            for (_, waiting) in self.waiting.drain() {
                if let Waiting::Caller { reply, .. } = waiting {
                    let _ = reply.send(Err(lost("the connection was lost", true)));
                }
            }
            match end {
                End::Stopped => {
                    let _ = tokio::time::timeout(Duration::from_secs(1), link.leave()).await;
                    return;
                }
                End::Lost => self.tell(SocketEvent::Down),
            }
            link = match self.again().await {
                Ok(link) => link,
                Err(Fault::Cancelled) => return,
                Err(fault) => {
                    self.tell(SocketEvent::Ended(fault));
                    return;
                }
            };
            self.tell(SocketEvent::Up);
        }
    }

    /// Connects until it succeeds, and asks again for what was held.
    async fn again(&mut self) -> Result<Link, Fault> {
        let mut pause = self.client.patience().pause;
        loop {
            self.client
                .guarded(async {
                    tokio::time::sleep(pause).await;
                    Ok(())
                })
                .await?;
            match Link::open(&self.client, &self.project).await {
                Ok(mut link) => {
                    let held: Vec<(Held, Order0)> = self.held.iter().map(|(h, o)| (h.clone(), o.clone())).collect();
                    let mut is_well = true;
                    for (held, (name, data)) in held {
                        let id = self.number();
                        self.waiting.insert(id, Waiting::Again(held));
                        is_well &= link.say(packet::event(&name, &data, Some(id))).await.is_ok();
                    }
                    if is_well {
                        return Ok(link);
                    }
                    self.waiting.clear();
                }
                Err(fault @ (Fault::SignIn(_) | Fault::Forbidden(_) | Fault::Cancelled)) => return Err(fault),
                Err(fault) => tracing::debug!(%fault, "the socket is not connected yet"),
            }
            pause = (pause * 2).min(LONGEST);
        }
    }

    async fn serve(&mut self, link: &mut Link) -> End {
        let cancel = self.client.cancel().clone();
        loop {
            let silence = link.silence;
            tokio::select! {
                biased;
                () = cancel.cancelled() => return End::Stopped,
                order = self.orders.recv() => {
                    let Some(order) = order else { return End::Stopped };
                    if self.say(link, order).await.is_err() {
                        return End::Lost;
                    }
                }
                heard = tokio::time::timeout(silence, link.hear()) => {
                    let Ok(Ok(packet)) = heard else { return End::Lost };
                    match packet {
                        Packet::Ping => {
                            if link.say(packet::PONG.to_owned()).await.is_err() {
                                return End::Lost;
                            }
                        }
                        Packet::Event { name, data } => self.tell(SocketEvent::read(&name, data.as_deref())),
                        Packet::Ack { id, data } => self.answered(id, data.as_deref()),
                        Packet::Close | Packet::Disconnected | Packet::Refused(_) => return End::Lost,
                        Packet::Open { .. } | Packet::Connected | Packet::Other => {}
                    }
                }
            }
        }
    }

    async fn say(&mut self, link: &mut Link, order: Order) -> Result<(), Fault> {
        let Order { name, data, answers, begins, ends, reply } = order;
        if let Some(ends) = ends {
            self.held.remove(&ends);
        }
        // Who no longer waits does not want it any more: it may have lain here while there was no connection.
        if reply.is_closed() {
            return Ok(());
        }
        let id = answers.then(|| self.number());
        let said = link.say(packet::event(&name, &data, id)).await;
        match (id, &said) {
            (Some(id), Ok(())) => {
                let held = begins.map(|held| (held, (name, data)));
                self.waiting.insert(id, Waiting::Caller { reply, held });
            }
            (None, Ok(())) => drop(reply.send(Ok(String::new()))),
            (_, Err(fault)) => drop(reply.send(Err(fault.clone()))),
        }
        said
    }

    fn answered(&mut self, id: u64, data: Option<&RawValue>) {
        let text = data.map_or("null", RawValue::get);
        match self.waiting.remove(&id) {
            Some(Waiting::Caller { reply, held }) => {
                if let Some((held, order)) = held.filter(|(held, _)| is_granted(held, text)) {
                    self.held.insert(held, without_force(order));
                }
                let _ = reply.send(Ok(text.to_owned()));
            }
            Some(Waiting::Again(held)) if !is_granted(&held, text) => {
                self.held.remove(&held);
                if let Held::Lock(resource) = held {
                    let answer: Value = serde_json::from_str(text).unwrap_or_default();
                    let by = answer.get("lock").cloned().and_then(|lock| serde_json::from_value::<Person>(lock).ok());
                    self.tell(SocketEvent::Locked { resource, by: by.unwrap_or_default() });
                }
            }
            Some(Waiting::Again(_)) | None => {}
        }
    }

    fn number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    fn tell(&self, event: SocketEvent) {
        // Nobody has to listen.
        let _ = self.events.send(Arc::new(event));
    }
}

fn is_granted(held: &Held, answer: &str) -> bool {
    match held {
        Held::Presence(_) => true,
        Held::Lock(_) => {
            let answer: Value = serde_json::from_str(answer).unwrap_or_default();
            answer.get("acquired").and_then(Value::as_bool).unwrap_or_default()
        }
    }
}

/// Taken from somebody once is not taken again behind a person's back.
fn without_force((name, mut data): Order0) -> Order0 {
    if let Value::Object(data) = &mut data {
        data.remove("force");
    }
    (name, data)
}
