//! The item's facts in two columns: dates, people, place, and the particulars of its kind.

use contract::commands::{UpdateCard, UpdateTodo};
use contract::{Kind, PersonId, RecordingId, Span, Status};
use jiff::civil::Date;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::pane::Item;
use crate::parts::day::{month, whole_date};
use crate::parts::{Avatar, DayLabel, Each, Glyph, Icon, IconButton, Moment, Show, point_of};
use crate::project::deeds::{card_change, todo_change};
use crate::project::todos::offer::{Offer, OfferView, Theme};
use crate::say;
use crate::state::{Names, Session, memo, use_command};

/// The facts.
#[component]
pub(super) fn Particulars(id: RecordingId) -> impl IntoView {
    let item = expect_context::<Item>();
    let names = Names::expect();
    let kind = memo(move || {
        item.query.value.with(|detail| detail.as_ref().map(|detail| (detail.item.kind, detail.item.status)))
    });
    let is_task = memo(move || matches!(kind.get(), Some((Kind::Todo | Kind::Card, _))));
    let can_edit = memo(move || matches!(kind.get(), Some((Kind::Todo | Kind::Card, Status::Active))));
    let is_todo = memo(move || matches!(kind.get(), Some((Kind::Todo, _))));
    let offer = RwSignal::new(None::<Offer>);
    let ask = move |theme, event: &MouseEvent| {
        if let Some(row) = item.row() {
            offer.set(Some(Offer::new(row, theme, point_of(event))));
        }
    };
    let people = memo(move || item.part(|detail| detail.item.assignees.clone()));
    let project = memo(move || item.query.value.with(|detail| detail.as_ref().map(|detail| detail.item.project)));
    let place = memo(move || item.part(|detail| detail.path.last().map(|row| (row.kind, row.title.clone()))));
    let span = memo(move || item.part(|detail| detail.item.span));
    let facts = memo(move || item.part(|detail| detail.facts.clone()));
    view! {
        <dl class="facts">
            <Show when=move || is_task.get()>
                <dt>{say::drawer::due()}</dt>
                <dd><DayField id which=Which::Due can_edit/></dd>
                <Show when=move || is_todo.get()>
                    <dt>{say::drawer::starts()}</dt>
                    <dd><DayField id which=Which::Start can_edit/></dd>
                </Show>
                <dt>{say::drawer::assigned_to()}</dt>
                <dd>
                    <button type="button" class="fact-button" disabled=move || !can_edit.get() aria-haspopup="listbox"
                        on:click=move |event: MouseEvent| ask(Theme::Assign, &event)>
                        <People people none=say::drawer::nobody()/>
                    </button>
                </dd>
                <dt>{move || if is_todo.get() { say::drawer::list() } else { say::drawer::column() }}</dt>
                <dd>
                    <button type="button" class="fact-button" disabled=move || !can_edit.get() aria-haspopup="listbox"
                        on:click=move |event: MouseEvent| ask(Theme::Move, &event)>
                        <Icon glyph=Glyph::MoveRight/>
                        <span class="cut">{move || place.get().map(|(kind, title)| if kind == Kind::TodoSet { say::drawer::loose().to_owned() } else { title })}</span>
                    </button>
                </dd>
            </Show>
            <Show when=move || span.with(Option::is_some)>
                <dt>{say::drawer::when()}</dt>
                <dd><SpanText span/></dd>
                <dt>{say::drawer::with()}</dt>
                <dd class="fact-text"><People people none=say::drawer::nobody()/></dd>
            </Show>
            {move || item.query.value.with(|detail| detail.as_ref().map(|detail| (detail.item.creator, detail.item.created_at))).map(|(by, at)| view! {
                <dt>{say::drawer::added()}</dt>
                <dd class="fact-text">
                    {by.map(|person| view! { <Avatar person/> })}
                    <span class="cut">{move || by.map(|by| names.person_name(by))}</span>
                    <Moment at/>
                </dd>
            })}
            {move || item.query.value.with(|detail| detail.as_ref().and_then(|detail| detail.item.completed_at.map(|at| (detail.item.completer, at)))).map(|(by, at)| view! {
                <dt>{say::drawer::done()}</dt>
                <dd class="fact-text">
                    {by.map(|person| view! { <Avatar person/> })}
                    <span class="cut">{move || by.map(|by| names.person_name(by))}</span>
                    <Moment at/>
                </dd>
            })}
            <Each each=move || facts.get() key=|fact| fact.clone() let((label, text))>
                <dt>{label}</dt>
                <dd class="fact-text">{text}</dd>
            </Each>
        </dl>
        {move || project.get().map(|project| view! { <OfferView offer project/> })}
    }
}

