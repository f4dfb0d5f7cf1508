//! The ways to make an automation: an empty one, one from a file, an example, or by asking the assistant.

use contract::FlowView;
use contract::commands::CreateFlow;
use leptos::prelude::*;

use super::examples::{Example, examples};
use super::import::{name_in, read_chosen, read_dropped};
use crate::parts::{Button, ButtonKind, Dialog, Field, FieldKind, Glyph, Icon, Segments, Show};
use crate::say;
use crate::state::{Act, ChatState, Overlays, Route, Router, Session, Toasts, effect, use_command};
use crate::welcome::sign_in::{FormFault, wrong};

/// The fields that say themselves what is wrong with them.
const FIELDS: &[&str] = &["name", "document"];

/// How it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Empty,
    File,
    Example,
}

/// An automation about to be made. What was typed outlives the dialog.
#[derive(Clone, Copy)]
pub(super) struct Begin {
    open: RwSignal<bool>,
    way: RwSignal<Way>,
    name: RwSignal<String>,
    file: RwSignal<String>,
    file_wrong: RwSignal<String>,
    create: Act<CreateFlow>,
    router: Router,
    session: Session,
    toasts: Toasts,
    chat: ChatState,
    overlays: Overlays,
}

impl Begin {
    pub(super) fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            open: RwSignal::new(false),
            way: RwSignal::new(Way::Empty),
            name: text(),
            file: text(),
            file_wrong: text(),
            create: use_command::<CreateFlow>().quiet(),
            router: Router::expect(),
            session: Session::expect(),
            toasts: Toasts::expect(),
            chat: ChatState::expect(),
            overlays: Overlays::expect(),
        }
    }

    /// Opens the dialog.
    pub(super) fn show(self) {
        self.create.fault.set(None);
        self.open.set(true);
    }

    /// Opens the chat with a wish begun. The person goes on writing.
    fn ask(self) {
        self.open.set(false);
        self.chat.field.give_back(say::automations::ask_begin());
        self.overlays.show_chat(self.chat);
    }

    fn make(self, name: String, document: Option<String>) {
        let wanted = CreateFlow { name, folder: String::new(), document };
        self.create.run_then(wanted, move |made: FlowView| {
            self.open.try_set(false);
            self.name.try_set(String::new());
            self.file.try_set(String::new());
            self.router.go(Route::Automation(made.flow.id));
        });
    }

    fn make_example(self, example: &Example) {
        match serde_json::to_string(&example.document) {
            Ok(text) => self.make(example.document.display_name.clone(), Some(text)),
            Err(_) => self.toasts.note(say::automations::example_failed()),
        }
    }

    fn submit(self) {
        let name = self.name.get_untracked().trim().to_owned();
        match self.way.get_untracked() {
            Way::Empty => self.make(if name.is_empty() { say::automations::untitled().to_owned() } else { name }, None),
            Way::Example => {}
            Way::File => match self.file.with_untracked(|text| name_in(text)) {
                Err(why) => self.file_wrong.set(why),
                Ok(found) => {
                    let name = [name, found, say::automations::imported().to_owned()]
                        .into_iter()
                        .find(|name| !name.is_empty());
                    self.make(name.unwrap_or_default(), Some(self.file.get_untracked()));
                }
            },
        }
    }
}

/// The dialog.
#[component]
pub(super) fn BeginDialog(begin: Begin) -> impl IntoView {
    let ways = vec![
        (Way::Empty, say::automations::way_empty()),
        (Way::File, say::automations::way_file()),
        (Way::Example, say::automations::way_example()),
    ];
    let is = move |way: Way| move || begin.way.get() == way;
    view! {
        <Dialog open=begin.open title=say::automations::new_automation() on_close=move |()| begin.open.set(false)>
            <form class="form" on:submit=move |event| { event.prevent_default(); begin.submit(); }>
                <Segments label=say::automations::how_it_begins() options=ways.clone() value=begin.way on_change=move |way| begin.way.set(way)/>
                <Show when=move || begin.way.get() != Way::Example fallback=move || view! { <Examples begin/> }>
                    <Show when=is(Way::File)><FromFile begin/></Show>
                    <Field label=say::automations::name() value=begin.name autofocus=true wrong=wrong(begin.create, "name")
                        hint=Signal::derive(move || if begin.way.get() == Way::File { say::automations::name_hint().to_owned() } else { String::new() })/>
                </Show>
                <FormFault act=begin.create fields=FIELDS/>
                <div class="dialog-foot">
                    <Button kind=ButtonKind::Bare glyph=Glyph::Sparkles on_click=move |_| begin.ask()>{say::automations::ask_assistant()}</Button>
                    <span class="grow"></span>
                    <Button on_click=move |_| begin.open.set(false)>{say::automations::cancel()}</Button>
                    <Show when=move || begin.way.get() != Way::Example>
                        <Button kind=ButtonKind::Primary submit=true busy=begin.create.busy on_click=|_| ()>{say::automations::make_it()}</Button>
                    </Show>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn FromFile(begin: Begin) -> impl IntoView {
    let refused = wrong(begin.create, "document");
    let says = Signal::derive(move || {
        let ours = begin.file_wrong.get();
        if ours.is_empty() { refused.get() } else { ours }
    });
    // A name is taken from the file while there is none; what was wrong with another text is not said of this one.
    effect(move || {
        let found = begin.file.with(|text| name_in(text));
        begin.file_wrong.set(String::new());
        if let Ok(found) = found
            && begin.name.with_untracked(|name| name.trim().is_empty())
        {
            begin.name.set(found);
        }
    });
    let read = Callback::new(move |text: Result<String, String>| match text {
        Ok(text) => begin.file.set(text),
        Err(why) => begin.file_wrong.set(why),
    });
    let over = RwSignal::new(false);
    view! {
        <label class="field file-drop" class:over=move || over.get()
            on:dragover=move |event| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| { over.set(false); read_dropped(&event, read); }>
            <span class="field-label">{say::automations::file_drop()}</span>
            <input type="file" accept=".json,application/json" on:change=move |event| read_chosen(&event, read)/>
        </label>
        <Field label=say::automations::or_paste() value=begin.file kind=FieldKind::Lines placeholder=say::automations::paste_example() wrong=says/>
    }
}

/// The examples as cards. Choosing one makes it and opens it.
#[component]
pub(super) fn Examples(begin: Begin) -> impl IntoView {
    let zone = begin.session.zone();
    let card = move |example: Example| {
        let says = example.says;
        let name = example.document.display_name.clone();
        view! {
            <button type="button" class="example" disabled=move || begin.create.busy.get() on:click=move |_| begin.make_example(&example)>
                <Icon glyph=Glyph::Zap/>
                <b>{name}</b>
                <span>{says}</span>
            </button>
        }
    };
    let cards = examples(zone.iana_name().unwrap_or("UTC")).into_iter().map(card).collect_view();
    view! {
        <div class="examples">{cards}</div>
        <Show when=move || !begin.open.get()><FormFault act=begin.create fields=&[]/></Show>
    }
}
