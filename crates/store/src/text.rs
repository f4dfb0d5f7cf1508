//! Rich text as plain text, and what can be read out of it. For searching and for lists; what the page shows is
//! sanitised elsewhere.

/// So many characters of a body stand in a list.
pub(crate) const EXCERPT: usize = 160;

/// The tags that set what follows them on another line.
const BLOCKS: [&str; 18] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "tr",
    "td",
    "th",
    "hr",
];

/// The words of a piece of HTML, with blocks set apart by a space.
pub(crate) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return squeeze(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = if from.starts_with('<') { skip_tag(from, &mut out) } else { entity(from, &mut out) };
    }
    out.push_str(rest);
    squeeze(&out)
}

/// The words of a piece of HTML, a block to a line, with `> ` before what is marked as quoted. Of a text without tags each
/// line is one.
pub(crate) fn lines(html: &str) -> Vec<String> {
    let tagged = html.contains('<');
    let (mut lines, mut out, mut quoted, mut rest) = (Vec::new(), String::new(), 0_usize, html);
    while let Some(at) = rest.find(['<', '&', '\n']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with('<') {
            let name = tag_name(from);
            if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
                end_line(&mut lines, &mut out, quoted > 0);
            }
            if name.eq_ignore_ascii_case("blockquote") {
                quoted = if from.starts_with("</") { quoted.saturating_sub(1) } else { quoted + 1 };
            }
            rest = skip_tag(from, &mut out);
        } else if from.starts_with('&') {
            rest = entity(from, &mut out);
        } else {
            if tagged {
                out.push(' ');
            } else {
                end_line(&mut lines, &mut out, false);
            }
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    end_line(&mut lines, &mut out, quoted > 0);
    lines
}

fn end_line(lines: &mut Vec<String>, out: &mut String, quoted: bool) {
    let line = squeeze(&std::mem::take(out));
    if !line.is_empty() {
        lines.push(if quoted { format!("> {line}") } else { line });
    }
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// Goes past a tag. One that does not end is text.
fn skip_tag<'a>(from: &'a str, out: &mut String) -> &'a str {
    let named =
        from.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    let Some(end) = from.find('>').filter(|_| named) else {
        out.push('<');
        return from.get(1..).unwrap_or_default();
    };
    let tag = from.get(1..end).unwrap_or_default().trim_start_matches('/');
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    // Inline marks may stand within a word; everything else sets words apart.
    if !["b", "strong", "i", "em", "u", "s", "del", "strike", "a", "span", "code", "mark", "sub", "sup"]
        .iter()
        .any(|inline| name.eq_ignore_ascii_case(inline))
    {
        out.push(' ');
    }
    from.get(end + 1..).unwrap_or_default()
}

fn entity<'a>(from: &'a str, out: &mut String) -> &'a str {
    let end = from.bytes().take(12).position(|byte| byte == b';');
    let known = end.and_then(|end| from.get(1..end)).and_then(|name| match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        _ => name.strip_prefix('#').and_then(|code| {
            code.strip_prefix(['x', 'X'])
                .map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
                .and_then(char::from_u32)
                .filter(|c| *c != '\0')
        }),
    });
    match (known, end) {
        (Some(c), Some(end)) => {
            out.push(c);
            from.get(end + 1..).unwrap_or_default()
        }
        (Some(_) | None, _) => {
            out.push('&');
            from.get(1..).unwrap_or_default()
        }
    }
}

fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace('\0', "")
}

/// The first words, at most so many characters.
pub(crate) fn excerpt(plain: &str, most: usize) -> String {
    match plain.char_indices().nth(most) {
        None => plain.to_owned(),
        Some((end, _)) => {
            let cut = plain.get(..end).unwrap_or_default();
            // Whole words, unless that would throw away half of it.
            let word = cut.rfind(' ').filter(|at| *at > end / 2).unwrap_or(cut.len());
            let mut short: String = cut.get(..word).unwrap_or(cut).chars().take(most - 1).collect();
            short.push('…');
            short
        }
    }
}

/// True when the words say that the work is blocked or waits for something. “Unblocked” and “not blocked” do not.
pub(crate) fn says_blocked(title: &str, body: &str) -> bool {
    [title, body].into_iter().any(|text| {
        // Most text has none of these letters in a row; looking costs less than cutting it into words.
        let low = text.to_lowercase();
        if !["block", "wait", "hold"].iter().any(|part| low.contains(part)) {
            return false;
        }
        let words: Vec<&str> =
            low.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()).collect();
        words.iter().enumerate().any(|(at, word)| {
            let next = words.get(at + 1).copied().unwrap_or_default();
            let said = match *word {
                "blocked" => true,
                "waiting" => matches!(next, "for" | "on"),
                "on" => next == "hold",
                _ => false,
            };
            said && !words.get(at.saturating_sub(3)..at).unwrap_or_default().iter().any(|before| {
                matches!(
                    *before,
                    "not" | "no" | "never" | "isn't" | "isn’t" | "aren't" | "aren’t" | "wasn't" | "wasn’t" | "longer"
                )
            })
        })
    })
}
