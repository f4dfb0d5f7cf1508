#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn text(name: &str) -> NewColumn {
    NewColumn { name: name.into(), kind: ColumnKind::Text }
}

#[test]
fn a_file_of_values_quotes_what_divides_and_tells_formulas_as_texts() {
    let columns = ["Name", "Say \"hi\"", "Sum"];
    let column =
        |(at, name): (i64, &&str)| TableColumn { id: ColumnId(at), name: (*name).to_owned(), kind: ColumnKind::Text };
    let rows = [["Ada, Ltd", "", "-3.5"], ["=1+1", "two\nlines", "@sum"]];
    let row = |(at, cells): (i64, &[&str; 3])| TableRow {
        id: RowId(at),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let view = TableView {
        table: TableSummary { id: TableId(1), name: "Orders".into(), rows: 2 },
        columns: (0..).zip(&columns).map(column).collect(),
        rows: (0..).zip(&rows).map(row).collect(),
    };
    let lines = ["Name,\"Say \"\"hi\"\"\",Sum", "\"Ada, Ltd\",,-3.5", "'=1+1,\"two\nlines\",'@sum", ""];
    assert_eq!(csv(&view), lines.join("\r\n"));
}

#[test]
fn a_column_has_a_name_and_something_to_choose_from() {
    assert_eq!(column(&text(" Total ")).unwrap(), ("Total".to_owned(), DataKind::Text));
    assert_eq!(column(&text(" ")).unwrap_err().field.as_deref(), Some("columns"));
    let none = NewColumn { name: "State".into(), kind: ColumnKind::OneOf(Vec::new()) };
    assert!(column(&none).unwrap_err().message.contains("“State” has nothing to choose from"));
    let blank = NewColumn { name: "State".into(), kind: ColumnKind::OneOf(vec![String::new()]) };
    assert!(column(&blank).is_err());
}
