//! Which language the app speaks. How it looks: light or dark, how far ink stands out, how much room rows take, how large words are; and the person's days.

use contract::commands::ChangeSettings;
use contract::{Contrast, Density, Language, TextSize, Theme};
use leptos::prelude::*;

use super::hours::HoursField;
use super::sections::Section;
use super::{Advanced, Line, Part, Wishes, zones};
use crate::parts::day::weekday_long;
use crate::parts::{Segments, Select};
use crate::say;
use crate::state::ThemeState;

const LANGUAGES: [Language; 4] = [Language::System, Language::English, Language::German, Language::Pseudo];

/// The word of a language in the list of choices.
fn word(language: Language) -> &'static str {
    match language {
        Language::System => "system",
        Language::English => "english",
        Language::German => "german",
        Language::Pseudo => "pseudo",
    }
}

#[component]
pub(super) fn AppearancePart() -> impl IntoView {
    let (wishes, theme) = (Wishes::here(), ThemeState::expect());
    let week = jiff::civil::Weekday::Monday.cycle_forward().take(7);
    let days: Vec<(String, String)> =
        (1..).zip(week).map(|(number, day): (u8, _)| (number.to_string(), weekday_long(day).to_owned())).collect();
    // Words of a language in that language: whoever does not read this one finds their own.
    let languages = Signal::derive(move || {
        let mut languages = vec![
            (Language::System, say::settings::as_system()),
            (Language::English, say::settings::english()),
            (Language::German, say::settings::german()),
        ];
        let chosen = wishes.settings.with(|one| (one.advanced, one.language));
        if chosen.0 || chosen.1 == Language::Pseudo {
            languages.push((Language::Pseudo, say::settings::pseudo()));
        }
        languages.into_iter().map(|(language, words)| (word(language).to_owned(), words.to_owned())).collect::<Vec<_>>()
    });
    view! {
        <Part section=Section::Appearance>
            <Line words=say::settings::language() hint=say::settings::language_hint()>
                <Select label=say::settings::language() bare=true options=languages
                    value=wishes.read(|one| word(one.language).to_owned())
                    on_change=move |chosen: String| {
                        let language = LANGUAGES.into_iter().find(|language| word(*language) == chosen);
                        wishes.apply(ChangeSettings { language, ..ChangeSettings::default() });
                    }/>
            </Line>
            <Line words=say::settings::theme()>
                <Segments label=say::settings::theme() options=vec![(Theme::System, say::settings::as_system()), (Theme::Light, say::settings::light()), (Theme::Dark, say::settings::dark())]
                    value=theme.choice on_change=move |chosen| wishes.apply(ChangeSettings { theme: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words=say::settings::contrast() hint=say::settings::contrast_hint()>
                <Segments label=say::settings::contrast() options=vec![(Contrast::System, say::settings::as_system()), (Contrast::Higher, say::settings::higher())]
                    value=wishes.read(|one| one.contrast)
                    on_change=move |chosen| wishes.apply(ChangeSettings { contrast: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words=say::settings::density() hint=say::settings::density_hint()>
                <Segments label=say::settings::density() options=vec![(Density::Comfortable, say::settings::comfortable()), (Density::Compact, say::settings::compact())]
                    value=wishes.read(|one| one.density)
                    on_change=move |chosen| wishes.apply(ChangeSettings { density: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words=say::settings::text_size()>
                <Segments label=say::settings::text_size()
                    options=vec![(TextSize::Small, say::settings::small()), (TextSize::Usual, say::settings::usual()), (TextSize::Large, say::settings::large()), (TextSize::Larger, say::settings::larger())]
                    value=wishes.read(|one| one.text_size)
                    on_change=move |chosen| wishes.apply(ChangeSettings { text_size: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words=say::settings::week_start()>
                <Select label=say::settings::week_start() bare=true options=Signal::stored(days)
                    value=wishes.read(|one| one.week_start.to_string())
                    on_change=move |day: String| wishes.apply(ChangeSettings { week_start: day.parse().ok(), ..ChangeSettings::default() })/>
            </Line>
            <Line words=say::settings::zone() hint=say::settings::zone_hint()>
                <Select label=say::settings::zone() bare=true options=Signal::stored(zones::options())
                    value=wishes.read(|one| one.time_zone.clone())
                    on_change=move |zone: String| wishes.apply(ChangeSettings { time_zone: Some(zone), ..ChangeSettings::default() })/>
            </Line>
            <Line words=say::settings::hours() hint=say::settings::hours_hint()>
                <HoursField hours=wishes.read(|one| one.working_hours) busy=wishes.busy()
                    on_change=move |hours| wishes.apply(ChangeSettings { working_hours: Some(hours), ..ChangeSettings::default() })/>
            </Line>
            <Advanced>
                <Line words=say::settings::images()
                    hint=say::settings::images_hint()>
                    <label class="tick">
                        <input type="checkbox" prop:checked=wishes.read(|one| one.remote_images) disabled=wishes.busy()
                            on:change=move |event| wishes.apply(ChangeSettings { remote_images: Some(event_target_checked(&event)), ..ChangeSettings::default() })/>
                        <span>{say::settings::show_them()}</span>
                    </label>
                </Line>
            </Advanced>
        </Part>
    }
}
