//! The package in a Debian that has nothing else: installed, started, used for the first time, and taken away without a trace.
//!
//! The clean system is made once with mmdebstrap and kept; each trial works on a copy of it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    process::{answer, finish, program},
    step::{OrStop, Outcome, Stop, step},
    system, tree,
};

const RELEASE: &str = "bookworm";
/// What a person has who sees windows at all: a display, a session bus, and something to look at both with.
const AROUND: &str = "--include=xvfb,xauth,dbus,dbus-x11,x11-utils,desktop-file-utils,procps";
/// From the start to an answer, by somebody who has never seen the app, in seconds.
const FIRST_RUN: u32 = 30;
const FIRST_RUN_SCRIPT: &str = include_str!("first_run.sh");

/// Runs inside, as the person who installs.
const INSTALL: &str = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends /pm-os.deb >/tmp/install.log 2>&1 || { tail -20 /tmp/install.log; exit 1; }";
/// Runs inside, as somebody who has never seen the app: a name that opens, a window that opens, and links that come here.
const USE: &str = r#"
set -e
test "$(pm-os --version)" = "pm-os VERSION"
pm-os commands | grep -q '^app.status'
PMOS_KEYRING=off PMOS_PASSPHRASE=trial pm-os --data "$HOME/called" call app.status | grep -q VERSION
PMOS_KEYRING=off pm-os --data "$HOME/called" doctor || test $? -eq 1
desktop-file-validate /usr/share/applications/pm-os.desktop
grep -q 'x-scheme-handler/pmos=pm-os.desktop' /usr/share/applications/mimeinfo.cache
cat > "$HOME/look" <<'LOOK'
pm-os --data "$HOME/seen" >"$HOME/window.log" 2>&1 &
app=$!
for moment in $(seq 60); do
    if xwininfo -root -tree | grep -q '"PM OS"'; then found=yes; break; fi
    kill -0 $app || break
    sleep 1
done
kill $app
wait $app || true
test "$found" = yes || { cat "$HOME/window.log"; xwininfo -root -tree; exit 1; }
LOOK
export WEBKIT_DISABLE_DMABUF_RENDERER=1 WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1 LIBGL_ALWAYS_SOFTWARE=1
xvfb-run -a dbus-run-session -- sh "$HOME/look"
"#;
/// Runs inside once the package has shown that it brings all it needs: the driver would bring WebKit as well.
const DRIVER: &str = "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends curl webkit2gtk-driver \
    >/tmp/driver.log 2>&1 || { tail -20 /tmp/driver.log; exit 1; }";
const FIRST: &str = "export WEBKIT_DISABLE_DMABUF_RENDERER=0 WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1 LIBGL_ALWAYS_SOFTWARE=1\n\
    xvfb-run -a -s '-screen 0 1600x1000x24' dbus-run-session -- bash \"$HOME/first_run.sh\" SECONDS";
const REMOVE: &str = "DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq pm-os >/tmp/remove.log 2>&1";

pub(super) fn run(package: &Path) -> Outcome {
    system::install(&["mmdebstrap"])?;
    if answer(program("id").arg("-u")).as_deref() != Some("0") {
        return Err(Stop::new("The trial installs as root in a folder of its own: run it as root."));
    }
    let folder = tree::target().join("xtask/clean-debian");
    let clean = folder.join(format!("{RELEASE}.tar"));
    if !clean.is_file() {
        fs::create_dir_all(&folder).or_stop("The clean system's folder cannot be made")?;
        step("A clean Debian", || {
            let mut make = program("mmdebstrap");
            make.args(["--quiet", "--variant=apt", "--components=main", AROUND, RELEASE]).arg(&clean);
            finish(&mut make, "Is the network there?")
        })?;
    }
    let root = Root::unpacked(&clean, folder.join("root"))?;
    fs::copy(package, root.0.join("pm-os.deb")).or_stop("The package cannot be copied")?;
    root.shell("installing", INSTALL, "root")?;
    let installed = root.files("pm-os")?;
    if installed.is_empty() {
        return Err(Stop::new("The package installs nothing."));
    }
    root.shell("a person of its own", "useradd --create-home --home-dir /trial --shell /bin/bash trial", "root")?;
    fs::write(root.0.join("trial/first_run.sh"), FIRST_RUN_SCRIPT).or_stop("The trial's script cannot be written")?;
    root.shell("using it", &USE.replace("VERSION", env!("CARGO_PKG_VERSION")), "trial")?;
    root.shell("a driver for its window", DRIVER, "root")?;
    root.shell("the first run", &FIRST.replace("SECONDS", &FIRST_RUN.to_string()), "trial")?;
    root.shell("removing it", REMOVE, "root")?;
    let left: Vec<String> = installed.into_iter().filter(|path| root.0.join(path).is_file()).collect();
    let cache = fs::read_to_string(root.0.join("usr/share/applications/mimeinfo.cache")).unwrap_or_default();
    if !left.is_empty() || cache.contains("pm-os") {
        return Err(Stop::new(format!("These are left after removing it: {} {cache}", left.join(" "))));
    }
    Ok(())
}

/// The copy that a trial may spoil. Gone at the end, with what is mounted in it.
struct Root(PathBuf);

impl Root {
    fn unpacked(clean: &Path, folder: PathBuf) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder).or_stop(format!("{} cannot be emptied", folder.display()))?;
        }
        fs::create_dir_all(&folder).or_stop("The trial's folder cannot be made")?;
        finish(program("tar").arg("-xf").arg(clean).arg("-C").arg(&folder), "Remove it, and run this again.")?;
        let root = Self(folder);
        fs::copy("/etc/resolv.conf", root.0.join("etc/resolv.conf"))
            .or_stop("The system's name servers cannot be copied")?;
        Ok(root)
    }

    /// Runs `script` inside, with a /proc and a /dev of its own that end with it.
    fn shell(&self, what: &str, script: &str, person: &str) -> Outcome {
        println!("    {what}");
        let mut inside: Command = program("unshare");
        inside
            .args(["--mount", "--pid", "--fork", "--propagation", "private", "sh", "-ec"])
            .arg(
                "mount -t proc proc \"$1/proc\"; mount --rbind /dev \"$1/dev\"; mount -t tmpfs tmpfs \"$1/dev/shm\"
                 exec chroot \"$1\" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb \
                 setpriv --reuid \"$2\" --regid \"$2\" --init-groups env HOME=\"$3\" sh -c \"$4\"",
            )
            .arg("inside")
            .arg(&self.0)
            .arg(person)
            .arg(format!("/{person}"))
            .arg(script);
        finish(&mut inside, &format!("It was about {what}; the lines above say why."))
    }

    /// What a package put there, without a slash before it.
    fn files(&self, package: &str) -> Outcome<BTreeSet<String>> {
        let listed = self.0.join(format!("var/lib/dpkg/info/{package}.list"));
        let text = fs::read_to_string(&listed).or_stop(format!("{} cannot be read", listed.display()))?;
        let paths = text.lines().map(|line| line.trim_start_matches('/').to_owned());
        Ok(paths.filter(|path| self.0.join(path).is_file()).collect())
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        // Nothing is mounted in it any more: what a trial mounts ends with the trial's own name space.
        let _ = fs::remove_dir_all(&self.0);
    }
}
