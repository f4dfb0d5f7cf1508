//! What is offered for a to-do or a card: its menu, where to move it, whom to assign, when it is due. Used by the outline,
//! the board and the drawer.

use contract::commands::{MoveCard, ShowBoards, ShowTodoLists};
use contract::{Kind, PersonId, ProjectId, RecordingId, Row, Status};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;

use crate::parts::day::{long_date, short_date, weekday_long};
use crate::parts::{Choice, Glyph, Picker, Point};
use crate::project::deeds::Deeds;
use crate::project::outline::{Destination, sections};
use crate::project::place::column_names;
use crate::say;
use crate::state::{Drawer, Names, Session, use_command, use_query};

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Everything that can be done.
    Menu,
    /// Where to.
    Move,
    /// Who does it.
    Assign,
    /// When it is due.
    Due,
}

/// An offer for an item at a place in the window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offer {
    row: Row,
    theme: Theme,
    at: Point,
}

impl Offer {
    /// An offer.
    pub(crate) fn new(row: Row, theme: Theme, at: Point) -> Self {
        Self { row, theme, at }
    }
}

/// Shows the offer that is set; sets it to none when it has been answered.
#[component]
pub(crate) fn OfferView(offer: RwSignal<Option<Offer>>, project: ProjectId) -> impl IntoView {
    let deeds = Deeds::here();
    // Outlives the picker: an answer may bring the next offer.
    let mover = use_command::<MoveCard>();
    let close = move |()| offer.set(None);
    move || {
        let Offer { row, theme, at } = offer.get()?;
        Some(match theme {
            Theme::Menu => view! { <MenuOffer row at offer deeds/> }.into_any(),
            Theme::Assign => view! { <AssignOffer row at deeds on_close=close/> }.into_any(),
            Theme::Due => view! { <DueOffer row at deeds on_close=close/> }.into_any(),
            Theme::Move if row.kind == Kind::Card => {
                let id = row.id;
                let move_card = move |(column, name): (RecordingId, String)| {
                    mover.run_saying(MoveCard { id, column, position: 1 }, say::project::moved_to(name));
                };
                view! { <ColumnOffer row at project on_move=move_card on_close=close/> }.into_any()
            }
            Theme::Move => view! { <ListOffer row at project deeds on_close=close/> }.into_any(),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Open,
    Tick,
    Assign,
    Due,
    Move,
    Trash,
    Restore,
}

#[component]
fn MenuOffer(row: Row, at: Point, offer: RwSignal<Option<Offer>>, deeds: Deeds) -> impl IntoView {
    let drawer = Drawer::expect();
    let mut choices = vec![
        Choice::new(Deed::Open, say::project::deed_open()).glyph(Glyph::PanelRight).hint(say::project::key_enter()),
    ];
    if row.status == Status::Active {
        if row.kind == Kind::Todo {
            let words = if row.completed { say::project::deed_reopen() } else { say::project::deed_complete() };
            choices.push(Choice::new(Deed::Tick, words).glyph(Glyph::CircleCheck).hint("X"));
        }
        choices.push(Choice::new(Deed::Assign, say::project::deed_assign()).glyph(Glyph::User).hint("A"));
        choices.push(Choice::new(Deed::Due, say::project::deed_due()).glyph(Glyph::Calendar).hint("D"));
        choices.push(Choice::new(Deed::Move, say::project::move_to()).glyph(Glyph::MoveRight).hint("M"));
        choices.push(
            Choice::new(Deed::Trash, say::project::deed_trash())
                .glyph(Glyph::Trash2)
                .hint(say::project::key_delete())
                .danger(),
        );
    } else if row.status != Status::Gone {
        choices.push(Choice::new(Deed::Restore, say::project::deed_restore()).glyph(Glyph::ArchiveRestore));
    }
    let title = row.title.clone();
    let choose = move |deed: Deed| {
        let again = |theme| {
            let row = row.clone();
            // After the menu has gone, so that the focus goes back to the row and not to the menu.
            request_animation_frame(move || offer.set(Some(Offer::new(row, theme, at))));
        };
        match deed {
            Deed::Open => drawer.open(row.id),
            Deed::Tick => deeds.tick(&row),
            Deed::Assign => again(Theme::Assign),
            Deed::Due => again(Theme::Due),
            Deed::Move => again(Theme::Move),
            Deed::Trash => deeds.trash(row.id, &row.title),
            Deed::Restore => deeds.restore(row.id, &row.title),
        }
    };
    view! { <Picker label=title at choices=choices on_choose=choose on_close=move |()| offer.set(None)/> }
}

/// Everyone, those who have it first.
#[component]
fn AssignOffer(row: Row, at: Point, deeds: Deeds, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let chosen = RwSignal::new(row.assignees.clone());
    let choose = move |person: PersonId| {
        chosen.update(|chosen| toggle(chosen, person));
        deeds.assign(&row, chosen.get_untracked());
    };
    view! { <PeoplePicker label=say::project::assign_to() at chosen on_choose=choose on_close/> }
}

/// Takes a person in, or out.
pub(crate) fn toggle(people: &mut Vec<PersonId>, person: PersonId) {
    if let Some(at) = people.iter().position(|one| *one == person) {
        people.remove(at);
    } else {
        people.push(person);
        people.sort_unstable();
    }
}

/// Chooses among everyone; several can be chosen.
#[component]
pub(crate) fn PeoplePicker(
    #[prop(into)] label: String,
    at: Point,
    chosen: RwSignal<Vec<PersonId>>,
    #[prop(into)] on_choose: Callback<PersonId>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let names = Names::expect();
    let first = chosen.get_untracked();
    let choices = Signal::derive(move || {
        let me = names.me();
        names.directory.value.with(|directory| {
            let mut people: Vec<_> = directory.iter().flat_map(|directory| directory.people.iter()).collect();
            people
                .sort_by_key(|person| (!first.contains(&person.id), Some(person.id) != me, person.name.to_lowercase()));
            let taken = chosen.get();
            people
                .into_iter()
                .map(|person| {
                    let you = if Some(person.id) == me { say::project::you() } else { person.title.as_str() };
                    Choice::new(person.id, person.name.clone()).hint(you).checked(taken.contains(&person.id))
                })
                .collect::<Vec<_>>()
        })
    });
    view! { <Picker label at choices several=true on_choose on_close/> }
}

#[component]
fn DueOffer(row: Row, at: Point, deeds: Deeds, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let today = untrack(|| Session::expect().today());
    let due = row.due_on;
    let mut choices: Vec<Choice<Option<Date>>> = due_days(today)
        .into_iter()
        .map(|(words, day)| Choice::new(Some(day), words).hint(short_date(day, today)).checked(due == Some(day)))
        .collect();
    for ahead in 2..=21 {
        if let Ok(day) = today.checked_add(ahead.days()) {
            choices.push(Choice::new(Some(day), long_date(day)).checked(due == Some(day)));
        }
    }
    if due.is_some() {
        choices.push(Choice::new(None, say::project::no_due_day()).glyph(Glyph::X));
    }
    view! { <Picker label=say::project::due_on() at choices on_choose=move |day| deeds.due(&row, day) on_close/> }
}

/// The days that people mean most often.
pub(crate) fn due_days(today: Date) -> Vec<(&'static str, Date)> {
    let next = |weekday| today.nth_weekday(1, weekday).ok();
    let days = [
        (say::project::today(), Some(today)),
        (say::project::tomorrow(), today.tomorrow().ok()),
        (weekday_long(Weekday::Friday), next(Weekday::Friday)),
        (say::project::next_monday(), next(Weekday::Monday)),
        (say::project::two_weeks(), today.checked_add(14.days()).ok()),
        (say::project::a_month(), today.checked_add(1.month()).ok()),
    ];
    days.into_iter().filter_map(|(words, day)| Some((words, day?))).collect()
}

/// Every list, group and the loose to-dos.
#[component]
fn ListOffer(
    row: Row,
    at: Point,
    project: ProjectId,
    deeds: Deeds,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let lists = use_query(move || Some(ShowTodoLists { project, completed: false, put_away: false }));
    let parent = row.parent;
    let choices = Signal::derive(move || {
        lists.value.with(|lists| {
            lists
                .as_ref()
                .map(sections)
                .unwrap_or_default()
                .into_iter()
                .map(|(section, depth)| {
                    let name = if section.list.kind == Kind::TodoSet {
                        say::project::loose().to_owned()
                    } else {
                        section.list.title.clone()
                    };
                    let place = if depth == 0 { say::project::list_hint() } else { say::project::group_hint() };
                    Choice::new((section.list.id, name.clone()), name)
                        .hint(place)
                        .checked(parent == Some(section.list.id))
                })
                .collect::<Vec<_>>()
        })
    });
    let choose = move |(list, name): (RecordingId, String)| {
        if parent != Some(list) {
            deeds.shift(&row, Destination { list, position: 1 }, say::project::moved_to(name));
        }
    };
    view! { <Picker label=say::project::move_to() at choices on_choose=choose on_close/> }
}

/// Every column of the project's boards.
#[component]
pub(crate) fn ColumnOffer(
    row: Row,
    at: Point,
    project: ProjectId,
    #[prop(into)] on_move: Callback<(RecordingId, String)>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let boards = use_query(move || Some(ShowBoards { project }));
    let parent = row.parent;
    let choices = Signal::derive(move || {
        boards.value.with(|boards| {
            let columns = boards.iter().flatten().flat_map(|board| {
                let names = column_names(&board.columns);
                board.columns.iter().zip(names).map(|(column, (id, name))| (id, name, column.cards.len()))
            });
            columns
                .map(|(id, name, cards)| {
                    Choice::new((id, name.clone()), name).hint(cards.to_string()).checked(parent == Some(id))
                })
                .collect::<Vec<_>>()
        })
    });
    let choose = move |(column, name): (RecordingId, String)| {
        if parent != Some(column) {
            on_move.run((column, name));
        }
    };
    view! { <Picker label=say::project::move_to() at choices on_choose=choose on_close/> }
}
