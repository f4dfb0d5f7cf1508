use super::{days, fields};

#[test]
fn what_was_set_elsewhere_is_among_the_choices() {
    assert_eq!(days(30).len(), 6);
    assert_eq!(days(45).last().unwrap().1, "45 days");
    assert!(days(0).iter().any(|(value, words)| value == "0" && words == "For ever"));
}

#[test]
fn names_of_fields_are_read_as_people_type_them() {
    assert_eq!(fields(" password, token ,,\n pin"), ["password", "token", "pin"]);
    assert!(fields(" , ").is_empty());
}
