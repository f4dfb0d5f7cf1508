//! The languages of the page in the real window: another one is spoken from the choice on, nothing that was written is lost by
//! it, and in the pseudo-locale no screen shows a message in plain English, is cut, or is wider than the window.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::access::{CUT_OFF, SCREENS};
use super::{Desk, drive};

const SPEAKS: &str = "return document.documentElement.lang === arguments[0] \
    && (document.querySelector('.rail')?.innerText ?? '').includes(arguments[1]);";
const DRAFT: &str = "return document.querySelector('#chat-field')?.value === arguments[0];";

/// The messages of a language without arguments that are long enough to be nobody's data; examples are somebody's data.
const MESSAGES: &str = r#"
    const [name, done] = arguments;
    fetch(`${name}.ftl`).then((answer) => answer.text()).then((text) => done(
        [...text.matchAll(/^([a-z0-9-]+) = (.+)$/gm)].filter(([, id, words]) => !id.includes("-example-") && words.length > 9 && !words.includes("{"))
            .map(([, , words]) => words)));
"#;

/// Texts on the screen that are, letter by letter, one of these.
const PLAIN: &str = r#"
    const known = new Set(arguments[0]), found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
        if (known.has(text) && element.checkVisibility()) found.add(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]"))
        for (const name of ["aria-label", "title", "placeholder"])
            if (known.has(element.getAttribute(name))) found.add(`${name}: ${element.getAttribute(name)}`);
    return [...found];
"#;

/// Texts that end without a word about it: cut by their box, and by no ellipsis.
const CUT: &str = r#"
    return [...document.querySelectorAll("body *")].filter((element) => {
        const style = getComputedStyle(element);
        const speaks = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const isSeen = element.checkVisibility() && style.color !== "rgba(0, 0, 0, 0)";
        return speaks && isSeen && element.getBoundingClientRect().width > 2 && style.overflowX !== "visible"
            && style.overflowX !== "auto" && style.overflowX !== "scroll" && style.textOverflow !== "ellipsis"
            && element.scrollWidth > element.clientWidth + 1;
    }).map((element) => `cut: ${element.outerHTML.slice(0, 200)}`);
"#;

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn the_page_speaks_the_language_of_the_person() {
    drive("tongue", async |desk| {
        desk.open_sample().await;
        desk.until("English", SPEAKS, &[json!("en"), json!("Today")]).await;
        let english = messages(desk).await;
        desk.type_into("css:#chat-field", "half a thought").await;
        speak(desk, "german").await;
        desk.until("German", SPEAKS, &[json!("de"), json!("Heute")]).await;
        desk.until("what was written", DRAFT, &[json!("half a thought")]).await;
        let mut faults = String::new();
        for (address, _) in SCREENS {
            go(desk, address).await;
            desk.shot(&format!("tongue-german-{}", address.trim_start_matches('/'))).await;
            note(&mut faults, desk, &format!("German, {address}"), CUT_OFF, &[]).await;
        }
        // It holds over a start.
        desk.close().await;
        desk.open().await;
        desk.until("German", SPEAKS, &[json!("de"), json!("Heute")]).await;
        speak(desk, "pseudo").await;
        desk.until("the pseudo-locale", SPEAKS, &[json!("en-x-pseudo"), json!("]")]).await;
        for (address, _) in SCREENS {
            go(desk, address).await;
            desk.shot(&format!("tongue-pseudo-{}", address.trim_start_matches('/'))).await;
            let place = format!("pseudo-locale, {address}");
            note(&mut faults, desk, &place, PLAIN, std::slice::from_ref(&english)).await;
            note(&mut faults, desk, &place, CUT, &[]).await;
            note(&mut faults, desk, &place, CUT_OFF, &[]).await;
        }
        go(desk, "/today").await;
        speak(desk, "english").await;
        desk.until("English", SPEAKS, &[json!("en"), json!("Today")]).await;
        assert!(faults.is_empty(), "{faults}");
    });
}

async fn messages(desk: &mut Desk) -> Value {
    let messages = desk.client().execute_async(MESSAGES, vec![json!("en")]).await.unwrap();
    assert!(messages.as_array().is_some_and(|messages| messages.len() > 500), "{messages}");
    messages
}

async fn speak(desk: &mut Desk, language: &str) {
    desk.call("settings.change", &json!({ "language": language })).await;
}

async fn go(desk: &mut Desk, address: &str) {
    desk.ask("location.hash = arguments[0]; return null;", &[json!(format!("#{address}"))]).await;
    desk.until("the screen", "return location.hash === arguments[0] && Boolean(document.querySelector('main :is(h1, h2, textarea, .empty)'));", &[json!(format!("#{address}"))]).await;
}

async fn note(faults: &mut String, desk: &mut Desk, place: &str, script: &str, arguments: &[Value]) {
    for fault in desk.ask(script, arguments).await.as_array().into_iter().flatten() {
        let _ = writeln!(faults, "{place}: {}", fault.as_str().unwrap_or_default());
    }
}
