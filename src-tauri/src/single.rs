//! One app at a time: a second start hands over what it was asked for, and ends. On Linux and macOS neither is lost where the
//! first is just ending: what is handed to it then goes to a new start. On Linux a start that finds nobody where somebody was
//! begins anew. Windows hands over to a window, and one that is closing does not listen.

use std::process::Command;
use std::sync::{Mutex, PoisonError};

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};

use crate::window;

/// What second starts ask of an app that ends, each with its words; nothing is kept before it does.
#[derive(Default)]
pub(crate) struct Late(Mutex<Option<Vec<Vec<String>>>>);

impl Late {
    /// From here on second starts wait for a new one.
    pub(crate) fn begin(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default();
    }

    /// Keeps a second start's words, or gives them back where this app stays.
    fn keep(&self, words: Vec<String>) -> Result<(), Vec<String>> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(starts) => {
                starts.push(words);
                Ok(())
            }
            None => Err(words),
        }
    }

    /// The words of all that came late; none where nobody came. A start without words asks for the window.
    fn take(&self) -> Option<Vec<String>> {
        let starts = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(std::mem::take)?;
        (!starts.is_empty()).then(|| starts.concat())
    }
}

/// Finds the app that runs, and hands over to it.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, words, _| {
        let words = words.into_iter().skip(1).collect();
        if let Err(words) = app.state::<Late>().keep(words) {
            window::hear(app, &words);
        }
    })
}

/// Starts the app for those who came while this one was ending. The last thing that it does: the new one waits for the data,
/// which stays with this process until its end.
pub(crate) fn hand_on(app: &AppHandle) {
    // First, so that nobody comes after those who are taken here.
    tauri_plugin_single_instance::destroy(app);
    let Some(words) = app.state::<Late>().take() else { return };
    // As it was found when this one started: an update may have put another file in its place.
    let program = tauri::process::current_binary(&app.env());
    let started = program.and_then(|program| Command::new(program).args(words).spawn());
    match started {
        Ok(_) => tracing::info!("somebody asked for the app while it ended: it was started anew"),
        Err(why) => tracing::warn!(%why, "somebody asked for the app while it ended, and it could not be started anew"),
    }
}

/// True where the app that this start would have handed over to was gone, or went, before it had answered.
#[cfg(target_os = "linux")]
pub(crate) fn is_first_gone(why: &tauri::Error) -> bool {
    matches!(why, tauri::Error::PluginInitialization(plugin, _) if plugin == "single-instance")
}

/// Says to a start that it is one that begins anew. It is not told to what that start starts.
#[cfg(target_os = "linux")]
const ANEW: &str = "PMOS_ANEW";

/// Whether this start is one that begins anew; it does so once. Called first of all: the environment must not change any more
/// once there is a second thread.
#[cfg(target_os = "linux")]
pub(crate) fn take_anew() -> bool {
    let anew = std::env::var_os(ANEW).is_some();
    webkit2gtk::glib::unsetenv(ANEW);
    anew
}

/// Begins this program anew, with the words that it was started with and in its own process. Comes back with the reason when it
/// could not.
#[cfg(target_os = "linux")]
pub(crate) fn begin_anew() -> std::io::Error {
    use std::os::unix::process::CommandExt;
    match std::env::current_exe() {
        Ok(program) => Command::new(program).args(std::env::args_os().skip(1)).env(ANEW, "1").exec(),
        Err(why) => why,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_while_it_ends_waits_for_a_new_start() {
        let late = Late::default();
        let word = || vec!["pmos://item/1".to_owned()];
        assert_eq!(late.keep(word()), Err(word()), "it stays");
        assert_eq!(late.take(), None);
        late.begin();
        assert_eq!(late.take(), None, "nobody came");
        assert_eq!((late.keep(word()), late.keep(Vec::new())), (Ok(()), Ok(())));
        late.begin();
        assert_eq!(late.take(), Some(word()));
        assert_eq!(late.keep(Vec::new()), Ok(()));
        assert_eq!(late.take(), Some(Vec::new()), "the window alone");
    }
}
