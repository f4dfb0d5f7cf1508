//! A mirror in memory, and how it is compared with the stand-in's truth.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use contract::{Activity, Fetched, Kind, Known, Person, PersonId, Project, ProjectId, Recording, RecordingId, Status};
use sim::Truth;

use crate::sync::{Applied, KnownProject, Mirror};

#[derive(Debug, Default, Clone)]
pub(crate) struct Memory(std::sync::Arc<Mutex<Kept>>);

#[derive(Debug, Default, Clone)]
pub(crate) struct Kept {
    pub(crate) marks: BTreeMap<String, String>,
    pub(crate) projects: BTreeMap<ProjectId, Fetched<Project>>,
    pub(crate) people: BTreeMap<PersonId, Fetched<Person>>,
    pub(crate) recordings: BTreeMap<RecordingId, Fetched<Recording>>,
    pub(crate) activity: BTreeMap<i64, Fetched<Activity>>,
    /// Fails after so many further puts, like a crash.
    pub(crate) puts_left: Option<usize>,
}

#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
pub(crate) struct Full;

impl Memory {
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.0.lock().unwrap())
    }

    fn put(&self) -> Result<(), Full> {
        self.with(|kept| match &mut kept.puts_left {
            Some(0) => Err(Full),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        })
    }

    pub(crate) fn get(&self, id: i64) -> Option<Recording> {
        self.with(|kept| kept.recordings.get(&RecordingId(id)).map(|record| record.value.clone()))
    }
}

/// Keeps records; counts those that are not as they were. The raw text is not compared: it holds counts of others.
fn merge<K: Ord, V: PartialEq>(
    into: &mut BTreeMap<K, Fetched<V>>,
    records: Vec<Fetched<V>>,
    key: impl Fn(&V) -> K,
) -> Applied {
    let mut changed = 0;
    for record in records {
        let key = key(&record.value);
        changed += u64::from(into.get(&key).is_none_or(|here| here.value != record.value));
        into.insert(key, record);
    }
    Applied { changed }
}

impl Mirror for Memory {
    type Error = Full;

    async fn marks(&self) -> Result<BTreeMap<String, String>, Full> {
        Ok(self.with(|kept| kept.marks.clone()))
    }
    async fn set_mark(&self, key: &str, value: Option<&str>) -> Result<(), Full> {
        self.put()?;
        self.with(|kept| match value {
            Some(value) => drop(kept.marks.insert(key.to_owned(), value.to_owned())),
            None => drop(kept.marks.remove(key)),
        });
        Ok(())
    }
    async fn put_projects(&self, projects: Vec<Fetched<Project>>) -> Result<Applied, Full> {
        self.put()?;
        Ok(self.with(|kept| merge(&mut kept.projects, projects, |project| project.id)))
    }
    async fn put_people(&self, people: Vec<Fetched<Person>>) -> Result<Applied, Full> {
        self.put()?;
        Ok(self.with(|kept| merge(&mut kept.people, people, |person| person.id)))
    }
    async fn put_recordings(&self, mut recordings: Vec<Fetched<Recording>>) -> Result<Applied, Full> {
        self.put()?;
        Ok(self.with(|kept| {
            for record in &mut recordings {
                if record.value.position.is_none() {
                    let here = kept.recordings.get(&record.value.id);
                    record.value.position = here.and_then(|here| here.value.position);
                }
            }
            merge(&mut kept.recordings, recordings, |recording| recording.id)
        }))
    }
    async fn put_activity(&self, activity: Vec<Fetched<Activity>>) -> Result<Applied, Full> {
        self.put()?;
        Ok(self.with(|kept| merge(&mut kept.activity, activity, |one| one.id.0)))
    }
    async fn known(&self, kinds: &[Kind]) -> Result<Vec<Known>, Full> {
        Ok(self.with(|kept| {
            let here = kept.recordings.values().map(|record| &record.value);
            here.filter(|record| record.status != Status::Gone)
                .filter(|record| kinds.is_empty() || kinds.contains(&record.kind))
                .map(known)
                .collect()
        }))
    }
    async fn known_projects(&self) -> Result<Vec<KnownProject>, Full> {
        Ok(self.with(|kept| {
            let here = kept.projects.values().map(|project| &project.value);
            here.filter(|project| project.status != Status::Gone)
                .map(|project| KnownProject { id: project.id, status: project.status })
                .collect()
        }))
    }
    async fn hidden(&self, project: ProjectId) -> Result<Vec<Known>, Full> {
        Ok(self.with(|kept| {
            let here = kept.recordings.values().map(|record| &record.value);
            here.filter(|record| record.status == Status::Gone && record.project == project).map(known).collect()
        }))
    }
    async fn gone(&self, ids: &[RecordingId]) -> Result<Applied, Full> {
        self.put()?;
        self.with(|kept| {
            for id in ids {
                kept.recordings.get_mut(id).unwrap().value.status = Status::Gone;
            }
        });
        Ok(Applied { changed: ids.len() as u64 })
    }
    async fn project_gone(&self, id: ProjectId) -> Result<Applied, Full> {
        self.put()?;
        self.with(|kept| {
            kept.projects.get_mut(&id).unwrap().value.status = Status::Gone;
            for record in kept.recordings.values_mut() {
                if record.value.project == id {
                    record.value.status = Status::Gone;
                }
            }
        });
        Ok(Applied { changed: 1 })
    }
}

