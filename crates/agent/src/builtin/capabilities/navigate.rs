//! The way to a screen, a project or a person: a link that the page follows.

use super::Capability;
use crate::builtin::asked::{Asked, without};
use crate::builtin::compose;
use crate::builtin::names::Meant;
use crate::builtin::pattern::fits;
use crate::builtin::plan::{Plan, answer};
use crate::builtin::words::is_any;

pub(super) const OPEN: Capability = Capability {
    name: "open a screen or a project",
    examples: &["Open the website project", "Go to Today"],
    writes: false,
    read: open,
};

/// Screens: what they are called in a link, on the page, and by people.
const SCREENS: [(&str, &str, &str); 6] = [
    ("today", "Today", "today|home|start"),
    ("projects", "Projects", "projects"),
    ("history", "History", "history|activity"),
    ("settings", "Settings", "settings|preferences|options"),
    ("sync", "Sync", "sync|synchronisation"),
    ("agents", "Agents", "agents|conversations|chats"),
];

fn open<'a>(asked: &Asked<'a>) -> Option<Plan<'a>> {
    let patterns = &[
        "open|visit [up] {place}",
        "go|jump|switch|navigate back|over to {place}",
        "go|jump|switch|navigate to {place}",
        "take|bring me to {place}",
        "show me {place} screen|page",
        "show {place} screen|page",
        "show [me] {place} list|column|group",
        "where is|are|do {place} screen|page",
    ];
    for gaps in fits(asked.core(), patterns) {
        let place = without(gaps.get("place"), "the|my|our", "screen|page|view");
        if let [one] = place
            && let Some((screen, name, _)) = SCREENS.iter().find(|(_, _, words)| is_any(&one.text, words))
        {
            return Some(answer(format!("Here it is: [{name}](screen:{screen}).")));
        }
        match asked.project(place) {
            Meant::One(project) => {
                return Some(answer(format!("Here it is: {}.", compose::project(asked.world, project))));
            }
            Meant::Several(several) => return Some(answer(asked.which_project(&several))),
            Meant::Nothing => {}
        }
        if let Meant::One(person) = asked.person(place) {
            return Some(answer(format!("Here they are: {}.", compose::person(asked.world, person))));
        }
        if let [place] = asked.places(place, None, |_| true).as_slice() {
            let project = compose::project(asked.world, place.project);
            return Some(answer(format!("Here it is: {} in {project}.", compose::item(place.id, &place.title))));
        }
    }
    None
}
