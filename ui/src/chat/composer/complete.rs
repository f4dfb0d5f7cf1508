//! What is offered while one types: commands behind a stroke, names behind an `@`.

use std::time::Duration;

use contract::commands::Search;
use contract::{Found, Hit};
use leptos::prelude::*;

use super::mention::{Draft, Named, draft};
use super::slash::{Slash, offers};
use crate::chat::markdown::shown;
use crate::palette::rank::ranked;
use crate::parts::{Avatar, Glyph, Icon, Show, kind_glyph};
use crate::say;
use crate::state::{Names, Query, effect, memo, use_query};

/// How long a name must rest before items are searched.
const REST: Duration = Duration::from_millis(120);
/// Names are not looked for in texts longer than this, in bytes: they were pasted.
const LONG: usize = 100_000;

/// Something that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Offer {
    /// A command.
    Slash(Slash),
    /// A name.
    Named(Named),
}

/// What is offered, and which of it Enter takes.
#[derive(Clone, Copy)]
pub(super) struct Completion {
    /// The name that is being typed.
    pub(super) draft: RwSignal<Option<Draft>>,
    /// The beginning of a command.
    slash: RwSignal<String>,
    /// What is offered.
    pub(super) offers: Memo<Vec<Offer>>,
    /// The one that Enter takes.
    pub(super) place: RwSignal<usize>,
    /// The person wants none of it.
    shut: RwSignal<bool>,
    words: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Completion {
    /// Of the component that asks.
    pub(super) fn here() -> Self {
        let names = Names::expect();
        let (draft, slash) = (RwSignal::new(None::<Draft>), RwSignal::new(String::new()));
        let words = RwSignal::new(String::new());
        let found = use_query(move || {
            let query = words.get();
            (query.trim().chars().count() >= 2).then(|| Search {
                query: query.trim().to_owned(),
                project: None,
                person: None,
                kinds: Vec::new(),
                put_away: false,
                limit: Some(6),
            })
        });
        let shut = RwSignal::new(false);
        let all = memo(move || {
            if shut.get() {
                return Vec::new();
            }
            if slash.with(|slash| !slash.is_empty()) {
                return slash.with(|typed| offers(typed)).into_iter().map(Offer::Slash).collect();
            }
            draft.get().map(|draft| named(&draft.words, names, found)).unwrap_or_default()
        });
        let timer = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_get_value() {
                timer.clear();
            }
        });
        Self { draft, slash, offers: all, place: RwSignal::new(0), shut, words, timer }
    }

    /// Takes over what stands before the caret.
    pub(super) fn look(self, text: &str, caret: usize) {
        let typed = if caret == text.len() && text.starts_with('/') && text.len() < 40 { text } else { "" };
        let name = if text.len() > LONG { None } else { draft(text, caret) };
        if self.slash.with_untracked(|slash| slash != typed) || self.draft.with_untracked(|draft| *draft != name) {
            self.slash.set(typed.to_owned());
            self.shut.set(false);
            self.place.set(0);
            self.search(name.as_ref().map(|name| name.words.clone()).unwrap_or_default());
            self.draft.set(name);
        }
    }

    fn search(self, words: String) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
        let ask = move || {
            if self.words.try_with_untracked(|now| *now != words) == Some(true) {
                self.words.set(words);
            }
        };
        self.timer.set_value(set_timeout_with_handle(ask, REST).ok());
    }

    /// Offers nothing until something else is typed.
    pub(super) fn shut(self) {
        self.shut.set(true);
    }

    /// Something is offered. Does not track.
    pub(super) fn is_open(self) -> bool {
        self.offers.with_untracked(|offers| !offers.is_empty())
    }

    /// The one that Enter takes.
    pub(super) fn chosen(self) -> Option<Offer> {
        self.offers.with_untracked(|offers| offers.get(self.place.get_untracked()).cloned())
    }

    /// One on, or one back; round at the ends.
    pub(super) fn step(self, down: bool) {
        let last = self.offers.with_untracked(Vec::len).saturating_sub(1);
        self.place.update(|place| {
            *place = match down {
                true if *place >= last => 0,
                true => *place + 1,
                false => place.checked_sub(1).unwrap_or(last),
            };
        });
    }
}

fn named(words: &str, names: Names, found: Query<Found>) -> Vec<Offer> {
    let (projects, people) = names.directory.value.with(|directory| {
        let directory = directory.as_ref();
        let projects: Vec<Named> = directory
            .iter()
            .flat_map(|directory| &directory.projects)
            .filter(|row| row.project.status == contract::Status::Active)
            .map(|row| Named::Project(row.project.id, row.project.name.clone()))
            .collect();
        let people: Vec<Named> = directory
            .iter()
            .flat_map(|directory| &directory.people)
            .map(|person| Named::Person(person.id, person.name.clone()))
            .collect();
        (projects, people)
    });
    let best = |all: Vec<Named>| {
        ranked(words, all, |named| named.name().to_owned()).into_iter().take(4).map(|(_, named)| named)
    };
    let mut offers: Vec<Named> = best(people).chain(best(projects)).collect();
    if words.trim().chars().count() >= 2 {
        found.value.with(|found| {
            for hit in found.iter().flat_map(|found| &found.hits) {
                if let Hit::Item { row, .. } = hit {
                    offers.push(Named::Item(row.id, row.title.clone(), names.project_name(row.project)));
                }
            }
        });
    }
    offers.into_iter().map(Offer::Named).collect()
}

/// The list above the field.
#[component]
pub(super) fn Offers(completion: Completion, #[prop(into)] on_take: Callback<Offer>) -> impl IntoView {
    let place = completion.place;
    effect(move || {
        let id = format!("chat-offer-{}", place.get());
        if let Some(element) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let rows = move || {
        completion
            .offers
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, offer)| {
                let taken = offer.clone();
                view! {
                    <div class="picker-item" class:on=move || place.get() == index role="option" id=format!("chat-offer-{index}")
                        aria-selected=move || if place.get() == index { "true" } else { "false" }
                        on:mousemove=move |_| if place.get_untracked() != index { place.set(index) }
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| on_take.run(taken.clone())>{inside(offer)}</div>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || completion.offers.with(|offers| !offers.is_empty())>
            <div class="chat-complete" id="chat-complete" role="listbox" aria-label=say::chat::completions()>{rows}</div>
        </Show>
    }
}

fn inside(offer: Offer) -> AnyView {
    match offer {
        Offer::Slash(slash) => view! {
            <code>"/"{slash.word()}</code><span class="grow cut picker-hint">{slash.summary()}</span>
        }
        .into_any(),
        Offer::Named(Named::Person(id, name)) => {
            view! { <Avatar person=id/><span class="grow cut">{shown(&name).into_owned()}</span> }.into_any()
        }
        Offer::Named(Named::Project(_, name)) => {
            view! { <Icon glyph=Glyph::FolderKanban/><span class="grow cut">{shown(&name).into_owned()}</span> }
                .into_any()
        }
        Offer::Named(Named::Item(_, title, place)) => view! {
            <Icon glyph=kind_glyph(contract::Kind::Todo)/><span class="grow cut">{shown(&title).into_owned()}</span>
            <span class="picker-hint cut">{place}</span>
        }
        .into_any(),
    }
}
