//! What the command line asks for. It only reads words; it opens nothing.

use std::ffi::OsString;
use std::path::PathBuf;

use contract::WorkspaceId;

use crate::link;

/// Opens the quick chat, in the app that runs where there is one.
pub(crate) const QUICK: &str = "--quick";
/// Starts without showing the window, where a tray icon leads to it.
pub(crate) const HIDDEN: &str = "--hidden";

/// Starts so that nothing happens by itself.
pub(crate) const SAFE: &str = "--safe";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub enum Mode {
    /// Open the window.
    Window,
    /// Print the table of commands.
    Commands {
        /// As JSON, with schemas.
        json: bool,
    },
    /// Carry one command out and print its reply.
    Call {
        /// The command.
        name: String,
        /// Its input as JSON text; `-` was given when it comes by standard input.
        input: Input,
        /// The workspace it is about.
        workspace: Option<WorkspaceId>,
        /// Wait until what it started has ended: edits sent, fetching done.
        wait: bool,
    },
    /// Serve the page and the commands on loopback.
    Serve {
        /// The port; 0 means any.
        port: u16,
    },
    /// Look at everything that the app stands on.
    Doctor {
        /// As JSON.
        json: bool,
    },
    /// Write down how this installation stands, for somebody else to read.
    Support {
        /// The folder to write into.
        into: PathBuf,
    },
    /// Print how it is used.
    Help,
    /// Print the version.
    Version,
}

/// Where the input of a call comes from.
#[derive(Debug, PartialEq, Eq)]
pub enum Input {
    /// From the command line.
    Text(String),
    /// From standard input, which other programs cannot see.
    Stdin,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// What to do.
    pub mode: Mode,
    /// The data folder, when one was named.
    pub data: Option<PathBuf>,
}

/// How it is used.
pub const USAGE: &str = "\
PM OS: the project manager's operating system

  pm-os [--quick | --hidden | --safe]    open the window; the quick chat; the tray icon alone; or with
                                         nothing fetched and no automation run by itself
  pm-os commands [--json]                list everything it can do
  pm-os call NAME [JSON|-] [options]     do one thing and print the reply as JSON
  pm-os serve [--port N]                 serve the page and the commands on this machine only
  pm-os doctor [--json]                  look at everything it stands on, and say what to mend
  pm-os support-bundle [FOLDER]          write down how it stands, without names and secrets, to show to somebody
  pm-os --version | --help

Options
  --workspace W   the workspace a command is about (the last opened one when left out)
  --data DIR      the data folder (or set PMOS_DATA_DIR)
  --no-wait       do not wait for edits to be sent and fetching to end
  -               read the JSON from standard input: use it for tokens and passphrases

Environment, for call and serve
  PMOS_PASSPHRASE  opens the sealed secrets file, where secrets are kept in one
  PMOS_KEYRING     off: as if this machine had no keyring
  PMOS_REQUESTS    requests in ten seconds, for a server that is not Basecamp's (50 when left out)
";

/// Reads the words that follow the program's name.
///
/// # Errors
/// A sentence that says which word is wrong.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Asked, String> {
    let mut plain: Vec<String> = Vec::new();
    let (mut data, mut workspace, mut port, mut json, mut wait) = (None, None, 0, false, true);
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy().into_owned();
        let mut value = |name: &str| words.next().ok_or(format!("{name} needs a value after it."));
        match text.as_str() {
            "--data" => data = Some(PathBuf::from(value("--data")?)),
            "--workspace" => {
                let given = value("--workspace")?.to_string_lossy().into_owned();
                workspace = Some(given.parse().map_err(|_| format!("--workspace takes a number, not “{given}”."))?);
            }
            "--port" => {
                let given = value("--port")?.to_string_lossy().into_owned();
                port = given.parse().map_err(|_| format!("--port takes a number from 0 to 65535, not “{given}”."))?;
            }
            "--json" => json = true,
            "--no-wait" => wait = false,
            "--help" | "-h" => return Ok(Asked { mode: Mode::Help, data }),
            "--version" | "-V" => return Ok(Asked { mode: Mode::Version, data }),
            // What the window reads for itself.
            HIDDEN | QUICK | SAFE => {}
            // A link that the system hands over: the window takes it, and nothing after it is a word of ours.
            link if link::is_ours(link) => return Ok(Asked { mode: Mode::Window, data }),
            unknown if unknown.starts_with("--") => return Err(format!("There is no option {unknown}.")),
            _ => plain.push(text),
        }
    }
    let mut plain = plain.into_iter();
    let mode = match plain.next().as_deref() {
        None => Mode::Window,
        Some("commands") => Mode::Commands { json },
        Some("serve") => Mode::Serve { port },
        Some("doctor") => Mode::Doctor { json },
        Some("support-bundle") => Mode::Support { into: plain.next().map_or_else(|| ".".into(), PathBuf::from) },
        Some("call") => {
            let name = plain.next().ok_or("call needs the name of a command; `pm-os commands` lists them.")?;
            let input = match plain.next() {
                None => Input::Text("{}".into()),
                Some(text) if text == "-" => Input::Stdin,
                Some(text) => Input::Text(text),
            };
            Mode::Call { name, input, workspace, wait }
        }
        Some(other) => return Err(format!("“{other}” is not something PM OS does.")),
    };
    match plain.next() {
        None => Ok(Asked { mode, data }),
        Some(extra) => Err(format!("“{extra}” is one word too many. Put JSON into single quotes.")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked(line: &str) -> Result<Asked, String> {
        parse(line.split_whitespace().map(OsString::from))
    }
    fn mode(line: &str) -> Mode {
        asked(line).unwrap().mode
    }

    #[test]
    fn each_way_of_starting_is_understood() {
        assert_eq!(mode(""), Mode::Window);
        assert_eq!(mode("commands --json"), Mode::Commands { json: true });
        assert_eq!(mode("doctor --json"), Mode::Doctor { json: true });
        assert_eq!(mode("support-bundle"), Mode::Support { into: ".".into() });
        assert_eq!(mode("support-bundle /tmp"), Mode::Support { into: "/tmp".into() });
        assert_eq!(mode("serve --port 8080"), Mode::Serve { port: 8080 });
        assert_eq!(
            mode("call todo.complete {\"id\":\"1\"} --workspace 2 --no-wait"),
            Mode::Call {
                name: "todo.complete".into(),
                input: Input::Text("{\"id\":\"1\"}".into()),
                workspace: Some(WorkspaceId(2)),
                wait: false
            }
        );
        assert_eq!(asked("--data /tmp/x call a.b -").unwrap().data, Some(PathBuf::from("/tmp/x")));
        assert_eq!(mode("pmos://oauth/callback?code=1&state=2"), Mode::Window);
    }

    #[test]
    fn a_wrong_word_is_named() {
        for (line, part) in [
            ("dance", "dance"),
            ("call", "name of a command"),
            ("call a.b {} extra", "extra"),
            ("serve --port high", "high"),
            ("doctor who", "who"),
            ("support-bundle one two", "two"),
            ("--workspace", "--workspace"),
            ("call a.b --workspace x", "x"),
            ("commands --jason", "--jason"),
        ] {
            assert!(asked(line).unwrap_err().contains(part), "{line}");
        }
    }
}
