//! From what the app tells of a flow to what the canvas shows. Pure.

use std::collections::{HashMap, HashSet};

use contract::{FlowDeed, FlowPlace, FlowState, FlowSummary, PieceSummary, RunStatus, RunStep, RunView, Sample};
use flow::piece::PieceMetadata;
use flow::{History, HistoryEntry, Trigger};

use crate::parts::Tone;
use crate::say;
use crate::studio::{PieceOffer, RunState, StepRun};

/// A history that the app keeps.
pub(super) fn history(done: &[FlowDeed], undone: &[FlowDeed]) -> History {
    let entries = |deeds: &[FlowDeed]| {
        let entry = |deed: &FlowDeed| HistoryEntry::told(&deed.label, &deed.by, deed.details.clone());
        deeds.iter().map(entry).collect()
    };
    History::told(entries(done), entries(undone))
}

/// Whether both tell the same.
pub(super) fn is_told(history: &History, done: &[FlowDeed], undone: &[FlowDeed]) -> bool {
    let are = |entries: &[HistoryEntry], deeds: &[FlowDeed]| {
        entries.len() == deeds.len() && entries.iter().zip(deeds).all(|(entry, deed)| entry.label == deed.label)
    };
    are(history.done(), done) && are(history.undone(), undone)
}

/// The pieces that a flow can use where it runs, by what people call them.
pub(super) fn offers(pieces: &[PieceSummary], place: FlowPlace) -> Vec<PieceOffer> {
    let mut offers: Vec<PieceOffer> = pieces.iter().filter(|piece| piece.places.contains(&place)).map(offer).collect();
    offers.sort_by_key(|offer| offer.title.to_lowercase());
    offers
}

fn offer(piece: &PieceSummary) -> PieceOffer {
    let known = serde_json::from_str::<PieceMetadata>(&piece.metadata).ok();
    let offer = known.as_ref().map(PieceOffer::from).unwrap_or_default();
    PieceOffer {
        name: piece.name.clone(),
        version: piece.version.clone(),
        title: piece.label.clone(),
        about: piece.description.clone(),
        ..offer
    }
}

/// The steps with a result that later steps are tried with.
pub(super) fn tested(samples: &[Sample]) -> HashSet<String> {
    samples.iter().filter(|sample| sample.chosen).map(|sample| sample.step.clone()).collect()
}

/// How far each step has come in a run. Of a loop's steps, the worst of all iterations.
pub(super) fn steps_of(view: &RunView) -> HashMap<String, StepRun> {
    let mut steps: HashMap<String, (RunState, u64, usize)> = HashMap::new();
    for step in &view.steps {
        let state = state_of(step);
        let of = steps.entry(step.name.clone()).or_insert((state, 0, 0));
        if weight(state) > weight(of.0) {
            of.0 = state;
        }
        of.1 = of.1.saturating_add(step.took_ms.unwrap_or(0));
        of.2 += 1;
    }
    if !view.steps.is_empty() {
        steps.entry(Trigger::NAME.to_owned()).or_insert((RunState::Succeeded, 0, 1));
    }
    steps
        .into_iter()
        .map(|(name, (state, took, times))| (name, StepRun { state, note: note(state, took, times) }))
        .collect()
}

fn state_of(step: &RunStep) -> RunState {
    match step.status {
        RunStatus::Queued => RunState::Waiting,
        RunStatus::Running => RunState::Running,
        RunStatus::Paused => RunState::Paused,
        RunStatus::Succeeded => RunState::Succeeded,
        RunStatus::Canceled => RunState::Skipped,
        RunStatus::Failed
        | RunStatus::InternalError
        | RunStatus::Timeout
        | RunStatus::QuotaExceeded
        | RunStatus::MemoryLimitExceeded
        | RunStatus::LogSizeExceeded => RunState::Failed,
    }
}

/// What is at work is said before what failed, and that before what went well.
fn weight(state: RunState) -> u8 {
    match state {
        RunState::Skipped => 0,
        RunState::Succeeded => 1,
        RunState::Waiting => 2,
        RunState::Failed => 3,
        RunState::Paused => 4,
        RunState::Running => 5,
    }
}

fn note(state: RunState, took: u64, times: usize) -> String {
    let times = if times > 1 { [&*times.to_string(), "×"].concat() } else { String::new() };
    match state {
        RunState::Succeeded | RunState::Failed if took > 0 && times.is_empty() => duration(took),
        RunState::Succeeded | RunState::Failed if took > 0 => [&*times, ", ", &duration(took)].concat(),
        RunState::Succeeded
        | RunState::Failed
        | RunState::Waiting
        | RunState::Running
        | RunState::Paused
        | RunState::Skipped => times,
    }
}

/// A time that something took: `182 ms`, `3.4 s`, `2 min`.
pub(super) fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => say::studio::milliseconds(ms),
        1_000..60_000 => say::studio::Seconds { whole: ms / 1_000, tenths: ms % 1_000 / 100 }.text(),
        _ => say::studio::minutes(ms / 60_000),
    }
}

/// Whether it runs by itself, in a word.
pub(super) fn state_words(flow: &FlowSummary) -> (Tone, &'static str) {
    match (flow.state, flow.changed) {
        (FlowState::Draft, _) => (Tone::Plain, say::studio::draft()),
        (FlowState::On, false) => (Tone::Good, say::studio::on()),
        (FlowState::On, true) => (Tone::Good, say::studio::on_differs()),
        (FlowState::Off, false) => (Tone::Plain, say::studio::off()),
        (FlowState::Off, true) => (Tone::Plain, say::studio::off_differs()),
    }
}

/// Where it runs, in words.
pub(super) fn place_words(place: FlowPlace) -> &'static str {
    match place {
        FlowPlace::Here => say::studio::in_app(),
        FlowPlace::Server => say::studio::activepieces(),
    }
}

#[cfg(test)]
mod tests;
