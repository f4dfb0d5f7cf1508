//! What is chosen on the card of calls that wait. Pure: knows no page.

use contract::commands::CallDecision;
use contract::{CallId, CallView, Decision, Preview, Scope};

/// What is chosen for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The call.
    pub call: CallId,
    /// Stands for the input that was shown.
    pub fingerprint: String,
    /// It may run.
    pub allow: bool,
    /// Why not, where it may not.
    pub why: String,
    /// Its input as the person left it, with what that would do.
    pub edited: Option<(String, Preview)>,
    /// For how long the approval is remembered.
    pub remember: Option<Scope>,
}

/// What is chosen on the card, and which row has the keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picks {
    /// One for each call that waits, in their order.
    pub list: Vec<Pick>,
    /// The row that keys act on.
    pub place: usize,
}

/// What a key on the card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// It has been taken care of.
    Done,
    /// Send what is chosen.
    Send,
    /// Deny all of it.
    Deny,
    /// Edit the row.
    Edit,
}

impl Picks {
    /// Takes over the calls that wait. What was chosen for a call stays as long as its fingerprint does.
    pub fn meet(&mut self, calls: &[CallView]) {
        self.list = calls
            .iter()
            .map(|call| {
                let known =
                    self.list.iter().find(|pick| pick.call == call.call.id && pick.fingerprint == call.fingerprint);
                known.cloned().unwrap_or_else(|| Pick {
                    call: call.call.id,
                    fingerprint: call.fingerprint.clone(),
                    // What would be refused anyway is not chosen from the start.
                    allow: call.preview.as_ref().is_none_or(|preview| preview.refusal.is_none()),
                    why: String::new(),
                    edited: None,
                    remember: None,
                })
            })
            .collect();
        self.place = self.place.min(self.list.len().saturating_sub(1));
    }

    /// What a key does. Keys that go into a field never come here.
    pub fn press(&mut self, key: &str) -> Option<Press> {
        let last = self.list.len().saturating_sub(1);
        match key {
            "ArrowDown" | "j" => self.place = (self.place + 1).min(last),
            "ArrowUp" | "k" => self.place = self.place.saturating_sub(1),
            "Home" => self.place = 0,
            "End" => self.place = last,
            " " | "x" => {
                if let Some(pick) = self.list.get_mut(self.place) {
                    pick.allow = !pick.allow;
                }
            }
            "Enter" => return Some(Press::Send),
            "d" | "D" => return Some(Press::Deny),
            "e" | "E" => return Some(Press::Edit),
            _ => return None,
        }
        Some(Press::Done)
    }

    /// How many may run.
    #[must_use]
    pub fn allowed(&self) -> usize {
        self.list.iter().filter(|pick| pick.allow).count()
    }

    /// What is sent when the chosen ones are allowed: the others are denied.
    #[must_use]
    pub fn chosen(&self) -> Vec<CallDecision> {
        self.list.iter().map(|pick| decision(pick, pick.allow)).collect()
    }

    /// What is sent when all are allowed, or all denied.
    #[must_use]
    pub fn all(&self, allow: bool) -> Vec<CallDecision> {
        self.list.iter().map(|pick| decision(pick, allow)).collect()
    }
}

fn decision(pick: &Pick, allow: bool) -> CallDecision {
    let decision = match (allow, &pick.edited) {
        (true, Some((input, _))) => Decision::AllowEdited { input: input.clone() },
        (true, None) => Decision::Allow,
        (false, _) => Decision::Deny { why: pick.why.trim().to_owned() },
    };
    CallDecision {
        call: pick.call,
        fingerprint: pick.fingerprint.clone(),
        decision,
        // What was edited is another input than the one that would be remembered; what is denied is not remembered.
        remember: pick.remember.filter(|_| allow && pick.edited.is_none()),
    }
}

#[cfg(test)]
mod tests;
