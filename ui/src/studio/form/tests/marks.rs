//! Chips and their texts, the caret, the tree of samples, colours.

use std::collections::HashSet;

use flow::expr::{Span, TypeHint, complete};
use flow::{FieldPath, Op, apply};
use serde_json::json;

use super::{flow, samples};
use crate::studio::form::caret::{closed, insert, is_inside, to_bytes, to_units, write};
use crate::studio::form::chips::{Part, has_chips, misfit, parts};
use crate::studio::form::control::Control;
use crate::studio::form::selector::{Press, press};
use crate::studio::form::tokens::{Language, Meaning, tokens};
use crate::studio::form::tree::{Row, rows};
use crate::studio::tests::Dice;

const TEXTS: [&str; 9] = [
    "",
    "plain",
    "{{step_1['output']['total']}}",
    "Hello {{trigger['output']['body']['title']}}, you owe {{step_1['output'].total}} €.",
    "{{ step_1['output']['items'][0]['name'] + '!' }}",
    "{{connections['slack']}} {{variables['NAME']}}",
    "{{step_99['output']}} and {{",
    "{{}} }} {{ }",
    "Grüße 🎉 {{step_1['output']['items'][1]}} 🎉",
];

fn labels(text: &str) -> Vec<String> {
    let parts = parts(&flow(), &samples(), text);
    parts.into_iter().filter_map(|part| if let Part::Chip(chip) = part { Some(chip.label) } else { None }).collect()
}

#[test]
fn chips_and_the_text_between_them_are_the_text() {
    for text in TEXTS {
        let whole: String = parts(&flow(), &samples(), text)
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => text,
                Part::Chip(chip) => chip.source,
            })
            .collect();
        assert_eq!(whole, text);
    }
}

#[test]
fn a_chip_names_the_step_as_people_call_it() {
    assert_eq!(labels("{{step_1['output']['total']}}"), ["Fetch · total"]);
    assert_eq!(labels("{{step_1['output']['items'][0]['name']}}"), ["Fetch · items · 1 · name"]);
    assert_eq!(labels("{{ step_1['output']['total'] + 1 }}"), ["Fetch · total + 1"]);
    assert_eq!(labels("{{step_1['error']['message']}}"), ["Fetch · error · message"]);
    assert_eq!(labels("{{connections['slack']}}"), ["slack"]);
    assert_eq!(labels("{{}}"), ["nothing yet"]);
    assert!(labels("no braces").is_empty());
    assert!(!has_chips(&parts(&flow(), &samples(), "no braces")));
}

#[test]
fn a_chip_that_reaches_for_nothing_is_marked() {
    for (text, is_broken) in [
        ("{{step_1['output']}}", false),
        ("{{step_99['output']}}", true),
        ("{{step_1['output'", true),
        ("{{trigger}}", false),
    ] {
        let parts = parts(&flow(), &samples(), text);
        let [Part::Chip(chip)] = parts.as_slice() else { panic!("{parts:?}") };
        assert_eq!(chip.is_broken, is_broken, "{text}");
    }
}

#[test]
fn a_value_of_another_kind_is_told() {
    let told = |control: Control, text: &str| misfit(&flow(), &samples(), control, text);
    let words = told(Control::Number, "{{step_1['output']['items']}}").unwrap();
    assert_eq!(words, "In the sample, “Fetch · items” is list. Here it is to be number.");
    assert_eq!(told(Control::Number, "{{step_1['output']['total']}}"), None);
    assert_eq!(told(Control::Texts, "{{step_1['output']['items']}}"), None);
    assert!(told(Control::Texts, "{{step_1['output']['total']}}").is_some());
    // Nobody knows, several are joined, or anything will do.
    for (control, text) in [
        (Control::Number, "{{step_3['output']}}"),
        (Control::Number, "{{step_1['output']['items']}} "),
        (Control::Number, "x {{step_1['output']['items']}}"),
        (Control::Line, "{{step_1['output']['items']}}"),
    ] {
        let is_known = control == Control::Number && text.starts_with("{{step_1");
        assert_eq!(told(control, text).is_some(), is_known, "{text}");
    }
}

