//! What the app tells by itself, how soon, and when it is quiet.

use contract::commands::ChangeSettings;
use contract::{NewsKind, Notify, QuietHours};
use jiff::civil::Time;
use leptos::prelude::*;

use super::sections::Section;
use super::{Line, Part, Wishes};
use crate::parts::{Segments, Show};
use crate::say::{self, Phrase};

/// The kinds with their words.
const KINDS: [(NewsKind, Phrase); 4] = [
    (NewsKind::Approval, say::settings::tell_approval),
    (NewsKind::Answer, say::settings::tell_answer),
    (NewsKind::Automation, say::settings::tell_automation),
    (NewsKind::Trouble, say::settings::tell_trouble),
];

/// The kinds that are never told, after one was switched. Pure.
fn switched(muted: &[NewsKind], kind: NewsKind, on: bool) -> Vec<NewsKind> {
    NewsKind::ALL.into_iter().filter(|one| if *one == kind { !on } else { muted.contains(one) }).collect()
}

#[component]
pub(super) fn NewsPart() -> impl IntoView {
    let wishes = Wishes::here();
    let kinds = KINDS
        .into_iter()
        .map(|(kind, words)| {
            let on = wishes.read(move |one| !one.muted.contains(&kind));
            let switch = move |event: web_sys::Event| {
                let muted = wishes.read(|one| one.muted.clone()).get_untracked();
                let muted = Some(switched(&muted, kind, event_target_checked(&event)));
                wishes.apply(ChangeSettings { muted, ..ChangeSettings::default() });
            };
            view! {
                <Line words=words()>
                    <label class="tick">
                        <input type="checkbox" prop:checked=on disabled=wishes.busy() on:change=switch/>
                        <span>{say::settings::tell_me()}</span>
                    </label>
                </Line>
            }
        })
        .collect_view();
    let quiet = wishes.read(|one| one.quiet_hours);
    let set = move |quiet: QuietHours| {
        wishes.apply(ChangeSettings { quiet_hours: Some(quiet), ..ChangeSettings::default() });
    };
    let time = move |label: &'static str, value: fn(&QuietHours) -> Time, put: fn(&mut QuietHours, Time)| {
        let shown = move || quiet.with(|one| value(one).strftime("%H:%M").to_string());
        let typed = move |event: web_sys::Event| {
            let Ok(time) = event_target_value(&event).parse::<Time>() else { return };
            let mut changed = quiet.get_untracked();
            put(&mut changed, time);
            set(changed);
        };
        view! { <input class="field-time" type="time" aria-label=label prop:value=shown disabled=wishes.busy() on:change=typed/> }
    };
    let on = Signal::derive(move || quiet.get().on);
    let soon_hint = say::settings::how_soon_hint();
    view! {
        <Part section=Section::News>
            <Line words=say::settings::how_soon() hint=soon_hint>
                <Segments label=say::settings::how_soon()
                    options=vec![(Notify::Immediate, say::settings::at_once()), (Notify::Batched, say::settings::each_quarter()), (Notify::Digest, say::settings::once_a_day())]
                    value=wishes.read(|one| one.notify)
                    on_change=move |notify| wishes.apply(ChangeSettings { notify: Some(notify), ..ChangeSettings::default() })/>
            </Line>
            {kinds}
            <Line words=say::settings::quiet() hint=say::settings::quiet_hint()>
                <div class="hours">
                    <label class="tick">
                        <input type="checkbox" prop:checked=on disabled=wishes.busy()
                            on:change=move |event| set(QuietHours { on: event_target_checked(&event), ..quiet.get_untracked() })/>
                        <span>{say::settings::keep_them()}</span>
                    </label>
                    <Show when=move || on.get()>
                        {time(say::settings::quiet_from(), |one| one.from, |one, at| one.from = at)}
                        <span class="hint">{say::settings::to()}</span>
                        {time(say::settings::quiet_until(), |one| one.to, |one, at| one.to = at)}
                    </Show>
                </div>
            </Line>
        </Part>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use contract::NewsKind;

    use super::{KINDS, switched};

    #[test]
    fn a_switch_turns_its_own_kind_and_no_other() {
        let off = switched(&[], NewsKind::Answer, false);
        assert_eq!(off, [NewsKind::Answer]);
        assert_eq!(switched(&off, NewsKind::Answer, false), off, "twice off is off");
        let both = switched(&off, NewsKind::Approval, false);
        assert_eq!(both, [NewsKind::Approval, NewsKind::Answer]);
        assert_eq!(switched(&both, NewsKind::Answer, true), [NewsKind::Approval]);
    }

    #[test]
    fn every_kind_has_its_switch() {
        assert_eq!(KINDS.map(|(kind, _)| kind), NewsKind::ALL);
    }
}
