//! What is kept on this machine: where, copies of it, all of it written out or read in, and all of it removed.

use contract::commands::{BackUp, ExportData, ImportData, PurgeData, RestoreBackup, ShowData};
use contract::{Backup, BackupReason, DataExport, DataReport};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::sections::Section;
use super::{Advanced, Line, Part};
use crate::parts::number::{counted, grouped};
use crate::parts::{Button, ButtonKind, Confirm, Dialog, Each, Field, Glyph, Moment, Show};
use crate::state::{Route, Router, Session, Toasts, memo, use_command, use_query};
use crate::welcome::CopyLine;
use crate::welcome::sign_in::{FormFault, wrong};

/// The word that removes everything.
const PURGE: &str = "everything";

/// “820 KB”, “12.4 MB”. Pure.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        1_000_000.. => format!("{}.{} MB", grouped(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
    }
}

fn why(backup: &Backup) -> &'static str {
    match backup.why {
        BackupReason::Asked => "you asked for it",
        BackupReason::Update => "before an update",
        BackupReason::Restore => "before a copy was put back",
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
            let told = format!("{} in {}.", counted(one.records, "record"), counted(one.files.len() as u64, "file"));
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
            <Line words="Data folder" hint="A file per workspace, and one for the app. Nothing is kept anywhere else, except secrets.">
                <CopyLine text=folder/>
            </Line>
            <Line words="This workspace" hint="Its size on this machine. Basecamp has its own copy of what came from there.">
                <span class="num">{move || bytes.get()}</span>
                <Button glyph=Glyph::Copy busy=back_up.busy on_click=move |_| back_up.run_then(BackUp {}, move |_| toasts.note("A copy is made."))>
                    "Back up now"
                </Button>
            </Line>
            <Each each=move || backups.get() key=|one| one.name.clone() let(backup)><Copy backup/></Each>
            <Line words="Export everything" hint="As JSON, as tables of CSV, and as an SQLite file. Secrets are not among it.">
                <Button glyph=Glyph::FolderOpen busy=export.busy
                    on_click=move |_| export.run_then(ExportData {}, move |done| { exported.try_set(Some(done)); })>"Export"</Button>
            </Line>
            {written}
            <Line words="Import" hint="Makes a workspace of an export, exactly as it was. Nothing that is here is changed.">
                <Button on_click=move |_| importing.set(true)>"Import…"</Button>
            </Line>
            <Dialog open=importing title="Import a workspace" on_close=move |()| importing.set(false)>
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
        restore.run_then(RestoreBackup { name: name.clone() }, move |_| {
            toasts.note("The copy is in place. What was there is a copy itself now.")
        });
    };
    view! {
        <div class="settings-line settings-copy">
            <div class="settings-words"><span>"Copy of "<Moment at=backup.at/></span><span class="hint">{facts}</span></div>
            <div class="settings-control">
                <Button kind=ButtonKind::Bare busy=restore.busy on_click=move |_| asking.set(true)>"Put back"</Button>
            </div>
        </div>
        <Confirm open=asking title="Put this copy back?" action="Put back" on_confirm=put_back
            text="The workspace is then as it was at that moment. What it is now is copied first. Edits that wait in the copy are looked for in Basecamp before they are sent."/>
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
            toasts.note(format!("{} is here.", workspace.name));
            session.workspace.set(Some(workspace.id));
            router.go(Route::Today);
        });
    };
    let known = memo(move || exports.with(|all| all.lines().map(str::to_owned).collect::<Vec<_>>()));
    view! {
        <form class="form" on:submit=submit>
            <Field label="Folder or file" value=path autofocus=true wrong=wrong(import, "path")
                hint="The folder of an export, its everything.json, or its workspace.db: a whole path, or one of these:"/>
            <ul class="settings-exports">
                <Each each=move || known.get() key=String::clone let(name)>
                    <li><button type="button" class="settings-link" on:click={ let name = name.clone(); move |_| path.set(name.clone()) }>{name.clone()}</button></li>
                </Each>
            </ul>
            <FormFault act=import fields=&["path"]/>
            <div class="dialog-foot">
                <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary submit=true busy=import.busy disabled=Signal::derive(move || path.with(|path| path.trim().is_empty())) on_click=|_| ()>"Import"</Button>
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
        <Line words="Remove everything" hint="Workspaces, sign-ins, secrets, models, settings, copies and exports go from this machine. Basecamp keeps its own.">
            <Button kind=ButtonKind::Danger on_click=move |_| open.set(true)>"Remove…"</Button>
        </Line>
        <Dialog open title="Remove everything from this machine?" on_close=move |()| open.set(false)>
            <form class="form" on:submit=submit>
                <p class="dialog-text">"This cannot be undone. Edits that Basecamp does not have yet are lost."</p>
                <Field label="Type “everything” to go on" value=typed autofocus=true wrong=wrong(purge, "confirm")/>
                <FormFault act=purge fields=&["confirm"]/>
                <Show when=move || purge.busy.get()><p class="hint" role="status">"Removing…"</p></Show>
                <div class="dialog-foot">
                    <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                    <Button kind=ButtonKind::Danger submit=true busy=purge.busy disabled=blank on_click=|_| ()>"Remove everything"</Button>
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
