//! The models that can be spoken with: their entries in the app's database, their keys in the vault, and those that are ready.

use std::collections::HashMap;
use std::sync::Arc;

use agent::builtin::Builtin;
use agent::model::Model;
use agent::models::{Key, Patient, Remote, RemoteOptions, WithFallback, check_base, trial};
use contract::commands::ConnectModel;
use contract::{Code, Fault, ModelEntry, ModelId, ModelTrial, Models};
use store::NewModel;
use tokio::sync::{Mutex, MutexGuard};
use vault::Secret;

use super::inspect::Inspected;
use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::words::name;

/// Which model new conversations of a workspace use.
const USUAL: &str = "usual-model";
/// A name that a vendor would give no model is a mistake.
const LONGEST: usize = 200;

/// Models that are ready to be asked. A connection is made once and kept.
#[derive(Default)]
pub(crate) struct ModelShelf {
    ready: Mutex<HashMap<ModelId, Ready>>,
}

/// A model, and the host of its server; that is empty for the vendor's own.
#[derive(Clone)]
struct Ready {
    model: Arc<dyn Model>,
    server: String,
}

/// Where the key of a model is kept.
fn key_name(id: ModelId) -> String {
    format!("model.{id}.key")
}

impl ModelShelf {
    /// The model of a conversation; the workspace's usual one when none was chosen for it.
    pub(crate) async fn model(
        &self,
        engine: &Engine,
        desk: &Desk,
        chosen: Option<ModelId>,
    ) -> Result<Arc<dyn Model>, Fault> {
        let id = match chosen {
            Some(id) => id,
            None => usual(desk).await?,
        };
        if id == ModelId::BUILT_IN {
            return Ok(Arc::new(Builtin));
        }
        let Ready { model, server } = self.ready(engine, id).await?;
        let now = engine.0.options.model_patience.now;
        Ok(Arc::new(Inspected { model, server, log: desk.sent.clone(), now }))
    }

    async fn ready(&self, engine: &Engine, id: ModelId) -> Result<Ready, Fault> {
        let mut ready = self.ready.lock().await;
        if let Some(model) = ready.get(&id) {
            return Ok(model.clone());
        }
        let entries = engine.0.app.models().await.into_fault()?;
        let entry = entries.iter().find(|entry| entry.id == id).ok_or_else(unknown)?;
        let first = remote(engine, entry).await?;
        let second: Option<Arc<dyn Model>> = match entry.fallback {
            None => None,
            Some(ModelId::BUILT_IN) => Some(Arc::new(Builtin)),
            Some(other) => match entries.iter().find(|entry| entry.id == other) {
                Some(entry) => Some(remote(engine, entry).await?),
                None => None,
            },
        };
        let patience = engine.0.options.model_patience;
        let model: Arc<dyn Model> = match second {
            Some(second) => Arc::new(WithFallback { first, second, patience }),
            None => Arc::new(Patient { model: first, patience }),
        };
        let server = url::Url::parse(&entry.base).ok().and_then(|base| base.host_str().map(str::to_owned));
        let model = Ready { model, server: server.unwrap_or_default() };
        ready.insert(id, model.clone());
        Ok(model)
    }

    /// Puts a model in the place of one that would be connected.
    #[cfg(test)]
    pub(crate) async fn stand_in(&self, id: ModelId, model: Arc<dyn Model>) {
        self.ready.lock().await.insert(id, Ready { model, server: String::new() });
    }

    /// This very model: it is asked once, and no other instead of it.
    async fn alone(&self, engine: &Engine, id: ModelId) -> Result<Arc<dyn Model>, Fault> {
        if id == ModelId::BUILT_IN {
            return Ok(Arc::new(Builtin));
        }
        // While a model is being changed, its key may be for another server than its entry names.
        let _still = self.ready.lock().await;
        let entries = engine.0.app.models().await.into_fault()?;
        remote(engine, entries.iter().find(|entry| entry.id == id).ok_or_else(unknown)?).await
    }

    /// Keeps everyone from connecting a model while one is changed, so that no key meets an address that it is not for. What
    /// was connected is connected anew when it is next asked.
    async fn changes(&self) -> MutexGuard<'_, HashMap<ModelId, Ready>> {
        let mut ready = self.ready.lock().await;
        ready.clear();
        ready
    }
}

async fn remote(engine: &Engine, entry: &ModelEntry) -> Result<Arc<dyn Model>, Fault> {
    let vendor = entry.vendor.ok_or_else(unknown)?;
    let key = engine.vault().await?.get(&key_name(entry.id)).await.into_fault()?;
    let key = key.and_then(|secret| Key::new(secret.expose()));
    let base = (!entry.base.is_empty()).then(|| entry.base.clone());
    let options = RemoteOptions { vendor, model: entry.model.clone(), base, key };
    let remote = Remote::new(options, engine.0.options.model_patience).map_err(|why| Fault::invalid("base", why))?;
    Ok(Arc::new(remote))
}

fn unknown() -> Fault {
    Fault::new(Code::NotFound, "This model is no longer connected. Choose another one in the head of the conversation.")
}

/// The model that new conversations of a workspace use.
pub(crate) async fn usual(desk: &Desk) -> Result<ModelId, Fault> {
    let mark = desk.store.mark(USUAL).await.into_fault()?;
    Ok(mark.and_then(|id| id.parse().ok()).unwrap_or(ModelId::BUILT_IN))
}

