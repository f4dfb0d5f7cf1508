//! Every screen in both themes, looked at as somebody does who cannot see it, or cannot point exactly: by axe where
//! `cargo xtask desk access` could fetch it, and always by what can be told without it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::quick::{CARET, ESCAPE, HIDDEN, SUMMON, TAKEN_OVER, to, windows};
use super::{Desk, drive};

/// A screen by its address, and what is seen once it is there.
pub(super) const SCREENS: [(&str, &str); 9] = [
    ("/today", "Late and due"),
    ("/projects", "Website relaunch"),
    ("/automations", "css:.flow-row, .flows-list, main h1"),
    ("/runs", "css:main h1"),
    ("/assistant", "css:textarea, [contenteditable]"),
    ("/history", "css:main h1"),
    ("/sync", "css:main h1"),
    ("/settings", "Dark"),
    ("/welcome", "css:main h1"),
];

/// Tabs of a project.
const TABS: [&str; 10] = [
    "#tab-todos",
    "#tab-board",
    "#tab-messages",
    "#tab-documents",
    "#tab-schedule",
    "#tab-checkins",
    "#tab-chat",
    "#tab-time",
    "#tab-people",
    "#tab-activity",
];

/// The assistant has answered, and wants to be allowed something.
const WAITS: &str = "return document.querySelectorAll('.reply').length > 0 \
    && document.querySelector('.ask.armed')?.contains(document.activeElement);";

/// Controls without a name, ids that are there twice, and controls too small to hit (WCAG 2.2, 2.5.8): 24 px a side, unless
/// nothing else is near (24 px circles around two centres do not touch), it stands in a line of text, or the browser draws it.
const PLAIN: &str = r#"
    const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const flat = (text) => (text ?? "").replace(/\s+/g, " ").trim();
    const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, [role=button], [role=tab], [role=menuitem], [role=option]")]
        .filter((element) => seen(element) && element.type !== "hidden" && !element.closest("[inert], [aria-hidden=true]"));
    const name = (element) => flat(element.getAttribute("aria-label"))
        || flat((element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent).join(" "))
        || flat([...(element.labels ?? [])].map((label) => label.textContent).join(" "))
        || flat(element.getAttribute("placeholder")) || flat(element.title) || flat(element.textContent);
    const told = (element) => element.outerHTML.slice(0, 160);
    const faults = controls.filter((element) => !name(element)).map((element) => `no name: ${told(element)}`);
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) faults.push(`twice: #${id}`);
    const boxes = controls.map((element) => {
        const label = ["checkbox", "radio"].includes(element.type) ? element.closest("label") : null;
        return [element, (label ?? element).getBoundingClientRect()];
    });
    const centre = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    for (const [element, box] of boxes) {
        if (box.width === 0 || (box.width >= 24 && box.height >= 24)) continue;
        if (getComputedStyle(element).display === "inline") continue;
        const [x, y] = centre(box);
        const crowded = boxes.some(([other, near]) => {
            if (other === element || element.contains(other) || other.contains(element) || near.width === 0) return false;
            const dx = Math.max(near.left - x, 0, x - near.right), dy = Math.max(near.top - y, 0, y - near.bottom);
            return Math.hypot(dx, dy) < 12;
        });
        if (crowded) faults.push(`too small, ${Math.round(box.width)} by ${Math.round(box.height)}: ${told(element)}`);
    }
    return faults;
"#;

/// What is wider than the window, and controls that cannot be brought into it whole.
pub(super) const CUT_OFF: &str = r#"
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth + 1) faults.push(`${document.documentElement.scrollWidth} px wide in ${innerWidth}`);
    const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const controls = [...document.querySelectorAll("a[href], button, input, select, textarea")]
        .filter((element) => seen(element) && element.getBoundingClientRect().width > 0 && !element.closest("[inert], [aria-hidden=true], .studio-pane, .skip"));
    for (const element of controls) {
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        const { left, right, top, bottom } = element.getBoundingClientRect();
        if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1)
            faults.push(`out of sight at ${[left, top, right, bottom].map(Math.round)} of ${innerWidth} by ${innerHeight}: ${element.outerHTML.slice(0, 160)}`);
    }
    return faults;
"#;

/// Answers once axe has judged.
const JUDGE: &str = r#"
    const done = arguments[0];
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }).then(
        (found) => done(found.violations.flatMap((fault) => fault.nodes.map((node) =>
            `${fault.id} (${fault.impact}): ${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map((check) => check.message).join("; ")}`))),
        (why) => done([String(why)]));
"#;

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn every_screen_can_be_used_by_everybody() {
    drive("access", async |desk| {
        let mut judge = Judge { axe: axe(), faults: String::new() };
        desk.open().await;
        desk.sees("Open the sample workspace").await;
        judge.looks(desk, "first run").await;
        desk.click("Open the sample workspace").await;
        desk.sees("Fresh as of").await;
        converse(desk).await;
        for theme in ["Light", "Dark"] {
            go(desk, "/settings", "Dark").await;
            desk.click(theme).await;
            judge.walks(desk, theme).await;
            judge.quick(desk, theme).await;
        }
        judge.enlarged(desk).await;
        assert!(judge.faults.is_empty(), "{}", judge.faults);
    });
}

/// The text of axe, where xtask could fetch it.
fn axe() -> Option<String> {
    let path = std::env::var_os("PMOS_AXE")?;
    Some(std::fs::read_to_string(path).unwrap())
}

