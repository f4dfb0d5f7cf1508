//! What is said of models: what each is, how a trial went, where its key is. Pure.

use contract::{ModelEntry, ModelId, ModelTrial, Models, VaultPlace, VaultStatus};

use super::connect::{Asked, Typed, of};

/// What a model is called.
pub(super) fn name(model: &ModelEntry) -> &str {
    match (model.id == ModelId::BUILT_IN, model.label.trim()) {
        (true, _) => "Built-in assistant",
        (false, "") => &model.model,
        (false, label) => label,
    }
}

/// What there is to know of a model, in a line.
pub(super) fn facts(model: &ModelEntry, models: &[ModelEntry], vault_ready: bool) -> String {
    let Some(vendor) = model.vendor else {
        return "Works without a key and without a network.".into();
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
        (true, _, _) => "key kept".into(),
        (false, false, Asked::Needed) => "its key cannot be read until Secrets are open".into(),
        (false, _, Asked::Needed | Asked::Offered | Asked::Folded) => "no key".into(),
    });
    if let Some(fallback) = model.fallback.and_then(|id| models.iter().find(|other| other.id == id)) {
        parts.push(format!("when overloaded: {}", name(fallback)));
    }
    parts.join(" · ")
}

/// How a trial went.
pub(super) fn trial(trial: &ModelTrial) -> String {
    match (trial.works, trial.first_word_ms) {
        (true, Some(ms)) => format!("It answered after {}. {}", seconds(ms), trial.message),
        (true, None) | (false, _) => trial.message.clone(),
    }
}

fn seconds(ms: u64) -> String {
    match ms.saturating_add(50) / 100 {
        0 => "less than 0.1 s".into(),
        tenths @ 1..100 => format!("{}.{} s", tenths / 10, tenths % 10),
        tenths => format!("{} s", tenths / 10),
    }
}

/// What is said below the key.
pub(super) fn key_hint(typed: &Typed, place: VaultPlace) -> String {
    let kept = typed.before.as_ref().is_some_and(|before| before.has_key);
    match (kept, typed.moves(), place) {
        (true, false, _) => "A key is kept. Leave this empty to keep it.".into(),
        (true, true, _) => {
            "This is another server: the key that is kept is forgotten when you save. Give the key for this one.".into()
        }
        (false, _, VaultPlace::Keyring) => "It is kept in the system’s keyring and never shown again.".into(),
        (false, _, VaultPlace::File) => "It is kept in the sealed file of secrets and never shown again.".into(),
        (false, _, VaultPlace::Undecided | VaultPlace::Opening) => {
            "It is kept in the place of secrets and never shown again.".into()
        }
    }
}

/// Why a key cannot be kept right now, and what to do; `None` when it can.
pub(super) fn no_vault(vault: &VaultStatus) -> Option<&'static str> {
    if vault.ready {
        return None;
    }
    Some(match (vault.place, vault.locked) {
        (VaultPlace::Opening, _) => {
            "The place of secrets is being opened. The system may be asking for a password; a key can be kept after that."
        }
        (VaultPlace::File, true) => {
            "The sealed file of secrets is locked. Unlock it under Secrets, then come back: what you typed stays here."
        }
        (VaultPlace::Keyring, _) => {
            "The system’s keyring does not answer, so a key cannot be kept. See Secrets: what you typed stays here."
        }
        (VaultPlace::Undecided, _) | (VaultPlace::File, false) => {
            "Where secrets are kept is not decided yet. Decide it under Secrets, then come back: what you typed stays here."
        }
    })
}

/// What disconnecting a model means.
pub(super) fn disconnecting(model: &ModelEntry, models: &Models) -> String {
    let mut words = vec![
        "Its key is deleted from this machine. Conversations with it stay, and go on with a model that you choose.",
    ];
    if models.usual == model.id {
        words.push("New conversations use the built-in assistant again.");
    }
    if models.models.iter().any(|other| other.fallback == Some(model.id)) {
        words.push("Models that turn to it when overloaded turn to none.");
    }
    words.join(" ")
}

#[cfg(test)]
mod tests;
