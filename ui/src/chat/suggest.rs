//! What one may ask here, one click each. Pure.

use crate::state::Route;

/// Suggestions that fit a place.
#[must_use]
pub fn suggestions(route: Route, project: Option<&str>, item: Option<&str>) -> Vec<String> {
    if let Some(title) = item {
        let title = crate::history::wording::clip(title, 60);
        return vec![
            format!("What is the state of “{title}”?"),
            format!("Move “{title}” to next Monday"),
            format!("Write a comment on “{title}” that asks how it goes"),
        ];
    }
    match (route, project) {
        (Route::Project(..), Some(name)) => vec![
            format!("What is overdue in {name}?"),
            format!("What changed in {name} since Friday?"),
            format!("Who has too much on in {name} this week?"),
        ],
        (Route::Projects | Route::Project(..), _) => vec![
            "Which projects have the most overdue work?".into(),
            "Create a project for the spring campaign with three lists".into(),
            "What changed since Friday?".into(),
        ],
        (Route::Automations, _) => vec![
            "When a to-do is overdue, tell its assignee in Slack".into(),
            "Every weekday at 8, notify me of what is due today".into(),
            "What automations can you build?".into(),
        ],
        (Route::Automation(_), _) => {
            vec!["What does this automation do?".into(), "Add a step that waits for an hour".into(), "Test it".into()]
        }
        (Route::Runs | Route::Run(_), _) => {
            vec!["Which runs failed today?".into(), "Why did the last run fail?".into()]
        }
        (Route::History, _) => vec![
            "What did you do today?".into(),
            "Undo what you just did".into(),
            "Who did what since yesterday?".into(),
        ],
        (Route::Sync | Route::Integrations | Route::Settings | Route::Welcome, _) => {
            vec!["What can you do?".into(), "What do you remember?".into(), "What is due this week?".into()]
        }
        (Route::Today | Route::Chat(_), _) => vec![
            "What should I do first today?".into(),
            "What is overdue, and whose is it?".into(),
            "Who has too much on this week?".into(),
            "What changed since Friday?".into(),
        ],
    }
}
