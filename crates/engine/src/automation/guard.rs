//! What an automation may do outside: what it was published with, and nothing else. Asked before every piece, whichever run it
//! is and whoever began it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use contract::{Connection, FlowNeed};
use flow::expr::{Root, expressions};
use flow::piece::PieceMetadata;
use flow::{Flow, Kind, PieceCall};
use runner::piece::Ask;
use runner::{Call, Catalog, Choices, Delivery, Failure, Map, Piece, Reply, RunId};

/// Pieces that reach nobody and nothing outside the app.
const WITHIN: [&str; 10] = [
    "@pmos/piece-data",
    "@pmos/piece-notification",
    "@activepieces/piece-text-helper",
    "@activepieces/piece-math-helper",
    "@activepieces/piece-tables",
    "@activepieces/piece-delay",
    "@activepieces/piece-webhook",
    "@activepieces/piece-approval",
    "@activepieces/piece-subflows",
    "@activepieces/piece-forms",
];

/// Whether an action reaches outside.
pub(crate) fn reaches_out(piece: &str) -> bool {
    !WITHIN.contains(&piece)
}

fn key(piece: &str, action: &str) -> String {
    format!("{piece}:{action}")
}

/// What each run under way may do: keys of [`FlowNeed`].
#[derive(Default)]
pub(crate) struct Grants(Mutex<HashMap<RunId, Arc<BTreeSet<String>>>>);

impl Grants {
    pub(super) fn give(&self, run: &RunId, granted: BTreeSet<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(run.clone(), Arc::new(granted));
    }

    pub(super) fn end(&self, run: &RunId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(run);
    }

    fn allows(&self, run: &RunId, key: &str) -> bool {
        let grants = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        grants.get(run).is_some_and(|granted| granted.contains(key))
    }
}

/// What a flow does outside, in the order of its steps. Steps that are passed over need nothing.
pub(crate) fn needs(
    flow: &Flow,
    catalog: &Catalog,
    connections: &[Connection],
    granted: &BTreeSet<String>,
) -> Vec<FlowNeed> {
    let mut needs: BTreeMap<String, FlowNeed> = BTreeMap::new();
    let mut order = Vec::new();
    for visit in flow.steps.walk() {
        let step = visit.step;
        let Kind::Piece(piece) = &step.kind else { continue };
        let call = &piece.call;
        if step.is_skipped() || !reaches_out(&call.piece) {
            continue;
        }
        let key = key(&call.piece, &call.operation);
        let need = needs.entry(key.clone()).or_insert_with(|| {
            order.push(key.clone());
            let words = words(call, catalog.metadata(&call.piece), connections);
            FlowNeed { granted: granted.contains(&key), key, words, steps: Vec::new() }
        });
        need.steps.push(step.name.clone());
    }
    order.into_iter().filter_map(|key| needs.remove(&key)).collect()
}

fn words(call: &PieceCall, piece: Option<&PieceMetadata>, connections: &[Connection]) -> String {
    let action = piece.and_then(|piece| piece.actions.get(&call.operation));
    let action = action.map_or(call.operation.as_str(), |action| action.display_name.as_str());
    let piece = piece.map_or(call.piece.as_str(), |piece| piece.display_name.as_str());
    let auth = call.input.get("auth").and_then(serde_json::Value::as_str).unwrap_or_default();
    let reference = expressions(auth).into_iter().flat_map(|expression| expression.references).next();
    let connection = reference.and_then(|reference| match reference.root {
        Root::Connection(key) => connections.iter().find(|known| known.key == key),
        Root::Step(_) | Root::Variable(_) => None,
    });
    match connection {
        Some(connection) => format!("{piece}: {action}, as “{}”", connection.label),
        None => format!("{piece}: {action}"),
    }
}

/// A piece behind the guard.
struct Guarded {
    piece: Arc<dyn Piece>,
    name: String,
    grants: Arc<Grants>,
}

/// The pieces, each of which does only what the run was granted.
pub(super) fn guarded(pieces: Vec<Arc<dyn Piece>>, grants: &Arc<Grants>) -> Catalog {
    let guard = |piece: Arc<dyn Piece>| -> Arc<dyn Piece> {
        let name = piece.describe().name;
        if reaches_out(&name) { Arc::new(Guarded { piece, name, grants: grants.clone() }) } else { piece }
    };
    Catalog::new(pieces.into_iter().map(guard))
}

#[async_trait]
impl Piece for Guarded {
    fn describe(&self) -> PieceMetadata {
        self.piece.describe()
    }

    fn delivery(&self, action: &str, input: &Map) -> Delivery {
        self.piece.delivery(action, input)
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        if !self.grants.allows(call.run, &key(&self.name, call.action)) {
            let message =
                "This was not allowed when the automation was published. Publish it again, and allow it then.";
            return Err(Failure::new(message).named("NotAllowed"));
        }
        self.piece.run(call).await
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        self.piece.options(ask).await
    }
}

#[cfg(test)]
mod tests;
