//! What is lost when a flow moves from the app to an Activepieces server, or from there into the app.

mod told;

use std::collections::BTreeSet;

use flow::expr::{Root, expressions};
use flow::piece::{Operation, PieceMetadata};
use flow::{Flow, Kind, Map, PieceCall, Step};
use serde_json::Value;

use crate::trigger::Starter;
use crate::{Catalog, sandbox};

pub use told::{Told, as_call, is_told, of_call, told, untold, words};

/// Pieces of the app that a server has no counterpart for, and what does their work there.
const ONLY_HERE: &[(&str, &str)] = &[
    ("@pmos/piece-basecamp", "Use the HTTP piece there, with Basecamp's own API."),
    ("@pmos/piece-slack-webhook", "Use the Slack piece, or the HTTP piece with the address of the webhook."),
    ("@pmos/piece-notification", "A server cannot show notifications here. Use Slack or e-mail."),
    ("@pmos/piece-ai", "Use the piece of an AI provider there."),
    ("@pmos/piece-data", "Use a code step, or the text, math and date helpers there."),
    ("@pmos/piece-interval", "Use the Schedule piece."),
];

/// What JavaScript has on a server and has not here.
const ONLY_THERE: &[(&str, &str)] = &[
    ("fetch(", "there is no network in a code step. Use the HTTP piece"),
    ("axios", "there is no network in a code step. Use the HTTP piece"),
    ("require(", "there are no packages in a code step"),
    ("import ", "there are no packages in a code step"),
    ("process.", "there is no environment in a code step. Use variables"),
    ("setTimeout", "there are no timers in a code step. Use the Delay piece"),
    ("Buffer", "there is no Buffer in a code step"),
    (": any", "types of TypeScript are not understood. Leave them out"),
    (": string", "types of TypeScript are not understood. Leave them out"),
    (": number", "types of TypeScript are not understood. Leave them out"),
    ("interface ", "types of TypeScript are not understood. Leave them out"),
];

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It works, and somebody may want to know.
    Note,
    /// It does not work until somebody does something.
    Obstacle,
}

/// Something to know about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The step or the trigger, by name; empty for the flow as a whole.
    pub step: String,
    /// What people call it.
    pub display_name: String,
    /// How bad it is.
    pub weight: Weight,
    /// What is the matter and what to do, as a sentence.
    pub message: String,
}

/// What is lost when a flow moves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order of the page.
    pub entries: Vec<Entry>,
    /// The connections that it needs, by external id.
    pub connections: BTreeSet<String>,
}

impl Report {
    /// Whether it works there as it is, once its connections are made.
    #[must_use]
    pub fn is_portable(&self) -> bool {
        self.entries.iter().all(|entry| entry.weight == Weight::Note)
    }
}

/// Tells of a piece on a server by its name.
pub type Server<'a> = &'a dyn Fn(&str) -> Option<PieceMetadata>;

/// What an Activepieces server has no counterpart for. `server` tells of a piece there by name; with nothing known of the
/// server, all that it usually has is taken for granted. A field that was left as `here` usually has it is not missed there.
#[must_use]
pub fn to_server(flow: &Flow, here: &Catalog, server: Option<Server<'_>>) -> Report {
    let mut writer = Writer::new(flow);
    let schema = flow.read_only();
    if let Some(why) = schema {
        writer.add("", "", Weight::Obstacle, why);
    }
    let mut check = |name: &str, label: &str, call: &PieceCall, is_trigger: bool| {
        let add = &mut |weight, message| writer.add(name, label, weight, message);
        if let Some((_, instead)) = ONLY_HERE.iter().find(|(piece, _)| *piece == call.piece) {
            add(Weight::Obstacle, format!("{} runs in this app only. {instead}", call.piece));
        } else if let Some(server) = server {
            match server(&call.piece) {
                None => add(Weight::Obstacle, format!("The server has no piece {}. Install it there.", call.piece)),
                Some(piece) => {
                    let operations = if is_trigger { &piece.triggers } else { &piece.actions };
                    let Some(operation) = operations.get(&call.operation) else {
                        let what = format!("{} {} there has no {}.", piece.display_name, piece.version, call.operation);
                        return add(Weight::Obstacle, format!("{what} Update the piece, or choose another."));
                    };
                    let ours = here.metadata(&call.piece);
                    let ours = ours.and_then(|piece| {
                        let operations = if is_trigger { &piece.triggers } else { &piece.actions };
                        operations.get(&call.operation)
                    });
                    let is_usual = |field: &str, value: &Value| {
                        let usual = ours.and_then(|ours| ours.props.get(field)?.default_value.as_ref());
                        usual == Some(value)
                    };
                    let unknown = unknown_fields(call, operation);
                    for (field, _) in unknown.filter(|(field, value)| !is_usual(field, value)) {
                        let what = format!("{} {} there does not ask for {field}.", piece.display_name, piece.version);
                        add(Weight::Obstacle, format!("{what} Update the piece there, or leave the field empty here."));
                    }
                    if piece.version != plain(&call.version) {
                        let what = format!(
                            "{} is {} there and {} here.",
                            piece.display_name,
                            piece.version,
                            plain(&call.version)
                        );
                        add(Weight::Note, format!("{what} Test the step there."));
                    }
                }
            }
        }
        if call.piece == "@activepieces/piece-approval" && call.input.contains_key("question") {
            let what = "A server asks by links and does not show the question. Send the links in a step before.";
            add(Weight::Obstacle, what.to_owned());
        }
    };
    if let Some(call) = flow.trigger.call() {
        check(&flow.trigger.name, &flow.trigger.display_name, call, true);
    }
    for visit in flow.steps.walk() {
        if let Some(call) = visit.step.call() {
            check(&visit.step.name, &visit.step.display_name, call, false);
        }
    }
    writer.report
}

