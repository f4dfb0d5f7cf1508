//! Markdown on the page. What is finished is drawn once; only the open block is drawn again while the text grows.

use leptos::prelude::*;

use super::parse::{Block, ListItem, Span, parse, span_words, words};
use super::split::Growing;
use super::target::{Target, says_host};
use crate::bridge;
use crate::parts::{Each, Glyph, IconButton};
use crate::say;
use crate::state::{Drawer, Router, Tab, Toasts};

/// A web address that waits for the person to say yes.
#[derive(Clone, Copy)]
pub struct OpenOutside(pub RwSignal<Option<(String, String)>>);

impl OpenOutside {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let asked = Self(RwSignal::new(None));
        provide_context(asked);
        asked
    }
}

/// A text that grows, and what is drawn of it.
#[derive(Clone, Copy)]
pub struct Markdown {
    growing: StoredValue<Growing>,
    /// Which text, and how many of its blocks are finished.
    finished: RwSignal<(u32, usize)>,
    open: RwSignal<String>,
}

impl Markdown {
    /// Of the component that asks.
    #[must_use]
    pub fn here() -> Self {
        Self {
            growing: StoredValue::new(Growing::default()),
            finished: RwSignal::new((0, 0)),
            open: RwSignal::new(String::new()),
        }
    }

    /// Takes over the text as it is. Gives the words of the blocks that were finished by it.
    pub fn take(self, text: &str) -> String {
        let taken = self.growing.try_update_value(|growing| {
            let before = growing.finished();
            let from = growing.take(text);
            (before, from, growing.finished(), growing.open().to_owned())
        });
        let Some((before, from, finished, open)) = taken else { return String::new() };
        // Another text than before: nothing of the old one may stay.
        let anew = from < before;
        if anew || finished != before {
            self.finished.update(|(text, count)| {
                *text = text.wrapping_add(u32::from(anew));
                *count = finished;
            });
        }
        if self.open.with_untracked(|now| *now != open) {
            self.open.set(open);
        }
        (from..finished).map(|at| self.growing.with_value(|growing| words(&parse(growing.block(at))))).collect()
    }

    /// The words of the block that is open.
    #[must_use]
    pub fn open_words(self) -> String {
        self.open.with_untracked(|open| words(&parse(open)))
    }
}

/// Draws a text.
#[component]
pub fn BlockView(
    /// The text.
    text: Markdown,
) -> impl IntoView {
    let leads = Leads::here();
    view! {
        <div class="md">
            <Each each=move || { let (text, count) = text.finished.get(); (0..count).map(move |at| (text, at)) } key=|key| *key let((_, at))>
                {blocks_view(&parse(&text.growing.with_value(|growing| growing.block(at).to_owned())), leads)}
            </Each>
            <div class="md-open">{move || blocks_view(&text.open.with(|open| parse(open)), leads)}</div>
        </div>
    }
}

/// Where links lead.
#[derive(Clone, Copy)]
struct Leads {
    drawer: Drawer,
    router: Router,
    outside: Option<OpenOutside>,
}

impl Leads {
    fn here() -> Self {
        Self { drawer: Drawer::expect(), router: Router::expect(), outside: use_context() }
    }

    fn follow(self, target: &Target, words: &str) {
        match target {
            Target::Item(id) => self.drawer.open(*id),
            Target::Project(id) => self.router.go(crate::state::Route::Project(*id, Tab::default())),
            // People have no screen of their own: what they do is found by their name.
            Target::Person(_) => {}
            Target::Screen(route) => self.router.go(*route),
            Target::Outside { address, host } => match self.outside {
                Some(OpenOutside(asked)) if !says_host(words, host) => asked.set(Some((address.clone(), host.clone()))),
                Some(_) | None => bridge::open_outside(address),
            },
        }
    }
}

fn blocks_view(blocks: &[Block], leads: Leads) -> Vec<AnyView> {
    blocks.iter().map(|block| block_view(block, leads)).collect()
}

fn block_view(block: &Block, leads: Leads) -> AnyView {
    match block {
        // The page has headings of its own above these.
        Block::Heading(1 | 2, spans) => view! { <h4 class="md-head large">{spans_view(spans, leads)}</h4> }.into_any(),
        Block::Heading(_, spans) => view! { <h5 class="md-head">{spans_view(spans, leads)}</h5> }.into_any(),
        Block::Paragraph(spans) => view! { <p>{spans_view(spans, leads)}</p> }.into_any(),
        Block::List { start: Some(start), items } => {
            view! { <ol start=start.to_string()>{items_view(items, leads)}</ol> }.into_any()
        }
        Block::List { start: None, items } => view! { <ul>{items_view(items, leads)}</ul> }.into_any(),
        Block::Code { language, text } => view! { <Code language=language.clone() text=text.clone()/> }.into_any(),
        Block::Quote(blocks) => view! { <blockquote>{blocks_view(blocks, leads)}</blockquote> }.into_any(),
        Block::Table { head, rows, right } => table_view(head, rows, right, leads),
        Block::Rule => view! { <hr/> }.into_any(),
    }
}

