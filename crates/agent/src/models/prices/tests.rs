#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::civil::date;

use super::{PRICES, cost};

#[test]
fn a_reply_costs_what_the_list_says() {
    // A million tokens in and a million out, at $3 and $15.
    assert_eq!(cost("claude-sonnet-4-5", 1_000_000, 1_000_000), Some(18_000_000));
    assert_eq!(cost("claude-sonnet-4-5", 1_000, 10), Some(3_150));
    assert_eq!(cost("claude-sonnet-4-5", 0, 0), Some(0));
}

#[test]
fn a_part_of_a_millionth_counts_as_one() {
    assert_eq!(cost("gpt-6-luna", 1, 0), Some(1));
    assert_eq!(cost("gpt-6-luna", 10, 0), Some(1));
    assert_eq!(cost("gpt-6-luna", 11, 0), Some(2));
}

#[test]
fn names_are_taken_as_vendors_and_gateways_write_them() {
    let plain = cost("claude-sonnet-4-5", 100, 100);
    for name in ["claude-sonnet-4-5-20250929", "anthropic/claude-sonnet-4.5", "claude-sonnet-4-5-latest"] {
        assert_eq!(cost(name, 100, 100), plain, "{name}");
    }
    assert_eq!(cost("gpt-5.4-2026-03-05", 100, 100), cost("gpt-5.4", 100, 100));
}

#[test]
fn a_name_that_only_begins_alike_has_no_price() {
    for name in
        ["", "qwen3", "claude-sonnet-4-55", "gpt-5.4-pro", "claude-sonnet", "gpt-5.4-mini-high", "gpt-6-sol:free"]
    {
        assert_eq!(cost(name, 100, 100), None, "{name}");
    }
    assert_ne!(cost("gpt-5.4-mini", 100, 100), cost("gpt-5.4", 100, 100));
    assert_ne!(cost("gemini-3.5-flash-lite", 100, 100), cost("gemini-3.5-flash", 100, 100));
}

#[test]
fn long_requests_go_by_their_own_price_or_by_none() {
    assert_eq!(cost("claude-haiku-5-5", 100_000, 0), Some(10_000));
    assert_eq!(cost("claude-haiku-5-5", 100_001, 0), Some(50_001));
    assert_eq!(cost("gpt-6-sol", 272_001, 0), None);
}

#[test]
fn no_number_is_too_large() {
    assert_eq!(cost("claude-opus-5-5", u64::MAX, u64::MAX), None);
}

#[test]
fn each_price_says_from_when_it_is_and_more_is_paid_for_words_than_for_reading() {
    for price in PRICES {
        assert!(price.as_of >= date(2026, 1, 1), "{}", price.model);
        assert!(0 < price.each_in && price.each_in < price.each_out, "{}", price.model);
    }
}

#[test]
fn shorter_requests_come_first() {
    for (place, price) in PRICES.iter().enumerate() {
        for later in &PRICES[place + 1..] {
            assert!(later.model != price.model || later.up_to > price.up_to, "{}", price.model);
        }
    }
}
