//! A reply as it comes: frames are read the moment the library hands them on, and told at once.
//!
//! The library's own events are not used, only its frames: see [`super::wire`].

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::Stream;
use futures::future::BoxFuture;
use genai::chat::{ChatFrameSink, ChatStream, ChatStreamResponse, FrameCtx, RawFrameRef};

use super::trouble::Asked;
use super::wire::{Broken, Reader, Told};
use crate::model::{ModelError, ModelEvent, ToolSpec};

/// Asks; it is kept back until a reply is first polled.
pub(super) type Opening = BoxFuture<'static, Result<ChatStreamResponse, genai::Error>>;

/// What hears the frames of one reply.
pub(super) struct Ear(Mutex<Heard>);

struct Heard {
    reader: Box<dyn Reader>,
    told: Told,
    broken: Option<Broken>,
    /// A frame with anything in it has come.
    has_begun: bool,
    /// Nothing after this is heard: the reply is complete, or no good.
    is_over: bool,
}

impl Ear {
    /// Hears a reply of the model that is called so in what it seals.
    pub(super) fn new(reader: Box<dyn Reader>, by: String) -> Arc<Self> {
        let told = Told::new(by);
        Arc::new(Self(Mutex::new(Heard { reader, told, broken: None, has_begun: false, is_over: false })))
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
        heard.broken = heard.reader.read(frame.data, &mut heard.told).err();
        heard.is_over = heard.broken.is_some() || heard.told.is_complete();
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
    /// The line broke; why is told after what was read before.
    Broken(ModelError),
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
            ModelEvent::From(_)
            | ModelEvent::Text(_)
            | ModelEvent::Recalled(_)
            | ModelEvent::Sealed(_)
            | ModelEvent::Used { .. }
            | ModelEvent::Stop => event,
        }
    }

    fn has_begun(&self) -> bool {
        self.ear.heard().has_begun
    }

    /// What was read and not told yet; then why the reply is no good.
    fn next_heard(&mut self) -> Option<Result<ModelEvent, ModelError>> {
        let mut heard = self.ear.heard();
        let event = heard.told.next();
        let broken = if event.is_none() { heard.broken.take() } else { None };
        let is_last = broken.is_some() || (heard.is_over && heard.told.is_empty());
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
}

impl Stream for Reply {
    type Item = Result<ModelEvent, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(told) = self.next_heard() {
                return Poll::Ready(Some(told));
            }
            let next = match &mut self.stage {
                Stage::Over => return Poll::Ready(None),
                Stage::Broken(error) => {
                    let error = error.clone();
                    self.stage = Stage::Over;
                    return Poll::Ready(Some(Err(error)));
                }
                Stage::Opening(opening) => match opening.as_mut().poll(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(opened)) => Stage::Speaking(opened.stream),
                    Poll::Ready(Err(error)) => Stage::Broken(self.asked.failed(&error, false)),
                },
                Stage::Speaking(stream) => match Pin::new(stream).poll_next(cx) {
                    // It may have read frames on the way to having nothing more.
                    Poll::Pending => return self.next_heard().map_or(Poll::Pending, |told| Poll::Ready(Some(told))),
                    Poll::Ready(Some(Err(
                        error @ (genai::Error::WebStream { .. } | genai::Error::HttpError { .. }),
                    ))) => Stage::Broken(self.asked.failed(&error, self.has_begun())),
                    // What the library made of a frame, or could not make of it: we have read the same one, and know better.
                    Poll::Ready(Some(Ok(_) | Err(_))) => continue,
                    Poll::Ready(None) if self.has_begun() => Stage::Broken(self.asked.broke_off()),
                    Poll::Ready(None) => Stage::Broken(self.asked.no_reply()),
                },
            };
            self.stage = next;
        }
    }
}
