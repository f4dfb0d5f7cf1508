//! A way to the server: made when it is first needed, dropped when the sign-in changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use activepieces::{
    Cache, Client, Credential, Credentials, Features, Flags, Patience, Pieces, Secret, Settings, Socket,
};
use contract::{Fault, WorkspaceId};
use flow::Flow;
use flow::piece::PieceMetadata;
use futures::future::BoxFuture;
use store::Store;
use tokio::sync::OnceCell;

use super::Server;
use super::account::{self, Kept};
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::{Engine, Inner};

/// A way to the server.
pub(super) struct Link {
    pub(super) client: Client,
    pub(super) project: String,
    /// What flows know the server and its project by.
    pub(super) name: String,
    pub(super) is_sample: bool,
    /// Names of folders by id, as they were last seen.
    pub(super) folders: Mutex<HashMap<String, String>>,
    /// Flows that are kept from others while they are edited here.
    pub(super) held: Mutex<BTreeSet<String>>,
    pub(super) socket: OnceCell<Arc<Socket>>,
    flags: OnceCell<Flags>,
    pieces: Pieces,
    described: Mutex<Described>,
}

/// Descriptions of pieces by name and version; `None` for one that the server does not have.
pub(super) type Described = BTreeMap<(String, String), Option<Arc<PieceMetadata>>>;

impl Server {
    /// The way to the server, made when there is none.
    ///
    /// # Errors
    /// `NotFound` when no server is connected.
    pub(super) async fn link(&self, desk: &Desk) -> Result<Arc<Link>, Fault> {
        let mut open = self.open.lock().await;
        if let Some(link) = &*open {
            return Ok(link.clone());
        }
        let kept = account::kept(desk).await?.ok_or_else(account::none)?;
        let engine = self.engine()?;
        let (address, credentials): (String, Arc<dyn Credentials>) = if kept.is_sample {
            (self.sample_address(&engine, desk, &kept).await?, Arc::new(super::sample::Owner))
        } else {
            let vaulted = Vaulted { engine: Arc::downgrade(&engine.0), at: desk.workspace, email: kept.email.clone() };
            (kept.address.clone(), Arc::new(vaulted))
        };
        let client = client(&engine, desk, &address, credentials)?;
        let link = Arc::new(Link::new(client, &kept, desk.store.clone()));
        if kept.is_sample {
            self.connect_again(desk, &link).await?;
        }
        *open = Some(link.clone());
        Ok(link)
    }

    /// The way, if there is one already.
    pub(super) async fn present(&self) -> Option<Arc<Link>> {
        self.open.lock().await.clone()
    }

    /// The next use makes it anew.
    pub(super) async fn forget(&self) {
        *self.open.lock().await = None;
        let mut state = self.state();
        state.locks.clear();
        state.fault = None;
        state.looked_at = None;
    }
}

/// # Errors
/// `Invalid` when it is no address.
pub(super) fn client(
    engine: &Engine,
    desk: &Desk,
    address: &str,
    credentials: Arc<dyn Credentials>,
) -> Result<Client, Fault> {
    let settings = Settings {
        address: activepieces::Address::parse(address).into_fault()?,
        credentials,
        clock: engine.0.options.clock.clone(),
        patience: Patience { pause: engine.0.options.patience, ..Patience::default() },
    };
    Ok(Client::new(settings).into_fault()?.until(desk.life().token()))
}

impl Link {
    fn new(client: Client, kept: &Kept, store: Store) -> Self {
        let pieces = Pieces::new(client.clone(), Arc::new(Shelf(store)));
        Self {
            client,
            project: kept.project.clone(),
            name: kept.name(),
            is_sample: kept.is_sample,
            folders: Mutex::default(),
            held: Mutex::default(),
            socket: OnceCell::new(),
            flags: OnceCell::new(),
            pieces,
            described: Mutex::default(),
        }
    }

    pub(super) async fn flags(&self) -> Result<&Flags, activepieces::Fault> {
        self.flags.get_or_try_init(|| self.client.flags()).await
    }

    pub(super) async fn features(&self) -> Result<Features, activepieces::Fault> {
        Ok(self.flags().await?.features())
    }

    /// What the server said about itself, if it was asked already.
    pub(super) fn known_flags(&self) -> Option<&Flags> {
        self.flags.get()
    }

    pub(super) fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    pub(super) fn folder(&self, flow: &Flow) -> Option<String> {
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        match &flow.record.folder_id {
            None => Some(String::new()),
            Some(id) => folders.get(id).cloned(),
        }
    }

