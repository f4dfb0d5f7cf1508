//! What the palette knows while it is open: what was typed, which filters hold, and what that finds.

use std::time::Duration;

use contract::commands::{Search, ShowTodoLists};
use contract::{Code, Found, Hit, Kind, PersonId, ProjectId, RecordingId, TodoLists};
use leptos::prelude::*;

use super::actions::actions;
use super::entry::Entry;
use super::query::{Facet, Filter, draft, offers, settle};
use super::rank::ranked;
use super::recall;
use crate::parts::Glyph;
use crate::project::outline::sections;
use crate::say;
use crate::state::{Names, Query, Session, SyncState, memo, use_query};

/// What the field asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    /// Anything.
    Root,
    /// The project of a to-do to make.
    Project,
    /// Its list.
    List(ProjectId),
    /// Its title.
    Title(RecordingId, String),
}

impl Stage {
    /// What the empty field says.
    pub(super) fn placeholder(&self) -> String {
        match self {
            Self::Root => say::palette::root().into(),
            Self::Project => say::palette::in_which_project().into(),
            Self::List(_) => say::palette::in_which_list().into(),
            Self::Title(_, list) => say::palette::title_in(list),
        }
    }
}

/// The open palette.
#[derive(Clone, Copy)]
pub(super) struct PaletteState {
    /// What was typed.
    pub(super) text: RwSignal<String>,
    /// The filters that hold.
    pub(super) filters: RwSignal<Vec<Filter>>,
    /// What the field asks for.
    pub(super) stage: RwSignal<Stage>,
    /// The entry that Enter takes.
    pub(super) place: RwSignal<usize>,
    /// What is offered.
    pub(super) entries: Memo<Vec<Entry>>,
    /// A search is on its way.
    pub(super) busy: Signal<bool>,
    found: Query<Found>,
    words: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    names: Names,
}

/// How long typing must rest before it is searched.
const REST: Duration = Duration::from_millis(60);
/// So many actions at most beside what was found.
const ACTIONS: usize = 6;
/// So many projects at most beside what was found.
const PROJECTS: usize = 5;

