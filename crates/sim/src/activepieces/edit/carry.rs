//! An operation with what only the server adds to it, applied.

use flow::{Flow, Op, SchemaVersion, Step, Trigger, TriggerKind, apply, expr};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::ask::Ask;
use super::super::installation::{FlowRow, Installation};
use super::super::piece;
use super::super::reply::Reply;
use super::super::stamp;

/// Applies an operation. `Some` is an answer that stands though something was changed.
pub(super) fn carry_out(
    all: &mut Installation,
    row: &mut FlowRow,
    op: Op,
    ask: &Ask<'_>,
) -> Result<Option<Reply>, Reply> {
    let now = ask.now;
    let mut flow = row.versions.pop().ok_or_else(|| Reply::not_found("flow_version", &row.id))?;
    flow.record = std::mem::take(&mut row.record);
    let before = stamp::names(&flow);
    let mut touched = None;
    if let Op::UpdateAction { step } = &op {
        touched = Some(step.name.clone());
    }
    if let Op::AddBranch { step, .. } = &op {
        touched = Some(step.clone());
    }
    let mut failed = None;
    let mut op = dressed(all, &flow, op, now)?;
    if matches!(op, Op::ChangeStatus { .. }) {
        let id = flow.record.published_version_id.as_deref().unwrap_or_default();
        let published = if flow.version_id() == Some(id) { Some(&flow) } else { row.version(id) };
        let missing = published.map_or_else(|| trigger_missing(&Trigger::empty()), |one| trigger_missing(&one.trigger));
        missing.map_or(Ok(()), Err)?;
    }
    if matches!(op, Op::LockAndPublish { .. })
        && let Some(reply) = trigger_missing(&flow.trigger)
    {
        // The version is locked and counts as published, and only then does the server find no trigger.
        flow.record.published_version_id = flow.version_id().map(str::to_owned);
        flow.record.status = Some(flow::Status::Disabled);
        failed = Some(reply);
        op = Op::LockFlow;
    }
    let is_import = matches!(op, Op::ImportFlow { .. } | Op::UseAsDraft { .. });
    let applied = apply(&mut flow, op);
    if applied.is_ok() {
        stamp::steps(&mut flow, &before, touched.as_deref(), is_import, now);
        if is_import {
            stamp::notes(&mut flow, now);
        }
    }
    row.record = std::mem::take(&mut flow.record);
    row.versions.push(flow);
    match applied {
        Ok(_) => Ok(failed),
        Err(refusal) => Err(Reply::invalid_operation(&refusal.message)),
    }
}

