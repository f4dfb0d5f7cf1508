//! What the outline knows while it is on show.

use std::collections::HashSet;

use contract::commands::{CreateTodo, ShowTodoLists};
use contract::{ProjectId, RecordingId, TodoLists};
use leptos::prelude::*;

use super::offer::Offer;
use crate::project::deeds::Deeds;
use crate::project::outline::{Line, LineKey, flatten, refocus};
use crate::say;
use crate::state::{Act, Drawer, Query, effect, memo, use_command, use_query};

/// The outline on show.
#[derive(Clone, Copy)]
pub(crate) struct TodosState {
    /// The read behind it.
    pub(crate) query: Query<TodoLists>,
    /// Completed ones too.
    pub(crate) completed: RwSignal<bool>,
    /// Archived and trashed ones too.
    pub(crate) put_away: RwSignal<bool>,
    /// The lists whose lines are hidden.
    pub(crate) folded: RwSignal<HashSet<RecordingId>>,
    /// What is drawn.
    pub(crate) lines: Memo<Vec<Line>>,
    /// The line that the keys go to.
    pub(crate) current: RwSignal<usize>,
    /// The list that a to-do is being added to.
    pub(crate) adding: RwSignal<Option<RecordingId>>,
    /// What was typed into the adding field. It is kept here because the field moves down with each to-do that is added.
    pub(crate) draft: RwSignal<String>,
    /// What is offered for a to-do.
    pub(crate) offer: RwSignal<Option<Offer>>,
    /// What a screen reader is told.
    pub(crate) said: RwSignal<String>,
    /// What can be done.
    pub(crate) deeds: Deeds,
    /// Makes to-dos.
    pub(crate) create: Act<CreateTodo>,
    drawer: Drawer,
}

impl TodosState {
    /// That of a project.
    pub(crate) fn of(project: ProjectId) -> Self {
        let (completed, put_away) = (RwSignal::new(false), RwSignal::new(false));
        let query =
            use_query(move || Some(ShowTodoLists { project, completed: completed.get(), put_away: put_away.get() }));
        let folded = RwSignal::new(HashSet::new());
        let lines = memo(move || {
            query.value.with(|lists| {
                lists.as_ref().map(|lists| folded.with(|folded| flatten(lists, folded))).unwrap_or_default()
            })
        });
        let state = Self {
            query,
            completed,
            put_away,
            folded,
            lines,
            current: RwSignal::new(0),
            adding: RwSignal::new(None),
            draft: RwSignal::new(String::new()),
            offer: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            deeds: Deeds::here(),
            create: use_command::<CreateTodo>(),
            drawer: Drawer::expect(),
        };
        state.keep_focus();
        state
    }

    /// The focus stays on its line while lines come and go; when its line goes, it takes the next one.
    fn keep_focus(self) {
        let focused = StoredValue::new(None::<LineKey>);
        Effect::new(move |before: Option<Vec<LineKey>>| {
            let keys: Vec<LineKey> = self.lines.with(|lines| lines.iter().map(Line::key).collect());
            let here = self.current.get_untracked();
            let next = match (before, focused.get_value()) {
                (Some(before), Some(key)) => refocus(&before, &keys, key),
                (_, _) => keys.get(here).copied(),
            };
            // Also when another line has come to the same place.
            focused.set_value(next);
            let index = next.and_then(|next| keys.iter().position(|key| *key == next));
            if let Some(index) = index.filter(|index| *index != here) {
                self.current.set(index);
            }
            keys
        });
        effect(move || {
            let index = self.current.get();
            focused.set_value(self.line_at(index).map(|line| line.key()));
        });
    }

    /// The line at an index. Does not track.
    pub(crate) fn line_at(self, index: usize) -> Option<Line> {
        self.lines.with_untracked(|lines| lines.get(index).cloned())
    }

    /// Puts the focus on a line.
    pub(crate) fn go(self, key: LineKey) {
        let index = self.lines.with_untracked(|lines| lines.iter().position(|line| line.key() == key));
        if let Some(index) = index {
            self.current.set(index);
        }
    }

    /// Enter, or a click.
    pub(crate) fn open(self, index: usize) {
        match self.line_at(index) {
            Some(Line::Head { list, .. }) => self.fold(list.id),
            Some(Line::Todo { row, .. }) => self.drawer.open_in(row.id, self.todo_ids()),
            Some(Line::Add { list, .. }) => self.add_to(list),
            None => {}
        }
    }

    /// Space or x.
    pub(crate) fn act(self, index: usize) {
        match self.line_at(index) {
            Some(Line::Todo { row, .. }) => self.deeds.tick(&row),
            Some(Line::Head { list, .. }) => self.fold(list.id),
            Some(Line::Add { list, .. }) => self.add_to(list),
            None => {}
        }
    }

    fn todo_ids(self) -> Vec<RecordingId> {
        self.lines.with_untracked(|lines| {
            lines
                .iter()
                .filter_map(|line| match line {
                    Line::Todo { row, .. } => Some(row.id),
                    Line::Head { .. } | Line::Add { .. } => None,
                })
                .collect()
        })
    }

    /// Folds a list, or unfolds it.
    pub(crate) fn fold(self, list: RecordingId) {
        self.folded.update(|folded| {
            if !folded.remove(&list) {
                folded.insert(list);
            }
        });
    }

    /// True when there is nothing left to fold. Tracks.
    pub(crate) fn all_folded(self) -> bool {
        self.lines
            .with(|lines| !lines.is_empty() && lines.iter().all(|line| matches!(line, Line::Head { folded: true, .. })))
    }

    /// Folds every list; unfolds every one when all are folded.
    pub(crate) fn fold_all(self) {
        if self.all_folded() {
            self.folded.set(HashSet::new());
        } else {
            let lists = self.query.value.with_untracked(|lists| {
                lists.as_ref().map(|lists| lists.sections.iter().map(|section| section.list.id).collect::<HashSet<_>>())
            });
            self.folded.set(lists.unwrap_or_default());
        }
    }

    /// Opens the adding field of the list that has the focus.
    pub(crate) fn add_here(self) {
        if let Some(line) = self.line_at(self.current.get_untracked()).or_else(|| self.line_at(0)) {
            self.add_to(line.list());
        }
    }

    /// Opens the adding field of a list, unfolding it.
    pub(crate) fn add_to(self, list: RecordingId) {
        let hidden = self.lines.with_untracked(|lines| {
            lines.iter().any(|line| matches!(line, Line::Head { list: head, folded: true, .. } if head.id == list))
        });
        if hidden {
            self.fold(list);
        }
        self.adding.set(Some(list));
        self.go(LineKey::Add(list));
    }

    /// Makes a to-do of what was typed, and stays ready for the next one.
    pub(crate) fn add(self, list: RecordingId) {
        let title = self.draft.get_untracked().trim().to_owned();
        if title.is_empty() {
            return;
        }
        let make = CreateTodo {
            parent: list,
            title: title.clone(),
            body: String::new(),
            starts_on: None,
            due_on: None,
            assignees: Vec::new(),
        };
        let (draft, said) = (self.draft, self.said);
        self.create.run_then(make, move |_| {
            said.set(say::project::added(&title));
            // Not what was typed while it was on its way.
            if draft.get_untracked().trim() == title {
                draft.set(String::new());
            }
        });
    }

    /// Closes the adding field.
    pub(crate) fn stop_adding(self) {
        self.adding.set(None);
        self.draft.set(String::new());
    }
}
