//! What can be done with an automation in the list: run, copy, file, export, delete.

use contract::commands::{CreateFlow, DeleteFlow, ExportFlow, FileFlow, ShowFlow, SwitchFlow};
use contract::{FlowId, FlowState, FlowSummary, FlowView};
use leptos::prelude::*;

use super::line::OpenMenu;
use super::once::{Once, OnceDialog};
use super::save;
use crate::parts::{Button, ButtonKind, Choice, Confirm, Dialog, Each, Field, Glyph, Picker};
use crate::say;
use crate::state::{Act, Route, Router, Toasts, use_command};

/// What is under way with automations of the list.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    pub(super) menu: OpenMenu,
    once: Once,
    doomed: RwSignal<Option<FlowSummary>>,
    deleting: RwSignal<bool>,
    filing: RwSignal<Option<FlowId>>,
    folder: RwSignal<String>,
    show: Act<ShowFlow>,
    create: Act<CreateFlow>,
    delete: Act<DeleteFlow>,
    file: Act<FileFlow>,
    export: Act<ExportFlow>,
    switch: Act<SwitchFlow>,
    toasts: Toasts,
    router: Router,
}

/// A thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Open,
    Run,
    Switch(bool),
    Duplicate,
    File,
    Export,
    Delete,
}

impl Deeds {
    pub(super) fn new() -> Self {
        Self {
            menu: RwSignal::new(None),
            once: Once::new(),
            doomed: RwSignal::new(None),
            deleting: RwSignal::new(false),
            filing: RwSignal::new(None),
            folder: RwSignal::new(String::new()),
            show: use_command(),
            create: use_command(),
            delete: use_command(),
            file: use_command(),
            export: use_command(),
            switch: use_command(),
            toasts: Toasts::expect(),
            router: Router::expect(),
        }
    }

    /// Asks whether to delete it.
    pub(super) fn ask_delete(self, flow: FlowSummary) {
        self.doomed.set(Some(flow));
        self.deleting.set(true);
    }

    fn act(self, flow: FlowSummary, deed: Deed) {
        let id = flow.id;
        match deed {
            Deed::Open => self.router.go(Route::Automation(id)),
            Deed::Run => self.once.begin(id),
            Deed::Switch(on) => self.switch.run(SwitchFlow { id, on }),
            Deed::Duplicate => self.duplicate(flow),
            Deed::File => {
                self.folder.set(flow.folder);
                self.filing.set(Some(id));
            }
            Deed::Export => self.export.run_then(ExportFlow { id }, move |file| save(&file, self.toasts)),
            Deed::Delete => self.ask_delete(flow),
        }
    }

    fn duplicate(self, flow: FlowSummary) {
        self.show.run_then(ShowFlow { id: flow.id, known: None }, move |view: FlowView| {
            let name = say::automations::copy_of(&flow.name).chars().take(200).collect();
            let copy = CreateFlow { name, folder: flow.folder, document: view.document };
            self.create.run_then(copy, move |made| self.toasts.note(say::automations::copied(made.flow.name)));
        });
    }

    fn put_into(self, folder: &str) {
        let Some(id) = self.filing.get_untracked() else { return };
        self.file.run_then(FileFlow { id, folder: folder.trim().to_owned() }, move |()| {
            self.filing.try_set(None);
        });
    }
}

/// The menu of an automation.
#[component]
pub(super) fn FlowMenu(deeds: Deeds) -> impl IntoView {
    let offers = |flow: &FlowSummary| {
        let mut offers = vec![
            Choice::new(Deed::Open, say::automations::open())
                .glyph(Glyph::SquarePen)
                .hint(say::automations::key_enter()),
        ];
        match flow.state {
            FlowState::Draft => {}
            FlowState::On => {
                offers.push(Choice::new(Deed::Run, say::automations::run_once()).glyph(Glyph::Play));
                offers.push(Choice::new(Deed::Switch(false), say::automations::switch_off()).glyph(Glyph::Pause));
            }
            FlowState::Off => {
                offers.push(Choice::new(Deed::Run, say::automations::run_once()).glyph(Glyph::Play));
                offers.push(Choice::new(Deed::Switch(true), say::automations::switch_on()).glyph(Glyph::Zap));
            }
        }
        offers.push(Choice::new(Deed::Duplicate, say::automations::duplicate()).glyph(Glyph::Copy));
        offers.push(Choice::new(Deed::File, say::automations::into_folder_open()).glyph(Glyph::Folder));
        offers.push(Choice::new(Deed::Export, say::automations::save_as_file()).glyph(Glyph::FileText));
        offers.push(
            Choice::new(Deed::Delete, say::automations::delete_open())
                .glyph(Glyph::Trash2)
                .hint(say::automations::key_delete())
                .danger(),
        );
        offers
    };
    move || {
        let (flow, at) = deeds.menu.get()?;
        let choices = offers(&flow);
        let choose = move |deed| deeds.act(flow.clone(), deed);
        Some(view! {
            <Picker label=say::automations::what_to_do() at choices on_choose=choose on_close=move |()| deeds.menu.set(None)/>
        })
    }
}

/// The dialogs of what can be done.
#[component]
pub(super) fn FlowDialogs(deeds: Deeds, folders: Memo<Vec<String>>) -> impl IntoView {
    let text = Signal::derive(move || {
        deeds.doomed.with(|flow| {
            let name = flow.as_ref().map(|flow| flow.name.as_str()).unwrap_or_default();
            say::automations::delete_text(name)
        })
    });
    let delete = move |()| {
        if let Some(flow) = deeds.doomed.get_untracked() {
            let said = say::automations::deleted(&flow.name);
            deeds.delete.run_then(DeleteFlow { id: flow.id }, move |()| deeds.toasts.note(said));
        }
    };
    view! {
        <Confirm open=deeds.deleting title=say::automations::delete_title() text action=say::automations::delete() on_confirm=delete/>
        <Dialog open=Signal::derive(move || deeds.filing.with(Option::is_some)) title=say::automations::into_folder() on_close=move |()| deeds.filing.set(None)>
            <form class="form" on:submit=move |event| { event.prevent_default(); deeds.put_into(&deeds.folder.get_untracked()); }>
                <Field label=say::automations::folder() value=deeds.folder autofocus=true hint=say::automations::folder_hint()/>
                <div class="folder-offers">
                    <Each each=move || folders.get() key=|folder| folder.clone() let(folder)>
                        {let name = folder.clone();
                        view! { <Button glyph=Glyph::Folder on_click=move |_| deeds.put_into(&name)>{folder}</Button> }}
                    </Each>
                </div>
                <div class="dialog-foot">
                    <Button on_click=move |_| deeds.filing.set(None)>{say::automations::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=deeds.file.busy on_click=|_| ()>{say::automations::put_there()}</Button>
                </div>
            </form>
        </Dialog>
        <OnceDialog once=deeds.once/>
    }
}
