//! What is said of models: what each is, how a trial went, where its key is. Pure.

use contract::{ModelEntry, ModelId, ModelTrial, Models, VaultPlace, VaultStatus};

use super::connect::{Asked, Typed, of};

use crate::say;

/// What a model is called.
pub(super) fn name(model: &ModelEntry) -> &str {
    match (model.id == ModelId::BUILT_IN, model.label.trim()) {
        (true, _) => say::settings::built_in(),
        (false, "") => &model.model,
        (false, label) => label,
    }
}

/// What there is to know of a model, in a line.
pub(super) fn facts(model: &ModelEntry, models: &[ModelEntry], vault_ready: bool) -> String {
    let Some(vendor) = model.vendor else {
        return say::settings::built_in_works().into();
    };
    let about = of(vendor);
    let mut parts = vec![about.name.to_owned()];
    if model.model != name(model) {
        parts.push(model.model.clone());
    }
    if !model.base.is_empty() {
        parts.push(model.base.clone());
    }
    parts.push(match (model.has_key, vault_ready, about.key) {
        (true, _, _) => say::settings::key_kept().into(),
        (false, false, Asked::Needed) => say::settings::key_unknown().into(),
        (false, _, Asked::Needed | Asked::Offered | Asked::Folded) => say::settings::no_key().into(),
    });
    if let Some(fallback) = model.fallback.and_then(|id| models.iter().find(|other| other.id == id)) {
        parts.push(say::settings::overloaded(name(fallback)));
    }
    parts.join(" · ")
}

/// How a trial went.
pub(super) fn trial(trial: &ModelTrial) -> String {
    match (trial.works, trial.first_word_ms) {
        (true, Some(ms)) => say::settings::AnsweredAfter { time: seconds(ms), message: &trial.message }.text(),
        (true, None) | (false, _) => trial.message.clone(),
    }
}

fn seconds(ms: u64) -> String {
    match ms.saturating_add(50) / 100 {
        0 => say::settings::under_tenth().into(),
        tenths @ 1..100 => say::settings::Tenths { seconds: tenths / 10, tenths: tenths % 10 }.text(),
        tenths => say::settings::seconds(tenths / 10),
    }
}

/// What is said below the key.
pub(super) fn key_hint(typed: &Typed, place: VaultPlace) -> String {
    let kept = typed.before.as_ref().is_some_and(|before| before.has_key);
    match (kept, typed.moves(), place) {
        (true, false, _) => say::settings::key_is_kept().into(),
        (true, true, _) => say::settings::other_server().into(),
        (false, _, VaultPlace::Keyring) => say::settings::kept_in_keyring().into(),
        (false, _, VaultPlace::File) => say::settings::kept_in_file().into(),
        (false, _, VaultPlace::Undecided | VaultPlace::Opening) => say::settings::kept_in_place().into(),
    }
}

/// Why a key cannot be kept right now, and what to do; `None` when it can.
pub(super) fn no_vault(vault: &VaultStatus) -> Option<&'static str> {
    if vault.ready {
        return None;
    }
    Some(match (vault.place, vault.locked) {
        (VaultPlace::Opening, _) => say::settings::place_opening(),
        (VaultPlace::File, true) => say::settings::place_locked(),
        (VaultPlace::Keyring, _) => say::settings::place_silent(),
        (VaultPlace::Undecided, _) | (VaultPlace::File, false) => say::settings::place_undecided(),
    })
}

/// What disconnecting a model means.
pub(super) fn disconnecting(model: &ModelEntry, models: &Models) -> String {
    let mut words = vec![say::settings::key_deleted()];
    if models.usual == model.id {
        words.push(say::settings::built_in_again());
    }
    if models.models.iter().any(|other| other.fallback == Some(model.id)) {
        words.push(say::settings::turn_to_none());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests;
