//! What is done when a model does not answer: ask again after a while, then ask another.
//!
//! Only a request of which nothing has been heard is made again: once there was a word, whoever listens may have acted on it.

use std::sync::Arc;

use futures::StreamExt;
use futures::stream::{self, BoxStream};

use super::Patience;

use crate::model::{Capacity, Model, ModelError, ModelEvent, Request, Trouble, retry_delay};

type Events = BoxStream<'static, Result<ModelEvent, ModelError>>;

/// A model that is asked again, as [`retry_delay`] says, while it may still answer. Dropping the stream ends the waiting.
#[derive(Debug, Clone)]
pub struct Patient {
    /// Asked.
    pub model: Arc<dyn Model>,
    /// How the time passes between two times.
    pub patience: Patience,
}

/// A model, and another that is asked instead when the first stays overloaded, takes no more requests or cannot be reached.
/// Both are asked as a [`Patient`] asks, and so must not be one.
#[derive(Debug, Clone)]
pub struct WithFallback {
    /// Asked first.
    pub first: Arc<dyn Model>,
    /// Asked instead. That it answers is told by [`ModelEvent::From`].
    pub second: Arc<dyn Model>,
    /// How the time passes between two times.
    pub patience: Patience,
}

/// Asks until there is a word or no more use in asking.
async fn ask(model: &dyn Model, request: &Request, patience: Patience) -> Result<Events, ModelError> {
    let mut attempt = 1;
    loop {
        let mut events = model.stream(request.clone());
        let error = match events.next().await {
            Some(Err(error)) => error,
            Some(Ok(first)) => return Ok(stream::iter([Ok(first)]).chain(events).boxed()),
            // Whoever is asked for more after the end may do as it likes.
            None => return Ok(stream::empty().boxed()),
        };
        match retry_delay(&error, attempt) {
            Some(wait) => (patience.pause)(wait).await,
            None => return Err(error),
        }
        attempt += 1;
    }
}

fn events(asked: impl Future<Output = Result<Events, ModelError>> + Send + 'static) -> Events {
    stream::once(asked)
        .flat_map(|asked| match asked {
            Ok(events) => events,
            Err(error) => stream::iter([Err(error)]).boxed(),
        })
        .boxed()
}

impl Model for Patient {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn capacity(&self) -> Capacity {
        self.model.capacity()
    }

    fn stream(&self, request: Request) -> Events {
        let Self { model, patience } = self.clone();
        events(async move { ask(&*model, &request, patience).await })
    }
}

impl Model for WithFallback {
    /// The first one's.
    fn name(&self) -> &str {
        self.first.name()
    }

    /// What both can take.
    fn capacity(&self) -> Capacity {
        let (first, second) = (self.first.capacity(), self.second.capacity());
        Capacity {
            window: first.window.min(second.window),
            reads_everything: first.reads_everything && second.reads_everything,
        }
    }

    fn stream(&self, request: Request) -> Events {
        let Self { first, second, patience } = self.clone();
        events(async move {
            match ask(&*first, &request, patience).await {
                Err(error) if is_met_by_another(error.trouble) => {
                    let answer = ask(&*second, &request, patience).await?;
                    let from = ModelEvent::From(second.name().to_owned());
                    Ok(stream::iter([Ok(from)]).chain(answer).boxed())
                }
                asked => asked,
            }
        })
    }
}

fn is_met_by_another(trouble: Trouble) -> bool {
    match trouble {
        Trouble::Overloaded | Trouble::RateLimited | Trouble::Unreachable => true,
        Trouble::Key
        | Trouble::Credit
        | Trouble::NoModel
        | Trouble::TooLong
        | Trouble::Refused
        | Trouble::Truncated
        | Trouble::Upstream => false,
    }
}
