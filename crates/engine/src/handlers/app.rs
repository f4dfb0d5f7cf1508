//! The app itself: what it is, and what the person chose.

use contract::commands::{ChangeSettings, ShowStatus};
use contract::{AppStatus, Fault, Settings, Tag};

use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

impl Handle<ShowStatus> for Ask<'_> {
    async fn handle(&self, _: ShowStatus) -> Result<AppStatus, Fault> {
        let engine = &self.engine.0;
        // First, so that whatever happens meanwhile comes after it.
        let heard = engine.feed.newest();
        Ok(AppStatus {
            version: env!("CARGO_PKG_VERSION").into(),
            data_dir: engine.options.data_dir.display().to_string(),
            platform: std::env::consts::OS.into(),
            workspaces: engine.app.workspaces().await.into_fault()?,
            vault: self.engine.vault_so_far().await?,
            settings: engine.app.settings().await.into_fault()?,
            notices: self.engine.notices(),
            heard,
        })
    }
}

impl Handle<ChangeSettings> for Ask<'_> {
    async fn handle(&self, input: ChangeSettings) -> Result<Settings, Fault> {
        let app = &self.engine.0.app;
        let mut settings = app.settings().await.into_fault()?;
        if let Some(theme) = input.theme {
            settings.theme = theme;
        }
        if let Some(zone) = input.time_zone {
            let zone = zone.trim().to_owned();
            if !zone.is_empty() && jiff::tz::TimeZone::get(&zone).is_err() {
                let message =
                    format!("There is no time zone “{zone}”. Write it like Europe/Amsterdam, or leave it empty.");
                return Err(Fault::invalid("time_zone", message));
            }
            settings.time_zone = zone;
        }
        if let Some(day) = input.week_start {
            if !(1..=7).contains(&day) {
                return Err(Fault::invalid("week_start", "The week starts on a day from 1 (Monday) to 7 (Sunday)."));
            }
            settings.week_start = day;
        }
        if let Some(remote_images) = input.remote_images {
            settings.remote_images = remote_images;
        }
        if let Some(hours) = input.working_hours {
            if hours.from >= hours.to {
                let (from, to) = (hours.from.strftime("%H:%M"), hours.to.strftime("%H:%M"));
                let message =
                    format!("Work would end at {to}, and begins at {from}. Choose an end later on the same day.");
                return Err(Fault::invalid("working_hours", message));
            }
            settings.working_hours = hours;
        }
        if let Some(notify) = input.notify {
            settings.notify = notify;
        }
        app.set_settings(&settings).await.into_fault()?;
        self.engine.touched(&[Tag::Settings]);
        Ok(settings)
    }
}
