//! What a step is given: its expressions evaluated over what the run has brought so far.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Runner, RunnerError};
use crate::expr::{self, Resolved, Scope, Seen};
use crate::run::{Run, Sight, Wanted};
use crate::{Failure, Map};

impl Runner {
    /// Evaluates an input where the run is. The inner result is the step's failure.
    pub(super) async fn resolve(&self, run: &Run, input: &Value) -> Result<Result<Resolved, Failure>, RunnerError> {
        let syntax = run.program().syntax;
        let mut scope = Scope::new(syntax);
        for (name, all) in expr::wants(input, syntax) {
            if let Some(wanted) = run.sight(&name, all) {
                let seen = self.see(run, wanted).await?;
                scope.steps.insert(name, seen);
            }
        }
        let resolved = expr::resolve(input, &scope, self.secrets.as_ref(), self.code).await;
        Ok(resolved.map(|mut resolved| {
            resolved.shown = self.cut(resolved.hidden.scrub(std::mem::take(&mut resolved.shown)));
            resolved
        }))
    }

    async fn see(&self, run: &Run, wanted: Wanted) -> Result<Seen, RunnerError> {
        let output = match wanted.output {
            None => None,
            Some(Sight::Made(value)) => Some(Arc::new(value)),
            Some(Sight::Kept(kept)) => Some(self.fetch(run.id(), &kept).await?),
            Some(Sight::Item(items, index)) => {
                let items = self.fetch(run.id(), &items).await?;
                let item = index.checked_sub(1).and_then(|index| items.get(index)).cloned();
                let mut head: Map = [("index".to_owned(), json!(index))].into_iter().collect();
                head.extend(item.map(|item| ("item".to_owned(), item)));
                Some(Arc::new(head.into()))
            }
        };
        Ok(Seen { output, error: wanted.error })
    }

    /// An input as it is shown: each value that is big is told by its size.
    pub(super) fn cut(&self, shown: Value) -> Value {
        let cut = |value: Value| {
            let size = value.to_string().len();
            match size > self.sizes.input {
                true => Value::from(format!("(truncated, original size {} KB)", size.div_ceil(1024))),
                false => value,
            }
        };
        match shown {
            Value::Object(members) => members.into_iter().map(|(name, value)| (name, cut(value))).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => cut(shown),
        }
    }
}
