//! Which list of the day an open task is in, and what is looked at first. Pure: knows no file.

use contract::{FirstReason, ProjectId, RecordingId};
use jiff::civil::Date;

/// What of an open task decides where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) id: RecordingId,
    pub(super) project: ProjectId,
    pub(super) position: Option<i64>,
    pub(super) due_on: Option<Date>,
    pub(super) blocked: bool,
    pub(super) mine: bool,
}

/// The lists of a day, whole, each in its order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sorted {
    pub(super) overdue: Vec<Open>,
    pub(super) due_today: Vec<Open>,
    pub(super) mine: Vec<Open>,
    pub(super) waiting: Vec<Open>,
}

/// Sorts what is due on a day or before, what is mine, and what I gave to others.
pub(super) fn sort(date: Date, due: Vec<Open>, mine: Vec<Open>, others: Vec<Open>) -> Sorted {
    let (mut due_today, mut overdue): (Vec<_>, Vec<_>) = due.into_iter().partition(|open| open.due_on == Some(date));
    let by_day = |open: &Open| (open.due_on.is_none(), open.due_on, open.id);
    overdue.sort_unstable_by_key(by_day);
    due_today.sort_unstable_by_key(|open| (open.project, open.position, open.id));
    let mut waiting: Vec<Open> = others.into_iter().chain(mine.iter().copied().filter(|open| open.blocked)).collect();
    waiting.sort_unstable_by_key(by_day);
    let mut mine: Vec<Open> = mine.into_iter().filter(|open| open.due_on.is_none_or(|due| due > date)).collect();
    mine.sort_unstable_by_key(by_day);
    Sorted { overdue, due_today, mine, waiting }
}

impl Sorted {
    /// At most three, by plain rules: what is mine and late for longest (else anybody's), what is blocked, what of mine is due
    /// next (else anybody's of the day). An item stands for one reason only.
    pub(super) fn first(&self) -> Vec<(RecordingId, FirstReason)> {
        let mut chosen = Vec::new();
        let is_mine = |open: &&Open| open.mine;
        choose(&mut chosen, FirstReason::Late, self.overdue.iter().filter(is_mine).chain(&self.overdue));
        let held = self.waiting.iter().chain(&self.mine).chain(&self.due_today).chain(&self.overdue);
        choose(&mut chosen, FirstReason::Blocked, held.filter(|open| open.blocked));
        let next = self.due_today.iter().filter(is_mine).chain(&self.mine).chain(&self.due_today);
        choose(&mut chosen, FirstReason::Next, next.filter(|open| open.due_on.is_some()));
        chosen
    }
}

/// Takes the first that does not stand for another reason yet.
fn choose<'a>(
    chosen: &mut Vec<(RecordingId, FirstReason)>,
    reason: FirstReason,
    mut among: impl Iterator<Item = &'a Open>,
) {
    let new = among.find(|open| chosen.iter().all(|(id, _)| *id != open.id)).map(|open| (open.id, reason));
    chosen.extend(new);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day() -> Date {
        date(2026, 11, 21)
    }

    fn open(id: i64, due_on: Option<Date>, mine: bool) -> Open {
        Open { id: RecordingId(id), project: ProjectId(1), position: None, due_on, blocked: false, mine }
    }

    fn first(sorted: &Sorted) -> Vec<(i64, FirstReason)> {
        sorted.first().into_iter().map(|(id, reason)| (id.0, reason)).collect()
    }

    #[test]
    fn what_is_mine_and_late_comes_before_what_is_later_still_and_not_mine() {
        let (others, own) = (open(1, Some(date(2026, 11, 1)), false), open(2, Some(date(2026, 11, 18)), true));
        assert_eq!(first(&sort(day(), vec![own, others], vec![own], vec![])), [(2, FirstReason::Late)]);
        let nobodys = vec![others, Open { mine: false, ..own }];
        assert_eq!(first(&sort(day(), nobodys, vec![], vec![])), [(1, FirstReason::Late)], "nobody is signed in");
    }

    #[test]
    fn an_item_stands_first_for_one_reason_only() {
        let held = Open { blocked: true, ..open(1, Some(date(2026, 11, 19)), true) };
        let (undated, next) = (open(2, None, true), open(3, Some(date(2026, 11, 22)), true));
        let sorted = sort(day(), vec![held], vec![undated, held, next], vec![]);
        assert_eq!(sorted.waiting, [held]);
        assert_eq!(first(&sorted), [(1, FirstReason::Late), (3, FirstReason::Next)]);
        assert!(Sorted::default().first().is_empty());
    }

    #[test]
    fn what_is_blocked_or_given_to_others_is_found_however_far_down_it_stands() {
        let mut due: Vec<Open> = (1..=900).map(|id| open(id, Some(date(2026, 10, 1)), false)).collect();
        due.push(Open { blocked: true, ..open(901, Some(date(2026, 11, 20)), false) });
        due.push(open(902, Some(day()), true));
        let sorted = sort(day(), due, vec![open(902, Some(day()), true)], vec![open(903, None, false)]);
        let expected = [(1, FirstReason::Late), (901, FirstReason::Blocked), (902, FirstReason::Next)];
        assert_eq!(first(&sorted), expected);
        assert_eq!((sorted.overdue.len(), sorted.due_today.len(), sorted.mine.len()), (901, 1, 0));
        assert_eq!(sorted.waiting, [open(903, None, false)]);
    }
}
