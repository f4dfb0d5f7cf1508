//! The start: the folder, the lock, the app's database, and a look at what the last run left.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use basecamp::Limiter;
use contract::{Code, Fault, Tag};
use store::{AppStore, Lock, StoreError};
use tokio::sync::{Mutex, OnceCell};
use vault::{State, Vault, VaultError};

use crate::assistant::ModelShelf;
use crate::fault::IntoFault;
use crate::feed::Feed;
use crate::lifetime::Lifetime;
use crate::options::Options;
use crate::signin::SignIns;
use crate::{Engine, Inner};

pub(crate) async fn open(options: Options) -> Result<Engine, Fault> {
    let lock = Lock::acquire(&options.data_dir).into_fault()?;
    let app = open_app(&options).await?;
    let notices = app.notices().await.into_fault()?.into();
    app.clear_notices().await.into_fault()?;
    let limiter = Limiter::new(options.pace);
    let engine = Engine(Arc::new(Inner {
        options,
        app,
        notices,
        vault: OnceCell::new(),
        probing: AtomicBool::new(false),
        signins: SignIns::default(),
        limiter,
        feed: Feed::new(),
        models: ModelShelf::default(),
        hooks: crate::hooks::Hooks::default(),
        desks: Mutex::default(),
        life: Lifetime::new(),
        calls: AtomicU64::new(1),
        _lock: lock,
    }));
    if engine.0.options.schedule {
        probe(&engine);
        open_ahead(&engine);
    }
    Ok(engine)
}

/// Looks for the place of secrets before it is needed: a keyring that asks for its password does so now, not in the middle of
/// a sign-in. Nothing else waits for it, and the end of the app does not either.
fn probe(engine: &Engine) {
    let probing = engine.clone();
    engine.0.probing.store(true, Ordering::Release);
    engine.0.life.spawn(async move {
        let ended = probing.ended();
        let opened = tokio::select! {
            opened = probing.vault() => opened,
            () = ended => return,
        };
        if let Err(fault) = opened {
            tracing::warn!(message = fault.message, "the place of secrets could not be opened");
        }
        probing.0.probing.store(false, Ordering::Release);
        probing.touched(&[Tag::Accounts]);
    });
}

/// Whoever starts the app goes on where they were: while the window comes, its data is opened and checked.
fn open_ahead(engine: &Engine) {
    let opening = engine.clone();
    engine.0.life.spawn(async move {
        if let Ok(last) = opening.last_opened().await
            && let Err(fault) = opening.desk(last).await
        {
            tracing::warn!(message = fault.message, "the workspace could not be opened ahead");
        }
    });
}

/// The installation's own database. Without it nothing is known of the workspaces, so what to do differs from theirs.
async fn open_app(options: &Options) -> Result<AppStore, Fault> {
    let path = options.data_dir.join("app.db");
    match AppStore::open(&path, options.clock.clone()).await {
        Err(StoreError::Damaged { copy: None }) => {
            let message = format!(
                "The app's own file {} is damaged, and there is no copy beside it. Move it away and start again: sign in and connect anew; Basecamp has everything that was sent.",
                path.display()
            );
            Err(Fault::new(Code::Storage, message))
        }
        opened => opened.into_fault(),
    }
}

/// The place of secrets. A locked file is opened when the start was given its passphrase.
pub(crate) async fn open_vault(options: &Options) -> Result<Vault, Fault> {
    let vault = Vault::open(options.data_dir.join("vault"), options.vault.clone()).await.into_fault()?;
    let Some(passphrase) = &options.passphrase else { return Ok(vault) };
    if vault.status().await.state == State::Locked {
        match vault.unlock(passphrase.clone()).await {
            Err(VaultError::WrongPassphrase) => {
                let message = "The passphrase that this start was given does not open the secrets file. Correct it, or start without one.";
                return Err(Fault::new(Code::VaultLocked, message));
            }
            opened => opened.into_fault()?,
        }
    }
    Ok(vault)
}
