//! Pieces that several parts of a project's page show: a head with actions, a plain item line, a day's head.

use contract::{Kind, RecordingId, Row, Status};
use jiff::civil::Date;
use leptos::prelude::*;

use crate::parts::day::{days_between, long_date, whole_date};
use crate::parts::{Avatar, Chip, Glyph, Icon, Moment, PendingMark, Tone, kind_glyph};
use crate::say;
use crate::state::{Drawer, Session};

/// What a status is called, when it is not the usual one.
pub(crate) fn status_word(status: Status) -> Option<&'static str> {
    match status {
        Status::Active => None,
        Status::Archived => Some(say::project::archived()),
        Status::Trashed => Some(say::project::in_trash()),
        Status::Drafted => Some(say::project::draft()),
        Status::Gone => Some(say::project::gone()),
    }
}

/// “Today”, “Yesterday”, “Tomorrow”, or the day, with its year when it is another one.
pub(crate) fn day_head(day: Date, today: Date) -> String {
    match days_between(today, day) {
        0 => say::project::today().into(),
        -1 => say::project::yesterday().into(),
        1 => say::project::tomorrow().into(),
        _ if day.year() == today.year() => long_date(day),
        _ => whole_date(day),
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
        Kind::TodoSet => say::project::kind_todo_set(),
        Kind::TodoList => say::project::kind_list(),
        Kind::TodoGroup => say::project::kind_group(),
        Kind::Todo => say::project::kind_todo(),
        Kind::CardTable => say::project::kind_card_table(),
        Kind::TriageColumn | Kind::NotNowColumn | Kind::Column | Kind::DoneColumn => say::project::kind_column(),
        Kind::OnHoldColumn => say::project::on_hold(),
        Kind::Card => say::project::kind_card(),
        Kind::Step => say::project::kind_step(),
        Kind::MessageBoard => say::project::kind_message_board(),
        Kind::Message => say::project::kind_message(),
        Kind::Comment => say::project::kind_comment(),
        Kind::Vault => say::project::folder(),
        Kind::Document => say::project::kind_document(),
        Kind::Upload => say::project::kind_file(),
        Kind::Schedule => say::project::kind_schedule(),
        Kind::ScheduleEntry => say::project::kind_entry(),
        Kind::Questionnaire => say::project::kind_questionnaire(),
        Kind::Question => say::project::kind_question(),
        Kind::Answer => say::project::kind_answer(),
        Kind::Campfire => say::project::kind_chat(),
        Kind::ChatLine => say::project::kind_chat_line(),
        Kind::TimeEntry => say::project::kind_time_entry(),
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
            {(row.comments > 0).then(|| view! { <Count glyph=Glyph::MessageCircle text=row.comments.to_string() label=say::project::comments(row.comments)/> })}
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
