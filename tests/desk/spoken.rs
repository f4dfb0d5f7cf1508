//! What a screen reader hears: the tree that the real window tells over the accessibility bus (AT-SPI), not what the page means
//! it to be. The whole of it is kept as `artefacts/desk/spoken-*.txt`.

use std::fmt::Write as _;
use std::fs;

use zbus::Connection;
use zbus::connection::Builder;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::{Desk, LOOKS, PAUSE, drive, pictures};

const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// More is not looked at: a tree that goes on for ever would be a fault of its own.
const MOST: usize = 20_000;
/// Words for the numbers of AT-SPI's `AtspiRole` that are looked for; WebKit tells the number alone.
const ROLES: [(u32, &str); 20] = [
    (7, "check box"),
    (11, "combo box"),
    (16, "dialog"),
    (29, "label"),
    (31, "list"),
    (32, "list item"),
    (35, "menu item"),
    (37, "tab"),
    (43, "button"),
    (44, "radio button"),
    (55, "table"),
    (61, "text"),
    (62, "toggle button"),
    (73, "paragraph"),
    (79, "entry"),
    (83, "heading"),
    (85, "section"),
    (88, "link"),
    (95, "document"),
    (110, "landmark"),
];
/// Roles that do something, and so must be called something.
const CONTROLS: [&str; 9] =
    ["button", "toggle button", "link", "check box", "radio button", "entry", "combo box", "tab", "menu item"];

type Object = (String, OwnedObjectPath);

/// Something in the tree.
struct Node {
    level: usize,
    role: String,
    name: String,
}

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn a_screen_reader_is_told_what_is_on_the_screen() {
    drive("spoken", async |desk| {
        let session = Connection::session().await.unwrap();
        for what in ["IsEnabled", "ScreenReaderEnabled"] {
            let set = ("org.a11y.Status", what, Value::from(true));
            let told = session.call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some(PROPERTIES), "Set", &set);
            told.await.unwrap();
        }
        desk.open_sample().await;
        let today = tree(desk, "today", ("heading", "Late and due")).await;
        named(&today, "today");
        for (role, name) in [("landmark", ""), ("heading", "Today"), ("link", "Projects")] {
            assert!(has(&today, role, name), "today tells no {role} “{name}”");
        }
        desk.click("Settings").await;
        desk.sees("Appearance").await;
        let settings = tree(desk, "settings", ("heading", "Settings")).await;
        named(&settings, "settings");
        desk.keys("Control+k").await;
        desk.sees("css:.palette-field").await;
        let palette = tree(desk, "palette", ("dialog", "")).await;
        named(&palette, "the palette");
        assert!(palette.iter().any(|node| ["entry", "combo box"].contains(&&*node.role)), "the palette has no field");
    });
}

fn has(tree: &[Node], role: &str, name: &str) -> bool {
    tree.iter().any(|node| node.role == role && node.name.contains(name))
}

/// Everything that does something is called something.
fn named(tree: &[Node], what: &str) {
    let nameless: Vec<&str> = tree
        .iter()
        .filter(|node| CONTROLS.contains(&&*node.role) && node.name.is_empty())
        .map(|node| &*node.role)
        .collect();
    assert!(nameless.is_empty(), "{what} has controls that are called nothing: {nameless:?}");
    let controls = tree.iter().filter(|node| CONTROLS.contains(&&*node.role)).count();
    assert!(controls > 3, "{what} tells of {controls} controls only");
}

/// The app's tree, once this is in it: the page tells it a little after it was drawn.
async fn tree(desk: &mut Desk, name: &str, wanted: (&str, &str)) -> Vec<Node> {
    "the accessibility bus".clone_into(&mut desk.doing);
    let bus = bus().await;
    let mut text = String::new();
    for _ in 0..LOOKS / 10 {
        let nodes = walk(&bus).await;
        text.clear();
        for node in &nodes {
            writeln!(text, "{}{} “{}”", "  ".repeat(node.level), node.role, node.name).unwrap();
        }
        fs::write(pictures().join(format!("spoken-{name}.txt")), &text).unwrap();
        if has(&nodes, wanted.0, wanted.1) {
            return nodes;
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("{} “{}” was never told:\n{text}", wanted.0, wanted.1);
}

/// The bus of its own that such trees are told on.
async fn bus() -> Connection {
    let session = Connection::session().await.unwrap();
    let asked =
        session.call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some("org.a11y.Bus"), "GetAddress", &()).await;
    let address: String = asked.unwrap().body().deserialize().unwrap();
    Builder::address(address.as_str()).unwrap().build().await.unwrap()
}

/// Every node of the app, parents before their children. What goes while it is asked is left out.
async fn walk(bus: &Connection) -> Vec<Node> {
    let root = ("org.a11y.atspi.Registry".to_owned(), "/org/a11y/atspi/accessible/root".try_into().unwrap());
    let mut open: Vec<(usize, Object)> = Vec::new();
    for app in children(bus, &root).await {
        if name(bus, &app).await.is_some_and(|name| name.contains("pm-os")) {
            open.push((0, app));
        }
    }
    let mut nodes = Vec::new();
    while let Some((level, object)) = open.pop().filter(|_| nodes.len() < MOST) {
        let Some(name) = name(bus, &object).await else { continue };
        let Some(role) = call::<u32>(bus, &object, ACCESSIBLE, "GetRole", &()).await else { continue };
        let word = ROLES.iter().find(|(number, _)| *number == role).map(|(_, word)| (*word).to_owned());
        let role = word.unwrap_or_else(|| format!("role {role}"));
        open.extend(children(bus, &object).await.into_iter().rev().map(|child| (level + 1, child)));
        nodes.push(Node { level, role, name });
    }
    nodes
}

async fn children(bus: &Connection, object: &Object) -> Vec<Object> {
    let listed: Vec<Object> = call(bus, object, ACCESSIBLE, "GetChildren", &()).await.unwrap_or_default();
    if !listed.is_empty() {
        return listed;
    }
    // What another process hangs into the tree, as WebKit does with the page, is counted and not listed.
    let count = property(bus, object, "ChildCount").await.and_then(|count| i32::try_from(count).ok());
    let mut found = Vec::new();
    for at in 0..count.unwrap_or(0) {
        found.extend(call::<Object>(bus, object, ACCESSIBLE, "GetChildAtIndex", &at).await);
    }
    found
}

async fn name(bus: &Connection, object: &Object) -> Option<String> {
    String::try_from(property(bus, object, "Name").await?).ok()
}

async fn property(bus: &Connection, object: &Object, name: &str) -> Option<OwnedValue> {
    call(bus, object, PROPERTIES, "Get", &(ACCESSIBLE, name)).await
}

async fn call<T: serde::de::DeserializeOwned + zbus::zvariant::Type>(
    bus: &Connection,
    (owner, path): &Object,
    interface: &str,
    method: &str,
    input: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> Option<T> {
    let reply = bus.call_method(Some(owner.as_str()), path, Some(interface), method, input).await.ok()?;
    reply.body().deserialize().ok()
}
