//! Calls from outside that start automations: an address for each on this machine, known to whoever was told it.
//!
//! Who listens there is the door's to know. It is opened once an automation that is on waits for calls.

mod form;
mod further;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use contract::{Code, Fault, FlowId, FlowPlace, FlowState, RunId, RunStatus, Tag, WorkspaceId};
use runner::Response;
use runner::trigger::{Request, Starter};
use serde_json::{Value, json};
use store::StoredFlow;
use subtle::ConstantTimeEq;
use tokio::sync::Notify;

use self::further::Further;
use crate::automation::Beginning;
use crate::fault::IntoFault;
use crate::gate::fingerprint;
use crate::handlers::flows::drafts::read_document;
use crate::handlers::flows::publish::fresh_key;
use crate::{Desk, Engine};

/// The mark of a workspace under which the secret part of its addresses is kept.
const SECRET: &str = "automation.hook";

/// By these headers a caller who sends a call again, because no answer came, says that it is the same one.
const DELIVERIES: [&str; 2] = ["idempotency-key", "webhook-id"];

/// Whoever waits for the answer of an automation waits no longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether somebody wants to be called, and where.
#[derive(Debug, Default)]
pub(crate) struct Hooks {
    wanted: Notify,
    at: Mutex<Option<SocketAddr>>,
}

impl Hooks {
    /// An automation that is on waits for calls.
    pub(crate) fn want(&self) {
        self.wanted.notify_one();
    }

