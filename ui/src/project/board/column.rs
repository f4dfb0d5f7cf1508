//! A strip of the board: a column, and its on-hold section under it.

use contract::commands::CreateCard;
use contract::{Kind, RecordingId};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::card::CardView;
use super::drag::{lane_id, stack_id};
use super::state::BoardState;
use crate::parts::{Each, Glyph, Icon, IconButton, Show};
use crate::project::place::Lane;
use crate::project::todos::offer::Offer;
use crate::say;
use crate::state::{effect, memo, use_command};

/// A strip.
#[component]
pub(super) fn Stack(stack: usize, offer: RwSignal<Option<Offer>>) -> impl IntoView {
    let state = expect_context::<BoardState>();
    let columns = memo(move || {
        state
            .lanes
            .with(|lanes| lanes.iter().filter(|lane| lane.stack == stack).map(|lane| lane.column).collect::<Vec<_>>())
    });
    let done = memo(move || {
        columns.with(|columns| columns.first().is_some_and(|id| kind_of(state, *id) == Some(Kind::DoneColumn)))
    });
    view! {
        <div class="stack" class:is-done=move || done.get()>
            <div class="stack-cards" id=stack_id(stack)>
                <Each each=move || columns.get() key=|column| *column let(column)>
                    <Column column offer/>
                </Each>
            </div>
        </div>
    }
}

fn kind_of(state: BoardState, column: RecordingId) -> Option<Kind> {
    state.columns.with(|columns| columns.iter().find(|one| one.column.id == column).map(|one| one.column.kind))
}

/// So many cards of a column are drawn before one asks for the rest.
const FIRST: usize = 100;

#[component]
fn Column(column: RecordingId, offer: RwSignal<Option<Offer>>) -> impl IntoView {
    let state = expect_context::<BoardState>();
    let kind = memo(move || kind_of(state, column));
    let on_hold = move || kind.get() == Some(Kind::OnHoldColumn);
    let color = memo(move || {
        state.columns.with(|columns| {
            columns.iter().find(|one| one.column.id == column).map(|one| one.color.clone()).unwrap_or_default()
        })
    });
    let name = memo(move || {
        state.columns.with(|columns| {
            columns.iter().find(|one| one.column.id == column).map(|one| one.column.title.clone()).unwrap_or_default()
        })
    });
    let lane = memo(move || state.lanes.with(|lanes| lanes.iter().find(|lane: &&Lane| lane.column == column).cloned()));
    let count = memo(move || lane.with(|lane| lane.as_ref().map_or(0, |lane| lane.cards.len())));
    let all = RwSignal::new(false);
    let cards = memo(move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        lane.with(|lane| lane.iter().flat_map(|lane| lane.cards.iter().copied()).take(most).collect::<Vec<_>>())
    });
    let target = memo(move || {
        state.drag.with(|drag| {
            drag.and_then(|drag| drag.spot.filter(|spot| spot.column == column).map(|spot| (drag.card, spot.position)))
        })
    });
    // The card that the dragged one would land before; none when it would land at the end.
    let before = memo(move || {
        let (card, position) = target.get()?;
        let index = usize::try_from(position).ok()?.checked_sub(1)?;
        cards.with(|cards| cards.iter().copied().filter(|other| *other != card).nth(index))
    });
    view! {
        <section class="lane" class:hold=on_hold class:target=move || target.get().is_some() aria-label=move || name.get()>
            <header class="lane-head">
                <Show when=on_hold fallback=move || view! { <span class=move || format!("lane-color {}", color_class(&color.get())) aria-hidden="true"></span> }>
                    <Icon glyph=Glyph::CirclePause/>
                </Show>
                <h2 class="cut">{move || if on_hold() { say::project::on_hold().to_owned() } else { name.get() }}</h2>
                <small class="num">{move || count.get()}</small>
                <span class="grow"></span>
                <IconButton glyph=Glyph::Plus label=Signal::derive(move || say::project::add_card_to(name.get()))
                    on_click=move |_| state.adding.set(Some(column))/>
            </header>
            <Show when=move || state.adding.get() == Some(column)><AddCard column/></Show>
            <div class="lane-cards" id=lane_id(column) role="grid" aria-label=move || name.get() class:at-end=move || target.get().is_some() && before.get().is_none()>
                <Each each=move || cards.get() key=|card| *card let(card)>
                    <CardView id=card before=Signal::derive(move || before.get() == Some(card)) offer/>
                </Each>
                <Show when=move || count.get() == 0 && state.adding.get() != Some(column)>
                    <p class="lane-none">{move || if target.get().is_some() { say::project::drop_here() } else { say::project::no_cards() }}</p>
                </Show>
            </div>
            <Show when=move || { count.get() > cards.with(Vec::len) }>
                <button type="button" class="lane-more" on:click=move |_| all.set(true)>
                    {move || say::project::show_more(count.get() - cards.with(Vec::len).min(count.get()))}
                </button>
            </Show>
        </section>
    }
}

/// Basecamp names its column colours; an unknown one is grey.
fn color_class(name: &str) -> &'static str {
    match name {
        "red" | "pink" => "bad",
        "orange" | "yellow" | "brown" => "warn",
        "green" | "aqua" => "good",
        "blue" | "purple" => "accent",
        _ => "plain",
    }
}

#[component]
fn AddCard(column: RecordingId) -> impl IntoView {
    let state = expect_context::<BoardState>();
    let create = use_command::<CreateCard>();
    let title = RwSignal::new(String::new());
    let field = NodeRef::<html::Textarea>::new();
    effect(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let leave = move || {
        state.adding.set(None);
        if let Some(board) = state.element.get_untracked() {
            let _ = board.focus();
        }
    };
    let add = move || {
        let text = title.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let make = CreateCard { column, title: text.clone(), body: String::new(), due_on: None, assignees: Vec::new() };
        create.run_then(make, move |written| {
            state.said.set(say::project::added(&text));
            state.focus.set(Some(written.item.id));
            title.set(String::new());
        });
    };
    let keys = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" if !event.is_composing() && !event.shift_key() => {
                event.prevent_default();
                add();
            }
            "Escape" => {
                event.prevent_default();
                leave();
            }
            _ => {}
        }
    };
    view! {
        <div class="card adding">
            <textarea rows="2" class="card-field" aria-label=say::project::card_title() placeholder=say::project::card_hint() node_ref=field
                prop:value=move || title.get() on:input=move |event| title.set(event_target_value(&event)) on:keydown=keys></textarea>
        </div>
    }
}
