//! Items gathered for reading: a schedule by day, a chat by speaker, time by person. Knows no page and no clock: which day
//! an instant falls on is asked of the caller, who knows the zone.

use std::collections::BTreeMap;

use contract::{PersonId, Row, Span};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::say;

/// Groups things by day. Days come in the order in which they first appear.
pub(crate) fn by_day<T>(things: impl IntoIterator<Item = T>, day: impl Fn(&T) -> Date) -> Vec<(Date, Vec<T>)> {
    let mut days: Vec<(Date, Vec<T>)> = Vec::new();
    for thing in things {
        let date = day(&thing);
        match days.iter_mut().find(|(known, _)| *known == date) {
            Some((_, list)) => list.push(thing),
            None => days.push((date, vec![thing])),
        }
    }
    days
}

/// An entry on one day of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The entry.
    pub(crate) row: Row,
    /// From when; `None` when it takes the whole day.
    pub(crate) from: Option<Time>,
    /// Until when.
    pub(crate) to: Option<Time>,
    /// Which of its days this is and how many there are, when there are several.
    pub(crate) part: Option<(u32, u32)>,
}

/// The longest entry that is spelt out day by day; a longer one is shown on its first and last day.
const SPELT: u32 = 31;

/// A schedule's entries by day in ascending order, all-day ones first. An entry of several days stands on each of them.
pub(crate) fn agenda(rows: &[Row], local: impl Fn(Timestamp) -> (Date, Time)) -> Vec<(Date, Vec<Slot>)> {
    let mut days: BTreeMap<Date, Vec<Slot>> = BTreeMap::new();
    for row in rows {
        let Some(span) = row.span else { continue };
        let (first, last, from, to) = match span {
            Span::Days { from, to } => (from, to.max(from), None, None),
            Span::Hours { from, to } => {
                let (first, start) = local(from);
                let (last, end) = local(to.max(from));
                (first, last, Some(start), Some(end))
            }
        };
        let days_between = first.until(last).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0));
        let count = days_between + 1;
        for (index, date) in first.series(jiff::ToSpan::days(1)).take_while(|date| *date <= last).enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if count > SPELT && number != 1 && number != count {
                continue;
            }
            let part = (count > 1).then_some((number, count));
            let slot =
                Slot { row: row.clone(), from: from.filter(|_| number == 1), to: to.filter(|_| number == count), part };
            days.entry(date).or_default().push(slot);
        }
    }
    for slots in days.values_mut() {
        slots.sort_by(|a, b| a.from.cmp(&b.from).then_with(|| a.row.title.cmp(&b.row.title)));
    }
    days.into_iter().collect()
}

/// Lines of a chat that one person said in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Who.
    pub(crate) speaker: Option<PersonId>,
    /// When they began.
    pub(crate) at: Timestamp,
    /// What they said, oldest first.
    pub(crate) lines: Vec<Row>,
}

/// A pause after which the speaker's name is shown again, in seconds.
const PAUSE: i64 = 10 * 60;

/// A chat by day and speaker, oldest first, whatever order the lines come in.
pub(crate) fn conversation(mut lines: Vec<Row>, day: impl Fn(Timestamp) -> Date) -> Vec<(Date, Vec<Turn>)> {
    lines.sort_by_key(|line| (line.created_at, line.id));
    let days = by_day(lines, |line| day(line.created_at));
    days.into_iter().map(|(date, lines)| (date, turns(lines))).collect()
}

fn turns(lines: Vec<Row>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for line in lines {
        let joins = turns.last().is_some_and(|turn| {
            let said = turn.lines.last().map_or(turn.at, |last| last.created_at);
            turn.speaker == line.creator && line.created_at.as_second() - said.as_second() < PAUSE
        });
        match turns.last_mut() {
            Some(turn) if joins => turn.lines.push(line),
            Some(_) | None => {
                turns.push(Turn { speaker: line.creator, at: line.created_at, lines: vec![line] });
            }
        }
    }
    turns
}

/// Minutes that a time entry's text tells: `1.5`, `1.5 h`, `1:30`, `1h 30m`, `90 min`. `None` when it tells none.
pub(crate) fn minutes(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes): (u32, u32) = (hours.trim().parse().ok()?, minutes.trim().parse().ok()?);
        return (minutes < 60).then(|| hours.checked_mul(60)?.checked_add(minutes))?;
    }
    let mut total = 0.0_f64;
    let mut number = String::new();
    let mut seen = false;
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_ascii_digit() || letter == '.' || letter == ',' {
            number.push(if letter == ',' { '.' } else { letter });
        } else if letter == 'h' || letter == 'm' {
            let Ok(value) = number.parse::<f64>() else { continue };
            total += if letter == 'h' { value * 60.0 } else { value };
            number.clear();
            seen = true;
        }
    }
    if !seen {
        total = number.parse::<f64>().ok()? * 60.0;
    }
    let rounded = total.round();
    // Bounds first: the cast cannot lose anything then.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=1_000_000.0).contains(&rounded).then_some(rounded as u32)
}

/// Minutes as people read them: `2 h 15`, `45 min`.
pub(crate) fn hours_text(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => say::project::minutes(rest),
        (hours, 0) => say::project::hours(hours),
        (hours, rest) => say::project::HoursMinutes { hours, minutes: format!("{rest:02}") }.text(),
    }
}

#[cfg(test)]
mod tests;
