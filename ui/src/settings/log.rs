//! The log of the app, to look through and to copy. Names, texts and keys were taken out before it came.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::bridge;
use crate::parts::{Button, Dialog, Field, Glyph};
use crate::say;
use crate::state::{Toasts, effect, memo};

/// So many lines are drawn: the newest.
const MOST: usize = 400;

/// Shown while `open`; read anew each time.
#[component]
pub(super) fn LogDialog(open: RwSignal<bool>) -> impl IntoView {
    let toasts = Toasts::expect();
    let (log, find) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    effect(move || {
        if open.get() {
            spawn_local(async move {
                match bridge::desktop_log().await {
                    Ok(text) => drop(log.try_set(text)),
                    Err(fault) => toasts.fault(&fault),
                }
            });
        }
    });
    let shown = memo(move || log.with(|log| find.with(|find| found(log, find))));
    let words = move || {
        shown.with(|shown| if shown.is_empty() { say::settings::log_empty().to_owned() } else { shown.clone() })
    };
    let copy = move |_| shown.with_untracked(|shown| crate::chat::copy(shown, toasts, say::settings::log_copied()));
    view! {
        <Dialog open title=say::settings::log() on_close=move |()| open.set(false)>
            <Field label=say::settings::log_find() value=find autofocus=true/>
            <pre class="written" tabindex="0">{words}</pre>
            <div class="dialog-foot"><Button glyph=Glyph::Copy on_click=copy>{say::settings::log_copy()}</Button></div>
        </Dialog>
    }
}

/// The newest lines with these words, the newest first. Pure.
fn found(log: &str, words: &str) -> String {
    let words = words.trim().to_lowercase();
    let lines = log.lines().rev().filter(|line| line.to_lowercase().contains(&words));
    lines.take(MOST).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_the_words_are_found_the_newest_first() {
        let log = "1 INFO opened\n2 WARN no tray\n3 info closed\n";
        assert_eq!(found(log, ""), "3 info closed\n2 WARN no tray\n1 INFO opened");
        assert_eq!(found(log, " Info "), "3 info closed\n1 INFO opened");
        assert_eq!(found(log, "nothing"), "");
        assert_eq!(found(&"line\n".repeat(MOST + 1), "line").lines().count(), MOST);
    }
}