/// Leaves a conversation with an answer and with something to be allowed.
async fn converse(desk: &mut Desk) {
    desk.keys("Control+j").await;
    for text in ["What is overdue?", "Move \"Gift cards in the basket\" to In review"] {
        desk.until("the field has the keyboard", "return document.activeElement?.id === 'chat-field';", &[]).await;
        desk.write(text).await;
        desk.keys("Enter").await;
        let answered = "return document.querySelector('.ask') || document.querySelectorAll('.reply').length > 0;";
        desk.until("the assistant has answered", answered, &[]).await;
    }
    desk.until("something waits to be allowed", WAITS, &[]).await;
    desk.keys("Control+j").await;
    desk.gone("css:#chat-field").await;
}

struct Judge {
    axe: Option<String>,
    faults: String,
}

impl Judge {
    async fn walks(&mut self, desk: &mut Desk, theme: &str) {
        for (address, sign) in SCREENS {
            go(desk, address, sign).await;
            self.looks(desk, &format!("{theme} {address}")).await;
        }
        go(desk, "/projects", "Website relaunch").await;
        desk.click("Website relaunch").await;
        for tab in TABS {
            desk.click(tab).await;
            desk.until("the tab is chosen", CHOSEN, &[json!(tab)]).await;
            self.looks(desk, &format!("{theme} {tab}")).await;
        }
        go(desk, "/today", "Late and due").await;
        desk.keys("Control+j").await;
        desk.sees("css:.ask").await;
        self.looks(desk, &format!("{theme} conversation")).await;
        desk.shot(&format!("access-conversation-{theme}")).await;
        desk.keys("Control+j").await;
        desk.gone("css:#chat-field").await;
        desk.keys("Control+k").await;
        desk.sees("css:[role=dialog] input, [role=combobox]").await;
        self.looks(desk, &format!("{theme} palette")).await;
        desk.keys("Escape").await;
        desk.gone("css:[role=dialog]").await;
        desk.keys("?").await;
        desk.sees("css:.sheet").await;
        self.looks(desk, &format!("{theme} keys")).await;
        desk.keys("Escape").await;
        desk.gone("css:[role=dialog]").await;
        desk.click(".section .item .item-title").await;
        desk.sees("css:[role=dialog], .drawer").await;
        self.looks(desk, &format!("{theme} drawer")).await;
        desk.keys("Escape").await;
        for list in ["/automations", "/runs"] {
            go(desk, list, "css:.vlist-row").await;
            desk.click(".vlist-row").await;
            desk.until("one of the list is open", OPENED, &[json!(format!("#{list}/"))]).await;
            desk.sees("css:main [role=tree], main h1, main h2").await;
            self.looks(desk, &format!("{theme} one of {list}")).await;
        }
    }

    /// The quick chat, which is a window of its own.
    async fn quick(&mut self, desk: &mut Desk, theme: &str) {
        let (main, quick) = windows(desk).await;
        desk.ask(SUMMON, &[]).await;
        to(desk, &quick).await;
        desk.until("the caret stands in the field", CARET, &[]).await;
        desk.until("its program is there", TAKEN_OVER, &[]).await;
        self.looks(desk, &format!("{theme} quick chat")).await;
        desk.ask(ESCAPE, &[]).await;
        desk.until("Esc hides it", HIDDEN, &[]).await;
        to(desk, &main).await;
    }

    /// At twice the size, in the window as it first opens, nothing is cut off and everything can be brought into sight
    /// (WCAG 2.2, 1.4.4 and 1.4.10).
    async fn enlarged(&mut self, desk: &mut Desk) {
        let enlarge = "const done = arguments[0];
            window.__TAURI__.core.invoke('desktop_change', { change: { zoom: 200 } }).then(() => done('done'), (why) => done(String(why)));";
        assert_eq!(desk.client().execute_async(enlarge, Vec::new()).await.unwrap(), "done");
        desk.until("the page is enlarged", "return innerWidth < 800;", &[]).await;
        for (address, sign) in SCREENS {
            go(desk, address, sign).await;
            desk.until("the window stands still", super::STILL, &[]).await;
            let found = desk.ask(CUT_OFF, &[]).await;
            desk.shot(&format!("access-enlarged-{}", address.trim_start_matches('/'))).await;
            for fault in found.as_array().into_iter().flatten().filter_map(Value::as_str) {
                writeln!(self.faults, "200 % {address}: {fault}").unwrap();
            }
        }
    }

    async fn looks(&mut self, desk: &mut Desk, what: &str) {
        desk.until("the window stands still", super::STILL, &[]).await;
        let mut found = desk.ask(PLAIN, &[]).await;
        if let Some(axe) = &self.axe {
            // The page allows no text to be run, so axe is the driver's own script; a page that was left has lost it.
            desk.ask(&format!("if (!window.axe) {{ {axe} }}"), &[]).await;
            let more = desk.client().execute_async(JUDGE, Vec::new()).await.unwrap();
            found.as_array_mut().unwrap().extend(more.as_array().unwrap().iter().cloned());
        }
        for fault in found.as_array().into_iter().flatten().filter_map(Value::as_str) {
            writeln!(self.faults, "{what}: {fault}").unwrap();
        }
    }
}

const CHOSEN: &str = "return document.querySelector(arguments[0]).getAttribute('aria-selected') === 'true';";

const OPENED: &str = "return location.hash.startsWith(arguments[0]);";

async fn go(desk: &mut Desk, address: &str, sign: &str) {
    desk.ask("location.hash = arguments[0];", &[json!(address)]).await;
    desk.sees(sign).await;
}
