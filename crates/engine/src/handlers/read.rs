//! What screens read.

use contract::commands::{
    FindTasks, ListActivity, ListItems, PinProject, Search, ShowBoards, ShowDirectory, ShowItem, ShowToday,
    ShowTodoLists,
};
use contract::{
    Activity, Board, Code, Directory, Fault, Found, ItemDetail, ProjectId, Row, Settings, Today, TodoLists,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::{Days, Store};

use crate::fault::IntoFault;
use crate::html::sanitise;
use crate::router::{Ask, Handle};

/// A number of rows that was asked for, or the usual one.
pub(super) fn limit(given: Option<u32>, usual: u32, most: u32) -> Result<u32, Fault> {
    match given {
        None => Ok(usual),
        Some(limit) if (1..=most).contains(&limit) => Ok(limit),
        Some(limit) => Err(Fault::invalid("limit", format!("{limit} is not from 1 to {most}."))),
    }
}

impl Ask<'_> {
    /// The day that it is at an instant, where the person is.
    pub(super) async fn day_of(&self, at: Timestamp) -> Result<Date, Fault> {
        let settings = self.engine.0.app.settings().await.into_fault()?;
        Ok(at.to_zoned(zone(&settings)).date())
    }

    async fn days(&self, date: Option<Date>) -> Result<Days, Fault> {
        let settings = self.engine.0.app.settings().await.into_fault()?;
        let zone = zone(&settings);
        let date = date.unwrap_or_else(|| self.engine.now().to_zoned(zone.clone()).date());
        Days::of(date, &zone, settings.week_start.clamp(1, 7))
            .map_err(|_| Fault::invalid("date", format!("{date} lies at the end of the calendar.")))
    }
}

/// The zone that the person counts days in.
pub(crate) fn zone(settings: &Settings) -> TimeZone {
    if settings.time_zone.is_empty() {
        return TimeZone::system();
    }
    TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC)
}

pub(super) async fn known_project(store: &Store, id: ProjectId) -> Result<(), Fault> {
    if store.project(id).await.into_fault()?.is_some() {
        return Ok(());
    }
    Err(Fault::new(Code::NotFound, format!("There is no project {id} in this workspace.")))
}

impl Handle<ShowDirectory> for Ask<'_> {
    async fn handle(&self, _: ShowDirectory) -> Result<Directory, Fault> {
        let days = self.days(None).await?;
        self.desk().await?.store.directory(&days).await.into_fault()
    }
}

impl Handle<PinProject> for Ask<'_> {
    async fn handle(&self, input: PinProject) -> Result<(), Fault> {
        let desk = self.desk().await?;
        known_project(&desk.store, input.id).await?;
        let mut tx = desk.store.begin(&self.actor(), "").await.into_fault()?;
        tx.pin(input.id, input.pinned).await.into_fault()?;
        tx.commit().await.into_fault()?;
        Ok(())
    }
}

impl Handle<ShowToday> for Ask<'_> {
    async fn handle(&self, input: ShowToday) -> Result<Today, Fault> {
        let most = limit(input.limit, 500, 5000)?;
        let days = self.days(input.date).await?;
        let desk = self.desk().await?;
        let me = desk.store.me().await.into_fault()?;
        desk.store.today(&days, me, usize::try_from(most).unwrap_or(usize::MAX)).await.into_fault()
    }
}

impl Handle<ShowTodoLists> for Ask<'_> {
    async fn handle(&self, input: ShowTodoLists) -> Result<TodoLists, Fault> {
        let desk = self.desk().await?;
        known_project(&desk.store, input.project).await?;
        desk.store.todo_lists(input.project, input.completed, input.put_away).await.into_fault()
    }
}

impl Handle<FindTasks> for Ask<'_> {
    async fn handle(&self, mut input: FindTasks) -> Result<Vec<Row>, Fault> {
        input.limit = Some(limit(input.limit, 200, 5000)?);
        self.desk().await?.store.find_tasks(&input).await.into_fault()
    }
}

impl Handle<ShowBoards> for Ask<'_> {
    async fn handle(&self, input: ShowBoards) -> Result<Vec<Board>, Fault> {
        let desk = self.desk().await?;
        known_project(&desk.store, input.project).await?;
        desk.store.boards(input.project).await.into_fault()
    }
}

impl Handle<ListItems> for Ask<'_> {
    async fn handle(&self, mut input: ListItems) -> Result<Vec<Row>, Fault> {
        input.limit = Some(limit(input.limit, 500, 5000)?);
        self.desk().await?.store.items(&input).await.into_fault()
    }
}

impl Handle<ShowItem> for Ask<'_> {
    async fn handle(&self, ShowItem { id }: ShowItem) -> Result<ItemDetail, Fault> {
        let desk = self.desk().await?;
        let images = self.engine.0.app.settings().await.into_fault()?.remote_images;
        let found = desk.store.item(id).await.into_fault()?;
        let found = found.ok_or_else(|| {
            Fault::new(Code::NotFound, format!("There is no item {id} in this workspace. It may be gone."))
        })?;
        let mut detail = found.detail;
        detail.body_html = sanitise(&detail.item.body, images);
        for (comment, body) in detail.comments.iter_mut().zip(&found.comment_bodies) {
            comment.body_html = sanitise(body, images);
        }
        Ok(detail)
    }
}

impl Handle<ListActivity> for Ask<'_> {
    async fn handle(&self, input: ListActivity) -> Result<Vec<Activity>, Fault> {
        let limit = limit(input.limit, 100, 1000)?;
        self.desk().await?.store.activity(input.project, input.person, input.since, limit).await.into_fault()
    }
}

impl Handle<Search> for Ask<'_> {
    async fn handle(&self, mut input: Search) -> Result<Found, Fault> {
        input.limit = Some(limit(input.limit, 30, 200)?);
        self.desk().await?.store.search(&input).await.into_fault()
    }
}
