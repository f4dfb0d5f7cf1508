//! The conversation with the assistant that is open: its record, kept up by the feed, and what one is writing.

mod field;
mod last;
mod others;
mod record;

use contract::commands::{
    CallDecision, Conversations, Decide, ListConversations, Say, ShowConversation, StartConversation, StopTurn,
};
use contract::{
    CallId, CallView, ChatEvent, Code, Conversation, ConversationId, ConversationView, Fault, ModelId, Seen, Tag,
    TurnStage, WorkspaceId,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use field::{Field, LONGEST, both, too_long};
pub use record::{Applied, apply, prepend};

use self::last::{remember, remembered};
use super::{Act, Changes, News, Query, Session, use_command, use_query};
use crate::{bridge, say};

/// Something that is told again and again, and holds nothing.
#[derive(Clone, Copy)]
struct Beat(RwSignal<u32>);

impl Beat {
    fn new() -> Self {
        Self(RwSignal::new(0))
    }
    fn strike(self) {
        self.0.try_update(|count| *count = count.wrapping_add(1));
    }
}

/// A part of the conversation that a reader depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Title, model, stage, queue; whether it is here at all.
    Head,
    /// The lines of the record.
    Lines,
    /// The calls.
    Calls,
    /// What turns used.
    Turns,
    /// What is being said.
    Saying,
}

/// How far reading the conversation has come.
#[derive(Clone, Default)]
struct Reading {
    question: u64,
    in_flight: bool,
    /// Events that came meanwhile.
    heard: Vec<(u64, ChatEvent)>,
}

/// What stands below the field when an earlier message is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The words.
    pub text: String,
}

/// The open conversation.
#[derive(Clone, Copy)]
pub struct ChatState {
    /// Which is open; `None` for one that begins with the first message.
    pub open: RwSignal<Option<ConversationId>>,
    /// Why it could not be read.
    pub fault: RwSignal<Option<Fault>>,
    /// An older page is on its way.
    pub older: RwSignal<bool>,
    /// Why an older page did not come.
    pub older_fault: RwSignal<Option<Fault>>,
    /// A message that is on its way.
    pub sending: RwSignal<Option<Sending>>,
    /// The conversations in use, last used first.
    pub list: Query<Conversations>,
    /// The field.
    pub field: Field,
    /// What a screen reader is told: blocks as they are finished.
    pub told: RwSignal<String>,
    /// Stops the turn.
    pub stop: Act<StopTurn>,
    /// Decides calls.
    pub decide: Act<Decide>,
    /// The card that waits should have the keyboard.
    pub card_wanted: RwSignal<bool>,
    /// The model that the next conversation begins with; the workspace's usual one when none was chosen.
    pub next_model: RwSignal<Option<ModelId>>,
    /// The chosen model is elsewhere, and the person was not shown yet what is sent there.
    pub undisclosed: RwSignal<bool>,
    /// It is being shown, before what stands in the field is said with this in view.
    pub disclosing: RwSignal<Option<Vec<Seen>>>,
    /// A command that the palette asks for, by its word.
    pub asked: RwSignal<Option<&'static str>>,
    view: StoredValue<Option<ConversationView>>,
    reading: StoredValue<Reading>,
    /// Given back for conversations that are not open.
    given: StoredValue<Vec<(ConversationId, String)>>,
    /// This conversation began with what was said here, and its record has not been looked at yet.
    begun_here: StoredValue<bool>,
    frame: StoredValue<bool>,
    head: Beat,
    lines: Beat,
    calls: Beat,
    turns: Beat,
    saying: Beat,
    session: Session,
    changes: Changes,
    news: Option<News>,
}

