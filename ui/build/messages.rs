//! Messages as they stand in their files, what two languages disagree in, and the functions that are made of them. Knows no
//! disk; for the build script, and for the tests of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message as Parsed, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::{parser, serializer};

/// Words of Rust, which no function and no argument can be called by.
const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
/// CLDR's plural categories: what is chosen by them is a number.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What an argument must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Anything that can be said.
    Said,
    /// A number: a plural depends on it.
    Count,
}

pub(crate) type Arguments = BTreeMap<String, Kind>;

/// A message as its function is made of it.
pub(crate) struct Message {
    /// The file it stands in, which is the module of its function.
    area: String,
    words: String,
    pub(crate) arguments: Arguments,
}

/// All messages of a language by their ids, and its files one after the other.
#[derive(Default)]
pub(crate) struct Language {
    pub(crate) messages: BTreeMap<String, Message>,
    pub(crate) text: String,
    terms: Vec<String>,
    /// Which message names which term.
    named: Vec<(String, String)>,
}

impl Language {
    /// Takes a file of the language: `area` is its name, and `here` is how it is called in offences.
    pub(crate) fn read(&mut self, here: &str, area: &str, text: &str, offences: &mut Vec<String>) {
        let mut offend = |what: String| offences.push(format!("{here}{what}"));
        let parsed = match parser::parse(text) {
            Ok(parsed) => parsed,
            Err((parsed, faults)) => {
                for fault in faults {
                    let line = text.get(..fault.pos.start).unwrap_or_default().matches('\n').count() + 1;
                    offend(format!(":{line}: {}", fault.kind));
                }
                parsed
            }
        };
        for entry in parsed.body {
            match entry {
                Entry::Message(message) => self.message(message, area, &mut offend),
                Entry::Term(term) => self.terms.push(term.id.name.to_owned()),
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Junk { content } => offend(format!(": cannot be read: {}", content.trim())),
            }
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn message(&mut self, message: Parsed<&str>, area: &str, offend: &mut impl FnMut(String)) {
        let id = message.id.name.to_owned();
        let Some(value) = message.value else {
            return offend(format!(": {id} says nothing"));
        };
        if !message.attributes.is_empty() {
            offend(format!(": {id} has attributes: make messages of them"));
        }
        let name = id.strip_prefix(area).and_then(|rest| rest.strip_prefix('-'));
        if !name.is_some_and(|name| name.starts_with(|first: char| first.is_lowercase())) {
            offend(format!(": {id} does not begin with `{area}-`"));
        }
        let mut found = Found::default();
        found.pattern(&value);
        for word in name.into_iter().chain(found.arguments.keys().map(String::as_str)) {
            if RESERVED.contains(&word) {
                offend(format!(": {id}: `{word}` is a word of Rust, call it otherwise"));
            }
        }
        found.offences.iter().for_each(|what| offend(format!(": {id} {what}")));
        self.named.extend(found.terms.into_iter().map(|term| (id.clone(), term)));
        let message = Message { area: area.to_owned(), words: words(value), arguments: found.arguments };
        if self.messages.insert(id.clone(), message).is_some() {
            offend(format!(": {id} is there twice"));
        }
    }

    /// Terms that messages name and that no file has.
    pub(crate) fn missing_terms(&self) -> impl Iterator<Item = String> {
        let missing = self.named.iter().filter(|(_, term)| !self.terms.contains(term));
        missing.map(|(id, term)| format!("{id} names -{term}, which is not there"))
    }
}

/// The pattern as its file writes it.
fn words(pattern: Pattern<&str>) -> String {
    let id = fluent_syntax::ast::Identifier { name: "x" };
    let message = Parsed { id, value: Some(pattern), attributes: Vec::new(), comment: None };
    let text = serializer::serialize(&fluent_syntax::ast::Resource { body: vec![Entry::Message(message)] });
    text.trim_start_matches("x =").trim().to_owned()
}

/// What a pattern asks for.
#[derive(Default)]
struct Found {
    arguments: Arguments,
    terms: Vec<String>,
    offences: Vec<&'static str>,
}

impl Found {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }
    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, Kind::Said),
            Expression::Select { selector, variants } => {
                // With `other` alone nothing is told apart yet.
                let plural = variants.len() > 1 && variants.iter().all(is_plural);
                let kind = if plural { Kind::Count } else { Kind::Said };
                self.inline(selector, kind);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }
    fn inline(&mut self, inline: &InlineExpression<&str>, kind: Kind) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                let known = self.arguments.entry(id.name.to_owned()).or_insert(kind);
                *known = kind.max(*known);
            }
            InlineExpression::TermReference { id, .. } => self.terms.push(id.name.to_owned()),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::MessageReference { .. } => self.offences.push("names a message: make it a term"),
            InlineExpression::FunctionReference { .. } => self.offences.push("calls a function: there are none"),
        }
    }
}

