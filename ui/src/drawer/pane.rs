//! One item in the drawer.

use contract::commands::ShowItem;
use contract::{ItemDetail, Kind, Pending, RecordingId, Row, Status};
use leptos::prelude::*;

use super::comments::Comments;
use super::notes::Notes;
use super::particulars::Particulars;
use super::steps::Steps;
use super::stuck::Stuck;
use super::title::Title;
use crate::bridge;
use crate::palette::recall;
use crate::parts::{Button, Confirm, Each, Glyph, Icon, IconButton, Loaded, Show, kind_glyph};
use crate::project::activity::ActivityLine;
use crate::project::deeds::Deeds;
use crate::project::shown::{ItemLine, kind_word, status_word};
use crate::say;
use crate::state::{Drawer, Names, Query, Route, Router, Tab, memo, use_query};

/// What the parts of the pane share.
#[derive(Clone, Copy)]
pub(super) struct Item {
    /// The read behind it.
    pub(super) query: Query<ItemDetail>,
    /// What can be done.
    pub(super) deeds: Deeds,
}

impl Item {
    /// The item as lists have it; `None` until it has come. Does not track.
    pub(super) fn row(self) -> Option<Row> {
        self.query.value.with_untracked(|detail| detail.as_ref().map(row_of))
    }
    /// Something of the item. Tracks.
    pub(super) fn part<T: Default>(self, read: impl FnOnce(&ItemDetail) -> T) -> T {
        self.query.value.with(|detail| detail.as_ref().map(read).unwrap_or_default())
    }
}

/// An item.
#[component]
pub(super) fn Pane(id: RecordingId) -> impl IntoView {
    let query = use_query(move || Some(ShowItem { id }));
    let item = Item { query, deeds: Deeds::here() };
    let drawer = Drawer::expect();
    provide_context(item);
    Effect::new(move |known: Option<bool>| {
        let named =
            query.value.with(|detail| detail.as_ref().map(|detail| (detail.item.project, detail.item.title.clone())));
        match (known, named) {
            (Some(true), _) => true,
            (_, Some((project, name))) => {
                drawer.title.set(Some((id, name.clone())));
                recall::opened_item(id, project, name);
                true
            }
            (_, None) => false,
        }
    });
    view! {
        <Head id/>
        <div class="drawer-body">
            <Loaded query><Whole id/></Loaded>
        </div>
    }
}

#[component]
fn Head(id: RecordingId) -> impl IntoView {
    let item = expect_context::<Item>();
    let (drawer, names) = (Drawer::expect(), Names::expect());
    let kind = move || item.query.value.with(|detail| detail.as_ref().map(|detail| detail.item.kind));
    let address = move || item.part(|detail| detail.item.app_url.clone());
    let status = memo(move || item.query.value.with(|detail| detail.as_ref().map(|detail| detail.item.status)));
    let asking = RwSignal::new(false);
    let project =
        move || item.query.value.with(|detail| detail.as_ref().map(|detail| names.project_name(detail.item.project)));
    view! {
        <header class="drawer-head">
            {move || kind().map(|kind| view! { <Icon glyph=kind_glyph(kind)/><small>{kind_word(kind)}</small> })}
            {move || status.get().and_then(status_word).map(|word| view! { <small class="drawer-status">{word}</small> })}
            <span class="grow"></span>
            <Step id/>
            <IconButton glyph=Glyph::ExternalLink label=say::drawer::open_outside() disabled=Signal::derive(move || address().is_empty())
                on_click=move |_| bridge::open_outside(&address())/>
            <Show when=move || status.get() == Some(Status::Active)>
                <IconButton glyph=Glyph::Trash2 label=say::drawer::move_to_trash() on_click=move |_| asking.set(true)/>
            </Show>
            <Show when=move || matches!(status.get(), Some(Status::Trashed | Status::Archived))>
                <Button glyph=Glyph::ArchiveRestore on_click=move |_| if let Some(row) = item.row() { item.deeds.restore(id, &row.title) }>
                    {say::drawer::restore()}
                </Button>
            </Show>
            <IconButton glyph=Glyph::X label=say::drawer::close() on_click=move |_| drawer.close()/>
            <Confirm open=asking title=say::drawer::trash_title() action=say::drawer::move_to_trash()
                text=Signal::derive(move || say::drawer::trash_text(project().unwrap_or_default()))
                on_confirm=move |()| if let Some(row) = item.row() { item.deeds.trash(id, &row.title) }/>
        </header>
    }
}

