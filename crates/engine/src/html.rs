//! Rich text: what comes from Basecamp is sanitised before a page sees it, what a person types becomes what Basecamp takes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};

/// The tags that Basecamp itself allows, and what its attachments become.
const TAGS: [&str; 19] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "figcaption",
    "figure",
    "h1",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "strike",
    "strong",
    "ul",
];

/// Makes HTML safe to put into the page: no scripts, no styles, no frames, links of the web and of mail only, and no image
/// that would be fetched from elsewhere unless `remote_images`.
#[must_use]
pub(crate) fn sanitise(html: &str, remote_images: bool) -> String {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style", "template", "noscript", "iframe", "object"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("img", HashSet::from(["src", "alt", "width", "height"])),
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") if !remote_images => None,
            _ => Some(Cow::Borrowed(value)),
        });
    builder.clean(html).to_string()
}

/// Turns plain text into Basecamp's rich text; what already is rich text stays as it is.
#[must_use]
pub(crate) fn rich(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || (text.starts_with('<') && text.ends_with('>')) {
        return text.to_owned();
    }
    let paragraph = |part: &str| format!("<div>{}</div>", escape(part.trim()).replace('\n', "<br>"));
    text.split("\n\n").filter(|part| !part.trim().is_empty()).map(paragraph).collect::<Vec<_>>().join("<div><br></div>")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_survives() {
        let attacks = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"data:text/html,x\">x</a>",
            "<a href=\"file:///etc/passwd\">x</a>",
            "<iframe src=\"https://example.com\"></iframe>",
            "<div style=\"position:fixed\" onclick=\"x()\" class=\"rail\" id=\"root\">x</div>",
            "<svg><animate onbegin=alert(1)></svg>",
            "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
            "<form action=\"https://example.com\"><input name=a></form>",
            "<base href=\"https://example.com\">",
            "<bc-attachment sgid=\"x\" onload=\"y()\">z</bc-attachment>",
        ];
        for attack in attacks {
            let clean = sanitise(attack, true).to_lowercase();
            for bad in [
                "script",
                "onerror",
                "onclick",
                "onload",
                "onbegin",
                "javascript:",
                "data:",
                "file:",
                "style",
                "iframe",
                "class",
                "id=",
                "svg",
                "form",
                "input",
                "base",
            ] {
                assert!(!clean.contains(bad), "{attack} became {clean}");
            }
        }
    }

    #[test]
    fn a_remote_image_is_not_fetched_unless_wanted() {
        let image = "<div>see <img src=\"https://example.com/beacon.png\" alt=\"plan\"></div>";
        assert!(!sanitise(image, false).contains("example.com"));
        assert!(sanitise(image, false).contains("alt=\"plan\""));
        assert!(sanitise(image, true).contains("https://example.com/beacon.png"));
    }

    #[test]
    fn what_basecamp_allows_stays() {
        let html = "<div><strong>Bold</strong> and <em>soft</em><br><a href=\"https://example.com/a\">link</a></div>";
        let clean = sanitise(html, false);
        assert!(clean.contains("<strong>Bold</strong>") && clean.contains("href=\"https://example.com/a\""), "{clean}");
    }

    #[test]
    fn plain_text_becomes_paragraphs_and_rich_text_stays() {
        assert_eq!(rich("one\ntwo\n\nthree < four"), "<div>one<br>two</div><div><br></div><div>three &lt; four</div>");
        assert_eq!(rich("<div>ready</div>"), "<div>ready</div>");
        assert_eq!(rich("  "), "");
    }
}
