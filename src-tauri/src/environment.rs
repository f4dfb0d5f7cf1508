//! What the environment says to a start without a window. The window reads none of it: there the person is asked.

use std::ffi::OsString;
use std::path::PathBuf;

use contract::{Fault, SecretText};
use engine::Options;

/// Opens the sealed secrets file. Never logged and never shown.
const PASSPHRASE: &str = "PMOS_PASSPHRASE";
/// `off`: as if the machine had no keyring.
const KEYRING: &str = "PMOS_KEYRING";
/// Requests in ten seconds, for a server that allows more, or fewer, than Basecamp does.
const REQUESTS: &str = "PMOS_REQUESTS";
const MOST_REQUESTS: usize = 20_000;

/// How the engine is started on this folder.
///
/// # Errors
/// `Invalid` names the variable that cannot be understood. What it holds is not repeated.
pub(crate) fn options(data: PathBuf) -> Result<Options, Fault> {
    read(data, |name| std::env::var_os(name).filter(|value| !value.is_empty()))
}

fn read(data: PathBuf, get: impl Fn(&str) -> Option<OsString>) -> Result<Options, Fault> {
    let mut options = Options::new(data);
    match get(KEYRING).as_deref().map(std::ffi::OsStr::to_str) {
        None | Some(Some("on")) => {}
        Some(Some("off")) => options = options.without_keyring(),
        Some(_) => return Err(Fault::invalid(KEYRING, format!("{KEYRING} is on or off. Leave it out for on."))),
    }
    if let Some(requests) = get(REQUESTS) {
        let requests =
            requests.to_str().and_then(|text| text.parse().ok()).filter(|count| (2..=MOST_REQUESTS).contains(count));
        let message = format!(
            "{REQUESTS} is a number from 2 to {MOST_REQUESTS}: requests in ten seconds. Leave it out for Basecamp's own."
        );
        options = options.with_requests(requests.ok_or_else(|| Fault::invalid(REQUESTS, message))?);
    }
    if let Some(passphrase) = get(PASSPHRASE) {
        let text =
            passphrase.into_string().map_err(|_| Fault::invalid(PASSPHRASE, format!("{PASSPHRASE} is not text.")))?;
        options = options.with_passphrase(SecretText::new(text));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn with(name: &'static str, value: &'static str) -> Result<Options, Fault> {
        read(PathBuf::new(), move |asked| (asked == name).then(|| value.into()))
    }

    #[test]
    fn what_is_set_is_used_and_nothing_else() {
        assert!(with("OTHER", "x").unwrap().passphrase.is_none());
        assert!(with(PASSPHRASE, "open sesame").unwrap().passphrase.is_some());
        assert_eq!(with(REQUESTS, "500").unwrap().pace.requests, 500);
        assert!(with(KEYRING, "off").is_ok() && with(KEYRING, "on").is_ok());
    }

    #[test]
    fn a_wrong_value_names_its_variable_and_not_itself() {
        for (name, value) in [(KEYRING, "nonsense"), (REQUESTS, "1"), (REQUESTS, "many"), (REQUESTS, "-4")] {
            let fault = with(name, value).unwrap_err();
            assert_eq!(fault.field.as_deref(), Some(name));
            assert!(fault.message.contains(name) && !fault.message.contains(value), "{}", fault.message);
        }
    }
}
