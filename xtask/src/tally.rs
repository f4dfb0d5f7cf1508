//! Counts tests as cargo reports them, passing on only the lines worth reading.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use crate::{
    step::{OrStop, Outcome, Stop, step},
    tree,
};

/// What a whole run of the tests came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// A step that is no test: its failure counts as one, and the run goes on.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome) {
        if let Err(stop) = step(name, work) {
            println!("    {stop}");
            self.failed += 1;
        }
    }

    /// A step that runs tests: each of them counts. Ending badly without a failed test counts as one.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command) {
        let before = self.failed;
        let ran = step(name, || {
            let well = self.listen(name, command)?;
            let failed = self.failed - before;
            match (well, failed) {
                (true, 0) => Ok(()),
                (_, 0) => Err(Stop::new("It ended badly before its tests did; the lines above say why.")),
                (_, failed) => Err(Stop::new(format!("{failed} failed; their output is above."))),
            }
        });
        if let Err(stop) = ran {
            println!("    {stop}");
            if self.failed == before {
                self.failed += 1;
            }
        }
    }

    fn listen(&mut self, name: &str, command: &mut Command) -> Outcome<bool> {
        let mut log = log(name)?;
        let mut child = command.stdout(Stdio::piped()).spawn().or_stop("The tests cannot be started")?;
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n') {
                let line = line.or_stop("The tests' output broke off")?;
                let line = String::from_utf8_lossy(&line);
                writeln!(log, "{line}").or_stop("The log cannot be written")?;
                self.count(&line);
                if is_worth_reading(&line) {
                    println!("    {line}");
                }
            }
        }
        Ok(child.wait().or_stop("The tests were lost")?.success())
    }

    fn count(&mut self, line: &str) {
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        let number = |of: &str| -> u64 {
            let words: Vec<&str> = result.split_whitespace().collect();
            words
                .windows(2)
                .find_map(|pair| match pair {
                    [number, word] if word.trim_end_matches(';') == of => number.parse().ok(),
                    _ => None,
                })
                .unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }
}

fn log(name: &str) -> Outcome<File> {
    let folder = tree::artefacts().join("logs");
    fs::create_dir_all(&folder).or_stop(format!("{} cannot be made", folder.display()))?;
    let file = name.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    File::create(folder.join(format!("{file}.log"))).or_stop("The log cannot be made")
}

/// Neither the tests that passed nor the frame around none at all.
fn is_worth_reading(line: &str) -> bool {
    let line = line.trim();
    let is_silent_result = line.starts_with("test result: ok. 0 passed");
    let is_passed = line.starts_with("test ") && (line.ends_with(" ok") || line.contains("... ignored"));
    !(line.is_empty() || is_silent_result || is_passed || line.starts_with("running "))
}

#[cfg(test)]
mod tests;