/// An operation with the dates, ids and exact versions that the server gives it.
fn dressed(all: &mut Installation, flow: &Flow, op: Op, now: Timestamp) -> Result<Op, Reply> {
    Ok(match op {
        Op::ImportFlow { document } => Op::ImportFlow { document: Box::new(imported(*document)?) },
        Op::UpdateTrigger { mut trigger } => {
            stamp::exact_trigger(&mut trigger);
            stamp::touch(&mut trigger.extra, now);
            Op::UpdateTrigger { trigger }
        }
        Op::UpdateAction { mut step } => {
            stamp::exact(&mut step);
            Op::UpdateAction { step }
        }
        Op::AddAction { place, steps } => {
            let mut steps = steps.into_steps();
            steps.iter_mut().for_each(stamp::exact);
            Op::AddAction { place, steps: steps.into_iter().collect() }
        }
        Op::AddNote { mut note, at } => {
            note.extra.insert("ownerId".to_owned(), json!(all.person_id()));
            stamp::note(&mut note, now);
            Op::AddNote { note, at }
        }
        Op::UpdateNote { mut note } => {
            let created = flow.notes.iter().find(|one| one.id == note.id);
            let created = created.and_then(|one| one.extra.get("createdAt")).cloned();
            stamp::note(&mut note, now);
            note.extra.extend(created.map(|created| ("createdAt".to_owned(), created)));
            Op::UpdateNote { note }
        }
        Op::SaveSampleData { step, payload, side } => {
            let file = all.id();
            all.files.insert(file.clone(), payload);
            let key = match side {
                flow::SampleSide::Input => "sampleDataInputFileId",
                flow::SampleSide::Output => "sampleDataFileId",
            };
            let mut data = stamp::sample_of(flow, &step);
            data.insert(key.to_owned(), json!(file));
            data.insert("lastTestDate".to_owned(), json!(super::super::ids::stamp(now)));
            Op::UpdateSampleDataInfo { step, sample_data: Some(Value::Object(data)) }
        }
        Op::UpdateSampleDataInfo { step, sample_data: Some(Value::Object(mut data)) } => {
            data.insert("lastTestDate".to_owned(), json!(super::super::ids::stamp(now)));
            Op::UpdateSampleDataInfo { step, sample_data: Some(Value::Object(data)) }
        }
        op @ (Op::ChangeName { .. }
        | Op::ChangeFolder { .. }
        | Op::ChangeStatus { .. }
        | Op::LockAndPublish { .. }
        | Op::LockFlow
        | Op::UseAsDraft { .. }
        | Op::DeleteAction { .. }
        | Op::MoveAction { .. }
        | Op::DuplicateAction { .. }
        | Op::SetSkipAction { .. }
        | Op::AddBranch { .. }
        | Op::DeleteBranch { .. }
        | Op::DuplicateBranch { .. }
        | Op::MoveBranch { .. }
        | Op::DeleteNote { .. }
        | Op::UpdateSampleDataInfo { .. }
        | Op::UpdateMetadata { .. }
        | Op::UpdateMinutesSaved { .. }
        | Op::UpdateOwner { .. }
        | Op::All { .. }
        | Op::RestoreLifecycle { .. }) => op,
    })
}

/// The answer when what starts a flow is nothing that is installed.
fn trigger_missing(trigger: &Trigger) -> Option<Reply> {
    let (name, version) = match &trigger.kind {
        TriggerKind::Piece(call) => {
            let piece = piece::find(&call.piece, None);
            if piece.is_some_and(|piece| piece.meta.triggers.get(&call.operation).is_some()) {
                return None;
            }
            (call.piece.as_str(), call.version.as_str())
        }
        TriggerKind::Empty | TriggerKind::Other(_) => ("undefined", "undefined"),
    };
    let message = format!("Trigger not found for piece {name}@{version}");
    let params = json!({ "entityType": "piece_trigger", "message": message, "extra": {} });
    Some(Reply::domain(404, "ENTITY_NOT_FOUND", params))
}

/// What an import becomes: brought up from the version that it says to be of, the oldest if it says none, and without
/// what the tests of its actions brought.
fn imported(mut document: flow::Document) -> Result<flow::Document, Reply> {
    if document.schema == SchemaVersion::UNSAID {
        document.schema = SchemaVersion::new(1);
    }
    if document.schema.read_only().is_some() {
        return Err(Reply::validation("body/request/schemaVersion Invalid input"));
    }
    let mut flow = Flow::from(document);
    let is_current = flow.schema == SchemaVersion::LATEST;
    if !is_current {
        let migrated = expr::migrate(&flow, SchemaVersion::LATEST)
            .map_err(|refusal| Reply::invalid_operation(&refusal.message))?;
        if let Op::ImportFlow { document } = migrated.op {
            flow = Flow::from(*document);
        }
    }
    stamp::each_step(&mut flow, &mut |step: &mut Step| {
        stamp::exact(step);
        step.settings.insert("sampleData".to_owned(), json!({}));
    });
    stamp::exact_trigger(&mut flow.trigger);
    let is_empty = flow.trigger.sample_data().is_none_or(|data| data.as_object().is_some_and(flow::Map::is_empty));
    if is_empty {
        // What was brought up has an empty one, what was current has none.
        flow.trigger.settings.remove("sampleData");
        if !is_current {
            flow.trigger.settings.insert("sampleData".to_owned(), json!({}));
        }
    }
    Ok(flow.document())
}
