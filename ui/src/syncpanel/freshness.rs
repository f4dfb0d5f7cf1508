//! How fresh each kind of data is.

use contract::{Freshness, Tag};
use leptos::prelude::*;

use super::pass::thousands;
use crate::parts::moment::ago;
use crate::parts::{Each, Glyph, Icon};
use crate::state::{Session, SyncState, memo};

/// The table.
#[component]
pub(super) fn FreshnessTable(freshness: Memo<Vec<Freshness>>) -> impl IntoView {
    let sync = SyncState::expect();
    // Read again with each word of the feed, so that “5 min ago” does not stand still for long.
    let now = memo(move || {
        sync.status.track();
        let _ = freshness.with(Vec::len);
        crate::clock::now()
    });
    view! {
        <section class="sync-part">
            <h2>"What is here"</h2>
            <table class="fresh">
                <thead><tr><th scope="col">"Kind"</th><th scope="col" class="right">"Records"</th><th scope="col" class="right">"Complete as of"</th></tr></thead>
                <tbody>
                    <Each each=move || freshness.get() key=|one| (one.tag, one.count, one.as_of) let(one)>
                        <FreshnessRow one now/>
                    </Each>
                </tbody>
            </table>
        </section>
    }
}

#[component]
fn FreshnessRow(one: Freshness, now: Memo<jiff::Timestamp>) -> impl IntoView {
    let session = Session::expect();
    let Some((glyph, name)) = tag_words(one.tag) else { return ().into_any() };
    let whole = one.as_of.map(|at| at.to_zoned(session.zone()).strftime("%-d %B %Y, %H:%M").to_string());
    let when = move || one.as_of.map_or_else(|| "not yet".to_owned(), |at| ago(at, now.get()));
    view! {
        <tr>
            <th scope="row"><span class="fresh-kind"><Icon glyph/>{name}</span></th>
            <td class="num right">{thousands(one.count)}</td>
            <td class="num right" class:fresh-none=one.as_of.is_none() title=whole>{when}</td>
        </tr>
    }
    .into_any()
}

/// The tags that are data of Basecamp's, with their icons.
fn tag_words(tag: Tag) -> Option<(Glyph, &'static str)> {
    match tag {
        Tag::Projects => Some((Glyph::FolderKanban, "Projects")),
        Tag::People => Some((Glyph::Users, "People")),
        Tag::Todos => Some((Glyph::ListTodo, "To-dos and lists")),
        Tag::Cards => Some((Glyph::SquareKanban, "Cards, columns and steps")),
        Tag::Messages => Some((Glyph::MessageSquare, "Messages")),
        Tag::Comments => Some((Glyph::MessageCircle, "Comments")),
        Tag::Documents => Some((Glyph::FileText, "Documents and files")),
        Tag::Schedule => Some((Glyph::CalendarDays, "Schedule")),
        Tag::Checkins => Some((Glyph::CircleHelp, "Check-ins")),
        Tag::Chat => Some((Glyph::MessagesSquare, "Chat")),
        Tag::Time => Some((Glyph::Timer, "Time")),
        Tag::Activity => Some((Glyph::Activity, "Activity")),
        Tag::Workspaces
        | Tag::Accounts
        | Tag::Settings
        | Tag::History
        | Tag::Outbox
        | Tag::Sync
        | Tag::Conversations
        | Tag::Permissions
        | Tag::Memories
        | Tag::Models
        | Tag::Recipes
        | Tag::Flows
        | Tag::Runs
        | Tag::Tables => None,
    }
}