fn is_plural(variant: &Variant<&str>) -> bool {
    match &variant.key {
        VariantKey::Identifier { name } => PLURALS.contains(name),
        VariantKey::NumberLiteral { .. } => true,
    }
}

/// Holds another language against the first. A number in either is one in both.
pub(crate) fn compare(first: &mut Language, other: &Language, name: &str, offences: &mut Vec<String>) {
    for (id, message) in &mut first.messages {
        let Some(there) = other.messages.get(id) else {
            offences.push(format!("locales/{name}/{}.ftl lacks {id}", message.area));
            continue;
        };
        if there.area != message.area {
            offences.push(format!("locales/{name}: {id} belongs into {}.ftl", message.area));
        }
        if !there.arguments.keys().eq(message.arguments.keys()) {
            let asked = |message: &Message| message.arguments.keys().cloned().collect::<Vec<_>>().join(", ");
            offences.push(format!("locales/{name}: {id} asks for ({}), not ({})", asked(there), asked(message)));
        }
        for (argument, kind) in &mut message.arguments {
            *kind = there.arguments.get(argument).map_or(*kind, |there| *there.max(kind));
        }
    }
    let strange = other.messages.keys().filter(|id| !first.messages.contains_key(*id));
    offences.extend(strange.map(|id| format!("locales/{name}: {id} is not in the first language")));
}

/// A module for each area, with a function, or a type where arguments could be taken for one another, for each message.
pub(crate) fn functions(language: &Language) -> String {
    let mut areas: BTreeMap<&str, String> = BTreeMap::new();
    for (id, message) in &language.messages {
        let name = id.get(message.area.len() + 1..).unwrap_or_default();
        let arguments: Vec<(&str, Kind)> =
            message.arguments.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        let made = areas.entry(&message.area).or_default();
        let _ = writeln!(made, "    #[doc = {:?}]", format!("`{}`", message.words));
        let _ = match arguments.as_slice() {
            [] => writeln!(made, "    pub(crate) fn {}() -> &'static str {{ plain({id:?}) }}", snake(name)),
            [(argument, kind)] => writeln!(
                made,
                "    pub(crate) fn {}({1}: impl {kind:?}) -> String {{ tell({id:?}, &[({argument:?}, {1}.{2}())]) }}",
                snake(name),
                snake(argument),
                kind.method(),
            ),
            several => writeln!(made, "{}", structure(id, &camel(name), several)),
        };
    }
    areas.into_iter().fold(String::new(), |mut text, (area, made)| {
        let _ = writeln!(text, "#[doc = \"What `{area}` says.\"]\npub(crate) mod {} {{", snake(area));
        let _ = writeln!(text, "    #[allow(unused_imports)]\n    use super::{{Count, Said, plain, tell}};\n{made}}}");
        text
    })
}

impl Kind {
    fn method(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Count => "count",
        }
    }
}

/// Several arguments have names where they are given, so that none is taken for another.
fn structure(id: &str, name: &str, arguments: &[(&str, Kind)]) -> String {
    let letters: Vec<String> = ('A'..='Z').take(arguments.len()).map(String::from).collect();
    let each = |make: &dyn Fn(&str, &str, Kind) -> String, between: &str| {
        let made = letters.iter().zip(arguments).map(|(letter, (argument, kind))| make(letter, argument, *kind));
        made.collect::<Vec<_>>().join(between)
    };
    let bounds = each(&|letter, _, kind| format!("{letter}: {kind:?}"), ", ");
    let fields = each(
        &|letter, argument, _| {
            format!("        #[doc = {argument:?}]\n        pub(crate) {}: {letter},", snake(argument))
        },
        "\n",
    );
    let values =
        each(&|_, argument, kind| format!("({argument:?}, self.{}.{}())", snake(argument), kind.method()), ", ");
    let letters = letters.join(", ");
    format!(
        "    pub(crate) struct {name}<{letters}> {{\n{fields}\n    }}\n    impl<{bounds}> {name}<{letters}> {{\n        \
         #[doc = \"The words.\"]\n        pub(crate) fn text(&self) -> String {{ tell({id:?}, &[{values}]) }}\n    }}"
    )
}

fn snake(name: &str) -> String {
    name.replace('-', "_")
}

fn camel(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split(['-', '_']).map(capital).collect()
}
