//! Rehearsals: runs on samples, in which nothing happens outside and nothing is waited for.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use flow::piece::PieceMetadata;
use runner::piece::Ask;
use runner::{Call, Catalog, Choices, Delivery, Failure, Map, Piece, Reply, RunId, Wait};
use serde_json::{Value, json};

use super::guard::reaches_out;

/// What the steps of each rehearsal under way are taken to bring, by their names.
#[derive(Default)]
pub(super) struct Scripts(Mutex<HashMap<RunId, Arc<BTreeMap<String, Value>>>>);

impl Scripts {
    pub(super) fn give(&self, run: &RunId, samples: BTreeMap<String, Value>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(run.clone(), Arc::new(samples));
    }

    pub(super) fn end(&self, run: &RunId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(run);
    }

    fn sample(&self, run: &RunId, step: &str) -> Option<Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(run)?.get(step).cloned()
    }
}

/// A piece that only plays.
struct Played {
    piece: Arc<dyn Piece>,
    described: PieceMetadata,
    scripts: Arc<Scripts>,
}

/// The pieces as they play in rehearsals.
pub(super) fn played(pieces: Vec<Arc<dyn Piece>>, scripts: &Arc<Scripts>) -> Catalog {
    Catalog::new(pieces.into_iter().map(|piece| -> Arc<dyn Piece> {
        Arc::new(Played { described: piece.describe(), piece, scripts: scripts.clone() })
    }))
}

impl Played {
    /// Only what changes nothing anywhere is truly done.
    fn is_harmless(&self, call: &Call<'_>) -> bool {
        !reaches_out(&self.described.name) && self.piece.delivery(call.action, call.input) == Delivery::Pure
    }
}

#[async_trait]
impl Piece for Played {
    fn describe(&self) -> PieceMetadata {
        self.described.clone()
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        if !self.is_harmless(call) {
            return Ok(Reply::Done(self.scripts.sample(call.run, call.step).unwrap_or_else(|| json!({}))));
        }
        Ok(match self.piece.run(call).await? {
            Reply::Wait(_, Wait::Until { output, .. }) => Reply::Done(output),
            Reply::Wait(output, wait) => Reply::Done(self.answered(call, output, &wait)),
            Reply::RespondAndWait(output, _, wait) => Reply::Done(self.answered(call, output, &wait)),
            reply @ (Reply::Done(_) | Reply::Respond(..) | Reply::Stop(..)) => reply,
        })
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        self.piece.options(ask).await
    }
}

impl Played {
    /// What a wait is taken to bring: the sample, else a yes where a person is asked.
    fn answered(&self, call: &Call<'_>, output: Value, wait: &Wait) -> Value {
        self.scripts.sample(call.run, call.step).unwrap_or_else(|| match wait {
            Wait::Approval { .. } => json!({ "approved": true }),
            Wait::Until { .. } | Wait::Flow { .. } | Wait::Webhook => output,
        })
    }
}
