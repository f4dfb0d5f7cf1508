//! Where the data is kept, when nobody says.

use std::path::PathBuf;

use contract::{Code, Fault};

/// Named on the command line, else by `PMOS_DATA_DIR`, else where this system keeps such things.
///
/// # Errors
/// `Storage` when the system names no such place.
pub fn data_dir(named: Option<PathBuf>) -> Result<PathBuf, Fault> {
    let set = || std::env::var_os("PMOS_DATA_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    named.or_else(set).or_else(|| dirs::data_dir().map(|dir| dir.join("pm-os"))).ok_or_else(|| {
        Fault::new(Code::Storage, "This system names no folder for data. Name one with --data DIR or PMOS_DATA_DIR.")
    })
}

/// True when a folder was named: such a start stands alone, and hands nothing over to another.
#[must_use]
pub fn is_named(named: Option<&PathBuf>) -> bool {
    named.is_some() || std::env::var_os("PMOS_DATA_DIR").is_some_and(|dir| !dir.is_empty())
}
