#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

fn projects() -> Vec<(ProjectId, String)> {
    vec![(ProjectId(1), "Website relaunch".into()), (ProjectId(2), "Spring campaign".into())]
}

fn people() -> Vec<(PersonId, String)> {
    vec![(PersonId(5), "Anna König".into()), (PersonId(6), "Tomás Nunes".into())]
}

#[test]
fn a_filter_is_recognised_while_it_is_typed() {
    let last = |text: &str| draft(text).map(|draft| (draft.facet, draft.value, draft.before));
    assert_eq!(last("quote in:web"), Some((Facet::In, "web".into(), "quote".into())));
    assert_eq!(last("@an"), Some((Facet::By, "an".into(), String::new())));
    assert_eq!(last("BY:"), Some((Facet::By, String::new(), String::new())));
    assert_eq!(last("in:\"spring cam"), Some((Facet::In, "spring cam".into(), String::new())));
    assert_eq!(last("in:web type:ca"), Some((Facet::Type, "ca".into(), "in:web".into())));
    assert_eq!(last("mail anna@studio"), None, "an address is no filter");
    assert_eq!(last("margin:4"), None);
    assert_eq!(last("in:web quote"), None, "the filter has ended");
    assert_eq!(last("größe in:ä"), Some((Facet::In, "ä".into(), "größe".into())));
}

#[test]
fn a_space_settles_a_filter_that_fits_and_leaves_the_rest() {
    let settled = |text: &str| settle(text, &projects(), &people());
    assert_eq!(settled("quote in:web "), Some((Filter::In(ProjectId(1), "Website relaunch".into()), "quote ".into())));
    assert_eq!(settled("@konig "), Some((Filter::By(PersonId(5), "Anna König".into()), String::new())));
    assert_eq!(settled("type:crad "), Some((Filter::Type(Sort::Card), String::new())));
    assert_eq!(
        settled("in:\"spring campaign\""),
        Some((Filter::In(ProjectId(2), "Spring campaign".into()), String::new()))
    );
    assert_eq!(settled("in:zebra "), None, "fits nothing: stays as words");
    assert_eq!(settled("in: "), None);
    assert_eq!(settled("quote "), None);
}

#[test]
fn every_sort_offers_itself_by_its_word() {
    for sort in Sort::ALL {
        let draft = Draft { facet: Facet::Type, value: sort.word().into(), before: String::new() };
        assert_eq!(offers(&draft, &[], &[]).first(), Some(&Filter::Type(sort)));
        assert!(!sort.kinds().is_empty());
    }
}

#[test]
fn marks_in_snippets_are_found_and_stray_brackets_survive() {
    let plain = |text: &str| (text.to_owned(), false);
    let marked = |text: &str| (text.to_owned(), true);
    assert_eq!(pieces("the [quote] for [print]"), [plain("the "), marked("quote"), plain(" for "), marked("print")]);
    assert_eq!(pieces("an array[3"), [plain("an array[3")]);
    assert_eq!(pieces("[]x"), [plain("x")]);
    assert!(pieces("").is_empty());
}
