//! What a set of processes takes, as Linux tells it. A process that has ended meanwhile takes nothing.

use std::fs;
use std::time::Duration;

/// Linux counts processor time in hundredths of a second for programs, whatever it does inside.
const TICK: Duration = Duration::from_millis(10);

/// A process and all that it started.
pub(crate) fn of(process: u32) -> Vec<u32> {
    let mut all = crate::driver::descendants(process);
    all.push(process);
    all
}

/// Their proportional set size: what is shared is divided among those who share it.
pub(crate) fn megabytes(processes: &[u32]) -> f64 {
    let kilobytes: u64 = processes.iter().filter_map(|id| pss(*id)).sum();
    kilobytes as f64 * 1024.0 / 1_000_000.0
}

/// The processor time that they have used since they began.
pub(crate) fn processor(processes: &[u32]) -> Duration {
    let ticks: u32 = processes.iter().filter_map(|id| ticks(*id)).sum();
    TICK * ticks
}

/// It has not ended.
pub(crate) fn lives(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, state)| !state.trim_start().starts_with(['Z', 'X']))
}

fn pss(process: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn ticks(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may hold anything; the numbers follow it, user and system time as the 12th and 13th.
    let (_, numbers) = stat.rsplit_once(')')?;
    let mut numbers = numbers.split_whitespace().skip(11);
    Some(numbers.next()?.parse::<u32>().ok()? + numbers.next()?.parse::<u32>().ok()?)
}
