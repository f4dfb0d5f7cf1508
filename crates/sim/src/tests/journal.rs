//! The journal: a restart gives the same world, whatever was done and wherever the last line tore.

use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use super::{Client, Hand};
use crate::{Dice, JournalError, Options, Sim, Size, StartError, random_edit};

async fn start(path: &Path, hand: &Hand) -> Result<Sim, StartError> {
    Sim::start(Options {
        size: Size::small(),
        clock: hand.clock(),
        limit: None,
        journal: Some(path.to_owned()),
        ..Options::default()
    })
    .await
}

#[tokio::test]
async fn replay_gives_the_world_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.journal");
    let hand = Hand::new();
    let mut dice = Dice::new(4);
    let mut before = None;
    for _ in 0..4 {
        let sim = start(&path, &hand).await.unwrap();
        if let Some(before) = before.take() {
            assert!(sim.look(|world| *world == before));
        }
        for _ in 0..40 {
            hand.forward(7);
            sim.edit(|editor| random_edit(editor, &mut dice).unwrap());
        }
        let client = Client::new(&sim);
        let made = client.call("POST", "/projects.json", json!({ "name": "Kept" })).await;
        assert_eq!(made.status, 201);
        let refused = client.call("POST", "/projects.json", json!({ "name": " " })).await;
        assert_eq!(refused.status, 422);
        before = Some(sim.look(Clone::clone));
        sim.stop().await;
        hand.forward(3600);
    }
}

#[tokio::test]
async fn a_torn_last_line_is_dropped_and_a_broken_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.journal");
    let hand = Hand::new();
    let sim = start(&path, &hand).await.unwrap();
    let mut dice = Dice::new(4);
    for _ in 0..5 {
        sim.edit(|editor| random_edit(editor, &mut dice).unwrap());
    }
    let before = sim.look(Clone::clone);
    sim.stop().await;
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"{\"at\":\"2026-11-20T12").unwrap();
    let sim = start(&path, &hand).await.unwrap();
    assert!(sim.look(|world| *world == before));
    sim.edit(|editor| random_edit(editor, &mut dice).unwrap());
    let after = sim.look(Clone::clone);
    sim.stop().await;
    let sim = start(&path, &hand).await.unwrap();
    assert!(sim.look(|world| *world == after));
    sim.stop().await;
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("{\"at\"", "{\"no\"", 1)).unwrap();
    let refused = start(&path, &hand).await;
    assert!(matches!(refused, Err(StartError::Journal(JournalError::Corrupt { line: 2 }))));
}
