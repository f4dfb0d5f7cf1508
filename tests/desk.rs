//! The real app in its real window, driven as a person would: through what is on the screen.
//!
//! `cargo xtask desk [FILTER]` gives these tests their display. Plain `cargo test` lists them as ignored.
#![allow(dead_code, reason = "a vocabulary is larger than any one story")]

mod access;
mod again;
mod broken;
mod chat;
mod day;
mod driver;
mod find;
mod first;
mod flows;
mod ipc;
mod keyboard;
mod keyring;
mod keys;
mod links;
mod live;
mod quick;
mod smoke;
#[cfg(target_os = "linux")]
mod spoken;
mod tongue;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, resume_unwind},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use fantoccini::elements::Element;
use futures::FutureExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use driver::Driver;

/// How often the screen is looked at before a wait is given up, and the pause between two looks.
const LOOKS: u32 = 1200;
const PAUSE: Duration = Duration::from_millis(50);

/// After this long a story has stopped: every wait of its own is given up much sooner, but a window that no longer
/// answers its driver would be waited for without end.
const STORY: Duration = Duration::from_mins(12);
/// How long such a window is asked for its picture, and to close.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// Fonts are there and motion has ended, except what never ends. One that is finished and still listed has its last frame to come:
/// until then what it moves is drawn, and told, as half there.
const STILL: &str = "return document.fonts.status === 'loaded' \
    && document.getAnimations().every((motion) => motion.effect.getComputedTiming().endTime === Infinity);";

/// One app with a data folder of its own. It can be closed and opened again on the same data.
pub(crate) struct Desk {
    name: &'static str,
    data: TempDir,
    /// The app is not alone in a folder that somebody named.
    installed: bool,
    environment: Vec<(String, String)>,
    driver: Option<Driver>,
    /// What the story waits for, for the one who reads that it stopped.
    doing: String,
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
        let mut desk =
            Desk { name, data, installed: false, environment: Vec::new(), driver: None, doing: String::new() };
        let told = AssertUnwindSafe(timeout(STORY, story(&mut desk))).catch_unwind().await;
        if !matches!(told, Ok(Ok(()))) {
            let _no_picture_of_a_window_that_hangs = timeout(LAST_WORDS, desk.keep_what_failed()).await;
        }
        let doing = std::mem::take(&mut desk.doing);
        let _dropping_the_driver_ends_it = timeout(LAST_WORDS, desk.close()).await;
        match told {
            Ok(told) => assert!(told.is_ok(), "the window no longer answers; last came: {doing}"),
            Err(panic) => resume_unwind(panic),
        }
    });
}

impl Desk {
    /// Sets a variable of the app's environment; counts from the next `open`.
    pub(crate) fn with(&mut self, key: &str, value: &str) {
        self.environment.push((key.to_owned(), value.to_owned()));
    }

    /// Has the app keep its data where an installed one does, in a home of its own: only then does a second start hand
    /// over to the first.
    pub(crate) fn as_installed(&mut self) {
        for (key, name) in [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")] {
            let home = self.data.path().join(name);
            fs::create_dir_all(&home).unwrap();
            self.with(key, home.to_str().unwrap());
        }
        self.installed = true;
    }

    /// Where the app keeps its data.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Starts the app and waits until the page has drawn itself.
    pub(crate) async fn open(&mut self) {
        self.open_with(&[]).await;
    }

    /// The same, with these words on its command line.
    pub(crate) async fn open_with(&mut self, words: &[&str]) {
        assert!(self.driver.is_none(), "the app is open already");
        let environment = self.environment();
        self.driver = Some(Driver::start(self.data.path(), words, &environment).await);
        self.until("the page has drawn itself", "return document.body.childElementCount > 0;", &[]).await;
        assert_eq!(self.count("#no-page").await, 0, "the page could not start: its own words are in the picture");
    }

    /// Starts the app for the first time, and opens the sample workspace.
    pub(crate) async fn open_sample(&mut self) {
        self.open().await;
        self.click("Open the sample workspace").await;
        self.sees("Late and due").await;
        self.sees("Fresh as of").await;
    }

    fn environment(&self) -> Vec<(String, String)> {
        let mut environment = self.environment.clone();
        if !self.installed {
            environment.push(("PMOS_DATA_DIR".into(), self.data.path().to_str().unwrap().to_owned()));
        }
        environment
    }

