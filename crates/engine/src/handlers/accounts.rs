//! Sign-ins, and the place of secrets.

use std::sync::atomic::Ordering;

use contract::commands::{
    AnswerOauth, BeginOauth, ListSignIns, LockVault, RemoveSignIn, ShowOauth, ShowVault, SignInWithToken, UnlockVault,
    UseKeyring, UseVaultFile,
};
use contract::{Fault, OauthStage, OauthStarted, SecretText, SignIn, Tag, VaultPlace, VaultStatus};
use store::NewSignIn;
use vault::oauth::Tokens;
use vault::{Backend, Secret, State, Status};

use crate::Engine;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};
use crate::signin::Servers;

impl Engine {
    pub(crate) async fn vault_status(&self) -> Result<VaultStatus, Fault> {
        Ok(view(self.vault().await?.status().await))
    }

    /// The same for the start of a window, which does not wait while the system asks for the keyring's password. The feed
    /// tells when the place is open.
    pub(crate) async fn vault_so_far(&self) -> Result<VaultStatus, Fault> {
        if !self.0.probing.load(Ordering::Acquire) {
            return self.vault_status().await;
        }
        Ok(VaultStatus {
            place: VaultPlace::Opening,
            ready: false,
            locked: false,
            why: "The place of your secrets is being opened. If the system asks for the keyring’s password, answer there.".into(),
        })
    }

    /// Secrets can be kept right now; otherwise says what to do.
    pub(crate) async fn vault_ready(&self) -> Result<(), Fault> {
        let status = self.vault_status().await?;
        if status.ready {
            return Ok(());
        }
        Err(Fault::new(contract::Code::VaultLocked, status.why))
    }

    async fn vault_changed(&self) -> Result<VaultStatus, Fault> {
        self.touched(&[Tag::Accounts]);
        self.vault_status().await
    }
}

fn view(status: Status) -> VaultStatus {
    let place = match status.backend {
        Some(Backend::Keyring) => VaultPlace::Keyring,
        Some(Backend::File) => VaultPlace::File,
        Some(Backend::Memory) => VaultPlace::Keyring,
        None => VaultPlace::Undecided,
    };
    let (ready, locked, why) = match status.state {
        State::Ready => (true, false, String::new()),
        State::Locked => (false, true, "The file with your secrets is locked. Enter its passphrase.".into()),
        State::NeedsChoice { why } => (false, false, why),
        State::Failing { why } => (false, false, why),
    };
    VaultStatus { place, ready, locked, why }
}

fn secret(text: SecretText) -> Secret {
    Secret::new(text.into_inner())
}

impl Handle<ListSignIns> for Ask<'_> {
    async fn handle(&self, _: ListSignIns) -> Result<Vec<SignIn>, Fault> {
        let stored = self.engine.0.app.sign_ins().await.into_fault()?;
        Ok(stored.into_iter().map(|stored| stored.sign_in).collect())
    }
}

impl Handle<SignInWithToken> for Ask<'_> {
    async fn handle(&self, input: SignInWithToken) -> Result<SignIn, Fault> {
        if input.token.is_blank() {
            return Err(Fault::invalid("token", "Paste the token that you made in Basecamp."));
        }
        self.engine.vault_ready().await?;
        let servers = Servers::new(input.api, input.launchpad)?;
        let token = Secret::new(input.token.into_inner().trim().to_owned());
        let account = input.account.filter(|account| !account.trim().is_empty());
        let (label, accounts) = self.engine.reach(&servers, &token, account.as_deref()).await?;
        // The same person with a fresh token: the sign-in goes on, with the workspaces that hang on it.
        let known = self.engine.0.app.sign_ins().await.into_fault()?.into_iter().find(|known| {
            let sign_in = &known.sign_in;
            sign_in.method == "token"
                && sign_in.api == servers.api
                && sign_in.label == label
                && sign_in.accounts == accounts
        });
        let new = NewSignIn {
            label,
            method: "token".into(),
            api: servers.api,
            launchpad: servers.launchpad,
            client_id: String::new(),
            accounts,
        };
        self.engine.keep_sign_in(new, Tokens::personal(&token), None, known.map(|known| known.sign_in.id)).await
    }
}

impl Handle<BeginOauth> for Ask<'_> {
    async fn handle(&self, input: BeginOauth) -> Result<OauthStarted, Fault> {
        self.engine.begin_sign_in(input).await
    }
}

impl Handle<ShowOauth> for Ask<'_> {
    async fn handle(&self, _: ShowOauth) -> Result<OauthStage, Fault> {
        let attempt = self.engine.0.signins.attempt.lock().await;
        Ok(attempt.as_ref().map_or(OauthStage::None, |attempt| attempt.stage()))
    }
}

impl Handle<AnswerOauth> for Ask<'_> {
    async fn handle(&self, input: AnswerOauth) -> Result<OauthStage, Fault> {
        self.engine.answer_sign_in(secret(input.url).expose()).await
    }
}

impl Handle<RemoveSignIn> for Ask<'_> {
    async fn handle(&self, RemoveSignIn { id }: RemoveSignIn) -> Result<(), Fault> {
        self.engine.0.signins.remove(self.engine, id).await
    }
}

impl Handle<ShowVault> for Ask<'_> {
    async fn handle(&self, _: ShowVault) -> Result<VaultStatus, Fault> {
        Ok(view(self.engine.vault().await?.recheck().await))
    }
}

impl Handle<UseVaultFile> for Ask<'_> {
    async fn handle(&self, input: UseVaultFile) -> Result<VaultStatus, Fault> {
        self.engine.vault().await?.use_file(secret(input.passphrase)).await.into_fault()?;
        self.engine.vault_changed().await
    }
}

impl Handle<UnlockVault> for Ask<'_> {
    async fn handle(&self, input: UnlockVault) -> Result<VaultStatus, Fault> {
        self.engine.vault().await?.unlock(secret(input.passphrase)).await.into_fault()?;
        self.engine.vault_changed().await
    }
}

impl Handle<LockVault> for Ask<'_> {
    async fn handle(&self, _: LockVault) -> Result<VaultStatus, Fault> {
        self.engine.vault().await?.lock().await.into_fault()?;
        self.engine.vault_changed().await
    }
}

impl Handle<UseKeyring> for Ask<'_> {
    async fn handle(&self, _: UseKeyring) -> Result<VaultStatus, Fault> {
        self.engine.vault().await?.move_to_keyring().await.into_fault()?;
        self.engine.vault_changed().await
    }
}
