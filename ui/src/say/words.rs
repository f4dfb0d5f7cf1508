//! The messages of one language, and how one is told. Knows no page.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use super::{Tongue, pseudo};
use crate::parts::number::grouped;

/// An argument as it comes to a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    /// With a mark between its thousands.
    Grouped(f64),
}

/// The messages of one language.
pub(super) struct Words {
    pub(super) tongue: Tongue,
    bundle: FluentBundle<FluentResource>,
    /// What was put together once and is kept: words without arguments that are not one piece in their file.
    kept: RefCell<HashMap<&'static str, &'static str>>,
}

impl Words {
    /// Reads the messages. What cannot be read is left out: the build has looked at it before.
    pub(super) fn of(tongue: Tongue, text: &str) -> Self {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read);
        let mut bundle = FluentBundle::new(tongue.plurals().parse().into_iter().collect());
        // Marks around each argument would be in every label that somebody looks for.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(written));
        if tongue == Tongue::Pseudo {
            bundle.set_transform(Some(pseudo::changed));
        }
        bundle.add_resource_overriding(resource);
        Self { tongue, bundle, kept: RefCell::default() }
    }

    /// A message without arguments.
    pub(super) fn plain(&'static self, id: &'static str) -> &'static str {
        if let Some(kept) = self.kept.borrow().get(id) {
            return kept;
        }
        let made = match self.format(id, None) {
            Cow::Borrowed(text) if self.tongue != Tongue::Pseudo => return text,
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        };
        let text: &'static str = Box::leak(self.whole(made).into_boxed_str());
        self.kept.borrow_mut().insert(id, text);
        text
    }

    /// A message with its arguments.
    pub(super) fn tell(&self, id: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
                    Value::Number(number) => numeral(*number, false),
                    Value::Grouped(number) => numeral(*number, true),
                };
                (*name, value)
            })
            .collect();
        let text = self.format(id, Some(&arguments)).into_owned();
        self.whole(text)
    }

    fn whole(&self, text: String) -> String {
        if self.tongue == Tongue::Pseudo { pseudo::bracketed(&text) } else { text }
    }

    fn format<'a>(&'a self, id: &'a str, arguments: Option<&FluentArgs<'_>>) -> Cow<'a, str> {
        let message = self.bundle.get_message(id);
        let Some(pattern) = message.and_then(|message| message.value()) else { return Cow::Borrowed(id) };
        // A fault would be an argument that is missing, and that does not compile.
        self.bundle.format_pattern(pattern, arguments, &mut Vec::new())
    }
}

fn numeral(value: f64, use_grouping: bool) -> FluentValue<'static> {
    FluentValue::Number(FluentNumber::new(
        value,
        FluentNumberOptions { use_grouping, ..FluentNumberOptions::default() },
    ))
}

/// How a number is written, where that is not the usual way.
fn written<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was a whole number")]
        FluentValue::Number(number) if number.options.use_grouping => Some(grouped(number.value as u64)),
        FluentValue::Number(_)
        | FluentValue::String(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }
}
