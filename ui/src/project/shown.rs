//! Pieces that several parts of a project's page show: a head with actions, a plain item line, a day's head.

use contract::{Kind, RecordingId, Row, Status};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::parts::day::{days_between, long_date};
use crate::parts::{Avatar, Chip, Glyph, Icon, Moment, PendingMark, Tone, kind_glyph};
use crate::state::{Drawer, Session};

/// What a status is called, when it is not the usual one.
pub(crate) fn status_word(status: Status) -> Option<&'static str> {
    match status {
        Status::Active => None,
        Status::Archived => Some("Archived"),
        Status::Trashed => Some("In the trash"),
        Status::Drafted => Some("Draft"),
        Status::Gone => Some("Gone from Basecamp"),
    }
}

/// “Today”, “Yesterday”, “Tomorrow”, or the day, with its year when it is another one.
pub(crate) fn day_head(day: Date, today: Date) -> String {
    match days_between(today, day) {
        0 => "Today".into(),
        -1 => "Yesterday".into(),
        1 => "Tomorrow".into(),
        _ if day.year() == today.year() => long_date(day),
        _ => format!("{} {}", long_date(day), day.year()),
    }
}

/// The head of a day in a list.
#[component]
pub(crate) fn DayHead(day: Date, #[prop(optional, into)] note: String) -> impl IntoView {
    let session = Session::expect();
    view! {
        <h2 class="day-head">
            {move || day_head(day, session.today())}
            <small class="num">{note}</small>
        </h2>
    }
}

/// The time of day of an instant, where the day is told already.
#[component]
pub(crate) fn Clock(at: jiff::Timestamp) -> impl IntoView {
    let session = Session::expect();
    let clock = move || at.to_zoned(session.zone()).strftime("%H:%M").to_string();
    view! { <time class="moment num" datetime=at.to_string()>{clock}</time> }
}

/// What a kind is called.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::TodoSet => "To-dos",
        Kind::TodoList => "List",
        Kind::TodoGroup => "Group",
        Kind::Todo => "To-do",
        Kind::CardTable => "Card table",
        Kind::TriageColumn | Kind::NotNowColumn | Kind::Column | Kind::DoneColumn => "Column",
        Kind::OnHoldColumn => "On hold",
        Kind::Card => "Card",
        Kind::Step => "Step",
        Kind::MessageBoard => "Message board",
        Kind::Message => "Message",
        Kind::Comment => "Comment",
        Kind::Vault => "Folder",
        Kind::Document => "Document",
        Kind::Upload => "File",
        Kind::Schedule => "Schedule",
        Kind::ScheduleEntry => "Schedule entry",
        Kind::Questionnaire => "Check-ins",
        Kind::Question => "Question",
        Kind::Answer => "Answer",
        Kind::Campfire => "Chat",
        Kind::ChatLine => "Chat line",
        Kind::TimeEntry => "Time entry",
    }
}

/// An item as a line with its first words, who made it and when. Opens in the drawer.
#[component]
pub(crate) fn ItemLine(
    /// The item.
    row: Row,
    /// The list it stands in, for going on to the next in the drawer.
    #[prop(into)]
    among: Signal<Vec<RecordingId>>,
) -> impl IntoView {
    let drawer = Drawer::expect();
    let id = row.id;
    view! {
        <button type="button" class="item-line" class:on=move || drawer.item.get() == Some(id)
            on:click=move |_| drawer.open_in(id, among.get_untracked())>
            {row.creator.map_or_else(
                || view! { <Icon glyph=kind_glyph(row.kind)/> }.into_any(),
                |person| view! { <Avatar person/> }.into_any(),
            )}
            <span class="item-line-words">
                <span class="item-line-title cut">{row.title.clone()}</span>
                <span class="item-line-more cut">{row.excerpt.clone()}</span>
            </span>
            {status_word(row.status).map(|word| view! { <Chip tone=Tone::Warn>{word}</Chip> })}
            <PendingMark pending=row.pending/>
            {(row.comments > 0).then(|| view! { <Count glyph=Glyph::MessageCircle text=row.comments.to_string() label=format!("{} comments", row.comments)/> })}
            <Moment at=row.created_at/>
        </button>
    }
}

/// A small number with an icon; the label says it in words.
#[component]
pub(crate) fn Count(glyph: Glyph, #[prop(into)] text: String, #[prop(into)] label: String) -> impl IntoView {
    view! { <span class="count num" role="img" title=label.clone() aria-label=label><Icon glyph/>{text}</span> }
}

/// The bar above a part: what it is, how many there are, and what can be done.
#[component]
pub(crate) fn PartBar(#[prop(into)] note: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <div class="part-bar">
            <small class="num" role="status">{move || note.get()}</small>
            <span class="grow"></span>
            {children()}
        </div>
    }
}

/// A switch in a part's bar.
#[component]
pub(crate) fn Toggle(#[prop(into)] on: RwSignal<bool>, children: Children) -> impl IntoView {
    view! {
        <button type="button" class="toggle" aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| on.update(|on| *on = !*on)>{children()}</button>
    }
}

/// “1 message”, “3 messages”.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
