#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::lines::{Key, Line, Shows, Step, Tree, cut, path, step};

fn line_of<'a>(lines: &'a [Line], name: &str) -> &'a Line {
    lines.iter().find(|line| line.key == Key::Name(name.into())).unwrap_or_else(|| panic!("no line is called {name}"))
}

#[test]
fn what_is_no_json_makes_no_tree() {
    for text in ["", "  ", "{", r#"{"a": 1"#, "hello", "[1, 2", r#"{"a" 1}"#, "1 2"] {
        assert!(Tree::new(text).is_none(), "{text:?}");
    }
}

#[test]
fn lines_keep_the_order_and_the_texts_of_the_source() {
    let text = r#" { "zeta": [1, {"k": "v"}], "alpha": "Grüße \"x\"", "n": null, "t": true, "m": -1.5e3 } "#;
    let tree = Tree::new(text).unwrap();
    let lines = tree.lines();
    let told: Vec<(usize, String)> = lines.iter().map(|line| (line.depth, tree.words(line))).collect();
    let told: Vec<(usize, &str)> = told.iter().map(|(depth, words)| (*depth, words.as_str())).collect();
    assert_eq!(
        told,
        [
            (0, "5 members"),
            (1, "2 entries"),
            (2, "1"),
            (2, r#"{"k": "v"}"#),
            (1, r#""Grüße \"x\"""#),
            (1, "null"),
            (1, "true"),
            (1, "-1.5e3"),
        ]
    );
    assert_eq!(tree.value(line_of(&lines, "alpha")), "Grüße \"x\"");
    assert_eq!(tree.value(line_of(&lines, "m")), "-1.5e3");
}

#[test]
fn levels_open_and_close_and_every_line_has_a_number_of_its_own() {
    let mut tree = Tree::new(r#"{"a":{"b":{"c":[[],[{}]]}}}"#).unwrap();
    for _ in 0..6 {
        let closed: Vec<usize> = tree
            .lines()
            .iter()
            .filter(|line| matches!(line.shows, Shows::Level { open: false, .. }))
            .map(|line| line.id)
            .collect();
        closed.into_iter().for_each(|id| tree.toggle(id));
    }
    let lines = tree.lines();
    assert_eq!(lines.iter().map(|line| line.depth).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 4, 5]);
    let mut ids: Vec<usize> = lines.iter().map(|line| line.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), lines.len());
    tree.toggle(line_of(&lines, "a").id);
    assert_eq!(tree.lines().len(), 2);
}

#[test]
fn a_long_level_is_shown_in_parts_until_all_of_it_is_there() {
    let text = format!("[{}]", (0..250).map(|n| n.to_string()).collect::<Vec<_>>().join(","));
    let mut tree = Tree::new(&text).unwrap();
    let mut left = Vec::new();
    loop {
        let lines = tree.lines();
        let Shows::More { level, left: more } = lines.last().unwrap().shows else { break };
        assert_eq!(lines.len(), 250 - more + 2, "the head, what is shown, and the line that asks for more");
        left.push(more);
        tree.more(level);
    }
    assert_eq!(left, [150, 50]);
    assert_eq!(tree.lines().len(), 251);
}

#[test]
fn megabytes_and_depth_cost_no_line_that_is_not_open() {
    let item = format!(r#"{{"text":"{}"}}"#, "x".repeat(10_000));
    let text = format!("[{}]", vec![item; 1_000].join(","));
    assert_eq!(Tree::new(&text).unwrap().lines().len(), 102);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Tree::new(&deep).unwrap().lines().len() <= 3);
}

#[test]
fn paths_are_written_as_people_write_them() {
    let mut tree = Tree::new(r#"{"body":{"items":[{"a b":1,"ok_1":2}]},"x":[[7]]}"#).unwrap();
    for _ in 0..5 {
        let closed: Vec<usize> = tree
            .lines()
            .iter()
            .filter(|line| matches!(line.shows, Shows::Level { open: false, .. }))
            .map(|line| line.id)
            .collect();
        closed.into_iter().for_each(|id| tree.toggle(id));
    }
    let lines = tree.lines();
    assert_eq!(path(&lines, line_of(&lines, "a b").id), r#"body.items[0]["a b"]"#);
    assert_eq!(path(&lines, line_of(&lines, "ok_1").id), "body.items[0].ok_1");
    assert_eq!(path(&lines, lines.last().unwrap().id), "x[0][0]");
    assert_eq!(path(&lines, lines[0].id), "");
    assert_eq!(path(&lines, usize::MAX), "");
}

#[test]
fn keys_move_open_and_go_back_to_the_level() {
    let tree = Tree::new(r#"{"a":{"b":1},"c":2}"#).unwrap();
    let lines = tree.lines();
    let (root, a, b, c) = (lines[0].id, lines[1].id, lines[2].id, lines[3].id);
    assert_eq!(step(&lines, root, "ArrowDown"), Some(Step::To(a)));
    assert_eq!(step(&lines, a, "ArrowRight"), Some(Step::To(b)), "an open level is entered");
    assert_eq!(step(&lines, b, "ArrowLeft"), Some(Step::To(a)));
    assert_eq!(step(&lines, a, "ArrowLeft"), Some(Step::Toggle));
    assert_eq!(step(&lines, root, "End"), Some(Step::To(c)));
    assert_eq!(step(&lines, c, "ArrowDown"), None);
    assert_eq!(step(&lines, c, "Enter"), None, "a number has nothing to open");
    assert_eq!(step(&lines, root, "ArrowUp"), None);
    assert_eq!(step(&lines, c, "Home"), Some(Step::To(root)));
    assert_eq!(step(&[], 0, "ArrowDown"), None);
}

#[test]
fn a_cut_falls_between_characters() {
    assert_eq!(cut("äöü", 2), "äö…");
    assert_eq!(cut("äöü", 3), "äöü");
    assert_eq!(cut("", 0), "");
}