/// What this app has no counterpart for.
#[must_use]
pub fn to_app(flow: &Flow, catalog: &Catalog) -> Report {
    let mut writer = Writer::new(flow);
    if let Some(why) = flow.read_only() {
        writer.add("", "", Weight::Obstacle, why);
    }
    let trigger = &flow.trigger;
    match Starter::read(trigger) {
        Err(why) => writer.add(&trigger.name, &trigger.display_name, Weight::Obstacle, why),
        Ok(_) => {
            if let Some(call) = trigger.call() {
                check_call(&mut writer, catalog, &trigger.name, &trigger.display_name, call, true);
            }
        }
    }
    for visit in flow.steps.walk() {
        let step = visit.step;
        match &step.kind {
            Kind::Piece(piece) => check_call(&mut writer, catalog, &step.name, &step.display_name, &piece.call, false),
            Kind::Code(code) => check_code(&mut writer, step, &code.code, &code.package_json),
            Kind::Loop(_) | Kind::Router(_) => {}
            Kind::Other(other) => {
                let what = format!("Steps of the kind {} do not run in this app. Replace it.", other.kind);
                writer.add(&step.name, &step.display_name, Weight::Obstacle, what);
            }
        }
    }
    writer.report
}

fn check_call(writer: &mut Writer, catalog: &Catalog, name: &str, label: &str, call: &PieceCall, is_trigger: bool) {
    let Some(piece) = catalog.metadata(&call.piece) else {
        let what = format!(
            "The piece {} does not run in this app. Replace the step, or run the flow on a server.",
            call.piece
        );
        return writer.add(name, label, Weight::Obstacle, what);
    };
    let operations = if is_trigger { &piece.triggers } else { &piece.actions };
    let Some(operation) = operations.get(&call.operation) else {
        let what = format!("{} has no {} in this app. Choose another.", piece.display_name, call.operation);
        return writer.add(name, label, Weight::Obstacle, what);
    };
    if piece.version != plain(&call.version) {
        let what = format!(
            "{} is {} here and {} there. Test the step.",
            piece.display_name,
            piece.version,
            plain(&call.version)
        );
        writer.add(name, label, Weight::Note, what);
    }
    for (field, value) in unknown_fields(call, operation) {
        let what =
            format!("The field {field} ({value}) is not used in this app. Look whether the step works without it.");
        writer.add(name, label, Weight::Obstacle, what);
    }
}

/// What was filled in and is not asked for on the other side.
fn unknown_fields<'c>(call: &'c PieceCall, operation: &Operation) -> impl Iterator<Item = (&'c String, &'c Value)> {
    let given = call.input.iter().filter(|(field, value)| *field != "auth" && !is_empty(value));
    given.filter(|(field, _)| operation.props.get(field).is_none())
}

fn check_code(writer: &mut Writer, step: &Step, source: &str, package_json: &str) {
    let (name, label) = (step.name.as_str(), step.display_name.as_str());
    let packages = serde_json::from_str::<Map>(package_json).ok();
    let packages = packages
        .and_then(|file| file.get("dependencies")?.as_object().map(|all| all.keys().cloned().collect::<Vec<_>>()));
    if let Some(packages) = packages.filter(|packages| !packages.is_empty()) {
        let what = format!(
            "The code wants packages ({}), and there are none in this app. Write it without.",
            packages.join(", ")
        );
        writer.add(name, label, Weight::Obstacle, what);
    }
    for (word, why) in ONLY_THERE.iter().filter(|(word, _)| source.contains(word)) {
        let what = format!("The code says `{}`, and {why}.", word.trim_matches(['(', ' ', '.', ':']));
        writer.add(name, label, Weight::Obstacle, what);
    }
    let seconds = sandbox::Limits::default().time.as_secs();
    if source.contains("while (true)") || source.contains("for (;;)") {
        writer.add(name, label, Weight::Note, format!("Code is stopped after {seconds} s in this app."));
    }
}

/// What nobody chose: nothing, a list or object without members, a box that is not ticked.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(_) => false,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

fn plain(version: &str) -> &str {
    version.trim_start_matches(['~', '^'])
}

struct Writer {
    report: Report,
}

impl Writer {
    fn new(flow: &Flow) -> Self {
        let mut report = Report::default();
        let calls = flow.steps.walk().filter_map(|visit| visit.step.input());
        for input in calls.chain(flow.trigger.call().map(|call| &call.input)) {
            // The JSON of an input holds its expressions as they are, but for quotation marks.
            let text = Value::Object(input.clone()).to_string().replace("\\\"", "'");
            for reference in expressions(&text).into_iter().flat_map(|expression| expression.references) {
                if let Root::Connection(id) = reference.root {
                    report.connections.insert(id);
                }
            }
        }
        Self { report }
    }

    fn add(&mut self, step: &str, display_name: &str, weight: Weight, message: String) {
        let (step, display_name) = (step.to_owned(), display_name.to_owned());
        self.report.entries.push(Entry { step, display_name, weight, message });
    }
}
