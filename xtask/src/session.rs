//! A desktop session of the tests' own: a display, a session bus and an unlocked keyring, in temporary folders.
//!
//! Nothing of the person's session is seen or touched. Everything started here is ended by its own id, also when
//! this program is killed.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crate::{
    process::{answer, program},
    step::{OrStop, Outcome, Stop},
    tree,
};

pub(crate) struct Session {
    folder: PathBuf,
    environment: Vec<(&'static str, String)>,
    /// In the order in which they were started; ended in the other.
    children: Vec<Child>,
}

impl Session {
    pub(crate) fn start() -> Outcome<Self> {
        let folder = tree::target().join(format!("xtask/session-{}", std::process::id()));
        // The tests look for English words, whatever the machine speaks.
        let environment = vec![("LC_ALL", "C.UTF-8".to_owned())];
        let mut session = Self { folder, environment, children: Vec::new() };
        session.make_folders()?;
        session.start_display()?;
        session.start_bus()?;
        session.start_keyring()?;
        Ok(session)
    }

    /// Places a command inside the session.
    pub(crate) fn holds<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for stray in ["WAYLAND_DISPLAY", "XAUTHORITY", "DESKTOP_SESSION", "XDG_CURRENT_DESKTOP", "LANGUAGE"] {
            command.env_remove(stray);
        }
        command.envs(self.environment.iter().map(|(key, value)| (key, value)))
    }

    fn make_folders(&mut self) -> Outcome {
        let homes = [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ];
        for (key, name) in homes {
            let home = self.folder.join(name);
            fs::create_dir_all(&home).or_stop(format!("{} cannot be made", home.display()))?;
            self.environment.push((key, home.display().to_string()));
        }
        close_to_others(&self.folder.join("run"))
    }

    fn start_display(&mut self) -> Outcome {
        let mut xvfb = guarded("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]);
        let number = self.keep_first_line(&mut xvfb, "Xvfb")?;
        self.environment.push(("DISPLAY", format!(":{number}")));
        Ok(())
    }

    fn start_bus(&mut self) -> Outcome {
        let mut bus = guarded("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let address = self.keep_first_line(&mut bus, "dbus-daemon")?;
        self.environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
        Ok(())
    }

    fn start_keyring(&mut self) -> Outcome {
        let mut keyring = guarded("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        keyring.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = self.holds(&mut keyring).spawn().or_stop("gnome-keyring-daemon cannot be started")?;
        let password = child.stdin.take();
        self.children.push(child);
        if let Some(mut password) = password {
            // It reads until the pipe closes.
            password.write_all(b"for the tests").or_stop("The keyring cannot be unlocked")?;
        }
        let ready = (0..100).any(|_| {
            let mut ask = program("dbus-send");
            ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]);
            ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
            let there = answer(self.holds(&mut ask)).is_some_and(|reply| reply.contains("true"));
            if !there {
                thread::sleep(Duration::from_millis(100));
            }
            there
        });
        if !ready {
            return Err(Stop::new("The tests' keyring did not come up. Is gnome-keyring installed whole?"));
        }
        self.prove_keyring()
    }

    /// A locked keyring would ask a person, and the tests would wait for ever.
    fn prove_keyring(&self) -> Outcome {
        let mut store = program("secret-tool");
        store.args(["store", "--label=probe", "pmos", "probe"]).stdin(Stdio::piped());
        let mut child = self.holds(&mut store).spawn().or_stop("secret-tool cannot be started")?;
        if let Some(mut secret) = child.stdin.take() {
            secret.write_all(b"kept").or_stop("The keyring takes no secret")?;
        }
        child.wait().or_stop("secret-tool was lost")?;
        let mut lookup = program("secret-tool");
        lookup.args(["lookup", "pmos", "probe"]);
        if answer(self.holds(&mut lookup)).as_deref() == Some("kept") {
            Ok(())
        } else {
            Err(Stop::new("The tests' keyring does not give back what it was given."))
        }
    }

    /// Starts a program that says on its first line where it can be reached.
    fn keep_first_line(&mut self, command: &mut Command, name: &str) -> Outcome<String> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = self.holds(command).spawn().or_stop(format!("{name} cannot be started"))?;
        let output = child.stdout.take();
        self.children.push(child);
        let mut line = String::new();
        if let Some(output) = output {
            BufReader::new(output).read_line(&mut line).or_stop(format!("{name} says nothing"))?;
        }
        let line = line.trim().to_owned();
        if line.is_empty() {
            return Err(Stop::new(format!("{name} ended at once. Start it by hand to see why.")));
        }
        Ok(line)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            let _ended_meanwhile = child.kill();
            let _no_longer_ours = child.wait();
        }
        let _left_for_cargo_clean = fs::remove_dir_all(&self.folder);
    }
}

/// A program that the kernel ends with this one, should this one be killed.
fn guarded(name: &str) -> Command {
    let mut command = program("setpriv");
    command.args(["--pdeathsig", "TERM", "--", name]);
    command
}

#[cfg(unix)]
fn close_to_others(folder: &Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        .or_stop("The session's folder cannot be closed to others")
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> Outcome {
    Ok(())
}
