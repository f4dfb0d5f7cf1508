//! Which projects, in which order, under which headings. Pure.

use std::cmp::Ordering;

use contract::{ProjectRow, Status};

use crate::palette::rank::score;
use crate::say;

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal $words:path),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub(super) enum $name { $($(#[$variant_doc])* $variant),* }
        impl $name {
            const ALL: &[Self] = &[$(Self::$variant),*];
            pub(super) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The choice that is called so, else the usual one.
            pub(super) fn of(word: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.word() == word).unwrap_or_default()
            }
            pub(super) fn options() -> Vec<(String, String)> {
                vec![$(($word.to_owned(), $words().to_owned())),*]
            }
        }
    };
}

choice! {
    /// What comes first.
    Sort {
        /// Whatever changed last.
        #[default]
        Activity "activity" say::projects::by_activity,
        Name "name" say::projects::by_name,
        Overdue "overdue" say::projects::by_late,
        Open "open" say::projects::by_open,
    }
}

choice! {
    /// What stands together.
    Group {
        /// Active, archived, in the trash.
        #[default]
        Status "status" say::projects::by_status,
        None "none" say::projects::not_grouped,
    }
}

/// What the person wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wish {
    pub(super) query: String,
    pub(super) sort: Sort,
    pub(super) group: Group,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// Words, and how many follow.
    Heading(&'static str, usize),
    Project(Box<ProjectRow>),
}

/// Pinned ones stand first within their group. A project that is gone is not shown.
pub(super) fn arrange(projects: &[ProjectRow], wish: &Wish) -> Vec<Entry> {
    let query = wish.query.trim();
    let mut rows: Vec<(Option<u32>, &ProjectRow)> = projects
        .iter()
        .filter(|row| row.project.status != Status::Gone)
        .filter_map(|row| {
            if query.is_empty() {
                Some((None, row))
            } else {
                score(query, &row.project.name).map(|fit| (Some(fit), row))
            }
        })
        .collect();
    let by_name = |a: &ProjectRow, b: &ProjectRow| {
        a.project.name.to_lowercase().cmp(&b.project.name.to_lowercase()).then(a.project.id.cmp(&b.project.id))
    };
    let by_wish = |a: &ProjectRow, b: &ProjectRow| match wish.sort {
        Sort::Name => Ordering::Equal,
        Sort::Activity => b.last_activity.cmp(&a.last_activity),
        Sort::Overdue => b.overdue.cmp(&a.overdue),
        Sort::Open => b.open.cmp(&a.open),
    };
    // While a name is looked for, the best fit is first, whatever the order.
    rows.sort_by(|(a_fit, a), (b_fit, b)| {
        let first = b_fit.cmp(a_fit).then(b.pinned.cmp(&a.pinned));
        first.then_with(|| by_wish(a, b)).then_with(|| by_name(a, b))
    });

    let entry = |(_, row): &(Option<u32>, &ProjectRow)| Entry::Project(Box::new((*row).clone()));
    if wish.group == Group::None {
        return rows.iter().map(entry).collect();
    }
    let groups: [(&'static str, Status); 4] = [
        (say::projects::active(), Status::Active),
        (say::projects::drafts(), Status::Drafted),
        (say::projects::archived(), Status::Archived),
        (say::projects::in_trash(), Status::Trashed),
    ];
    groups
        .iter()
        .flat_map(|(words, status)| {
            let of_group: Vec<Entry> =
                rows.iter().filter(|(_, row)| row.project.status == *status).map(entry).collect();
            let heading = (!of_group.is_empty()).then_some(Entry::Heading(words, of_group.len()));
            heading.into_iter().chain(of_group)
        })
        .collect()
}
