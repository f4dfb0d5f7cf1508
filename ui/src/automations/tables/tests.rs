use contract::{ColumnId, ColumnKind, RowId, TableColumn, TableId, TableRow, TableSummary, TableView};

use super::cells::{filled, retyped, row, shown};
use super::columns::kind;

#[test]
fn a_day_is_shown_as_a_day_and_a_time_without_what_it_does_not_need() {
    assert_eq!(shown(&ColumnKind::Date, "2026-11-21T00:00:00.000Z"), "2026-11-21");
    assert_eq!(shown(&ColumnKind::Date, "2026-11-21T09:30:00.000Z"), "2026-11-21T09:30Z");
    assert_eq!(shown(&ColumnKind::Date, "2026-11-21T09:30:12.000Z"), "2026-11-21T09:30:12.000Z");
    assert_eq!(shown(&ColumnKind::Text, "2026-11-21T00:00:00.000Z"), "2026-11-21T00:00:00.000Z");
}

#[test]
fn what_is_shown_of_a_time_can_be_read_again() {
    let minute = shown(&ColumnKind::Date, "2026-11-21T09:30:00.000Z");
    assert!(minute.parse::<jiff::Timestamp>().is_ok(), "{minute}");
}

#[test]
fn choices_are_read_as_people_type_them() {
    assert_eq!(
        kind("one-of", " new, done ,,\nlost"),
        ColumnKind::OneOf(vec!["new".into(), "done".into(), "lost".into()])
    );
    assert_eq!(kind("one-of", " "), ColumnKind::OneOf(Vec::new()), "the app says what is missing");
    assert_eq!(kind("number", "new"), ColumnKind::Number);
    assert_eq!(kind("?", ""), ColumnKind::Text);
}

#[test]
fn a_row_is_put_back_with_what_it_held() {
    let column = |id: i64| TableColumn { id: ColumnId(id), name: id.to_string(), kind: ColumnKind::Text };
    let view = TableView {
        table: TableSummary { id: TableId(1), name: "Orders".into(), rows: 1 },
        columns: vec![column(4), column(7)],
        rows: vec![TableRow { id: RowId(9), cells: vec![String::new(), "Ada".into()] }],
    };
    assert_eq!(filled(&view, row(&view, RowId(9)).unwrap()), [(ColumnId(7), "Ada".to_owned())]);
    assert!(row(&view, RowId(1)).is_none());
}

#[test]
fn a_row_that_was_typed_into_is_put_back_with_what_was_typed_last() {
    let held = vec![(ColumnId(4), "old".to_owned()), (ColumnId(7), "Ada".to_owned())];
    let typed = |row: i64, column: i64, text: &str| (RowId(row), ColumnId(column), text.to_owned());
    let since = [typed(9, 4, "new"), typed(8, 7, "another row's"), typed(9, 4, "newer"), typed(9, 7, "")];
    assert_eq!(retyped(held, RowId(9), &since), [(ColumnId(4), "newer".to_owned())]);
}
