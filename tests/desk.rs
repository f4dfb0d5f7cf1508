//! The real app in its real window, driven as a person would: through what is on the screen.
//!
//! `cargo xtask desk [FILTER]` gives these tests their display. Plain `cargo test` lists them as ignored.
#![allow(dead_code, reason = "a vocabulary is larger than any one story")]

mod access;
mod again;
mod chat;
mod day;
mod driver;
mod find;
mod first;
mod flows;
mod keys;
mod live;
mod quick;
mod smoke;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    time::Duration,
};

use futures::FutureExt;
use serde_json::{Value, json};
use tempfile::TempDir;

use driver::Driver;

/// How often the screen is looked at before a wait is given up, and the pause between two looks.
const LOOKS: u32 = 400;
const PAUSE: Duration = Duration::from_millis(50);

/// Fonts are there and motion has ended, except what never ends.
const STILL: &str = "return document.fonts.status === 'loaded' \
    && document.getAnimations().every((motion) => motion.playState !== 'running' \
    || motion.effect.getComputedTiming().endTime === Infinity);";

/// One app with a data folder of its own. It can be closed and opened again on the same data.
pub(crate) struct Desk {
    name: &'static str,
    data: TempDir,
    environment: Vec<(String, String)>,
    driver: Option<Driver>,
}

/// Runs one story on a desk. A story that fails leaves the picture `NAME-failed.png`; the app is ended either way.
pub(crate) fn drive(name: &'static str, story: impl AsyncFnOnce(&mut Desk)) {
    assert!(
        env::var_os("PMOS_DESK").is_some(),
        "desk tests need a display, a bus and a driver of their own: run `cargo xtask desk {name}`"
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = TempDir::with_prefix("pmos-desk-").unwrap();
        let mut desk = Desk { name, data, environment: Vec::new(), driver: None };
        let told = AssertUnwindSafe(story(&mut desk)).catch_unwind().await;
        if told.is_err() {
            desk.keep_what_failed().await;
        }
        desk.close().await;
        if let Err(panic) = told {
            resume_unwind(panic);
        }
    });
}

impl Desk {
    /// Sets a variable of the app's environment; counts from the next `open`.
    pub(crate) fn with(&mut self, key: &str, value: &str) {
        self.environment.push((key.to_owned(), value.to_owned()));
    }

    /// Starts the app and waits until the page has drawn itself.
    pub(crate) async fn open(&mut self) {
        assert!(self.driver.is_none(), "the app is open already");
        let folder = self.data.path().to_str().unwrap().to_owned();
        let mut environment = self.environment.clone();
        environment.push(("PMOS_DATA_DIR".into(), folder));
        self.driver = Some(Driver::start(&environment).await);
        self.until("the page has drawn itself", "return document.body.childElementCount > 0;", &[]).await;
        assert_eq!(self.count("#no-page").await, 0, "the page could not start: its own words are in the picture");
    }

    /// Closes the window and ends the app. The data stays for the next `open`.
    pub(crate) async fn close(&mut self) {
        if let Some(driver) = self.driver.take() {
            driver.end().await;
        }
    }

