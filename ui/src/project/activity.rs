//! What people did in a project, by day; also the line that the drawer shows.

use contract::commands::ListActivity;
use contract::{Activity, ProjectId};
use leptos::prelude::*;

use super::gather::by_day;
use super::shown::{Clock, DayHead, PartBar, counted};
use crate::parts::{Avatar, Each, Empty, Glyph, Icon, Loaded, Moment, Show};
use crate::state::{Drawer, Names, Session, memo, use_query};

/// The activity of a project.
#[component]
pub(super) fn ActivityTab(project: ProjectId) -> impl IntoView {
    let session = Session::expect();
    let activity =
        use_query(move || Some(ListActivity { project: Some(project), person: None, since: None, limit: Some(500) }));
    let days = memo(move || {
        let zone = session.zone();
        by_day(activity.value.get().unwrap_or_default(), |one| one.created_at.to_zoned(zone.clone()).date())
    });
    let note = Signal::derive(move || {
        counted(activity.value.with(|list| list.as_ref().map_or(0, Vec::len)), "event", "events")
    });
    view! {
        <PartBar note><span></span></PartBar>
        <Loaded query=activity>
            <div class="part-scroll">
                <Show when=move || days.with(|days| !days.is_empty()) fallback=|| view! {
                    <Empty glyph=Glyph::Activity title="Nothing has happened yet" text="What people do in this project is listed here, day by day."/>
                }>
                    <Each each=move || days.get() key=|(day, list)| (*day, list.first().map(|one| one.id), list.len()) let((day, list))>
                        {
                            let note = counted(list.len(), "event", "events");
                            view! {
                                <section class="day">
                                    <DayHead day note/>
                                    {list.into_iter().map(|one| view! { <ActivityLine one/> }).collect_view()}
                                </section>
                            }
                        }
                    </Each>
                </Show>
            </div>
        </Loaded>
    }
}

/// Who did what, and when.
#[component]
pub(crate) fn ActivityLine(
    one: Activity,
    /// Its day is not told above it.
    #[prop(optional)]
    dated: bool,
) -> impl IntoView {
    let (drawer, names) = (Drawer::expect(), Names::expect());
    let (by, about) = (one.creator, one.recording);
    let (what, summary) = event_words(&one.action, &one.summary);
    view! {
        <div class="event">
            {by.map_or_else(|| view! { <Icon glyph=Glyph::Activity/> }.into_any(), |person| view! { <Avatar person/> }.into_any())}
            <span class="event-words cut">
                <b>{move || by.map_or_else(|| "Someone".to_owned(), |by| names.person_name(by))}</b> " " {what} " "
                {match about {
                    Some(id) if !summary.is_empty() => view! {
                        <button type="button" class="event-link" on:click=move |_| drawer.open(id)>{summary.clone()}</button>
                    }.into_any(),
                    Some(_) | None => view! { <span>{summary.clone()}</span> }.into_any(),
                }}
            </span>
            {if dated { view! { <Moment at=one.created_at/> }.into_any() } else { view! { <Clock at=one.created_at/> }.into_any() }}
        </div>
    }
}

/// What was done and to what. Basecamp calls a comment “Re: ” and the title of what it is about.
fn event_words(action: &str, summary: &str) -> (String, String) {
    match summary.strip_prefix("Re: ") {
        Some(about) if action == "created" => ("commented on".into(), about.to_owned()),
        Some(_) | None => (action_words(action), summary.to_owned()),
    }
}

/// Basecamp's word for an action, as part of a sentence.
pub(crate) fn action_words(action: &str) -> String {
    match action {
        "created" => "added".into(),
        "comment_created" | "commented" => "commented on".into(),
        "completed" => "completed".into(),
        "uncompleted" => "opened again".into(),
        "assignment_changed" | "assigned" => "changed who does".into(),
        "due_on_changed" => "changed the due day of".into(),
        "content_changed" | "updated" => "edited".into(),
        "moved" => "moved".into(),
        "trashed" => "trashed".into(),
        "untrashed" | "restored" => "restored".into(),
        "archived" => "archived".into(),
        "unarchived" => "took out of the archive".into(),
        "" => "changed".into(),
        other => other.replace('_', " "),
    }
}
