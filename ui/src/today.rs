//! The day: what to do first, what is late and due, what is mine, who is waited for, and what happened.

mod first;
mod since;

use contract::commands::ShowToday;
use contract::{Row, Today};
use leptos::html;
use leptos::prelude::*;

use crate::parts::day::long_date;
use crate::parts::{Button, ButtonKind, Each, Empty, Glyph, Loaded, Show, TaskRow, row_key, use_row_keys};
use crate::say;
use crate::state::{Query, Route, Router, Session, SyncState, memo, use_query};

/// A section shows so many rows before it is asked for the rest.
const SHOWN: usize = 10;

/// The day.
#[component]
pub fn TodayScreen() -> impl IntoView {
    let session = Session::expect();
    let today = use_query(move || session.workspace.get().map(|_| ShowToday { date: None }));
    let date = move || today.value.with(|today| today.as_ref().map_or_else(|| session.today(), |today| today.date));
    let root = NodeRef::<html::Div>::new();
    use_row_keys(root);
    view! {
        <section class="screen" aria-labelledby="today-title">
            <div class="page" node_ref=root>
                <header class="screen-head">
                    <h1 id="today-title">{say::today::title()}</h1>
                    <small>{move || long_date(date())}</small>
                    <span class="grow"></span>
                    <small class="num">{move || today.value.with(|today| today.as_ref().map(summary))}</small>
                </header>
                <Loaded query=today>
                    <Day today/>
                </Loaded>
            </div>
        </section>
    }
}

/// The day's numbers in a line.
fn summary(today: &Today) -> String {
    let count = |number: usize, words: fn(usize) -> String| (number > 0).then(|| words(number));
    let parts = [
        count(today.overdue.len(), say::today::late),
        count(today.due_today.len(), say::today::due),
        count(today.mine.len(), say::today::more_of_mine),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[component]
fn Day(today: Query<Today>) -> impl IntoView {
    let part = move |pick: fn(&Today) -> Vec<Row>| {
        memo(move || today.value.with(|today| today.as_ref().map(pick).unwrap_or_default()))
    };
    let due = part(|today| today.overdue.iter().chain(&today.due_today).cloned().collect());
    let mine = part(|today| today.mine.clone());
    let waiting = part(|today| today.waiting.clone());
    let nothing = memo(move || {
        let changes = today.value.with(|today| today.as_ref().is_some_and(|today| !today.changes.is_empty()));
        !changes && [due, mine, waiting].iter().all(|rows| rows.with(Vec::is_empty))
    });
    // Drawn two frames later. With more than a few tasks these lie below the window's edge, and what is above is there sooner;
    // with fewer, or on a high screen, one sees them come.
    let below = RwSignal::new(false);
    request_animation_frame(move || request_animation_frame(move || _ = below.try_set(true)));
    let waits = move || below.get() && waiting.with(|rows| !rows.is_empty());
    view! {
        <Show when=move || !nothing.get() fallback=NothingYet>
            <first::FirstThings today/>
            <Section title=say::today::late_and_due() rows=due>
                <p class="calm">{say::today::none_due()}</p>
            </Section>
            <Show when=move || mine.with(|rows| !rows.is_empty())>
                <Section title=say::today::mine() note=say::today::mine_note() rows=mine/>
            </Show>
            <Show when=waits><Section title=say::today::waiting() note=say::today::waiting_note() rows=waiting/></Show>
            <Show when=move || below.get()><since::Since today/></Show>
        </Show>
    }
}

#[component]
fn Section(
    title: &'static str,
    #[prop(optional)] note: &'static str,
    rows: Memo<Vec<Row>>,
    /// What stands there when it is empty.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let whole = RwSignal::new(false);
    let count = memo(move || rows.with(Vec::len));
    let shown = memo(move || {
        let most = if whole.get() { usize::MAX } else { SHOWN };
        rows.with(|rows| rows.iter().take(most).cloned().collect::<Vec<_>>())
    });
    let rest = memo(move || if whole.get() { 0 } else { count.get().saturating_sub(SHOWN) });
    view! {
        <section class="section">
            <h2 class="section-head">{title}<small class="num">{move || count.get()}</small><small>{note}</small></h2>
            <Each each=move || shown.get() key=row_key let(row)>
                <TaskRow row/>
            </Each>
            <Show when=move || { rest.get() > 0 }>
                <Button kind=ButtonKind::Bare on_click=move |_| whole.set(true)>{move || say::today::show_more(rest.get())}</Button>
            </Show>
            {move || children.as_ref().filter(|_| count.get() == 0).map(|children| children())}
        </section>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    let (sync, router) = (SyncState::expect(), Router::expect());
    move || {
        if sync.first_fetch() {
            view! {
                <Empty glyph=Glyph::RefreshCw title=say::today::on_their_way()
                    text=say::today::on_their_way_text()
                    action=say::today::progress() on_action=move |()| router.go(Route::Sync)/>
            }
            .into_any()
        } else {
            view! {
                <Empty glyph=Glyph::Sun title=say::today::clear()
                    text=say::today::clear_text()
                    action=say::today::browse() on_action=move |()| router.go(Route::Projects)/>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests;
