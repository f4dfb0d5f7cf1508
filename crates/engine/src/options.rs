//! How an engine is started.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use agent::models::Patience as ModelPatience;
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
    /// Runs do not go on and automations do not begin by themselves. For a start that finds out what breaks it.
    pub held: bool,
    /// The port that a sign-in in the browser comes back to.
    pub redirect_port: u16,
    /// How fast Basecamp may be asked, by all workspaces together.
    pub pace: Pace,
    /// The wait before a read that failed is tried again, doubled for each further try.
    pub patience: Duration,
    /// How long a model's server is waited for, and how the time passes before it is asked again.
    pub model_patience: ModelPatience,
    /// How long the code of a step may run.
    pub code_time: Duration,
    /// Opens the sealed file when the vault finds it locked. Only for starts that nobody sits in front of.
    pub passphrase: Option<vault::Secret>,
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
            held: false,
            redirect_port: vault::oauth::Redirect::PORT,
            pace: Pace::default(),
            patience: Duration::from_millis(500),
            model_patience: ModelPatience::default(),
            code_time: runner::sandbox::Limits::default().time,
            passphrase: None,
        }
    }

    /// Nothing runs by itself: for one command at a time.
    #[must_use]
    pub fn without_schedule(self) -> Self {
        Self { schedule: false, ..self }
    }

    /// Nothing runs by itself, automations among it.
    #[must_use]
    pub fn held(self) -> Self {
        Self { schedule: false, held: true, ..self }
    }

    /// As if the machine had no keyring: secrets go into the sealed file only.
    #[must_use]
    pub fn without_keyring(self) -> Self {
        Self { vault: vault::Options::without_keyring(), ..self }
    }

    /// Opens the sealed file by itself, with this passphrase.
    #[must_use]
    pub fn with_passphrase(self, passphrase: contract::SecretText) -> Self {
        Self { passphrase: Some(vault::Secret::new(passphrase.into_inner())), ..self }
    }

    /// Another number of requests in ten seconds.
    #[must_use]
    pub fn with_requests(self, requests: usize) -> Self {
        Self { pace: Pace { requests, ..self.pace }, ..self }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("data_dir", &self.data_dir)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}
