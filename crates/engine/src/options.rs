//! How an engine is started.

use std::path::PathBuf;
use std::sync::Arc;

use basecamp::Pace;
use jiff::Timestamp;

/// Tells the time. Passed in, so that tests decide it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Which sample company there is.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Same seed, same company.
    pub seed: u64,
    /// How large it is.
    pub size: sim::Size,
}

/// How an engine is started.
#[derive(Clone)]
pub struct Options {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// Tells the time.
    pub clock: Clock,
    /// The place of secrets.
    pub vault: vault::Options,
    /// The sample workspace.
    pub sample: Sample,
    /// Fetch by itself from time to time. Without it a pass runs only when it is asked for.
    pub schedule: bool,
    /// The port that a sign-in in the browser comes back to.
    pub redirect_port: u16,
    /// How fast Basecamp may be asked, by all workspaces together.
    pub pace: Pace,
}

impl Options {
    /// What the app starts with.
    #[must_use]
    pub fn new(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            clock: Arc::new(Timestamp::now),
            vault: vault::Options::default(),
            sample: Sample { seed: 7, size: sim::Size::sample() },
            schedule: true,
            redirect_port: vault::oauth::Redirect::PORT,
            pace: Pace::default(),
        }
    }

    /// Nothing runs by itself: for one command at a time.
    #[must_use]
    pub fn without_schedule(self) -> Self {
        Self { schedule: false, ..self }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("data_dir", &self.data_dir).field("schedule", &self.schedule).finish_non_exhaustive()
    }
}