    /// Starts the app a second time with these words, and waits until that start has ended well.
    pub(crate) async fn hands_over(&mut self, words: &[&str]) {
        self.doing = format!("a second start with {words:?}");
        let mut second = Command::new(env!("CARGO_BIN_EXE_pm-os"));
        second.args(words).envs(self.environment()).env("WEBKIT_DISABLE_DMABUF_RENDERER", "0");
        let mut second = second.spawn().unwrap();
        for _ in 0..LOOKS {
            if let Some(ended) = second.try_wait().unwrap() {
                assert!(ended.success(), "a second start with {words:?} ended with {ended}");
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        let _ended_meanwhile = second.kill();
        panic!("a second start with {words:?} hands nothing over and stays");
    }

    /// Ends the app as a crash does, with no time for last words.
    pub(crate) fn crash(&mut self) {
        drop(self.driver.take());
    }

    /// Carries a command out in the sample workspace, through the page's own door.
    pub(crate) async fn call(&mut self, name: &str, input: &Value) -> Value {
        let script = "const [name, payload, workspace, done] = arguments;
            const text = (answer) => answer instanceof ArrayBuffer ? new TextDecoder().decode(answer) : answer;
            window.__TAURI__.core.invoke('rpc', { name, payload, workspace })
                .then((answer) => done(text(answer)), (why) => done(String(why)));";
        let arguments = vec![json!(name), json!(input.to_string()), json!("1")];
        self.doing = format!("the command {name}");
        let answer = self.client().execute_async(script, arguments).await.unwrap();
        let answer: Result<Value, Value> = serde_json::from_str(answer.as_str().unwrap()).unwrap();
        answer.unwrap_or_else(|fault| panic!("{name} was refused: {fault}"))
    }

    /// Closes the window and ends the app. The data stays for the next `open`.
    pub(crate) async fn close(&mut self) {
        if let Some(driver) = self.driver.take() {
            driver.end().await;
        }
    }

    /// It stays where it is from one frame to the next: what comes above it would push it away from under the pointer.
    async fn rests(&self, element: &Element) -> bool {
        let script = "const [element, done] = arguments;
            const place = () => JSON.stringify(element.getBoundingClientRect());
            const before = place();
            if (document.visibilityState === 'hidden') done(true);
            requestAnimationFrame(() => requestAnimationFrame(() => done(before === place())));";
        let element = serde_json::to_value(element).unwrap();
        self.client().execute_async(script, vec![element]).await.is_ok_and(|rests| rests == true)
    }

    /// Clicks what is meant by `target`: a CSS selector when it looks like one (`#id`, `.class`, `[attribute]`,
    /// or with a `css:` before it), else the words on the control or its accessible name.
    pub(crate) async fn click(&mut self, target: &str) {
        // A person clicks what stands still: a dialog that is still coming would be missed.
        self.until("the window stands still", STILL, &[]).await;
        self.doing = format!("a click on `{target}`");
        // A control may be replaced between being found and being clicked: then it is looked for again.
        let mut why = String::new();
        for _ in 0..LOOKS {
            match find::control(self.client(), target).await {
                Ok(Some(element)) if !self.rests(&element).await => "what is meant still moves".clone_into(&mut why),
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
            self.write(text).await;
        }
    }

    /// Types a text where the focus is.
    pub(crate) async fn write(&mut self, text: &str) {
        self.doing = format!("the writing of `{text}`");
        keys::write(self.client(), text).await;
    }

    /// Presses keys where the focus is: `"Control+k"`, `"ArrowDown"`, several with spaces between them.
    pub(crate) async fn keys(&mut self, chords: &str) {
        for chord in chords.split_whitespace() {
            self.doing = format!("the keys {chord}");
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
        self.doing = format!("a look whether {what}");
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
        self.doing = format!("the question `{script}`");
        self.client().execute(script, arguments.to_vec()).await.unwrap()
    }

    /// Keeps a picture of the window as `artefacts/desk/NAME.png`, once fonts are there and motion has ended.
    pub(crate) async fn shot(&mut self, name: &str) {
        self.until("the window stands still", STILL, &[]).await;
        self.doing = format!("the picture {name}");
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
