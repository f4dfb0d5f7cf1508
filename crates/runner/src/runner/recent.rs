//! Big values that were used last: a loop over a long list wants the same one for each item.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::RunId;

/// How many are held.
const MOST: usize = 8;

/// Big values that were used last. Clones are the same.
#[derive(Clone, Default)]
pub struct Recent(Arc<Mutex<VecDeque<Held>>>);

struct Held {
    run: RunId,
    handle: String,
    value: Arc<Value>,
}

impl Recent {
    pub(super) fn get(&self, run: &RunId, handle: &str) -> Option<Arc<Value>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|held| held.run == *run && held.handle == handle)?;
        let found = held.remove(at)?;
        let value = found.value.clone();
        held.push_front(found);
        Some(value)
    }

    pub(super) fn put(&self, run: &RunId, handle: &str, value: &Arc<Value>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_front(Held { run: run.clone(), handle: handle.to_owned(), value: value.clone() });
        held.truncate(MOST);
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recent(…)")
    }
}
