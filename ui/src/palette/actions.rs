//! What the palette does.

use contract::commands::{
    ChangeSettings, CreateTodo, OpenWorkspace, PauseSync, Redo, ResumeSync, RunSync, SetOffline, Undo,
};
use contract::{ChangeDesktop, Contrast, Density, SyncPhase, TextSize, Theme, Undone, WorkspaceId, ZOOMS};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::entry::Entry;
use super::query::Filter;
use super::recent::Recent;
use super::state::{PaletteState, Stage};
use crate::bridge;
use crate::chat::Slash;
use crate::parts::Glyph;
use crate::say;
use crate::settings::go_to;
use crate::settings::sections::Section;
use crate::state::{
    Act, ChatState, Drawer, Overlays, Route, Router, Session, SetupState, SyncState, Tab, Toasts, use_command,
};

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Goes there.
    Go(Route),
    /// Begins a to-do.
    NewTodo,
    /// Fetches and sends.
    Sync {
        /// Everything.
        full: bool,
    },
    /// Works offline, or no longer.
    Offline(bool),
    /// Stops sync for a while.
    Pause,
    /// Goes on.
    Resume,
    /// Takes the last thing back.
    Undo,
    /// Does it again.
    Redo,
    /// Light or dark.
    Theme(Theme),
    /// How far ink stands out.
    Contrast(Contrast),
    /// How much room a row takes.
    Density(Density),
    /// How large words are.
    TextSize(TextSize),
    /// How large everything is, in hundredths.
    Zoom(u16),
    /// A part of the settings.
    Setting(Section),
    /// The steps of the set-up.
    Setup,
    /// The tour of the sample.
    Tour,
    /// Shows or hides the assistant.
    Chat,
    /// The assistant's field.
    Ask,
    /// Brings the quick chat.
    Quick,
    /// Something that can be typed behind a stroke, by its word.
    Slash(Slash),
    /// The sheet of keys.
    Keys,
    /// Another workspace.
    Workspace(WorkspaceId),
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Action {
    /// What it does.
    pub(super) deed: Deed,
    /// Its words.
    pub(super) label: String,
    /// Its keys, when it has any.
    pub(super) keys: &'static str,
    /// Its icon.
    pub(super) glyph: Glyph,
}

/// Every action that makes sense at the moment. Tracks.
pub(super) fn actions(session: Session, sync: SyncState) -> Vec<Action> {
    let (offline, paused) = sync.status.with(|status| {
        status.as_ref().map_or((false, false), |status| (status.offline, status.phase == SyncPhase::Paused))
    });
    let act = |deed, label: &str, keys, glyph| Action { deed, label: label.to_owned(), keys, glyph };
    let mut all = vec![
        act(Deed::NewTodo, say::palette::new_todo(), "", Glyph::Plus),
        act(Deed::Ask, say::palette::ask(), "", Glyph::Sparkles),
        act(Deed::Go(Route::Today), say::palette::go_today(), "G T", Glyph::Sun),
        act(Deed::Go(Route::Projects), say::palette::go_projects(), "G P", Glyph::FolderKanban),
        act(Deed::Go(Route::Automations), say::palette::go_automations(), "G F", Glyph::Zap),
        act(Deed::Go(Route::Runs), say::palette::go_runs(), "G R", Glyph::Activity),
        act(Deed::Go(Route::Chat(None)), say::palette::go_assistant(), "G A", Glyph::Sparkles),
        act(Deed::Go(Route::History), say::palette::go_history(), "G H", Glyph::History),
        act(Deed::Go(Route::Sync), say::palette::go_sync(), "G S", Glyph::RefreshCw),
        act(Deed::Go(Route::Integrations), say::palette::go_integrations(), "", Glyph::Plug),
        act(Deed::Go(Route::Settings), say::palette::go_settings(), "", Glyph::Settings),
        act(Deed::Undo, say::palette::undo(), "Mod Z", Glyph::Undo2),
        act(Deed::Redo, say::palette::redo(), say::palette::key_redo(), Glyph::Redo2),
    ];
    if offline {
        all.push(act(Deed::Offline(false), say::palette::go_online(), "", Glyph::Cloud));
    } else {
        all.push(act(Deed::Sync { full: false }, say::palette::sync_now(), "", Glyph::RefreshCw));
        all.push(act(Deed::Sync { full: true }, say::palette::compare_all(), "", Glyph::GitCompareArrows));
        all.push(act(Deed::Offline(true), say::palette::work_offline(), "", Glyph::CloudOff));
    }
    if paused {
        all.push(act(Deed::Resume, say::palette::resume(), "", Glyph::Play));
    } else if !offline {
        all.push(act(Deed::Pause, say::palette::pause(), "", Glyph::Pause));
    }
    all.push(act(Deed::Theme(Theme::Light), say::palette::light(), "", Glyph::Sun));
    all.push(act(Deed::Theme(Theme::Dark), say::palette::dark(), "", Glyph::Moon));
    all.push(act(Deed::Theme(Theme::System), say::palette::system_theme(), "", Glyph::Monitor));
    all.extend(wishes());
    all.push(act(Deed::Chat, say::palette::toggle_chat(), "Mod J", Glyph::PanelRight));
    if bridge::has_desktop() {
        all.push(act(Deed::Quick, say::palette::quick_chat(), "", Glyph::Sparkles));
    }
    for (slash, label) in [
        (Slash::New, say::palette::slash_new()),
        (Slash::Stop, say::palette::slash_stop()),
        (Slash::Undo, say::palette::slash_undo()),
        (Slash::Model, say::palette::slash_model()),
        (Slash::Remember, say::palette::slash_remember()),
        (Slash::Rename, say::palette::slash_rename()),
        (Slash::Export, say::palette::slash_export()),
        (Slash::Archive, say::palette::slash_archive()),
        (Slash::Help, say::palette::slash_help()),
    ] {
        all.push(act(Deed::Slash(slash), label, "", Glyph::Sparkles));
    }
    all.push(act(Deed::Keys, say::palette::show_keys(), "?", Glyph::Keyboard));
    let open = session.workspace.get();
    session.status.with(|status| {
        for workspace in status.iter().flat_map(|status| status.workspaces.iter()).filter(|one| Some(one.id) != open) {
            all.push(act(
                Deed::Workspace(workspace.id),
                &say::palette::open_workspace(&workspace.name),
                "",
                Glyph::Building2,
            ));
        }
    });
    all.push(act(Deed::Go(Route::Welcome), say::palette::another_account(), "", Glyph::LogIn));
    all.push(act(Deed::Setup, say::palette::setup(), "", Glyph::ListChecks));
    all.push(act(Deed::Tour, say::palette::tour(), "", Glyph::Map));
    all
}

