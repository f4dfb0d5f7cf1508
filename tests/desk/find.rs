//! What a test means by a name: a selector, the words on a control, or a label.

use fantoccini::{
    Client,
    elements::{Element, ElementRef},
    error::CmdError,
};
use serde_json::{Value, json};

/// The key under which WebDriver hands an element over.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Finds a control by what a person calls it: an exact name beats a name that only contains the words, and the
/// innermost of several wins.
const CONTROL: &str = r#"
    const { css, words } = arguments[0];
    const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (css) return [...document.querySelectorAll(css)].find(seen) ?? null;
    const flat = (text) => (text ?? "").replace(/\s+/g, " ").trim().toLowerCase();
    const wanted = flat(words);
    const names = (element) => [
        element.getAttribute("aria-label"), element.getAttribute("placeholder"), element.title, element.innerText,
        ...[...(element.labels ?? [])].map((label) => label.innerText),
    ].map(flat);
    const controls = [...document.querySelectorAll(
        "a, button, input, textarea, select, summary, label, [role], [tabindex], [contenteditable]")].filter(seen);
    const exact = controls.filter((element) => names(element).includes(wanted));
    const loose = controls.filter((element) => names(element).some((name) => name.includes(wanted)));
    const innermost = (some) => some.find((element) => !some.some((other) => other !== element && element.contains(other)));
    return innermost(exact) ?? innermost(loose) ?? null;
"#;

/// Whether the words are to be read, or the selector names something that is to be seen.
pub(crate) const IS_SEEN: &str = r#"
    const { css, words } = arguments[0];
    if (css) return [...document.querySelectorAll(css)].some((element) => element.checkVisibility());
    const flat = (text) => text.replace(/\s+/g, " ");
    return flat(document.body.innerText).includes(flat(words));
"#;

/// Tells a selector from words.
pub(crate) fn question(target: &str) -> Value {
    let css = target.strip_prefix("css:").or_else(|| target.starts_with(['#', '.', '[']).then_some(target));
    json!({ "css": css, "words": target })
}

/// The control of that name, if it is on the screen.
pub(crate) async fn control(client: &Client, target: &str) -> Result<Option<Element>, CmdError> {
    let found = client.execute(CONTROL, vec![question(target)]).await?;
    let id = found.get(ELEMENT).and_then(Value::as_str);
    Ok(id.map(|id| Element::from_element_id(client.clone(), ElementRef::from(id.to_owned()))))
}
