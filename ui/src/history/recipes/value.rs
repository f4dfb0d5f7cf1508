//! The value of a variable: how it reads, and how it is chosen.

use contract::commands::{ListItems, ShowItem};
use contract::{PersonId, ProjectId, RecordingId, Row, Status, Variable, VariableKind};
use jiff::Span;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::chat::shown;
use crate::history::wording::field_label;
use crate::parts::{Button, Choice, Field, FieldKind, Glyph, Picker, Point, Select, kind_glyph, point_of};
use crate::say;
use crate::state::{Names, Session, memo, use_query};

/// So many items can be chosen from.
const MOST: u32 = 2_000;

/// The value in words, as far as names are known. Tracks the names.
pub(super) fn in_words(variable: &Variable, names: Names) -> String {
    let value = &variable.value;
    match variable.kind {
        VariableKind::Person => value.parse().map(|id| names.person_name(PersonId(id))).unwrap_or_default(),
        VariableKind::Project => value.parse().map(|id| names.project_name(ProjectId(id))).unwrap_or_default(),
        VariableKind::Day => match value.strip_prefix('+').and_then(|days| days.parse::<i64>().ok()) {
            Some(0) => say::history::day_of_run().to_owned(),
            Some(1) => say::history::day_after().to_owned(),
            Some(days) => say::history::days_after(days),
            None => value.clone(),
        },
        VariableKind::Text => say::history::quoted(&*shown(value)),
        VariableKind::Item => variable.name.clone(),
    }
}

/// The day that a value means today: `+3` is counted from `today`.
pub(super) fn day_of(value: &str, today: Date) -> Option<Date> {
    match value.strip_prefix('+') {
        Some(days) => today.checked_add(Span::new().try_days(days.parse::<i64>().ok()?).ok()?).ok(),
        None => value.parse().ok(),
    }
}

/// Chooses the value of a variable for one run.
#[component]
pub(super) fn ValueField(
    /// The variable.
    variable: Variable,
    /// The value, as the run is to be given it.
    value: RwSignal<String>,
) -> impl IntoView {
    let (names, session) = (Names::expect(), Session::expect());
    let label = field_label(&variable.name);
    match variable.kind {
        VariableKind::Text => view! { <Field label value/> }.into_any(),
        VariableKind::Day => {
            let today = untrack(|| session.today());
            value.set(day_of(&variable.value, today).map(|day| day.to_string()).unwrap_or_default());
            view! { <Field label value kind=FieldKind::Date/> }.into_any()
        }
        VariableKind::Person => {
            let options = Signal::derive(move || {
                let directory = names.directory.value.get();
                let people = directory.into_iter().flat_map(|directory| directory.people);
                people.map(|person| (person.id.to_string(), person.name)).collect::<Vec<_>>()
            });
            view! { <div class="field"><Select label options value on_change=move |id| value.set(id)/></div> }
                .into_any()
        }
        VariableKind::Project => {
            let options = Signal::derive(move || {
                let directory = names.directory.value.get();
                let projects = directory.into_iter().flat_map(|directory| directory.projects);
                let active = projects.filter(|row| row.project.status == Status::Active);
                active.map(|row| (row.project.id.to_string(), row.project.name)).collect::<Vec<_>>()
            });
            view! { <div class="field"><Select label options value on_change=move |id| value.set(id)/></div> }
                .into_any()
        }
        VariableKind::Item => view! { <ItemField label value/> }.into_any(),
    }
}

/// An item of the same kind as the one that it was.
#[component]
fn ItemField(label: String, value: RwSignal<String>) -> impl IntoView {
    let names = Names::expect();
    let at = RwSignal::new(None::<Point>);
    let id = memo(move || value.with(|value| value.parse().ok().map(RecordingId)));
    let item = use_query(move || id.get().map(|id| ShowItem { id }));
    let kind = memo(move || item.value.with(|item| item.as_ref().map(|item| item.item.kind)));
    let others = use_query(move || {
        let kind = at.get().and(kind.get())?;
        Some(ListItems { project: None, parent: None, kinds: vec![kind], status: None, since: None, limit: Some(MOST) })
    });
    let choices = Signal::derive(move || {
        let rows: Vec<Row> = others.value.get().unwrap_or_default();
        let chosen = id.get();
        rows.into_iter()
            .map(|row| {
                let project = names.project_name(row.project);
                let choice = Choice::new(row.id, shown(&row.title).into_owned()).hint(project);
                choice.glyph(kind_glyph(row.kind)).checked(chosen == Some(row.id))
            })
            .collect::<Vec<_>>()
    });
    let words = move || {
        item.value.with(|item| match item {
            Some(item) => format!("{} ({})", shown(&item.item.title), names.project_name(item.item.project)),
            None => "…".to_owned(),
        })
    };
    let title = StoredValue::new(label.clone());
    view! {
        <div class="field">
            <span class="field-label">{label}</span>
            <Button glyph=Glyph::ChevronsUpDown on_click=move |event: leptos::ev::MouseEvent| at.set(Some(point_of(&event)))>{words}</Button>
            {move || item.fault.get().map(|fault| view! { <span class="field-wrong" role="alert">{fault.message}</span> })}
        </div>
        {move || at.get().map(|point| view! {
            <Picker label=title.get_value() at=point choices on_choose=move |id: RecordingId| value.set(id.to_string()) on_close=move |()| at.set(None)/>
        })}
    }
}
