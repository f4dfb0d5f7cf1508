//! Events that do not belong where they are.

/// Why an event cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The journal does not begin with a beginning.
    #[error("The record of this run has no beginning. Start the flow again.")]
    NoBeginning,
    /// The run was of another version of the flow.
    #[error("The flow has changed since this run began. Try the run again on the latest version.")]
    OtherFlow,
    /// It is about another step than the one that the run is at, or about a state that the run is not in.
    #[error("The record of this run does not fit at event {number}, {what}. Start the flow again.")]
    Unexpected {
        /// Which event, from 0.
        number: u64,
        /// What it is.
        what: &'static str,
    },
}
