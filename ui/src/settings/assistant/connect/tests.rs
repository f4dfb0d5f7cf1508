#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use contract::{ModelEntry, ModelId, SecretText, Vendor};

use super::{Asked, FIELDS, Typed, VENDORS, of, vendor_of};

fn typed(vendor: Vendor) -> Typed {
    Typed {
        before: None,
        vendor,
        model: "some-model".into(),
        label: String::new(),
        base: String::new(),
        key: String::new(),
        fallback: None,
    }
}

fn kept(vendor: Vendor, base: &str) -> ModelEntry {
    ModelEntry {
        id: ModelId(4),
        label: "Ours".into(),
        vendor: Some(vendor),
        base: base.into(),
        model: "some-model".into(),
        has_key: true,
        fallback: None,
    }
}

fn wrong_field(typed: &Typed) -> Option<String> {
    typed.flaw().map(|fault| fault.field.expect("a flaw names its field"))
}

#[test]
fn every_vendor_is_found_by_its_word_and_says_what_it_needs() {
    let words: BTreeSet<&str> = VENDORS.iter().map(|vendor| of(*vendor).word).collect();
    assert_eq!(words.len(), VENDORS.len());
    for vendor in VENDORS {
        let about = of(vendor);
        assert_eq!(vendor_of(about.word), Some(vendor));
        assert!(about.help.ends_with('.') && !about.name.is_empty() && !about.example.contains(' '), "{}", about.word);
    }
    assert_eq!(vendor_of("nobody"), None);
    assert_eq!(of(Vendor::Compatible).address, Asked::Needed);
    assert_eq!(of(Vendor::Ollama).key, Asked::Folded);
}

#[test]
fn what_is_missing_is_said_at_its_field() {
    for vendor in VENDORS {
        for blank in ["", "   ", "\t"] {
            let nameless = Typed { model: blank.into(), ..typed(vendor) };
            assert_eq!(wrong_field(&nameless).as_deref(), Some("model"), "{vendor:?}");
        }
    }
    assert_eq!(wrong_field(&typed(Vendor::Compatible)).as_deref(), Some("base"));
    let slash = Typed { base: " / ".into(), ..typed(Vendor::Compatible) };
    assert_eq!(wrong_field(&slash).as_deref(), Some("base"), "a slash is no address");
    for vendor in [Vendor::Anthropic, Vendor::Openai, Vendor::Gemini, Vendor::Openrouter] {
        assert_eq!(wrong_field(&typed(vendor)).as_deref(), Some("key"), "{vendor:?}");
        assert_eq!(wrong_field(&Typed { key: "sk-1".into(), ..typed(vendor) }), None);
        let elsewhere = Typed { base: "http://127.0.0.1:9/v1".into(), ..typed(vendor) };
        assert_eq!(wrong_field(&elsewhere), None, "a server of one's own may ask for no key");
    }
    assert_eq!(wrong_field(&typed(Vendor::Ollama)), None);
    assert_eq!(wrong_field(&Typed { base: "http://127.0.0.1:8080/v1".into(), ..typed(Vendor::Compatible) }), None);
    for vendor in VENDORS {
        let field = wrong_field(&Typed { model: String::new(), ..typed(vendor) }).unwrap();
        assert!(FIELDS.contains(&field.as_str()));
    }
}

#[test]
fn a_kept_key_stays_for_its_server_and_is_asked_for_again_at_another() {
    let stays = Typed { before: Some(kept(Vendor::Anthropic, "")), ..typed(Vendor::Anthropic) };
    assert!(!stays.moves());
    assert_eq!(stays.flaw(), None);
    assert_eq!(stays.command().key, None, "an empty key keeps the kept one");
    assert_eq!(stays.command().id, Some(ModelId(4)));

    assert!(!stays.wants_key() && typed(Vendor::Anthropic).wants_key() && !typed(Vendor::Ollama).wants_key());

    let locked = Typed {
        before: Some(ModelEntry { has_key: false, ..kept(Vendor::Anthropic, "") }),
        ..typed(Vendor::Anthropic)
    };
    assert_eq!(locked.flaw(), None, "while the secrets are locked, no key seems to be there");

    let other_vendor = Typed { before: Some(kept(Vendor::Anthropic, "")), ..typed(Vendor::Openai) };
    assert!(other_vendor.moves());
    assert_eq!(wrong_field(&other_vendor).as_deref(), Some("key"));

    let base = "https://models.example.com/v1";
    let home = Typed { before: Some(kept(Vendor::Anthropic, base)), ..typed(Vendor::Anthropic) };
    assert!(home.moves(), "back to the vendor's own server");
    let same = Typed { base: format!(" {base}/ "), ..home };
    assert!(!same.moves(), "a slash at the end is no other server");
}

#[test]
fn what_is_sent_is_trimmed_and_what_is_blank_is_left_out() {
    let typed = Typed {
        model: "  gpt-5 ".into(),
        label: "   ".into(),
        base: " https://models.example.com/v1// ".into(),
        key: " sk-1\n".into(),
        fallback: Some(ModelId::BUILT_IN),
        ..typed(Vendor::Openai)
    };
    let sent = typed.command();
    assert_eq!((sent.id, sent.vendor, sent.model.as_str()), (None, Vendor::Openai, "gpt-5"));
    assert_eq!((sent.label, sent.base.as_deref()), (None, Some("https://models.example.com/v1")));
    assert_eq!(sent.key, Some(SecretText::new("sk-1")));
    assert_eq!(sent.fallback, Some(ModelId::BUILT_IN));
    assert_eq!(Typed { label: " Fast one ".into(), ..typed }.command().label.as_deref(), Some("Fast one"));
}
