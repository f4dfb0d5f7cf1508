//! A project's documents and files: folders that open, with the way back.

use contract::{Kind, ProjectId, RecordingId, Row};
use leptos::prelude::*;

use super::messages::list;
use super::shown::{Count, PartBar, status_word};
use crate::parts::{Chip, Each, Empty, Glyph, Icon, Loaded, Moment, PendingMark, Show, Tone, kind_glyph};
use crate::say;
use crate::state::{Drawer, Names, memo, use_query};

/// The documents of a project.
#[component]
pub(super) fn DocumentsTab(project: ProjectId) -> impl IntoView {
    let names = Names::expect();
    let documents = use_query(move || Some(list(project, &[Kind::Vault, Kind::Document, Kind::Upload], 5000)));
    let folder = RwSignal::new(None::<RecordingId>);
    let top = memo(move || {
        names
            .project(project)
            .and_then(|row| row.project.dock.iter().find(|tool| tool.name == "vault").map(|tool| tool.id))
    });
    let inside = memo(move || {
        documents.value.with(|rows| contents(rows.as_deref().unwrap_or_default(), folder.get(), top.get()))
    });
    let path = memo(move || {
        documents.value.with(|rows| path_to(rows.as_deref().unwrap_or_default(), folder.get(), top.get()))
    });
    let note = Signal::derive(move || {
        let (folders, rest): (Vec<Row>, Vec<Row>) = inside.get().into_iter().partition(|row| row.kind == Kind::Vault);
        match (folders.len(), rest.len()) {
            (0, files) => say::project::files(files),
            (folders, files) => say::project::FoldersFiles { folders, files }.text(),
        }
    });
    let ids = Signal::derive(move || {
        inside.with(|rows| rows.iter().filter(|row| row.kind != Kind::Vault).map(|row| row.id).collect::<Vec<_>>())
    });
    view! {
        <PartBar note>
            <nav class="crumbs" aria-label=say::project::folder()>
                <button type="button" class="crumb" aria-current=move || folder.get().is_none().then_some("page") on:click=move |_| folder.set(None)>
                    {say::project::docs_files()}
                </button>
                <Each each=move || path.get() key=|row| row.id let(row)>
                    {
                        let id = row.id;
                        view! {
                            <Icon glyph=Glyph::ChevronRight/>
                            <button type="button" class="crumb cut" aria-current=move || (folder.get() == Some(id)).then_some("page")
                                on:click=move |_| folder.set(Some(id))>{row.title.clone()}</button>
                        }
                    }
                </Each>
            </nav>
        </PartBar>
        <Loaded query=documents>
            <div class="part-scroll">
                <Show when=move || inside.with(|rows| !rows.is_empty()) fallback=move || view! {
                    <Empty glyph=Glyph::FolderOpen title=Signal::derive(move || if folder.get().is_some() { say::project::folder_empty() } else { say::project::no_documents() }.to_owned())
                        text=say::project::documents_text()/>
                }>
                    <div class="item-lines">
                        <Each each=move || inside.get() key=|row| (row.id, row.updated_at) let(row)>
                            <DocumentLine row folder among=ids/>
                        </Each>
                    </div>
                </Show>
            </div>
        </Loaded>
    }
}

#[component]
fn DocumentLine(row: Row, folder: RwSignal<Option<RecordingId>>, among: Signal<Vec<RecordingId>>) -> impl IntoView {
    let (drawer, names) = (Drawer::expect(), Names::expect());
    let (id, kind, by) = (row.id, row.kind, row.creator);
    let open =
        move |_| if kind == Kind::Vault { folder.set(Some(id)) } else { drawer.open_in(id, among.get_untracked()) };
    view! {
        <button type="button" class="item-line" class:on=move || drawer.item.get() == Some(id) on:click=open>
            <Icon glyph=kind_glyph(kind)/>
            <span class="item-line-words">
                <span class="item-line-title cut">{row.title.clone()}</span>
                <span class="item-line-more cut">{row.excerpt.clone()}</span>
            </span>
            {status_word(row.status).map(|word| view! { <Chip tone=Tone::Warn>{word}</Chip> })}
            <PendingMark pending=row.pending/>
            {(row.comments > 0).then(|| view! { <Count glyph=Glyph::MessageCircle text=row.comments.to_string() label=say::project::comments(row.comments)/> })}
            <small class="cut item-line-by">{move || by.map(|by| names.person_name(by))}</small>
            <Moment at=row.updated_at/>
        </button>
    }
}

/// What lies directly in a folder: folders first, then by name. What says it lies in a folder that is not here lies on top.
fn contents(rows: &[Row], folder: Option<RecordingId>, top: Option<RecordingId>) -> Vec<Row> {
    let is_folder = |id: RecordingId| rows.iter().any(|row| row.kind == Kind::Vault && row.id == id && Some(id) != top);
    let mut inside: Vec<Row> = rows
        .iter()
        .filter(|row| Some(row.id) != top)
        .filter(|row| row.parent.filter(|parent| is_folder(*parent)) == folder)
        .cloned()
        .collect();
    inside.sort_by_key(|row| (row.kind != Kind::Vault, row.title.to_lowercase(), row.id));
    inside
}

/// The folders that lead to one, outermost first, itself included. Folders that hold each other in a ring end it.
fn path_to(rows: &[Row], folder: Option<RecordingId>, top: Option<RecordingId>) -> Vec<Row> {
    let mut path: Vec<Row> = Vec::new();
    let mut next = folder;
    while let Some(row) = next.filter(|id| Some(*id) != top).and_then(|id| rows.iter().find(|row| row.id == id)) {
        if path.iter().any(|seen| seen.id == row.id) {
            break;
        }
        path.push(row.clone());
        next = row.parent;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use contract::{Kind, RecordingId, Row};

    use super::{contents, path_to};
    use crate::project::fixture::row;

    fn inside(id: i64, kind: Kind, parent: i64) -> Row {
        Row { parent: Some(RecordingId(parent)), ..row(id, kind) }
    }
    fn ids(rows: &[Row]) -> Vec<i64> {
        rows.iter().map(|row| row.id.0).collect()
    }

    #[test]
    fn folders_hold_what_says_so_and_orphans_lie_on_top() {
        let rows = [
            row(1, Kind::Vault),
            inside(2, Kind::Document, 1),
            inside(3, Kind::Vault, 1),
            inside(4, Kind::Upload, 3),
            inside(5, Kind::Document, 99),
        ];
        let top = Some(RecordingId(1));
        assert_eq!(ids(&contents(&rows, None, top)), [3, 2, 5]);
        assert_eq!(ids(&contents(&rows, Some(RecordingId(3)), top)), [4]);
        assert_eq!(ids(&path_to(&rows, Some(RecordingId(3)), top)), [3]);
        assert_eq!(ids(&contents(&rows, None, None)), [1, 5], "without a known top, the top folder is one to open");
    }

    #[test]
    fn folders_in_a_ring_do_not_hang() {
        let rows = [inside(1, Kind::Vault, 2), inside(2, Kind::Vault, 1)];
        assert_eq!(path_to(&rows, Some(RecordingId(1)), None).len(), 2);
    }
}