#[test]
fn places_in_bytes_and_in_units_are_the_same_places() {
    for text in TEXTS {
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(to_bytes(text, to_units(text, at)), at, "{text} {at}");
        }
        assert_eq!(to_bytes(text, usize::MAX), text.len());
    }
    assert_eq!(to_units("a🎉b", 5), 3);
    assert_eq!(to_bytes("a🎉b", 3), 5);
}

#[test]
fn a_reference_is_written_where_the_caret_is() {
    let at = |start: usize, end: usize| Span { start, end };
    let reference = "step_1['output']";
    assert_eq!(insert("ab", at(1, 1), reference), ("a{{step_1['output']}}b".to_owned(), 21));
    assert_eq!(insert("abc", at(1, 2), reference).0, "a{{step_1['output']}}c");
    // Between braces there are braces already, and what was typed of a name gives way.
    assert_eq!(insert("{{}}", at(2, 2), reference), ("{{step_1['output']}}".to_owned(), 18));
    assert_eq!(insert("x {{ste}}", at(7, 7), reference).0, "x {{step_1['output']}}");
    assert_eq!(insert("{{1 + }}", at(6, 6), reference).0, "{{1 + step_1['output']}}");
    assert_eq!(insert("{{st", at(4, 4), reference).0, "{{step_1['output']");
    // A place that is behind the end is the end.
    assert_eq!(insert("ab", at(usize::MAX, usize::MAX), reference).0, "ab{{step_1['output']}}");
    assert_eq!(write("abcd", at(1, 3), "X"), ("aXd".to_owned(), 2));
}

#[test]
fn whatever_is_inserted_anywhere_the_text_around_it_stays() {
    let mut dice = Dice(7);
    for _ in 0..2_000 {
        let text = TEXTS[dice.below(TEXTS.len() as u64) as usize];
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let start = places[dice.below(places.len() as u64) as usize];
        let (after, caret) = insert(text, Span { start, end: start }, "step_1['output']");
        assert!(after.is_char_boundary(caret), "{after} {caret}");
        assert!(after.ends_with(&text[start..]), "{text} {start}: {after}");
        assert!(after.contains("step_1['output']"), "{after}");
        if !is_inside(text, start) {
            assert!(after.starts_with(&text[..start]), "{text} {start}: {after}");
        }
    }
}

#[test]
fn braces_close_themselves_once() {
    assert_eq!(closed("a {{", 4).as_deref(), Some("a {{}}"));
    assert_eq!(closed("{{ {{step_1}}", 2).as_deref(), Some("{{}} {{step_1}}"));
    assert_eq!(closed("{{}}", 2), None);
    assert_eq!(closed("{{{", 3), None);
    assert_eq!(closed("{", 1), None);
    assert_eq!(closed("{{x", 3), None);
    assert_eq!(closed("é{{", 1), None);
}

#[test]
fn what_is_offered_between_the_braces_is_what_the_flow_offers() {
    let (flow, samples) = (flow(), samples());
    let offer = complete(&flow, "step_7", "{{Fe", 4, &samples);
    let first = &offer.candidates[0];
    assert_eq!(first.label, "Fetch");
    let (text, caret) = write("{{Fe", offer.replace, &first.insert);
    assert_eq!(text, "{{step_1['output']");
    let deeper = complete(&flow, "step_7", &text, caret, &samples);
    assert!(deeper.candidates.iter().any(|one| one.label == "total" && one.hint == TypeHint::Number));
}

fn tree(from: &str, open: &[&str], words: &str) -> Vec<Row> {
    let open: HashSet<String> = open.iter().map(|way| (*way).to_owned()).collect();
    rows(&flow(), from, &samples(), &open, words)
}

