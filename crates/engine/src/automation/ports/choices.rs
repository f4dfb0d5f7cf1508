//! What can be chosen in the form of a step that writes into Basecamp.

use std::collections::HashMap;

use contract::{Kind, ProjectId, Row, Status};
use flow::piece::Choice;
use runner::pieces::Picker;
use store::{Picks, Store, StoreError};

/// More choices than anyone looks through; who wants another types a word of it.
const MOST: usize = 100;

const LISTS: &[Kind] = &[Kind::TodoList, Kind::TodoGroup];
const COLUMNS: &[Kind] = &[Kind::TriageColumn, Kind::NotNowColumn, Kind::Column, Kind::DoneColumn, Kind::OnHoldColumn];
/// What can be commented on or put away.
const ITEMS: &[Kind] = &[
    Kind::Todo,
    Kind::TodoList,
    Kind::TodoGroup,
    Kind::Card,
    Kind::Message,
    Kind::Comment,
    Kind::Document,
    Kind::Upload,
    Kind::ScheduleEntry,
    Kind::Answer,
];

/// # Errors
/// A sentence when the store cannot be read, or the project is none.
pub(super) async fn choices(
    store: &Store,
    picker: Picker,
    project: Option<&str>,
    search: Option<&str>,
) -> Result<Vec<Choice>, String> {
    let search = search.map(str::trim).filter(|search| !search.is_empty());
    let project = match project {
        // A reference to a step stands for a project that is not known yet.
        Some(reference) if reference.contains("{{") => None,
        Some(id) => Some(id.parse::<ProjectId>().map_err(|_| "The project is gone. Choose another.".to_owned())?),
        None => None,
    };
    let items = |kinds| items(store, kinds, project, search);
    let found = match picker {
        Picker::Projects => named(projects(store).await, search),
        Picker::People => named(people(store).await, search),
        Picker::Lists => items(LISTS).await,
        Picker::Boards => items(&[Kind::CardTable]).await,
        Picker::Columns => items(COLUMNS).await,
        Picker::Todos => items(&[Kind::Todo]).await,
        Picker::Cards => items(&[Kind::Card]).await,
        Picker::Steps => items(&[Kind::Step]).await,
        Picker::Items => items(ITEMS).await,
    };
    found.map_err(|why| why.to_string())
}

type Named = Vec<(String, String)>;

async fn projects(store: &Store) -> Result<Named, StoreError> {
    let all = store.known_projects().await?.into_iter().filter(|project| project.status == Status::Active);
    Ok(all.map(|project| (project.name, project.id.to_string())).collect())
}

async fn people(store: &Store) -> Result<Named, StoreError> {
    Ok(store.people().await?.into_iter().map(|person| (person.name, person.id.to_string())).collect())
}

fn named(all: Result<Named, StoreError>, search: Option<&str>) -> Result<Vec<Choice>, StoreError> {
    let wanted = search.unwrap_or_default().to_lowercase();
    let mut all = all?;
    all.retain(|(name, _)| name.to_lowercase().contains(&wanted));
    all.sort_by_cached_key(|(name, id)| (name.to_lowercase(), id.clone()));
    all.truncate(MOST);
    Ok(all.into_iter().map(|(label, id)| Choice { label, value: id.into() }).collect())
}

async fn items(
    store: &Store,
    kinds: &[Kind],
    project: Option<ProjectId>,
    words: Option<&str>,
) -> Result<Vec<Choice>, StoreError> {
    // Only what is put away can be taken out of the trash. A list or column whose work is all done still takes more.
    let put_away = kinds == ITEMS;
    let open = matches!(kinds, [Kind::Todo | Kind::Card | Kind::Step]);
    let picks = Picks { kinds, project, words, open, put_away, limit: MOST as u32 };
    let rows = store.picks(picks).await?;
    let within: Vec<_> = rows.iter().filter_map(|row| row.parent).collect();
    let within: HashMap<_, _> = store.rows(&within).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let projects = match project {
        Some(_) => HashMap::new(),
        None => store.known_projects().await?.into_iter().map(|project| (project.id, project.name)).collect(),
    };
    let choice = |row: Row| {
        let parent = row.parent.and_then(|parent| within.get(&parent));
        let whose = parent.into_iter().chain(projects.get(&row.project)).filter(|name| !name.is_empty());
        let whose: Vec<&str> = whose.map(String::as_str).collect();
        let mut label = row.title;
        if !whose.is_empty() {
            label = format!("{label} · {}", whose.join(", "));
        }
        match row.status {
            Status::Trashed => label.push_str(" (in the trash)"),
            Status::Archived => label.push_str(" (archived)"),
            Status::Active | Status::Drafted | Status::Gone => {}
        }
        Choice { label, value: row.id.to_string().into() }
    };
    Ok(rows.into_iter().map(choice).collect())
}
