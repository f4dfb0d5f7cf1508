//! Connections: made, renamed, listed and forgotten. What they sign in with goes into the vault and never comes out of here.

use contract::commands::{AddConnection, ForgetConnection, ListConnections, RenameConnection};
use contract::{Code, Connection, Fault, FeedBody, FlowPlace};
use store::NewConnection;

use super::words::name;
use crate::automation::SAMPLE_SLACK;
use crate::automation::connections::{checked, kept, put, remove};
use crate::automation::server;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

/// Longer labels are refused, in characters.
const LABEL: usize = 80;
/// Longer values are refused, in bytes: no keyring takes them.
const VALUE: usize = 64 << 10;

impl Handle<ListConnections> for Ask<'_> {
    async fn handle(&self, _: ListConnections) -> Result<Vec<Connection>, Fault> {
        let desk = self.desk().await?;
        let mut connections = desk.store.connections().await.into_fault()?;
        // Without one, no place for secrets is asked for.
        let kept = if connections.is_empty() { None } else { kept(self.engine, desk.workspace).await };
        if let Some(kept) = kept {
            let lost = connections
                .iter_mut()
                .filter(|one| one.place == FlowPlace::Here && one.key != SAMPLE_SLACK && !kept.contains(&one.key));
            for connection in lost {
                connection.fault = Some("What it signs in with is not in the vault any more. Connect it anew.".into());
            }
        }
        connections.extend(server::connections_if_there(&desk).await);
        Ok(connections)
    }
}

impl Handle<AddConnection> for Ask<'_> {
    async fn handle(&self, input: AddConnection) -> Result<Connection, Fault> {
        let label = label(&input.label)?.to_owned();
        match input.place {
            FlowPlace::Here => self.connect_here(label, input).await,
            FlowPlace::Server => self.connect_on_server(label, input).await,
        }
    }
}

impl Ask<'_> {
    async fn connect_here(&self, label: String, input: AddConnection) -> Result<Connection, Fault> {
        let desk = self.desk().await?;
        let unknown = || {
            let message = "There is no such piece in this app. Choose another.";
            Fault { field: Some("piece".into()), ..Fault::new(Code::NotFound, message) }
        };
        let piece = desk.automations.catalog().metadata(&input.piece).ok_or_else(unknown)?;
        let text = input.value.into_inner();
        if text.len() > VALUE {
            return Err(Fault::invalid("value", "This is too long to sign in with. Copy it anew."));
        }
        let value = checked(piece, &text)?;
        let kind = value.get("type").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let new = NewConnection { key: key(&piece.name)?, label, piece: piece.name.clone(), kind };
        // The secret first: a connection without one would be taken for one that works.
        put(self.engine, desk.workspace, &new.key, &value).await?;
        match desk.store.keep_connection(&new).await.into_fault() {
            Ok(connection) => Ok(connection),
            Err(fault) => {
                if let Err(why) = remove(self.engine, desk.workspace, &new.key).await {
                    tracing::warn!(%why, "the secret of a connection that was not kept could not be removed");
                }
                Err(fault)
            }
        }
    }

    /// Connects an account on the person's Activepieces server.
    async fn connect_on_server(&self, label: String, input: AddConnection) -> Result<Connection, Fault> {
        server::put_connection(&self.desk().await?, &label, &input.piece, input.value).await
    }
}

impl Handle<RenameConnection> for Ask<'_> {
    async fn handle(&self, input: RenameConnection) -> Result<Connection, Fault> {
        let label = label(&input.label)?;
        if server::is_connection_there(input.id) {
            return server::rename_connection(&self.desk().await?, input.id, label).await;
        }
        self.desk().await?.store.rename_connection(input.id, label).await.into_fault()
    }
}

impl Handle<ForgetConnection> for Ask<'_> {
    async fn handle(&self, ForgetConnection { id }: ForgetConnection) -> Result<(), Fault> {
        let desk = self.desk().await?;
        if server::is_connection_there(id) {
            return server::forget_connection(&desk, id).await;
        }
        let connection = desk.store.connection(id).await.into_fault()?;
        let users = desk.store.flows_connected(id).await.into_fault()?;
        remove(self.engine, desk.workspace, &connection.key).await?;
        desk.store.forget_connection(id).await.into_fault()?;
        if !users.is_empty() {
            let users: Vec<String> = users.iter().map(|user| format!("“{user}”")).collect();
            let body = format!("{} used it. Open them, and choose another connection.", users.join(", "));
            let title = format!("“{}” is forgotten", connection.label);
            let told = FeedBody::Notification { title, body, link: None };
            self.engine.0.feed.publish(Some(desk.workspace), told);
        }
        Ok(())
    }
}

fn label(text: &str) -> Result<&str, Fault> {
    name("label", "The name of a connection", text, LABEL)
}

/// What steps name a connection by: the piece's own name and what chance adds, so that no key is given again.
fn key(piece: &str) -> Result<String, Fault> {
    let mut bytes = [0_u8; 6];
    getrandom::fill(&mut bytes)
        .map_err(|_| Fault::new(Code::Internal, "The machine gave no random number. Try again.").retryable())?;
    let chance: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let piece = piece.rsplit('/').next().unwrap_or_default().trim_start_matches("piece-");
    Ok(format!("{piece}-{chance}"))
}
