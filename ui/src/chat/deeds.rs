//! What is done with a conversation as a whole: rename, put away, delete, branch, write out; and another model.

use contract::commands::{
    ArchiveConversation, BranchConversation, ChooseModel, DeleteConversation, ExportConversation, RenameConversation,
};
use contract::{Conversation, ConversationId, ExportFormat, Exported, ModelId};
use leptos::prelude::*;

use crate::parts::{Button, ButtonKind, Confirm, Dialog, Field};
use crate::say;
use crate::state::chat::Part;
use crate::state::{Act, ChatState, Toasts, use_command};

/// What can be done with a conversation.
#[derive(Clone, Copy)]
pub(crate) struct Deeds {
    chat: ChatState,
    toasts: Toasts,
    renaming: RwSignal<Option<ConversationId>>,
    title: RwSignal<String>,
    deleting: RwSignal<bool>,
    deleted: StoredValue<Option<(ConversationId, String)>>,
    written: RwSignal<Option<Exported>>,
    rename: Act<RenameConversation>,
    archive: Act<ArchiveConversation>,
    delete: Act<DeleteConversation>,
    branch: Act<BranchConversation>,
    export: Act<ExportConversation>,
    model: Act<ChooseModel>,
}

impl Deeds {
    /// Makes them known to everything below.
    pub(super) fn provide() -> Self {
        let deeds = Self {
            chat: ChatState::expect(),
            toasts: Toasts::expect(),
            renaming: RwSignal::new(None),
            title: RwSignal::new(String::new()),
            deleting: RwSignal::new(false),
            deleted: StoredValue::new(None),
            written: RwSignal::new(None),
            rename: use_command::<RenameConversation>().quiet(),
            archive: use_command(),
            delete: use_command(),
            branch: use_command(),
            export: use_command(),
            model: use_command(),
        };
        provide_context(deeds);
        deeds
    }

    /// Takes them from the context.
    #[track_caller]
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// The open conversation. Does not track.
    pub(super) fn open(self) -> Option<Conversation> {
        self.chat.peek(|view| view.conversation.clone())
    }

    /// Asks for another title.
    pub(super) fn ask_title(self, conversation: &Conversation) {
        self.rename.fault.set(None);
        self.title.set(conversation.title.clone());
        self.renaming.set(Some(conversation.id));
    }

    /// Gives another title.
    pub(super) fn rename(self, id: ConversationId, title: String) {
        let toasts = self.toasts;
        self.rename.run_then(RenameConversation { id, title }, move |renamed| {
            self.renaming.set(None);
            toasts.note(say::chat::is_called(renamed.title));
        });
    }

    /// Puts it away, or back into use.
    pub(super) fn archive(self, id: ConversationId, archived: bool) {
        let (chat, toasts) = (self.chat, self.toasts);
        self.archive.run_then(ArchiveConversation { id, archived }, move |_| {
            if archived {
                chat.forget(id);
            }
            toasts.note(if archived { say::chat::put_away() } else { say::chat::in_use_again() });
        });
    }

    /// Asks before it is deleted.
    pub(super) fn ask_delete(self, conversation: &Conversation) {
        self.deleted.set_value(Some((conversation.id, conversation.title.clone())));
        self.deleting.set(true);
    }

    fn delete(self) {
        let Some((id, _)) = self.deleted.get_value() else { return };
        let (chat, toasts) = (self.chat, self.toasts);
        self.delete.run_then(DeleteConversation { id }, move |()| {
            chat.forget(id);
            toasts.note(say::chat::deleted());
        });
    }

    /// Begins another conversation that starts as this one did, up to a line.
    pub(super) fn branch(self, id: ConversationId, through: u64) {
        let (chat, toasts) = (self.chat, self.toasts);
        self.branch.run_then(BranchConversation { id, through }, move |branched| {
            chat.show(Some(branched.id));
            chat.field.focus();
            toasts.note(say::chat::branched());
        });
    }

