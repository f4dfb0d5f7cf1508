//! Pieces by words, briefly enough for a model: what they do and wait for, and what each asks for.
//!
//! Pure.

use contract::commands::{FoundOperation, FoundPiece};
use flow::piece::{Operation, PieceMetadata, Property, PropertyKind};

use super::super::super::words::plain;
use super::stock::short;

/// So many pieces are told in full.
const PIECES: usize = 4;
/// So many operations of one.
const OPERATIONS: usize = 8;
/// So many choices of a field.
const CHOICES: usize = 12;
/// Longer descriptions and samples are cut, in characters.
const ABOUT: usize = 160;
const SAMPLE: usize = 700;

/// Those that fit the words best; all without what they do where there are no words.
pub(super) fn find(pieces: &[PieceMetadata], words: &str) -> Vec<FoundPiece> {
    let wanted: Vec<String> = words.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
    let wanted: Vec<&str> =
        wanted.iter().map(|word| word.trim_end_matches('s')).filter(|word| word.len() > 1).collect();
    if wanted.is_empty() {
        return pieces.iter().map(|piece| told(piece, Vec::new(), Vec::new())).collect();
    }
    let score = |text: &str| {
        let text = text.to_lowercase();
        wanted.iter().filter(|word| text.contains(**word)).count()
    };
    let of_operation =
        |found: &Operation| score(&format!("{} {} {}", found.name, found.display_name, found.description));
    let mut ranked: Vec<(usize, &PieceMetadata)> = pieces
        .iter()
        .map(|piece| {
            let own = score(&format!("{} {} {}", short(&piece.name), piece.display_name, piece.description));
            let operations = piece.actions.iter().chain(piece.triggers.iter());
            let best = operations.map(|(_, found)| of_operation(found)).max().unwrap_or_default();
            (own * 2 + best, piece)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = |operations: &[(String, Operation)]| {
        let mut fitting: Vec<(usize, &Operation)> =
            operations.iter().map(|(_, found)| (of_operation(found), found)).collect();
        fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        fitting.into_iter().take(OPERATIONS).map(|(_, found)| operation(found)).collect()
    };
    let told = |(_, piece): &(usize, &PieceMetadata)| told(piece, best(&piece.actions), best(&piece.triggers));
    ranked.iter().take(PIECES).map(told).collect()
}

fn told(piece: &PieceMetadata, actions: Vec<FoundOperation>, triggers: Vec<FoundOperation>) -> FoundPiece {
    FoundPiece {
        piece: short(&piece.name).to_owned(),
        about: plain(&format!("{}: {}", piece.display_name, piece.description), ABOUT),
        connects: !piece.auth.is_empty(),
        actions,
        triggers,
    }
}

fn operation(found: &Operation) -> FoundOperation {
    let shown = found.props.iter().filter(|(_, property)| property.kind != PropertyKind::Markdown);
    let brings = found.sample_data.as_ref().filter(|sample| sample.as_object().is_some_and(|map| !map.is_empty()));
    FoundOperation {
        name: found.name.clone(),
        label: plain(&found.display_name, ABOUT),
        fields: shown.map(|(name, property)| field(name, property)).collect(),
        brings: brings.map(|sample| plain(&sample.to_string(), SAMPLE)).unwrap_or_default(),
    }
}

fn field(name: &str, property: &Property) -> String {
    let kind = match property.kind {
        PropertyKind::ShortText | PropertyKind::LongText => "text",
        PropertyKind::Number => "number",
        PropertyKind::Checkbox => "true or false",
        PropertyKind::DateTime => "date and time",
        PropertyKind::File => "file",
        PropertyKind::Color => "colour",
        PropertyKind::Json => "JSON",
        PropertyKind::Object | PropertyKind::Dynamic => "names and values",
        PropertyKind::Array => "list",
        PropertyKind::StaticDropdown | PropertyKind::Dropdown => "id of one",
        PropertyKind::StaticMultiSelectDropdown | PropertyKind::MultiSelectDropdown => "list of ids",
        PropertyKind::Markdown
        | PropertyKind::Custom
        | PropertyKind::OAuth2
        | PropertyKind::SecretText
        | PropertyKind::BasicAuth
        | PropertyKind::CustomAuth
        | PropertyKind::Unknown => "anything",
    };
    let choices = property.options.as_ref().map_or(&[][..], |options| options.options.as_slice());
    let values: Vec<String> = choices.iter().take(CHOICES).map(|choice| choice.value.to_string()).collect();
    let mut about = vec![property.display_name.clone(), kind.to_owned()];
    if !values.is_empty() {
        let more = if choices.len() > CHOICES { ", …" } else { "" };
        about.push(format!("{}{more}", values.join(", ")));
    }
    if property.required && property.default_value.is_none() {
        about.push("required".to_owned());
    }
    plain(&format!("{name} ({})", about.join("; ")), ABOUT * 2)
}
