//! People and projects by id: what turns the ids of rows into names and faces.

use std::collections::HashMap;
use std::sync::Arc;

use contract::commands::ShowDirectory;
use contract::{Directory, FlowId, Person, PersonId, ProjectId, ProjectRow};
use leptos::prelude::*;

use super::{Query, Session, memo, use_query};
use crate::say;

#[derive(Default, PartialEq)]
struct Index {
    me: Option<PersonId>,
    people: HashMap<PersonId, Person>,
    projects: HashMap<ProjectId, ProjectRow>,
}

/// People and projects by id.
#[derive(Clone, Copy)]
pub struct Names {
    /// The read behind it: everyone and every project, in the engine's order.
    pub directory: Query<Directory>,
    /// The automation on the canvas with its name, told by its screen.
    pub flow: RwSignal<Option<(FlowId, String)>>,
    index: Memo<Arc<Index>>,
}

impl Names {
    /// Makes it known to everything below. Needs [`Session`] and the changes.
    pub fn provide() -> Self {
        let session = Session::expect();
        let directory = use_query(move || session.workspace.get().map(|_| ShowDirectory {}));
        let index = memo(move || {
            Arc::new(directory.value.with(|directory| directory.as_ref().map(Index::of).unwrap_or_default()))
        });
        let names = Self { directory, flow: RwSignal::new(None), index };
        provide_context(names);
        names
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// The signed-in person. Tracks.
    #[must_use]
    pub fn me(self) -> Option<PersonId> {
        self.index.with(|index| index.me)
    }
    /// A person. Tracks.
    #[must_use]
    pub fn person(self, id: PersonId) -> Option<Person> {
        self.index.with(|index| index.people.get(&id).cloned())
    }
    /// A person's name, “You” for the signed-in one, “Someone” for one who is not known. Tracks.
    #[must_use]
    pub fn person_name(self, id: PersonId) -> String {
        self.index.with(|index| {
            if index.me == Some(id) {
                return say::state::you().to_owned();
            }
            index.people.get(&id).map_or_else(|| say::state::someone().to_owned(), |person| person.name.clone())
        })
    }
    /// A project with its counts. Tracks.
    #[must_use]
    pub fn project(self, id: ProjectId) -> Option<ProjectRow> {
        self.index.with(|index| index.projects.get(&id).cloned())
    }
    /// A project's name; empty when it is not known. Tracks.
    #[must_use]
    pub fn project_name(self, id: ProjectId) -> String {
        self.index.with(|index| index.projects.get(&id).map(|row| row.project.name.clone()).unwrap_or_default())
    }
}

impl Index {
    fn of(directory: &Directory) -> Self {
        Self {
            me: directory.me,
            people: directory.people.iter().map(|person| (person.id, person.clone())).collect(),
            projects: directory.projects.iter().map(|row| (row.project.id, row.clone())).collect(),
        }
    }
}
