//! What is true at the moment of a request, read from the store: the day, the person, and the names of what there is.

use agent::world::{NamedPerson, NamedPlace, NamedProject, Remembered, World};
use contract::commands::ListItems;
use contract::{Fault, Kind, Seen, Status};

use crate::Engine;
use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::handlers::read::zone;

/// Where work can be put.
const PLACES: &[Kind] = &[
    Kind::TodoSet,
    Kind::TodoList,
    Kind::TodoGroup,
    Kind::TriageColumn,
    Kind::NotNowColumn,
    Kind::Column,
    Kind::DoneColumn,
    Kind::OnHoldColumn,
];
const MOST_PLACES: u32 = 5_000;

/// Reads it. A model elsewhere looks places up by tools when it needs them; only one inside the app is given them all.
pub(crate) async fn world(engine: &Engine, desk: &Desk, seeing: Vec<Seen>, whole: bool) -> Result<World, Fault> {
    let settings = engine.0.app.settings().await.into_fault()?;
    let store = &desk.store;
    let people = store.people().await.into_fault()?;
    let people = people.into_iter().map(|person| NamedPerson { id: person.id, name: person.name, title: person.title });
    let memories = store.memories().await.into_fault()?;
    // What nobody kept yet may be another's words.
    let kept = memories.into_iter().filter(|memory| !memory.pending);
    let (mut projects, mut places) = (Vec::new(), Vec::new());
    if whole {
        let all = store.known_projects().await.into_fault()?;
        let active = all.into_iter().filter(|project| project.status == Status::Active);
        projects = active.map(|project| NamedProject { id: project.id, name: project.name }).collect();
        let wanted = ListItems {
            project: None,
            parent: None,
            kinds: PLACES.to_vec(),
            status: None,
            since: None,
            limit: Some(MOST_PLACES),
        };
        let rows = store.items(&wanted).await.into_fault()?;
        places = rows
            .into_iter()
            .map(|row| NamedPlace {
                id: row.id,
                kind: row.kind,
                title: row.title,
                project: row.project,
                parent: row.parent,
            })
            .collect();
    }
    Ok(World {
        now: engine.now().to_zoned(zone(&settings)),
        week_start: settings.week_start.clamp(1, 7),
        working_hours: settings.working_hours,
        me: store.me().await.into_fault()?,
        people: people.collect(),
        projects,
        places,
        seeing,
        memories: kept.map(|memory| Remembered { id: memory.id, text: memory.text }).collect(),
    })
}
