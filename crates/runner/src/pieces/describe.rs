//! Short ways to say what a piece can do and asks for.

use flow::piece::{Choice, Operation, Options, Ordered, PieceMetadata, Property, PropertyKind};
use serde_json::{Value, json};

/// A property, made bit by bit.
pub(super) struct Ask(String, Property);

pub(super) fn prop(name: &str, kind: PropertyKind, label: &str) -> Ask {
    Ask(name.to_owned(), Property { display_name: label.to_owned(), kind, ..Property::default() })
}

pub(super) fn text(name: &str, label: &str) -> Ask {
    prop(name, PropertyKind::ShortText, label)
}

pub(super) fn long(name: &str, label: &str) -> Ask {
    prop(name, PropertyKind::LongText, label)
}

pub(super) fn number(name: &str, label: &str) -> Ask {
    prop(name, PropertyKind::Number, label)
}

pub(super) fn flag(name: &str, label: &str) -> Ask {
    prop(name, PropertyKind::Checkbox, label).usually(json!(false))
}

pub(super) fn list(name: &str, label: &str) -> Ask {
    prop(name, PropertyKind::Array, label)
}

/// One of these; each is its value and what people read.
pub(super) fn one_of(name: &str, label: &str, choices: &[(&str, &str)]) -> Ask {
    prop(name, PropertyKind::StaticDropdown, label).choices(choices.iter().map(|(value, label)| choice(label, *value)))
}

pub(super) fn choice(label: &str, value: impl Into<Value>) -> Choice {
    Choice { label: label.to_owned(), value: value.into() }
}

impl Ask {
    pub(super) fn required(mut self) -> Self {
        self.1.required = true;
        self
    }

    pub(super) fn says(mut self, description: &str) -> Self {
        self.1.description = description.to_owned();
        self
    }

    pub(super) fn usually(mut self, value: Value) -> Self {
        self.1.default_value = Some(value);
        self
    }

    pub(super) fn choices(mut self, choices: impl IntoIterator<Item = Choice>) -> Self {
        self.1.options = Some(Options { options: choices.into_iter().collect(), ..Options::default() });
        self
    }

    pub(super) fn refreshed_by(mut self, names: &[&str]) -> Self {
        self.1.refreshers = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    pub(super) fn searched(mut self) -> Self {
        self.1.refresh_on_search = true;
        self
    }

    pub(super) fn each(mut self, properties: Vec<Self>) -> Self {
        self.1.properties = all(properties);
        self
    }

    pub(super) fn asking(mut self, properties: Vec<Self>) -> Self {
        self.1.props = all(properties);
        self
    }

    pub(super) fn property(self) -> Property {
        self.1
    }
}

pub(super) fn all(asks: Vec<Ask>) -> Ordered<Property> {
    asks.into_iter().map(|ask| (ask.0, ask.1)).collect()
}

pub(super) fn piece(name: &str, version: &str, label: &str, description: &str) -> PieceMetadata {
    PieceMetadata {
        name: name.to_owned(),
        version: version.to_owned(),
        display_name: label.to_owned(),
        description: description.to_owned(),
        ..PieceMetadata::default()
    }
}

/// An action that may go on after a failure, and be tried again.
pub(super) fn action(name: &str, label: &str, description: &str, asks: Vec<Ask>) -> (String, Operation) {
    let handling =
        json!({ "continueOnFailure": { "defaultValue": false }, "retryOnFailure": { "defaultValue": false } });
    let (name, operation) = operation(name, label, description, asks);
    (name, Operation { error_handling_options: Some(handling), ..operation })
}

/// An action that cannot fail in a way that trying again would help.
pub(super) fn plain(name: &str, label: &str, description: &str, asks: Vec<Ask>) -> (String, Operation) {
    let handling = json!({ "continueOnFailure": { "hide": true }, "retryOnFailure": { "hide": true } });
    let (name, operation) = operation(name, label, description, asks);
    (name, Operation { error_handling_options: Some(handling), ..operation })
}

/// A trigger; `strategy` is `POLLING`, `WEBHOOK`, `APP_WEBHOOK` or `MANUAL`.
pub(super) fn trigger(
    name: &str,
    label: &str,
    description: &str,
    strategy: &str,
    sample: Value,
    asks: Vec<Ask>,
) -> (String, Operation) {
    let (name, operation) = operation(name, label, description, asks);
    let tests = if strategy == "WEBHOOK" { "SIMULATION" } else { "TEST_FUNCTION" };
    let operation = Operation {
        strategy: Some(strategy.to_owned()),
        test_strategy: Some(tests.to_owned()),
        sample_data: Some(sample).filter(|sample| !sample.is_null()),
        ..operation
    };
    (name, operation)
}

fn operation(name: &str, label: &str, description: &str, asks: Vec<Ask>) -> (String, Operation) {
    let operation = Operation {
        name: name.to_owned(),
        display_name: label.to_owned(),
        description: description.to_owned(),
        props: all(asks),
        require_auth: true,
        ..Operation::default()
    };
    (name.to_owned(), operation)
}

pub(super) fn named(operations: Vec<(String, Operation)>) -> Ordered<Operation> {
    operations.into_iter().collect()
}

pub(super) fn categories(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
