//! Edits made by other people, behind the client's back: what a test does on the server's side.

use jiff::Timestamp;
use jiff::civil::Date;

use super::World;
use super::edit::{DateChange, Edit, Entry, Fields, Refusal, Touched};
use super::kind::{Kind, Status};

/// The world open for edits, at one moment, in somebody's name.
#[derive(Debug)]
pub struct Editor<'a> {
    world: &'a mut World,
    now: Timestamp,
    by: i64,
    log: &'a mut Vec<Entry>,
}

impl<'a> Editor<'a> {
    /// Edits at `now`, in the name of the signed-in person until [`Editor::acting_as`] says otherwise.
    /// What was done is pushed to `log`.
    pub fn new(world: &'a mut World, now: Timestamp, log: &'a mut Vec<Entry>) -> Self {
        let by = world.me();
        Self { world, now, by, log }
    }

    /// The world as it is.
    #[must_use]
    pub fn world(&self) -> &World {
        self.world
    }

    /// The moment of these edits.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Who edits from here on.
    pub fn acting_as(&mut self, person: i64) -> &mut Self {
        self.by = person;
        self
    }

    /// Any edit at all.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn apply(&mut self, edit: Edit) -> Result<Touched, Refusal> {
        let touched = self.world.apply(self.by, self.now, &edit)?;
        self.log.push(Entry { at: self.now, by: self.by, edit });
        Ok(touched)
    }

    /// Makes something of `kind` under `parent`; gives its id.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn create(&mut self, parent: i64, kind: Kind, fields: Fields) -> Result<i64, Refusal> {
        let edit = Edit::Create { parent, kind, fields };
        self.apply(edit).map(Touched::id)
    }

    /// A to-do in a list, a group or a to-do set.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn create_todo(&mut self, list: i64, content: &str) -> Result<i64, Refusal> {
        self.create(list, Kind::Todo, Fields::titled(content))
    }

    /// A comment.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn comment(&mut self, on: i64, html: &str) -> Result<i64, Refusal> {
        let fields = Fields { body: Some(html.to_owned()), ..Fields::default() };
        self.create(on, Kind::Comment, fields)
    }

    /// New values for some fields; the others stay.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn update(&mut self, id: i64, fields: Fields) -> Result<(), Refusal> {
        self.apply(Edit::Update { id, fields }).map(drop)
    }

    /// Another title.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn retitle(&mut self, id: i64, title: &str) -> Result<(), Refusal> {
        self.update(id, Fields::titled(title))
    }

    /// Another due day, or none.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn reschedule(&mut self, id: i64, due_on: Option<Date>) -> Result<(), Refusal> {
        let fields = Fields { due_on: Some(due_on.map_or(DateChange::Clear, DateChange::On)), ..Fields::default() };
        self.update(id, fields)
    }

    /// Other people to do it.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn assign(&mut self, id: i64, people: &[i64]) -> Result<(), Refusal> {
        let fields = Fields { assignees: Some(people.to_vec()), ..Fields::default() };
        self.update(id, fields)
    }

    /// Done.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn complete(&mut self, id: i64) -> Result<(), Refusal> {
        self.apply(Edit::Complete { id }).map(drop)
    }

    /// Not done after all.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn uncomplete(&mut self, id: i64) -> Result<(), Refusal> {
        self.apply(Edit::Uncomplete { id }).map(drop)
    }

    /// To a 1-based position, under another parent when one is given.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn relocate(&mut self, id: i64, parent: Option<i64>, position: usize) -> Result<(), Refusal> {
        self.apply(Edit::Move { id, parent, position }).map(drop)
    }

    /// Archives, trashes or restores a recording.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn set_status(&mut self, id: i64, status: Status) -> Result<(), Refusal> {
        self.apply(Edit::SetStatus { id, status }).map(drop)
    }

    /// Archives, trashes or restores a whole project.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn set_project_status(&mut self, project: i64, status: Status) -> Result<(), Refusal> {
        self.apply(Edit::SetProjectStatus { project, status }).map(drop)
    }

    /// Takes a person's access to a project away.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn revoke(&mut self, project: i64, person: i64) -> Result<(), Refusal> {
        self.apply(Edit::SetAccess { project, grant: Vec::new(), revoke: vec![person] }).map(drop)
    }

    /// Lets a person into a project.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn grant(&mut self, project: i64, person: i64) -> Result<(), Refusal> {
        self.apply(Edit::SetAccess { project, grant: vec![person], revoke: Vec::new() }).map(drop)
    }

    /// Gives a person another name and title.
    ///
    /// # Errors
    /// The world's refusal.
    pub fn introduce(&mut self, person: i64, name: &str, title: &str) -> Result<(), Refusal> {
        self.apply(Edit::UpdatePerson { person, name: name.to_owned(), title: title.to_owned() }).map(drop)
    }
}
