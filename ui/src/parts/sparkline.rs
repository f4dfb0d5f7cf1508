//! A small plot of a number's history.

use leptos::prelude::*;

const WIDTH: f64 = 64.0;
const HEIGHT: f64 = 18.0;

/// The numbers as bars, oldest first; the last one is the strongest. The label says the same in words.
#[component]
pub fn Sparkline(
    /// The numbers.
    #[prop(into)]
    values: Signal<Vec<u32>>,
    /// What they are, for screen readers and on hover.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let bars = move || {
        let bars = values.with(|values| bars(values));
        let last = bars.len().saturating_sub(1);
        bars.into_iter()
            .enumerate()
            .map(|(at, bar)| {
                view! {
                    <rect class=if at == last { "last" } else { "" } x=bar.x.to_string() y=bar.y.to_string()
                        width=bar.width.to_string() height=bar.height.to_string() rx="1"></rect>
                }
            })
            .collect_view()
    };
    view! {
        <svg class="spark" role="img" viewBox=format!("0 0 {WIDTH} {HEIGHT}") width=WIDTH.to_string() height=HEIGHT.to_string()
            aria-label=move || label.get()>
            <title>{move || label.get()}</title>
            {bars}
        </svg>
    }
}

/// A bar of the plot, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Zero is a line of one pixel, so that a quiet week is seen as one.
pub(super) fn bars(values: &[u32]) -> Vec<Bar> {
    let most = f64::from(values.iter().copied().max().unwrap_or(0).max(1));
    let step = WIDTH / f64::from(u32::try_from(values.len().max(1)).unwrap_or(u32::MAX));
    let round = |value: f64| (value * 100.0).round() / 100.0;
    (0_u32..)
        .zip(values)
        .map(|(at, value)| {
            let height = (f64::from(*value) / most * HEIGHT).max(1.0);
            Bar {
                x: round(f64::from(at) * step),
                y: round(HEIGHT - height),
                width: round(step - 2.0),
                height: round(height),
            }
        })
        .collect()
}
