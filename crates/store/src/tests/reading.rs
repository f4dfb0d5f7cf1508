use contract::commands::{FindTasks, ListItems};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::*;
use crate::Days;

fn find() -> FindTasks {
    FindTasks {
        project: None,
        assignee: None,
        unassigned: false,
        completed: None,
        due_from: None,
        due_to: None,
        blocked: false,
        text: None,
        kinds: vec![],
        limit: None,
    }
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

fn ids(rows: &[Row]) -> Vec<i64> {
    rows.iter().map(|row| row.id.0).collect()
}

#[test]
fn days_know_weeks_and_zones() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let days = Days::of(date(2026, 10, 26), &zone, 1).unwrap();
    assert_eq!(days.weeks.len(), 9);
    // The last Sunday of October has 25 hours there.
    assert_eq!(days.yesterday.to_string(), "2026-10-24T22:00:00Z");
    assert_eq!(days.weeks[7].to_string(), "2026-10-25T23:00:00Z");
    assert_eq!(Days::of(date(2026, 10, 26), &zone, 7).unwrap().weeks[7].to_string(), "2026-10-24T22:00:00Z");
}

#[tokio::test]
async fn today_sorts_what_is_open_into_its_lists() {
    let desk = Desk::new().await;
    let mut hidden = project(8, "Put away");
    hidden.value.status = Status::Archived;
    desk.store.apply_projects(vec![project(7, "Site"), hidden]).await.unwrap();
    let mine = vec![PersonId(5)];
    desk.apply(&[
        Recording { due_on: day("2026-11-20"), ..todo(1) },
        Recording { due_on: day("2026-11-01"), kind: Kind::Card, ..todo(2) },
        Recording { due_on: day("2026-11-21"), assignees: mine.clone(), ..todo(3) },
        Recording { due_on: day("2026-11-30"), assignees: mine.clone(), ..todo(4) },
        Recording { assignees: mine.clone(), title: "Blocked by Ana".into(), ..todo(5) },
        Recording { creator: Some(PersonId(5)), assignees: vec![PersonId(6)], ..todo(6) },
        Recording { due_on: day("2026-11-01"), completed: true, ..todo(7) },
        Recording { due_on: day("2026-11-01"), status: Status::Trashed, ..todo(8) },
        Recording { due_on: day("2026-11-01"), project: ProjectId(8), ..todo(9) },
        Recording { due_on: day("2026-11-01"), kind: Kind::TimeEntry, ..todo(10) },
    ])
    .await;
    let days = Days::of(date(2026, 11, 21), &TimeZone::UTC, 1).unwrap();
    let today = desk.store.today(&days, Some(PersonId(5)), 500).await.unwrap();
    assert_eq!(ids(&today.overdue), [2, 1]);
    assert_eq!(ids(&today.due_today), [3]);
    assert_eq!(ids(&today.mine), [4, 5]);
    assert_eq!(ids(&today.waiting), [5, 6]);
    let first: Vec<_> = today.first.iter().map(|first| (first.row.id.0, first.reason)).collect();
    assert_eq!(first, [(2, FirstReason::Late), (5, FirstReason::Blocked), (3, FirstReason::Next)]);
    assert_eq!(today.counts, TodayCounts { overdue: 2, due_today: 1, mine: 2, waiting: 2 });
    // Fewer rows of each are the first of them; what comes first and the numbers stay.
    let few = desk.store.today(&days, Some(PersonId(5)), 1).await.unwrap();
    assert_eq!((ids(&few.overdue), ids(&few.due_today)), (vec![2], vec![3]));
    assert_eq!((ids(&few.mine), ids(&few.waiting)), (vec![4], vec![5]));
    assert_eq!((few.counts, few.first), (today.counts, today.first));
    let nobody = desk.store.today(&days, None, 500).await.unwrap();
    assert!(nobody.mine.is_empty() && nobody.waiting.is_empty() && nobody.overdue.len() == 2);
}

