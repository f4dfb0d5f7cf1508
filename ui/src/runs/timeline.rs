//! When each step of a run was at work, as shares of the time that is shown. Pure.

use contract::RunStep;

/// A bar, in thousandths of the time that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Bar {
    pub(super) from: u32,
    pub(super) width: u32,
}

/// The bars of the steps, and how long the time that is shown is, in milliseconds. A step of which no time is known has none.
///
/// Where a server tells how long steps took and not when they began, they stand one after another.
#[must_use]
pub(super) fn timeline(steps: &[&RunStep]) -> (Vec<Option<Bar>>, u64) {
    let told = steps.iter().any(|step| step.began_at.is_some());
    let mut clock = 0_i64;
    let spans: Vec<Option<(i64, i64)>> = steps
        .iter()
        .map(|step| {
            let length = step.took_ms.map(|took| i64::try_from(took).unwrap_or(i64::MAX / 4));
            if told {
                let from = step.began_at?.as_millisecond();
                return Some((from, from.saturating_add(length.unwrap_or(0))));
            }
            let from = clock;
            clock = clock.saturating_add(length?);
            Some((from, clock))
        })
        .collect();
    let first = spans.iter().flatten().map(|span| span.0).min().unwrap_or(0);
    let last = spans.iter().flatten().map(|span| span.1).max().unwrap_or(0);
    let whole = u64::try_from(last.saturating_sub(first)).unwrap_or(0);
    let share = |part: i64| {
        let part = u128::try_from(part.max(0)).unwrap_or(0);
        u32::try_from((part * 1_000).checked_div(u128::from(whole)).unwrap_or(0)).unwrap_or(1_000).min(1_000)
    };
    let bars = spans.into_iter().map(|span| {
        let (from, to) = span?;
        // Something that took no time is seen all the same, and nothing leaves the lane.
        let width = share(to.saturating_sub(from)).max(6);
        Some(Bar { from: share(from.saturating_sub(first)).min(1_000 - width.min(1_000)), width: width.min(1_000) })
    });
    (bars.collect(), whole)
}
