#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{
    AccountChoice, AutomationServer, Code, Connection, ConnectionId, Fault, FlowPlace, IntegrationKind, ModelEntry,
    ModelId, NextAct, Owner, SignIn, SignInId, Standing, VaultPlace, VaultStatus, Vendor,
};
use jiff::Timestamp;

use super::rows::{self, Secrets};
use super::{Key, trial};

fn open(names: &[&str]) -> Secrets {
    let status = VaultStatus { place: VaultPlace::Keyring, ready: true, locked: false, why: String::new() };
    Secrets { status, names: Ok(names.iter().map(|name| (*name).to_owned()).collect()) }
}

fn shut(place: VaultPlace, locked: bool, why: &str) -> Secrets {
    let status = VaultStatus { place, ready: false, locked, why: why.into() };
    Secrets { status, names: Err(why.into()) }
}

fn sign_in(revoked: bool) -> SignIn {
    SignIn {
        id: SignInId(3),
        label: "Ada".into(),
        method: "token".into(),
        api: String::new(),
        revoked,
        created_at: Timestamp::UNIX_EPOCH,
        accounts: vec![AccountChoice { account: "1".into(), name: "Harbour".into() }],
    }
}

#[test]
fn a_key_names_what_it_names_and_nothing_else() {
    let keys = [
        Key::Secrets,
        Key::Sample,
        Key::Runner,
        Key::Server,
        Key::SignIn(SignInId(3)),
        Key::Model(ModelId(2)),
        Key::Connection(ConnectionId(-5)),
    ];
    for key in keys {
        assert_eq!(Key::parse(&key.to_string()), Some(key));
    }
    for other in
        ["", "basecamp", "basecamp:", "basecamp:x", "secrets:1", "model:", "slack", "connection:1:2", "server:4"]
    {
        assert_eq!(Key::parse(other), None, "{other}");
    }
}

#[test]
fn each_state_of_the_keyring_has_its_words_and_its_next_step() {
    let cases = [
        (open(&[]), Standing::Works, NextAct::None),
        (shut(VaultPlace::File, true, "locked"), Standing::Locked, NextAct::Unlock),
        (shut(VaultPlace::Keyring, false, "it does not answer"), Standing::Failing, NextAct::ChoosePlace),
        (shut(VaultPlace::File, false, "damaged"), Standing::Failing, NextAct::ChoosePlace),
        (shut(VaultPlace::Undecided, false, "no keyring"), Standing::Absent, NextAct::ChoosePlace),
        (shut(VaultPlace::Opening, false, "it asks"), Standing::Locked, NextAct::Retry),
    ];
    for (secrets, standing, next) in cases {
        let row = rows::secrets(&secrets);
        assert_eq!((row.standing, row.next), (standing, next), "{}", row.detail);
        assert!(!row.words.is_empty());
        if let Err(why) = &secrets.names {
            assert!(row.words.contains(why.as_str()), "{}", row.words);
            let account = rows::sign_in(&sign_in(false), None, None, &secrets);
            assert_eq!(account.standing, Standing::Locked, "a sign-in is not blamed for the place of secrets");
            assert_ne!(account.next, NextAct::Reconnect);
        }
    }
}

#[test]
fn a_sign_in_whose_secret_was_deleted_outside_says_so() {
    let secrets = open(&[]);
    let row = rows::sign_in(&sign_in(false), Some(false), None, &secrets);
    assert_eq!((row.standing, row.next), (Standing::Failing, NextAct::Reconnect));
    assert!(row.words.contains("gone"), "{}", row.words);
    let row = rows::sign_in(&sign_in(false), Some(true), None, &secrets);
    assert_eq!((row.standing, row.next), (Standing::Works, NextAct::None));
    // Basecamp's word counts for more than what is kept here.
    let row = rows::sign_in(&sign_in(true), Some(true), None, &secrets);
    assert_eq!((row.standing, row.next), (Standing::Failing, NextAct::Reconnect));
}

