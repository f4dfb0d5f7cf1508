//! The pieces that run in the app.
//!
//! One that Activepieces has too bears its name and version there, and asks for the same fields, so that a flow moves over
//! as it is. Names that begin with `@pmos/` have no counterpart there.

mod ai;
mod approval;
mod basecamp;
mod data;
mod delay;
mod describe;
mod http;
mod notification;
mod plain;
mod slack;
mod smtp;
mod starters;
mod subflow;
mod tables;
mod web;
mod webhook;

use std::sync::Arc;

use crate::Piece;

pub use ai::{AgentTask, Ai, AiError, Prompt};
pub use basecamp::{CommandError, Commands, Picker};
pub use http::HttpLimits;
pub use notification::{Note, Notices};
pub use subflow::{CallableFlow, Flows};
pub use tables::{Filter, Table, TableField, TableFieldKind, Tables};

/// What pieces need of the app around them.
#[derive(Clone)]
pub struct Ports {
    /// Tables.
    pub tables: Arc<dyn Tables>,
    /// Models and the agent.
    pub ai: Arc<dyn Ai>,
    /// The commands of the app.
    pub commands: Arc<dyn Commands>,
    /// Notifications on this machine.
    pub notices: Arc<dyn Notices>,
    /// Flows that other flows can call.
    pub flows: Arc<dyn Flows>,
    /// What calls over HTTP may take.
    pub http: HttpLimits,
    /// Where Slack is; `None` for where it is.
    pub slack: Option<String>,
}

/// Those that need nothing of the app around them: what a server that stands in for a real one can run.
///
/// # Errors
/// As [`all`].
pub fn of_a_server(http: HttpLimits, slack: Option<String>) -> Result<Vec<Arc<dyn Piece>>, String> {
    let web = web::Web::new(http)?;
    Ok(vec![
        Arc::new(slack::Slack { web: web.clone(), base: slack.unwrap_or_else(|| slack::BASE.to_owned()) }),
        Arc::new(smtp::Smtp { time: http.time }),
        Arc::new(http::Http { web }),
        Arc::new(delay::Delay),
        Arc::new(approval::Approval),
        Arc::new(webhook::WebhookPiece),
        Arc::new(starters::Forms),
        Arc::new(starters::Manual),
        Arc::new(starters::SchedulePiece),
        Arc::new(plain::Texts),
        Arc::new(plain::Sums),
    ])
}

/// Every piece.
///
/// # Errors
/// A sentence if there is no way to make connections on this machine.
pub fn all(ports: Ports) -> Result<Vec<Arc<dyn Piece>>, String> {
    let web = web::Web::new(ports.http)?;
    Ok(vec![
        Arc::new(basecamp::Basecamp { commands: ports.commands }),
        Arc::new(slack::Slack { web: web.clone(), base: ports.slack.unwrap_or_else(|| slack::BASE.to_owned()) }),
        Arc::new(slack::SlackWebhook { web: web.clone() }),
        Arc::new(smtp::Smtp { time: ports.http.time }),
        Arc::new(http::Http { web }),
        Arc::new(notification::Notification { notices: ports.notices }),
        Arc::new(ai::AiPiece { ai: ports.ai }),
        Arc::new(tables::TablesPiece { tables: ports.tables }),
        Arc::new(delay::Delay),
        Arc::new(approval::Approval),
        Arc::new(subflow::Subflows { flows: ports.flows }),
        Arc::new(webhook::WebhookPiece),
        Arc::new(starters::Forms),
        Arc::new(starters::Manual),
        Arc::new(starters::SchedulePiece),
        Arc::new(starters::Interval),
        Arc::new(data::Data),
        Arc::new(plain::Texts),
        Arc::new(plain::Sums),
    ])
}
