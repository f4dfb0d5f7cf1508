//! Colours for JSON, JavaScript and expressions: a text cut into pieces of one meaning each. Pure.

use flow::expr::expressions;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Words of people: only expressions have a colour.
    Plain,
    /// JSON.
    Json,
    /// JavaScript or TypeScript.
    Script,
}

/// What a piece means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing of note.
    Plain,
    /// A word of the language.
    Word,
    /// A text.
    Text,
    /// The name of a member.
    Name,
    /// A number.
    Number,
    /// A note to the reader.
    Comment,
    /// An expression.
    Expression,
}

impl Meaning {
    /// The class that colours.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Word => "tok-word",
            Self::Text => "tok-text",
            Self::Name => "tok-name",
            Self::Number => "tok-number",
            Self::Comment => "tok-comment",
            Self::Expression => "tok-expression",
        }
    }
}

/// Longer texts have no colours: every key would cost time.
const MOST: usize = 40_000;

const WORDS: &[&str] = &[
    "as",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "yield",
];

/// The text cut into pieces. Joined they are the text again.
pub(super) fn tokens(text: &str, language: Language) -> Vec<(Meaning, &str)> {
    if text.len() > MOST {
        return vec![(Meaning::Plain, text)];
    }
    let mut out = Vec::new();
    let mut from = 0;
    if language != Language::Script {
        for one in expressions(text) {
            cut(text.get(from..one.span.start).unwrap_or_default(), language, &mut out);
            out.push((Meaning::Expression, one.span.of(text)));
            from = one.span.end;
        }
    }
    cut(text.get(from..).unwrap_or_default(), language, &mut out);
    out.retain(|(_, piece)| !piece.is_empty());
    out
}

fn cut<'t>(text: &'t str, language: Language, out: &mut Vec<(Meaning, &'t str)>) {
    if language == Language::Plain {
        out.push((Meaning::Plain, text));
        return;
    }
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (meaning, length) = token(rest, first, language);
        let (piece, behind) = rest.split_at_checked(length.max(first.len_utf8())).unwrap_or((rest, ""));
        match out.last_mut() {
            // Neighbours without a meaning are one piece. Both are parts of the same text, one behind the other.
            Some((Meaning::Plain, last)) if meaning == Meaning::Plain => {
                let start = text.len() - rest.len();
                let joined = start.checked_sub(last.len()).and_then(|begin| text.get(begin..start + piece.len()));
                match joined.filter(|joined| joined.starts_with(*last)) {
                    Some(joined) => *last = joined,
                    None => out.push((meaning, piece)),
                }
            }
            Some(_) | None => out.push((meaning, piece)),
        }
        rest = behind;
    }
}

/// What the text begins with, and how long that is in bytes.
fn token(rest: &str, first: char, language: Language) -> (Meaning, usize) {
    let is_script = language == Language::Script;
    if is_script && rest.starts_with("//") {
        return (Meaning::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if is_script && rest.starts_with("/*") {
        return (Meaning::Comment, rest.find("*/").map_or(rest.len(), |at| at + 2));
    }
    if first == '"' || (is_script && (first == '\'' || first == '`')) {
        let length = text_length(rest, first);
        let behind = rest.get(length..).unwrap_or_default().trim_start();
        let is_name = language == Language::Json && behind.starts_with(':');
        return (if is_name { Meaning::Name } else { Meaning::Text }, length);
    }
    if first.is_ascii_digit()
        || (first == '-' && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
    {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '_';
        let signed = first.len_utf8();
        let length = rest.get(signed..).and_then(|rest| rest.find(|letter| !is_part(letter)));
        return (Meaning::Number, length.map_or(rest.len(), |at| at + signed));
    }
    if first.is_alphabetic() || first == '_' || first == '$' {
        let length = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '$'));
        let length = length.unwrap_or(rest.len());
        let is_word = rest.get(..length).is_some_and(|word| WORDS.contains(&word));
        return (if is_word { Meaning::Word } else { Meaning::Plain }, length);
    }
    (Meaning::Plain, first.len_utf8())
}

/// How long a text in quotes is. One in `"` or `'` that is not closed ends with its line.
fn text_length(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            letter if letter == quote => return at + letter.len_utf8(),
            '\n' if quote != '`' => return at,
            _ => {}
        }
    }
    rest.len()
}