impl PaletteState {
    /// That of the component that asks.
    pub(super) fn here() -> Self {
        let (names, session, sync) = (Names::expect(), Session::expect(), SyncState::expect());
        let (text, words) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let filters = RwSignal::new(Vec::new());
        let stage = RwSignal::new(Stage::Root);
        let found = use_query(move || {
            let words = words.get();
            let filters = filters.get();
            let wanted = stage.get() == Stage::Root && !(words.trim().is_empty() && filters.is_empty());
            wanted.then(|| search(words, &filters))
        });
        let lists = use_query(move || match stage.get() {
            Stage::List(project) => Some(ShowTodoLists { project, completed: false, put_away: false }),
            Stage::Root | Stage::Project | Stage::Title(..) => None,
        });
        let recent = recall::list();
        let entries = memo(move || {
            let typed = text.get();
            match stage.get() {
                Stage::Root => {
                    if let Some(draft) = draft(&typed) {
                        let (projects, people) = (projects(names), people(names));
                        return offers(&draft, &projects, &people).into_iter().map(Entry::Filter).collect();
                    }
                    let narrowed = !filters.with(Vec::is_empty);
                    let all = if narrowed { Vec::new() } else { actions(session, sync) };
                    if typed.trim().is_empty() && !narrowed {
                        let recent = recent.iter().take(6).cloned().map(Entry::Recent);
                        return recent.chain(all.into_iter().map(Entry::Action)).collect();
                    }
                    root_entries(&typed, all, narrowed, names, found)
                }
                Stage::Project => {
                    let projects = projects(names).into_iter().map(|(id, name)| Entry::ForTodo(id, name));
                    ranked(&typed, projects, Entry::name).into_iter().map(|(_, entry)| entry).collect()
                }
                Stage::List(_) => lists.value.with(|lists| list_entries(&typed, lists.as_ref())),
                Stage::Title(..) => Vec::new(),
            }
        });
        let busy = Signal::derive(move || found.loading.get());
        let timer = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_get_value() {
                timer.clear();
            }
        });
        Self { text, filters, stage, place: RwSignal::new(0), entries, busy, found, words, timer, names }
    }

    /// Takes over what was typed; searches once typing rests.
    pub(super) fn typed(self, text: String) {
        self.place.set(0);
        let root = self.stage.with_untracked(|stage| *stage == Stage::Root);
        let settled = if root { settle(&text, &projects(self.names), &people(self.names)) } else { None };
        if let Some((filter, rest)) = settled {
            self.hold(filter);
            self.text.set(rest);
        } else {
            self.text.set(text);
        }
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        let rest = set_timeout_with_handle(
            move || {
                if let Some(text) = self.text.try_get_untracked() {
                    let words = draft(&text).map_or(text, |draft| draft.before);
                    if self.words.try_get_untracked().as_ref() != Some(&words) {
                        self.words.set(words);
                    }
                }
            },
            REST,
        );
        self.timer.set_value(rest.ok());
    }

    /// Takes a filter; it replaces one that narrows the same.
    pub(super) fn hold(self, filter: Filter) {
        self.filters.update(|filters| {
            filters.retain(|one| !one.rivals(&filter));
            filters.push(filter);
        });
    }

    /// Takes the filter that is being typed.
    pub(super) fn hold_draft(self, filter: Filter) {
        let rest = self.text.with_untracked(|text| draft(text).map(|draft| draft.before).unwrap_or_default());
        self.hold(filter);
        self.typed(if rest.is_empty() { rest } else { format!("{rest} ") });
    }

    /// Gives the last filter up. False when there is none.
    pub(super) fn drop_filter(self) -> bool {
        self.filters.try_update(|filters| filters.pop().is_some()).unwrap_or(false)
    }

    /// Goes to another stage with an empty field.
    pub(super) fn go(self, stage: Stage) {
        self.stage.set(stage);
        self.typed(String::new());
    }

    /// Back to the beginning. False when one is there.
    pub(super) fn step_back(self) -> bool {
        let before = match self.stage.get_untracked() {
            Stage::Root => return false,
            Stage::Project => Stage::Root,
            Stage::List(_) | Stage::Title(..) => Stage::Project,
        };
        self.go(before);
        true
    }

    /// What is to be said beside the entries. Tracks.
    pub(super) fn remark(self) -> Option<(String, Glyph)> {
        let stage = self.stage.get();
        if let Stage::Title(_, list) = &stage {
            return Some((say::palette::enter_adds(list), Glyph::CornerDownLeft));
        }
        if stage == Stage::Root
            && let Some(fault) = self.found.fault.get()
        {
            let glyph = match fault.code {
                Code::Forbidden | Code::NeedsApproval => Glyph::Lock,
                Code::Offline => Glyph::CloudOff,
                Code::Invalid
                | Code::NotFound
                | Code::SignInNeeded
                | Code::VaultLocked
                | Code::Conflict
                | Code::Busy
                | Code::Storage
                | Code::Upstream
                | Code::Cancelled
                | Code::Internal => Glyph::CircleAlert,
            };
            return Some((fault.message, glyph));
        }
        let typed = self.text.get();
        let searching = stage == Stage::Root && !(typed.trim().is_empty() && self.filters.with(Vec::is_empty));
        let corrected =
            self.found.value.with(|found| found.as_ref().map(|found| found.corrected.clone()).unwrap_or_default());
        if searching && !corrected.is_empty() {
            return Some((say::palette::corrected(corrected), Glyph::Info));
        }
        if !self.entries.with(Vec::is_empty) {
            return self.count().filter(|_| searching).map(|text| (text, Glyph::ListTree));
        }
        if self.busy.get() {
            return Some((say::palette::searching().into(), Glyph::Search));
        }
        let text = match draft(&typed).map(|draft| draft.facet) {
            Some(Facet::In) => say::palette::no_project(),
            Some(Facet::By) => say::palette::no_person(),
            Some(Facet::Type) => say::palette::no_type(),
            None if stage == Stage::Root => say::palette::none_found(),
            None => say::palette::none_called(),
        };
        Some((text.into(), Glyph::Search))
    }

    /// That more was found than is shown.
    fn count(self) -> Option<String> {
        self.found.value.with(|found| {
            let found = found.as_ref()?;
            let (shown, total) = (found.hits.len(), usize::try_from(found.total).unwrap_or(usize::MAX));
            (total > shown).then(|| match total {
                1_000.. => say::palette::BestOfMore { shown, total }.text(),
                _ => say::palette::BestOf { shown, total }.text(),
            })
        })
    }
}

