//! What is true at the moment of a request: the day, the person, and the names of what there is. Names only: whoever wants to
//! know more calls a tool, so that the record shows what was looked at.

use contract::{Hours, Kind, MemoryId, PersonId, ProjectId, RecordingId, Seen};
use jiff::Zoned;

/// What is true at the moment of a request.
#[derive(Debug, Clone)]
pub struct World {
    /// Now, in the person's zone.
    pub now: Zoned,
    /// First day of the week: 1 is Monday, 7 is Sunday.
    pub week_start: u8,
    /// When the person works, in their zone.
    pub working_hours: Hours,
    /// The signed-in person, once known.
    pub me: Option<PersonId>,
    /// Everyone in the account.
    pub people: Vec<NamedPerson>,
    /// The projects in use.
    pub projects: Vec<NamedProject>,
    /// Where work can be put: to-do sets, lists, groups and the columns of boards.
    pub places: Vec<NamedPlace>,
    /// What the person sees.
    pub seeing: Vec<Seen>,
    /// What is remembered and was kept by the person.
    pub memories: Vec<Remembered>,
}

/// Something that the person wants remembered, in their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Which.
    pub id: MemoryId,
    /// The words.
    pub text: String,
}

/// Someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do: “Designer”. Empty when not told.
    pub title: String,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedProject {
    /// Which.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
}

/// A place for work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPlace {
    /// Which.
    pub id: RecordingId,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its project.
    pub project: ProjectId,
    /// What holds it: a group's list, a column's board.
    pub parent: Option<RecordingId>,
}
