//! The app itself: what it is, and what the person chose.

use contract::commands::{ChangeSettings, ShowStatus};
use contract::{AppStatus, Fault, NewsKind, Settings, Tag};

use super::words::name;
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
        if let Some(language) = input.language {
            settings.language = language;
        }
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
        if let Some(days) = input.run_days {
            if days > MOST_DAYS {
                let message = format!("Runs are kept for at most {MOST_DAYS} days, or for ever with 0.");
                return Err(Fault::invalid("run_days", message));
            }
            settings.run_days = days;
        }
        if let Some(fields) = input.hidden_fields {
            settings.hidden_fields = hidden_fields(fields)?;
        }
        if let Some(contrast) = input.contrast {
            settings.contrast = contrast;
        }
        if let Some(density) = input.density {
            settings.density = density;
        }
        if let Some(size) = input.text_size {
            settings.text_size = size;
        }
        if let Some(quiet) = input.quiet_hours {
            if quiet.on && quiet.from == quiet.to {
                let message = "Quiet hours that end when they begin would never be over. Choose another end.";
                return Err(Fault::invalid("quiet_hours", message));
            }
            settings.quiet_hours = quiet;
        }
        if let Some(muted) = input.muted {
            settings.muted = NewsKind::ALL.into_iter().filter(|kind| muted.contains(kind)).collect();
        }
        if let Some(shown) = input.shown_models {
            settings.shown_models = each_once(shown, MOST_MODELS, "shown_models")?;
        }
        if let Some(advanced) = input.advanced {
            settings.advanced = advanced;
        }
        if let Some(setup) = input.setup {
            settings.setup = setup;
        }
        app.set_settings(&settings).await.into_fault()?;
        self.engine.touched(&[Tag::Settings]);
        Ok(settings)
    }
}

/// Runs are kept no longer than this many days, unless they are kept for ever.
const MOST_DAYS: u16 = 3650;
/// More fields than anybody names.
const MOST_FIELDS: usize = 50;

/// More models than anybody connects.
const MOST_MODELS: usize = 200;

fn each_once<T: PartialEq>(given: Vec<T>, most: usize, field: &str) -> Result<Vec<T>, Fault> {
    let mut kept: Vec<T> = Vec::new();
    for one in given {
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    if kept.len() > most {
        return Err(Fault::invalid(field, format!("At most {most} can be kept here. Leave some out.")));
    }
    Ok(kept)
}

/// Names of fields as they are kept: each once, without space around it.
fn hidden_fields(given: Vec<String>) -> Result<Vec<String>, Fault> {
    let mut fields: Vec<String> = Vec::new();
    for field in given.iter().map(|field| field.trim()).filter(|field| !field.is_empty()) {
        let field = name("hidden_fields", "The name of a field", field, 80)?;
        if !fields.iter().any(|known| known.eq_ignore_ascii_case(field)) {
            fields.push(field.to_owned());
        }
    }
    if fields.len() > MOST_FIELDS {
        let message = format!("At most {MOST_FIELDS} fields can be hidden. Leave some out.");
        return Err(Fault::invalid("hidden_fields", message));
    }
    Ok(fields)
}
