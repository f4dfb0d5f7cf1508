//! Whether anything on this desktop shows tray icons. Without it the window is never hidden: nothing would lead back to it.

use std::sync::atomic::{AtomicBool, Ordering};

/// Something shows tray icons, and our own is among them.
#[derive(Default)]
pub(crate) struct TrayHost(AtomicBool);

impl TrayHost {
    pub(crate) fn is_there(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn set(&self, there: bool) {
        self.0.store(there, Ordering::Relaxed);
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    /// The system has a place for tray icons.
    pub(crate) fn can_show() -> bool {
        true
    }

    /// It has it for good.
    pub(crate) async fn follow(tell: impl Fn(bool)) {
        tell(true);
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::path::{Path, PathBuf};

    use futures::StreamExt;
    use zbus::Connection;
    use zbus::fdo::DBusProxy;
    use zbus::names::BusName;

    /// Whoever shows tray icons has this name on the session's bus.
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    /// The library that puts an icon up; asking for it where it is not ends the program.
    const LIBRARIES: [&str; 4] = [
        "libayatana-appindicator3.so.1",
        "libappindicator3.so.1",
        "libayatana-appindicator3.so",
        "libappindicator3.so",
    ];
    /// Where the loader looks: plain folders, and in each of these one for the machine's kind.
    const FOLDERS: [&str; 5] = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib"];

    /// The library is installed.
    pub(crate) fn can_show() -> bool {
        let listed = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
        let listed = std::env::split_paths(&listed).collect::<Vec<_>>();
        let kind = format!("{}-linux-gnu", std::env::consts::ARCH);
        let plain = FOLDERS.iter().map(PathBuf::from);
        let usual = plain.flat_map(|folder| [folder.join(&kind), folder]);
        listed.into_iter().chain(usual).any(|folder: PathBuf| has_library(&folder))
    }

    fn has_library(folder: &Path) -> bool {
        LIBRARIES.iter().any(|name| folder.join(name).exists())
    }

    /// Tells whether somebody shows icons: at once, and whenever that changes.
    pub(crate) async fn follow(tell: impl Fn(bool)) {
        if let Err(why) = watch(&tell).await {
            tracing::info!(%why, "no session bus, so no tray");
            tell(false);
        }
    }

    /// Whether somebody shows icons at this moment.
    pub(crate) async fn is_shown() -> bool {
        let ask = async || {
            let bus = Connection::session().await?;
            DBusProxy::new(&bus).await?.name_has_owner(BusName::try_from(WATCHER)?).await.map_err(zbus::Error::from)
        };
        ask().await.unwrap_or(false)
    }

    async fn watch(tell: &impl Fn(bool)) -> zbus::Result<()> {
        let bus = Connection::session().await?;
        let names = DBusProxy::new(&bus).await?;
        // Listened to before it is asked, so that no change falls in between.
        let mut changes = names.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
        tell(names.name_has_owner(BusName::try_from(WATCHER)?).await?);
        while let Some(change) = changes.next().await {
            tell(change.args()?.new_owner().is_some());
        }
        // The bus has ended.
        tell(false);
        Ok(())
    }
}

#[cfg(target_os = "linux")]
pub(crate) use system::is_shown;
pub(crate) use system::{can_show, follow};