/// How the app can look and where each setting is, in words that somebody would type for it.
fn wishes() -> impl Iterator<Item = Action> {
    let looks = [
        (Deed::Contrast(Contrast::Higher), say::palette::contrast_higher()),
        (Deed::Contrast(Contrast::System), say::palette::contrast_system()),
        (Deed::Density(Density::Compact), say::palette::rows_compact()),
        (Deed::Density(Density::Comfortable), say::palette::rows_comfortable()),
        (Deed::TextSize(TextSize::Small), say::palette::text_small()),
        (Deed::TextSize(TextSize::Usual), say::palette::text_usual()),
        (Deed::TextSize(TextSize::Large), say::palette::text_large()),
        (Deed::TextSize(TextSize::Larger), say::palette::text_larger()),
        (Deed::Setting(Section::Appearance), say::palette::change_language()),
        (Deed::Setting(Section::Appearance), say::palette::change_hours()),
        (Deed::Setting(Section::News), say::palette::change_news()),
        (Deed::Setting(Section::Data), say::palette::back_up()),
        (Deed::Setting(Section::Data), say::palette::put_back()),
        (Deed::Setting(Section::Data), say::palette::export_all()),
        (Deed::Setting(Section::Data), say::palette::import_workspace()),
        (Deed::Setting(Section::Data), say::palette::remove_all()),
    ];
    let looks = looks.into_iter().map(|(deed, words)| (deed, words.to_owned()));
    let zooms = ZOOMS.iter().filter(|_| bridge::has_desktop());
    let zooms = zooms.map(|zoom| (Deed::Zoom(*zoom), say::palette::zoom(*zoom)));
    let parts = Section::ALL.iter().filter(|section| section.is_here());
    let parts = parts.map(|section| (Deed::Setting(*section), say::palette::part_of_settings(section.title())));
    looks.chain(zooms).chain(parts).map(|(deed, label)| Action { deed, label, keys: "", glyph: Glyph::Settings })
}

/// Carries out what is chosen.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    state: PaletteState,
    overlays: Overlays,
    chat: ChatState,
    router: Router,
    drawer: Drawer,
    toasts: Toasts,
    session: Session,
    sync: Act<RunSync>,
    offline: Act<SetOffline>,
    pause: Act<PauseSync>,
    resume: Act<ResumeSync>,
    undo: Act<Undo>,
    redo: Act<Redo>,
    settings: Act<ChangeSettings>,
    workspace: Act<OpenWorkspace>,
    create: Act<CreateTodo>,
    setup: SetupState,
}

impl Actions {
    /// Those of the open palette.
    pub(super) fn here(state: PaletteState) -> Self {
        Self {
            state,
            overlays: Overlays::expect(),
            chat: ChatState::expect(),
            router: Router::expect(),
            drawer: Drawer::expect(),
            toasts: Toasts::expect(),
            session: Session::expect(),
            sync: use_command(),
            offline: use_command(),
            pause: use_command(),
            resume: use_command(),
            undo: use_command(),
            redo: use_command(),
            settings: use_command(),
            workspace: use_command(),
            create: use_command(),
            setup: SetupState::expect(),
        }
    }

