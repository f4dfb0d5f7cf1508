//! The record on the page: it follows what comes at its end, unless the person has gone up in it.

use contract::TurnStage;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

use super::card::Card;
use super::composer::context::Context;
use super::entries::{Entry, entries};
use super::suggest::suggestions;
use super::trace::Calls;
use super::turn::{Answer, AtWork, Ended, Foot, Said, Words};
use crate::parts::{Button, ButtonKind, Each, Empty, Glyph, Icon, Show};
use crate::say;
use crate::state::chat::Part;
use crate::state::{ChatState, Names, Route, Router, effect, memo};

/// Nearer to the end than this, in pixels, one is at the end.
const NEAR: i32 = 48;

/// The record.
#[component]
pub(super) fn Transcript() -> impl IntoView {
    let chat = ChatState::expect();
    let here = memo(move || chat.read(Part::Head, |_| ()).is_some());
    let state = move || {
        if here.get() {
            view! { <Record/> }.into_any()
        } else if let Some(fault) = chat.fault.get() {
            let glyph = if fault.code == contract::Code::Offline { Glyph::CloudOff } else { Glyph::CircleAlert };
            view! {
                <div class="chat-scroll"><Empty glyph title=say::chat::not_read() text=fault.message action=say::parts::again()
                    on_action=move |()| chat.reread()/></div>
            }
            .into_any()
        } else if chat.open.get().is_some() {
            view! { <div class="chat-scroll"><div class="chat-log chat-wait" role="status" aria-label=say::parts::loading()><span></span><span></span><span></span></div></div> }.into_any()
        } else {
            view! { <Beginning/> }.into_any()
        }
    };
    view! { {state} }
}

/// Before the first message: what one may ask here.
#[component]
fn Beginning() -> impl IntoView {
    let chat = ChatState::expect();
    view! {
        <div class="chat-scroll">
            <div class="chat-log">
                {move || chat.sending.get().map(|sending| view! { <article class="said pending"><Words text=sending.text/></article> })}
                <Show when=move || chat.sending.get().is_none()><Suggestions/></Show>
            </div>
        </div>
    }
}

#[component]
fn Suggestions() -> impl IntoView {
    let (chat, names, router) = (ChatState::expect(), Names::expect(), Router::expect());
    let context = Context::expect();
    let offered = memo(move || {
        let route = router.route.get();
        let project = match route {
            Route::Project(id, _) => Some(names.project_name(id)).filter(|name| !name.is_empty()),
            Route::Today
            | Route::Projects
            | Route::Automations
            | Route::Automation(_)
            | Route::Runs
            | Route::Run(_)
            | Route::Chat(_)
            | Route::History
            | Route::Sync
            | Route::Integrations
            | Route::Settings
            | Route::Welcome => None,
        };
        let item = context.item();
        suggestions(route, project.as_deref(), item.as_deref())
    });
    view! {
        <div class="chat-begin">
            <p class="chat-calm">{say::chat::lead()}</p>
            <ul class="chat-offers">
                <Each each=move || offered.get() key=String::clone let(words)>
                    {
                        let said = words.clone();
                        view! { <li><button type="button" class="chat-offer" on:click=move |_| chat.say(said.clone(), context.seeing())>
                            <span class="grow">{words}</span><Icon glyph=Glyph::CornerDownLeft/></button></li> }
                    }
                </Each>
            </ul>
        </div>
    }
}

#[component]
fn Record() -> impl IntoView {
    let chat = ChatState::expect();
    let scroll = NodeRef::<html::Div>::new();
    let inner = NodeRef::<html::Div>::new();
    let follow = Follow::new(scroll);
    follow.watch(inner);
    // Only whether something is being said matters to what is drawn, not how much.
    let says = memo(move || chat.read(Part::Saying, |view| !view.saying.is_empty()).unwrap_or(false));
    let list = memo(move || {
        // Read, not only tracked: a memo that was never read hears of no change.
        let _ = says.get();
        chat.read(Part::Head, |_| ());
        chat.read(Part::Turns, |_| ());
        chat.read(Part::Lines, entries).unwrap_or_default()
    });
    let older = memo(move || chat.read(Part::Lines, |view| view.older).unwrap_or(false));
    let queued = memo(move || chat.read(Part::Head, |view| view.queued.clone()).unwrap_or_default());
    let waits = move || queued.get().into_iter().enumerate().collect::<Vec<(usize, String)>>();
    let sending = move || {
        let sending = chat.sending.get()?;
        let arrived = chat.read(Part::Lines, |view| {
            let last = view.lines.iter().rev().find_map(|line| match &line.item {
                contract::Item::Said { text, .. } => Some(text),
                contract::Item::Answered { .. } | contract::Item::Result { .. } | contract::Item::Ended { .. } => None,
            });
            last == Some(&sending.text)
        });
        let queued = queued.with(|queued| queued.contains(&sending.text));
        (arrived != Some(true) && !queued)
            .then(|| view! { <article class="said pending"><Words text=sending.text/></article> })
    };
    let empty = move || list.with(Vec::is_empty) && chat.sending.get().is_none();
    view! {
        <div class="chat-scroll" node_ref=scroll tabindex="0" role="group" aria-label=say::chat::conversation() on:scroll=move |_| follow.scrolled(older.get_untracked())>
            <div class="chat-inner" node_ref=inner>
                <Show when=move || older.get()>
                    <div class="chat-older">
                        <Button kind=ButtonKind::Bare busy=chat.older on_click=move |_| follow.older()>{say::chat::show_older()}</Button>
                    </div>
                </Show>
                {move || chat.older_fault.get().map(|fault| view! { <p class="chat-wrong" role="alert">{fault.message}</p> })}
                // What is finished is told by the polite region beside the field, block by block.
                <div class="chat-log" role="log" aria-label=say::chat::messages() aria-live="off">
                    <Show when=empty><Suggestions/></Show>
                    <Each each=move || list.get() key=Entry::clone let(entry)>{drawn(entry)}</Each>
                    {sending}
                    <Each each=waits key=Clone::clone let((_, text))>
                        <article class="said queued"><Words text/><small>{say::chat::waits_turn()}</small></article>
                    </Each>
                    <AtWork/>
                </div>
                <Card/>
            </div>
        </div>
        <Show when=move || follow.new_below.get()>
            <div class="chat-below"><Button glyph=Glyph::ArrowDown on_click=move |_| follow.down()>{say::chat::new_below()}</Button></div>
        </Show>
    }
}