fn lines(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| format!("{}{}", "  ".repeat(row.level), row.label)).collect()
}

#[test]
fn earlier_steps_are_a_tree_the_nearest_first() {
    let shut = tree("step_8", &[], "");
    assert_eq!(lines(&shut), ["Last", "For each", "How late?", "Fetch", flow().trigger.display_name.as_str()]);
    assert!(shut[3].has_more && !shut[3].is_open);
    let open = tree("step_8", &["step_1['output']", "step_1['output']['items']"], "");
    assert_eq!(lines(&open)[3..8], ["Fetch", "  items", "    1", "    2", "  total"]);
    let total = open.iter().find(|row| row.label == "total").unwrap();
    assert_eq!(
        (total.hint, total.preview.as_str(), total.way.as_str()),
        (TypeHint::Number, "3", "step_1['output']['total']")
    );
    assert!(tree("trigger", &[], "").is_empty());
}

#[test]
fn a_search_opens_what_it_finds_in() {
    let found = tree("step_8", &[], "title");
    assert_eq!(lines(&found), [flow().trigger.display_name.clone(), "  body".into(), "    title".into()]);
    assert!(found[0].is_open && found[1].is_open && !found[2].is_open);
    // By value, without regard to accents and capitals.
    assert_eq!(tree("step_8", &[], "ANN").last().unwrap().way, "step_1['output']['items'][0]['name']");
    assert_eq!(tree("step_8", &[], "unicode").last().unwrap().way, r"trigger['output']['body']['Ünïcode \'x\'']");
    assert!(tree("step_8", &[], "nowhere").is_empty());
    assert_eq!(lines(&tree("step_8", &[], "fetch")), ["Fetch"]);
}

#[test]
fn in_a_loop_the_item_is_offered() {
    let mut flow = flow();
    let mut each = flow.step("step_5").unwrap().shell();
    if let flow::Kind::Loop(inner) = &mut each.kind {
        inner.items = "{{step_1['output']['items']}}".into();
    }
    apply(&mut flow, Op::update(each)).unwrap();
    let open: HashSet<String> = ["step_5['output']", "step_5['output']['item']"].map(str::to_owned).into();
    let found = rows(&flow, "step_6", &samples(), &open, "");
    assert_eq!(lines(&found)[..5], ["For each", "  item", "    id", "    name", "  index"]);
    assert_eq!(found[3].way, "step_5['output']['item']['name']");
    // A list that is no reference tells nothing, and that is no fault.
    let found = rows(&crate::studio::tests::sample(), "step_6", &samples(), &open, "");
    assert_eq!(found[1].label, "item");
}

#[test]
fn what_is_large_is_cut_and_says_so() {
    let mut samples = samples();
    samples.insert("step_1".into(), json!((0..1_000).collect::<Vec<u32>>()));
    let open: HashSet<String> = ["step_1['output']".to_owned()].into();
    let found = rows(&flow(), "step_7", &samples, &open, "");
    assert!(found.iter().any(|row| row.label == "and 950 more" && row.way.is_empty()));
    let mut deep = json!(1);
    for _ in 0..90 {
        deep = json!({ "x": deep });
    }
    samples.insert("step_1".into(), deep);
    assert!(rows(&flow(), "step_7", &samples, &open, "x").len() < 60);
    samples.insert("step_1".into(), json!("long ".repeat(100)));
    let found = rows(&flow(), "step_7", &samples, &open, "");
    assert!(found.iter().any(|row| row.preview.ends_with('…') && row.preview.chars().count() == 81));
}

#[test]
fn every_way_of_the_tree_is_an_expression_that_leads_there() {
    let (flow, samples) = (flow(), samples());
    for row in tree("step_8", &[], "e").iter().filter(|row| !row.way.is_empty()) {
        let text = ["{{", &row.way, "}}"].concat();
        let found = flow::expr::expressions(&text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].fault, None, "{text}");
        let hint = flow::expr::hint(&found[0].references[0], flow.schema.syntax().unwrap(), &samples);
        assert_eq!(hint, row.hint, "{text}");
    }
}

