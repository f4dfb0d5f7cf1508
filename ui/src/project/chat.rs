//! A project's chat, read: by day, and by who speaks.

use contract::{Kind, ProjectId, RecordingId};
use jiff::civil::Date;
use leptos::html;
use leptos::prelude::*;

use super::gather::{Turn, conversation};
use super::messages::list;
use super::shown::{Clock, DayHead, PartBar};
use crate::parts::{Avatar, Button, ButtonKind, Each, Empty, Glyph, Loaded, Show};
use crate::say;
use crate::state::{Drawer, Names, Session, effect, memo, use_query};

/// So many lines at first, and more each time one asks.
const STEP: u32 = 200;

/// The chat of a project.
#[component]
pub(super) fn ChatTab(project: ProjectId) -> impl IntoView {
    let session = Session::expect();
    let most = RwSignal::new(STEP);
    let lines = use_query(move || Some(list(project, &[Kind::ChatLine], most.get())));
    let days = memo(move || {
        let zone = session.zone();
        conversation(lines.value.get().unwrap_or_default(), |at| at.to_zoned(zone.clone()).date())
    });
    let count = memo(move || lines.value.with(|lines| lines.as_ref().map_or(0, Vec::len)));
    let ids = Signal::derive(move || {
        days.with(|days| {
            days.iter()
                .flat_map(|(_, turns)| turns)
                .flat_map(|turn| turn.lines.iter().map(|line| line.id))
                .collect::<Vec<_>>()
        })
    });
    let scroll = NodeRef::<html::Div>::new();
    // The newest line is at the lower edge, and that is where one begins to read.
    effect(move || {
        if let Some(scroll) = scroll.get() {
            request_animation_frame(move || scroll.set_scroll_top(scroll.scroll_height()));
        }
    });
    let note = Signal::derive(move || say::project::lines(count.get()));
    let maybe_more = move || usize::try_from(most.get()).is_ok_and(|most| count.get() >= most);
    view! {
        <PartBar note><span class="hint">{say::project::say_outside()}</span></PartBar>
        <Loaded query=lines>
            <Show when=move || { count.get() > 0 } fallback=|| view! {
                <Empty glyph=Glyph::MessagesSquare title=say::project::nothing_said() text=say::project::nothing_said_text()/>
            }>
                <div class="part-scroll talk" node_ref=scroll>
                    <Show when=maybe_more>
                        <div class="talk-more">
                            <Button kind=ButtonKind::Bare glyph=Glyph::ArrowUp busy=lines.loading
                                on_click=move |_| most.update(|most| *most = (*most + STEP).min(5000))>{say::project::earlier_lines()}</Button>
                        </div>
                    </Show>
                    <Each each=move || days.get() key=|(day, turns)| (*day, turns.iter().map(|turn| turn.lines.len()).sum::<usize>()) let((day, turns))>
                        <TalkDay day turns among=ids/>
                    </Each>
                </div>
            </Show>
        </Loaded>
    }
}

#[component]
fn TalkDay(day: Date, turns: Vec<Turn>, among: Signal<Vec<RecordingId>>) -> impl IntoView {
    let turns = turns.into_iter().map(|turn| view! { <TurnView turn among/> }).collect_view();
    view! { <section class="day"><DayHead day/>{turns}</section> }
}

#[component]
fn TurnView(turn: Turn, among: Signal<Vec<RecordingId>>) -> impl IntoView {
    let (drawer, names) = (Drawer::expect(), Names::expect());
    let by = turn.speaker;
    let lines = turn
        .lines
        .into_iter()
        .map(|line| {
            let id = line.id;
            let words = if line.excerpt.is_empty() { line.title } else { line.excerpt };
            view! {
                <button type="button" class="talk-line" class:on=move || drawer.item.get() == Some(id)
                    on:click=move |_| drawer.open_in(id, among.get_untracked())>{words}</button>
            }
        })
        .collect_view();
    view! {
        <div class="turn">
            {by.map(|person| view! { <Avatar person/> })}
            <div class="turn-words">
                <p class="turn-by">{move || by.map_or_else(|| say::project::someone().to_owned(), |by| names.person_name(by))} " " <Clock at=turn.at/></p>
                {lines}
            </div>
        </div>
    }
}
