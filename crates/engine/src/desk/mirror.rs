//! The store as the passes see it.

use std::collections::BTreeMap;

use basecamp::sync::{Applied, KnownProject, Mirror};
use contract::{Activity, Fetched, Kind, Known, Person, Project, ProjectId, Recording, RecordingId, Status};
use store::{Store, StoreError};

/// One workspace's store.
pub(super) struct Local<'a>(pub(super) &'a Store);

fn counted(applied: store::Applied) -> Applied {
    Applied { changed: applied.inserted + applied.updated }
}

impl Mirror for Local<'_> {
    type Error = StoreError;

    async fn marks(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.0.marks("").await?.into_iter().collect())
    }
    async fn set_mark(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.0.set_mark(key, value).await
    }
    async fn put_projects(&self, projects: Vec<Fetched<Project>>) -> Result<Applied, StoreError> {
        self.0.apply_projects(projects).await.map(counted)
    }
    async fn put_people(&self, people: Vec<Fetched<Person>>) -> Result<Applied, StoreError> {
        self.0.apply_people(people).await.map(counted)
    }
    async fn put_recordings(&self, recordings: Vec<Fetched<Recording>>) -> Result<Applied, StoreError> {
        self.0.apply(recordings).await.map(counted)
    }
    async fn put_activity(&self, activity: Vec<Fetched<Activity>>) -> Result<Applied, StoreError> {
        self.0.apply_activity(activity).await.map(counted)
    }
    async fn known(&self, kinds: &[Kind]) -> Result<Vec<Known>, StoreError> {
        let mut known = self.0.known(kinds).await?;
        known.retain(|known| known.status != Status::Gone);
        Ok(known)
    }
    async fn known_projects(&self) -> Result<Vec<KnownProject>, StoreError> {
        let known = self.0.known_projects().await?;
        let here = known.into_iter().filter(|project| project.status != Status::Gone);
        Ok(here.map(|project| KnownProject { id: project.id, status: project.status }).collect())
    }
    async fn hidden(&self, project: ProjectId) -> Result<Vec<Known>, StoreError> {
        let mut known = self.0.known(&[]).await?;
        known.retain(|known| known.project == project && known.status == Status::Gone);
        Ok(known)
    }
    async fn gone(&self, ids: &[RecordingId]) -> Result<Applied, StoreError> {
        Ok(Applied { changed: self.0.gone(ids).await? })
    }
    async fn project_gone(&self, id: ProjectId) -> Result<Applied, StoreError> {
        Ok(Applied { changed: self.0.project_gone(id).await? })
    }
}
