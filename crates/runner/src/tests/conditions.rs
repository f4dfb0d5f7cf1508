use flow::Operator;
use serde_json::{Value, json};

use crate::condition::{Weighed, holds};

fn is_met(operator: Operator, first: Value, second: Value, case_sensitive: bool) -> bool {
    Weighed { operator: Some(operator), first, second, case_sensitive }.holds().unwrap()
}

#[test]
fn every_operator_compares_as_on_a_server() {
    use Operator::{
        BooleanIsFalse, BooleanIsTrue, DateIsAfter, DateIsBefore, DateIsEqual, DoesNotExist, Exists, ListContains,
        ListDoesNotContain, ListIsEmpty, ListIsNotEmpty, NumberIsEqualTo, NumberIsGreaterThan, NumberIsLessThan,
        TextContains, TextDoesNotContain, TextDoesNotEndWith, TextDoesNotExactlyMatch, TextDoesNotStartWith,
        TextEndsWith, TextExactlyMatches, TextStartsWith,
    };
    let none = Value::Null;
    // The operator, both sides, whether capitals count, and whether it holds.
    let table: Vec<(Operator, Value, Value, bool, bool)> = vec![
        (TextContains, json!("Hello World"), json!("WORLD"), false, true),
        (TextContains, json!("Hello World"), json!("WORLD"), true, false),
        (TextContains, json!("abc"), json!(""), false, true),
        (TextContains, json!({ "a": [1, 2] }), json!("[1,2]"), false, true),
        (TextContains, json!(1234), json!("23"), false, true),
        (TextDoesNotContain, json!("Hello"), json!("ELL"), false, false),
        (TextDoesNotContain, json!("Hello"), json!("ELL"), true, true),
        (TextExactlyMatches, json!("Äpfel"), json!("äPFEL"), false, true),
        (TextExactlyMatches, json!("Äpfel"), json!("äPFEL"), true, false),
        (TextExactlyMatches, json!(5), json!("5"), true, true),
        (TextExactlyMatches, json!(5.0), json!("5"), true, true),
        (TextExactlyMatches, json!(true), json!("TRUE"), false, true),
        (TextDoesNotExactlyMatch, json!("a"), json!("A"), false, false),
        (TextDoesNotExactlyMatch, json!("a"), json!("A"), true, true),
        (TextStartsWith, json!("Report.pdf"), json!("report"), false, true),
        (TextStartsWith, json!("Report.pdf"), json!("report"), true, false),
        (TextDoesNotStartWith, json!("Report.pdf"), json!("report"), false, false),
        (TextDoesNotStartWith, json!("Report.pdf"), json!("report"), true, true),
        (TextEndsWith, json!("Report.PDF"), json!(".pdf"), false, true),
        (TextEndsWith, json!("Report.PDF"), json!(".pdf"), true, false),
        (TextDoesNotEndWith, json!("Report.PDF"), json!(".pdf"), false, false),
        (TextDoesNotEndWith, json!("Report.PDF"), json!(".pdf"), true, true),
        (ListContains, json!(["Apple", "Pear"]), json!("pear"), false, true),
        (ListContains, json!(["Apple", "Pear"]), json!("pear"), true, false),
        (ListContains, json!("[\"Apple\"]"), json!("Apple"), true, true),
        (ListContains, json!("no list"), json!("NO LIST"), false, true),
        (ListContains, json!([1, 2]), json!("2"), false, true),
        (ListContains, json!({ "a": 1 }), json!("a"), false, false),
        (ListDoesNotContain, json!(["Apple"]), json!("apple"), false, false),
        (ListDoesNotContain, json!(["Apple"]), json!("apple"), true, true),
        (NumberIsGreaterThan, json!(108), json!("100"), false, true),
        (NumberIsGreaterThan, json!("9"), json!("10"), false, false),
        (NumberIsGreaterThan, json!("b"), json!("a"), false, true),
        (NumberIsGreaterThan, json!("many"), json!("10"), false, false),
        (NumberIsLessThan, json!("9"), json!("10"), false, true),
        (NumberIsLessThan, json!("many"), json!("10"), false, false),
        (NumberIsLessThan, json!(""), json!("1"), false, true),
        (NumberIsLessThan, json!([]), json!("1"), false, true),
        (NumberIsEqualTo, json!("1.50"), json!(1.5), false, true),
        (NumberIsEqualTo, json!("0x10"), json!(16), false, true),
        (NumberIsEqualTo, json!("nan"), json!("NaN"), false, false),
        (NumberIsEqualTo, json!("1 000"), json!(1000), false, false),
        (DateIsBefore, json!("2026-11-20"), json!("2026-11-21T00:00:00Z"), false, true),
        (DateIsBefore, json!("2026-11-21T01:00:00+02:00"), json!("2026-11-21T00:00:00Z"), false, true),
        (DateIsBefore, json!("soon"), json!("2026-11-21"), false, false),
        (DateIsBefore, json!("2026-13-01"), json!("2026-11-21"), false, false),
        (DateIsEqual, json!("2026-11-21"), json!("2026-11-21T00:00:00.000Z"), false, true),
        (DateIsEqual, json!(1_795_219_200_000_i64), json!("2026-11-21"), false, true),
        (DateIsEqual, json!("2026/11/21 09:05"), json!("2026-11-21T09:05:00Z"), false, true),
        (DateIsEqual, json!(true), json!(true), false, false),
        (DateIsAfter, json!("Sat, 21 Nov 2026 10:00:00 +0000"), json!("2026-11-21T09:00:00Z"), false, true),
        (DateIsAfter, json!("2026-11-21"), json!(""), false, false),
        (Exists, json!(0), none.clone(), false, true),
        (Exists, json!(false), none.clone(), false, true),
        (Exists, json!(""), none.clone(), false, false),
        (Exists, none.clone(), none.clone(), false, false),
        (DoesNotExist, json!(""), none.clone(), false, true),
        (DoesNotExist, json!([]), none.clone(), false, false),
        (BooleanIsTrue, json!(true), none.clone(), false, true),
        (BooleanIsTrue, json!("false"), none.clone(), false, true),
        (BooleanIsTrue, json!(0), none.clone(), false, false),
        (BooleanIsFalse, json!(""), none.clone(), false, true),
        (BooleanIsFalse, json!({}), none.clone(), false, false),
        (ListIsEmpty, json!([]), none.clone(), false, true),
        (ListIsEmpty, json!("[]"), none.clone(), false, true),
        (ListIsEmpty, json!(""), none.clone(), false, false),
        (ListIsEmpty, json!([1]), none.clone(), false, false),
        (ListIsNotEmpty, json!("[1]"), none.clone(), false, true),
        (ListIsNotEmpty, json!("{}"), none.clone(), false, false),
        (ListIsNotEmpty, json!([]), none, false, false),
    ];
    for operator in Operator::ALL {
        let of = |wanted| table.iter().any(|(found, .., met)| found == operator && *met == wanted);
        assert!(of(true) && of(false), "{operator:?} is to be seen both ways");
    }
    for (operator, first, second, case_sensitive, met) in table {
        let found = is_met(operator, first.clone(), second.clone(), case_sensitive);
        assert_eq!(found, met, "{operator:?} {first} {second}, capitals count: {case_sensitive}");
    }
}

#[test]
fn any_group_is_enough_and_in_a_group_all_are_needed() {
    let one = |met: bool| Weighed {
        operator: Some(Operator::BooleanIsTrue),
        first: json!(met),
        second: Value::Null,
        case_sensitive: false,
    };
    assert!(!holds(&[]).unwrap(), "a branch without conditions is never taken");
    assert!(holds(&[vec![]]).unwrap(), "an empty group holds");
    assert!(holds(&[vec![one(false)], vec![one(true), one(true)]]).unwrap());
    assert!(!holds(&[vec![one(true), one(false)], vec![one(false)]]).unwrap());
}

#[test]
fn a_condition_without_an_operator_is_an_error() {
    let unknown = Weighed { operator: None, first: json!(1), second: json!(1), case_sensitive: false };
    assert!(holds(&[vec![unknown]]).unwrap_err().contains("how to compare"));
}
