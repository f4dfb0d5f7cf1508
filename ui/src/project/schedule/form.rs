//! The form that adds an entry to a schedule.

use contract::commands::AddScheduleEntry;
use contract::{PersonId, ProjectId, Span};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Checkbox, Field, FieldKind, Show};
use crate::project::messages::PeopleField;
use crate::say;
use crate::state::{Session, Toasts, memo, use_command};

/// The form.
#[component]
pub(super) fn EntryForm(project: ProjectId, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let (session, toasts) = (Session::expect(), Toasts::expect());
    let add = use_command::<AddScheduleEntry>().quiet();
    let today = untrack(|| session.today()).to_string();
    let title = RwSignal::new(String::new());
    let whole_day = RwSignal::new(false);
    let (from_day, to_day) = (RwSignal::new(today.clone()), RwSignal::new(today));
    let (from_time, to_time) = (RwSignal::new("10:00".to_owned()), RwSignal::new("11:00".to_owned()));
    let body = RwSignal::new(String::new());
    let people = RwSignal::new(Vec::<PersonId>::new());
    let tried = RwSignal::new(false);
    let span = memo(move || {
        read_span(
            whole_day.get(),
            (&from_day.get(), &from_time.get()),
            (&to_day.get(), &to_time.get()),
            &session.zone(),
        )
    });
    // The end follows the start while nobody has chosen it.
    Effect::new(move |before: Option<String>| {
        let day = from_day.get();
        if to_day.with_untracked(|to| before.as_ref() == Some(to) || *to < day) {
            to_day.set(day.clone());
        }
        day
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let Ok(span) = span.get_untracked() else { return };
        let entry = AddScheduleEntry {
            project,
            title: title.get_untracked().trim().to_owned(),
            span,
            body: body.get_untracked(),
            participants: people.get_untracked(),
        };
        add.run_then(entry, move |written| {
            toasts.done(say::project::entry_added(&written.item.title), written.set);
            on_done.run(());
        });
    };
    let wrong_when = Signal::derive(move || {
        let refused = add.fault.with(|fault| {
            fault.as_ref().filter(|fault| fault.field.as_deref() == Some("span")).map(|fault| fault.message.clone())
        });
        let own = if tried.get() { span.get().err().map(str::to_owned) } else { None };
        own.or(refused).unwrap_or_default()
    });
    let wrong_else = Signal::derive(move || {
        add.fault.with(|fault| {
            fault
                .as_ref()
                .filter(|fault| fault.field.as_deref() != Some("span"))
                .map(|fault| fault.message.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <form class="form" on:submit=send>
            <Field label=say::project::what() value=title autofocus=true wrong=wrong_else/>
            <label class="check-line">
                <Checkbox checked=whole_day label=say::project::all_day() on_change=move |on| whole_day.set(on)/>
                <span>{say::project::all_day()}</span>
            </label>
            <div class="form-pair">
                <Field label=say::project::first_day() value=from_day kind=FieldKind::Date wrong=wrong_when/>
                <Show when=move || !whole_day.get()><TimeField label=say::project::starts_at() value=from_time/></Show>
            </div>
            <div class="form-pair">
                <Field label=say::project::last_day() value=to_day kind=FieldKind::Date/>
                <Show when=move || !whole_day.get()><TimeField label=say::project::ends_at() value=to_time/></Show>
            </div>
            <PeopleField label=say::project::takes_part() chosen=people none=say::project::nobody_yet()/>
            <Field label=say::project::notes() value=body kind=FieldKind::Lines/>
            <div class="dialog-foot">
                <Button on_click=move |_| on_done.run(())>{say::project::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=add.busy on_click=|_| {}
                    disabled=Signal::derive(move || title.with(|title| title.trim().is_empty()))>{say::project::add()}</Button>
            </div>
        </form>
    }
}

#[component]
fn TimeField(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input type="time" prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}

/// The span that a form's texts tell, or what is wrong with them.
fn read_span(whole_day: bool, from: (&str, &str), to: (&str, &str), zone: &TimeZone) -> Result<Span, &'static str> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| say::project::choose_days());
    let (first, last) = (day(from.0)?, day(to.0)?);
    if whole_day {
        return if last < first {
            Err(say::project::last_before_first())
        } else {
            Ok(Span::Days { from: first, to: last })
        };
    }
    let time = |text: &str| {
        format!("{text}:00").parse::<Time>().or_else(|_| text.parse()).map_err(|_| say::project::choose_times())
    };
    let at = |day: Date, time: Time| {
        day.to_datetime(time).to_zoned(zone.clone()).map(|zoned| zoned.timestamp()).map_err(|_| say::project::too_far())
    };
    let (start, end) = (at(first, time(from.1)?)?, at(last, time(to.1)?)?);
    if end < start { Err(say::project::ends_before_start()) } else { Ok(Span::Hours { from: start, to: end }) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_form_tells_whole_days_or_hours_in_the_persons_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let hours = read_span(false, ("2026-11-21", "10:00"), ("2026-11-21", "11:30"), &zone).unwrap();
        let at = |text: &str| text.parse().unwrap();
        assert_eq!(hours, Span::Hours { from: at("2026-11-21T08:00:00Z"), to: at("2026-11-21T09:30:00Z") });
        let days = read_span(true, ("2026-11-21", ""), ("2026-11-22", "rubbish"), &zone).unwrap();
        assert!(matches!(days, Span::Days { .. }), "times do not matter then");
    }

    #[test]
    fn what_cannot_be_is_said() {
        let zone = TimeZone::UTC;
        let read = |whole, from, to| read_span(whole, from, to, &zone);
        assert!(read(true, ("2026-11-22", ""), ("2026-11-21", "")).is_err());
        assert!(read(false, ("2026-11-21", "12:00"), ("2026-11-21", "11:59")).is_err());
        assert!(read(false, ("", "12:00"), ("2026-11-21", "13:00")).is_err());
        assert!(read(false, ("2026-11-21", ""), ("2026-11-21", "13:00")).is_err());
        assert!(read(false, ("2026-11-21", "25:00"), ("2026-11-21", "26:00")).is_err());
    }
}
