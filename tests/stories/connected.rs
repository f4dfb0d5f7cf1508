//! Integrations as one table, tried one by one, and the set-up that is kept while it is under way.

use contract::commands::ListIntegrations;
use contract::commands::{
    ChangeSettings, ConnectAutomationServer, ConnectModel, LockVault, OpenSample, RemoveSignIn, ShowStatus,
    TestIntegration, UseVaultFile,
};
use contract::{
    Caller, Code, Door, Integration, IntegrationKind, NewsKind, NextAct, Owner, QuietHours, SecretText, Setup,
    SetupStep, Standing, StepState, Vendor,
};
use engine::{Engine, Options};
use jiff::civil::time;
use tempfile::TempDir;

use crate::support::{Desk, Time, World, call, options};

fn row<'a>(all: &'a [Integration], key: &str) -> &'a Integration {
    all.iter().find(|one| one.key == key).unwrap_or_else(|| panic!("no {key} in {all:#?}"))
}

#[tokio::test]
async fn every_connection_is_in_the_table_and_the_keys_name_them() {
    let desk = Desk::open().await;
    let all = desk.does(ListIntegrations {}).await;
    let key = format!("basecamp:{}", desk.sign_in.id);
    let basecamp = row(&all, &key);
    assert_eq!((basecamp.standing, basecamp.owner), (Standing::Works, Owner::Person));
    assert!(basecamp.last_use.is_some() && !basecamp.may.is_empty());
    assert_eq!(row(&all, "runner").owner, Owner::App);
    assert_eq!(row(&all, "model:0").standing, Standing::Works);
    assert_eq!(row(&all, "secrets").standing, Standing::Works);
    for absent in ["server", "slack", "mail"] {
        let row = row(&all, absent);
        assert_eq!((row.standing, row.next, row.can_test), (Standing::Absent, NextAct::Connect, false), "{absent}");
    }
    let kinds: Vec<IntegrationKind> = all.iter().map(|one| one.kind).collect();
    assert!(kinds.is_sorted(), "{kinds:?}");
    // Everything that says it can be tried can be.
    for one in all.iter().filter(|one| one.can_test) {
        let trial = desk.does(TestIntegration { key: one.key.clone() }).await;
        assert!(trial.works && trial.next == NextAct::None, "{}: {}", one.key, trial.words);
        assert!(!trial.words.is_empty());
    }
    for bad in ["", "slack", "basecamp:99", "model:99", "connection:99", "basecamp:x"] {
        desk.is_refused_or_fails(bad).await;
    }
}

impl Desk {
    async fn is_refused_or_fails(&self, key: &str) {
        match self.tries(TestIntegration { key: key.into() }).await {
            Ok(trial) => assert!(!trial.works, "{key}: {}", trial.words),
            Err(fault) => assert!(matches!(fault.code, Code::Invalid | Code::NotFound), "{key}: {fault:?}"),
        }
    }
}

#[tokio::test]
async fn a_sign_in_that_basecamp_refuses_fails_its_trial_and_says_what_helps() {
    let desk = Desk::open().await;
    let key = format!("basecamp:{}", desk.sign_in.id);
    desk.sim.faults().next(usize::MAX, "GET", "/my/profile.json", sim::Fault::Status(401));
    let trial = desk.does(TestIntegration { key: key.clone() }).await;
    assert_eq!((trial.works, trial.next), (false, NextAct::Reconnect), "{}", trial.words);
    let all = desk.does(ListIntegrations {}).await;
    assert_eq!((row(&all, &key).standing, row(&all, &key).next), (Standing::Failing, NextAct::Reconnect));
    desk.sim.faults().clear();
    // It works again, and the table says so.
    let trial = desk.does(TestIntegration { key: key.clone() }).await;
    assert!(trial.works, "{}", trial.words);
    assert_eq!(row(&desk.does(ListIntegrations {}).await, &key).standing, Standing::Works);
    desk.does(RemoveSignIn { id: desk.sign_in.id }).await;
    let all = desk.does(ListIntegrations {}).await;
    assert_eq!(row(&all, "basecamp").standing, Standing::Absent);
}

#[tokio::test]
async fn the_sample_has_what_it_needs_and_a_server_to_try() {
    let (time, folder) = (Time::new(), TempDir::new().unwrap());
    let engine = Engine::open(options(&folder, &time)).await.unwrap();
    let person = Caller::person(Door::Window, None);
    let sample = call(&engine, &person, OpenSample {}).await.unwrap();
    let person = person.in_workspace(sample.id);
    engine.settle().await;
    let all = call(&engine, &person, ListIntegrations {}).await.unwrap();
    assert_eq!(row(&all, "sample").owner, Owner::App);
    assert!(call(&engine, &person, TestIntegration { key: "sample".into() }).await.unwrap().works);
    let trial = call(&engine, &person, TestIntegration { key: "server".into() }).await.unwrap();
    assert_eq!((trial.works, trial.next), (false, NextAct::Connect), "{}", trial.words);
    let server = ConnectAutomationServer {
        address: String::new(),
        email: String::new(),
        secret: SecretText::new(""),
        project: None,
    };
    call(&engine, &person, server).await.unwrap();
    let trial = call(&engine, &person, TestIntegration { key: "server".into() }).await.unwrap();
    assert!(trial.works, "{}", trial.words);
    let all = call(&engine, &person, ListIntegrations {}).await.unwrap();
    assert_eq!((row(&all, "server").standing, row(&all, "server").owner), (Standing::Works, Owner::Workspace));
    engine.close().await;
}