/// The models, the built-in assistant first.
pub(crate) async fn list(engine: &Engine, desk: &Desk) -> Result<Models, Fault> {
    let built_in = ModelEntry {
        id: ModelId::BUILT_IN,
        label: "Built-in assistant".into(),
        vendor: None,
        base: String::new(),
        model: String::new(),
        has_key: false,
        fallback: None,
    };
    let mut models = vec![built_in];
    let connected = engine.0.app.models().await.into_fault()?;
    // Without a place for secrets, none is there; the list is shown all the same.
    let names = if connected.is_empty() { Vec::new() } else { names(engine).await };
    models.extend(
        connected.into_iter().map(|entry| ModelEntry { has_key: names.contains(&key_name(entry.id)), ..entry }),
    );
    let usual = usual(desk).await?;
    let usual = if models.iter().any(|model| model.id == usual) { usual } else { ModelId::BUILT_IN };
    Ok(Models { models, usual })
}

async fn names(engine: &Engine) -> Vec<String> {
    match engine.vault().await {
        Ok(vault) => vault.names().await.unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// Connects a model, or changes how one is reached.
pub(crate) async fn connect(engine: &Engine, input: ConnectModel) -> Result<(), Fault> {
    let what = "Say which model, as its server calls it, such as “llama3.2”: a name that";
    let model = name("model", what, &input.model, LONGEST)?.to_owned();
    let base = input.base.map(|base| base.trim().trim_end_matches('/').to_owned()).filter(|base| !base.is_empty());
    if let Some(base) = &base {
        check_base(base).map_err(|why| Fault::invalid("base", why))?;
    }
    if input.vendor == contract::Vendor::Compatible && base.is_none() {
        return Err(Fault::invalid(
            "base",
            "A server of one's own needs its address, such as http://127.0.0.1:8080/v1.",
        ));
    }
    let _changes = engine.0.models.changes().await;
    let known = engine.0.app.models().await.into_fault()?;
    if let Some(fallback) = input.fallback
        && fallback != ModelId::BUILT_IN
        && known.iter().all(|entry| entry.id != fallback || Some(fallback) == input.id)
    {
        return Err(Fault::invalid("fallback", "The model to ask instead is not connected, or is this one itself."));
    }
    let label = match input.label.as_deref().map(str::trim).filter(|label| !label.is_empty()) {
        Some(label) => name("label", "What a model is called here", label, LONGEST)?.to_owned(),
        None => model.clone(),
    };
    let new = NewModel { label, vendor: input.vendor, base: base.unwrap_or_default(), model, fallback: input.fallback };
    let key = input.key.filter(|key| !key.is_blank()).map(|key| Secret::new(key.into_inner().trim().to_owned()));
    if key.as_ref().is_some_and(|key| !key.expose().chars().all(|letter| letter.is_ascii_graphic())) {
        let message =
            "A key is one word of plain letters, digits and signs. Copy it anew, without what stands around it.";
        return Err(Fault::invalid("key", message));
    }
    match input.id {
        Some(id) => {
            let before = known.iter().find(|entry| entry.id == id).ok_or_else(unknown)?;
            // A key is for the server that it was given for: the old one goes before the address is another, and the new one
            // comes after, so that a start in between finds none.
            let moved = before.vendor != Some(new.vendor) || before.base != new.base;
            if moved {
                engine.vault().await?.remove(&key_name(id)).await.into_fault()?;
                unshow(engine, id).await?;
            }
            engine.0.app.change_model(id, &new).await.into_fault()?;
            if let Some(key) = key {
                put(engine, id, key).await?;
            }
        }
        None => {
            // Whether there is a place for it is found out before anything is kept.
            if key.is_some() {
                engine.vault().await?;
            }
            let entry = engine.0.app.add_model(&new).await.into_fault()?;
            if let Some(key) = key
                && let Err(fault) = put(engine, entry.id, key).await
            {
                engine.0.app.remove_model(entry.id).await.into_fault()?;
                return Err(fault);
            }
        }
    }
    Ok(())
}

/// A model that is elsewhere now: what is sent there is shown again before anything is.
async fn unshow(engine: &Engine, id: ModelId) -> Result<(), Fault> {
    let mut settings = engine.0.app.settings().await.into_fault()?;
    if settings.shown_models.contains(&id) {
        settings.shown_models.retain(|shown| *shown != id);
        engine.0.app.set_settings(&settings).await.into_fault()?;
        engine.touched(&[contract::Tag::Settings]);
    }
    Ok(())
}

async fn put(engine: &Engine, id: ModelId, key: Secret) -> Result<(), Fault> {
    engine.vault().await?.put(&key_name(id), key).await.into_fault()
}

/// Removes a model and its key.
pub(crate) async fn disconnect(engine: &Engine, id: ModelId) -> Result<(), Fault> {
    let _changes = engine.0.models.changes().await;
    let known = engine.0.app.models().await.into_fault()?;
    let entry = known.iter().find(|entry| entry.id == id).ok_or_else(unknown)?;
    if names(engine).await.contains(&key_name(entry.id)) {
        engine.vault().await?.remove(&key_name(entry.id)).await.into_fault()?;
    }
    engine.0.app.remove_model(id).await.into_fault()?;
    Ok(())
}

/// Asks a model for one word.
pub(crate) async fn test(engine: &Engine, id: ModelId) -> Result<ModelTrial, Fault> {
    let model = engine.0.models.alone(engine, id).await?;
    Ok(trial(&*model).await)
}

/// Chooses the model that new conversations of a workspace use.
pub(crate) async fn choose_usual(engine: &Engine, desk: &Desk, id: ModelId) -> Result<(), Fault> {
    check(engine, id).await?;
    desk.store.set_mark(USUAL, Some(&id.to_string())).await.into_fault()
}

/// There is such a model.
pub(crate) async fn check(engine: &Engine, id: ModelId) -> Result<(), Fault> {
    let known = engine.0.app.models().await.into_fault()?;
    if id == ModelId::BUILT_IN || known.iter().any(|entry| entry.id == id) {
        return Ok(());
    }
    Err(unknown())
}
