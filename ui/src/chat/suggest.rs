//! What one may ask here, one click each. Pure.

use crate::say;
use crate::state::Route;

/// Suggestions that fit a place.
#[must_use]
pub fn suggestions(route: Route, project: Option<&str>, item: Option<&str>) -> Vec<String> {
    if let Some(title) = item {
        let title = crate::history::wording::clip(title, 60);
        return vec![say::chat::try_state(&title), say::chat::try_move(&title), say::chat::try_comment(&title)];
    }
    match (route, project) {
        (Route::Project(..), Some(name)) => vec![
            say::chat::try_overdue_here(name),
            say::chat::try_changed_here(name),
            say::chat::try_too_much_here(name),
        ],
        (Route::Projects | Route::Project(..), _) => vec![
            say::chat::try_most_overdue().into(),
            say::chat::try_create_project().into(),
            say::chat::try_changed().into(),
        ],
        (Route::Automations, _) => vec![
            say::chat::try_slack().into(),
            say::chat::try_weekdays().into(),
            say::chat::try_which_automations().into(),
        ],
        (Route::Automation(_), _) => {
            vec![
                say::chat::try_what_automation().into(),
                say::chat::try_add_wait().into(),
                say::chat::try_test().into(),
            ]
        }
        (Route::Runs | Route::Run(_), _) => {
            vec![say::chat::try_failed().into(), say::chat::try_why_failed().into()]
        }
        (Route::History, _) => {
            vec![say::chat::try_did_today().into(), say::chat::try_undo().into(), say::chat::try_who_did().into()]
        }
        (Route::Sync | Route::Integrations | Route::Settings | Route::Welcome, _) => {
            vec![say::chat::try_abilities().into(), say::chat::try_memories().into(), say::chat::try_due_week().into()]
        }
        (Route::Today | Route::Chat(_), _) => vec![
            say::chat::try_first().into(),
            say::chat::try_overdue().into(),
            say::chat::try_too_much().into(),
            say::chat::try_changed().into(),
        ],
    }
}
