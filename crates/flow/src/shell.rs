//! A step without what it holds, to and from the object that the wire writes for it; and the putting together of such.

use serde_json::Value;

use crate::chain::{Placed, assemble};
use crate::json::{
    list, object, put_any_map, put_any_text, put_flag, put_map, put_some, put_text, sorted, take_any_map,
    take_any_text, take_flag, take_map, take_text, take_word,
};
use crate::{
    Branch, Chain, Code, ErrorHandling, Execution, FailureBranches, Kind, LoopOnItems, Map, Other, Piece, PieceCall,
    Router, Slot, Step,
};

/// A step as read, before it is hung into its place.
pub(crate) struct Loose {
    /// What is written for it. Steps that it holds are left out; in `children` each is null.
    pub(crate) map: Map,
    /// The number of an earlier one that it stands in, and the chain there.
    pub(crate) inside: Option<(usize, Slot)>,
}

/// The chains that steps were found in.
#[derive(Clone, Copy, Default)]
struct Used {
    body: bool,
    branches: usize,
    failure: bool,
}

/// Puts a flow together. `None` if a place is not there.
pub(crate) fn build(loose: Vec<Loose>) -> Option<Chain> {
    let mut used = vec![Used::default(); loose.len()];
    for (holder, slot) in loose.iter().filter_map(|loose| loose.inside) {
        let used = used.get_mut(holder)?;
        match slot {
            Slot::Body => used.body = true,
            Slot::Branch(n) => used.branches = used.branches.max(n + 1),
            Slot::OnSuccess | Slot::OnFailure => used.failure = true,
        }
    }
    let placed = loose.into_iter().zip(used);
    assemble(placed.map(|(loose, used)| Placed { step: read(loose.map, used), inside: loose.inside }).collect())
}

fn read(mut map: Map, used: Used) -> Step {
    let name = take_any_text(&mut map, "name");
    let display_name = take_any_text(&mut map, "displayName");
    let skip = take_flag(&mut map, "skip");
    let valid = take_flag(&mut map, "valid");
    let word = map.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (kind, settings) = match word.as_str() {
        "CODE" if !used.body && used.branches == 0 => read_code(&mut map),
        "PIECE" if !used.body && used.branches == 0 => read_piece(&mut map),
        "LOOP_ON_ITEMS" if !used.failure && used.branches == 0 => read_loop(&mut map),
        "ROUTER" if !used.failure && !used.body && has_branches(&map, used.branches) => read_router(&mut map),
        _ => (Kind::Other(read_other(word, &mut map, used.branches)), Map::new()),
    };
    if !matches!(kind, Kind::Other(_)) {
        map.remove("type");
    }
    Step { name, display_name, skip, valid, kind, settings, extra: map }
}

fn read_code(map: &mut Map) -> (Kind, Map) {
    let mut settings = take_settings(map);
    let mut source = take_any_map(&mut settings, "sourceCode");
    let code = Code {
        code: take_any_text(&mut source, "code"),
        package_json: take_text(&mut source, "packageJson"),
        input: take_any_map(&mut settings, "input"),
        errors: take_errors(&mut settings),
        failure: take_failure(map),
        source_extra: source,
    };
    (Kind::Code(code), settings)
}

fn read_piece(map: &mut Map) -> (Kind, Map) {
    let mut settings = take_settings(map);
    let call = take_call(&mut settings, "actionName");
    let piece = Piece { call, errors: take_errors(&mut settings), failure: take_failure(map) };
    (Kind::Piece(piece), settings)
}

fn read_loop(map: &mut Map) -> (Kind, Map) {
    let mut settings = take_settings(map);
    let items = take_any_text(&mut settings, "items");
    (Kind::Loop(LoopOnItems { items, body: Chain::new() }), settings)
}

fn read_router(map: &mut Map) -> (Kind, Map) {
    let mut settings = take_settings(map);
    let execution = take_word(&mut settings, "executionType", Execution::from_word);
    let branches = settings.remove("branches").and_then(list).unwrap_or_default();
    map.remove("children");
    let branches = branches.into_iter().filter_map(object).map(Branch::from_map).collect();
    (Kind::Router(Router { execution, branches }), settings)
}

/// Whether the settings tell of a branch for every chain.
fn has_branches(map: &Map, used: usize) -> bool {
    let branches = map.get("settings").and_then(|settings| settings.get("branches")).and_then(Value::as_array);
    let Some(branches) = branches.filter(|branches| branches.iter().all(Value::is_object)) else { return false };
    let children_fit = match map.get("children") {
        None => true,
        Some(Value::Array(children)) => children.len() <= branches.len() && children.iter().all(Value::is_null),
        Some(_) => false,
    };
    used <= branches.len() && children_fit
}