fn items_view(items: &[ListItem], leads: Leads) -> Vec<AnyView> {
    let item = |item: &ListItem| {
        let tick = item.done.map(|done| {
            view! { <input type="checkbox" disabled prop:checked=done aria-label=if done { say::chat::done() } else { say::chat::still_open() }/> }
        });
        let class = if item.done.is_some() { "md-task" } else { "" };
        view! { <li class=class>{tick}{blocks_view(&item.blocks, leads)}</li> }.into_any()
    };
    items.iter().map(item).collect()
}

fn table_view(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>], right: &[bool], leads: Leads) -> AnyView {
    let class = |at: usize| if right.get(at).copied().unwrap_or(false) { "right num" } else { "" };
    let heads: Vec<AnyView> = head
        .iter()
        .enumerate()
        .map(|(at, cell)| view! { <th class=class(at) scope="col">{spans_view(cell, leads)}</th> }.into_any())
        .collect();
    let lines: Vec<AnyView> = rows
        .iter()
        .map(|row| {
            let cells: Vec<AnyView> = row
                .iter()
                .enumerate()
                .map(|(at, cell)| view! { <td class=class(at)>{spans_view(cell, leads)}</td> }.into_any())
                .collect();
            view! { <tr>{cells}</tr> }.into_any()
        })
        .collect();
    view! {
        <div class="md-table" tabindex="0" role="region" aria-label=say::chat::table()>
            <table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>
        </div>
    }
    .into_any()
}

fn spans_view(spans: &[Span], leads: Leads) -> Vec<AnyView> {
    spans.iter().map(|span| span_view(span, leads)).collect()
}

fn span_view(span: &Span, leads: Leads) -> AnyView {
    match span {
        Span::Text(text) => text.clone().into_any(),
        Span::Code(text) => view! { <code>{text.clone()}</code> }.into_any(),
        Span::Strong(spans) => view! { <strong>{spans_view(spans, leads)}</strong> }.into_any(),
        Span::Stress(spans) => view! { <em>{spans_view(spans, leads)}</em> }.into_any(),
        Span::Struck(spans) => view! { <s>{spans_view(spans, leads)}</s> }.into_any(),
        Span::Link(target, spans) => link_view(target.clone(), spans, leads),
        Span::Break => view! { <br/> }.into_any(),
    }
}

fn link_view(target: Target, spans: &[Span], leads: Leads) -> AnyView {
    let mut said = String::new();
    span_words(spans, &mut said);
    let inside = spans_view(spans, leads);
    let (host, class) = match &target {
        Target::Person(_) => return view! { <span class="md-person">{inside}</span> }.into_any(),
        Target::Item(_) | Target::Project(_) | Target::Screen(_) => (None, "md-link here"),
        Target::Outside { host, .. } if says_host(&said, host) => (None, "md-link"),
        Target::Outside { host, .. } => (Some(host.clone()), "md-link"),
    };
    let title = match &target {
        Target::Outside { address, .. } => Some(say::parts::opens(address)),
        Target::Item(_) | Target::Project(_) | Target::Person(_) | Target::Screen(_) => None,
    };
    let go = Callback::new(move |()| leads.follow(&target, &said));
    let pressed = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            go.run(());
        }
    };
    // No button: that is a box of its own, and a long name would not flow with the sentence.
    view! {
        <a role="link" tabindex="0" class=class title=title on:click=move |_| go.run(()) on:keydown=pressed>{inside}</a>
        {host.map(|host| view! { <small class="md-host">{host}</small> })}
    }
    .into_any()
}

#[component]
fn Code(language: String, text: String) -> impl IntoView {
    let toasts = Toasts::expect();
    let kept = StoredValue::new(text.clone());
    let copy = move |_| {
        kept.with_value(|text| crate::chat::copy(text, toasts, say::chat::code_copied()));
    };
    view! {
        <div class="md-code">
            <pre tabindex="0"><code>{text}</code></pre>
            <span class="md-code-foot"><small>{language}</small><IconButton glyph=Glyph::Copy label=say::chat::copy_code() on_click=copy/></span>
        </div>
    }
}
