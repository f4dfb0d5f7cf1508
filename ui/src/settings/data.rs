//! What is kept on this machine: where, copies of it, all of it written out or read in, and all of it removed.

use contract::commands::{BackUp, ExportData, ImportData, PurgeData, RestoreBackup, ShowData};
use contract::{Backup, BackupReason, DataExport, DataReport};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::sections::Section;
use super::{Advanced, Line, Part};
use crate::parts::{Button, ButtonKind, Confirm, Dialog, Each, Field, Glyph, Moment, Show};
use crate::say::{self, Grouped};
use crate::state::{Route, Router, Session, Toasts, memo, use_command, use_query};
use crate::welcome::CopyLine;
use crate::welcome::sign_in::{FormFault, wrong};

/// The word that removes everything.
const PURGE: &str = "everything";

/// “820 KB”, “12.4 MB”. Pure.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => say::settings::kilobytes(bytes.div_ceil(1_000)),
        1_000_000.. => {
            say::settings::Megabytes { whole: Grouped(bytes / 1_000_000), tenths: bytes % 1_000_000 / 100_000 }.text()
        }
    }
}

fn why(backup: &Backup) -> &'static str {
    match backup.why {
        BackupReason::Asked => say::settings::copy_asked(),
        BackupReason::Update => say::settings::copy_update(),
        BackupReason::Restore => say::settings::copy_restore(),
    }
}

#[component]
pub(super) fn DataPart() -> impl IntoView {
    let (session, toasts) = (Session::expect(), Toasts::expect());
    let report = use_query(move || session.workspace.get().map(|_| ShowData {}));
    let told = move |read: fn(&DataReport) -> String| {
        Signal::derive(move || report.value.with(|report| report.as_ref().map(read).unwrap_or_default()))
    };
    let folder = told(|report| report.folder.clone());
    let bytes = told(|report| size(report.bytes));
    let backups =
        memo(move || report.value.with(|report| report.as_ref().map(|one| one.backups.clone()).unwrap_or_default()));
    let (back_up, export) = (use_command::<BackUp>(), use_command::<ExportData>());
    let exported = RwSignal::new(None::<DataExport>);
    let importing = RwSignal::new(false);
    let written = move || {
        exported.get().map(|one| {
            let told = say::settings::RecordsInFiles {
                records: say::settings::records(Grouped(one.records)),
                files: say::settings::files(Grouped(one.files.len() as u64)),
            }
            .text();
            view! {
                <div class="settings-told" role="status">
                    <p class="hint">{told}</p>
                    <CopyLine text=Signal::stored(one.folder)/>
                </div>
            }
        })
    };
    view! {
        <Part section=Section::Data>
            <Line words=say::settings::folder() hint=say::settings::folder_hint()>
                <CopyLine text=folder/>
            </Line>
            <Line words=say::settings::this_workspace() hint=say::settings::this_workspace_hint()>
                <span class="num">{move || bytes.get()}</span>
                <Button glyph=Glyph::Copy busy=back_up.busy on_click=move |_| back_up.run_then(BackUp {}, move |_| toasts.note(say::settings::copy_made()))>
                    {say::settings::back_up()}
                </Button>
            </Line>
            <Each each=move || backups.get() key=|one| one.name.clone() let(backup)><Copy backup/></Each>
            <Line words=say::settings::export_all() hint=say::settings::export_all_hint()>
                <Button glyph=Glyph::FolderOpen busy=export.busy
                    on_click=move |_| export.run_then(ExportData {}, move |done| { exported.try_set(Some(done)); })>{say::settings::export()}</Button>
            </Line>
            {written}
            <Line words=say::settings::import() hint=say::settings::import_hint()>
                <Button on_click=move |_| importing.set(true)>{say::settings::import_open()}</Button>
            </Line>
            <Dialog open=importing title=say::settings::import_title() on_close=move |()| importing.set(false)>
                <Import open=importing exports=told(|report| report.exports.join("\n"))/>
            </Dialog>
            <Advanced><Purge/></Advanced>
        </Part>
    }
}