    /// Does what an entry stands for. Closes the palette unless more is asked.
    pub(super) fn choose(self, entry: Entry) {
        match entry {
            Entry::Filter(filter) => return self.state.hold_draft(filter),
            Entry::Person(id, name) => {
                self.state.hold(Filter::By(id, name));
                return self.state.typed(String::new());
            }
            Entry::Action(Action { deed: Deed::NewTodo, .. }) => return self.state.go(Stage::Project),
            Entry::ForTodo(project, _) => return self.state.go(Stage::List(project)),
            Entry::ForList(list, name) => return self.state.go(Stage::Title(list, name)),
            Entry::Action(action) => self.act(action.deed),
            Entry::Project(id, _) | Entry::Recent(Recent::Project { id, .. }) => {
                self.router.go(Route::Project(id, Tab::default()))
            }
            Entry::Item { row, .. } => {
                let list = self.state.entries.with_untracked(|entries| {
                    entries
                        .iter()
                        .filter_map(|entry| match entry {
                            Entry::Item { row, .. } => Some(row.id),
                            Entry::Filter(_)
                            | Entry::Action(_)
                            | Entry::Recent(_)
                            | Entry::Project(..)
                            | Entry::Person(..)
                            | Entry::ForTodo(..)
                            | Entry::ForList(..) => None,
                        })
                        .collect()
                });
                self.drawer.open_in(row.id, list);
            }
            Entry::Recent(Recent::Item { id, .. }) => self.drawer.open(id),
        }
        self.overlays.palette.set(false);
    }

    /// Makes the to-do whose title is in the field. False when that is not what the field asks for.
    pub(super) fn take_title(self) -> bool {
        let Stage::Title(list, name) = self.state.stage.get_untracked() else { return false };
        let title = self.state.text.get_untracked().trim().to_owned();
        if title.is_empty() {
            return true;
        }
        let (toasts, overlays) = (self.toasts, self.overlays);
        let make = CreateTodo {
            parent: list,
            title: title.clone(),
            body: String::new(),
            starts_on: None,
            due_on: None,
            assignees: Vec::new(),
        };
        self.create.run_then(make, move |written| {
            toasts.done(say::palette::Added { title, list: name }.text(), written.set);
            overlays.palette.set(false);
        });
        true
    }

    fn show_chat(self) {
        if matches!(self.router.route.get_untracked(), Route::Chat(_)) {
            self.chat.field.focus();
        } else {
            self.overlays.show_chat(self.chat);
        }
    }

    fn act(self, deed: Deed) {
        let (toasts, router) = (self.toasts, self.router);
        let tell = move |answer: Undone| match answer {
            Undone::Done { summary, .. } => toasts.note(summary),
            Undone::Moved { .. } => {
                toasts.note(say::palette::changed_since());
                router.go(Route::History);
            }
        };
        match deed {
            Deed::Go(route) => self.router.go(route),
            // Needs more than a choice; it is taken before.
            Deed::NewTodo => {}
            Deed::Sync { full } => self.sync.run_then(RunSync { full }, move |_| toasts.note(say::palette::synced())),
            Deed::Offline(offline) => self.offline.run_then(SetOffline { offline }, move |_| {
                toasts.note(if offline { say::palette::offline() } else { say::palette::online() });
            }),
            Deed::Pause => self.pause.run_then(PauseSync {}, move |_| toasts.note(say::palette::paused())),
            Deed::Resume => self.resume.run_then(ResumeSync {}, move |_| toasts.note(say::palette::resumed())),
            Deed::Undo => self.undo.run_then(Undo { set: None, choice: None }, tell),
            Deed::Redo => self.redo.run_then(Redo { set: None, choice: None }, tell),
            Deed::Theme(theme) => {
                self.settings.run(ChangeSettings { theme: Some(theme), ..ChangeSettings::default() });
            }
            Deed::Contrast(contrast) => {
                self.settings.run(ChangeSettings { contrast: Some(contrast), ..ChangeSettings::default() });
            }
            Deed::Density(density) => {
                self.settings.run(ChangeSettings { density: Some(density), ..ChangeSettings::default() });
            }
            Deed::TextSize(size) => {
                self.settings.run(ChangeSettings { text_size: Some(size), ..ChangeSettings::default() });
            }
            Deed::Zoom(zoom) => {
                let change = ChangeDesktop { zoom: Some(zoom), ..ChangeDesktop::default() };
                spawn_local(async move {
                    if let Err(fault) = bridge::change_desktop(&change).await {
                        toasts.fault(&fault);
                    }
                });
            }
            Deed::Setting(section) => go_to(router, section),
            Deed::Setup => self.setup.begin(router),
            Deed::Tour => self.setup.tour(router),
            Deed::Chat => self.overlays.chat.update(|open| *open = !*open),
            Deed::Ask => self.show_chat(),
            Deed::Quick => bridge::show_quick(),
            Deed::Slash(slash) => {
                self.chat.asked.set(Some(slash.word()));
                self.show_chat();
            }
            Deed::Keys => self.overlays.keys.set(true),
            Deed::Workspace(id) => {
                let session = self.session;
                self.workspace.run_then(OpenWorkspace { id }, move |workspace| {
                    session.workspace.set(Some(workspace.id));
                    router.go(Route::Today);
                });
            }
        }
    }
}