    /// Clicks what is meant by `target`: a CSS selector when it looks like one (`#id`, `.class`, `[attribute]`,
    /// or with a `css:` before it), else the words on the control or its accessible name.
    pub(crate) async fn click(&mut self, target: &str) {
        // A person clicks what stands still: a dialog that is still coming would be missed.
        self.until("the window stands still", STILL, &[]).await;
        // A control may be replaced between being found and being clicked: then it is looked for again.
        let mut why = String::new();
        for _ in 0..LOOKS {
            match find::control(self.client(), target).await {
                Ok(Some(element)) => match element.click().await {
                    Ok(()) => return,
                    Err(error) => why = error.to_string(),
                },
                Ok(None) => "nothing of that name can be clicked".clone_into(&mut why),
                Err(error) => why = error.to_string(),
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("`{target}` could not be clicked: {why}");
    }

    /// Replaces the text of a field, which is named by its label, placeholder or CSS selector.
    pub(crate) async fn type_into(&mut self, target: &str, text: &str) {
        self.click(target).await;
        self.keys("Control+a").await;
        if text.is_empty() {
            self.keys("Delete").await;
        } else {
            keys::write(self.client(), text).await;
        }
    }

    /// Types a text where the focus is.
    pub(crate) async fn write(&mut self, text: &str) {
        keys::write(self.client(), text).await;
    }

    /// Presses keys where the focus is: `"Control+k"`, `"ArrowDown"`, several with spaces between them.
    pub(crate) async fn keys(&mut self, chords: &str) {
        for chord in chords.split_whitespace() {
            keys::press(self.client(), chord).await;
        }
    }

    /// Waits until a text is to be read on the screen, or an element that a CSS selector names is to be seen.
    pub(crate) async fn sees(&mut self, target: &str) {
        self.until(&format!("`{target}` is seen"), find::IS_SEEN, &[json!(find::question(target))]).await;
    }

    /// Waits until that is no longer to be seen.
    pub(crate) async fn gone(&mut self, target: &str) {
        let script = format!("return !(() => {{ {} }})();", find::IS_SEEN.replace("arguments[0]", "question"));
        let script = format!("const question = arguments[0]; {script}");
        self.until(&format!("`{target}` is gone"), &script, &[json!(find::question(target))]).await;
    }

    /// How many elements a CSS selector names at this moment.
    pub(crate) async fn count(&mut self, css: &str) -> u64 {
        let count = self.ask("return document.querySelectorAll(arguments[0]).length;", &[json!(css)]).await;
        count.as_u64().unwrap()
    }

    /// The text of the first element that a CSS selector names.
    pub(crate) async fn text(&mut self, css: &str) -> String {
        self.sees(&format!("css:{css}")).await;
        let text = self.ask("return document.querySelector(arguments[0]).innerText;", &[json!(css)]).await;
        text.as_str().unwrap().to_owned()
    }

    /// Waits until a script answers `true`; `what` says in the panic what never came about.
    pub(crate) async fn until(&mut self, what: &str, script: &str, arguments: &[Value]) {
        let mut last = String::new();
        for _ in 0..LOOKS {
            match self.client().execute(script, arguments.to_vec()).await {
                Ok(Value::Bool(true)) => return,
                Ok(other) => last = other.to_string(),
                Err(error) => last = error.to_string(),
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("it never came about that {what}; the last answer was {last}");
    }

    /// Asks the page once.
    pub(crate) async fn ask(&mut self, script: &str, arguments: &[Value]) -> Value {
        self.client().execute(script, arguments.to_vec()).await.unwrap()
    }

    /// Keeps a picture of the window as `artefacts/desk/NAME.png`, once fonts are there and motion has ended.
    pub(crate) async fn shot(&mut self, name: &str) {
        self.until("the window stands still", STILL, &[]).await;
        let drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        self.client().execute_async(drawn, Vec::new()).await.unwrap();
        let picture = self.client().screenshot().await.unwrap();
        fs::write(pictures().join(format!("{name}.png")), picture).unwrap();
    }

    async fn keep_what_failed(&mut self) {
        let Some(driver) = &self.driver else { return };
        if let Ok(picture) = driver.client().screenshot().await {
            fs::write(pictures().join(format!("{}-failed.png", self.name)), picture).unwrap();
        }
        if let Ok(source) = driver.client().source().await {
            fs::write(pictures().join(format!("{}-failed.html", self.name)), source).unwrap();
        }
    }

    fn client(&self) -> &fantoccini::Client {
        self.driver.as_ref().expect("`desk.open()` comes first").client()
    }
}

fn pictures() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("artefacts/desk");
    fs::create_dir_all(&folder).unwrap();
    folder
}
