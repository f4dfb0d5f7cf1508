//! Signing in through the browser, from the first click to a fetched workspace, and everything that can go wrong on the way.

use contract::commands::{
    AnswerOauth, BeginOauth, ConnectWorkspace, ListSignIns, LockVault, Redirect, RunSync, ShowOauth, UnlockVault,
    UseVaultFile,
};
use contract::{Caller, Code, Door, OauthStage, OauthStarted, SecretText, SignIn, SignInId};
use engine::{Engine, Options};
use jiff::SignedDuration;
use sim::Sim;
use tempfile::TempDir;

use crate::support::{Time, World, call, free_port, get, options, stand_in};

const PASSPHRASE: &str = "correct horse battery";

struct Lobby {
    engine: Engine,
    sim: Sim,
    time: Time,
    options: Options,
    person: Caller,
    _folder: TempDir,
}

impl Lobby {
    async fn open() -> Self {
        Self::with(vault::Options::memory()).await
    }

    /// With secrets in a file, which outlives the engine.
    async fn sealed() -> Self {
        let lobby = Self::with(vault::Options::without_keyring()).await;
        let passphrase = SecretText::new(PASSPHRASE);
        call(&lobby.engine, &lobby.person, UseVaultFile { passphrase }).await.unwrap();
        Self { options: Options { passphrase: Some(vault::Secret::new(PASSPHRASE)), ..lobby.options.clone() }, ..lobby }
    }

    async fn with(vault: vault::Options) -> Self {
        let time = Time::new();
        let folder = TempDir::new().unwrap();
        let sim = stand_in(World::small(7), &time).await;
        let options = Options { redirect_port: free_port().await, vault, ..options(&folder, &time) };
        let engine = Engine::open(options.clone()).await.unwrap();
        Self { engine, sim, time, options, person: Caller::person(Door::Window, None), _folder: folder }
    }

    /// The app is closed and started again.
    async fn opened_anew(self) -> Self {
        self.engine.close().await;
        // It holds the folder until it is gone.
        drop(self.engine);
        let engine = Engine::open(self.options.clone()).await.unwrap();
        Self { engine, ..self }
    }

    async fn begins(&self, redirect: Redirect, renews: Option<SignInId>) -> OauthStarted {
        let begin = BeginOauth {
            client_id: "sim-client".into(),
            client_secret: SecretText::new("sim-secret"),
            redirect,
            api: Some(self.sim.base_url().into()),
            launchpad: Some(self.sim.base_url().into()),
            renews,
        };
        call(&self.engine, &self.person, begin).await.unwrap()
    }

    /// The person agrees, or not: where Basecamp sends the browser.
    async fn decides(&self, started: &OauthStarted) -> String {
        let answer = get(&started.authorize_url).await;
        assert_eq!(answer.status, 302);
        let back = answer.location.unwrap();
        assert!(back.starts_with(&started.redirect_uri), "{back}");
        back
    }

    async fn stage(&self) -> OauthStage {
        call(&self.engine, &self.person, ShowOauth {}).await.unwrap()
    }

    async fn sign_ins(&self) -> Vec<SignIn> {
        call(&self.engine, &self.person, ListSignIns {}).await.unwrap()
    }

    async fn answers(&self, url: &str) -> Result<OauthStage, contract::Fault> {
        call(&self.engine, &self.person, AnswerOauth { url: SecretText::new(url) }).await
    }

    async fn signed_in(&self) -> SignIn {
        let stage = self.stage().await;
        let OauthStage::Done { sign_in } = stage else { panic!("{stage:?}") };
        *sign_in
    }

    async fn connected(&self, sign_in: &SignIn) -> Caller {
        let account = sign_in.accounts[0].account.clone();
        let connect = ConnectWorkspace { sign_in: sign_in.id, account, name: None };
        let workspace = call(&self.engine, &self.person, connect).await.unwrap();
        self.person.clone().in_workspace(workspace.id)
    }
}

