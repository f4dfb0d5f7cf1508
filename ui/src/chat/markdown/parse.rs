//! Markdown as a tree. Raw HTML is text, images are links, and a link that leads nowhere we go is its words. Pure.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::clean::shown;
use super::target::{Target, target_of};
use crate::say;

/// Something that stands on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, from 1 to 6.
    Heading(u8, Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list; numbered from `start` when there is one.
    List {
        /// The first number.
        start: Option<u64>,
        /// The items.
        items: Vec<ListItem>,
    },
    /// Code.
    Code {
        /// What it is written in, as the fence says.
        language: String,
        /// The code.
        text: String,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table: its head, its rows, and which columns hold numbers.
    Table {
        /// The cells of the head.
        head: Vec<Vec<Span>>,
        /// The cells of each row.
        rows: Vec<Vec<Vec<Span>>>,
        /// True for a column that is set to the right.
        right: Vec<bool>,
    },
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Ticked or not, in a list of tasks.
    pub done: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// Code.
    Code(String),
    /// Strong words.
    Strong(Vec<Span>),
    /// Words with stress.
    Stress(Vec<Span>),
    /// Words that no longer hold.
    Struck(Vec<Span>),
    /// A link.
    Link(Target, Vec<Span>),
    /// A new line.
    Break,
}

/// Deeper than this, what holds something is left out and its content kept: a text must not exhaust the stack.
const DEEPEST: usize = 24;

/// What the parser is asked to know.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// What is open while the tree is built.
enum Open {
    Paragraph(Vec<Span>),
    Heading(u8, Vec<Span>),
    Quote(Vec<Block>),
    List(Option<u64>, Vec<ListItem>),
    Item(Option<bool>, Vec<Block>, Vec<Span>),
    Code(String, String),
    Html(String),
    Table {
        head: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
        right: Vec<bool>,
    },
    Cells(Vec<Vec<Span>>, bool),
    Cell(Vec<Span>),
    Strong(Vec<Span>),
    Stress(Vec<Span>),
    Struck(Vec<Span>),
    Link(Option<Target>, Vec<Span>),
    /// Something whose frame is left out.
    Bare,
}

/// Reads a text.
#[must_use]
pub fn parse(text: &str) -> Vec<Block> {
    let mut tree = Tree { done: Vec::new(), open: Vec::new() };
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(tag) => tree.start(tag),
            Event::End(end) => tree.end(end),
            Event::Text(text) => tree.text(&text),
            Event::Html(text) | Event::InlineHtml(text) => tree.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                tree.span(Span::Code(shown(&text).into_owned()));
            }
            Event::FootnoteReference(name) => tree.text(&name),
            Event::SoftBreak => tree.text("\n"),
            Event::HardBreak => tree.span(Span::Break),
            Event::Rule => tree.block(Block::Rule),
            Event::TaskListMarker(is_done) => {
                if let Some(Open::Item(done, ..)) =
                    tree.open.iter_mut().rev().find(|open| matches!(open, Open::Item(..)))
                {
                    *done = Some(is_done);
                }
            }
        }
    }
    while !tree.open.is_empty() {
        tree.close();
    }
    tree.done
}

struct Tree {
    done: Vec<Block>,
    open: Vec<Open>,
}