#[test]
fn the_tree_is_walked_by_keys() {
    let rows = tree("step_8", &["step_1['output']"], "");
    let at = rows.iter().position(|row| row.label == "Fetch").unwrap();
    assert_eq!(press("ArrowDown", &rows, at, false), Some(Press::To(at + 1)));
    assert_eq!(press("ArrowUp", &rows, 0, false), Some(Press::To(0)));
    assert_eq!(press("ArrowLeft", &rows, at, false), Some(Press::Close(at)));
    assert_eq!(press("ArrowLeft", &rows, at + 1, false), Some(Press::To(at)));
    assert_eq!(press("ArrowRight", &rows, at, false), Some(Press::To(at + 1)));
    assert_eq!(press("ArrowRight", &rows, at + 1, false), Some(Press::Open(at + 1)));
    assert_eq!(press("ArrowRight", &rows, at + 2, false), Some(Press::To(at + 2)));
    assert_eq!(press("ArrowRight", &rows, at + 1, true), None);
    assert_eq!(press("Enter", &rows, at, false), Some(Press::Insert(at)));
    assert_eq!(press("Enter", &[], 0, false), None);
    assert_eq!(press("ArrowDown", &[], 0, false), Some(Press::To(0)));
    assert_eq!(press("Escape", &rows, 0, true), Some(Press::Leave));
    assert_eq!(press("a", &rows, 0, false), None);
}

#[test]
fn pieces_of_a_text_are_the_text() {
    let code =
        "export const code = async (inputs) => {\n  // “note”\n  return `${inputs.a}` + 'x\\'y' + 1.5e3; /* open";
    let json = "{ \"a\\\"b\": [1, -2.5, true, null, \"x\"], \"c\": {{step_1['output']}} }";
    for text in TEXTS.iter().chain([&code, &json, &"\"never closed\nnext", &"ünï 'x"]) {
        for language in [Language::Plain, Language::Json, Language::Script] {
            let whole: String = tokens(text, language).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(whole, **text, "{language:?}");
        }
    }
    let long = "x ".repeat(30_000);
    assert_eq!(tokens(&long, Language::Script).len(), 1);
}

#[test]
fn pieces_mean_what_they_are() {
    let meaning = |text: &str, language: Language, piece: &str| {
        let found = tokens(text, language).into_iter().find(|(_, one)| *one == piece);
        found.unwrap_or_else(|| panic!("{piece} in {:?}", tokens(text, language))).0
    };
    let json = "{ \"a\": [1, -2.5, true, \"x\"], \"c\": {{step_1}} }";
    for (piece, wanted) in [
        ("\"a\"", Meaning::Name),
        ("1", Meaning::Number),
        ("-2.5", Meaning::Number),
        ("true", Meaning::Word),
        ("\"x\"", Meaning::Text),
        ("{{step_1}}", Meaning::Expression),
    ] {
        assert_eq!(meaning(json, Language::Json, piece), wanted, "{piece}");
    }
    let code = "const a = 'b'; // c\nreturn 1;";
    for (piece, wanted) in
        [("const", Meaning::Word), ("'b'", Meaning::Text), ("// c", Meaning::Comment), ("return", Meaning::Word)]
    {
        assert_eq!(meaning(code, Language::Script, piece), wanted, "{piece}");
    }
    assert_eq!(tokens("true {{x}}", Language::Plain), [(Meaning::Plain, "true "), (Meaning::Expression, "{{x}}")]);
}

#[test]
fn a_place_of_a_field_is_the_place_that_findings_name() {
    let at = super::input(&["text"]).join(0);
    assert_eq!(at.to_string(), "settings.input.text[0]");
    assert_eq!(FieldPath::of(&["settings", "items"]).to_string(), "settings.items");
}
