//! How the app looks: light or dark, how far ink stands out, how much room rows take, how large words are; and the person's days.

use contract::commands::ChangeSettings;
use contract::{Contrast, Density, TextSize, Theme};
use leptos::prelude::*;

use super::hours::HoursField;
use super::sections::Section;
use super::{Advanced, Line, Part, Wishes, zones};
use crate::parts::{Segments, Select};
use crate::state::ThemeState;

#[component]
pub(super) fn AppearancePart() -> impl IntoView {
    let (wishes, theme) = (Wishes::here(), ThemeState::expect());
    let week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let days: Vec<(String, String)> =
        (1..).zip(week).map(|(number, day): (u8, _)| (number.to_string(), day.to_owned())).collect();
    view! {
        <Part section=Section::Appearance>
            <Line words="Theme">
                <Segments label="Theme" options=vec![(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")]
                    value=theme.choice on_change=move |chosen| wishes.apply(ChangeSettings { theme: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words="Contrast" hint="Darker ink and stronger lines.">
                <Segments label="Contrast" options=vec![(Contrast::System, "As the system"), (Contrast::Higher, "Higher")]
                    value=wishes.read(|one| one.contrast)
                    on_change=move |chosen| wishes.apply(ChangeSettings { contrast: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words="Density" hint="How much room a row takes.">
                <Segments label="Density" options=vec![(Density::Comfortable, "Comfortable"), (Density::Compact, "Compact")]
                    value=wishes.read(|one| one.density)
                    on_change=move |chosen| wishes.apply(ChangeSettings { density: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words="Text size">
                <Segments label="Text size"
                    options=vec![(TextSize::Small, "Small"), (TextSize::Usual, "Usual"), (TextSize::Large, "Large"), (TextSize::Larger, "Larger")]
                    value=wishes.read(|one| one.text_size)
                    on_change=move |chosen| wishes.apply(ChangeSettings { text_size: Some(chosen), ..ChangeSettings::default() })/>
            </Line>
            <Line words="Week starts on">
                <Select label="Week starts on" bare=true options=Signal::stored(days)
                    value=wishes.read(|one| one.week_start.to_string())
                    on_change=move |day: String| wishes.apply(ChangeSettings { week_start: day.parse().ok(), ..ChangeSettings::default() })/>
            </Line>
            <Line words="Time zone" hint="Late and due are counted in it.">
                <Select label="Time zone" bare=true options=Signal::stored(zones::options())
                    value=wishes.read(|one| one.time_zone.clone())
                    on_change=move |zone: String| wishes.apply(ChangeSettings { time_zone: Some(zone), ..ChangeSettings::default() })/>
            </Line>
            <Line words="Working hours" hint="“By the end of the day” and your day's plan go by them.">
                <HoursField hours=wishes.read(|one| one.working_hours) busy=wishes.busy()
                    on_change=move |hours| wishes.apply(ChangeSettings { working_hours: Some(hours), ..ChangeSettings::default() })/>
            </Line>
            <Advanced>
                <Line words="Images from elsewhere"
                    hint="Whoever put such an image into a text learns when you look at it. Off unless you turn it on.">
                    <label class="tick">
                        <input type="checkbox" prop:checked=wishes.read(|one| one.remote_images) disabled=wishes.busy()
                            on:change=move |event| wishes.apply(ChangeSettings { remote_images: Some(event_target_checked(&event)), ..ChangeSettings::default() })/>
                        <span>"Show them"</span>
                    </label>
                </Line>
            </Advanced>
        </Part>
    }
}
