//! Models that answer over the network, behind [`Model`]: the only place that names a vendor or a vendor's library.
//!
//! The library `genai` writes each vendor's form of the request and carries the bytes; what comes back is read here, frame
//! by frame. One [`Remote`] has one address and one key, and the key goes nowhere else. What to retry and whom to ask
//! instead is in one place, [`Patient`] and [`WithFallback`].

mod endpoint;
mod key;
mod patient;
mod prices;
mod reply;
mod request;
mod sealed;
mod trial;
mod trouble;
mod window;
mod wire;

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use contract::Vendor;
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::{self, BoxStream};
use genai::resolver::{AuthData, Endpoint as Base};
use genai::{Client, ModelIden, ServiceTarget};
use jiff::Timestamp;

pub use endpoint::check_base;
pub use key::Key;
pub use patient::{Patient, WithFallback};
pub use prices::cost;
pub use trial::trial;

use crate::model::{Capacity, Model, ModelError, ModelEvent, Request};

/// Which model is asked, and where.
#[derive(Debug, Clone)]
pub struct RemoteOptions {
    /// How its server speaks.
    pub vendor: Vendor,
    /// What the server calls it.
    pub model: String,
    /// The server's base address, checked by [`check_base`]; `None`, or nothing in it, for the vendor's own.
    pub base: Option<String>,
    /// The key, where the server wants one.
    pub key: Option<Key>,
}

/// How long a server is waited for, and by which clocks.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until the first byte, and then between two bytes.
    pub idle: Duration,
    /// The time of day, for servers that tell until when to wait.
    pub now: fn() -> Timestamp,
    /// Lets so much time pass before a request is made again.
    pub pause: fn(Duration) -> BoxFuture<'static, ()>,
}

impl Default for Patience {
    /// Ten seconds for a connection. Two minutes of silence: a model that thinks says nothing for a while.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(120),
            now: Timestamp::now,
            pause: |time| Box::pin(tokio::time::sleep(time)),
        }
    }
}

/// A model behind a network.
#[derive(Clone)]
pub struct Remote {
    client: Client,
    endpoint: endpoint::Endpoint,
    asked: trouble::Asked,
    capacity: Capacity,
    patience: Patience,
}

impl Remote {
    /// Makes ready to ask. Nothing is sent yet.
    ///
    /// # Errors
    /// A sentence, when the address or the key cannot be used.
    pub fn new(options: RemoteOptions, patience: Patience) -> Result<Self, String> {
        let options = RemoteOptions { model: options.model.trim().to_owned(), ..options };
        if options.model.is_empty() {
            return Err("Give the name of the model.".to_owned());
        }
        let endpoint = endpoint::Endpoint::of(&options)?;
        let http = endpoint.client(options.key.as_ref(), patience)?;
        let client = Client::builder()
            .with_reqwest(http)
            .build()
            .map_err(|_| "Secure connections cannot be made on this machine. `pm-os doctor` looks why.".to_owned())?;
        let asked = trouble::Asked {
            server: endpoint.server.clone(),
            model: options.model.clone(),
            is_here: endpoint.is_here,
            key: options.key,
            now: patience.now,
        };
        let window = window::window(options.vendor, &options.model);
        let capacity = Capacity { window, reads_everything: false };
        Ok(Self { client, endpoint, asked, capacity, patience })
    }

    /// The address and the model, without any key: the client adds that by itself.
    fn target(&self) -> ServiceTarget {
        let form = self.endpoint.form;
        ServiceTarget {
            endpoint: Base::from_owned(self.endpoint.url.as_str()),
            auth: AuthData::RequestOverride {
                url: self.endpoint.url.as_str().to_owned(),
                headers: genai::Headers::default(),
            },
            model: ModelIden::new(form.kind(), request::told_name(&self.asked.model, form)),
        }
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote").field("model", &self.asked.model).field("url", &self.endpoint.url.as_str()).finish()
    }
}

impl Model for Remote {
    fn name(&self) -> &str {
        &self.asked.model
    }

    fn capacity(&self) -> Capacity {
        self.capacity
    }

    fn stream(&self, request: Request) -> BoxStream<'static, Result<ModelEvent, ModelError>> {
        if self.endpoint.wants_key && self.asked.key.is_none() {
            return stream::iter([Err(self.asked.keyless())]).boxed();
        }
        let form = self.endpoint.form;
        let ear = reply::Ear::new(wire::reader(form), self.endpoint.maker.clone());
        let options = request::options(&self.asked.model, form, self.patience.connect, self.patience.idle)
            .with_raw_frame_sink_arc(ear.clone());
        let asked = request::chat_request(&request, &self.endpoint, &self.asked.model);
        let target = self.target();
        let client = self.client.clone();
        let opening = Box::pin(async move { client.exec_chat_stream(target, asked, Some(&options)).await });
        reply::Reply::new(opening, ear, request.tools, self.asked.clone()).boxed()
    }
}
