//! Rich text as plain text, for a simple editor. Knows no page.

/// The text of HTML with its line breaks: blocks and `<br>` break lines, list items get a dash, links keep their words.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(&collapse(before, text.ends_with(['\n', ' ']) || text.is_empty()));
        let Some((tag, behind)) = after.split_once('>') else {
            // A lone bracket is text.
            text.push('<');
            rest = after;
            continue;
        };
        mark(&mut text, tag);
        rest = behind;
    }
    text.push_str(&collapse(rest, text.ends_with(['\n', ' ']) || text.is_empty()));
    tidy(&decode(&text))
}

/// True when the text has form that a plain editor would lose.
pub(crate) fn has_form(html: &str) -> bool {
    [
        "<a ",
        "<strong",
        "<b>",
        "<em",
        "<i>",
        "<ul",
        "<ol",
        "<h1",
        "<blockquote",
        "<pre",
        "<code",
        "<bc-attachment",
        "<img",
        "<figure",
        "<table",
    ]
    .iter()
    .any(|tag| html.contains(tag))
}

fn mark(text: &mut String, tag: &str) {
    let closing = tag.starts_with('/');
    let name: String = tag
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    match (name.as_str(), closing) {
        ("br", _) => text.push('\n'),
        ("li", false) => {
            new_line(text);
            text.push_str("- ");
        }
        ("p" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "ul" | "ol" | "figure", true) => {
            new_line(text);
            text.push('\n');
        }
        ("p" | "div" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "ul" | "ol" | "tr" | "figure" | "hr", _) => {
            new_line(text)
        }
        _ => {}
    }
}

fn new_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn collapse(piece: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(piece.len());
    let mut space = at_start;
    for letter in piece.chars() {
        if letter.is_ascii_whitespace() {
            if !space {
                out.push(' ');
            }
            space = true;
        } else {
            out.push(letter);
            space = false;
        }
    }
    out
}

fn decode(text: &str) -> String {
    // The ampersand last, so that nothing is decoded twice.
    let entities = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let doubled = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !doubled {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests;