#[tokio::test]
async fn the_directory_counts_each_projects_work() {
    let desk = Desk::new().await;
    let mut gone = project(9, "Gone");
    gone.value.status = Status::Gone;
    desk.store.apply_projects(vec![project(7, "Site"), project(8, "Empty"), gone]).await.unwrap();
    desk.store.apply_people(vec![person(5, "Ben"), person(6, "ana")]).await.unwrap();
    desk.store.set_me(PersonId(6)).await.unwrap();
    let done_at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    desk.apply(&[
        Recording { due_on: day("2026-11-20"), assignees: vec![PersonId(5)], ..todo(1) },
        Recording { due_on: day("2026-11-28"), assignees: vec![PersonId(5), PersonId(6)], ..todo(2) },
        Recording { title: "Waiting for legal".into(), ..todo(3) },
        Recording { completed: true, completed_at: done_at("2026-11-21T09:00:00Z"), ..todo(4) },
        Recording { completed: true, completed_at: done_at("2026-09-28T00:00:00Z"), kind: Kind::Card, ..todo(5) },
        Recording { completed: true, completed_at: done_at("2026-09-27T23:59:59Z"), ..todo(6) },
        Recording { kind: Kind::Comment, updated_at: at(99), ..todo(7) },
    ])
    .await;
    let mut tx = desk.store.begin(&me(), "").await.unwrap();
    tx.pin(ProjectId(8), true).await.unwrap();
    assert_eq!(tx.commit().await.unwrap().tags, [Tag::Projects]);
    let days = Days::of(date(2026, 11, 21), &TimeZone::UTC, 1).unwrap();
    let directory = desk.store.directory(&days).await.unwrap();
    assert_eq!(directory.me, Some(PersonId(6)));
    assert_eq!(directory.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["ana", "Ben"]);
    let names: Vec<_> = directory.projects.iter().map(|p| (p.project.name.as_str(), p.pinned, p.open)).collect();
    assert_eq!(names, [("Empty", true, 0), ("Site", false, 3)]);
    let site = &directory.projects[1];
    assert_eq!((site.done, site.overdue, site.unassigned, site.blocked, site.due_soon), (3, 1, 1, 1, 1));
    assert_eq!(site.done_by_week, [1, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(site.people, [PersonId(5), PersonId(6)]);
    assert_eq!(site.last_activity, Some(at(99)));
    let counts = desk.store.counts().await.unwrap();
    assert!(
        counts.contains(&(Tag::Todos, 5)) && counts.contains(&(Tag::Comments, 1)) && counts.contains(&(Tag::Time, 0))
    );
}

#[tokio::test]
async fn to_dos_stand_in_their_lists_groups_and_loose() {
    let desk = Desk::new().await;
    let of = |id, kind, parent: Option<i64>, position| Recording {
        kind,
        parent: parent.map(RecordingId),
        position: Some(position),
        ..todo(id)
    };
    desk.apply(&[
        of(70, Kind::TodoSet, None, 1),
        of(71, Kind::TodoList, Some(70), 2),
        of(72, Kind::TodoList, Some(70), 1),
        of(73, Kind::TodoGroup, Some(71), 1),
        of(1, Kind::Todo, Some(70), 1),
        of(2, Kind::Todo, Some(71), 2),
        of(3, Kind::Todo, Some(71), 1),
        of(4, Kind::Todo, Some(73), 1),
        Recording { completed: true, ..of(5, Kind::Todo, Some(71), 0) },
        Recording { status: Status::Archived, ..of(6, Kind::Todo, Some(72), 1) },
        Recording { parent: Some(RecordingId(3)), kind: Kind::Step, completed: true, ..todo(7) },
        Recording { parent: Some(RecordingId(3)), kind: Kind::Step, ..todo(8) },
    ])
    .await;
    let open = desk.store.todo_lists(ProjectId(7), false, false).await.unwrap();
    let lists: Vec<_> = open.sections.iter().map(|s| (s.list.id.0, ids(&s.todos), s.groups.len())).collect();
    assert_eq!(lists, [(70, vec![1], 0), (72, vec![], 0), (71, vec![3, 2], 1)]);
    assert_eq!(ids(&open.sections[2].groups[0].todos), [4]);
    assert_eq!(open.sections[2].todos[0].steps, (1, 2));
    let all = desk.store.todo_lists(ProjectId(7), true, true).await.unwrap();
    assert_eq!((ids(&all.sections[2].todos), ids(&all.sections[1].todos)), (vec![3, 2, 5], vec![6]));
}

#[tokio::test]
async fn boards_stand_from_left_to_right() {
    let desk = Desk::new().await;
    let of = |id, kind, parent: i64, position| Recording {
        kind,
        parent: Some(RecordingId(parent)),
        position: Some(position),
        ..todo(id)
    };
    desk.apply(&[
        of(60, Kind::CardTable, 0, 1),
        of(61, Kind::DoneColumn, 60, 1),
        of(62, Kind::NotNowColumn, 60, 2),
        of(63, Kind::TriageColumn, 60, 3),
        of(64, Kind::Column, 60, 5),
        of(65, Kind::Column, 60, 4),
        of(66, Kind::OnHoldColumn, 65, 1),
        of(1, Kind::Card, 64, 2),
        of(2, Kind::Card, 64, 1),
    ])
    .await;
    let mut coloured = fetched(&Recording { updated_at: at(1), ..of(64, Kind::Column, 60, 5) });
    coloured.raw = "{\"color\":\"teal\"}".into();
    desk.store.apply(vec![coloured]).await.unwrap();
    let board = desk.store.boards(ProjectId(7)).await.unwrap().remove(0);
    assert_eq!(board.columns.iter().map(|c| c.column.id.0).collect::<Vec<_>>(), [63, 65, 66, 64, 62, 61]);
    assert_eq!((ids(&board.columns[3].cards), board.columns[3].color.as_str()), (vec![2, 1], "teal"));
}

#[tokio::test]
async fn tasks_are_found_by_every_condition_at_once() {
    let desk = Desk::new().await;
    desk.apply(&[
        Recording {
            title: "Book the studio".into(),
            due_on: day("2026-11-24"),
            assignees: vec![PersonId(5)],
            ..todo(1)
        },
        Recording { title: "Book a taxi".into(), body: "to the studio".into(), ..todo(2) },
        Recording { title: "Pay the studio".into(), completed: true, ..todo(3) },
        Recording { title: "Studio light".into(), kind: Kind::Step, ..todo(4) },
        Recording { title: "Paint".into(), body: "on hold".into(), kind: Kind::Card, ..todo(5) },
    ])
    .await;
    let found = async |find: FindTasks| ids(&desk.store.find_tasks(&find).await.unwrap());
    assert_eq!(found(find()).await, [1, 2, 5]);
    assert_eq!(found(FindTasks { text: Some("stud".into()), ..find() }).await, [1]);
    assert_eq!(found(FindTasks { text: Some("book".into()), assignee: Some(PersonId(5)), ..find() }).await, [1]);
    assert_eq!(found(FindTasks { unassigned: true, ..find() }).await, [2, 5]);
    assert_eq!(found(FindTasks { completed: Some(true), ..find() }).await, [3]);
    assert_eq!(found(FindTasks { blocked: true, ..find() }).await, [5]);
    assert_eq!(found(FindTasks { kinds: vec![Kind::Step], ..find() }).await, [4]);
    assert_eq!(found(FindTasks { due_from: day("2026-11-24"), due_to: day("2026-11-24"), ..find() }).await, [1]);
    assert_eq!(found(FindTasks { project: Some(ProjectId(8)), ..find() }).await, [0i64; 0]);
    assert_eq!(found(FindTasks { limit: Some(0), ..find() }).await, [1]);
}

#[tokio::test]
async fn an_item_comes_with_everything_around_it() {
    let desk = Desk::new().await;
    let under = |id, kind, parent| Recording { kind, parent: Some(RecordingId(parent)), ..todo(id) };
    desk.apply(&[
        Recording { parent: None, kind: Kind::TodoSet, ..todo(70) },
        under(71, Kind::TodoList, 70),
        under(1, Kind::Todo, 71),
        under(2, Kind::Step, 1),
        Recording { title: String::new(), body: "<p>First</p>".into(), ..under(4, Kind::Comment, 1) },
        Recording { title: String::new(), body: "Second".into(), created_at: at(-5), ..under(3, Kind::Comment, 1) },
        Recording { status: Status::Trashed, ..under(5, Kind::Comment, 1) },
    ])
    .await;
    let found = desk.store.item(RecordingId(1)).await.unwrap().unwrap();
    assert_eq!((ids(&found.detail.path), ids(&found.detail.steps)), (vec![70, 71], vec![2]));
    assert_eq!(found.comment_bodies, ["Second", "<p>First</p>"]);
    assert!(found.detail.comments.iter().all(|c| c.body_html.is_empty()));
    assert!(found.detail.children.is_empty());
    assert_eq!(ids(&desk.store.item(RecordingId(71)).await.unwrap().unwrap().detail.children), [1]);
    assert_eq!(desk.store.row(RecordingId(4)).await.unwrap().unwrap().title, "First");
    let mut upload = fetched(&under(9, Kind::Upload, 70));
    upload.raw = "{\"filename\":\"plan.pdf\",\"byte_size\":2345678,\"content_type\":7}".into();
    desk.store.apply(vec![upload]).await.unwrap();
    let facts = desk.store.item(RecordingId(9)).await.unwrap().unwrap().detail.facts;
    assert_eq!(facts, [("File".to_owned(), "plan.pdf".to_owned()), ("Size".to_owned(), "2.3 MB".to_owned())]);
    // A loop in broken data ends.
    desk.apply(&[Recording { updated_at: at(2), ..under(70, Kind::TodoSet, 71) }]).await;
    assert!(desk.store.item(RecordingId(1)).await.unwrap().unwrap().detail.path.len() < 100);
    assert!(desk.store.item(RecordingId(404)).await.unwrap().is_none());
    let list = ListItems {
        project: None,
        parent: Some(RecordingId(1)),
        kinds: vec![Kind::Comment],
        status: None,
        since: None,
        limit: None,
    };
    assert_eq!(ids(&desk.store.items(&list).await.unwrap()), [4, 3]);
    assert_eq!(
        ids(&desk.store.items(&ListItems { status: Some(Status::Trashed), ..list.clone() }).await.unwrap()),
        [5]
    );
    assert_eq!(ids(&desk.store.items(&ListItems { since: Some(at(0)), ..list }).await.unwrap()), [4]);
}