#[tokio::test]
async fn a_locked_place_of_secrets_is_not_taken_for_a_broken_sign_in() {
    let (time, folder) = (Time::new(), TempDir::new().unwrap());
    let vault = vault::Options::without_keyring();
    let engine = Engine::open(Options { vault, ..options(&folder, &time) }).await.unwrap();
    let person = Caller::person(Door::Window, None);
    let sample = call(&engine, &person, OpenSample {}).await.unwrap();
    let person = person.in_workspace(sample.id);
    let all = call(&engine, &person, ListIntegrations {}).await.unwrap();
    assert_eq!((row(&all, "secrets").standing, row(&all, "secrets").next), (Standing::Absent, NextAct::ChoosePlace));
    let passphrase = SecretText::new("correct horse battery");
    call(&engine, &person, UseVaultFile { passphrase }).await.unwrap();
    let model = ConnectModel {
        id: None,
        vendor: Vendor::Openai,
        model: "gpt-5".into(),
        label: None,
        base: None,
        key: Some(SecretText::new("sk-canary")),
        fallback: None,
    };
    call(&engine, &person, model).await.unwrap();
    let all = call(&engine, &person, ListIntegrations {}).await.unwrap();
    let entry = all.iter().find(|one| one.kind == IntegrationKind::Model && one.key != "model:0").unwrap();
    assert_eq!(entry.standing, Standing::Untried);
    call(&engine, &person, LockVault {}).await.unwrap();
    let locked = call(&engine, &person, ListIntegrations {}).await.unwrap();
    assert_eq!((row(&locked, &entry.key).standing, row(&locked, &entry.key).next), (Standing::Locked, NextAct::Unlock));
    let trial = call(&engine, &person, TestIntegration { key: entry.key.clone() }).await.unwrap();
    assert_eq!((trial.works, trial.next), (false, NextAct::Unlock), "{}", trial.words);
    assert!(!format!("{locked:?}{trial:?}").contains("sk-canary"));
    engine.close().await;
}

#[tokio::test]
async fn settings_and_the_set_up_are_kept_and_bad_ones_refused() {
    let (time, folder) = (Time::new(), TempDir::new().unwrap());
    let engine = Engine::open(options(&folder, &time)).await.unwrap();
    let person = Caller::person(Door::Window, None);
    let setup = Setup {
        at: Some(SetupStep::Assistant),
        work: StepState::Done,
        automations: StepState::Skipped,
        assistant: StepState::Open,
        toured: true,
    };
    let quiet = QuietHours { on: true, from: time_of(22), to: time_of(7) };
    let change = ChangeSettings {
        setup: Some(setup),
        quiet_hours: Some(quiet),
        muted: Some(vec![NewsKind::Trouble, NewsKind::Answer, NewsKind::Trouble]),
        contrast: Some(contract::Contrast::Higher),
        density: Some(contract::Density::Compact),
        text_size: Some(contract::TextSize::Large),
        language: Some(contract::Language::German),
        ..ChangeSettings::default()
    };
    let kept = call(&engine, &person, change).await.unwrap();
    assert_eq!(kept.muted, [NewsKind::Answer, NewsKind::Trouble], "each once, in one order");
    assert!(quiet.covers(time_of(23)) && quiet.covers(time_of(6)) && !quiet.covers(time_of(7)));
    let never_over = QuietHours { on: true, from: time_of(8), to: time_of(8) };
    let change = ChangeSettings { quiet_hours: Some(never_over), ..ChangeSettings::default() };
    let fault = call(&engine, &person, change).await.unwrap_err();
    assert_eq!(fault.field.as_deref(), Some("quiet_hours"));
    engine.close().await;
    drop(engine);
    let engine = Engine::open(options(&folder, &time)).await.unwrap();
    assert_eq!(call(&engine, &person, ShowStatus {}).await.unwrap().settings, kept);
    engine.close().await;
}

fn time_of(hour: i8) -> jiff::civil::Time {
    time(hour, 0, 0, 0)
}

#[tokio::test]
async fn trials_write_nothing_to_basecamp() {
    let desk = Desk::on(World::small(3)).await;
    let before = desk.sim.truth().len();
    for one in desk.does(ListIntegrations {}).await.iter().filter(|one| one.can_test) {
        desk.does(TestIntegration { key: one.key.clone() }).await;
    }
    desk.settles().await;
    assert_eq!(desk.sim.truth().len(), before);
    desk.nothing_waits().await;
}
