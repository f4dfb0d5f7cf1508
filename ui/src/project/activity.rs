//! What people did in a project, by day; also the line that the drawer shows.

use contract::commands::ListActivity;
use contract::{Activity, ProjectId};
use leptos::prelude::*;

use super::gather::by_day;
use super::shown::{Clock, DayHead, PartBar};
use crate::parts::{Avatar, Each, Empty, Glyph, Icon, Loaded, Moment, Show};
use crate::say;
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
    let note =
        Signal::derive(move || say::project::events(activity.value.with(|list| list.as_ref().map_or(0, Vec::len))));
    view! {
        <PartBar note><span></span></PartBar>
        <Loaded query=activity>
            <div class="part-scroll">
                <Show when=move || days.with(|days| !days.is_empty()) fallback=|| view! {
                    <Empty glyph=Glyph::Activity title=say::project::no_activity() text=say::project::no_activity_text()/>
                }>
                    <Each each=move || days.get() key=|(day, list)| (*day, list.first().map(|one| one.id), list.len()) let((day, list))>
                        {
                            let note = say::project::events(list.len());
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
    let ((before, after), summary) = event_words(&one.action, &one.summary);
    view! {
        <div class="event">
            {by.map_or_else(|| view! { <Icon glyph=Glyph::Activity/> }.into_any(), |person| view! { <Avatar person/> }.into_any())}
            <span class="event-words cut">
                <b>{move || by.map_or_else(|| say::project::someone().to_owned(), |by| names.person_name(by))}</b> " " {before}
                {match about {
                    Some(id) if !summary.is_empty() => view! {
                        <button type="button" class="event-link" on:click=move |_| drawer.open(id)>{summary.to_owned()}</button>
                    }.into_any(),
                    Some(_) | None => view! { <span>{summary.to_owned()}</span> }.into_any(),
                }}
                {after}
            </span>
            {if dated { view! { <Moment at=one.created_at/> }.into_any() } else { view! { <Clock at=one.created_at/> }.into_any() }}
        </div>
    }
}

/// What stands before and after the name of what it was done to, and that name. Basecamp calls a comment “Re: ” and the
/// title of what it is about.
fn event_words<'a>(action: &'a str, summary: &'a str) -> ((String, String), &'a str) {
    let (action, what) = match summary.strip_prefix("Re: ") {
        Some(about) if action == "created" => ("commented", about),
        Some(_) | None => (action, summary),
    };
    let action = if action.is_empty() { "changed" } else { action };
    let words = action.replace('_', " ");
    (say::around(|what| say::project::Did { action, what, words }.text()), what)
}
