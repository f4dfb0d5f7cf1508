//! `pm-os doctor`: looks at everything that the app stands on, and says of each what was found and what to do about it. It
//! mends nothing.

mod around;
mod kept;

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::{headless, log};

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stands {
    /// As it should.
    Well,
    /// Something to know; the app works.
    Note,
    /// The app, or a part of it, does not work.
    Badly,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    pub(crate) about: &'static str,
    pub(crate) stands: Stands,
    /// What was found, and what to do where it does not stand well.
    pub(crate) says: String,
}

impl Finding {
    pub(crate) fn well(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, stands: Stands::Well, says: says.into() }
    }

    pub(crate) fn note(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, stands: Stands::Note, says: says.into() }
    }

    pub(crate) fn badly(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, stands: Stands::Badly, says: says.into() }
    }
}

/// Looks, prints, and ends with 0 when nothing stands badly, else with 1.
pub(crate) fn run(data: PathBuf, json: bool) -> ExitCode {
    // What is found is told once, on standard output.
    log("off", None);
    let findings = match findings(data) {
        Ok(findings) => findings,
        Err(fault) => return headless::fail(&fault),
    };
    let text = if json {
        match serde_json::to_string_pretty(&findings) {
            Ok(text) => text,
            Err(why) => return headless::fail(&contract::Fault::new(contract::Code::Internal, why.to_string())),
        }
    } else {
        told(&findings)
    };
    headless::say(&text);
    if findings.iter().any(|finding| finding.stands == Stands::Badly) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Everything, in the order in which one thing stands on another.
pub(crate) fn findings(data: PathBuf) -> Result<Vec<Finding>, contract::Fault> {
    let mut findings = vec![
        Finding::well(
            "Program",
            format!("pm-os {} on {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH),
        ),
        around::page(),
        around::clock(crate::clock::now(), kept::newest(&data)),
        around::connections(),
    ];
    findings.extend(kept::folder(&data));
    findings.extend(headless::runtime()?.block_on(async {
        let mut later = kept::inside(data).await;
        later.push(around::sign_in_port().await);
        later.extend(around::tray().await);
        later
    }));
    findings.extend(around::windows());
    Ok(findings)
}

/// For people: a line each, and at the end how many need something.
fn told(findings: &[Finding]) -> String {
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let mark = match finding.stands {
                Stands::Well => "well ",
                Stands::Note => "note ",
                Stands::Badly => "BADLY",
            };
            format!("{mark}  {:<14} {}", finding.about, finding.says)
        })
        .collect();
    let count = |stands| findings.iter().filter(|finding| finding.stands == stands).count();
    lines.push(String::new());
    lines.push(match (count(Stands::Badly), count(Stands::Note)) {
        (0, 0) => "Everything is well.".to_owned(),
        (0, notes) => format!("Nothing stands badly. Worth knowing: {notes}."),
        (bad, _) => {
            format!("To mend: {bad}. If that does not help, `pm-os support-bundle` collects what to show to somebody.")
        }
    });
    lines.join("\n")
}

#[cfg(test)]
mod tests;
