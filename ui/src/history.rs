//! What was done here, by whom and through which door, with undo.

mod choosing;
pub(crate) mod days;
mod entry;
pub(crate) mod fields;
mod moved;
mod recipes;
pub(crate) mod versions;
pub(crate) mod wording;

use std::collections::BTreeSet;

use contract::HistoryEntry;
use contract::commands::ListHistory;
use leptos::prelude::*;

use self::choosing::{Choosing, ChoosingBar};
use self::days::{Sieve, days};
use self::entry::{EntryView, Waiting};
use self::moved::{Asked, MovedDialog};
use self::recipes::{KeepDialog, Recipes};
use self::wording::Doer;
use crate::parts::{Button, Each, Empty, Glyph, Icon, Loaded, Segments, Select, Show};
use crate::project::shown::DayHead;
use crate::say;
use crate::state::{Route, Router, Session, memo, use_query};

/// So many sets at first, and more each time one asks.
const STEP: u32 = 100;
/// The most that one may ask for.
const MOST: u32 = 500;

/// What the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What was done.
    Done,
    /// What was kept to be done again.
    Recipes,
}

/// The history.
#[component]
pub fn HistoryScreen() -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    Waiting::provide();
    let choosing = Choosing::provide();
    let (part, keeping) = (RwSignal::new(Part::Done), RwSignal::new(Vec::new()));
    let choose = move |()| {
        part.set(Part::Done);
        choosing.0.set(Some(BTreeSet::new()));
    };
    let limit = RwSignal::new(STEP);
    let history = use_query(move || Some(ListHistory { before: None, limit: Some(limit.get()) }));
    let sieve = RwSignal::new(Sieve::default());
    let asked = RwSignal::new(None::<Asked>);
    let shown = memo(move || {
        let zone = session.zone();
        history.value.with(|list| {
            sieve.with(|sieve| days(list.as_deref().unwrap_or_default(), sieve, |at| at.to_zoned(zone.clone()).date()))
        })
    });
    let count = memo(move || history.value.with(|list| list.as_ref().map_or(0, Vec::len)));
    let maybe_more = move || limit.get() < MOST && usize::try_from(limit.get()).is_ok_and(|limit| count.get() >= limit);
    view! {
        <section class="screen history">
            <header class="screen-head">
                <h1>{say::history::title()}</h1>
                <Segments label=say::history::what_is_shown() options=vec![(Part::Done, say::history::done()), (Part::Recipes, say::history::recipes())] value=part on_change=move |chosen| part.set(chosen)/>
                <span class="grow"></span>
                <Show when=move || part.get() == Part::Done>
                    <Button glyph=Glyph::ListChecks on_click=move |_| choose(())>{say::history::make_recipe()}</Button>
                    <Filters sieve/>
                </Show>
            </header>
            <Show when=move || part.get() == Part::Done fallback=move || view! { <Recipes on_choose=choose/> }>
            <Loaded query=history>
                <Show when=move || shown.with(|days| !days.is_empty()) fallback=move || view! {
                    <Show when=move || sieve.with(Sieve::is_open) fallback=move || view! {
                        <Empty glyph=Glyph::Search title=say::history::none_fits() text=say::history::none_fits_text()
                            action=say::history::show_all() on_action=move |()| sieve.set(Sieve::default())/>
                    }>
                        <Empty glyph=Glyph::History title=say::history::nothing_yet() text=say::history::nothing_yet_text()
                            action=say::history::go_to_projects() on_action=move |()| router.go(Route::Projects)/>
                    </Show>
                }>
                    <Each each=move || shown.get() key=|(day, list)| (*day, list.iter().map(|entry| (entry.set, entry.state as u8)).collect::<Vec<_>>()) let((day, list))>
                        <Day day list asked/>
                    </Each>
                    <Show when=maybe_more>
                        <div class="history-more">
                            <Button busy=history.loading on_click=move |_| limit.update(|limit| *limit = (*limit + STEP).min(MOST))>{say::history::older()}</Button>
                        </div>
                    </Show>
                </Show>
            </Loaded>
            <ChoosingBar on_keep=move |chosen| keeping.set(chosen)/>
            </Show>
            <MovedDialog asked/>
            <KeepDialog sets=keeping on_kept=move |()| { choosing.0.set(None); part.set(Part::Recipes) }/>
        </section>
    }
}

#[component]
fn Filters(sieve: RwSignal<Sieve>) -> impl IntoView {
    let options: Vec<(String, String)> = std::iter::once((String::new(), say::history::everyone().to_owned()))
        .chain(Doer::ALL.iter().map(|doer| (doer.key().to_owned(), doer.label().to_owned())))
        .collect();
    let doer =
        Signal::derive(move || sieve.with(|sieve| sieve.doer.map(|doer| doer.key().to_owned()).unwrap_or_default()));
    let choose =
        move |key: String| sieve.update(|sieve| sieve.doer = Doer::ALL.into_iter().find(|doer| doer.key() == key));
    view! {
        <label class="sieve">
            <Icon glyph=Glyph::Search/>
            <input type="search" placeholder=say::history::filter() aria-label=say::history::filter() autocomplete="off" spellcheck="false"
                prop:value=move || sieve.with(|sieve| sieve.words.clone())
                on:input=move |event| sieve.update(|sieve| sieve.words = event_target_value(&event))/>
        </label>
        <Select bare=true label=say::history::by_whom() options=options value=doer on_change=choose/>
    }
}

#[component]
fn Day(day: jiff::civil::Date, list: Vec<HistoryEntry>, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    let note = say::history::entries(list.len());
    let entries = list.into_iter().map(|entry| view! { <EntryView entry asked/> }).collect_view();
    view! { <section class="day"><DayHead day note/>{entries}</section> }
}
