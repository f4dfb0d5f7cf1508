#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Project, ProjectId, ProjectRow, Status};

use super::order::{Entry, Group, Sort, Wish, arrange};

fn project(id: i64, name: &str, status: Status, open: u32, overdue: u32) -> ProjectRow {
    let at: jiff::Timestamp = "2026-11-01T09:00:00Z".parse().unwrap();
    ProjectRow {
        project: Project {
            id: ProjectId(id),
            status,
            name: name.into(),
            description: String::new(),
            purpose: String::new(),
            starts_on: None,
            ends_on: None,
            dock: Vec::new(),
            created_at: at,
            updated_at: at,
            app_url: String::new(),
        },
        pinned: false,
        open,
        done: 0,
        overdue,
        unassigned: 0,
        blocked: 0,
        due_soon: 0,
        last_activity: (id != 3).then(|| at + jiff::SignedDuration::from_hours(id)),
        done_by_week: Vec::new(),
        people: Vec::new(),
    }
}

fn company() -> Vec<ProjectRow> {
    vec![
        project(1, "website relaunch", Status::Active, 9, 0),
        project(2, "Office move", Status::Active, 3, 3),
        project(3, "Annual report", Status::Active, 20, 1),
        project(4, "Photo archive", Status::Archived, 0, 0),
        project(5, "Lost access", Status::Gone, 5, 5),
        project(6, "Old fair", Status::Trashed, 1, 1),
    ]
}

fn ids(entries: &[Entry]) -> Vec<i64> {
    entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Project(row) => Some(row.project.id.0),
            Entry::Heading(..) => None,
        })
        .collect()
}

fn wish(sort: Sort, group: Group) -> Wish {
    Wish { query: String::new(), sort, group }
}

#[test]
fn each_order_puts_first_what_it_says() {
    let company = company();
    assert_eq!(ids(&arrange(&company, &wish(Sort::Name, Group::None))), [3, 2, 6, 4, 1]);
    assert_eq!(ids(&arrange(&company, &wish(Sort::Open, Group::None))), [3, 1, 2, 6, 4]);
    assert_eq!(ids(&arrange(&company, &wish(Sort::Overdue, Group::None))), [2, 3, 6, 4, 1]);
    assert_eq!(
        ids(&arrange(&company, &wish(Sort::Activity, Group::None))),
        [6, 4, 2, 1, 3],
        "never touched comes last"
    );
}

#[test]
fn groups_hold_every_project_once_and_no_heading_stands_alone() {
    let entries = arrange(&company(), &wish(Sort::Name, Group::Status));
    let headings: Vec<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Heading(words, count) => Some((*words, *count)),
            Entry::Project(_) => None,
        })
        .collect();
    assert_eq!(headings, [("Active", 3), ("Archived", 1), ("In the trash", 1)]);
    assert_eq!(ids(&entries), [3, 2, 1, 4, 6]);
}

#[test]
fn pinned_ones_come_first_until_a_name_is_looked_for() {
    let mut company = company();
    company[0].pinned = true;
    assert_eq!(ids(&arrange(&company, &wish(Sort::Overdue, Group::None)))[0], 1);
    let looked_for = Wish { query: "office".into(), ..wish(Sort::Overdue, Group::None) };
    assert_eq!(ids(&arrange(&company, &looked_for)), [2]);
}

#[test]
fn a_slip_of_the_finger_still_finds_and_nonsense_finds_nothing() {
    let find = |query: &str| ids(&arrange(&company(), &Wish { query: query.into(), ..Wish::default() }));
    assert_eq!(find("webiste"), [1]);
    assert_eq!(find("  REPORT "), [3]);
    assert!(find("zzzz").is_empty());
    assert!(find("Lost access").is_empty(), "a project that is gone was shown");
}

#[test]
fn a_word_that_is_no_choice_means_the_usual_one() {
    assert_eq!(Sort::of("price"), Sort::default());
    for (word, _) in Sort::options() {
        assert_eq!(Sort::of(&word).word(), word);
    }
}
