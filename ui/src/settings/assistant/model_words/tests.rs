#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{ModelEntry, ModelId, ModelTrial, Models, VaultPlace, VaultStatus, Vendor};

use super::{disconnecting, facts, key_hint, name, no_vault, trial};
use crate::settings::assistant::connect::Typed;

fn entry(id: i64, label: &str, vendor: Option<Vendor>) -> ModelEntry {
    ModelEntry {
        id: ModelId(id),
        label: label.into(),
        vendor,
        base: String::new(),
        model: if vendor.is_some() { "gpt-5".into() } else { String::new() },
        has_key: false,
        fallback: None,
    }
}

#[test]
fn a_model_is_told_in_a_line() {
    let built_in = entry(0, "", None);
    assert_eq!(name(&built_in), "Built-in assistant");
    assert_eq!(facts(&built_in, &[], false), "Works without a key and without a network.");
    let plain = ModelEntry { has_key: true, ..entry(1, "gpt-5", Some(Vendor::Openai)) };
    assert_eq!(facts(&plain, &[], true), "OpenAI · key kept");
    let whole = ModelEntry {
        base: "https://models.example.com/v1".into(),
        fallback: Some(ModelId(0)),
        ..entry(2, "Fast one", Some(Vendor::Compatible))
    };
    let words = facts(&whole, &[built_in], true);
    assert_eq!(
        words,
        "A server of your own · gpt-5 · https://models.example.com/v1 · no key · when overloaded: Built-in assistant"
    );
    assert_eq!(name(&entry(3, "  ", Some(Vendor::Openai))), "gpt-5");
    let orphan = ModelEntry { fallback: Some(ModelId(9)), ..plain };
    assert!(!facts(&orphan, &[], true).contains("overloaded"), "a fallback that is gone is not named");
}

#[test]
fn a_key_behind_a_lock_is_not_told_as_missing() {
    let model = entry(1, "gpt-5", Some(Vendor::Openai));
    assert!(facts(&model, &[], true).ends_with("no key"));
    assert!(facts(&model, &[], false).contains("cannot be read"));
    assert!(facts(&entry(2, "llama3.2", Some(Vendor::Ollama)), &[], false).ends_with("no key"));
}

#[test]
fn a_trial_is_told_with_its_time_only_when_it_worked() {
    let told = |works, first_word_ms| trial(&ModelTrial { works, message: "Yes.".into(), first_word_ms });
    assert_eq!(told(true, Some(412)), "It answered after 0.4 s. Yes.");
    assert_eq!(told(true, Some(3)), "It answered after less than 0.1 s. Yes.");
    assert_eq!(told(true, Some(950)), "It answered after 1.0 s. Yes.");
    assert_eq!(told(true, Some(12_345)), "It answered after 12 s. Yes.");
    assert_eq!(told(true, Some(u64::MAX)).matches("It answered").count(), 1);
    assert_eq!(told(true, None), "Yes.");
    assert_eq!(told(false, Some(10)), "Yes.");
}

#[test]
fn the_hint_says_what_becomes_of_the_key() {
    let typed = |has_key, base: &str| Typed {
        before: Some(ModelEntry { has_key, ..entry(1, "gpt-5", Some(Vendor::Openai)) }),
        vendor: Vendor::Openai,
        model: "gpt-5".into(),
        label: String::new(),
        base: base.into(),
        key: String::new(),
        fallback: None,
    };
    assert!(key_hint(&typed(true, ""), VaultPlace::File).contains("Leave this empty"));
    assert!(key_hint(&typed(true, "https://other.example"), VaultPlace::File).contains("forgotten"));
    assert!(!key_hint(&typed(false, "https://other.example"), VaultPlace::File).contains("forgotten"));
    assert!(key_hint(&typed(false, ""), VaultPlace::Keyring).contains("keyring"));
    assert!(key_hint(&typed(false, ""), VaultPlace::File).contains("sealed file"));
    assert!(key_hint(&typed(false, ""), VaultPlace::Undecided).contains("never shown again"));
}

#[test]
fn a_place_of_secrets_that_is_not_ready_says_what_to_do() {
    let vault = |place, ready, locked| VaultStatus { place, ready, locked, why: String::new() };
    for place in [VaultPlace::Keyring, VaultPlace::File] {
        assert_eq!(no_vault(&vault(place, true, false)), None);
    }
    assert!(no_vault(&vault(VaultPlace::File, false, true)).unwrap().contains("Unlock it under Secrets"));
    assert!(no_vault(&vault(VaultPlace::Undecided, false, false)).unwrap().contains("Decide it under Secrets"));
    assert!(no_vault(&vault(VaultPlace::Keyring, false, false)).unwrap().contains("See Secrets"));
    assert!(no_vault(&vault(VaultPlace::Opening, false, false)).unwrap().contains("being opened"));
}

#[test]
fn disconnecting_says_who_else_is_touched() {
    let model = entry(1, "gpt-5", Some(Vendor::Openai));
    let other = ModelEntry { fallback: Some(ModelId(1)), ..entry(2, "Other", Some(Vendor::Gemini)) };
    let models = |usual, others: Vec<ModelEntry>| Models { models: others, usual: ModelId(usual) };
    let calm = disconnecting(&model, &models(0, vec![model.clone()]));
    assert!(calm.contains("key is deleted") && !calm.contains("built-in") && !calm.contains("overloaded"), "{calm}");
    let all = disconnecting(&model, &models(1, vec![model.clone(), other]));
    assert!(all.contains("built-in assistant again") && all.contains("overloaded"), "{all}");
}
