//! How fresh each kind of data is.

use contract::{Freshness, Tag};
use leptos::prelude::*;

use crate::parts::day::month;
use crate::parts::moment::ago;
use crate::parts::number::grouped;
use crate::parts::{Each, Glyph, Icon};
use crate::say;
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
            <h2>{say::syncpanel::what_is_here()}</h2>
            <table class="fresh">
                <thead><tr><th scope="col">{say::syncpanel::kind()}</th><th scope="col" class="right">{say::syncpanel::records()}</th><th scope="col" class="right">{say::syncpanel::complete()}</th></tr></thead>
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
    let whole = one.as_of.map(|at| {
        let there = at.to_zoned(session.zone());
        let clock = there.strftime("%H:%M").to_string();
        say::syncpanel::Instant { day: there.day(), month: month(there.month()), year: there.year(), clock }.text()
    });
    let when = move || one.as_of.map_or_else(|| say::syncpanel::not_yet().to_owned(), |at| ago(at, now.get()));
    view! {
        <tr>
            <th scope="row"><span class="fresh-kind"><Icon glyph/>{name}</span></th>
            <td class="num right">{grouped(one.count)}</td>
            <td class="num right" class:fresh-none=one.as_of.is_none() title=whole>{when}</td>
        </tr>
    }
    .into_any()
}

/// The tags that are data of Basecamp's, with their icons.
fn tag_words(tag: Tag) -> Option<(Glyph, &'static str)> {
    match tag {
        Tag::Projects => Some((Glyph::FolderKanban, say::syncpanel::projects())),
        Tag::People => Some((Glyph::Users, say::syncpanel::people())),
        Tag::Todos => Some((Glyph::ListTodo, say::syncpanel::todos())),
        Tag::Cards => Some((Glyph::SquareKanban, say::syncpanel::cards())),
        Tag::Messages => Some((Glyph::MessageSquare, say::syncpanel::messages())),
        Tag::Comments => Some((Glyph::MessageCircle, say::syncpanel::comments())),
        Tag::Documents => Some((Glyph::FileText, say::syncpanel::documents())),
        Tag::Schedule => Some((Glyph::CalendarDays, say::syncpanel::schedule())),
        Tag::Checkins => Some((Glyph::CircleHelp, say::syncpanel::checkins())),
        Tag::Chat => Some((Glyph::MessagesSquare, say::syncpanel::chat())),
        Tag::Time => Some((Glyph::Timer, say::syncpanel::time())),
        Tag::Activity => Some((Glyph::Activity, say::syncpanel::activity())),
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