impl Tree {
    fn start(&mut self, tag: Tag<'_>) {
        let holds = matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item)
            || matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. });
        if holds && self.open.len() >= DEEPEST {
            self.open.push(Open::Bare);
            return;
        }
        let open = match tag {
            Tag::Paragraph => Open::Paragraph(Vec::new()),
            Tag::Heading { level, .. } => Open::Heading(rank(level), Vec::new()),
            Tag::BlockQuote(_) => Open::Quote(Vec::new()),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Indented => String::new(),
                    CodeBlockKind::Fenced(info) => {
                        shown(info.split_whitespace().next().unwrap_or_default()).chars().take(24).collect()
                    }
                };
                Open::Code(language, String::new())
            }
            Tag::HtmlBlock => Open::Html(String::new()),
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Item(None, Vec::new(), Vec::new()),
            Tag::Table(columns) => Open::Table {
                head: Vec::new(),
                rows: Vec::new(),
                right: columns.iter().map(|column| *column == Alignment::Right).collect(),
            },
            Tag::TableHead => Open::Cells(Vec::new(), true),
            Tag::TableRow => Open::Cells(Vec::new(), false),
            Tag::TableCell => Open::Cell(Vec::new()),
            Tag::Emphasis => Open::Stress(Vec::new()),
            Tag::Strong => Open::Strong(Vec::new()),
            Tag::Strikethrough => Open::Struck(Vec::new()),
            Tag::Link { dest_url, .. } => Open::Link(target_of(&dest_url), Vec::new()),
            Tag::Image { dest_url, .. } => {
                Open::Link(target_of(&dest_url), vec![Span::Text(say::chat::image().to_owned())])
            }
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => Open::Bare,
        };
        self.open.push(open);
    }

    fn end(&mut self, _: TagEnd) {
        self.close();
    }

    fn text(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(Open::Code(_, code) | Open::Html(code)) => code.push_str(text),
            _ => self.span(Span::Text(shown(text).into_owned())),
        }
    }

    fn span(&mut self, span: Span) {
        for open in self.open.iter_mut().rev() {
            let spans = match open {
                Open::Paragraph(spans)
                | Open::Heading(_, spans)
                | Open::Item(_, _, spans)
                | Open::Cell(spans)
                | Open::Strong(spans)
                | Open::Stress(spans)
                | Open::Struck(spans)
                | Open::Link(_, spans) => spans,
                Open::Bare => continue,
                Open::Quote(_)
                | Open::List(..)
                | Open::Code(..)
                | Open::Html(_)
                | Open::Table { .. }
                | Open::Cells(..) => break,
            };
            join(spans, span);
            return;
        }
        self.block(Block::Paragraph(vec![span]));
    }

    fn block(&mut self, block: Block) {
        for open in self.open.iter_mut().rev() {
            match open {
                Open::Quote(blocks) => return blocks.push(block),
                Open::Item(_, blocks, spans) => {
                    settle(blocks, spans);
                    return blocks.push(block);
                }
                // A list whose item has no frame of its own.
                Open::List(_, items) => return items.push(ListItem { done: None, blocks: vec![block] }),
                Open::Bare
                | Open::Paragraph(_)
                | Open::Heading(..)
                | Open::Code(..)
                | Open::Html(_)
                | Open::Table { .. }
                | Open::Cells(..)
                | Open::Cell(_)
                | Open::Strong(_)
                | Open::Stress(_)
                | Open::Struck(_)
                | Open::Link(..) => {}
            }
        }
        self.done.push(block);
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open {
            Open::Paragraph(spans) => self.block(Block::Paragraph(spans)),
            Open::Heading(rank, spans) => self.block(Block::Heading(rank, spans)),
            Open::Quote(blocks) => self.block(Block::Quote(blocks)),
            Open::List(start, items) => self.block(Block::List { start, items }),
            Open::Item(done, mut blocks, mut spans) => {
                settle(&mut blocks, &mut spans);
                match self.open.iter_mut().rev().find(|open| !matches!(open, Open::Bare)) {
                    Some(Open::List(_, items)) => items.push(ListItem { done, blocks }),
                    _ => blocks.into_iter().for_each(|block| self.block(block)),
                }
            }
            Open::Code(language, text) => {
                let text = shown(text.strip_suffix('\n').unwrap_or(&text)).into_owned();
                self.block(Block::Code { language, text });
            }
            Open::Html(text) => {
                let text = shown(text.trim_end()).into_owned();
                if !text.is_empty() {
                    self.block(Block::Paragraph(vec![Span::Text(text)]));
                }
            }
            Open::Table { head, rows, right } => self.block(Block::Table { head, rows, right }),
            Open::Cells(cells, is_head) => {
                if let Some(Open::Table { head, rows, .. }) = self.open.last_mut() {
                    if is_head { *head = cells } else { rows.push(cells) }
                }
            }
            Open::Cell(spans) => {
                if let Some(Open::Cells(cells, _)) = self.open.last_mut() {
                    cells.push(spans);
                }
            }
            Open::Strong(spans) => self.span(Span::Strong(spans)),
            Open::Stress(spans) => self.span(Span::Stress(spans)),
            Open::Struck(spans) => self.span(Span::Struck(spans)),
            Open::Link(Some(target), spans) => self.span(Span::Link(target, spans)),
            Open::Link(None, spans) => spans.into_iter().for_each(|span| self.span(span)),
            Open::Bare => {}
        }
    }
}

/// The words of a tight item stand before what follows them.
fn settle(blocks: &mut Vec<Block>, spans: &mut Vec<Span>) {
    if !spans.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(spans)));
    }
}

/// Neighbouring words are one piece: the parser cuts where it pleases.
fn join(spans: &mut Vec<Span>, span: Span) {
    match (spans.last_mut(), span) {
        (Some(Span::Text(before)), Span::Text(text)) => before.push_str(&text),
        (_, Span::Text(text)) if text.is_empty() => {}
        (_, span) => spans.push(span),
    }
}

fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The words alone, for screen readers and titles.
#[must_use]
pub fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    blocks.iter().for_each(|block| block_words(block, &mut out));
    out
}

fn block_words(block: &Block, out: &mut String) {
    match block {
        Block::Heading(_, spans) | Block::Paragraph(spans) => span_words(spans, out),
        Block::List { items, .. } => {
            items.iter().flat_map(|item| &item.blocks).for_each(|block| block_words(block, out))
        }
        Block::Code { text, .. } => out.push_str(text),
        Block::Quote(blocks) => blocks.iter().for_each(|block| block_words(block, out)),
        Block::Table { head, rows, .. } => {
            for cell in head.iter().chain(rows.iter().flatten()) {
                span_words(cell, out);
                out.push_str(", ");
            }
        }
        Block::Rule => {}
    }
    out.push('\n');
}

/// The words of a line alone.
pub(super) fn span_words(spans: &[Span], out: &mut String) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) => out.push_str(text),
            Span::Strong(spans) | Span::Stress(spans) | Span::Struck(spans) | Span::Link(_, spans) => {
                span_words(spans, out);
            }
            Span::Break => out.push('\n'),
        }
    }
}
