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

/// A section shows so many rows before it is asked for more. `boot.js` asks for as many.
pub(crate) const SHOWN: u32 = 10;
/// So many more come at once, where there are as many.
const MORE: u32 = 500;
/// More of a list are not read by anybody: the head says how many there are.
const MOST: u32 = 5000;

/// The day.
#[component]
pub fn TodayScreen() -> impl IntoView {
    let session = Session::expect();
    let limit = RwSignal::new(SHOWN);
    let today = use_query(move || session.workspace.get().map(|_| ShowToday { date: None, limit: Some(limit.get()) }));
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
                    <Day today limit/>
                </Loaded>
            </div>
        </section>
    }
}

/// The day's numbers in a line.
fn summary(today: &Today) -> String {
    let count = |number: u32, words: fn(u32) -> String| (number > 0).then(|| words(number));
    let parts = [
        count(today.counts.overdue, say::today::late),
        count(today.counts.due_today, say::today::due),
        count(today.counts.mine, say::today::more_of_mine),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[component]
fn Day(
    today: Query<Today>,
    /// So many rows of each list are asked for.
    limit: RwSignal<u32>,
) -> impl IntoView {
    let part = move |pick: fn(&Today) -> Listed| {
        let listed = memo(move || today.value.with(|today| today.as_ref().map(pick).unwrap_or_default()));
        Part { listed, limit, today }
    };
    let due = part(due);
    let mine = part(|today| Listed { rows: today.mine.clone(), count: today.counts.mine });
    let waiting = part(|today| Listed { rows: today.waiting.clone(), count: today.counts.waiting });
    let nothing = memo(move || {
        let changes = today.value.with(|today| today.as_ref().is_some_and(|today| !today.changes.is_empty()));
        !changes && [due, mine, waiting].iter().all(|part| part.is_empty())
    });
    // Drawn two frames later. With more than a few tasks these lie below the window's edge, and what is above is there sooner;
    // with fewer, or on a high screen, one sees them come.
    let below = RwSignal::new(false);
    request_animation_frame(move || request_animation_frame(move || _ = below.try_set(true)));
    let waits = move || below.get() && !waiting.is_empty();
    view! {
        <Show when=move || !nothing.get() fallback=NothingYet>
            <first::FirstThings today/>
            <Section title=say::today::late_and_due() part=due>
                <p class="calm">{say::today::none_due()}</p>
            </Section>
            <Show when=move || !mine.is_empty()>
                <Section title=say::today::mine() note=say::today::mine_note() part=mine/>
            </Show>
            <Show when=waits><Section title=say::today::waiting() note=say::today::waiting_note() part=waiting/></Show>
            <Show when=move || below.get()><since::Since today/></Show>
        </Show>
    }
}

/// The first rows of a list, and how long it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Listed {
    rows: Vec<Row>,
    count: u32,
}

/// What is late, then what is due; the second comes once the first is here to its end.
fn due(today: &Today) -> Listed {
    let whole = u32::try_from(today.overdue.len()).is_ok_and(|here| here >= today.counts.overdue);
    let then = today.due_today.iter().filter(|_| whole);
    let rows = today.overdue.iter().chain(then).cloned().collect();
    Listed { rows, count: today.counts.overdue.saturating_add(today.counts.due_today) }
}

/// A list on the screen.
#[derive(Clone, Copy)]
struct Part {
    listed: Memo<Listed>,
    limit: RwSignal<u32>,
    today: Query<Today>,
}

impl Part {
    fn is_empty(self) -> bool {
        self.listed.with(|listed| listed.rows.is_empty())
    }

    /// Asks for so many rows, where they are not here; once more where so many were asked for before, and did not come.
    fn want(self, rows: u32) {
        if self.listed.with_untracked(|listed| u32::try_from(listed.rows.len()).is_ok_and(|here| here >= rows)) {
            return;
        }
        if rows > self.limit.get_untracked() {
            self.limit.set(rows);
        } else {
            self.today.retry();
        }
    }
}

#[component]
fn Section(
    title: &'static str,
    #[prop(optional)] note: &'static str,
    part: Part,
    /// What stands there when it is empty.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let most = RwSignal::new(SHOWN);
    let count = memo(move || part.listed.with(|listed| listed.count));
    let shown = memo(move || {
        let most = usize::try_from(most.get()).unwrap_or(usize::MAX);
        part.listed.with(|listed| listed.rows.iter().take(most).cloned().collect::<Vec<_>>())
    });
    let here = memo(move || u32::try_from(shown.with(Vec::len)).unwrap_or(u32::MAX));
    let more = memo(move || next(here.get(), count.get()));
    let show_more = move |_| {
        let wanted = here.get_untracked().saturating_add(more.get_untracked());
        most.set(wanted);
        part.want(wanted);
    };
    view! {
        <section class="section">
            <h2 class="section-head">{title}<small class="num">{move || count.get()}</small><small>{note}</small></h2>
            <Each each=move || shown.get() key=row_key let(row)>
                <TaskRow row/>
            </Each>
            <Show when=move || { more.get() > 0 }>
                <Button kind=ButtonKind::Bare on_click=show_more>{move || say::today::show_more(more.get())}</Button>
            </Show>
            {move || children.as_ref().filter(|_| count.get() == 0).map(|children| children())}
        </section>
    }
}

/// How many rows come next, where so many of a list are on show.
fn next(shown: u32, count: u32) -> u32 {
    count.min(MOST).saturating_sub(shown).min(MORE)
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
