//! What connecting a model asks for, by vendor, and whether what was typed can be sent. Pure: it knows no form and no vault.

use contract::commands::ConnectModel;
use contract::{Fault, ModelEntry, ModelId, SecretText, Vendor};

use crate::say;

/// Every vendor, in the order of the list.
pub(super) const VENDORS: [Vendor; 6] =
    [Vendor::Anthropic, Vendor::Openai, Vendor::Gemini, Vendor::Ollama, Vendor::Openrouter, Vendor::Compatible];

/// The input fields whose faults stand beside them.
pub(super) const FIELDS: &[&str] = &["model", "base", "key", "fallback"];

/// Whether something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// It must be there.
    Needed,
    /// It is in view and may be left empty.
    Offered,
    /// It is folded away: few need it.
    Folded,
}

/// What is known of a vendor.
pub(super) struct About {
    /// Its name.
    pub(super) name: &'static str,
    /// Its word in the list of choices.
    pub(super) word: &'static str,
    /// A name that one of its models has, or could have.
    pub(super) example: &'static str,
    /// Where its models' names stand.
    pub(super) help: &'static str,
    /// Whether it needs an address.
    pub(super) address: Asked,
    /// What its address looks like.
    pub(super) address_example: &'static str,
    /// Whether it needs a key.
    pub(super) key: Asked,
}

/// What is known of a vendor.
pub(super) fn of(vendor: Vendor) -> About {
    let elsewhere = (Asked::Folded, "https://models.example.com/v1", Asked::Needed);
    let (name, word, example, help, (address, address_example, key)) = match vendor {
        Vendor::Anthropic => {
            let help = say::settings::anthropic_help();
            ("Anthropic", "anthropic", "claude-sonnet-4-5", help, elsewhere)
        }
        Vendor::Openai => {
            let help = say::settings::openai_help();
            ("OpenAI", "openai", "gpt-5", help, elsewhere)
        }
        Vendor::Gemini => {
            let help = say::settings::gemini_help();
            ("Gemini", "gemini", "gemini-2.5-flash", help, elsewhere)
        }
        Vendor::Ollama => {
            let help = say::settings::ollama_help();
            ("Ollama", "ollama", "llama3.2", help, (Asked::Offered, "http://localhost:11434", Asked::Folded))
        }
        Vendor::Openrouter => {
            let help = say::settings::openrouter_help();
            ("OpenRouter", "openrouter", "anthropic/claude-sonnet-4.5", help, elsewhere)
        }
        Vendor::Compatible => {
            let help = say::settings::compatible_help();
            let address = (Asked::Needed, "http://127.0.0.1:8080/v1", Asked::Offered);
            (say::settings::own_server(), "compatible", "qwen3-32b", help, address)
        }
    };
    About { name, word, example, help, address, address_example, key }
}

/// The vendor of a word in the list of choices.
pub(super) fn vendor_of(word: &str) -> Option<Vendor> {
    VENDORS.into_iter().find(|vendor| of(*vendor).word == word)
}

/// What stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// The model that is changed; `None` for one that is connected.
    pub(super) before: Option<ModelEntry>,
    pub(super) vendor: Vendor,
    pub(super) model: String,
    pub(super) label: String,
    pub(super) base: String,
    pub(super) key: String,
    pub(super) fallback: Option<ModelId>,
}

impl Typed {
    fn base(&self) -> &str {
        self.base.trim().trim_end_matches('/')
    }

    /// It is another server than the one that the kept key was given for.
    pub(super) fn moves(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.vendor != Some(self.vendor) || before.base != self.base())
    }

    /// It cannot work without a key that is given with it. At another address than the vendor's there may be a server that
    /// asks for none. And whether a key is kept is not known while the secrets are locked, so a model that stays where it is
    /// is never asked for one again.
    pub(super) fn wants_key(&self) -> bool {
        let new = self.before.is_none() || self.moves();
        new && of(self.vendor).key == Asked::Needed && self.base().is_empty()
    }

    /// The first thing that is missing. What is there is judged by the app.
    pub(super) fn flaw(&self) -> Option<Fault> {
        let about = of(self.vendor);
        if self.model.trim().is_empty() {
            let message = say::settings::say_model(about.example);
            return Some(Fault::invalid("model", message));
        }
        if about.address == Asked::Needed && self.base().is_empty() {
            let message = say::settings::say_address(about.address_example);
            return Some(Fault::invalid("base", message));
        }
        if self.wants_key() && self.key.trim().is_empty() {
            return Some(Fault::invalid("key", say::settings::wants_key(about.name)));
        }
        None
    }

    /// What is sent.
    pub(super) fn command(&self) -> ConnectModel {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        ConnectModel {
            id: self.before.as_ref().map(|before| before.id),
            vendor: self.vendor,
            model: self.model.trim().to_owned(),
            label: given(&self.label),
            base: given(self.base()),
            key: given(&self.key).map(SecretText::new),
            fallback: self.fallback,
        }
    }
}

#[cfg(test)]
mod tests;