fn search(words: String, filters: &[Filter]) -> Search {
    let mut search = Search {
        query: words.trim().to_owned(),
        project: None,
        person: None,
        kinds: Vec::new(),
        put_away: false,
        limit: Some(40),
    };
    for filter in filters {
        match filter {
            Filter::In(id, _) => search.project = Some(*id),
            Filter::By(id, _) => search.person = Some(*id),
            Filter::Type(sort) => search.kinds = sort.kinds(),
        }
    }
    search
}

fn root_entries(
    typed: &str,
    all: Vec<super::actions::Action>,
    narrowed: bool,
    names: Names,
    found: Query<Found>,
) -> Vec<Entry> {
    let fitting = ranked(typed, all, |action| action.label.clone());
    let mut entries: Vec<Entry> = fitting.into_iter().take(ACTIONS).map(|(_, action)| Entry::Action(action)).collect();
    let mut known: Vec<ProjectId> = Vec::new();
    if !narrowed {
        for (_, (id, name)) in ranked(typed, projects(names), |(_, name)| name.clone()).into_iter().take(PROJECTS) {
            known.push(id);
            entries.push(Entry::Project(id, name));
        }
    }
    found.value.with(|found| {
        for hit in found.iter().flat_map(|found| found.hits.iter()) {
            match hit {
                Hit::Project { id, .. } if known.contains(id) => {}
                Hit::Project { id, name } => entries.push(Entry::Project(*id, name.clone())),
                Hit::Person { id, name } => entries.push(Entry::Person(*id, name.clone())),
                Hit::Item { row, snippet } => {
                    let place = names.project_name(row.project);
                    entries.push(Entry::Item { row: row.clone(), snippet: snippet.clone(), place });
                }
            }
        }
    });
    // One head a section, in this order.
    entries.sort_by_key(Entry::rank);
    entries
}

fn list_entries(typed: &str, lists: Option<&TodoLists>) -> Vec<Entry> {
    let all = lists.map(sections).unwrap_or_default().into_iter().map(|(section, _)| {
        let name = if section.list.kind == Kind::TodoSet {
            say::palette::loose().to_owned()
        } else {
            section.list.title.clone()
        };
        Entry::ForList(section.list.id, name)
    });
    ranked(typed, all, Entry::name).into_iter().map(|(_, entry)| entry).collect()
}

fn projects(names: Names) -> Vec<(ProjectId, String)> {
    names.directory.value.with(|directory| {
        let rows = directory.iter().flat_map(|directory| directory.projects.iter());
        rows.filter(|row| row.project.status == contract::Status::Active)
            .map(|row| (row.project.id, row.project.name.clone()))
            .collect()
    })
}

fn people(names: Names) -> Vec<(PersonId, String)> {
    names.directory.value.with(|directory| {
        directory
            .iter()
            .flat_map(|directory| directory.people.iter())
            .map(|person| (person.id, person.name.clone()))
            .collect()
    })
}