impl ChatState {
    /// Makes it known to everything below, and opens what was open last in each workspace. Needs [`Session`], the changes,
    /// and the toasts; tells [`News`] where there are any.
    pub fn provide() -> Self {
        let (session, changes) = (Session::expect(), Changes::expect());
        let list = use_query(move || {
            session.workspace.get().map(|_| ListConversations { query: None, archived: false, limit: None })
        });
        let chat = Self {
            open: RwSignal::new(None),
            fault: RwSignal::new(None),
            older: RwSignal::new(false),
            older_fault: RwSignal::new(None),
            sending: RwSignal::new(None),
            list,
            field: Field::new(),
            told: RwSignal::new(String::new()),
            stop: use_command(),
            decide: use_command().quiet(),
            card_wanted: RwSignal::new(false),
            next_model: RwSignal::new(None),
            undisclosed: RwSignal::new(false),
            disclosing: RwSignal::new(None),
            asked: RwSignal::new(None),
            view: StoredValue::new(None),
            reading: StoredValue::new(Reading::default()),
            given: StoredValue::new(Vec::new()),
            begun_here: StoredValue::new(false),
            frame: StoredValue::new(false),
            head: Beat::new(),
            lines: Beat::new(),
            calls: Beat::new(),
            turns: Beat::new(),
            saying: Beat::new(),
            session,
            changes,
            news: use_context(),
        };
        provide_context(chat);
        Effect::new(move |before: Option<Option<WorkspaceId>>| {
            let workspace = session.workspace.get();
            if before != Some(workspace) {
                chat.field.keep();
                chat.put_on_show(remembered(workspace));
            }
            workspace
        });
        chat
    }

    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// Reads a part of the conversation; `None` while it is not here. Tracks the part.
    pub fn read<T>(self, part: Part, read: impl FnOnce(&ConversationView) -> T) -> Option<T> {
        self.beat(part).0.track();
        self.peek(read)
    }

    /// Reads the conversation without tracking.
    pub fn peek<T>(self, read: impl FnOnce(&ConversationView) -> T) -> Option<T> {
        self.view.try_with_value(|view| view.as_ref().map(read)).flatten()
    }

    fn beat(self, part: Part) -> Beat {
        match part {
            Part::Head => self.head,
            Part::Lines => self.lines,
            Part::Calls => self.calls,
            Part::Turns => self.turns,
            Part::Saying => self.saying,
        }
    }

    /// What it is doing. Tracks.
    #[must_use]
    pub fn stage(self) -> TurnStage {
        self.read(Part::Head, |view| view.conversation.stage).unwrap_or_default()
    }

