//! Bad input from every side: each gives a sentence that says what happened and what to do, the right number, and loses
//! nothing.

mod asked;
mod kept;
mod talked;
mod told;

use serde_json::{Value, json};
use sim::Sim;

use crate::shell::{Shell, in_use, project_in_use, stand_in};

/// A fetched workspace, what is in it, and an edit that waits to be sent.
struct Before {
    shell: Shell,
    sim: Sim,
    titles: Vec<String>,
}

const WAITING: &str = "Written before the trouble";

impl Before {
    async fn trouble() -> Self {
        let sim = stand_in().await;
        let shell = Shell::fetched(&sim);
        let (list, _) = places(&sim);
        shell.does("sync.offline", &json!({ "offline": true }));
        shell.does("todo.create", &json!({ "parent": list, "title": WAITING }));
        let titles = titles(&shell);
        assert!(titles.len() > 20 && titles.iter().any(|title| title == WAITING), "{titles:?}");
        Self { shell, sim, titles }
    }

    fn goes_online(&self) {
        self.sim.faults().clear();
        self.shell.does("sync.offline", &json!({ "offline": false }));
    }

    /// Everything that was there is there, on this side, and the edit that waited arrives once.
    fn lost_nothing(&self) {
        assert_eq!(titles(&self.shell), self.titles);
        self.goes_online();
        self.shell.does("sync.run", &json!({}));
        assert_eq!(self.shell.does("outbox.list", &json!({})), json!([]));
        let arrived = self.sim.truth().iter().filter(|fact| fact.title == WAITING).count();
        assert_eq!(arrived, 1, "the edit that waited");
        assert_eq!(titles(&self.shell), self.titles);
    }
}

/// Every title in the workspace, sorted.
fn titles(shell: &Shell) -> Vec<String> {
    let rows = shell.does("item.list", &json!({ "limit": 5000 }));
    let mut titles: Vec<String> =
        rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

/// A list in use, and its project.
fn places(sim: &Sim) -> (Value, Value) {
    (in_use(sim, "A list in use"), project_in_use(sim))
}
