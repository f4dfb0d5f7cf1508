#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{ConversationId, FlowId, ProjectId, RunId};

use super::{Route, Tab};

#[test]
fn every_place_has_an_address_that_leads_back_to_it() {
    let beyond_javascript = ProjectId((1 << 53) + 1);
    let mut places = vec![Route::Today, Route::Projects, Route::History, Route::Sync, Route::Settings, Route::Welcome];
    places.push(Route::Integrations);
    places.extend([Route::Chat(None), Route::Chat(Some(ConversationId((1 << 53) + 1)))]);
    places.extend([Route::Automations, Route::Automation(FlowId((1 << 53) + 1))]);
    places.extend([Route::Runs, Route::Run(RunId((1 << 53) + 1))]);
    places.extend(Tab::ALL.iter().map(|tab| Route::Project(beyond_javascript, *tab)));
    for place in places {
        assert_eq!(Route::parse(&place.path()), Some(place));
        assert_eq!(Route::parse(&format!("#{}", place.path())), Some(place));
    }
}

#[test]
fn what_is_no_address_leads_nowhere() {
    for bad in [
        "",
        "#",
        "/",
        "#token=abc",
        "/project",
        "/project/x",
        "/project/1/attic",
        "/today/1",
        "/project/1/todos/2",
        "/automations/x",
        "/automations/1/2",
        "/runs/x",
        "/assistant/x",
        "/assistant/1/2",
    ] {
        assert_eq!(Route::parse(bad), None, "{bad}");
    }
    assert_eq!(Route::parse("/project/7"), Some(Route::Project(ProjectId(7), Tab::Todos)));
}
