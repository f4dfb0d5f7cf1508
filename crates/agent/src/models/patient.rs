//! What is done when a model does not answer: ask again after a while, then ask another.
//!
//! Only a request of which nothing has been heard is made again: once there was a word, whoever listens may have acted on it.

use std::sync::Arc;

use futures::StreamExt;
use futures::stream::{self, BoxStream};

use crate::model::{Capacity, Model, ModelError, ModelEvent, Request, Trouble, retry_delay};

type Events = BoxStream<'static, Result<ModelEvent, ModelError>>;

/// A model that is asked again as [`retry_delay`] says.
#[derive(Debug, Clone)]
pub struct Patient {
    model: Arc<dyn Model>,
}

/// Has a model asked again while it may still answer. Dropping the stream ends the waiting.
#[must_use]
pub fn patient(model: Arc<dyn Model>) -> Patient {
    Patient { model }
}

/// A model, and another that is asked instead when the first, asked again as [`retry_delay`] says, stays overloaded, takes no
/// more requests or cannot be reached. The second is asked patiently too.
#[derive(Debug, Clone)]
pub struct WithFallback {
    /// Asked first.
    pub first: Arc<dyn Model>,
    /// Asked instead.
    pub second: Arc<dyn Model>,
}

/// Asks until there is a word or no more use in asking.
async fn ask(model: &dyn Model, request: &Request) -> Result<Events, ModelError> {
    let mut attempt = 1;
    loop {
        let mut events = model.stream(request.clone());
        let error = match events.next().await {
            Some(Err(error)) => error,
            Some(Ok(first)) => return Ok(stream::iter([Ok(first)]).chain(events).boxed()),
            None => return Ok(events),
        };
        match retry_delay(&error, attempt) {
            Some(wait) => tokio::time::sleep(wait).await,
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
        let model = self.model.clone();
        events(async move { ask(&*model, &request).await })
    }
}

impl Model for WithFallback {
    /// The first one's: prices and the record go by it, also when the second answers.
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
        let Self { first, second } = self.clone();
        events(async move {
            match ask(&*first, &request).await {
                Err(error) if is_met_by_another(error.trouble) => ask(&*second, &request).await,
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
