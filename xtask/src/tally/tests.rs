use super::*;

#[test]
fn every_result_line_is_added_up() {
    let mut tally = Tally::default();
    tally.count("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s");
    tally.count("test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
    tally.count("test sums::result ... ok");
    tally.count("a test said: test result: 9 passed");
    assert_eq!(tally, Tally { passed: 17, failed: 2 });
}

#[test]
fn what_failed_is_read_and_what_passed_is_not() {
    assert!(is_worth_reading("test tally::sum ... FAILED"));
    assert!(is_worth_reading("thread 'x' panicked at src/lib.rs:1:1:"));
    assert!(is_worth_reading("test result: ok. 3 passed; 0 failed; 0 ignored"));
    assert!(!is_worth_reading("test tally::sum ... ok"));
    assert!(!is_worth_reading("running 3 tests"));
    assert!(!is_worth_reading("test result: ok. 0 passed; 0 failed; 0 ignored"));
}