fn drawn(entry: Entry) -> AnyView {
    match entry {
        Entry::Said(seq) => view! { <Said seq/> }.into_any(),
        Entry::Answer(turn, step) => view! { <Answer turn step/> }.into_any(),
        Entry::Calls(turn, step) => view! { <Calls turn step/> }.into_any(),
        Entry::Ended(seq) => view! { <Ended seq/> }.into_any(),
        Entry::Foot(turn) => view! { <Foot turn/> }.into_any(),
    }
}

/// Follows the end.
#[derive(Clone, Copy)]
struct Follow {
    chat: ChatState,
    scroll: NodeRef<html::Div>,
    /// One is at the end, and stays there as it moves.
    at_end: StoredValue<bool>,
    /// Something came below what is in view.
    new_below: RwSignal<bool>,
    /// How high the record was before an older page came, and where one was in it.
    before: StoredValue<Option<(i32, i32)>>,
    /// How high the record was at the last look.
    height: StoredValue<i32>,
    /// Where one was in it at the last look.
    top: StoredValue<i32>,
}

impl Follow {
    fn new(scroll: NodeRef<html::Div>) -> Self {
        Self {
            chat: ChatState::expect(),
            scroll,
            at_end: StoredValue::new(true),
            new_below: RwSignal::new(false),
            before: StoredValue::new(None),
            height: StoredValue::new(0),
            top: StoredValue::new(0),
        }
    }

    /// Looks whenever the record or its place has another height: after layout, once a frame.
    fn watch(self, inner: NodeRef<html::Div>) {
        let looks = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
        effect(move || {
            let (Some(inner), Some(scroll)) = (inner.get(), self.scroll.get()) else { return };
            let look = Closure::<dyn Fn()>::new(move || self.grown());
            if let Ok(observer) = ResizeObserver::new(look.as_ref().unchecked_ref()) {
                observer.observe(&inner);
                observer.observe(&scroll);
                looks.set_value(Some((observer, look)));
            }
        });
        on_cleanup(move || {
            if let Some(Some((observer, _))) = looks.try_update_value(Option::take) {
                observer.disconnect();
            }
        });
        // What one says oneself is always in view.
        effect(move || {
            if self.chat.sending.get().is_some() {
                self.at_end.set_value(true);
                request_animation_frame(move || self.down());
            }
        });
    }

    fn element(self) -> Option<web_sys::HtmlDivElement> {
        self.scroll.try_get_untracked().flatten()
    }

    fn grown(self) {
        let Some(scroll) = self.element() else { return };
        let height = scroll.scroll_height();
        let last = self.height.try_update_value(|last| std::mem::replace(last, height)).unwrap_or(height);
        if let Some(Some((high, top))) = self.before.try_update_value(Option::take)
            && height > high
        {
            scroll.set_scroll_top(top + height - high);
        } else if self.at_end.try_get_value() == Some(true) && !self.gone_up(&scroll) {
            self.to_end(&scroll);
        } else if height > last && untrack(|| self.chat.stage()) != TurnStage::Idle && !self.new_below.get_untracked() {
            self.new_below.set(true);
        }
    }

    /// One has scrolled up, and its event has not come yet. (What got shorter also moves the place, but then it is at the end.)
    fn gone_up(self, scroll: &web_sys::HtmlDivElement) -> bool {
        self.top.try_get_value().is_some_and(|top| scroll.scroll_top() < top) && !is_at_end(scroll)
    }

    fn to_end(self, scroll: &web_sys::HtmlDivElement) {
        scroll.set_scroll_top(scroll.scroll_height());
        self.top.try_set_value(scroll.scroll_top());
    }

    fn scrolled(self, older: bool) {
        let Some(scroll) = self.element() else { return };
        let top = scroll.scroll_top();
        let known = self.top.try_update_value(|known| std::mem::replace(known, top));
        // That the end was followed is told here too, and by then more may have come below.
        if known != Some(top) {
            let at_end = is_at_end(&scroll);
            self.at_end.set_value(at_end);
            if at_end && self.new_below.get_untracked() {
                self.new_below.set(false);
            }
        }
        if older && top < NEAR && scroll.scroll_height() > scroll.client_height() {
            self.older();
        }
    }

    /// Asks for the page before, and stays where one is.
    fn older(self) {
        if self.chat.older.get_untracked() {
            return;
        }
        if let Some(scroll) = self.element() {
            self.before.set_value(Some((scroll.scroll_height(), scroll.scroll_top())));
        }
        self.chat.read_older();
    }

    fn down(self) {
        if let Some(scroll) = self.element() {
            self.to_end(&scroll);
        }
        self.at_end.try_set_value(true);
        self.new_below.try_set(false);
    }
}

fn is_at_end(scroll: &web_sys::HtmlDivElement) -> bool {
    scroll.scroll_height() - scroll.scroll_top() - scroll.client_height() < NEAR
}
