//! After a breakdown the app says so, shows its report without what is nobody's business, and forgets nothing; a start in safe
//! mode says that it is one; and the log can be read.

use std::fs;

use store::Lock;

use super::{Desk, LOOKS, PAUSE, drive};

const REPORT: &str = "PM OS 0.1.0 on linux x86_64\ncrates/store/src/lib.rs:1:1\nthe floor gave way under “the merger”\n\nBacktrace\n 0: far down";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn after_a_breakdown() {
    drive("broken", async |desk| {
        desk.open_sample().await;
        assert_eq!(desk.count(".strip").await, 0, "a usual start has nothing to say");
        desk.crash();
        fs::write(desk.data().join("crash-20261122-101010.txt"), REPORT).unwrap();
        desk.open().await;
        desk.sees("PM OS broke down").await;
        desk.shot("broken-strip").await;
        desk.click("What happened").await;
        desk.sees("the floor gave way").await;
        let told = desk.text(".written").await;
        assert!(!told.contains("merger") && !told.contains("far down"), "{told}");
        desk.shot("broken-report").await;
        understands(desk).await;
        desk.close().await;
        waits_for_the_data(desk).await;

        desk.open_with(&["--safe"]).await;
        desk.sees("Safe mode: nothing is fetched").await;
        assert_eq!(desk.text(".strip").await.matches("broke down").count(), 0, "a breakdown is told once");
        desk.click("Settings").await;
        desk.click("Show the log").await;
        desk.sees("css:.dialog .written").await;
        desk.shot("broken-log").await;
        let logged = fs::read_dir(desk.data().join("logs")).unwrap().count();
        assert_eq!(logged, 1, "one file for the day");
    });
}

/// While another program has the data the window says so; once it is free, the window is as usual by itself.
async fn waits_for_the_data(desk: &mut Desk) {
    // The app has closed its window, and may not have ended.
    let mut other = Lock::acquire(desk.data());
    for _ in 0..LOOKS {
        if other.is_ok() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
        other = Lock::acquire(desk.data());
    }
    assert!(other.is_ok(), "the app does not let go of its data");
    desk.open().await;
    desk.sees("Another program is using the data").await;
    desk.ask("window.isOld = true;", &[]).await;
    desk.click("Try again").await;
    desk.until("the page was loaded anew", "return window.isOld === undefined;", &[]).await;
    desk.sees("Another program is using the data").await;
    desk.shot("broken-locked").await;
    drop(other);
    desk.sees("Late and due").await;
    desk.close().await;
}

/// Closes the report, and hears no more of it.
async fn understands(desk: &mut Desk) {
    desk.click(".dialog .button.primary").await;
    desk.gone("css:.strip").await;
    let names = || fs::read_dir(desk.data()).unwrap().filter_map(|one| one.unwrap().file_name().into_string().ok());
    assert!(names().any(|name| name == "crash-20261122-101010-seen.txt"), "the report is kept");
}
