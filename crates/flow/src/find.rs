//! Find in a flow: names, inputs, conditions, code and notes.

use serde::{Deserialize, Serialize};

use crate::expr::Span;
use crate::field::{each_text, each_text_of_trigger};
use crate::{FieldPath, Flow, Kind};

/// A place where the words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// Whose it is.
    pub whose: Whose,
    /// The field.
    pub field: FieldPath,
    /// Where in the text of the field.
    pub span: Span,
}

/// Whose a field is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// A step's, or the trigger's, by name.
    Step(String),
    /// A note's, by id.
    Note(String),
}

/// Every place where the words stand, capitals or not, in the order of the page; notes at the end. Nothing for no words.
#[must_use]
pub fn find(flow: &Flow, words: &str) -> Vec<Match> {
    let wanted = words.trim().to_lowercase();
    let mut found = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    let mut look = |whose: &Whose, field: &FieldPath, text: &str| {
        found.extend(spans(text, &wanted).map(|span| Match { whose: whose.clone(), field: field.clone(), span }));
    };
    let (name, display_name) = (FieldPath::of(&["name"]), FieldPath::of(&["displayName"]));
    let trigger = Whose::Step(flow.trigger.name.clone());
    look(&trigger, &display_name, &flow.trigger.display_name);
    each_text_of_trigger(&flow.trigger, &mut |field, text| look(&trigger, field, text));
    for visit in flow.steps.walk() {
        let step = visit.step;
        let whose = Whose::Step(step.name.clone());
        look(&whose, &name, &step.name);
        look(&whose, &display_name, &step.display_name);
        match &step.kind {
            Kind::Code(code) => look(&whose, &FieldPath::of(&["settings", "sourceCode", "code"]), &code.code),
            Kind::Router(router) => {
                let branches = FieldPath::of(&["settings", "branches"]);
                for (number, branch) in router.branches.iter().enumerate() {
                    look(&whose, &branches.join(number).join("branchName"), &branch.name);
                }
            }
            Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_) => {}
        }
        each_text(step, &mut |field, text| look(&whose, field, text));
    }
    for note in &flow.notes {
        look(&Whose::Note(note.id.clone()), &FieldPath::of(&["content"]), &note.content);
    }
    found
}

/// Where `wanted`, in small letters, stands in the text. Where small letters have another length, the text is compared letter
/// by letter, so a span always ends between two letters.
fn spans<'t>(text: &'t str, wanted: &'t str) -> impl Iterator<Item = Span> + 't {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(move |start| {
        let mut rest = wanted.chars();
        let mut next = rest.next();
        for (at, letter) in text.get(start..)?.char_indices() {
            for small in letter.to_lowercase() {
                if next != Some(small) {
                    return None;
                }
                next = rest.next();
            }
            if next.is_none() {
                return Some(Span { start, end: start + at + letter.len_utf8() });
            }
        }
        None
    })
}
