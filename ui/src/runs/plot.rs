//! Runs of each of the last days, as bars: what went well below, what failed on top.

use leptos::prelude::*;

use crate::say;

/// The size of the plot above a list, in pixels.
const LARGE: (f64, f64) = (224.0, 40.0);
/// The size of the plot in a line of a list.
const SMALL: (f64, f64) = (84.0, 20.0);

/// The days, the oldest first. The label says the same in words.
#[component]
pub(crate) fn DaysPlot(
    /// How many runs ended each day, and how many of them failed.
    #[prop(into)]
    days: Signal<Vec<(u32, u32)>>,
    /// It stands in a line.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let size = if small { SMALL } else { LARGE };
    let label = move || days.with(|days| words(days));
    let drawn = move || {
        let part = |(y, height): (f64, f64), x: f64, width: f64, class: &'static str| {
            (height > 0.0).then(|| {
                view! { <rect class=class x=x.to_string() y=y.to_string() width=width.to_string() height=height.to_string() rx="1"></rect> }
            })
        };
        let bars = days.with(|days| bars(days, size));
        bars.into_iter()
            .map(|bar| {
                let quiet = bar.good.1 + bar.bad.1 == 0.0;
                view! {
                    {part(bar.good, bar.x, bar.width, "good")}
                    {part(bar.bad, bar.x, bar.width, "bad")}
                    {quiet.then(|| part((size.1 - 1.0, 1.0), bar.x, bar.width, "none"))}
                }
            })
            .collect_view()
    };
    view! {
        <svg class="days-plot" role="img" viewBox=format!("0 0 {} {}", size.0, size.1) width=size.0.to_string() height=size.1.to_string()
            aria-label=label>
            <title>{label}</title>
            {drawn}
        </svg>
    }
}

fn words(days: &[(u32, u32)]) -> String {
    let each = days.iter().map(|(ended, failed)| match failed {
        0 => ended.to_string(),
        _ => say::runs::DayFailed { ended, failed }.text(),
    });
    say::runs::per_day(each.collect::<Vec<_>>().join("; "))
}

/// A day's bar, in pixels: each part is its upper edge and its height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) good: (f64, f64),
    pub(super) bad: (f64, f64),
}

/// The bars. What failed is at least two pixels high: it is what one looks for.
pub(super) fn bars(days: &[(u32, u32)], (wide, high): (f64, f64)) -> Vec<Bar> {
    let gap = if wide > SMALL.0 { 3.0 } else { 1.5 };
    let most = f64::from(days.iter().map(|(ended, _)| *ended).max().unwrap_or(0).max(1));
    let step = wide / f64::from(u32::try_from(days.len().max(1)).unwrap_or(u32::MAX));
    let round = |value: f64| (value * 100.0).round() / 100.0;
    let bar = |(at, (ended, failed)): (u32, &(u32, u32))| {
        let failed = (*failed).min(*ended);
        let least = if failed == 0 { 0.0 } else { 2.0 };
        let bad = (f64::from(failed) / most * high).max(least);
        let good = (f64::from(ended - failed) / most * high).min(high - bad);
        let least = if ended > &failed { 1.0 } else { 0.0 };
        let good = good.max(least);
        let bad = bad.min(high - good);
        Bar {
            x: round(f64::from(at) * step),
            width: round((step - gap).max(1.0)),
            good: (round(high - good), round(good)),
            bad: (round(high - good - bad), round(bad)),
        }
    };
    (0_u32..).zip(days).map(bar).collect()
}