fn known(record: &Recording) -> Known {
    Known {
        id: record.id,
        kind: record.kind,
        project: record.project,
        status: record.status,
        updated_at: record.updated_at,
    }
}

/// Where the mirror and the truth differ, in words; empty when they are equal.
pub(crate) fn differences(memory: &Memory, truth: &[Truth]) -> Vec<String> {
    let kept = memory.with(|kept| kept.clone());
    let mut apart = Vec::new();
    let mut there = BTreeSet::new();
    for fact in truth {
        if fact.kind == "Project" {
            let Some(here) = kept.projects.get(&ProjectId(fact.id)) else {
                apart.push(format!("project {} is missing", fact.title));
                continue;
            };
            if here.value.status.wire() != fact.status.word() || here.value.name != fact.title {
                apart.push(format!("project {} is {:?}, not {:?}", fact.title, here.value.status, fact.status));
            }
            continue;
        }
        there.insert(RecordingId(fact.id));
        let here = kept.recordings.get(&RecordingId(fact.id)).filter(|here| here.value.status != Status::Gone);
        match here {
            // What no listing tells of, as `sync::tools` says.
            None if fact.kind == Kind::TimeEntry.wire() && fact.status != sim::world::Status::Active => {}
            Some(here) => apart.extend(compare(&here.value, fact)),
            None => apart.push(format!("{} {} {:?} is missing", fact.kind, fact.id, fact.title)),
        }
    }
    for here in kept.recordings.values().filter(|here| here.value.status != Status::Gone) {
        if !there.contains(&here.value.id) {
            apart.push(format!("{:?} {:?} is still here", here.value.kind, here.value.title));
        }
    }
    let projects: BTreeSet<_> = truth.iter().map(|fact| ProjectId(fact.project)).collect();
    for here in kept.projects.values().filter(|here| here.value.status != Status::Gone) {
        if !projects.contains(&here.value.id) {
            apart.push(format!("project {:?} is still here", here.value.name));
        }
    }
    apart
}

fn compare(here: &Recording, fact: &Truth) -> Option<String> {
    let tool =
        matches!(here.kind, Kind::TodoSet | Kind::MessageBoard | Kind::Schedule | Kind::Questionnaire | Kind::Campfire);
    let kind = match fact.kind {
        "Todolist" => matches!(here.kind, Kind::TodoList | Kind::TodoGroup),
        "Kanban::OnHold" => here.kind == Kind::OnHoldColumn,
        "Chat::Lines::Text" => here.kind == Kind::ChatLine,
        name => here.kind.wire() == name,
    };
    let titled = !matches!(here.kind, Kind::Comment | Kind::ChatLine | Kind::TimeEntry | Kind::Upload);
    let placed = here.position.is_some() && !matches!(here.kind, Kind::OnHoldColumn);
    let assigned: Vec<i64> = here.assignees.iter().map(|person| person.0).collect();
    let same = kind
        && here.project.0 == fact.project
        && here.parent.map(|parent| parent.0) == fact.parent
        && here.status.wire() == fact.status.word()
        && (!titled || here.title == fact.title)
        && (here.completed == fact.completed || tool)
        && (!here.kind.is_task() || (here.due_on == fact.due_on && assigned == fact.assignees))
        && (!placed || here.position == Some(fact.position as i64))
        && (tool || here.updated_at == fact.updated_at);
    (!same).then(|| format!("here {here:?}\n   there {fact:?}"))
}