#[test]
fn a_model_of_a_vendor_needs_a_key_and_one_of_ones_own_does_not() {
    let entry = |vendor, base: &str, has_key| ModelEntry {
        id: ModelId(2),
        label: "Mine".into(),
        vendor: Some(vendor),
        base: base.into(),
        model: "m".into(),
        has_key,
        fallback: None,
    };
    let secrets = open(&[]);
    let standing = |entry: &ModelEntry| rows::model(entry, false, None, &secrets).standing;
    assert_eq!(standing(&entry(Vendor::Openai, "", false)), Standing::Failing);
    assert_eq!(standing(&entry(Vendor::Openai, "", true)), Standing::Untried);
    assert_eq!(standing(&entry(Vendor::Openai, "http://127.0.0.1:1", false)), Standing::Untried);
    assert_eq!(standing(&entry(Vendor::Ollama, "", false)), Standing::Untried);
    let row = rows::model(&entry(Vendor::Openai, "", false), false, None, &shut(VaultPlace::File, true, "locked"));
    assert_eq!((row.standing, row.next), (Standing::Locked, NextAct::Unlock));
}

#[test]
fn an_account_of_the_person_comes_before_one_of_the_workspace() {
    let connection = |id, place, fault: Option<&str>| Connection {
        id: ConnectionId(id),
        key: "k".into(),
        label: "Ours".into(),
        piece: "@activepieces/piece-slack".into(),
        place,
        fault: fault.map(str::to_owned),
        flows: 2,
    };
    let secrets = open(&[]);
    let mine = rows::connection(&connection(1, FlowPlace::Here, None), None, &secrets);
    let ours = rows::connection(&connection(-1, FlowPlace::Server, Some("expired")), None, &secrets);
    assert_eq!((mine.kind, ours.kind), (IntegrationKind::Slack, IntegrationKind::Slack));
    assert!(mine.owner < ours.owner);
    assert_eq!((ours.standing, ours.owner), (Standing::Failing, Owner::Workspace));
    assert_eq!(rows::absent(IntegrationKind::Slack).next, NextAct::Connect);
    // What the server keeps does not hang on this machine's place of secrets.
    let locked = shut(VaultPlace::File, true, "locked");
    assert_eq!(rows::connection(&connection(-1, FlowPlace::Server, None), None, &locked).standing, Standing::Works);
    assert_eq!(rows::connection(&connection(1, FlowPlace::Here, None), None, &locked).standing, Standing::Locked);
}

#[test]
fn a_server_that_is_away_says_why() {
    let secrets = open(&[]);
    assert_eq!(rows::server(&AutomationServer::default(), &secrets).standing, Standing::Absent);
    let away = AutomationServer {
        address: "https://flows.example.com".into(),
        fault: Some("It does not answer.".into()),
        ..AutomationServer::default()
    };
    let row = rows::server(&away, &secrets);
    assert_eq!(
        (row.standing, row.next, row.words.as_str()),
        (Standing::Failing, NextAct::Reconnect, "It does not answer.")
    );
}

#[test]
fn what_helps_follows_from_what_went_wrong() {
    let fault = |code| Fault::new(code, "x");
    assert_eq!(trial::next(Key::Server, &fault(Code::Offline)), NextAct::Retry);
    assert_eq!(trial::next(Key::Server, &fault(Code::NotFound)), NextAct::Connect);
    assert_eq!(trial::next(Key::Model(ModelId(1)), &fault(Code::Upstream)), NextAct::Reconnect);
    assert_eq!(trial::next(Key::SignIn(SignInId(1)), &fault(Code::SignInNeeded)), NextAct::Reconnect);
    assert_eq!(trial::next(Key::SignIn(SignInId(1)), &fault(Code::VaultLocked)), NextAct::Unlock);
    assert_eq!(trial::next(Key::Secrets, &fault(Code::VaultLocked)), NextAct::ChoosePlace);
}