    /// Begins a branch behind the last line.
    pub(super) fn branch_here(self) {
        let last = self.chat.peek(|view| view.lines.last().map(|line| (view.conversation.id, line.seq))).flatten();
        if let Some((id, seq)) = last {
            self.branch(id, seq);
        }
    }

    /// Writes it out, to be copied.
    pub(super) fn export(self, id: ConversationId, format: ExportFormat) {
        self.export.run_then(ExportConversation { id, format }, move |written| self.written.set(Some(written)));
    }

    /// Chooses a model. A conversation that has not begun is begun with it.
    pub(super) fn choose_model(self, model: ModelId, label: String) {
        let Some(id) = self.chat.open.get_untracked() else { return self.chat.next_model.set(Some(model)) };
        let toasts = self.toasts;
        self.model.run_then(ChooseModel { id, model: Some(model) }, move |_| {
            toasts.note(say::chat::answers_from_now(label));
        });
    }

    /// A new conversation, and the keyboard in its field.
    pub(crate) fn begin(chat: ChatState) {
        chat.show(None);
        chat.field.focus();
    }
}

/// The questions.
#[component]
pub(super) fn Dialogs(deeds: Deeds) -> impl IntoView {
    let naming = Signal::derive(move || deeds.renaming.get().is_some());
    let name = move || {
        let title = deeds.title.get_untracked().trim().to_owned();
        if let (Some(id), false) = (deeds.renaming.get_untracked(), title.is_empty()) {
            deeds.rename(id, title);
        }
    };
    let wrong = Signal::derive(move || deeds.rename.fault.get().map(|fault| fault.message).unwrap_or_default());
    let doomed = Signal::derive(move || {
        deeds.deleting.track();
        deeds
            .deleted
            .with_value(|deleted| deleted.as_ref().map(|(_, title)| say::chat::go_for_good(title)).unwrap_or_default())
    });
    let exported = Signal::derive(move || deeds.written.get().is_some());
    let file = Signal::derive(move || deeds.written.get().map(|written| written.name).unwrap_or_default());
    let take = move |_| {
        if let Some(written) = deeds.written.get_untracked() {
            super::copy(&written.text, deeds.toasts, say::chat::is_in_clipboard(written.name));
        }
    };
    view! {
        <Dialog open=naming title=say::chat::rename_title() on_close=move |()| deeds.renaming.set(None)>
            <form on:submit=move |event| { event.prevent_default(); name(); }>
                <Field label=say::chat::title() value=deeds.title autofocus=true wrong/>
                <div class="dialog-foot">
                    <Button on_click=move |_| deeds.renaming.set(None)>{say::parts::cancel()}</Button>
                    <Button kind=ButtonKind::Primary submit=true busy=deeds.rename.busy on_click=|_| {}>{say::chat::rename()}</Button>
                </div>
            </form>
        </Dialog>
        <Confirm open=deeds.deleting title=say::chat::delete_this() text=doomed action=say::chat::delete() on_confirm=move |()| deeds.delete()/>
        <Dialog open=exported title=file on_close=move |()| deeds.written.set(None)>
            <textarea class="text-field chat-export" rows="12" readonly aria-label=say::chat::written_out()
                prop:value=move || deeds.written.get().map(|written| written.text).unwrap_or_default()></textarea>
            <div class="dialog-foot">
                <Button on_click=move |_| deeds.written.set(None)>{say::chat::close()}</Button>
                <Button kind=ButtonKind::Primary on_click=take>{say::chat::copy_all()}</Button>
            </div>
        </Dialog>
    }
}

impl Deeds {
    /// Title of the open conversation. Tracks.
    pub(super) fn title(self) -> String {
        let title = self.chat.read(Part::Head, |view| view.conversation.title.clone()).unwrap_or_default();
        if title.trim().is_empty() {
            say::chat::assistant().into()
        } else {
            super::markdown::shown(&title).into_owned()
        }
    }
}
