//! Automations: drafts, what was published of them, samples, runs and connections. Documents, events and values are texts here:
//! what they mean is others' to know.

mod connections;
mod done;
mod flows;
mod happenings;
mod remote;
mod runs;
mod samples;
mod tables;
mod tellings;

pub use connections::NewConnection;
pub use flows::{FlowDraft, FlowHead, NewFlow, StoredFlow, StoredVersion};
pub use happenings::{Happening, plain_text};
pub use remote::{FlowMirror, MirroredVersion, OutgoingEdit, RemoteRun};
pub use runs::{NewRun, RunCounts, RunFilter, RunStands, StoredRun};
pub use tables::{DataField, DataFilter, DataKind, DataRecord, DataTable, DataTest};
