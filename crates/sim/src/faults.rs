//! Things going wrong on demand: for the next few requests that match, or by chance from a seed.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use crate::dice::Dice;

/// What goes wrong.
#[derive(Debug, Clone)]
pub enum Fault {
    /// This status with a short JSON error; the request is not handled.
    Status(u16),
    /// 429 with `Retry-After` in seconds; not handled.
    TooMany(u64),
    /// The connection breaks before the request is handled.
    DropBefore,
    /// The request is handled, then the connection breaks: the answer is lost, the write happened.
    DropAfter,
    /// Handled, but only half of the body arrives before the connection breaks.
    Truncate,
    /// Handled, but an HTML page with status 200 comes back.
    Html,
    /// Handled, but JSON of another shape comes back.
    WrongJson,
    /// Handled, but every text in the answer is null.
    Nulls,
    /// Handled, but a list comes back empty.
    EmptyList,
    /// Held until the gate opens, then handled as usual.
    Hold(Gate),
}

/// Holds requests until it is opened.
#[derive(Debug, Clone)]
pub struct Gate {
    arrivals: Arc<Semaphore>,
    passes: Arc<Semaphore>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { arrivals: Arc::new(Semaphore::new(0)), passes: Arc::new(Semaphore::new(0)) }
    }
}

impl Gate {
    /// Waits until one more request stands at the gate.
    pub async fn arrived(&self) {
        if let Ok(permit) = self.arrivals.acquire().await {
            permit.forget();
        }
    }

    /// Lets all through, those waiting and those to come.
    pub fn open(&self) {
        self.passes.add_permits(Semaphore::MAX_PERMITS / 2);
    }

    pub(crate) async fn pass(&self) {
        self.arrivals.add_permits(1);
        let _open = self.passes.acquire().await;
    }
}

#[derive(Debug)]
struct Rule {
    method: Option<String>,
    path_part: String,
    left: usize,
    fault: Fault,
}

#[derive(Debug)]
struct Chance {
    dice: Dice,
    per_mille: u64,
    among: Vec<Fault>,
}

#[derive(Debug, Default)]
struct Plan {
    rules: Vec<Rule>,
    chance: Option<Chance>,
    given: u64,
}

/// The faults of one server. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    plan: Arc<Mutex<Plan>>,
}

impl Faults {
    fn with<T>(&self, work: impl FnOnce(&mut Plan) -> T) -> T {
        work(&mut self.plan.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The next `times` requests with this method (any, when empty) whose path contains `path_part`.
    /// Earlier rules go first.
    pub fn next(&self, times: usize, method: &str, path_part: &str, fault: Fault) {
        let rule = Rule {
            method: (!method.is_empty()).then(|| method.to_owned()),
            path_part: path_part.to_owned(),
            left: times,
            fault,
        };
        self.with(|plan| plan.rules.push(rule));
    }

    /// Holds the next request that matches; the gate tells when it is there and lets it go.
    #[must_use]
    pub fn hold_next(&self, method: &str, path_part: &str) -> Gate {
        let gate = Gate::default();
        self.next(1, method, path_part, Fault::Hold(gate.clone()));
        gate
    }

    /// Every API request, sign-in aside, fails with this chance in a thousand, in one of these ways. The same seed and the
    /// same order of requests give the same faults.
    pub fn by_chance(&self, seed: u64, per_mille: u64, among: Vec<Fault>) {
        let chance = Chance { dice: Dice::new(seed), per_mille, among };
        self.with(|plan| plan.chance = Some(chance));
    }

    /// Nothing goes wrong from here on.
    pub fn clear(&self) {
        self.with(|plan| {
            plan.rules.clear();
            plan.chance = None;
        });
    }

    /// How many requests met a fault.
    #[must_use]
    pub fn given(&self) -> u64 {
        self.with(|plan| plan.given)
    }

    pub(crate) fn draw(&self, method: &str, path: &str) -> Option<Fault> {
        self.with(|plan| {
            let rule = plan.rules.iter_mut().find(|rule| {
                rule.left > 0
                    && rule.method.as_deref().is_none_or(|verb| verb == method)
                    && path.contains(&rule.path_part)
            });
            let fault = if let Some(rule) = rule {
                rule.left -= 1;
                Some(rule.fault.clone())
            } else if path.starts_with("/authorization") {
                None
            } else {
                plan.chance.as_mut().and_then(|chance| {
                    let struck = chance.dice.below(1000) < chance.per_mille as usize;
                    struck.then(|| chance.dice.pick(&chance.among).cloned()).flatten()
                })
            };
            plan.rules.retain(|rule| rule.left > 0);
            plan.given += u64::from(fault.is_some());
            fault
        })
    }
}
