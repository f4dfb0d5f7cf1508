//! A project's schedule as an agenda from today on, and the form that adds an entry.

mod form;

use contract::{Kind, ProjectId, RecordingId};
use jiff::civil::{Date, Time};
use leptos::prelude::*;

use self::form::EntryForm;
use super::gather::{Slot, agenda};
use super::messages::list;
use super::shown::{DayHead, PartBar, Toggle};
use crate::parts::{Button, Chip, Dialog, Each, Empty, Faces, Glyph, Loaded, PendingMark, Show};
use crate::say;
use crate::state::{Drawer, Session, memo, use_query};

/// The schedule of a project.
#[component]
pub(super) fn ScheduleTab(project: ProjectId) -> impl IntoView {
    let session = Session::expect();
    let entries = use_query(move || Some(list(project, &[Kind::ScheduleEntry], 5000)));
    let (earlier, adding) = (RwSignal::new(false), RwSignal::new(false));
    let days = memo(move || {
        let zone = session.zone();
        entries.value.with(|rows| {
            agenda(rows.as_deref().unwrap_or_default(), |at| {
                let there = at.to_zoned(zone.clone());
                (there.date(), there.time())
            })
        })
    });
    let shown = memo(move || {
        let today = session.today();
        let all = earlier.get();
        days.get().into_iter().filter(|(day, _)| all || *day >= today).collect::<Vec<_>>()
    });
    let past = memo(move || {
        let today = session.today();
        days.with(|days| days.iter().filter(|(day, _)| *day < today).count())
    });
    let ids = Signal::derive(move || {
        let mut seen: Vec<RecordingId> = Vec::new();
        for slot in shown.get().iter().flat_map(|(_, slots)| slots) {
            if !seen.contains(&slot.row.id) {
                seen.push(slot.row.id);
            }
        }
        seen
    });
    let note = Signal::derive(move || say::project::entries_ahead(ids.with(Vec::len)));
    view! {
        <PartBar note>
            <Show when=move || { past.get() > 0 }><Toggle on=earlier>{say::project::show_earlier()}</Toggle></Show>
            <Button glyph=Glyph::Plus on_click=move |_| adding.set(true)>{say::project::add_entry()}</Button>
        </PartBar>
        <Loaded query=entries>
            <div class="part-scroll">
                <Show when=move || shown.with(|days| !days.is_empty()) fallback=move || view! {
                    <Empty glyph=Glyph::CalendarDays title=Signal::derive(move || if past.get() > 0 { say::project::nothing_ahead() } else { say::project::no_entries() }.to_owned())
                        text=say::project::schedule_text() action=say::project::add_entry() on_action=move |()| adding.set(true)/>
                }>
                    <Each each=move || shown.get() key=|(day, slots)| (*day, slots.iter().map(|slot| (slot.row.id, slot.row.updated_at)).collect::<Vec<_>>()) let((day, slots))>
                        <AgendaDay day slots among=ids/>
                    </Each>
                </Show>
            </div>
        </Loaded>
        <Dialog open=adding title=say::project::add_entry() on_close=move |()| adding.set(false)>
            <EntryForm project on_done=move |()| adding.set(false)/>
        </Dialog>
    }
}

#[component]
fn AgendaDay(day: Date, slots: Vec<Slot>, among: Signal<Vec<RecordingId>>) -> impl IntoView {
    let drawer = Drawer::expect();
    let lines = slots
        .into_iter()
        .map(|slot| {
            let id = slot.row.id;
            let part = slot.part.map(|(day, count)| say::project::DayOf { day, count }.text());
            view! {
                <button type="button" class="item-line slot" class:on=move || drawer.item.get() == Some(id)
                    on:click=move |_| drawer.open_in(id, among.get_untracked())>
                    <span class="slot-when num">{when(&slot)}</span>
                    <span class="item-line-words">
                        <span class="item-line-title cut">{slot.row.title.clone()}</span>
                        <span class="item-line-more cut">{slot.row.excerpt.clone()}</span>
                    </span>
                    {part.map(|part| view! { <Chip>{part}</Chip> })}
                    <PendingMark pending=slot.row.pending/>
                    <Faces people=slot.row.assignees.clone() most=4/>
                </button>
            }
        })
        .collect_view();
    view! { <section class="day"><DayHead day/>{lines}</section> }
}

/// “09:00 – 10:30”, “from 09:00”, “until 10:30”, “all day”.
fn when(slot: &Slot) -> String {
    let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    match (slot.from, slot.to) {
        (Some(from), Some(to)) if from == to => clock(from),
        (Some(from), Some(to)) => format!("{} – {}", clock(from), clock(to)),
        (Some(from), None) => say::project::from(clock(from)),
        (None, Some(to)) => say::project::until(clock(to)),
        (None, None) => say::project::all_day_slot().into(),
    }
}
