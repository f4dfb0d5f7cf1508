//! A reply as it comes: frames are read the moment the library hands them on, and told at once.
//!
//! The library's own events are not used, only its frames: see [`super::wire`].

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::Stream;
use futures::future::BoxFuture;
use genai::chat::{ChatFrameSink, ChatStream, ChatStreamResponse, FrameCtx, RawFrameRef};

use super::trouble::Asked;
use super::wire::{Broken, Reader};
use crate::model::{ModelError, ModelEvent, ToolSpec};

/// Asks; it is kept back until a reply is first polled.
pub(super) type Opening = BoxFuture<'static, Result<ChatStreamResponse, genai::Error>>;

/// What hears the frames of one reply.
pub(super) struct Ear(Mutex<Heard>);

struct Heard {
    reader: Box<dyn Reader>,
    /// Read, and not told yet.
    events: VecDeque<ModelEvent>,
    /// Filled by one frame and emptied into `events`: kept for its room.
    read: Vec<ModelEvent>,
    broken: Option<Broken>,
    /// A frame with anything in it has come.
    has_begun: bool,
    /// Nothing after this is heard: the reply is complete, or no good.
    is_over: bool,
}

impl Ear {
    pub(super) fn new(reader: Box<dyn Reader>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Heard {
            reader,
            events: VecDeque::new(),
            read: Vec::new(),
            broken: None,
            has_begun: false,
            is_over: false,
        })))
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ChatFrameSink for Ear {
    fn on_frame(&self, _: &FrameCtx, frame: RawFrameRef<'_>) {
        let heard = &mut *self.heard();
        // Comments that keep a connection alive have no data.
        if heard.is_over || frame.data.is_empty() {
            return;
        }
        heard.has_begun = true;
        if let Err(broken) = heard.reader.read(frame.data, &mut heard.read) {
            heard.broken = Some(broken);
            heard.is_over = true;
        }
        heard.is_over |= heard.read.last() == Some(&ModelEvent::Stop);
        heard.events.extend(heard.read.drain(..));
    }
}

/// A reply.
pub(super) struct Reply {
    stage: Stage,
    ear: Arc<Ear>,
    tools: Arc<[ToolSpec]>,
    asked: Asked,
}

enum Stage {
    Opening(Opening),
    Speaking(ChatStream),
    Over,
}

impl Reply {
    pub(super) fn new(opening: Opening, ear: Arc<Ear>, tools: Arc<[ToolSpec]>, asked: Asked) -> Self {
        Self { stage: Stage::Opening(opening), ear, tools, asked }
    }

    /// The command that a name on the wire stands for.
    fn named(&self, event: ModelEvent) -> ModelEvent {
        match event {
            ModelEvent::Call { tool, input } => {
                let known = self.tools.iter().find(|known| known.wire_name() == tool);
                ModelEvent::Call { tool: known.map_or(tool, |known| known.name.to_owned()), input }
            }
            ModelEvent::Text(_) | ModelEvent::Used { .. } | ModelEvent::Stop => event,
        }
    }

    /// What was read and not told yet; then why the reply is no good.
    fn next_heard(&mut self) -> Option<Result<ModelEvent, ModelError>> {
        let mut heard = self.ear.heard();
        let event = heard.events.pop_front();
        let broken = if event.is_none() { heard.broken.take() } else { None };
        let is_last = broken.is_some() || (heard.is_over && heard.events.is_empty());
        drop(heard);
        if is_last {
            self.stage = Stage::Over;
        }
        match (event, broken) {
            (Some(event), _) => Some(Ok(self.named(event))),
            (None, Some(broken)) => Some(Err(self.asked.broken(broken))),
            (None, None) => None,
        }
    }

    fn end(&mut self, error: ModelError) -> Poll<Option<Result<ModelEvent, ModelError>>> {
        self.stage = Stage::Over;
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for Reply {
    type Item = Result<ModelEvent, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(told) = self.next_heard() {
                return Poll::Ready(Some(told));
            }
            match &mut self.stage {
                Stage::Over => return Poll::Ready(None),
                Stage::Opening(opening) => match opening.as_mut().poll(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(opened)) => self.stage = Stage::Speaking(opened.stream),
                    Poll::Ready(Err(error)) => {
                        let error = self.asked.failed(&error, false);
                        return self.end(error);
                    }
                },
                Stage::Speaking(stream) => match Pin::new(stream).poll_next(cx) {
                    // It may have read frames on the way to having nothing more.
                    Poll::Pending => return self.next_heard().map_or(Poll::Pending, |told| Poll::Ready(Some(told))),
                    Poll::Ready(Some(Ok(_))) => {}
                    Poll::Ready(Some(Err(
                        error @ (genai::Error::WebStream { .. } | genai::Error::HttpError { .. }),
                    ))) => {
                        // What was read before the line broke is told first.
                        if let Some(told) = self.next_heard() {
                            self.stage = Stage::Opening(Box::pin(std::future::ready(Err(error))));
                            return Poll::Ready(Some(told));
                        }
                        let has_begun = self.ear.heard().has_begun;
                        let error = self.asked.failed(&error, has_begun);
                        return self.end(error);
                    }
                    // It could not make sense of a frame. We have read the same one, and know better.
                    Poll::Ready(Some(Err(_))) => {}
                    Poll::Ready(None) => {
                        if let Some(told) = self.next_heard() {
                            return Poll::Ready(Some(told));
                        }
                        let has_begun = self.ear.heard().has_begun;
                        let error = if has_begun { self.asked.broke_off() } else { self.asked.no_reply() };
                        return self.end(error);
                    }
                },
            }
        }
    }
}
