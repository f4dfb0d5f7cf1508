//! A link in the browser leads into the app: when it was closed, when it runs, when somebody starts it once more, and after it
//! crashed. The app stands as it is installed, not alone in a folder that somebody named.

use serde_json::{Value, json};

use super::{Desk, LOOKS, PAUSE, drive};

const WRITTEN: &str = "return [...document.querySelectorAll('textarea, [contenteditable]')]
    .some((field) => (field.value ?? field.innerText).includes(arguments[0]));";
const SHOWN: &str = "const name = document.querySelector('.drawer-name');
    return (name?.value ?? name?.innerText) === arguments[0];";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn links_lead_into_the_app() {
    drive("links", async |desk| {
        desk.as_installed();
        desk.open_sample().await;
        let found = desk.call("task.find", &json!({ "limit": 1 })).await;
        let item =
            Item { id: found[0]["id"].to_string().trim_matches('"').to_owned(), title: found[0]["title"].clone() };
        running(desk, &item).await;
        started_once_more(desk).await;
        closed(desk).await;
        crashed(desk, &item).await;
        #[cfg(target_os = "linux")]
        just_ending(desk).await;
    });
}

struct Item {
    id: String,
    title: Value,
}

async fn running(desk: &mut Desk, item: &Item) {
    desk.hands_over(&[&format!("pmos://item/{}", item.id)]).await;
    desk.until("the item is shown", SHOWN, std::slice::from_ref(&item.title)).await;
    desk.shot("links-item").await;
    // A foreign, broken or replayed link moves nothing.
    for link in ["pmos://item/1/../2", "pmos://run/rm", "pmos://oauth/callback?code=a&state=never-asked"] {
        desk.hands_over(&[link]).await;
    }
    desk.hands_over(&["pmos://chat?text=Is%20that%20so%3F"]).await;
    desk.until("the composer has the words", WRITTEN, &[json!("Is that so?")]).await;
    desk.until("the item is still shown", SHOWN, std::slice::from_ref(&item.title)).await;
    assert_eq!(desk.count(".reply").await, 0, "what a link brings is never sent by itself");
}

async fn started_once_more(desk: &mut Desk) {
    let windows = desk.client().windows().await.unwrap().len();
    desk.hands_over(&[]).await;
    assert_eq!(desk.client().windows().await.unwrap().len(), windows, "the second start made a window");
    desk.until("the composer still has the words", WRITTEN, &[json!("Is that so?")]).await;
}

async fn closed(desk: &mut Desk) {
    desk.close().await;
    desk.open_with(&["pmos://chat?text=After%20closing"]).await;
    desk.until("the composer has the words", WRITTEN, &[json!("After closing")]).await;
}

/// The app is found running, and is gone before it has heard what is handed over.
#[cfg(target_os = "linux")]
async fn just_ending(desk: &mut Desk) {
    use tokio::sync::mpsc;

    struct Ending(mpsc::UnboundedSender<()>);

    #[zbus::interface(name = "org.SingleInstance.DBus")]
    impl Ending {
        async fn execute_callback(&self, _words: Vec<String>, _folder: String) {
            let _ = self.0.send(());
            std::future::pending().await
        }
    }

    desk.close().await;
    let (asked, mut asks) = mpsc::unbounded_channel();
    let ending = zbus::connection::Builder::session().unwrap();
    let ending = ending.serve_at("/app/pmos/desktop/SingleInstance", Ending(asked)).unwrap().build().await.unwrap();
    // The app that was closed may still have its name.
    for look in 1.. {
        if ending.request_name("app.pmos.desktop.SingleInstance").await.is_ok() {
            break;
        }
        assert!(look < LOOKS, "the app keeps its name");
        tokio::time::sleep(PAUSE).await;
    }
    let goes = async {
        asks.recv().await;
        ending.close().await.unwrap();
    };
    tokio::join!(desk.open_with(&["pmos://chat?text=Almost%20lost"]), goes);
    desk.until("the composer has the words", WRITTEN, &[json!("Almost lost")]).await;
}

async fn crashed(desk: &mut Desk, item: &Item) {
    desk.crash();
    desk.open_with(&[&format!("pmos://item/{}", item.id)]).await;
    desk.until("the item is shown", SHOWN, std::slice::from_ref(&item.title)).await;
    desk.hands_over(&["pmos://chat?text=And%20on"]).await;
    desk.until("the composer has the words", WRITTEN, &[json!("And on")]).await;
}