#[component]
fn Copy(backup: Backup) -> impl IntoView {
    let toasts = Toasts::expect();
    let restore = use_command::<RestoreBackup>();
    let asking = RwSignal::new(false);
    let facts = format!("{}, {}", size(backup.bytes), why(&backup));
    let name = backup.name;
    let put_back = move |()| {
        restore.run_then(RestoreBackup { name: name.clone() }, move |_| toasts.note(say::settings::put_back_done()));
    };
    let (before, after) = say::around(say::settings::copy_of);
    view! {
        <div class="settings-line settings-copy">
            <div class="settings-words"><span>{before}<Moment at=backup.at/>{after}</span><span class="hint">{facts}</span></div>
            <div class="settings-control">
                <Button kind=ButtonKind::Bare busy=restore.busy on_click=move |_| asking.set(true)>{say::settings::put_back()}</Button>
            </div>
        </div>
        <Confirm open=asking title=say::settings::put_back_title() action=say::settings::put_back() on_confirm=put_back
            text=say::settings::put_back_text()/>
    }
}

#[component]
fn Import(open: RwSignal<bool>, exports: Signal<String>) -> impl IntoView {
    let (session, router, toasts) = (Session::expect(), Router::expect(), Toasts::expect());
    let path = RwSignal::new(String::new());
    let import = use_command::<ImportData>().quiet();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        import.run_then(ImportData { path: path.get_untracked().trim().to_owned() }, move |workspace| {
            open.try_set(false);
            toasts.note(say::settings::is_here(&workspace.name));
            session.workspace.set(Some(workspace.id));
            router.go(Route::Today);
        });
    };
    let known = memo(move || exports.with(|all| all.lines().map(str::to_owned).collect::<Vec<_>>()));
    view! {
        <form class="form" on:submit=submit>
            <Field label=say::settings::folder_or_file() value=path autofocus=true wrong=wrong(import, "path")
                hint=say::settings::folder_or_file_hint()/>
            <ul class="settings-exports">
                <Each each=move || known.get() key=String::clone let(name)>
                    <li><button type="button" class="settings-link" on:click={ let name = name.clone(); move |_| path.set(name.clone()) }>{name.clone()}</button></li>
                </Each>
            </ul>
            <FormFault act=import fields=&["path"]/>
            <div class="dialog-foot">
                <Button on_click=move |_| open.set(false)>{say::settings::cancel()}</Button>
                <Button kind=ButtonKind::Primary submit=true busy=import.busy disabled=Signal::derive(move || path.with(|path| path.trim().is_empty())) on_click=|_| ()>{say::settings::import()}</Button>
            </div>
        </form>
    }
}

#[component]
fn Purge() -> impl IntoView {
    let (session, router) = (Session::expect(), Router::expect());
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let purge = use_command::<PurgeData>().quiet();
    let blank = Signal::derive(move || typed.with(|typed| typed.trim() != PURGE));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !blank.get_untracked() {
            purge.run_then(PurgeData { confirm: PURGE.into() }, move |()| {
                open.try_set(false);
                session.workspace.set(None);
                router.replace(Route::Welcome);
            });
        }
    };
    view! {
        <Line words=say::settings::remove_all() hint=say::settings::remove_all_hint()>
            <Button kind=ButtonKind::Danger on_click=move |_| open.set(true)>{say::settings::remove_open()}</Button>
        </Line>
        <Dialog open title=say::settings::remove_all_title() on_close=move |()| open.set(false)>
            <form class="form" on:submit=submit>
                <p class="dialog-text">{say::settings::remove_all_text()}</p>
                <Field label=say::settings::type_word(PURGE) value=typed autofocus=true wrong=wrong(purge, "confirm")/>
                <FormFault act=purge fields=&["confirm"]/>
                <Show when=move || purge.busy.get()><p class="hint" role="status">{say::settings::removing()}</p></Show>
                <div class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>{say::settings::cancel()}</Button>
                    <Button kind=ButtonKind::Danger submit=true busy=purge.busy disabled=blank on_click=|_| ()>{say::settings::remove_all()}</Button>
                </div>
            </form>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use super::size;

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(size(0), "0 KB");
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(999_001), "1000 KB");
        assert_eq!(size(1_000_000), "1.0 MB");
        assert_eq!(size(12_449_999), "12.4 MB");
        assert_eq!(size(1_234_500_000), "1,234.5 MB");
    }
}
