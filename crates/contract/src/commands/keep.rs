//! Inputs about connections as a whole, and about what is kept on this machine.

use serde::{Deserialize, Serialize};

use super::setup::input;

input! {
    /// No input.
    ListIntegrations {}
    /// Which connection.
    TestIntegration {
        /// As `integration.list` names it.
        key: String,
    }
    /// No input.
    ShowData {}
    /// No input.
    BackUp {}
    /// Which copy.
    RestoreBackup {
        /// The name of its file, as `data.show` lists it.
        name: String,
    }
    /// No input.
    ExportData {}
    /// What to read.
    ImportData {
        /// The folder of an export, or its `everything.json` or `workspace.db`: a whole path, or a name that `data.show` lists.
        path: String,
    }
    /// A question that is answered in writing.
    PurgeData {
        /// The word `everything`.
        confirm: String,
    }
}