    /// The descriptions of the pieces that a flow uses, as far as they were asked for.
    pub(super) fn remembered(&self, flow: &Flow) -> Described {
        let described = self.described.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |key: (String, String)| described.get(&key).map(|metadata| (key, metadata.clone()));
        pieces_of(flow).into_iter().filter_map(known).collect()
    }

    /// The descriptions of the pieces that a flow uses.
    ///
    /// # Errors
    /// What any request may meet.
    pub(super) async fn described(&self, flow: &Flow) -> Result<Described, activepieces::Fault> {
        let mut found = BTreeMap::new();
        for key in pieces_of(flow) {
            let known = self.described.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
            let metadata = match known {
                Some(metadata) => metadata,
                None => {
                    let (name, version) = &key;
                    let version = (!version.is_empty()).then_some(version.as_str());
                    let metadata = match self.pieces.metadata(name, version, Some(&self.project)).await {
                        Ok(metadata) => Some(Arc::new(metadata)),
                        Err(activepieces::Fault::NotFound(_)) => None,
                        Err(fault) => return Err(fault),
                    };
                    let mut described = self.described.lock().unwrap_or_else(PoisonError::into_inner);
                    described.insert(key.clone(), metadata.clone());
                    metadata
                }
            };
            found.insert(key, metadata);
        }
        Ok(found)
    }

    /// Remembers a description that was asked for.
    pub(super) fn remember(&self, metadata: &PieceMetadata) {
        let key = (metadata.name.clone(), metadata.version.clone());
        let mut described = self.described.lock().unwrap_or_else(PoisonError::into_inner);
        described.insert(key, Some(Arc::new(metadata.clone())));
    }
}

/// The pieces that a flow uses, by name and version.
fn pieces_of(flow: &Flow) -> BTreeSet<(String, String)> {
    let calls = flow.trigger.call().into_iter().chain(flow.steps.walk().filter_map(|visit| visit.step.call()));
    calls.map(|call| (call.piece.clone(), call.version.clone())).collect()
}

/// The sign-in of a person's own server: its secrets are in the vault.
struct Vaulted {
    engine: Weak<Inner>,
    at: WorkspaceId,
    email: String,
}

impl Vaulted {
    async fn get(&self, name: &str) -> Result<Option<Secret>, activepieces::Fault> {
        let refused = |fault: Fault| activepieces::Fault::SignIn(fault.message);
        let engine = self.engine.upgrade().map(Engine).ok_or(activepieces::Fault::Cancelled)?;
        let vault = engine.vault().await.map_err(refused)?;
        let found = vault.get(name).await.into_fault().map_err(refused)?;
        Ok(found.map(|secret| Secret::new(secret.expose())))
    }
}

impl Credentials for Vaulted {
    fn credential(&self) -> BoxFuture<'_, Result<Credential, activepieces::Fault>> {
        Box::pin(async {
            let secret = self.get(&account::secret_name(self.at)).await?.ok_or_else(|| {
                activepieces::Fault::SignIn(
                    "The password of the Activepieces server is not kept any more. Connect it again.".to_owned(),
                )
            })?;
            Ok(account::credential(&self.email, secret))
        })
    }

    fn kept_token(&self) -> BoxFuture<'_, Option<Secret>> {
        Box::pin(async { self.get(&account::token_name(self.at)).await.ok().flatten() })
    }

    fn keep_token(&self, token: Secret) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let Some(engine) = self.engine.upgrade().map(Engine) else { return };
            let Ok(vault) = engine.vault().await else { return };
            let token = vault::Secret::new(token.expose().to_owned());
            if let Err(why) = vault.put(&account::token_name(self.at), token).await {
                tracing::info!(%why, "the server's token was not kept: it is asked for again at the next start");
            }
        })
    }
}

/// Descriptions of pieces, kept with the workspace: they never change for a version.
struct Shelf(Store);

impl Cache for Shelf {
    fn find<'c>(&'c self, key: &'c str) -> BoxFuture<'c, Option<String>> {
        Box::pin(async move { self.0.mark(&format!("piece:{key}")).await.ok().flatten() })
    }

    fn keep<'c>(&'c self, key: &'c str, text: &'c str) -> BoxFuture<'c, ()> {
        Box::pin(async move {
            if let Err(why) = self.0.set_mark(&format!("piece:{key}"), Some(text)).await {
                tracing::info!(%why, "the description of a piece was not kept");
            }
        })
    }
}