/// To the item before and behind, when it was opened from a list.
#[component]
fn Step(id: RecordingId) -> impl IntoView {
    let drawer = Drawer::expect();
    let beside = move |down| drawer.list.with(|list| super::neighbour(list, id, down));
    view! {
        <Show when=move || drawer.list.with(|list| list.len() > 1)>
            <IconButton glyph=Glyph::ChevronUp label=say::drawer::one_before() disabled=Signal::derive(move || beside(false).is_none())
                on_click=move |_| if let Some(next) = beside(false) { drawer.item.set(Some(next)) }/>
            <IconButton glyph=Glyph::ChevronDown label=say::drawer::next_one() disabled=Signal::derive(move || beside(true).is_none())
                on_click=move |_| if let Some(next) = beside(true) { drawer.item.set(Some(next)) }/>
        </Show>
    }
}

#[component]
fn Whole(id: RecordingId) -> impl IntoView {
    let item = expect_context::<Item>();
    let pending = memo(move || item.part(|detail| detail.pending));
    let kind = memo(move || item.query.value.with(|detail| detail.as_ref().map(|detail| detail.item.kind)));
    let children = memo(move || item.part(|detail| detail.children.clone()));
    let child_ids = Signal::derive(move || children.with(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>()));
    let activity = memo(move || item.part(|detail| detail.activity.clone()));
    let has_notes = move || {
        matches!(
            kind.get(),
            Some(
                Kind::Todo
                    | Kind::Card
                    | Kind::Message
                    | Kind::Document
                    | Kind::Comment
                    | Kind::Answer
                    | Kind::ChatLine
                    | Kind::ScheduleEntry
                    | Kind::Upload
                    | Kind::TimeEntry
                    | Kind::TodoList
                    | Kind::TodoGroup
                    | Kind::Step
                    | Kind::Question
            )
        )
    };
    view! {
        <Crumbs/>
        <Title id/>
        <Show when=move || pending.get() != Pending::None><Stuck id pending/></Show>
        <Particulars id/>
        <Show when=has_notes><Notes id/></Show>
        <Steps/>
        <Show when=move || children.with(|rows| !rows.is_empty())>
            <section class="drawer-part">
                <h3 class="drawer-part-head">{say::drawer::inside()} <small class="num">{move || children.with(Vec::len)}</small></h3>
                <div class="item-lines">
                    <Each each=move || children.get() key=|row| (row.id, row.updated_at, row.completed) let(row)>
                        <ItemLine row among=child_ids/>
                    </Each>
                </div>
            </section>
        </Show>
        <Comments id/>
        <Show when=move || activity.with(|list| !list.is_empty())>
            <section class="drawer-part">
                <h3 class="drawer-part-head">{say::drawer::what_happened()}</h3>
                <Each each=move || activity.get() key=|one| one.id let(one)><ActivityLine one dated=true/></Each>
            </section>
        </Show>
    }
}

/// The way down to the item: project, list, column.
#[component]
fn Crumbs() -> impl IntoView {
    let item = expect_context::<Item>();
    let (names, drawer, router) = (Names::expect(), Drawer::expect(), Router::expect());
    let project = memo(move || item.query.value.with(|detail| detail.as_ref().map(|detail| detail.item.project)));
    let path = memo(move || item.part(|detail| detail.path.clone()));
    view! {
        <nav class="crumbs" aria-label=say::drawer::where_it_is()>
            {move || project.get().map(|id| view! {
                <button type="button" class="crumb cut" on:click=move |_| router.go(Route::Project(id, Tab::default()))>{move || names.project_name(id)}</button>
            })}
            <Each each=move || path.get() key=|row| row.id let(row)>
                {
                    let id = row.id;
                    let name = if row.title.is_empty() { kind_word(row.kind).to_owned() } else { row.title };
                    view! {
                        <Icon glyph=Glyph::ChevronRight/>
                        <button type="button" class="crumb cut" on:click=move |_| drawer.open(id)>{name}</button>
                    }
                }
            </Each>
        </nav>
    }
}

fn row_of(detail: &ItemDetail) -> Row {
    let item = &detail.item;
    let done = detail.steps.iter().filter(|step| step.completed).count();
    Row {
        id: item.id,
        kind: item.kind,
        project: item.project,
        parent: item.parent,
        status: item.status,
        title: item.title.clone(),
        excerpt: String::new(),
        position: item.position,
        completed: item.completed,
        completed_at: item.completed_at,
        starts_on: item.starts_on,
        due_on: item.due_on,
        span: item.span,
        assignees: item.assignees.clone(),
        creator: item.creator,
        created_at: item.created_at,
        updated_at: item.updated_at,
        comments: item.comments,
        steps: (u32::try_from(done).unwrap_or(0), u32::try_from(detail.steps.len()).unwrap_or(0)),
        blocked: false,
        pending: detail.pending,
    }
}
