//! The system's own notifications: only what the app tells anyway, never twice, never many at once, and a click leads there.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use contract::{NewsKind, Settings, Wish};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use notify_rust::Notification;
use tauri::{AppHandle, Manager};

use crate::bridge;
use crate::clock;
use crate::quick::QUICK;
use crate::window::{self, MAIN};
use crate::wishes::Wishes;

/// The same words are not shown again within this time.
const AGAIN: Duration = Duration::from_secs(10 * 60);
/// More that come together are shown as one.
const TOGETHER: usize = 3;
/// Longer texts are cut, in characters.
const LONGEST: usize = 240;

/// What was shown lately.
#[derive(Default)]
pub(crate) struct Notices(Mutex<Lately>);

/// Something to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) kind: NewsKind,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) leads: Leads,
}

/// Where a click leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To the main window, which then does this.
    In(Wish),
    /// To an address outside.
    Out(String),
    /// To the main window.
    Home,
}

#[derive(Default)]
struct Lately(VecDeque<(String, Instant)>);

impl Lately {
    /// True for what was not shown lately; it is, from here on.
    fn is_news(&mut self, notice: &Notice, now: Instant) -> bool {
        self.0.retain(|(_, at)| now.duration_since(*at) < AGAIN);
        let words = format!("{}\n{}", notice.title, notice.body);
        let known = self.0.iter().any(|(one, _)| *one == words);
        if !known {
            self.0.push_back((words, now));
        }
        !known
    }
}

/// Shows what the person wants shown and does not see already.
pub(crate) fn tell(app: &AppHandle, settings: &Settings, notices: Vec<Notice>) {
    let zone = TimeZone::get(&settings.time_zone).unwrap_or_else(|_| TimeZone::system());
    let time = clock::now().to_zoned(zone).time();
    if [MAIN, QUICK].iter().any(|name| is_looked_at(app, name)) {
        return;
    }
    let wanted = {
        let held = app.state::<Notices>();
        let mut lately = held.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let wanted = notices.into_iter().filter(|one| is_wanted(settings, one.kind, time));
        wanted.filter(|one| lately.is_news(one, now)).collect()
    };
    grouped(wanted).into_iter().for_each(|notice| show(app, notice));
}

/// Says something of the shell's own.
pub(crate) fn say(app: &AppHandle, title: &str, body: &str) {
    show(app, Notice { kind: NewsKind::Trouble, title: title.into(), body: body.into(), leads: Leads::Home });
}

fn is_looked_at(app: &AppHandle, name: &str) -> bool {
    let window = app.get_webview_window(name);
    window.is_some_and(|window| window.is_visible().unwrap_or(false) && window.is_focused().unwrap_or(false))
}

fn is_wanted(settings: &Settings, kind: NewsKind, time: Time) -> bool {
    !settings.muted.contains(&kind) && !settings.quiet_hours.covers(time)
}

/// A few are shown as they are, more as one that counts them.
fn grouped(notices: Vec<Notice>) -> Vec<Notice> {
    if notices.len() <= TOGETHER {
        return notices;
    }
    let titles: Vec<&str> = notices.iter().map(|notice| notice.title.as_str()).collect();
    let one = Notice {
        kind: NewsKind::Automation,
        title: format!("{} notices from PM OS", notices.len()),
        body: titles.join(" · "),
        leads: Leads::Home,
    };
    vec![one]
}

fn show(app: &AppHandle, notice: Notice) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        let mut shown = Notification::new();
        shown.appname("PM OS").summary(&cut(&notice.title)).body(&plain(&cut(&notice.body)));
        #[cfg(target_os = "linux")]
        {
            shown.icon("pm-os").action("default", "Open");
            match shown.show() {
                Ok(handle) => handle.wait_for_action(|action| {
                    if action == "default" {
                        lead(&app, notice.leads);
                    }
                }),
                Err(why) => tracing::info!(%why, "the system showed no notification"),
            }
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = (&app, &notice.leads, lead as fn(&AppHandle, Leads));
            if let Err(why) = shown.show() {
                tracing::info!(%why, "the system showed no notification");
            }
        }
    });
}

fn lead(app: &AppHandle, leads: Leads) {
    match leads {
        Leads::Out(address) => {
            let _ = bridge::open_address(&address);
        }
        Leads::In(wish) => {
            app.state::<Wishes>().ask(MAIN, wish);
            show_main(app);
        }
        Leads::Home => show_main(app),
    }
}

fn show_main(app: &AppHandle) {
    let handle = app.clone();
    let _ = app.run_on_main_thread(move || window::show(&handle));
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Linux desktops read marks in the text: what an automation says is text, and no marks.
fn plain(text: &str) -> String {
    if !cfg!(target_os = "linux") {
        return text.to_owned();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use contract::QuietHours;

    use super::*;

    fn notice(title: &str) -> Notice {
        Notice { kind: NewsKind::Automation, title: title.into(), body: String::new(), leads: Leads::Home }
    }

    #[test]
    fn the_same_words_are_shown_once_in_ten_minutes() {
        let (mut lately, start) = (Lately::default(), Instant::now());
        assert!(lately.is_news(&notice("Late"), start));
        assert!(!lately.is_news(&notice("Late"), start + AGAIN / 2));
        assert!(lately.is_news(&notice("Done"), start + AGAIN / 2));
        assert!(lately.is_news(&notice("Late"), start + AGAIN));
    }

    #[test]
    fn many_are_one() {
        let few = vec![notice("a"), notice("b"), notice("c")];
        assert_eq!(grouped(few.clone()), few);
        let many = grouped(["a", "b", "c", "d"].map(notice).into());
        assert_eq!(
            (many.len(), many[0].title.as_str(), many[0].body.as_str()),
            (1, "4 notices from PM OS", "a · b · c · d")
        );
    }

    #[test]
    fn muted_kinds_and_quiet_hours_are_kept() {
        let hours = |text: &str| text.parse().unwrap();
        let quiet_hours = QuietHours { on: true, from: hours("19:00"), to: hours("08:00") };
        let settings = Settings { muted: vec![NewsKind::Answer], quiet_hours, ..Settings::default() };
        assert!(is_wanted(&settings, NewsKind::Approval, hours("12:00")));
        assert!(!is_wanted(&settings, NewsKind::Answer, hours("12:00")));
        assert!(!is_wanted(&settings, NewsKind::Approval, hours("23:30")));
        assert!(!is_wanted(&settings, NewsKind::Approval, hours("07:59")));
    }

    #[test]
    fn long_words_are_cut_between_letters() {
        assert_eq!(cut(&"é".repeat(LONGEST + 1)).chars().count(), LONGEST + 1);
        assert_eq!(cut("short"), "short");
    }
}
