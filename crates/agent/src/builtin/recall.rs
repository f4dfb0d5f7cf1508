//! What the person wants remembered, as far as it can be read without guessing: other names for people and projects, which
//! projects are theirs, how long lists may be, where the week's report goes. It notes what was really used; what it cannot read
//! it leaves alone. What is so in the account goes before it.

mod read;

use std::cell::RefCell;

use contract::{MemoryId, PersonId, ProjectId};

use super::compose;
use crate::world::World;

/// What is remembered, and what of it was used.
#[derive(Debug, Default)]
pub(super) struct Recall {
    kept: Vec<Kept>,
    used: RefCell<Vec<MemoryId>>,
    notes: RefCell<Vec<String>>,
}

/// A memory that is understood.
#[derive(Debug)]
struct Kept {
    id: MemoryId,
    text: String,
    meaning: Meaning,
}

/// What a memory means.
#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    /// These words are a name for somebody.
    Person(Vec<String>, PersonId),
    /// These words are a name for a project.
    Project(Vec<String>, ProjectId),
    /// These words are a name for somebody or something that is not in the account.
    Nothing(Vec<String>, String),
    /// The person's own projects, and names among them that no project has.
    Mine(Vec<ProjectId>, Vec<String>),
    /// Lists have at most so many rows.
    Short(usize),
    /// Who gets the week's report.
    ReportTo(PersonId),
}

impl Recall {
    /// Reads the memories that came with a request.
    pub(super) fn of(world: &World) -> Self {
        let kept = world.memories.iter().filter_map(|memory| {
            let meaning = read::meaning(&memory.text, world)?;
            Some(Kept { id: memory.id, text: memory.text.clone(), meaning })
        });
        Self { kept: kept.collect(), ..Self::default() }
    }

    /// Forgets what was used so far: it served a reading of the request that was given up.
    pub(super) fn begin(&self) {
        self.used.borrow_mut().clear();
        self.notes.borrow_mut().clear();
    }

    /// What was used.
    pub(super) fn used(&self) -> Vec<MemoryId> {
        self.used.borrow().clone()
    }

    /// What must be told besides the answer.
    pub(super) fn notes(&self) -> Vec<String> {
        self.notes.borrow().clone()
    }

    /// Notes that this memory was used.
    pub(super) fn uses(&self, id: MemoryId) {
        let mut used = self.used.borrow_mut();
        if !used.contains(&id) {
            used.push(id);
        }
    }

    fn note(&self, text: String) {
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&text) {
            notes.push(text);
        }
    }

    /// True when these words are remembered as a name for somebody.
    pub(super) fn names_person(&self, phrase: &[String]) -> bool {
        self.kept.iter().any(|kept| matches!(&kept.meaning, Meaning::Person(words, _) if words == phrase))
    }

    /// True when these words are remembered as a name for a project.
    pub(super) fn names_project(&self, phrase: &[String]) -> bool {
        self.kept.iter().any(|kept| matches!(&kept.meaning, Meaning::Project(words, _) if words == phrase))
    }

    /// Whom these words mean, when the account itself means `so`: one, several, or nobody.
    pub(super) fn person(&self, phrase: &[String], so: &[PersonId]) -> Option<PersonId> {
        self.named(phrase, so, |meaning| {
            let Meaning::Person(words, person) = meaning else { return None };
            Some((words, *person))
        })
    }

    /// Which project these words mean, when the account itself means `so`.
    pub(super) fn project(&self, phrase: &[String], so: &[ProjectId]) -> Option<ProjectId> {
        self.named(phrase, so, |meaning| {
            let Meaning::Project(words, project) = meaning else { return None };
            Some((words, *project))
        })
    }

    fn named<T: Copy + PartialEq>(
        &self,
        phrase: &[String],
        so: &[T],
        of: impl Fn(&Meaning) -> Option<(&Vec<String>, T)>,
    ) -> Option<T> {
        let mut named = self.kept.iter().filter_map(|kept| {
            of(&kept.meaning).filter(|(words, _)| words.as_slice() == phrase).map(|(_, meant)| (kept, meant))
        });
        if let Some((kept, meant)) = named.next() {
            return match so {
                [one] => {
                    if *one != meant {
                        self.note(format!("{}, but here it is otherwise, so I went by what is here.", asked_to(kept)));
                    }
                    None
                }
                [] | [_, ..] => {
                    self.uses(kept.id);
                    Some(meant)
                }
            };
        }
        if so.len() != 1 {
            for kept in &self.kept {
                if let Meaning::Nothing(words, named) = &kept.meaning
                    && words == phrase
                {
                    let named = compose::plain(named);
                    self.note(format!(
                        "{}, but nobody and nothing here is called {named}, so I left that aside.",
                        asked_to(kept)
                    ));
                }
            }
        }
        None
    }

    /// The person's own projects.
    pub(super) fn mine(&self) -> Option<Vec<ProjectId>> {
        self.kept.iter().find_map(|kept| {
            let Meaning::Mine(projects, unknown) = &kept.meaning else { return None };
            if !unknown.is_empty() {
                let unknown = compose::join(&unknown.iter().map(|name| compose::plain(name)).collect::<Vec<_>>());
                self.note(format!(
                    "{}, but no project here is called {unknown}, so I left that aside.",
                    asked_to(kept)
                ));
            }
            self.uses(kept.id);
            Some(projects.clone())
        })
    }

    /// Who gets the week's report.
    pub(super) fn report_to(&self) -> Option<PersonId> {
        self.kept.iter().find_map(|kept| {
            let Meaning::ReportTo(person) = &kept.meaning else { return None };
            self.uses(kept.id);
            Some(*person)
        })
    }

    /// The answer with its lists as short as the person likes them.
    pub(super) fn shortened(&self, text: String) -> String {
        let short = self.kept.iter().find_map(|kept| {
            let Meaning::Short(most) = &kept.meaning else { return None };
            compose::shorter(&text, *most).map(|text| (kept.id, text))
        });
        match short {
            Some((id, text)) => {
                self.uses(id);
                text
            }
            None => text,
        }
    }
}

fn asked_to(kept: &Kept) -> String {
    format!("You asked me to remember “{}”", compose::plain(&kept.text))
}