#[tokio::test]
async fn through_the_browser_to_a_fetched_workspace() {
    let lobby = Lobby::open().await;
    assert_eq!(lobby.stage().await, OauthStage::None);
    let started = lobby.begins(Redirect::Loopback, None).await;
    assert_eq!(lobby.stage().await, OauthStage::Waiting);
    let back = lobby.decides(&started).await;
    let page = get(&back).await;
    assert_eq!(page.status, 200);
    let sign_in = lobby.signed_in().await;
    assert_eq!((sign_in.method.as_str(), sign_in.revoked), ("oauth", false));
    assert_eq!(sign_in.accounts[0].account, lobby.sim.account_id().to_string());
    let caller = lobby.connected(&sign_in).await;
    call(&lobby.engine, &caller, RunSync { full: false }).await.unwrap();
    assert!(!page.page.contains("sim-"), "no code and no token on the page");

    // The same answer once more opens nothing.
    assert!(lobby.answers(&back).await.is_err());
    assert_eq!(lobby.sign_ins().await.len(), 1);
}

#[tokio::test]
async fn an_answer_by_a_link_finds_its_sign_in_after_the_app_was_closed() {
    let lobby = Lobby::sealed().await;
    let started = lobby.begins(Redirect::Link, None).await;
    let back = lobby.decides(&started).await;
    let lobby = lobby.opened_anew().await;
    assert_eq!(lobby.stage().await, OauthStage::None);
    // What belongs to no attempt, or has lost its code, leaves the attempt waiting.
    let foreign = back.replace("state=", "state=x");
    assert_eq!(lobby.answers(&foreign).await.unwrap_err().code, Code::Invalid);
    let lobby = lobby.opened_anew().await;
    call(&lobby.engine, &lobby.person, LockVault {}).await.unwrap();
    assert_eq!(lobby.answers(&back).await.unwrap_err().code, Code::VaultLocked, "nothing is lost behind a locked file");
    let passphrase = SecretText::new(PASSPHRASE);
    call(&lobby.engine, &lobby.person, UnlockVault { passphrase }).await.unwrap();
    let stage = lobby.answers(&back).await.unwrap();
    assert!(matches!(stage, OauthStage::Done { .. }), "{stage:?}");
    assert_eq!(lobby.sign_ins().await.len(), 1);

    // It was good for once, whatever is started how often.
    let lobby = lobby.opened_anew().await;
    assert_eq!(lobby.answers(&back).await.unwrap_err().code, Code::NotFound);

    let started = lobby.begins(Redirect::Link, None).await;
    let back = lobby.decides(&started).await;
    let lobby = lobby.opened_anew().await;
    lobby.time.passes(SignedDuration::from_mins(10));
    let late = lobby.answers(&back).await.unwrap_err();
    assert!(late.message.contains("ten minutes"), "{}", late.message);
    let lobby = lobby.opened_anew().await;
    assert_eq!(lobby.answers(&back).await.unwrap_err().code, Code::NotFound);

    // Another begun since, by another way, ends it.
    let started = lobby.begins(Redirect::Link, None).await;
    let back = lobby.decides(&started).await;
    lobby.begins(Redirect::Loopback, None).await;
    let lobby = lobby.opened_anew().await;
    assert_eq!(lobby.answers(&back).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_person_who_says_no_is_told_how_to_go_on() {
    let lobby = Lobby::open().await;
    lobby.sim.deny_sign_in(true);
    let started = lobby.begins(Redirect::Loopback, None).await;
    let back = lobby.decides(&started).await;
    get(&back).await;
    failed(&lobby).await;
    lobby.sim.deny_sign_in(false);
    let started = lobby.begins(Redirect::Loopback, None).await;
    get(&lobby.decides(&started).await).await;
    lobby.signed_in().await;
}

async fn failed(lobby: &Lobby) {
    // The page is answered before the stage is told.
    for _ in 0..10_000 {
        if let OauthStage::Failed { message } = lobby.stage().await {
            assert!(message.len() > 15, "{message}");
            assert!(lobby.sign_ins().await.is_empty());
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{:?}", lobby.stage().await);
}

#[tokio::test]
async fn a_strangers_answer_changes_nothing() {
    let lobby = Lobby::open().await;
    let started = lobby.begins(Redirect::Loopback, None).await;
    let back = lobby.decides(&started).await;
    let (start, state) = back.split_once("state=").unwrap();
    let forged = format!("{start}state=x{}", &state[1..]);
    assert_ne!(get(&forged).await.status, 200);
    assert_eq!(lobby.stage().await, OauthStage::Waiting, "the true answer may still come");
    assert_eq!(lobby.answers(&forged).await.unwrap_err().code, Code::Invalid);
    get(&back).await;
    lobby.signed_in().await;
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_refused() {
    for redirect in [Redirect::Loopback, Redirect::Link] {
        let lobby = Lobby::open().await;
        let started = lobby.begins(redirect, None).await;
        let back = lobby.decides(&started).await;
        lobby.time.passes(SignedDuration::from_mins(11));
        match redirect {
            Redirect::Loopback => {
                get(&back).await;
            }
            Redirect::Link => assert!(lobby.answers(&back).await.is_err()),
        }
        assert!(lobby.answers(&back).await.is_err());
        assert!(!matches!(lobby.stage().await, OauthStage::Done { .. }));
        assert!(lobby.sign_ins().await.is_empty());
    }
}

#[tokio::test]
async fn an_answer_can_be_pasted_or_brought_by_a_link() {
    for redirect in [Redirect::Loopback, Redirect::Link] {
        let lobby = Lobby::open().await;
        assert_eq!(lobby.answers("https://example.test/?code=1&state=2").await.unwrap_err().code, Code::NotFound);
        let started = lobby.begins(redirect, None).await;
        for nonsense in ["", "not an address", "https://example.test/?code=1&state=2"] {
            assert_eq!(lobby.answers(nonsense).await.unwrap_err().code, Code::Invalid, "{nonsense:?}");
        }
        let back = lobby.decides(&started).await;
        assert!(matches!(lobby.answers(&back).await.unwrap(), OauthStage::Done { .. }));
        assert!(lobby.answers(&back).await.is_err(), "it works once");
        assert_eq!(lobby.sign_ins().await.len(), 1);
    }
}

#[tokio::test]
async fn a_token_that_has_run_out_is_renewed_and_a_grant_taken_back_asks_once_to_reconnect() {
    let lobby = Lobby::open().await;
    let started = lobby.begins(Redirect::Loopback, None).await;
    get(&lobby.decides(&started).await).await;
    let sign_in = lobby.signed_in().await;
    let caller = lobby.connected(&sign_in).await;
    call(&lobby.engine, &caller, RunSync { full: false }).await.unwrap();
    lobby.sim.expire_tokens();
    call(&lobby.engine, &caller, RunSync { full: true }).await.unwrap();

    lobby.sim.revoke_access();
    for _ in 0..2 {
        let fault = call(&lobby.engine, &caller, RunSync { full: false }).await.unwrap_err();
        assert_eq!(fault.code, Code::SignInNeeded, "{}", fault.message);
    }
    let known = lobby.sign_ins().await;
    assert_eq!(known.iter().map(|one| one.revoked).collect::<Vec<_>>(), [true]);
    let started = lobby.begins(Redirect::Loopback, Some(sign_in.id)).await;
    get(&lobby.decides(&started).await).await;
    assert_eq!(lobby.signed_in().await.id, sign_in.id, "it is the same sign-in, renewed");
    lobby.engine.settle().await;
    let status = call(&lobby.engine, &caller, RunSync { full: false }).await.unwrap();
    assert_eq!(status.problem, None);
    assert!(lobby.sign_ins().await.iter().all(|one| !one.revoked));
}