fn read_other(kind: String, map: &mut Map, used: usize) -> Other {
    let holes = match map.get("children") {
        Some(Value::Array(children)) if children.iter().all(Value::is_null) => children.len(),
        _ => 0,
    };
    let count = used.max(holes);
    if count > 0 {
        map.remove("children");
    }
    Other { kind, children: (0..count).map(|_| Chain::new()).collect(), failure: take_failure(map), body: Chain::new() }
}

/// What the wire writes for a step, but for the steps that it holds and those behind it.
pub(crate) fn write(step: &Step) -> Map {
    let mut map = step.extra.clone();
    put_any_text(&mut map, "name", &step.name);
    put_any_text(&mut map, "displayName", &step.display_name);
    put_flag(&mut map, "skip", step.skip);
    put_flag(&mut map, "valid", step.valid);
    let mut settings = step.settings.clone();
    let word = match &step.kind {
        Kind::Code(code) => {
            let mut source = code.source_extra.clone();
            put_any_text(&mut source, "code", &code.code);
            put_text(&mut source, "packageJson", &code.package_json);
            put_any_map(&mut settings, "sourceCode", sorted(source));
            put_any_map(&mut settings, "input", code.input.clone());
            put_errors(&mut settings, &code.errors);
            put_map(&mut map, "continueOnFailureBranches", code.failure.extra.clone());
            "CODE"
        }
        Kind::Piece(piece) => {
            put_call(&mut settings, "actionName", &piece.call);
            put_errors(&mut settings, &piece.errors);
            put_map(&mut map, "continueOnFailureBranches", piece.failure.extra.clone());
            "PIECE"
        }
        Kind::Loop(inner) => {
            put_any_text(&mut settings, "items", &inner.items);
            "LOOP_ON_ITEMS"
        }
        Kind::Router(router) => {
            put_some(&mut settings, "executionType", router.execution.map(Execution::word));
            let branches = router.branches.iter().map(|branch| Value::Object(branch.to_map())).collect();
            settings.insert("branches".to_owned(), Value::Array(branches));
            "ROUTER"
        }
        Kind::Other(other) => {
            put_map(&mut map, "continueOnFailureBranches", other.failure.extra.clone());
            return sorted(map);
        }
    };
    map.insert("type".to_owned(), Value::from(word));
    put_settings(&mut map, settings);
    sorted(map)
}

/// The same, with a hole for each chain that nothing else tells of.
pub(crate) fn write_stored(step: &Step) -> Map {
    let mut map = write(step);
    if let Kind::Other(Other { children, .. }) = &step.kind
        && !children.is_empty()
    {
        map.insert("children".to_owned(), Value::Array(vec![Value::Null; children.len()]));
    }
    sorted(map)
}

pub(crate) fn take_settings(map: &mut Map) -> Map {
    take_any_map(map, "settings")
}

pub(crate) fn put_settings(map: &mut Map, settings: Map) {
    put_any_map(map, "settings", sorted(settings));
}

pub(crate) fn take_call(settings: &mut Map, operation: &str) -> PieceCall {
    PieceCall {
        piece: take_any_text(settings, "pieceName"),
        version: take_any_text(settings, "pieceVersion"),
        operation: take_text(settings, operation),
        input: take_any_map(settings, "input"),
        property_settings: take_any_map(settings, "propertySettings"),
    }
}

pub(crate) fn put_call(settings: &mut Map, operation: &str, call: &PieceCall) {
    put_any_text(settings, "pieceName", &call.piece);
    put_any_text(settings, "pieceVersion", &call.version);
    put_text(settings, operation, &call.operation);
    put_any_map(settings, "input", call.input.clone());
    put_any_map(settings, "propertySettings", call.property_settings.clone());
}

fn take_errors(settings: &mut Map) -> ErrorHandling {
    let mut extra = take_map(settings, "errorHandlingOptions");
    let mut take = |key: &str| {
        let inner = extra.get(key)?.as_object().filter(|inner| inner.len() == 1)?;
        let flag = inner.get("value")?.as_bool()?;
        extra.remove(key);
        Some(flag)
    };
    let (continue_on_failure, retry_on_failure) = (take("continueOnFailure"), take("retryOnFailure"));
    ErrorHandling { continue_on_failure, retry_on_failure, extra }
}

fn put_errors(settings: &mut Map, errors: &ErrorHandling) {
    let mut map = errors.extra.clone();
    let mut put = |key: &str, flag: Option<bool>| {
        if let Some(flag) = flag {
            map.insert(key.to_owned(), Value::Object([("value".to_owned(), Value::Bool(flag))].into_iter().collect()));
        }
    };
    put("continueOnFailure", errors.continue_on_failure);
    put("retryOnFailure", errors.retry_on_failure);
    put_map(settings, "errorHandlingOptions", sorted(map));
}

fn take_failure(map: &mut Map) -> FailureBranches {
    FailureBranches { extra: take_map(map, "continueOnFailureBranches"), ..FailureBranches::default() }
}
