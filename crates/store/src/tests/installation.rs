use super::*;
use crate::{AppStore, Lock, NewSignIn, StoreError};

#[tokio::test]
async fn workspaces_sign_ins_and_settings_are_kept() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("deep").join("app.db");
    let app = AppStore::open(&path, clock()).await.unwrap();
    let new = NewSignIn {
        label: "Ana".into(),
        method: "token".into(),
        api: "https://api.test".into(),
        launchpad: "https://in.test".into(),
        client_id: String::new(),
        accounts: vec![AccountChoice { account: "999".into(), name: "Firm".into() }],
    };
    let sign_in = app.add_sign_in(&new).await.unwrap().sign_in;
    app.set_revoked(sign_in.id, true).await.unwrap();
    let first = app.add_workspace("Firm", Source::Basecamp, Some(sign_in.id), "999").await.unwrap();
    let sample = app.add_workspace("Sample", Source::Sample, None, "").await.unwrap();
    app.workspace_opened(first.id).await.unwrap();
    app.rename_workspace(first.id, "The firm").await.unwrap();
    let settings = Settings { theme: Theme::Dark, time_zone: "Europe/Berlin".into(), ..Settings::default() };
    app.set_settings(&settings).await.unwrap();
    app.add_notice("Mended.").await.unwrap();
    app.close().await;

    let app = AppStore::open(&path, clock()).await.unwrap();
    let all = app.workspaces().await.unwrap();
    assert_eq!(all.iter().map(|w| w.name.as_str()).collect::<Vec<_>>(), ["The firm", "Sample"]);
    assert!(app.sign_in(sign_in.id).await.unwrap().unwrap().sign_in.revoked);
    app.renew_sign_in(sign_in.id, &new).await.unwrap();
    assert!(!app.sign_ins().await.unwrap()[0].sign_in.revoked);
    assert_eq!(app.settings().await.unwrap(), settings);
    assert_eq!(app.notices().await.unwrap(), ["Mended."]);
    app.clear_notices().await.unwrap();
    assert!(app.notices().await.unwrap().is_empty());

    app.remove_sign_in(sign_in.id).await.unwrap();
    assert_eq!(app.workspace(first.id).await.unwrap().unwrap().sign_in, None);
    app.set_workspace_account(first.id, None, "1000").await.unwrap();
    assert_eq!(app.workspace(first.id).await.unwrap().unwrap().account, "1000");
    app.remove_workspace(sample.id).await.unwrap();
    let next = app.add_workspace("Another", Source::Sample, None, "").await.unwrap();
    assert!(next.id > sample.id, "a removed workspace's id is not given again");
    app.set_value("settings", Some("{broken")).await.unwrap();
    assert_eq!(app.settings().await.unwrap(), Settings::default());
}

#[test]
fn a_second_holder_of_the_folder_is_refused_until_the_first_lets_go() {
    let folder = tempfile::TempDir::new().unwrap();
    let held = Lock::acquire(folder.path()).unwrap();
    match Lock::acquire(folder.path()) {
        Err(StoreError::Locked { by }) => assert_eq!(by, Some(format!("process {}", std::process::id()))),
        other => panic!("{other:?}"),
    }
    drop(held);
    Lock::acquire(folder.path()).unwrap();
}
