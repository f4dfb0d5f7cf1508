//! An Activepieces stand-in: what a self-hosted 0.85.2 Community server answers, over loopback.
//!
//! [`Installation`] is all that such a server knows, and its rules are pure: the clock comes with each request, ids come
//! from a seed. [`Activepieces`] puts it behind HTTP and Socket.IO. It keeps the habits of the real one, the awkward ones
//! too: edits of steps that are not there pass in silence, a used name is a 500, an import without its schema version is
//! rewritten, tests do not appear in the list of runs, a failed synchronous webhook waits for its time to pass.
//!
//! It interprets no flow: an [`Execute`] is passed in and tells what a run brought. It knows nothing of the app.
//!
//! Start with [`Activepieces::start`]; look and edit behind the client's back with [`Activepieces::look`] and
//! [`Activepieces::edit`]; read what was written with [`Activepieces::writes`]; let things go wrong with
//! [`Activepieces::faults`].

mod about;
mod account;
mod ask;
mod connections;
mod edit;
mod execute;
mod fields;
mod flows;
mod foreign;
mod forms;
mod http;
mod ids;
mod installation;
mod locks;
mod options;
mod piece;
mod projects;
mod records;
mod reply;
mod route;
mod run;
mod runs;
mod sample;
mod samples;
mod server;
mod site;
mod socket;
mod stamp;
mod tables;
mod token;
mod variables;
mod webhooks;

pub use flow::RunStatus;

pub use execute::{Answer, Execute, Job, Outcome, Progress, Resumed};
pub use foreign::Foreign;
pub use installation::{Installation, Owner};
pub use server::{Activepieces, Options, Write};

#[cfg(test)]
pub(crate) use {
    ask::Ask,
    installation::Effect,
    piece::COUNT as PIECES,
    reply::{Body, Reply},
    route::answer,
    site::Site,
};