    fn at(&self) -> Option<SocketAddr> {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a call is answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct HookReply {
    /// The status of HTTP.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body, and whether it is JSON.
    pub body: String,
}

/// What an address leads to, each part as the address has it.
#[derive(Debug, Clone)]
pub enum HookTarget {
    /// An automation, which a call starts.
    Flow(String),
    /// A run that waits for a call, which makes it go on.
    Wait {
        /// The run.
        run: String,
        /// Which of its waits.
        number: String,
    },
}

/// A call of an automation's address.
#[derive(Debug, Clone)]
pub struct HookCall {
    /// The workspace, as the address has it.
    pub workspace: String,
    /// What the address leads to.
    pub target: HookTarget,
    /// The secret part of the address.
    pub secret: String,
    /// The caller waits for the automation's answer.
    pub waits: bool,
    /// Such as `POST`.
    pub method: String,
    /// By names in small letters.
    pub headers: Vec<(String, String)>,
    /// What stands behind the question mark.
    pub query: Vec<(String, String)>,
    /// The body as it came.
    pub body: String,
}

impl Engine {
    /// Resolves when an automation that is on waits for calls.
    pub async fn hooks_wanted(&self) {
        self.0.hooks.wanted.notified().await;
    }

    /// The door listens there.
    pub fn hooks_open(&self, at: SocketAddr) {
        *self.0.hooks.at.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
        // Whoever looks at an automation that waits for calls is told its address.
        self.touched(&[Tag::Flows]);
    }

    /// A call of an automation's address. Whoever knows the address may call it, from whichever site and under whichever name of
    /// this machine: its secret part is what lets in.
    ///
    /// The same delivery begins one run, however often it comes.
    ///
    /// # Errors
    /// `NotFound` for every address that is not one, whatever is wrong with it; `Forbidden` when the automation asks for a
    /// password or header that the call does not bring.
    pub async fn hook(&self, call: HookCall) -> Result<HookReply, Fault> {
        let workspace: WorkspaceId = call.workspace.parse().map_err(|_| nobody())?;
        let desk = self.desk(workspace).await.map_err(|_| nobody())?;
        let site = Site { desk, at: self.0.hooks.at() };
        let flow: FlowId = match &call.target {
            HookTarget::Flow(flow) => flow.parse().map_err(|_| nobody())?,
            HookTarget::Wait { run, number } => {
                let further = Further { run, number, secret: &call.secret };
                return further.goes_on(&site, &request(&call), call.waits).await;
            }
        };
        let desk = &site.desk;
        let known = desk.store.mark(SECRET).await.into_fault()?;
        if known.is_none_or(|known| !bool::from(known.as_bytes().ct_eq(call.secret.as_bytes()))) {
            return Err(nobody());
        }
        let stored = desk.store.flow(flow).await.map_err(|_| nobody())?;
        let runs_here = stored.flow.state == FlowState::On && stored.flow.place == FlowPlace::Here;
        let version = stored.published.as_ref().filter(|_| runs_here).ok_or_else(nobody)?;
        if desk.automations.is_paused().await {
            return Err(
                Fault::new(Code::Busy, "Automations are paused in PM OS. Call again once they go on.").retryable()
            );
        }
        match Starter::read(&read_document(&version.document)?.trigger) {
            // Who asks so wants to know whether somebody is there.
            Ok(Starter::Webhook(_)) if call.method == "HEAD" => Ok(plain(200, &json!({}))),
            Ok(Starter::Webhook(webhook)) => {
                let request = request(&call);
                if !webhook.admits(&request) {
                    let message = "This address asks for a name and password, or for a header. Send it.";
                    return Err(Fault::new(Code::Forbidden, message));
                }
                let delivery = delivery(&call);
                site.begin(stored, delivery, request.payload(), call.waits).await
            }
            Ok(Starter::Form(form)) if form::is_of_a_browser(&call) => form::answer(&site, stored, &form, &call).await,
            Ok(Starter::Form(form)) => {
                let filled: runner::Map = serde_json::from_str(&call.body)
                    .map_err(|_| Fault::invalid("body", "A form is filled in field by field: send a JSON object."))?;
                let payload = form.payload(&filled).map_err(|why| Fault::invalid("body", why))?;
                site.begin(stored, delivery(&call), payload, call.waits).await
            }
            Ok(Starter::Schedule(_) | Starter::Manual | Starter::Basecamp(_) | Starter::Callable) | Err(_) => {
                Err(nobody())
            }
        }
    }

    /// Where an automation is called; `None` while nobody listens.
    pub(crate) async fn hook_address(&self, desk: &Desk, flow: FlowId) -> Result<Option<String>, Fault> {
        let Some(at) = self.0.hooks.at() else { return Ok(None) };
        let secret = match desk.store.mark(SECRET).await.into_fault()? {
            Some(secret) => secret,
            None => {
                let fresh = fresh_key("", flow)?.rsplit(':').next().unwrap_or_default().to_owned();
                desk.store.set_mark(SECRET, Some(&fresh)).await.into_fault()?;
                fresh
            }
        };
        Ok(Some(format!("http://{at}/hooks/{}/{flow}/{secret}", desk.workspace)))
    }
}

/// The same words for every reason: an address tells nothing of others.
fn nobody() -> Fault {
    Fault::new(Code::NotFound, "No automation listens at this address. Copy it anew from the automation's trigger.")
}

fn request(call: &HookCall) -> Request {
    let object = |pairs: &[(String, String)]| {
        pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect::<runner::Map>()
    };
    Request {
        method: call.method.clone(),
        headers: object(&call.headers),
        query: object(&call.query),
        body: call.body.clone(),
    }
}

/// What tells this call from others, where the caller says it.
fn delivery(call: &HookCall) -> Option<&str> {
    let header = |wanted: &str| call.headers.iter().find(|(name, value)| name == wanted && !value.is_empty());
    DELIVERIES.into_iter().find_map(header).map(|(_, value)| value.as_str())
}

/// Where a call came to.
struct Site {
    desk: Arc<Desk>,
    /// Where calls come to.
    at: Option<SocketAddr>,
}

impl Site {
    /// Begins a run, unless this delivery has; answers when it began, or once it answers.
    async fn begin(
        &self,
        stored: StoredFlow,
        delivery: Option<&str>,
        payload: Value,
        waits: bool,
    ) -> Result<HookReply, Fault> {
        let id = stored.flow.id;
        let key = match delivery {
            Some(delivery) => format!("call:{id}:{}", fingerprint("delivery", delivery)),
            None => fresh_key("call", id)?,
        };
        let beginning = Beginning { payload, ..Beginning::default() };
        let automations = &self.desk.automations;
        let begun = automations.begin_published(stored, key, "Its address was called".into(), beginning).await?;
        let run = begun.ok_or_else(nobody)?;
        match waits {
            true => self.answer(run.id).await,
            false => Ok(plain(200, &json!({}))),
        }
    }

    /// What the run answers to who called, if it does so in time.
    async fn answer(&self, id: RunId) -> Result<HookReply, Fault> {
        let answer = tokio::time::timeout(PATIENCE, self.answer_at_last(id)).await;
        answer.unwrap_or_else(|_| {
            let message = "The automation has not answered within half a minute. It goes on; look at its run.";
            Ok(plain(202, &json!({ "message": message })))
        })
    }

    async fn answer_at_last(&self, id: RunId) -> Result<HookReply, Fault> {
        let desk = &self.desk;
        let mut commits = desk.store.listen();
        loop {
            let stored = desk.store.run(id).await.into_fault()?;
            let status = stored.run.status;
            if stored.start.is_none()
                && let Ok(run) = desk.automations.open_run(&stored).await
                && let Some(response) = run.response()
            {
                let response = further::with_address(self, id, &run, response.clone()).await?;
                return Ok(written(&response));
            }
            if status.is_ended() {
                // No step answered: a run that went well has nothing to say.
                return Ok(match status == RunStatus::Succeeded {
                    true => plain(200, &json!({})),
                    false => plain(500, &json!({ "message": stored.run.failure.unwrap_or_default() })),
                });
            }
            if commits.recv().await.is_err() {
                tokio::task::yield_now().await;
            }
        }
    }
}

fn written(response: &Response) -> HookReply {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let is_text = response.body.is_string();
    let mut headers: Vec<_> = response.headers.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        let kind = if is_text { "text/plain; charset=utf-8" } else { "application/json" };
        headers.push(("content-type".into(), kind.into()));
    }
    HookReply { status: response.status, headers, body: text(&response.body) }
}

fn plain(status: u16, body: &Value) -> HookReply {
    HookReply { status, headers: vec![("content-type".into(), "application/json".into())], body: body.to_string() }
}
