//! The journal in a file: what a process that was killed leaves is read back, a torn last line included.

use std::io::{Read, Seek, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde_json::{Value, json};

use super::kit::{Kit, act, flow, program};
use crate::{Event, Journal, JournalError, Kept, RunId, RunStatus, Standing};

struct Files {
    folder: PathBuf,
    lock: Mutex<()>,
}

impl Files {
    fn lines(&self, run: &RunId) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.join(&run.0)).unwrap_or_default();
        // A line without its end was being written when the power went.
        text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned).collect()
    }
}

#[async_trait]
impl Journal for Files {
    async fn append(&self, run: &RunId, number: u64, event: &Event) -> Result<(), JournalError> {
        let _lock = self.lock.lock().unwrap();
        let whole = self.lines(run);
        if whole.len() as u64 != number {
            return Err(JournalError::Taken);
        }
        let path = self.folder.join(&run.0);
        let mut file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(path).unwrap();
        let end = whole.iter().map(String::len).sum::<usize>() as u64;
        file.set_len(end).unwrap();
        file.seek(std::io::SeekFrom::Start(end)).unwrap();
        file.write_all(format!("{}\n", serde_json::to_string(event).unwrap()).as_bytes()).unwrap();
        file.sync_data().unwrap();
        Ok(())
    }

    async fn read(&self, run: &RunId) -> Result<Vec<Event>, JournalError> {
        self.lines(run)
            .iter()
            .map(|line| serde_json::from_str(line).map_err(|error| JournalError::Failed(error.to_string())))
            .collect()
    }

    async fn keep(&self, _: &RunId, value: &Value) -> Result<String, JournalError> {
        let name = format!("big-{}", std::fs::read_dir(&self.folder).unwrap().count());
        std::fs::write(self.folder.join(&name), value.to_string()).unwrap();
        Ok(name)
    }

    async fn fetch(&self, _: &RunId, handle: &str) -> Result<Value, JournalError> {
        let mut text = String::new();
        let file = std::fs::File::open(self.folder.join(handle)).map_err(|_| JournalError::Gone);
        file?.read_to_string(&mut text).unwrap();
        Ok(serde_json::from_str(&text).unwrap())
    }
}

#[tokio::test]
async fn a_journal_in_a_file_is_read_from_every_byte_at_which_it_may_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut kit = Kit::new();
    kit.runner.sizes.output = 200;
    kit.runner.journal = Arc::new(Files { folder: folder.path().to_owned(), lock: Mutex::default() });
    let steps = vec![
        act("a", "keyed", json!({ "text": "x".repeat(300) })),
        act("b", "once", json!({ "text": "{{a.output.input.text.length}}" })),
        act("c", "keyed", json!({})),
    ];
    let flow = flow(steps);
    let run = kit.run(&flow, json!({})).await;
    assert_eq!(run.status(), RunStatus::Succeeded);
    assert!(matches!(run.known("a").unwrap().output, Some(Kept::Cut { .. })));
    let whole = std::fs::read(folder.path().join("run-1")).unwrap();
    let began = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for end in (began..=whole.len()).step_by(7) {
        std::fs::write(folder.path().join("run-1"), &whole[..end]).unwrap();
        kit.world.effects.lock().unwrap().clear();
        let mut run = kit.runner.open("run-1".into(), program(&flow)).await.unwrap();
        let standing = kit.advance(&mut run).await;
        assert!(
            matches!(standing, Standing::Ended(RunStatus::Succeeded) | Standing::Waits(None)),
            "{end}: {standing:?}"
        );
    }
    std::fs::remove_file(folder.path().join("big-1")).unwrap();
    let events = kit.runner.journal.read(&"run-1".into()).await.unwrap();
    assert!(!events.is_empty());
}
