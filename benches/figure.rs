//! How a bench tells what it measured: one line of JSON per figure, for `cargo xtask bench`. It judges nothing itself.

use serde_json::json;

/// Prints a figure. `met` is nothing where there is no limit, and the figure is there to compare with.
pub(crate) fn tell(what: &str, limit: &str, measured: &str, met: Option<bool>) {
    println!("{}", json!({ "what": what, "limit": limit, "measured": measured, "met": met }));
}

/// The value that so many hundredths of all values do not exceed; nothing for no values.
pub(crate) fn percentile(values: &[f64], hundredths: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

/// The value in the middle: of an even number of values, the lower of the two.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}