#[component]
fn People(people: Memo<Vec<PersonId>>, none: &'static str) -> impl IntoView {
    let names = Names::expect();
    view! {
        <Show when=move || people.with(|people| !people.is_empty()) fallback=move || view! { <span class="fact-none">{none}</span> }>
            <Each each=move || people.get() key=|id| *id let(id)>
                <span class="fact-person"><Avatar person=id/><span class="cut">{move || names.person_name(id)}</span></span>
            </Each>
        </Show>
    }
}

/// Which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Due,
    Start,
}

#[component]
fn DayField(id: RecordingId, which: Which, can_edit: Memo<bool>) -> impl IntoView {
    let item = expect_context::<Item>();
    let (todo, card) = (use_command::<UpdateTodo>(), use_command::<UpdateCard>());
    let day = memo(move || {
        item.part(|detail| match which {
            Which::Due => detail.item.due_on,
            Which::Start => detail.item.starts_on,
        })
    });
    let done = Signal::derive(move || item.part(|detail| detail.item.completed) || which == Which::Start);
    let set = move |to: Option<Date>| {
        if to == day.get_untracked() {
            return;
        }
        let is_card = item.row().is_some_and(|row| row.kind == Kind::Card);
        match which {
            Which::Due if is_card => {
                card.run_saying(UpdateCard { due_on: Some(to), ..card_change(id) }, say::drawer::due_changed())
            }
            Which::Due => {
                todo.run_saying(UpdateTodo { due_on: Some(to), ..todo_change(id) }, say::drawer::due_changed())
            }
            Which::Start => {
                todo.run_saying(UpdateTodo { starts_on: Some(to), ..todo_change(id) }, say::drawer::first_changed())
            }
        }
    };
    let (label, away) = match which {
        Which::Due => (say::drawer::due_day(), say::drawer::no_due_day()),
        Which::Start => (say::drawer::first_day(), say::drawer::no_first_day()),
    };
    view! {
        <span class="day-field">
            <input type="date" class="day-input" aria-label=label disabled=move || !can_edit.get()
                class:blank=move || day.get().is_none()
                prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                on:change=move |event| {
                    let text = event_target_value(&event);
                    // Half a date is no date: the field keeps it until it is whole.
                    if text.is_empty() { set(None) } else if let Ok(to) = text.parse() { set(Some(to)) }
                }/>
            <DayLabel due=day done/>
            <Show when=move || can_edit.get() && day.get().is_some()>
                <IconButton glyph=Glyph::X label=away on_click=move |_| set(None)/>
            </Show>
        </span>
    }
}

#[component]
fn SpanText(span: Memo<Option<Span>>) -> impl IntoView {
    let session = Session::expect();
    let text = move || {
        let zone = session.zone();
        Some(match span.get()? {
            Span::Days { from, to } if from == to => whole_date(from),
            Span::Days { from, to } => say::drawer::Days {
                first_day: from.day(),
                first_month: month(from.month()),
                last_day: to.day(),
                last_month: month(to.month()),
                year: to.year(),
            }
            .text(),
            Span::Hours { from, to } => {
                let (first, last) = (from.to_zoned(zone.clone()).datetime(), to.to_zoned(zone).datetime());
                let day = whole_date(first.date());
                let [from, to] = [first, last].map(|at| at.strftime("%H:%M").to_string());
                if first.date() == last.date() {
                    say::drawer::Hours { day, from, to }.text()
                } else {
                    let (last_day, last_month) = (last.day(), month(last.month()));
                    say::drawer::HoursOfDays { day, from, last_day, last_month, to }.text()
                }
            }
        })
    };
    view! { <span class="fact-text">{text}</span> }
}