    /// True once for the record of a conversation that was begun here: calls that ask in it are the answer to that, and did not
    /// wait from before.
    #[must_use]
    pub fn take_begun_here(self) -> bool {
        self.begun_here.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// A call by its id. Does not track.
    #[must_use]
    pub fn call(self, id: CallId) -> Option<CallView> {
        self.peek(|view| view.calls.iter().find(|call| call.call.id == id).cloned()).flatten()
    }

    /// Shows a conversation, or the beginning of one. What was being written in the last one is kept.
    pub fn show(self, id: Option<ConversationId>) {
        if self.open.get_untracked() != id {
            self.field.keep();
            self.put_on_show(id);
            remember(self.session.workspace.get_untracked(), id);
        }
    }

    /// The conversation is gone.
    pub fn forget(self, id: ConversationId) {
        if self.open.get_untracked() == Some(id) {
            self.put_on_show(None);
            remember(self.session.workspace.get_untracked(), None);
        }
    }

    fn put_on_show(self, id: Option<ConversationId>) {
        self.view.set_value(None);
        self.reading.update_value(|reading| {
            reading.question += 1;
            reading.in_flight = false;
            reading.heard.clear();
        });
        self.fault.set(None);
        self.older.set(false);
        self.older_fault.set(None);
        self.sending.set(None);
        self.begun_here.set_value(false);
        self.told.set(String::new());
        self.field.belongs_to(self.session.workspace.get_untracked(), id);
        self.open.set(id);
        self.strike_all();
        if id.is_some() {
            self.reread();
        }
    }

    fn strike_all(self) {
        [self.head, self.lines, self.calls, self.turns, self.saying].into_iter().for_each(Beat::strike);
    }

    /// Reads the open conversation anew.
    pub fn reread(self) {
        let Some(id) = self.open.get_untracked() else { return };
        let question = self.reading.try_update_value(|reading| {
            reading.question += 1;
            reading.in_flight = true;
            reading.question
        });
        let Some(question) = question else { return };
        let workspace = self.session.workspace.get_untracked();
        spawn_local(async move {
            let answer = bridge::call(ShowConversation { id, before: None, limit: None }, workspace).await;
            let Some(reading) = self.reading.try_get_value().filter(|now| now.question == question) else { return };
            self.reading.update_value(|now| {
                now.in_flight = false;
                now.heard.clear();
            });
            match answer {
                Ok(view) => self.arrived(view, reading.heard),
                Err(fault) if fault.code == Code::NotFound => self.forget(id),
                Err(fault) => self.fault.set(Some(fault)),
            }
        });
    }

    fn arrived(self, view: ConversationView, heard: Vec<(u64, ChatEvent)>) {
        let id = view.conversation.id;
        self.fault.set(None);
        self.field.restore(&view.conversation.draft);
        self.view.set_value(Some(view));
        self.strike_all();
        let given = self.given.try_update_value(|given| {
            let (mine, rest) = given.drain(..).partition(|(whose, _)| *whose == id);
            *given = rest;
            mine
        });
        let given: Vec<(ConversationId, String)> = given.unwrap_or_default();
        given.iter().for_each(|(_, text)| self.field.give_back(text));
        heard.into_iter().for_each(|(seq, event)| self.hear(seq, id, &event));
    }

    /// Everything may have changed.
    pub fn reset(self) {
        self.reading.update_value(|reading| reading.heard.clear());
        self.reread();
    }

    /// Takes over what the feed tells of a conversation.
    pub fn hear(self, seq: u64, conversation: ConversationId, event: &ChatEvent) {
        self.list_hears(event);
        if self.open.get_untracked() != Some(conversation) {
            if let ChatEvent::GivenBack { texts } = event {
                let texts = texts.iter().map(|text| (conversation, text.clone()));
                self.given.update_value(|given| given.extend(texts));
            }
            return;
        }
        let waits = self.reading.try_update_value(|reading| {
            if reading.in_flight {
                reading.heard.push((seq, event.clone()));
            }
            reading.in_flight
        });
        if waits != Some(false) {
            return;
        }
        let applied = self.view.try_update_value(|view| {
            let view = view.as_mut()?;
            if seq <= view.heard {
                return Some(Applied::Nothing);
            }
            view.heard = seq;
            Some(apply(view, event))
        });
        match applied.flatten() {
            None | Some(Applied::Gap) => self.reread(),
            Some(Applied::Nothing) => {}
            Some(Applied::Text) => self.strike_with_the_frame(),
            Some(Applied::Line) => {
                // Before the line: nobody may see the same words twice.
                self.saying.strike();
                self.lines.strike();
            }
            Some(Applied::Call) => self.calls.strike(),
            Some(Applied::Used) => self.turns.strike(),
            Some(Applied::Head) => self.head.strike(),
            Some(Applied::GivenBack(texts)) => {
                self.head.strike();
                self.field.give_back(&texts.join("\n\n"));
            }
        }
    }

    /// Text is shown at most once a frame.
    fn strike_with_the_frame(self) {
        if self.frame.get_value() {
            return;
        }
        if web_sys::window().is_none() {
            self.saying.strike();
            return;
        }
        self.frame.set_value(true);
        request_animation_frame(move || {
            self.frame.try_set_value(false);
            self.saying.strike();
        });
    }

    /// Reads the page before the first line that is here.
    pub fn read_older(self) {
        let first = self.peek(|view| view.older.then(|| view.lines.first().map(|line| line.seq)).flatten()).flatten();
        let (Some(id), Some(first), false) = (self.open.get_untracked(), first, self.older.get_untracked()) else {
            return;
        };
        self.older.set(true);
        self.older_fault.set(None);
        let workspace = self.session.workspace.get_untracked();
        spawn_local(async move {
            let answer = bridge::call(ShowConversation { id, before: Some(first), limit: None }, workspace).await;
            if self.open.try_get_untracked() != Some(Some(id)) {
                return;
            }
            self.older.set(false);
            match answer {
                Ok(older) => {
                    self.view.update_value(|view| {
                        if let Some(view) = view.as_mut() {
                            prepend(view, older);
                        }
                    });
                    [self.lines, self.calls, self.turns].into_iter().for_each(Beat::strike);
                }
                Err(fault) => self.older_fault.set(Some(fault)),
            }
        });
    }

    /// Says what stands in the field.
    pub fn say_field(self, seeing: Vec<Seen>) {
        let text = self.field.text.get_untracked();
        if text.trim().is_empty() || self.sending.get_untracked().is_some() {
            return;
        }
        self.field.empty();
        self.say(text, seeing);
    }

    /// Says something; the first message begins a conversation. When it fails, the words are in the field again, and why.
    pub fn say(self, text: String, seeing: Vec<Seen>) {
        if text.trim().is_empty() || self.sending.get_untracked().is_some() {
            return;
        }
        if too_long(&text) {
            self.field.give_back(&text);
            self.field.wrong.set(say::state::said_too_much().into());
            return;
        }
        if self.undisclosed.get_untracked() {
            self.field.give_back(&text);
            self.disclosing.set(Some(seeing));
            return;
        }
        self.sending.set(Some(Sending { text: text.clone() }));
        if self.open.get_untracked().is_none() {
            self.begun_here.set_value(true);
        }
        let workspace = self.session.workspace.get_untracked();
        spawn_local(async move {
            let said = self.deliver(text.clone(), seeing, workspace).await;
            // Somebody may have gone to another conversation meanwhile: then the words wait for them there.
            match said {
                Ok(conversation) if self.open.try_get_untracked() == Some(Some(conversation)) => {
                    self.sending.set(None);
                    self.field.keep();
                }
                Ok(_) => {}
                Err((at, fault)) => {
                    if self.open.try_get_untracked() == Some(at) {
                        self.sending.set(None);
                        self.field.give_back(&text);
                        self.field.wrong.set(say::state::not_sent(fault.message));
                        self.field.keep();
                    } else {
                        match at {
                            Some(at) => drop(self.given.try_update_value(|given| given.push((at, text)))),
                            None => Field::keep_aside(workspace, &text),
                        }
                    }
                }
            }
        });
    }

    async fn deliver(
        self,
        text: String,
        seeing: Vec<Seen>,
        workspace: Option<WorkspaceId>,
    ) -> Result<ConversationId, (Option<ConversationId>, Fault)> {
        let id = match self.open.get_untracked() {
            Some(id) => id,
            None => {
                let begun = bridge::call(StartConversation { model: self.next_model.get_untracked() }, workspace).await;
                let begun = begun.map_err(|fault| (None, fault))?;
                if self.open.try_get_untracked() == Some(None) { self.began(begun, workspace) } else { begun.id }
            }
        };
        bridge::call(Say { conversation: id, text, seeing }, workspace).await.map_err(|fault| (Some(id), fault))?;
        self.changes.touch(&[Tag::Conversations]);
        Ok(id)
    }

    /// The first message has begun a conversation: it is on show from here on.
    fn began(self, conversation: Conversation, workspace: Option<WorkspaceId>) -> ConversationId {
        let id = conversation.id;
        self.field.moves_to(id);
        self.next_model.set(None);
        self.open.set(Some(id));
        remember(workspace, Some(id));
        self.reread();
        id
    }

    /// Stops the turn, where one runs.
    pub fn stop_turn(self) {
        if let Some(conversation) = self.open.get_untracked() {
            self.stop.run(StopTurn { conversation });
        }
    }

    /// Sends what was decided.
    pub fn send_decisions(self, decisions: Vec<CallDecision>) {
        if let Some(conversation) = self.open.get_untracked().filter(|_| !decisions.is_empty()) {
            self.decide.run(Decide { conversation, decisions });
        }
    }
}
